//! The text of an export → records, with their lines.

use std::sync::Arc;

use super::Choices;
use super::encoding;
use super::text::{is_control, number};
use super::tool::Tool;
use crate::diag::{Code, Diagnostic, Findings, Place, Severity, SourceText};

/// The delimiters that are tried, the likelier first.
const DELIMITERS: [(u8, &str); 4] = [(b',', ","), (b';', ";"), (b'\t', "tab"), (b'|', "|")];

/// The records of an export, header rows first.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// The name of the file.
    pub(super) file: String,
    /// The name of the sheet of a workbook; empty for text.
    pub(super) name: String,
    pub(super) rows: Vec<Vec<String>>,
    /// The line of each record in the file, from 1.
    pub(super) lines: Vec<usize>,
    /// What was decided about the file, for the report.
    pub(super) how: Vec<String>,
    /// Records of blanks alone that were passed over.
    pub(super) blank: usize,
    /// Records that were left out because they do not fit the header.
    pub(super) broken: Vec<usize>,
    /// The tool, where the bytes of the file tell it.
    pub(super) tool: Option<Tool>,
    /// The column that the file itself weighs its cases by.
    pub(super) weight: Option<String>,
}

/// Reads a text as records. `None` when it holds no table.
pub(super) fn text(
    file: &str,
    bytes: &[u8],
    choices: &Choices,
    found: &mut Findings,
) -> Option<Sheet> {
    let decoded = encoding::decode(bytes, choices.encoding);
    let source = readable(file, decoded.text, found)?;
    let text = source.text();
    let (delimiter, why) = delimiter(text, choices);
    let mut sheet = Sheet { file: file.to_owned(), ..Sheet::default() };
    sheet.how.push(format!("encoding: {}", decoded.how));
    sheet.how.push(format!("delimiter: {why}"));
    if let Some(doubt) = decoded.doubt {
        found.push(
            Diagnostic::warning(Code::ImportCharacters, format!("`{file}`: {doubt}"))
                .hint("Name the encoding with `--encoding`, or export as UTF-8."),
        );
    }
    let mut starts = vec![];
    // A line that names the delimiter for a spreadsheet is no header.
    let named = text.starts_with("sep=");
    let first = if named { text.find('\n').map_or(text.len(), |end| end + 1) } else { 0 };
    let (mut line, mut counted) = (1, 0);
    for (start, record) in records(&text[first..], delimiter) {
        let start = first + start;
        if record.iter().all(|cell| cell.trim().is_empty()) && !sheet.rows.is_empty() {
            sheet.blank += 1;
            continue;
        }
        line += memchr::memchr_iter(b'\n', &text.as_bytes()[counted..start]).count();
        counted = start;
        sheet.lines.push(line);
        sheet.rows.push(record);
        starts.push(start);
    }
    if choices.headers.is_none() {
        starts.drain(..without_titles(&mut sheet));
    }
    fit(&mut sheet, &Placed { source: &source, starts: &starts }, delimiter, found)?;
    Some(sheet)
}

/// Takes away the rows over a table that hold one text each: its title, the day
/// of the export. Gives how many.
pub(super) fn without_titles(sheet: &mut Sheet) -> usize {
    const MOST: usize = 6;
    let is_title = |row: &&Vec<String>| {
        let text = first_text(row);
        // A question over its options, and the sections of a form, are none.
        filled(row) == 1
            && !text.ends_with('?')
            && number(text).is_none()
            && !["survey", "choices", "settings"].contains(&text)
    };
    let count = sheet.rows.iter().take(MOST).take_while(is_title).count();
    let [header, first, _, ..] = &sheet.rows[count..] else { return 0 };
    if count == 0 || filled(header) < 3 || filled(first) < 2 {
        return 0;
    }
    sheet.take_titles(count);
    count
}

/// How many cells of a row hold anything.
pub(super) fn filled(row: &[String]) -> usize {
    row.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// The first text of a row.
fn first_text(row: &[String]) -> &str {
    row.iter().map(|cell| cell.trim()).find(|cell| !cell.is_empty()).unwrap_or_default()
}

impl Sheet {
    /// Takes the first rows away, which are titles over the table, and says so.
    pub(super) fn take_titles(&mut self, count: usize) {
        for (line, row) in self.lines.drain(..count).zip(self.rows.drain(..count)) {
            self.how
                .push(format!("title: row {line} stands over the table: `{}`", first_text(&row)));
        }
    }
}

/// The text without control characters. `None` when it is empty or none.
fn readable(file: &str, text: String, found: &mut Findings) -> Option<Arc<SourceText>> {
    let source = SourceText::new(file, text);
    let text = source.text();
    if text.trim().is_empty() {
        found.push(Diagnostic::error(Code::ImportUnreadable, format!("`{file}` is empty")).hint(
            "Export the answers again: a table has a row of names and a row for each respondent.",
        ));
        return None;
    }
    if let Some(at) = text.find('\0') {
        found.push(
            Diagnostic::error(
                Code::ImportUnreadable,
                format!("`{file}` is not a text: it holds bytes that no table has"),
            )
            .at(Place::new(&source, at..at + 1))
            .hint("Give an export as CSV or `.xlsx`."),
        );
        return None;
    }
    let controls = text.chars().filter(|c| is_control(*c)).count();
    if controls == 0 {
        return Some(source);
    }
    found.push(
        Diagnostic::warning(
            Code::ImportCharacters,
            format!("`{file}` holds {controls} control characters: they are left out"),
        )
        .hint("Look whether the file was damaged on its way."),
    );
    Some(SourceText::new(file, text.replace(is_control, "")))
}

/// The delimiter, as told or as the one that gives the most records of one
/// width: counting signs would be misled by those inside cells.
fn delimiter(text: &str, choices: &Choices) -> (u8, String) {
    const TRIED: usize = 2000;
    if let Some(asked) = choices.delimiter {
        return (asked, format!("{} (asked for)", name_of(asked)));
    }
    let (start, announced) = match text.strip_prefix("sep=").and_then(|rest| rest.bytes().next()) {
        Some(sign) => (5, Some(sign)),
        None => (0, None),
    };
    if let Some(sign) = announced {
        return (sign, format!("{} (its first line says so)", name_of(sign)));
    }
    let score = |delimiter: u8| {
        let mut widths = std::collections::BTreeMap::<usize, usize>::new();
        for (_, record) in records(&text[start..], delimiter).take(TRIED) {
            *widths.entry(record.len()).or_default() += 1;
        }
        let of_one_width = widths.into_iter().filter(|(width, _)| 1 < *width);
        of_one_width.map(|(width, count)| (count, width)).max().unwrap_or((0, 0))
    };
    // Of equals, the first of the list.
    let best = DELIMITERS.iter().rev().max_by_key(|(sign, _)| score(*sign));
    let (sign, name) = best.copied().unwrap_or(DELIMITERS[0]);
    match score(sign) {
        (0, _) => (b',', "none: one column".to_owned()),
        (TRIED, width) => (sign, format!("{name} (its first {TRIED} records have {width} cells)")),
        (records, width) => (sign, format!("{name} ({records} records of {width} cells)")),
    }
}

fn name_of(delimiter: u8) -> String {
    let known = DELIMITERS.iter().find(|(sign, _)| *sign == delimiter);
    known.map_or_else(|| char::from(delimiter).to_string(), |(_, name)| (*name).to_owned())
}

/// The records of a text with the byte where each starts.
fn records(text: &str, delimiter: u8) -> impl Iterator<Item = (usize, Vec<String>)> + use<'_> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    std::iter::from_fn(move || {
        if !matches!(reader.read_record(&mut record), Ok(true)) {
            return None;
        }
        let start =
            record.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or_default());
        // A record is placed at the line break before it.
        let breaks =
            text.as_bytes()[start..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let start = start + breaks.count();
        Some((start, record.iter().map(str::to_owned).collect()))
    })
}

/// A text with the bytes where its records start.
struct Placed<'p> {
    source: &'p Arc<SourceText>,
    starts: &'p [usize],
}

impl Placed<'_> {
    /// The line where a record starts.
    fn place(&self, record: usize) -> Place {
        let (start, text) = (self.starts[record], self.source.text());
        let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
        Place::new(self.source, start..end)
    }
}

/// Gives every record the width of the header. A record that does not fit
/// is left out and told with its line; a file of such records is refused.
fn fit(sheet: &mut Sheet, placed: &Placed<'_>, delimiter: u8, found: &mut Findings) -> Option<()> {
    let width = sheet.rows.first().map_or(0, Vec::len);
    if let Some(quoted) = quoted_whole(sheet, width, delimiter) {
        found.push(
            Diagnostic::error(
                Code::ImportBroken,
                format!("line {}: {width} cells were expected, 1 was found; the line looks like a record that was quoted as a whole", sheet.lines[quoted]),
            )
            .at(placed.place(quoted))
            .hint("Export the file again, or take away the quotation marks around the whole line and the doubled ones inside it; nothing was written."),
        );
        return None;
    }
    let filled =
        |row: &Vec<String>| row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |at| at + 1);
    let fits =
        |row: &Vec<String>| row.len() == width || (width <= row.len() && filled(row) <= width);
    let broken: Vec<usize> = (1..sheet.rows.len()).filter(|at| !fits(&sheet.rows[*at])).collect();
    if let [first, ..] = broken[..] {
        let told = told_broken(sheet, &broken).at(placed.place(first));
        let is_error = told.severity() == Severity::Error;
        found.push(told);
        if is_error {
            return None;
        }
        leave_out(sheet, &broken);
    }
    for row in &mut sheet.rows {
        row.truncate(width);
    }
    Some(())
}

/// The first record that stands between quotation marks as a whole.
fn quoted_whole(sheet: &Sheet, width: usize, delimiter: u8) -> Option<usize> {
    let sign = char::from(delimiter);
    let is_quoted = |row: &Vec<String>| {
        row.len() == 1 && 2 < width && width <= row[0].matches(sign).count() + 1
    };
    (1..sheet.rows.len()).find(|at| is_quoted(&sheet.rows[*at]))
}

/// Says which records do not fit the header: an error if they are many.
fn told_broken(sheet: &Sheet, broken: &[usize]) -> Diagnostic {
    let width = sheet.rows.first().map_or(0, Vec::len);
    let cells = broken.first().map_or(0, |first| sheet.rows[*first].len());
    let lines: Vec<String> = broken.iter().map(|at| sheet.lines[*at].to_string()).collect();
    let message = format!(
        "{} of {} records do not have the {width} cells of the header (the first has {cells}): {}",
        broken.len(),
        sheet.rows.len() - 1,
        listed(&lines)
    );
    if sheet.rows.len() < broken.len() * 10 && 3 < broken.len() {
        Diagnostic::error(Code::ImportBroken, message)
            .hint("Name the delimiter with `--delimiter`, or export the file again.")
    } else {
        Diagnostic::warning(Code::ImportBroken, message).hint(
            "These records are left out. Name the delimiter with `--delimiter`, or mend the lines.",
        )
    }
}

fn leave_out(sheet: &mut Sheet, broken: &[usize]) {
    sheet.broken = broken.iter().map(|at| sheet.lines[*at]).collect();
    let is_kept = |at: &usize| !broken.contains(at);
    sheet.lines = (0..sheet.rows.len()).filter(is_kept).map(|at| sheet.lines[at]).collect();
    let rows = std::mem::take(&mut sheet.rows).into_iter().enumerate();
    sheet.rows = rows.filter(|(at, _)| is_kept(at)).map(|(_, row)| row).collect();
}

/// `lines 3, 8, 12 and 4 more`
fn listed(lines: &[String]) -> String {
    let shown = lines.iter().take(8).cloned().collect::<Vec<_>>().join(", ");
    let more = lines.len().saturating_sub(8);
    let word = if lines.len() == 1 { "line" } else { "lines" };
    if more == 0 { format!("{word} {shown}") } else { format!("{word} {shown} and {more} more") }
}
