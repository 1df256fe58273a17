//! Charts of rows and lanes: legend, reference, grid and ticks around bars or
//! dots. The marks themselves are drawn by `bar` and `dot`.

use super::axis::{self, ReferenceLabel, Span};
use super::font::Font;
use super::lane::Lane;
use super::layout::{Layout, MARGIN};
use super::mark::{self, Dot, Sample};
use super::palette::Role;
use super::rows::{self, Pitch, Row, Rows, Standing};
use super::shape::Frame;
use super::style::Style;
use super::text::clean;
use super::tie::Ties;
use super::value::{Cell, Emphasis};
use super::{bar, dot, legend};

/// More series than colours: each lane then carries its name.
pub(super) const MOST_COLOURS: usize = 4;

/// With more lanes than these, the scale is labelled above them as well.
const LONG: usize = 20;

/// What stands on the lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    Bars,
    Dots,
}

impl Marks {
    /// The widest scale at which every mark has its place between two sides.
    fn fit(
        self,
        chart: &Rows,
        texts: &[Vec<(String, f64)>],
        sides: (f64, f64),
        font: &Font,
    ) -> Span {
        match self {
            Self::Bars => bar::fit(chart, texts, sides, font),
            Self::Dots => dot::fit(chart, texts, sides, font),
        }
    }
}

/// What rows have in common with others beside them: the scale, the column of
/// labels, and one legend elsewhere.
#[derive(Debug)]
pub(super) struct Among {
    /// All the rows, on their common scale.
    pub(super) rows: Rows,
    pub(super) marks: Marks,
    /// The texts of all their cells, with their widths.
    texts: Vec<Vec<(String, f64)>>,
    /// Where each plot begins, in pixels.
    left: f64,
}

impl Among {
    /// Measures all the rows for drawings of `width` pixels each.
    pub(super) fn new(rows: Rows, marks: Marks, width: f64, font: &Font) -> Self {
        let look = Look::of(&rows, marks);
        let texts = value_texts(&rows, look.value, width, font);
        let left = look.standing(&rows, width, font).left;
        Self { rows, marks, texts, left }
    }
}

/// Draws rows by themselves, or among others, of which they are a part.
pub(super) fn lay_out(
    chart: &Rows,
    among: Option<&Among>,
    marks: Marks,
    width: f64,
    font: &Font,
) -> Layout {
    let mut layout = Layout::new(width);
    let look = Look::of(chart, marks);
    let mut standing = look.standing(chart, width, font);
    let texts = value_texts(chart, look.value, width, font);
    if let Some(all) = among {
        standing.left = all.left;
    }
    let left = standing.left;
    let mut top = MARGIN;
    if look.keyed && among.is_none() {
        top = legend::draw(Style::LEGEND, &mut layout, entries(chart, marks), (left, top), font);
    }
    let ties = match among {
        None => Ties::new(&chart.rows, width, font),
        Some(_) => Ties::default(),
    };
    let right = width - ties.width;
    let (all, all_texts) = among.map_or((chart, &texts), |all| (&all.rows, &all.texts));
    let span = marks.fit(all, all_texts, (left, right), font);
    let reference = chart.reference();
    let label = reference.map(|reference| ReferenceLabel::new(reference, width, font));
    let lanes: Vec<usize> = chart.rows.iter().map(|row| row.cells.len()).collect();
    if lanes.iter().sum::<usize>() > LONG {
        let ticks = &chart.scale.ticks;
        top = axis::tick_labels(&mut layout, ticks, span, top, font).unwrap_or(top);
    }
    let plot_top = top + label.as_ref().map_or(0.0, ReferenceLabel::height);

    let pitch = Pitch {
        lane: look.pitch.lane.max(ties.tallest() - look.pitch.row_gap / 2.0),
        ..look.pitch
    };
    let stand = standing.stand(&mut layout, &lanes, pitch, plot_top, font);
    ties.draw(&mut layout, &stand.lanes, look.pitch.lane, font);
    let bottom = axis::horizontal(&mut layout, &chart.scale.ticks, span, stand.down, font);
    layout.plot = Frame { left, top: stand.down.0, right, bottom: stand.down.1 };
    if marks == Marks::Dots {
        dot::guides(&mut layout, chart, &stand.lanes, (left, right));
    }
    let line = reference.zip(label.as_ref());
    let draw_line = |layout: &mut Layout| {
        if let Some((reference, label)) = line {
            label.draw(layout, span.at(reference.value), (top, stand.down.1), font);
        }
    };
    if marks == Marks::Dots {
        draw_line(&mut layout);
    }
    let plot = Plot { chart, marks, look, span, left };
    plot.draw(&mut layout, &stand.lanes, &texts, font);
    if marks == Marks::Bars {
        axis::base_line(&mut layout, span.at(0.0), &stand.pieces);
        // A bar would hide what it passes.
        draw_line(&mut layout);
    }
    rows::finish(&mut layout, bottom);
    layout
}

/// Where marks are drawn, and how they look.
struct Plot<'c> {
    chart: &'c Rows,
    marks: Marks,
    look: Look,
    span: Span,
    /// Where it begins, in pixels.
    left: f64,
}

impl Plot<'_> {
    /// Draws the mark of each cell on its lane; `lanes` are their middles.
    fn draw(
        &self,
        layout: &mut Layout,
        lanes: &[Vec<f64>],
        texts: &[Vec<(String, f64)>],
        font: &Font,
    ) {
        let Self { chart, marks, look, span, left } = *self;
        let has_lines =
            marks == Marks::Dots || !chart.scale.ticks.is_empty() || chart.reference().is_some();
        let value = if has_lines { look.value.on_lines() } else { look.value };
        for ((row, lanes), texts) in chart.rows.iter().zip(lanes).zip(texts) {
            for (index, (cell, middle)) in row.cells.iter().zip(lanes).enumerate() {
                let lane = Lane {
                    span,
                    middle: *middle,
                    height: look.pitch.lane,
                    left,
                    role: look.role(row, index),
                    dot: if look.keyed { Dot::of_series(index) } else { Dot::Circle },
                    style: emphatic(value, row),
                    reference: chart.reference().map(|reference| span.at(reference.value)),
                };
                match marks {
                    Marks::Bars => bar::draw(layout, &lane, cell, &texts[index].0, font),
                    Marks::Dots => dot::draw(layout, &lane, cell, &texts[index].0, font),
                }
            }
        }
    }
}

/// The legend of rows.
pub(super) fn entries(chart: &Rows, marks: Marks) -> impl Iterator<Item = (&str, Sample)> {
    chart.series.iter().enumerate().map(move |(index, name)| {
        let role = mark::series_role(index);
        let sample = match marks {
            Marks::Bars => Sample::Bar(role),
            Marks::Dots => Sample::Dot(Dot::of_series(index), role),
        };
        (name.as_str(), sample)
    })
}

/// Whether rows need a legend.
pub(super) fn is_keyed(chart: &Rows) -> bool {
    (2..=MOST_COLOURS).contains(&chart.series.len())
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
    fn of(chart: &Rows, marks: Marks) -> Self {
        let several = chart.series.len() > 1;
        let pitch = match (marks, several) {
            (_, false) => Pitch { lane: 20.0, lane_gap: 3.0, row_gap: 10.0 },
            (Marks::Bars, true) => Pitch { lane: 18.0, lane_gap: 3.0, row_gap: 18.0 },
            (Marks::Dots, true) => Pitch { lane: 20.0, lane_gap: 0.0, row_gap: 16.0 },
        };
        let value = if several { Style::SMALL_VALUE } else { Style::VALUE };
        let keyed = is_keyed(chart);
        Self { pitch, value, keyed, named: several && !keyed }
    }

    fn standing(self, chart: &Rows, width: f64, font: &Font) -> Standing {
        let lanes: &[String] = if self.named { &chart.series } else { &[] };
        Standing::new(chart.rows.iter().map(Row::heading), lanes, width, font)
    }

    fn role(self, row: &Row, series: usize) -> Role {
        if self.keyed { mark::series_role(series) } else { mark::emphasis_role(row.emphasis) }
    }
}

/// A style as a row's emphasis asks.
pub(super) fn emphatic(style: Style, row: &Row) -> Style {
    if row.emphasis == Emphasis::Highlighted { style.semibold() } else { style }
}

/// The texts of all cells, shortened to two fifths of `width`, with their own
/// widths in pixels.
pub(super) fn value_texts(
    chart: &Rows,
    style: Style,
    width: f64,
    font: &Font,
) -> Vec<Vec<(String, f64)>> {
    let measured = |row: &Row, cell: &Cell| {
        let measure = emphatic(style, row).with(font);
        let (text, _) = measure.shorten(&clean(cell.text()), width * 0.4);
        let width = measure.width(&text);
        (text, width)
    };
    let row = |row: &Row| row.cells.iter().map(|cell| measured(row, cell)).collect();
    chart.rows.iter().map(row).collect()
}
