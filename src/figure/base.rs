//! Who was asked what: the wording of the question, how it could be answered,
//! and the base.

use crate::stats::{Estimator, Provenance};
use crate::survey::{Question, QuestionKind};
use crate::wording::ends_sentence;

use super::plan::{Across, Plan};
use super::{Scope, describe, tested};

/// A wording that a sentence follows, which a label without a sign would run into.
pub(super) fn before(wording: String, note: Option<&str>) -> String {
    let is_open = note.is_some() && !ends_sentence(wording.trim_end_matches([')', '»', '”', '"']));
    if is_open { format!("{wording}.") } else { wording }
}

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
        let bases = || {
            let cells = self.panels().flat_map(|panel| panel.cells.iter().flatten().flatten());
            cells.filter_map(|row| row.n)
        };
        let counted = match (bases().min(), bases().max()) {
            (Some(low), Some(high)) => Some(self.counted(scope, low, high)),
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
        let mut base = describe::counted(scope, self.question, self.provenance, high);
        if low != high {
            let range = [("low", &*words.count(low)), ("high", &*base)];
            base = words.fill(self.base_range(), &range);
        }
        if self.panels().all(|panel| panel.provenance == Provenance::Simulated) {
            base = words.fill("figure.base-simulated", &[("base", &base)]);
        }
        base
    }

    /// The string that says what the base depends on: on the column where all
    /// lines of a column have the same.
    fn base_range(&self) -> &'static str {
        let has_one_base = |panel: &Plan<'_>, at: usize| {
            let mut bases = panel.cells.iter().filter_map(|cells| cells[at]?.n);
            bases.next().is_none_or(|first| bases.all(|base| base == first))
        };
        let by_column =
            self.panels().all(|panel| (0..panel.slices.len()).all(|at| has_one_base(panel, at)));
        // Of several panels the first may be of everybody.
        let across = self.panels().map(|panel| panel.across).last();
        match across.filter(|_| by_column) {
            Some(Across::Groups(_)) => "figure.base-range-groups",
            Some(Across::Waves) => "figure.base-range-waves",
            _ => "figure.base-range",
        }
    }
}

/// What stands before the wording of a question where it is not simply that:
/// the report's own words for it, or that a number was counted and nobody asked.
pub fn question_label(scope: &Scope<'_>, question: &Question) -> Option<String> {
    if is_measure(scope, question) {
        return Some(scope.words.text("figure.measure").to_owned());
    }
    let own = scope.config.survey.wording.as_ref();
    own.map(|text| scope.words.typeset(text.get(scope.words.language())).into_owned())
}

/// Whether a question is the name of a count that nobody was asked for: it has
/// published numbers and no answers.
fn is_measure(scope: &Scope<'_>, question: &Question) -> bool {
    let mut rows = scope.results.of_question(&question.key).peekable();
    matches!(question.kind, QuestionKind::Integer | QuestionKind::Decimal)
        && rows.peek().is_some()
        && rows.all(|row| !tested::computed(row))
}

/// With a capital and a full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let mut sentence: String =
        letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    sentence.push_str(letters.as_str());
    if !ends_sentence(&sentence) {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_has_one_mark_at_its_end() {
        for (text, whole) in
            [("all of them", "All of them."), ("mayors, aldermen…", "Mayors, aldermen…")]
        {
            assert_eq!(sentence(text), whole);
        }
    }
}
