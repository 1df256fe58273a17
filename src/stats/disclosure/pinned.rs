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
        let columns = self.counts.columns.par_iter().filter(|column| column.shares_shown);
        let found = columns.filter_map(|column| {
            let open = self.open_answers(column, secret, known);
            pinned_of(column, open, &classes, (&shown, &cells))
        });
        let found = found.min().or_else(|| self.unmoved(&classes, (&shown, &cells)));
        found.map(|cell| secret[cell])
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
        let sum = |answer: &&Vec<u64>| -> u64 { answer.iter().sum() };
        let most = self.counts.columns.iter().filter(|column| column.shares_shown);
        let most = most.filter_map(|column| column.answers.iter().max_by_key(sum));
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

/// The first hidden group with an answer that no trade is found to change, of
/// those that are `open` in it. `shown` and `cells` are the classes of the published and
/// of the hidden groups.
fn pinned_of(
    column: &ColumnCounts,
    mut open: Vec<BTreeSet<usize>>,
    classes: &Classes<'_>,
    (shown, cells): (&[Vec<usize>], &[Vec<usize>]),
) -> Option<usize> {
    let counts: Vec<Vec<u64>> = column.all().map(|answer| classes.count(answer)).collect();
    for (one, gave) in counts.iter().enumerate() {
        for (other, take) in counts.iter().enumerate().skip(one + 1) {
            if !open.iter().any(|answers| answers.contains(&one) || answers.contains(&other)) {
                continue;
            }
            let trades = Trades::new(shown, Partners { gave, take });
            for cell in 0..cells.len() {
                if !open[cell].contains(&one) && !open[cell].contains(&other) {
                    continue;
                }
                let Some(trade) = trades.changing(&cells[cell]) else {
                    continue;
                };
                for (answers, cell) in open.iter_mut().zip(cells) {
                    if change(&trade, cell) != 0 {
                        answers.remove(&one);
                        answers.remove(&other);
                    }
                }
            }
        }
    }
    open.iter().position(|answers| !answers.is_empty())
}
