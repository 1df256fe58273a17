//! Whole exports of surveys that were really held, with the facts that a right
//! import finds in them: `expected.json` of each folder was counted by other
//! scripts, which were told every header, sign and encoding.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::project::{Project, fixtures, run_in};

/// A sample: its folder, its files, options of the import, and the beginnings
/// of headers whose counts are other, for a reason.
type Sample =
    (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

const SAMPLES: [Sample; 14] = [
    ("google-dask-2019", &["results.csv"], &[], &[]),
    (
        "google-rdf-2025-pl",
        &["responses.xlsx"],
        &[],
        &[
            // `Government` and `government` are one option, which is told.
            "What is your professional background",
            // Rare answers are counted as `other`, which is an option here too.
            "Have you encountered any limitations",
            // 3 of 71 cells hold several answers: too few to take all apart.
            "Which tools or method",
        ],
    ),
    ("google-spack-2020", &["spack-user-survey-2020-responses.csv"], &[], &[]),
    // The facts are over all sessions, the unfinished too.
    ("alchemer-jupyter-2015", &["SurveyExport-300.csv"], &["--partial"], &[]),
    ("surveymonkey-weather-check", &["weather-check.csv"], &[], &[]),
    ("surveymonkey-sleeping-alone", &["sleeping-alone-500.csv"], &[], &[]),
    ("surveymonkey-south", &["SOUTH-600.csv"], &[], &[]),
    ("surveymonkey-food-world-cup", &["food-world-cup-400.csv"], &[], &[]),
    ("qualtrics-qualtrics-r", &["sample.csv"], &[], &[]),
    ("qualtrics-qualtrics-r", &["sample_legacy.csv"], &[], &[]),
    // Five responses that the tool made up, kept with `--tests`.
    (
        "qualtrics-tools",
        &["multiple-answer-mc-insights.csv", "multiple-answer-mc.qsf"],
        &["--tests"],
        &[],
    ),
    (
        "qualtrics-tools",
        &["multiple-answer-mc-legacy.csv", "multiple-answer-mc.qsf"],
        &["--tests"],
        &[],
    ),
    (
        "qualtrics-tools",
        &["single-answer-matrix-insights.csv", "single-answer-matrix.qsf"],
        &["--tests"],
        &[],
    ),
    (
        "qualtrics-tools",
        &["single-answer-matrix-legacy.csv", "single-answer-matrix.qsf"],
        &["--tests"],
        &[],
    ),
];

type Row = BTreeMap<String, String>;

/// What an import wrote.
struct Imported {
    questions: Vec<Row>,
    choices: Vec<Row>,
    answers: Vec<Row>,
}

fn rows(project: &Project, path: &str) -> Vec<Row> {
    let text = fs::read_to_string(project.path().join(path)).unwrap_or_default();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// Letters and digits: tools cut, pad and damage the rest.
fn plain(text: &str) -> String {
    let text = text.trim().strip_suffix(".0").unwrap_or(text);
    text.chars().filter(char::is_ascii_alphanumeric).flat_map(char::to_lowercase).collect()
}

fn labels(row: &Row) -> impl Iterator<Item = String> {
    row.iter().filter(|(key, _)| key.starts_with("label")).map(|(_, text)| plain(text))
}

impl Imported {
    fn read(project: &Project) -> Self {
        Self {
            questions: rows(project, "data/codebook/survey.csv"),
            choices: rows(project, "data/codebook/choices.csv"),
            answers: rows(project, "data/2018/responses.csv"),
        }
    }

    /// The question of a header, or of a name; `after` the place of another.
    fn question(&self, header: &str, after: usize) -> Option<(usize, &Row)> {
        let wanted = plain(header);
        // A country may have its article.
        let is = |label: String| label == wanted || label.strip_prefix("the") == Some(&wanted);
        let mut all = self.questions.iter().enumerate().skip(after);
        all.find(|(_, row)| labels(row).any(is) || plain(&row["name"]) == wanted)
    }

    /// How often each answer was given, by its label or its number.
    fn counts(&self, question: &Row) -> BTreeMap<String, u64> {
        let name = &question["name"];
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        let (kind, list) = question["type"].split_once(' ').unwrap_or((&question["type"], ""));
        let choices = || self.choices.iter().filter(|choice| choice["list_name"] == list);
        if kind == "select_multiple" {
            for choice in choices() {
                let column = format!("{name}_{}", choice["name"]);
                let ticked = self
                    .answers
                    .iter()
                    .filter(|row| row.get(&column).is_some_and(|cell| cell == "1"));
                *counts.entry(labels(choice).next().unwrap()).or_default() += ticked.count() as u64;
            }
        } else {
            for row in &self.answers {
                let cell = row.get(name).map(String::as_str).unwrap_or_default();
                if cell.is_empty() {
                    continue;
                }
                let choice = choices().find(|choice| choice["name"] == cell);
                let label = choice.and_then(|choice| labels(choice).next());
                *counts.entry(label.unwrap_or_else(|| plain(cell))).or_default() += 1;
            }
        }
        counts.retain(|_, count| 0 < *count);
        counts
    }
}

/// Counts by plain label, those of nobody left out. An answer off the scale
/// has a count of its own.
fn expected(fact: &Value) -> BTreeMap<String, u64> {
    let off_scale = fact.get("N/A").map(|count| ("na".to_owned(), count.as_u64().unwrap()));
    let counts = fact["counts"].as_object().unwrap().iter();
    let counts = counts.map(|(label, count)| (plain(label), count.as_u64().unwrap()));
    counts.chain(off_scale).filter(|(_, count)| 0 < *count).collect()
}

/// Whether what was found is what was counted: labels where both have them,
/// else (codes of one, texts of the other) the numbers alone.
fn agree(found: &BTreeMap<String, u64>, fact: &Value) -> bool {
    let wanted = expected(fact);
    // Rare answers are left out of some facts.
    if fact.get("counts_shown").is_some() {
        return wanted.iter().all(|(label, count)| found.get(label) == Some(count));
    }
    let numbers = |counts: &BTreeMap<String, u64>| {
        let mut numbers: Vec<u64> = counts.values().copied().collect();
        numbers.sort_unstable();
        numbers
    };
    let same_words = wanted.keys().any(|label| found.contains_key(label));
    if same_words { *found == wanted } else { numbers(found) == numbers(&wanted) }
}

fn facts(sample: &Sample) -> Value {
    let path = fixtures().join("exports").join(sample.0).join("expected.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn paths(sample: &Sample) -> Vec<String> {
    let folder = fixtures().join("exports").join(sample.0);
    sample.1.iter().map(|name| folder.join(name).display().to_string()).collect()
}

#[test]
fn every_sample_gives_its_facts() {
    let (mut held, mut wrong) = (0, vec![]);
    for sample in &SAMPLES {
        let (folder, names, options, exceptions) = sample;
        let project = Project::empty();
        let files = paths(sample);
        let mut arguments = vec!["import"];
        arguments.extend(files.iter().map(String::as_str));
        arguments.extend(["--wave", "2018"]);
        arguments.extend(*options);
        let run = project.run(&arguments);
        assert_eq!(run.code, 0, "{folder}: {}", run.stderr);
        let imported = Imported::read(&project);
        let facts = facts(sample);
        assert_eq!(
            imported.answers.len() as u64,
            facts["rows"]["in_file"].as_u64().unwrap(),
            "{folder}"
        );
        for fact in facts["questions"].as_array().unwrap() {
            if fact["file"].as_str().is_some_and(|file| file != names[0]) {
                continue;
            }
            let header =
                fact["header"].as_str().or_else(|| fact["name"].as_str()).unwrap_or_default();
            let excepted = exceptions.iter().any(|start| header.starts_with(start));
            let mut check = |header: &str, fact: &Value, after: usize| {
                let Some((at, question)) = imported.question(header, after) else {
                    wrong.push(format!("{folder}: no question `{header}`"));
                    return after;
                };
                if agree(&imported.counts(question), fact) == excepted {
                    wrong.push(format!("{folder}: `{header}`: {:?}", imported.counts(question)));
                }
                held += 1;
                at
            };
            match fact["type"].as_str().unwrap_or_default() {
                "select_one" | "select_multiple" if fact.get("counts").is_some() => {
                    check(header, fact, 0);
                }
                "grid" => {
                    let mut at = imported.question(header, 0).map_or(0, |(at, _)| at);
                    for item in fact["per_item"].as_array().unwrap() {
                        at = check(item["item"].as_str().unwrap(), item, at);
                    }
                }
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(200 < held, "only {held} facts were looked at");
}

#[test]
fn every_sample_becomes_a_report_that_builds() {
    for sample in &SAMPLES {
        let place = tempfile::tempdir().unwrap();
        let files = paths(sample);
        let mut arguments = vec!["new", "report", "--from"];
        arguments.extend(files.iter().map(String::as_str));
        arguments.extend(sample.2);
        let made = run_in(place.path(), &arguments);
        assert_eq!(made.code, 0, "{}: {}", sample.0, made.stderr);
        let built = run_in(place.path(), &["build", "report"]);
        assert_eq!(built.code, 0, "{}: {}", sample.0, built.stderr);
        let page = fs::read_to_string(place.path().join("report/public/results.html")).unwrap();
        assert!(page.contains("question-"), "{}", sample.0);
    }
}
