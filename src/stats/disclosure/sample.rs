//! The groups of a question, and what is known of their parts.

use super::atoms::Atoms;

/// A group of one question in one wave.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The cut it belongs to.
    pub division: usize,
    /// Its atoms.
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
    /// Whether the columns are things that are ranked, and the answers their
    /// ranks: one thing stands on a place, and on the first there is one.
    pub are_ranks: bool,
}

impl AtomCounts {
    /// By atom: how many gave an answer, be it one outside the base, of which the
    /// share is shown too.
    pub(super) fn anybody(&self) -> Vec<u64> {
        let of = |atom: usize| -> u64 {
            let columns = self.columns.iter();
            let answers = columns.map(|column| column.all().map(|answer| answer[atom]).sum());
            answers.max().unwrap_or(0).max(self.n[atom])
        };
        (0..self.n.len()).map(of).collect()
    }
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

impl ColumnCounts {
    /// The answers in the base, and those outside.
    pub(super) fn all(&self) -> impl Iterator<Item = &Vec<u64>> {
        self.answers.iter().chain(&self.aside)
    }
}

/// The groups of a question, and what must be kept.
pub(super) struct Sample<'s> {
    pub(super) candidates: &'s [Candidate],
    /// The atoms of each group.
    pub(super) sets: Vec<Atoms>,
    pub(super) counts: &'s AtomCounts,
    /// The smallest base that is shown, and of those whose answers are certain.
    pub(super) least: u64,
    pub(super) certain: u64,
}

impl Sample<'_> {
    /// The group with the smallest base.
    pub(super) fn smallest(&self, among: &[usize]) -> Option<usize> {
        among.iter().copied().min_by_key(|at| (self.candidates[*at].n, *at))
    }

    pub(super) fn nobody(&self) -> Atoms {
        Atoms::of(self.counts.n.len(), &[])
    }

    pub(super) fn base(&self, atoms: &Atoms) -> u64 {
        atoms.iter().map(|atom| self.counts.n[atom]).sum()
    }

    /// Groups by their division.
    pub(super) fn by_division(&self, groups: impl Iterator<Item = usize>) -> Vec<Vec<usize>> {
        let last = self.candidates.iter().map(|one| one.division).max().unwrap_or(0);
        let mut divisions = vec![vec![]; last + 1];
        for at in groups {
            divisions[self.candidates[at].division].push(at);
        }
        divisions
    }
}
