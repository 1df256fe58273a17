//! Slopes: two points in time, one line a series, values at both ends, and
//! names where there is room for them.

use super::axis::Span;
use super::ends::{self, Columns, End, Side};
use super::font::Font;
use super::layout::{Anchor, Layout, MARGIN};
use super::line::{self, Timeline};
use super::mark::{self, Along, Dot};
use super::palette::Role;
use super::rows;
use super::shape::{Class, Form, Frame, Shape, at, segment};
use super::style::Style;
use super::text::{Wrapped, clean};
use super::value::{Cell, Datum};

/// Radius of an end, in pixels.
const RADIUS: f64 = 5.0;

/// The least width that the plot keeps, in pixels, when names stand at both ends:
/// as much as it is high, so that a slope looks like one.
const LEAST: f64 = 280.0;

/// Draws slopes; a timeline that has not two points becomes lines.
pub(super) fn lay_out(chart: &Timeline, width: f64, font: &Font) -> Layout {
    if chart.points.len() != 2 {
        return line::lay_out(chart, width, font);
    }
    let mut layout = Layout::new(width);
    let wide = rows::is_wide(width);
    let label = Style::SMALL_LABEL;
    let room = width * 0.36;
    let names: Vec<Wrapped> = chart
        .series
        .iter()
        .map(|track| label.with(font).wrap_evenly(&track.name, room, if wide { 3 } else { 4 }))
        .collect();
    let values = |point: usize| -> Vec<(String, Style)> {
        chart.series.iter().map(|track| value(track.cells.get(point), width, font)).collect()
    };
    let (first, last) = (values(0), values(1));
    let after = Columns::of(last.iter(), names.iter(), font);
    let reach = ends::GUIDE + RADIUS;
    let right = width - after.width() - reach;
    // Lines that cross are followed from either end.
    let both = Columns::of(first.iter(), names.iter(), font);
    let is_named = 1 < names.len() && LEAST <= right - both.width() - reach;
    let first_names = if is_named { names.clone() } else { vec![Wrapped::default(); names.len()] };
    let before = Columns::of(first.iter(), first_names.iter(), font);
    let left = before.width() + reach;

    let heading = label.semibold();
    // Each heading has its half of the drawing.
    let middle = f64::midpoint(left, right);
    let halves = [(left, 0.0, middle - 5.0), (right, middle + 5.0, width)];
    let mut head = 0.0_f64;
    for (point, (x, from, to)) in chart.points.iter().zip(halves) {
        let lines = heading.with(font).wrap(point, to - from, 2);
        let half = lines.width / 2.0;
        let centre = x.min(to - half).max(from + half);
        layout.lines(font, heading, &lines, (Anchor::Middle, centre), MARGIN);
        head = head.max(heading.height_of(lines.lines.len()));
    }
    let top = MARGIN + head + 12.0;
    let height = match (&names[..], wide) {
        ([_], _) => 170.0,
        (_, true) => LEAST,
        (_, false) => 260.0,
    };
    let bottom = top + f64::max(height, ends::height(names.iter()));
    let span = Span::new(chart.domain(), (bottom - 8.0, top + 8.0));
    for x in [left, right] {
        let line = segment(at(x, top - 6.0), at(x, bottom + 6.0));
        layout.add(Shape::line(Class::Axis, line, Role::Rule, 1.0));
    }
    layout.plot = Frame { left: left - 19.0, top, right: right + 19.0, bottom };

    let drawn = Slopes { chart, span, x: [left, right] };
    drawn.draw(&mut layout);
    let down = (top, bottom);
    let one = drawn.ends(0, first, first_names);
    ends::draw(&mut layout, &one, (Side::Left, before.width()), before, down, font);
    let other = drawn.ends(1, last, names);
    ends::draw(&mut layout, &other, (Side::Right, right + reach), after, down, font);
    rows::finish(&mut layout, bottom + 6.0);
    layout
}

/// The text at an end: the number, or why there is none.
fn value(cell: Option<&Cell>, width: f64, font: &Font) -> (String, Style) {
    let Some(cell) = cell else { return (String::new(), Style::MISSING) };
    let style = if cell.known().is_some() { Style::SMALL_VALUE.semibold() } else { Style::MISSING };
    (style.with(font).shorten(&clean(cell.text()), width * 0.2).0, style)
}

/// Slopes with what they are drawn against.
struct Slopes<'a> {
    chart: &'a Timeline,
    span: Span,
    x: [f64; 2],
}

impl Slopes<'_> {
    fn draw(&self, layout: &mut Layout) {
        for (series, index) in self.places() {
            let limits = self.chart.known(series, index).and_then(Datum::limits);
            if let Some((low, high)) = limits {
                let tips = (self.span.tip(high), self.span.tip(low));
                mark::whisker(layout, Along::Down, tips, self.x_of(series, index));
            }
        }
        for series in 0..self.chart.series.len() {
            let ends = (self.chart.known(series, 0), self.chart.known(series, 1));
            if let (Some(one), Some(other), None) = (ends.0, ends.1, self.chart.break_before) {
                let from = at(self.x_of(series, 0), self.span.at(one.value));
                let to = at(self.x_of(series, 1), self.span.at(other.value));
                let role = mark::series_role(series);
                layout.add(Shape::line(Class::Mark, segment(from, to), role, 2.5));
            }
        }
        for (series, index) in self.places() {
            let Some(datum) = self.chart.known(series, index) else { continue };
            let centre = at(self.x_of(series, index), self.span.at(datum.value));
            layout.add(Shape::filled(Class::Halo, Form::Circle(centre, RADIUS + 1.5), Role::Paper));
            let dot = (Dot::of_series(series), centre, RADIUS);
            let role = mark::series_role(series);
            mark::dot(layout, dot, datum.care, role, datum.told.clone());
        }
    }

    fn places(&self) -> impl Iterator<Item = (usize, usize)> {
        (0..self.chart.series.len()).flat_map(|series| [(series, 0), (series, 1)])
    }

    fn x_of(&self, series: usize, index: usize) -> f64 {
        self.x[index] + self.chart.aside(series, self.x[1] - self.x[0])
    }

    fn ends(&self, index: usize, values: Vec<(String, Style)>, names: Vec<Wrapped>) -> Vec<End> {
        let lowest = self.span.at(self.chart.domain().0);
        values
            .into_iter()
            .zip(names)
            .enumerate()
            .map(|(series, (value, name))| {
                let here = self.chart.known(series, index);
                // A number that is missing stands level with the one that is not.
                let level = here.or_else(|| self.chart.known(series, 1 - index));
                let y = level.map_or(lowest, |datum| self.span.at(datum.value));
                let x = self.x[index];
                End { point: at(x, y), role: here.map(|_| mark::series_role(series)), value, name }
            })
            .collect()
    }
}
