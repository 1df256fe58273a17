//! The numbers of a report for a terminal: those that are asked for, and how
//! they stand in columns.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::stats::{Cut, Estimate, Provenance, Results, export};
use crate::survey::{QuestionKey, WaveKey};

use super::Scope;

/// The numbers about a question, or about the questions of a battery, by a
/// breakdown or a crossing as the results file names it; `all` is everybody.
/// Without either: every number.
///
/// # Errors
/// A question or a breakdown that the codebook does not have.
pub fn chosen(
    scope: &Scope<'_>,
    question: Option<&str>,
    by: Option<&str>,
) -> Result<Results, Diagnostic> {
    let questions = question.map(|name| questions(scope, name)).transpose()?;
    let by = by.map(|name| cut(scope, name)).transpose()?;
    let about = |key: &QuestionKey| questions.as_ref().is_none_or(|keys| keys.contains(key));
    let within = |name: &str| by.as_deref().is_none_or(|by| by == name);
    let meta = &scope.results.meta;
    Ok(scope.results.selected(
        |row| about(&row.question) && within(&export::group(&row.cut, meta).0),
        |test| {
            about(&test.question)
                && within(test.group_var.as_ref().map_or(EVERYBODY, QuestionKey::as_str))
        },
    ))
}

/// The cut that is none.
const EVERYBODY: &str = "all";

fn questions(scope: &Scope<'_>, name: &str) -> Result<Vec<QuestionKey>, Diagnostic> {
    let codebook = &scope.survey.codebook;
    if let Some(question) = codebook.question(name) {
        return Ok(vec![question.key.clone()]);
    }
    if let Some((group, _)) = codebook.battery(name) {
        return Ok(group.members.clone());
    }
    let batteries = codebook.groups().iter().map(|group| group.name.as_str());
    let known = codebook.questions().iter().map(|question| question.key.as_str()).chain(batteries);
    let message = format!("the codebook has no question `{name}`");
    Err(Diagnostic::error(Code::UnknownQuestion, message).hint_if(did_you_mean(name, known)))
}

fn cut(scope: &Scope<'_>, name: &str) -> Result<String, Diagnostic> {
    // As the settings write a crossing, and as the results file does.
    let name = name.replace('*', "_x_");
    let crossings = scope.config.survey.crossings.iter();
    let crossed: Vec<String> =
        crossings.map(|(one, other)| format!("{}_x_{}", one.name, other.name)).collect();
    let questions = scope.survey.codebook.questions().iter();
    let known: Vec<&str> = std::iter::once(EVERYBODY)
        .chain(questions.filter(|one| one.breakdown).map(|one| one.key.as_str()))
        .chain(crossed.iter().map(String::as_str))
        .collect();
    if known.contains(&name.as_str()) {
        return Ok(name);
    }
    let message = format!("there is no breakdown `{name}`");
    Err(Diagnostic::error(Code::UnknownBreakdown, message).hint_if(did_you_mean(&name, known)))
}

/// How a column is set.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Left,
    Right,
}

const COLUMNS: [(&str, Side); 10] = [
    ("item", Side::Left),
    ("label", Side::Left),
    ("estimator", Side::Left),
    ("group", Side::Left),
    ("wave", Side::Left),
    ("number", Side::Right),
    ("low", Side::Right),
    ("high", Side::Right),
    ("n", Side::Right),
    ("note", Side::Left),
];

type Line = [String; COLUMNS.len()];

/// Sets numbers in columns, question by question in the order of the codebook:
/// as printed on the pages, between their confidence limits. A column in which
/// nothing stands is left out.
pub fn listed(scope: &Scope<'_>, results: &Results) -> String {
    let mut by_question: BTreeMap<&QuestionKey, Vec<&Estimate>> = BTreeMap::new();
    for row in results.rows() {
        by_question.entry(&row.question).or_default().push(row);
    }
    let mut text = String::new();
    for question in scope.survey.codebook.questions() {
        let Some(rows) = by_question.get(&question.key) else { continue };
        let label = question.label.get(scope.words.language());
        let gap = if text.is_empty() { "" } else { "\n" };
        text.extend([gap, question.key.as_str(), ": ", label, "\n"]);
        text += &set(&rows.iter().map(|row| line(scope, row)).collect::<Vec<_>>());
    }
    text
}

fn line(scope: &Scope<'_>, row: &Estimate) -> Line {
    let question = scope.survey.codebook.question(row.question.as_str());
    let item = row.item.as_ref().map_or("", |item| item.as_str());
    let option = question.and_then(|question| question.option(item));
    let label = option.map(|option| option.short.get(scope.words.language()));
    let (by, group) = export::group(&row.cut, &scope.results.meta);
    let group = if row.cut == Cut::all() { group } else { format!("{by} = {group}") };
    let limit = |value: f64| scope.display(row.estimator, value, row.digits);
    let (low, high) = scope.limits(row).unzip();
    [
        item.to_owned(),
        label.filter(|label| *label != item).unwrap_or_default().to_owned(),
        row.estimator.name().to_owned(),
        group,
        row.wave.as_ref().map_or("", WaveKey::as_str).to_owned(),
        scope.printed(row),
        low.map(limit).unwrap_or_default(),
        high.map(limit).unwrap_or_default(),
        row.n.map(|n| n.to_string()).unwrap_or_default(),
        note(row),
    ]
}

/// What the results file has in its columns `flag` and `provenance`, unless
/// there is nothing to remark; for a figure of another study, which one.
fn note(row: &Estimate) -> String {
    let flag = Some(row.value.flag()).filter(|flag| *flag != "ok");
    let origin = Some(row.provenance.name()).filter(|_| row.provenance != Provenance::Collected);
    let notes: Vec<&str> = [flag, origin, row.study()].into_iter().flatten().collect();
    notes.join(", ")
}

fn set(lines: &[Line]) -> String {
    let width = |text: &str| text.graphemes(true).count();
    let wide = |at: usize| lines.iter().map(|line| width(&line[at])).max().unwrap_or(0);
    let shown: Vec<(usize, usize)> = (0..COLUMNS.len())
        .map(|at| (at, wide(at)))
        .filter(|(_, wide)| 0 < *wide)
        .map(|(at, wide)| (at, wide.max(width(COLUMNS[at].0))))
        .collect();
    let row = |cell: &dyn Fn(usize) -> String| {
        let mut text = String::from(" ");
        for (at, wide) in &shown {
            let cell = cell(*at);
            let blank = " ".repeat(wide - width(&cell));
            let (before, after) = match COLUMNS[*at].1 {
                Side::Left => ("", &*blank),
                Side::Right => (&*blank, ""),
            };
            text.extend([" ", before, &*cell, after, " "]);
        }
        text.trim_end().to_owned() + "\n"
    };
    let mut text = row(&|at| COLUMNS[at].0.to_owned());
    for line in lines {
        text += &row(&|at| line[at].clone());
    }
    text
}
