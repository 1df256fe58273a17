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

/// How far numbers go on a scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reach {
    pub(super) low: f64,
    pub(super) high: f64,
    /// Whether any drawing on it has ticks, so that it ends at one.
    pub(super) ticks: Ticks,
}

impl Reach {
    /// That of no number, in a drawing of a kind.
    pub(super) fn none(kind: Kind) -> Self {
        Self { low: 0.0, high: 0.0, ticks: ticks(kind) }
    }

    /// The same and one value more.
    pub(super) fn over(self, value: f64) -> Self {
        Self { low: self.low.min(value), high: self.high.max(value), ..self }
    }

    /// As far as both; where one has ticks, both end at one.
    pub(super) fn with(self, other: Self) -> Self {
        let ticks = if other.ticks == Ticks::Shown { Ticks::Shown } else { self.ticks };
        Self { ticks, ..self.over(other.low).over(other.high) }
    }
}
