//! One lane, on which a bar or a dot stands.

use super::axis::Span;
use super::mark::Dot;
use super::palette::Role;
use super::style::Style;

/// Between a mark and its number, in pixels.
pub(super) const VALUE_GAP: f64 = 6.0;

/// Between a line of reference and a number that makes way for it, in pixels.
const LINE_GAP: f64 = 4.0;

/// A number further from its mark than this is no longer seen as its own, in pixels.
const FAR: f64 = 20.0;

/// One lane's place and look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lane {
    pub(super) span: Span,
    /// Its middle and its height, in pixels.
    pub(super) middle: f64,
    pub(super) height: f64,
    /// Where the plot begins, in pixels.
    pub(super) left: f64,
    pub(super) role: Role,
    pub(super) dot: Dot,
    pub(super) style: Style,
    /// Where the line of reference passes, in pixels.
    pub(super) reference: Option<f64>,
}

impl Lane {
    /// Where a number of some width begins that stands between `end` and `right`:
    /// past the line of reference, where that would cross it and is near.
    pub(super) fn number_between(&self, (end, right): (f64, f64), wide: f64) -> f64 {
        let left = end + VALUE_GAP;
        let crosses = |line: f64| left - LINE_GAP < line && line < left + wide + LINE_GAP;
        let past = self.reference.filter(|line| crosses(*line)).map(|line| line + LINE_GAP);
        past.filter(|past| past - left <= FAR && past + wide <= right).unwrap_or(left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_makes_way_for_the_line_of_reference_but_stays_near() {
        let lane = |reference| Lane {
            span: Span::new((0.0, 100.0), (0.0, 100.0)),
            middle: 10.0,
            height: 20.0,
            left: 0.0,
            role: Role::Series(1),
            dot: Dot::Circle,
            style: Style::VALUE,
            reference,
        };
        let begins = |line, right| lane(line).number_between((50.0, right), 30.0);
        let at = |line: f64| begins(Some(line), 100.0);

        // Through the beginning of the number, through its end, left of it.
        assert_eq!((at(60.0), at(80.0), at(45.0)), (64.0, 56.0, 56.0));
        // Without a line, and where there is no room behind it.
        assert_eq!((begins(None, 100.0), begins(Some(68.0), 100.0)), (56.0, 56.0));
    }
}
