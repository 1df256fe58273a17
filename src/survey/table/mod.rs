//! CSV → cells with byte places; knows no question.
//!
//! A table is decoded once and its rows are read from that text into one
//! record that is used again for each: no cell is allocated. Where a cell
//! stands is worked out only for a complaint.

mod cell;
mod complaints;
mod number;
mod opening;
mod row;
mod rows;

use std::ops::Range;
use std::sync::Arc;

use csv::StringRecord;
use encoding_rs::UTF_16LE;

use self::cell::{cell_end, offset, trimmed};
pub(super) use self::complaints::Complaints;
use self::opening::{OLD_WORKBOOK, WORKBOOK, announced, control_characters, sniff, workbook};
pub(super) use self::row::Row;
use super::encoding;
use crate::config::CsvSettings;
use crate::diag::{Code, Diagnostic, Findings, Place, SourceText, did_you_mean, nearest};
use crate::sources::{Sources, warning_of_twice};

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
    /// The names that two columns have, which was told.
    doubled: Vec<String>,
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
        if bytes.starts_with(WORKBOOK.as_bytes()) || bytes.starts_with(OLD_WORKBOOK) {
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
            doubled: vec![],
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
        table.columns = header.iter().map(|name| trimmed(name).to_owned()).collect();
        for (at, name) in table.columns.iter().enumerate() {
            if !name.is_empty() && table.columns[..at].contains(name) {
                let message = format!("the column `{name}` is given twice");
                found.push(
                    Diagnostic::error(Code::DuplicateColumn, message).at(table.column_place(at)),
                );
                table.doubled.push(name.clone());
            }
        }
        Some(table)
    }

    /// Whether each name stands over one column.
    pub(super) fn has_one_of_each(&self) -> bool {
        self.doubled.is_empty()
    }

    /// Warns of letters that were decoded twice: they would be shown.
    pub(super) fn check_letters(&self, found: &mut Findings) {
        found.extend(warning_of_twice(&self.source));
    }

    /// The names of the columns, in file order.
    pub(super) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The place of a column by its name. Which of two is meant is not known.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        let at = self.columns.iter().position(|column| column == name)?;
        (!self.doubled.iter().any(|doubled| doubled == name)).then_some(at)
    }

    /// The place of a column that must be there. Where it is missing, which
    /// [`Self::check_columns`] tells, it is a place beyond all cells: they are
    /// empty and nobody misses them, so that the other cells can be read.
    pub(super) fn needed(&self, name: &str) -> usize {
        self.column(name).unwrap_or(self.columns.len())
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
    /// False if it has no names of columns: then there is nothing to read.
    pub(super) fn check_columns(
        &self,
        required: &[&str],
        optional: &[&str],
        accepted: impl Fn(&str) -> bool,
        found: &mut Findings,
    ) -> bool {
        let known = || required.iter().chain(optional).copied();
        let is_known = |name: &str| known().any(|one| one == name) || accepted(name);
        if let Some(refused) = self.refused_header(required, is_known) {
            found.push(refused);
            return false;
        }
        let mut misspelt = vec![];
        for (at, name) in self.columns.iter().enumerate() {
            if name.is_empty() || is_known(name) {
                continue;
            }
            let free = known().filter(|one| self.column(one).is_none());
            misspelt.extend(nearest(name, free.clone()));
            found.push(
                Diagnostic::error(
                    Code::UnknownColumn,
                    format!("`{name}` is not a column of this table"),
                )
                .at(self.column_place(at))
                .hint_if(did_you_mean(name, free)),
            );
        }
        // One of two columns with one name may be the one that is missing.
        let is_missing = |name: &&&str| {
            self.has_one_of_each() && self.column(name).is_none() && !misspelt.contains(name)
        };
        for name in required.iter().filter(is_missing) {
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
        true
    }

    /// Says why the first row is no header of this table, where it is none.
    fn refused_header(
        &self,
        required: &[&str],
        is_known: impl Fn(&str) -> bool,
    ) -> Option<Diagnostic> {
        let is_nameless = 1 < required.len()
            && 1 < self.columns.len()
            && !self.columns.iter().any(|name| is_known(name));
        if is_nameless {
            return Some(
                Diagnostic::error(Code::EmptyTable, "the first row does not name the columns")
                    .at(self.cell_place(self.start, 0))
                    .hint(format!("Put a row above it: `{}` …", required.join(","))),
            );
        }
        let [only] = self.columns.as_slice() else { return None };
        let is_several = 2 < required.len() || only.contains([';', ',', '|', '\t', '<']);
        if !is_several || is_known(only) {
            return None;
        }
        let sign = only.chars().find(|c| ";,|\t:".contains(*c));
        let hint = match sign {
            Some(sign @ (';' | ',' | '\t')) => format!(
                "Its cells seem to stand between `{sign}`: say `delimiter = \"{sign}\"` under `[csv]` in `barometer.toml`, or mend the line `sep=` above."
            ),
            _ => format!("Save the table as CSV with commas: `{}` …", required.join(",")),
        };
        Some(
            Diagnostic::error(Code::EmptyTable, "the header is one column")
                .at(self.column_place(0))
                .hint(hint),
        )
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
    fn a_mark_that_nobody_sees_is_an_empty_cell() {
        let table = table("a,b\nx,\u{FEFF} \n");
        let (mut complaints, mut found) = (Complaints::default(), Findings::default());
        table.each(&mut complaints, |row, complaints| {
            row.needed(1, complaints);
        });
        complaints.settle(&mut found);

        let mistakes = found.fail::<()>().unwrap_err();
        assert_eq!(mistakes.all()[0].message(), "`b` is empty");
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
            [
                Code::BadNumber.help(),
                "There are 40 like this in the column, the first in lines 2, 3, 4, 5, 6."
            ]
        );
    }

    #[test]
    fn a_comma_is_a_decimal_sign_where_it_does_not_separate_cells() {
        assert_eq!(complaints("a,b\n1,\"3,64\"\n"), ["2:3 B109 `3,64` is not a number"]);

        let table = table("a;b\n1;3,64\n");
        table.each(&mut Complaints::default(), |row, complaints| {
            assert_eq!(row.number(1, complaints).map(|number| number.value), Some(3.64));
        });
    }
}
