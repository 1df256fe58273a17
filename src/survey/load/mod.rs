//! The data folder → [`Survey`].

mod checks;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::doubt::Doubt;
use super::frames::Frames;
use super::published::{PublishedFigure, References, Study};
use super::sampling::Sampling;
use super::table::Table;
use super::{
    Codebook, Margin, OptionKey, QuestionKey, Responses, Survey, Wave, WaveKey, choices, citation,
    glossary, margins, published, responses, tally, tiles, xlsform,
};
use crate::config::{Config, CsvSettings, WaveSettings};
use crate::diag::{Code, Diagnostic, Findings, Partial};
use crate::sources::Sources;

pub(in crate::survey) const QUESTIONS: &str = "data/codebook/survey.csv";
pub(in crate::survey) const CHOICES: &str = "data/codebook/choices.csv";
/// The tables of a wave.
const TABLES: [&str; 3] = ["published.csv", "responses.csv", "tally.csv"];
const CITATIONS: &str = "data/sources.csv";
const CONTEXT: &str = "data/context.csv";
const TILES: &str = "data/tiles.csv";
const GLOSSARY: &str = "data/glossary.csv";
/// The tables of the folder `data`, and those of its folder `codebook`.
const TOP: [&str; 5] = ["sources.csv", "context.csv", "tiles.csv", "glossary.csv", "frame.csv"];
const CODEBOOK: [&str; 2] = ["survey.csv", "choices.csv"];

/// Reads the codebook, the frame, the sources and the published figures.
///
/// A report without a codebook is a report without a survey: it has texts
/// and no numbers.
pub fn load(sources: &Sources, config: &Config) -> Partial<Survey> {
    let mut found = Findings::default();
    let reader = Reader { sources, config };
    let codebook = reader.codebook(&mut found);
    reader.check_settings(&codebook, &mut found);
    let table = reader.table(CITATIONS, &mut found);
    let (citations, doubt) = match table {
        Some(table) => {
            table.check_letters(&mut found);
            citation::read(&table, &mut found)
        }
        None => (vec![], Doubt::unless(sources.get(CITATIONS).is_none())),
    };
    let references = References::new(&codebook, &citations, &doubt);
    let mut waves = reader.waves(&references, &mut found);
    let context = reader.figures(CONTEXT, Study::Other, &references, &mut found);
    let facts = facts(&waves, &context, &codebook);
    let frames = Frames::read(sources, config, &codebook, &mut found);
    let read = |wave: &WaveSettings| {
        let frame = frames.of_wave(&wave.design);
        (reader.responses(wave, &codebook, &facts, &frames), frame.cloned())
    };
    let answers: Vec<_> = config.waves.par_iter().map(read).collect();
    for (wave, ((responses, told), frame)) in waves.iter_mut().zip(answers) {
        wave.responses = responses;
        wave.frame = frame;
        found.join(told);
    }
    let frame = frames.of_report();
    let tiles = reader.tiles(&codebook, &mut found);
    let table = reader.sheet(GLOSSARY, &mut found);
    let languages = &config.site.languages;
    let glossary =
        table.map(|table| glossary::read(&table, languages, &mut found)).unwrap_or_default();
    reader.check_folders(&mut found);
    reader.check_tables(&mut found);
    check_sizes(&waves, &mut found);
    let survey = Survey { codebook, waves, context, sources: citations, frame, tiles, glossary };
    Partial { value: Some(survey), found }
}

/// The questions that published figures state as facts: nobody was asked them.
fn facts(
    waves: &[Wave],
    context: &[PublishedFigure],
    codebook: &Codebook,
) -> BTreeSet<QuestionKey> {
    let printed = waves.iter().flat_map(|wave| &wave.published).chain(context);
    let is_fact = |figure: &&PublishedFigure| {
        codebook.question(figure.question.as_str()).is_some_and(|asked| figure.is_fact(asked))
    };
    printed.filter(is_fact).map(|figure| figure.question.clone()).collect()
}

/// Reads what was asked, and the margins that a wave is raked to.
pub(in crate::survey) fn asked(
    sources: &Sources,
    config: &Config,
    wave: &WaveSettings,
    found: &mut Findings,
) -> (Codebook, Vec<Margin>) {
    let reader = Reader { sources, config };
    let codebook = reader.codebook(found);
    reader.check_settings(&codebook, found);
    let margins = reader.margins(wave, found);
    (codebook, margins)
}

/// No more answered than there are, as published.
fn check_sizes(waves: &[Wave], found: &mut Findings) {
    for wave in waves {
        let size = |question: &str, group: &Option<(QuestionKey, OptionKey)>| {
            let same = |figure: &&PublishedFigure| {
                figure.question.as_str() == question && figure.group == *group
            };
            wave.published.iter().find(same)
        };
        for sampled in wave.published.iter().filter(|one| one.question.as_str() == "sample_size") {
            let Some(all) = size("population", &sampled.group) else { continue };
            if all.value.value < sampled.value.value {
                let message = format!(
                    "{} answered, of a population of {}",
                    sampled.value.value, all.value.value
                );
                found.push(
                    Diagnostic::error(Code::SampleExceedsPopulation, message)
                        .at(sampled.place.clone())
                        .hint("Correct `sample_size` or `population`."),
                );
            }
        }
    }
}

struct Reader<'r> {
    sources: &'r Sources,
    config: &'r Config,
}

impl Reader<'_> {
    fn table(&self, path: &str, found: &mut Findings) -> Option<Table> {
        Table::of(self.sources, path, &self.config.csv, found)
    }

    /// Reads a table where further spellings of an empty cell do not count:
    /// an option may be called `NA`.
    fn sheet(&self, path: &str, found: &mut Findings) -> Option<Table> {
        let settings = CsvSettings { missing: vec![], ..self.config.csv.clone() };
        let table = Table::of(self.sources, path, &settings, found);
        table.inspect(|table| table.check_letters(found))
    }

    fn codebook(&self, found: &mut Findings) -> Codebook {
        let languages = &self.config.site.languages;
        let lists = self
            .sheet(CHOICES, found)
            .map(|table| choices::read(&table, languages, found))
            // A table that cannot be read is there all the same.
            .or_else(|| self.sources.get(CHOICES).map(|_| choices::Lists::unknown()));
        if self.sources.get(QUESTIONS).is_none() {
            let needed = self.sources.all().map(|(path, _)| path).find(|path| {
                *path == CHOICES
                    || *path == CONTEXT
                    || (path.starts_with("data/") && path.ends_with("/published.csv"))
            });
            if let Some(needed) = needed {
                let message = format!("there is no `{QUESTIONS}`, but there is `{needed}`");
                found.push(
                    Diagnostic::error(Code::TableMissing, message)
                        .hint("Add it, with the columns `type`, `name` and `label`."),
                );
            }
            return Codebook::default();
        }
        let table = self.sheet(QUESTIONS, found);
        table.map_or_else(Codebook::unknown, |table| {
            xlsform::read(&table, lists.as_ref(), self.config, found)
        })
    }

    /// The waves with what was published of them; answers come later.
    fn waves(&self, references: &References<'_>, found: &mut Findings) -> Vec<Wave> {
        let wave = |wave: &WaveSettings| {
            let path = format!("data/{}/published.csv", wave.key);
            Wave {
                key: WaveKey::new(wave.key.as_str()),
                published: self.figures(&path, Study::Own, references, found),
                responses: None,
                frame: None,
            }
        };
        self.config.waves.iter().map(wave).collect()
    }

    fn figures(
        &self,
        path: &str,
        study: Study,
        references: &References<'_>,
        found: &mut Findings,
    ) -> Vec<PublishedFigure> {
        // Without a codebook every row would be a mistake; one says it all.
        if self.sources.get(QUESTIONS).is_none() {
            return vec![];
        }
        let table = self.table(path, found).inspect(|table| table.check_letters(found));
        let languages = &self.config.site.languages;
        let read = |table| published::read(&table, study, references, languages, found);
        table.map(read).unwrap_or_default()
    }

    fn tiles(&self, codebook: &Codebook, found: &mut Findings) -> Vec<super::TileLayout> {
        // Without a codebook every row would be a mistake; one says it all.
        if self.sources.get(QUESTIONS).is_none() {
            return vec![];
        }
        let table = self.table(TILES, found);
        table.map(|table| tiles::read(&table, codebook, found)).unwrap_or_default()
    }

    /// Reads the answers of one wave, if the data folder has them.
    /// `facts` are questions that nobody was asked, `frames` hold what the wave
    /// was drawn from.
    fn responses(
        &self,
        wave: &WaveSettings,
        codebook: &Codebook,
        facts: &BTreeSet<QuestionKey>,
        frames: &Frames<'_>,
    ) -> (Option<Responses>, Findings) {
        let path = format!("data/{}/responses.csv", wave.key);
        let counted = format!("data/{}/tally.csv", wave.key);
        let given = |path: &String| self.sources.get(path).is_some();
        let mut found = Findings::default();
        if codebook.questions().is_empty() || !(given(&path) || given(&counted)) {
            return (None, found);
        }
        if given(&path) && given(&counted) {
            let message = format!("there are `{path}` and `{counted}`");
            found.push(Diagnostic::error(Code::AnswersTwice, message));
            return (None, found);
        }
        let mut margins_told = Findings::default();
        let margins = self.margins(wave, &mut margins_told);
        let sampling = Sampling {
            design: &wave.design,
            frame: frames.of_wave(&wave.design),
            margins: &margins,
        };
        let responses = if given(&counted) {
            self.tally(&counted, codebook, facts, sampling, &mut found)
        } else {
            self.answers(&path, codebook, facts, sampling, &mut found)
        };
        // A row that could not be read may be the one that is missing.
        if margins_told.has_other_than(Code::CannotRake) {
            found = found.without(&[Code::CannotRake]);
        }
        if !frames.is_read(&wave.design) {
            found = found.without(&[
                Code::UnknownStratum,
                Code::LonelyStratum,
                Code::SampleExceedsPopulation,
            ]);
        }
        found.join(margins_told);
        (responses, found)
    }

    fn tally(
        &self,
        path: &str,
        codebook: &Codebook,
        facts: &BTreeSet<QuestionKey>,
        sampling: Sampling<'_>,
        found: &mut Findings,
    ) -> Option<Responses> {
        // A program wrote it, whatever the settings say of other tables.
        let table = Table::of(self.sources, path, &CsvSettings::default(), found);
        let table = table.filter(Table::has_one_of_each)?;
        tally::read(&table, codebook, &self.config.survey, facts, sampling, found)
    }

    fn answers(
        &self,
        path: &str,
        codebook: &Codebook,
        facts: &BTreeSet<QuestionKey>,
        sampling: Sampling<'_>,
        found: &mut Findings,
    ) -> Option<Responses> {
        let mut own = Findings::default();
        let table = self.table(path, &mut own);
        if let Some(mistake) = table.as_ref().and_then(|one| responses::nameless(one, codebook)) {
            // Which of its answers are given twice says nothing more.
            found.join(own.without(&[Code::DuplicateColumn]));
            found.push(mistake);
            return None;
        }
        found.join(own);
        let table = table.filter(Table::has_one_of_each)?;
        Some(responses::read(&table, codebook, facts, sampling, found))
    }

    fn margins(&self, wave: &WaveSettings, found: &mut Findings) -> Vec<Margin> {
        let table = wave.design.rake.as_ref().and_then(|rake| self.table(&rake.name, found));
        table.map(|table| margins::read(&table, found)).unwrap_or_default()
    }
}
