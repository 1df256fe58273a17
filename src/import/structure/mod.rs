//! Files that say what was asked: texts in all languages, options that
//! nobody chose, and their order.

mod codebook;
mod json;
mod limesurvey;
mod qsf;
mod r_script;
mod sosci;
mod xlsform;

use super::export::{Column, Item};
use super::question::{Battery, Choice};
use super::sheet::Sheet;
use super::text::{Texts, key, same, stem};

pub(super) use codebook::read as codebook;
pub(super) use json::table as json;
pub(super) use limesurvey::{lss, tsv};
pub(super) use qsf::read as qsf;
pub(super) use r_script::{RScript, is_r_script};
pub(super) use sosci::{is_sosci_script, sosci_script};
pub(super) use xlsform::{is_one_sheet, read as xlsform, sections};

/// What a structure says of one question.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// The tool's code, or the name in a codebook.
    pub(super) code: String,
    /// Another code of the same question, such as Qualtrics' QID.
    pub(super) other_code: String,
    pub(super) asks: Asks,
    pub(super) text: Texts,
    pub(super) options: Vec<Choice>,
    /// The lines of a grid, or the options of a multiple choice.
    pub(super) items: Vec<Choice>,
    pub(super) topic: String,
    pub(super) battery: Option<Battery>,
    /// The name of the list in our codebook.
    pub(super) list: String,
    /// Where it comes from, for the report.
    pub(super) source: String,
    /// Whether it is the report's own codebook.
    pub(super) ours: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Asks {
    /// Texts and options are known, the kind is not.
    Unknown,
    Single,
    Likert,
    Multiple,
    Ranking,
    Grid,
    Range {
        start: f64,
        end: f64,
    },
    Integer,
    Decimal,
    Text,
    /// It asks nothing: a note, an equation.
    Nothing,
}

impl Asked {
    pub(super) fn new(code: &str, asks: Asks, source: &str) -> Self {
        Self {
            code: code.to_owned(),
            other_code: String::new(),
            asks,
            text: Texts::new(),
            options: vec![],
            items: vec![],
            topic: String::new(),
            battery: None,
            list: String::new(),
            source: source.to_owned(),
            ours: false,
        }
    }
}

/// All that is known; what the report's own codebook says comes first.
#[derive(Debug, Default)]
pub(super) struct Structures {
    pub(super) asked: Vec<Asked>,
    /// The languages, the base language first.
    pub(super) languages: Vec<String>,
}

impl Structures {
    pub(super) fn add(&mut self, asked: Vec<Asked>) {
        for language in asked
            .iter()
            .flat_map(|one| one.text.keys())
            .filter(|name| crate::config::Language::new(name).is_some())
        {
            if !self.languages.contains(language) {
                self.languages.push(language.clone());
            }
        }
        self.asked.extend(asked);
    }

    /// The question of a column: by the code, the code with its item, or the
    /// words in any language.
    pub(super) fn find(&self, column: &Column, item: Option<&Item>) -> Option<&Asked> {
        if self.asked.is_empty() {
            return None;
        }
        if let Some(item) = item {
            return self.find_item(column, item);
        }
        let (code, text) = (column.code.as_str(), column.text.as_str());
        let at_the_end = |asked: &&Asked| {
            !asked.ours && !code.is_empty() && code.ends_with(&format!("-{}", asked.code))
        };
        self.by_code(code)
            .or_else(|| self.by_code(&column.alias))
            .or_else(|| self.asked.iter().find(at_the_end))
            .or_else(|| self.ours(column, text, None))
            .or_else(|| {
                let name = key(if text.is_empty() { code } else { text });
                self.by_code(&numbered(column, name))
            })
            .or_else(|| self.by_text(text).filter(|asked| !asked.ours))
    }

    /// The question of a line or an option.
    fn find_item(&self, column: &Column, item: &Item) -> Option<&Asked> {
        let (code, text) = (column.code.as_str(), column.text.as_str());
        if let Some(own) = self.ours(column, &item.text, Some(text)) {
            return Some(own);
        }
        let code = if code.is_empty() { key(text) } else { code.to_owned() };
        let items = [item.code.clone(), key(&item.text)];
        let spelled = items.iter().filter(|item| !item.is_empty()).flat_map(|item| {
            [
                format!("{code}_{item}"),
                format!("{code}{item}"),
                format!("{code}_{}", key(item)),
                format!("{}_{item}", stem(&code)),
            ]
        });
        let mut names = spelled.map(|name| numbered(column, name));
        names.find_map(|name| self.by_code(&name)).or_else(|| self.by_text(&item.text))
    }

    fn by_code(&self, name: &str) -> Option<&Asked> {
        let is_named = |asked: &&Asked| asked.code == name || asked.other_code == name;
        self.asked.iter().find(is_named).filter(|_| !name.is_empty())
    }

    fn by_text(&self, words: &str) -> Option<&Asked> {
        let words = same(words);
        let has = |asked: &&Asked| asked.text.values().any(|text| same(text) == words);
        if words.is_empty() { None } else { self.asked.iter().find(has) }
    }

    /// A question of the report's own codebook, by the words as they were
    /// imported, and for a line by those of its question: of several that have
    /// them, that in the same place.
    fn ours(&self, column: &Column, words: &str, question: Option<&str>) -> Option<&Asked> {
        let words = same(words);
        let of = |battery: &Battery| {
            question.is_none_or(|question| {
                battery.name == column.code
                    || battery.label.values().any(|label| same(label) == same(question))
            })
        };
        let (same_words, _) = column.again;
        let mut known = self.asked.iter().filter(|asked| {
            asked.ours
                && !words.is_empty()
                && asked.battery.is_some() == question.is_some()
                && asked.battery.as_ref().is_none_or(of)
                && asked.text.values().any(|text| same(text) == words)
        });
        known.nth(same_words)
    }
}

/// Of several names that were cut alike, the later ones are numbered.
fn numbered(column: &Column, name: String) -> String {
    match column.again {
        (_, 0) => name,
        (_, before) => format!("{name}_{}", before + 1),
    }
}

/// The place of a column by its name.
fn column(sheet: &Sheet, name: &str) -> Option<usize> {
    sheet.rows.first()?.iter().position(|cell| cell.trim().trim_start_matches('\u{FEFF}') == name)
}

fn cell(row: &[String], at: Option<usize>) -> &str {
    at.and_then(|at| row.get(at)).map_or("", |cell| cell.trim())
}
