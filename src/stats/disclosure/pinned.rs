//! Which hidden groups have a count that no trade changes.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::atoms::Atoms;
use super::classes::Classes;
use super::sample::{ColumnCounts, Sample};
use super::trades::{Partners, Staying, Trades, change};

/// Parts of the sample times published groups up to which trades are looked for:
/// the work grows with their square, for each pair of answers.
const MOST_TO_TRADE: usize = 10_000;

impl Sample<'_> {
    /// A hidden group of which no trade changes how many gave an answer, though
    /// others of it may have. An answer that nobody of large known parts gave is
    /// no secret of the groups in them.
    pub(super) fn pinned(
        &self,
        secret: &[usize],
        published: &[usize],
        known: &[&Atoms],
    ) -> Option<usize> {
        if self.counts.are_groups {
            return None;
        }
        let classes = Classes::new(self, published, secret, &self.nobody());
        if MOST_TO_TRADE < classes.count * published.len() {
            return None;
        }
        let (shown, cells) = (classes.of_groups(published), classes.of_groups(secret));
        let open = |column| self.open_answers(column, secret, known);
        let found = if self.counts.are_ranks {
            let open: Vec<_> = self.counts.columns.iter().map(open).collect();
            self.pinned_ranks(&open, &classes, (&shown, &cells))
        } else {
            let columns = self.counts.columns.par_iter().filter(|column| column.shares_shown);
            let pinned = |column| pinned_of(column, open(column), &classes, (&shown, &cells));
            columns.filter_map(pinned).min()
        };
        let found = found.or_else(|| self.unmoved(&classes, (&shown, &cells)));
        found.map(|cell| secret[cell])
    }

    /// The same of a ranking, where people trade the places of two things; `answers`
    /// are the open ones of each thing.
    fn pinned_ranks(
        &self,
        answers: &[Vec<BTreeSet<usize>>],
        classes: &Classes<'_>,
        groups: (&[Vec<usize>], &[Vec<usize>]),
    ) -> Option<usize> {
        let columns = self.counts.columns.iter();
        let counts: Vec<Vec<Vec<u64>>> = columns
            .map(|column| column.answers.iter().map(|answer| classes.count(answer)).collect())
            .collect();
        let both = |one: &[u64], other: &[u64]| -> Vec<u64> {
            one.iter().zip(other).map(|(one, other)| *one.min(other)).collect()
        };
        let of_cell = |cell: usize| -> BTreeSet<(usize, usize)> {
            let things = answers.iter().enumerate();
            things.flat_map(|(at, open)| open[cell].iter().map(move |rank| (at, *rank))).collect()
        };
        let mut open: Vec<_> = (0..groups.1.len()).map(of_cell).collect();
        for (one, other) in pairs(counts.len()) {
            for (rank, next) in pairs(counts[one].len()) {
                let gave = both(&counts[one][rank], &counts[other][next]);
                let take = both(&counts[one][next], &counts[other][rank]);
                let changed = [(one, rank), (one, next), (other, rank), (other, next)];
                trade(&mut open, &changed, Partners { gave: &gave, take: &take }, groups);
            }
        }
        open.iter().position(|answers| !answers.is_empty())
    }

    /// The first hidden group whose base stays what it is however people are moved
    /// between parts of the sample. Those who move gave the same answer, the one
    /// that most gave, so that nothing else that is published changes; and they leave
    /// somebody in each hidden group, since an empty one is shown as such.
    fn unmoved(
        &self,
        classes: &Classes<'_>,
        (shown, cells): (&[Vec<usize>], &[Vec<usize>]),
    ) -> Option<usize> {
        let sum = |answer: &Vec<u64>| -> u64 { answer.iter().sum() };
        let columns = || self.counts.columns.iter().filter(|column| column.shares_shown);
        let firsts = columns().map(|column| column.answers.get(1).map_or(0, sum));
        let first = firsts.enumerate().max_by_key(|(_, n)| *n);
        let most = columns().enumerate().filter_map(|(at, column)| {
            if self.counts.are_ranks {
                // They put one thing first, and nothing else anywhere.
                column.answers.get(usize::from(first.is_some_and(|(first, _)| first == at)))
            } else {
                column.answers.iter().max_by_key(|answer| sum(answer))
            }
        });
        let gave = most.fold(classes.count(&self.counts.n), |gave, answer| {
            gave.into_iter().zip(classes.count(answer)).map(|(one, other)| one.min(other)).collect()
        });
        let anyone = vec![u64::MAX; classes.count];
        let staying = Staying { cells, n: classes.count(&self.counts.anybody()) };
        let moves = Trades::new(shown, Partners { gave: &gave, take: &anyone }).leaving(&staying);
        cells.iter().position(|cell| !cell.is_empty() && moves.changing(cell).is_none())
    }

    /// By hidden group: the answers that somebody of it may have given for all
    /// that is known. None where there is one: that tells nothing which the base
    /// does not tell.
    fn open_answers(
        &self,
        column: &ColumnCounts,
        secret: &[usize],
        known: &[&Atoms],
    ) -> Vec<BTreeSet<usize>> {
        let least = if column.zeros_tell { self.certain } else { 0 };
        let tells = |at: usize| if at < column.answers.len() { least } else { self.certain };
        let answers: Vec<&Vec<u64>> = column.all().collect();
        let empty: Vec<Atoms> = answers
            .iter()
            .enumerate()
            .map(|(at, answer)| {
                let none = |atoms: &&&Atoms| {
                    tells(at) <= self.base(atoms) && atoms.iter().all(|atom| answer[atom] == 0)
                };
                let mut all = self.nobody();
                known.iter().filter(none).for_each(|atoms| all.add(atoms));
                all
            })
            .collect();
        let open = |cell: &usize| {
            let is_open = |at: &usize| !self.sets[*cell].is_subset(&empty[*at]);
            let open: BTreeSet<usize> = (0..answers.len()).filter(is_open).collect();
            if open.len() < 2 { BTreeSet::new() } else { open }
        };
        secret.iter().map(open).collect()
    }
}

/// Two of so many.
fn pairs(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |one| (one + 1..count).map(move |other| (one, other)))
}

/// The first hidden group with an answer that no trade is found to change, of
/// those that are `open` in it. `groups` are the classes of the published and of the
/// hidden ones.
fn pinned_of(
    column: &ColumnCounts,
    mut open: Vec<BTreeSet<usize>>,
    classes: &Classes<'_>,
    groups: (&[Vec<usize>], &[Vec<usize>]),
) -> Option<usize> {
    let counts: Vec<Vec<u64>> = column.all().map(|answer| classes.count(answer)).collect();
    for (one, other) in pairs(counts.len()) {
        let partners = Partners { gave: &counts[one], take: &counts[other] };
        trade(&mut open, &[one, other], partners, groups);
    }
    open.iter().position(|answers| !answers.is_empty())
}

/// Takes the answers that trades between partners change out of those that are
/// `open`, in the hidden groups whose counts a trade that is found changes.
fn trade<A: Ord>(
    open: &mut [BTreeSet<A>],
    changed: &[A],
    partners: Partners<'_>,
    (shown, cells): (&[Vec<usize>], &[Vec<usize>]),
) {
    let is_open = |open: &BTreeSet<A>| changed.iter().any(|answer| open.contains(answer));
    if !open.iter().any(is_open) {
        return;
    }
    let trades = Trades::new(shown, partners);
    for at in 0..cells.len() {
        if !is_open(&open[at]) {
            continue;
        }
        let Some(trade) = trades.changing(&cells[at]) else { continue };
        for (answers, cell) in open.iter_mut().zip(cells) {
            if change(&trade, cell) != 0 {
                answers.retain(|answer| !changed.contains(answer));
            }
        }
    }
}
