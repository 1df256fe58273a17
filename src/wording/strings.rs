//! The strings file of a language.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::config::Language;
use crate::diag::Outcome;
use crate::theme::Theme;

/// The words of the interface in one language.
#[derive(Debug)]
pub struct Words {
    language: Language,
}

impl Words {
    /// The language.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// True if there is a string, plain or plural, of that key.
    pub fn has(&self, _key: &str) -> bool {
        todo!()
    }

    /// The keys of all strings.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        std::iter::empty()
    }

    /// A string by its dotted key: `figure.source`.
    pub fn text(&self, _key: &str) -> &str {
        todo!()
    }

    /// A string with its `{name}` places filled.
    pub fn fill(&self, _key: &str, _values: &[(&str, &str)]) -> String {
        todo!()
    }

    /// A string that exists in plural forms, for a count; `{n}` is filled
    /// with the count as written in the language, `values` as in `fill`.
    pub fn plural(&self, _key: &str, _count: u64, _values: &[(&str, &str)]) -> String {
        todo!()
    }

    /// The CLDR plural category of a whole number: `one`, `other` …
    pub fn category(&self, _count: u64) -> &'static str {
        todo!()
    }

    /// A number with exactly `digits` decimals, rounded half away from zero.
    pub fn number(&self, _value: f64, _digits: u8) -> String {
        todo!()
    }

    /// A proportion 0–1 in percent: `44 %`; `<1 %` for a share above 0 that
    /// would round to 0.
    pub fn percent(&self, _proportion: f64, _digits: u8) -> String {
        todo!()
    }

    /// A difference of proportions −1–1 in signed points: `+12 points`.
    pub fn points(&self, _difference: f64, _digits: u8) -> String {
        todo!()
    }

    /// A day in full: `14 juin 2018`.
    pub fn date(&self, _date: Date) -> String {
        todo!()
    }

    /// Things joined by "and".
    pub fn list(&self, _items: &[String]) -> String {
        todo!()
    }

    /// Plain text set as the language sets it.
    pub fn typeset<'t>(&self, _text: &'t str) -> Cow<'t, str> {
        todo!()
    }

    /// The order of two texts in a dictionary of the language.
    pub fn collate(&self, _a: &str, _b: &str) -> std::cmp::Ordering {
        todo!()
    }
}

/// Reads the strings of the theme for every language of the site.
pub fn load(_theme: &Theme, _languages: &[Language]) -> Outcome<BTreeMap<Language, Words>> {
    todo!()
}
