//! Finds entries of a list by what they say of themselves.

use std::hash::{BuildHasher as _, Hash};

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};

/// The places of the entries of a list, by a key that is read off each of
/// them. The list is kept elsewhere, unchanged.
#[derive(Debug, Default)]
pub(super) struct Index {
    hasher: DefaultHashBuilder,
    /// The first of each key.
    firsts: HashTable<u32>,
    /// For each place the next one with the same key; its own: there is none.
    next: Vec<u32>,
}

impl Index {
    /// Reads the keys of a list of so many entries.
    pub(super) fn new<K: Hash + Eq>(entries: usize, key: impl Fn(usize) -> K) -> Self {
        let hasher = DefaultHashBuilder::default();
        let mut firsts = HashTable::with_capacity(entries);
        let mut next: Vec<u32> = (0..entries as u32).collect();
        let mut lasts = next.clone();
        for at in 0..entries as u32 {
            let own = key(at as usize);
            let is_same = |other: &u32| key(*other as usize) == own;
            let rehash = |other: &u32| hasher.hash_one(key(*other as usize));
            match firsts.entry(hasher.hash_one(&own), is_same, rehash) {
                Entry::Occupied(first) => {
                    let first = *first.get() as usize;
                    next[lasts[first] as usize] = at;
                    lasts[first] = at;
                }
                Entry::Vacant(place) => {
                    place.insert(at);
                }
            }
        }
        Self { hasher, firsts, next }
    }

    /// The first place of a key.
    pub(super) fn first<K: Hash + Eq>(
        &self,
        sought: &K,
        key: impl Fn(usize) -> K,
    ) -> Option<usize> {
        let is_same = |at: &u32| key(*at as usize) == *sought;
        self.firsts.find(self.hasher.hash_one(sought), is_same).map(|at| *at as usize)
    }

    /// All places of a key from its first on, in order.
    pub(super) fn all(&self, first: Option<usize>) -> impl Iterator<Item = usize> {
        std::iter::successors(first, |at| {
            let next = self.next[*at] as usize;
            (next != *at).then_some(next)
        })
    }

    /// The first place of each key, in order.
    pub(super) fn firsts(&self) -> Vec<u32> {
        let mut firsts: Vec<u32> = self.firsts.iter().copied().collect();
        firsts.sort_unstable();
        firsts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_one_key_are_found_in_their_order() {
        let words = ["kiwi", "fig", "plum", "nut", "pear", "date", "pea"];
        let length = |at: usize| words[at].len();
        let index = Index::new(words.len(), length);

        let of_length =
            |sought: usize| -> Vec<usize> { index.all(index.first(&sought, length)).collect() };

        assert_eq!(of_length(3), [1, 3, 6]);
        assert_eq!(of_length(4), [0, 2, 4, 5]);
        assert_eq!(of_length(5), Vec::<usize>::new());
        assert_eq!(index.firsts(), [0, 1]);
    }
}
