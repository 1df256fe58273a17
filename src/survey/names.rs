//! Words that keep their capital inside a sentence.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Language, Text};

/// The words that a codebook writes with a capital where no sentence begins,
/// and never without, by language: `Smart` of "Aucun projet Smart City", but
/// not `Gewest` of "Brussels Hoofdstedelijk Gewest" where it asks for a `gewest`.
/// Of a word that it writes either way, the two words of a name: `Smart City`
/// beside "smart lighting".
#[derive(Debug, Default)]
pub struct Names(BTreeMap<Language, BTreeSet<String>>);

impl Names {
    /// Those of some wordings and labels; `places` are the labels of places,
    /// which are names whatever else is written.
    pub(super) fn of(texts: &[&Text], places: &[&Text], languages: &[Language]) -> Self {
        let of_language = |language: &Language| {
            let texts: Vec<&str> = texts.iter().map(|text| text.get(language)).collect();
            let mut names = names(&texts);
            let places = places.iter().map(|text| text.get(language));
            let first = places.filter_map(|text| text.split(is_sign).next());
            names.extend(first.filter(|word| begins_large(word)).map(str::to_owned));
            (language.clone(), names)
        };
        Self(languages.iter().map(of_language).collect())
    }

    /// Whether a label begins with such words.
    pub fn begin(&self, label: &str, language: &Language) -> bool {
        let Some(names) = self.0.get(language) else { return false };
        let mut words = label.split(is_sign);
        let first = words.next().unwrap_or_default();
        let second = words.next().unwrap_or_default();
        names.contains(first) || names.contains(&format!("{first} {second}"))
    }
}

fn is_sign(letter: char) -> bool {
    !letter.is_alphanumeric()
}

fn begins_large(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Whether a question asks for a place, so that its answers are names: "Région",
/// "Province de résidence", "In welke gemeente woont u?".
pub(super) fn asks_for_a_place(label: &str) -> bool {
    const PLACES: [&str; 24] = [
        "région",
        "region",
        "province",
        "provincie",
        "commune",
        "gemeente",
        "municipality",
        "département",
        "arrondissement",
        "canton",
        "district",
        "gewest",
        "regio",
        "streek",
        "pays",
        "land",
        "country",
        "county",
        "ville",
        "stad",
        "city",
        "town",
        "quartier",
        "wijk",
    ];
    const ASKED: [&str; 6] = ["quel", "quelle", "welk", "welke", "which", "what"];
    let label = label.to_lowercase();
    let words: Vec<&str> = label.split(is_sign).filter(|word| !word.is_empty()).collect();
    let is_place = |word: &&str| PLACES.contains(word);
    words.first().is_some_and(is_place)
        || (words.len() <= 3 && words.iter().any(is_place))
        || words.windows(2).any(|pair| ASKED.contains(&pair[0]) && is_place(&pair[1]))
}

/// The words that are written with a capital inside a sentence, and nowhere
/// without; and those that are, before one of them.
fn names(texts: &[&str]) -> BTreeSet<String> {
    let words: BTreeSet<&str> = texts.iter().flat_map(|text| text.split(is_sign)).collect();
    let is_small = |name: &str| words.contains(&*name.to_lowercase());
    let mut names = BTreeSet::new();
    for text in texts {
        let capitals: Vec<&str> = capitals(text).collect();
        names.extend(capitals.iter().filter(|name| !is_small(name)).map(|name| (*name).to_owned()));
        let pairs = capitals.windows(2).map(|pair| (pair[0], pair[1], pair.join(" ")));
        let pairs = pairs.filter(|(first, second, both)| {
            is_small(first) && !is_small(second) && text.contains(both)
        });
        names.extend(pairs.map(|(.., both)| both));
    }
    names
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
    fn answers_to_where_are_names_and_those_about_a_place_are_not() {
        for label in [
            "Région",
            "Province de résidence",
            "Uw gemeente",
            "Dans quelle région habitez-vous ?",
            "In welke provincie woont u?",
            "Which country do you live in?",
        ] {
            assert!(asks_for_a_place(label), "{label}");
        }
        for label in [
            "Votre commune a-t-elle un projet ?",
            "Hoe verplaatst u zich in uw stad?",
            "Dans quel type de commune habitez-vous ?",
            "Which parts of the city do you avoid?",
        ] {
            assert!(!asks_for_a_place(label), "{label}");
        }
    }

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

    #[test]
    fn two_words_are_a_name_where_the_first_is_also_written_small() {
        let texts = ["LED and smart lighting", "Appointing a Smart City manager", "In the City"];
        let found = names(&texts);

        assert_eq!(found.iter().collect::<Vec<_>>(), ["City", "Smart City"]);
        let names = Names(BTreeMap::from([(Language::new("en").unwrap(), found)]));
        let en = Language::new("en").unwrap();
        assert!(names.begin("Smart City manager or close to it", &en));
        assert!(!names.begin("Smart lighting", &en));
    }
}
