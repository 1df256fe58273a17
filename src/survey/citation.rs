//! `data/sources.csv`: the publications that figures cite.

use super::table::{Complaints, Row, Table};
use super::{Source, SourceKey};
use crate::config::toml::Spelled;
use crate::diag::{Code, Diagnostic, Findings};
use crate::markup::is_page_address;

/// Reads the sources in file order; mistakes are noted.
pub(super) fn read(table: &Table, found: &mut Findings) -> Vec<Source> {
    let optional = ["author", "publisher", "date", "language", "url"];
    let sound = table.check_columns(&["id", "title"], &optional, |_| false, found);
    let column = |name| table.column(name);
    let (Some(id), Some(title), true) = (column("id"), column("title"), sound) else {
        return vec![];
    };
    let [author, publisher, date, language, url] = optional.map(column);
    let mut sources: Vec<Source> = vec![];
    let mut complaints = Complaints::default();
    table.each(&mut complaints, |row, complaints| {
        let (Some(key), Some(title)) = (row.needed(id, complaints), row.needed(title, complaints))
        else {
            return;
        };
        if sources.iter().any(|source| source.key.as_str() == key) {
            complaints.push(Code::DuplicateName, id, || {
                Diagnostic::error(Code::DuplicateName, format!("the source `{key}` is given twice"))
                    .at(row.place(id))
            });
            return;
        }
        let text = |column| row.filled(column).map(str::to_owned);
        check(row, date, is_date, "a date such as `2018`, `2018-06` or `2018-06-14`", complaints);
        let wanted = "an address that starts with `https://`, without blanks, `<`, `>` and `\"`";
        check(row, url, is_page_address, wanted, complaints);
        sources.push(Source {
            key: SourceKey::new(key),
            title: title.to_owned(),
            author: text(author),
            publisher: text(publisher),
            date: text(date),
            language: text(language),
            url: url.zip(text(url)).map(|(url, value)| Spelled { value, place: row.place(url) }),
        });
    });
    complaints.settle(found);
    sources
}

fn check(
    row: Row<'_>,
    column: Option<usize>,
    sound: fn(&str) -> bool,
    wanted: &str,
    complaints: &mut Complaints,
) {
    let (Some(column), Some(text)) = (column, row.filled(column)) else { return };
    if !sound(text) {
        complaints.push(Code::BadValue, column, || {
            Diagnostic::error(Code::BadValue, format!("`{text}` is not {wanted}"))
                .at(row.place(column))
        });
    }
}

fn is_date(text: &str) -> bool {
    let shape = text.bytes().map(|byte| if byte.is_ascii_digit() { b'9' } else { byte });
    let full = match shape.collect::<Vec<u8>>().as_slice() {
        b"9999" => format!("{text}-01-01"),
        b"9999-99" => format!("{text}-01"),
        b"9999-99-99" => text.to_owned(),
        _ => return false,
    };
    full.parse::<jiff::civil::Date>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_a_year_a_month_or_a_day() {
        for date in ["2018", "2018-06", "2018-06-14"] {
            assert!(is_date(date), "{date}");
        }
        for date in ["June 2018", "2018-13", "14/06/2018", "2018-02-30", "18"] {
            assert!(!is_date(date), "{date}");
        }
    }
}
