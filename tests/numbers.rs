//! The published results against R's `survey` package, row by row.
//!
//! `numbers/given/` holds the reference cases and says what they are. Each is
//! written as a report in memory, taken through the stages of a build, and the
//! results file that a reader would download is compared: the numbers of rows
//! are asserted, so that an empty join cannot pass.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]
#![expect(clippy::disallowed_methods, reason = "the cases are read from the folder of the tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use barometer::sources::Sources;
use barometer::{config, stats, survey};
use serde_json::{Value, json};

/// A reference case as a report.
struct Case {
    /// Wave and file of its answers.
    waves: &'static [(&'static str, &'static str)],
    expected: &'static str,
    design: &'static str,
    /// Lines under `[statistics]`.
    statistics: &'static str,
    files: &'static [(&'static str, &'static str)],
    breakdowns: &'static [&'static str],
    crossings: &'static [&'static str],
    /// Questions: type, name, appearance, parameters.
    questions: Vec<[String; 4]>,
    lists: Vec<(&'static str, Vec<(String, &'static str)>)>,
}

fn given(file: &str) -> String {
    let path = format!("{}/tests/numbers/given/{file}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

fn table(file: &str) -> Vec<BTreeMap<String, String>> {
    let text = given(file);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// The values of a column in order of appearance.
fn unique(files: &[&str], column: &str) -> Vec<(String, &'static str)> {
    let mut found: Vec<(String, &'static str)> = vec![];
    for row in files.iter().flat_map(|file| table(file)) {
        let value = row[column].clone();
        if !value.is_empty() && !found.iter().any(|(known, _)| *known == value) {
            found.push((value, ""));
        }
    }
    found
}

fn plain(names: &[&str]) -> Vec<(String, &'static str)> {
    names.iter().map(|name| ((*name).to_owned(), "")).collect()
}

fn question(kind: &str, name: &str, appearance: &str, parameters: &str) -> [String; 4] {
    [kind, name, appearance, parameters].map(str::to_owned)
}

impl Case {
    fn communes(files: &'static [(&'static str, &'static str)]) -> Self {
        let names: Vec<&str> = files.iter().map(|(_, file)| *file).collect();
        let mut single = unique(&names, "q_single");
        if names == ["communes123.csv"] {
            single.push(("Never listed".to_owned(), ""));
        }
        let mut ranks = unique(&names, "rank_1");
        for column in ["rank_2", "rank_3"] {
            for rank in unique(&names, column) {
                if !ranks.contains(&rank) {
                    ranks.push(rank);
                }
            }
        }
        let mut agree = plain(&["1", "2", "3", "4", "5"]);
        agree.push(("9".to_owned(), "dont_know"));
        let mut questions = vec![
            question("select_one region", "region", "", ""),
            question("select_one province", "province", "", ""),
            question("select_one nature", "nature", "", ""),
            question("integer", "population", "", ""),
            question("select_one single", "q_single", "", ""),
            question("select_multiple multi", "q_multi", "", ""),
            question("range", "score_0_10", "", "start=0 end=10 step=1"),
            question("rank ranks", "rank", "", "max=3"),
        ];
        for scale in ["likert_a", "likert_b", "likert_c"] {
            questions.push(question("select_one agree", scale, "likert", ""));
        }
        Self {
            waves: files,
            expected: "",
            design: "id = \"id\"\nstrata = \"province\"\nweight = \"weight\"\npopulation-size = \"data/frame.csv\"\n",
            statistics: "",
            files: &[("data/frame.csv", "frame_totals.csv")],
            breakdowns: &["region", "province", "nature"],
            crossings: &["region*nature"],
            questions,
            lists: vec![
                ("region", unique(&names, "region")),
                ("province", unique(&names, "province")),
                ("nature", unique(&names, "nature")),
                ("single", single),
                ("multi", plain(&["1", "2", "3", "4", "5", "6", "7", "8"])),
                ("agree", agree),
                ("ranks", ranks),
            ],
        }
    }

    fn edge(files: &'static [(&'static str, &'static str)], expected: &'static str) -> Self {
        let mut q = unique(&[files[0].1], "q");
        q.push(("never_listed_category".to_owned(), ""));
        let mut questions = vec![
            question("select_one group", "group", "", ""),
            question("select_one q", "q", "", ""),
            question("range", "score", "", "start=0 end=10 step=1"),
        ];
        for name in ["yes", "never", "always", "allmissing"] {
            questions.push(question("select_one yn", name, "", ""));
        }
        Self {
            waves: files,
            expected,
            design: "id = \"id\"\nstrata = \"stratum\"\nweight = \"weight\"\npopulation-size = \"N\"\n",
            statistics: "",
            files: &[],
            breakdowns: &["group"],
            crossings: &[],
            questions,
            lists: vec![
                ("group", unique(&[files[0].1], "group")),
                ("q", q),
                ("yn", plain(&["0", "1"])),
            ],
        }
    }

    fn schools() -> Self {
        const CUTS: [&str; 4] = ["stype", "sch.wide", "comp.imp", "awards"];
        let mut questions: Vec<_> = CUTS
            .iter()
            .chain(&["both"])
            .map(|name| question(&format!("select_one {}", name.replace('.', "_")), name, "", ""))
            .collect();
        for name in ["api99", "api00", "enroll", "meals", "ell"] {
            questions.push(question("integer", name, "", ""));
        }
        let file = "apistrat.csv";
        Self {
            waves: &[("w", "apistrat.csv")],
            expected: "expected_apistrat.json",
            design: "id = \"cds\"\nstrata = \"stype\"\nweight = \"pw\"\npopulation-size = \"fpc\"\n",
            statistics: "",
            files: &[],
            breakdowns: &["stype", "sch.wide", "comp.imp", "awards"],
            crossings: &[],
            questions,
            lists: vec![
                ("stype", unique(&[file], "stype")),
                ("sch_wide", unique(&[file], "sch.wide")),
                ("comp_imp", unique(&[file], "comp.imp")),
                ("awards", unique(&[file], "awards")),
                ("both", unique(&[file], "both")),
            ],
        }
    }

    fn raked() -> Self {
        let file = "rake40.csv";
        Self {
            waves: &[("w", "rake40.csv")],
            expected: "expected_rake40.json",
            design: "id = \"id\"\nrake = \"data/rake.csv\"\n",
            statistics: "",
            files: &[("data/rake.csv", "rake40_margins.csv")],
            breakdowns: &["sex"],
            crossings: &[],
            questions: vec![
                question("select_one sex", "sex", "", ""),
                question("select_one age", "age", "", ""),
                question("select_one yn", "y", "", ""),
            ],
            lists: vec![
                ("sex", unique(&[file], "sex")),
                ("age", unique(&[file], "age")),
                ("yn", plain(&["0", "1"])),
            ],
        }
    }

    fn sources(&self) -> Sources {
        let quoted = |names: &[&str]| {
            names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ")
        };
        let waves: Vec<&str> = self.waves.iter().map(|(wave, _)| *wave).collect();
        let mut settings = format!(
            "[site]\ntitle = \"Case\"\nlanguages = [\"en\"]\n[survey]\nname = \"Case\"\nwaves = [{}]\nbreakdowns = [{}]\n",
            quoted(&waves),
            quoted(self.breakdowns),
        );
        if !self.crossings.is_empty() {
            writeln!(settings, "crossings = [{}]", quoted(self.crossings)).unwrap();
        }
        write!(
            settings,
            "[design]\n{}[statistics]\nestimators = \"all\"\nhide-below = 0\nprotect-certain-below = 0\n{}",
            self.design, self.statistics
        )
        .unwrap();
        let mut sheet = "type,name,label::en,appearance,parameters,breakdown\n".to_owned();
        for [kind, name, appearance, parameters] in &self.questions {
            let cut = if self.breakdowns.contains(&name.as_str()) { "yes" } else { "" };
            writeln!(sheet, "{kind},{name},{name},{appearance},{parameters},{cut}").unwrap();
        }
        let mut lists = "list_name,name,label::en,role\n".to_owned();
        for (list, options) in &self.lists {
            for (name, role) in options {
                writeln!(lists, "{list},{name},{name},{role}").unwrap();
            }
        }
        let mut sources = Sources::default();
        sources.insert("barometer.toml", settings.into_bytes());
        sources.insert("data/codebook/survey.csv", sheet.into_bytes());
        sources.insert("data/codebook/choices.csv", lists.into_bytes());
        for (to, from) in self.files {
            sources.insert(*to, given(from).into_bytes());
        }
        for (wave, file) in self.waves {
            sources.insert(format!("data/{wave}/responses.csv"), given(file).into_bytes());
        }
        sources
    }

    fn wanted(&self) -> Value {
        serde_json::from_str(&given(self.expected)).unwrap()
    }
}

fn published(sources: &Sources) -> Value {
    let config = config::parse(sources).whole().unwrap().value;
    let survey = survey::load(sources, &config).whole().unwrap().value;
    let results = stats::estimate(&survey, &config).unwrap().value.shown;
    let printed = stats::export::Printed {
        bounds: &|_| None,
        weighted: &|_| None,
        survey: &survey,
        language: config.default_language(),
        display: &|_| String::new(),
        base: &|_| String::new(),
        inputs: &[],
        warnings: &[],
    };
    serde_json::from_slice(&stats::export::whole(&results, &printed).json).unwrap()
}

/// True if two cells agree; nothing agrees with nothing alone.
fn close(got: &Value, want: &Value, tolerance: f64) -> bool {
    match (got.as_f64(), want.as_f64()) {
        (Some(got), Some(want)) => {
            (got - want).abs() <= (tolerance * got.abs().max(want.abs())).max(1e-12)
        }
        _ => got == want,
    }
}

fn tolerance(field: &str, want: &Value) -> f64 {
    let beta = matches!(want["ci_method"].as_str(), Some("beta" | "cp_zero_or_one"));
    match field {
        "estimate" | "weighted_n" => 1e-10,
        "se" | "n_eff_kish" => 1e-9,
        "ci_low" | "ci_high" => {
            if beta || want.get("test").is_some() {
                1e-8
            } else {
                1e-9
            }
        }
        "deff" | "deff_wr" | "difference" | "statistic" | "ddf" | "ndf" => 1e-8,
        "p_value" => 1e-7,
        _ => 0.0,
    }
}

/// The reference names a multiple-choice item by its column.
fn item(row: &Value) -> String {
    let item = row["item"].as_str().unwrap_or_default();
    let question = row["question"].as_str().unwrap_or_default();
    item.strip_prefix(&format!("{question}_")).unwrap_or(item).to_owned()
}

fn text(row: &Value, field: &str) -> String {
    row[field].as_str().unwrap_or_default().to_owned()
}

fn estimate_key(row: &Value) -> [String; 5] {
    [
        text(row, "question"),
        item(row),
        text(row, "estimator"),
        text(row, "group_var"),
        text(row, "group"),
    ]
}

fn test_key(row: &Value) -> [String; 7] {
    let kind = text(row, "test");
    if kind == "rao_scott_F" {
        return [
            kind,
            text(row, "row"),
            text(row, "col"),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
        ];
    }
    let (question, group) = (text(row, "question"), text(row, "group"));
    let (var, group_ref) = (text(row, "group_var"), text(row, "group_ref"));
    [kind, question, item(row), text(row, "item_ref"), var, group_ref, group]
}

/// The published rows that stand beside rows of the reference, of the same estimator of
/// the same question by the same breakdown, and are not among them. The reference has the
/// ones alone of a 0/1 column, and totals and quantiles of some items and groups.
fn extra<'k>(
    published: impl Iterator<Item = &'k [String; 5]>,
    reference: &[Value],
) -> Vec<&'k [String; 5]> {
    const OF_SOME: [&str; 4] = ["total", "median_", "q25_", "q75_"];
    let beside = |[question, _, estimator, breakdown, _]: &[String; 5]| {
        [question, estimator, breakdown].map(String::clone)
    };
    let keys: BTreeSet<_> = reference.iter().map(estimate_key).collect();
    let known: BTreeSet<_> = keys.iter().map(beside).collect();
    let zeros: BTreeSet<_> = keys.iter().filter(|key| key[1] == "0").map(|key| &key[0]).collect();
    published
        .filter(|key| known.contains(&beside(key)) && !keys.contains(*key))
        .filter(|key| !OF_SOME.iter().any(|start| key[2].starts_with(start)))
        .filter(|key| key[1] != "0" || zeros.contains(&key[0]))
        .collect()
}

fn compare_estimates(case: &Case) -> usize {
    const FIELDS: [&str; 12] = [
        "n",
        "weighted_n",
        "estimate",
        "se",
        "ci_low",
        "ci_high",
        "ci_method",
        "df",
        "deff",
        "deff_wr",
        "n_eff_kish",
        "flag",
    ];
    let (got, want) = (published(&case.sources()), case.wanted());
    let mut have = BTreeMap::new();
    for row in got["estimates"].as_array().unwrap() {
        let key = estimate_key(row);
        assert!(have.insert(key.clone(), row).is_none(), "{key:?} stands twice");
    }
    let want = want["estimates"].as_array().unwrap();
    let extra = extra(have.keys(), want);
    assert!(extra.is_empty(), "the reference has no {extra:?}");
    let mut compared = 0;
    for row in want {
        let key = estimate_key(row);
        let found = have.get(&key).unwrap_or_else(|| panic!("{key:?} is missing"));
        let quantile = ["median", "q25", "q75"].iter().any(|name| key[2].starts_with(name));
        for field in FIELDS {
            let (mut got, mut want) = (found[field].clone(), row[field].clone());
            match field {
                // A single respondent: R says 0, and we say nothing.
                "se" | "ci_low" | "ci_high" | "ci_method" if row["n"] == 1 => continue,
                "se" | "ci_method" | "weighted_n" if quantile => continue,
                "deff" | "deff_wr" | "n_eff_kish" if want.is_null() => continue,
                "flag" => {
                    let known = |flag: &Value| match flag.as_str() {
                        Some("low_df") => json!("ok"),
                        Some("hidden") => json!("low_n"),
                        _ => flag.clone(),
                    };
                    (got, want) = (known(&got), known(&want));
                }
                _ => {}
            }
            assert!(
                close(&got, &want, tolerance(field, row)),
                "{key:?}: {field} is {got}, R says {want}"
            );
        }
        compared += 1;
    }
    compared
}

/// Compares tests; of several rows with one key, one must agree.
fn compare_tests(case: &Case, wanted: impl Fn(&Value, &[Value]) -> bool) -> usize {
    const FIELDS: [&str; 9] =
        ["difference", "se", "ci_low", "ci_high", "df", "statistic", "ndf", "ddf", "p_value"];
    let (got, want) = (published(&case.sources()), case.wanted());
    let mut have: BTreeMap<_, Vec<&Value>> = BTreeMap::new();
    for row in got["tests"].as_array().unwrap() {
        have.entry(test_key(row)).or_default().push(row);
    }
    let all = want["tests"].as_array().unwrap();
    let mut compared = 0;
    for row in all.iter().filter(|row| wanted(row, all)) {
        let key = test_key(row);
        let found = have.get(&key).unwrap_or_else(|| panic!("{key:?} is missing"));
        let differences = found.iter().map(|found| {
            let bad = FIELDS.iter().filter(|field| {
                !row[**field].is_null()
                    && !close(&found[**field], &row[**field], tolerance(field, row))
            });
            bad.map(|field| format!("{field} {} {}", found[*field], row[*field]))
                .collect::<Vec<_>>()
        });
        let best = differences.min_by_key(Vec::len).unwrap();
        assert!(best.is_empty(), "{key:?}: {best:?}");
        compared += 1;
    }
    compared
}

/// The tests that the manual would run (`statistics.md`, 6), or that are numbers all the same.
fn tested(row: &Value, all: &[Value]) -> bool {
    let kind = row["test"].as_str().unwrap();
    let large = |field: &str| row[field].as_u64().is_none_or(|n| n >= 30);
    let also_large = row["tested"] == "all_groups"
        && all.iter().any(|o| o["tested"] == "groups_n_ge_30" && test_key(o) == test_key(row));
    !matches!(kind, "rao_scott_chisq" | "adjusted_wald_F")
        && !row["p_value"].is_null()
        && row["sparse"] != true
        && !also_large
        && (kind != "svyttest" || (large("n_ref") && large("n")))
}

const COMMUNES: &[(&str, &str)] = &[("w", "communes123.csv")];

#[test]
fn estimates_of_a_stratified_sample_equal_r() {
    let case = Case { expected: "expected_communes123.json", ..Case::communes(COMMUNES) };

    assert_eq!(compare_estimates(&case), 1508);
}

#[test]
fn group_tests_without_the_correction_equal_r() {
    let expected = "expected_communes123_tests_nofpc.json";
    let case = Case { expected, ..Case::communes(COMMUNES) };

    assert_eq!(compare_tests(&case, tested), 68);
}

#[test]
fn group_tests_with_the_correction_equal_r() {
    let case = Case {
        expected: "expected_communes123.json",
        statistics: "test-fpc = true\n",
        ..Case::communes(COMMUNES)
    };

    assert_eq!(compare_tests(&case, tested), 68);
}

#[test]
fn changes_between_overlapping_waves_equal_the_reference() {
    let case = Case {
        expected: "expected_wavepair.json",
        files: &[("data/frame.csv", "wavepair_totals.csv")],
        breakdowns: &["region", "nature"],
        crossings: &[],
        ..Case::communes(&[("2017", "wavepair_2017.csv"), ("2018", "wavepair_2018.csv")])
    };

    assert_eq!(compare_tests(&case, |_, _| true), 54);
}

/// `own/tests.R` made these, where the given cases have none.
#[test]
fn differences_between_items_equal_r() {
    let case = Case { expected: "../own/items.json", ..Case::communes(COMMUNES) };

    assert_eq!(compare_tests(&case, |_, _| true), 28);
}

/// Two waves of people drawn within towns within regions.
fn towns(
    waves: &'static [(&'static str, &'static str)],
    expected: &'static str,
    population: &str,
) -> Case {
    const DESIGN: &str =
        "id = \"id\"\nstrata = \"region\"\ncluster = \"town\"\nweight = \"weight\"\n";
    Case {
        waves,
        expected,
        design: format!("{DESIGN}{population}").leak(),
        statistics: "",
        files: &[],
        breakdowns: &["region"],
        crossings: &[],
        questions: vec![
            question("select_one region", "region", "", ""),
            question("range", "score", "", "start=0 end=10 step=1"),
        ],
        lists: vec![("region", plain(&["north", "south"]))],
    }
}

#[test]
fn changes_among_the_same_respondents_of_clusters_equal_r() {
    let waves = &[("2017", "../own/clusters_2017.csv"), ("2018", "../own/clusters_2018.csv")];

    assert_eq!(compare_tests(&towns(waves, "../own/panel.json", ""), |_, _| true), 3);
}

#[test]
fn changes_where_the_same_clusters_were_drawn_twice_equal_r() {
    let waves = &[("2017", "../own/same_2017.csv"), ("2018", "../own/same_2018.csv")];
    let case = towns(waves, "../own/changes_same.json", "population-size = \"N\"\n");

    assert_eq!(compare_tests(&case, |_, _| true), 3);
}

/// One town of the north in both waves: without a covariance its correction is
/// dropped; that of the south, where the first wave asked every town, stays.
#[test]
fn changes_where_other_clusters_were_drawn_equal_r() {
    let waves = &[("2017", "../own/apart_2017.csv"), ("2018", "../own/apart_2018.csv")];
    let case = towns(waves, "../own/changes_apart.json", "population-size = \"N\"\n");

    assert_eq!(compare_tests(&case, |_, _| true), 3);
}

/// A town of a single respondent is as variable as the others of its region, and
/// adds nothing to the other region.
#[test]
fn changes_with_a_lonely_stratum_equal_r() {
    let waves = &[("2017", "../own/lonely_2017.csv"), ("2018", "../own/lonely_2018.csv")];
    let design =
        "id = \"id\"\nstrata = \"town\"\nweight = \"weight\"\nlonely-stratum = \"average\"\n";
    let case = Case { design, ..towns(waves, "../own/changes_lonely.json", "") };

    assert_eq!(compare_tests(&case, |_, _| true), 3);
}

/// Where every stratum is lonely there are no others to be like: nothing tells
/// the error, which is not 0.
#[test]
fn without_another_stratum_there_is_no_error() {
    let design = "strata = \"id\"\nweight = \"weight\"\nlonely-stratum = \"average\"\n";
    let case = Case { design, ..towns(&[("w", "../own/lonely_2017.csv")], "", "") };

    let results = published(&case.sources());

    let rows = results["estimates"].as_array().unwrap().iter();
    let means: Vec<&Value> = rows.filter(|row| row["estimator"] == "mean").collect();
    assert_eq!(means.len(), 3);
    for row in means {
        assert!(row["estimate"].is_number() && row["se"].is_null() && row["deff"].is_null());
    }
}

/// Nor does it tell the error of a change, which is known all the same.
#[test]
fn a_change_without_an_error_is_told() {
    let waves = &[("2017", "../own/lonely_2017.csv"), ("2018", "../own/lonely_2018.csv")];
    let design =
        "id = \"id\"\nstrata = \"id\"\nweight = \"weight\"\nlonely-stratum = \"average\"\n";
    let case = Case { design, ..towns(waves, "", "") };

    let results = published(&case.sources());

    let rows = results["tests"].as_array().unwrap().iter();
    let changes: Vec<&Value> =
        rows.filter(|row| row["test"] == "wave_change" && row["question"] == "score").collect();
    assert_eq!(changes.len(), 3);
    for row in changes {
        assert!(row["difference"].is_number() && row["se"].is_null() && row["p_value"].is_null());
    }
}

/// `own/drawn.R` drew them: clusters, extreme and zero weights, a stratum asked
/// completely, lonely strata, raking, names that need quotation marks.
#[test]
fn samples_that_a_seed_draws_equal_r() {
    const UNITS: &str = "cluster = \"unit\"\n";
    const GROUPS: [&str; 3] = ["\"Liège, \"\"ville\"\"\"", "œuvre d'été", "Ñandú; ü"];
    let mut scale = plain(&["1", "2", "3", "4", "5"]);
    scale.push(("9".to_owned(), "dont_know"));
    let cases = [
        ("../own/drawn_1.csv", "../own/drawn_1.json", UNITS, ""),
        ("../own/drawn_2.csv", "../own/drawn_2.json", UNITS, ""),
        ("../own/drawn_3.csv", "../own/drawn_3.json", "", ""),
        ("../own/drawn_1.csv", "../own/drawn_4.json", UNITS, "rake = \"data/rake.csv\"\n"),
        ("../own/drawn_3.csv", "../own/drawn_5.json", "", "rake = \"data/rake.csv\"\n"),
    ];
    for (answers, expected, clusters, raking) in cases {
        let design =
            "id = \"id\"\nstrata = \"stratum\"\nweight = \"weight\"\npopulation-size = \"N\"\n";
        let case = Case {
            waves: Box::leak(Box::new([("w", answers)])),
            expected,
            design: format!("{design}{clusters}{raking}").leak(),
            statistics: "",
            files: &[("data/rake.csv", "../own/drawn_margins.csv")],
            breakdowns: &["g"],
            crossings: &[],
            questions: vec![
                question("select_one g", "g", "", ""),
                question("select_one sex", "sex", "", ""),
                question("select_one age", "age", "", ""),
                question("select_one single", "single", "", ""),
                question("select_multiple many", "many", "", ""),
                question("select_one scale", "scale", "likert", ""),
                question("range", "score", "", "start=0 end=10 step=1"),
                question("decimal", "amount", "", ""),
                question("rank rank", "rank", "", "max=3"),
            ],
            lists: vec![
                ("g", plain(&GROUPS)),
                ("sex", plain(&["F", "M"])),
                ("age", plain(&["young", "old", "older"])),
                ("single", plain(&["a", "b", "c", "\"dé, d\""])),
                ("many", plain(&["1", "2", "3", "4"])),
                ("scale", scale.clone()),
                ("rank", plain(&["X", "Y", "Z", "T"])),
            ],
        };

        assert_eq!(compare_estimates(&case), 196, "{expected}");
    }
}

#[test]
fn answers_at_the_edges_equal_r() {
    let case = Case::edge(&[("w", "edge_simple.csv")], "expected_edge_simple.json");

    assert_eq!(compare_estimates(&case), 51);
}

#[test]
fn every_rule_for_lonely_strata_equals_r() {
    const DESIGN: &str =
        "id = \"id\"\nstrata = \"stratum\"\nweight = \"weight\"\npopulation-size = \"N\"\n";
    let rules = [
        ("adjust", "expected_edge_lonely_adjust.json"),
        ("average", "expected_edge_lonely_average.json"),
        ("certainty", "expected_edge_lonely_certainty.json"),
    ];
    for (rule, expected) in rules {
        let design: &'static str = format!("{DESIGN}lonely-stratum = {rule:?}\n").leak();
        let case = Case { design, ..Case::edge(&[("w", "edge_lonely.csv")], expected) };

        assert_eq!(compare_estimates(&case), 33, "{rule}");
    }
}

#[test]
fn californian_schools_equal_r() {
    assert_eq!(compare_estimates(&Case::schools()), 264);
}

#[test]
fn raked_weights_and_their_variance_equal_r() {
    let case = Case::raked();
    let (got, want) = (published(&case.sources()), case.wanted());

    let row = |rows: &Value, key: [&str; 5]| -> Value {
        let rows = rows["estimates"].as_array().unwrap();
        rows.iter().find(|row| estimate_key(row) == key.map(str::to_owned)).unwrap().clone()
    };
    let share = row(&got, ["y", "1", "proportion", "all", "all"]);
    let wanted = want["tests"].as_array().unwrap();
    let wanted = wanted.iter().find(|row| row["se_method"] == "calibrate_raking").unwrap();
    let raking = &got["meta"]["waves"][0]["raking"];
    assert!(close(&share["estimate"], &wanted["estimate"], 1e-8));
    assert!(close(&share["se"], &wanted["se"], 1e-6));
    assert!(close(&raking["min_weight"], &want["weight_summary"]["min"], 1e-8));
    assert!(close(&raking["max_weight"], &want["weight_summary"]["max"], 1e-8));
    assert!(close(&raking["n_eff_kish"], &want["weight_summary"]["n_eff_kish"], 1e-8));
}

#[test]
fn printed_percentages_equal_the_reference() {
    let case = Case { expected: "expected_rounding.json", ..Case::communes(COMMUNES) };
    let (got, want) = (published(&case.sources()), case.wanted());
    let rows = got["estimates"].as_array().unwrap();

    let mut compared = 0;
    for stack in want.as_array().unwrap() {
        for (at, item) in stack["items"].as_array().unwrap().iter().enumerate() {
            let field = |name: &str| stack[name].as_str().unwrap().to_owned();
            let name = item.as_str().unwrap();
            let name = name.strip_prefix(&format!("{}_", field("question"))).unwrap_or(name);
            let key = [
                field("question"),
                name.to_owned(),
                "proportion".to_owned(),
                field("group_var"),
                field("group"),
            ];
            let row = rows.iter().find(|row| estimate_key(row) == key);
            let row = row.unwrap_or_else(|| panic!("{key:?} is missing"));
            let wanted = if field("question") == "q_multi" {
                &stack["rounded_independent"][at]
            } else {
                &stack["rounded_largest_remainder"][at]
            };
            assert_eq!(&row["display_value"], wanted, "{key:?}");
            compared += 1;
        }
    }
    assert_eq!(compared, 132);
}
