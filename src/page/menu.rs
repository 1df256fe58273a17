//! What leads to pages: the menu, as the settings order it or as a report has
//! it by itself, and the foot of every page.

use std::collections::BTreeMap;

use crate::content::Book;
use crate::diag::{Code, Diagnostic, Findings, nearest};
use crate::figure::Scope;

use super::Position;
use super::answered::Answered;
use super::part::Part;
use super::section::Generated;

/// The menu in the order of the settings; by itself the summary, the chapters
/// by weight, then the parts, where a chapter with the name of a part stands
/// as that part.
pub(super) fn menu(
    scope: &Scope<'_>,
    chapters: &[Answered<'_>],
    generated: &[Generated<'_>],
) -> Vec<Position> {
    let named = &scope.config.site.navigation;
    let stems: Vec<&str> = if named.is_empty() {
        let own = chapters.iter().map(|chapter| chapter.chapter.stem.as_str());
        let own = own.filter(|stem| !Part::begins_with(stem));
        let has_text = |part: &str| chapters.iter().any(|chapter| chapter.chapter.stem == part);
        let is_worth =
            |part: &str| generated.iter().any(|page| page.stem == part && page.is_worth_the_menu());
        let parts = Part::MENU.iter().map(|part| part.name());
        let parts = parts.filter(|part| has_text(part) || is_worth(part));
        std::iter::once(Part::Summary.name()).chain(own).chain(parts).collect()
    } else {
        named.iter().map(|named| named.name.as_str()).collect()
    };
    let known = by_name(chapters, generated);
    stems.iter().filter_map(|stem| known.get(stem).copied()).collect()
}

/// Refuses names in `[site] navigation` that are neither a chapter nor a part.
pub(super) fn check_navigation(scope: &Scope<'_>, book: &Book, found: &mut Findings) {
    let chapters = book.chapters.iter().map(|chapter| chapter.stem.as_str());
    let known: Vec<&str> =
        chapters.chain(book.unreadable.iter().map(String::as_str)).chain(Part::names()).collect();
    for named in &scope.config.site.navigation {
        if known.contains(&named.name.as_str()) {
            continue;
        }
        found.push(
            Diagnostic::error(
                Code::BrokenLink,
                format!("the navigation names `{}`, which is not a page", named.name),
            )
            .at(named.place.clone())
            .hint(match nearest(&named.name, known.iter().copied()) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!(
                    "Name chapters by their files without `.md`, and these: {}.",
                    Part::names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
                ),
            }),
        );
    }
}

/// What the foot of every page leads to.
pub(super) fn foot(chapters: &[Answered<'_>], generated: &[Generated<'_>]) -> Vec<Position> {
    let known = by_name(chapters, generated);
    Part::FOOT.iter().filter_map(|part| known.get(part.name()).copied()).collect()
}

/// The page of each name: a chapter, or what the data write.
fn by_name<'n>(
    chapters: &[Answered<'n>],
    generated: &'n [Generated<'_>],
) -> BTreeMap<&'n str, Position> {
    let pages = generated.iter().map(|page| page.stem.as_str()).enumerate();
    let pages = pages.map(|(at, stem)| (stem, Position::Generated(at)));
    let own = chapters.iter().map(|chapter| chapter.chapter.stem.as_str()).enumerate();
    let own = own.map(|(at, stem)| (stem, Position::Chapter(at)));
    // A chapter stands as the page that it tells.
    pages.chain(own).collect()
}
