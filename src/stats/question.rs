//! The numbers of one question: what was answered in each wave, its rows and
//! its tests.

use crate::config::{Config, Estimators, Statistics};
use crate::survey::{Question, Survey};

use super::asked::{Asked, Fielded};
use super::changes::Pair;
use super::row::Estimate;
use super::suppress::suppress;
use super::test::{Test, Untested, settle};
use super::{changes, comparisons, estimates};

/// The numbers of one question.
#[derive(Debug)]
pub(super) struct OfQuestion {
    pub(super) rows: Vec<Estimate>,
    pub(super) tests: Vec<Test>,
    pub(super) hidden_groups: u64,
}

impl OfQuestion {
    /// Its numbers in the waves in which it was asked.
    pub(super) fn new(
        question: &Question,
        asked: &[Asked<'_>],
        overlaps: &[Pair],
        survey: &Survey,
        config: &Config,
    ) -> Self {
        Self {
            rows: rows(question, asked, &config.statistics),
            tests: tests(question, asked, overlaps, survey, config),
            hidden_groups: asked.iter().map(Asked::hidden_groups).sum(),
        }
    }
}

/// Counts the answers to the question `at` this place of the codebook in each
/// wave that asked it, and decides what of them is hidden.
pub(super) fn ask<'a>(
    (at, question): (usize, &Question),
    waves: &'a [Fielded],
    survey: &'a Survey,
    rules: &Statistics,
) -> Vec<Asked<'a>> {
    let counted = |wave| {
        let asked = Asked::count((at, question), wave, survey, rules)?;
        let hidden = suppress(question, &asked, rules);
        Some(Asked { hidden, ..asked })
    };
    waves.iter().filter_map(counted).collect()
}

/// The estimates of a question, wave by wave.
pub(super) fn rows(question: &Question, asked: &[Asked<'_>], rules: &Statistics) -> Vec<Estimate> {
    asked.iter().flat_map(|asked| estimates::rows(question, asked, rules)).collect()
}

/// The tests of a question, adjusted among each other: those that nobody may
/// see change no other.
pub(super) fn tests(
    question: &Question,
    asked: &[Asked<'_>],
    overlaps: &[Pair],
    survey: &Survey,
    config: &Config,
) -> Vec<Test> {
    let rules = &config.statistics;
    let mut tests: Vec<Test> =
        asked.iter().flat_map(|asked| comparisons::compare(question, asked, rules)).collect();
    tests.extend(changes::compare(question, asked, overlaps, survey, rules));
    let untested = match rules.estimators {
        Estimators::Suited => Untested::Withheld,
        Estimators::All => Untested::Kept,
    };
    settle(&mut tests, rules.confidence, untested);
    tests
}
