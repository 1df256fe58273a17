//! What is drawn: numbers with their texts, scales, references. No geometry.

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
    /// What a reader who points at the mark is told, name and number; `None`
    /// where the drawing says it all.
    pub told: Option<String>,
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

/// Beyond this no survey number lies, and no drawing stays exact.
const LARGEST: f64 = 1e12;

impl Cell {
    /// The number, if there is one that can be drawn: finite, at most 10¹².
    pub(crate) fn known(&self) -> Option<&Datum> {
        match self {
            Self::Known(datum) if datum.value.abs() <= LARGEST => Some(datum),
            Self::Known(_) | Self::Missing(_) => None,
        }
    }

    /// What is printed: the number's text, or why there is none.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Known(datum) => &datum.text,
            Self::Missing(reason) => reason,
        }
    }
}

impl Datum {
    /// The confidence limits in rising order, if they can be drawn.
    pub(crate) fn limits(&self) -> Option<(f64, f64)> {
        let (one, other) = self.interval?;
        (one.abs() <= LARGEST && other.abs() <= LARGEST).then(|| (one.min(other), one.max(other)))
    }

    /// The part of a scale that the mark and its whisker take; a whisker is cut
    /// where the scale ends.
    pub(crate) fn extent(&self, (start, end): (f64, f64)) -> (f64, f64) {
        self.limits().map_or((self.value, self.value), |(low, high)| {
            (low.max(start).min(self.value), high.min(end).max(self.value))
        })
    }
}

/// The value axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// Lowest value; bars always start at zero.
    pub start: f64,
    /// Highest value. A chart stretches the scale over its values when they lie
    /// outside; a whisker that goes on beyond it ends in an arrow.
    pub end: f64,
    /// Ticks with their labels, in rising order; empty: no axis.
    pub ticks: Vec<(f64, String)>,
}

impl Scale {
    /// The scale's ends, stretched over `values` so that no mark is cut.
    pub(crate) fn over(&self, values: impl Iterator<Item = f64>) -> (f64, f64) {
        let finite =
            |value: f64, instead: f64| if value.abs() <= LARGEST { value } else { instead };
        let start = finite(self.start, 0.0);
        let ends = (start, finite(self.end, start));
        let (low, high) = values.fold(ends, |(low, high), value| (low.min(value), high.max(value)));
        if high - low < 1e-9 { (low, low + 1.0) } else { (low, high) }
    }
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
