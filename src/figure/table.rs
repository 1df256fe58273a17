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
/// there is one item. Where each line has one number, its limits and its base
/// are columns of their own; in a grid they stand in the cell.
pub(super) fn table(scope: &Scope<'_>, plan: &Plan<'_>, title: &str) -> Table {
    let words = scope.words;
    let caption = match plan.number {
        Some(number) => {
            words.fill("figure.table-caption", &[("number", &number.to_string()), ("title", title)])
        }
        None => title.to_owned(),
    };
    let single = plan.turned() || matches!(plan.across, Across::Nothing);
    let (head, rows) = if single { list(scope, plan) } else { grid(scope, plan) };
    Table { caption, head, rows }
}

/// One number a line, with its limits and base where any has them.
fn list(scope: &Scope<'_>, plan: &Plan<'_>) -> (Vec<String>, Vec<TableRow>) {
    let words = scope.words;
    let heading = if plan.turned() {
        across_heading(scope, plan)
    } else {
        words.text("table.item").to_owned()
    };
    let intervals = plan.rows().any(|row| row.value.interval().is_some());
    let bases = plan.rows().any(|row| row.n.is_some());
    let mut head = vec![heading, words.text(describe::value_heading(plan.estimator)).to_owned()];
    if intervals {
        let level = words.percent(scope.config.statistics.confidence, 0);
        head.push(words.fill("table.interval", &[("level", &level)]));
    }
    if bases {
        head.push(words.text("table.base").to_owned());
    }
    let row = |label: String, row: Option<&Estimate>| {
        let mut cells = vec![cell(scope, row, low_base(scope, row).as_slice())];
        let plain = |text: Option<String>| TableCell {
            text: text.unwrap_or_else(|| NO_NUMBER.to_owned()),
            note: None,
        };
        if intervals {
            cells.push(plain(row.and_then(|row| interval(scope, row))));
        }
        if bases {
            cells.push(plain(row.and_then(|row| row.n).map(|n| count(scope, n))));
        }
        TableRow { label, cells }
    };
    if !plan.turned() {
        let lines = plan.items.iter().zip(&plan.cells);
        let rows = lines.map(|(item, cells)| row(describe::subject(scope, plan, item), cells[0]));
        return (head, rows.collect());
    }
    let groups = plan.slices.iter().zip(&plan.cells[0]);
    let mut rows: Vec<_> = groups.map(|(slice, cell)| row(slice.label.clone(), *cell)).collect();
    if let Some(total) = plan.totals[0] {
        rows.push(row(words.text("table.total").to_owned(), Some(total)));
    }
    (head, rows)
}

/// Lines by groups or waves. The base of a column stands in its heading, or
/// in its cells where it changes from line to line.
fn grid(scope: &Scope<'_>, plan: &Plan<'_>) -> (Vec<String>, Vec<TableRow>) {
    let words = scope.words;
    let mut columns: Vec<(&str, Vec<Option<&Estimate>>)> = plan
        .slices
        .iter()
        .enumerate()
        .map(|(at, slice)| (slice.label.as_str(), plan.cells.iter().map(|c| c[at]).collect()))
        .collect();
    if plan.totals.iter().any(Option::is_some) {
        columns.push((words.text("table.total"), plan.totals.clone()));
    }
    let mut head = vec![words.text("table.item").to_owned()];
    let mut rows: Vec<TableRow> = plan
        .items
        .iter()
        .map(|item| TableRow { label: describe::subject(scope, plan, item), cells: vec![] })
        .collect();
    for (label, column) in columns {
        let mut bases: Vec<u64> = column.iter().flatten().filter_map(|row| row.n).collect();
        bases.sort_unstable();
        bases.dedup();
        head.push(match bases.as_slice() {
            [n] => words.fill("table.group-base", &[("group", label), ("n", &count(scope, *n))]),
            _ => label.to_owned(),
        });
        for (line, row) in rows.iter_mut().zip(column) {
            let mut notes: Vec<String> =
                row.and_then(|row| interval(scope, row)).into_iter().collect();
            if let Some(n) = row.and_then(|row| row.n).filter(|_| bases.len() > 1) {
                notes.push(words.fill("table.n", &[("n", &count(scope, n))]));
            }
            notes.extend(low_base(scope, row));
            line.cells.push(cell(scope, row, &notes));
        }
    }
    (head, rows)
}

fn across_heading(scope: &Scope<'_>, plan: &Plan<'_>) -> String {
    match plan.across {
        Across::Groups(breakdown) => breakdown.short.get(scope.words.language()).to_owned(),
        Across::Waves => scope.words.text("table.wave").to_owned(),
        Across::Nothing => scope.words.text("table.group").to_owned(),
    }
}

/// What stands where a number is hidden or nobody answered.
const NO_NUMBER: &str = "–";

fn cell(scope: &Scope<'_>, row: Option<&Estimate>, notes: &[String]) -> TableCell {
    match row {
        Some(row) if row.value.estimate().is_some() => TableCell {
            text: scope.printed(row),
            note: (!notes.is_empty()).then(|| notes.join(", ")),
        },
        Some(_) => TableCell {
            text: NO_NUMBER.to_owned(),
            note: Some(describe::missing(scope, row).to_owned()),
        },
        None => TableCell { text: describe::missing(scope, row).to_owned(), note: None },
    }
}

/// The limits of a row: "from 35% to 53%".
fn interval(scope: &Scope<'_>, row: &Estimate) -> Option<String> {
    let (low, high) = row.value.interval()?;
    let print = |limit| scope.display(row.estimator, limit, row.digits);
    Some(scope.words.fill("figure.interval-short", &[("low", &print(low)), ("high", &print(high))]))
}

fn low_base(scope: &Scope<'_>, row: Option<&Estimate>) -> Option<String> {
    row.filter(|row| row.value.estimate().is_some() && scope.low_base(row))
        .map(|_| scope.words.text("figure.low-base-mark").to_owned())
}

#[expect(clippy::cast_precision_loss, reason = "no survey has 2^53 respondents")]
fn count(scope: &Scope<'_>, n: u64) -> String {
    scope.words.number(n as f64, 0)
}

const COLUMNS: [&str; 19] = [
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
    "flag",
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
        row.value.flag().into(),
        scope.printed(row).into(),
        text(row.source.as_ref().map(crate::survey::SourceKey::as_str)),
        text(row.study.as_deref()),
        text(row.note.as_deref()),
    ]
}
