//! Diverging bars: disagreement to the left of the middle, agreement to the
//! right, what is neither split over it or set aside.

use super::axis;
use super::font::Font;
use super::layout::Layout;
use super::rows::{self, Row};
use super::stack::{self, Begun, Neutral, Segment, Stack, Tone, share};

/// Between the scale and what is set aside, in pixels.
const ASIDE_GAP: f64 = 22.0;

/// Draws diverging bars.
pub(super) fn lay_out(chart: &Stack, width: f64, font: &Font) -> Layout {
    let Begun { mut layout, middles, stand } = stack::begin(chart, width, font);
    let (left, right) = (layout.plot.left, layout.plot.right);
    let reach = Reach::over(chart);
    let gap = if reach.aside > 0.0 { ASIDE_GAP } else { 0.0 };
    let unit = (right - left - gap) / (reach.before + reach.after + reach.aside).max(1.0);
    let zero = left + reach.before * unit;
    let aside = zero + reach.after * unit + gap;
    axis::base_line(&mut layout, zero, &stand.pieces);
    if reach.aside > 0.0 {
        axis::base_line(&mut layout, aside, &stand.pieces);
    }
    let roles = chart.roles();
    for (row, middle) in chart.rows.iter().zip(&middles) {
        if let Some(reason) = chart.reason(row) {
            rows::missing(&mut layout, &reason, (left, right), *middle, font);
            continue;
        }
        let mut on_scale = zero - Reach::of(chart, row).before * unit;
        let mut beside = aside;
        for (part, role) in roles.iter().enumerate().take(row.cells.len()) {
            let long = share(row, part) * unit;
            let x = if chart.is_aside(part) { &mut beside } else { &mut on_scale };
            let across = (*x, *x + long);
            let segment = Segment { cell: &row.cells[part], role: *role, across, middle: *middle };
            segment.draw(&mut layout, font);
            *x += long;
        }
    }
    rows::finish(&mut layout, stand.down.1);
    layout
}

/// How far bars reach, in percent: before the middle, after it, and aside.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Reach {
    before: f64,
    after: f64,
    aside: f64,
}

impl Reach {
    fn of(chart: &Stack, row: &Row) -> Self {
        let mut reach = Self::default();
        for (index, part) in chart.parts.iter().enumerate() {
            let share = share(row, index);
            match part.tone {
                _ if chart.is_aside(index) => reach.aside += share,
                Tone::Negative => reach.before += share,
                Tone::Neutral => {
                    reach.before += share / 2.0;
                    reach.after += share / 2.0;
                }
                Tone::Series | Tone::Positive | Tone::Apart => {
                    reach.after += share;
                }
            }
        }
        reach
    }

    fn over(chart: &Stack) -> Self {
        chart.rows.iter().map(|row| Self::of(chart, row)).fold(Self::default(), |most, row| Self {
            before: most.before.max(row.before),
            after: most.after.max(row.after),
            aside: most.aside.max(row.aside),
        })
    }
}

impl Stack {
    /// Whether a part stands beside the scale.
    fn is_aside(&self, part: usize) -> bool {
        match self.parts[part].tone {
            Tone::Apart => true,
            Tone::Neutral => self.neutral == Neutral::Aside,
            Tone::Series | Tone::Negative | Tone::Positive => false,
        }
    }
}
