//! The rows of the results that stand in the cells of a figure.

use std::cmp::Ordering;

use crate::content::{Kind, Sort};
use crate::stats::{Cut, Estimate, Estimator, Provenance, Value};
use crate::survey::{Choice, OptionKey, Question, QuestionKind, Role, WaveKey};

use super::ask::{Asked, Waves};
use super::cells::Cells;
use super::lookup::{self, Wanted};
use super::plan::{Across, Beside, Score, Slice, Subject};
use super::{Scope, describe, lead};

/// Lines × columns with their rows: one provenance and one estimator fill it.
#[derive(Debug)]
pub(super) struct Grid<'a> {
    pub(super) items: Vec<Subject<'a>>,
    pub(super) slices: Vec<Slice<'a>>,
    pub(super) across: Across<'a>,
    pub(super) estimator: Estimator,
    pub(super) provenance: Provenance,
    /// `items` × `slices`.
    pub(super) cells: Cells<'a>,
    /// The number of everybody for each item, when slices are groups.
    pub(super) totals: Vec<Option<&'a Estimate>>,
    /// Rows of other estimators that are told with those of the cells.
    pub(super) beside: Vec<Beside<'a>>,
    /// How many options of the question have no number at all.
    pub(super) unknown_items: usize,
}

/// The most steps of a score whose distribution is known.
const SHOWN_VALUES: f64 = 20.5;

/// What divides the answers to a number into four parts of the same size.
pub(super) const QUARTERS: [Estimator; 3] = [Estimator::Q25, Estimator::Median, Estimator::Q75];

/// What is looked up, and where.
struct Search<'s, 'a> {
    scope: &'s Scope<'a>,
    asked: &'s Asked<'a>,
    across: Across<'a>,
    items: Vec<Subject<'a>>,
    slices: Vec<Slice<'a>>,
}

/// The grid that the request spells: its items by groups or waves.
pub(super) fn plain<'a>(
    scope: &Scope<'a>,
    asked: &Asked<'a>,
    across: Across<'a>,
) -> Option<Grid<'a>> {
    let (items, slices) = (asked.items.clone(), slices(scope, asked, across));
    let search = Search { scope, asked, across, items, slices };
    let mut grid = search.first(&asked.estimators)?;
    if asked.battery.is_some() {
        return Some(grid);
    }
    match &asked.question.kind {
        QuestionKind::Integer | QuestionKind::Decimal if grid.estimator == Estimator::Mean => {
            // A few large answers lift the mean far above the middle.
            grid.beside = search.by_slice(&asked.items[0], &QUARTERS, grid.provenance);
        }
        _ if grid.estimator != Estimator::Proportion => {}
        QuestionKind::Likert(options) => {
            let subject = Subject { choice: None, ..asked.items[0].clone() };
            grid.beside = search.by_slice(&subject, &[Estimator::Net], grid.provenance);
            grid.beside.extend(search.dont_know(options, grid.provenance));
        }
        // Beside one answer nobody asks how many had none.
        QuestionKind::Single(options) if 1 < asked.items.len() => {
            grid.beside.extend(search.dont_know(options, grid.provenance));
        }
        _ => {}
    }
    Some(grid)
}

/// The distribution of the answers: the scores of a score, or the options of
/// each question of a battery. Published figures have none of a score.
pub(super) fn distribution<'a>(
    scope: &Scope<'a>,
    asked: &Asked<'a>,
    across: Across<'a>,
) -> Option<Grid<'a>> {
    match (&asked.question.kind, asked.battery) {
        (QuestionKind::Score { start, end, step }, None) => {
            // More values are measured by their mean only.
            if SHOWN_VALUES < (end - start) / step {
                return None;
            }
            let subject = &asked.items[0];
            let items = scores(scope, subject, (*start, *end, *step));
            let slices = slices(scope, asked, across);
            let search = Search { scope, asked, across, items, slices };
            let mut grid = search.first(&[Estimator::Proportion])?;
            let middles = [Estimator::Mean, Estimator::Median];
            grid.beside = search.by_slice(subject, &middles, grid.provenance);
            Some(grid)
        }
        (QuestionKind::Likert(options), Some(_)) if matches!(across, Across::Nothing) => {
            let everybody = &slices(scope, asked, across)[0];
            let slices = options.iter().filter(|choice| choice.role.in_base()).map(|choice| {
                let label = choice.short.get(scope.words.language()).to_owned();
                let key = choice.key.to_string();
                Slice { key, label, choice: Some(choice), ..everybody.clone() }
            });
            let (items, slices) = (asked.items.clone(), slices.collect());
            let search = Search { scope, asked, across: Across::Options, items, slices };
            let mut grid = search.first(&[Estimator::Proportion])?;
            let net = search.items.iter().map(|item| {
                search.find(item, &everybody.cut, everybody, Estimator::Net, grid.provenance)
            });
            grid.beside = Beside::of(Estimator::Net, None, net.collect()).into_iter().collect();
            Some(grid)
        }
        _ => None,
    }
}

/// The columns of a figure.
fn slices<'a>(scope: &Scope<'a>, asked: &Asked<'a>, across: Across<'a>) -> Vec<Slice<'a>> {
    let wave = match &asked.waves {
        Waves::One(wave) => wave.clone(),
        Waves::All => None,
    };
    let everybody = Slice {
        key: String::new(),
        label: String::new(),
        cut: asked.part.cut.clone(),
        wave,
        choice: None,
    };
    match across {
        Across::Nothing | Across::Options => vec![everybody],
        Across::Groups(breakdown) => breakdown
            .options()
            .iter()
            .map(|group| Slice {
                key: group.key.to_string(),
                label: group.short.get(scope.words.language()).to_owned(),
                cut: everybody.cut.clone().and(breakdown.key.clone(), group.key.clone()),
                ..everybody.clone()
            })
            .collect(),
        Across::Waves => scope
            .config
            .waves
            .iter()
            .map(|wave| Slice {
                key: wave.key.clone(),
                label: describe::wave_label(scope, &wave.key),
                wave: Some(WaveKey::new(wave.key.as_str())),
                ..everybody.clone()
            })
            .collect(),
    }
}

/// Each value of a score as a line.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a score has a few steps"
)]
fn scores<'a>(
    scope: &Scope<'a>,
    subject: &Subject<'a>,
    (start, end, step): (f64, f64, f64),
) -> Vec<Subject<'a>> {
    let steps = ((end - start) / step).round() as u32;
    let values = (0..=steps).map(|at| start + f64::from(at) * step);
    values
        .map(|value| {
            let digits = u8::from(value.fract() != 0.0);
            let key = OptionKey::new(value.to_string());
            let label = scope.words.number(value, digits);
            Subject { score: Some(Box::new(Score { key, value, label })), ..subject.clone() }
        })
        .collect()
}

impl<'a> Search<'_, 'a> {
    /// The first provenance, and in it the first estimator, that has any number.
    fn first(&self, estimators: &[Estimator]) -> Option<Grid<'a>> {
        let asked = self.asked.provenance.as_ref();
        let provenances = asked.map_or(&lookup::PROVENANCES[..], std::slice::from_ref);
        let is_known = |provenance: &&Provenance| {
            let mut items = self.items.iter();
            items.any(|item| self.scope.has(item.question, **provenance))
        };
        provenances.iter().filter(is_known).find_map(|provenance| {
            estimators.iter().find_map(|estimator| self.filled(*estimator, *provenance))
        })
    }

    fn filled(&self, estimator: Estimator, provenance: Provenance) -> Option<Grid<'a>> {
        let cells = Cells::fill((self.items.len(), self.slices.len()), |item, slice| {
            let (item, slice) = (&self.items[item], &self.slices[slice]);
            self.find(item, &slice.cut, slice, estimator, provenance)
        });
        // Where nobody answered there is nothing to show; what is hidden is told.
        let is_told = |row: &&Estimate| row.value != Value::Empty;
        if !cells.iter().flatten().flatten().any(is_told) {
            return None;
        }
        let total = |item: &Subject<'a>| match (self.across, self.slices.first()) {
            (Across::Groups(_), Some(slice)) => {
                self.find(item, &self.asked.part.cut, slice, estimator, provenance)
            }
            _ => None,
        };
        Some(Grid {
            items: self.items.clone(),
            slices: self.slices.clone(),
            across: self.across,
            estimator,
            provenance,
            cells,
            totals: self.items.iter().map(total).collect(),
            beside: vec![],
            unknown_items: 0,
        })
    }

    /// The rows of a question as a whole, one a slice.
    fn by_slice(
        &self,
        subject: &Subject<'a>,
        estimators: &[Estimator],
        provenance: Provenance,
    ) -> Vec<Beside<'a>> {
        let rows = |estimator: Estimator| {
            let each = self.slices.iter();
            each.map(|slice| self.find(subject, &slice.cut, slice, estimator, provenance)).collect()
        };
        estimators
            .iter()
            .filter_map(|estimator| Beside::of(*estimator, None, rows(*estimator)))
            .collect()
    }

    /// Those who had no opinion, who are outside the base.
    fn dont_know(&self, options: &'a [Choice], provenance: Provenance) -> Option<Beside<'a>> {
        let choice = options.iter().find(|choice| choice.role == Role::DontKnow)?;
        let subject = Subject { choice: Some(choice), ..self.items[0].clone() };
        let estimator = Estimator::ProportionDkInBase;
        let each = self.slices.iter();
        let rows = each.map(|slice| self.find(&subject, &slice.cut, slice, estimator, provenance));
        Beside::of(estimator, Some(choice), rows.collect())
    }

    fn find(
        &self,
        item: &Subject<'a>,
        cut: &Cut,
        slice: &Slice<'a>,
        estimator: Estimator,
        provenance: Provenance,
    ) -> Option<&'a Estimate> {
        let estimators = [estimator];
        let wanted = Wanted {
            question: item.question,
            item: slice.choice.map(|choice| &choice.key).or_else(|| item.option()),
            estimators: &estimators,
            cut,
            wave: slice.wave.as_ref(),
            provenance: Some(provenance),
        };
        lookup::row(self.scope, &wanted)
    }
}

impl Grid<'_> {
    /// Options without any number leave the figure; those that count in the
    /// base are counted.
    pub(super) fn drop_unknown(&mut self) {
        let known: Vec<usize> = (0..self.items.len())
            .filter(|at| self.cells[*at].iter().any(Option::is_some))
            .collect();
        let counted =
            |items: &[Subject<'_>]| items.iter().filter(|item| item.role().in_base()).count();
        let before = counted(&self.items);
        self.reorder(&known);
        self.unknown_items = before - counted(&self.items);
    }

    /// Puts the largest items first, or leaves the order of the questionnaire;
    /// "other", "none" and "don't know" last, unless that order was asked for.
    /// Groups that are lines themselves are sorted where that was asked for.
    pub(super) fn sort(&mut self, asked: Option<Sort>, kind: Kind, is_ordered: bool) {
        if asked == Some(Sort::Value) && self.items.len() == 1 {
            self.sort_groups();
            return;
        }
        let is_ordered = is_ordered || self.items.iter().any(|item| item.score.is_some());
        let default = if is_ordered || self.items.len() < 2 { Sort::Codebook } else { Sort::Value };
        if asked == Some(Sort::Codebook) {
            return;
        }
        let is_sorted = asked.unwrap_or(default) == Sort::Value;
        let mut values: Vec<Option<f64>> =
            (0..self.items.len()).map(|at| self.sorted_by(at, kind)).collect();
        if kind == Kind::Dumbbell {
            widest_first(&mut values);
        }
        let behind = |at: usize| lead::behind(self.items[at].role());
        let mut order: Vec<usize> = (0..self.items.len()).collect();
        order.sort_by(|a, b| {
            let by_value = if is_sorted {
                best_first(self.estimator, values[*a], values[*b])
            } else {
                Ordering::Equal
            };
            behind(*a).cmp(&behind(*b)).then(by_value).then(a.cmp(b))
        });
        self.reorder(&order);
    }

    /// Puts the groups of a single line with the largest number first, those
    /// without a number last.
    fn sort_groups(&mut self) {
        if !matches!(self.across, Across::Groups(_)) {
            return;
        }
        let value = |at: usize| self.cells[0][at].and_then(|row| row.value.estimate());
        let mut order: Vec<usize> = (0..self.slices.len()).collect();
        order.sort_by(|a, b| best_first(self.estimator, value(*a), value(*b)).then(a.cmp(b)));
        pick(&mut self.slices, &order);
        self.cells = self.cells.of_columns(&order);
        for beside in &mut self.beside {
            pick(&mut beside.rows, &order);
        }
    }

    /// What an item is sorted by: its number, its net on a scale, or how far
    /// two groups or waves are apart.
    fn sorted_by(&self, at: usize, kind: Kind) -> Option<f64> {
        let value = |row: Option<&Estimate>| row.and_then(|row| row.value.estimate());
        match (kind, self.across) {
            (_, Across::Options) => value(self.beside.first()?.rows[at]),
            (Kind::Dumbbell, _) => Some(value(self.cells[at][1])? - value(self.cells[at][0])?),
            _ => value(self.totals[at].or_else(|| self.cells[at].iter().flatten().next().copied())),
        }
    }

    /// Puts the items into another order, or some of them.
    pub(super) fn reorder(&mut self, order: &[usize]) {
        pick(&mut self.items, order);
        self.cells = self.cells.of_lines(order);
        pick(&mut self.totals, order);
        if matches!(self.across, Across::Options) {
            for beside in &mut self.beside {
                pick(&mut beside.rows, order);
            }
        }
    }
}

/// Those of a list that are named, in their order.
fn pick<T: Clone>(list: &mut Vec<T>, order: &[usize]) {
    *list = order.iter().map(|at| list[*at].clone()).collect();
}

/// Turns differences so that the widest, which comes first, is positive.
fn widest_first(differences: &mut [Option<f64>]) {
    let wider = |one: f64, other: f64| if one.abs() < other.abs() { other } else { one };
    let widest = differences.iter().flatten().copied().reduce(wider);
    if widest.is_some_and(|widest| widest < 0.0) {
        differences.iter_mut().flatten().for_each(|difference| *difference = -*difference);
    }
}

/// The largest number first, and those without one last.
fn best_first(estimator: Estimator, one: Option<f64>, other: Option<f64>) -> Ordering {
    match (one, other) {
        // The first place is the best one.
        (Some(one), Some(other)) if estimator == Estimator::Rank => one.total_cmp(&other),
        (Some(one), Some(other)) => other.total_cmp(&one),
        _ => other.is_some().cmp(&one.is_some()),
    }
}

/// Which breakdown has a layout of tiles.
pub(super) fn has_tiles(scope: &Scope<'_>, breakdown: &Question) -> bool {
    scope.survey.tiles.iter().any(|layout| layout.breakdown == breakdown.key)
}
