//! Finds entries of a list by what they say of themselves.

use std::hash::{BuildHasher as _, Hash};

use hashbrown::{DefaultHashBuilder, HashTable};

/// The places of the entries of a list, by a key that is read off each of
/// them. The list is kept elsewhere, unchanged.
#[derive(Debug, Default)]
pub(super) struct Index {
    hasher: DefaultHashBuilder,
    /// The first of each key.
    firsts: HashTable<usize>,
    /// For each place the next one with the same key; its own: there is none.
    next: Vec<usize>,
}

impl Index {
    /// Reads the keys of a list.
    pub(super) fn new<'e, E, K: Hash + Eq>(entries: &'e [E], key: fn(&'e E) -> K) -> Self {
        let hasher = DefaultHashBuilder::default();
        let mut firsts = HashTable::new();
        let mut next: Vec<usize> = (0..entries.len()).collect();
        let mut lasts: Vec<usize> = next.clone();
        for (at, entry) in entries.iter().enumerate() {
            let own = key(entry);
            let is_same = |other: &usize| key(&entries[*other]) == own;
            let rehash = |other: &usize| hasher.hash_one(key(&entries[*other]));
            match firsts.entry(hasher.hash_one(&own), is_same, rehash) {
                hashbrown::hash_table::Entry::Occupied(first) => {
                    let first = *first.get();
                    next[lasts[first]] = at;
                    lasts[first] = at;
                }
                hashbrown::hash_table::Entry::Vacant(place) => {
                    place.insert(at);
                }
            }
        }
        Self { hasher, firsts, next }
    }

    /// The first place of a key.
    pub(super) fn first<'e, E, K: Hash + Eq>(
        &self,
        sought: &K,
        entries: &'e [E],
        key: fn(&'e E) -> K,
    ) -> Option<usize> {
        let is_same = |at: &usize| key(&entries[*at]) == *sought;
        self.firsts.find(self.hasher.hash_one(sought), is_same).copied()
    }

    /// All places of a key from its first on, in order.
    pub(super) fn all(&self, first: Option<usize>) -> impl Iterator<Item = usize> {
        std::iter::successors(first, |at| Some(self.next[*at]).filter(|next| next != at))
    }

    /// The first place of each key, in order.
    pub(super) fn firsts(&self) -> Vec<usize> {
        let mut firsts: Vec<usize> = self.firsts.iter().copied().collect();
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
        let index = Index::new(&words, |word| word.len());

        let of_length = |length: usize| -> Vec<usize> {
            index.all(index.first(&length, &words, |word| word.len())).collect()
        };

        assert_eq!(of_length(3), [1, 3, 6]);
        assert_eq!(of_length(4), [0, 2, 4, 5]);
        assert_eq!(of_length(5), Vec::<usize>::new());
        assert_eq!(index.firsts(), [0, 1]);
    }
}
