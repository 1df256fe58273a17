//! Figures copied from a publication, as printed there, with their source.

mod table;

use std::sync::Arc;

use super::{OptionKey, Question, QuestionKey, QuestionKind, SourceKey};
use crate::config::Text;
use crate::diag::Place;

pub(super) use table::{References, Study, read};

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
    pub note: Option<Arc<Text>>,
    /// The row, for complaints.
    pub place: Place,
}

impl PublishedFigure {
    /// Whether it tells of the survey rather than of answers to `question`: a
    /// number that was published as a count or a rate, which nobody was asked, or
    /// one of something that gives no answers.
    pub fn is_fact(&self, question: &Question) -> bool {
        let is_number = matches!(question.kind, QuestionKind::Integer | QuestionKind::Decimal);
        question.of_others().is_some()
            || (is_number && matches!(self.unit, Unit::Count | Unit::Percent))
    }
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

const UNITS: [(&str, Unit); 5] = [
    ("percent", Unit::Percent),
    ("score", Unit::Score),
    ("count", Unit::Count),
    ("points", Unit::Points),
    ("rank", Unit::Rank),
];

impl Unit {
    /// The word in the `unit` column.
    pub fn name(self) -> &'static str {
        match self {
            Self::Percent => "percent",
            Self::Score => "score",
            Self::Count => "count",
            Self::Points => "points",
            Self::Rank => "rank",
        }
    }

    /// Whether a number of this unit can be about questions of this kind.
    fn suits(self, kind: &QuestionKind) -> bool {
        use QuestionKind::{Decimal, Integer, Likert, Open, Ranking, Score};
        match self {
            Self::Percent => !matches!(kind, Open | Score { .. }),
            Self::Score => matches!(kind, Likert(_) | Score { .. } | Integer | Decimal),
            Self::Count => !matches!(kind, Open),
            Self::Points | Self::Rank => matches!(kind, Ranking { .. }),
        }
    }
}
