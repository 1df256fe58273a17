//! Which estimators suit a question.

use crate::stats::Estimator;
use crate::survey::{Question, QuestionKind};

/// Whether a question is told by an estimator.
pub fn is_suited(question: &Question, estimator: Estimator) -> bool {
    suited(question).contains(&estimator)
}

/// The estimators that suit a question, the most telling first.
pub(super) fn suited(question: &Question) -> &'static [Estimator] {
    match question.kind {
        QuestionKind::Single(_) | QuestionKind::Multiple(_) | QuestionKind::Likert(_) => {
            &[Estimator::Proportion, Estimator::Count, Estimator::Rank]
        }
        QuestionKind::Ranking { .. } => &[
            Estimator::RankPointsMean,
            Estimator::RankTop3,
            Estimator::RankFirst,
            Estimator::Rank,
            Estimator::Proportion,
            Estimator::Count,
        ],
        QuestionKind::Score { .. } | QuestionKind::Integer | QuestionKind::Decimal => {
            &[Estimator::Mean, Estimator::Count, Estimator::Proportion]
        }
        QuestionKind::Open => &[],
    }
}

/// A battery of scales has one number a line: the net comes first.
pub(super) fn suited_of(question: &Question, is_battery: bool) -> &'static [Estimator] {
    if is_battery && matches!(question.kind, QuestionKind::Likert(_)) {
        return &[Estimator::Net, Estimator::Mean, Estimator::Top2, Estimator::Bottom2];
    }
    suited(question)
}
