//! `EUSurvey`: rows about the export, then the header; with "assigned values"
//! each answer has its code behind it.

use super::super::export::{Column, Export, TOOL};
use super::super::sheet::Sheet;
use super::super::text::same;
use super::super::tool::Tool;
use super::plain;

const META: [&str; 7] = [
    "creation-date",
    "last-update",
    "languages",
    "language",
    "contribution-id",
    "user-name",
    "invitation-number",
];

/// The rows up to the header: `Alias`, `Export Date`, and what may follow.
pub(super) fn header_rows(sheet: &Sheet) -> usize {
    let about = |row: &Vec<String>| {
        let filled = row.iter().filter(|cell| !cell.trim().is_empty()).count();
        filled <= 2 && 2 < row.len()
    };
    sheet.rows.iter().take_while(|row| about(row)).count() + 1
}

pub(super) fn read(head: &[Vec<String>], rows: &[Vec<String>]) -> Export {
    let header = head.len().saturating_sub(1);
    let column = |header: &String| match same(header).as_str() {
        "user-name" => Column::personal(header, "a name"),
        name if META.contains(&name) => Column::out(header, TOOL),
        _ => Column::asks(header, "", header),
    };
    let names = plain::names(&head[header..], rows);
    let columns = names.iter().map(column).collect();
    let mut export = Export::new(Tool::Eusurvey, columns, rows, |_| None);
    for at in 0..export.columns.len() {
        strip_codes(&mut export, at);
    }
    let date = names.iter().position(|name| same(name) == "creation-date");
    export.take_years(date);
    export
}

/// Takes the codes from behind the labels where every answer has one:
/// `high(S1_App_L1_4); low(S1_App_L1_1)`.
fn strip_codes(export: &mut Export, at: usize) {
    let strip = |cell: &str| -> Option<String> {
        let labels: Option<Vec<&str>> = cell.split(';').map(|part| coded(part.trim())).collect();
        labels.map(|labels| labels.join("; "))
    };
    let stripped: Option<Vec<String>> = export
        .rows
        .iter()
        .map(|row| if row[at].trim().is_empty() { Some(String::new()) } else { strip(&row[at]) })
        .collect();
    for (row, cell) in export.rows.iter_mut().zip(stripped.into_iter().flatten()) {
        row[at] = cell;
    }
}

/// The label before a code in brackets.
fn coded(answer: &str) -> Option<&str> {
    let (label, code) = answer.strip_suffix(')')?.rsplit_once('(')?;
    let is_code = |code: &str| {
        !code.is_empty()
            && code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
    };
    (is_code(code) && !label.trim().is_empty()).then(|| label.trim())
}
