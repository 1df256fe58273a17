//! Which groups may have no number: small ones, certain ones, and those that
//! must go with them so that the hidden cannot be had by subtraction
//! (METHODS 13).
//!
//! A group is a set of *atoms*, the finest parts of the sample. What a reader
//! can compute from published groups is the span of their sets: a hidden group
//! must not lie in it, neither by its base nor by how many of it gave an
//! answer, and what is left of a published group when its published parts are
//! taken away must be large enough and of mixed answers.
//!
//! Reference: Hundepool et al. (2012), *Statistical Disclosure Control*, ch. 4.

use std::collections::{BTreeSet, VecDeque};

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
}

/// The answers of one column by atom.
#[derive(Debug, Clone, Default)]
pub struct ColumnCounts {
    /// By answer: how many of each atom gave it.
    pub answers: Vec<Vec<u64>>,
    /// Whether it tells something that nobody gave an answer: it does of an
    /// option, and does not of one score among many.
    pub zeros_tell: bool,
    /// Whether what is shown tells which answers nobody of a group gave; else
    /// it tells only which one all of it gave, if they gave one.
    pub zeros_shown: bool,
}

/// Says which groups are hidden. Everybody is the first division.
pub fn hidden(candidates: &[Candidate], counts: &AtomCounts, rules: &Statistics) -> Vec<bool> {
    let (least, certain) = (u64::from(rules.hide_below), u64::from(rules.protect_certain_below));
    let small = |one: &Candidate| one.n > 0 && one.n < least;
    let telling = |one: &Candidate| one.certain && one.division > 0 && one.n < certain;
    let mut hidden: Vec<bool> =
        candidates.iter().map(|one| one.n > 0 && (small(one) || telling(one))).collect();
    if hidden.contains(&true) {
        while let Some(next) = open(candidates, &hidden, counts, least, certain) {
            hidden[next] = true;
        }
    }
    hidden
}

/// The group that must be hidden next, if a hidden one can be recovered.
fn open(
    candidates: &[Candidate],
    hidden: &[bool],
    counts: &AtomCounts,
    least: u64,
    certain: u64,
) -> Option<usize> {
    let published: Vec<usize> =
        (0..candidates.len()).filter(|at| !hidden[*at] && candidates[*at].n > 0).collect();
    let smallest = |among: Vec<usize>| among.into_iter().min_by_key(|at| (candidates[*at].n, *at));
    let known = Known::new(candidates, counts, &published);
    for rest in &known.rests {
        let secret: Vec<usize> = (0..candidates.len())
            .filter(|at| {
                let one = &candidates[*at];
                let inside = || one.atoms.iter().all(|atom| rest.whole.contains(atom));
                hidden[*at] && one.division == rest.division && inside()
            })
            .collect();
        if secret.is_empty() {
            continue;
        }
        let covered: u64 = secret.iter().map(|at| atoms_n(candidates, counts, *at)).sum();
        let alone = secret.len() == 1 && covered == rest.n;
        if alone || rest.n < least || rest.tells(counts, certain) {
            let of_whole = rest.group.filter(|whole| candidates[*whole].division > 0);
            let next = smallest(rest.parts.clone()).or(of_whole);
            if next.is_some() {
                return next;
            }
        }
    }
    let caught = caught(candidates, hidden, counts, &published, &known)?;
    let touching = |at: &usize| {
        candidates[*at].division > 0
            && candidates[*at].atoms.iter().any(|atom| candidates[caught].atoms.contains(atom))
    };
    let near: Vec<usize> = published.iter().copied().filter(touching).collect();
    let siblings: Vec<usize> = published
        .iter()
        .copied()
        .filter(|at| candidates[*at].division == candidates[caught].division)
        .collect();
    smallest(siblings).or_else(|| smallest(near)).or_else(|| smallest(published))
}

/// A hidden group that is a sum or difference of published ones: its base, or
/// how many of it gave an answer. Where nobody of a published group gave it, or
/// of what subtraction leaves of one, its atoms are left out of the sum.
/// So they are out of a sum of numbers where all of it gave one number, which
/// is then known of each.
fn caught(
    candidates: &[Candidate],
    hidden: &[bool],
    counts: &AtomCounts,
    published: &[usize],
    known: &Known,
) -> Option<usize> {
    let within = |none: &[bool]| {
        let left = |at: usize| -> Vec<usize> {
            candidates[at].atoms.iter().copied().filter(|atom| !none[*atom]).collect()
        };
        let sets: Vec<Vec<usize>> = published.iter().map(|at| left(*at)).collect();
        let span = Span::new(none.len(), sets.iter().map(Vec::as_slice));
        (0..candidates.len()).find(|at| {
            let own = left(*at);
            hidden[*at] && !own.is_empty() && span.contains(&own)
        })
    };
    let everywhere = vec![false; counts.n.len()];
    within(&everywhere).or_else(|| {
        let mut answers = counts
            .columns
            .iter()
            .flat_map(|column| column.answers.iter().map(|answer| (column.zeros_shown, answer)));
        answers.find_map(|(zeros_shown, answer)| {
            let mut none = everywhere.clone();
            for atoms in &known.sets {
                let is_out =
                    |atom: &usize| answer[*atom] == if zeros_shown { 0 } else { counts.n[*atom] };
                if atoms.iter().all(is_out) {
                    for atom in atoms {
                        none[*atom] = true;
                    }
                }
            }
            none.contains(&true).then(|| within(&none)).flatten()
        })
    })
}

/// What is known of the sample by one subtraction after another: published
/// groups, what their published parts of a division leave of them, what those
/// of another division leave of that, and so on.
struct Known {
    sets: BTreeSet<BTreeSet<usize>>,
    rests: Vec<Rest>,
}

impl Known {
    fn new(candidates: &[Candidate], counts: &AtomCounts, published: &[usize]) -> Self {
        let last = candidates.iter().map(|one| one.division).max().unwrap_or(0);
        let mut known = Self { sets: BTreeSet::new(), rests: vec![] };
        let group = |at: &usize| (candidates[*at].atoms.iter().copied().collect(), Some(*at));
        let mut wholes: VecDeque<(BTreeSet<usize>, Option<usize>)> =
            published.iter().map(group).collect();
        while let Some((whole, group)) = wholes.pop_front() {
            if whole.is_empty() || !known.sets.insert(whole.clone()) {
                continue;
            }
            let own = group.map(|group| candidates[group].division);
            for division in (0..=last).filter(|division| own != Some(*division)) {
                let inside = |at: &usize| {
                    let part = &candidates[*at];
                    part.division == division && part.atoms.iter().all(|atom| whole.contains(atom))
                };
                let parts = published.iter().copied().filter(inside).collect();
                let rest = Rest::new(candidates, counts, (&whole, group), division, parts);
                wholes.push_back((rest.atoms.clone(), None));
                known.rests.push(rest);
            }
        }
        known
    }
}

fn atoms_n(candidates: &[Candidate], counts: &AtomCounts, at: usize) -> u64 {
    candidates[at].atoms.iter().map(|atom| counts.n[*atom]).sum()
}

/// What subtraction leaves of a whole.
struct Rest {
    whole: BTreeSet<usize>,
    /// The group that the whole is, if it is one.
    group: Option<usize>,
    /// The division whose published groups are taken away.
    division: usize,
    parts: Vec<usize>,
    atoms: BTreeSet<usize>,
    n: u64,
}

impl Rest {
    fn new(
        candidates: &[Candidate],
        counts: &AtomCounts,
        (whole, group): (&BTreeSet<usize>, Option<usize>),
        division: usize,
        parts: Vec<usize>,
    ) -> Self {
        let taken: BTreeSet<usize> =
            parts.iter().flat_map(|at| candidates[*at].atoms.iter().copied()).collect();
        let atoms: BTreeSet<usize> = whole.difference(&taken).copied().collect();
        let n = atoms.iter().map(|atom| counts.n[*atom]).sum();
        Self { whole: whole.clone(), group, division, parts, atoms, n }
    }

    /// True if all of it gave one answer; or if it is small and nobody of it
    /// gave an answer that others of the whole gave.
    fn tells(&self, counts: &AtomCounts, certain: u64) -> bool {
        counts.columns.iter().any(|ColumnCounts { answers, zeros_tell, .. }| {
            let of = |atoms: &BTreeSet<usize>, answer: &[u64]| -> u64 {
                atoms.iter().map(|atom| answer[*atom]).sum()
            };
            let base: u64 = answers.iter().map(|answer| of(&self.atoms, answer)).sum();
            let mixed = |atoms: &BTreeSet<usize>| {
                answers.iter().filter(|answer| of(atoms, answer) > 0).count()
            };
            if base == 0 {
                return false;
            }
            let (whole, rest) = (mixed(&self.whole), mixed(&self.atoms));
            (rest == 1 && whole > 1) || (*zeros_tell && base < certain && rest < whole)
        })
    }
}

/// The linear span of sets of atoms, in reduced form.
struct Span(Vec<(usize, Vec<f64>)>);

impl Span {
    fn new<'a>(atoms: usize, sets: impl Iterator<Item = &'a [usize]>) -> Self {
        let mut span = Self(vec![]);
        for set in sets {
            let rest = span.rest(vector(atoms, set));
            let pivot = (0..atoms).max_by(|a, b| rest[*a].abs().total_cmp(&rest[*b].abs()));
            if let Some(pivot) = pivot.filter(|pivot| rest[*pivot].abs() > 1e-9) {
                span.0.push((pivot, rest));
            }
        }
        span
    }

    fn rest(&self, mut vector: Vec<f64>) -> Vec<f64> {
        for (pivot, row) in &self.0 {
            let factor = vector[*pivot] / row[*pivot];
            vector.iter_mut().zip(row).for_each(|(x, r)| *x -= factor * r);
        }
        vector
    }

    fn contains(&self, set: &[usize]) -> bool {
        let atoms = self.0.first().map_or(0, |(_, row)| row.len());
        atoms > 0 && self.rest(vector(atoms, set)).iter().all(|x| x.abs() < 1e-9)
    }
}

fn vector(atoms: usize, set: &[usize]) -> Vec<f64> {
    let mut vector = vec![0.0; atoms];
    for atom in set {
        vector[*atom] = 1.0;
    }
    vector
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
        let columns = vec![ColumnCounts { answers: halves, zeros_tell: true, zeros_shown: true }];
        (candidates, AtomCounts { n: sizes.to_vec(), columns })
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
