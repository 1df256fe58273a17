//! Wrapped over time: gaps where nothing was asked, a mark where the question
//! changed, labels at the lines' ends.

use super::axis::{self, Span};
use super::ends::{self, Columns, End, Side};
use super::font::Font;
use super::layout::{Anchor, Layout, MARGIN};
use super::legend;
use super::mark::{self, Along, Dot, Sample};
use super::palette::Role;
use super::points::{self, Places};
use super::rows;
use super::shape::{Class, Form, Frame, Point, Shape, at, count};
use super::style::Style;
use super::text::{Wrapped, clean};
use super::value::{Cell, Datum, Scale};

/// Series over points in time.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// Labels of the points in time.
    pub points: Vec<String>,
    /// The series.
    pub series: Vec<Track>,
    /// The value axis.
    pub scale: Scale,
    /// Index of the point before which the question changed.
    pub break_before: Option<usize>,
}

/// One series over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Track {
    /// Its name, printed at its end.
    pub name: String,
    /// One cell a point in time.
    pub cells: Vec<Cell>,
}

/// Radius of a point on a line, in pixels.
const RADIUS: f64 = 5.0;

/// What a point at the scale's start takes below it, in pixels.
const BELOW: f64 = 8.0;

/// Between the plot's sides and the first and last point, in pixels.
const INSET: f64 = 16.0;

/// Room above the plot for the number over the highest point, in pixels.
const HEADROOM: f64 = 26.0;

impl Timeline {
    /// The number of a series at a point in time, if there is one.
    pub(super) fn known(&self, series: usize, point: usize) -> Option<&Datum> {
        self.series.get(series)?.cells.get(point)?.known()
    }

    /// The ends of the scale, stretched over all numbers.
    pub(super) fn domain(&self) -> (f64, f64) {
        let cells = self.series.iter().flat_map(|track| &track.cells);
        self.scale.over(cells.filter_map(Cell::known).map(|datum| datum.value))
    }

    /// Whether anything reaches into the upper tenth of the scale, so that the
    /// number above it would leave the plot.
    fn is_high(&self) -> bool {
        let (low, high) = self.domain();
        let edge = high - (high - low) / 10.0;
        let mut cells = self.series.iter().flat_map(|track| &track.cells).filter_map(Cell::known);
        cells.any(|datum| datum.extent((low, high)).1 > edge)
    }

    /// Whether any point has an interval.
    fn has_intervals(&self) -> bool {
        let mut cells = self.series.iter().flat_map(|track| &track.cells);
        cells.any(|cell| cell.known().is_some_and(|datum| datum.limits().is_some()))
    }

    /// How far each series moves aside so that whiskers do not hide each other.
    pub(super) fn aside(&self, series: usize, spacing: f64) -> f64 {
        if self.series.len() < 2 || !self.has_intervals() {
            return 0.0;
        }
        let others = count(self.series.len() - 1);
        // Within the inset of the first and last point, their forms included.
        let step = (spacing / (others + 3.0)).min(7.0).min(2.0 * (INSET - 6.5) / others);
        (count(series) - others / 2.0) * step
    }

    /// How far the last series moves aside, in pixels.
    fn most_aside(&self, spacing: f64) -> f64 {
        self.aside(self.series.len().saturating_sub(1), spacing)
    }
}

/// Draws lines over time.
pub(super) fn lay_out(chart: &Timeline, width: f64, font: &Font) -> Layout {
    let mut layout = Layout::new(width);
    let points = chart.points.len();
    let several = chart.series.len() > 1;
    let wide = rows::is_wide(width);
    let names = Names::of(chart, width, font);
    let mut top = MARGIN;
    if names.keyed {
        let entries = chart.series.iter().enumerate().map(|(index, track)| {
            (track.name.as_str(), Sample::Line(Dot::of_series(index), mark::series_role(index)))
        });
        top = legend::draw(Style::LEGEND, &mut layout, entries, (0.0, top), font);
    }
    let values: Vec<(String, Style)> = chart
        .series
        .iter()
        .map(|track| {
            if several {
                last_value(track, points, width, font)
            } else {
                (String::new(), Style::SMALL_VALUE)
            }
        })
        .collect();
    let columns = Columns::of(values.iter(), names.lines.iter(), font);
    let left = axis::column(&chart.scale.ticks, width, font);
    let label_x = width - columns.width();
    let right = if columns.width() > 0.0 { label_x - ends::GUIDE } else { width };

    let down_top = top + if !several && chart.is_high() { HEADROOM } else { 10.0 };
    let height = if wide { 260.0 } else { 220.0 };
    let bottom = down_top + f64::max(height, ends::height(names.lines.iter()));
    let span = Span::new(chart.domain(), (bottom, down_top));
    let inset = if several { INSET } else { edge_inset(chart, width, font) };
    let places = Places::new(points, (left + inset, right - inset));
    layout.plot = Frame { left, top, right, bottom: bottom + BELOW };

    axis::vertical(&mut layout, &chart.scale.ticks, span, (left, right), font);
    let line = super::shape::segment(at(left, bottom + 0.5), at(right, bottom + 0.5));
    layout.add(Shape::line(Class::Axis, line, Role::Muted, 1.0));
    break_mark(&mut layout, chart, &places, (top, bottom));
    let lines = Lining { chart, span, places: &places };
    lines.draw(&mut layout);

    if several {
        let ends: Vec<End> = lines.ends(values, names.lines, right);
        ends::draw(&mut layout, &ends, (Side::Right, label_x), columns, (top, bottom), font);
    } else {
        lines.values(&mut layout, (left, right, bottom), font);
        if let (Some(name), Some(point)) = (names.lines.first(), lines.last_point(0)) {
            layout.lines_centred(
                font,
                Style::SMALL_LABEL,
                name,
                (Anchor::Start, label_x),
                // Above the labels of points, which may reach under it.
                point.y.min(bottom - name_half(name)).max(top + name_half(name)),
            );
        }
    }
    let end = points::label(&mut layout, &chart.points, &places, bottom + BELOW, font);
    rows::finish(&mut layout, end);
    layout
}

fn name_half(name: &Wrapped) -> f64 {
    Style::SMALL_LABEL.height_of(name.lines.len()) / 2.0
}

/// The names of series: at the lines' ends, or in a legend above.
struct Names {
    lines: Vec<Wrapped>,
    keyed: bool,
}

impl Names {
    fn of(chart: &Timeline, width: f64, font: &Font) -> Self {
        let measure = Style::SMALL_LABEL.with(font);
        let wide = rows::is_wide(width);
        let room = if wide { width * 0.28 } else { width * 0.26 };
        let lines: Vec<Wrapped> = chart
            .series
            .iter()
            .map(|track| measure.wrap_evenly(&track.name, room, if wide { 3 } else { 2 }))
            .collect();
        let divided = |lines: &Wrapped| lines.shortened || lines.lines.len() > 1;
        // Past the fourth series colours repeat, and a legend could not tell.
        let keyed = !wide
            && (1..=super::lanes::MOST_COLOURS).contains(&chart.series.len())
            && lines.iter().any(divided);
        if keyed {
            Self { lines: vec![Wrapped::default(); lines.len()], keyed }
        } else {
            Self { lines, keyed }
        }
    }
}

/// What stands at the end of a series: its last number, or why there is none.
fn last_value(track: &Track, points: usize, width: f64, font: &Font) -> (String, Style) {
    let Some(cell) = points.checked_sub(1).and_then(|last| track.cells.get(last)) else {
        return (String::new(), Style::MISSING);
    };
    let style = if cell.known().is_some() { Style::SMALL_VALUE.semibold() } else { Style::MISSING };
    (style.with(font).shorten(&clean(cell.text()), width * 0.2).0, style)
}

/// Room beside the first and last point for half of their numbers, in pixels.
fn edge_inset(chart: &Timeline, width: f64, font: &Font) -> f64 {
    let cells = chart
        .series
        .iter()
        .flat_map(|track| track.cells.first().into_iter().chain(track.cells.last()));
    let widest =
        cells.map(|cell| Style::VALUE.with(font).width(&clean(cell.text()))).fold(0.0, f64::max);
    (widest / 2.0 + 4.0).clamp(14.0, width * 0.12)
}

/// A dashed line where the question changed.
fn break_mark(layout: &mut Layout, chart: &Timeline, places: &Places, (top, bottom): (f64, f64)) {
    let Some(after) = chart.break_before.filter(|after| (1..places.x.len()).contains(after)) else {
        return;
    };
    let x = f64::midpoint(places.x[after - 1], places.x[after]);
    axis::dashed(layout, Frame { left: x, right: x, top, bottom });
}

/// Wrapped with what they are drawn against.
struct Lining<'a> {
    chart: &'a Timeline,
    span: Span,
    places: &'a Places,
}

impl Lining<'_> {
    fn point(&self, series: usize, index: usize) -> Option<Point> {
        let datum = self.chart.known(series, index)?;
        let x = self.places.x.get(index)? + self.chart.aside(series, self.places.spacing);
        Some(at(x, self.span.at(datum.value)))
    }

    fn last_point(&self, series: usize) -> Option<Point> {
        (0..self.places.x.len()).rev().find_map(|index| self.point(series, index))
    }

    /// Whiskers, then lines, then points.
    fn draw(&self, layout: &mut Layout) {
        let indices = || 0..self.places.x.len();
        for series in 0..self.chart.series.len() {
            for index in indices() {
                let limits = self.chart.known(series, index).and_then(Datum::limits);
                if let (Some((low, high)), Some(point)) = (limits, self.point(series, index)) {
                    let tips = (self.span.tip(high), self.span.tip(low));
                    mark::whisker(layout, Along::Down, tips, point.x);
                }
            }
        }
        for series in 0..self.chart.series.len() {
            let runs = self.runs(series);
            if !runs.is_empty() {
                let role = mark::series_role(series);
                layout.add(Shape::line(Class::Mark, Form::Runs(runs), role, 2.5));
            }
        }
        for series in 0..self.chart.series.len() {
            for index in indices() {
                let (Some(point), Some(datum)) =
                    (self.point(series, index), self.chart.known(series, index))
                else {
                    continue;
                };
                let role = mark::series_role(series);
                layout.add(Shape::filled(
                    Class::Halo,
                    Form::Circle(point, RADIUS + 1.5),
                    Role::Paper,
                ));
                let dot = (Dot::of_series(series), point, RADIUS);
                mark::dot(layout, dot, datum.care, role, datum.told.clone());
            }
        }
    }

    /// The parts of a line: it breaks where a number is missing and where the
    /// question changed.
    fn runs(&self, series: usize) -> Vec<Vec<Point>> {
        let mut runs: Vec<Vec<Point>> = vec![Vec::new()];
        for index in 0..self.places.x.len() {
            let point = self.point(series, index);
            if point.is_none() || self.chart.break_before == Some(index) {
                runs.push(Vec::new());
            }
            if let (Some(point), Some(run)) = (point, runs.last_mut()) {
                run.push(point);
            }
        }
        runs.retain(|run| run.len() > 1);
        runs
    }

    /// The labels of the lines' ends.
    fn ends(&self, values: Vec<(String, Style)>, names: Vec<Wrapped>, right: f64) -> Vec<End> {
        let last = self.places.x.len().saturating_sub(1);
        values
            .into_iter()
            .zip(names)
            .enumerate()
            .map(|(series, (value, name))| {
                let ends_here = self.point(series, last).is_some();
                let bottom = self.span.at(self.chart.domain().0);
                let y = self.last_point(series).map_or(bottom, |point| point.y);
                let point = at(right - INSET + self.chart.most_aside(self.places.spacing), y);
                End { point, role: ends_here.then(|| mark::series_role(series)), value, name }
            })
            .collect()
    }

    /// The numbers of the only series at its points, as many as have room.
    fn values(&self, layout: &mut Layout, (left, right, bottom): (f64, f64, f64), font: &Font) {
        let Some(track) = self.chart.series.first() else { return };
        let mut placed: Vec<Frame> = Vec::new();
        for index in (0..self.places.x.len()).rev() {
            let Some(cell) = track.cells.get(index) else { continue };
            let x = self.places.x[index];
            let room = 2.0 * (x - left).min(right - x).max(self.places.spacing / 2.0 - 4.0);
            let (style, baseline) = match cell.known() {
                Some(datum) => (Style::VALUE.on_lines(), self.value_baseline(index, datum, bottom)),
                None => (Style::MISSING.on_lines(), bottom - 8.0),
            };
            let (text, shortened) = style.with(font).shorten(&clean(cell.text()), room.max(40.0));
            let half = style.with(font).width(&text) / 2.0;
            if left + half > right - half || (shortened && cell.known().is_some()) {
                continue;
            }
            let centre = x.clamp(left + half, right - half);
            let place = (Anchor::Middle, centre);
            let mut trial = Layout::new(layout.width);
            let frame = trial.text(font, style, &text, place, baseline);
            let apart = Frame { left: frame.left - 4.0, right: frame.right + 4.0, ..frame };
            if placed.iter().all(|other| !other.overlaps(apart)) {
                layout.texts.append(&mut trial.texts);
                placed.push(frame);
            }
        }
    }

    /// Above the point, or below it where the line comes from above.
    fn value_baseline(&self, index: usize, datum: &Datum, bottom: f64) -> f64 {
        let neighbour = |other: Option<usize>| other.and_then(|other| self.chart.known(0, other));
        let higher = |other: Option<&Datum>| other.map(|other| other.value > datum.value);
        let before = higher(neighbour(index.checked_sub(1)));
        let after = higher(neighbour(Some(index + 1)));
        let (low, high) = self.span.extent(datum);
        let above = self.span.at(high).min(self.span.at(datum.value) - RADIUS) - 6.0;
        let below = self.span.at(low).max(self.span.at(datum.value) + RADIUS) + 16.0;
        let in_valley =
            matches!((before, after), (Some(true), Some(true) | None) | (None, Some(true)));
        if in_valley && below + 6.0 < bottom { below } else { above }
    }
}
