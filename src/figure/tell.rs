//! The visible description of a figure: the finding, then the values in an
//! order that helps, then which groups differ.
//!
//! Every sentence is a string of the theme filled with the same numbers that
//! the drawing shows.

use crate::stats::{Estimate, Estimator};
use crate::survey::QuestionKind;
use crate::wording::{after_a_sentence, ends_sentence};

use super::differ::Change;
use super::groups::{by_group, grouped};
use super::one_by_one::{TOLD, is_long, is_measured, known, measures, pairs, quarters, shown};
use super::plan::{Across, Plan, Slice, Subject};
use super::{Scope, describe, differ, lead, table, tested, title};

/// A few sentences from the numbers drawn.
pub(super) fn description(scope: &Scope<'_>, plan: &Plan<'_>) -> String {
    let mut sentences = match plan.across {
        Across::Waves => over_waves(scope, plan),
        Across::Options => battery(scope, plan),
        Across::Groups(_) if plan.turned() => by_group(scope, plan),
        Across::Groups(_) => grouped(scope, plan),
        Across::Nothing if is_measured(plan) => spread(scope, plan),
        Across::Nothing if quarters(plan).is_some() => number(scope, plan),
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
    sentences.extend(beyond(scope, plan));
    let gaps = plan.gaps(scope.words);
    if !gaps.is_empty() && gaps.len() <= TOLD {
        sentences
            .push(scope.words.fill("description.not-shown", &[("list", &scope.words.list(&gaps))]));
    }
    sentences.retain(|sentence| !sentence.is_empty());
    let asked = plan.items.iter().map(Subject::name).chain([title::subject(scope, plan)]);
    for name in asked.filter(|name| ends_sentence(name)) {
        let said = std::mem::take(&mut sentences).into_iter();
        sentences = said.map(|sentence| after_a_sentence(&name, sentence)).collect();
    }
    sentences.join(" ")
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
        let lines = plan.items.iter().zip(plan.cells.iter());
        lines.map(|(item, cells)| (item.name(), cells.to_vec())).collect()
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

/// The intervals that the drawing cuts, one by one where they are few.
fn beyond(scope: &Scope<'_>, plan: &Plan<'_>) -> Option<String> {
    const NAMED: usize = 3;
    let words = scope.words;
    let beyond = plan.beyond(scope);
    let count = beyond.len() as u64;
    if beyond.is_empty() {
        return None;
    }
    if NAMED < beyond.len() {
        return Some(words.plural("description.beyond-many", count, &[]));
    }
    let named = |(line, column, row): &(usize, usize, &Estimate)| {
        let (item, group) = (plan.items[*line].name(), &*plan.slices[*column].label);
        let interval = table::interval(scope, row)?;
        let (name, inside) = match (plan.turned(), group) {
            (true, group) => (group, interval),
            (false, "") => (&*item, interval),
            (false, group) => {
                let both = [("group", group), ("interval", &interval)];
                (&*item, words.fill("description.beyond-group", &both))
            }
        };
        Some(words.fill("description.pair", &[("item", name), ("value", &inside)]))
    };
    let list: Vec<String> = beyond.iter().filter_map(named).collect();
    Some(words.plural("description.beyond", count, &[("list", &words.list(&list))]))
}

fn reference(scope: &Scope<'_>, label: &str, row: &Estimate) -> String {
    let value = scope.told(row);
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

/// The mean of a number, where the middle of the answers lies, and the half around it.
fn number(scope: &Scope<'_>, plan: &Plan<'_>) -> Vec<String> {
    let mean = shown(plan.cells[0][0]).map(|row| {
        let label = scope.words.text(describe::value_heading(row.estimator));
        reference(scope, label, row)
    });
    mean.into_iter().chain(middle(scope, plan)).collect()
}

/// Where the middle of the answers to a number lies, and the half around it.
pub(super) fn middle(scope: &Scope<'_>, plan: &Plan<'_>) -> Option<String> {
    let [low, median, high] = quarters(plan)?.map(|row| scope.told(row));
    let filled = [("median", &*median), ("low", &low), ("high", &high)];
    Some(scope.words.fill("description.quarters", &filled))
}

/// The largest first: who leads, then the others.
fn ranked(scope: &Scope<'_>, plan: &Plan<'_>) -> Vec<String> {
    let words = scope.words;
    let lines = lead::order(plan, 0);
    let Some((first, others)) = lines.split_first() else {
        return vec![words.text("description.no-value").to_owned()];
    };
    let Some(top) = lead::known(plan, *first, 0) else { return vec![] };
    let (name, value) = (plan.items[*first].name(), scope.told(top));
    if others.is_empty() {
        return vec![words.fill("description.single", &[("item", &name), ("value", &value)])];
    }
    let is_tied =
        |line: &&usize| lead::known(plan, **line, 0).is_some_and(|row| lead::is_same(row, top));
    let tied = others.iter().take_while(is_tied).count();
    // Parts of a whole that are equal may be a point apart as printed.
    let is_apart =
        |line: &usize| lead::known(plan, *line, 0).is_some_and(|row| scope.told(row) != value);
    let is_list = lead::is_beaten(plan, 0) || others[..tied].iter().any(is_apart);
    if lines.len() <= TOLD && is_list {
        let subject = title::subject(scope, plan);
        let all = [("item", subject.as_str()), ("list", &pairs(scope, plan, &lines, 0))];
        return vec![words.fill("description.list", &all)];
    }
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
        let last = [("item", &*plan.items[*last].name()), ("value", &*scope.told(row))];
        sentences.push(words.fill("description.last", &last));
    }
    if let between @ 1.. = hidden.len() - 1 {
        sentences.push(words.plural("description.others", between as u64, &[]));
    }
    sentences
}

/// So many follow the first where there are too many to tell.
const NEXT: usize = 2;

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
    let value = scope.told(row);
    let is_alone = order
        .get(1)
        .and_then(|line| lead::known(plan, *line, 0))
        .is_none_or(|second| scope.told(second) != value && !lead::is_same(row, second));
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

/// Which answers of a statement are told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Answers {
    /// The net only.
    None,
    /// Every one.
    All,
}

/// The statements of a battery: the net of each, and its answers where they
/// are few.
fn battery(scope: &Scope<'_>, plan: &Plan<'_>) -> Vec<String> {
    let has_net = plan.beside.iter().any(|beside| beside.estimator == Estimator::Net);
    let answers = if is_long(plan) && has_net { Answers::None } else { Answers::All };
    let lines = 0..plan.items.len().min(TOLD);
    let mut sentences: Vec<String> =
        lines.filter_map(|line| statement(scope, plan, line, answers)).collect();
    if let left @ 1.. = plan.items.len().saturating_sub(TOLD) {
        sentences.push(scope.words.plural("description.others", left as u64, &[]));
    }
    sentences
}

/// One statement of a battery; nothing where nothing is known of it.
pub(super) fn statement(
    scope: &Scope<'_>,
    plan: &Plan<'_>,
    line: usize,
    answers: Answers,
) -> Option<String> {
    let words = scope.words;
    let mut told = vec![];
    let net = plan.beside.iter().find(|beside| beside.estimator == Estimator::Net);
    if let Some((beside, row)) = net.and_then(|beside| Some((beside, shown(beside.rows[line])?))) {
        let label = describe::inside(scope, &describe::beside_heading(scope, beside));
        let value = scope.told(row);
        told.push(words.fill("description.measure", &[("label", &label), ("value", &value)]));
    }
    if answers == Answers::All {
        told.extend(plan.slices.iter().zip(&plan.cells[line]).filter_map(|(slice, row)| {
            let row = shown(*row)?;
            Some(describe::pair(scope, &describe::inside(scope, &slice.label), row))
        }));
    }
    let item = plan.items[line].name();
    let named = [("item", item.as_str()), ("list", &words.list(&told))];
    (!told.is_empty()).then(|| words.fill("description.list", &named))
}

/// How lines change from wave to wave: each of them, or where they are many
/// those that clearly do.
fn over_waves(scope: &Scope<'_>, plan: &Plan<'_>) -> Vec<String> {
    let lines = || 0..plan.items.len();
    if !is_long(plan) || !plan.rows().any(tested::computed) {
        let mut sentences: Vec<String> =
            lines().take(TOLD).filter_map(|line| change(scope, plan, line)).collect();
        if let left @ 1.. = plan.items.len().saturating_sub(TOLD) {
            sentences.push(scope.words.plural("description.others", left as u64, &[]));
        }
        return sentences;
    }
    let mut sentences = vec![];
    for (direction, lines) in differ::changes(scope, plan) {
        let is_clear = matches!(direction, Change::Rose | Change::Fell);
        if is_clear && lines.len() <= TOLD {
            sentences.extend(lines.into_iter().filter_map(|line| change(scope, plan, line)));
        } else {
            sentences.push(scope.words.plural(direction.of_lines(), lines.len() as u64, &[]));
        }
    }
    sentences
}

/// One line over waves: its first and its last number, or the only one.
fn change(scope: &Scope<'_>, plan: &Plan<'_>, line: usize) -> Option<String> {
    let item = plan.items[line].name();
    let called = |slice: &Slice<'_>| describe::inside(scope, &slice.label);
    let mut known = plan
        .slices
        .iter()
        .zip(&plan.cells[line])
        .filter_map(|(slice, row)| Some((slice, shown(*row)?)));
    let (from, before) = known.next()?;
    let Some((to, after)) = known.next_back() else {
        let value = scope.told(before);
        let named = [("item", item.as_str()), ("group", &called(from)), ("value", &value)];
        return Some(scope.words.fill("description.single-of", &named));
    };
    let (first, last) = (scope.told(before), scope.told(after));
    let key = match Change::between(scope, before, after) {
        // What prints alike goes from nowhere to nowhere.
        Change::Unclear if first == last => "description.wave-same-unclear",
        Change::Untested if first == last => "description.wave-same",
        change => change.of_a_line(),
    };
    Some(scope.words.fill(
        key,
        &[
            ("item", &item),
            ("from", &called(from)),
            ("from_value", &first),
            ("to", &called(to)),
            ("to_value", &last),
        ],
    ))
}
