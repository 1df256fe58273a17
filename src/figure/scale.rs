//! The scale of a chart: where it starts and ends, and its ticks.

use crate::chart::Scale;
use crate::stats::{Estimate, Estimator};
use crate::survey::QuestionKind;

use super::Scope;
use super::plan::Plan;
use super::reach::{self, Reach, Ticks, ticks};

impl<'a> Plan<'a> {
    /// A number on the value scale: percent for proportions.
    pub(super) fn position(&self, value: f64) -> f64 {
        if self.estimator.is_proportion() || self.estimator == Estimator::Net {
            value * 100.0
        } else {
            value
        }
    }

    /// Whether the number of everybody is a level that groups lie above or
    /// below, and no sum of theirs.
    pub(super) fn is_level(&self) -> bool {
        !matches!(self.estimator, Estimator::Count | Estimator::Total)
    }

    /// The scale of its drawing: its own, or that of all it is compared with.
    pub(super) fn scale(&self, scope: &Scope<'_>) -> Scale {
        let (start, end, step) = self.span(scope);
        let label = |value: f64| self.scale_label(scope, value);
        let ticks = match ticks(self.kind) {
            Ticks::None => vec![],
            Ticks::Shown => steps(start, end, step).map(|value| (value, label(value))).collect(),
        };
        Scale { start, end, ticks }
    }

    /// How far its numbers go, with the intervals that it draws, and those of
    /// everybody where they are a level.
    pub(super) fn own_reach(&self, scope: &Scope<'_>) -> Reach {
        let cells = || self.cells.iter().flatten().filter_map(|row| *row);
        let totals = self.totals.iter().filter_map(|row| *row).filter(|_| self.is_level());
        let estimates = cells().chain(totals).filter_map(|row| row.value.estimate());
        let reach =
            estimates.fold(Reach::none(self.kind), |reach, value| reach.over(self.position(value)));
        let (low_bases, others): (Vec<_>, Vec<_>) = cells()
            .filter(|_| reach::has_whiskers(self.kind))
            .filter_map(|row| Some((row, scope.limits(row)?)))
            .partition(|(row, _)| scope.low_base(row));
        // Where most rest on few answers, they are what is shown.
        let add = if others.len() < low_bases.len() { Reach::over } else { Reach::perhaps_over };
        let ends =
            |(_, (low, high)): (&Estimate, (f64, f64))| [low, high].map(|end| self.position(end));
        let reach = others.into_iter().flat_map(ends).fold(reach, Reach::over);
        low_bases.into_iter().flat_map(ends).fold(reach, add)
    }

    /// Whether the interval of a row that it draws goes on beyond its scale.
    pub(super) fn goes_on(&self, scope: &Scope<'_>, row: &Estimate) -> bool {
        // Every other interval has its place; to know this is cheap.
        if !reach::has_whiskers(self.kind) || !scope.low_base(row) {
            return false;
        }
        let Some((low, high)) = scope.limits(row) else { return false };
        let (start, end, _) = self.span(scope);
        // But for rounding.
        let slack = (end - start) * 1e-6;
        self.position(low) < start - slack || end + slack < self.position(high)
    }

    /// The rows whose intervals are drawn to the end of the scale and go on
    /// beyond it, with the line and column of each.
    pub(super) fn beyond(&self, scope: &Scope<'_>) -> Vec<(usize, usize, &'a Estimate)> {
        let drawn = self.drawn();
        let is_drawn = |line: usize, column: usize| {
            self.left_out() == 0 || drawn.contains(if self.turned() { &column } else { &line })
        };
        let cells = self.cells.iter().enumerate().flat_map(|(line, cells)| {
            cells.iter().enumerate().filter_map(move |(column, row)| Some((line, column, (*row)?)))
        });
        cells
            .filter(|(line, column, row)| is_drawn(*line, *column) && self.goes_on(scope, row))
            .collect()
    }

    /// Start, end and step of the scale.
    fn span(&self, scope: &Scope<'_>) -> (f64, f64, f64) {
        let reach = self.reach.unwrap_or_else(|| self.own_reach(scope));
        let ((low, high), ticks) = (reach.ends(), reach.ticks);
        match (&self.question.kind, self.estimator) {
            (QuestionKind::Score { start, end, .. }, Estimator::Mean) => {
                (*start, *end, nice_step(end - start))
            }
            (_, estimator) if estimator.is_proportion() => match ticks {
                // Where no tick is read, what lies behind the longest bar is
                // empty; small shares look small all the same.
                Ticks::None => (0.0, high.clamp(20.0, 100.0), 20.0),
                Ticks::Shown => (0.0, ceiling(high.max(20.0), 20.0).min(100.0), 20.0),
            },
            _ if matches!(ticks, Ticks::None) && low < high => (low, high, 1.0),
            _ => {
                let step = nice_step(high - low);
                (-ceiling(-low, step), ceiling(high, step).max(step), step)
            }
        }
    }

    /// A place on the scale in words.
    pub(super) fn scale_label(&self, scope: &Scope<'_>, value: f64) -> String {
        if self.estimator.is_proportion() {
            return scope.words.percent(value / 100.0, 0);
        }
        // A step of a half needs its decimal.
        scope.words.number(value, u8::from(1e-9 < (value - value.round()).abs()))
    }
}

/// 1, 2 or 5 times a power of ten, so that some five steps fill `length`.
pub(super) fn nice_step(length: f64) -> f64 {
    if length <= 0.0 {
        return 1.0;
    }
    let rough = length / 5.0;
    let mut magnitude = 1.0;
    while magnitude * 10.0 <= rough {
        magnitude *= 10.0;
    }
    while rough < magnitude {
        magnitude /= 10.0;
    }
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * magnitude)
        .find(|step| rough <= *step)
        .unwrap_or(magnitude)
}

fn ceiling(value: f64, step: f64) -> f64 {
    // A value that is a multiple but for rounding is its own ceiling.
    ((value / step - 1e-9).ceil() * step).max(0.0)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a scale has a few steps"
)]
fn steps(start: f64, end: f64, step: f64) -> impl Iterator<Item = f64> {
    let count = ((end - start) / step + 1e-9).floor() as u32;
    (0..=count).map(move |at| start + f64::from(at) * step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_of_ten_has_steps_of_two() {
        let ticks: Vec<String> =
            steps(0.0, 10.0, nice_step(10.0)).map(|tick| tick.to_string()).collect();

        assert_eq!(ticks, ["0", "2", "4", "6", "8", "10"]);
    }

    #[test]
    fn counts_get_round_steps() {
        for (length, step) in [(75.0, 20.0), (264.0, 100.0), (660.0, 200.0), (0.3, 0.1)] {
            assert!((nice_step(length) - step).abs() < 1e-9, "{length}");
        }
    }

    #[test]
    fn a_multiple_is_its_own_ceiling() {
        for (value, end) in [(60.0, 60.0), (61.0, 80.0), (0.0, 0.0)] {
            assert!((ceiling(value, 20.0) - end).abs() < 1e-9, "{value}");
        }
    }
}
