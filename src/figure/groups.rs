//! What the description of a figure tells of its groups.

use crate::survey::Role;

use super::one_by_one::{TOLD, is_long, is_measured, known, measures, pairs, shown};
use super::plan::Plan;
use super::{Scope, describe, lead};

/// From so many groups on they are told by their ends, or by what comes first
/// in most of them.
const MANY: usize = 5;

/// Up to so many that come first together are named.
const NAMED: usize = 3;

/// One line by groups: its ends where groups are many, then each.
pub(super) fn by_group(scope: &Scope<'_>, plan: &Plan<'_>) -> Vec<String> {
    let words = scope.words;
    let groups = || {
        let all = plan.slices.iter().zip(&plan.cells[0]);
        all.map(|(slice, row)| (slice.label.as_str(), shown(*row)))
    };
    let known: Vec<_> = groups().filter_map(|(label, row)| Some((label, row?))).collect();
    let mut sentences = vec![];
    if known.is_empty() {
        return sentences;
    }
    if MANY <= known.len() {
        let ends = lead::ends(scope, groups());
        sentences.extend(ends.and_then(|ends| ends.told(scope, NAMED, "description.range", &[])));
    }
    if known.len() <= TOLD {
        let list: Vec<_> =
            known.iter().map(|(label, row)| describe::pair(scope, label, row)).collect();
        let (item, list) = (plan.items[0].name(), words.list(&list));
        sentences.push(words.fill("description.list", &[("item", &item), ("list", &list)]));
    }
    sentences
}

/// Lines by groups: what is told of each, or where groups are many which
/// lines come first in how many of them.
pub(super) fn grouped(scope: &Scope<'_>, plan: &Plan<'_>) -> Vec<String> {
    let slices = plan.slices.iter().enumerate();
    if !is_measured(plan) && is_long(plan) && MANY <= plan.slices.len() {
        return firsts(scope, plan).into_iter().collect();
    }
    slices.filter_map(|(at, slice)| of_group(scope, plan, at, &slice.label)).collect()
}

/// One group: its measures, its values where they are few, or what comes
/// first in it; nothing where nothing is known.
pub(super) fn of_group(
    scope: &Scope<'_>,
    plan: &Plan<'_>,
    slice: usize,
    name: &str,
) -> Option<String> {
    let words = scope.words;
    if is_measured(plan) {
        return measured(scope, plan, slice, name);
    }
    let group = ("group", name);
    if !is_long(plan) {
        let lines = known(plan, slice);
        let list = pairs(scope, plan, &lines, slice);
        return (!lines.is_empty())
            .then(|| words.fill("description.group", &[group, ("list", &list)]));
    }
    let lines = first(scope, plan, slice);
    let value = scope.told(lead::known(plan, *lines.first()?, slice)?);
    if NAMED < lines.len() {
        let (key, n) = ("description.group-leading-many", lines.len() as u64);
        return Some(words.plural(key, n, &[group, ("value", &value)]));
    }
    let names: Vec<_> = lines.iter().map(|line| plan.items[*line].name()).collect();
    let item = words.list(&names);
    Some(words.fill("description.group-leading", &[group, ("item", &item), ("value", &value)]))
}

/// The answers of a group whose printed number is that of the largest.
fn first(scope: &Scope<'_>, plan: &Plan<'_>, slice: usize) -> Vec<usize> {
    let mut lines = lead::order(plan, slice);
    lines.retain(|line| plan.items[*line].role() == Role::Answer);
    let value = |line: usize| lead::known(plan, line, slice).map(|row| scope.told(row));
    let Some(top) = lines.first().map(|line| value(*line)) else { return vec![] };
    lines.retain(|line| value(*line) == top);
    lines
}

/// Which answers come first in the most groups.
fn firsts(scope: &Scope<'_>, plan: &Plan<'_>) -> Option<String> {
    let words = scope.words;
    let groups: Vec<_> = (0..plan.slices.len())
        .map(|slice| first(scope, plan, slice))
        .filter(|lines| !lines.is_empty())
        .collect();
    let times = |line: usize| groups.iter().filter(|lines| lines.contains(&line)).count();
    let most = (0..plan.items.len()).map(times).max().filter(|most| 0 < *most)?;
    let lines = plan.items.iter().enumerate().filter(|(line, _)| times(*line) == most);
    let names: Vec<_> = lines.map(|(_, item)| item.name()).collect();
    let total = groups.len().to_string();
    let filled = [("item", &*words.list(&names)), ("total", &total)];
    Some(if most == groups.len() {
        words.fill("description.first-everywhere", &filled)
    } else if most == 1 || NAMED < names.len() {
        words.plural("description.first-varies", most as u64, &filled)
    } else {
        let several = 1 < names.len();
        let key = if several { "description.first-most-each" } else { "description.first-most" };
        words.plural(key, most as u64, &filled)
    })
}

/// An ordered scale in one group: its measures.
fn measured(scope: &Scope<'_>, plan: &Plan<'_>, slice: usize, group: &str) -> Option<String> {
    let words = scope.words;
    let told: Vec<_> = measures(scope, plan, slice)
        .iter()
        .map(|(label, value)| {
            let label = describe::inside(scope, label);
            words.fill("description.measure", &[("label", &label), ("value", value)])
        })
        .collect();
    let group = [("group", group), ("list", &words.list(&told))];
    (!told.is_empty()).then(|| words.fill("description.group", &group))
}
