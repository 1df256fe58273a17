//! What is estimated for a question: each measure is a score on the codes of
//! one column, with the base it is a mean over (`statistics.md`, 1 and 2).

use std::borrow::Cow;

use crate::config::Estimators;
use crate::survey::{
    Answers, Choice, Codes, Count, Counted, Meaning, OptionKey, Question, QuestionKind, Role,
    Together, Weights,
};

use super::Estimator;
use super::quantile::Rule;
use super::sample::Sample;
use super::tally::{Places, Tally};

/// The columns of one question in one wave, and what is estimated on them.
pub(super) struct Measured<'a> {
    pub(super) columns: Vec<Column<'a>>,
    pub(super) measures: Vec<Measure>,
    /// The values that codes stand for, of a number.
    pub(super) values: &'a [f64],
    /// What the values are.
    pub(super) meaning: Meaning,
    /// The answers, where they were counted.
    counted: Option<&'a Counted>,
}

pub(super) struct Column<'a> {
    pub(super) answers: Given<'a>,
    /// Codes are below this.
    pub(super) bound: u32,
}

/// The answers in a column.
pub(super) enum Given<'a> {
    /// Of each row.
    Each(Cow<'a, Codes>),
    /// As they were counted.
    Together(&'a [Count]),
}

impl Column<'_> {
    /// Counts the answers by place.
    pub(super) fn counted(&self, places: &Places, sample: &Sample) -> Tally {
        match (&self.answers, &sample.weights) {
            (Given::Each(codes), Weights::Each(weights)) => {
                Tally::count(codes, self.bound, places, weights)
            }
            (Given::Each(codes), Weights::Together(rows)) => {
                let all = codes.iter().zip(rows).enumerate();
                let given = |(row, (code, all)): (usize, (Option<u32>, &Together))| {
                    code.map(|code| (row, code, all.mass))
                };
                Tally::gather(all.filter_map(given), places)
            }
            (Given::Together(counts), _) => {
                let counts = counts.iter().map(|count| {
                    let row = count.place as usize;
                    (row, count.code, count.mass.scaled(sample.factor(row)))
                });
                Tally::gather(counts, places)
            }
        }
    }
}

impl<'a> Measured<'a> {
    /// The answers in two columns as one, see [`Codes::paired`].
    pub(super) fn pairs(&self, one: usize, other: usize) -> Column<'a> {
        let (first, second) = (&self.columns[one], &self.columns[other]);
        let bound = first.bound * second.bound;
        let answers = match (&first.answers, &second.answers, self.counted) {
            (Given::Each(codes), Given::Each(others), _) => {
                Given::Each(Cow::Owned(codes.paired(others, first.bound, second.bound)))
            }
            (_, _, counted) => {
                let pairs = counted.and_then(|counted| counted.pairs.get(&(one, other)));
                Given::Together(pairs.map_or(&[], Vec::as_slice))
            }
        };
        Column { answers, bound }
    }
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

    /// Whether groups and waves are compared by it.
    pub(super) fn is_compared(&self, question: &Question) -> bool {
        match question.kind {
            QuestionKind::Single(_) | QuestionKind::Multiple(_) => {
                self.estimator == Estimator::Proportion
            }
            QuestionKind::Likert(_) => self.estimator == Estimator::Net,
            QuestionKind::Ranking { .. } => {
                matches!(self.estimator, Estimator::RankTop3 | Estimator::RankPointsMean)
            }
            _ => self.estimator == Estimator::Mean,
        }
    }

    /// The key by which tests name what they compare.
    pub(super) fn item_name(&self, otherwise: &str) -> String {
        self.item.as_ref().map_or(otherwise, OptionKey::as_str).to_owned()
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
    let columns = columns(question, answers)?;
    let (values, meaning, counted): (&[f64], _, _) = match answers {
        Answers::Number { values, .. } => (values, Meaning::Answers, None),
        Answers::Counted(counted) => (&counted.values, counted.meaning, Some(counted)),
        _ => (&[], Meaning::Answers, None),
    };
    let measures = match &question.kind {
        QuestionKind::Single(_) => shares(options, which),
        QuestionKind::Likert(_) => {
            let mut measures = shares(options, which);
            measures.extend(scale(options));
            measures
        }
        QuestionKind::Multiple(_) => multiple(options, which),
        QuestionKind::Ranking { places, .. } => ranking(options, *places),
        kind => numbers(kind, values, meaning, which),
    };
    Some(Measured { columns, measures, values, meaning, counted })
}

/// The columns of a question; `None` if the answers are not of its kind.
fn columns<'a>(question: &Question, answers: &'a Answers) -> Option<Vec<Column<'a>>> {
    let each =
        |codes: &'a Codes, bound| Column { answers: Given::Each(Cow::Borrowed(codes)), bound };
    let options = question.options();
    let choices = options.len() as u32;
    let columns = match (&question.kind, answers) {
        (QuestionKind::Single(_) | QuestionKind::Likert(_), Answers::Single(codes)) => {
            vec![each(codes, choices)]
        }
        (QuestionKind::Multiple(_), Answers::Multiple(items)) => {
            let mut columns: Vec<_> = items.iter().map(|codes| each(codes, 2)).collect();
            let ticked = Given::Each(Cow::Owned(ticked(options, items)));
            columns.push(Column { answers: ticked, bound: choices + 1 });
            columns
        }
        (QuestionKind::Ranking { places, .. }, Answers::Ranking(items)) => {
            items.iter().map(|codes| each(codes, *places as u32 + 1)).collect()
        }
        (_, Answers::Number { values, codes }) => vec![each(codes, values.len() as u32)],
        (kind, Answers::Counted(counted)) => {
            let bound = |at: usize| match kind {
                QuestionKind::Multiple(_) if at < options.len() => 2,
                QuestionKind::Multiple(_) => choices + 1,
                QuestionKind::Ranking { places, .. } => *places as u32 + 1,
                QuestionKind::Single(_) | QuestionKind::Likert(_) => choices,
                _ => counted.values.len() as u32,
            };
            let columns = counted.columns.iter().enumerate();
            let column = |(at, counts): (usize, &'a Vec<Count>)| Column {
                answers: Given::Together(counts),
                bound: bound(at),
            };
            columns.map(column).collect()
        }
        _ => return None,
    };
    Some(columns)
}

/// How many options each respondent ticked.
fn ticked(options: &[Choice], items: &[Codes]) -> Codes {
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
    Codes::pack(&ticked)
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

fn multiple(options: &[Choice], which: Estimators) -> Vec<Measure> {
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
        scores: (0..=options.len() as u32).map(|ticks| Some(f64::from(ticks))).collect(),
        kind: Kind::Mean,
    });
    measures
}

fn ranking(options: &[Choice], places: usize) -> Vec<Measure> {
    let bound = places as u32 + 1;
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
    measures
}

fn numbers(
    kind: &QuestionKind,
    values: &[f64],
    meaning: Meaning,
    which: Estimators,
) -> Vec<Measure> {
    let own: Vec<Option<f64>> = values.iter().map(|value| Some(*value)).collect();
    let measure =
        |estimator, kind, scores| Measure { item: None, estimator, column: 0, scores, kind };
    let quantile = |estimator, p, rule| measure(estimator, Kind::Quantile(p, rule), vec![]);
    let all = which == Estimators::All;
    let score = matches!(kind, QuestionKind::Score { .. });
    let mut measures = vec![measure(Estimator::Mean, Kind::Mean, own.clone())];
    // Sums do not tell where the middle lies.
    if meaning == Meaning::Answers {
        measures.push(quantile(Estimator::Median, 0.5, Rule::School));
        if all || !score {
            measures.push(quantile(Estimator::Q25, 0.25, Rule::School));
            measures.push(quantile(Estimator::Q75, 0.75, Rule::School));
        }
        if all {
            measures.push(quantile(Estimator::MedianMath, 0.5, Rule::Math));
            measures.push(quantile(Estimator::Q25Math, 0.25, Rule::Math));
            measures.push(quantile(Estimator::Q75Math, 0.75, Rule::Math));
        }
    }
    if all {
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
