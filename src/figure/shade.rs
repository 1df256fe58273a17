//! Shades of tiles and of heat tables: the class of each number.

use crate::content::Kind;
use crate::stats::Estimate;

use super::plan::Plan;
use super::scale::nice_step;

/// Most classes of a map or a heat table.
const CLASSES: usize = 5;

impl Plan<'_> {
    /// The classes of its numbers: its own, or those of all it is compared with.
    pub(super) fn classes(&self) -> Classes {
        Classes::over(self.shades.or_else(|| self.own_shades()).unwrap_or_default())
    }

    /// Its least and its largest number; `None`: it has none.
    pub(super) fn own_shades(&self) -> Option<(f64, f64)> {
        let cells = self.cells.iter().flatten().filter_map(|row| *row);
        let values = cells.filter_map(|row| row.value.estimate());
        values.map(|value| self.position(value)).fold(None, |shades, value| {
            let (low, high) = shades.unwrap_or((value, value));
            Some((low.min(value), high.max(value)))
        })
    }

    /// The class of each number of a heat table, 1 pale to 5 dark.
    pub(super) fn class(&self, row: &Estimate) -> Option<u8> {
        if self.kind != Kind::Heat {
            return None;
        }
        let classes = self.classes();
        let class = classes.of(self.position(row.value.estimate()?));
        // Few classes take the steps that stand apart.
        let step = if classes.count <= 1 { 3 } else { 1 + class * 4 / (classes.count - 1) };
        u8::try_from(step).ok()
    }
}

/// Classes of equal width between round numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Classes {
    start: f64,
    step: f64,
    count: usize,
}

impl Classes {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "there are few classes"
    )]
    fn over((low, high): (f64, f64)) -> Self {
        if high - low < 1e-9 {
            return Self { start: low, step: 1.0, count: 1 };
        }
        let mut step = nice_step(high - low);
        loop {
            let start = (low / step + 1e-9).floor() * step;
            let count = ((high - start) / step + 1e-9).floor() as usize + 1;
            if count <= CLASSES {
                return Self { start, step, count };
            }
            step = nice_step(step * 5.0 * 1.01);
        }
    }

    /// The class of a value, counted from nothing.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a class is counted from nothing"
    )]
    pub(super) fn of(&self, value: f64) -> usize {
        let class = ((value - self.start) / self.step + 1e-9).floor().max(0.0) as usize;
        class.min(self.count - 1)
    }

    /// The ends of each class.
    pub(super) fn limits(self) -> impl Iterator<Item = (f64, f64)> {
        (0..u32::try_from(self.count).unwrap_or(0)).map(move |class| {
            let low = self.start + f64::from(class) * self.step;
            (low, low + self.step)
        })
    }
}
