//! A page as menus, lists and its neighbours show it.

use serde::Serialize;

use crate::config::Language;
use crate::page::Position;
use crate::page::book::AnsweredBook;

/// The kind of the home page, as the template compares it.
const HOME: &str = "home";
/// The kind of a chapter.
pub(super) const CHAPTER: &str = "chapter";

#[derive(Debug, Serialize)]
pub(super) struct Entry<'a> {
    pub(super) kind: &'static str,
    pub(super) title: &'a str,
    pub(super) short_title: &'a str,
    pub(super) summary: Option<&'a str>,
    pub(super) address: String,
    pub(super) number: Option<String>,
    /// Of its words, where it is not that of the page.
    pub(super) language: Option<&'a str>,
}

/// A page as menus and lists show it.
pub(super) fn entry<'a>(book: &'a AnsweredBook<'_>, position: Position) -> Entry<'a> {
    let address = book.address(position);
    let language = book.borrowed_from(position).map(Language::tag);
    match position {
        Position::Home => {
            let title = book.home.as_ref().map_or("", |home| home.chapter.front.title.as_str());
            Entry {
                kind: HOME,
                title,
                short_title: title,
                summary: None,
                address,
                number: None,
                language,
            }
        }
        Position::Chapter(at) => {
            let front = &book.chapters[at].chapter.front;
            Entry {
                kind: CHAPTER,
                title: &front.title,
                short_title: front.short_title.as_ref().unwrap_or(&front.title),
                summary: front.summary.as_deref(),
                address,
                number: book.number(position).map(|number| number.to_string()),
                language,
            }
        }
        Position::Generated(at) => {
            let page = &book.generated[at];
            Entry {
                kind: page.part.name(),
                title: &page.title,
                short_title: &page.short_title,
                summary: page.summary.as_deref(),
                address,
                number: None,
                language: None,
            }
        }
    }
}

/// The chapters that have a number: the others go with any report, and stand
/// among the pages at its foot.
pub(super) fn chapters<'a>(book: &'a AnsweredBook<'_>) -> Vec<Entry<'a>> {
    let all = (0..book.chapters.len()).map(Position::Chapter);
    all.filter(|at| book.number(*at).is_some()).map(|at| entry(book, at)).collect()
}

pub(super) fn neighbours<'a>(
    book: &'a AnsweredBook<'_>,
    position: Position,
) -> (Option<Entry<'a>>, Option<Entry<'a>>) {
    let entry = |at: usize| book.menu.get(at).map(|position| entry(book, *position));
    if position == Position::Home {
        return (None, entry(0));
    }
    match book.place_in_menu(position) {
        Some(at) => (at.checked_sub(1).and_then(entry), entry(at + 1)),
        None => (None, None),
    }
}

/// The heading of level 1.
pub(in crate::page) fn title(book: &AnsweredBook<'_>, position: Position) -> String {
    let title = entry(book, position).title;
    if title.is_empty() {
        let scope = &book.scope;
        return scope.words.typeset(scope.config.site.title.get(book.language)).into_owned();
    }
    title.to_owned()
}

/// What a page says of itself and of others, but for what all pages share.
pub(in crate::page) fn surroundings(book: &AnsweredBook<'_>, position: Position) -> String {
    let around = (entry(book, position), neighbours(book, position), book.borrowed_from(position));
    match position {
        Position::Home => format!("{around:?}{:?}", chapters(book)),
        _ => format!("{around:?}"),
    }
}
