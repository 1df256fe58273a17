//! What a mark tells a reader who points at it: what it is, its number, its
//! interval and its base. The table says the same.

use crate::content::Kind;
use crate::stats::{Estimate, Provenance};

use super::plan::Plan;
use super::{Scope, describe, table};

/// A mark in words, from the names of its line and column. Only figures of
/// chapters tell all: pages of questions have many, and weigh. There a mark
/// tells what its drawing may have had no room for, an interval that goes on
/// beyond the scale among them.
pub(super) fn told(
    scope: &Scope<'_>,
    plan: &Plan<'_>,
    [item, slice]: [String; 2],
    row: &Estimate,
) -> Option<String> {
    let words = scope.words;
    let in_chapter = plan.number.is_some();
    let goes_on = plan.goes_on(scope, row);
    if !in_chapter && is_printed(plan.kind) && !goes_on {
        return None;
    }
    let names = if plan.turned() { vec![slice] } else { vec![item, slice] };
    let names: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
    let (name, value) = (names.join(", "), scope.printed(row));
    let named = [("name", name.as_str()), ("value", value.as_str())];
    if !in_chapter && !goes_on {
        return Some(words.fill("figure.mark", &named));
    }
    let number = match table::interval(scope, row) {
        Some(interval) => {
            let [name, value] = named;
            words.fill("figure.mark-interval", &[name, value, ("interval", &interval)])
        }
        None => words.fill("figure.mark", &named),
    };
    let is_simulated = row.provenance == Provenance::Simulated;
    let base = match row.n.map(|n| describe::counted(scope, plan.question, row.provenance, n)) {
        Some(base) if is_simulated => Some(words.fill("figure.base-simulated", &[("base", &base)])),
        None if is_simulated => Some(words.text("provenance.simulated-mark").to_owned()),
        base => base,
    };
    let care = scope.low_base(row).then(|| words.text("figure.low-base-mark").to_owned());
    let parts: Vec<String> = [Some(number), base, care].into_iter().flatten().collect();
    Some(parts.join(", "))
}

/// Whether a kind prints every number beside its mark.
fn is_printed(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Bars | Kind::Grouped | Kind::Dots | Kind::Dumbbell | Kind::Multiples | Kind::Number
    )
}
