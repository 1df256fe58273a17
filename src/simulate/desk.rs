//! A question on the desk: who answers it, how near each respondent is to an
//! answer, and how many of each group the published figures ask for.

use super::chance::Chance;
use super::goal::{self, Asked};
use super::people::{Group, People};
use super::solve::{Range, solve};
use crate::survey::{Choice, OptionKey, PublishedFigure, Question, Role};

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
    pub(super) fn aim(
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
