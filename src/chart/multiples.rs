//! Small multiples: the same chart for each group, side by side, on one scale.

use super::Chart;
use super::font::Font;
use super::lanes::{self, Among, Marks};
use super::layout::{Anchor, Layout, MARGIN};
use super::legend;
use super::rows::{self, Rows};
use super::shape::count;
use super::style::Style;
use super::value::Scale;

/// Charts that are read against each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Multiples {
    /// The panels, in reading order. Rows, lines and histograms are put on
    /// one scale, whatever theirs are.
    pub panels: Vec<Panel>,
    /// Most panels side by side; fewer stand where the width does not allow it.
    pub columns: usize,
}

/// One chart among others.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// What it shows: the group.
    pub title: String,
    /// Its chart; not small multiples again.
    pub chart: Chart,
}

/// The least width of a panel, in pixels.
const LEAST: f64 = 210.0;

/// Between two panels, across and down, in pixels.
const GAP: (f64, f64) = (28.0, 18.0);

/// Draws panels; `alone` lays out a chart that shares nothing but its scale.
pub(super) fn lay_out(
    multiples: &Multiples,
    width: f64,
    font: &Font,
    alone: impl Fn(&Chart, f64) -> Layout,
) -> Layout {
    let mut layout = Layout::new(width);
    let fit = (1..=multiples.columns.clamp(1, 6))
        .rev()
        .find(|columns| panel_width(width, *columns) >= LEAST)
        .unwrap_or(1)
        .min(multiples.panels.len().max(1));
    let panel = panel_width(width, fit);
    let shared = Shared::of(multiples, panel, font);
    let mut top = 0.0;
    if let Some(all) = shared.among.as_ref().filter(|all| lanes::is_keyed(&all.rows)) {
        let entries = lanes::entries(&all.rows, all.marks);
        top = legend::draw(Style::LEGEND, &mut layout, entries, (0.0, MARGIN), font) - MARGIN;
    }
    for panels in multiples.panels.chunks(fit) {
        let title = Style::LABEL.semibold();
        let titles: Vec<_> =
            panels.iter().map(|one| title.with(font).wrap(&one.title, panel, 3)).collect();
        let tallest = titles.iter().map(|lines| title.height_of(lines.lines.len()));
        let tallest = tallest.fold(0.0, f64::max);
        let mut end = top;
        for (index, (one, lines)) in panels.iter().zip(&titles).enumerate() {
            let x = count(index) * (panel + GAP.0);
            layout.lines(font, title, lines, (Anchor::Start, x), top + MARGIN);
            let drawn = match shared.among_rows(&one.chart, panel, font) {
                Some(drawn) => drawn,
                None => alone(&shared.on_scale(&one.chart), panel),
            };
            let y = top + tallest + MARGIN;
            end = end.max(y + drawn.height);
            layout.place(drawn, x, y);
        }
        top = end + GAP.1 - MARGIN;
    }
    rows::finish(&mut layout, top - GAP.1);
    layout
}

fn panel_width(width: f64, columns: usize) -> f64 {
    ((width + GAP.0) / count(columns) - GAP.0).floor()
}

/// What all panels have in common.
struct Shared {
    /// All rows of all panels, when all panels have rows of the same series.
    among: Option<Among>,
    /// The ends of the scale, when all panels have one.
    domain: Option<(f64, f64)>,
}

impl Shared {
    fn of(multiples: &Multiples, width: f64, font: &Font) -> Self {
        let domains = multiples.panels.iter().map(|panel| domain(&panel.chart));
        let domain = domains.reduce(|one, other| {
            one.zip(other).map(|(one, other)| (one.0.min(other.0), one.1.max(other.1)))
        });
        let domain = domain.flatten();
        let all = rows_of_all(&multiples.panels)
            .map(|(rows, marks)| Among::new(on_scale(&rows, domain), marks, width, font));
        Self { among: all, domain }
    }

    /// Lays out rows as those among all; `None` where the panels share none.
    fn among_rows(&self, chart: &Chart, width: f64, font: &Font) -> Option<Layout> {
        let (all, (rows, marks)) = (self.among.as_ref()?, rows_of(chart)?);
        Some(lanes::lay_out(&on_scale(rows, self.domain), Some(all), marks, width, font))
    }

    /// A chart on the scale of all.
    fn on_scale(&self, chart: &Chart) -> Chart {
        let mut chart = chart.clone();
        match &mut chart {
            Chart::Bars(rows) | Chart::Grouped(rows) | Chart::Dots(rows) => {
                rows.scale = stretched(&rows.scale, self.domain);
            }
            Chart::Line(timeline) | Chart::Slope(timeline) => {
                timeline.scale = stretched(&timeline.scale, self.domain);
            }
            Chart::Histogram(histogram) => {
                histogram.scale = stretched(&histogram.scale, self.domain);
            }
            _ => {}
        }
        chart
    }
}

fn rows_of(chart: &Chart) -> Option<(&Rows, Marks)> {
    match chart {
        Chart::Bars(rows) | Chart::Grouped(rows) => Some((rows, Marks::Bars)),
        Chart::Dots(rows) => Some((rows, Marks::Dots)),
        _ => None,
    }
}

/// The rows of all panels, if all have rows of the same marks and series.
fn rows_of_all(panels: &[Panel]) -> Option<(Rows, Marks)> {
    let mut charts = panels.iter().map(|panel| rows_of(&panel.chart));
    let (first, marks) = charts.next()??;
    let mut all = first.clone();
    for chart in charts {
        let (rows, _) = chart.filter(|(rows, own)| *own == marks && rows.series == all.series)?;
        all.rows.extend(rows.rows.iter().cloned());
    }
    Some((all, marks))
}

fn domain(chart: &Chart) -> Option<(f64, f64)> {
    match chart {
        Chart::Bars(rows) | Chart::Grouped(rows) => Some(rows.domain(Some(0.0))),
        Chart::Dots(rows) => Some(rows.domain(None)),
        Chart::Line(timeline) | Chart::Slope(timeline) => Some(timeline.domain()),
        Chart::Histogram(histogram) => Some(histogram.domain()),
        _ => None,
    }
}

fn stretched(scale: &Scale, domain: Option<(f64, f64)>) -> Scale {
    let (start, end) = domain.unwrap_or((scale.start, scale.end));
    Scale { start, end, ticks: scale.ticks.clone() }
}

fn on_scale(rows: &Rows, domain: Option<(f64, f64)>) -> Rows {
    Rows { scale: stretched(&rows.scale, domain), ..rows.clone() }
}
