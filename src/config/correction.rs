//! `[[site.corrections]]`: what was corrected after publication; and
//! `contact`: whom a reader tells that something is wrong.

use jiff::civil::Date;

use super::toml::{Spelled, Table, Value};
use super::{Language, Text};
use crate::diag::{Code, Diagnostic, Findings};
use crate::markup::{is_page_address, is_plain};

/// Something that was wrong and no longer is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The day of the correction.
    pub date: Date,
    /// What was wrong, and what it is now.
    pub text: Text,
}

/// Reads the corrections, the latest first. A report cannot be corrected
/// before it was `published`.
pub(super) fn corrections(
    value: Option<Spelled<Value>>,
    languages: &[Language],
    published: Option<Date>,
    found: &mut Findings,
) -> Vec<Correction> {
    let Some(value) = value else { return vec![] };
    let Value::List(list) = value.value else {
        let wanted = "a list of tables: `[[site.corrections]]`";
        return value.refuse("corrections", wanted, found).unwrap_or_default();
    };
    let mut corrections: Vec<Correction> = list
        .into_iter()
        .filter_map(|one| {
            let table = one.table("corrections", found)?;
            correction(table, languages, published, found)
        })
        .collect();
    corrections.sort_by_key(|correction| std::cmp::Reverse(correction.date));
    corrections
}

fn correction(
    mut table: Table,
    languages: &[Language],
    published: Option<Date>,
    found: &mut Findings,
) -> Option<Correction> {
    table.complete(found);
    let date = table.date("date", found);
    let text = Text::take(&mut table, "text", languages, found);
    table.finish(found);
    let date = date?;
    if let Some(published) = published.filter(|published| date.value < *published) {
        found.push(
            Diagnostic::error(
                Code::BadValue,
                format!("the correction of {} is older than the report", date.value),
            )
            .at(date.place)
            .hint(format!("Write a day from {published} on: `published` says when it came out.")),
        );
        return None;
    }
    Some(Correction { date: date.value, text: text? })
}

/// Checks that a contact can be written to: an e-mail address, or a page.
pub(super) fn contact(text: Spelled<String>, found: &mut Findings) -> Option<String> {
    let is_page = is_page_address(&text.value);
    let is_mail = text.value.split_once('@').is_some_and(|(name, host)| {
        let is_host = host.contains('.') && !host.contains(['@', '/', '?']) && !host.ends_with('.');
        is_plain(name) && !name.contains([':', '/', '?']) && is_plain(host) && is_host
    });
    if is_page || is_mail {
        return Some(text.value);
    }
    found.push(
        Diagnostic::error(Code::BadValue, format!("nobody can be reached at `{}`", text.value))
            .at(text.place)
            .hint("Write an e-mail address, `name@example.org`, or the address of a page, `https://…`."),
    );
    None
}
