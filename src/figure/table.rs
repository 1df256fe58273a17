//! The numbers of a figure as a table of the page and as a CSV file.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::content::Kind;
use crate::markup::no_formula;
use crate::stats::{Estimate, Provenance};
use crate::survey::Choice;
use crate::wording::NO_NUMBER;

use super::one_by_one::line_name;
use super::plan::{Across, Beside, Plan};
use super::{Scope, describe, gap};

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
    let caption = match plan.provenance {
        Provenance::Simulated => words.fill("table.simulated", &[("title", &caption)]),
        _ => caption,
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
    let is_share = |beside: &Beside<'_>| beside.estimator.is_proportion();
    let value = match plan.estimator {
        _ if !plan.turned() && !plan.beside.iter().all(is_share) => "table.value",
        estimator => describe::value_heading(estimator),
    };
    let mut head = vec![heading, words.text(value).to_owned()];
    if intervals {
        let level = words.percent(scope.config.statistics.confidence, 0);
        head.push(words.fill("table.interval", &[("level", &level)]));
    }
    if bases {
        head.push(words.text("table.base").to_owned());
    }
    let ties = plan.ties(scope);
    let row = |label: String, row: Option<&Estimate>, tie: Option<&&str>| {
        let notes: Vec<_> =
            tie.map(|words| (*words).to_owned()).into_iter().chain(low_base(scope, row)).collect();
        let mut cells = vec![cell(scope, row, &notes)];
        let plain = |text: Option<String>| TableCell {
            text: text.unwrap_or_else(|| NO_NUMBER.to_owned()),
            note: None,
            class: None,
        };
        if intervals {
            cells.push(plain(row.and_then(|row| interval(scope, row))));
        }
        if bases {
            cells.push(plain(row.and_then(|row| row.n).map(|n| scope.words.count(n))));
        }
        TableRow { label, cells }
    };
    if !plan.turned() {
        let lines = plan.items.iter().zip(plan.cells.iter()).enumerate();
        let mut rows: Vec<_> = lines
            .map(|(at, (item, cells))| row(line_name(scope, plan, item), cells[0], ties.get(&at)))
            .collect();
        let beside = plan.beside.iter().filter(|beside| beside.rows.len() == 1);
        rows.extend(beside.map(|one| row(describe::beside_heading(scope, one), one.rows[0], None)));
        return (head, rows);
    }
    let groups = plan.slices.iter().zip(&plan.cells[0]);
    let mut rows: Vec<_> =
        groups.map(|(slice, cell)| row(slice.label.clone(), *cell, None)).collect();
    if let Some(total) = plan.totals[0] {
        rows.push(row(words.text("table.total").to_owned(), Some(total), None));
    }
    (head, rows)
}

/// Whether a column can tell everybody. Of simulated answers those totals are
/// missing that a publication gives: to call them unpublished would be wrong.
fn has_totals(plan: &Plan<'_>) -> bool {
    let known = plan.totals.iter().filter(|total| total.is_some()).count();
    let is_superseded = plan.provenance == Provenance::Simulated && known < plan.totals.len();
    0 < known && !is_superseded
}

/// Lines by groups or waves. The base of a column stands in its heading, and
/// that it is low; in its cells where it changes from line to line.
fn grid(scope: &Scope<'_>, plan: &Plan<'_>) -> (Vec<String>, Vec<TableRow>) {
    let words = scope.words;
    let mut columns: Vec<(&str, Vec<Option<&Estimate>>)> = plan
        .slices
        .iter()
        .enumerate()
        .map(|(at, slice)| (slice.label.as_str(), plan.cells.iter().map(|c| c[at]).collect()))
        .collect();
    if has_totals(plan) {
        columns.push((words.text("table.total"), plan.totals.clone()));
    }
    let mut head = vec![words.text("table.item").to_owned()];
    let mut rows: Vec<TableRow> = plan
        .items
        .iter()
        .map(|item| TableRow { label: line_name(scope, plan, item), cells: vec![] })
        .collect();
    for (at, (label, column)) in columns.into_iter().enumerate() {
        let mut bases: Vec<u64> = column.iter().flatten().filter_map(|row| row.n).collect();
        bases.sort_unstable();
        bases.dedup();
        let shown = || column.iter().flatten().filter(|row| row.value.estimate().is_some());
        let is_low = bases.len() == 1 && shown().all(|row| scope.low_base(row));
        head.push(match bases.as_slice() {
            [n] => {
                let mark = is_low.then(|| words.text("figure.low-base-mark").to_owned());
                let base: Vec<_> = [scope.words.count(*n)].into_iter().chain(mark).collect();
                words.fill("table.group-base", &[("group", label), ("n", &base.join(", "))])
            }
            _ => label.to_owned(),
        });
        for (line, row) in rows.iter_mut().zip(column) {
            let mut notes: Vec<String> =
                row.and_then(|row| interval(scope, row)).into_iter().collect();
            if let Some(n) = row.and_then(|row| row.n).filter(|_| bases.len() > 1) {
                notes.push(words.fill("table.n", &[("n", &scope.words.count(n))]));
            }
            notes.extend(low_base(scope, row).filter(|_| !is_low));
            let class = row.and_then(|row| plan.class(row)).filter(|_| at < plan.slices.len());
            line.cells.push(TableCell { class, ..cell(scope, row, &notes) });
        }
    }
    let gaps = Some(plan).filter(|plan| plan.kind == Kind::Dumbbell);
    if let Some((heading, gaps)) = gaps.and_then(|plan| gap::gaps(scope, plan)) {
        head.push(heading);
        for (line, text) in rows.iter_mut().zip(gaps) {
            line.cells.push(TableCell { text, note: None, class: None });
        }
    }
    add_beside(scope, plan, &mut head, &mut rows);
    (head, rows)
}

/// What stands beside the numbers: columns for the options of a battery, rows
/// under groups.
fn add_beside(
    scope: &Scope<'_>,
    plan: &Plan<'_>,
    head: &mut Vec<String>,
    rows: &mut Vec<TableRow>,
) {
    for beside in &plan.beside {
        let heading = describe::beside_heading(scope, beside);
        let mut cells: Vec<_> = beside
            .rows
            .iter()
            .map(|row| {
                let notes: Vec<_> = row.and_then(|row| interval(scope, row)).into_iter().collect();
                cell(scope, *row, &notes)
            })
            .collect();
        if matches!(plan.across, Across::Options) {
            head.push(heading);
            for (row, cell) in rows.iter_mut().zip(cells) {
                row.cells.push(cell);
            }
        } else {
            let absent = || TableCell { text: NO_NUMBER.to_owned(), note: None, class: None };
            cells.resize_with(head.len() - 1, absent);
            rows.push(TableRow { label: heading, cells });
        }
    }
}

fn across_heading(scope: &Scope<'_>, plan: &Plan<'_>) -> String {
    match plan.across {
        Across::Groups(breakdown) => breakdown.short.get(scope.words.language()).to_owned(),
        Across::Waves => scope.words.text("table.wave").to_owned(),
        Across::Nothing | Across::Options => scope.words.text("table.group").to_owned(),
    }
}

fn cell(scope: &Scope<'_>, row: Option<&Estimate>, notes: &[String]) -> TableCell {
    match row {
        Some(row) if row.value.estimate().is_some() => TableCell {
            text: scope.printed(row),
            note: (!notes.is_empty()).then(|| notes.join(", ")),
            class: None,
        },
        Some(_) => TableCell {
            text: NO_NUMBER.to_owned(),
            note: Some(describe::missing(scope, row).to_owned()),
            class: None,
        },
        None => {
            TableCell { text: describe::missing(scope, row).to_owned(), note: None, class: None }
        }
    }
}

/// The limits of a row: "from 35% to 53%".
pub(super) fn interval(scope: &Scope<'_>, row: &Estimate) -> Option<String> {
    let (low, high) = scope.printed_limits(row)?;
    Some(scope.words.fill("figure.interval-short", &[("low", &low), ("high", &high)]))
}

fn low_base(scope: &Scope<'_>, row: Option<&Estimate>) -> Option<String> {
    row.filter(|row| row.value.estimate().is_some() && scope.low_base(row))
        .map(|_| scope.words.text("figure.low-base-mark").to_owned())
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
            .write_record(record.iter().map(|text| no_formula(text).into_owned()))
            .expect("writing to memory with a constant number of cells cannot fail");
    };
    write(COLUMNS.map(Cow::Borrowed));
    // Everybody stands in the panels of several tabs.
    let mut seen = BTreeSet::new();
    for panel in plan.panels() {
        for (at, item) in panel.items.iter().enumerate() {
            let total = panel.totals[at].filter(|_| panel.turned() || has_totals(panel));
            let everybody = (scope.words.text("table.total"), total);
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
        row.value.flag().into(),
        scope.printed(row).into(),
        text(row.source.as_ref().map(crate::survey::SourceKey::as_str)),
        text(row.study()),
        text(row.note().map(|note| note.get(scope.words.language()))),
    ]
}
