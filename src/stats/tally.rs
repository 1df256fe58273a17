//! The tally: the one small table between answers and estimates.
//!
//! For one column of answers and one cut it counts, by group, block and
//! option, the respondents, their weights and their squared weights. Within a
//! block every score takes as many values as there are options, so sums of
//! squares and products follow from these counts without loss: nothing
//! downstream reads an answer again.

use hashbrown::HashMap;

use crate::survey::{Codes, Mass};

/// One cell of a tally.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// The block of the sample.
    pub block: u32,
    /// The option, or the index of the value.
    pub option: u32,
    /// Respondents of positive weight.
    pub n: u64,
    /// Sum of weights.
    pub weight: f64,
    /// Sum of squared weights.
    pub square: f64,
}

/// The answers to one column within the groups of one cut. Cells stand in
/// order of group, block and option; there are none without a respondent.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    cells: Vec<Cell>,
    /// Where the cells of each group start; one more than there are groups.
    starts: Vec<usize>,
}

/// A place for every respondent: what they may be told apart by. An answer
/// is counted into the place of whoever gave it, once for all cuts.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The place of each respondent.
    pub of: Vec<u32>,
    /// How many places there are.
    pub count: usize,
}

/// Above this many cells a tally is sorted instead of indexed, places hashed.
const DENSE: usize = 1 << 20;

impl Places {
    /// One place for everybody.
    pub fn one(respondents: usize) -> Self {
        Self { of: vec![0; respondents], count: 1 }
    }

    /// Parts every place by a second number below a bound. Places are numbered as
    /// respondents come to them.
    #[must_use]
    pub fn split(&self, bound: usize, by: impl Fn(usize) -> u32) -> Self {
        let mut count = 0;
        let mut number = |known: &mut u32| {
            if *known == u32::MAX {
                *known = count;
                count += 1;
            }
            *known
        };
        let rows = self.of.iter().enumerate();
        let of = if self.count * bound > DENSE {
            let mut known: HashMap<(u32, u32), u32> = HashMap::new();
            let place = |(row, place): (usize, &u32)| {
                number(known.entry((*place, by(row))).or_insert(u32::MAX))
            };
            rows.map(place).collect()
        } else {
            let mut known = vec![u32::MAX; self.count * bound];
            let place = |(row, place): (usize, &u32)| {
                number(&mut known[*place as usize * bound + by(row) as usize])
            };
            rows.map(place).collect()
        };
        Self { of, count: count as usize }
    }

    /// A respondent of each place: the first.
    pub fn first(&self) -> Vec<usize> {
        let mut first = Vec::with_capacity(self.count);
        for (row, place) in self.of.iter().enumerate() {
            if *place as usize == first.len() {
                first.push(row);
            }
        }
        first
    }
}

#[derive(Clone, Copy, Default)]
struct Sums {
    rows: u32,
    n: u32,
    weight: f64,
    square: f64,
}

impl Sums {
    fn add(&mut self, weight: f64) {
        self.rows += 1;
        self.n += u32::from(weight > 0.0);
        self.weight += weight;
        self.square += weight * weight;
    }

    fn cell(self, block: u32, option: u32) -> Cell {
        let Self { n, weight, square, .. } = self;
        Cell { block, option, n: u64::from(n), weight, square }
    }
}

impl Tally {
    /// Counts one column of answers by place, each a group of one block.
    /// Sums run in the order of respondents.
    pub fn count(codes: &Codes, options: u32, places: &Places, weights: &[f64]) -> Self {
        if places.count * options as usize > DENSE {
            return Self::sorted(codes, places, weights);
        }
        let mut sums = vec![Sums::default(); places.count * options as usize];
        let options = options as usize;
        match codes {
            Codes::Bytes(codes) => {
                for ((code, place), weight) in codes.iter().zip(&places.of).zip(weights) {
                    if *code != u8::MAX {
                        sums[*place as usize * options + usize::from(*code)].add(*weight);
                    }
                }
            }
            Codes::Wide(codes) => {
                for ((code, place), weight) in codes.iter().zip(&places.of).zip(weights) {
                    if *code != u32::MAX {
                        sums[*place as usize * options + *code as usize].add(*weight);
                    }
                }
            }
        }
        let found = sums.iter().enumerate().filter(|(_, sums)| sums.rows > 0);
        let found = found.map(|(at, sums)| (at / options, sums.cell(0, (at % options) as u32)));
        Self::collect(places.count, found)
    }

    /// Adds up what was counted before: the row of the places, the option and
    /// how many they are.
    pub fn gather(counts: impl Iterator<Item = (usize, u32, Mass)>, places: &Places) -> Self {
        let cell = |(row, option, mass): (usize, u32, Mass)| {
            let Mass { n, weight, square } = mass;
            (places.of[row], Cell { block: 0, option, n, weight, square })
        };
        Self::added(counts.map(cell).collect(), places.count)
    }

    fn sorted(codes: &Codes, places: &Places, weights: &[f64]) -> Self {
        let mut rows: Vec<(u32, u32, u32)> = codes
            .iter()
            .zip(&places.of)
            .enumerate()
            .filter_map(|(row, (code, place))| code.map(|code| (*place, code, row as u32)))
            .collect();
        rows.sort_unstable();
        let same = |a: &(u32, u32, u32), b: &(u32, u32, u32)| (a.0, a.1) == (b.0, b.1);
        let found = rows.chunk_by(same).map(|chunk| {
            let mut sums = Sums::default();
            for (_, _, row) in chunk {
                sums.add(weights[*row as usize]);
            }
            (chunk[0].0 as usize, sums.cell(0, chunk[0].1))
        });
        Self::collect(places.count, found)
    }

    /// The same answers by other groups: `group_and_block` says where those
    /// of each group of this tally belong, if anywhere.
    #[must_use]
    pub fn regrouped(
        &self,
        groups: usize,
        group_and_block: impl Fn(usize) -> Option<(u32, u32)>,
    ) -> Self {
        let mut moved: Vec<(u32, Cell)> = vec![];
        for (from, cells) in self.by_group().enumerate() {
            if let Some((group, block)) = group_and_block(from) {
                moved.extend(cells.iter().map(|cell| (group, Cell { block, ..*cell })));
            }
        }
        Self::added(moved, groups)
    }

    /// Brings cells into order and adds those of one group, block and option.
    fn added(mut moved: Vec<(u32, Cell)>, groups: usize) -> Self {
        moved.sort_by_key(|(group, cell)| (*group, cell.block, cell.option));
        let same = |a: &(u32, Cell), b: &(u32, Cell)| {
            (a.0, a.1.block, a.1.option) == (b.0, b.1.block, b.1.option)
        };
        let found = moved.chunk_by(same).map(|chunk| {
            let (group, mut cell) = chunk[0];
            for (_, other) in &chunk[1..] {
                cell.n += other.n;
                cell.weight += other.weight;
                cell.square += other.square;
            }
            (group as usize, cell)
        });
        Self::collect(groups, found)
    }

    fn collect(groups: usize, found: impl Iterator<Item = (usize, Cell)>) -> Self {
        let mut cells = vec![];
        let mut starts = vec![];
        for (group, cell) in found {
            while starts.len() <= group {
                starts.push(cells.len());
            }
            cells.push(cell);
        }
        while starts.len() <= groups {
            starts.push(cells.len());
        }
        Self { cells, starts }
    }

    /// The cells of one group.
    pub fn group(&self, group: usize) -> &[Cell] {
        &self.cells[self.starts[group]..self.starts[group + 1]]
    }

    /// The cells of every group in order.
    pub fn by_group(&self) -> impl Iterator<Item = &[Cell]> {
        (0..self.groups()).map(|group| self.group(group))
    }

    /// How many groups the cut has.
    pub fn groups(&self) -> usize {
        self.starts.len() - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Places of five respondents: group × 2 + block, the third in no group.
    fn places() -> Places {
        Places { of: vec![0, 3, 4, 3, 2], count: 5 }
    }

    fn codes() -> Codes {
        Codes::pack(&[Some(1), Some(0), Some(0), Some(0), None])
    }

    fn by_group(tally: &Tally) -> Tally {
        tally.regrouped(3, |place| (place < 4).then_some((place as u32 / 2, place as u32 % 2)))
    }

    #[test]
    fn a_tally_counts_by_group_block_and_option() {
        let tally = by_group(&Tally::count(&codes(), 2, &places(), &[2.0, 3.0, 9.0, 0.0, 9.0]));

        let first = Cell { block: 0, option: 1, n: 1, weight: 2.0, square: 4.0 };
        let second = Cell { block: 1, option: 0, n: 1, weight: 3.0, square: 9.0 };
        assert_eq!(tally.group(0), [first]);
        assert_eq!(tally.group(1), [second]);
        assert_eq!((tally.group(2), tally.groups()), (&[][..], 3));
    }

    #[test]
    fn places_that_belong_together_are_added() {
        let tally = Tally::count(&codes(), 2, &places(), &[2.0, 3.0, 9.0, 0.5, 9.0]);

        let all = tally.regrouped(1, |_| Some((0, 0)));

        let zero = Cell { block: 0, option: 0, n: 3, weight: 12.5, square: 90.25 };
        let one = Cell { block: 0, option: 1, n: 1, weight: 2.0, square: 4.0 };
        assert_eq!(all.group(0), [zero, one]);
    }

    #[test]
    fn sorting_and_indexing_give_the_same_tally() {
        let weights = [0.1, 0.2, 0.3, 0.4, 0.5];

        let indexed = Tally::count(&codes(), 2, &places(), &weights);

        assert_eq!(Tally::sorted(&codes(), &places(), &weights), indexed);
    }

    #[test]
    fn places_are_numbered_as_respondents_come() {
        let groups = [7, 3, 7, 7, 3];
        // The second bound is too large for a table.
        for bound in [8, DENSE] {
            let places = Places::one(5).split(bound, |row| groups[row]);
            let places = places.split(bound, |row| u32::from(row > 2));

            assert_eq!((&places.of[..], places.count), (&[0, 1, 0, 2, 3][..], 4));
            assert_eq!(places.first(), [0, 1, 3, 4]);
        }
    }
}
