//! Numbers that rest on answers that a program made up, in a report that hides
//! them. Its chapters are held to them all the same, so that they say the same
//! when they are shown; but chapters ask for few, and those few are worked out
//! when they are asked for.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::config::{Config, Statistics};
use crate::survey::{QuestionKey, Survey};

use super::asked::{Asked, Fielded};
use super::changes::Pair;
use super::meta::WaveMeta;
use super::published::{leave_out_tests, published_win};
use super::question;
use super::results::Results;
use super::row::Estimate;

/// Every number of a report that does not show all, question by question.
#[derive(Debug)]
pub struct Withheld {
    /// The designs of all waves with answers, whoever answered.
    pub waves: Vec<WaveMeta>,
    fielded: Vec<Fielded>,
    overlaps: Vec<Pair>,
    questions: HashMap<QuestionKey, Kept>,
}

/// What is kept of a question until somebody asks for its numbers.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// Its place in the codebook.
    at: usize,
    /// What is hidden of it in the waves that asked it, by their order.
    hidden: Vec<(usize, Vec<Vec<bool>>)>,
    rows: OnceLock<Results>,
    tests: OnceLock<Results>,
}

impl Kept {
    /// Keeps what was decided; the answers can be counted again.
    pub(super) fn new(at: usize, asked: &[Asked<'_>]) -> Self {
        let hidden = asked.iter().map(|asked| (asked.fielded.order, asked.hidden.clone()));
        Self { at, hidden: hidden.collect(), ..Self::default() }
    }
}

/// What is kept, or what is made now. It is made before the lock is
/// taken: making may wait for other threads, and one of those may want the same.
fn kept_or<T>(kept: &OnceLock<T>, make: impl FnOnce() -> T) -> &T {
    kept.get().unwrap_or_else(|| {
        let made = make();
        kept.get_or_init(|| made)
    })
}

/// What the numbers of a report are worked out from.
#[derive(Debug, Clone, Copy)]
pub struct Basis<'b> {
    /// The answers.
    pub survey: &'b Survey,
    /// The settings.
    pub config: &'b Config,
    /// The numbers that may be shown.
    pub shown: &'b Results,
}

impl Withheld {
    pub(super) fn new(
        fielded: Vec<Fielded>,
        overlaps: Vec<Pair>,
        kept: Vec<Kept>,
        survey: &Survey,
        rules: &Statistics,
    ) -> Self {
        let keys = survey.codebook.questions().iter().map(|question| question.key.clone());
        Self {
            waves: fielded.iter().map(|wave| wave.meta(survey, rules)).collect(),
            fielded,
            overlaps,
            questions: keys.zip(kept).collect(),
        }
    }

    /// Every row of a question, shown or not; `None`: the codebook does not have it.
    pub fn rows(&self, question: &QuestionKey, basis: Basis<'_>) -> Option<&Results> {
        let kept = self.questions.get(question)?;
        Some(kept_or(&kept.rows, || {
            let of_codebook = &basis.survey.codebook.questions()[kept.at];
            let asked = self.asked(kept, basis, Fielded::is_simulated);
            let mut rows = question::rows(of_codebook, &asked, &basis.config.statistics);
            let shown: Vec<Estimate> = basis.shown.of_question(question).cloned().collect();
            let superseded = published_win(&mut rows, &shown);
            rows.extend(shown);
            Results::new(rows).with_superseded(superseded)
        }))
    }

    /// Every test of a question.
    pub fn tests(&self, question: &QuestionKey, basis: Basis<'_>) -> Option<&Results> {
        let kept = self.questions.get(question)?;
        let superseded = self.rows(question, basis)?.superseded();
        Some(kept_or(&kept.tests, || {
            let Basis { survey, config, .. } = basis;
            let of_codebook = &survey.codebook.questions()[kept.at];
            // Those of all waves are adjusted among each other.
            let asked = self.asked(kept, basis, |_| true);
            let mut tests = question::tests(of_codebook, &asked, &self.overlaps, survey, config);
            leave_out_tests(&mut tests, superseded);
            Results::default().with_tests(tests)
        }))
    }

    /// The question in those waves that asked it.
    fn asked<'a>(
        &'a self,
        kept: &Kept,
        basis: Basis<'a>,
        is_wanted: impl Fn(&Fielded) -> bool,
    ) -> Vec<Asked<'a>> {
        let Basis { survey, config, .. } = basis;
        let question = (kept.at, &survey.codebook.questions()[kept.at]);
        let in_wave = |(order, hidden): &(usize, Vec<Vec<bool>>)| {
            let wave = self.fielded.iter().find(|wave| wave.order == *order && is_wanted(wave))?;
            let asked = Asked::count(question, wave, survey, &config.statistics)?;
            Some(Asked { hidden: hidden.clone(), ..asked })
        };
        kept.hidden.iter().filter_map(in_wave).collect()
    }
}
