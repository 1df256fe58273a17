//! Answers that a program makes up, to show what a report will look like and
//! to try it: a codebook and published figures in, `responses.csv` out. Pure.
//!
//! They are calibrated: where a figure of the wave was published, the answers
//! give it, as far as whole respondents can. First how many of each group say
//! it (`solve`), then who: those nearest to it by one hidden score a
//! respondent, how far on it is, which ties the answers to each other and to
//! the groups, and by chance. Chance is whole numbers from a seed.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "respondents, options and scores are whole numbers far below 2^52"
)]

mod answers;
mod chance;
mod desk;
mod goal;
mod multiple;
mod people;
mod ranking;
mod report;
mod solve;

pub use report::Unmet;

use crate::config::{self, Config, Responses as Origin, WaveSettings};
use crate::diag::{Code, Diagnostic, Findings, Outcome, did_you_mean};
use crate::sources::Sources;
use crate::survey::{self, PublishedFigure, Survey, Unit};

use self::chance::Chance;
use self::desk::{Columns, Desk};
use self::people::People;

/// What was asked for.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// The wave; `None`: the last.
    pub wave: Option<String>,
    /// How many respondents; `None`: as many as were published, else 100.
    pub respondents: Option<u32>,
    /// Where chance begins.
    pub seed: u64,
    /// What becomes of answers that are there.
    pub known: Known,
}

/// What becomes of answers that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Known {
    /// They are kept, and nothing is written.
    #[default]
    Kept,
    /// They are replaced.
    Replaced,
}

/// Answers that were made up.
#[derive(Debug)]
pub struct Simulated {
    /// Where they belong in the report.
    pub path: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// How many respondents there are.
    pub respondents: usize,
    /// How many published figures the answers give.
    pub met: usize,
    /// The published figures that they do not give.
    pub unmet: Vec<Unmet>,
}

impl Simulated {
    /// What was done, for people.
    pub fn told(&self) -> String {
        let figures = self.met + self.unmet.len();
        format!(
            "{} respondents; {} of {figures} published figures are met\n{}",
            self.respondents,
            self.met,
            report::table(&self.unmet)
        )
    }
}

/// How many answer where nothing says it.
const RESPONDENTS: usize = 100;

/// Makes up the answers of a wave.
pub fn simulate(report: &Sources, choices: &Choices) -> Outcome<Simulated> {
    let mut found = Findings::default();
    let parsed = config::parse(report);
    found.join(parsed.found);
    let Some(config) = parsed.value else { return found.fail() };
    let wave = wave(&config, choices)?;
    let path = format!("data/{}/responses.csv", wave.key);
    if report.get(&path).is_some() && choices.known == Known::Kept {
        let message = format!("there is a `{path}` already, which would be overwritten");
        return Err(Diagnostic::error(Code::FileThere, message)
            .hint("Replace it with `--force`, or name another wave with `--wave`.")
            .into());
    }
    // Whatever the answers were, they are of no account.
    let mut sources: Sources = report.all().filter(|(known, _)| *known != path).collect();
    let loaded = survey::load(&sources, &config);
    found.join(loaded.found);
    let Some(survey) = loaded.value else { return found.fail() };
    if found.has_errors() {
        return found.fail();
    }
    if survey.codebook.questions().is_empty() {
        let message = "there is no codebook, and so no questions to answer";
        return Err(Diagnostic::error(Code::TableMissing, message)
            .hint("Add `data/codebook/survey.csv` with the columns `type`, `name` and `label`.")
            .into());
    }
    let figures = figures(&survey, &wave.key);
    let count = choices.respondents.map_or_else(|| published_size(figures), |n| n as usize);
    let key = survey::WaveKey::new(wave.key.as_str());
    let frame = survey.frame_of(Some(&key)).or(survey.frame.as_ref());
    let people = People::new(count, &survey.codebook, frame, figures, choices.seed);
    let bytes = csv(&columns(&survey, wave, figures, &people, choices.seed));

    // Read back as a build would.
    sources.insert(path.clone(), bytes.clone());
    let loaded = survey::load(&sources, &config);
    if loaded.found.has_errors() {
        return loaded.found.fail();
    }
    let written = loaded.value.as_ref().and_then(|survey| survey.wave(&key)?.responses.as_ref());
    let (met, unmet) = match written {
        Some(responses) => report::compare(&survey, &people, figures, responses),
        None => (0, vec![]),
    };
    found.settle(Simulated { path, bytes, respondents: count, met, unmet })
}

/// The wave to make up: one that says that its answers are.
fn wave<'c>(config: &'c Config, choices: &Choices) -> Result<&'c WaveSettings, Diagnostic> {
    let wave = match &choices.wave {
        None => config.current_wave(),
        Some(key) => config.wave(key),
    };
    let Some(wave) = wave else {
        let name = choices.wave.as_deref().unwrap_or_default();
        let known = config.waves.iter().map(|wave| wave.key.as_str());
        let message = if config.waves.is_empty() {
            "the report has no wave".to_owned()
        } else {
            format!("there is no wave `{name}`")
        };
        return Err(
            Diagnostic::error(Code::UnknownWave, message).hint_if(did_you_mean(name, known))
        );
    };
    if wave.responses == Origin::Collected {
        let message = format!("the answers of `{}` are collected: none are made up", wave.key);
        return Err(Diagnostic::error(Code::AnswersCollected, message)
            .at(wave.place.clone())
            .hint(format!("Write `responses = \"simulated\"` under `[waves.{}]`.", wave.key)));
    }
    Ok(wave)
}

fn figures<'s>(survey: &'s Survey, wave: &str) -> &'s [PublishedFigure] {
    let own = survey.waves.iter().find(|own| own.key.as_str() == wave);
    own.map_or(&[], |wave| &wave.published)
}

/// As many as answered, where it was published.
fn published_size(figures: &[PublishedFigure]) -> usize {
    let size = figures.iter().find(|figure| {
        figure.question.as_str() == goal::SAMPLE_SIZE
            && figure.group.is_none()
            && figure.unit == Unit::Count
    });
    size.map_or(RESPONDENTS, |figure| figure.value.value.round() as usize)
}

fn columns(
    survey: &Survey,
    wave: &WaveSettings,
    figures: &[PublishedFigure],
    people: &People,
    seed: u64,
) -> Columns {
    let questions = survey.codebook.questions();
    let design = &wave.design;
    let is_asked = |name: &str| questions.iter().any(|question| question.key.as_str() == name);
    let mut columns: Columns = vec![];
    let mut own = |name: &str, cell: &dyn Fn(usize) -> String| {
        if !is_asked(name) {
            columns.push((name.to_owned(), (0..people.count).map(cell).collect()));
        }
    };
    if let Some(id) = &design.id {
        own(&id.name, &|one| (one + 1).to_string());
    }
    if let Some(strata) = &design.strata {
        own(&strata.name, &|one| people.level(one, &strata.name).unwrap_or_default().to_owned());
    }
    if let Some(weight) = &design.weight {
        own(&weight.name, &|_| "1".to_owned());
    }
    let others = survey.waves.iter().flat_map(|wave| &wave.published).chain(&survey.context);
    let facts: Vec<&PublishedFigure> = others.collect();
    for question in questions {
        let of_question = figures.iter().filter(|figure| figure.question == question.key);
        // What was counted in another wave or study is no question in this one.
        let is_fact =
            facts.iter().any(|figure| figure.question == question.key && figure.is_fact(question));
        if is_fact {
            continue;
        }
        columns.extend(answers::columns(&mut Desk {
            question,
            people,
            figures: of_question.collect(),
            chance: Chance::new(seed, question.key.as_str()),
        }));
    }
    columns
}

fn csv(columns: &Columns) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(vec![]);
    let rows = columns.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let head = columns.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>();
    let body = (0..rows)
        .map(|row| columns.iter().map(|(_, cells)| cells[row].as_str()).collect::<Vec<_>>());
    for record in std::iter::once(head).chain(body) {
        writer.write_record(record).expect("memory takes every record of one length");
    }
    writer.into_inner().expect("memory takes every byte")
}
