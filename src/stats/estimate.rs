//! Every estimate and test of a report: questions in parallel, the answers to
//! each read once into tallies, everything else made from those.

use rayon::prelude::*;

use crate::config::{
    Config, Estimators, LonelyStratum, Responses as Origin, Simulated, Statistics,
};
use crate::diag::{Code, Diagnostic, Findings, Outcome};
use crate::survey::{Answers, OptionKey, Question, Responses, Survey, WaveKey};

use super::cut::{Atoms, Division, atoms, divisions};
use super::interval::{around, of_mean, of_proportion};
use super::mean::{mean, total};
use super::measure::{Kind, Measure, Measured, measures};
use super::meta::{Lost, StratumMeta, WaveMeta, lost_by_tally};
use super::quantile::quantile;
use super::rounding::{half_up, largest_remainder};
use super::sample::{Correction, Sample};
use super::suppress::suppress;
use super::tally::Tally;
use super::test::{Untested, settle};
use super::trend::Wave;
use super::{
    Estimate, Estimator, Flag, IntervalMethod, Meta, Precision, Provenance, Results, Test, Value,
    changes, comparisons, published, published_win,
};

/// A wave that has answers.
pub(super) struct Fielded<'a> {
    pub(super) key: &'a WaveKey,
    /// Its place among all waves.
    pub(super) order: usize,
    pub(super) responses: &'a Responses,
    pub(super) sample: Sample,
    pub(super) divisions: Vec<Division>,
    pub(super) atoms: Atoms,
    pub(super) provenance: Provenance,
    /// See [`WaveMeta::tally`].
    lost_by_tally: Option<Vec<Lost>>,
}

impl Fielded<'_> {
    fn is_simulated(&self) -> bool {
        self.provenance == Provenance::Simulated
    }

    pub(super) fn as_wave(&self) -> Wave<'_> {
        Wave { responses: self.responses, sample: &self.sample }
    }
}

/// One question in one wave: its tallies and what of it is hidden.
pub(super) struct Asked<'a> {
    pub(super) fielded: &'a Fielded<'a>,
    pub(super) measured: Measured<'a>,
    /// By column: its answers by place, the only time that they are read.
    pub(super) counted: Vec<Tally>,
    /// By column and division.
    pub(super) tallies: Vec<Vec<Tally>>,
    /// By division and group.
    pub(super) hidden: Vec<Vec<bool>>,
}

/// Every number of a report.
#[derive(Debug)]
pub struct Numbers {
    /// All of them; published ones stand in the place of simulated ones.
    pub everything: Results,
    /// Those that may be shown; `None`: all.
    pub shown: Option<Results>,
}

impl Numbers {
    /// What a page may show.
    pub fn shown(&self) -> &Results {
        self.shown.as_ref().unwrap_or(&self.everything)
    }
}

/// Rows and tests of one question, or of several.
#[derive(Debug, Default)]
struct Gathered {
    rows: Vec<Estimate>,
    tests: Vec<Test>,
    hidden_groups: u64,
}

/// Computes every number of a report once and joins the published ones.
/// Where answers that a program made up must be hidden, what rests on them is
/// left out afterwards.
pub fn estimate(survey: &Survey, config: &Config) -> Outcome<Numbers> {
    let mut found = Findings::default();
    let waves = fielded(survey, config, &mut found);
    let some_are_hidden =
        config.simulated == Simulated::Hide && waves.iter().any(Fielded::is_simulated);
    let overlaps = changes::overlaps(&waves);
    let questions = survey.codebook.questions().par_iter().enumerate();
    let (all, real): (Vec<Gathered>, Vec<Gathered>) = questions
        .map(|(at, question)| {
            let asked: Vec<Asked<'_>> = waves
                .iter()
                .filter_map(|wave| ask(at, question, wave, &config.statistics))
                .collect();
            let all = one_question(question, &asked, &overlaps, survey, config);
            let real = if some_are_hidden { real(&all, &asked) } else { Gathered::default() };
            (settled(all, config), settled(real, config))
        })
        .unzip();
    let shown = some_are_hidden
        .then(|| results(real, waves.iter().filter(|wave| !wave.is_simulated()), survey, config));
    found.settle(Numbers { everything: results(all, waves.iter(), survey, config), shown })
}

/// The waves that have answers.
fn fielded<'a>(survey: &'a Survey, config: &Config, found: &mut Findings) -> Vec<Fielded<'a>> {
    let mut waves = vec![];
    for (order, wave) in survey.waves.iter().enumerate() {
        let Some(responses) = &wave.responses else { continue };
        let settings = config.wave(wave.key.as_str());
        let is_simulated = settings.is_some_and(|wave| wave.responses == Origin::Simulated);
        let lonely = settings.map(|wave| wave.design.lonely).unwrap_or_default();
        let (sample, divisions) = rayon::join(
            || Sample::new(responses, lonely),
            || divisions(config, &survey.codebook, responses),
        );
        let Ok(sample) = sample else {
            let rake = settings.and_then(|wave| wave.design.rake.as_ref());
            found.push(cannot_rake(&wave.key, rake));
            continue;
        };
        waves.push(Fielded {
            key: &wave.key,
            order,
            responses,
            atoms: atoms(&divisions, &sample),
            sample,
            divisions,
            lost_by_tally: lost_by_tally(responses, &survey.codebook, settings),
            provenance: if is_simulated { Provenance::Simulated } else { Provenance::Collected },
        });
    }
    waves
}

/// Joins what was computed of each question with the published figures, which
/// stand in the place of simulated ones.
fn results<'a>(
    questions: Vec<Gathered>,
    waves: impl Iterator<Item = &'a Fielded<'a>>,
    survey: &Survey,
    config: &Config,
) -> Results {
    let (mut rows, mut tests, mut hidden_groups) = (vec![], vec![], 0);
    for question in questions {
        rows.extend(question.rows);
        tests.extend(question.tests);
        hidden_groups += question.hidden_groups;
    }
    let mut all = published(survey);
    let superseded = published_win(&mut rows, &mut tests, &all);
    // Published figures may be most of all, and are not copied behind the others.
    all.splice(0..0, rows);
    let meta = Meta {
        hidden_groups,
        tests_run: tests.iter().filter(|test: &&Test| test.p_holm.is_some()).count() as u64,
        waves: waves.map(wave_meta).collect(),
        ..meta(survey, config)
    };
    Results::new(all).with_tests(tests).with_meta(meta).with_superseded(superseded)
}

fn cannot_rake(wave: &WaveKey, rake: Option<&crate::config::Named>) -> Diagnostic {
    let message = format!("the weights of `{wave}` do not settle on these margins");
    let mistake = Diagnostic::error(Code::CannotRake, message)
        .hint("Merge small levels, or rake to fewer margins.");
    match rake {
        Some(rake) => mistake.at(rake.place.clone()),
        None => mistake,
    }
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

fn wave_meta(wave: &Fielded<'_>) -> WaveMeta {
    let design = &wave.responses.design;
    let (mut respondents, mut sum, mut square) = (0, 0.0, 0.0);
    for all in wave.sample.weights.rows() {
        respondents += all.respondents;
        sum += all.mass.weight;
        square += all.mass.square;
    }
    let stratum = |s: &crate::survey::StratumSample| StratumMeta {
        name: s.name.to_string(),
        sampled: s.sampled,
        population: s.population,
    };
    WaveMeta {
        wave: wave.key.clone(),
        provenance: wave.provenance,
        tally: wave.lost_by_tally.clone(),
        respondents,
        strata: design.strata.iter().map(stratum).collect(),
        clusters: design.units.as_ref().map(|units| units.stratum.len() as u64),
        lonely: match wave.sample.lonely {
            LonelyStratum::Adjust => "adjust",
            LonelyStratum::Certainty => "certainty",
            LonelyStratum::Average => "average",
        },
        weighted_n: sum,
        n_eff_kish: if square > 0.0 { sum * sum / square } else { 0.0 },
        raking: wave.sample.rake_report().cloned(),
    }
}

/// Everything of one question, its tests not adjusted yet.
fn one_question(
    question: &Question,
    asked: &[Asked<'_>],
    overlaps: &[changes::Pair],
    survey: &Survey,
    config: &Config,
) -> Gathered {
    let rules = &config.statistics;
    let rows = asked.iter().flat_map(|asked| estimates(question, asked, rules)).collect();
    let mut tests: Vec<Test> =
        asked.iter().flat_map(|asked| comparisons::compare(question, asked, rules)).collect();
    tests.extend(changes::compare(question, asked, overlaps, survey, rules));
    Gathered { rows, tests, hidden_groups: asked.iter().map(Asked::hidden_groups).sum() }
}

/// What of a question does not rest on answers that a program made up.
fn real(all: &Gathered, asked: &[Asked<'_>]) -> Gathered {
    let asked = || asked.iter().filter(|asked| !asked.fielded.is_simulated());
    let is_real = |wave: &WaveKey| asked().any(|asked| asked.fielded.key == wave);
    let rests_on_real = |test: &&Test| is_real(&test.wave) && test.wave_before.iter().all(&is_real);
    Gathered {
        rows: all
            .rows
            .iter()
            .filter(|row| row.provenance != Provenance::Simulated)
            .cloned()
            .collect(),
        tests: all.tests.iter().filter(rests_on_real).cloned().collect(),
        hidden_groups: asked().map(Asked::hidden_groups).sum(),
    }
}

/// Adjusts the tests of a question among each other: those that nobody may
/// see change no other.
fn settled(mut question: Gathered, config: &Config) -> Gathered {
    let untested = match config.statistics.estimators {
        Estimators::Suited => Untested::Withheld,
        Estimators::All => Untested::Kept,
    };
    settle(&mut question.tests, config.statistics.confidence, untested);
    question
}

fn ask<'a>(
    at: usize,
    question: &Question,
    fielded: &'a Fielded<'a>,
    rules: &Statistics,
) -> Option<Asked<'a>> {
    let answers: &Answers = fielded.responses.answers.get(at)?;
    let measured = measures(question, answers, rules.estimators)?;
    let atoms = &fielded.atoms;
    let columns = measured.columns.iter();
    let counted: Vec<Tally> =
        columns.map(|column| column.counted(&atoms.places, &fielded.sample)).collect();
    let divisions = 0..fielded.divisions.len();
    let tallies = counted
        .iter()
        .map(|counted| divisions.clone().map(|cut| atoms.divided(cut, counted)).collect())
        .collect();
    let mut asked = Asked { fielded, measured, counted, tallies, hidden: vec![] };
    asked.hidden = suppress(question, &asked, rules);
    Some(asked)
}

impl Asked<'_> {
    /// How many groups have no number.
    fn hidden_groups(&self) -> u64 {
        self.hidden.iter().flatten().filter(|hidden| **hidden).count() as u64
    }

    /// The cells of a measure's column in one group.
    pub(super) fn cells(
        &self,
        measure: &Measure,
        division: usize,
        group: usize,
    ) -> &[super::tally::Cell] {
        self.tallies[measure.column][division].group(group)
    }

    /// The base of a measure in one group.
    pub(super) fn base(&self, measure: &Measure, division: usize, group: usize) -> u64 {
        let cells = self.cells(measure, division, group).iter();
        let counted = |code: u32| match measure.kind {
            Kind::Quantile(..) => true,
            _ => measure.score(code).is_some(),
        };
        cells.filter(|cell| counted(cell.option)).map(|cell| cell.n).sum()
    }
}

fn estimates(question: &Question, asked: &Asked<'_>, rules: &Statistics) -> Vec<Estimate> {
    let mut rows = vec![];
    for (division, cut) in asked.fielded.divisions.iter().enumerate() {
        // A breakdown cut by itself is all zeros and ones.
        if rules.estimators == Estimators::Suited && cut.breakdowns.contains(&question.key) {
            continue;
        }
        for (group, known) in cut.groups.iter().enumerate() {
            let start = rows.len();
            for measure in &asked.measured.measures {
                let n = asked.base(measure, division, group);
                let value = if n == 0 {
                    Value::Empty
                } else if asked.hidden[division][group] {
                    Value::Hidden
                } else {
                    shown(measure, asked, (division, group), rules)
                };
                rows.push(Estimate {
                    question: question.key.clone(),
                    item: measure.item.clone(),
                    estimator: measure.estimator,
                    cut: known.cut.clone(),
                    wave: Some(asked.fielded.key.clone()),
                    provenance: asked.fielded.provenance,
                    n: (!matches!(value, Value::Hidden)).then_some(n),
                    value,
                    digits: None,
                    source: None,
                    study: None,
                    note: None,
                });
            }
            round(question, &mut rows[start..]);
        }
    }
    rows
}

/// The estimate of a measure in a group that has a base and may be shown.
fn shown(
    measure: &Measure,
    asked: &Asked<'_>,
    (division, group): (usize, usize),
    rules: &Statistics,
) -> Value {
    let sample = &asked.fielded.sample;
    let cells = asked.cells(measure, division, group);
    let level = rules.confidence;
    let fpc = sample.strata.iter().any(|stratum| stratum.population.is_some());
    if let Kind::Quantile(p, rule) = measure.kind {
        let Some(found) = quantile(sample, cells, asked.measured.values, p, rule, level) else {
            return Value::Empty;
        };
        let limits = (found.low, found.high);
        let interval = found.low.zip(found.high);
        let method =
            if interval.is_some() { IntervalMethod::Woodruff } else { IntervalMethod::NoDf };
        let precision = Precision {
            se: None,
            df: found.df,
            weighted_n: found.weight,
            n_eff_kish: found.n_eff_kish,
            deff: None,
            deff_wr: None,
            limits,
            fpc,
            percent: None,
        };
        let flag = flag(found.n, found.df, rules);
        return Value::Shown {
            estimate: found.value,
            interval,
            method,
            flag,
            precision: Some(Box::new(precision)),
        };
    }
    let score = |code: u32| measure.score(code);
    let Some(found) = mean(sample, &[cells], score, Correction::Finite) else {
        return Value::Empty;
    };
    let mut precision = Precision {
        se: found.se(),
        df: found.df,
        weighted_n: found.weight,
        n_eff_kish: found.n_eff_kish,
        deff: found.deff(),
        deff_wr: found.deff_wr(),
        limits: (None, None),
        fpc,
        percent: None,
    };
    let mut estimate = found.mean;
    let (interval, method) = match measure.kind {
        Kind::Share => of_proportion(&found, level),
        Kind::Total => {
            let sum = total(sample, &[cells], score, Correction::Finite);
            estimate = sum.total;
            precision.se = sum.variance.filter(|_| found.n > 1).map(libm::sqrt);
            (precision.deff, precision.deff_wr) = (None, None);
            match sum.variance {
                Some(variance) if found.n > 1 && found.df >= 1.0 => {
                    let limits = around(sum.total, variance, found.df, level);
                    (Some(limits), IntervalMethod::T)
                }
                _ => (None, IntervalMethod::NoDf),
            }
        }
        Kind::Mean | Kind::Quantile(..) => of_mean(&found, level),
    };
    precision.limits = (interval.map(|(low, _)| low), interval.map(|(_, high)| high));
    let flag = flag(found.n, found.df, rules);
    let precision = Some(Box::new(precision));
    Value::Shown { estimate, interval, method, flag, precision }
}

fn flag(n: u64, df: f64, rules: &Statistics) -> Flag {
    const ENOUGH_DF: f64 = 8.0;
    if n < u64::from(rules.caution_below) {
        Flag::LowBase
    } else if df < ENOUGH_DF {
        Flag::LowDf
    } else {
        Flag::Ok
    }
}

/// Gives shares the whole percent that is printed: those of one stack add up
/// to 100.
fn round(question: &Question, rows: &mut [Estimate]) {
    use crate::survey::QuestionKind::{Likert, Score, Single};
    let stack = matches!(question.kind, Single(_) | Likert(_) | Score { .. });
    let stacked = |row: &Estimate| stack && row.estimator == Estimator::Proportion;
    let shares: Vec<f64> =
        rows.iter().filter(|row| stacked(row)).filter_map(|row| row.value.estimate()).collect();
    let mut whole = largest_remainder(&shares).into_iter();
    for row in rows {
        let in_stack = stacked(row);
        let share = row.estimator.is_proportion();
        if let Value::Shown { estimate, precision: Some(precision), .. } = &mut row.value {
            if in_stack {
                precision.percent = whole.next();
            } else if share {
                precision.percent = Some(half_up(*estimate * 100.0) as u32);
            }
        }
    }
}

/// The key by which tests name what they compare.
pub(super) fn item_name(item: Option<&OptionKey>, otherwise: &str) -> String {
    item.map_or_else(|| otherwise.to_owned(), |item| item.as_str().to_owned())
}
