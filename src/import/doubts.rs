//! What is doubtful about an export, and what cannot be: names that it lacks,
//! names and spellings that come twice, respondents with several rows, nobody.

use std::collections::{BTreeMap, BTreeSet};

use super::Choices;
use super::export::{Column, Export, Part};
use super::question::{Kind, Question};
use super::text;
use crate::diag::{Code, Diagnostic, Findings, did_you_mean};
use crate::sources::decoded_twice;

/// Refuses names of columns to keep that are none.
pub(super) fn unknown_columns(export: &Export, choices: &Choices, found: &mut Findings) {
    for name in &choices.keep {
        let known = |column: &Column| &column.header == name || &column.code == name;
        if !export.columns.iter().any(known) {
            let headers = export.columns.iter().map(|column| column.header.as_str());
            found.push(
                Diagnostic::error(Code::ImportColumn, format!("the export has no column `{name}`"))
                    .hint_if(did_you_mean(name, headers)),
            );
        }
    }
}

/// Two columns of one name are told apart by their place.
pub(super) fn same_headers(export: &Export, found: &mut Findings) {
    let mut seen = BTreeSet::new();
    let mut told = BTreeSet::new();
    for column in export.columns.iter().filter(|column| column.part == Part::Answer) {
        if !seen.insert(&column.header) {
            told.insert(column.header.as_str());
        }
    }
    if !told.is_empty() {
        let names: Vec<String> = told.iter().map(|name| format!("`{name}`")).collect();
        found.push(
            Diagnostic::warning(Code::ImportHeaders, format!("several columns have the name {}", names.join(", ")))
                .hint("They are taken as different questions, by their place; look at their names in the codebook."),
        );
    }
}

/// A table with several rows of one respondent: each would count.
pub(super) fn repeats(export: &Export, found: &mut Findings) {
    const NAMES: [&str; 12] = [
        "respondent",
        "responder",
        "participant",
        "interviewee",
        "respondentid",
        "respondent-id",
        "participantid",
        "participant-id",
        "responseid",
        "response-id",
        "userid",
        "user-id",
    ];
    let named = |column: &Column| NAMES.contains(&text::same(&column.header).as_str());
    for at in (0..export.columns.len()).filter(|at| named(&export.columns[*at])) {
        let distinct: BTreeSet<&str> = export.cells(at).filter(|cell| !cell.is_empty()).collect();
        if 1 < distinct.len() && distinct.len() * 2 <= export.rows.len() {
            let (rows, name) = (export.rows.len(), &export.columns[at].header);
            found.push(
                Diagnostic::warning(
                    Code::ImportRepeat,
                    format!("`{name}` has {} values in {rows} rows: each row counts as a respondent", distinct.len()),
                )
                .hint("If respondents have several rows, one for each question or occasion, give a table with one row for each, or count the occasions."),
            );
        }
    }
}

/// Spellings that were taken for one option.
pub(super) fn spellings(export: &Export, questions: &[Question], found: &mut Findings) {
    for question in questions {
        if !matches!(question.kind, Kind::Single | Kind::Likert) {
            continue;
        }
        let [column] = question.columns[..] else { continue };
        let mut spellings: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for row in &export.rows {
            if !row[column].trim().is_empty() {
                spellings.entry(text::same(&row[column])).or_default().insert(&row[column]);
            }
        }
        for variants in spellings.values().filter(|variants| 1 < variants.len()) {
            let variants: Vec<String> = variants.iter().map(|text| format!("`{text}`")).collect();
            found.push(
                Diagnostic::warning(
                    Code::ImportSpelling,
                    format!("`{}`: {} count as one option", question.name, variants.join(", ")),
                )
                .hint("They differ by blanks, case, accents or signs; mend the export if they are two answers."),
            );
        }
    }
}

/// Says why no respondent is left.
pub(super) fn nothing_left(export: &Export, file: &str) -> Diagnostic {
    let message = format!(
        "`{file}`: none of {} rows is left: {}",
        export.records,
        export.reasons().join(", ")
    );
    let is_left = |words: [&str; 2]| {
        export.left.iter().any(|(reason, _)| words.iter().any(|word| reason.contains(word)))
    };
    let hint = match (is_left(["test", "preview"]), is_left(["finished", "draft"])) {
        (true, true) => "`--tests` keeps previews and tests, `--partial` unfinished responses.",
        (true, false) => "`--tests` keeps previews and tests.",
        (false, true) => "`--partial` keeps unfinished responses.",
        (false, false) => {
            "Look whether the export has the answers, and whether the header rows were told right (`--headers`)."
        }
    };
    Diagnostic::error(Code::ImportNothingLeft, message).hint(hint)
}

/// Words of the codebook that were decoded twice before they came here.
pub(super) fn warn_of_letters(files: &[(String, Vec<u8>)], found: &mut Findings) {
    let texts = files.iter().filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok());
    for text in texts {
        let Some(twice) = decoded_twice(text) else { continue };
        let message = twice.message(&text[twice.first.clone()]);
        found.push(Diagnostic::warning(Code::DecodedTwice, message).hint(
            "The export has it so: export again as UTF-8 and open it in no spreadsheet before, or mend the labels in the codebook.",
        ));
        return;
    }
}
