//! Neighbouring columns that no one question fits, cut into parts that one may.

use std::collections::BTreeSet;

use super::common::{Given, value};
use crate::import::export::Export;
use crate::import::scales;
use crate::import::text::{NO, YES, clean, same};

/// The parts of a family that no one question fits: ticks beside each other,
/// lines with common answers, and columns that have nothing in common with
/// the others.
pub(in crate::import::types) fn parts(export: &Export, family: &[usize]) -> Vec<Vec<usize>> {
    #[derive(PartialEq, Clone, Copy)]
    enum Like {
        Ticks,
        Lines,
        None,
    }
    let values = |at: &usize| -> BTreeSet<String> {
        export
            .cells(*at)
            .map(clean)
            .filter(|cell| !cell.is_empty())
            .map(|cell| value(&cell))
            .collect()
    };
    let values: Vec<BTreeSet<String>> = family.iter().map(values).collect();
    let tick = |place: usize| {
        let item = export.columns[family[place]].item.as_ref().map(|item| same(&item.text));
        let ticks = |cell: &String| {
            YES.contains(&cell.as_str())
                || NO.contains(&cell.as_str())
                || Some(cell) == item.as_ref()
        };
        values[place].iter().all(ticks)
    };
    let common = |place: usize| {
        (0..family.len()).any(|other| other != place && !values[place].is_disjoint(&values[other]))
    };
    let given: Vec<Given> = family.iter().map(|at| Given::new(export, *at)).collect();
    let like = |place: usize| match () {
        () if values[place].is_empty() => None,
        () if tick(place) => Some(Like::Ticks),
        () if common(place) => Some(Like::Lines),
        () => Some(Like::None),
    };
    let mut parts: Vec<(Like, Vec<usize>)> = vec![];
    for (place, at) in family.iter().enumerate() {
        let item = export.columns[*at].item.as_ref();
        let other = item.is_some_and(|item| scales::is_other(&item.text));
        match parts.last_mut() {
            Some((last, part)) => match like(place) {
                // What nobody chose, and what was typed, follows the ticks.
                None => part.push(*at),
                Some(Like::None) if *last == Like::Ticks && other => part.push(*at),
                Some(own)
                    if own == *last
                        && own != Like::None
                        && (own == Like::Ticks || given[place].is_like(&given[place - 1])) =>
                {
                    part.push(*at);
                }
                Some(own) => parts.push((own, vec![*at])),
            },
            None => parts.push((like(place).unwrap_or(Like::Ticks), vec![*at])),
        }
    }
    parts.into_iter().map(|(_, part)| part).collect()
}
