//! Dots with whiskers: scores and shares by group, one or several series a row.

use super::axis::{self, ReferenceLabel, Span};
use super::bar::{MOST_COLOURS, VALUE_GAP, value_texts};
use super::font::Font;
use super::layout::{Anchor, Class, Frame, Layout, MARGIN, Shape, Style, at, segment};
use super::legend;
use super::mark::{self, Along, Dot, Sample};
use super::palette::Role;
use super::rows::{self, Pitch, Row, Rows, Standing};
use super::value::{Cell, Emphasis};

/// Radius of a dot, in pixels.
pub(super) const RADIUS: f64 = 6.0;

/// Between the plot's sides and the scale's ends, in pixels.
pub(super) const INSET: f64 = RADIUS + 2.0;

/// Draws dots against a scale.
pub(super) fn lay_out(chart: &Rows, width: f64, font: &Font) -> Layout {
    let mut layout = Layout::new(width);
    let series = chart.series.len();
    let keyed = (2..=MOST_COLOURS).contains(&series);
    let lane_names: &[String] = if series > MOST_COLOURS { &chart.series } else { &[] };
    let pitch = if series < 2 {
        Pitch { lane: 20.0, lane_gap: 0.0, row_gap: 10.0 }
    } else {
        Pitch { lane: 20.0, lane_gap: 0.0, row_gap: 16.0 }
    };
    let value = if series < 2 { Style::VALUE } else { Style::SMALL_VALUE }.on_lines();
    let standing = Standing::new(chart.rows.iter().map(Row::heading), lane_names, width, font);
    let left = standing.left;
    let mut top = MARGIN;
    if keyed {
        let entries = chart.series.iter().enumerate().map(|(index, name)| {
            (name.as_str(), Sample::Dot(Dot::of_series(index), mark::series_role(index)))
        });
        top = legend::draw(&mut layout, entries, (left, top), font);
    }
    let texts = value_texts(chart, value, width, font);
    let span = fit(chart, &texts, left, width, font);
    let reference = chart.reference();
    let label = reference.map(|reference| ReferenceLabel::new(reference, width, font));
    let plot_top = top + label.as_ref().map_or(0.0, ReferenceLabel::height);

    let lanes: Vec<usize> = chart.rows.iter().map(|row| row.cells.len()).collect();
    let stand = standing.stand(&mut layout, &lanes, pitch, plot_top, font);
    let bottom = axis::horizontal(&mut layout, &chart.scale.ticks, span, stand.down, font);
    layout.plot = Frame { left, top: stand.down.0, right: width, bottom: stand.down.1 };
    for (row, lanes) in chart.rows.iter().zip(&stand.lanes) {
        for (_, y) in row.cells.iter().zip(lanes).filter(|(cell, _)| cell.known().is_some()) {
            let line = segment(at(left, *y), at(width, *y));
            layout.add(Shape::line(Class::Grid, line, Role::Rule, 1.0));
        }
    }
    if let (Some(reference), Some(label)) = (reference, &label) {
        label.draw(&mut layout, span.at(reference.value), (top, stand.down.1), font);
    }
    for ((row, lanes), texts) in chart.rows.iter().zip(&stand.lanes).zip(&texts) {
        for (index, (cell, middle)) in row.cells.iter().zip(lanes).enumerate() {
            let (dot, role) = if keyed {
                (Dot::of_series(index), mark::series_role(index))
            } else {
                (Dot::Circle, mark::emphasis_role(row.emphasis))
            };
            let style =
                if row.emphasis == Emphasis::Highlighted { value.semibold() } else { value };
            let lane = Lane { span, middle: *middle, dot, role, style };
            lane.draw(&mut layout, cell, &texts[index].0, left, font);
        }
    }
    rows::finish(&mut layout, bottom);
    layout
}

/// The widest scale at which every whisker and number has its place.
fn fit(chart: &Rows, texts: &[Vec<(String, f64)>], left: f64, width: f64, font: &Font) -> Span {
    let cells = || {
        chart.rows.iter().zip(texts).flat_map(|(row, texts)| {
            let known = row.cells.iter().zip(texts);
            known.filter_map(|(cell, (_, wide))| cell.known().map(|datum| (datum, *wide)))
        })
    };
    let (low, high) = chart.domain(std::iter::empty());
    let room = width - left - INSET;
    let axis_room = axis::overhang(&chart.scale.ticks, font).max(INSET);
    let unit = cells()
        .map(|(datum, wide)| {
            (room - RADIUS - VALUE_GAP - wide) / (datum.extent().1 - low).max(1e-9)
        })
        .fold((room - axis_room) / (high - low), f64::min);
    let origin = left + INSET;
    Span::new((low, high), (origin, origin + unit * (high - low)))
}

/// One dot's place and look.
struct Lane {
    span: Span,
    middle: f64,
    dot: Dot,
    role: Role,
    style: Style,
}

impl Lane {
    fn draw(&self, layout: &mut Layout, cell: &Cell, text: &str, left: f64, font: &Font) {
        let Some(datum) = cell.known() else {
            rows::missing(layout, text, left + VALUE_GAP, self.middle, font);
            return;
        };
        let centre = at(self.span.at(datum.value), self.middle);
        let mut end = centre.x + RADIUS;
        if let Some((low, high)) = datum.limits() {
            let ends = (self.span.at(low), self.span.at(high));
            mark::whisker(layout, Along::Across, ends, self.middle);
            end = end.max(ends.1);
        }
        mark::dot(layout, (self.dot, centre, RADIUS), datum.care, self.role, None);
        let baseline = self.style.baseline_centred(self.middle);
        layout.text(font, self.style, text, (Anchor::Start, end + VALUE_GAP), baseline);
    }
}
