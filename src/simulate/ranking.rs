//! The answers to a ranking.

use super::chance::SD;
use super::desk::{Columns, Desk};
use super::goal::{self, Asked};
use crate::survey::{Choice, OptionKey, PublishedFigure, Role};

/// Ranks by what each respondent thinks of the options; published places pull
/// until the order of the mean points is that of the figures.
pub(super) fn ranks(desk: &mut Desk<'_>, options: &[Choice], places: usize) -> Columns {
    const RANKED: usize = 5;
    const PULLS: i64 = 12;
    let (base, _) = desk.base(false);
    let able: Vec<usize> = (0..options.len())
        .filter(|at| matches!(options[*at].role, Role::Answer | Role::Other))
        .collect();
    let liked: Vec<i64> = able.iter().map(|_| desk.chance.normal() / 3).collect();
    let minds: Vec<Vec<i64>> = able.iter().map(|_| desk.scores(0)).collect();
    let filled = places.min(able.len()).min(RANKED);
    let ranked = |pull: i64| -> Vec<Vec<usize>> {
        let of = |one: &usize| {
            let mut order: Vec<usize> = (0..able.len()).collect();
            order.sort_by_key(|at| {
                let drawn = pulled(desk, &options[able[*at]].key, *one) * pull * SD / 4;
                (-(liked[*at] + minds[*at][*one] + drawn), *at)
            });
            order.truncate(filled);
            order.into_iter().map(|at| able[at]).collect()
        };
        base.iter().map(of).collect()
    };
    let orders = (0..PULLS).map(ranked).find(|orders| in_place(desk, options, &base, orders));
    let orders = orders.unwrap_or_else(|| ranked(PULLS));
    let mut columns: Columns = (1..=filled)
        .map(|rank| {
            (format!("{}_{rank}", desk.question.key), vec![String::new(); desk.people.count])
        })
        .collect();
    for (one, order) in base.iter().zip(orders) {
        for (rank, option) in order.into_iter().enumerate() {
            columns[rank].1[*one] = options[option].key.to_string();
        }
    }
    columns
}

/// How strongly published places draw a respondent to an option: those of its
/// group before those of everybody.
fn pulled(desk: &Desk<'_>, option: &OptionKey, one: usize) -> i64 {
    let figures = desk.figures.iter().filter(|figure| {
        figure.item.as_ref() == Some(option)
            && goal::asked(desk.question, figure) == Asked::Place
            && desk.people.is_in(one, figure.group.as_ref())
    });
    let pull = |figure: &&PublishedFigure| {
        let place = figure.value.value.round() as i64;
        (4 - place).max(0) * if figure.group.is_some() { 2 } else { 1 }
    };
    figures.map(pull).sum()
}

/// Whether every published place is that of the mean points.
fn in_place(desk: &Desk<'_>, options: &[Choice], base: &[usize], orders: &[Vec<usize>]) -> bool {
    let places = desk.figures.iter().filter(|f| goal::asked(desk.question, f) == Asked::Place);
    places.into_iter().all(|figure| {
        let mut points = vec![0_u64; options.len()];
        for (one, order) in base.iter().zip(orders) {
            if desk.people.is_in(*one, figure.group.as_ref()) {
                for (rank, option) in order.iter().enumerate() {
                    points[*option] += (order.len() - rank) as u64;
                }
            }
        }
        let own = options.iter().position(|option| Some(&option.key) == figure.item.as_ref());
        own.is_some_and(|own| {
            let better = points.iter().filter(|other| points[own] < **other).count() + 1;
            let alone = points.iter().filter(|other| points[own] == **other).count() == 1;
            alone && better == figure.value.value.round() as usize
        })
    })
}
