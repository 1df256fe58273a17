//! What the page of the whole report sees: every chapter, and a list of figures.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tera::{Context, Value};

use crate::page::answered::Answered;
use crate::page::book::AnsweredBook;
use crate::page::{Leaf, Position, bound};

use super::entry::entry;
use super::{About, Shared, Told, image, page};

/// A chapter on the page of the whole report.
#[derive(Serialize)]
struct BoundContext<'a> {
    id: &'a str,
    title: &'a str,
    short_title: &'a str,
    number: Option<String>,
    summary: Option<&'a str>,
    language: Option<&'a str>,
    simulated: bool,
    content: Value,
}

/// A figure in the list of figures.
#[derive(Serialize)]
struct ListedFigure<'a> {
    number: usize,
    title: &'a str,
    anchor: &'a str,
}

/// The context of the page of the whole report.
pub(in crate::page) fn report(
    shared: &Shared,
    book: &AnsweredBook<'_>,
    position: Position,
    leaves: &[&Leaf],
) -> Context {
    let told = Told { answered: None, generated: None };
    let image = image(shared, book, position, None);
    let about = About { glimpses: BTreeMap::new(), position, told, image };
    let mut context = page(shared, book, about, "", &[]);
    let stems: Vec<String> = leaves.iter().map(|leaf| stem(book, leaf.position)).collect();
    let known: BTreeSet<&str> = stems.iter().map(String::as_str).collect();
    let chapters = leaves.iter().zip(&stems).map(|(leaf, stem)| {
        let entry = entry(book, leaf.position);
        BoundContext {
            id: stem,
            title: entry.title,
            short_title: entry.short_title,
            number: entry.number,
            summary: entry.summary,
            language: entry.language,
            simulated: book.answered(leaf.position).is_some_and(Answered::is_simulated),
            content: Value::safe_string(&bound::bind(
                &leaf.chunks,
                stem,
                entry.short_title,
                &known,
            )),
        }
    });
    context.insert("chapters", &chapters.collect::<Vec<_>>());
    let figures = leaves.iter().flat_map(|leaf| &leaf.figures);
    let figures =
        figures.map(|(number, title, anchor)| ListedFigure { number: *number, title, anchor });
    context.insert("figures", &figures.collect::<Vec<_>>());
    context
}

fn stem(book: &AnsweredBook<'_>, position: Position) -> String {
    book.address(position).trim_end_matches(".html").to_owned()
}
