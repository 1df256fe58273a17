//! Rows and where they stand: labels beside their marks where the drawing is
//! wide, above them on a phone; one lane a series. Knows no mark.

use super::font::Font;
use super::layout::{Anchor, Layout, MARGIN};
use super::shape::{Class, count};
use super::style::Style;
use super::text::Wrapped;
use super::value::{Cell, Datum, Emphasis, Reference, Scale};

/// Rows against a value scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// Names of the series, in drawing order; one empty name when there is one.
    pub series: Vec<String>,
    /// The rows, top down.
    pub rows: Vec<Row>,
    /// The value axis.
    pub scale: Scale,
    /// A line to compare with.
    pub reference: Option<Reference>,
}

/// One row of a bar or dot chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its label, of any length.
    pub label: String,
    /// One cell a series.
    pub cells: Vec<Cell>,
    /// Whether the row is set off.
    pub emphasis: Emphasis,
    /// Words on how it stands to the others, for bars of one series; mostly
    /// empty.
    pub remark: String,
}

impl Rows {
    /// The line to compare with, if it can be drawn.
    pub(super) fn reference(&self) -> Option<&Reference> {
        self.reference.as_ref().filter(|reference| reference.value.abs() < 1e12)
    }

    /// The numbers with the widths of their texts, in pixels.
    pub(super) fn known<'a>(
        &'a self,
        texts: &'a [Vec<(String, f64)>],
    ) -> impl Iterator<Item = (&'a Datum, f64)> {
        self.rows.iter().zip(texts).flat_map(|(row, texts)| {
            let cells = row.cells.iter().zip(texts);
            cells.filter_map(|(cell, (_, wide))| cell.known().map(|datum| (datum, *wide)))
        })
    }

    /// The ends of the scale, stretched over all numbers and over `also`.
    pub(super) fn domain(&self, also: Option<f64>) -> (f64, f64) {
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        let values = cells.filter_map(Cell::known).map(|datum| datum.value);
        let reference = self.reference().map(|reference| reference.value);
        self.scale.over(values.chain(reference).chain(also))
    }
}

impl Row {
    /// The row's label and emphasis.
    pub(super) fn heading(&self) -> Heading<'_> {
        Heading { label: &self.label, emphasis: self.emphasis, note: self.remark.clone() }
    }
}

/// From this width on labels stand beside their marks, in pixels.
const BESIDE: f64 = 560.0;

/// The most lines of a label.
const LINES: usize = 4;

/// Between a label and the plot beside it, in pixels.
const LABEL_GAP: f64 = 12.0;

/// Between a label and the mark below it, in pixels.
const ABOVE_GAP: f64 = 3.0;

/// Whether a drawing of this width has room for labels beside the plot.
pub(super) fn is_wide(width: f64) -> bool {
    width >= BESIDE
}

/// Distances down a chart of rows, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pitch {
    /// Height of a lane.
    pub(super) lane: f64,
    /// Between two lanes of a row.
    pub(super) lane_gap: f64,
    /// Between two rows whose labels stand beside.
    pub(super) row_gap: f64,
}

/// A row to be placed.
#[derive(Debug, Clone)]
pub(super) struct Heading<'a> {
    pub(super) label: &'a str,
    pub(super) emphasis: Emphasis,
    /// Set in small under a label that stands above its marks; for labels
    /// beside them, columns say the same.
    pub(super) note: String,
}

/// The labels of rows, wrapped for a width but not yet placed.
#[derive(Debug)]
pub(super) struct Standing {
    labels: Vec<Label>,
    /// Names of the lanes, when each lane has its own label.
    lanes: Vec<Wrapped>,
    place: Place,
    /// Where the plot begins, in pixels from the left.
    pub(super) left: f64,
}

/// The label of a row, wrapped.
#[derive(Debug)]
struct Label {
    name: Wrapped,
    style: Style,
    note: Wrapped,
}

impl Label {
    fn height(&self) -> f64 {
        self.style.height_of(self.name.lines.len()) + NOTE.height_of(self.note.lines.len())
    }
}

/// The style of the note under a label.
const NOTE: Style = Style { class: Class::Label, ..Style::TICK }.on_lines();

/// Where the labels of rows stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Beside the row's lanes, flush right.
    Beside,
    /// Above them, flush left.
    Above,
}

/// Where rows came to stand.
#[derive(Debug)]
pub(super) struct Stand {
    /// For each row, the middle of each lane, in pixels from the top.
    pub(super) lanes: Vec<Vec<f64>>,
    /// Top and bottom of the plot, in pixels.
    pub(super) down: (f64, f64),
    /// Top and bottom of each row's lanes, or of all when no label stands between.
    pub(super) pieces: Vec<(f64, f64)>,
}

/// The style of a row's label.
pub(super) fn label_style(emphasis: Emphasis) -> Style {
    match emphasis {
        Emphasis::Normal | Emphasis::Muted => Style::LABEL,
        Emphasis::Highlighted => Style::LABEL.semibold(),
    }
}

impl Standing {
    /// Wraps the labels of rows; `lanes` are names for each lane, or none.
    pub(super) fn new<'a>(
        rows: impl Iterator<Item = Heading<'a>>,
        lanes: &[String],
        width: f64,
        font: &Font,
    ) -> Self {
        let place = if is_wide(width) && lanes.is_empty() { Place::Beside } else { Place::Above };
        let room = match place {
            Place::Beside => (width * 0.38).min(300.0),
            Place::Above => width,
        };
        let labels: Vec<Label> = rows
            .map(|row| {
                // The grid passes beneath labels that stand over the plot.
                let style = match place {
                    Place::Above if !lanes.is_empty() => Style::LABEL.semibold().on_lines(),
                    Place::Above => label_style(row.emphasis).on_lines(),
                    Place::Beside => label_style(row.emphasis),
                };
                let measure = style.with(font);
                match place {
                    Place::Beside => {
                        let name = measure.wrap_evenly(row.label, room, LINES);
                        Label { name, style, note: Wrapped::default() }
                    }
                    Place::Above => {
                        let name = measure.wrap(row.label, room, LINES);
                        Label { name, style, note: NOTE.with(font).wrap(&row.note, room, 2) }
                    }
                }
            })
            .collect();
        let lane_room = if is_wide(width) { room.min(width * 0.38) } else { width * 0.36 };
        let lanes: Vec<Wrapped> = lanes
            .iter()
            .map(|name| Style::SMALL_LABEL.with(font).wrap(name, lane_room, 2))
            .collect();
        let column = match place {
            Place::Beside => labels.iter().map(|label| label.name.width).fold(0.0, f64::max),
            Place::Above => lanes.iter().map(|lines| lines.width).fold(0.0, f64::max),
        };
        let left = if column > 0.0 { (column + LABEL_GAP).ceil() } else { 0.0 };
        Self { labels, lanes, place, left }
    }

    /// Places the rows below `top` with so many lanes each, and their labels.
    pub(super) fn stand(
        &self,
        layout: &mut Layout,
        lanes: &[usize],
        pitch: Pitch,
        top: f64,
        font: &Font,
    ) -> Stand {
        let first = top;
        let mut y = top + pitch.row_gap / 4.0;
        let mut places = Vec::with_capacity(self.labels.len());
        let mut pieces = Vec::with_capacity(self.labels.len());
        for (index, (label, lanes)) in self.labels.iter().zip(lanes).enumerate() {
            if index > 0 {
                y += match self.place {
                    Place::Beside => pitch.row_gap,
                    // The label must stand nearer to its own mark than to the last one.
                    Place::Above => pitch.row_gap.max(12.0),
                };
            }
            let tall = label.height();
            let heights: Vec<f64> = (0..*lanes).map(|lane| self.lane_height(lane, pitch)).collect();
            let gaps = pitch.lane_gap * count(lanes.saturating_sub(1));
            let marks = heights.iter().sum::<f64>() + gaps;
            let (mut lane_top, end) = match self.place {
                Place::Beside => {
                    let height = marks.max(tall);
                    let middle = y + height / 2.0;
                    let place = (Anchor::End, self.left - LABEL_GAP);
                    layout.lines_centred(font, label.style, &label.name, place, middle);
                    (middle - marks / 2.0, y + height)
                }
                Place::Above => {
                    let place = (Anchor::Start, 0.0);
                    let end = layout.lines(font, label.style, &label.name, place, y);
                    let end = layout.lines(font, NOTE, &label.note, place, end);
                    let start = if tall > 0.0 { end + ABOVE_GAP } else { y };
                    (start, start + marks)
                }
            };
            pieces.push((lane_top - 2.0, lane_top + marks + 2.0));
            let mut middles = Vec::with_capacity(*lanes);
            for (lane, height) in heights.iter().enumerate() {
                let middle = lane_top + height / 2.0;
                if let Some(name) = self.lanes.get(lane) {
                    let place = (Anchor::End, self.left - LABEL_GAP);
                    layout.lines_centred(font, Style::SMALL_LABEL, name, place, middle);
                }
                middles.push(middle);
                lane_top += height + pitch.lane_gap;
            }
            places.push(middles);
            y = end;
        }
        let down = (first, y + pitch.row_gap / 4.0);
        if self.place == Place::Beside || pieces.is_empty() {
            pieces = vec![down];
        }
        Stand { lanes: places, down, pieces }
    }

    fn lane_height(&self, lane: usize, pitch: Pitch) -> f64 {
        self.lanes
            .get(lane)
            .map_or(0.0, |name| Style::SMALL_LABEL.height_of(name.lines.len()))
            .max(pitch.lane)
    }
}

/// Ends a drawing below `bottom`.
pub(super) fn finish(layout: &mut Layout, bottom: f64) {
    layout.height = (bottom + MARGIN).ceil();
}

/// Draws why there is no number, between two places and centred on `y`.
pub(super) fn missing(
    layout: &mut Layout,
    reason: &str,
    (left, right): (f64, f64),
    y: f64,
    font: &Font,
) {
    let measure = Style::MISSING.with(font);
    let (text, _) = measure.shorten(&super::text::clean(reason), right - left);
    let baseline = Style::MISSING.baseline_centred(y);
    layout.text(font, Style::MISSING, &text, (Anchor::Start, left), baseline);
}
