//! CSV → cells with byte places; knows no question.
//!
//! A table is decoded once and its rows are read from that text into one
//! record that is used again for each: no cell is allocated. Where a cell
//! stands is worked out only for a complaint.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use csv::StringRecord;
use encoding_rs::UTF_16LE;
use rayon::prelude::*;

use super::encoding;
use crate::config::CsvSettings;
use crate::diag::{Code, Diagnostic, Findings, Place, SourceText, did_you_mean};
use crate::sources::Sources;

/// The delimiters that are looked for, the likelier first.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// Bytes of a large table that are read at a time. Not a share of the file: the
/// parts are the same however many threads there are.
const PART: usize = if cfg!(test) { 64 } else { 1 << 21 };

/// What a workbook begins with, whatever its name.
const WORKBOOK: &str = "PK\u{3}\u{4}";

/// A table with a header.
#[derive(Debug)]
pub(super) struct Table {
    source: Arc<SourceText>,
    /// Where the header starts: after a `sep=` line.
    start: usize,
    /// Where the rows start.
    body: usize,
    delimiter: u8,
    decimal: Option<char>,
    missing: Vec<String>,
    columns: Vec<String>,
}

/// One row of a table, valid until the next is read.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    table: &'r Table,
    record: &'r StringRecord,
    start: usize,
}

/// A number as a cell writes it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    /// Its value.
    pub(super) value: f64,
    /// The decimals that were written.
    pub(super) digits: u8,
}

impl Table {
    /// Reads a table of the report; `None` if there is no such file, or its
    /// rows cannot be read.
    pub(super) fn of(
        sources: &Sources,
        path: &str,
        settings: &CsvSettings,
        found: &mut Findings,
    ) -> Option<Self> {
        // UTF-16 without a mark may happen to be UTF-8 as well.
        match sources.shared(path).filter(|_| settings.encoding != Some(UTF_16LE)) {
            Some(source) => Self::new(source, settings, found),
            None => Self::read(path, sources.get(path)?, settings, found),
        }
    }

    /// Decodes a table and reads its header. Mistakes of the header and of
    /// the text as a whole are noted; `None` if rows cannot be read.
    pub(super) fn read(
        path: &str,
        bytes: &[u8],
        settings: &CsvSettings,
        found: &mut Findings,
    ) -> Option<Self> {
        if bytes.starts_with(WORKBOOK.as_bytes()) {
            found.push(workbook(path));
            return None;
        }
        let source = match encoding::decode(path, bytes, settings.encoding) {
            Ok(source) => source,
            Err(mistake) => {
                found.push(mistake);
                return None;
            }
        };
        Self::new(source, settings, found)
    }

    fn new(source: Arc<SourceText>, settings: &CsvSettings, found: &mut Findings) -> Option<Self> {
        if source.text().starts_with(WORKBOOK) {
            found.push(workbook(source.path()));
            return None;
        }
        if control_characters(&source, found) {
            return None;
        }
        let (start, announced) = announced(source.text());
        let delimiter = settings.delimiter.or(announced);
        let delimiter = delimiter.unwrap_or_else(|| sniff(&source.text()[start..]));
        let mut table = Self {
            source,
            start,
            body: start,
            delimiter,
            decimal: settings.decimal,
            missing: settings.missing.clone(),
            columns: vec![],
        };
        let mut header = StringRecord::new();
        let mut reader = table.reader(start..table.source.text().len());
        let is_there = matches!(reader.read_record(&mut header), Ok(true));
        let end = offset(reader.position());
        if !is_there {
            found.push(
                Diagnostic::error(
                    Code::EmptyTable,
                    format!("`{}` has no header", table.source.path()),
                )
                .at(Place::file(&table.source))
                .hint("Write the names of the columns in the first row."),
            );
            return None;
        }
        table.body += end;
        table.columns = header.iter().map(|name| name.trim().to_owned()).collect();
        let mut sound = true;
        for (at, name) in table.columns.iter().enumerate() {
            if !name.is_empty() && table.columns[..at].contains(name) {
                let message = format!("the column `{name}` is given twice");
                found.push(
                    Diagnostic::error(Code::DuplicateColumn, message).at(table.column_place(at)),
                );
                sound = false;
            }
        }
        sound.then_some(table)
    }

    /// The names of the columns, in file order.
    pub(super) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The place of a column by its name.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// The stretch of a column's name.
    pub(super) fn column_place(&self, column: usize) -> Place {
        self.cell_place(self.start, column)
    }

    /// The start of the file.
    pub(super) fn place(&self) -> Place {
        Place::file(&self.source)
    }

    /// Checks the names of the columns: every one of `required` is there, and
    /// there is none but those, the `optional` and what `accepted` takes.
    /// False if a required column is missing.
    pub(super) fn check_columns(
        &self,
        required: &[&str],
        optional: &[&str],
        accepted: impl Fn(&str) -> bool,
        found: &mut Findings,
    ) -> bool {
        let known = || required.iter().chain(optional).copied();
        let is_nameless = 1 < required.len()
            && 1 < self.columns.len()
            && !self.columns.iter().any(|name| known().any(|one| one == name) || accepted(name));
        if is_nameless {
            found.push(
                Diagnostic::error(Code::EmptyTable, "the first row does not name the columns")
                    .at(self.cell_place(self.start, 0))
                    .hint(format!("Put a row above it: `{}` …", required.join(","))),
            );
            return false;
        }
        for (at, name) in self.columns.iter().enumerate() {
            if name.is_empty() || known().any(|one| one == name) || accepted(name) {
                continue;
            }
            let free = known().filter(|one| self.column(one).is_none());
            found.push(
                Diagnostic::error(
                    Code::UnknownColumn,
                    format!("`{name}` is not a column of this table"),
                )
                .at(self.column_place(at))
                .hint_if(did_you_mean(name, free)),
            );
        }
        let missing: Vec<_> = required.iter().filter(|name| self.column(name).is_none()).collect();
        for name in &missing {
            let mut mistake =
                Diagnostic::error(Code::MissingColumn, format!("the column `{name}` is missing"))
                    .at(self.column_place(0));
            if let [only] = self.columns.as_slice() {
                mistake = mistake.hint(format!(
                    "The header was read as one column, `{only}`: say its `delimiter` under `[csv]` in `barometer.toml`."
                ));
            }
            found.push(mistake);
        }
        missing.is_empty()
    }

    /// Reads every row that has as many cells as the header; rows of empty
    /// cells are left out. The others are complained about.
    pub(super) fn each(
        &self,
        complaints: &mut Complaints,
        visit: impl FnMut(Row<'_>, &mut Complaints),
    ) {
        self.each_in(self.rows(), complaints, visit);
    }

    /// The stretch of all rows.
    pub(super) fn rows(&self) -> Range<usize> {
        self.body..self.source.text().len()
    }

    /// Cuts the rows into stretches that can be read apart. Between quotation
    /// marks a line break ends no row: a table with any is one stretch.
    pub(super) fn parts(&self) -> Vec<Range<usize>> {
        let text = self.source.text().as_bytes();
        let rows = self.rows();
        if rows.len() <= PART || memchr::memchr(b'"', &text[rows.clone()]).is_some() {
            return vec![rows];
        }
        let mut parts = vec![];
        let mut from = rows.start;
        while from < rows.end {
            let aim = (from + PART).min(rows.end);
            let end = memchr::memchr(b'\n', &text[aim..]).map_or(rows.end, |at| aim + at + 1);
            parts.push(from..end);
            from = end;
        }
        parts
    }

    /// Reads the rows of one stretch; see [`Self::each`].
    pub(super) fn each_in(
        &self,
        part: Range<usize>,
        complaints: &mut Complaints,
        mut visit: impl FnMut(Row<'_>, &mut Complaints),
    ) {
        let width = self.columns.len();
        let unnamed: Vec<usize> =
            (0..width).filter(|column| self.columns[*column].is_empty()).collect();
        let from = part.start;
        let mut reader = self.reader(part);
        let mut record = StringRecord::new();
        let mut last = (self.start, width);
        // The text is valid UTF-8 and the rows may have any length, so that
        // reading cannot fail.
        while let Ok(true) = reader.read_record(&mut record) {
            let start = from + record.position().map_or(0, offset);
            last = (start, record.len());
            if record.iter().all(str::is_empty) {
                continue;
            }
            let row = Row { table: self, record: &record, start };
            if record.len() < width || record.iter().skip(width).any(|cell| !cell.is_empty()) {
                complaints.push(Code::RaggedRow, 0, || ragged(row));
                continue;
            }
            for column in &unnamed {
                if !row.text(*column).is_empty() {
                    complaints.push(Code::UnknownColumn, *column, || {
                        Diagnostic::error(Code::UnknownColumn, "a cell in a column without a name")
                            .at(row.place(*column))
                            .hint("Name the column in the first row, or empty the cell.")
                    });
                }
            }
            visit(row, complaints);
        }
        self.check_last_quote(last, complaints);
    }

    /// A quotation mark that is never closed swallows the rest of the file,
    /// which the reader takes without a word.
    fn check_last_quote(&self, (start, cells): (usize, usize), complaints: &mut Complaints) {
        let text = self.source.text().as_bytes();
        let mut at = self.first_cell(start);
        for _ in 0..cells {
            let (end, closed) = cell_end(text, at, self.delimiter);
            if !closed {
                complaints.push(Code::UnclosedQuote, 0, || {
                    Diagnostic::error(Code::UnclosedQuote, "a quotation mark that is never closed")
                        .at(Place::new(&self.source, at..at + 1))
                        .hint("Close the cell with `\"`; write a quotation mark inside a cell twice: `\"\"`.")
                });
            }
            at = end + 1;
        }
    }

    fn reader(&self, part: Range<usize>) -> csv::Reader<&[u8]> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(&self.source.text().as_bytes()[part])
    }

    /// Records are placed at the line break before them when lines end in
    /// two characters or are blank.
    fn first_cell(&self, start: usize) -> usize {
        let text = self.source.text().as_bytes();
        start + text[start..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count()
    }

    fn cell_place(&self, start: usize, column: usize) -> Place {
        let text = self.source.text().as_bytes();
        let mut at = self.first_cell(start);
        for _ in 0..column {
            let (end, _) = cell_end(text, at, self.delimiter);
            if text.get(end) != Some(&self.delimiter) {
                break;
            }
            at = end + 1;
        }
        let (end, _) = cell_end(text, at, self.delimiter);
        // An empty cell is shown by the delimiter before it.
        let from = if at == end && 0 < column { at.saturating_sub(1) } else { at };
        Place::new(&self.source, from..end)
    }
}

impl<'r> Row<'r> {
    /// The text of a cell without the blanks around it; empty for the
    /// spellings of an empty cell.
    pub(super) fn text(&self, column: usize) -> &'r str {
        let text = self.record.get(column).unwrap_or_default();
        // Looking for blanks decodes characters; most cells start and end
        // with one that is none.
        let text = match text.as_bytes() {
            [one] if one.is_ascii_graphic() => text,
            [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
            _ => text.trim(),
        };
        if self.table.missing.iter().any(|missing| missing == text) { "" } else { text }
    }

    /// The text of a cell whose column may not exist, if it is not empty.
    pub(super) fn filled(&self, column: Option<usize>) -> Option<&'r str> {
        column.map(|column| self.text(column)).filter(|text| !text.is_empty())
    }

    /// The stretch of a cell.
    pub(super) fn place(&self, column: usize) -> Place {
        self.table.cell_place(self.start, column)
    }

    /// The stretch of the whole row.
    pub(super) fn whole(&self) -> Place {
        let text = self.table.source.text().as_bytes();
        let start = self.table.first_cell(self.start);
        let mut end = start;
        for column in 0..self.record.len() {
            end = cell_end(text, end + usize::from(0 < column), self.table.delimiter).0;
        }
        Place::new(&self.table.source, start..end)
    }

    /// The number in a cell; `None` if it is empty. What is not a number is
    /// complained about.
    pub(super) fn number(&self, column: usize, complaints: &mut Complaints) -> Option<Number> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let number = number(text, self.table.decimals());
        if number.is_none() {
            complaints.push(Code::BadNumber, column, || {
                Diagnostic::error(Code::BadNumber, format!("`{text}` is not a number"))
                    .at(self.place(column))
                    .hint_if(self.number_hint(text))
            });
        }
        number
    }

    /// The whole number from 0 in a cell; `None` if it is empty.
    pub(super) fn count(&self, column: usize, complaints: &mut Complaints) -> Option<u64> {
        let number = self.number(column, complaints)?;
        let text = self.text(column);
        let count = text.parse().ok();
        if count.is_none() {
            complaints.push(Code::BadNumber, column, || {
                Diagnostic::error(
                    Code::BadNumber,
                    format!("`{}` is not a whole number from 0", number.value),
                )
                .at(self.place(column))
            });
        }
        count
    }

    /// The text of a cell that must not be empty.
    pub(super) fn needed(&self, column: usize, complaints: &mut Complaints) -> Option<&'r str> {
        let text = self.text(column);
        if text.is_empty() {
            let name = &self.table.columns[column];
            complaints.push(Code::EmptyCell, column, || {
                Diagnostic::error(Code::EmptyCell, format!("`{name}` is empty"))
                    .at(self.place(column))
            });
        }
        (!text.is_empty()).then_some(text)
    }

    fn number_hint(&self, text: &str) -> Option<String> {
        if let Some(bare) = text.strip_suffix('%').map(str::trim) {
            return number(bare, self.table.decimals())
                .map(|_| format!("Write `{bare}`: the unit has its own column."));
        }
        if let Some(decimal) = [',', '.'].into_iter().find(|sign| number(text, &[*sign]).is_some())
        {
            return Some(format!(
                "If the file writes decimals so, say `decimal = \"{decimal}\"` under `[csv]` in `barometer.toml`."
            ));
        }
        let bare: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\'').collect();
        number(&bare, self.table.decimals())
            .map(|_| format!("Write it without separators: `{bare}`."))
    }
}

impl Table {
    /// The decimal signs that a number may have: the one of the settings; else
    /// a point, and a comma where no comma separates cells.
    fn decimals(&self) -> &'static [char] {
        match (self.decimal, self.delimiter) {
            (Some(','), _) => &[','],
            (Some(_), _) | (None, b',') => &['.'],
            (None, _) => &['.', ','],
        }
    }
}

/// Reads `-12`, `3.64`, `3,64`: no blanks, no exponents, no separators of
/// thousands.
fn number(text: &str, decimals: &[char]) -> Option<Number> {
    let bare = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = match bare.split_once(decimals) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (bare, None),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !fraction.is_none_or(digits) {
        return None;
    }
    let value = match fraction {
        None => text.parse().ok()?,
        Some(_) if !text.contains(',') => text.parse().ok()?,
        Some(fraction) => {
            let sign = if text.starts_with('-') { "-" } else { "" };
            format!("{sign}{whole}.{fraction}").parse().ok()?
        }
    };
    Some(Number { value, digits: u8::try_from(fraction.map_or(0, str::len)).ok()? })
}

fn offset(position: &csv::Position) -> usize {
    usize::try_from(position.byte()).expect("the text is in memory")
}

/// Where the cell that starts at `at` ends, and whether its quotation marks
/// are closed. The rules are those of the reader.
fn cell_end(text: &[u8], at: usize, delimiter: u8) -> (usize, bool) {
    let mut at = at.min(text.len());
    let mut closed = true;
    if text.get(at) == Some(&b'"') {
        closed = false;
        at += 1;
        while at < text.len() {
            if text[at] != b'"' {
                at += 1;
            } else if text.get(at + 1) == Some(&b'"') {
                at += 2;
            } else {
                at += 1;
                closed = true;
                break;
            }
        }
    }
    let rest = text[at.min(text.len())..]
        .iter()
        .take_while(|byte| **byte != delimiter && !matches!(byte, b'\r' | b'\n'));
    (at + rest.count(), closed)
}

/// Reads the line `sep=;` that some spreadsheets put before the header.
fn announced(text: &str) -> (usize, Option<u8>) {
    let line = text.lines().next().unwrap_or_default();
    let sign = line.trim_matches('"').strip_prefix("sep=").map(str::as_bytes);
    match sign {
        Some([delimiter]) if DELIMITERS.contains(delimiter) => {
            let rest = &text.as_bytes()[line.len()..];
            let end = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            (line.len() + end, Some(*delimiter))
        }
        _ => (0, None),
    }
}

/// The delimiter that stands most often in the header outside quotation marks.
fn sniff(text: &str) -> u8 {
    let mut counts = [0_usize; DELIMITERS.len()];
    let mut quoted = false;
    for byte in text.trim_start_matches(['\r', '\n']).bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\r' | b'\n' if !quoted => break,
            _ if !quoted => {
                if let Some(at) = DELIMITERS.iter().position(|delimiter| *delimiter == byte) {
                    counts[at] += 1;
                }
            }
            _ => {}
        }
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    let at = counts.iter().position(|count| *count == most).unwrap_or_default();
    DELIMITERS[at]
}

/// Notes the first control character; true if there is one.
fn control_characters(source: &Arc<SourceText>, found: &mut Findings) -> bool {
    let control =
        |byte: &u8| (*byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || *byte == 0x7F;
    let bytes = source.text().as_bytes();
    // Counting has no way out, which lets the machine take many bytes at once.
    let parts = bytes.par_chunks(PART).enumerate();
    let first = parts.find_first(|(_, part)| part.iter().filter(|byte| control(byte)).count() > 0);
    let within = first.and_then(|(at, part)| Some(at * PART + part.iter().position(control)?));
    let Some(at) = within else { return false };
    let byte = source.text().as_bytes()[at];
    let name = if byte == 0 {
        "a NUL character".to_owned()
    } else {
        format!("the control character U+{byte:04X}")
    };
    found.push(
        Diagnostic::error(Code::ControlCharacter, name).at(Place::new(source, at..at + 1)).hint(
            "Remove it; if there are many, the file may be in another encoding than it says.",
        ),
    );
    true
}

fn workbook(path: &str) -> Diagnostic {
    let message = format!("`{path}` is a workbook of a spreadsheet, not a CSV file");
    Diagnostic::error(Code::InvalidEncoding, message)
        .at(Place::file(&SourceText::new(path, String::new())))
        .hint("Save the sheet as CSV (UTF-8), or read the workbook with `barometer import`.")
}

fn ragged(row: Row<'_>) -> Diagnostic {
    let (cells, width) = (row.record.len(), row.table.columns.len());
    let hint = if cells < width {
        "Add the delimiters that are missing, or a quotation mark that opens too late."
    } else {
        "Put cells that contain the delimiter between quotation marks."
    };
    Diagnostic::error(Code::RaggedRow, format!("a row of {cells} cells under a header of {width}"))
        .at(row.whole())
        .hint(hint)
}

/// The complaints about one table: many of one kind about one column become
/// one that says where the first are.
#[derive(Debug, Clone, Default)]
pub(super) struct Complaints(BTreeMap<(Code, usize), Pile>);

#[derive(Debug, Clone, Default)]
struct Pile {
    first: Vec<Diagnostic>,
    count: usize,
}

impl Complaints {
    /// How many of one kind about one column are told apart.
    const SHOWN: usize = 5;

    /// Notes a complaint about a column. `make` is called for the first few
    /// alone: a file with a million bad cells costs a million counts.
    pub(super) fn push(&mut self, code: Code, column: usize, make: impl FnOnce() -> Diagnostic) {
        let pile = self.0.entry((code, column)).or_default();
        pile.count += 1;
        if pile.first.len() < Self::SHOWN {
            pile.first.push(make());
        }
    }

    /// Adds what is wrong with the rows that follow.
    pub(super) fn append(&mut self, next: Self) {
        for (key, next) in next.0 {
            let pile = self.0.entry(key).or_default();
            pile.count += next.count;
            pile.first.extend(next.first);
            pile.first.truncate(Self::SHOWN);
        }
    }

    /// Whether something of one kind was noted.
    pub(super) fn has(&self, code: Code) -> bool {
        self.0.keys().any(|(known, _)| *known == code)
    }

    /// Whether nothing is wrong.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Hands the complaints over.
    pub(super) fn settle(self, found: &mut Findings) {
        for Pile { mut first, count } in self.0.into_values() {
            if count <= Self::SHOWN {
                found.extend(first);
                continue;
            }
            let lines: Vec<String> = first
                .iter()
                .filter_map(Diagnostic::place)
                .map(|place| place.start().line.to_string())
                .collect();
            let lead = first.swap_remove(0);
            found.push(lead.hint(format!(
                "There are {count} like this in the column, the first in lines {}.",
                lines.join(", ")
            )));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Position;

    fn table(text: &str) -> Table {
        let mut found = Findings::default();
        let table = Table::read("a.csv", text.as_bytes(), &CsvSettings::default(), &mut found);
        assert!(found.settle(()).is_ok());
        table.unwrap()
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        let table = table(text);
        let mut rows = vec![];
        table.each(&mut Complaints::default(), |row, _| {
            rows.push((0..table.columns.len()).map(|at| row.text(at).to_owned()).collect());
        });
        rows
    }

    fn complaints(text: &str) -> Vec<String> {
        let mut found = Findings::default();
        let table = Table::read("a.csv", text.as_bytes(), &CsvSettings::default(), &mut found);
        if let Some(table) = table {
            let mut complaints = Complaints::default();
            table.each(&mut complaints, |row, complaints| {
                row.number(table.columns.len() - 1, complaints);
            });
            complaints.settle(&mut found);
        }
        let mistakes = found.fail::<()>().unwrap_err();
        let line = |one: &Diagnostic| {
            let at = one.place().unwrap().start();
            format!("{}:{} {} {}", at.line, at.column, one.code().id(), one.message())
        };
        mistakes.all().iter().map(line).collect()
    }

    #[test]
    fn the_delimiter_is_the_one_of_the_header() {
        for text in
            ["a,b\n1,2\n", "a;b\n1;2\n", "a\tb\n1\t2\n", "\"a,x\";b\n1;2\n", "sep=;\na;b\n1;2\n"]
        {
            assert_eq!(cells(text), [["1", "2"]], "{text}");
        }
    }

    #[test]
    fn lines_end_in_any_way() {
        for text in [
            "a,b\r\n1,2\r\n3,4\r\n",
            "a,b\r1,2\r3,4",
            "a,b\n\n1,2\n3,4\n\n\n",
            "a,b\n1,2\n,\n3,4\n",
        ] {
            assert_eq!(cells(text), [["1", "2"], ["3", "4"]], "{text:?}");
        }
    }

    #[test]
    fn cells_between_quotation_marks_may_break_lines() {
        assert_eq!(cells("a,b\n\"1\n\"\"x\"\"\",2\n"), [["1\n\"x\"", "2"]]);
    }

    #[test]
    fn a_cell_has_its_place_after_any_line_break() {
        for break_ in ["\n", "\r\n"] {
            let text = ["a,b", "\"é,é\",5", "", "x,y"].join(break_);

            let table = table(&text);
            let mut places = vec![];
            table.each(&mut Complaints::default(), |row, _| {
                places.push((row.place(0), row.place(1)));
            });

            assert_eq!(places[0].0.start(), Position { line: 2, column: 1 });
            assert_eq!(places[0].1.start(), Position { line: 2, column: 7 });
            assert_eq!(places[1].1.start(), Position { line: 4, column: 3 });
            assert_eq!(table.column_place(1).start(), Position { line: 1, column: 3 });
        }
    }

    #[test]
    fn rows_of_another_length_are_shown() {
        assert_eq!(
            complaints("a,b\n1\n1,2,3\n1,2,,\n"),
            [
                "2:1 B102 a row of 1 cells under a header of 2",
                "3:1 B102 a row of 3 cells under a header of 2",
            ]
        );
    }

    #[test]
    fn an_open_quotation_mark_is_found() {
        assert_eq!(
            complaints("a,b\n1,2\n3,\"4\n5,6\n"),
            ["3:3 B109 `4\n5,6` is not a number", "3:3 B110 a quotation mark that is never closed",]
        );
    }

    #[test]
    fn control_characters_are_found() {
        assert_eq!(complaints("a,b\n1,\0\n"), ["2:3 B107 a NUL character"]);
    }

    #[test]
    fn a_column_stands_once() {
        assert_eq!(complaints("a,b,a\n"), ["1:5 B105 the column `a` is given twice"]);
    }

    #[test]
    fn an_empty_file_has_no_header() {
        assert_eq!(complaints("\n"), ["1:1 B108 `a.csv` has no header"]);
    }

    #[test]
    fn many_equal_complaints_become_one() {
        let rows: Vec<String> = (0..40).map(|row| format!("{row},x{row}")).collect();
        let text = format!("a,b\n{}\n", rows.join("\n"));

        let mut found = Findings::default();
        let table = table(&text);
        let mut complaints = Complaints::default();
        table.each(&mut complaints, |row, complaints| {
            row.number(1, complaints);
        });
        complaints.settle(&mut found);

        let mistakes = found.fail::<()>().unwrap_err();
        assert_eq!(mistakes.all().len(), 1);
        assert_eq!(mistakes.all()[0].message(), "`x0` is not a number");
        assert_eq!(
            mistakes.all()[0].hints(),
            ["There are 40 like this in the column, the first in lines 2, 3, 4, 5, 6."]
        );
    }

    #[test]
    fn numbers_keep_the_decimals_that_were_written() {
        let read = |text| number(text, &['.']).map(|number| (number.value, number.digits));

        assert_eq!(read("4.80"), Some((4.8, 2)));
        assert_eq!(read("-0.5"), Some((-0.5, 1)));
        assert_eq!(read("44"), Some((44.0, 0)));
        for text in ["", "4.", ".5", "1e3", "inf", "NaN", "1,000", "1 000", "--1", "4.8.0"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_comma_is_a_decimal_sign_where_it_does_not_separate_cells() {
        assert_eq!(complaints("a,b\n1,\"3,64\"\n"), ["2:3 B109 `3,64` is not a number"]);

        let table = table("a;b\n1;3,64\n");
        table.each(&mut Complaints::default(), |row, complaints| {
            assert_eq!(row.number(1, complaints), Some(Number { value: 3.64, digits: 2 }));
        });
    }
}
