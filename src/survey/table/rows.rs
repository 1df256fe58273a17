//! The rows of a table, one after the other or in parts at the same time.

use std::ops::Range;

use csv::StringRecord;

use super::cell::{cell_end, offset};
use super::{Complaints, Row, Table};
use crate::diag::{Code, Diagnostic, Place};

/// Bytes of a large table that are read at a time. Not a share of the file: the
/// parts are the same however many threads there are.
pub(super) const PART: usize = if cfg!(test) { 64 } else { 1 << 21 };

/// Rows that are split before their cells are read.
const BLOCK: usize = 32;

impl Table {
    /// Reads every row that has as many cells as the header; rows of empty
    /// cells are left out. The others are complained about.
    pub(in crate::survey) fn each(
        &self,
        complaints: &mut Complaints,
        mut visit: impl FnMut(Row<'_>, &mut Complaints),
    ) {
        self.each_block(self.rows(), complaints, |rows, complaints| {
            for row in rows {
                visit(*row, complaints);
            }
        });
    }

    /// The stretch of all rows.
    pub(in crate::survey) fn rows(&self) -> Range<usize> {
        self.body..self.source.text().len()
    }

    /// Cuts the rows into stretches that can be read apart. Between quotation
    /// marks a line break ends no row: a table with any is one stretch.
    pub(in crate::survey) fn parts(&self) -> Vec<Range<usize>> {
        let rows = self.rows();
        if rows.len() <= PART || self.has_quotes(&rows) {
            return vec![rows];
        }
        let text = self.source.text().as_bytes();
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

    fn has_quotes(&self, part: &Range<usize>) -> bool {
        memchr::memchr(b'"', &self.source.text().as_bytes()[part.clone()]).is_some()
    }

    /// How many rows a stretch has at most.
    pub(in crate::survey) fn most_rows(&self, part: &Range<usize>) -> usize {
        let text = &self.source.text().as_bytes()[part.clone()];
        memchr::memchr2_iter(b'\n', b'\r', text).count() + 1
    }

    /// Reads the rows of one stretch as [`Self::each`] does, some at a time, so
    /// that all their cells of one column can be read before those of the next.
    pub(in crate::survey) fn each_block(
        &self,
        part: Range<usize>,
        complaints: &mut Complaints,
        mut visit: impl FnMut(&[Row<'_>], &mut Complaints),
    ) {
        let unnamed: Vec<usize> =
            (0..self.columns.len()).filter(|column| self.columns[*column].is_empty()).collect();
        let mut take = |rows: &[Row<'_>]| {
            let sound = |row: &&Row<'_>| self.is_sound(**row, &unnamed, complaints);
            let rows: Vec<Row<'_>> = rows.iter().filter(sound).copied().collect();
            visit(&rows, complaints);
        };
        if self.has_quotes(&part) {
            let last = self.each_quoted(part, take);
            self.check_last_quote(last, complaints);
        } else {
            self.each_plain(part, &mut take);
        }
    }

    /// Reads rows without quotation marks, where every delimiter ends a cell
    /// and every line break a row. No text is copied.
    fn each_plain(&self, part: Range<usize>, take: &mut impl FnMut(&[Row<'_>])) {
        let text = self.source.text();
        let (mut cells, mut ends) = (vec![], vec![]);
        let mut lines = lines(text, part);
        loop {
            cells.clear();
            ends.clear();
            for line in lines.by_ref().take(BLOCK) {
                let mut from = line.start;
                // Cells are short: looking at each byte is faster than a search.
                for (at, byte) in line.clone().zip(&text.as_bytes()[line.clone()]) {
                    if *byte == self.delimiter {
                        cells.push(from..at);
                        from = at + 1;
                    }
                }
                cells.push(from..line.end);
                ends.push((line.start, cells.len()));
            }
            if ends.is_empty() {
                return;
            }
            let mut first = 0;
            let row = |(start, end): &(usize, usize)| {
                let cells = &cells[std::mem::replace(&mut first, *end)..*end];
                Row { table: self, text, cells, start: *start }
            };
            take(&ends.iter().map(row).collect::<Vec<_>>());
        }
    }

    /// Reads rows of which some cells may stand between quotation marks; gives
    /// the start of the last one, and how many cells it has.
    fn each_quoted(&self, part: Range<usize>, mut take: impl FnMut(&[Row<'_>])) -> (usize, usize) {
        let from = part.start;
        let mut last = (self.start, self.columns.len());
        let mut reader = self.reader(part);
        let mut record = StringRecord::new();
        let mut cells = vec![];
        // The text is valid UTF-8 and the rows may have any length, so that
        // reading cannot fail.
        while let Ok(true) = reader.read_record(&mut record) {
            let start = from + record.position().map_or(0, offset);
            last = (start, record.len());
            cells.clear();
            cells.extend((0..record.len()).filter_map(|at| record.range(at)));
            take(&[Row { table: self, text: record.as_slice(), cells: &cells, start }]);
        }
        last
    }

    /// Whether a row says the names of the columns once more.
    fn is_header(&self, row: Row<'_>) -> bool {
        let name = |at: usize| row.text(at) == self.columns[at];
        1 < self.columns.len() && name(0) && (1..self.columns.len()).all(name)
    }

    /// Whether a row has other cells than the header; further ones that are empty
    /// do no harm.
    fn is_ragged(&self, row: Row<'_>) -> bool {
        let extra = row.cells.get(self.columns.len()..);
        extra.is_none_or(|extra| extra.iter().any(|cell| !cell.is_empty()))
    }

    /// The rows that cannot be read, as they are written.
    pub(in crate::survey) fn ragged_rows(&self) -> Vec<String> {
        let mut written = vec![];
        let mut take = |rows: &[Row<'_>]| {
            for row in rows.iter().filter(|row| self.is_ragged(**row)) {
                let cells = row.cells.iter().map(|cell| &row.text[cell.clone()]);
                written.push(cells.collect::<Vec<_>>().join("\n"));
            }
        };
        let all = self.rows();
        if self.has_quotes(&all) {
            self.each_quoted(all, take);
        } else {
            self.each_plain(all, &mut take);
        }
        written
    }

    /// True for a row that can be read; what is wrong with its cells as such
    /// is complained about.
    fn is_sound(&self, row: Row<'_>, unnamed: &[usize], complaints: &mut Complaints) -> bool {
        if row.cells.iter().all(Range::is_empty) {
            return false;
        }
        if self.is_ragged(row) {
            complaints.push(Code::RaggedRow, 0, || ragged(row));
            return false;
        }
        if self.is_header(row) {
            complaints.push(Code::DuplicateName, 0, || {
                Diagnostic::error(Code::DuplicateName, "the header again")
                    .at(row.whole())
                    .hint("Take the row out: two files were put one after the other.")
            });
            return false;
        }
        for column in unnamed {
            if !row.text(*column).is_empty() {
                complaints.push(Code::UnknownColumn, *column, || {
                    Diagnostic::error(Code::UnknownColumn, "a cell in a column without a name")
                        .at(row.place(*column))
                        .hint("Name the column in the first row, or empty the cell.")
                });
            }
        }
        true
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
}

/// The lines of a stretch that are not blank.
fn lines(text: &str, part: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let bytes = &text.as_bytes()[..part.end];
    let mut from = part.start;
    let next = move || {
        let rest = bytes.get(from..).filter(|rest| !rest.is_empty())?;
        let length = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let line = from..from + length;
        from = line.end + 1;
        Some(line)
    };
    std::iter::from_fn(next).filter(|line| !line.is_empty())
}

fn ragged(row: Row<'_>) -> Diagnostic {
    let (cells, width) = (row.cells.len(), row.table.columns.len());
    let hint = if cells < width {
        "Add the delimiters that are missing, or a quotation mark that opens too late."
    } else {
        "Put cells that contain the delimiter between quotation marks."
    };
    Diagnostic::error(Code::RaggedRow, format!("a row of {cells} cells under a header of {width}"))
        .at(row.whole())
        .hint(hint)
}
