//! The key to series or shades: a sample of the mark and the name, in drawing order.

use super::font::Font;
use super::layout::{Anchor, Layout};
use super::mark::{self, Sample};
use super::palette::{Role, ink_on};
use super::shape::{Class, Form, Frame, at, count};
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
    let gaps = ENTRY_GAP * count(entries.len().saturating_sub(1));
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

/// Between two steps of a band, and between a step's side and its name, in pixels.
const STEP_GAP: f64 = 3.0;
const STEP_PADDING: f64 = 2.0;

/// The size of names for which a band has little room, in pixels: a phone of
/// 320 shows a drawing at seven eighths.
const SMALLEST: f64 = 13.0;

/// Draws a key to shades as a band over the whole width, the name of each in
/// its own step, beginning at `top`. Returns its end; `None`, and draws
/// nothing, when a name is too long for its step.
pub(super) fn band<'a>(
    style: Style,
    layout: &mut Layout,
    steps: impl Iterator<Item = (&'a str, Role)>,
    top: f64,
    font: &Font,
) -> Option<f64> {
    let steps: Vec<_> = steps.map(|(name, role)| (clean(name), role)).collect();
    let wide = (layout.width + STEP_GAP) / count(steps.len().max(1)) - STEP_GAP;
    let room = wide - 2.0 * STEP_PADDING;
    let fits = |style: &Style| steps.iter().all(|(name, _)| style.with(font).width(name) <= room);
    let style = [style, style.sized(SMALLEST)].into_iter().find(fits)?;
    let bottom = top + (style.height() + 4.0).ceil();
    for (index, (name, role)) in steps.into_iter().enumerate() {
        let left = count(index) * (wide + STEP_GAP);
        let frame = Frame { left, top, right: left + wide, bottom };
        layout.add(mark::outlined(Class::Legend, Form::Block(frame.inset(0.5)), role));
        let baseline = style.baseline_centred(f64::midpoint(top, bottom));
        let place = (Anchor::Middle, left + wide / 2.0);
        layout.text(font, style.coloured(ink_on(role)), &name, place, baseline);
    }
    Some(bottom + BELOW)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn end_of_band(names: [&str; 5]) -> Option<f64> {
        let mut layout = Layout::new(320.0);
        let steps = names.into_iter().map(|name| (name, Role::Series(1)));
        let served = include_bytes!("../../themes/barometer/static/fonts/sans.ttf");
        let font = Font::new(served).expect("the theme's font can be read");
        let end = band(Style::SCALE, &mut layout, steps, 0.0, &font);
        assert_eq!(layout.texts.len(), if end.is_some() { 5 } else { 0 });
        end
    }

    #[test]
    fn five_shares_and_five_scores_have_room_on_a_phone() {
        let shares = ["0 à 20 %", "20 à 40 %", "40 à 60 %", "60 à 80 %", "80 à 100 %"];
        let scores = ["2,5 tot 3", "3 tot 3,5", "3,5 tot 4", "4 tot 4,5", "4,5 tot 5"];

        assert!(end_of_band(scores).is_some());
        assert!(end_of_band(shares).is_some());
    }

    #[test]
    fn a_name_that_is_too_long_leaves_the_band_undrawn() {
        assert_eq!(end_of_band(["2 à 3", "3 à 4", "4 à 5", "5 à 6", "plus de 6,5"]), None);
    }
}
