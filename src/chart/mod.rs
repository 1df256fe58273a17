//! Drawing: values in, SVG out. Knows no survey and no language: every text
//! arrives ready to be shown.

mod palette;

pub use palette::{PALETTE, Role, role_colour};

/// A number to draw, with its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Datum {
    /// Position on the value scale, in the unit of the scale (percent 0–100, score).
    pub value: f64,
    /// What is printed beside the mark: `44 %`.
    pub text: String,
    /// Confidence limits in the unit of the scale.
    pub interval: Option<(f64, f64)>,
    /// What the mark must tell by its pattern.
    pub care: Care,
}

/// What a mark must tell by its pattern, also without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Care {
    /// Nothing.
    #[default]
    None,
    /// A low base: hollow.
    LowBase,
    /// Made-up answers: hatched.
    Simulated,
}

/// A cell of a chart: a number, or the words that say why there is none.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A number.
    Known(Datum),
    /// No number: a short text such as `–` or `non publié`.
    Missing(String),
}

/// The value axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// Lowest value; bars always start at zero.
    pub start: f64,
    /// Highest value.
    pub end: f64,
    /// Ticks with their labels, in rising order; empty: no axis.
    pub ticks: Vec<(f64, String)>,
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
}

/// Whether a row is set off from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Emphasis {
    /// Like the others, when none is set off.
    #[default]
    Normal,
    /// Set off.
    Highlighted,
    /// In the background, because another is set off.
    Muted,
}

/// A reference line across the plot: the country's mean, half-way.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// Where, on the value scale.
    pub value: f64,
    /// Its label.
    pub label: String,
}

/// A chart of one of the kinds.
#[derive(Debug, Clone, PartialEq)]
pub enum Chart {
    /// Ranked horizontal bars: one series.
    Bars(Rows),
    /// Bars of up to three series a row.
    Grouped(Rows),
    /// Dots with whiskers, one or several series a row.
    Dots(Rows),
    /// One line a series over time; needs two points or more.
    Line(Timeline),
    /// Two points in time, one line a series, labels at both ends.
    Slope(Timeline),
    /// One big number.
    Number(BigNumber),
}

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

/// One number with what it is compared to.
#[derive(Debug, Clone, PartialEq)]
pub struct BigNumber {
    /// The number as printed.
    pub datum: Datum,
    /// What it counts.
    pub label: String,
    /// A line of comparison or base.
    pub detail: Option<String>,
}
