//! The numbers of a figure as a table of the page and as a CSV file.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::stats::Estimate;
use crate::survey::Choice;

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
    /// The class that shades it, 1 pale to 5 dark; heat tables only.
    pub class: Option<u8>,
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
    // Beside the options of a battery stands a column, under groups a row.
    let is_battery = matches!(plan.across, Across::Options);
    if is_battery {
        head.extend(plan.beside.iter().map(|beside| describe::beside_heading(scope, beside)));
    }
    let rows = plan.items.iter().enumerate().map(|(at, item)| {
        let mut cells: Vec<_> = plan.cells[at]
            .iter()
            .map(|row| TableCell {
                class: row.and_then(|row| plan.class(row)),
                ..cell(scope, *row)
            })
            .collect();
        if everybody {
            cells.push(cell(scope, plan.totals[at]));
        }
        if is_battery {
            cells.extend(plan.beside.iter().map(|beside| cell(scope, beside.rows[at])));
        }
        TableRow { label: item.name(), cells }
    });
    let below = plan.beside.iter().filter(|_| !is_battery).map(|beside| {
        let mut cells: Vec<_> = beside.rows.iter().map(|row| cell(scope, *row)).collect();
        if everybody {
            cells.push(TableCell { text: "–".to_owned(), note: None, class: None });
        }
        TableRow { label: describe::beside_heading(scope, beside), cells }
    });
    Table { caption, head, rows: rows.chain(below).collect() }
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
        Across::Nothing | Across::Options => scope.words.text("table.group").to_owned(),
    }
}

fn cell(scope: &Scope<'_>, row: Option<&Estimate>) -> TableCell {
    let Some(row) = row.filter(|row| row.value.estimate().is_some()) else {
        return TableCell {
            text: describe::missing(scope, row).to_owned(),
            note: None,
            class: None,
        };
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
    TableCell { text: scope.printed(row), note, class: None }
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
    // Everybody stands in the panels of several tabs.
    let mut seen = BTreeSet::new();
    for panel in plan.panels() {
        for (at, item) in panel.items.iter().enumerate() {
            let everybody = (scope.words.text("table.total"), panel.totals[at]);
            let cells = panel.slices.iter().zip(&panel.cells[at]);
            let cells = cells.map(|(slice, row)| {
                let label = slice.choice.map_or(slice.label.as_str(), |_| "");
                (label, slice.choice.or(item.choice), *row)
            });
            for (group, choice, row) in cells.chain([(everybody.0, item.choice, everybody.1)]) {
                if let Some(row) = row.filter(|row| seen.insert(row.selector())) {
                    write(record(scope, row, choice, group));
                }
            }
        }
        for beside in &panel.beside {
            for (at, row) in beside.rows.iter().enumerate() {
                let group = panel.slices.get(at).map_or("", |slice| slice.label.as_str());
                if let Some(row) = row.filter(|row| seen.insert(row.selector())) {
                    write(record(scope, row, beside.choice, group));
                }
            }
        }
    }
    writer.into_inner().expect("a writer to memory gives its memory back")
}

fn record<'a>(
    scope: &Scope<'a>,
    row: &'a Estimate,
    choice: Option<&'a Choice>,
    group: &'a str,
) -> [Cow<'a, str>; COLUMNS.len()] {
    let language = scope.words.language();
    let question = scope.survey.codebook.question(row.question.as_str());
    let question = question.map_or("", |question| question.label.get(language));
    let item = choice.map_or("", |choice| choice.label.get(language));
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
