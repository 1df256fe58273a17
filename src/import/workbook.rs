//! The sheets of a workbook → records, with their rows. Cells have types
//! there: a date is a date.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};

use super::Choices;
use super::merged::{self, Region};
use super::sheet::{Sheet, without_titles};
use super::text::is_control;
use crate::diag::{Code, Diagnostic, Findings};

/// Reads the sheets of a form, else the sheet of the answers.
pub(super) fn read(
    file: &str,
    bytes: &[u8],
    choices: &Choices,
    found: &mut Findings,
) -> Vec<Sheet> {
    let mut refuse = |why: String| {
        found.push(
            Diagnostic::error(
                Code::ImportUnreadable,
                format!("`{file}` cannot be read as a workbook: {why}"),
            )
            .hint("Open it in a spreadsheet and save it again as `.xlsx`, or as CSV in UTF-8."),
        );
    };
    let mut book: Xlsx<_> = match Xlsx::new(Cursor::new(bytes)) {
        Ok(book) => book,
        Err(error) => {
            refuse(error.to_string());
            return vec![];
        }
    };
    let mut sheets: Vec<(Sheet, u32)> = vec![];
    for name in book.sheet_names() {
        match book.worksheet_range(&name) {
            Ok(range) => {
                let first = range.start().unwrap_or((0, 0));
                let sheet = sheet(file, name, &range, first.0 as usize);
                if !sheet.rows.is_empty() {
                    sheets.push((sheet, first.1));
                }
            }
            Err(error) => refuse(error.to_string()),
        }
    }
    if sheets.iter().any(|(sheet, _)| sheet.name == "survey") {
        return sheets.into_iter().map(|(sheet, _)| sheet).collect();
    }
    // Notes may stand before the answers; further tables are repeated groups.
    let is_table = |(sheet, _): &(Sheet, u32)| 2 < sheet.rows.len() && 1 < sheet.rows[0].len();
    let at = sheets.iter().position(is_table).unwrap_or(0);
    if sheets.is_empty() {
        return vec![];
    }
    let (mut answers, left) = sheets.remove(at);
    if !sheets.is_empty() {
        let names: Vec<String> =
            sheets.iter().map(|(sheet, _)| format!("`{}`", sheet.name)).collect();
        answers.how.push(format!(
            "not read: {} beside it; save it as a file of its own to import it",
            names.join(", ")
        ));
    }
    if choices.headers.is_none() {
        without_titles(&mut answers);
    }
    let cells = book.merge_cells_by_sheet_name(&answers.name).unwrap_or_default();
    let regions: Vec<Region> =
        cells.into_iter().filter_map(|cells| Region::new(cells, left)).collect();
    merged::fill(&mut answers, &regions, choices, found);
    vec![answers]
}

fn sheet(file: &str, name: String, range: &calamine::Range<Data>, first: usize) -> Sheet {
    let mut sheet = Sheet { file: file.to_owned(), name, ..Sheet::default() };
    for (at, row) in range.rows().enumerate() {
        if row.iter().all(|cell| matches!(cell, Data::Empty)) {
            sheet.blank += usize::from(!sheet.rows.is_empty());
            continue;
        }
        sheet.rows.push(row.iter().map(cell).collect());
        sheet.lines.push(first + at + 1);
    }
    sheet.how.push(format!("workbook: sheet `{}`", sheet.name));
    sheet
}

fn cell(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) => text.replace(is_control, ""),
        Data::DateTime(when) => date(when),
        Data::Bool(true) => "TRUE".to_owned(),
        Data::Bool(false) => "FALSE".to_owned(),
        other => other.to_string(),
    }
}

/// A date as ISO writes it.
fn date(date: &calamine::ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}
