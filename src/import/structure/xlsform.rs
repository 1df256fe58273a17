//! `XLSForm`: sheets `survey` and `choices`, in a workbook or one text. Our
//! own codebook is one as well.

use std::collections::BTreeMap;

use super::{Asked, Asks, cell};
use crate::import::question::{Battery, Choice};
use crate::import::sheet::Sheet;
use crate::import::text::{Texts, any, clean, number, plain};

/// True for all sheets in one text, as `XLSForm` had it once: section names
/// in the first column.
pub(in crate::import) fn is_one_sheet(sheet: &Sheet) -> bool {
    let first =
        |row: &Vec<String>| row.first().map_or(String::new(), |cell| cell.trim().to_owned());
    let sections: Vec<String> =
        sheet.rows.iter().map(first).filter(|cell| !cell.is_empty()).collect();
    sections.first().is_some_and(|name| name == "survey")
        && sections.iter().all(|name| ["survey", "choices", "settings"].contains(&name.as_str()))
}

/// Takes the sections of one text apart.
pub(in crate::import) fn sections(sheet: &Sheet) -> BTreeMap<String, Sheet> {
    let mut sections: BTreeMap<String, Sheet> = BTreeMap::new();
    let mut name = String::new();
    for row in &sheet.rows {
        if let Some(first) = row.first().filter(|cell| !cell.trim().is_empty()) {
            first.trim().clone_into(&mut name);
            continue;
        }
        let own = sections
            .entry(name.clone())
            .or_insert_with(|| Sheet { file: sheet.file.clone(), ..Sheet::default() });
        own.rows.push(row.iter().skip(1).cloned().collect());
    }
    sections
}

/// Columns of labels with their language: `label::Français (fr)` is `fr`.
fn labels(sheet: &Sheet, stem: &str) -> Vec<(usize, String)> {
    let header = sheet.rows.first().map_or(&[][..], Vec::as_slice);
    let language = |name: &str| {
        let rest = name.trim().strip_prefix(stem)?.trim_start();
        if rest.is_empty() {
            return Some(String::new());
        }
        let named = rest.strip_prefix("::").or_else(|| rest.strip_prefix(':'))?.trim();
        let code = named.rsplit_once('(').map_or(named, |(_, code)| code.trim_end_matches(')'));
        Some(match code.to_lowercase().as_str() {
            "french" | "français" => "fr".to_owned(),
            "dutch" | "nederlands" => "nl".to_owned(),
            "english" => "en".to_owned(),
            "german" | "deutsch" => "de".to_owned(),
            _ => code.to_owned(),
        })
    };
    header
        .iter()
        .enumerate()
        .filter_map(|(at, name)| language(name).map(|language| (at, language)))
        .collect()
}

fn texts(row: &[String], columns: &[(usize, String)]) -> Texts {
    let text = |(at, language): &(usize, String)| (language.clone(), clean(cell(row, Some(*at))));
    columns.iter().map(text).filter(|(_, text)| !text.is_empty()).collect()
}

/// Reads the two sheets; `ours` for the codebook of the report itself.
pub(in crate::import) fn read(survey: &Sheet, choices: Option<&Sheet>, ours: bool) -> Vec<Asked> {
    let lists = choices.map(lists).unwrap_or_default();
    let (kind, name) = (column(survey, &["type"]), column(survey, &["name"]));
    let (parameters, appearance, topic) = (
        column(survey, &["parameters"]),
        column(survey, &["appearance", "control:appearance"]),
        column(survey, &["topic"]),
    );
    let words = labels(survey, "label");
    let source = if ours { "the codebook of the report".to_owned() } else { survey.file.clone() };
    let mut groups: Vec<(String, Texts)> = vec![];
    let mut asked = vec![];
    for row in survey.rows.iter().skip(1) {
        let (kind, name) = (cell(row, kind), cell(row, name));
        match kind.replace(' ', "_").as_str() {
            begin if begin.starts_with("begin_group") || begin == "begin_repeat" => {
                groups.push((name.to_owned(), texts(row, &words)));
                continue;
            }
            "end_group" | "end_repeat" => {
                groups.pop();
                continue;
            }
            _ if name.is_empty() || kind.is_empty() => continue,
            _ => {}
        }
        let (asks, list, other) = asks(kind, cell(row, parameters), cell(row, appearance));
        let mut one = Asked::new(name, asks, &source);
        one.ours = ours;
        one.text = texts(row, &words);
        if any(&one.text).is_empty() {
            one.text = plain(name);
        }
        one.options = lists.get(list).cloned().unwrap_or_default();
        if other {
            let role = "other".to_owned();
            one.options.push(Choice { role, ..Choice::coded("other", plain("Other")) });
        }
        list.clone_into(&mut one.list);
        cell(row, topic).clone_into(&mut one.topic);
        if let Some((group, label)) = groups.last() {
            if one.topic.is_empty() {
                one.topic =
                    if any(label).is_empty() { group.clone() } else { any(label).to_owned() };
            }
            if ours {
                one.battery = Some(Battery { name: group.clone(), label: label.clone() });
            }
        }
        asked.push(one);
    }
    asked
}

/// The column that has one of some names.
fn column(sheet: &Sheet, names: &[&str]) -> Option<usize> {
    names.iter().find_map(|name| super::column(sheet, name))
}

/// The lists of options by their names.
fn lists(choices: &Sheet) -> BTreeMap<String, Vec<Choice>> {
    let (list, name, role) = (
        column(choices, &["list_name", "list name"]),
        column(choices, &["name", "value"]),
        column(choices, &["role"]),
    );
    let words = labels(choices, "label");
    let mut lists: BTreeMap<String, Vec<Choice>> = BTreeMap::new();
    for row in choices.rows.iter().skip(1).filter(|row| !cell(row, list).is_empty()) {
        let code = whole(cell(row, name)).to_owned();
        let mut label = texts(row, &words);
        if any(&label).is_empty() {
            label = plain(&code);
        }
        let choice = Choice { code, label, role: cell(row, role).to_owned() };
        lists.entry(cell(row, list).to_owned()).or_default().push(choice);
    }
    lists
}

/// Codes that a spreadsheet wrote as `1.0`.
fn whole(text: &str) -> &str {
    text.strip_suffix(".0")
        .filter(|whole| whole.bytes().all(|byte| byte.is_ascii_digit()))
        .unwrap_or(text)
}

/// What a type asks, its list, and whether it offers another answer.
fn asks<'t>(kind: &'t str, parameters: &str, appearance: &str) -> (Asks, &'t str, bool) {
    let kind = kind.trim();
    let (kind, other) = kind
        .strip_suffix("or_other")
        .or_else(|| kind.strip_suffix("or specify other"))
        .map_or((kind, false), |kind| (kind.trim(), true));
    let one = ["select_one_from_file ", "select_one ", "select one from ", "select one "]
        .iter()
        .find_map(|stem| kind.strip_prefix(stem));
    let multiple = [
        "select_multiple ",
        "select all that apply from ",
        "select multiple from ",
        "select multiple ",
    ]
    .iter()
    .find_map(|stem| kind.strip_prefix(stem));
    if let Some(list) = one {
        let likert = appearance.split_whitespace().any(|word| word == "likert");
        return (if likert { Asks::Likert } else { Asks::Single }, list.trim(), other);
    }
    if let Some(list) = multiple {
        return (Asks::Multiple, list.trim(), other);
    }
    if let Some(list) = kind.strip_prefix("rank ") {
        return (Asks::Ranking, list.trim(), other);
    }
    let number = |name: &str| {
        let found = parameters
            .split([' ', ';', ','])
            .find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
        found.and_then(number)
    };
    let asks = match kind {
        "integer" | "int" => Asks::Integer,
        "decimal" => Asks::Decimal,
        "range" => Asks::Range {
            start: number("start").unwrap_or(0.0),
            end: number("end").unwrap_or(10.0),
        },
        "text" | "string" | "date" | "time" | "dateTime" => Asks::Text,
        _ => Asks::Nothing,
    };
    // What is not asked about is named by its type.
    (asks, if asks == Asks::Nothing { kind } else { "" }, false)
}
