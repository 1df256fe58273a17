//! The attack that takes all answers of a question at once: of each part, how
//! many gave each of them and how many none. The answers of a single choice
//! add up to the base, which no hidden cell lacks; with those who said nothing
//! they add up to the respondents; and a mean, a net or the share of the two
//! highest tells a sum of them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::attacker::{Attacker, Counted, Narrowed, Place, is_hidden, place, text};
use crate::simplex::Program;

/// What is released of a question in a wave.
type Question<'r> = BTreeMap<(String, String), Vec<&'r Value>>;

/// What is released of a question: the shares of its answers, those of "don't
/// know" among all, what sums of answers tell, and how many respondents groups have.
struct Together<'r> {
    shares: Vec<&'r Value>,
    doubts: Vec<&'r Value>,
    sums: Vec<&'r Value>,
    groups: Vec<Counted>,
}

impl Attacker {
    /// Narrows every hidden cell of each single choice, scale and score.
    pub(crate) fn attack_answers_together(&self, release: &Value) -> Vec<Narrowed> {
        let mut questions: Question<'_> = BTreeMap::new();
        let mut multiple = BTreeSet::new();
        for row in release["estimates"].as_array().unwrap() {
            let key = (text(row, "wave"), text(row, "question"));
            if row["estimator"] == "mean_choices" {
                multiple.insert(key.clone());
            }
            let computed = row["provenance"] == "collected" || row["provenance"] == "simulated";
            if computed && self.can_place(row) && !self.names.contains(&key.1) {
                questions.entry(key).or_default().push(row);
            }
        }
        let mut narrowed = vec![];
        for (key, rows) in questions.iter().filter(|(key, _)| !multiple.contains(key)) {
            let of = |estimator: &str| {
                rows.iter().copied().filter(|row| row["estimator"] == estimator).collect::<Vec<_>>()
            };
            let shares = of("proportion");
            if shares.iter().any(|row| is_hidden(row)) {
                let sums = ["mean", "net", "top2", "bottom2"].map(of).concat();
                let released = Together {
                    shares,
                    sums,
                    doubts: of("proportion_dk_in_base"),
                    groups: self.respondents(release, &key.0),
                };
                self.narrow_together(key, &released, &mut narrowed);
            }
        }
        narrowed
    }

    fn narrow_together(
        &self,
        (_, question): &(String, String),
        Together { shares, doubts, sums, groups }: &Together<'_>,
        narrowed: &mut Vec<Narrowed>,
    ) {
        let mut items = items_of(shares, &[]);
        let in_base = items.len();
        items.extend(items_of(doubts, &items));
        // Of those who are outside the base only the share among all is shown.
        let widest = if doubts.is_empty() { shares } else { doubts };
        let possible = self.possible(widest);
        let index: BTreeMap<usize, usize> = possible.iter().copied().zip(0..).collect();
        let members = |place: &Place| -> Vec<usize> {
            let members = self.members(place).into_iter();
            members.filter_map(|atom| index.get(&atom).copied()).collect()
        };
        let (count, parts) = (items.len(), possible.len());
        let silent = count * parts;
        let mut unknowns = silent + self.atoms.len();
        // The answers of some parts, each counted so many times.
        let counted = |of: &[usize], times: &dyn Fn(usize) -> f64| -> Vec<(usize, f64)> {
            let answers = (0..count)
                .flat_map(|item| of.iter().map(move |at| (item * parts + at, times(item))));
            answers.filter(|(_, times)| times.abs() > 0.0).collect()
        };
        let mut equations = vec![];
        let mut seen = BTreeSet::new();
        for (rows, bound) in [(shares, in_base), (doubts, count)] {
            let base = |item: usize| f64::from(u8::from(item < bound));
            for row in rows {
                let of = members(&place(row));
                let own = items.iter().position(|item| *item == text(row, "item")).unwrap();
                let is_new = seen.insert((bound, place(row)));
                if row["flag"] == "empty" {
                    equations.push((counted(&of, &base), 0.0));
                } else if let (Some(n), Some(share)) = (row["n"].as_f64(), row["estimate"].as_f64())
                {
                    let one = |item: usize| f64::from(u8::from(item == own));
                    equations.push((counted(&of, &one), (n * share).round()));
                    if is_new {
                        equations.push((counted(&of, &base), n));
                    }
                } else if is_hidden(row) && is_new && bound == count {
                    // A hidden cell is not empty.
                    let mut terms = counted(&of, &base);
                    terms.push((unknowns, -1.0));
                    unknowns += 1;
                    equations.push((terms, 1.0));
                }
            }
        }
        for row in sums {
            let (Some(n), Some(sum)) = (row["n"].as_f64(), row["estimate"].as_f64()) else {
                continue;
            };
            if let Some(times) = times(row, &items[..in_base]) {
                // A net is from -1 on: with everybody counted once more, from 0.
                let more = if row["estimator"] == "net" { 1.0 } else { 0.0 };
                let times = |item: usize| times.get(item).map_or(0.0, |times| times + more);
                let terms = counted(&members(&place(row)), &times);
                equations.push((terms, (n * (sum + more)).round()));
            }
        }
        for (atoms, respondents) in groups {
            let of: Vec<usize> = atoms.iter().filter_map(|atom| index.get(atom).copied()).collect();
            let mut terms = counted(&of, &|_| 1.0);
            terms.extend(atoms.iter().map(|atom| (silent + atom, 1.0)));
            equations.push((terms, *respondents));
        }
        let mut program =
            Program::new(unknowns, &equations).expect("published numbers have a solution");
        let hidden: BTreeSet<Place> =
            shares.iter().filter(|row| is_hidden(row)).map(|row| place(row)).collect();
        for cell in &hidden {
            let of = members(cell);
            let mut range = |terms: Vec<(usize, f64)>| {
                let of: Vec<usize> = terms.into_iter().map(|(at, _)| at).collect();
                let (low, high) = program.range(&of);
                ((low - 1e-6).ceil(), (high + 1e-6).floor())
            };
            let one = |own: usize| counted(&of, &move |item| f64::from(u8::from(item == own)));
            let ranges: Vec<(f64, f64)> = (0..items.len()).map(|own| range(one(own))).collect();
            let rows: Vec<&Value> = shares.iter().chain(doubts).copied().collect();
            let is_zero = |(item, (_, high)): (&String, &(f64, f64))| {
                let rows: Vec<&Value> =
                    rows.iter().copied().filter(|row| text(row, "item") == *item).collect();
                *high < 0.5 && self.is_known_zero(&rows, cell, "yes")
            };
            let zero: Vec<bool> = items.iter().zip(&ranges).map(is_zero).collect();
            let about = |item: String, (low, high): (f64, f64), excused| {
                let subject = (question.clone(), item, "together".to_owned());
                Narrowed { place: cell.clone(), subject, low, high, excused }
            };
            // What sums of answers would tell of it; the base it has is no secret there.
            for row in sums.iter().filter(|row| place(row) == *cell) {
                let Some(times) = times(row, &items[..in_base]) else { continue };
                let (low, high) = program
                    .range_of(&counted(&of, &|item| times.get(item).copied().unwrap_or(0.0)));
                let mut counts: Vec<f64> =
                    (0..in_base).filter(|item| !zero[*item]).map(|item| times[item]).collect();
                counts.dedup_by(|one, other| (*one - *other).abs() < 1e-9);
                narrowed.push(about(text(row, "estimator"), (low, high), counts.len() < 2));
            }
            for (own, (low, high)) in ranges.into_iter().enumerate() {
                // Where nobody gave any other answer, all who gave this are the base.
                let others = zero.iter().enumerate().all(|(at, zero)| at == own || *zero);
                narrowed.push(about(items[own].clone(), (low, high), zero[own] || others));
            }
        }
    }
}

/// The answers that rows are about, without those of `others`.
fn items_of(rows: &[&Value], others: &[String]) -> Vec<String> {
    let mut items: Vec<String> = vec![];
    for item in rows.iter().map(|row| text(row, "item")) {
        if !items.contains(&item) && !others.contains(&item) {
            items.push(item);
        }
    }
    items
}

/// How often each answer counts in a sum. `None`: the release does not say.
fn times(row: &Value, items: &[String]) -> Option<Vec<f64>> {
    let numbers = || items.iter().map(|item| item.parse::<f64>().ok()).collect();
    let last = items.len();
    let ends = |at: usize| (at < 2, at + 2 >= last);
    let by_place = |times: &dyn Fn((bool, bool)) -> f64| {
        Some((0..last).map(|at| times(ends(at))).collect::<Vec<_>>())
    };
    let one = |is: bool| f64::from(u8::from(is));
    match row["estimator"].as_str()? {
        "mean" => numbers(),
        _ if last < 4 => None,
        "top2" => by_place(&|(_, top)| one(top)),
        "bottom2" => by_place(&|(bottom, _)| one(bottom)),
        "net" => by_place(&|(bottom, top)| one(top) - one(bottom)),
        _ => None,
    }
}
