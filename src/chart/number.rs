//! One big number with what it counts.

use super::font::Font;
use super::layout::{Anchor, Layout, MARGIN};
use super::rows;
use super::shape::Frame;
use super::style::Style;
use super::text::clean;
use super::value::Datum;

/// One number with what it is compared to.
#[derive(Debug, Clone, PartialEq)]
pub struct BigNumber {
    /// The number as printed.
    pub datum: Datum,
    /// What it counts.
    pub label: String,
    /// A line of comparison or base.
    pub detail: Option<String>,
}

/// Largest and smallest size of the number, in pixels to the em.
const SIZES: (f64, f64) = (64.0, 28.0);

/// Draws a number as text.
pub(super) fn lay_out(number: &BigNumber, width: f64, font: &Font) -> Layout {
    let mut layout = Layout::new(width);
    let text = clean(&number.datum.text);
    let big = Style::VALUE.semibold();
    let natural = big.sized(1.0).with(font).width(&text).max(1e-9);
    let big = big.sized((width / natural).clamp(SIZES.1, SIZES.0).floor());
    let (text, _) = big.with(font).shorten(&text, width);
    // Large letters have large boxes: keep them inside the drawing.
    let top = MARGIN + big.size * 0.1;
    layout.text(font, big, &text, (Anchor::Start, 0.0), big.baseline_under(top));
    layout.plot = Frame { left: 0.0, top, right: width, bottom: top + big.height() };

    let label = Style::LABEL.sized(17.0);
    let lines = label.with(font).wrap(&number.label, width, 4);
    let end = top + big.height() + 4.0;
    let end = layout.lines(font, label, &lines, (Anchor::Start, 0.0), end);
    rows::finish(&mut layout, end);
    layout
}
