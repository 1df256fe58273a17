//! The script that LimeSurvey writes beside an export for R: the codes of the
//! columns and the words of their options. It is read, never run.

use std::collections::BTreeMap;

use super::{Asked, Asks};
use crate::import::question::Choice;
use crate::import::sheet::Sheet;
use crate::import::text::{clean, in_brackets, plain};

/// What the script says of each column, by its number from 1.
#[derive(Debug)]
pub(in crate::import) struct RScript {
    file: String,
    columns: BTreeMap<usize, Column>,
}

#[derive(Debug, Default)]
struct Column {
    name: String,
    label: String,
    options: Vec<(String, String)>,
}

/// True for a text that names the columns of a table in R.
pub(in crate::import) fn is_r_script(head: &str) -> bool {
    head.contains("names(data)[")
        || head.contains("variable.labels[")
        || (head.contains("read.csv(") && head.contains("data <-"))
}

impl RScript {
    pub(in crate::import) fn read(file: &str, text: &str) -> Self {
        let mut columns: BTreeMap<usize, Column> = BTreeMap::new();
        for line in text.lines().map(str::trim) {
            if let Some((at, rest)) = numbered(line, "names(data)[") {
                columns.entry(at).or_default().name =
                    strings(rest).into_iter().next().unwrap_or_default();
            } else if let Some((at, rest)) = numbered(line, "attributes(data)$variable.labels[") {
                columns.entry(at).or_default().label =
                    strings(rest).into_iter().next().unwrap_or_default();
            } else if let Some((at, rest)) = numbered(line, "data[, ") {
                let Some((_, rest)) = rest.split_once("factor(") else { continue };
                let Some((levels, labels)) = rest.split_once("labels") else { continue };
                let levels = strings(levels.split_once("levels").map_or("", |(_, levels)| levels));
                columns.entry(at).or_default().options =
                    levels.into_iter().zip(strings(labels)).collect();
            }
        }
        Self { file: file.to_owned(), columns }
    }

    /// Gives the columns of `sheet` their codes, as the tool itself writes
    /// them, and tells what their options mean.
    pub(in crate::import) fn name_columns(self, sheet: &mut Sheet) -> Vec<Asked> {
        let Some(header) = sheet.rows.first_mut() else { return vec![] };
        let mut all: Vec<Asked> = vec![];
        for (at, heading) in header.iter_mut().enumerate() {
            let column = self.columns.get(&(at + 1)).filter(|column| !column.name.is_empty());
            let Some(column) = column else { continue };
            let words = if heading.contains(' ') { heading.clone() } else { column.label.clone() };
            let line = column.name.split_once('_').zip(split(&words));
            let Some(((code, item), (question, line))) = line else {
                (*heading).clone_from(&column.name);
                all.push(self.asked(&column.name, &words, column));
                continue;
            };
            *heading = format!("{code}[{item}]");
            if all.last().is_none_or(|last| last.code != code) {
                all.push(self.asked(code, question, column));
            }
            let line = Choice::coded(item, plain(&clean(line)));
            all.last_mut().into_iter().for_each(|last| last.items.push(line.clone()));
        }
        all
    }

    fn asked(&self, code: &str, question: &str, column: &Column) -> Asked {
        let option = |(code, label): &(String, String)| Choice::coded(code, plain(&clean(label)));
        let mut asked = Asked::new(code, Asks::Unknown, &self.file);
        asked.text = plain(&clean(question));
        asked.options = column.options.iter().map(option).collect();
        asked
    }
}

/// A question and its line: `Question [Line]` in the table, `[Line] Question`
/// in the script.
fn split(words: &str) -> Option<(&str, &str)> {
    let words = words.trim();
    if let Some((line, question)) = words.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return Some((question.trim(), line.trim())).filter(|(question, _)| !question.is_empty());
    }
    in_brackets(words)
}

/// The number after `start` and the rest of the line.
fn numbered<'l>(line: &'l str, start: &str) -> Option<(usize, &'l str)> {
    let (number, rest) = line.strip_prefix(start)?.split_once(']')?;
    Some((number.trim().parse().ok()?, rest))
}

/// The values of the first `c(…)`, or of a single string: texts in quotes
/// with their escapes, and bare numbers.
pub(super) fn strings(text: &str) -> Vec<String> {
    let mut all = vec![];
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' | '\'' => {
                let mut value = String::new();
                while let Some(inner) = letters.next().filter(|inner| *inner != letter) {
                    match (inner, letters.peek()) {
                        ('\\', Some(_)) => value.extend(letters.next()),
                        _ => value.push(inner),
                    }
                }
                all.push(value);
            }
            digit
                if digit.is_ascii_digit()
                    || digit == '-' && letters.peek().is_some_and(char::is_ascii_digit) =>
            {
                let mut value = digit.to_string();
                while let Some(next) = letters.next_if(|next| next.is_ascii_digit() || *next == '.')
                {
                    value.push(next);
                }
                all.push(value);
            }
            ')' => break,
            _ => {}
        }
    }
    all
}
