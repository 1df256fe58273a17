//! A column of one answer each.

use std::collections::BTreeMap;

use super::Plan;
use super::missing::is_missing;
use crate::import::question::{Answers, Kind, Question, Sure};
use crate::import::text::{number, written};
use crate::import::tool::Tool;
use crate::import::types::options::Options;

impl Plan<'_> {
    pub(super) fn choice(&self, question: &mut Question) {
        let mut options = Options::new(self.known());
        let told = !options.list.is_empty();
        let from = options.list.len();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        self.filled.iter().for_each(|cell| *counts.entry(cell).or_default() += 1);
        let answers = self.chosen(&mut options, &counts);
        let nothing = self.filled.iter().filter(|cell| self.is_nothing(cell)).count();
        question.kind = Kind::Single;
        question.options = options.list;
        question.answers = Answers::One(answers);
        let mut why = vec![];
        if !question.why.is_empty() {
            why.push(question.why.clone());
        }
        let new = question.options.len() - from;
        why.push(match (told, new) {
            (true, 0) => format!("{from} options"),
            (true, new) => format!("{from} options and {new} that it does not have"),
            _ if question.options.len() == 1 => "one answer".to_owned(),
            _ => format!("{} different answers", question.options.len()),
        });
        if 0 < nothing {
            why.push(format!(
                "{nothing} cells such as `{}` read as empty",
                self.filled.iter().find(|cell| self.is_nothing(cell)).map_or("-", |cell| cell)
            ));
        }
        let once = counts.values().filter(|count| **count == 1).count();
        if !told && 2 < once && 20 < self.filled.len() {
            why.push(format!(
                "{once} options were given once: typed words? merge them in the codebook"
            ));
            question.sure = Sure::Look;
        }
        if self.filled.len() < 5 && !told {
            question.sure = Sure::Look;
        }
        question.why = why.join("; ");
    }

    /// Whether a cell stands for nothing: `-` does, but beside `+` it is an answer.
    fn is_nothing(&self, cell: &str) -> bool {
        let is_sign = !cell.is_empty() && cell.bytes().all(|byte| byte == b'-');
        is_missing(cell) && !(is_sign && self.filled.iter().any(|cell| matches!(*cell, "+" | "++")))
    }

    /// The option that each cell names; those that nobody knows are taken in.
    fn chosen(&self, options: &mut Options, counts: &BTreeMap<&str, usize>) -> Vec<Option<usize>> {
        let told = !options.list.is_empty();
        // Words longer than an option, once: what somebody typed.
        let typed = |cell: &str| {
            let once = counts.get(cell).is_some_and(|count| *count < 3);
            let unknown = told && matches!(self.export.tool, Tool::Google | Tool::Microsoft);
            30 <= self.filled.len() && once && (80 < cell.chars().count() || unknown)
        };
        let numeric = self.filled.iter().all(|cell| number(cell).is_some());
        self.cells
            .iter()
            .map(|cell| {
                if cell.is_empty() || (self.is_nothing(cell) && options.find(cell).is_none()) {
                    return None;
                }
                let spelt = number(cell).filter(|_| numeric).map(written);
                let cell = spelt.as_deref().unwrap_or(cell);
                if options.find(cell).is_none() && typed(cell) {
                    return Some(options.take("Other"));
                }
                Some(options.take(cell))
            })
            .collect()
    }
}
