//! What must hold of published results whatever the data: no reference is
//! needed, only seeded surveys and what may not change them.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use barometer::sources::Sources;
use barometer::{config, stats, survey};
use serde_json::Value;

/// A seeded generator (Knuth's MMIX constants).
struct Seed(u64);

impl Seed {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }
}

/// A survey as text: what a test may change before it is read.
#[derive(Clone)]
struct Survey {
    rows: Vec<Vec<String>>,
    statistics: &'static str,
    population: u64,
    options: &'static str,
}

const COLUMNS: &str = "id,stratum,region,nature,weight,N,single,scale,score";
const SINGLES: &str = "abc,a,\nabc,b,\nabc,c,\n";

impl Survey {
    fn new(seed: u64, respondents: usize) -> Self {
        let mut seed = Seed(seed);
        let rows = (0..respondents)
            .map(|id| {
                let stratum = seed.below(3);
                let weight = 1 + seed.below(9);
                vec![
                    id.to_string(),
                    format!("s{stratum}"),
                    seed.pick(&["n", "n", "n", "s"]).to_owned(),
                    seed.pick(&["urban", "rural"]).to_owned(),
                    format!("{weight}.{}", seed.below(10)),
                    "0".to_owned(),
                    seed.pick(&["a", "a", "b", "c", ""]).to_owned(),
                    seed.pick(&["1", "2", "3", "4", "5", "9", ""]).to_owned(),
                    seed.below(11).to_string(),
                ]
            })
            .collect();
        Self {
            rows,
            statistics: "hide-below = 0\nprotect-certain-below = 0\n",
            population: 500,
            options: SINGLES,
        }
    }

    fn csv(&self) -> String {
        let mut text = format!("{COLUMNS}\n");
        for row in &self.rows {
            let mut row = row.clone();
            row[5] = self.population.to_string();
            writeln!(text, "{}", row.join(",")).unwrap();
        }
        text
    }

    fn sources(&self, csv: Vec<u8>) -> Sources {
        let mut scale = String::new();
        for option in ["1", "2", "3", "4", "5"] {
            writeln!(scale, "agree,{option},").unwrap();
        }
        Sources::from_iter([
            (
                "barometer.toml",
                format!(
                    "[site]\ntitle = \"A\"\nlanguages = [\"en\"]\n[survey]\nname = \"A\"\nwaves = [\"w\"]\n\
                     breakdowns = [\"region\", \"nature\"]\ncrossings = [\"region*nature\"]\n\
                     [design]\nid = \"id\"\nstrata = \"stratum\"\nweight = \"weight\"\npopulation-size = \"N\"\n\
                     [statistics]\n{}",
                    self.statistics
                )
                .into_bytes(),
            ),
            (
                "data/codebook/survey.csv",
                b"type,name,label,appearance,parameters,breakdown\n\
                  select_one region,region,R,,,yes\nselect_one nature,nature,N,,,yes\n\
                  select_one abc,single,S,,,\nselect_one agree,scale,L,likert,,\n\
                  range,score,Z,,start=0 end=10 step=1,\n"
                    .to_vec(),
            ),
            (
                "data/codebook/choices.csv",
                format!(
                    "list_name,name,role,label\nregion,n,,N\nregion,s,,S\nnature,urban,,U\nnature,rural,,R\n\
                     {}{}agree,9,dont_know,D\n",
                    self.options.replace(",\n", ",,X\n"),
                    scale.replace(",\n", ",,X\n"),
                )
                .into_bytes(),
            ),
            ("data/w/responses.csv", csv),
        ])
    }

    fn published(&self) -> Vec<Value> {
        self.read(self.csv().into_bytes())
    }

    fn read(&self, csv: Vec<u8>) -> Vec<Value> {
        let text = bytes(&self.sources(csv));
        let results: Value = serde_json::from_slice(&text).unwrap();
        results["estimates"].as_array().unwrap().clone()
    }
}

fn bytes(sources: &Sources) -> Vec<u8> {
    let config = config::parse(sources).whole().unwrap_or_else(|m| panic!("{:?}", m.all())).value;
    let survey =
        survey::load(sources, &config).whole().unwrap_or_else(|m| panic!("{:?}", m.all())).value;
    let results = stats::estimate(&survey, &config).unwrap().value.shown;
    let printed = stats::export::Printed {
        survey: &survey,
        language: config.default_language(),
        bounds: &|_| None,
        weighted: &|_| None,
        display: &|_| String::new(),
        base: &|_| String::new(),
        inputs: &[],
        warnings: &[],
    };
    stats::export::whole(&results, &printed).json
}

fn number(row: &Value, field: &str) -> f64 {
    row[field].as_f64().unwrap_or(f64::NAN)
}

fn near(one: f64, other: f64, tolerance: f64) -> bool {
    (one.is_nan() && other.is_nan())
        || (one - other).abs() <= tolerance * one.abs().max(other.abs()).max(1.0)
}

fn same(one: &[Value], other: &[Value], fields: &[&str], tolerance: f64) {
    assert_eq!(one.len(), other.len());
    assert!(!one.is_empty());
    for (left, right) in one.iter().zip(other) {
        for field in fields {
            let (a, b) = (number(left, field), number(right, field));
            assert!(near(a, b, tolerance), "{field}: {a} {b} in {left}");
        }
    }
}

const NUMBERS: [&str; 9] =
    ["estimate", "se", "ci_low", "ci_high", "df", "n", "weighted_n", "n_eff_kish", "deff_wr"];

#[test]
fn the_order_of_respondents_changes_nothing() {
    for seed in 0..8 {
        let survey = Survey::new(seed, 60);
        let mut shuffled = survey.clone();
        let mut order = Seed(seed + 1000);
        shuffled.rows.sort_by_cached_key(|_| order.below(1 << 30));

        same(&survey.published(), &shuffled.published(), &NUMBERS, 1e-11);
    }
}

#[test]
fn the_scale_of_weights_changes_no_estimate() {
    for seed in 0..8 {
        let survey = Survey::new(seed, 60);
        let mut heavy = survey.clone();
        for row in &mut heavy.rows {
            row[4] = format!("{}", row[4].parse::<f64>().unwrap() * 1000.0);
        }

        let fields = ["estimate", "se", "ci_low", "ci_high", "n_eff_kish", "deff_wr", "df"];
        same(&survey.published(), &heavy.published(), &fields, 1e-11);
    }
}

#[test]
fn shares_of_a_choice_add_up_to_one() {
    for seed in 0..8 {
        let mut sums: BTreeMap<String, (f64, u64)> = BTreeMap::new();
        for row in Survey::new(seed, 60).published() {
            if row["estimator"] == "proportion" && !row["estimate"].is_null() {
                let key = format!("{} {} {}", row["question"], row["group_var"], row["group"]);
                let sum = sums.entry(key).or_default();
                sum.0 += number(&row, "estimate");
                sum.1 += row["display_value"].as_u64().unwrap();
            }
        }

        assert!(sums.len() > 20);
        assert!(sums.values().all(|(sum, _)| near(*sum, 1.0, 1e-12)));
        assert!(sums.values().all(|(_, printed)| *printed == 100));
    }
}

#[test]
fn the_form_of_the_file_changes_nothing() {
    let survey = Survey::new(3, 60);
    let plain = survey.sources(survey.csv().into_bytes());
    let marked = format!("\u{feff}{}", survey.csv());
    let forms = [
        survey.csv().replace('\n', "\r\n"),
        marked,
        survey.csv().replace(',', ";"),
        survey.csv().replace(',', "\t"),
    ];

    for form in forms {
        assert_eq!(bytes(&plain), bytes(&survey.sources(form.into_bytes())));
    }
}

#[test]
fn two_runs_give_the_same_bytes() {
    let survey = Survey::new(4, 80);
    let sources = survey.sources(survey.csv().into_bytes());

    assert_eq!(bytes(&sources), bytes(&sources));
}

#[test]
fn a_census_has_no_error() {
    for seed in 0..5 {
        let mut survey = Survey::new(seed, 60);
        let mut sizes: BTreeMap<String, u64> = BTreeMap::new();
        for row in &survey.rows {
            *sizes.entry(row[1].clone()).or_default() += 1;
        }
        let least = *sizes.values().min().unwrap();
        // As many of each stratum as there are of the smallest, which is all.
        let mut kept: BTreeMap<String, u64> = BTreeMap::new();
        survey.rows.retain(|row| {
            let count = kept.entry(row[1].clone()).or_default();
            *count += 1;
            *count <= least
        });
        survey.population = least;

        for row in survey.published() {
            let se = number(&row, "se");
            assert!(se.is_nan() || se.abs() < 1e-300, "{row}");
        }
    }
}

#[test]
fn turning_a_scale_round_turns_its_net() {
    for seed in 0..8 {
        let survey = Survey::new(seed, 60);
        let mut turned = survey.clone();
        for row in &mut turned.rows {
            row[7] = match row[7].as_str() {
                "1" => "5",
                "2" => "4",
                "4" => "2",
                "5" => "1",
                other => other,
            }
            .to_owned();
        }
        let nets = |survey: &Survey| -> Vec<(f64, f64)> {
            let rows = survey.published();
            let nets = rows.iter().filter(|row| row["estimator"] == "net");
            nets.map(|row| (number(row, "estimate"), number(row, "se"))).collect()
        };

        for ((net, se), (other, other_se)) in nets(&survey).into_iter().zip(nets(&turned)) {
            assert!(near(net, -other, 1e-13) && near(se, other_se, 1e-13), "{net} {other}");
        }
    }
}

#[test]
fn a_hidden_cell_has_no_number_and_no_subtraction_gives_it() {
    let mut hidden_groups = 0;
    for seed in 0..25 {
        let mut survey = Survey::new(seed, 40);
        let open = survey.published();
        survey.statistics = "hide-below = 8\nprotect-certain-below = 0\n";
        let rows = survey.published();
        let key = |row: &Value| format!("{} {} {}", row["question"], row["estimator"], row["item"]);
        for (row, known) in rows.iter().zip(&open) {
            if row["flag"] != "hidden" {
                assert_eq!(row["estimate"], known["estimate"]);
                let n = row["n"].as_u64().unwrap();
                assert!(n == 0 || n >= 8, "{row}");
                continue;
            }
            hidden_groups += 1;
            for field in NUMBERS.iter().chain(&["display_value", "deff"]) {
                assert!(row[*field].is_null(), "{field} of {row}");
            }
        }
        // What subtraction leaves of everybody, cut by cut: more than one
        // hidden group, and together not under the threshold.
        for cut in ["region", "nature", "region_x_nature"] {
            for all in rows.iter().filter(|row| row["group_var"] == "all") {
                let parts: Vec<&Value> = rows
                    .iter()
                    .filter(|row| row["group_var"] == cut && key(row) == key(all))
                    .collect();
                let secret = parts.iter().filter(|row| row["flag"] == "hidden").count();
                let shown: u64 = parts.iter().filter_map(|row| row["n"].as_u64()).sum();
                if secret > 0 && !all["n"].is_null() {
                    let rest = all["n"].as_u64().unwrap() - shown;
                    assert!(secret > 1 && rest >= 8, "{cut} {all}");
                }
            }
        }
    }
    assert!(hidden_groups > 300, "{hidden_groups}");
}

#[test]
fn two_options_are_compared_within_the_same_respondents() {
    let mut survey = Survey::new(5, 60);
    survey.statistics = "hide-below = 0\nprotect-certain-below = 0\ncaution-below = 0\n";
    let results: Value =
        serde_json::from_slice(&bytes(&survey.sources(survey.csv().into_bytes()))).unwrap();
    let share = |item: &str| {
        let rows = results["estimates"].as_array().unwrap();
        let row = rows.iter().find(|row| {
            row["question"] == "single" && row["item"] == item && row["group"] == "all"
        });
        number(row.unwrap(), "estimate")
    };

    let tests = results["tests"].as_array().unwrap();
    let pairs: Vec<&Value> = tests
        .iter()
        .filter(|test| test["test"] == "item_difference" && test["question"] == "single")
        .collect();

    assert_eq!(pairs.len(), 3);
    for test in pairs {
        let gap = share(test["item"].as_str().unwrap()) - share(test["item_ref"].as_str().unwrap());
        assert!(near(number(test, "difference"), gap, 1e-13), "{test}");
        assert!(number(test, "p_holm") >= number(test, "p_value"));
    }
}
