//! Sets of the finest parts of the sample.

/// A set of atoms, one bit each.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Atoms(Vec<u64>);

impl Atoms {
    pub(super) fn of(count: usize, atoms: &[usize]) -> Self {
        let mut words = vec![0; count.div_ceil(64)];
        for atom in atoms {
            words[atom / 64] |= 1 << (atom % 64);
        }
        Self(words)
    }

    pub(super) fn contains(&self, atom: usize) -> bool {
        self.0[atom / 64] >> (atom % 64) & 1 == 1
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(super) fn is_subset(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(own, other)| own & !other == 0)
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(own, other)| own & other != 0)
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }

    pub(super) fn remove(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own &= !other);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let rest = std::iter::successors(Some(*word), |rest| Some(rest & rest.wrapping_sub(1)));
            let bits = rest.take_while(|rest| *rest != 0);
            bits.map(move |rest| at * 64 + rest.trailing_zeros() as usize)
        })
    }
}
