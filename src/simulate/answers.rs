//! The answers to one question: how many of each group, then who.

use super::chance::SD;
use super::desk::{Columns, Desk, nearest, outside, weights};
use super::people::shared;
use super::{goal, multiple, ranking};
use crate::survey::{Choice, QuestionKind};

/// Answers a question.
pub(super) fn columns(desk: &mut Desk<'_>) -> Columns {
    let key = desk.question.key.to_string();
    let people = desk.people;
    if people.level(0, &key).is_some() {
        let level = |one| people.level(one, &key).unwrap_or_default().to_owned();
        return vec![(key.clone(), (0..people.count).map(level).collect())];
    }
    match &desk.question.kind {
        QuestionKind::Single(options) => one_of(desk, options),
        QuestionKind::Likert(options) => scale(desk, options),
        QuestionKind::Multiple(options) => multiple::ticks(desk, options),
        QuestionKind::Ranking { options, places } => ranking::ranks(desk, options, *places),
        QuestionKind::Score { start, end, step } => {
            let most = ((end - start) / step).round() as u64;
            let cells = numbers(desk, most).into_iter();
            let cells = cells.map(|number| number.map(|n| start + step * n as f64));
            vec![(key, cells.map(written).collect())]
        }
        QuestionKind::Integer | QuestionKind::Decimal => {
            let parts = if desk.question.kind == QuestionKind::Integer { 1.0 } else { 10.0 };
            let means = desk.figures.iter().map(|figure| figure.value.value);
            let highest = means.fold(5.0_f64, f64::max);
            let cells = numbers(desk, (3.0 * highest * parts).ceil() as u64).into_iter();
            vec![(key, cells.map(|n| written(n.map(|n| n as f64 / parts))).collect())]
        }
        QuestionKind::Open => vec![(key, vec![String::new(); people.count])],
    }
}

fn written(number: Option<f64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

fn one_of(desk: &mut Desk<'_>, options: &[Choice]) -> Columns {
    let mut cells = vec![String::new(); desk.people.count];
    let unknown = outside(options);
    let (mut left, without) = desk.base(unknown.is_some());
    for one in without {
        cells[one] = unknown.map(|option| option.key.to_string()).unwrap_or_default();
    }
    // The first option is that of who is far on, `yes` before `no`; of a scale
    // the last.
    let is_scale = matches!(desk.question.kind, QuestionKind::Likert(_));
    let scores = desk.scores(if is_scale { -7 } else { 7 });
    let in_base: Vec<&Choice> = options.iter().filter(|option| option.role.in_base()).collect();
    let (aimed, free): (Vec<&Choice>, Vec<&Choice>) =
        in_base.iter().copied().partition(|option| !desk.about(Some(&option.key)).is_empty());
    let evenly = 100 / (in_base.len() as u64).max(1);
    for option in &aimed {
        for one in desk.chosen(&left, &option.key, evenly, &scores) {
            cells[one] = option.key.to_string();
        }
        left.retain(|one| cells[*one].is_empty());
    }
    left = nearest(&left, &scores, left.len());
    let rest = if free.is_empty() { aimed.last().copied().into_iter().collect() } else { free };
    let sizes = shared(left.len() as u64, &weights(&mut desk.chance, &rest));
    let mut next = left.into_iter();
    for (option, size) in rest.iter().zip(sizes) {
        for one in next.by_ref().take(size as usize) {
            cells[one] = option.key.to_string();
        }
    }
    vec![(desk.question.key.to_string(), cells)]
}

/// A scale with a published mean is a score; else its options are chosen.
fn scale(desk: &mut Desk<'_>, options: &[Choice]) -> Columns {
    let aims = !desk.about(None).is_empty();
    if !aims || goal::scale(&desk.question.kind).is_none() {
        return one_of(desk, options);
    }
    let in_base: Vec<&Choice> = options.iter().filter(|option| option.role.in_base()).collect();
    let cells = numbers(desk, in_base.len() as u64 - 1).into_iter();
    let cells = cells.map(|number| number.map(|n| in_base[n as usize].key.to_string()));
    vec![(desk.question.key.to_string(), cells.map(Option::unwrap_or_default).collect())]
}

/// Whole numbers of steps from 0 to `most`, that have the published means.
fn numbers(desk: &mut Desk<'_>, most: u64) -> Vec<Option<u64>> {
    let (base, _) = desk.base(false);
    let figures = desk.about(None);
    let scale = goal::scale(&desk.question.kind);
    let whole = figures.iter().find(|figure| figure.group.is_none()).or(figures.first());
    let usual = match whole.zip(scale) {
        // In hundredths of a step.
        Some((figure, scale)) => {
            ((figure.value.value * 1e8).round() as i64 - scale.start as i64 * 100)
                / scale.step.max(1) as i64
        }
        None => (most * (35 + desk.chance.below(30))) as i64,
    };
    let scores = desk.scores(10);
    // A spread of about a fifth of the scale.
    let width = (most as i64 * 100 / 7).max(60);
    let own = |one: usize| {
        let hundredths = usual + scores[one] * width / SD;
        ((hundredths + 50).div_euclid(100)).clamp(0, most as i64) as u64
    };
    let mut given: Vec<Option<u64>> = vec![None; desk.people.count];
    let figures = desk.about(None);
    for (cell, total) in desk.aim(&base, &figures, most, own) {
        let mut order = nearest(&cell, &scores, cell.len());
        let mut sum: u64 = cell.iter().map(|one| own(*one)).sum();
        for one in &cell {
            given[*one] = Some(own(*one));
        }
        // Those far on rise first, those least far on fall first.
        while sum < total {
            for one in &order {
                if sum < total && given[*one] < Some(most) {
                    given[*one] = given[*one].map(|n| n + 1);
                    sum += 1;
                }
            }
        }
        order.reverse();
        while total < sum {
            for one in &order {
                if total < sum && Some(0) < given[*one] {
                    given[*one] = given[*one].map(|n| n - 1);
                    sum -= 1;
                }
            }
        }
    }
    given
}
