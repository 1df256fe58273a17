//! Any table with a header, and that of Typeform, which looks like one.

use std::collections::BTreeSet;

use super::super::export::{Column, Export, TOOL, TYPED};
use super::super::scales::{is_other, role};
use super::super::sheet::Sheet;
use super::super::text::{number, same, year};
use super::super::tool::Tool;
use super::header::cell;
use super::headings;

/// A first row that looks like answers is no header: it is kept as a row.
pub(super) fn header_rows(sheet: &Sheet) -> usize {
    let Some(first) = sheet.rows.first() else { return 0 };
    let is_value = |(at, cell): (usize, &String)| {
        let cell = cell.trim();
        let again = sheet
            .rows
            .iter()
            .skip(1)
            .filter(|row| row.get(at).is_some_and(|other| other.trim() == cell))
            .count();
        !cell.is_empty() && (number(cell).is_some() || year(cell).is_some() || 2 < again)
    };
    let values = first.iter().enumerate().filter(|cell| is_value(*cell)).count();
    // A word over a column of numbers names it, whatever its neighbours are.
    let names = |(at, cell): (usize, &String)| {
        let mut below = sheet.rows.iter().skip(1).filter_map(|row| row.get(at)).peekable();
        number(cell).is_none()
            && cell.contains(char::is_alphabetic)
            && 5 < sheet.rows.len()
            && below.peek().is_some()
            && below.all(|cell| number(cell).is_some())
    };
    usize::from(values * 2 < first.len() || first.iter().enumerate().any(names))
}

/// Any table. Neighbours named `A1`, `A2` … are one family, and so are those
/// that hold nothing but their own name.
pub(super) fn plain(head: &[Vec<String>], rows: &[Vec<String>]) -> Export {
    let headers = names(head, rows);
    let ticks = ticks(&headers, rows);
    let lines = headings::lines(&headers, rows);
    let line = |at: usize| ticks[at].clone().or_else(|| lines[at].clone());
    let column = |at: usize| line(at).unwrap_or_else(|| column(&headers, rows, at));
    let columns = (0..headers.len()).map(column).collect();
    let mut export = Export::new(Tool::Plain, columns, rows, |_| None);
    note(&mut export, head, &ticks);
    let date = date_of_answers(&headers, rows);
    export.take_years(date);
    export
}

/// The column that says when somebody answered: of those that are dates in
/// every row, the one with the fewest years; nobody answered on the day of
/// his birth.
fn date_of_answers(headers: &[String], rows: &[Vec<String>]) -> Option<usize> {
    const BIRTH: [&str; 5] = ["birth", "naissance", "geboorte", "geburt", "dob"];
    let years =
        |at: usize| -> Option<BTreeSet<u16>> { rows.iter().map(|row| year(&row[at])).collect() };
    let is_birth = |at: &usize| BIRTH.iter().any(|word| same(&headers[*at]).contains(word));
    let dates = (0..headers.len()).filter(|at| !is_birth(at));
    let dates = dates.filter_map(|at| Some((years(at)?.len(), at)));
    dates.min().map(|(_, at)| at)
}

/// The columns that Typeform adds itself.
pub(super) const TYPEFORM: [&str; 8] = [
    "#",
    "response-type",
    "start-date-utc",
    "stage-date-utc",
    "submit-date-utc",
    "tags",
    "ending",
    "tokens",
];

/// Typeform: full questions, and the options of a multiple choice as columns
/// of their own, without their question.
pub(super) fn typeform(head: &[Vec<String>], rows: &[Vec<String>]) -> Export {
    let headers = names(head, rows);
    let ticks = ticks(&headers, rows);
    let column = |(at, header): (usize, &String)| match same(header).as_str() {
        name if TYPEFORM.contains(&name) => Column::out(header, TOOL),
        "network-id" => Column::personal(header, "a device or browser"),
        _ => ticks[at].clone().unwrap_or_else(|| Column::asks(header, "", header)),
    };
    let columns = headers.iter().enumerate().map(column).collect();
    let mut export = Export::new(Tool::Typeform, columns, rows, |_| None);
    note(&mut export, head, &ticks);
    let date = headers.iter().position(|header| same(header) == "submit-date-utc");
    export.take_years(date);
    export
}

/// The names of the columns; numbers where the file has none.
pub(super) fn names(head: &[Vec<String>], rows: &[Vec<String>]) -> Vec<String> {
    let name = |at: usize| {
        if head.is_empty() { format!("column {}", at + 1) } else { cell(head, 0, at).to_owned() }
    };
    (0..rows.first().map_or(0, Vec::len)).map(name).collect()
}

/// Tells that a file without a header was read as it is.
pub(super) fn note_no_header(export: &mut Export, head: &[Vec<String>]) {
    if head.is_empty() {
        export.notes.push("the first row looks like answers: it was read as a respondent, and the columns have no names (say `--headers 1` if it is a header)".to_owned());
    }
}

fn note(export: &mut Export, head: &[Vec<String>], ticks: &[Option<Column>]) {
    note_no_header(export, head);
    if ticks.iter().any(Option::is_some) {
        export.notes.push("columns that hold nothing but their own name are the options of a multiple choice, whose question the file does not have: write its label in the codebook".to_owned());
    }
}

fn column(headers: &[String], rows: &[Vec<String>], at: usize) -> Column {
    let header = &headers[at];
    let mut cells = rows.iter().map(|row| row[at].trim());
    if header.is_empty() {
        return Column::out("(without a name)", "without a name");
    }
    if cells.all(str::is_empty) {
        return Column::out(header, "always empty");
    }
    if typed_under(headers, at) {
        return Column::out(header, TYPED);
    }
    if at == 0 && 2 < rows.len() && numbers_the_rows(rows) {
        return Column::out(header, "it numbers the rows");
    }
    if header.contains(' ') {
        return Column::asks(header, "", header);
    }
    let Some((stem, number)) = numbered(header) else { return Column::asks(header, header, "") };
    let neighbour = |other: Option<usize>, value: Option<usize>| {
        let other = other.and_then(|other| headers.get(other)).and_then(|name| numbered(name));
        matches!((other, value), (Some((name, n)), Some(value)) if name == stem && n == value)
    };
    if neighbour(at.checked_sub(1), number.checked_sub(1))
        || neighbour(Some(at + 1), Some(number + 1))
    {
        return Column::asks(header, stem, "").with_item(&number.to_string(), "");
    }
    Column::asks(header, header, "")
}

/// The columns that are options: neighbours that hold their own name or
/// nothing, with the typed words under `Other` at their end.
fn ticks(headers: &[String], rows: &[Vec<String>]) -> Vec<Option<Column>> {
    let filled =
        |at: usize| rows.iter().map(move |row| row[at].trim()).filter(|cell| !cell.is_empty());
    let ticked = |at: usize| {
        filled(at).next().is_some() && filled(at).all(|cell| same(cell) == same(&headers[at]))
    };
    let mut columns = vec![None; headers.len()];
    let mut families = 0;
    let mut at = 0;
    while at < headers.len() {
        let mut end = at;
        // An option that nobody chose stands between others.
        let mut next = at;
        while next < headers.len() && !headers[at..next].contains(&headers[next]) {
            if ticked(next) {
                end = next + 1;
            } else if at == next || filled(next).next().is_some() {
                break;
            }
            next += 1;
        }
        if at < end && headers.get(end).is_some_and(|header| is_other(header)) {
            end += 1;
            let none = |at: usize| role(&headers[at], false) == "none" && ticked(at);
            end += usize::from(end < headers.len() && none(end));
        }
        if at + 1 < end {
            families += 1;
            let options = &headers[at..end];
            let wording = format!("{} …", options[..options.len().min(3)].join(", "));
            for (place, header) in (at..end).zip(options) {
                let column = Column::asks(header, &format!("choice_{families}"), &wording);
                columns[place] = Some(column.with_item("", header));
            }
        }
        at = end.max(at + 1);
    }
    columns
}

/// Whether a column is called after one before it with a word for "other":
/// `v3_anders` after `v3`.
fn typed_under(headers: &[String], at: usize) -> bool {
    const ENDS: [&str; 16] = [
        "other",
        "oth",
        "autre",
        "autres",
        "anders",
        "andere",
        "sonstiges",
        "sonstige",
        "other-text",
        "other-specify",
        "autre-texte",
        "autre-precisez",
        "autre-preciser",
        "anders-namelijk",
        "anders-tekst",
        "sonstiges-text",
    ];
    let name = same(&headers[at]);
    let Some(before) = at.checked_sub(1).map(|before| same(&headers[before])) else { return false };
    !headers[at].trim().contains(' ')
        && ENDS.iter().any(|end| {
            name.strip_suffix(end)
                .is_some_and(|stem| stem.ends_with('-') && stem.trim_end_matches('-') == before)
        })
}

/// Whole numbers that all differ and ascend.
fn numbers_the_rows(rows: &[Vec<String>]) -> bool {
    let whole = |row: &Vec<String>| number(&row[0]).filter(|number| number.fract() == 0.0);
    let numbers: Option<Vec<f64>> = rows.iter().map(whole).collect();
    numbers.is_some_and(|numbers| {
        0.0 <= numbers[0] && numbers.windows(2).all(|pair| pair[0] < pair[1])
    })
}

/// The letters and the number of a name such as `TH12` or `q_3`.
fn numbered(header: &str) -> Option<(&str, usize)> {
    let stem = header.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = header[stem.len()..].parse().ok()?;
    let stem = stem.trim_end_matches('_');
    (!stem.is_empty()).then_some((stem, number))
}
