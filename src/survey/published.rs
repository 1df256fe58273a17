//! Figures copied from a publication, as printed there, with their source.

use crate::diag::Place;

use super::{OptionKey, QuestionKey, SourceKey};

/// A figure of `data/<wave>/published.csv` or `data/context.csv`.
#[derive(Debug, Clone)]
pub struct PublishedFigure {
    /// The study, for a figure of `context.csv`.
    pub study: Option<String>,
    /// The question.
    pub question: QuestionKey,
    /// The option; `None` for a question with one number.
    pub item: Option<OptionKey>,
    /// Breakdown and group; `None` for the total.
    pub group: Option<(QuestionKey, OptionKey)>,
    /// The number, as printed.
    pub value: Published,
    /// What the number counts.
    pub unit: Unit,
    /// The base, where one was published.
    pub n: Option<u64>,
    /// Where it was printed.
    pub source: SourceKey,
    /// A remark for the reader.
    pub note: Option<String>,
    /// The row, for complaints.
    pub place: Place,
}

/// A number as a publication printed it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Published {
    /// The value in the unit of the row: 44 for 44 %.
    pub value: f64,
    /// The decimals that were printed.
    pub digits: u8,
}

/// What a published number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Percent of the base.
    Percent,
    /// A mean score.
    Score,
    /// A count of respondents or things.
    Count,
    /// Mean points of a ranking.
    Points,
    /// A place in an order, 1 = first.
    Rank,
}

/// A publication.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its key.
    pub key: SourceKey,
    /// Its title.
    pub title: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When: a year, a month or a day, ISO 8601.
    pub date: Option<String>,
    /// The language of its title.
    pub language: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
}
