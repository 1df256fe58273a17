//! How to read a figure: one of its numbers in a sentence where the drawing is
//! not obvious, and where its intervals stand.

use crate::content::Kind;
use crate::stats::Estimate;
use crate::survey::QuestionKind;

use super::one_by_one;
use super::plan::{Across, Plan};
use super::reach;
use super::{Scope, describe};

/// The largest share that enough people gave, as a sentence.
pub(super) fn example(scope: &Scope<'_>, plan: &Plan<'_>) -> Option<String> {
    let needs_one =
        matches!(plan.kind, Kind::Stacked | Kind::Diverging | Kind::Heat | Kind::Dumbbell);
    if !needs_one || !plan.estimator.is_proportion() {
        return None;
    }
    let words = scope.words;
    let (line, at, row) = largest(scope, plan)?;
    let (item, slice) = (plan.items[line].name(), plan.slices[at].label.clone());
    let (of, answer) = match plan.across {
        Across::Options => (Some(item), slice),
        Across::Groups(_) | Across::Waves => (Some(slice), item),
        Across::Nothing => (None, item),
    };
    // A project has not answered anything.
    if describe::other_unit(scope, plan.question, plan.provenance).is_some() {
        return None;
    }
    let unit =
        scope.unit().map_or_else(|| words.text("figure.respondents"), |forms| forms.get("other"));
    let key = match plan.question.kind {
        QuestionKind::Multiple(_) => "figure.reading-cited",
        _ => "figure.reading-answered",
    };
    let value = scope.printed(row);
    let reading = words.fill(key, &[("value", &value), ("unit", unit), ("answer", &answer)]);
    Some(match of {
        Some(of) => words.fill("figure.reading-of", &[("of", &of), ("reading", &reading)]),
        None => reading,
    })
}

/// Its line and column, and the first of equal ones.
fn largest<'a>(scope: &Scope<'_>, plan: &Plan<'a>) -> Option<(usize, usize, &'a Estimate)> {
    let cells = plan.cells.iter().enumerate().flat_map(|(line, cells)| {
        cells
            .iter()
            .enumerate()
            .filter_map(move |(at, row)| Some((line, at, one_by_one::shown(*row)?)))
    });
    let value = |row: &Estimate| row.value.estimate().unwrap_or_default();
    cells
        .filter(|(.., row)| !scope.low_base(row))
        .reduce(|best, next| if value(best.2) < value(next.2) { next } else { best })
}

/// Where a reader finds the intervals, if there are any.
pub(super) fn intervals(scope: &Scope<'_>, plan: &Plan<'_>) -> Option<String> {
    plan.all_rows().find(|row| row.value.interval().is_some())?;
    let key = match plan.kind {
        kind if reach::has_whiskers(kind) => "figure.reading-interval",
        // Its line is no interval.
        Kind::Dumbbell => "figure.reading-dumbbell",
        _ => "figure.reading-table",
    };
    let level = scope.words.percent(scope.config.statistics.confidence, 0);
    let reading = scope.words.fill(key, &[("level", &level)]);
    if plan.panels().all(|panel| panel.beyond(scope).is_empty()) {
        return Some(reading);
    }
    Some(format!("{reading} {}", scope.words.text("figure.reading-beyond")))
}
