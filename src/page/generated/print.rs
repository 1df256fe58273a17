//! `print.html`: the whole report on one page, to be printed, searched by the
//! browser, or saved as one file. Its chapters are put on it when they are
//! rendered.

use crate::content::Book;

use super::{Desk, Generated, Part};

/// A longer report is one to look things up in: nobody prints a thousand
/// chapters, and no browser would like to open them.
const LONGEST: usize = 60;

/// Whether a report has such a page.
pub(super) fn is_there(book: &Book) -> bool {
    (1..=LONGEST).contains(&book.chapters.len())
}

pub(super) fn page<'a>(desk: &Desk<'_, 'a>) -> Option<Generated<'a>> {
    is_there(desk.book).then(|| desk.page(Part::Print, vec![]))
}
