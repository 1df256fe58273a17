//! The numbers of a figure as a table of the page and as a CSV file.

use std::borrow::Cow;

use crate::stats::Estimate;

use super::plan::{Across, Plan};
use super::{Scope, describe};

/// A table of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it holds.
    pub caption: String,
    /// The headings of its columns; the first is that of the row labels.
    pub head: Vec<String>,
    /// Its rows.
    pub rows: Vec<TableRow>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// Its label.
    pub label: String,
    /// Its cells.
    pub cells: Vec<TableCell>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableCell {
    /// The number as printed, or the words that say why there is none.
    pub text: String,
    /// A remark: the interval, a low base.
    pub note: Option<String>,
}

/// Lays out the table: items down and slices across, or slices down when
/// there is one item.
pub(super) fn table(scope: &Scope<'_>, plan: &Plan<'_>, title: &str) -> Table {
    let words = scope.words;
    let caption = match plan.number {
        Some(number) => {
            words.fill("figure.table-caption", &[("number", &number.to_string()), ("title", title)])
        }
        None => title.to_owned(),
    };
    let value = words.text(describe::value_heading(plan.estimator)).to_owned();
    if plan.turned() {
        return Table {
            caption,
            head: vec![across_heading(scope, plan), value],
            rows: turned_rows(scope, plan),
        };
    }
    let mut head = vec![words.text("table.item").to_owned()];
    let everybody = plan.totals.iter().any(Option::is_some);
    match plan.across {
        Across::Nothing => head.push(value),
        _ => head.extend(plan.slices.iter().map(|slice| slice.label.clone())),
    }
    if everybody {
        head.push(words.text("table.total").to_owned());
    }
    let rows = plan.items.iter().enumerate().map(|(at, item)| {
        let mut cells: Vec<_> = plan.cells[at].iter().map(|row| cell(scope, *row)).collect();
        if everybody {
            cells.push(cell(scope, plan.totals[at]));
        }
        TableRow { label: describe::subject(scope, plan, item), cells }
    });
    Table { caption, head, rows: rows.collect() }
}

fn turned_rows(scope: &Scope<'_>, plan: &Plan<'_>) -> Vec<TableRow> {
    let mut rows: Vec<TableRow> = plan
        .slices
        .iter()
        .zip(&plan.cells[0])
        .map(|(slice, row)| TableRow { label: slice.label.clone(), cells: vec![cell(scope, *row)] })
        .collect();
    if let Some(total) = plan.totals[0] {
        let label = scope.words.text("table.total").to_owned();
        rows.push(TableRow { label, cells: vec![cell(scope, Some(total))] });
    }
    rows
}

fn across_heading(scope: &Scope<'_>, plan: &Plan<'_>) -> String {
    match plan.across {
        Across::Groups(breakdown) => breakdown.short.get(scope.words.language()).to_owned(),
        Across::Waves => scope.words.text("table.wave").to_owned(),
        Across::Nothing => scope.words.text("table.group").to_owned(),
    }
}

fn cell(scope: &Scope<'_>, row: Option<&Estimate>) -> TableCell {
    let Some(row) = row.filter(|row| row.value.estimate().is_some()) else {
        return TableCell { text: describe::missing(scope, row).to_owned(), note: None };
    };
    let mut notes = vec![];
    if let Some((low, high)) = row.value.interval() {
        let print = |limit| scope.display(row.estimator, limit, row.digits);
        notes.push(
            scope
                .words
                .fill("figure.interval-short", &[("low", &print(low)), ("high", &print(high))]),
        );
    }
    if scope.low_base(row) {
        notes.push(scope.words.text("figure.low-base-mark").to_owned());
    }
    let note = (!notes.is_empty()).then(|| notes.join(", "));
    TableCell { text: scope.printed(row), note }
}

const COLUMNS: [&str; 18] = [
    "question",
    "label_question",
    "item",
    "label_item",
    "estimator",
    "group_var",
    "group",
    "label_group",
    "wave",
    "provenance",
    "estimate",
    "ci_low",
    "ci_high",
    "n",
    "display",
    "source",
    "study",
    "note",
];

/// The rows of a figure as UTF-8 CSV, in full precision with decimal points.
pub(super) fn csv(scope: &Scope<'_>, plan: &Plan<'_>) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(vec![]);
    let mut write = |record: [Cow<'_, str>; COLUMNS.len()]| {
        writer
            .write_record(record.iter().map(|cell| cell.as_bytes()))
            .expect("writing to memory with a constant number of cells cannot fail");
    };
    write(COLUMNS.map(Cow::Borrowed));
    for (at, item) in plan.items.iter().enumerate() {
        let question = scope.survey.codebook.question(item.question.as_str());
        let wording = question.map_or("", |question| question.label.get(scope.words.language()));
        let label = item.choice.map_or("", |choice| choice.label.get(scope.words.language()));
        let groups = plan.slices.iter().map(|slice| slice.label.as_str()).zip(&plan.cells[at]);
        let everybody = std::iter::once((scope.words.text("table.total"), &plan.totals[at]));
        for (group, row) in groups.chain(everybody) {
            if let Some(row) = row {
                write(record(scope, row, [wording, label, group]));
            }
        }
    }
    writer.into_inner().expect("a writer to memory gives its memory back")
}

fn record<'a>(
    scope: &Scope<'_>,
    row: &'a Estimate,
    [question, item, group]: [&'a str; 3],
) -> [Cow<'a, str>; COLUMNS.len()] {
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    let text = |value: Option<&'a str>| Cow::Borrowed(value.unwrap_or_default());
    let conditions = row.cut.conditions();
    let (group_var, group_key, group) = match conditions {
        [] => ("all".into(), "all".into(), ""),
        [(breakdown, key)] => (breakdown.as_str().into(), key.as_str().into(), group),
        _ => {
            let join = |parts: Vec<&str>, by: &str| Cow::Owned(parts.join(by));
            (
                join(conditions.iter().map(|(breakdown, _)| breakdown.as_str()).collect(), "_x_"),
                join(conditions.iter().map(|(_, group)| group.as_str()).collect(), " | "),
                group,
            )
        }
    };
    let interval = row.value.interval();
    [
        row.question.as_str().into(),
        question.into(),
        text(row.item.as_ref().map(crate::survey::OptionKey::as_str)),
        item.into(),
        row.estimator.name().into(),
        group_var,
        group_key,
        group.into(),
        text(row.wave.as_ref().map(crate::survey::WaveKey::as_str)),
        row.provenance.name().into(),
        number(row.value.estimate()).into(),
        number(interval.map(|(low, _)| low)).into(),
        number(interval.map(|(_, high)| high)).into(),
        row.n.map_or_else(String::new, |n| n.to_string()).into(),
        scope.printed(row).into(),
        text(row.source.as_ref().map(crate::survey::SourceKey::as_str)),
        text(row.study.as_deref()),
        text(row.note.as_deref()),
    ]
}
