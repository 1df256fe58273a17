//! The attack that takes all things of a ranking at once: of each part, how many
//! put each of them on each place. Everybody put one of them first, nobody two
//! on one place, and nobody one of them on two.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::attacker::{Attacker, Counted, Narrowed, Place, is_hidden, place, text};
use crate::simplex::Program;

impl Attacker {
    /// Narrows every hidden cell of each ranking with so many places: how many
    /// put a thing first, and how many on any place.
    pub(crate) fn attack_rankings(&self, release: &Value, places: usize) -> Vec<Narrowed> {
        let mut questions: BTreeMap<(String, String), Vec<&Value>> = BTreeMap::new();
        for row in release["estimates"].as_array().unwrap() {
            let is_rank = text(row, "estimator").starts_with("rank_");
            if is_rank && row["provenance"] == "collected" && self.can_place(row) {
                let key = (text(row, "wave"), text(row, "question"));
                questions.entry(key).or_default().push(row);
            }
        }
        let mut narrowed = vec![];
        for ((wave, question), rows) in &questions {
            if rows.iter().any(|row| is_hidden(row)) {
                let groups = self.respondents(release, wave);
                self.narrow_ranking(question, rows, &groups, places, &mut narrowed);
            }
        }
        narrowed
    }

    fn narrow_ranking(
        &self,
        question: &str,
        rows: &[&Value],
        groups: &[Counted],
        places: usize,
        narrowed: &mut Vec<Narrowed>,
    ) {
        let items: BTreeSet<String> = rows.iter().map(|row| text(row, "item")).collect();
        let items: Vec<String> = items.into_iter().collect();
        let possible = self.possible(rows);
        let index: BTreeMap<usize, usize> = possible.iter().copied().zip(0..).collect();
        let members = |place: &Place| -> Vec<usize> {
            let members = self.members(place).into_iter();
            members.filter_map(|atom| index.get(&atom).copied()).collect()
        };
        // Of each part: how many answered, and put each thing on each place.
        let parts = possible.len();
        let on = |item: usize, rank: usize, part: usize| {
            parts + (item * places + rank - 1) * parts + part
        };
        let silent = parts + items.len() * places * parts;
        let mut unknowns = silent + self.atoms.len();
        let mut equations: Vec<(Vec<(usize, f64)>, f64)> = vec![];
        for part in 0..parts {
            let ranked = |rank: usize, times: f64| {
                (0..items.len()).map(move |item| (on(item, rank, part), times)).collect::<Vec<_>>()
            };
            equations.push(([ranked(1, 1.0), vec![(part, -1.0)]].concat(), 0.0));
            let mut at_most = |mut terms: Vec<(usize, f64)>| {
                terms.push((unknowns, 1.0));
                unknowns += 1;
                equations.push((terms, 0.0));
            };
            for rank in 2..=places {
                at_most([ranked(rank, 1.0), ranked(rank - 1, -1.0)].concat());
            }
            for item in 0..items.len() {
                let mut terms: Vec<(usize, f64)> =
                    (1..=places).map(|rank| (on(item, rank, part), 1.0)).collect();
                terms.push((part, -1.0));
                at_most(terms);
            }
        }
        let sum = |of: &[usize], item: usize, times: &dyn Fn(usize) -> f64| {
            let ranks = (1..=places).filter(|rank| times(*rank) > 0.0);
            let terms = ranks.flat_map(|rank| of.iter().map(move |part| (rank, *part)));
            terms.map(|(rank, part)| (on(item, rank, part), times(rank))).collect::<Vec<_>>()
        };
        let times = |estimator: &str, rank: usize| match estimator {
            "rank_first" => f64::from(u8::from(rank == 1)),
            "rank_top3" => 1.0,
            _ => f64::from(u32::try_from(places + 1 - rank).unwrap()),
        };
        let mut seen = BTreeSet::new();
        for row in rows {
            let of = members(&place(row));
            let item = items.iter().position(|item| *item == text(row, "item")).unwrap();
            let is_new = seen.insert(place(row));
            let base: Vec<(usize, f64)> = of.iter().map(|part| (*part, 1.0)).collect();
            if let (Some(n), Some(mean)) = (row["n"].as_f64(), row["estimate"].as_f64()) {
                let estimator = text(row, "estimator");
                equations
                    .push((sum(&of, item, &|rank| times(&estimator, rank)), (n * mean).round()));
                if is_new {
                    equations.push((base, n));
                }
            } else if is_hidden(row) && is_new {
                equations.push(([base, vec![(unknowns, -1.0)]].concat(), 1.0));
                unknowns += 1;
            }
        }
        for (atoms, respondents) in groups {
            let of = atoms.iter().filter_map(|atom| index.get(atom).copied());
            let mut terms: Vec<(usize, f64)> = of.map(|part| (part, 1.0)).collect();
            terms.extend(atoms.iter().map(|atom| (silent + atom, 1.0)));
            equations.push((terms, *respondents));
        }
        let mut program =
            Program::new(unknowns, &equations).expect("published numbers have a solution");
        for row in rows.iter().filter(|row| is_hidden(row)) {
            let estimator = text(row, "estimator");
            if estimator == "rank_points_mean" {
                continue;
            }
            let (cell, item) = (place(row), text(row, "item"));
            let at = items.iter().position(|one| *one == item).unwrap();
            let of = sum(&members(&cell), at, &|rank| times(&estimator, rank));
            let of: Vec<usize> = of.into_iter().map(|(at, _)| at).collect();
            let (low, high) = program.range(&of);
            let (low, high) = ((low - 1e-6).ceil(), (high + 1e-6).floor());
            let same = |other: &&&Value| {
                text(other, "item") == item && other["estimator"] == estimator.as_str()
            };
            let rows: Vec<&Value> = rows.iter().filter(same).copied().collect();
            let excused = high < 0.5 && self.is_known_zero(&rows, &cell, "yes");
            let subject = (question.to_owned(), item, format!("{estimator} together"));
            narrowed.push(Narrowed { place: cell, subject, low, high, excused });
        }
    }
}
