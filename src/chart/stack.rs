//! Parts of a whole, row by row: the data of stacked and of diverging bars,
//! their colours and segments.

use super::font::Font;
use super::layout::{Anchor, Layout, MARGIN};
use super::legend;
use super::mark::{self, Sample};
use super::palette::{Role, ink_on};
use super::rows::{self, Heading, Pitch, Row, Stand, Standing};
use super::shape::Frame;
use super::style::Style;
use super::text::{Wrapped, clean};
use super::value::{Care, Cell};

/// Rows of parts of a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Stack {
    /// The parts, in the order of the scale or of drawing.
    pub parts: Vec<Part>,
    /// The rows, top down; one cell a part, in percent 0–100.
    pub rows: Vec<Row>,
    /// Where diverging bars put the neutral part; stacked bars do not ask.
    pub neutral: Neutral,
    /// Columns of words right of the bars: net, base. On a phone they stand
    /// under the label.
    pub asides: Vec<Aside>,
}

/// A part of a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its name, for the legend.
    pub name: String,
    /// What it is among the parts.
    pub tone: Tone,
}

/// What a part is among the parts: its colour and side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// One of several without order.
    Series,
    /// A negative step, the most negative first.
    Negative,
    /// Neither negative nor positive.
    Neutral,
    /// A positive step, the most positive last.
    Positive,
    /// No opinion, "don't know": beside the scale.
    Apart,
}

/// Where diverging bars put the neutral part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Neutral {
    /// One half on each side of the middle.
    #[default]
    Split,
    /// Beside the scale, with what is apart.
    Aside,
}

/// A column of words beside the bars.
#[derive(Debug, Clone, PartialEq)]
pub struct Aside {
    /// Its heading: `Net`, `n`.
    pub heading: String,
    /// One text a row.
    pub texts: Vec<String>,
}

/// Between two columns of words, in pixels.
const COLUMN_GAP: f64 = 14.0;

/// The widest column of words, in pixels.
const COLUMN: f64 = 120.0;

/// Between two segments, in pixels.
const SEGMENT_GAP: f64 = 1.0;

/// Height of a segment, in pixels.
const THICKNESS: f64 = 22.0;

impl Stack {
    /// The colour of each part.
    pub(super) fn roles(&self) -> Vec<Role> {
        let mut roles = Vec::with_capacity(self.parts.len());
        for (index, part) in self.parts.iter().enumerate() {
            let before = self.parts[..index].iter().filter(|other| other.tone == part.tone).count();
            let alike = self.parts.iter().filter(|other| other.tone == part.tone).count();
            roles.push(match part.tone {
                Tone::Series => mark::series_role(before),
                Tone::Negative => Role::Diverging(if before == 0 { 1 } else { 2 }),
                Tone::Neutral => Role::Diverging(3),
                Tone::Positive => Role::Diverging(if before + 1 == alike { 5 } else { 4 }),
                Tone::Apart => Role::Background,
            });
        }
        roles
    }

    /// The legend: each part with a sample of its colour.
    pub(super) fn legend(&self) -> impl Iterator<Item = (&str, Sample)> {
        self.parts
            .iter()
            .zip(self.roles())
            .map(|(part, role)| (part.name.as_str(), Sample::Bar(role)))
    }

    /// Why a row has no part at all.
    pub(super) fn reason(&self, row: &Row) -> Option<String> {
        let mut cells = row.cells.iter().take(self.parts.len());
        if cells.any(|cell| cell.known().is_some()) {
            return None;
        }
        Some(row.cells.first().map_or("–", |cell| cell.text()).to_owned())
    }

    /// The rows with the words of the columns as notes.
    pub(super) fn headings(&self) -> impl Iterator<Item = Heading<'_>> {
        self.rows.iter().enumerate().map(|(index, row)| {
            let notes = self.asides.iter().filter_map(|aside| aside.note(index));
            Heading { note: notes.collect::<Vec<_>>().join(" · "), ..row.heading() }
        })
    }
}

impl Aside {
    /// Its word on a row, with the heading: how a narrow drawing says it.
    pub(super) fn note(&self, row: usize) -> Option<String> {
        let text = self.texts.get(row).filter(|text| !text.is_empty())?;
        Some(format!("{} {text}", self.heading))
    }
}

/// The columns of words, measured.
#[derive(Debug, Default)]
pub(super) struct Words {
    columns: Vec<Column>,
    /// Height of the tallest word, in pixels.
    tallest: f64,
    /// Width that they take right of the plot, in pixels.
    pub(super) width: f64,
    /// Height of their headings, in pixels.
    pub(super) height: f64,
}

/// A column of words, wrapped.
#[derive(Debug)]
struct Column {
    heading: Wrapped,
    texts: Vec<Wrapped>,
    width: f64,
}

/// The style of words and of their headings.
const WORD: Style = Style::SMALL_VALUE;
const HEADING: Style = Style::TICK;

impl Words {
    /// Measures the columns of a wide drawing; a narrow one has none.
    pub(super) fn new(asides: &[Aside], width: f64, font: &Font) -> Self {
        if !rows::is_wide(width) {
            return Self::default();
        }
        let columns: Vec<Column> = asides
            .iter()
            .map(|aside| {
                let heading = HEADING.with(font).wrap(&aside.heading, COLUMN, 2);
                let measure = WORD.with(font);
                let texts: Vec<Wrapped> =
                    aside.texts.iter().map(|text| measure.wrap_evenly(text, COLUMN, 2)).collect();
                let width = texts.iter().map(|text| text.width).fold(heading.width, f64::max);
                Column { heading, texts, width }
            })
            .collect();
        let width = columns.iter().map(|column| column.width + COLUMN_GAP).sum();
        let headings = columns.iter().map(|column| HEADING.height_of(column.heading.lines.len()));
        let height = headings.fold(0.0, f64::max);
        let texts = columns.iter().flat_map(|column| &column.texts);
        let tallest = texts.map(|text| WORD.height_of(text.lines.len())).fold(0.0, f64::max);
        Self { columns, tallest, width, height }
    }

    /// Distances down a chart whose lanes are at least `lane` pixels high.
    pub(super) fn pitch(&self, lane: f64) -> Pitch {
        Pitch { lane: lane.max(self.tallest), lane_gap: 0.0, row_gap: 10.0 }
    }

    /// Draws headings that begin at `top` and, for each row, its words.
    pub(super) fn draw(&self, layout: &mut Layout, top: f64, middles: &[f64], font: &Font) {
        let mut right = layout.width;
        for column in self.columns.iter().rev() {
            let place = (Anchor::End, right);
            let offset = self.height - HEADING.height_of(column.heading.lines.len());
            layout.lines(font, HEADING, &column.heading, place, top + offset);
            for (text, middle) in column.texts.iter().zip(middles) {
                layout.lines_centred(font, WORD, text, place, *middle);
            }
            right -= column.width + COLUMN_GAP;
        }
    }
}

/// Stacks with everything drawn but their bars.
pub(super) struct Begun {
    pub(super) layout: Layout,
    /// The middle of each row, in pixels.
    pub(super) middles: Vec<f64>,
    pub(super) stand: Stand,
}

/// Draws legend, labels and columns of words.
pub(super) fn begin(chart: &Stack, width: f64, font: &Font) -> Begun {
    let mut layout = Layout::new(width);
    let standing = Standing::new(chart.headings(), &[], width, font);
    let words = Words::new(&chart.asides, width, font);
    let left = standing.left;
    let top = legend::draw(Style::LEGEND, &mut layout, chart.legend(), (left, MARGIN), font);
    let lanes = vec![1; chart.rows.len()];
    let pitch = words.pitch(THICKNESS);
    let stand = standing.stand(&mut layout, &lanes, pitch, top + words.height, font);
    let middles: Vec<f64> = stand.lanes.iter().flatten().copied().collect();
    words.draw(&mut layout, top, &middles, font);
    let right = width - words.width;
    layout.plot = Frame { left, top: stand.down.0, right, bottom: stand.down.1 };
    Begun { layout, middles, stand }
}

/// A segment of a bar, with its number inside where that fits.
pub(super) struct Segment<'a> {
    pub(super) cell: &'a Cell,
    pub(super) role: Role,
    /// Left and right, in pixels.
    pub(super) across: (f64, f64),
    pub(super) middle: f64,
}

impl Segment<'_> {
    /// Draws the segment.
    pub(super) fn draw(self, layout: &mut Layout, font: &Font) {
        let Some(datum) = self.cell.known() else { return };
        let (left, right) = self.across;
        let gap = if right - left > 3.0 { SEGMENT_GAP / 2.0 } else { 0.0 };
        let frame = Frame {
            left: left + gap,
            top: self.middle - THICKNESS / 2.0,
            right: right - gap,
            bottom: self.middle + THICKNESS / 2.0,
        };
        mark::bar(layout, frame, datum.care, self.role, datum.told.clone());
        let style = match datum.care {
            Care::None => Style::SMALL_VALUE.coloured(ink_on(self.role)),
            Care::LowBase | Care::Simulated => Style::SMALL_VALUE.on_lines(),
        };
        let text = clean(&datum.text);
        if style.with(font).width(&text) + 4.0 <= frame.width() {
            let place = (Anchor::Middle, f64::midpoint(left, right));
            layout.text(font, style, &text, place, style.baseline_centred(self.middle));
        }
    }
}

/// The share of a part in a row, in percent; nothing where it is missing.
pub(super) fn share(row: &Row, part: usize) -> f64 {
    row.cells.get(part).and_then(Cell::known).map_or(0.0, |datum| datum.value.max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stack(tones: &[Tone]) -> Stack {
        let part = |tone: &Tone| Part { name: String::new(), tone: *tone };
        Stack {
            parts: tones.iter().map(part).collect(),
            rows: Vec::new(),
            neutral: Neutral::Split,
            asides: Vec::new(),
        }
    }

    #[test]
    fn the_ends_of_a_scale_are_its_darkest_steps() {
        let likert =
            [Tone::Negative, Tone::Negative, Tone::Neutral, Tone::Positive, Tone::Positive];

        assert_eq!(stack(&likert).roles(), [1, 2, 3, 4, 5].map(Role::Diverging));
        assert_eq!(
            stack(&[Tone::Negative, Tone::Positive, Tone::Apart]).roles(),
            [Role::Diverging(1), Role::Diverging(5), Role::Background]
        );
    }
}
