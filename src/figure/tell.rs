//! The visible description of a figure: the finding, then the values in an
//! order that helps, then which groups differ.
//!
//! Every sentence is a string of the theme filled with the same numbers that
//! the drawing shows.

use crate::stats::{Estimate, Estimator};
use crate::survey::{QuestionKind, Role};

use super::plan::{Across, Plan};
use super::{Scope, describe, differ, lead, title};

/// Up to so many values are told one by one.
const TOLD: usize = 12;
/// From so many groups on a line of numbers is easier with its ends.
const MANY_GROUPS: usize = 5;

/// A few sentences from the numbers drawn.
pub(super) fn description(scope: &Scope<'_>, plan: &Plan<'_>) -> String {
    let is_distribution = plan.items.iter().any(|item| item.score.is_some());
    let is_scale = matches!(plan.question.kind, QuestionKind::Likert(_))
        && plan.battery.is_none()
        && plan.items.len() > 1;
    let mut sentences = match plan.across {
        Across::Waves => over_waves(scope, plan),
        Across::Options => battery(scope, plan),
        Across::Groups(_) if plan.turned() => by_group(scope, plan),
        Across::Groups(_) if is_distribution || is_scale => measures_by_group(scope, plan),
        Across::Groups(_) => grouped(scope, plan),
        Across::Nothing if is_distribution || is_scale => spread(scope, plan),
        Across::Nothing => [ranked(scope, plan), outside(scope, plan)].concat(),
    };
    sentences.retain(|sentence| !sentence.is_empty());
    if sentences.is_empty() {
        sentences.push(scope.words.text("description.no-value").to_owned());
    }
    if plan.turned()
        && let Some(total) = shown(plan.totals[0])
    {
        sentences.push(reference(scope, scope.words.text("chart.total"), total));
    }
    sentences.extend(differ::sentences(scope, plan));
    sentences.extend(low_bases(scope, plan));
    let gaps = plan.gaps();
    if !gaps.is_empty() && gaps.len() <= TOLD {
        sentences
            .push(scope.words.fill("description.not-shown", &[("list", &scope.words.list(&gaps))]));
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences.join(" ")
}

/// A row that has a number; of what is hidden there is nothing to tell.
fn shown(row: Option<&Estimate>) -> Option<&Estimate> {
    row.filter(|row| row.value.estimate().is_some())
}

/// Which groups, waves or lines rest on so few answers that nothing is made of them.
fn low_bases(scope: &Scope<'_>, plan: &Plan<'_>) -> Option<String> {
    let words = scope.words;
    let by_slices = 1 < plan.slices.len();
    let parts: Vec<(String, Vec<Option<&Estimate>>)> = if by_slices {
        let column = |at: usize| plan.cells.iter().map(|cells| cells[at]).collect();
        let slices = plan.slices.iter().enumerate();
        slices.map(|(at, slice)| (slice.label.clone(), column(at))).collect()
    } else {
        let lines = plan.items.iter().zip(&plan.cells);
        lines.map(|(item, cells)| (item.name(), cells.clone())).collect()
    };
    let is_low = |rows: &[Option<&Estimate>]| {
        let mut rows = rows.iter().filter_map(|row| shown(*row)).peekable();
        rows.peek().is_some().then(|| rows.all(|row| scope.low_base(row)))
    };
    let known: Vec<_> =
        parts.iter().filter_map(|(name, rows)| Some((name, is_low(rows)?))).collect();
    let low: Vec<String> =
        known.iter().filter(|(_, is_low)| *is_low).map(|(name, _)| (*name).clone()).collect();
    if low.is_empty() {
        return None;
    }
    if low.len() == known.len() {
        let key = match plan.across {
            Across::Groups(_) => "description.low-base-groups",
            _ => "description.low-base-all",
        };
        return Some(words.text(key).to_owned());
    }
    if TOLD < low.len() {
        return None;
    }
    Some(words.fill("description.low-base", &[("list", &words.list(&low))]))
}

fn reference(scope: &Scope<'_>, label: &str, row: &Estimate) -> String {
    let value = scope.printed(row);
    scope.words.fill("description.reference", &[("label", label), ("value", &value)])
}

/// Those who are outside the base: how many did not know.
fn outside(scope: &Scope<'_>, plan: &Plan<'_>) -> Vec<String> {
    let own = plan.beside.iter().filter(|beside| beside.choice.is_some());
    own.filter_map(|beside| {
        let row = shown(beside.rows.first().copied().flatten())?;
        Some(reference(scope, &describe::beside_heading(scope, beside), row))
    })
    .collect()
}

/// Some lines of a column with their numbers.
fn pairs(scope: &Scope<'_>, plan: &Plan<'_>, lines: &[usize], slice: usize) -> String {
    let list: Vec<_> = lines
        .iter()
        .filter_map(|line| {
            let row = lead::known(plan, *line, slice)?;
            Some(describe::pair(scope, plan, &plan.items[*line].name(), row))
        })
        .collect();
    scope.words.list(&list)
}

/// Lines that have a number, in the order of the drawing.
fn known(plan: &Plan<'_>, slice: usize) -> Vec<usize> {
    (0..plan.items.len()).filter(|line| lead::known(plan, *line, slice).is_some()).collect()
}

/// The largest first: who leads, then the others.
fn ranked(scope: &Scope<'_>, plan: &Plan<'_>) -> Vec<String> {
    let words = scope.words;
    let lines = lead::order(plan, 0);
    let Some((first, others)) = lines.split_first() else {
        return vec![words.text("description.no-value").to_owned()];
    };
    let Some(top) = lead::known(plan, *first, 0) else { return vec![] };
    let (name, value) = (plan.items[*first].name(), plan.printed(scope, top));
    if others.is_empty() {
        return vec![words.fill("description.single", &[("item", &name), ("value", &value)])];
    }
    if lines.len() <= TOLD && lead::is_beaten(plan, 0) {
        let subject = title::subject(scope, plan);
        let all = [("item", subject.as_str()), ("list", &pairs(scope, plan, &lines, 0))];
        return vec![words.fill("description.list", &all)];
    }
    let is_tied = |line: &&usize| {
        lead::known(plan, **line, 0).and_then(|row| row.value.estimate()) == top.value.estimate()
    };
    let tied = others.iter().take_while(is_tied).count();
    let mut sentences = vec![if tied == others.len() {
        words.fill("description.equal", &[("value", &value)])
    } else if tied != 0 {
        let names: Vec<_> = lines[..=tied].iter().map(|line| plan.items[*line].name()).collect();
        words.fill("description.leading-tied", &[("items", &words.list(&names)), ("value", &value)])
    } else if plan.battery.is_none() && !lead::is_complete(plan) {
        words.fill("description.highest", &[("item", &name), ("value", &value)])
    } else {
        let key = match plan.question.kind {
            QuestionKind::Single(_) => "description.most-frequent",
            _ => "description.leading",
        };
        words.fill(key, &[("item", &name), ("value", &value)])
    }];
    let others = &others[tied..];
    let Some(last) = others.last() else { return sentences };
    if lines.len() <= TOLD {
        let list = pairs(scope, plan, others, 0);
        sentences.push(words.fill("description.then", &[("list", &list)]));
        return sentences;
    }
    let (next, hidden) = others.split_at(NEXT);
    sentences.push(words.fill("description.then", &[("list", &pairs(scope, plan, next, 0))]));
    if let Some(row) = lead::known(plan, *last, 0) {
        let last = [("item", &*plan.items[*last].name()), ("value", &*plan.printed(scope, row))];
        sentences.push(words.fill("description.last", &last));
    }
    if let between @ 1.. = hidden.len() - 1 {
        sentences.push(words.plural("description.others", between as u64, &[]));
    }
    sentences
}

/// So many follow the first where there are too many to tell.
const NEXT: usize = 2;

/// The measures of one column of an ordered scale: mean and median, or net.
fn measures(scope: &Scope<'_>, plan: &Plan<'_>, slice: usize) -> Vec<(String, String)> {
    let own = plan.beside.iter().filter_map(|beside| {
        let row = shown(beside.rows.get(slice).copied().flatten())?;
        Some((describe::beside_heading(scope, beside), scope.printed(row)))
    });
    own.collect()
}

/// An ordered scale: its measures, the most frequent answer, all answers in
/// their order.
fn spread(scope: &Scope<'_>, plan: &Plan<'_>) -> Vec<String> {
    let words = scope.words;
    let mut sentences: Vec<String> = measures(scope, plan, 0)
        .iter()
        .map(|(label, value)| {
            words.fill("description.reference", &[("label", label), ("value", value)])
        })
        .collect();
    let order = lead::order(plan, 0);
    let Some((first, row)) = order.first().and_then(|at| Some((*at, lead::known(plan, *at, 0)?)))
    else {
        return vec![words.text("description.no-value").to_owned()];
    };
    let value = plan.printed(scope, row);
    let is_alone = order
        .get(1)
        .and_then(|line| lead::known(plan, *line, 0))
        .is_none_or(|second| plan.printed(scope, second) != value);
    if is_alone {
        let item = plan.items[first].name();
        sentences
            .push(words.fill("description.most-frequent", &[("item", &item), ("value", &value)]));
    }
    let lines = known(plan, 0);
    if lines.len() <= TOLD {
        let list = pairs(scope, plan, &lines, 0);
        sentences.push(words.fill("description.distribution", &[("list", &list)]));
    }
    sentences
}

/// An ordered scale by groups: the measures of each.
fn measures_by_group(scope: &Scope<'_>, plan: &Plan<'_>) -> Vec<String> {
    let words = scope.words;
    let each = plan.slices.iter().enumerate().filter_map(|(at, slice)| {
        let told: Vec<_> = measures(scope, plan, at)
            .iter()
            .map(|(label, value)| {
                let label = describe::inside(scope, label);
                words.fill("description.measure", &[("label", &label), ("value", value)])
            })
            .collect();
        let list = words.list(&told);
        let group = [("group", slice.label.as_str()), ("list", &list)];
        (!told.is_empty()).then(|| words.fill("description.group", &group))
    });
    each.collect()
}

/// The statements of a battery: the net of each, and its answers where they
/// are few.
fn battery(scope: &Scope<'_>, plan: &Plan<'_>) -> Vec<String> {
    let words = scope.words;
    let is_short = plan.items.len() * plan.slices.len() <= TOLD;
    let net = plan.beside.iter().find(|beside| beside.estimator == Estimator::Net);
    let mut sentences = vec![];
    for (line, item) in plan.items.iter().enumerate().take(TOLD) {
        let mut told = vec![];
        if let Some((beside, row)) =
            net.and_then(|beside| Some((beside, shown(beside.rows[line])?)))
        {
            let label = describe::inside(scope, &describe::beside_heading(scope, beside));
            let value = scope.printed(row);
            told.push(words.fill("description.measure", &[("label", &label), ("value", &value)]));
        }
        if is_short || net.is_none() {
            told.extend(plan.slices.iter().zip(&plan.cells[line]).filter_map(|(slice, row)| {
                let row = shown(*row)?;
                Some(describe::pair(scope, plan, &describe::inside(scope, &slice.label), row))
            }));
        }
        if !told.is_empty() {
            let list = words.list(&told);
            let line = [("item", &*item.name()), ("list", &*list)];
            sentences.push(words.fill("description.list", &line));
        }
    }
    if let left @ 1.. = plan.items.len().saturating_sub(TOLD) {
        sentences.push(words.plural("description.others", left as u64, &[]));
    }
    sentences
}

/// One line by groups: its ends where groups are many, then each.
fn by_group(scope: &Scope<'_>, plan: &Plan<'_>) -> Vec<String> {
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
    if MANY_GROUPS <= known.len()
        && let Some(ends) = lead::ends(groups())
    {
        let (low, high) = (scope.printed(ends.low.1), scope.printed(ends.high.1));
        let low = [("low", &*low), ("low_item", ends.low.0)];
        let high = [("high", &*high), ("high_item", ends.high.0)];
        sentences.push(words.fill("description.range", &[low, high].concat()));
    }
    if known.len() <= TOLD {
        let list: Vec<_> =
            known.iter().map(|(label, row)| describe::pair(scope, plan, label, row)).collect();
        let (item, list) = (plan.items[0].name(), words.list(&list));
        sentences.push(words.fill("description.list", &[("item", &item), ("list", &list)]));
    }
    sentences
}

fn grouped(scope: &Scope<'_>, plan: &Plan<'_>) -> Vec<String> {
    let words = scope.words;
    let is_short = plan.items.len() * plan.slices.len() <= TOLD;
    let sentence = |(at, slice): (usize, &super::plan::Slice<'_>)| {
        let group = ("group", slice.label.as_str());
        if is_short {
            let lines = known(plan, at);
            let list = pairs(scope, plan, &lines, at);
            return (!lines.is_empty())
                .then(|| words.fill("description.group", &[group, ("list", &list)]));
        }
        let mut lines = lead::order(plan, at);
        lines.retain(|line| plan.items[*line].role() == Role::Answer);
        let top = lead::known(plan, *lines.first()?, at)?;
        let value = plan.printed(scope, top);
        lines.retain(|line| {
            lead::known(plan, *line, at).is_some_and(|row| plan.printed(scope, row) == value)
        });
        let names: Vec<_> = lines.iter().map(|line| plan.items[*line].name()).collect();
        let item = words.list(&names);
        Some(words.fill("description.group-leading", &[group, ("item", &item), ("value", &value)]))
    };
    plan.slices.iter().enumerate().filter_map(sentence).collect()
}

fn over_waves(scope: &Scope<'_>, plan: &Plan<'_>) -> Vec<String> {
    let told = plan.items.iter().zip(&plan.cells).take(TOLD);
    let mut sentences: Vec<String> = told
        .filter_map(|(item, cells)| {
            let all = plan.slices.iter().zip(cells);
            let mut known = all.filter_map(|(slice, row)| Some((slice, shown(*row)?)));
            let (from, before) = known.next()?;
            let name = item.name();
            let Some((to, after)) = known.next_back() else {
                let value = scope.printed(before);
                return Some(scope.words.fill(
                    "description.single-of",
                    &[("item", &name), ("group", &from.label), ("value", &value)],
                ));
            };
            Some(scope.words.fill(
                differ::change(scope, before, after),
                &[
                    ("item", &name),
                    ("from", &from.label),
                    ("from_value", &scope.printed(before)),
                    ("to", &to.label),
                    ("to_value", &scope.printed(after)),
                ],
            ))
        })
        .collect();
    if let left @ 1.. = plan.items.len().saturating_sub(TOLD) {
        sentences.push(scope.words.plural("description.others", left as u64, &[]));
    }
    sentences
}
