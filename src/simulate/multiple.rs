//! The answers to a multiple choice.

use super::chance::SD;
use super::desk::{Columns, Desk, SELDOM, nearest, outside, weights};
use crate::survey::{Choice, Role};

/// Ticks options: "none" and "don't know" alone, of the others one at least
/// where an answer without published figures can be given.
pub(super) fn ticks(desk: &mut Desk<'_>, options: &[Choice]) -> Columns {
    let count = desk.people.count;
    let unknown = outside(options);
    let (base, without) = desk.base(unknown.is_some());
    let mut asked = vec![false; count];
    for one in base.iter().chain(&without) {
        asked[*one] = true;
    }
    let mut ticked = vec![vec![false; count]; options.len()];
    if let Some(at) = options.iter().position(|option| option.role == Role::DontKnow) {
        for one in &without {
            ticked[at][*one] = true;
        }
    }
    // "None" is of those who are least far on.
    let mut able = base;
    for (at, option) in options.iter().enumerate().filter(|(_, own)| own.role == Role::None) {
        let scores = desk.scores(-9);
        for one in said(desk, option, SELDOM, &able, &scores) {
            ticked[at][one] = true;
        }
        able.retain(|one| !ticked[at][*one]);
    }
    answers(desk, options, &able, &mut ticked);
    let cell = |ticked: bool, asked: bool| match (asked, ticked) {
        (false, _) => String::new(),
        (true, ticked) => u8::from(ticked).to_string(),
    };
    let columns = options.iter().zip(ticked).map(|(option, ticked)| {
        let cells = ticked.iter().zip(&asked).map(|(ticked, asked)| cell(*ticked, *asked));
        (format!("{}_{}", desk.question.key, option.key), cells.collect())
    });
    columns.collect()
}

/// Who of `able` gives an answer: as many as figures say, else `rate` in a
/// hundred.
fn said(desk: &Desk<'_>, option: &Choice, rate: u64, able: &[usize], scores: &[i64]) -> Vec<usize> {
    if desk.about(Some(&option.key)).is_empty() {
        nearest(able, scores, able.len() * rate as usize / 100)
    } else {
        desk.chosen(able, &option.key, rate, scores)
    }
}

/// Ticks the options that go together, those with figures first.
fn answers(desk: &mut Desk<'_>, options: &[Choice], able: &[usize], ticked: &mut [Vec<bool>]) {
    let is_answer = |option: &Choice| matches!(option.role, Role::Answer | Role::Other);
    let own: Vec<usize> = (0..options.len()).filter(|at| is_answer(&options[*at])).collect();
    let rates = weights(&mut desk.chance, &own.iter().map(|at| &options[*at]).collect::<Vec<_>>());
    let (aimed, free): (Vec<_>, Vec<_>) = own
        .into_iter()
        .zip(rates)
        .partition(|(at, _)| !desk.about(Some(&options[*at].key)).is_empty());
    let mut silent = vec![true; desk.people.count];
    for (at, rate) in aimed.into_iter().chain(free.clone()) {
        let mut scores = desk.scores(7);
        // Who has said nothing yet is nearer to saying something.
        scores.iter_mut().zip(&silent).for_each(|(own, silent)| *own += i64::from(*silent) * SD);
        for one in said(desk, &options[at], rate, able, &scores) {
            ticked[at][one] = true;
            silent[one] = false;
        }
    }
    let usual: Vec<usize> =
        free.into_iter().map(|(at, _)| at).filter(|at| options[*at].role == Role::Answer).collect();
    for one in able.iter().filter(|one| silent[**one] && !usual.is_empty()) {
        let at = desk.chance.below(usual.len() as u64) as usize;
        ticked[usual[at]][*one] = true;
    }
}
