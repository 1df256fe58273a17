//! What publications remark on their numbers, and on which of them.

use std::collections::BTreeSet;

use crate::config::Text;
use crate::markup::Html;
use crate::stats::Estimate;

use super::plan::{Plan, Subject};
use super::{Scope, describe};

/// Holds the place of a remark: a character that no text has.
const PLACE: &str = "\u{1}";

/// What a reader must know before quoting: each note once, as HTML, and what
/// publications remark.
pub(super) fn notes(scope: &Scope<'_>, plan: &Plan<'_>) -> Vec<String> {
    let own = describe::own_notes(scope, plan).into_iter();
    own.map(|note| crate::markup::escape(&note).into_owned()).chain(remarks(scope, plan)).collect()
}

/// The remarks of the published rows; one that is not translated is marked as
/// what it is, in the first language of the site. Each with what it is about,
/// unless it is about every number or about too many.
fn remarks(scope: &Scope<'_>, plan: &Plan<'_>) -> Vec<String> {
    let (default, own) = (scope.config.default_language(), scope.words.language());
    let mut seen = BTreeSet::new();
    let notes = plan.all_rows().filter_map(|row| row.note());
    let notes: Vec<&Text> = notes.filter(|note| seen.insert(note.get(own))).collect();
    if notes.is_empty() {
        return vec![];
    }
    let rows = named_rows(scope, plan);
    let html = |note: &Text| {
        let is_own = match note {
            Text::Same(_) => own == default,
            Text::ByLanguage(texts) => texts.contains_key(own),
        };
        let text = note.get(if is_own { own } else { default });
        let about = about_rows(scope, &rows, note);
        let text = match about {
            // Inside a sentence that names what it is about.
            Some(_) if is_own => describe::inside(scope, text),
            _ => text.to_owned(),
        };
        let frame = about.map_or_else(
            || PLACE.to_owned(),
            |of| scope.words.fill("figure.remark-of", &[("of", &of), ("note", PLACE)]),
        );
        let (before, after) = frame.split_once(PLACE).unwrap_or((&frame, ""));
        let mut html = Html::default();
        html.text(before);
        if is_own {
            html.text(&scope.words.typeset(&text));
        } else {
            html.tag("span", &[("lang", default.tag())]).text(&text).end("span");
        }
        html.text(after);
        html.into()
    };
    notes.into_iter().map(html).collect()
}

/// A row that has a number, with what it is called in its figure: its line and
/// its column, either empty where there is one only.
struct Named<'a> {
    row: &'a Estimate,
    line: String,
    column: String,
}

/// The rows of a figure that have a number, once each.
fn named_rows<'a>(scope: &Scope<'_>, plan: &Plan<'a>) -> Vec<Named<'a>> {
    let mut named: Vec<Named<'a>> = vec![];
    for panel in plan.panels() {
        let line = |item: &Subject<'_>| {
            if panel.turned() { String::new() } else { item.name() }
        };
        let mut add = |item, column: &str, row: Option<&'a Estimate>| {
            let row = row.filter(|row| row.value.estimate().is_some());
            let is_new = |row: &&Estimate| !named.iter().any(|one| std::ptr::eq(one.row, *row));
            if let Some(row) = row.filter(is_new) {
                named.push(Named { row, line: line(item), column: column.to_owned() });
            }
        };
        for (item, cells) in panel.items.iter().zip(panel.cells.iter()) {
            for (slice, row) in panel.slices.iter().zip(cells) {
                add(item, &slice.label, *row);
            }
        }
        for (item, row) in panel.items.iter().zip(&panel.totals) {
            add(item, scope.words.text("chart.total"), *row);
        }
    }
    named
}

/// Which of the rows are those of a remark, in words: whole columns, whole
/// lines, or cells. `None`: all of them, or too many to name.
fn about_rows(scope: &Scope<'_>, rows: &[Named<'_>], note: &Text) -> Option<String> {
    const NAMED: usize = 3;
    // What reads alike in the language of the page is one remark on it.
    let own = scope.words.language();
    let is_same = |other: &Text| other.get(own) == note.get(own);
    let is_noted = |named: &&Named<'_>| named.row.note().is_some_and(is_same);
    let noted: Vec<_> = rows.iter().filter(is_noted).collect();
    if noted.len() == rows.len() {
        return None;
    }
    let whole = |part: for<'n> fn(&'n Named<'_>) -> &'n str| {
        let mut parts: Vec<&str> = vec![];
        for named in &noted {
            if !parts.contains(&part(named)) {
                parts.push(part(named));
            }
        }
        let is_in = |named: &&Named<'_>| parts.contains(&part(named));
        let is_whole = !parts.contains(&"") && rows.iter().filter(is_in).all(|one| is_noted(&one));
        is_whole.then(|| parts.into_iter().map(str::to_owned).collect::<Vec<_>>())
    };
    let cells = || {
        let cell = |named: &&Named<'_>| match (&*named.line, &*named.column) {
            ("", name) | (name, "") => name.to_owned(),
            (line, column) => format!("{line} ({column})"),
        };
        noted.iter().map(cell).collect()
    };
    let names = whole(|named| &named.column).or_else(|| whole(|named| &named.line));
    let names = names.unwrap_or_else(cells);
    (1..=NAMED).contains(&names.len()).then(|| scope.words.list(&names))
}
