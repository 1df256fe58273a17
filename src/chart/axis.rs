//! Values to places: spans, ticks, grid, reference lines.

use super::font::Font;
use super::layout::{Anchor, Layout};
use super::palette::Role;
use super::shape::{Class, Form, Frame, Shape, Stroke, at, segment};
use super::style::Style;
use super::text::{Wrapped, clean};
use super::value::{Datum, Reference};

/// Between the plot and the labels of its ticks, in pixels.
const TICK_GAP: f64 = 4.0;

/// Between the column of tick labels and the plot, in pixels.
const TICK_COLUMN_GAP: f64 = 8.0;

/// Least space between the labels of two ticks, in pixels.
const TICK_SPACE: f64 = 8.0;

/// A linear map from values to pixels along one side of the plot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Span {
    /// Value at `origin`.
    start: f64,
    /// Value at the other end.
    end: f64,
    /// Place of `start`, in pixels.
    origin: f64,
    /// Pixels for one unit; negative when values rise upwards.
    unit: f64,
}

impl Span {
    /// Maps `from..to` in values onto `origin..end` in pixels.
    pub(super) fn new((from, to): (f64, f64), (origin, end): (f64, f64)) -> Self {
        Self { start: from, end: to, origin, unit: (end - origin) / (to - from) }
    }

    /// The widest map of a domain that begins at `origin` and leaves room
    /// before `right`: `overhang` pixels after its end, and after each value of
    /// `needs` as many as it says.
    pub(super) fn widest(
        domain: (f64, f64),
        (origin, right): (f64, f64),
        overhang: f64,
        needs: impl Iterator<Item = (f64, f64)>,
    ) -> Self {
        let room = right - origin;
        let length = domain.1 - domain.0;
        let unit = needs
            .map(|(value, need)| (room - need) / (value - domain.0).max(1e-9))
            .fold((room - overhang) / length, f64::min);
        Self::new(domain, (origin, origin + unit * length))
    }

    /// The ticks that lie on the scale.
    fn ticks(self, ticks: &[(f64, String)]) -> Vec<&(f64, String)> {
        ticks.iter().filter(|(value, _)| self.start <= *value && *value <= self.end).collect()
    }

    /// Where a value lies, in pixels.
    pub(super) fn at(self, value: f64) -> f64 {
        self.origin + (value - self.start) * self.unit
    }

    /// The part of the scale that a number and its whisker take, in values.
    pub(super) fn extent(self, datum: &Datum) -> (f64, f64) {
        datum.extent((self.start, self.end))
    }

    /// The end of a whisker that reaches to `limit`.
    pub(super) fn tip(self, limit: f64) -> Tip {
        let shown = limit.clamp(self.start, self.end);
        // A limit that is the scale's end but for rounding is no further.
        if (limit - shown).abs() * self.unit.abs() < 0.01 {
            Tip::Cap(self.at(shown))
        } else {
            Tip::Arrow(self.at(shown))
        }
    }
}

/// An end of a whisker, in pixels along it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Tip {
    /// The limit of the interval.
    Cap(f64),
    /// The end of the scale, beyond which the interval goes on.
    Arrow(f64),
}

impl Tip {
    /// Where it lies, in pixels.
    pub(super) fn place(self) -> f64 {
        match self {
            Self::Cap(place) | Self::Arrow(place) => place,
        }
    }
}

/// Chooses which ticks get a label so that none overlap: all, or every second,
/// third … Returns the index of each with its frame's left and right.
fn spaced(widths: &[(f64, f64)], limits: (f64, f64)) -> Vec<(usize, f64)> {
    let clamped = |(x, width): (f64, f64)| (x - width / 2.0).min(limits.1 - width).max(limits.0);
    for step in 1..=widths.len().max(1) {
        let chosen: Vec<(usize, f64)> = widths
            .iter()
            .enumerate()
            .step_by(step)
            .map(|(index, tick)| (index, clamped(*tick)))
            .collect();
        let free = chosen.windows(2).all(|pair| {
            let (index, left) = pair[0];
            left + widths[index].1 + TICK_SPACE <= pair[1].1
        });
        if free {
            return chosen;
        }
    }
    Vec::new()
}

/// Draws the vertical grid and tick labels under a horizontal scale.
/// `down` is the plot's top and bottom. Returns the end of the labels.
pub(super) fn horizontal(
    layout: &mut Layout,
    ticks: &[(f64, String)],
    span: Span,
    down: (f64, f64),
    font: &Font,
) -> f64 {
    for (value, _) in span.ticks(ticks) {
        // Half a pixel: a line of one pixel then fills one.
        let x = span.at(*value).floor() + 0.5;
        let line = segment(at(x, down.0), at(x, down.1));
        layout.add(Shape::line(Class::Grid, line, Role::Rule, 1.0));
    }
    tick_labels(layout, ticks, span, down.1 + TICK_GAP, font).unwrap_or(down.1)
}

/// Draws the labels of a horizontal scale, beginning at `top`. Returns their
/// end; `None` without ticks.
pub(super) fn tick_labels(
    layout: &mut Layout,
    ticks: &[(f64, String)],
    span: Span,
    top: f64,
    font: &Font,
) -> Option<f64> {
    let ticks = span.ticks(ticks);
    let measure = Style::TICK.with(font);
    let labels: Vec<String> = ticks
        .iter()
        .map(|(_, label)| measure.shorten(&clean(label), layout.width / 3.0).0)
        .collect();
    let places: Vec<(f64, f64)> = ticks
        .iter()
        .zip(&labels)
        .map(|((value, _), label)| (span.at(*value), measure.width(label)))
        .collect();
    let baseline = Style::TICK.baseline_under(top);
    for (index, left) in spaced(&places, (0.0, layout.width)) {
        layout.text(font, Style::TICK, &labels[index], (Anchor::Start, left), baseline);
    }
    (!ticks.is_empty()).then(|| top + Style::TICK.height())
}

/// Draws the horizontal grid and tick labels left of a vertical scale.
/// `across` is the plot's left and right.
pub(super) fn vertical(
    layout: &mut Layout,
    ticks: &[(f64, String)],
    span: Span,
    across: (f64, f64),
    font: &Font,
) {
    let ticks = span.ticks(ticks);
    let height = Style::TICK.height();
    let places: Vec<(f64, f64)> =
        ticks.iter().map(|(value, _)| (-span.at(*value), height)).collect();
    for (y, _) in &places {
        let y = (-y).floor() + 0.5;
        let line = segment(at(across.0, y), at(across.1, y));
        layout.add(Shape::line(Class::Grid, line, Role::Rule, 1.0));
    }
    // Upwards is rising, so that `spaced` sees the ticks from left to right.
    for (index, _) in spaced(&places, (f64::NEG_INFINITY, f64::INFINITY)) {
        let label = clean(&ticks[index].1);
        let baseline = Style::TICK.baseline_centred(-places[index].0);
        let (text, _) = Style::TICK.with(font).shorten(&label, across.0 - TICK_COLUMN_GAP);
        let place = (Anchor::End, across.0 - TICK_COLUMN_GAP);
        layout.text(font, Style::TICK, &text, place, baseline);
    }
}

/// Width of the column of tick labels left of a vertical scale, in pixels.
pub(super) fn column(ticks: &[(f64, String)], width: f64, font: &Font) -> f64 {
    let measure = Style::TICK.with(font);
    let widest = ticks.iter().map(|(_, label)| measure.width(&clean(label)));
    let widest = widest.fold(0.0, f64::max).min(width * 0.2);
    if widest > 0.0 { (widest + TICK_COLUMN_GAP).ceil() } else { 0.0 }
}

/// Half the width of the last tick's label: what it needs right of the plot.
pub(super) fn overhang(ticks: &[(f64, String)], font: &Font) -> f64 {
    ticks.last().map_or(0.0, |(_, label)| Style::TICK.with(font).width(label).min(120.0) / 2.0)
}

/// Draws the line that bars start from, in pieces that leave room for labels
/// standing over the plot.
pub(super) fn base_line(layout: &mut Layout, x: f64, pieces: &[(f64, f64)]) {
    let runs = pieces.iter().map(|(top, bottom)| vec![at(x, *top), at(x, *bottom)]).collect();
    layout.add(Shape::line(Class::Axis, Form::Runs(runs), Role::Muted, 1.0));
}

/// The label of a reference line before it is placed.
#[derive(Debug, Default)]
pub(super) struct ReferenceLabel {
    lines: Wrapped,
}

impl ReferenceLabel {
    /// Wraps the label of a reference to at most two lines.
    pub(super) fn new(reference: &Reference, width: f64, font: &Font) -> Self {
        let style = Style::REFERENCE;
        Self { lines: style.with(font).wrap_evenly(&reference.label, (width * 0.6).min(280.0), 2) }
    }

    /// Height it takes above the plot, in pixels.
    pub(super) fn height(&self) -> f64 {
        if self.lines.lines.is_empty() {
            0.0
        } else {
            Style::REFERENCE.height_of(self.lines.lines.len()) + 4.0
        }
    }

    /// Draws label and line at `x`; the label begins at `top`, the line ends at `bottom`.
    pub(super) fn draw(&self, layout: &mut Layout, x: f64, (top, bottom): (f64, f64), font: &Font) {
        let half = self.lines.width / 2.0;
        let centre = x.min(layout.width - half).max(half);
        let end = layout.lines(font, Style::REFERENCE, &self.lines, (Anchor::Middle, centre), top);
        dashed(layout, Frame { left: x, right: x, top: end + 2.0, bottom });
    }
}

/// Draws a dashed line of reference along a frame without width or height.
pub(super) fn dashed(layout: &mut Layout, along: Frame) {
    layout.add(Shape {
        class: Class::Reference,
        form: segment(at(along.left, along.top), at(along.right, along.bottom)),
        fill: None,
        stroke: Some(Stroke { role: Role::Interval, width: 1.5, dash: Some(4.0) }),
        title: None,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_maps_both_ends() {
        let span = Span::new((-20.0, 80.0), (100.0, 300.0));

        assert!((span.at(-20.0) - 100.0).abs() < 1e-9);
        assert!((span.at(0.0) - 140.0).abs() < 1e-9);
        assert!((span.at(80.0) - 300.0).abs() < 1e-9);
    }

    #[test]
    fn a_whisker_ends_with_the_scale() {
        let span = Span::new((0.0, 60.0), (100.0, 160.0));

        assert_eq!(span.tip(40.0), Tip::Cap(140.0));
        assert_eq!(span.tip(60.0), Tip::Cap(160.0));
        assert_eq!(span.tip(75.0), Tip::Arrow(160.0));
        assert_eq!(span.tip(-3.0), Tip::Arrow(100.0));
    }

    #[test]
    fn ticks_that_would_touch_are_thinned_out() {
        let ticks: Vec<(f64, f64)> = (0..=10).map(|tick| (f64::from(tick) * 20.0, 25.0)).collect();

        let chosen: Vec<usize> =
            spaced(&ticks, (-20.0, 220.0)).into_iter().map(|(index, _)| index).collect();

        assert_eq!(chosen, [0, 2, 4, 6, 8, 10]);
    }

    #[test]
    fn a_label_at_the_edge_moves_inside() {
        assert_eq!(spaced(&[(0.0, 30.0), (100.0, 30.0)], (0.0, 100.0)), [(0, 0.0), (1, 70.0)]);
    }
}
