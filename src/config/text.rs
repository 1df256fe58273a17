//! Texts that authors give in one language or several.

use std::collections::BTreeMap;

use super::toml::{Spelled, Table, Value};
use crate::diag::{Code, Diagnostic, Findings, Place, nearest};

/// The plural forms that a noun may have: the plural categories of CLDR.
pub const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// A language of the site, by its BCP 47 tag: `fr`, `nl-BE`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(String);

impl Language {
    /// Takes a well-formed tag whose language has two or three letters, or
    /// nothing.
    pub fn new(tag: &str) -> Option<Self> {
        let well_formed = tag.starts_with(|first: char| first.is_ascii_lowercase())
            && tag.parse::<icu_locale::LanguageIdentifier>().is_ok_and(|id| {
                (2..=3).contains(&id.language.as_str().len()) && !id.language.is_unknown()
            });
        well_formed.then(|| Self(tag.to_owned()))
    }

    /// The tag as written.
    pub fn tag(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// One text, the same in all languages or one for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// The same in all languages.
    Same(String),
    /// By language; has at least the default language of the site.
    ByLanguage(BTreeMap<Language, String>),
}

impl Text {
    /// The text in `language`, else in the first language that it has.
    pub fn get(&self, language: &Language) -> &str {
        match self {
            Self::Same(text) => text,
            Self::ByLanguage(texts) => {
                texts.get(language).or_else(|| texts.values().next()).map_or("", String::as_str)
            }
        }
    }

    /// Reads a text from TOML: a string for all languages, or a table with one
    /// for each. `languages` are those of the site, the default first.
    ///
    /// A text that lacks the default language is an error, one that lacks
    /// another a warning. A text may have languages that the site does not
    /// publish yet.
    pub fn read(
        value: Spelled<Value>,
        key: &str,
        languages: &[Language],
        found: &mut Findings,
    ) -> Option<Self> {
        let place = value.place.clone();
        let table = match value.value {
            Value::Text(text) if text.trim().is_empty() => {
                found.push(
                    Diagnostic::error(Code::BadValue, format!("`{key}` is empty")).at(value.place),
                );
                return None;
            }
            Value::Text(text) => return Some(Self::Same(text)),
            Value::Table(table) => table,
            _ => {
                return value.refuse(
                    key,
                    "a text, or a table with a text for each language",
                    found,
                );
            }
        };
        let mut texts = BTreeMap::new();
        for entry in table.into_entries() {
            let Some(language) = language(&entry.key, languages, found) else { continue };
            let Some(text) = entry.value.text(key, found) else { continue };
            if !text.value.trim().is_empty() {
                texts.insert(language, text.value);
            }
        }
        check_translations(key, &place, languages, &texts, found).then_some(Self::ByLanguage(texts))
    }

    /// Takes the text of `key` out of a table, as [`Self::read`] reads it.
    pub(super) fn take(
        table: &mut Table,
        key: &str,
        languages: &[Language],
        found: &mut Findings,
    ) -> Option<Self> {
        Self::read(table.value(key)?, key, languages, found)
    }

    /// True if it is this in any language.
    pub fn is(&self, words: &str) -> bool {
        match self {
            Self::Same(text) => text == words,
            Self::ByLanguage(texts) => texts.values().any(|text| text == words),
        }
    }

    /// True if a reader of `language` gets a text in that language.
    pub fn speaks(&self, language: &Language) -> bool {
        match self {
            Self::Same(_) => true,
            Self::ByLanguage(texts) => texts.contains_key(language),
        }
    }
}

/// Reads a key that names a language.
pub(super) fn language(
    key: &Spelled<String>,
    languages: &[Language],
    found: &mut Findings,
) -> Option<Language> {
    let language = Language::new(&key.value);
    if language.is_none() {
        let canonical = key.value.to_lowercase();
        let meant = nearest(&key.value, languages.iter().map(Language::tag));
        found.push(
            Diagnostic::error(Code::UnknownLanguage, format!("`{}` is not a language", key.value))
                .at(key.place.clone())
                .hint(match meant {
                    Some(meant) => format!("Did you mean `{meant}`?"),
                    None if Language::new(&canonical).is_some() => format!("Write `{canonical}`."),
                    None => "Write a language tag such as `fr` or `nl-BE`.".to_owned(),
                }),
        );
    }
    language
}

/// Notes the languages of the site that a text lacks. False if the default
/// is among them.
pub(super) fn check_translations<T>(
    key: &str,
    place: &Place,
    languages: &[Language],
    texts: &BTreeMap<Language, T>,
    found: &mut Findings,
) -> bool {
    let Some((default, others)) = languages.split_first() else { return !texts.is_empty() };
    for missing in others.iter().filter(|language| !texts.contains_key(language)) {
        let message = format!("`{key}` has no text in `{missing}`");
        let stray = texts.keys().find(|language| !languages.contains(language));
        found.push(
            Diagnostic::warning(Code::MissingTranslation, message)
                .at(place.clone())
                .hint(format!("Add `{missing} = …`; until then another language stands in."))
                .hint_if(stray.map(|stray| format!("`{stray}` is not a language of the site."))),
        );
    }
    let speaks = texts.contains_key(default);
    if !speaks {
        let message = format!("`{key}` has no text in `{default}`, the first language of the site");
        found.push(
            Diagnostic::error(Code::MissingTranslation, message)
                .at(place.clone())
                .hint(format!("Add `{default} = …`.")),
        );
    }
    speaks
}

/// A noun by plural category (`one`, `other` …; `other` is always there).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forms(pub BTreeMap<String, String>);

impl Forms {
    /// The form for a plural category.
    pub fn get(&self, category: &str) -> &str {
        self.0.get(category).or_else(|| self.0.get("other")).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_not_a_language() {
        assert!(Language::new("french").is_none());
        assert!(Language::new("FR_be!").is_none());
        assert!(Language::new("nl-BE").is_some());
    }
}
