//! The differences that a dumbbell shows, line by line, and what heads them.

use crate::stats::{Estimate, Estimator};
use crate::wording::NO_NUMBER;

use super::plan::{Across, Plan};
use super::tested::{self, Verdict, Why};
use super::{Scope, describe};

/// The differences of all lines and what heads them; `None` where a group is too
/// small for any of them: the notes say it once.
pub(super) fn gaps(scope: &Scope<'_>, plan: &Plan<'_>) -> Option<(String, Vec<String>)> {
    let all: Vec<_> = plan.cells.iter().map(|cells| gap(scope, cells[0], cells[1])).collect();
    let is_told = all.iter().any(|text| text != scope.words.text("figure.low-base-mark"));
    is_told.then(|| (heading(scope, plan), all))
}

/// Whether the two numbers of a line clearly differ.
pub(super) fn is_clear(scope: &Scope<'_>, [from, to]: [Option<&Estimate>; 2]) -> bool {
    from.zip(to).is_some_and(|(from, to)| {
        matches!(tested::compare(scope, to, from).verdict, Verdict::More | Verdict::Less)
    })
}

/// What is taken from which, as nobody could tell by the sign of a difference
/// between groups, and the unit of all of them.
fn heading(scope: &Scope<'_>, plan: &Plan<'_>) -> String {
    let words = scope.words;
    let what = match (plan.across, &plan.slices[..]) {
        (Across::Groups(_), [one, other, ..]) => {
            let one = describe::inside(scope, &one.label);
            words.fill("table.difference-groups", &[("other", &other.label), ("one", &one)])
        }
        _ => words.text("table.difference").to_owned(),
    };
    if is_in_points(plan.estimator) {
        words.fill("table.in-points", &[("difference", &what)])
    } else {
        what
    }
}

/// The difference between two numbers of a line without its unit, or why there
/// is none.
fn gap(scope: &Scope<'_>, from: Option<&Estimate>, to: Option<&Estimate>) -> String {
    let words = scope.words;
    let value = |row: Option<&Estimate>| row.and_then(|row| row.value.estimate());
    let (Some(from), Some(to), Some(before), Some(after)) = (from, to, value(from), value(to))
    else {
        return NO_NUMBER.to_owned();
    };
    match tested::compare(scope, to, from).verdict {
        Verdict::Same => return words.text("difference.same").to_owned(),
        // What is printed is compared.
        Verdict::Untested(Why::LowBase) => return words.text("figure.low-base-mark").to_owned(),
        _ => {}
    }
    let digits = to.digits.max(from.digits);
    if is_in_points(to.estimator) {
        words.signed((after - before) * 100.0, digits.unwrap_or(0))
    } else {
        words.signed(after - before, digits.unwrap_or(2))
    }
}

/// Whether differences are in percentage points.
pub(super) fn is_in_points(estimator: Estimator) -> bool {
    estimator.is_proportion() || estimator == Estimator::Net
}
