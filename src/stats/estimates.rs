//! The estimates of a question in one wave, as rows of the published results.

use crate::config::{Estimators, Statistics};
use crate::survey::{Question, QuestionKind};

use super::asked::Asked;
use super::interval::{around, of_mean, of_proportion};
use super::mean::{mean, total};
use super::measure::{Kind, Measure};
use super::quantile::quantile;
use super::rounding::{half_up, largest_remainder};
use super::row::{Estimate, Estimator, Flag, IntervalMethod, Precision, Value};
use super::sample::Correction;

/// The rows of a question in one wave.
pub(super) fn rows(question: &Question, asked: &Asked<'_>, rules: &Statistics) -> Vec<Estimate> {
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
                // Where all said "don't know" even an empty base would tell it.
                let value = if asked.hidden[division][group] {
                    Value::Hidden
                } else if n == 0 {
                    Value::Empty
                } else {
                    value(measure, asked, (division, group), rules)
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
                    told: None,
                });
            }
            round(question, &mut rows[start..]);
        }
    }
    if matches!(question.kind, QuestionKind::Integer | QuestionKind::Decimal) {
        let digits = digits_of_size(&rows);
        set_digits(&mut rows, digits, Some(digits));
    } else if matches!(question.kind, QuestionKind::Score { .. }) {
        set_digits(&mut rows, USUAL_DIGITS, None);
    }
    rows
}

/// From which size a number has so few decimals: three figures tell enough.
const SIZES: [(f64, u8); 4] = [(100.0, 0), (10.0, 1), (0.1, 2), (0.01, 3)];
const MOST_DIGITS: u8 = 4;

/// The decimals of a mean where no size tells others, and the most of the middle of a score.
const USUAL_DIGITS: u8 = 2;

/// The decimals of numbers by the mean of all, so that groups are printed alike; a
/// mean of 0 tells no size.
fn digits_of_size(rows: &[Estimate]) -> u8 {
    let is_mean = |row: &&Estimate| row.estimator == Estimator::Mean;
    let mean = rows.iter().filter(is_mean).find_map(|row| row.value.estimate());
    let Some(size) = mean.map(f64::abs).filter(|size| 0.0 < *size) else { return USUAL_DIGITS };
    let digits = SIZES.iter().find(|(least, _)| *least <= size);
    digits.map_or(MOST_DIGITS, |(_, digits)| *digits)
}

/// Sets the decimals of means, and those of the middle and the quarters: at most
/// `most`, and no more than they and their limits were given with.
fn set_digits(rows: &mut [Estimate], most: u8, of_mean: Option<u8>) {
    for row in rows {
        row.digits = match row.estimator {
            Estimator::Mean => of_mean,
            Estimator::Median | Estimator::Q25 | Estimator::Q75 => {
                let limits = row.value.interval().into_iter().flat_map(|(low, high)| [low, high]);
                let given = row.value.estimate().into_iter().chain(limits);
                given.map(|value| most.min(decimals(value))).max()
            }
            _ => None,
        };
    }
}

/// The decimals that a number was written with, up to those that are shown.
fn decimals(value: f64) -> u8 {
    let is_whole = |digits: &u8| {
        let scaled = value * 10_f64.powi(i32::from(*digits));
        (scaled - scaled.round()).abs() < 1e-6
    };
    (0..MOST_DIGITS).find(is_whole).unwrap_or(MOST_DIGITS)
}

/// The estimate of a measure in a group that has a base and may be shown.
fn value(
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
