//! Who was asked what: the wording of the question, how it could be answered,
//! and the base.

use crate::stats::Estimator;
use crate::stats::Provenance;
use crate::survey::QuestionKind;

use super::plan::Plan;
use super::{Scope, describe};

impl Plan<'_> {
    pub(super) fn wording(&self, scope: &Scope<'_>) -> String {
        let language = scope.words.language();
        let wording = self.battery.map_or(&self.question.label, |group| &group.label);
        scope.words.typeset(wording.get(language)).into_owned()
    }

    pub(super) fn question_note(&self, scope: &Scope<'_>) -> Option<String> {
        let words = scope.words;
        match &self.question.kind {
            QuestionKind::Multiple(_) if self.estimator.is_proportion() => {
                Some(words.text("figure.several-answers").to_owned())
            }
            QuestionKind::Score { start, end, .. } => Some(words.fill(
                "figure.scale",
                &[("low", &words.number(*start, 0)), ("high", &words.number(*end, 0))],
            )),
            _ => None,
        }
    }

    /// The base: who was asked, and how many answered where that is known.
    pub(super) fn base(&self, scope: &Scope<'_>) -> String {
        let words = scope.words;
        let asked = self.question.base.as_ref().map(|base| base.get(words.language()).to_owned());
        let bases: Vec<u64> = self
            .panels()
            .flat_map(|panel| panel.cells.iter().flatten().flatten())
            .filter_map(|row| row.n)
            .collect();
        let counted = match (bases.iter().min(), bases.iter().max()) {
            (Some(low), Some(high)) => Some(self.counted(scope, *low, *high)),
            _ if self.estimator == Estimator::Count || self.estimator == Estimator::Rank => None,
            // What is hidden is hidden with its base.
            _ if self.all_rows().all(|row| row.value.estimate().is_none()) => None,
            _ => Some(words.text("figure.base-unknown").to_owned()),
        };
        asked.into_iter().chain(counted).map(|part| sentence(&part)).collect::<Vec<_>>().join(" ")
    }

    /// How many answered; or for how many a program did.
    fn counted(&self, scope: &Scope<'_>, low: u64, high: u64) -> String {
        let words = scope.words;
        let mut base = describe::units(scope, high);
        if low != high {
            base = words.fill("figure.base-range", &[("low", &low.to_string()), ("high", &base)]);
        }
        if self.panels().all(|panel| panel.provenance == Provenance::Simulated) {
            base = words.fill("figure.base-simulated", &[("base", &base)]);
        }
        base
    }
}

/// With a capital and a full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let mut sentence: String =
        letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    sentence.push_str(letters.as_str());
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence
}
