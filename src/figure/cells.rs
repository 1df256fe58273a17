//! The rows of the results in the cells of a figure, in one piece: those of
//! all figures of a report are known before the first is drawn.

use std::ops::Index;

use crate::stats::Estimate;

/// Lines × columns; `None`: no number is known.
#[derive(Debug, Clone)]
pub(super) struct Cells<'a> {
    /// One line after the other.
    all: Vec<Option<&'a Estimate>>,
    lines: usize,
    columns: usize,
}

impl<'a> Cells<'a> {
    /// Fills the cells; `row` is given a line and a column.
    pub(super) fn fill(
        (lines, columns): (usize, usize),
        row: impl Fn(usize, usize) -> Option<&'a Estimate>,
    ) -> Self {
        let mut all = Vec::with_capacity(lines * columns);
        for line in 0..lines {
            all.extend((0..columns).map(|column| row(line, column)));
        }
        Self { all, lines, columns }
    }

    /// Every line.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[Option<&'a Estimate>]> {
        (0..self.lines).map(|line| &self[line])
    }

    /// These lines in this order.
    pub(super) fn of_lines(&self, order: &[usize]) -> Self {
        Self::fill((order.len(), self.columns), |line, column| self[order[line]][column])
    }

    /// These columns in this order.
    pub(super) fn of_columns(&self, order: &[usize]) -> Self {
        Self::fill((self.lines, order.len()), |line, column| self[line][order[column]])
    }
}

impl<'a> Index<usize> for Cells<'a> {
    type Output = [Option<&'a Estimate>];

    fn index(&self, line: usize) -> &Self::Output {
        &self.all[line * self.columns..(line + 1) * self.columns]
    }
}
