//! Answers that are read in parts.

use super::{SETTINGS, report};
use crate::config;
use crate::diag::Diagnostic;
use crate::survey::load;

const DESIGN: &str = "[design]\nid = \"id\"\nstrata = \"region\"\ncluster = \"town\"\n";

/// Answers that take several parts to read.
fn many_answers() -> Vec<String> {
    let row = |at: usize| {
        let region = ["wallonia", "flanders", "wallonia"][at % 3];
        let (score, theme, clear) = (at * 7 % 11, at % 2, ["yes", "no", "dk", ""][at % 4]);
        format!("r{at},t{},{region},{theme},{clear},0.{score},energy mobility", at / 4)
    };
    (0..40).map(row).collect()
}

fn table_of(rows: &[String]) -> String {
    let sheet = rows.join("\n");
    format!("id,town,region,themes_energy,clear,weight,order\n{sheet}\n")
}

#[test]
fn parts_of_a_table_say_what_the_whole_says() {
    let settings = format!("{SETTINGS}{DESIGN}weight = \"weight\"\n");
    let read = |text: &str| {
        let path = "data/2018/responses.csv";
        let sources = report(&[("barometer.toml", &settings), (path, text)]);
        let config = config::parse(&sources).whole().unwrap().value;
        let wave = load(&sources, &config).value.unwrap().waves.remove(1);
        wave.responses.unwrap()
    };
    let rows = many_answers();

    let parts = read(&table_of(&rows));
    // A quotation mark anywhere keeps a table in one piece.
    let whole = read(&table_of(&rows).replace("r39,", "\"r39\","));

    assert_eq!(parts.rows, 40);
    assert_eq!(format!("{parts:?}"), format!("{whole:?}"));
}

#[test]
fn a_mistake_keeps_its_place_in_whatever_part_it_is() {
    let settings = format!("{SETTINGS}{DESIGN}");
    let mut rows = many_answers();
    rows[37] = rows[2].clone();
    rows[38] = rows[38].replace("dk", "yess");
    for row in &mut rows[10..30] {
        *row = row.replace("energy mobility", "energie");
    }

    let path = "data/2018/responses.csv";
    let sources = report(&[("barometer.toml", &settings), (path, &table_of(&rows))]);
    let config = config::parse(&sources).whole().unwrap().value;
    let mistakes = load(&sources, &config).whole().unwrap_err();

    let told: Vec<String> = mistakes
        .all()
        .iter()
        .filter_map(|one| {
            let at = one.place()?.start();
            Some(format!("{}:{} {}. {}", at.line, at.column, one.message(), one.hints().join(" ")))
        })
        .collect();
    for expected in [
        "39:1 the respondent `r2` has two rows. Keep one of them.",
        "40:19 `yess` is not an option of `clear`. Did you mean `yes`?",
        "12:26 `energie` is not an option of `order`. Did you mean `energy`? There are 20 like \
         this in the column, the first in lines 12, 13, 14, 15, 16.",
    ] {
        assert!(told.iter().any(|one| one == expected), "{expected}\n{told:#?}");
    }
}

#[test]
fn margins_are_told_beside_answers_that_cannot_be_read() {
    let settings = format!("{SETTINGS}[design]\nrake = \"data/margins.csv\"\n");
    let margins = "variable,level,total\nregion,flanders,6\nregion,wallonia,four\n";
    let sources = report(&[
        ("barometer.toml", &settings),
        ("data/margins.csv", margins),
        ("data/2018/responses.csv", "region,region\nflanders,wallonia\n"),
    ]);
    let config = config::parse(&sources).whole().unwrap().value;

    let mistakes = load(&sources, &config).whole().unwrap_err();

    let messages: Vec<&str> = mistakes.all().iter().map(Diagnostic::message).collect();
    assert_eq!(messages, ["the column `region` is given twice", "`four` is not a number"]);
}
