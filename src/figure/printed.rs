//! How the numbers of a figure are printed: as everywhere, but for parts of a
//! whole, whose whole percentages add up to 100 (METHODS 13).

use crate::content::Kind;
use crate::stats::{Estimate, Estimator};

use super::Scope;
use super::plan::{Across, Plan};

/// A share that prints as less than one percent.
const BELOW_ONE: f64 = 0.001;

impl Plan<'_> {
    /// A row as the figure prints it: in its drawing, its table, its words and
    /// its file.
    pub(super) fn printed(&self, scope: &Scope<'_>, row: &Estimate) -> String {
        match (self.whole_percent(row), row.value.estimate()) {
            // Somebody gave the answer.
            (Some(0), Some(share)) if 0.0 < share => scope.words.percent(BELOW_ONE, 0),
            (Some(percent), _) => scope.words.percent(f64::from(percent) / 100.0, 0),
            (None, _) => scope.printed(row),
        }
    }

    /// The string that says how the percentages of the bars were rounded.
    pub(super) fn rounding_note(&self) -> Option<&'static str> {
        if !self.is_stack() {
            return None;
        }
        if self.rows().any(|row| self.whole_percent(row).is_some()) {
            return Some("figure.rounded-whole");
        }
        // A publication rounds as it likes.
        let is_off = |sum: f64| 1e-9 < (sum - 1.0).abs();
        self.sums().into_iter().any(is_off).then_some("figure.rounded")
    }

    /// The percentage of a part of a whole that was computed; a published one
    /// stays as it was printed.
    fn whole_percent(&self, row: &Estimate) -> Option<u32> {
        let is_part = self.is_stack() && row.estimator == Estimator::Proportion;
        let precision = row.value.precision().filter(|_| is_part && row.digits.is_none())?;
        precision.percent
    }

    fn is_stack(&self) -> bool {
        matches!(self.kind, Kind::Stacked | Kind::Diverging)
    }

    /// What the parts of each bar add up to, where all are known.
    fn sums(&self) -> Vec<f64> {
        let share = |row: Option<&Estimate>| row.and_then(|row| row.value.estimate());
        if matches!(self.across, Across::Options) {
            return self
                .cells
                .iter()
                .filter_map(|cells| cells.iter().copied().map(share).sum())
                .collect();
        }
        (0..self.slices.len())
            .filter_map(|at| self.cells.iter().map(|cells| share(cells[at])).sum())
            .collect()
    }
}
