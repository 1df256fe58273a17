//! What short cells of a column were read as: most columns have few different
//! texts, and remembering one takes less time than reading it.

use super::table::Row;

/// How many texts are remembered; each has one slot, which it may share.
const SLOTS: usize = 256;

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// Nothing: it is empty.
    Nothing,
    /// The number that stands for what is written there.
    Code(u32),
    /// What it may not say, which was complained about.
    Wrong,
}

impl Said {
    /// The number, if it says one.
    pub(super) fn code(self) -> Option<u32> {
        match self {
            Self::Code(code) => Some(code),
            Self::Nothing | Self::Wrong => None,
        }
    }
}

/// Cells that were read, each in the slot of its text.
#[derive(Clone)]
pub(super) struct Recall(Box<[(u64, Said); SLOTS]>);

impl Default for Recall {
    fn default() -> Self {
        // No short cell is this number.
        Self(Box::new([(u64::MAX, Said::Nothing); SLOTS]))
    }
}

impl Recall {
    /// What a cell says: as it was read before, else as `read` reads it. A wrong
    /// cell is read, and so complained about, each time.
    #[inline]
    pub(super) fn cell(
        &mut self,
        row: Row<'_>,
        column: usize,
        read: impl FnOnce() -> Said,
    ) -> Said {
        let Some(short) = row.short(column) else { return read() };
        let (known, said) = self.0[slot(short)];
        if known == short {
            return said;
        }
        let said = read();
        if said != Said::Wrong {
            self.0[slot(short)] = (short, said);
        }
        said
    }
}

/// Knuth's multiplier spreads numbers that follow each other.
fn slot(short: u64) -> usize {
    (short.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as usize
}
