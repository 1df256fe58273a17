//! Answers that a database counted: the numbers of a report with `tally.csv`
//! are those with `responses.csv`.
//!
//! DuckDB wrote the tallies of `fixtures/counted` by the query of `barometer
//! sql`; `tests/engine` makes them again, and many more.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::answers;
use crate::project::{Project, copy, fixtures};

const WAVES: [&str; 3] = ["2019", "2020", "2021"];

fn counted() -> Project {
    Project::copy_of(&fixtures().join("counted"))
}

/// The same report, whose answers of a wave are a tally.
fn with_tally(project: Project, wave: &str) -> Project {
    let folder = project.path().join("data").join(wave);
    fs::remove_file(folder.join("responses.csv")).unwrap();
    let tally = project.path().join(format!("tallies/{wave}.csv"));
    fs::copy(tally, folder.join("tally.csv")).unwrap();
    project
}

/// The rows of a kind by what tells them apart.
fn rows<'r>(results: &'r Value, kind: &str) -> BTreeMap<String, &'r Value> {
    const KEYS: [&str; 13] = [
        "test",
        "question",
        "item",
        "item_ref",
        "estimator",
        "row",
        "group_var",
        "group_ref",
        "group",
        "wave",
        "wave_before",
        "groups",
        "n_ref",
    ];
    let key = |row: &Value| KEYS.map(|key| row[key].to_string()).join(" ");
    results[kind].as_array().unwrap().iter().map(|row| (key(row), row)).collect()
}

/// Quantiles of a number with decimals are not in the tally of a wave.
fn is_lost(row: &Value, waves: &[&str]) -> bool {
    if !waves.iter().any(|wave| row["wave"] == *wave) {
        return false;
    }
    let estimator = row["estimator"].as_str().unwrap();
    row["question"] == "income"
        && ["med", "q25", "q75"].iter().any(|name| estimator.starts_with(name))
}

#[track_caller]
fn compare(wanted: &Value, got: &Value, tallies: &[&str]) -> usize {
    let mut compared = 0;
    for kind in ["estimates", "tests"] {
        let (wanted, got) = (rows(wanted, kind), rows(got, kind));
        let kept = wanted.iter().filter(|(_, row)| !is_lost(row, tallies));
        assert_eq!(kept.clone().count(), got.len(), "{kind}");
        for (key, row) in kept {
            assert!(got.contains_key(key), "{key} is missing");
            let other = got[key];
            for (field, value) in row.as_object().unwrap() {
                let same = match (value.as_f64(), other[field].as_f64()) {
                    (Some(one), Some(two)) => {
                        (one - two).abs() <= (1e-9 * one.abs().max(two.abs())).max(1e-12)
                    }
                    _ => *value == other[field],
                };
                assert!(same, "{key}: {field} is {}, not {value}", other[field]);
            }
            compared += 1;
        }
    }
    compared
}

#[test]
fn the_numbers_of_a_tally_are_those_of_the_answers() {
    let wanted = counted().results();
    let hidden = |results: &Value| {
        let rows = results["estimates"].as_array().unwrap();
        rows.iter().filter(|row| row["flag"] == "hidden" && !is_lost(row, &WAVES)).count()
    };

    let all = WAVES.into_iter().fold(counted(), with_tally).results();

    assert!(2000 < compare(&wanted, &all, &WAVES));
    assert!(100 < hidden(&wanted));
    assert_eq!(hidden(&wanted), hidden(&all));
}

#[test]
fn a_wave_of_answers_and_one_of_a_tally_are_compared() {
    let wanted = counted().results();

    assert!(2000 < compare(&wanted, &with_tally(counted(), "2020").results(), &["2020"]));
}

#[test]
fn what_a_tally_does_not_carry_is_said() {
    let project = with_tally(counted(), "2019").change(
        "barometer.toml",
        "design = { strata = \"region\", weight",
        "design = { id = \"id\", strata = \"region\", weight",
    );

    let meta = &project.results()["meta"]["waves"];

    let without = &meta[0]["tally"]["without"];
    assert_eq!(without[0], "respondents who are in two waves");
    assert_eq!(without[1], "quantiles of `income`");
    assert_eq!(meta[1]["tally"], Value::Null);
}

/// A tally made by hand: 30 of 50 in one region, 12 of 40 in the other, each
/// of weight 2. The share of all is 42/90; with equal weights and no limit of
/// the population its variance is p (1 − p) / (n − 1).
#[test]
fn a_tally_can_be_read_without_a_database() {
    let tally = "question,item,option,other,other_option,stratum,cluster,by_region,population,respondents,n,\
        sum_w,sum_w2,min_w,max_w,centre,sum_wx,sum_wx2,sum_w2x,sum_w2x2,problem\n\
        ,,,,,,,flanders,,50,50,100,200,2,2,,,,,,\n\
        ,,,,,,,wallonia,,40,40,80,160,2,2,,,,,,\n\
        strategy,,yes,,,,,flanders,,30,30,60,120,,,,,,,,\n\
        strategy,,no,,,,,flanders,,20,20,40,80,,,,,,,,\n\
        strategy,,yes,,,,,wallonia,,12,12,24,48,,,,,,,,\n\
        strategy,,no,,,,,wallonia,,28,28,56,112,,,,,,,,\n";
    let project = Project::small().file("data/2018/tally.csv", tally).change(
        "barometer.toml",
        "[waves.2017]\n",
        "[design]\nweight = \"w\"\n\n[waves.2017]\n",
    );

    let results = project.results();

    let rows = results["estimates"].as_array().unwrap();
    let share = rows.iter().find(|row| {
        row["question"] == "strategy"
            && row["item"] == "yes"
            && row["group"] == "all"
            && row["provenance"] == "collected"
    });
    let share = share.unwrap();
    let p: f64 = 42.0 / 90.0;
    let near = |field: &str, wanted: f64| {
        let got = share[field].as_f64().unwrap();
        assert!((got - wanted).abs() < 1e-12, "{field} is {got}, not {wanted}");
    };
    near("estimate", p);
    near("se", (p * (1.0 - p) / 89.0).sqrt());
    near("n", 90.0);
    near("weighted_n", 180.0);
    near("n_eff_kish", 90.0);
}

#[test]
fn rows_of_another_length_are_told_once() {
    let project = with_tally(counted(), "2019");
    let tally = fs::read_to_string(project.path().join("data/2019/tally.csv")).unwrap();
    let project = project.file("data/2019/tally.csv", tally + "agree,,yes\nagree,,no\nagree\n");

    let run = project.run(&["results"]);

    assert_eq!(run.code, 1);
    assert_eq!(run.stderr.matches("error[B102]").count(), 3, "{}", run.stderr);
}

/// A weight is refused by the code by which the same cell is refused in answers.
#[test]
fn weights_are_refused_as_in_answers() {
    for (weight, code) in [("heavy", "B109"), ("-1", "B231"), ("", "B231")] {
        let answers = counted();
        let mut rows =
            csv::Reader::from_path(answers.path().join("data/2019/responses.csv")).unwrap();
        let header = rows.headers().unwrap().clone();
        let first = rows.records().next().unwrap().unwrap();
        let cells = header.iter().zip(&first);
        let spoiled = cells.map(|(name, cell)| if name == "weight" { weight } else { cell });
        let mut table = csv::Writer::from_writer(vec![]);
        table.write_record(&header).unwrap();
        table.write_record(spoiled).unwrap();
        let answers = answers.file("data/2019/responses.csv", table.into_inner().unwrap());
        let project = with_tally(counted(), "2019");
        let tally = fs::read_to_string(project.path().join("data/2019/tally.csv")).unwrap();
        let columns = tally.lines().next().unwrap().split(',');
        let cells = columns.map(|column| match column {
            "option" => weight,
            "respondents" => "3",
            "problem" => "weight",
            _ => "",
        });
        let problem = cells.collect::<Vec<_>>().join(",");
        let tally = project.file("data/2019/tally.csv", tally + &problem + "\n");

        for project in [answers, tally] {
            let run = project.run(&["results"]);
            assert_eq!(run.code, 1);
            assert_eq!(run.stderr.matches("error[").count(), 1, "{}", run.stderr);
            assert!(run.stderr.contains(&format!("error[{code}]")), "{weight}: {}", run.stderr);
        }
    }
}

#[test]
fn changed_breakdowns_ask_for_the_query_again() {
    let project = WAVES.into_iter().fold(counted(), with_tally).change(
        "data/codebook/survey.csv",
        "The town is clean.,likert,,",
        "The town is clean.,likert,,yes",
    );
    let project = project.change(
        "barometer.toml",
        "[\"region\", \"sex\"]",
        "[\"region\", \"sex\", \"agree\"]",
    );

    let run = project.run(&["results"]);

    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("error[B104]: the column `by_agree` is missing"), "{}", run.stderr);
}

/// What is not a column of the table is not in the query.
#[test]
fn a_query_asks_for_the_columns_of_the_header() {
    let project = answers::report().file("header.csv", "id,region,strategy\n");

    let run = project.run(&["sql", "--columns", "header.csv", "--table", "survey.answers"]);

    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("FROM survey.answers\n"), "{}", run.stdout);
    assert!(run.stdout.contains("\"strategy\""), "{}", run.stdout);
    assert!(!run.stdout.contains("themes"), "{}", run.stdout);
}

#[test]
fn ranks_in_one_column_are_refused() {
    let project = counted().file("header.csv", "region,sex,size,weight,colour\n");

    let run = project.run(&["sql", "--wave", "2019", "--columns", "header.csv"]);

    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("Give each rank a column of the table: `colour_1`"),
        "{}",
        run.stderr
    );
}

#[test]
fn names_and_texts_are_quoted_for_each_engine() {
    let project = Project::empty();
    copy(&fixtures().join("small"), project.path());
    let project = project
        .change("data/codebook/choices.csv", "economy", "d'\\eau")
        .change("data/2018/published.csv", "themes,economy", "themes,d'\\eau")
        .file("header.csv", "themes_energy,themes_mobility,\"themes_d'\\eau\",themes_other\n");

    let query = |dialect: &str| {
        let run = project.run(&["sql", "--columns", "header.csv", "--dialect", dialect]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };

    for dialect in ["duckdb", "postgres"] {
        let text = query(dialect);
        assert!(text.contains("'d''\\eau'") && text.contains("\"themes_d'\\eau\""), "{text}");
    }
    let text = query("spark");
    assert!(text.contains("'d\\'\\\\eau'") && text.contains("`themes_d'\\eau`"), "{text}");
}

#[test]
fn the_query_of_a_small_survey_is_as_written() {
    let project = Project::small().file(
        "header.csv",
        "region,themes_energy,themes_mobility,themes_economy,themes_other,strategy\n",
    );
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        let query = project.run(&["sql", "--columns", "header.csv"]).stdout;
        insta::assert_snapshot!("query-small", query);
    });
}

/// The page on method says of a tally what it is and lacks, of clusters that
/// they are no respondents, and of each wave how its strata were drawn.
#[test]
fn the_page_on_method_knows_tallies_clusters_and_strata() {
    let project = WAVES.into_iter().fold(counted(), with_tally);

    project.built();

    let page = project.page("method.html");
    let edition = |wave: &str| {
        let from = page.find(&format!("id=\"page-edition-{wave}\"")).unwrap();
        page[from..].split("</dl>").next().unwrap()
    };
    for wave in WAVES {
        assert!(edition(wave).contains("this report read totals alone"), "{}", edition(wave));
        assert!(edition(wave).contains("It therefore lacks the median and quartiles of"));
    }
    // Schools are 93, pupils nobody knows; the sizes of 2019 are in its answers.
    assert!(edition("2020").contains("<dd>79</dd>"), "{}", edition("2020"));
    assert!(!edition("2019").contains("of 93"), "{}", edition("2019"));
    let strata: Vec<&str> = page.split("Strata of the sample, ").skip(1).collect();
    assert!(strata.iter().any(|table| table.contains("Sampling fraction")), "{page}");
    assert!(page.contains("the answers come from"));
    // From answers it is the same page without what is said of tallies.
    let project = counted();
    project.built();
    assert!(!project.page("method.html").contains("read totals alone"));
}
