//! The running text of a chapter, as stretches of its file.

use std::ops::Range;

/// The stretches of a file between its markup, passage by passage: paragraphs,
/// entries of lists, cells of tables. In two lists, since passages are many and
/// most have one stretch.
#[derive(Debug, Default)]
pub struct Prose {
    stretches: Vec<Range<usize>>,
    /// Which stretch each passage begins with.
    begins: Vec<usize>,
}

impl Prose {
    /// Begins a passage.
    pub(super) fn begin(&mut self) {
        self.begins.push(self.stretches.len());
    }

    /// Adds a stretch to the last passage, if one has begun.
    pub(super) fn push(&mut self, stretch: Range<usize>) {
        if !self.begins.is_empty() {
            self.stretches.push(stretch);
        }
    }

    /// Whether the last passage has no text yet.
    pub(super) fn is_at_begin(&self) -> bool {
        self.begins.last().is_none_or(|begin| *begin == self.stretches.len())
    }

    pub(super) fn stretches(&self) -> impl Iterator<Item = &Range<usize>> {
        self.stretches.iter()
    }

    /// The stretches of each passage.
    pub fn passages(&self) -> impl Iterator<Item = &[Range<usize>]> {
        let ends = self.begins.iter().skip(1).copied().chain([self.stretches.len()]);
        self.begins.iter().zip(ends).map(|(begin, end)| &self.stretches[*begin..end])
    }

    /// Gives back the room that was left for more.
    pub(super) fn shrink(&mut self) {
        self.stretches.shrink_to_fit();
        self.begins.shrink_to_fit();
    }
}
