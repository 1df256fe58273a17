//! What is estimated for a question: each measure is a score on the codes of
//! one column, with the base it is a mean over (METHODS 2, 3 and 7).

use std::borrow::Cow;

use crate::config::Estimators;
use crate::survey::{Answers, Choice, Codes, OptionKey, Question, QuestionKind, Role};

use super::Estimator;
use super::quantile::Rule;

/// The columns of one question in one wave, and what is estimated on them.
pub(super) struct Measured<'a> {
    pub(super) columns: Vec<Column<'a>>,
    pub(super) measures: Vec<Measure>,
    /// The values that codes stand for, of a number.
    pub(super) values: &'a [f64],
}

pub(super) struct Column<'a> {
    pub(super) codes: Cow<'a, Codes>,
    /// Codes are below this.
    pub(super) bound: u32,
}

/// One thing that is estimated.
pub(super) struct Measure {
    pub(super) item: Option<OptionKey>,
    pub(super) estimator: Estimator,
    pub(super) column: usize,
    /// The score of each code; `None` outside the base.
    pub(super) scores: Vec<Option<f64>>,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// The mean of 0 and 1.
    Share,
    Mean,
    Total,
    Quantile(f64, Rule),
}

impl Measure {
    pub(super) fn score(&self, code: u32) -> Option<f64> {
        self.scores.get(code as usize).copied().flatten()
    }
}

/// The most values of a score that are shown as a distribution.
const SHOWN_VALUES: usize = 21;

/// Says what is estimated of a question; `None` if nothing can be.
pub(super) fn measures<'a>(
    question: &Question,
    answers: &'a Answers,
    which: Estimators,
) -> Option<Measured<'a>> {
    let options = question.options();
    let measured = match (&question.kind, answers) {
        (QuestionKind::Single(_) | QuestionKind::Likert(_), Answers::Single(codes)) => {
            let column = Column { codes: Cow::Borrowed(codes), bound: options.len() as u32 };
            let mut measures = shares(options, which);
            if matches!(question.kind, QuestionKind::Likert(_)) {
                measures.extend(scale(options));
            }
            Measured { columns: vec![column], measures, values: &[] }
        }
        (QuestionKind::Multiple(_), Answers::Multiple(items)) => multiple(options, items, which),
        (QuestionKind::Ranking { places, .. }, Answers::Ranking(items)) => {
            ranking(options, items, *places)
        }
        (kind, Answers::Number { values, codes }) => {
            let bound = values.len() as u32;
            let column = Column { codes: Cow::Borrowed(codes), bound };
            Measured { columns: vec![column], measures: numbers(kind, values, which), values }
        }
        _ => return None,
    };
    Some(measured)
}

/// Scores of the options in the base; `None` for those outside.
fn in_base(options: &[Choice], score: impl Fn(usize) -> f64) -> Vec<Option<f64>> {
    let each = options.iter().enumerate();
    each.map(|(at, option)| option.role.in_base().then(|| score(at))).collect()
}

fn hit(yes: bool) -> f64 {
    f64::from(u8::from(yes))
}

fn shares(options: &[Choice], which: Estimators) -> Vec<Measure> {
    let mut measures = vec![];
    let measure = |at: usize, estimator, kind, scores| Measure {
        item: Some(options[at].key.clone()),
        estimator,
        column: 0,
        scores,
        kind,
    };
    for at in (0..options.len()).filter(|at| options[*at].role.in_base()) {
        let scores = in_base(options, |other| hit(other == at));
        measures.push(measure(at, Estimator::Proportion, Kind::Share, scores));
    }
    let counted = |role: Role| role.in_base() || role == Role::DontKnow;
    if options.iter().any(|option| option.role == Role::DontKnow) {
        for (at, option) in options.iter().enumerate() {
            if option.role == Role::DontKnow || (which == Estimators::All && counted(option.role)) {
                let each = options.iter().enumerate();
                let scores = each.map(|(o, option)| counted(option.role).then(|| hit(o == at)));
                let scores = scores.collect();
                measures.push(measure(at, Estimator::ProportionDkInBase, Kind::Share, scores));
            }
        }
    }
    if which == Estimators::All {
        for at in (0..options.len()).filter(|at| options[*at].role.in_base()) {
            let scores = in_base(options, |other| hit(other == at));
            measures.push(measure(at, Estimator::Total, Kind::Total, scores));
        }
    }
    measures
}

/// The side of each option of a scale: −1 negative, 0 middle, +1 positive.
/// Two options at each end have a side, fewer on scales of under four.
pub(super) fn sides(options: &[Choice]) -> Vec<Option<f64>> {
    let counted: Vec<usize> = (0..options.len()).filter(|at| options[*at].role.in_base()).collect();
    let ends = (counted.len() / 2).min(2);
    let side = |at: usize| {
        let place = counted.iter().position(|other| *other == at).unwrap_or(0);
        if place < ends {
            -1.0
        } else if place + ends >= counted.len() {
            1.0
        } else {
            0.0
        }
    };
    in_base(options, side)
}

fn scale(options: &[Choice]) -> Vec<Measure> {
    let sides = sides(options);
    let on = |wanted: f64| -> Vec<Option<f64>> {
        sides.iter().map(|side| side.map(|side| hit(side * wanted > 0.0))).collect()
    };
    let measure =
        |estimator, kind, scores| Measure { item: None, estimator, column: 0, scores, kind };
    vec![
        measure(Estimator::Top2, Kind::Share, on(1.0)),
        measure(Estimator::Bottom2, Kind::Share, on(-1.0)),
        measure(Estimator::Net, Kind::Mean, sides.clone()),
        measure(Estimator::Mean, Kind::Mean, in_base(options, |at| options[at].score)),
    ]
}

fn multiple<'a>(options: &[Choice], items: &'a [Codes], which: Estimators) -> Measured<'a> {
    let mut columns: Vec<Column<'_>> =
        items.iter().map(|codes| Column { codes: Cow::Borrowed(codes), bound: 2 }).collect();
    let counted = |option: &Choice| option.role.in_base() && option.role != Role::None;
    let ticked: Vec<Option<u32>> = (0..items.first().map_or(0, Codes::len))
        .map(|respondent| {
            let each = options.iter().zip(items).filter(|(option, _)| counted(option));
            let mut sum = None;
            for (_, codes) in each {
                sum = codes.get(respondent).map(|tick| tick + sum.unwrap_or(0));
            }
            sum
        })
        .collect();
    let most = options.len() as u32 + 1;
    columns.push(Column { codes: Cow::Owned(Codes::pack(&ticked)), bound: most });
    let mut measures = vec![];
    let kinds = [(Estimator::Proportion, Kind::Share), (Estimator::Total, Kind::Total)];
    for (estimator, kind) in kinds {
        if kind == Kind::Total && which != Estimators::All {
            continue;
        }
        for (column, option) in options.iter().enumerate() {
            if option.role.in_base() {
                let item = Some(option.key.clone());
                let scores = vec![Some(0.0), Some(1.0)];
                measures.push(Measure { item, estimator, column, scores, kind });
            }
        }
    }
    measures.push(Measure {
        item: None,
        estimator: Estimator::MeanChoices,
        column: options.len(),
        scores: (0..most).map(|ticks| Some(f64::from(ticks))).collect(),
        kind: Kind::Mean,
    });
    Measured { columns, measures, values: &[] }
}

fn ranking<'a>(options: &[Choice], items: &'a [Codes], places: usize) -> Measured<'a> {
    let bound = places as u32 + 1;
    let columns = items.iter().map(|codes| Column { codes: Cow::Borrowed(codes), bound }).collect();
    let points = |rank: u32| if rank == 0 { 0.0 } else { f64::from(bound - rank) };
    let scores =
        |score: &dyn Fn(u32) -> f64| (0..bound).map(|rank| Some(score(rank))).collect::<Vec<_>>();
    let estimators = [
        (Estimator::RankFirst, Kind::Share, scores(&|rank| hit(rank == 1))),
        (Estimator::RankTop3, Kind::Share, scores(&|rank| hit(rank > 0))),
        (Estimator::RankPointsMean, Kind::Mean, scores(&points)),
    ];
    let mut measures = vec![];
    for (estimator, kind, scores) in estimators {
        for (column, option) in options.iter().enumerate() {
            if option.role.in_base() {
                let item = Some(option.key.clone());
                let scores = scores.clone();
                measures.push(Measure { item, estimator, column, scores, kind });
            }
        }
    }
    Measured { columns, measures, values: &[] }
}

fn numbers(kind: &QuestionKind, values: &[f64], which: Estimators) -> Vec<Measure> {
    let own: Vec<Option<f64>> = values.iter().map(|value| Some(*value)).collect();
    let measure =
        |estimator, kind, scores| Measure { item: None, estimator, column: 0, scores, kind };
    let quantile = |estimator, p, rule| measure(estimator, Kind::Quantile(p, rule), vec![]);
    let all = which == Estimators::All;
    let score = matches!(kind, QuestionKind::Score { .. });
    let mut measures = vec![measure(Estimator::Mean, Kind::Mean, own.clone())];
    measures.push(quantile(Estimator::Median, 0.5, Rule::School));
    if all || !score {
        measures.push(quantile(Estimator::Q25, 0.25, Rule::School));
        measures.push(quantile(Estimator::Q75, 0.75, Rule::School));
    }
    if all {
        measures.push(quantile(Estimator::MedianMath, 0.5, Rule::Math));
        measures.push(quantile(Estimator::Q25Math, 0.25, Rule::Math));
        measures.push(quantile(Estimator::Q75Math, 0.75, Rule::Math));
        measures.push(measure(Estimator::Total, Kind::Total, own));
    }
    if let QuestionKind::Score { start, end, step } = kind {
        let steps = ((end - start) / step).round() as usize;
        for at in (0..=steps).filter(|_| steps < SHOWN_VALUES) {
            let value = start + at as f64 * step;
            let near = |other: &f64| Some(hit((other - value).abs() < step * 1e-6));
            measures.push(Measure {
                item: Some(OptionKey::new(format!("{value}"))),
                estimator: Estimator::Proportion,
                column: 0,
                scores: values.iter().map(near).collect(),
                kind: Kind::Share,
            });
        }
    }
    measures
}
