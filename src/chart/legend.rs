//! The key to series or shades: a sample of the mark and the name, in drawing order.

use super::font::Font;
use super::layout::{Anchor, Layout};
use super::mark::{self, Sample};
use super::shape::at;
use super::style::Style;
use super::text::clean;

/// Width of a sample and its distance to the name, in pixels.
const SAMPLE: f64 = 14.0;
const SAMPLE_GAP: f64 = 6.0;

/// Between two entries of a line, in pixels.
const ENTRY_GAP: f64 = 20.0;

/// Between two lines of entries, in pixels.
const LINE_GAP: f64 = 4.0;

/// Below the legend, in pixels.
const BELOW: f64 = 10.0;

/// Draws a legend that begins at `top`, flush with `left` when it then fits
/// on one line and else with the drawing. Returns its end. The style is that
/// of a key to series or of one to shades, whose texts are the bounds of
/// classes: no more numbers of the figure than the ticks of an axis are.
pub(super) fn draw<'a>(
    style: Style,
    layout: &mut Layout,
    entries: impl Iterator<Item = (&'a str, Sample)>,
    (left, top): (f64, f64),
    font: &Font,
) -> f64 {
    let room = layout.width - SAMPLE - SAMPLE_GAP;
    let entries: Vec<_> =
        entries.map(|(name, sample)| (style.with(font).wrap(name, room, 3), sample)).collect();
    let total: f64 = entries.iter().map(|(lines, _)| SAMPLE + SAMPLE_GAP + lines.width).sum();
    let gaps = ENTRY_GAP * super::shape::count(entries.len().saturating_sub(1));
    let left = if left + total + gaps <= layout.width { left } else { 0.0 };

    let (mut x, mut y, mut tallest) = (left, top, 0.0_f64);
    for (lines, sample) in &entries {
        let width = SAMPLE + SAMPLE_GAP + lines.width;
        if x > left && x + width > layout.width {
            x = left;
            y += tallest + LINE_GAP;
            tallest = 0.0;
        }
        let middle = y + style.height() / 2.0;
        mark::sample(layout, *sample, at(x + SAMPLE / 2.0, middle), SAMPLE);
        let place = (Anchor::Start, x + SAMPLE + SAMPLE_GAP);
        layout.lines(font, style, lines, place, y);
        tallest = tallest.max(style.height_of(lines.lines.len().max(1)));
        x += width + ENTRY_GAP;
    }
    y + tallest + BELOW
}

/// Draws a legend as a column, the last entry at its top: the key to shades
/// rises as a scale does. It is flush with the right end of the drawing.
/// Returns its left side and its end; `None`, and draws nothing, when a name
/// is longer than `room`.
pub(super) fn beside<'a>(
    style: Style,
    layout: &mut Layout,
    entries: impl DoubleEndedIterator<Item = (&'a str, Sample)>,
    (top, room): (f64, f64),
    font: &Font,
) -> Option<(f64, f64)> {
    let entries: Vec<_> = entries.map(|(name, sample)| (clean(name), sample)).collect();
    let widths = entries.iter().map(|(name, _)| style.with(font).width(name));
    let width = SAMPLE + SAMPLE_GAP + widths.fold(0.0, f64::max).ceil();
    if entries.is_empty() || room < width {
        return None;
    }
    let left = layout.width - width;
    let mut y = top;
    for (name, sample) in entries.iter().rev() {
        let middle = y + style.height() / 2.0;
        mark::sample(layout, *sample, at(left + SAMPLE / 2.0, middle), SAMPLE);
        let x = left + SAMPLE + SAMPLE_GAP;
        layout.text(font, style, name, (Anchor::Start, x), style.baseline_under(y));
        y += style.height() + LINE_GAP;
    }
    Some((left, y - LINE_GAP))
}
