//! How long one figure takes, on one core: planned, both drawings and the one
//! of the file laid out and written, its table, its words and its CSV rows.
//!
//! `cargo bench --bench figure` prints the best and the median of many runs,
//! for eight answers of 600 respondents in three regions, and for the same
//! without regions and by eleven provinces. Nothing is asserted.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints and may fail")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use barometer::content::{self, Drafts};
use barometer::figure::{draw, plan};
use barometer::ground::Ground;
use barometer::sources::Sources;

const RUNS: usize = 400;
const RESPONDENTS: usize = 600;
const ANSWERS: [&str; 8] = [
    "Transport and mobility",
    "Energy and public lighting",
    "Governance and citizen participation",
    "Attractiveness and economic development",
    "Telecoms, digitalisation and innovation",
    "Waste and water",
    "Safety and crises",
    "Housing and health",
];
const PROVINCES: usize = 11;

const SETTINGS: &str = "\
[site]
title = \"Benchmark\"
languages = [\"en\"]

[survey]
name = \"Survey\"
waves = [\"2018\"]
breakdowns = [\"region\", \"province\"]

[waves.2018]
";

/// Kinds of figures, with what they are cut by.
const FIGURES: [(&str, &str); 7] = [
    ("bars", ""),
    ("grouped", "region"),
    ("dots", "region"),
    ("multiples", "region"),
    ("heat", "region"),
    ("multiples", "province"),
    ("heat", "province"),
];

fn main() {
    let sources = report();
    let ground = Ground::read(&sources).unwrap();
    let settings = &ground.settings;
    let books =
        content::load(&sources, &settings.config, &settings.words, Drafts::LeftOut, None).value;
    let books = books.unwrap();
    let font = settings.kit.as_ref().unwrap().font.as_ref().unwrap();
    let scopes = ground.scopes();
    let scope = scopes.values().next().unwrap();
    println!("{:<12} {:<10} {:>10} {:>10}", "kind", "by", "best, µs", "median, µs");
    let requests = books[0].home.iter().flat_map(|home| &home.body.figures);
    for request in requests {
        let mut times: Vec<Duration> = (0..RUNS)
            .map(|_| {
                let began = Instant::now();
                let plan = plan(scope, black_box(request)).unwrap();
                black_box(draw(scope, &plan, font));
                began.elapsed()
            })
            .collect();
        times.sort_unstable();
        let [best, median] = [times[0], times[RUNS / 2]].map(|time| time.as_micros());
        let kind = request.kind.as_ref().unwrap().value.name();
        let by = request.by.first().map_or("", |by| by.value.as_str());
        println!("{kind:<12} {by:<10} {best:>10} {median:>10}");
    }
}

/// A report in memory: one chapter with all figures.
fn report() -> Sources {
    let mut choices = "list_name,name,label::en\n".to_owned();
    for (at, answer) in ANSWERS.iter().enumerate() {
        writeln!(choices, "themes,t{at},\"{answer}\"").unwrap();
    }
    for (list, groups) in [("region", 3), ("province", PROVINCES)] {
        for at in 0..groups {
            writeln!(choices, "{list},{list}-{at},The {list} {at}").unwrap();
        }
    }
    let questions = "type,name,label::en,breakdown\n\
                     select_one region,region,Which region?,yes\n\
                     select_one province,province,Which province?,yes\n\
                     select_multiple themes,themes,Which themes does your municipality work on?,\n";
    let mut answers = "id,region,province,themes\n".to_owned();
    for respondent in 0..RESPONDENTS {
        // Neither all alike nor all different in a region or province.
        let is_named = |at: &usize| (respondent * 7 + respondent / 11 + at * 3) % 10 < 2 + at / 2;
        let named: Vec<_> =
            (0..ANSWERS.len()).filter(is_named).map(|at| format!("t{at}")).collect();
        let (region, province) = (respondent % 3, respondent / 3 % PROVINCES);
        let named = named.join(" ");
        writeln!(answers, "{respondent},region-{region},province-{province},{named}").unwrap();
    }
    let mut text = "+++\ntitle = \"Figures\"\n+++\n".to_owned();
    for (kind, by) in FIGURES {
        let by = if by.is_empty() { String::new() } else { format!("by = \"{by}\"\n") };
        write!(text, "\n```chart\nquestion = \"themes\"\nkind = \"{kind}\"\n{by}```\n").unwrap();
    }
    let mut sources = Sources::default();
    for (path, text) in [
        ("barometer.toml", SETTINGS),
        ("content/en/index.md", &text),
        ("data/codebook/choices.csv", &choices),
        ("data/codebook/survey.csv", questions),
        ("data/2018/responses.csv", &answers),
    ] {
        sources.insert(path, text);
    }
    sources
}
