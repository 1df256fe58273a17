//! Whether hidden counts could be others: people of different parts of the
//! sample trade their answers, and no published group sees a difference.
//!
//! A count is safe if such a trade changes it: then two tables agree with all
//! that is published, and nobody can tell which is true, by subtraction, by
//! linear programming or by trying whole numbers.
//!
//! Reference: Hundepool et al. (2012), *Statistical Disclosure Control*, 4.2.

use std::collections::{BTreeMap, BTreeSet};

use super::span::Span;

/// How many vectors are added up at most to find a trade.
const STEPS: usize = 4;

/// So many more people of a class give an answer, and as many fewer another.
pub(super) type Trade = Vec<(usize, i64)>;

/// Trades that leave the counts of every published group as they are: a basis
/// of the null space of their membership, of which each vector is added or taken away.
pub(super) struct Trades<'p> {
    partners: Partners<'p>,
    basis: Vec<Trade>,
    /// By class: the vectors that change it.
    of_class: Vec<Vec<usize>>,
    staying: Option<&'p Staying<'p>>,
}

/// Groups that people may leave, but not all, and how many there are by class.
pub(super) struct Staying<'p> {
    pub(super) cells: &'p [Vec<usize>],
    pub(super) n: Vec<u64>,
}

impl Staying<'_> {
    /// The groups that a trade empties.
    fn emptied<'s>(&'s self, trade: &'s Trade) -> impl Iterator<Item = &'s Vec<usize>> {
        self.cells.iter().filter(|cell| {
            let n: u64 = cell.iter().map(|class| self.n[*class]).sum();
            n > 0 && n.checked_add_signed(change(trade, cell)).is_none_or(|left| left == 0)
        })
    }
}

/// People who gave the one answer and the other, by class.
#[derive(Clone, Copy)]
pub(super) struct Partners<'p> {
    pub(super) gave: &'p [u64],
    pub(super) take: &'p [u64],
}

impl Partners<'_> {
    /// How many people of a class a trade lacks.
    fn lacks(self, class: usize, n: i64) -> u64 {
        let there = if n < 0 { self.gave[class] } else { self.take[class] };
        n.unsigned_abs().saturating_sub(there)
    }

    fn lacks_in_all(self, trade: &Trade) -> u64 {
        trade.iter().map(|(class, n)| self.lacks(*class, *n)).sum()
    }
}

impl<'p> Trades<'p> {
    /// The trades between `partners`; `published` has the classes of each group.
    pub(super) fn new(published: &[Vec<usize>], partners: Partners<'p>) -> Self {
        let both = partners.gave.iter().zip(partners.take).map(|(gave, take)| *gave.min(take));
        let both: Vec<u64> = both.collect();
        let basis = basis(published, &both);
        let mut of_class = vec![vec![]; both.len()];
        for (at, trade) in basis.iter().enumerate() {
            for (class, _) in trade {
                of_class[*class].push(at);
            }
        }
        Self { partners, basis, of_class, staying: None }
    }

    /// Only those that leave somebody in each of some groups.
    pub(super) fn leaving(self, staying: &'p Staying<'p>) -> Self {
        Self { staying: Some(staying), ..self }
    }

    /// A trade that changes how many of a group gave the answers; `group` has its
    /// classes. One that there is may be missed.
    pub(super) fn changing(&self, group: &[usize]) -> Option<Trade> {
        let near: BTreeSet<usize> =
            group.iter().flat_map(|class| self.of_class[*class].iter().copied()).collect();
        let mut starts = near.into_iter().flat_map(|at| [1, -1].map(|sign| (at, sign)));
        starts.find_map(|(at, sign)| {
            let start = self.basis[at].iter().map(|(class, n)| (*class, sign * n)).collect();
            self.mend(start, group, STEPS)
        })
    }

    /// Adds to a trade what gives it the people that it lacks, in a few steps of
    /// which none makes more of them lacking.
    fn mend(&self, trade: Trade, group: &[usize], steps: usize) -> Option<Trade> {
        let lacking = self.lacking(&trade);
        if lacking == 0 {
            return (change(&trade, group) != 0).then_some(trade);
        }
        let (class, n) = self.where_lacking(&trade)?;
        let steps = steps.checked_sub(1)?;
        self.of_class[class].iter().find_map(|at| {
            let (_, own) = self.basis[*at].iter().find(|(of, _)| *of == class)?;
            let next = sum(&trade, &self.basis[*at], -n.signum() * own.signum());
            if self.lacking(&next) > lacking {
                return None;
            }
            self.mend(next, group, steps)
        })
    }

    /// How many people a trade lacks, with one for each group that it empties.
    fn lacking(&self, trade: &Trade) -> u64 {
        let emptied = self.staying.map_or(0, |staying| staying.emptied(trade).count());
        self.partners.lacks_in_all(trade) + emptied as u64
    }

    /// The first class where a trade lacks people.
    fn where_lacking(&self, trade: &Trade) -> Option<(usize, i64)> {
        let lacks = |(class, n): &&(usize, i64)| self.partners.lacks(*class, *n) > 0;
        let leaves = || {
            let emptied = self.staying?.emptied(trade).next()?;
            trade.iter().find(|(class, n)| *n < 0 && emptied.contains(class))
        };
        trade.iter().find(lacks).or_else(leaves).copied()
    }
}

/// How many more people of a group, by its classes, give the answer.
pub(super) fn change(trade: &Trade, group: &[usize]) -> i64 {
    trade.iter().filter(|(class, _)| group.contains(class)).map(|(_, n)| n).sum()
}

/// Whole-numbered vectors that the membership of no published group sees. Classes
/// with many of both partners are the pivots, so that most vectors change one class
/// with few, and in its place those.
fn basis(published: &[Vec<usize>], both: &[u64]) -> Vec<Trade> {
    let membership = published.iter().map(|group| {
        let mut row = vec![0.0; both.len()];
        for class in group {
            row[*class] = 1.0;
        }
        row
    });
    let span = Span::new(membership, |class, _| both[class] as f64);
    span.null_space(both.len()).filter_map(whole).collect()
}

/// A vector of whole numbers as a trade.
fn whole(vector: Vec<f64>) -> Option<Trade> {
    let parts = vector.into_iter().enumerate().map(|(class, x)| {
        let n = x.round();
        ((x - n).abs() < 1e-6).then_some((class, n as i64))
    });
    let trade: Trade = parts.collect::<Option<_>>()?;
    Some(trade.into_iter().filter(|(_, n)| *n != 0).collect())
}

fn sum(one: &Trade, other: &Trade, sign: i64) -> Trade {
    let mut parts = BTreeMap::new();
    for (class, n) in one.iter().copied().chain(other.iter().map(|(at, n)| (*at, sign * n))) {
        *parts.entry(class).or_insert(0) += n;
    }
    parts.into_iter().filter(|(_, n)| *n != 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changing(
        published: &[Vec<usize>],
        gave: &[u64],
        take: &[u64],
        group: &[usize],
    ) -> Option<Trade> {
        Trades::new(published, Partners { gave, take }).changing(group)
    }

    #[test]
    fn margins_of_a_table_leave_trades_around_four_cells() {
        // Two by two cells with their four margins.
        let published = [vec![0, 1], vec![2, 3], vec![0, 2], vec![1, 3]];

        let trade = changing(&published, &[1, 0, 0, 9], &[0, 1, 1, 0], &[0]);

        assert_eq!(trade, Some(vec![(0, -1), (1, 1), (2, 1), (3, -1)]));
        assert_eq!(changing(&published, &[1, 0, 0, 0], &[0, 1, 1, 9], &[0]), None);
    }

    #[test]
    fn a_trade_finds_the_people_that_it_lacks_elsewhere() {
        // Three by three cells: of the last row people gave both answers.
        let rows = [vec![0, 1, 2], vec![3, 4, 5], vec![6, 7, 8]];
        let columns = [vec![0, 3, 6], vec![1, 4, 7], vec![2, 5, 8]];
        let published = [rows, columns].concat();
        let gave = [1, 0, 0, 0, 1, 0, 5, 5, 5];
        let take = [0, 1, 0, 1, 0, 0, 5, 5, 5];

        assert!(changing(&published, &gave, &take, &[0]).is_some());
    }

    #[test]
    fn people_who_move_leave_somebody_in_each_group() {
        // Three ages of one province, two of another; of those in the middle
        // the sum is known too.
        let published = [vec![0, 1, 2], vec![3, 4], vec![1, 3]];
        let (gave, take) = ([1, 16, 1, 5, 1], [u64::MAX; 5]);
        let moves = || Trades::new(&published, Partners { gave: &gave, take: &take });
        let cells: Vec<Vec<usize>> = (0..5).map(|class| vec![class]).collect();
        let staying = |n: [u64; 5]| Staying { cells: &cells, n: n.to_vec() };

        assert!(moves().changing(&[0]).is_some());
        assert_eq!(moves().leaving(&staying([1, 16, 1, 5, 1])).changing(&[0]), None);
        assert!(moves().leaving(&staying([1, 16, 2, 5, 1])).changing(&[0]).is_some());
    }

    #[test]
    fn what_is_published_of_every_class_cannot_be_traded() {
        let published = [vec![0], vec![1], vec![0, 1, 2]];

        assert_eq!(changing(&published, &[5; 3], &[5; 3], &[2]), None);
    }
}
