//! Which line of a figure comes first, and by how much that may be said.

use std::collections::BTreeMap;

use crate::content::Kind;
use crate::stats::{Estimate, Estimator};
use crate::survey::Role;

use super::Scope;
use super::plan::{Across, Plan};
use super::tested::{self, Verdict};

/// The first of the answers in one column, beside the others.
#[derive(Debug)]
pub(super) struct Lead {
    /// Its line.
    pub(super) first: usize,
    /// The other lines that are answers, the largest first.
    pub(super) others: Vec<usize>,
    /// Those that are equal.
    pub(super) same: Vec<usize>,
    /// Those that a test does not tell apart.
    pub(super) level: Vec<usize>,
    /// Those that are clearly behind.
    pub(super) behind: usize,
}

impl Lead {
    /// Whether it is clearly ahead of every other answer.
    pub(super) fn is_alone(&self) -> bool {
        0 < self.behind && self.behind == self.others.len()
    }
}

/// A known number of a column.
pub(super) fn known<'a>(plan: &Plan<'a>, line: usize, slice: usize) -> Option<&'a Estimate> {
    plan.cells[line][slice].filter(|row| row.value.estimate().is_some())
}

/// What a line is ordered by: the first place of a ranking is the best one.
/// Sums of weights leave equal shares a last digit apart, which makes no order.
fn weight(row: &Estimate) -> f64 {
    const STEPS: f64 = 1e9;
    let value = row.value.estimate().unwrap_or(f64::NEG_INFINITY);
    let value = (value * STEPS).round();
    if row.estimator == Estimator::Rank { -value } else { value }
}

/// Whether an answer stands with the others (0), after them, as "other" and
/// "none" do (1), or after these: whoever gave it is outside the base (2).
pub(super) fn behind(role: Role) -> u8 {
    match role {
        Role::Answer => 0,
        Role::Other | Role::None => 1,
        Role::DontKnow | Role::Refused | Role::NotApplicable => 2,
    }
}

/// The lines of a column that have a number, the largest first; "other",
/// "none" and the like last.
pub(super) fn order(plan: &Plan<'_>, slice: usize) -> Vec<usize> {
    let mut lines: Vec<(usize, f64)> = (0..plan.items.len())
        .filter_map(|line| Some((line, weight(known(plan, line, slice)?))))
        .collect();
    let behind = |line: usize| behind(plan.items[line].role());
    lines.sort_by(|(one, a), (other, b)| behind(*one).cmp(&behind(*other)).then(b.total_cmp(a)));
    lines.into_iter().map(|(line, _)| line).collect()
}

pub(super) fn is_same(one: &Estimate, other: &Estimate) -> bool {
    let values = one.value.estimate().zip(other.value.estimate());
    values.is_some_and(|(one, other)| tested::same(one, other))
}

/// The first of the answers of a column; "other" and "none" take no part.
pub(super) fn lead(scope: &Scope<'_>, plan: &Plan<'_>, slice: usize) -> Option<Lead> {
    let mut lines = order(plan, slice);
    lines.retain(|line| plan.items[*line].role() == Role::Answer);
    let (first, others) = lines.split_first()?;
    let row = known(plan, *first, slice)?;
    let mut lead =
        Lead { first: *first, others: others.to_vec(), same: vec![], level: vec![], behind: 0 };
    for line in others {
        let Some(other) = known(plan, *line, slice) else { continue };
        match tested::compare(scope, row, other).verdict {
            // What a test says of equal numbers is nothing more.
            Verdict::Unclear if is_same(row, other) => lead.same.push(*line),
            Verdict::Same => lead.same.push(*line),
            Verdict::Unclear => lead.level.push(*line),
            Verdict::More => lead.behind += 1,
            Verdict::Less | Verdict::Untested(_) => {}
        }
    }
    Some(lead)
}

impl Plan<'_> {
    /// Of ranked answers the words for each that is not clearly behind the
    /// first: the same that title and description say.
    pub(super) fn ties<'w>(&self, scope: &Scope<'w>) -> BTreeMap<usize, &'w str> {
        let is_ranking = matches!(self.kind, Kind::Bars | Kind::Dots | Kind::Table)
            && matches!(self.across, Across::Nothing)
            && self.battery.is_none();
        let lead = is_ranking.then(|| lead(scope, self, 0)).flatten();
        let Some(lead) = lead.filter(|_| is_complete(self) && !is_beaten(self, 0)) else {
            return BTreeMap::new();
        };
        let tied = (!lead.same.is_empty()).then_some(lead.first);
        let tied = tied.into_iter().chain(lead.same).map(|line| (line, "figure.tied"));
        let level = lead.level.into_iter().map(|line| (line, "figure.not-behind"));
        tied.chain(level).map(|(line, key)| (line, scope.words.text(key))).collect()
    }
}

/// Whether every answer that could be given is among the lines with a number:
/// only then one of them comes first.
pub(super) fn is_complete(plan: &Plan<'_>) -> bool {
    let shown = |key| plan.items.iter().any(|item| item.option() == Some(key));
    plan.unknown_items == 0
        && (plan.battery.is_some()
            || plan
                .question
                .options()
                .iter()
                .filter(|choice| choice.role == Role::Answer)
                .all(|choice| shown(&choice.key)))
}

/// Whether "other", "none" or the like is larger than every answer of a
/// column: then no answer comes first.
pub(super) fn is_beaten(plan: &Plan<'_>, slice: usize) -> bool {
    let order = order(plan, slice);
    let value = |line: &usize| known(plan, *line, slice).map(weight);
    let first = order.first().and_then(value);
    order.iter().any(|line| first < value(line))
}

/// The rows that groups or waves are compared by: those of the only line; the
/// mean of a distribution of scores, the net of a scale.
pub(super) fn by_slice<'a>(plan: &Plan<'a>) -> Option<Vec<Option<&'a Estimate>>> {
    if plan.items.len() == 1 {
        return Some(plan.cells[0].to_vec());
    }
    let is_whole = |estimator| matches!(estimator, Estimator::Mean | Estimator::Net);
    if matches!(plan.across, Across::Options) {
        return None;
    }
    plan.beside.iter().find(|beside| is_whole(beside.estimator)).map(|beside| beside.rows.clone())
}

/// The lowest and the highest of some named numbers, each with the names of
/// all that print alike.
pub(super) struct Ends<'p> {
    pub(super) low: (Vec<String>, &'p Estimate),
    pub(super) high: (Vec<String>, &'p Estimate),
}

impl Ends<'_> {
    /// A text filled with both ends and `others`; nothing where more than
    /// `most` share an end: too many to name.
    pub(super) fn told(
        &self,
        scope: &Scope<'_>,
        most: usize,
        key: &str,
        others: &[(&str, &str)],
    ) -> Option<String> {
        let words = scope.words;
        if [&self.low.0, &self.high.0].into_iter().any(|names| most < names.len()) {
            return None;
        }
        let (low, high) = (scope.told(self.low.1), scope.told(self.high.1));
        let names = (words.list(&self.low.0), words.list(&self.high.0));
        let low = [("low", &*low), ("low_item", &*names.0)];
        let high = [("high", &*high), ("high_item", &*names.1)];
        Some(words.fill(key, &[others, &low, &high].concat()))
    }
}

/// Finds both ends. A number that rests on few respondents is compared with no
/// other and is no end, unless all of them do; `None` with fewer than two.
pub(super) fn ends<'p, L: AsRef<str>>(
    scope: &Scope<'_>,
    named: impl Iterator<Item = (L, Option<&'p Estimate>)>,
) -> Option<Ends<'p>> {
    let known = named.filter_map(|(label, row)| Some((label, row?, row?.value.estimate()?)));
    let mut known: Vec<_> = known.collect();
    if known.iter().any(|(_, row, _)| !scope.low_base(row)) {
        known.retain(|(_, row, _)| !scope.low_base(row));
    }
    // Of equal shares, one may be printed a point higher so that all add up to 100.
    let by_value = |(_, one, a): &&(L, &Estimate, f64), (_, other, b): &&(L, &Estimate, f64)| {
        let printed = || scope.whole_percent(one).cmp(&scope.whole_percent(other));
        a.total_cmp(b).then_with(printed)
    };
    let (low, high) = (known.iter().min_by(by_value)?.1, known.iter().max_by(by_value)?.1);
    let alike = |end: &'p Estimate| {
        let value = scope.printed(end);
        let alike = known.iter().filter(|(_, row, _)| scope.printed(row) == value);
        (alike.map(|(label, ..)| label.as_ref().to_owned()).collect(), end)
    };
    (1 < known.len()).then(|| Ends { low: alike(low), high: alike(high) })
}
