//! The one junction of text and numbers: what a chapter asks for × what the
//! results hold → figures and bound numbers.
//!
//! Asking is checked first ([`plan`], [`inline`]: every mistake at once, small
//! values); drawing comes later ([`draw`]), page by page, and cannot fail.

mod arguments;
mod ask;
mod base;
mod cells;
mod charts;
mod claim;
mod compare;
mod credit;
mod describe;
mod differ;
mod draw;
mod drawn;
mod evaluate;
mod gap;
mod glimpse;
mod grid;
mod groups;
mod inline;
mod kinds;
mod lead;
mod level;
mod listing;
mod lookup;
mod one_by_one;
mod open_data;
mod picture;
mod plan;
mod printed;
mod reach;
mod reading;
mod remark;
mod request;
mod response;
mod scale;
mod shade;
mod silent;
mod source;
mod steps;
mod suited;
mod table;
mod tell;
mod tested;
mod title;
mod told;
mod values;
mod weighted;

pub use base::question_label;
pub use describe::{answer, label, of_ranking, wave_inside, wave_label};
pub use draw::{Figure, Panel, Tab, draw, found_by, subtitle, title};
pub use evaluate::{Response, inline, response};
pub use glimpse::{Glimpse, Shows, glimpse};
pub use inline::Inline;
pub use level::level;
pub use listing::{chosen, listed};
pub use lookup::{counts_the_sample, population, respondents};
pub use open_data::{OPEN_DATA, hex, inputs, open_data};
pub use picture::{CardPicture, figure_card, numbers_card, text_card};
pub use plan::Plan;
pub use request::plan;
pub use source::SourceNote;
pub use steps::{Part, Steps};
pub use suited::is_suited;
pub use table::{Table, TableCell, TableRow};
pub use weighted::Weighted;

use crate::config::{Config, Forms, Publish};
use crate::stats::{Estimate, Estimator, Provenance, Results, Withheld};
use crate::survey::{QuestionKind, Survey};
use crate::wording::Words;

/// What figures and bound numbers of one language are made from.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The settings.
    pub config: &'a Config,
    /// The codebook, sources and frame.
    pub survey: &'a Survey,
    /// Every number that may be shown.
    pub results: &'a Results,
    /// The numbers that may not be shown, for chapters alone: what they ask for
    /// is looked up here, so that a report that hides simulated answers is held
    /// to the same rules as one that shows them.
    pub withheld: Option<&'a Withheld>,
    /// The words of the language.
    pub words: &'a Words,
}

impl Scope<'_> {
    /// Whether a survey stands behind the report. Without a question and
    /// without a wave it is a text, and has neither results nor method nor data.
    pub fn has_survey(&self) -> bool {
        !self.survey.codebook.questions().is_empty() || !self.config.waves.is_empty()
    }

    /// Whether the numbers are published beside the pages.
    pub fn publishes(&self) -> bool {
        self.has_survey() && self.config.publish != Publish::Nothing
    }

    /// What the respondents are called, where the settings say it.
    pub(super) fn unit(&self) -> Option<&Forms> {
        self.config.survey.unit.as_ref()?.get(self.words.language())
    }

    /// A number as it is printed. `value` is in the unit of its estimator:
    /// proportions from 0 to 1, printed in percent, nets from -1 to 1, printed in
    /// points. `digits` are the decimals as printed; `None`: those that suit the
    /// estimator.
    pub fn display(&self, estimator: Estimator, value: f64, digits: Option<u8>) -> String {
        if estimator.is_proportion() {
            return self.words.percent(value, digits.unwrap_or(0));
        }
        match estimator {
            Estimator::Net => self.words.points(value, digits.unwrap_or(0)),
            Estimator::Count | Estimator::Rank | Estimator::Total => {
                self.words.number(value, digits.unwrap_or(0))
            }
            _ => self.words.number(value, digits.unwrap_or(2)),
        }
    }

    /// The confidence limits of a row as they are shown: no further than what
    /// it measures can go, which the limits of a mean or net do not know. The
    /// data keep them as they were computed.
    fn limits(&self, row: &Estimate) -> Option<(f64, f64)> {
        let (low, high) = row.value.interval()?;
        let question = self.survey.codebook.question(row.question.as_str());
        let (least, most) = match (row.estimator, question.map(|question| &question.kind)) {
            (Estimator::Net, _) => (-1.0, 1.0),
            (Estimator::Mean, Some(QuestionKind::Score { start, end, .. })) => (*start, *end),
            _ => return Some((low, high)),
        };
        Some((low.max(least), high.min(most)))
    }

    /// The confidence limits of a row as they are printed.
    fn printed_limits(&self, row: &Estimate) -> Option<(String, String)> {
        let (low, high) = self.limits(row)?;
        let print = |limit| self.display(row.estimator, limit, row.digits);
        Some((print(low), print(high)))
    }

    /// The difference of a row and another as it is printed, with its sign and
    /// the decimals of the finer one.
    fn gap(&self, row: &Estimate, other: &Estimate, difference: f64) -> String {
        let digits = row.digits.max(other.digits);
        if gap::is_in_points(row.estimator) {
            self.words.points(difference, digits.unwrap_or(0))
        } else {
            self.words.signed(difference, digits.unwrap_or(2))
        }
    }

    /// Whether a row rests on so few respondents that it must be marked:
    /// its base, or where none was published the respondents of its group.
    fn low_base(&self, row: &Estimate) -> bool {
        let caution = u64::from(self.config.statistics.caution_below);
        // What was counted, or put in order by others, estimates nothing.
        let is_counted =
            matches!(row.estimator, Estimator::Count | Estimator::Total | Estimator::Rank);
        if row.provenance == Provenance::OtherStudy || is_counted {
            return false;
        }
        row.n
            .or_else(|| respondents(self, row.wave.as_ref(), &row.cut))
            .is_some_and(|n| n < caution)
    }
}
