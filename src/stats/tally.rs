//! The tally: the one small table between answers and estimates.
//!
//! For one column of answers and one cut it counts, by group, block and
//! option, the respondents, their weights and their squared weights. Within a
//! block every score takes as many values as there are options, so sums of
//! squares and products follow from these counts without loss: nothing
//! downstream reads an answer again.

use crate::survey::Codes;

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

/// The groups of a cut and the blocks of a sample, for every respondent.
#[derive(Debug, Clone)]
pub struct Slots {
    groups: u32,
    blocks: u32,
    /// `group × blocks + block`; `NOWHERE` for who is in no group.
    of: Vec<u32>,
}

const NOWHERE: u32 = u32::MAX;

/// Above this many cells a tally is sorted instead of indexed.
const DENSE: usize = 1 << 20;

impl Slots {
    /// Pairs the group of each respondent with their block.
    pub fn new(
        groups: usize,
        group_of: impl Fn(usize) -> Option<u32>,
        blocks: usize,
        block_of: &[u32],
    ) -> Self {
        let slot = |(row, block): (usize, &u32)| {
            group_of(row).map_or(NOWHERE, |group| group * blocks as u32 + block)
        };
        Self {
            groups: groups as u32,
            blocks: blocks as u32,
            of: block_of.iter().enumerate().map(slot).collect(),
        }
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
}

impl Tally {
    /// Counts one column of answers. Sums run in the order of respondents.
    pub fn count(codes: &Codes, options: u32, slots: &Slots, weights: &[f64]) -> Self {
        let size = slots.groups as usize * slots.blocks as usize * options as usize;
        if size > DENSE {
            return Self::sorted(codes, slots, weights);
        }
        let mut sums = vec![Sums::default(); size];
        let options = options as usize;
        match codes {
            Codes::Bytes(codes) => {
                for ((code, slot), weight) in codes.iter().zip(&slots.of).zip(weights) {
                    if *code != u8::MAX && *slot != NOWHERE {
                        sums[*slot as usize * options + usize::from(*code)].add(*weight);
                    }
                }
            }
            Codes::Wide(codes) => {
                for ((code, slot), weight) in codes.iter().zip(&slots.of).zip(weights) {
                    if *code != u32::MAX && *slot != NOWHERE {
                        sums[*slot as usize * options + *code as usize].add(*weight);
                    }
                }
            }
        }
        let found = sums.iter().enumerate().filter(|(_, sums)| sums.rows > 0);
        Self::collect(
            slots,
            found.map(|(at, sums)| ((at / options) as u32, (at % options) as u32, *sums)),
        )
    }

    fn sorted(codes: &Codes, slots: &Slots, weights: &[f64]) -> Self {
        let mut rows: Vec<(u32, u32, u32)> = codes
            .iter()
            .zip(&slots.of)
            .enumerate()
            .filter_map(|(row, (code, slot))| {
                code.filter(|_| *slot != NOWHERE).map(|code| (*slot, code, row as u32))
            })
            .collect();
        rows.sort_unstable();
        let mut found: Vec<(u32, u32, Sums)> = vec![];
        for (slot, code, row) in rows {
            let same = found.last().is_some_and(|(s, c, _)| (*s, *c) == (slot, code));
            if !same {
                found.push((slot, code, Sums::default()));
            }
            let (_, _, sums) = found.last_mut().expect("one was pushed above");
            sums.add(weights[row as usize]);
        }
        Self::collect(slots, found.into_iter())
    }

    fn collect(slots: &Slots, found: impl Iterator<Item = (u32, u32, Sums)>) -> Self {
        let mut cells = vec![];
        let mut starts = vec![];
        for (slot, option, sums) in found {
            let group = (slot / slots.blocks) as usize;
            while starts.len() <= group {
                starts.push(cells.len());
            }
            cells.push(Cell {
                block: slot % slots.blocks,
                option,
                n: u64::from(sums.n),
                weight: sums.weight,
                square: sums.square,
            });
        }
        while starts.len() <= slots.groups as usize {
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

    fn slots() -> Slots {
        let groups = [Some(0), Some(1), None, Some(1), Some(1)];
        Slots::new(3, |row| groups[row], 2, &[0, 1, 1, 1, 0])
    }

    fn codes() -> Codes {
        Codes::pack(&[Some(1), Some(0), Some(0), Some(0), None])
    }

    #[test]
    fn a_tally_counts_by_group_block_and_option() {
        let tally = Tally::count(&codes(), 2, &slots(), &[2.0, 3.0, 9.0, 0.0, 9.0]);

        let first = Cell { block: 0, option: 1, n: 1, weight: 2.0, square: 4.0 };
        let second = Cell { block: 1, option: 0, n: 1, weight: 3.0, square: 9.0 };
        assert_eq!(tally.group(0), [first]);
        assert_eq!(tally.group(1), [second]);
        assert_eq!((tally.group(2), tally.groups()), (&[][..], 3));
    }

    #[test]
    fn sorting_and_indexing_give_the_same_tally() {
        let weights = [0.1, 0.2, 0.3, 0.4, 0.5];

        let indexed = Tally::count(&codes(), 2, &slots(), &weights);

        assert_eq!(Tally::sorted(&codes(), &slots(), &weights), indexed);
    }
}
