//! How numbers are printed: the same one alike wherever it stands. Parts of a
//! whole get the whole percentages that add up to 100 (`statistics.md`, 12).

use crate::content::Kind;
use crate::stats::rounding::half_up;
use crate::stats::{Estimate, Estimator};
use crate::survey::QuestionKind;
use crate::wording::NO_NUMBER;

use super::Scope;
use super::plan::{Across, Plan};

/// A share that prints as less than one percent.
const BELOW_ONE: f64 = 0.001;

impl Scope<'_> {
    /// A row as it is printed, or the sign for a number that is not there.
    pub fn printed(&self, row: &Estimate) -> String {
        self.printed_like(row, row.digits)
    }

    /// A row as a sentence tells it: a rank says that it is one.
    pub(super) fn told(&self, row: &Estimate) -> String {
        let value = self.printed(row);
        match row.estimator {
            Estimator::Rank => self.words.fill("description.rank", &[("value", &value)]),
            _ => value,
        }
    }

    /// A row as it is printed with other decimals than its own.
    pub fn printed_like(&self, row: &Estimate, digits: Option<u8>) -> String {
        match (row.value.estimate(), self.whole_percent(row).filter(|_| digits.is_none())) {
            (None, _) => NO_NUMBER.to_owned(),
            // Somebody gave the answer.
            (Some(share), Some(0)) if 0.0 < share => self.words.percent(BELOW_ONE, 0),
            (Some(_), Some(percent)) => self.words.percent(f64::from(percent) / 100.0, 0),
            (Some(value), None) => self.display(row.estimator, value, digits),
        }
    }

    /// The whole percentage of a share that was computed, of answers of which
    /// one could be given; a published one stays as it was printed. In a
    /// distribution of scores a rare value would lose its only percent.
    pub(super) fn whole_percent(&self, row: &Estimate) -> Option<u32> {
        let precision = row.value.precision().filter(|_| row.digits.is_none())?;
        let question = self.survey.codebook.question(row.question.as_str())?;
        precision.percent.filter(|_| !matches!(question.kind, QuestionKind::Score { .. }))
    }
}

impl Plan<'_> {
    /// The string that says how the percentages were rounded, where it shows.
    pub(super) fn rounding_note(&self, scope: &Scope<'_>) -> Option<&'static str> {
        let is_stack = matches!(self.kind, Kind::Stacked | Kind::Diverging);
        let is_told = |row: &Estimate| {
            let shown = scope.whole_percent(row).zip(row.value.estimate());
            shown.is_some_and(|(percent, share)| {
                is_stack || 0.5 < (half_up(share * 100.0) - f64::from(percent)).abs()
            })
        };
        if self.rows().any(is_told) {
            return Some("figure.rounded-whole");
        }
        // A publication rounds as it likes.
        let is_off = |sum: f64| 1e-9 < (sum - 1.0).abs();
        (is_stack && self.sums().into_iter().any(is_off)).then_some("figure.rounded")
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
