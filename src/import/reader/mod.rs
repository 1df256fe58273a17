//! One reader for each tool: the records of a file → one neutral table.

mod eusurvey;
mod forms;
mod header;
mod headings;
mod kobo;
mod limesurvey;
mod named;
mod others;
mod plain;
mod qualtrics;
mod sosci;
mod strays;
mod surveymonkey;

pub(super) use surveymonkey::is_placeholder;

use super::Choices;
use super::export::Export;
use super::sheet::Sheet;
use super::tool::Tool;
use crate::diag::{Code, Diagnostic, Findings};

/// Reads `sheet` as an export of `tool`.
pub(super) fn read(
    tool: Tool,
    sheet: &Sheet,
    choices: &Choices,
    found: &mut Findings,
) -> Option<Export> {
    // Only a table of questions alone can do without a header.
    let least = usize::from(!matches!(tool, Tool::Plain | Tool::Spss | Tool::Google));
    let heads = choices.headers.map_or_else(
        || match tool {
            Tool::Qualtrics => qualtrics::header_rows(sheet),
            Tool::Surveymonkey => surveymonkey::header_rows(sheet),
            Tool::Framaforms => 3,
            Tool::Sosci => sosci::header_rows(sheet),
            Tool::Eusurvey => eusurvey::header_rows(sheet),
            // A data file names its variables.
            Tool::Spss if sheet.tool.is_some() => 1,
            Tool::Plain | Tool::Spss | Tool::Google => plain::header_rows(sheet),
            _ => 1,
        },
        |heads| heads.max(least),
    );
    if sheet.rows.len() <= heads {
        let message = format!("`{}` has a header (rows: {heads}) and no respondent", sheet.file);
        found.push(Diagnostic::error(Code::ImportNothingLeft, message).hint(
            "Export the answers again, or say how many header rows there are with `--headers`.",
        ));
        return None;
    }
    let (head, all) = sheet.rows.split_at(heads);
    let strays = strays::find(tool, head, all);
    let kept: Vec<Vec<String>>;
    let rows = if strays.is_empty() {
        all
    } else {
        let is_kept = |at: &usize| strays.iter().all(|(stray, _)| stray != at);
        kept = (0..all.len()).filter(is_kept).map(|at| all[at].clone()).collect();
        &kept
    };
    let mut export = match tool {
        Tool::Limesurvey => limesurvey::read(head, rows, choices),
        Tool::Qualtrics => qualtrics::read(head, rows, choices),
        Tool::Surveymonkey => surveymonkey::read(head, rows),
        Tool::Kobo | Tool::Odk => kobo::read(tool, head, rows, &sheet.file, found)?,
        Tool::Google => forms::google(head, rows),
        Tool::Microsoft => forms::microsoft(head, rows),
        Tool::Alchemer => others::alchemer(head, rows, choices),
        Tool::Framaforms => others::framaforms(head, rows, choices),
        Tool::Typeform => plain::typeform(head, rows),
        Tool::Eusurvey => eusurvey::read(head, rows),
        Tool::Sosci => sosci::read(head, rows, choices),
        Tool::Plain | Tool::Spss => plain::plain(head, rows),
    };
    export.records += strays.len();
    for (_, reason) in &strays {
        export.leave(reason);
    }
    Some(export)
}
