//! The answers of each respondent as open data.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::answers;
use crate::project::{Project, archive, csv_rows, files};

/// A report of answers of which the truth is known, open to everybody.
fn open() -> Project {
    answers::report().change("barometer.toml", "[design]\n", SETTINGS).change(
        "data/codebook/survey.csv",
        "integer,population",
        "text,remark,Remarks?,,,,\ninteger,population",
    )
}

const SETTINGS: &str = "[statistics]\nhide-below = 0\nprotect-certain-below = 0\n\n\
                        [data]\npublish = \"microdata\"\n\n[design]\n";

#[test]
fn answers_are_published_without_names_and_the_order_of_the_file() {
    let mut table = answers::csv(&answers::NOW).replace("strategy\n", "strategy,remark\n");
    table = table.replace(",yes\n", ",yes,Ask Jane\n").replace(",no\n", ",no,\n");
    let project = open().file("data/2018/responses.csv", table);
    project.built();

    let (header, found) = csv_rows(project.page("data/answers-2018.csv").as_bytes());

    let columns = "region,themes_energy,themes_mobility,themes_economy,themes_other,progress,strategy,design_weight";
    assert_eq!(header.join(","), columns);
    assert_eq!(found.len(), 210);
    assert!(found.is_sorted_by_key(|row| match row[0].as_str() {
        "flanders" => 0,
        "brussels" => 1,
        _ => 2,
    }));
    let energy = |row: &&Vec<String>| row[0] == "wallonia" && row[1] == "1";
    assert_eq!(found.iter().filter(energy).count(), 30);
    let whole = fs::read(project.path().join("public/data/answers-2018.csv")).unwrap();
    assert!(!String::from_utf8(whole).unwrap().contains("Jane"));
    for path in files(&project.path().join("public")) {
        let bytes = fs::read(project.path().join("public").join(&path)).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("flanders17"), "{}", path.display());
    }
}

#[test]
fn rows_in_another_order_are_the_same_file() {
    let table = answers::csv(&answers::NOW);
    let (header, rest) = table.split_once('\n').unwrap();
    let turned: Vec<&str> = std::iter::once(header).chain(rest.lines().rev()).collect();
    let (one, other) = (open(), open().file("data/2018/responses.csv", turned.join("\n")));
    one.built();
    other.built();

    let path = "data/answers-2018.csv";
    assert_eq!(one.page(path), other.page(path));
}

#[test]
fn the_package_says_what_can_stand_in_each_column() {
    let project = open();
    project.built();

    let package: Value = serde_json::from_str(&project.page("data/datapackage.json")).unwrap();
    let resources = package["resources"].as_array().unwrap();
    let answers = resources.iter().find(|one| one["name"] == "answers-2018").unwrap();

    assert_eq!(answers["path"], "answers-2018.csv");
    let fields = answers["schema"]["fields"].as_array().unwrap();
    let (header, found) = csv_rows(project.page("data/answers-2018.csv").as_bytes());
    assert_eq!(
        fields.iter().map(|field| field["name"].as_str().unwrap()).collect::<Vec<_>>(),
        header
    );
    for (at, field) in fields.iter().enumerate() {
        let allowed = field["constraints"]["enum"].as_array();
        for cell in found.iter().map(|row| &row[at]).filter(|cell| !cell.is_empty()) {
            let number = cell.parse::<i64>().ok();
            let is_listed = |one: &Value| one == cell || number.is_some_and(|cell| *one == cell);
            assert!(allowed.is_none_or(|all| all.iter().any(is_listed)), "{cell} in {field}");
            assert!(field["type"] == "string" || cell.parse::<f64>().is_ok(), "{cell} in {field}");
        }
    }
    assert_eq!(fields[0]["categories"][0]["label"], "Flanders");
    let (_, members) = archive(&project.path().join("public/data"));
    assert!(members.iter().any(|(name, _)| name == "answers-2017.csv"));
    let home = project.page("index.html");
    assert!(home.contains("https://example.org/small/data/answers-2018.csv"), "{home}");
    let page = project.page("data.html");
    assert!(page.contains("href=\"data/answers-2018.csv\" download"), "{page}");
}

/// Where R is, the lines of the page give the number that the page says.
#[test]
fn the_lines_for_r_give_a_number_of_the_report() {
    let weighted: String = answers::csv(&answers::NOW)
        .lines()
        .enumerate()
        .map(|(at, row)| match at {
            0 => format!("{row},w\n"),
            _ => format!("{row},{}\n", 1 + at % 3),
        })
        .collect();
    let project = open()
        .change("barometer.toml", "[waves.2018]\n", "[waves.2018]\ndesign = { weight = \"w\" }\n")
        .file("data/2018/responses.csv", weighted);
    project.built();
    let page = project.page("data.html");
    let (_, section) = page.split_once("id=\"page-recount\"").unwrap();
    let (_, rest) = section.split_once("<code class=\"language-r\">").unwrap();
    let (code, _) = rest.split_once("</code>").unwrap();
    let code = code
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&amp;", "&");
    let (_, said) = section.split_once("prints as ").unwrap();
    let said: String = said.chars().take_while(char::is_ascii_digit).collect();

    let mut run = Command::new("Rscript");
    let run = run.args(["--vanilla", "-e", &code]).env("LC_ALL", "C.UTF-8");
    let Ok(run) = run.current_dir(project.path().join("public/data")).output() else { return };

    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let printed = String::from_utf8(run.stdout).unwrap();
    let share: f64 = printed.trim().rsplit(' ').next().unwrap().parse().unwrap();
    assert_eq!(format!("{:.0}", share * 100.0), said, "{printed}");
}

#[test]
fn made_up_answers_say_so_or_are_not_there() {
    let simulated = |settings: &str| {
        let project = open()
            .change("barometer.toml", "[waves.2018]\n", "[waves.2018]\nresponses = \"simulated\"\n")
            .change("barometer.toml", "[data]\n", &format!("{settings}[data]\n"))
            .file("content/en/themes.md", "+++\ntitle = \"Words\"\n+++\n\nWords.\n")
            .file(
                "content/en/progress.md",
                "+++\ntitle = \"Words\"\n+++\n\n## By region\n\nWords.\n",
            );
        project.built();
        project
    };
    let (shown, hidden) = (simulated(""), simulated("[provenance]\nsimulated = \"hide\"\n\n"));

    let names = |project: &Project| -> Vec<String> {
        let names = files(&project.path().join("public/data")).into_iter();
        let names = names.map(|path| path.to_string_lossy().into_owned());
        names.filter(|name| name.starts_with("answers-")).collect()
    };
    assert_eq!(names(&shown), ["answers-2017.csv", "answers-2018-simulated.csv"]);
    assert!(shown.page("data.html").contains("Simulated answers (2018)"));
    assert!(!shown.page("index.html").contains("-simulated.csv"));
    assert_eq!(names(&hidden), ["answers-2017.csv"]);
    assert!(hidden.page("data.html").contains("to take away for: 2018."));
}
