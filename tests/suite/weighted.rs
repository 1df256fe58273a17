//! What weighting to the population would change: beside the numbers on the
//! page on method, and in the results.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::answers::{NOW, csv, report};
use crate::project::{Project, fixtures};

/// The numbers among everybody in 2018: as computed or printed, and weighted.
fn numbers(project: &Project) -> BTreeMap<String, (Value, Value)> {
    let results = project.results();
    let rows = results["estimates"].as_array().unwrap().iter();
    let rows = rows.filter(|row| row["group"] == "all" && row["wave"] == "2018");
    let key = |row: &Value| ["provenance", "question", "item", "estimator"].map(|k| row[k].clone());
    rows.map(|row| {
        let key = key(row).map(|part| part.as_str().unwrap().to_owned()).join(" ");
        (key, (row["estimate"].clone(), row["poststratified"].clone()))
    })
    .collect()
}

/// The section of a page on method.
fn section(project: &Project, path: &str) -> String {
    let page = project.page(path);
    let from = page.find("id=\"page-weighted\"").expect("the section");
    page[from..].split("<h2").next().unwrap().to_owned()
}

/// What stands between the marks, and a bar where they stood.
fn words(markup: &str) -> String {
    let text = markup.split('<').filter_map(|part| part.split_once('>').map(|(_, text)| text));
    text.filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("|") + "|"
}

#[test]
fn published_groups_are_weighted_by_the_frame() {
    let project = Project::small();

    project.built();

    // (0.40 · 308 + 0.75 · 19 + 0.47 · 262) / 589 = 260.59 / 589
    let weighted = numbers(&project)["published themes energy proportion"].1.as_f64().unwrap();
    assert!((weighted - 260.59 / 589.0).abs() < 1e-12, "{weighted}");
    let text = words(&section(&project, "method.html"));
    assert!(text.contains("Region: figures without and with weighting"), "{text}");
    assert!(text.contains("|Themes, Energy|44%|44%|0|"), "{text}");
    assert!(!text.contains("Progress"), "of Wallonia nothing was published: {text}");
    assert!(text.contains("For 5 figures of this edition it cannot be computed"), "{text}");
}

#[test]
fn a_report_without_a_frame_says_nothing_of_it() {
    let project = Project::small();
    std::fs::remove_file(project.path().join("data/frame.csv")).unwrap();

    project.built();

    assert!(!project.page("method.html").contains("page-weighted"));
}

/// One margin that weights are raked to is a breakdown that groups are
/// weighted by; a third of the Walloons did not answer one of the questions.
#[test]
fn weighting_groups_is_raking_to_one_margin() {
    let mut wallonia = 0;
    let answers = csv(&NOW).lines().fold(String::new(), |text, line| {
        wallonia += usize::from(line.starts_with("wallonia"));
        let silent = line.starts_with("wallonia") && wallonia % 3 == 0;
        let line = if silent { &line[..=line.rfind(',').unwrap()] } else { line };
        text + line + "\n"
    });
    let even = report().file("data/2018/responses.csv", answers);
    let raked = Project::copy_of(even.path())
        .file(
            "data/margins.csv",
            "variable,level,total\nregion,flanders,308\nregion,brussels,19\nregion,wallonia,262\n",
        )
        .change(
            "barometer.toml",
            "[waves.2018]\n",
            "[waves.2018]\ndesign = { rake = \"data/margins.csv\" }\n",
        );

    let (even, raked) = (numbers(&even), numbers(&raked));

    let mut compared = 0;
    for (key, (plain, weighted)) in even.iter().filter(|(key, _)| key.starts_with("collected")) {
        let Some(weighted) = weighted.as_f64() else { continue };
        let wanted = raked[key].0.as_f64().unwrap();
        assert!((weighted - wanted).abs() < 1e-9, "{key}: {weighted}, raked {wanted}");
        assert!(raked[key].1.is_null(), "{key} is weighted already");
        compared += usize::from((plain.as_f64().unwrap() - weighted).abs() > 1e-3);
    }
    assert!(5 < compared, "{compared}");
    let (plain, weighted) = &even["collected strategy yes proportion"];
    assert_ne!(plain, weighted);
}

#[test]
fn where_a_group_is_hidden_the_whole_is_not_weighted() {
    let hiding = |least: u32| {
        report().change(
            "barometer.toml",
            "[design]\n",
            &format!("[statistics]\nhide-below = {least}\n\n[design]\n"),
        )
    };
    let energy =
        |project: &Project| numbers(project)["collected themes energy proportion"].1.clone();

    assert!(energy(&hiding(5)).is_f64());
    assert!(energy(&hiding(12)).is_null());
}

#[test]
fn simulated_answers_are_weighted_apart_and_vanish() {
    let frame = "region,size,N\nflanders,small,200\nflanders,large,108\nwallonia,small,150\nwallonia,large,112\n";
    let shown = Project::copy_of(&fixtures().join("simulated")).file("data/frame.csv", frame);
    let hidden = Project::copy_of(shown.path()).change("barometer.toml", "\"show\"", "\"hide\"");

    shown.built();
    hidden.built();

    let tables = |part: &str| {
        ["<table", "table-scroll table-simulated"].map(|mark| part.matches(mark).count())
    };
    let (shown, hidden) = (section(&shown, "en/method.html"), section(&hidden, "en/method.html"));
    // (0.40 · 308 + 0.50 · 262) / 570 = 44.6 %
    let published = "|Themes, Energy|44%|45%|+1|";
    assert_eq!(tables(&shown), [2, 1], "{shown}");
    assert!(words(&shown).contains(published), "{shown}");
    assert!(words(&shown).contains("Region: simulated answers without and with weighting"));
    assert_eq!(tables(&hidden), [1, 0], "{hidden}");
    assert!(words(&hidden).contains(published) && !hidden.contains("imulated"), "{hidden}");
}
