//! The worked examples of `docs/content/en/statistics.md`: the program computes them, and
//! the text says what it gives.

use std::fmt::Write as _;

use serde_json::Value;

use crate::project::{Project, root};

/// The text has these words.
#[track_caller]
fn told(words: &str) {
    let text = std::fs::read_to_string(root().join("docs/content/en/statistics.md")).unwrap();
    assert!(text.contains(words), "docs/content/en/statistics.md does not say `{words}`");
}

#[track_caller]
fn near(value: &Value, wanted: f64, slack: f64) {
    let value = value.as_f64().unwrap_or(f64::NAN);
    assert!((value - wanted).abs() <= slack, "{value}, not {wanted}");
}

/// A survey of three questions and a breakdown: whether, how much, which.
struct Example {
    settings: &'static str,
    files: Vec<(&'static str, String)>,
}

fn example(settings: &'static str, header: &str, rows: &str) -> Example {
    Example { settings, files: vec![] }.with("data/2018/responses.csv", header, rows)
}

impl Example {
    /// A table whose lines stand between blanks.
    fn with(mut self, path: &'static str, header: &str, rows: &str) -> Self {
        let mut table = format!("{header}\n");
        for row in rows.split_whitespace() {
            writeln!(table, "{row}").unwrap();
        }
        self.files.push((path, table));
        self
    }

    fn results(self) -> Value {
        let waves = self.files.iter().filter(|(path, _)| path.ends_with("responses.csv")).count();
        let waves = if waves == 2 { "\"2017\", \"2018\"" } else { "\"2018\"" };
        let project = Project::empty()
            .file(
                "barometer.toml",
                format!(
                    "[site]\ntitle = \"Examples\"\nlanguages = [\"en\"]\n\
                     [survey]\nname = \"Examples\"\nwaves = [{waves}]\nbreakdowns = [\"sex\"]\n\
                     [statistics]\nestimators = \"all\"\nhide-below = 0\nprotect-certain-below = 0\n{}\n",
                    self.settings
                ),
            )
            .file(
                "data/codebook/survey.csv",
                "type,name,label,breakdown\nselect_one sex,sex,Sex,yes\nselect_one yes,vote,Vote?,\n\
                 decimal,hours,Hours?,\nselect_multiple themes,themes,Themes?,\nselect_one third,third,Which?,\n",
            )
            .file(
                "data/codebook/choices.csv",
                "list_name,name,label\nsex,f,Women\nsex,m,Men\nyes,1,Yes\nyes,0,No\n\
                 themes,energy,Energy\nthemes,mobility,Mobility\nthird,a,A\nthird,b,B\nthird,c,C\n",
            );
        let project =
            self.files.into_iter().fold(project, |project, (path, text)| project.file(path, text));
        project.results()
    }
}

/// The first row of estimates or tests that has these cells.
#[track_caller]
fn row<'r>(results: &'r Value, kind: &str, cells: &[(&str, &str)]) -> &'r Value {
    let has = |row: &&Value| cells.iter().all(|(name, cell)| row[*name] == *cell);
    results[kind].as_array().unwrap().iter().find(has).expect("the row")
}

fn yes(results: &Value) -> &Value {
    row(
        results,
        "estimates",
        &[("question", "vote"), ("item", "1"), ("estimator", "proportion"), ("group", "all")],
    )
}

#[test]
fn a_weighted_share_is_that_of_the_manual() {
    told("The share is (2 + 2 + 3) / (2·3 + 3·2) = 7/12 = 58.3 %");

    let results = example("[design]\nweight = \"w\"", "vote,w", "1,2 1,2 0,2 1,3 0,3").results();

    near(&yes(&results)["estimate"], 7.0 / 12.0, 1e-12);
}

#[test]
fn its_standard_error_and_design_effects_are_those_of_the_manual() {
    told("so `V = (1 − 4/20) · 4/3 · 1/16 = 1/15` and `se = 0.258`; `df = 4 − 1 = 3`");
    told("`deff_wr = (1/15) / (1/12) = 0.8`, which the finite population gives, and `deff = 1`");

    let results = example("[design]\npopulation-size = 20", "vote", "1 1 0 0").results();

    let share = yes(&results);
    near(&share["se"], (1.0_f64 / 15.0).sqrt(), 1e-12);
    near(&share["se"], 0.258, 5e-4);
    near(&share["df"], 3.0, 0.0);
    near(&share["weighted_n"], 20.0, 1e-12);
    near(&share["deff_wr"], 0.8, 1e-12);
    near(&share["deff"], 1.0, 1e-12);
}

#[test]
fn an_effective_size_is_that_of_the_manual() {
    told("Weights 1, 1, 4: 6² / (1 + 1 + 16) = 2");

    let results = example("[design]\nweight = \"w\"", "vote,w", "1,1 0,1 1,4").results();

    near(&yes(&results)["n_eff_kish"], 2.0, 1e-12);
}

#[test]
fn intervals_of_shares_are_those_of_the_manual() {
    told(
        "3 of 10, of a population without limit: `V = 0.3 · 0.7 / 9`, so that the base is 9, and the interval goes from 5.9 % to 67.2 %",
    );
    told("nobody out of ten gives 0 % to `1 − 0.025^(1/10)` = 30.8 %");

    let three = example("", "vote", "1 1 1 0 0 0 0 0 0 0").results();
    let none = example("", "vote", "0 0 0 0 0 0 0 0 0 0").results();

    near(&yes(&three)["se"], (0.3_f64 * 0.7 / 9.0).sqrt(), 1e-12);
    near(&yes(&three)["ci_low"], 0.059, 5e-4);
    near(&yes(&three)["ci_high"], 0.672, 5e-4);
    near(&yes(&none)["ci_low"], 0.0, 0.0);
    near(&yes(&none)["ci_high"], 0.308, 5e-4);
}

#[test]
fn medians_are_those_of_the_manual() {
    told("1, 2, 4, 9 with equal weights: 3, and 2 by the other rule");

    let results = example("", "hours", "1 2 4 9").results();

    let median =
        |estimator| row(&results, "estimates", &[("question", "hours"), ("estimator", estimator)]);
    near(&median("median_school")["estimate"], 3.0, 0.0);
    near(&median("median_math")["estimate"], 2.0, 0.0);
}

#[test]
fn a_table_and_two_groups_are_tested_as_in_the_manual() {
    told("`X² = 4`, `Δ = 100/99`, `F = 3.96` with 1 and 99 degrees of freedom, `p = 0.049`");
    told("`se = √(100/99 · 0.0096) = 0.0985`, `t = 2.03` with 98 degrees of freedom, `p = 0.045`");
    let answers = |sex: &str, yes: usize| {
        let answer = |at| format!("{sex},{}", u8::from(at < yes));
        (0..50).map(answer).collect::<Vec<_>>().join(" ")
    };

    let results =
        example("", "sex,vote", &[answers("f", 20), answers("m", 30)].join(" ")).results();

    let table = row(&results, "tests", &[("test", "rao_scott_F"), ("question", "vote")]);
    near(&table["statistic"], 3.96, 1e-9);
    near(&table["ndf"], 1.0, 1e-9);
    near(&table["ddf"], 99.0, 1e-9);
    near(&table["p_value"], 0.049, 5e-4);
    let groups = row(
        &results,
        "tests",
        &[("test", "svyttest"), ("item", "1"), ("group_ref", "f"), ("group", "m")],
    );
    near(&groups["difference"], 0.2, 1e-12);
    near(&groups["se"], (100.0_f64 / 99.0 * 0.0096).sqrt(), 1e-12);
    near(&groups["statistic"], 2.03, 5e-3);
    near(&groups["df"], 98.0, 0.0);
    near(&groups["p_value"], 0.045, 5e-4);
}

#[test]
fn two_items_of_one_question_are_compared_as_in_the_manual() {
    told("scores 0, 0, 1, 0 for energy against mobility, a difference of 25 points");

    let results = example("", "themes_energy,themes_mobility", "1,1 1,1 1,0 0,0").results();

    let test = row(&results, "tests", &[("test", "item_difference"), ("question", "themes")]);
    near(&test["difference"], if test["item"] == "energy" { 0.25 } else { -0.25 }, 1e-12);
}

#[test]
fn a_change_between_waves_is_that_of_the_manual() {
    told(
        "`V2 = 1/20`, `C = (4 − 16/20) · 1/96 = 1/30`, so that `V = 1/20`: 25 points more, with a standard error of 22.4",
    );

    let results =
        example("[design]\nid = \"id\"\npopulation-size = 20", "id,vote", "1,1 2,1 3,1 4,0")
            .with("data/2017/responses.csv", "id,vote", "1,1 2,1 3,0 4,0")
            .results();

    let change = row(
        &results,
        "tests",
        &[("test", "wave_change"), ("question", "vote"), ("item", "1"), ("group", "all")],
    );
    near(&change["difference"], 0.25, 1e-12);
    near(&change["se"], 0.05_f64.sqrt(), 1e-12);
    near(&change["se"], 0.224, 5e-4);
}

#[test]
fn raked_weights_are_those_of_the_manual() {
    told("Two women and two men of weight 1, to 60 women and 40 men: 30 each and 20 each");

    let results = example(
        "[design]\nweight = \"w\"\nrake = \"data/margins.csv\"",
        "sex,w,vote",
        "f,1,1 f,1,1 m,1,0 m,1,0",
    )
    .with("data/margins.csv", "variable,level,total", "sex,f,60 sex,m,40")
    .results();

    let raking = &results["meta"]["waves"][0]["raking"];
    near(&raking["min_weight"], 20.0, 1e-9);
    near(&raking["max_weight"], 30.0, 1e-9);
    near(&yes(&results)["estimate"], 0.6, 1e-12);
}

#[test]
fn whole_percentages_are_those_of_the_manual() {
    told("Three thirds: 34, 33, 33");

    let results = example("", "third", "a b c").results();

    let percent = |item| {
        let cells = [("question", "third"), ("item", item), ("estimator", "proportion")];
        row(&results, "estimates", &cells)["display_value"].as_u64()
    };
    assert_eq!(["a", "b", "c"].map(percent), [Some(34), Some(33), Some(33)]);
}

#[test]
fn the_silent_and_the_weights_of_regions() {
    told("54.12 / 589 = 9 % and (54.12 + 466) / 589 = 88 %");
    told(
        "(0.45 · 308 + 0.25 · 19 + 0.21 · 262) / 589 = 33.7 %, beside the 33 % that were published",
    );

    let (low, high) = barometer::stats::bounds::bounds(0.44, 123, 589).unwrap();
    let groups = [(0.45, 308.0), (0.25, 19.0), (0.21, 262.0)];
    let weighted = barometer::stats::poststratify::poststratified(&groups).unwrap();

    assert!((low - 0.09).abs() < 5e-3 && (high - 0.88).abs() < 5e-3, "{low} {high}");
    assert!((weighted - 0.337).abs() < 5e-4, "{weighted}");
}

#[test]
fn probabilities_of_several_comparisons_are_those_of_the_manual() {
    told("0.01, 0.02 and 0.04 become 0.03, 0.04 and 0.04");

    let adjusted = barometer::stats::difference::holm(&[0.01, 0.02, 0.04]);

    for (value, wanted) in adjusted.iter().zip([0.03, 0.04, 0.04]) {
        assert!((value - wanted).abs() < 1e-12, "{adjusted:?}");
    }
}
