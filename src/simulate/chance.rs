//! Chance that is the same on every machine: whole numbers only.

/// One standard deviation of [`Chance::normal`].
pub(super) const SD: i64 = 65_536;

/// `SplitMix64` (Steele, Lea and Flood, 2014).
pub(super) struct Chance(u64);

impl Chance {
    /// A sequence of its own for each purpose, so that a question which is
    /// added to a codebook leaves the answers to the others as they were.
    pub(super) fn new(seed: u64, purpose: &str) -> Self {
        // FNV-1a
        let hash = purpose.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut chance = Self(seed ^ hash);
        chance.next();
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to `bound` − 1; `bound` is small beside 2^64.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    /// True `percent` times in a hundred.
    pub(super) fn happens(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// Nearly normal around 0: twelve uniform numbers.
    pub(super) fn normal(&mut self) -> i64 {
        let sum: i64 = (0..3).map(|_| self.four()).sum();
        sum - 6 * SD
    }

    /// The sum of the four parts of a number.
    fn four(&mut self) -> i64 {
        let bits = self.next();
        (0..4).map(|part| i64::from((bits >> (16 * part)) as u16)).sum()
    }

    /// Puts things in a random order.
    pub(super) fn shuffle<T>(&mut self, things: &mut [T]) {
        for at in (1..things.len()).rev() {
            let other = self.below(at as u64 + 1) as usize;
            things.swap(at, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_never_changes() {
        let mut chance = Chance::new(1, "themes");

        let numbers: Vec<u64> = (0..4).map(|_| chance.below(1000)).collect();

        assert_eq!(numbers, [131, 897, 977, 24]);
    }

    #[test]
    fn noise_lies_around_nothing_with_its_deviation() {
        let mut chance = Chance::new(2, "noise");
        let drawn: Vec<i64> = (0..10_000).map(|_| chance.normal()).collect();

        let mean = drawn.iter().sum::<i64>() / 10_000;
        let within = drawn.iter().filter(|value| value.abs() < SD).count();

        assert!(mean.abs() < SD / 50, "{mean}");
        assert!((6600..7100).contains(&within), "{within}");
    }
}
