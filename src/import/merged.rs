//! Cells that a workbook joins: only the first of them holds the text, and
//! the blanks beside and below it are no missing answers.

use std::collections::BTreeSet;

use super::Choices;
use super::sheet::{Sheet, filled};
use super::text::number;
use crate::diag::{Code, Diagnostic, Findings};

/// Cells that are one; the last row and column included.
#[derive(Debug, Clone, Copy)]
pub(super) struct Region {
    /// The rows of the sheet, from 1.
    rows: (usize, usize),
    /// The columns of the records, from 0.
    columns: (usize, usize),
    /// How many columns of the sheet stand before the records.
    left: usize,
}

impl Region {
    /// `None` for cells left of the records.
    pub(super) fn new(cells: calamine::Dimensions, left: u32) -> Option<Self> {
        let column = |at: u32| at.checked_sub(left).map(|at| at as usize);
        Some(Self {
            rows: (cells.start.0 as usize + 1, cells.end.0 as usize + 1),
            columns: (column(cells.start.1)?, column(cells.end.1)?),
            left: left as usize,
        })
    }

    fn is_wide(&self) -> bool {
        self.columns.0 < self.columns.1
    }

    fn is_high(&self) -> bool {
        self.rows.0 < self.rows.1
    }

    /// `C7:E7`, as a spreadsheet names it.
    fn name(&self) -> String {
        let column = |at: usize| letters(at + self.left);
        format!(
            "{}{}:{}{}",
            column(self.columns.0),
            self.rows.0,
            column(self.columns.1),
            self.rows.1
        )
    }
}

/// `A`, `B` … `Z`, `AA`
fn letters(column: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(column % 26).unwrap_or_default());
    if column < 26 { letter.into() } else { format!("{}{letter}", letters(column / 26 - 1)) }
}

/// Writes what joined cells hold where it holds: a heading over each of its
/// columns, an answer in each of its rows. A title over the table is no row.
pub(super) fn fill(sheet: &mut Sheet, regions: &[Region], choices: &Choices, found: &mut Findings) {
    if regions.is_empty() {
        return;
    }
    without_titles(sheet, regions);
    let heads = heads(sheet, regions, choices);
    let last = sheet.lines.get(heads.max(1) - 1).copied().unwrap_or_default();
    if 0 < heads {
        join_heads(sheet, regions, heads);
    }
    let body: Vec<&Region> = regions.iter().filter(|region| last < region.rows.0).collect();
    down(sheet, &body, found);
    beside(sheet, &body, found);
}

/// Takes away the rows above the table that hold one text over all columns.
fn without_titles(sheet: &mut Sheet, regions: &[Region]) {
    while 2 < sheet.rows.len() {
        let (line, row) = (sheet.lines[0], &sheet.rows[0]);
        let is_title =
            |region: &Region| region.is_wide() && region.rows.0 == line && region.columns.0 == 0;
        if filled(row) != 1 || row[0].trim().is_empty() || !regions.iter().any(is_title) {
            return;
        }
        sheet.take_titles(1);
    }
}

/// How many header rows the joined cells make one of: 0 where they tell
/// nothing, or where a tool writes its two rows so.
fn heads(sheet: &Sheet, regions: &[Region], choices: &Choices) -> usize {
    const MOST: usize = 4;
    let [first, second, _, ..] = &sheet.rows[..] else { return 0 };
    let top: Vec<&Region> =
        regions.iter().filter(|region| region.rows.0 == sheet.lines[0]).collect();
    let placed = second.iter().any(|cell| super::reader::is_placeholder(cell));
    if top.is_empty() || placed || filled(first) == 0 {
        return 0;
    }
    if let Some(told) = choices.headers {
        return told.min(sheet.rows.len() - 1);
    }
    let lowest = top.iter().filter(|region| region.is_high()).map(|region| region.rows.1).max();
    if let Some(lowest) = lowest {
        let rows = sheet.lines.iter().filter(|line| **line <= lowest).count();
        return if rows <= MOST.min(sheet.rows.len() - 1) { rows } else { 1 };
    }
    let inside = |at: usize| {
        top.iter()
            .any(|region| region.is_wide() && (region.columns.0..=region.columns.1).contains(&at))
    };
    let lines: Vec<&str> =
        (0..second.len()).filter(|at| inside(*at)).map(|at| second[at].trim()).collect();
    let distinct: BTreeSet<&&str> = lines.iter().collect();
    let worded = |cell: &&str| !cell.is_empty() && number(cell).is_none();
    let named = lines.iter().all(worded) && distinct.len() == lines.len();
    let alone = (0..second.len()).filter(|at| !inside(*at)).all(|at| second[at].trim().is_empty());
    if named && alone { 2 } else { 1 }
}

/// Makes one header of several rows: `Question [Line]` for each column.
fn join_heads(sheet: &mut Sheet, regions: &[Region], heads: usize) {
    let lines = sheet.lines[..heads].to_vec();
    let of_a_head = |region: &&Region| lines.contains(&region.rows.0);
    for region in regions.iter().filter(of_a_head) {
        let at = lines.iter().position(|line| *line == region.rows.0).unwrap_or_default();
        let text = sheet.rows[at].get(region.columns.0).cloned().unwrap_or_default();
        for (row, line) in sheet.rows.iter_mut().zip(&lines) {
            let columns = region.columns.0..row.len().min(region.columns.1 + 1);
            let is_inside = (region.rows.0..=region.rows.1).contains(line);
            // Blanks that are joined may lie beside the table.
            if let Some(cells) = row.get_mut(columns).filter(|_| is_inside) {
                cells.fill(text.clone());
            }
        }
    }
    let width = sheet.rows[0].len();
    let heading = |at: usize| {
        let mut parts: Vec<&str> = sheet.rows[..heads].iter().map(|row| row[at].trim()).collect();
        parts.retain(|part| !part.is_empty());
        parts.dedup();
        match &parts[..] {
            [] => String::new(),
            [only] => (*only).to_owned(),
            [above @ .., line] => format!("{} [{line}]", above.join(" – ")),
        }
    };
    let header: Vec<String> = (0..width).map(heading).collect();
    sheet.how.push(if heads == 1 {
        "merged: a heading over several columns is that of each".to_owned()
    } else {
        format!("merged: {heads} header rows are read as one, `Question [Line]`")
    });
    sheet.rows.splice(..heads, [header]);
    sheet.lines.splice(..heads, [lines[0]]);
}

/// Writes an answer into each of the rows that its cell goes down.
fn down(sheet: &mut Sheet, body: &[&Region], found: &mut Findings) {
    let mut written = 0;
    let mut values: BTreeSet<(usize, String)> = BTreeSet::new();
    let high: Vec<&&Region> = body.iter().filter(|region| region.is_high()).collect();
    for region in &high {
        let column = region.columns.0;
        let inside = |line: &usize| (region.rows.0..=region.rows.1).contains(line);
        let rows: Vec<usize> =
            (0..sheet.rows.len()).filter(|at| inside(&sheet.lines[*at])).collect();
        let [first, below @ ..] = &rows[..] else { continue };
        let Some(text) =
            sheet.rows[*first].get(column).filter(|text| !text.trim().is_empty()).cloned()
        else {
            continue;
        };
        for at in below {
            sheet.rows[*at][column].clone_from(&text);
            written += 1;
        }
        values.insert((column, text));
    }
    if 0 < written {
        sheet.how.push(format!(
            "merged: {} answers go down several rows and hold for each ({written} cells filled)",
            high.len()
        ));
    }
    // A name or a number for each of many groups of rows tells respondents.
    let own = |column: usize| {
        let all: BTreeSet<&str> = sheet
            .rows
            .iter()
            .skip(1)
            .filter_map(|row| row.get(column))
            .map(|cell| cell.trim())
            .collect();
        let joined = values.iter().filter(|(at, _)| *at == column).count();
        12 <= joined && all.len() == high.iter().filter(|region| region.columns.0 == column).count()
    };
    let columns: BTreeSet<usize> = values.iter().map(|(column, _)| *column).collect();
    if let Some(column) = columns.into_iter().find(|column| own(*column)) {
        let name = sheet.rows[0].get(column).map_or("", |name| name.trim());
        found.push(
            Diagnostic::warning(
                Code::ImportRepeat,
                format!("`{name}` in `{}` has merged cells that go down several rows: each row counts as a respondent", sheet.file),
            )
            .hint("If a respondent has several rows, one for each person or occasion, give a table with one row for each respondent."),
        );
    }
}

/// Takes out rows that are headings between respondents, and tells answers
/// that go over several questions.
fn beside(sheet: &mut Sheet, body: &[&Region], found: &mut Findings) {
    let mut titles = vec![];
    let mut told = vec![];
    for region in body.iter().filter(|region| region.is_wide()) {
        let Ok(at) = sheet.lines.binary_search(&region.rows.0) else { continue };
        let row = &sheet.rows[at];
        if filled(row) == 1 && region.columns.0 == 0 && row.len() <= (region.columns.1 + 1) * 2 {
            titles.push(region.rows.0);
        } else if row.get(region.columns.0).is_some_and(|cell| !cell.trim().is_empty()) {
            told.push(region.name());
        }
    }
    if !titles.is_empty() {
        let names: Vec<String> = titles.iter().map(usize::to_string).collect();
        sheet.how.push(format!(
            "headings: rows {} are titles between the answers, no respondents",
            names.join(", ")
        ));
        let kept = |at: &usize| !titles.contains(&sheet.lines[*at]);
        let places: Vec<usize> = (0..sheet.rows.len()).filter(kept).collect();
        sheet.rows = places.iter().map(|at| std::mem::take(&mut sheet.rows[*at])).collect();
        sheet.lines = places.iter().map(|at| sheet.lines[*at]).collect();
    }
    if !told.is_empty() {
        let more = told.len().saturating_sub(8);
        let names =
            told.iter().take(8).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let rest = if 0 < more { format!(" and {more} more") } else { String::new() };
        found.push(
            Diagnostic::warning(
                Code::ImportMerged,
                format!("sheet `{}` of `{}`: {names}{rest}: one answer over several columns counts for the first alone", sheet.name, sheet.file),
            )
            .hint("If it answers each of these questions, unmerge the cells and write it into each; else leave it."),
        );
    }
}
