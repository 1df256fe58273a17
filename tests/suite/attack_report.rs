//! An attack on the report of this repository, by all that its site releases:
//! results, files of figures, tables of pages.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::attacker::{Attacker, Narrowed, hidden, revealed, text};
use crate::project::{Project, copy, root};
use crate::released::{Printed, Site, of_pages, release};

/// The report of this repository.
fn shipped() -> Project {
    let project = Project::empty();
    for part in ["content", "data", "themes"] {
        copy(&root().join(part), &project.path().join(part));
    }
    let settings = std::fs::read(root().join("barometer.toml")).unwrap();
    project.file("barometer.toml", settings)
}

/// Its settings and codebook with the answers of every third respondent, as if
/// people had given them, and no chapters.
fn thinned() -> Project {
    let project = shipped()
        .change("barometer.toml", "[\"fr\", \"nl\", \"en\"]", "[\"en\"]")
        .change("barometer.toml", "responses = \"simulated\"", "");
    for part in ["content", "data/2017/published.csv", "data/2018/published.csv"] {
        let path = project.path().join(part);
        if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) }
            .unwrap();
    }
    ["2017", "2018"]
        .into_iter()
        .fold(project, |project, wave| {
            let path = format!("data/{wave}/responses.csv");
            let answers = std::fs::read_to_string(project.path().join(&path)).unwrap();
            let lines = answers.lines().enumerate();
            let kept = lines.filter(|(at, _)| at % 3 == 0).map(|(_, line)| format!("{line}\n"));
            project.file(&path, kept.collect::<String>())
        })
        .file("content/en/index.md", "+++\ntitle = \"Thinned\"\n+++\n\nWords.\n")
}

/// Knows which province lies in which region, and the settings.
fn attacker() -> Attacker {
    let frame = std::fs::read_to_string(root().join("data/frame.csv")).unwrap();
    let mut atoms = vec![];
    for line in frame.lines().skip(1) {
        let mut cells = line.split(',').map(str::to_owned);
        let (province, region) = (cells.next().unwrap(), cells.next().unwrap());
        for nature in ["urban", "rural"] {
            atoms.push(vec![region.clone(), province.clone(), nature.to_owned()]);
        }
    }
    let names = ["region", "province", "nature"].map(str::to_owned).to_vec();
    Attacker { names, atoms, certain_below: 0.0 }
}

/// The numbers in tables of which the results say that they are hidden, or
/// which they do not have.
fn untold<'t>(release: &Value, printed: &'t [Printed]) -> Vec<&'t Printed> {
    let key = |of: [&str; 5]| of.join(" ");
    let shown: BTreeSet<String> = release["estimates"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| !row["estimate"].is_null())
        .map(|row| {
            let cells =
                ["question", "item", "group_var", "group", "wave"].map(|name| text(row, name));
            key(cells.each_ref().map(String::as_str))
        })
        .collect();
    let of = |one: &Printed| key([&one.question, &one.item, &one.group_var, &one.group, &one.wave]);
    printed.iter().filter(|one| !shown.contains(&of(one))).collect()
}

fn attacked(release: &Value) -> Vec<Narrowed> {
    let mut narrowed = attacker().attack(release);
    narrowed.extend(attacker().attack_knowing_groups(release));
    narrowed.extend(attacker().attack_answers_together(release));
    narrowed
}

#[test]
fn nothing_that_the_report_hides_can_be_recovered() {
    let project = shipped();
    project.built();
    let site = Site { project: &project, folder: "en/", language: "en" };

    let (release, new) = release(&site);
    let printed = of_pages(&site);

    assert_eq!(new, 0, "files of figures say what the results do not");
    assert!(5000 < printed.len(), "{}", printed.len());
    assert_eq!(untold(&release, &printed), Vec::<&Printed>::new());
    assert_eq!(revealed(&attacked(&release)), "");
    // Its answers leave no group so small that it must be hidden.
    assert_eq!(hidden(&release), 0);
}

/// Neither can what it would hide of fewer answers; and the attack is worth
/// something: a number that a file or a table lets slip is found.
#[test]
fn what_it_would_hide_of_fewer_answers_is_found_only_where_it_slips_out() {
    let project = thinned();
    project.built();
    let site = Site { project: &project, folder: "", language: "en" };

    let (held, new) = release(&site);
    assert_eq!(new, 0);
    assert!(100 < hidden(&held), "{}", hidden(&held));
    assert_eq!(untold(&held, &of_pages(&site)), Vec::<&Printed>::new());
    let narrowed = attacked(&held);
    assert!(100 < narrowed.len(), "{}", narrowed.len());
    assert_eq!(revealed(&narrowed), "");

    slip_in_a_file(&project);
    let (slipped, new) = release(&site);
    assert_eq!(new, 1);
    let found = revealed(&attacked(&slipped));
    assert!(
        found.contains(
            "(\"region\", \"flanders\") (\"monitoring\", \"planned\", \"proportion base\"): 17"
        ),
        "{found}"
    );

    slip_in_a_table(&project);
    let printed = of_pages(&site);
    let found = untold(&held, &printed);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].text, "50%");
}

/// Writes what is hidden of Flanders: 2 of 17 plan to monitor.
fn slip_in_a_file(project: &Project) {
    let file = project.path().join("public/data/figures/question-monitoring-2018-region.csv");
    let rows = std::fs::read_to_string(&file).unwrap();
    let line = rows.lines().find(|line| line.contains(",planned,") && line.contains(",flanders,"));
    let line = line.unwrap();
    // The estimate, its limits, the base.
    let slipped = line.replace(",,,,,hidden,", ",0.11764705882352941,,,17,ok,");
    assert_ne!(line, slipped);
    std::fs::write(&file, rows.replace(line, &slipped)).unwrap();
}

fn slip_in_a_table(project: &Project) {
    let page = project.path().join("public/question-monitoring.html");
    let html = std::fs::read_to_string(&page).unwrap();
    let figure = html.find("id=\"fig-question-monitoring-2018-region\"").unwrap();
    let (before, after) = html.split_at(figure + html[figure..].find("<td>–").unwrap());
    std::fs::write(&page, before.to_owned() + &after.replacen("<td>–", "<td>50%", 1)).unwrap();
}
