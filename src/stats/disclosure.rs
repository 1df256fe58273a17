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

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use hashbrown::HashMap;
use rayon::prelude::*;

use super::span::Span;
use super::trades::{Partners, Trades, change};
use crate::config::Statistics;

/// A group of one question in one wave.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The cut it belongs to.
    pub division: usize,
    /// Its atoms that have a base.
    pub atoms: Vec<usize>,
    /// Its base; the smallest where measures differ.
    pub n: u64,
    /// Whether an answer of it is 0 % or 100 %.
    pub certain: bool,
}

/// What a question knows of its atoms.
#[derive(Debug, Clone, Default)]
pub struct AtomCounts {
    /// The base of each atom.
    pub n: Vec<u64>,
    /// The answers, by column.
    pub columns: Vec<ColumnCounts>,
    /// Whether the answers are the groups of a breakdown: an atom has one of them.
    pub are_groups: bool,
}

/// The answers of one column by atom.
#[derive(Debug, Clone, Default)]
pub struct ColumnCounts {
    /// By answer: how many of each atom gave it.
    pub answers: Vec<Vec<u64>>,
    /// By answer outside the base, such as "don't know", the same.
    pub aside: Vec<Vec<u64>>,
    /// Whether it tells something that nobody gave an answer: it does of an
    /// option, and does not of one score among many.
    pub zeros_tell: bool,
    /// Whether what is shown tells which answers nobody of a group gave; else
    /// it tells only which one all of it gave, if they gave one.
    pub zeros_shown: bool,
    /// Whether it is published how many gave each answer.
    pub shares_shown: bool,
}

/// Parts of the sample times published groups up to which trades are looked for:
/// the work grows with their square, for each pair of answers.
const MOST_TO_TRADE: usize = 10_000;

/// Says which groups are hidden. Everybody is the first division.
pub fn hidden(candidates: &[Candidate], counts: &AtomCounts, rules: &Statistics) -> Vec<bool> {
    let (least, certain) = (u64::from(rules.hide_below), u64::from(rules.protect_certain_below));
    let small = |one: &Candidate| one.n > 0 && one.n < least;
    let telling = |one: &Candidate| one.certain && one.division > 0 && one.n < certain;
    let mut hidden: Vec<bool> =
        candidates.iter().map(|one| one.n > 0 && (small(one) || telling(one))).collect();
    if hidden.contains(&true) {
        let sets = candidates.iter().map(|one| Atoms::of(counts.n.len(), &one.atoms)).collect();
        let sample = Sample { candidates, sets, counts, least, certain };
        let mut made = Made::default();
        while let Some(next) = sample.open(&hidden, &mut made) {
            hidden[next] = true;
            made.forget(candidates[next].division, &sample.sets[next]);
        }
    }
    hidden
}

/// The groups of a question, and what must be kept.
struct Sample<'s> {
    candidates: &'s [Candidate],
    /// The atoms of each group.
    sets: Vec<Atoms>,
    counts: &'s AtomCounts,
    least: u64,
    certain: u64,
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

    fn smallest(&self, among: &[usize]) -> Option<usize> {
        among.iter().copied().min_by_key(|at| (self.candidates[*at].n, *at))
    }

    fn nobody(&self) -> Atoms {
        Atoms::of(self.counts.n.len(), &[])
    }

    fn base(&self, atoms: &Atoms) -> u64 {
        atoms.iter().map(|atom| self.counts.n[atom]).sum()
    }

    /// Groups by their division.
    fn by_division(&self, groups: impl Iterator<Item = usize>) -> Vec<Vec<usize>> {
        let last = self.candidates.iter().map(|one| one.division).max().unwrap_or(0);
        let mut divisions = vec![vec![]; last + 1];
        for at in groups {
            divisions[self.candidates[at].division].push(at);
        }
        divisions
    }

    /// A hidden group that is a sum or difference of published ones: its base,
    /// or how many of it gave an answer. Where nobody of a published group gave
    /// it, or of what subtraction leaves of one, its atoms are left out of the
    /// sum. So they are out of a sum of numbers where all of it gave one
    /// number, which is then known of each.
    fn caught(&self, secret: &[usize], published: &[usize], known: &[&Atoms]) -> Option<usize> {
        let nobody = self.nobody();
        self.caught_without(&nobody, secret, published).or_else(|| {
            let columns = self.counts.columns.iter();
            let answers = columns.flat_map(|column| {
                let answers = column.answers.iter().chain(&column.aside);
                answers.map(|answer| (column.zeros_shown, answer))
            });
            let answers: Vec<(bool, &Vec<u64>)> = answers.collect();
            answers.par_iter().find_map_first(|(zeros_shown, answer)| {
                let is_out = |atom: usize| {
                    answer[atom] == if *zeros_shown { 0 } else { self.counts.n[atom] }
                };
                let mut none = nobody.clone();
                for atoms in known.iter().filter(|atoms| atoms.iter().all(is_out)) {
                    none.add(atoms);
                }
                if none.is_empty() { None } else { self.caught_without(&none, secret, published) }
            })
        })
    }

    /// A hidden group of which no trade changes how many gave an answer, though
    /// others of it may have. An answer that nobody of large known parts gave is
    /// no secret of the groups in them.
    fn pinned(&self, secret: &[usize], published: &[usize], known: &[&Atoms]) -> Option<usize> {
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
        found.min().map(|cell| secret[cell])
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
        let answers: Vec<&Vec<u64>> = column.answers.iter().chain(&column.aside).collect();
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

    /// A hidden group that is a sum or difference of published ones once some
    /// atoms are left out.
    fn caught_without(&self, none: &Atoms, secret: &[usize], published: &[usize]) -> Option<usize> {
        let classes = Classes::new(self, published, secret, none);
        let membership = |at: usize| {
            let mut member = vec![0.0; classes.count];
            for class in classes.of_group(at) {
                member[class] = 1.0;
            }
            member
        };
        let span = Span::new(published.iter().map(|at| membership(*at)), |_, x| x.abs());
        secret.iter().copied().find(|at| {
            let member = membership(*at);
            member.iter().any(|x| *x > 0.0) && span.contains(member)
        })
    }
}

/// The atoms that are in the same published and hidden groups, as one: a sum has
/// all of them or none.
struct Classes<'s> {
    sample: &'s Sample<'s>,
    /// By atom; `None` where it is left out.
    of: Vec<Option<usize>>,
    /// How many there are.
    count: usize,
}

impl<'s> Classes<'s> {
    /// Without the atoms of `none`, and those where nobody has a base.
    fn new(sample: &'s Sample<'s>, published: &[usize], secret: &[usize], none: &Atoms) -> Self {
        let mut within: Vec<Vec<usize>> = vec![vec![]; sample.counts.n.len()];
        for (number, at) in published.iter().chain(secret).enumerate() {
            for atom in sample.sets[*at].iter().filter(|atom| !none.contains(*atom)) {
                within[atom].push(number);
            }
        }
        let mut numbers: BTreeMap<&[usize], usize> = BTreeMap::new();
        let of = within.iter().map(|groups| {
            let next = numbers.len();
            (!groups.is_empty()).then(|| *numbers.entry(groups).or_insert(next))
        });
        let of = of.collect();
        Self { of, count: numbers.len(), sample }
    }

    /// The classes in a group.
    fn of_group(&self, at: usize) -> BTreeSet<usize> {
        self.sample.sets[at].iter().filter_map(|atom| self.of[atom]).collect()
    }

    /// The classes in each group.
    fn of_groups(&self, groups: &[usize]) -> Vec<Vec<usize>> {
        groups.iter().map(|at| self.of_group(*at).into_iter().collect()).collect()
    }

    /// How many of each class gave an answer.
    fn count(&self, answer: &[u64]) -> Vec<u64> {
        let mut counts = vec![0; self.count];
        for (n, class) in answer.iter().zip(&self.of) {
            if let Some(class) = class {
                counts[*class] += n;
            }
        }
        counts
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
    let counts: Vec<Vec<u64>> =
        column.answers.iter().chain(&column.aside).map(|answer| classes.count(answer)).collect();
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

/// The subtractions that were made, whatever was hidden since.
#[derive(Default)]
struct Made {
    /// The sets that were met, by number.
    sets: Vec<Atoms>,
    numbers: HashMap<Atoms, usize>,
    /// What the published groups of a division leave of a whole, where that
    /// gives nothing away: by whole and division.
    harmless: HashMap<(usize, usize), usize>,
}

impl Made {
    fn number(&mut self, atoms: &Atoms) -> usize {
        if let Some(number) = self.numbers.get(atoms) {
            return *number;
        }
        self.sets.push(atoms.clone());
        self.numbers.insert(atoms.clone(), self.sets.len() - 1);
        self.sets.len() - 1
    }

    /// A group that is hidden is no longer taken away from the wholes around it;
    /// whatever else is subtracted leaves what it left.
    fn forget(&mut self, division: usize, hidden: &Atoms) {
        let sets = &self.sets;
        self.harmless.retain(|(whole, of), _| *of != division || !hidden.is_subset(&sets[*whole]));
    }
}

/// What is known of the sample by one subtraction after another: published
/// groups, what their published parts of a division leave of them, what those
/// of another division leave of that, and so on; worked out as it is asked.
struct Known<'k> {
    sample: &'k Sample<'k>,
    made: &'k mut Made,
    /// Published groups by division.
    published: Vec<Vec<usize>>,
    /// The numbers of the sets that are known.
    seen: BTreeSet<usize>,
    wholes: VecDeque<(usize, Option<usize>)>,
    /// What is being divided, and by what next.
    divided: Option<(usize, Option<usize>, usize)>,
}

impl<'k> Known<'k> {
    fn new(sample: &'k Sample<'k>, published: &[usize], made: &'k mut Made) -> Self {
        let whole = |at: &usize| (made.number(&sample.sets[*at]), Some(*at));
        Self {
            sample,
            published: sample.by_division(published.iter().copied()),
            seen: BTreeSet::new(),
            wholes: published.iter().map(whole).collect(),
            divided: None,
            made,
        }
    }

    /// What the next division leaves of the next whole, unless it is known to
    /// give nothing away.
    fn next(&mut self) -> Option<Rest> {
        loop {
            let Some((whole, group, division)) = self.divided.take() else {
                let (whole, group) = self.wholes.pop_front()?;
                if !self.made.sets[whole].is_empty() && self.seen.insert(whole) {
                    self.divided = Some((whole, group, 0));
                }
                continue;
            };
            let Some(groups) = self.published.get(division) else { continue };
            self.divided = Some((whole, group, division + 1));
            if group.is_some_and(|group| self.sample.candidates[group].division == division) {
                continue;
            }
            if let Some(rest) = self.made.harmless.get(&(whole, division)) {
                self.wholes.push_back((*rest, None));
                continue;
            }
            let sets = &self.sample.sets;
            let number = whole;
            let whole = self.made.sets[number].clone();
            let parts: Vec<usize> =
                groups.iter().copied().filter(|at| sets[*at].is_subset(&whole)).collect();
            let mut atoms = whole.clone();
            for at in &parts {
                atoms.remove(&sets[*at]);
            }
            self.wholes.push_back((self.made.number(&atoms), None));
            return Some(Rest { number, whole, group, division, parts, atoms });
        }
    }

    /// Notes that what is left gives nothing away.
    fn keep(&mut self, rest: &Rest) {
        let left = self.made.number(&rest.atoms);
        self.made.harmless.insert((rest.number, rest.division), left);
    }

    /// All that is known.
    fn sets(&self) -> Vec<&Atoms> {
        self.seen.iter().map(|number| &self.made.sets[*number]).collect()
    }
}

/// What subtraction leaves of a whole.
struct Rest {
    /// The number of the whole.
    number: usize,
    whole: Atoms,
    /// The group that the whole is, if it is one.
    group: Option<usize>,
    /// The division whose published groups are taken away.
    division: usize,
    parts: Vec<usize>,
    atoms: Atoms,
}

impl Rest {
    /// True if all of it gave one answer; or if it is small and nobody of it
    /// gave an answer that others of the whole gave.
    fn tells(&self, counts: &AtomCounts, certain: u64) -> bool {
        counts.columns.iter().any(|ColumnCounts { answers, zeros_tell, .. }| {
            let of = |atoms: &Atoms, answer: &[u64]| -> u64 {
                atoms.iter().map(|atom| answer[atom]).sum()
            };
            let base: u64 = answers.iter().map(|answer| of(&self.atoms, answer)).sum();
            let mixed =
                |atoms: &Atoms| answers.iter().filter(|answer| of(atoms, answer) > 0).count();
            if base == 0 {
                return false;
            }
            let (whole, rest) = (mixed(&self.whole), mixed(&self.atoms));
            (rest == 1 && whole > 1) || (*zeros_tell && base < certain && rest < whole)
        })
    }
}

/// A set of atoms, one bit each.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Atoms(Vec<u64>);

impl Atoms {
    fn of(count: usize, atoms: &[usize]) -> Self {
        let mut words = vec![0; count.div_ceil(64)];
        for atom in atoms {
            words[atom / 64] |= 1 << (atom % 64);
        }
        Self(words)
    }

    fn contains(&self, atom: usize) -> bool {
        self.0[atom / 64] >> (atom % 64) & 1 == 1
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    fn is_subset(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(own, other)| own & !other == 0)
    }

    fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(own, other)| own & other != 0)
    }

    fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }

    fn remove(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own &= !other);
    }

    fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let rest = std::iter::successors(Some(*word), |rest| Some(rest & rest.wrapping_sub(1)));
            let bits = rest.take_while(|rest| *rest != 0);
            bits.map(move |rest| at * 64 + rest.trailing_zeros() as usize)
        })
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
        (candidates, AtomCounts { n: sizes.to_vec(), columns, are_groups: false })
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
