//! Answers that `barometer simulate` makes up: as the codebook wants them, and
//! with the published figures in them.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::project::{Project, Run, copy, fixtures, root, tree};

const ANSWERS: &str = "data/2018/responses.csv";

/// A report with published figures and without answers.
fn unanswered() -> Project {
    let project = Project::copy_of(&fixtures().join("simulated"));
    std::fs::remove_file(project.path().join(ANSWERS)).unwrap();
    project
}

#[track_caller]
fn simulated(project: &Project, more: &[&str]) -> Run {
    let folder = project.path().to_string_lossy().into_owned();
    let run = project.run(&[&["simulate", &folder], more].concat());
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    run
}

fn bytes(project: &Project) -> String {
    std::fs::read_to_string(project.path().join(ANSWERS)).unwrap()
}

/// The cells of each column.
fn columns(project: &Project) -> BTreeMap<String, Vec<String>> {
    let text = bytes(project);
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned));
    let names: Vec<String> = lines.next().unwrap().collect();
    let rows: Vec<Vec<String>> = lines.map(Iterator::collect).collect();
    let column = |at: usize| rows.iter().map(|row| row[at].clone()).collect();
    names.iter().enumerate().map(|(at, name)| (name.clone(), column(at))).collect()
}

#[test]
fn what_a_build_computes_of_made_up_answers_are_the_published_figures() {
    // What 60 respondents, half of them Flemish, can give.
    let project = unanswered()
        .change("data/2018/published.csv", ",44,percent", ",45,percent")
        .change("data/2018/published.csv", ",31,percent", ",32,percent")
        .change("data/2018/published.csv", ",3.64,", ",3.65,");

    let run = simulated(&project, &["--seed", "3"]);
    project.built();

    assert!(
        run.stdout.starts_with("60 respondents; 6 of 6 published figures are met\n"),
        "{}",
        run.stdout
    );
    let results = project.published();
    let number = |row: &Value| {
        let unit = if row["estimator"] == "proportion" { 100.0 } else { 1.0 };
        row["estimate"].as_f64().unwrap() * unit
    };
    let superseded = results["superseded"].as_array().unwrap();
    assert_eq!(superseded.len(), 5);
    for computed in superseded {
        let same = |row: &&Value| {
            let keys = ["question", "item", "estimator", "group_var", "group"];
            row["provenance"] == "published" && keys.iter().all(|key| row[key] == computed[key])
        };
        let estimates = results["estimates"].as_array().unwrap();
        let published = number(estimates.iter().find(same).unwrap());
        let half = if computed["estimator"] == "proportion" { 0.5 } else { 0.005 };
        assert!((number(computed) - published).abs() < half + 1e-9, "{computed} {published}");
    }
}

#[test]
fn the_same_seed_gives_the_same_answers_and_another_one_others() {
    let (one, two, other) = (unanswered(), unanswered(), unanswered());

    simulated(&one, &["--seed", "3"]);
    simulated(&two, &["--seed", "3"]);
    simulated(&other, &["--seed", "4"]);

    assert_eq!(bytes(&one), bytes(&two));
    assert_ne!(bytes(&one), bytes(&other));
}

#[test]
fn figures_that_no_answers_can_give_are_told_with_the_reason() {
    let figures = "question,item,group_var,group,value,unit,n,source,note\n\
        sample_size,,all,all,60,count,,report,\n\
        sample_size,,region,flanders,4,count,,report,\n\
        themes,energy,region,flanders,30,percent,,report,\n\
        themes,mobility,all,all,20,percent,,report,\n\
        themes,mobility,region,flanders,50,percent,,report,\n\
        themes,mobility,region,wallonia,50,percent,,report,\n\
        progress,,region,flanders,3.1,score,,report,\n";
    let project = unanswered().file("data/2018/published.csv", figures);

    let run = simulated(&project, &[]);

    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    let told = run.stdout.split("\n\nwrote").next().unwrap();
    settings.bind(|| insta::assert_snapshot!("simulate-unmet", told));
}

#[test]
fn answers_that_are_there_are_kept_unless_they_are_to_be_replaced() {
    let project = unanswered().file(ANSWERS, "region,size\nflanders,small\n");
    let folder = project.path().to_string_lossy().into_owned();

    let run = project.run(&["simulate", &folder]);

    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("B712") && run.stderr.contains("`--force`"), "{}", run.stderr);
    assert_eq!(bytes(&project), "region,size\nflanders,small\n");
    simulated(&project, &["--force", "--respondents", "7"]);
    assert_eq!(bytes(&project).lines().count(), 8);
}

#[test]
fn nothing_is_made_up_for_a_wave_of_collected_answers() {
    let project = unanswered().change("barometer.toml", "responses = \"simulated\"", "");
    let folder = project.path().to_string_lossy().into_owned();

    let collected = project.run(&["simulate", &folder, "--force"]);
    let unknown = project.run(&["simulate", &folder, "--wave", "2081"]);

    assert_eq!((collected.code, unknown.code), (1, 1));
    assert!(collected.stderr.contains("B713"), "{}", collected.stderr);
    assert!(collected.stderr.contains("responses = \"simulated\""), "{}", collected.stderr);
    assert!(unknown.stderr.contains("`2018`"), "{}", unknown.stderr);
    assert!(!project.path().join(ANSWERS).exists());
}

/// A question of every type.
fn every_type() -> Project {
    let sheet = "type,name,label::fr,label::nl,label::en,parameters,appearance,breakdown\n\
        select_one region,region,R,R,R,,,yes\n\
        select_one plan,plan,P,P,P,,,\n\
        select_one agree,agree,A,A,A,,likert,\n\
        select_multiple means,means,M,M,M,,,\n\
        select_multiple means,further,F,F,F,,,\n\
        rank means,order,O,O,O,max=2,,\n\
        range,score,S,S,S,start=1 end=4 step=0.5,,\n\
        integer,staff,N,N,N,,,\n\
        decimal,spent,D,D,D,,,\n\
        text,words,W,W,W,,,\n";
    let lists = "list_name,name,label::fr,label::nl,label::en,role\n\
        region,flanders,F,F,F,\nregion,wallonia,W,W,W,\n\
        plan,yes,Y,Y,Y,\nplan,no,N,N,N,\nplan,unknown,U,U,U,dont_know\n\
        agree,against,A,A,A,\nagree,neither,N,N,N,\nagree,for,F,F,F,\n\
        means,own,O,O,O,\nmeans,loans,L,L,L,\nmeans,grants,G,G,G,\nmeans,other,X,X,X,other\n\
        means,none,N,N,N,none\nmeans,unknown,U,U,U,dont_know\n";
    unanswered()
        .change("barometer.toml", "\"region\", \"size\"", "\"region\"")
        .file("data/codebook/survey.csv", sheet)
        .file("data/codebook/choices.csv", lists)
        .file("data/2018/published.csv", "question,item,group_var,group,value,unit,source\n")
}

#[test]
fn every_type_of_question_gets_answers_that_it_can_have() {
    let project = every_type();

    simulated(&project, &["--respondents", "600"]);

    let columns = columns(&project);
    let column = |name: &str| &columns[name];
    let count = |name: &str, value: &str| column(name).iter().filter(|own| *own == value).count();
    for (name, options) in [
        ("region", vec!["flanders", "wallonia"]),
        ("plan", vec!["yes", "no", "unknown", ""]),
        ("agree", vec!["against", "neither", "for", ""]),
        ("score", vec!["1", "1.5", "2", "2.5", "3", "3.5", "4", ""]),
        ("words", vec![""]),
    ] {
        let known: usize = options.iter().map(|option| count(name, option)).sum();
        assert_eq!(known, 600, "{name}");
        assert!(options.iter().all(|option| 0 < count(name, option)), "{name}");
    }
    for name in ["plan", "agree", "means_own", "order_1", "score", "staff", "spent"] {
        assert!((3..40).contains(&count(name, "")), "{name}: {} are silent", count(name, ""));
    }
    for at in 0..600 {
        let ticks = |names: &[&str]| names.iter().filter(|name| column(name)[at] == "1").count();
        let says = ticks(&["means_own", "means_loans", "means_grants", "means_other"]);
        let alone = ticks(&["means_none"]) + ticks(&["means_unknown"]);
        let asked = !column("means_own")[at].is_empty();
        assert!(!asked || (says == 0) == (alone == 1), "row {at}: {says} beside {alone}");
        let ranks = ["order_1", "order_2"].map(|name| &column(name)[at]);
        assert!(ranks[0].is_empty() || ranks[0] != ranks[1], "row {at}: {ranks:?}");
        assert!(!ranks.iter().any(|rank| ["none", "unknown"].contains(&rank.as_str())));
    }
    assert!(column("spent").iter().any(|cell| cell.contains('.')));
    assert!(column("staff").iter().all(|cell| !cell.contains('.')));
}

#[test]
fn answers_go_together_by_how_far_on_a_respondent_is() {
    let project = every_type();

    simulated(&project, &["--respondents", "600"]);

    let columns = columns(&project);
    let share = |of: &str, among: &str, value: &str| {
        let rows = (0..600).filter(|at| columns[among][*at] == value);
        let all = rows.clone().count();
        let yes = rows.filter(|at| columns[of][*at] == "1").count();
        100 * yes / all
    };
    let (with, without) = (share("means_own", "plan", "yes"), share("means_own", "plan", "no"));
    assert!(without + 8 < with && with < 95, "{with} % of those with a plan, {without} % without");
}

#[test]
fn a_question_that_is_added_leaves_the_other_answers_as_they_are() {
    let (project, longer) = (every_type(), every_type());
    let longer = longer.change(
        "data/codebook/survey.csv",
        "select_one agree",
        "select_one plan,new,N,N,N,,,\nselect_one agree",
    );

    simulated(&project, &[]);
    simulated(&longer, &[]);

    let (before, after) = (columns(&project), columns(&longer));
    assert_eq!(after.len(), before.len() + 1);
    assert!(before.iter().all(|(name, cells)| after[name] == *cells));
}

/// The report of this repository, with its answers or to make them again.
fn belgian() -> Project {
    let project = Project::empty();
    for part in ["content", "data", "themes"] {
        copy(&root().join(part), &project.path().join(part));
    }
    project.file("barometer.toml", std::fs::read(root().join("barometer.toml")).unwrap())
}

#[test]
fn the_answers_of_this_repository_are_what_its_notes_say_that_makes_them() {
    let project = belgian();
    let notes = std::fs::read_to_string(root().join("data/README.md")).unwrap();
    let commands: Vec<&str> =
        notes.lines().filter_map(|line| line.strip_prefix("barometer simulate . ")).collect();
    assert_eq!(commands.len(), 2);

    for (command, wave) in commands.iter().zip(["2018", "2017"]) {
        let arguments = command.split('#').next().unwrap().split_whitespace();
        let run = project.run(&["simulate", "."].into_iter().chain(arguments).collect::<Vec<_>>());
        assert_eq!(run.code, 0, "{}", run.stderr);

        let path = format!("data/{wave}/responses.csv");
        let made = std::fs::read(project.path().join(&path)).unwrap();
        assert!(made == std::fs::read(root().join(&path)).unwrap(), "{path} is another");
    }
}

#[test]
fn the_report_of_this_repository_can_do_without_its_answers() {
    let project =
        belgian().change("barometer.toml", "simulated = \"show\"", "simulated = \"hide\"");

    project.built();

    let files = tree(&project.path().join("public"));
    assert!(600 < files.len());
    for (path, bytes) in &files {
        let name = path.to_str().unwrap();
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        // The style sheet is that of every report.
        assert!(name.starts_with("assets/style") || !text.contains("simul"), "`simul` in {name}");
    }
}

#[test]
fn the_answers_of_this_repository_give_what_was_published_but_for_one_figure() {
    let project = belgian();
    project.built();
    let results = project.published();
    let key = |row: &Value| {
        ["question", "item", "estimator", "group_var", "group", "wave"]
            .map(|name| row[name].to_string())
    };
    let rows = results["estimates"].as_array().unwrap();
    let printed: BTreeMap<_, _> = rows.iter().map(|row| (key(row), row)).collect();

    let all = results["superseded"].as_array().unwrap();
    let current: Vec<_> = all.iter().filter(|row| row["wave"] == "2018").collect();
    let differ = current.iter().filter(|row| {
        let (made, told) = (row["estimate"].as_f64().unwrap(), &printed[&key(row)]["estimate"]);
        let told = told.as_f64().unwrap();
        // Shares were printed in whole percent, means with two decimals or none.
        let unit = match row["estimator"].as_str() {
            Some("mean") if told.fract() == 0.0 => 1.0,
            Some("mean" | "proportion") => 0.01,
            _ => return false,
        };
        unit / 2.0 + 1e-9 < (made - told).abs()
    });
    let differ: Vec<_> = differ.map(|row| (&row["question"], &row["group"])).collect();

    assert!(50 < current.len(), "only {} figures were compared", current.len());
    assert_eq!(differ, [(&Value::from("citizens_involved"), &Value::from("flanders"))]);
}
