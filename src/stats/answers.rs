//! The answers of a wave as open data: one row a respondent, as the estimates
//! read them, with what they need of the sample.
//!
//! It gives nobody's name and no free text. Rows stand in the order of what
//! they hold, and sampling units have numbers: neither tells where in the file
//! of the author somebody stood.

use std::borrow::Cow;
use std::cmp::Ordering;

use rayon::prelude::*;

use super::sample::Sample;
use crate::config::{Config, Publish, Responses as Origin, Simulated, WaveSettings};
use crate::markup::no_formula;
use crate::survey::{Answers, Choice, Codes, Question, QuestionKind, Responses, Survey, Weights};

/// How many rows one thread writes at a time.
const ROWS_AT_ONCE: usize = 4096;
/// How many such parts make a piece, which all threads share.
const PARTS_AT_ONCE: usize = 16;

/// The answers of one wave, for everybody.
#[derive(Debug)]
pub struct OpenAnswers<'s> {
    /// The wave.
    pub wave: &'s WaveSettings,
    /// Where they lie in the site.
    pub path: String,
    /// What a row holds, in order.
    pub columns: Vec<Column<'s>>,
    responses: &'s Responses,
    weights: Vec<f64>,
}

/// A column.
#[derive(Debug)]
pub struct Column<'s> {
    /// Its name.
    pub name: String,
    /// What its cells hold.
    pub holds: Holds<'s>,
    codes: Source<'s>,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy)]
pub enum Holds<'s> {
    /// The option that was chosen.
    Option(&'s Question),
    /// 1 for an option that was ticked, 0 for one that was not.
    Tick(&'s Question, &'s Choice),
    /// The option at a place, from 1.
    Rank(&'s Question, usize),
    /// A number.
    Number(&'s Question),
    /// The stratum.
    Stratum,
    /// The sampling unit, as a number.
    Unit,
    /// What the respondent weighs in the estimates.
    Weight,
    /// How many sampling units the stratum has in the population.
    Population,
}

/// Where the cells of a column come from.
#[derive(Debug, Clone, Copy)]
enum Source<'s> {
    Codes(&'s Codes),
    Values(&'s [f64], &'s Codes),
    /// By option, and which rank.
    Ranks(&'s [Codes], u32),
    Design,
}

/// Where the answers of a wave lie in the site; made-up ones say so.
pub fn answers_path(wave: &WaveSettings) -> String {
    let made_up = if wave.responses == Origin::Simulated { "-simulated" } else { "" };
    format!("data/answers-{}{made_up}.csv", wave.key)
}

/// The answers that a report publishes: those of each wave that has them,
/// if the settings ask for it. Of a tally nobody knows single answers, and
/// hidden ones leave no trace.
pub fn open_answers<'s>(survey: &'s Survey, config: &'s Config) -> Vec<OpenAnswers<'s>> {
    if config.publish != Publish::Microdata {
        return vec![];
    }
    let hides = config.simulated == Simulated::Hide;
    let waves = survey.waves.iter().filter_map(|wave| {
        let settings = config.wave(wave.key.as_str())?;
        let is_simulated = settings.responses == Origin::Simulated;
        let responses = wave.responses.as_ref().filter(|_| !(is_simulated && hides))?;
        // What cannot be raked has no site.
        let sample = Sample::new(responses, settings.design.lonely).ok()?;
        let Weights::Each(weights) = sample.weights else { return None };
        let columns = columns(survey.codebook.questions(), responses);
        let path = answers_path(settings);
        Some(OpenAnswers { wave: settings, path, columns, responses, weights })
    });
    waves.collect()
}

fn columns<'s>(questions: &'s [Question], responses: &'s Responses) -> Vec<Column<'s>> {
    let asked = questions.iter().zip(&responses.answers);
    let mut columns: Vec<Column<'_>> =
        asked.flat_map(|(question, answers)| columns_of(question, answers)).collect();
    let design = &responses.design;
    let has_strata = design.strata.iter().any(|stratum| !stratum.name.is_empty());
    let has_sizes = design.strata.iter().any(|stratum| stratum.population.is_some());
    let parts = [
        ("design_stratum", Holds::Stratum, has_strata),
        ("design_cluster", Holds::Unit, design.units.is_some()),
        ("design_population", Holds::Population, has_sizes),
        ("design_weight", Holds::Weight, true),
    ];
    for (name, holds, _) in parts.into_iter().filter(|(.., is_known)| *is_known) {
        let mut name = name.to_owned();
        while columns.iter().any(|column| column.name == name) {
            name.push('_');
        }
        columns.push(Column { name, holds, codes: Source::Design });
    }
    columns
}

/// The columns of a question; none if it was not asked, or in words.
fn columns_of<'s>(question: &'s Question, answers: &'s Answers) -> Vec<Column<'s>> {
    let key = question.key.as_str();
    let one = |holds, codes| vec![Column { name: key.to_owned(), holds, codes }];
    match (answers, &question.kind) {
        (Answers::Single(codes), _) => one(Holds::Option(question), Source::Codes(codes)),
        (Answers::Number { values, codes }, _) => {
            one(Holds::Number(question), Source::Values(values, codes))
        }
        // Whoever ticked nothing but "don't know" is outside the base, and empty.
        (Answers::Multiple(options), _) => question
            .options()
            .iter()
            .zip(options)
            .filter(|(option, _)| option.role.in_base())
            .map(|(option, codes)| Column {
                name: format!("{key}_{}", option.key),
                holds: Holds::Tick(question, option),
                codes: Source::Codes(codes),
            })
            .collect(),
        (Answers::Ranking(options), QuestionKind::Ranking { places, .. }) => (1..=*places)
            .zip(1..)
            .map(|(place, rank)| Column {
                name: format!("{key}_{place}"),
                holds: Holds::Rank(question, place),
                codes: Source::Ranks(options, rank),
            })
            .collect(),
        _ => vec![],
    }
}

impl Source<'_> {
    /// The code of a respondent: an option, a tick, or a value by its size.
    fn code(self, respondent: usize) -> Option<u32> {
        match self {
            Self::Codes(codes) | Self::Values(_, codes) => codes.get(respondent),
            Self::Ranks(options, rank) => {
                let mut ranked = options.iter().zip(0..);
                ranked.find_map(|(codes, option)| {
                    (codes.get(respondent) == Some(rank)).then_some(option)
                })
            }
            Self::Design => None,
        }
    }
}

impl OpenAnswers<'_> {
    /// Gives the file piece by piece, the header first.
    pub fn write<E>(&self, put: &mut dyn FnMut(Vec<u8>) -> Result<(), E>) -> Result<(), E> {
        let order = self.order();
        let units = self.numbered(&order);
        put(self.header())?;
        for rows in order.chunks(ROWS_AT_ONCE * PARTS_AT_ONCE) {
            let parts: Vec<Vec<u8>> =
                rows.par_chunks(ROWS_AT_ONCE).map(|rows| self.part(rows, &units)).collect();
            put(parts.concat())?;
        }
        Ok(())
    }

    fn header(&self) -> Vec<u8> {
        let mut csv = csv::Writer::from_writer(vec![]);
        let names = self.columns.iter().map(|column| no_formula(&column.name).into_owned());
        csv.write_record(names).expect("memory takes what is written");
        csv.into_inner().expect("memory takes what is written")
    }

    /// The respondents in the order of what their rows hold.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.responses.rows).collect();
        order.par_sort_unstable_by(|a, b| self.compare(*a, *b));
        order
    }

    fn compare(&self, a: usize, b: usize) -> Ordering {
        let codes = |at: usize| self.columns.iter().map(move |column| column.codes.code(at));
        let design = &self.responses.design;
        let stratum = |at: usize| design.stratum.get(at).map(|h| &design.strata[*h as usize].name);
        let unit =
            |at: usize| design.units.as_ref().map(|units| &units.names[units.of[at] as usize]);
        codes(a)
            .cmp(codes(b))
            .then_with(|| self.weights[a].total_cmp(&self.weights[b]))
            .then_with(|| stratum(a).cmp(&stratum(b)))
            .then_with(|| unit(a).cmp(&unit(b)))
    }

    /// The number of each sampling unit: that of its first row.
    fn numbered(&self, order: &[usize]) -> Vec<usize> {
        let Some(units) = &self.responses.design.units else { return vec![] };
        let mut numbers = vec![0; units.names.len()];
        let mut known = 0;
        for respondent in order {
            let number = &mut numbers[units.of[*respondent] as usize];
            if *number == 0 {
                known += 1;
                *number = known;
            }
        }
        numbers
    }

    fn part(&self, rows: &[usize], units: &[usize]) -> Vec<u8> {
        let mut csv = csv::Writer::from_writer(vec![]);
        for respondent in rows {
            for column in &self.columns {
                let cell = self.cell(column, *respondent, units);
                csv.write_field(cell.as_bytes()).expect("memory takes what is written");
            }
            csv.write_record(None::<&[u8]>).expect("memory takes what is written");
        }
        csv.into_inner().expect("memory takes what is written")
    }

    /// What is missing is empty.
    fn cell(&self, column: &Column<'_>, respondent: usize, units: &[usize]) -> Cow<'_, str> {
        let design = &self.responses.design;
        let stratum = || design.stratum.get(respondent).map(|h| &design.strata[*h as usize]);
        let code = column.codes.code(respondent);
        let number = |number: Option<f64>| number.map(|number| Cow::from(number.to_string()));
        let cell = match (column.holds, column.codes) {
            (Holds::Option(question) | Holds::Rank(question, _), _) => code
                .and_then(|code| question.options().get(code as usize))
                .map(|option| no_formula(option.key.as_str()).into_owned().into()),
            (Holds::Number(_), Source::Values(values, _)) => {
                number(code.and_then(|code| values.get(code as usize).copied()))
            }
            (Holds::Tick(..) | Holds::Number(_), _) => code.map(|code| code.to_string().into()),
            (Holds::Stratum, _) => stratum().map(|stratum| no_formula(&stratum.name)),
            (Holds::Population, _) => number(stratum().and_then(|stratum| stratum.population)),
            (Holds::Weight, _) => number(self.weights.get(respondent).copied()),
            (Holds::Unit, _) => {
                let units_of = design.units.as_ref();
                units_of.map(|of| units[of.of[respondent] as usize].to_string().into())
            }
        };
        cell.unwrap_or_default()
    }
}
