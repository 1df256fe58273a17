//! A column for each option: ticks, or one choice that a tool spreads.

use super::Family;
use crate::import::joined::says_several;
use crate::import::question::{Answers, Choice, Kind, Question};
use crate::import::text::{NO, YES, own_numbers, same};
use crate::import::tool::Tool;
use crate::import::types::draft::also;
use crate::import::types::options;

const UNASKED: [&str; 3] = ["n/a", "-99", "na"];

impl Family<'_> {
    /// Every cell is a tick, its absence, or the words or number of its own option.
    pub(super) fn are_ticks(&self) -> bool {
        if own_numbers(&self.cells) && !self.by_rank() {
            return true;
        }
        let ticks = |cell: &String, place: usize| {
            let own = self.items[place];
            let lower = cell.to_lowercase();
            cell.is_empty()
                || YES.contains(&lower.as_str())
                || NO.contains(&lower.as_str())
                || UNASKED.contains(&lower.as_str())
                || same(cell) == same(&own.text)
                || self.is_other(place)
        };
        let ticked = |cell: &String, place: usize| {
            YES.contains(&cell.to_lowercase().as_str())
                || (!cell.is_empty() && same(cell) == same(&self.items[place].text))
        };
        let all = self
            .cells
            .iter()
            .enumerate()
            .all(|(place, cells)| cells.iter().all(|cell| ticks(cell, place)));
        let some = self
            .cells
            .iter()
            .enumerate()
            .any(|(place, cells)| cells.iter().any(|cell| ticked(cell, place)));
        // A scale that begins at 1 is no tick, nor is a rank.
        all && some && !self.are_ranks()
    }

    /// One option at most in every row, and no word of several answers: a
    /// single choice that the tool spreads over columns.
    pub(super) fn one_of_them(&self) -> bool {
        let count = |row: usize| self.cells.iter().filter(|cells| !cells[row].is_empty()).count();
        let words = self.cells.iter().zip(&self.items).all(|(cells, item)| {
            cells.iter().all(|cell| cell.is_empty() || same(cell) == same(&item.text))
        });
        let text = &self.export.columns[self.columns[0]].text;
        let answered = (0..self.rows()).filter(|row| count(*row) == 1).count();
        words
            && !says_several(text)
            && 10 <= answered
            && (0..self.rows()).all(|row| count(row) <= 1)
            && self.export.tool == Tool::Surveymonkey
    }

    pub(super) fn spread(&self) -> Question {
        let mut question = self.draft();
        question.options = self.choices();
        let one = |row: usize| self.cells.iter().position(|cells| !cells[row].is_empty());
        question.answers = Answers::One((0..self.rows()).map(one).collect());
        question.kind = Kind::Single;
        "a column for each option, one answer at most in every row".clone_into(&mut question.why);
        options::settle(&mut question, true);
        question
    }

    pub(super) fn ticks(&self) -> Question {
        let mut question = self.draft();
        let mut choices = self.choices();
        // The options of a structure that has more than the file.
        let extra: Vec<Choice> = self.asked.map_or(vec![], |asked| {
            let all = if asked.items.is_empty() { &asked.options } else { &asked.items };
            all.iter()
                .filter(|one| !choices.iter().any(|own| own.code == one.code))
                .cloned()
                .collect()
        });
        let lower: Vec<Vec<String>> = self
            .cells
            .iter()
            .map(|cells| cells.iter().map(|cell| cell.to_lowercase()).collect())
            .collect();
        let no = |cell: &String| NO.contains(&cell.as_str());
        let unasked = |cell: &String| UNASKED.contains(&cell.as_str());
        let tells = lower.iter().flatten().any(no);
        let row = |row: usize| -> Vec<Option<bool>> {
            let ticked: Vec<bool> = lower
                .iter()
                .map(|cells| !cells[row].is_empty() && !no(&cells[row]) && !unasked(&cells[row]))
                .collect();
            let asked = ticked.contains(&true) || lower.iter().any(|cells| no(&cells[row]));
            ticked.iter().map(|tick| asked.then_some(*tick)).collect()
        };
        let rows: Vec<Vec<Option<bool>>> = (0..self.rows()).map(row).collect();
        let mut answers: Vec<Vec<Option<bool>>> =
            (0..choices.len()).map(|place| rows.iter().map(|row| row[place]).collect()).collect();
        for choice in extra {
            answers
                .push(rows.iter().map(|row| row.iter().flatten().next().map(|_| false)).collect());
            choices.push(choice);
        }
        let silent = rows.iter().filter(|row| row.iter().all(Option::is_none)).count();
        question.kind = Kind::Multiple;
        question.options = choices;
        question.answers = Answers::Ticks(answers);
        let mut why = format!("a column for each of {} options", self.items.len());
        if !tells && 0 < silent {
            why = format!(
                "{why}; {silent} rows without a tick are empty: the export does not tell \"none\" from \"not asked\""
            );
        }
        question.why = also(&question.why, &why);
        options::settle(&mut question, true);
        question
    }
}
