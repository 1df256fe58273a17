//! How far numbers go on a scale, and whether it is read off ticks.

use crate::content::Kind;

/// Whether the places on a scale are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ticks {
    None,
    Shown,
}

/// Numbers stand at bars; dots and lines are read off a scale.
pub(super) fn ticks(kind: Kind) -> Ticks {
    match kind {
        Kind::Bars | Kind::Grouped | Kind::Multiples => Ticks::None,
        _ => Ticks::Shown,
    }
}

/// Whether a kind draws the intervals of its numbers.
pub(super) fn has_whiskers(kind: Kind) -> bool {
    match kind {
        Kind::Bars
        | Kind::Grouped
        | Kind::Dots
        | Kind::Histogram
        | Kind::Line
        | Kind::Slope
        | Kind::Multiples => true,
        Kind::Dumbbell
        | Kind::Stacked
        | Kind::Diverging
        | Kind::Tiles
        | Kind::Heat
        | Kind::Number
        | Kind::Table => false,
    }
}

/// By how much the intervals of low bases may lengthen a scale, as a share of
/// what it is without them: bars keep three quarters of their length.
const LENGTHENED: f64 = 1.0 / 3.0;

/// How far numbers go on a scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reach {
    low: f64,
    high: f64,
    /// With the intervals of low bases.
    widest: (f64, f64),
    /// Whether any drawing on it has ticks, so that it ends at one.
    pub(super) ticks: Ticks,
}

impl Reach {
    /// That of no number, in a drawing of a kind.
    pub(super) fn none(kind: Kind) -> Self {
        Self { low: 0.0, high: 0.0, widest: (0.0, 0.0), ticks: ticks(kind) }
    }

    /// The same and one value more.
    pub(super) fn over(self, value: f64) -> Self {
        let wider = self.perhaps_over(value);
        Self { low: self.low.min(value), high: self.high.max(value), ..wider }
    }

    /// The same and the end of an interval more that rests on few answers.
    pub(super) fn perhaps_over(self, value: f64) -> Self {
        Self { widest: (self.widest.0.min(value), self.widest.1.max(value)), ..self }
    }

    /// As far as both; where one has ticks, both end at one.
    pub(super) fn with(self, other: Self) -> Self {
        let ticks = if other.ticks == Ticks::Shown { Ticks::Shown } else { self.ticks };
        let (low, high) = other.widest;
        let wider = self.perhaps_over(low).perhaps_over(high);
        Self { ticks, ..wider.over(other.low).over(other.high) }
    }

    /// Its ends: an interval that rests on few answers and is nearly as long as
    /// the scale may not press all others together.
    pub(super) fn ends(self) -> (f64, f64) {
        let more = (self.high - self.low) * LENGTHENED;
        (self.widest.0.max(self.low - more), self.widest.1.min(self.high + more))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(value: f64, low_base: f64) -> Reach {
        Reach::none(Kind::Bars).over(value).perhaps_over(low_base)
    }

    #[test]
    fn a_low_base_lengthens_a_scale_by_a_third_at_most() {
        assert_eq!(reach(60.0, 55.0).ends(), (0.0, 60.0));
        assert_eq!(reach(60.0, 75.0).ends(), (0.0, 75.0));
        assert_eq!(reach(60.0, 99.0).ends(), (0.0, 80.0));
        assert_eq!(reach(60.0, -99.0).ends(), (-20.0, 60.0));
    }

    #[test]
    fn what_is_compared_has_one_scale_whoever_has_the_low_base() {
        let (one, other) = (reach(30.0, 99.0), reach(60.0, 20.0));

        assert_eq!(one.with(other).ends(), (0.0, 80.0));
        assert_eq!(one.with(other), other.with(one));
    }
}
