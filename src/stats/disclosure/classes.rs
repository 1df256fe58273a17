//! Parts of the sample that no sum of groups tells apart.

use std::collections::{BTreeMap, BTreeSet};

use super::atoms::Atoms;
use super::sample::Sample;

/// The atoms that are in the same published and hidden groups, as one: a sum has
/// all of them or none.
pub(super) struct Classes<'s> {
    sample: &'s Sample<'s>,
    /// By atom; `None` where it is left out.
    of: Vec<Option<usize>>,
    /// How many there are.
    pub(super) count: usize,
}

impl<'s> Classes<'s> {
    /// Without the atoms of `none`, and those where nobody has a base.
    pub(super) fn new(
        sample: &'s Sample<'s>,
        published: &[usize],
        secret: &[usize],
        none: &Atoms,
    ) -> Self {
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
    pub(super) fn of_group(&self, at: usize) -> BTreeSet<usize> {
        self.sample.sets[at].iter().filter_map(|atom| self.of[atom]).collect()
    }

    /// The classes in each group.
    pub(super) fn of_groups(&self, groups: &[usize]) -> Vec<Vec<usize>> {
        groups.iter().map(|at| self.of_group(*at).into_iter().collect()).collect()
    }

    /// How many of each class gave an answer.
    pub(super) fn count(&self, answer: &[u64]) -> Vec<u64> {
        let mut counts = vec![0; self.count];
        for (n, class) in answer.iter().zip(&self.of) {
            if let Some(class) = class {
                counts[*class] += n;
            }
        }
        counts
    }
}
