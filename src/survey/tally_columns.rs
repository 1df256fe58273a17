//! The columns of a tally: who writes the query and who reads the table agree
//! on them here.

use super::{Codebook, Question, QuestionKind};
use crate::config::SurveySettings;

/// The columns of a tally before those of its groups, in order.
pub(super) const FIRST: [&str; 7] =
    ["question", "item", "option", "other", "other_option", "stratum", "cluster"];
/// The columns after them.
pub(super) const LAST: [&str; 13] = [
    "population",
    "respondents",
    "n",
    "sum_w",
    "sum_w2",
    "min_w",
    "max_w",
    "centre",
    "sum_wx",
    "sum_wx2",
    "sum_w2x",
    "sum_w2x2",
    "problem",
];
/// What stands before the name of a breakdown or margin that is a column.
pub(super) const BY: &str = "by_";

/// The questions that cut, as the settings name them.
pub(super) fn cuts<'c>(settings: &SurveySettings, codebook: &'c Codebook) -> Vec<&'c Question> {
    let crossed = settings.crossings.iter().flat_map(|(one, other)| [one, other]);
    let mut found: Vec<&Question> = vec![];
    for named in settings.breakdowns.iter().chain(crossed) {
        let question = codebook.question(&named.name).filter(|question| can_cut(question));
        if let Some(question) = question.filter(|new| found.iter().all(|old| old.key != new.key)) {
            found.push(question);
        }
    }
    found
}

/// Whether the answers of a question cut the others.
pub(super) fn can_cut(question: &Question) -> bool {
    matches!(question.kind, QuestionKind::Single(_) | QuestionKind::Likert(_))
}
