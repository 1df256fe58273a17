//! Which groups may have no number: small ones, certain ones, and those that
//! must go with them so that the hidden cannot be had by subtraction
//! (`statistics.md`, 10).
//!
//! A group is a set of *atoms*, the finest parts of the sample. What a reader
//! can compute from published groups is the span of their sets: a hidden group
//! must not lie in it, neither by its base nor by how many of it gave an
//! answer, and what is left of a published group when its published parts are
//! taken away must be large enough and of mixed answers. That counts cannot be
//! negative tells more than subtraction does: each answer of a hidden group must
//! be open to a trade (`trades.rs`).
//!
//! Reference: Hundepool et al. (2012), *Statistical Disclosure Control*, ch. 4.

mod atoms;
mod classes;
mod pinned;
mod sample;
mod span;
mod subtraction;
mod sums;
mod trades;

use self::atoms::Atoms;
use self::sample::Sample;
pub use self::sample::{AtomCounts, Candidate, ColumnCounts};
use self::subtraction::{Known, Made, Rest};
use crate::config::Statistics;

/// Says which groups are hidden. Everybody is the first division.
pub fn hidden(candidates: &[Candidate], counts: &AtomCounts, rules: &Statistics) -> Vec<bool> {
    let (least, certain) = (u64::from(rules.hide_below), u64::from(rules.protect_certain_below));
    let small = |one: &Candidate| one.n > 0 && one.n < least;
    let telling = |one: &Candidate| one.certain && one.division > 0 && one.n < certain;
    let mut hidden: Vec<bool> =
        candidates.iter().map(|one| one.n > 0 && (small(one) || telling(one))).collect();
    if hidden.contains(&true) {
        let anybody = counts.anybody();
        let answered = |one: &Candidate| -> Vec<usize> {
            one.atoms.iter().copied().filter(|atom| anybody[*atom] > 0).collect()
        };
        let set = |one: &Candidate| Atoms::of(anybody.len(), &answered(one));
        let sets = candidates.iter().map(set).collect();
        let sample = Sample { candidates, sets, counts, least, certain };
        let mut made = Made::default();
        while let Some(next) = sample.open(&hidden, &mut made) {
            hidden[next] = true;
            made.forget(candidates[next].division, &sample.sets[next]);
        }
    }
    hidden
}

impl Sample<'_> {
    /// The group that must be hidden next, if a hidden one can be recovered.
    fn open(&self, hidden: &[bool], made: &mut Made) -> Option<usize> {
        let candidates = self.candidates;
        let shown = |at: &usize| !hidden[*at] && candidates[*at].n > 0;
        let published: Vec<usize> = (0..candidates.len()).filter(shown).collect();
        let secret: Vec<usize> = (0..candidates.len()).filter(|at| hidden[*at]).collect();
        let secret_of = self.by_division(secret.iter().copied());
        let mut known = Known::new(self, &published, made);
        // What is wrong is mostly found early, long before all is known.
        while let Some(rest) = known.next() {
            if !self.is_opened_by(&rest, &secret_of[rest.division]) {
                known.keep(&rest);
            } else if let Some(next) = self.closing(&rest) {
                return Some(next);
            }
        }
        let known = known.sets();
        let caught = self
            .caught(&secret, &published, &known)
            .or_else(|| self.pinned(&secret, &published, &known))?;
        let touching =
            |at: &usize| candidates[*at].division > 0 && self.sets[*at].meets(&self.sets[caught]);
        let near: Vec<usize> = published.iter().copied().filter(touching).collect();
        let siblings: Vec<usize> = published
            .iter()
            .copied()
            .filter(|at| candidates[*at].division == candidates[caught].division)
            .collect();
        self.smallest(&siblings)
            .or_else(|| self.smallest(&near))
            .or_else(|| self.smallest(&published))
    }

    /// Whether what is left of a whole gives away one of the `secret` groups of
    /// its division.
    fn is_opened_by(&self, rest: &Rest, secret: &[usize]) -> bool {
        let inside = |at: &&usize| self.sets[**at].is_subset(&rest.whole);
        let secret: Vec<usize> = secret.iter().filter(inside).copied().collect();
        if secret.is_empty() {
            return false;
        }
        let n = self.base(&rest.atoms);
        let covered: u64 = secret.iter().map(|at| self.base(&self.sets[*at])).sum();
        let alone = secret.len() == 1 && covered == n;
        alone || n < self.least || rest.tells(self.counts, self.certain)
    }

    /// The group to hide so that a whole has more left.
    fn closing(&self, rest: &Rest) -> Option<usize> {
        let of_whole = rest.group.filter(|whole| self.candidates[*whole].division > 0);
        self.smallest(&rest.parts).or(of_whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(hide_below: u32, protect_certain_below: u32) -> Statistics {
        Statistics {
            confidence: 0.95,
            hide_below,
            caution_below: 30,
            protect_certain_below,
            test_fpc: false,
            estimators: crate::config::Estimators::Suited,
        }
    }

    /// Everybody, then the groups of one cut, each of one atom.
    fn one_cut(sizes: &[u64]) -> (Vec<Candidate>, AtomCounts) {
        let group = |division, atoms: Vec<usize>| Candidate {
            n: atoms.iter().map(|atom| sizes[*atom]).sum(),
            division,
            atoms,
            certain: false,
        };
        let mut candidates = vec![group(0, (0..sizes.len()).collect())];
        candidates.extend((0..sizes.len()).map(|atom| group(1, vec![atom])));
        let halves =
            vec![sizes.iter().map(|n| n / 2).collect(), sizes.iter().map(|n| n - n / 2).collect()];
        let columns = vec![ColumnCounts {
            answers: halves,
            aside: vec![],
            zeros_tell: true,
            zeros_shown: true,
            shares_shown: true,
        }];
        (candidates, AtomCounts { n: sizes.to_vec(), columns, are_groups: false, are_ranks: false })
    }

    #[test]
    fn the_next_smallest_group_goes_with_a_single_hidden_one() {
        let (candidates, counts) = one_cut(&[4, 40, 20]);

        assert_eq!(hidden(&candidates, &counts, &rules(5, 0)), [false, true, false, true]);
    }

    #[test]
    fn two_hidden_groups_need_a_third_if_they_are_small_together() {
        let (candidates, counts) = one_cut(&[2, 2, 40, 20]);

        assert_eq!(hidden(&candidates, &counts, &rules(5, 0)), [false, true, true, false, true]);
    }

    #[test]
    fn nothing_is_hidden_without_a_threshold() {
        let (candidates, counts) = one_cut(&[1, 2, 40]);

        assert_eq!(hidden(&candidates, &counts, &rules(0, 0)), [false; 4]);
    }

    #[test]
    fn a_hidden_part_of_a_region_is_not_what_the_region_lacks() {
        // Regions {0, 1} and {2, 3}; provinces are the atoms; the first is small.
        let (mut candidates, counts) = one_cut(&[3, 30, 30, 30]);
        let region = |atoms: Vec<usize>| Candidate { division: 2, n: 33, atoms, certain: false };
        candidates.extend([region(vec![0, 1]), region(vec![2, 3])]);

        let hidden = hidden(&candidates, &counts, &rules(5, 0));

        assert_eq!(hidden, [false, true, true, false, false, false, false]);
    }

    #[test]
    fn what_is_left_must_not_all_have_said_the_same() {
        let (candidates, mut counts) = one_cut(&[3, 6, 20, 30]);
        // Both of the two smallest said yes only.
        counts.columns[0].answers = vec![vec![3, 6, 10, 10], vec![0, 0, 10, 20]];

        assert_eq!(hidden(&candidates, &counts, &rules(5, 0)), [false, true, true, true, false]);
    }

    #[test]
    fn who_only_said_dont_know_is_one_of_a_group() {
        // Women and men of a large province, of a second, and of a third, where
        // the only woman said "don't know".
        let (mut candidates, mut counts) = one_cut(&[30, 30, 11, 7, 0, 2]);
        counts.columns[0].aside = vec![vec![3, 3, 0, 0, 1, 0]];
        candidates[5].n = 1;
        let group = |division, n, atoms| Candidate { division, n, atoms, certain: false };
        candidates.extend([group(2, 41, vec![0, 2, 4]), group(2, 39, vec![1, 3, 5])]);
        let provinces = [(60, vec![0, 1]), (18, vec![2, 3]), (3, vec![4, 5])];
        candidates.extend(provinces.map(|(n, atoms)| group(3, n, atoms)));

        let hidden = hidden(&candidates, &counts, &rules(5, 10));

        // One of the last two provinces said it, so the sexes may be shown. With the
        // men of the first province they would leave 9 men of whom nobody did.
        assert_eq!(hidden[1..7], [true; 6]);
        assert_eq!(hidden[7..], [false, false, false, true, true]);
    }

    #[test]
    fn what_two_subtractions_leave_gives_nothing_away() {
        // Provinces L and A of a first region, B alone, W1 and W2 of a third.
        let (mut candidates, mut counts) = one_cut(&[2, 20, 3, 2, 28]);
        let region = |n, atoms: Vec<usize>| Candidate { division: 2, n, atoms, certain: false };
        candidates.extend([region(22, vec![0, 1]), region(3, vec![2]), region(30, vec![3, 4])]);
        // Nobody of L and B gave the first answer, as all less the third
        // region less A tells.
        counts.columns[0].answers =
            vec![vec![0, 5, 0, 1, 9], vec![1, 10, 2, 1, 9], vec![1, 5, 1, 0, 10]];

        let hidden = hidden(&candidates, &counts, &rules(4, 0));

        let provinces = [true, false, true, true, true];
        assert_eq!(hidden[1..6], provinces);
        assert_eq!(hidden[6..], [true, true, true], "the first would be what A is");
    }
}
