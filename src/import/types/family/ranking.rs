//! A column for each item with its rank, or for each rank with its item.

use std::collections::BTreeSet;

use super::Family;
use crate::import::export::Item;
use crate::import::question::{Answers, Kind, Question};
use crate::import::roles::RANKS;
use crate::import::text::{number, ordinal, same};
use crate::import::tool::Tool;
use crate::import::types::draft::also;
use crate::import::types::options::{self, Options};

impl Family<'_> {
    /// Ranks of items, or items by rank: each at most once in a row.
    pub(super) fn are_ranks(&self) -> bool {
        let most = self.columns.len();
        let mut several = 0;
        let by_item = self
            .cells
            .iter()
            .flatten()
            .all(|cell| cell.is_empty() || ordinal(cell).is_some_and(|rank| rank <= most));
        let mut distinct_items = BTreeSet::new();
        for row in 0..self.rows() {
            let given: Vec<&String> = self
                .cells
                .iter()
                .map(|cells| &cells[row])
                .filter(|cell| !cell.is_empty())
                .collect();
            let distinct: BTreeSet<_> = given
                .iter()
                .map(|cell| {
                    ordinal(cell)
                        .filter(|_| by_item)
                        .map_or_else(|| same(cell), |rank| rank.to_string())
                })
                .collect();
            if distinct.len() < given.len() {
                return false;
            }
            several += usize::from(2 <= given.len());
            distinct_items.extend(distinct);
        }
        let enough = 5 <= several && (3 <= most || self.names_ranks());
        if by_item && self.label_options().is_empty() {
            return enough
                && !self.by_rank()
                && (self.export.tool != Tool::Plain
                    || self.is_called_ranking()
                    || self
                        .cells
                        .iter()
                        .flatten()
                        .any(|cell| number(cell).is_none() && !cell.is_empty()));
        }
        // Items by rank: the columns are numbered, and hold the same few items;
        // numbers without words are items only where the columns say so.
        let mut cells = self.cells.iter().flatten().filter(|cell| !cell.is_empty());
        let named = self.names_ranks()
            || !self.label_options().is_empty()
            || cells.any(|cell| number(cell).is_none());
        enough && named && self.by_rank() && distinct_items.len() <= most.max(3) * 3
    }

    /// Whether the name of the columns begins as that of a ranking: `rank_home`.
    fn is_called_ranking(&self) -> bool {
        let name = same(&self.export.columns[self.columns[0]].code);
        name.split('-').next().is_some_and(|first| RANKS.contains(&first))
    }

    /// Whether the columns are the ranks: `[1]`, `[Rang 1]`, `FR1`.
    pub(super) fn by_rank(&self) -> bool {
        let rank = |item: &&Item| {
            let name = if item.text.is_empty() { &item.code } else { &item.text };
            let words = ["rang", "rank", "platz", "plaats", "rangorde", "place"];
            let plain = same(name);
            let digits = plain.trim_start_matches(|c: char| c.is_alphabetic() || c == '-');
            let word = plain[..plain.len() - digits.len()].trim_end_matches('-');
            let number: Option<usize> = digits.parse().ok();
            number.filter(|_| word.is_empty() || words.contains(&word))
        };
        let ranks: Vec<Option<usize>> = self.items.iter().map(rank).collect();
        ranks.iter().enumerate().all(|(at, rank)| *rank == Some(at + 1))
    }

    /// Whether the columns call themselves ranks: then two are enough.
    fn names_ranks(&self) -> bool {
        self.by_rank() && self.items.iter().all(|item| item.text.contains(char::is_alphabetic))
    }

    pub(super) fn ranking(&self) -> Question {
        let mut question = self.draft();
        let rows = self.rows();
        let ranks: Vec<Vec<Option<usize>>> = if self.by_rank() {
            let coded = self.label_options();
            let known = self.asked.map_or(&coded[..], |asked| {
                if asked.options.is_empty() { &asked.items } else { &asked.options }
            });
            let mut options = Options::new(known);
            let places = self.cells.iter().map(|cells| {
                cells.iter().map(|cell| (!cell.is_empty()).then(|| options.take(cell))).collect()
            });
            let places = places.collect();
            question.options = options.list;
            question.why = also(&question.why, "a column for each rank");
            places
        } else {
            let choices = self.choices();
            let given = |place: usize, row: usize| {
                self.cells.iter().position(|cells| ordinal(&cells[row]) == Some(place))
            };
            question.why = also(&question.why, "a column for each item, with its rank");
            question.options = choices;
            (1..=self.columns.len())
                .map(|place| (0..rows).map(|row| given(place, row)).collect())
                .collect()
        };
        question.kind = Kind::Ranking;
        question.answers = Answers::Ranks(ranks);
        options::settle(&mut question, true);
        question
    }
}
