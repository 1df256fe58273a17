//! The values of a long figure step by step: what is told of each group, then
//! the values of the one that a reader chooses. Neither a drawing nor a long
//! sentence lets those who hear a page leave out what does not concern them.

use crate::content::Kind;
use crate::wording::NO_NUMBER;

use super::differ::Change;
use super::one_by_one::is_long;
use super::plan::{Across, Plan};
use super::table::{Table, TableCell, TableRow};
use super::{Scope, describe, differ, groups, tell};

/// The values of a figure, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Steps {
    /// What unfolds them.
    pub label: String,
    /// The groups, statements or directions of change.
    pub parts: Vec<Part>,
}

/// One of the parts that values are told in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What is told of all of it.
    pub overview: String,
    /// Its values, each with its name.
    pub values: Vec<String>,
}

/// The steps of a panel, from the cells of its table; `None` of what is
/// short, and of what is a table already.
pub(super) fn steps(scope: &Scope<'_>, plan: &Plan<'_>, table: &Table) -> Option<Steps> {
    let is_table = matches!(plan.kind, Kind::Table | Kind::Heat | Kind::Number);
    if is_table || plan.turned() || !is_long(plan) {
        return None;
    }
    let (label, parts) = match plan.across {
        Across::Nothing => return None,
        Across::Groups(_) => ("figure.steps-groups", by_column(scope, plan, table)),
        Across::Options => ("figure.steps-lines", by_line(scope, plan, table)),
        Across::Waves => ("figure.steps-changes", by_change(scope, plan, table)),
    };
    Some(Steps { label: scope.words.text(label).to_owned(), parts })
}

/// A part for each group, and for what else has a column: everybody, the
/// difference.
fn by_column(scope: &Scope<'_>, plan: &Plan<'_>, table: &Table) -> Vec<Part> {
    let columns = table.head.iter().skip(1).enumerate();
    let part = |(at, heading): (usize, &String)| {
        let group = (at < plan.slices.len()).then(|| groups::of_group(scope, plan, at, heading));
        let overview = group.flatten().unwrap_or_else(|| heading.clone());
        let cells = table.rows.iter().map(|row| (&row.label, &row.cells[at]));
        Part { overview, values: values(scope, cells) }
    };
    columns.map(part).collect()
}

/// A part for each statement of a battery.
fn by_line(scope: &Scope<'_>, plan: &Plan<'_>, table: &Table) -> Vec<Part> {
    let lines = table.rows.iter().enumerate();
    let part = |(line, row): (usize, &TableRow)| Part {
        overview: tell::statement(scope, plan, line, tell::Answers::None)
            .unwrap_or_else(|| row.label.clone()),
        values: values(scope, table.head.iter().skip(1).zip(&row.cells)),
    };
    lines.map(part).collect()
}

/// A part for each direction in which lines change from wave to wave.
fn by_change(scope: &Scope<'_>, plan: &Plan<'_>, table: &Table) -> Vec<Part> {
    let words = scope.words;
    let line = |at: usize| {
        let row = &table.rows[at];
        let waves = plan.slices.iter().zip(&row.cells);
        let told = waves.map(|(wave, cell)| {
            words.fill(
                "description.pair",
                &[("item", &describe::inside(scope, &wave.label)), ("value", &cell.text)],
            )
        });
        let told: Vec<_> = told.collect();
        words.fill("figure.mark", &[("name", &row.label), ("value", &words.list(&told))])
    };
    let part = |(direction, lines): (Change, Vec<usize>)| Part {
        overview: words.plural(direction.of_lines(), lines.len() as u64, &[]),
        values: lines.into_iter().map(line).collect(),
    };
    differ::changes(scope, plan).into_iter().map(part).collect()
}

/// Cells of the table with their names. Those that stand for nothing are left
/// out; what is hidden or nobody published has words.
fn values<'t>(
    scope: &Scope<'_>,
    cells: impl Iterator<Item = (&'t String, &'t TableCell)>,
) -> Vec<String> {
    let told = cells.filter(|(_, cell)| cell.text != NO_NUMBER || cell.note.is_some());
    let value = |(name, cell): (&String, &TableCell)| {
        let (name, value) = (("name", name.as_str()), ("value", cell.text.as_str()));
        match &cell.note {
            Some(note) => {
                scope.words.fill("figure.mark-interval", &[name, value, ("interval", note)])
            }
            None => scope.words.fill("figure.mark", &[name, value]),
        }
    };
    told.map(value).collect()
}
