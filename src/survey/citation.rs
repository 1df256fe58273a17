//! `data/sources.csv`: the publications that figures cite.

use jiff::civil::Date;

use super::SourceKey;
use super::doubt::Doubt;
use super::table::{Complaints, Row, Table};
use crate::config::Language;
use crate::config::toml::Spelled;
use crate::diag::{Code, Diagnostic, Findings};
use crate::markup::is_page_address;

/// A publication.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its key.
    pub key: SourceKey,
    /// Its title.
    pub title: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub date: Option<PartialDate>,
    /// The language of its title.
    pub language: Option<String>,
    /// Where it can be read.
    pub url: Option<Spelled<String>>,
}

/// A date as precisely as it is known: `2018`, `2018-06` or `2018-06-14`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartialDate {
    /// A year.
    Year(i16),
    /// A month, by its first day.
    Month(Date),
    /// A day.
    Day(Date),
}

impl PartialDate {
    /// Reads what ISO 8601 writes of it.
    fn parse(text: &str) -> Option<Self> {
        let shape = text.bytes().map(|byte| if byte.is_ascii_digit() { b'9' } else { byte });
        match shape.collect::<Vec<u8>>().as_slice() {
            b"9999" => text.parse().ok().map(Self::Year),
            b"9999-99" => format!("{text}-01").parse().ok().map(Self::Month),
            b"9999-99-99" => text.parse().ok().map(Self::Day),
            _ => None,
        }
    }

    /// Its year.
    pub fn year(self) -> i16 {
        match self {
            Self::Year(year) => year,
            Self::Month(date) | Self::Day(date) => date.year(),
        }
    }
}

/// Reads the sources in file order, with the keys that there may be beside
/// theirs; mistakes are noted.
pub(super) fn read(table: &Table, found: &mut Findings) -> (Vec<Source>, Doubt) {
    let mut doubt = Doubt::default();
    let optional = ["author", "publisher", "date", "language", "url"];
    if !table.check_columns(&["id", "title"], &optional, |_| false, found) {
        doubt.all();
        return (vec![], doubt);
    }
    let [id, title] = ["id", "title"].map(|name| table.needed(name));
    let [author, publisher, date, language, url] = optional.map(|name| table.column(name));
    let mut sources: Vec<Source> = vec![];
    let mut complaints = Complaints::default();
    table.each(&mut complaints, |row, complaints| {
        let (key, title) = (row.needed(id, complaints), row.needed(title, complaints));
        let text = |column| row.filled(column).map(str::to_owned);
        let wanted = Wanted {
            what: "a date such as `2018`, `2018-06` or `2018-06-14`",
            help: "Write the year, and month and day in digits where they are known.",
        };
        let date = parsed(row, date, PartialDate::parse, wanted, complaints);
        let wanted = Wanted {
            what: "an address that starts with `https://`, without blanks, `<`, `>` and `\"`",
            help: "Copy it from the address bar of a browser.",
        };
        let address = |text: &str| is_page_address(text).then(|| text.to_owned());
        let address = parsed(row, url, address, wanted, complaints);
        let wanted_language =
            Wanted { what: "the tag of a language", help: "Write `fr`, `nl`, `en` …" };
        let tag = |text: &str| Language::new(text).map(|language| language.to_string());
        let Some(key) = key else {
            doubt.all();
            return;
        };
        if sources.iter().any(|source| source.key.as_str() == key) {
            complaints.push(Code::DuplicateName, id, || {
                Diagnostic::error(Code::DuplicateName, format!("the source `{key}` is given twice"))
                    .at(row.place(id))
            });
            // One of the two has another key.
            doubt.all();
            return;
        }
        sources.push(Source {
            key: SourceKey::new(key),
            title: title.unwrap_or_default().to_owned(),
            author: text(author),
            publisher: text(publisher),
            date,
            language: parsed(row, language, tag, wanted_language, complaints),
            url: url.zip(address).map(|(url, value)| Spelled { value, place: row.place(url) }),
        });
    });
    doubt.rows_of(table, &complaints);
    complaints.settle(found);
    (sources, doubt)
}

/// What a cell should hold, and how to write it.
#[derive(Clone, Copy)]
struct Wanted {
    what: &'static str,
    help: &'static str,
}

/// What a filled cell says, if it says it as `wanted`.
fn parsed<T>(
    row: Row<'_>,
    column: Option<usize>,
    parse: impl Fn(&str) -> Option<T>,
    wanted: Wanted,
    complaints: &mut Complaints,
) -> Option<T> {
    let column = column?;
    let text = row.filled(Some(column))?;
    let value = parse(text);
    if value.is_none() {
        complaints.push(Code::BadValue, column, || {
            Diagnostic::error(Code::BadValue, format!("`{text}` is not {}", wanted.what))
                .at(row.place(column))
                .hint(wanted.help)
        });
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_a_year_a_month_or_a_day() {
        let (month, day) = (Date::constant(2018, 6, 1), Date::constant(2018, 6, 14));

        assert_eq!(PartialDate::parse("2018"), Some(PartialDate::Year(2018)));
        assert_eq!(PartialDate::parse("2018-06"), Some(PartialDate::Month(month)));
        assert_eq!(PartialDate::parse("2018-06-14"), Some(PartialDate::Day(day)));
        for date in ["June 2018", "2018-13", "14/06/2018", "2018-02-30", "18"] {
            assert_eq!(PartialDate::parse(date), None, "{date}");
        }
    }
}
