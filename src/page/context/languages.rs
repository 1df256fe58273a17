//! A page in other languages: where it lies, and what to call them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::config::{Config, Language};
use crate::page::book::AnsweredBook;
use crate::wording::Words;

use super::Shared;

/// The languages of the site with their own names, the default first.
pub fn languages(config: &Config, words: &BTreeMap<Language, Words>) -> Vec<(String, String)> {
    let known =
        config.site.languages.iter().filter_map(|language| Some((language, words.get(language)?)));
    known
        .map(|(language, words)| {
            (language.tag().to_owned(), words.text("language.name").to_owned())
        })
        .collect()
}

/// The language of a text that is not that of its page.
#[derive(Serialize)]
pub(super) struct TextLanguage<'a> {
    tag: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
pub(super) struct Alternate {
    tag: String,
    url: String,
}

#[derive(Serialize)]
pub(super) struct LanguageContext<'a> {
    tag: &'a str,
    name: &'a str,
    address: String,
    current: bool,
}

impl Shared {
    /// The address that search engines are told: of a borrowed text, that of
    /// the page in its own language.
    pub(super) fn canonical(&self, borrowed: Option<&Language>, address: &str) -> Option<String> {
        let page = if address == "index.html" { "" } else { address };
        let folder = match borrowed {
            Some(language) => self.folder_of(language.tag()),
            None => self.folder.clone(),
        };
        self.url.as_ref().map(|url| format!("{url}{folder}{page}"))
    }

    fn folder_of(&self, tag: &str) -> String {
        let is_default = self.languages.first().is_some_and(|(default, _)| default == tag);
        if is_default { String::new() } else { format!("{tag}/") }
    }

    pub(super) fn language(&self, language: &Language) -> Option<TextLanguage<'_>> {
        let (tag, name) = self.languages.iter().find(|(tag, _)| tag == language.tag())?;
        Some(TextLanguage { tag, name })
    }

    /// The same page in every language, the default first; one entry is none.
    pub(super) fn alternates(&self, address: &str) -> Vec<Alternate> {
        let Some(url) = self.url.as_ref().filter(|_| 1 < self.languages.len()) else {
            return vec![];
        };
        let page = if address == "index.html" { "" } else { address };
        let lacking = self.untranslated.get(address);
        let has_text = |tag: &str| {
            !lacking.is_some_and(|languages| languages.iter().any(|one| one.tag() == tag))
        };
        let languages = self.languages.iter().filter(|(tag, _)| has_text(tag));
        let mut alternates: Vec<_> = languages
            .map(|(tag, _)| Alternate {
                tag: tag.clone(),
                url: format!("{url}{}{page}", self.folder_of(tag)),
            })
            .collect();
        if alternates.len() < 2 {
            return vec![];
        }
        if let Some(default) = alternates.first().map(|first| first.url.clone()) {
            alternates.push(Alternate { tag: "x-default".to_owned(), url: default });
        }
        alternates
    }

    pub(super) fn switch<'a>(
        &'a self,
        book: &AnsweredBook<'_>,
        address: &str,
    ) -> Vec<LanguageContext<'a>> {
        let languages = self.languages.iter().enumerate();
        languages
            .map(|(at, (tag, name))| LanguageContext {
                tag,
                name,
                address: if at == 0 {
                    format!("{}{address}", book.root)
                } else {
                    format!("{}{tag}/{address}", book.root)
                },
                current: tag == book.language.tag(),
            })
            .collect()
    }
}
