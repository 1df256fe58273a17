//! The answers to one question: how many of each group, then who.

use super::chance::{Chance, SD};
use super::goal::{self, Asked};
use super::people::{Group, People, shared};
use super::solve::{Range, solve};
use super::{multiple, ranking};
use crate::survey::{Choice, OptionKey, PublishedFigure, Question, QuestionKind, Role};

/// Columns of the answers: their names, and a cell a respondent.
pub(super) type Columns = Vec<(String, Vec<String>)>;

/// In a hundred: who skips a question, and who does not know. A question with
/// published figures is answered by everybody, as its figures say.
const SKIPPED: u64 = 3;
const UNKNOWN: u64 = 4;
/// In a hundred: who says "none" or "other".
pub(super) const SELDOM: u64 = 6;

/// A question and what is needed to answer it.
pub(super) struct Desk<'a> {
    pub(super) question: &'a Question,
    pub(super) people: &'a People,
    /// The published figures about it.
    pub(super) figures: Vec<&'a PublishedFigure>,
    pub(super) chance: Chance,
}

/// Answers a question.
pub(super) fn columns(desk: &mut Desk<'_>) -> Columns {
    let key = desk.question.key.to_string();
    let people = desk.people;
    if people.level(0, &key).is_some() {
        let level = |one| people.level(one, &key).unwrap_or_default().to_owned();
        return vec![(key.clone(), (0..people.count).map(level).collect())];
    }
    match &desk.question.kind {
        QuestionKind::Single(options) => one_of(desk, options),
        QuestionKind::Likert(options) => scale(desk, options),
        QuestionKind::Multiple(options) => multiple::ticks(desk, options),
        QuestionKind::Ranking { options, places } => ranking::ranks(desk, options, *places),
        QuestionKind::Score { start, end, step } => {
            let most = ((end - start) / step).round() as u64;
            let cells = numbers(desk, most).into_iter();
            let cells = cells.map(|number| number.map(|n| start + step * n as f64));
            vec![(key, cells.map(written).collect())]
        }
        QuestionKind::Integer | QuestionKind::Decimal => {
            let parts = if desk.question.kind == QuestionKind::Integer { 1.0 } else { 10.0 };
            let means = desk.figures.iter().map(|figure| figure.value.value);
            let highest = means.fold(5.0_f64, f64::max);
            let cells = numbers(desk, (3.0 * highest * parts).ceil() as u64).into_iter();
            vec![(key, cells.map(|n| written(n.map(|n| n as f64 / parts))).collect())]
        }
        QuestionKind::Open => vec![(key, vec![String::new(); people.count])],
    }
}

fn written(number: Option<f64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

impl Desk<'_> {
    /// The figures of an option, or of the question as a whole.
    pub(super) fn about(&self, item: Option<&OptionKey>) -> Vec<&PublishedFigure> {
        let is_about = |figure: &&&PublishedFigure| figure.item.as_ref() == item;
        let aims = |figure: &&&PublishedFigure| {
            matches!(goal::asked(self.question, figure), Asked::Mean(_) | Asked::Count)
        };
        self.figures.iter().filter(is_about).filter(aims).copied().collect()
    }

    /// Who answers, and who does not know (with an option for that).
    pub(super) fn base(&mut self, unknown: bool) -> (Vec<usize>, Vec<usize>) {
        let (mut base, mut without) = (vec![], vec![]);
        let is_free = self.figures.is_empty();
        for one in 0..self.people.count {
            let (skips, doubts) = (self.chance.happens(SKIPPED), self.chance.happens(UNKNOWN));
            match (is_free && skips, is_free && unknown && doubts) {
                (true, _) => {}
                (false, true) => without.push(one),
                (false, false) => base.push(one),
            }
        }
        (base, without)
    }

    /// How near each respondent is to an answer: by how far on it is, `pull`
    /// in tenths, and by its own mind.
    pub(super) fn scores(&mut self, pull: i64) -> Vec<i64> {
        let maturity = &self.people.maturity;
        let chance = &mut self.chance;
        maturity.iter().map(|own| own * pull / 10 + chance.normal()).collect()
    }

    /// Changes the totals of `weigh` over the groups of figures to what the
    /// figures ask: gives the cells of respondents, and the total of each.
    fn aim(
        &self,
        members: &[usize],
        figures: &[&PublishedFigure],
        most: u64,
        weigh: impl Fn(usize) -> u64,
    ) -> Vec<(Vec<usize>, u64)> {
        let groups: Vec<Option<&Group>> =
            figures.iter().map(|figure| figure.group.as_ref()).collect();
        let mut cells: Vec<(Vec<bool>, Vec<usize>)> = vec![];
        for one in members {
            let signs: Vec<bool> =
                groups.iter().map(|group| self.people.is_in(*one, *group)).collect();
            match cells.iter_mut().find(|(own, _)| *own == signs) {
                Some((_, cell)) => cell.push(*one),
                None => cells.push((signs, vec![*one])),
            }
        }
        let mut ranges = vec![];
        for (at, figure) in figures.iter().enumerate() {
            let inside: Vec<usize> = (0..cells.len()).filter(|cell| cells[*cell].0[at]).collect();
            // The base is everybody of the group, also whom this answer cannot have.
            let everybody = (0..self.people.count)
                .filter(|one| self.people.is_in(*one, groups[at]))
                .count() as u64;
            let asked = goal::asked(self.question, figure);
            let nearest = || goal::nearest(asked, figure.value, everybody).map(|n| (n, n));
            let totals = goal::totals(asked, figure.value, everybody).or_else(nearest);
            ranges.extend(totals.map(|(low, high)| Range { cells: inside, low, high }));
        }
        let start: Vec<u64> =
            cells.iter().map(|(_, cell)| cell.iter().map(|one| weigh(*one)).sum()).collect();
        let caps: Vec<u64> = cells.iter().map(|(_, cell)| cell.len() as u64 * most).collect();
        let totals = solve(&start, &caps, &ranges);
        cells.into_iter().map(|(_, cell)| cell).zip(totals).collect()
    }

    /// Who of `members` gives an answer with figures: as many as these ask,
    /// the nearest to it first; `rate` in a hundred where they say nothing.
    pub(super) fn chosen(
        &self,
        members: &[usize],
        item: &OptionKey,
        rate: u64,
        scores: &[i64],
    ) -> Vec<usize> {
        let figures = self.about(Some(item));
        let likely = nearest(members, scores, self.usual(&figures, rate));
        let mut says = vec![false; self.people.count];
        for one in likely {
            says[one] = true;
        }
        self.aim(members, &figures, 1, |one| u64::from(says[one]))
            .into_iter()
            .flat_map(|(cell, total)| nearest(&cell, scores, total as usize))
            .collect()
    }

    /// About how many give an answer.
    fn usual(&self, figures: &[&PublishedFigure], rate: u64) -> usize {
        let count = self.people.count as u64;
        let size = |figure: &PublishedFigure| {
            let group = figure.group.as_ref();
            (0..self.people.count).filter(|one| self.people.is_in(*one, group)).count() as u64
        };
        let total = |figure: &PublishedFigure| {
            let asked = goal::asked(self.question, figure);
            goal::nearest(asked, figure.value, size(figure)).unwrap_or_default()
        };
        if let Some(whole) = figures.iter().find(|figure| figure.group.is_none()) {
            return total(whole) as usize;
        }
        // The groups of one breakdown, and whoever is in none of them.
        let breakdown = |figure: &&&PublishedFigure| {
            figure.group.as_ref().map(|group| &group.0)
                == figures.first().and_then(|first| first.group.as_ref()).map(|group| &group.0)
        };
        let of_groups: Vec<&PublishedFigure> = figures.iter().filter(breakdown).copied().collect();
        let known: u64 = of_groups.iter().map(|figure| size(figure)).sum();
        let saying: u64 = of_groups.iter().map(|figure| total(figure)).sum();
        (saying + count.saturating_sub(known) * rate / 100) as usize
    }
}

/// The first `count` of `members` by score.
pub(super) fn nearest(members: &[usize], scores: &[i64], count: usize) -> Vec<usize> {
    let mut order = members.to_vec();
    order.sort_by_key(|one| (-scores[*one], *one));
    order.truncate(count);
    order
}

/// How often each of the options without figures is given, as weights: the
/// first most often, "other" and "none" seldom.
pub(super) fn weights(chance: &mut Chance, options: &[&Choice]) -> Vec<u64> {
    let count = options.len() as u64;
    (0_u64..)
        .zip(options)
        .map(|(at, option)| match option.role {
            Role::Answer => 10 + 40 * (count - at) / count + chance.below(15),
            _ => SELDOM,
        })
        .collect()
}

pub(super) fn outside(options: &[Choice]) -> Option<&Choice> {
    options.iter().find(|option| option.role == Role::DontKnow)
}

fn one_of(desk: &mut Desk<'_>, options: &[Choice]) -> Columns {
    let mut cells = vec![String::new(); desk.people.count];
    let unknown = outside(options);
    let (mut left, without) = desk.base(unknown.is_some());
    for one in without {
        cells[one] = unknown.map(|option| option.key.to_string()).unwrap_or_default();
    }
    // The first option is that of who is far on, `yes` before `no`; of a scale
    // the last.
    let is_scale = matches!(desk.question.kind, QuestionKind::Likert(_));
    let scores = desk.scores(if is_scale { -7 } else { 7 });
    let in_base: Vec<&Choice> = options.iter().filter(|option| option.role.in_base()).collect();
    let (aimed, free): (Vec<&Choice>, Vec<&Choice>) =
        in_base.iter().copied().partition(|option| !desk.about(Some(&option.key)).is_empty());
    let evenly = 100 / (in_base.len() as u64).max(1);
    for option in &aimed {
        for one in desk.chosen(&left, &option.key, evenly, &scores) {
            cells[one] = option.key.to_string();
        }
        left.retain(|one| cells[*one].is_empty());
    }
    left = nearest(&left, &scores, left.len());
    let rest = if free.is_empty() { aimed.last().copied().into_iter().collect() } else { free };
    let sizes = shared(left.len() as u64, &weights(&mut desk.chance, &rest));
    let mut next = left.into_iter();
    for (option, size) in rest.iter().zip(sizes) {
        for one in next.by_ref().take(size as usize) {
            cells[one] = option.key.to_string();
        }
    }
    vec![(desk.question.key.to_string(), cells)]
}

/// A scale with a published mean is a score; else its options are chosen.
fn scale(desk: &mut Desk<'_>, options: &[Choice]) -> Columns {
    let aims = !desk.about(None).is_empty();
    if !aims || goal::scale(&desk.question.kind).is_none() {
        return one_of(desk, options);
    }
    let in_base: Vec<&Choice> = options.iter().filter(|option| option.role.in_base()).collect();
    let cells = numbers(desk, in_base.len() as u64 - 1).into_iter();
    let cells = cells.map(|number| number.map(|n| in_base[n as usize].key.to_string()));
    vec![(desk.question.key.to_string(), cells.map(Option::unwrap_or_default).collect())]
}

/// Whole numbers of steps from 0 to `most`, that have the published means.
fn numbers(desk: &mut Desk<'_>, most: u64) -> Vec<Option<u64>> {
    let (base, _) = desk.base(false);
    let figures = desk.about(None);
    let scale = goal::scale(&desk.question.kind);
    let whole = figures.iter().find(|figure| figure.group.is_none()).or(figures.first());
    let usual = match whole.zip(scale) {
        // In hundredths of a step.
        Some((figure, scale)) => {
            ((figure.value.value * 1e8).round() as i64 - scale.start as i64 * 100)
                / scale.step.max(1) as i64
        }
        None => (most * (35 + desk.chance.below(30))) as i64,
    };
    let scores = desk.scores(10);
    // A spread of about a fifth of the scale.
    let width = (most as i64 * 100 / 7).max(60);
    let own = |one: usize| {
        let hundredths = usual + scores[one] * width / SD;
        ((hundredths + 50).div_euclid(100)).clamp(0, most as i64) as u64
    };
    let mut given: Vec<Option<u64>> = vec![None; desk.people.count];
    let figures = desk.about(None);
    for (cell, total) in desk.aim(&base, &figures, most, own) {
        let mut order = nearest(&cell, &scores, cell.len());
        let mut sum: u64 = cell.iter().map(|one| own(*one)).sum();
        for one in &cell {
            given[*one] = Some(own(*one));
        }
        // Those far on rise first, those least far on fall first.
        while sum < total {
            for one in &order {
                if sum < total && given[*one] < Some(most) {
                    given[*one] = given[*one].map(|n| n + 1);
                    sum += 1;
                }
            }
        }
        order.reverse();
        while total < sum {
            for one in &order {
                if total < sum && Some(0) < given[*one] {
                    given[*one] = given[*one].map(|n| n - 1);
                    sum -= 1;
                }
            }
        }
    }
    given
}
