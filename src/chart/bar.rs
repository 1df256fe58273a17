//! Horizontal bars: ranked, or up to four series a row.

use super::axis::{self, ReferenceLabel, Span};
use super::font::Font;
use super::layout::{Anchor, Frame, Layout, MARGIN, Style};
use super::legend;
use super::mark::{self, Along, Sample};
use super::palette::Role;
use super::rows::{self, Pitch, Row, Rows, Standing};
use super::text::clean;
use super::value::{Cell, Datum, Emphasis};

/// Between a mark and its number, in pixels.
pub(super) const VALUE_GAP: f64 = 6.0;

/// More series than colours: each lane then carries its name.
pub(super) const MOST_COLOURS: usize = 4;

/// Draws ranked bars, or grouped ones when there are several series.
pub(super) fn lay_out(chart: &Rows, width: f64, font: &Font) -> Layout {
    let mut layout = Layout::new(width);
    let look = Look::of(chart);
    let standing = look.standing(chart, width, font);
    let left = standing.left;
    let mut top = MARGIN;
    if look.keyed {
        let entries = chart.series.iter().enumerate();
        let entries =
            entries.map(|(index, name)| (name.as_str(), Sample::Bar(mark::series_role(index))));
        top = legend::draw(&mut layout, entries, (left, top), font);
    }
    let texts = value_texts(chart, look.value, width, font);
    let span = fit(chart, &texts, left, width, font);
    let reference = chart.reference();
    let label = reference.map(|reference| ReferenceLabel::new(reference, width, font));
    let plot_top = top + label.as_ref().map_or(0.0, ReferenceLabel::height);

    let lanes: Vec<usize> = chart.rows.iter().map(|row| row.cells.len()).collect();
    let stand = standing.stand(&mut layout, &lanes, look.pitch, plot_top, font);
    let bottom = axis::horizontal(&mut layout, &chart.scale.ticks, span, stand.down, font);
    let on_lines = !chart.scale.ticks.is_empty() || reference.is_some();
    let value = if on_lines { look.value.on_lines() } else { look.value };

    for ((row, lanes), texts) in chart.rows.iter().zip(&stand.lanes).zip(&texts) {
        for (index, (cell, middle)) in row.cells.iter().zip(lanes).enumerate() {
            let role = if look.keyed {
                mark::series_role(index)
            } else {
                mark::emphasis_role(row.emphasis)
            };
            let style =
                if row.emphasis == Emphasis::Highlighted { value.semibold() } else { value };
            let lane = Lane { span, middle: *middle, height: look.pitch.lane, role, style };
            lane.draw(&mut layout, cell, &texts[index].0, left, font);
        }
    }
    axis::base_line(&mut layout, span.at(0.0), &stand.pieces);
    if let (Some(reference), Some(label)) = (reference, &label) {
        label.draw(&mut layout, span.at(reference.value), (top, stand.down.1), font);
    }
    layout.plot = Frame { left, top: stand.down.0, right: width, bottom: stand.down.1 };
    rows::finish(&mut layout, bottom);
    layout
}

/// What depends on the number of series.
#[derive(Debug, Clone, Copy)]
struct Look {
    pitch: Pitch,
    value: Style,
    /// Whether a legend tells the series apart.
    keyed: bool,
    /// Whether each lane carries its name.
    named: bool,
}

impl Look {
    fn of(chart: &Rows) -> Self {
        let series = chart.series.len();
        if series < 2 {
            let pitch = Pitch { lane: 20.0, lane_gap: 3.0, row_gap: 10.0 };
            return Self { pitch, value: Style::VALUE, keyed: false, named: false };
        }
        let pitch = Pitch { lane: 18.0, lane_gap: 3.0, row_gap: 18.0 };
        let keyed = series <= MOST_COLOURS;
        Self { pitch, value: Style::SMALL_VALUE, keyed, named: !keyed }
    }

    fn standing(self, chart: &Rows, width: f64, font: &Font) -> Standing {
        let lanes: &[String] = if self.named { &chart.series } else { &[] };
        Standing::new(chart.rows.iter().map(Row::heading), lanes, width, font)
    }
}

/// The texts of all cells, shortened to two fifths of the drawing, with their
/// widths in pixels: the widest that they may be drawn.
pub(super) fn value_texts(
    chart: &Rows,
    style: Style,
    width: f64,
    font: &Font,
) -> Vec<Vec<(String, f64)>> {
    let measured = |row: &Row, cell: &Cell| {
        let style = if row.emphasis == Emphasis::Highlighted { style.semibold() } else { style };
        let measure = style.with(font);
        let (text, _) = measure.shorten(&clean(cell.text()), width * 0.4);
        let width = measure.width(&text);
        (text, width)
    };
    chart
        .rows
        .iter()
        .map(|row| row.cells.iter().map(|cell| measured(row, cell)).collect())
        .collect()
}

/// The widest scale at which every bar, whisker and number has its place.
fn fit(chart: &Rows, texts: &[Vec<(String, f64)>], left: f64, width: f64, font: &Font) -> Span {
    let cells = || {
        chart.rows.iter().zip(texts).flat_map(|(row, texts)| {
            let known = row.cells.iter().zip(texts);
            known.filter_map(|(cell, (_, wide))| cell.known().map(|datum| (datum, *wide)))
        })
    };
    let (low, high) = chart.domain(std::iter::once((0.0, 0.0)));
    let before = cells()
        .filter(|(datum, _)| datum.value < 0.0)
        .map(|(_, wide)| wide + VALUE_GAP)
        .fold(0.0, f64::max);
    let room = width - left - before;
    let axis_room =
        if chart.scale.ticks.is_empty() { 1.0 } else { axis::overhang(&chart.scale.ticks, font) };
    let unit = cells()
        .filter(|(datum, _)| datum.value >= 0.0)
        .map(|(datum, wide)| (room - VALUE_GAP - wide) / (datum.extent().1 - low).max(1e-9))
        .fold((room - axis_room) / (high - low), f64::min);
    let origin = left + before;
    Span::new((low, high), (origin, origin + unit * (high - low)))
}

/// One bar's place and look.
struct Lane {
    span: Span,
    middle: f64,
    height: f64,
    role: Role,
    style: Style,
}

impl Lane {
    fn draw(&self, layout: &mut Layout, cell: &Cell, text: &str, left: f64, font: &Font) {
        let zero = self.span.at(0.0);
        let Some(datum) = cell.known() else {
            let room = layout.width - zero - VALUE_GAP;
            let wide = Style::MISSING.with(font).width(text);
            let x = if wide <= room { zero } else { left };
            rows::missing(layout, text, x + VALUE_GAP, self.middle, font);
            return;
        };
        let end = self.span.at(datum.value);
        let frame = Frame {
            left: zero.min(end),
            top: self.middle - self.height / 2.0,
            right: zero.max(end),
            bottom: self.middle + self.height / 2.0,
        };
        mark::bar(layout, frame, datum.care, self.role, None);
        self.whisker(layout, datum);
        let (from, to) = datum.extent();
        let baseline = self.style.baseline_centred(self.middle);
        let place = if datum.value < 0.0 {
            (Anchor::End, self.span.at(from) - VALUE_GAP)
        } else {
            (Anchor::Start, self.span.at(to) + VALUE_GAP)
        };
        layout.text(font, self.style, text, place, baseline);
    }

    fn whisker(&self, layout: &mut Layout, datum: &Datum) {
        if let Some((low, high)) = datum.limits() {
            let ends = (self.span.at(low), self.span.at(high));
            mark::whisker(layout, Along::Across, ends, self.middle);
        }
    }
}
