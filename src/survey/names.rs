//! Words that keep their capital inside a sentence.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Language, Text};

/// The words that a codebook writes with a capital where no sentence begins,
/// and never without, by language: `Smart` of "Aucun projet Smart City", but
/// not `Gewest` of "Brussels Hoofdstedelijk Gewest" where it asks for a `gewest`.
#[derive(Debug, Default)]
pub struct Names(BTreeMap<Language, BTreeSet<String>>);

impl Names {
    /// Those of some wordings and labels.
    pub(super) fn of(texts: &[&Text], languages: &[Language]) -> Self {
        let of_language = |language: &Language| {
            let texts: Vec<&str> = texts.iter().map(|text| text.get(language)).collect();
            (language.clone(), names(&texts))
        };
        Self(languages.iter().map(of_language).collect())
    }

    /// Whether a label begins with such a word.
    pub fn begin(&self, label: &str, language: &Language) -> bool {
        let first = label.split(|letter: char| !letter.is_alphanumeric()).next();
        self.0.get(language).zip(first).is_some_and(|(names, first)| names.contains(first))
    }
}

/// The words that are written with a capital inside a sentence, and nowhere
/// without.
fn names(texts: &[&str]) -> BTreeSet<String> {
    let is_sign = |letter: char| !letter.is_alphanumeric();
    let words: BTreeSet<&str> = texts.iter().flat_map(|text| text.split(is_sign)).collect();
    let names = texts.iter().flat_map(|text| capitals(text));
    names.filter(|name| !words.contains(&*name.to_lowercase())).map(str::to_owned).collect()
}

/// The words with a capital, but for those that begin a sentence or a quotation.
fn capitals(text: &str) -> impl Iterator<Item = &str> {
    let mut begins = true;
    text.split_inclusive(|letter: char| !letter.is_alphanumeric()).filter_map(move |piece| {
        let word = piece.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        let is_name = !begins && word.starts_with(char::is_uppercase);
        begins = match &piece[word.len()..] {
            "." | "?" | "!" | "…" | ":" | "«" | "“" | "„" | "\"" | "(" | "/" => true,
            // A blank after a sign; the end of a word ends the beginning.
            _ => begins && word.is_empty(),
        };
        is_name.then_some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_inside_a_sentence_is_a_name() {
        let names = |text| capitals(text).collect::<Vec<_>>();

        assert_eq!(names("Aucun projet Smart City"), ["Smart", "City"]);
        assert_eq!(names("Le soutien de l’Europe"), ["Europe"]);
        assert_eq!(names("Où ? Une réponse. « Rien » (Autre)"), [""; 0]);
        assert_eq!(names("Geen Smart City-projecten"), ["Smart", "City"]);
    }
    #[test]
    fn a_word_that_is_also_written_small_is_no_name() {
        let found =
            names(&["In welk gewest?", "Brussels Hoofdstedelijk Gewest", "Geen Smart City"]);

        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["City", "Hoofdstedelijk", "Smart"]);
    }
}
