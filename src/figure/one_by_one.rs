//! Values told one by one: up to how many, which of them are known, and the
//! words for one value after the other.

use crate::stats::Estimate;
use crate::survey::QuestionKind;

use super::grid::QUARTERS;
use super::plan::{Plan, Subject};
use super::{Scope, describe, lead};

/// Up to so many values are told one by one.
pub(super) const TOLD: usize = 12;

/// Whether a panel has more values than are told one by one.
pub(super) fn is_long(plan: &Plan<'_>) -> bool {
    TOLD < plan.items.len() * plan.slices.len()
}

/// Whether the lines are an ordered scale, told by its mean and median or net.
pub(super) fn is_measured(plan: &Plan<'_>) -> bool {
    let is_scale = matches!(plan.question.kind, QuestionKind::Likert(_))
        && plan.battery.is_none()
        && plan.items.len() > 1;
    is_scale || plan.items.iter().any(|item| item.score.is_some())
}

/// A row that has a number; of what is hidden there is nothing to tell.
pub(super) fn shown(row: Option<&Estimate>) -> Option<&Estimate> {
    row.filter(|row| row.value.estimate().is_some())
}

/// Some lines of a column with their numbers.
pub(super) fn pairs(scope: &Scope<'_>, plan: &Plan<'_>, lines: &[usize], slice: usize) -> String {
    let list: Vec<_> = lines
        .iter()
        .filter_map(|line| {
            let row = lead::known(plan, *line, slice)?;
            Some(describe::pair(scope, &plan.items[*line].name(), row))
        })
        .collect();
    scope.words.list(&list)
}

/// Lines that have a number, in the order of the drawing.
pub(super) fn known(plan: &Plan<'_>, slice: usize) -> Vec<usize> {
    (0..plan.items.len()).filter(|line| lead::known(plan, *line, slice).is_some()).collect()
}

/// What divides the answers to a number into four parts of the same size, where
/// they are told as one.
pub(super) fn quarters<'a>(plan: &Plan<'a>) -> Option<[&'a Estimate; 3]> {
    let row = |estimator| {
        let beside = plan.beside.iter().find(|beside| beside.estimator == estimator)?;
        let [row] = beside.rows[..] else { return None };
        shown(row)
    };
    let [low, median, high] = QUARTERS.map(row);
    Some([low?, median?, high?])
}

/// What the line of a number is called where its quarters stand beneath: they are
/// told apart by what they are, not by the question.
pub(super) fn line_name(scope: &Scope<'_>, plan: &Plan<'_>, item: &Subject<'_>) -> String {
    let has_quarters = plan.beside.iter().any(|beside| QUARTERS.contains(&beside.estimator));
    if has_quarters && item.score.is_none() {
        return scope.words.text(describe::value_heading(plan.estimator)).to_owned();
    }
    item.name()
}

/// The measures of one column of an ordered scale: mean and median, or net.
pub(super) fn measures(scope: &Scope<'_>, plan: &Plan<'_>, slice: usize) -> Vec<(String, String)> {
    let own = plan.beside.iter().filter_map(|beside| {
        let row = shown(beside.rows.get(slice).copied().flatten())?;
        Some((describe::beside_heading(scope, beside), scope.printed(row)))
    });
    own.collect()
}
