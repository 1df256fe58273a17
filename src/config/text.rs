//! Texts that authors give in one language or several.

use std::collections::BTreeMap;

/// A language of the site, by its BCP 47 tag: `fr`, `nl-BE`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(String);

impl Language {
    /// Takes a well-formed tag in lower case, or nothing.
    pub fn new(tag: &str) -> Option<Self> {
        let well_formed = !tag.is_empty()
            && tag
                .parse::<icu_locale::LanguageIdentifier>()
                .is_ok_and(|id| !id.language.is_unknown());
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

    /// True if a reader of `language` gets a text in that language.
    pub fn speaks(&self, language: &Language) -> bool {
        match self {
            Self::Same(_) => true,
            Self::ByLanguage(texts) => texts.contains_key(language),
        }
    }
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
