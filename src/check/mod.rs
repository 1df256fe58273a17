//! What a careful editor would look for in a report that can be built: numbers
//! that no expression binds, words that promise more than a test gives, what
//! nobody uses. Findings are warnings; an author allows one with its reason.

mod care;
mod number;
mod outside;
mod prose;
mod structure;
mod style;

use crate::content::{self, Chapter};
use crate::diag::Diagnostic;
use crate::page::AnsweredBook;
use crate::sources::Sources;
pub use outside::{Asking, addresses, dead, links};

/// Reads every chapter as an editor would, in every language of the site.
/// `dead` are the links where nothing answers, if anybody asked.
pub fn check(
    sources: &Sources,
    books: &[AnsweredBook<'_>],
    dead: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let mut found = vec![];
    for answered in books.iter().flat_map(AnsweredBook::own) {
        for passage in prose::passages(answered.chapter) {
            // Without a survey there is nothing that a number could be bound to.
            if answered.scope.has_survey() {
                found.extend(number::typed(answered, &passage));
            }
            found.extend(style::check(answered, &passage));
            found.extend(care::low_bases(answered, &passage));
        }
        found.extend(number::typed_in_figures(answered));
        found.extend(structure::chapter(answered));
        found.extend(care::alternatives(answered));
    }
    found.extend(structure::outdated(books));
    found.extend(structure::unasked(books));
    found.extend(structure::unused_files(sources, books));
    found.extend(dead);
    let chapters: Vec<&Chapter> =
        books.iter().flat_map(AnsweredBook::own).map(|answered| answered.chapter).collect();
    content::without_allowed(found, &chapters)
}
