//! Every estimate and test of a report: questions in parallel, the answers to
//! each read once into tallies, everything else made from those.

use rayon::prelude::*;

use crate::config::{Config, Simulated};
use crate::diag::{Findings, Outcome};
use crate::survey::Survey;

use super::asked::{Fielded, fielded};
use super::changes::overlaps;
use super::meta::Meta;
use super::published::{leave_out_tests, published, published_win};
use super::question::{OfQuestion, ask};
use super::results::Results;
use super::test::Test;
use super::withheld::{Kept, Withheld};

/// Every number of a report.
#[derive(Debug)]
pub struct Numbers {
    /// Those that may be shown; published ones stand in the place of simulated ones.
    pub shown: Results,
    /// What chapters are held to where not all may be shown; `None`: all may.
    pub withheld: Option<Withheld>,
}

/// Computes every number that may be shown once and joins the published ones.
/// What rests on answers that a program made up, where those are hidden, is left
/// for whoever asks.
pub fn estimate(survey: &Survey, config: &Config) -> Outcome<Numbers> {
    let mut found = Findings::default();
    let waves = fielded(survey, config, &mut found);
    let some_are_hidden =
        config.simulated == Simulated::Hide && waves.iter().any(Fielded::is_simulated);
    let is_shown = |wave: &Fielded| !some_are_hidden || !wave.is_simulated();
    let overlaps = overlaps(&waves, survey);
    let questions = survey.codebook.questions().par_iter().enumerate();
    let (numbers, kept): (Vec<OfQuestion>, Vec<Kept>) = questions
        .map(|(at, question)| {
            let mut asked = ask((at, question), &waves, survey, &config.statistics);
            let kept = if some_are_hidden { Kept::new(at, &asked) } else { Kept::default() };
            asked.retain(|asked| is_shown(asked.fielded));
            (OfQuestion::new(question, &asked, &overlaps, survey, config), kept)
        })
        .unzip();
    let meta = Meta {
        waves: waves
            .iter()
            .filter(|wave| is_shown(wave))
            .map(|wave| wave.meta(survey, &config.statistics))
            .collect(),
        ..meta(survey, config)
    };
    let shown = results(numbers, meta, survey);
    let withheld =
        some_are_hidden.then(|| Withheld::new(waves, overlaps, kept, survey, &config.statistics));
    found.settle(Numbers { shown, withheld })
}

/// Joins what was computed of each question with the published figures, which
/// stand in the place of simulated ones.
fn results(questions: Vec<OfQuestion>, meta: Meta, survey: &Survey) -> Results {
    let (mut rows, mut tests, mut hidden_groups) = (vec![], vec![], 0);
    for question in questions {
        rows.extend(question.rows);
        tests.extend(question.tests);
        hidden_groups += question.hidden_groups;
    }
    let mut all = published(survey);
    let superseded = published_win(&mut rows, &all);
    leave_out_tests(&mut tests, &superseded);
    // Published figures may be most of all, and are not copied behind the others.
    all.splice(0..0, rows);
    let tests_run = tests.iter().filter(|test: &&Test| test.p_holm.is_some()).count() as u64;
    let meta = Meta { tests_run, hidden_groups, ..meta };
    Results::new(all).with_tests(tests).with_meta(meta).with_superseded(superseded)
}

fn meta(survey: &Survey, config: &Config) -> Meta {
    let crossing = |(a, b): &(crate::config::Named, crate::config::Named)| {
        let key = |name: &str| survey.codebook.question(name).map(|q| q.key.clone());
        key(&a.name).zip(key(&b.name))
    };
    Meta {
        level: config.statistics.confidence,
        hide_below: config.statistics.hide_below,
        crossings: config.survey.crossings.iter().filter_map(crossing).collect(),
        ..Meta::default()
    }
}
