//! A column of several answers each, joined by a sign: chosen, or ranked.

use std::collections::{BTreeMap, BTreeSet};

use super::Plan;
use crate::import::joined::{self, Joined};
use crate::import::question::{Answers, Kind, Question};
use crate::import::types::draft::also;
use crate::import::types::options::Options;

impl Plan<'_> {
    pub(super) fn several(&self, question: &mut Question, joined: &Joined) {
        let mut options = Options::new(self.known());
        let told = !options.list.is_empty();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        joined.rows.iter().flatten().for_each(|piece| *counts.entry(piece).or_default() += 1);
        let base = joined.rows.iter().filter(|row| !row.is_empty()).count();
        // Seen three times or by one in a hundred; the rest was typed.
        let is_option = |piece: &str, options: &Options| {
            options.find(piece).is_some()
                || (!told
                    && counts.get(piece).is_some_and(|count| {
                        3 <= *count || (2 <= *count && *count * 100 >= base) || base < 10
                    }))
        };
        let mut typed = 0;
        let rows: Vec<BTreeSet<usize>> = joined
            .rows
            .iter()
            .map(|row| {
                row.iter()
                    .map(|piece| {
                        if is_option(piece, &options) {
                            options.take(piece)
                        } else {
                            typed += 1;
                            options.take("Other")
                        }
                    })
                    .collect()
            })
            .collect();
        question.kind = Kind::Multiple;
        question.answers = Answers::Ticks(
            (0..options.list.len())
                .map(|option| {
                    rows.iter()
                        .map(|row| (!row.is_empty()).then(|| row.contains(&option)))
                        .collect()
                })
                .collect(),
        );
        question.options = options.list;
        let empty = rows.len() - base;
        let mut why = format!("answers joined by `{}`", joined.sign);
        if 0 < typed {
            why = format!("{why}; {typed} rarer answers count as `other`");
        }
        if 0 < empty {
            why = format!(
                "{why}; {empty} rows without a tick are empty: the tool does not tell \"none\" from \"not asked\""
            );
        }
        question.why = also(&question.why, &why);
    }

    pub(super) fn ranking(&self, question: &mut Question, joined: &Joined) {
        let mut options = Options::new(self.known());
        let rows: Vec<Vec<usize>> = joined
            .rows
            .iter()
            .map(|row| row.iter().map(|piece| options.take(piece)).collect())
            .collect();
        let places = options.list.len();
        question.kind = Kind::Ranking;
        question.answers = Answers::Ranks(
            (0..places)
                .map(|place| rows.iter().map(|row| row.get(place).copied()).collect())
                .collect(),
        );
        question.options = options.list;
        let why =
            format!("every cell has the same items in another order, joined by `{}`", joined.sign);
        question.why = also(&question.why, &why);
    }

    pub(super) fn known_pieces(&self, signs: &[&'static str]) -> Joined {
        let sign = signs.first().copied().unwrap_or(" ");
        let known: Vec<String> = self
            .known()
            .iter()
            .flat_map(|choice| choice.label.values().cloned().chain([choice.code.clone()]))
            .collect();
        let cells: Vec<&str> = self.cells.iter().map(String::as_str).collect();
        joined::split_known(&cells, sign, &known)
    }
}

/// Every cell has all the items, in orders that differ; a few may be cut short.
pub(super) fn is_ranking(joined: &Joined) -> bool {
    let items: BTreeSet<&String> = joined.rows.iter().flatten().collect();
    let filled: Vec<&Vec<String>> = joined.rows.iter().filter(|row| !row.is_empty()).collect();
    let whole = filled.iter().filter(|row| row.len() == items.len()).count();
    let orders: BTreeSet<&Vec<String>> = filled.iter().copied().collect();
    let once = filled.iter().all(|row| row.iter().collect::<BTreeSet<_>>().len() == row.len());
    3 <= items.len()
        && items.len() <= 30
        && once
        && 2 < orders.len()
        && filled.len() * 8 <= whole * 10
}
