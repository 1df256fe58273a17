//! Diverging bars: disagreement to the left of the middle, agreement to the
//! right, what is neither split over it or set aside.

use super::axis;
use super::font::Font;
use super::layout::{Layout, MARGIN};
use super::legend;
use super::palette::Role;
use super::rows::{self, Row, Standing};
use super::shape::Frame;
use super::stack::{Neutral, Segment, Stack, THICKNESS, Tone, Words, share, title};

/// Between the scale and what is set aside, in pixels.
const ASIDE_GAP: f64 = 22.0;

/// Draws diverging bars.
pub(super) fn lay_out(chart: &Stack, width: f64, font: &Font) -> Layout {
    let mut layout = Layout::new(width);
    let standing = Standing::new(chart.headings(), &[], width, font);
    let words = Words::new(&chart.asides, width, font);
    let (left, right) = (standing.left, width - words.width);
    let top = legend::draw(&mut layout, chart.legend(), (left, MARGIN), font);
    let lanes = vec![1; chart.rows.len()];
    let stand =
        standing.stand(&mut layout, &lanes, words.pitch(THICKNESS), top + words.height, font);
    let middles: Vec<f64> = stand.lanes.iter().flatten().copied().collect();
    words.draw(&mut layout, top, &middles, font);
    layout.plot = Frame { left, top: stand.down.0, right, bottom: stand.down.1 };

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
            draw_segment(&mut layout, (chart, row, part), *role, (*x, *middle, long), font);
            *x += long;
        }
    }
    rows::finish(&mut layout, stand.down.1);
    layout
}

fn draw_segment(
    layout: &mut Layout,
    (chart, row, part): (&Stack, &Row, usize),
    role: Role,
    (x, middle, long): (f64, f64, f64),
    font: &Font,
) {
    let cell = &row.cells[part];
    let title = title(row, &chart.parts[part], cell);
    Segment { cell, role, across: (x, x + long), middle, title }.draw(layout, font);
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
                Tone::Series | Tone::Ordered | Tone::Positive | Tone::Apart => {
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
            Tone::Series | Tone::Ordered | Tone::Negative | Tone::Positive => false,
        }
    }
}
