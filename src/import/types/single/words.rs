//! A column of free text.

use std::collections::BTreeMap;

use super::Plan;
use super::missing::is_missing;
use crate::import::joined::says_several;
use crate::import::question::{Answers, Kind, Question};
use crate::import::scales;
use crate::import::text::{NO, YES, has_leading_zero, year};

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
        let invites = asks_for_words(self.header);
        if self.are_dates() || self.filled.iter().any(|cell| has_leading_zero(cell)) {
            return true;
        }
        let last = is_the_last_word(self.header) || is_the_last_word(self.name);
        if last && !are_closed(&counts) {
            return true;
        }
        if base < 5 {
            // Nothing recurs among so few: short words look like options.
            return invites || 30 < length || self.filled.iter().any(|cell| cell.contains(' '));
        }
        let code_like = |cell: &&str| {
            cell.chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_' || c == '/')
        };
        let codes = counts.keys().all(code_like);
        let few = distinct <= 12 && (distinct * 2 <= base || (codes && distinct * 5 <= base * 4));
        let covered = distinct <= 80 && recurring * 10 >= base * 7 && distinct * 3 <= base;
        invites && (distinct * 4 > base || distinct == 1) || 120 < length || !(few || covered)
    }

    /// Whether nine in ten are dates.
    pub(super) fn are_dates(&self) -> bool {
        let dates = self.filled.iter().filter(|cell| year(cell).is_some()).count();
        dates * 10 >= self.filled.len().max(1) * 9
    }

    pub(super) fn text(&self, question: &mut Question, wanted: bool) {
        question.kind = Kind::Text;
        if self.are_dates() { "dates" } else { "free text" }.clone_into(&mut question.why);
        question.answers = Answers::Cells(if wanted {
            self.cells.to_vec()
        } else {
            vec![String::new(); self.cells.len()]
        });
    }
}

/// Yes and no, or a known scale: a question about remarks, not for them.
fn are_closed(counts: &BTreeMap<&str, usize>) -> bool {
    let words: Vec<&str> = counts.keys().copied().collect();
    let yes_or_no = |word: &&str| {
        let word = word.to_lowercase();
        YES.contains(&word.as_str()) || NO.contains(&word.as_str())
    };
    words.iter().all(yes_or_no) || scales::order(&words).is_some()
}

/// True for the question at the end of a survey: "Remarques", "Hebt u nog
/// opmerkingen?". Where and how others remark something is another question.
fn is_the_last_word(header: &str) -> bool {
    const WORDS: [&str; 19] = [
        "commentaire",
        "commentaires",
        "remarque",
        "remarques",
        "opmerking",
        "opmerkingen",
        "toelichting",
        "bemerkung",
        "bemerkungen",
        "anmerkung",
        "anmerkungen",
        "kommentar",
        "kommentare",
        "comments",
        "remarks",
        "suggestions",
        "suggesties",
        "anything-else",
        "noch-sagen",
    ];
    const ASKED: [&str; 15] = [
        "how", "where", "which", "who", "when", "comment", "ou", "quel", "quelle", "hoe", "waar",
        "welke", "wie", "wo", "welche",
    ];
    let plain = format!("-{}-", crate::import::text::same(header));
    let first = plain.trim_start_matches('-').split('-').next().unwrap_or_default();
    plain.split('-').count() <= 12
        && !ASKED.contains(&first)
        && WORDS.iter().any(|word| plain.contains(&format!("-{word}-")))
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
