//! A column of free text.

use std::collections::BTreeMap;

use super::Plan;
use super::missing::is_missing;
use crate::import::joined::says_several;
use crate::import::question::{Answers, Kind, Question};
use crate::import::scales;
use crate::import::text::{has_leading_zero, year};

impl Plan<'_> {
    /// Many answers that hardly recur, or long ones.
    pub(super) fn is_text(&self) -> bool {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        self.filled
            .iter()
            .filter(|cell| !is_missing(cell))
            .for_each(|cell| *counts.entry(cell).or_default() += 1);
        let base: usize = counts.values().sum();
        let distinct = counts.len();
        let recurring: usize = counts.values().filter(|count| 2 < **count).sum();
        let length: usize =
            counts.keys().map(|cell| cell.chars().count()).sum::<usize>() / distinct.max(1);
        let dates = self.filled.iter().filter(|cell| year(cell).is_some()).count();
        let invites = asks_for_words(self.header);
        if dates * 10 >= self.filled.len() * 9
            || self.filled.iter().any(|cell| has_leading_zero(cell))
        {
            return true;
        }
        if base < 5 {
            // Nothing recurs among so few: short words look like options.
            return invites || 30 < length || self.filled.iter().any(|cell| cell.contains(' '));
        }
        let code_like = |cell: &&&str| {
            cell.chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_' || c == '/')
        };
        let codes = counts.keys().all(|cell| code_like(&cell));
        let few = distinct <= 12 && (distinct * 2 <= base || (codes && distinct * 5 <= base * 4));
        let covered = distinct <= 80 && recurring * 10 >= base * 7 && distinct * 3 <= base;
        invites && distinct * 4 > base || 120 < length || !(few || covered)
    }

    pub(super) fn text(&self, question: &mut Question, wanted: bool) {
        let dates = self.filled.iter().filter(|cell| year(cell).is_some()).count();
        question.kind = Kind::Text;
        question.why = if dates * 10 >= self.filled.len().max(1) * 9 {
            "dates".to_owned()
        } else {
            "free text".to_owned()
        };
        question.answers = Answers::Cells(if wanted {
            self.cells.to_vec()
        } else {
            vec![String::new(); self.cells.len()]
        });
    }
}

/// True where the question asks for words of one's own.
fn asks_for_words(header: &str) -> bool {
    const WORDS: [&str; 14] = [
        "comment",
        "remarque",
        "opmerking",
        "toelichting",
        "in-your-own-words",
        "precisez",
        "please-specify",
        "suggestion",
        "feedback",
        "describe",
        "decrivez",
        "anything-else",
        "bemerkung",
        "kommentar",
    ];
    let plain = crate::import::text::same(header);
    WORDS.iter().any(|word| plain.contains(word))
        && !says_several(header)
        && scales::off(header).is_empty()
}
