//! Links to other sites, and whether anybody answers there.

use std::collections::{BTreeMap, BTreeSet};

use crate::content::OutsideLink;
use crate::diag::{Code, Diagnostic};
use crate::page::AnsweredBook;
use crate::sources::{self, Fault};

/// Whether other sites are asked: the one thing for which the program ever
/// leaves its machine, and never in a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// They are left alone.
    Skipped,
    /// Every address that the report links to is asked for once.
    Done,
}

/// The links to other sites: those of all chapters in the order of the text,
/// then those of the publications that figures were taken from.
pub fn links(books: &[AnsweredBook<'_>]) -> Vec<OutsideLink> {
    let bodies = books.iter().flat_map(AnsweredBook::own).map(|answered| &answered.chapter.body);
    let links = bodies.flat_map(|body| &body.outside);
    let of_the_web = links.filter(|link| link.address.starts_with("http")).cloned();
    // Every language has the same data.
    let sources = books.first().into_iter().flat_map(|book| &book.scope.survey.sources);
    let of_sources = sources
        .filter_map(|source| source.url.as_ref())
        .map(|url| OutsideLink { address: url.value.clone(), place: url.place.clone() });
    of_the_web.chain(of_sources).collect()
}

/// The addresses of links, each once.
pub fn addresses(links: &[OutsideLink]) -> BTreeSet<&str> {
    links.iter().map(|link| page(&link.address)).collect()
}

/// The links where nothing answers, each at its place; one finding where no
/// site at all was reached. `answered` is called at each of the
/// [`addresses`], from many threads.
pub fn dead(links: &[OutsideLink], answered: &(dyn Fn() + Sync)) -> Vec<Diagnostic> {
    let mut asked: BTreeMap<&str, Option<Fault>> =
        addresses(links).into_iter().map(|address| (address, None)).collect();
    sources::ask(&mut asked, answered);
    let unreached = asked.values().filter(|told| matches!(told, Some(Fault::Unreached(_)))).count();
    if 1 < asked.len() && unreached == asked.len() {
        return unasked(&asked).into_iter().collect();
    }
    let dead = links.iter().filter_map(|link| {
        let (Fault::Away(told) | Fault::Unreached(told)) =
            asked.get(page(&link.address))?.as_ref()?;
        let message = format!("`{}` {told}", link.address);
        Some(Diagnostic::warning(Code::LinkDead, message).at(link.place.clone()))
    });
    dead.collect()
}

/// That nothing is known of any link: most likely there is no network.
fn unasked(asked: &BTreeMap<&str, Option<Fault>>) -> Option<Diagnostic> {
    let (address, told) = asked.first_key_value()?;
    let (Fault::Away(told) | Fault::Unreached(told)) = told.as_ref()?;
    let message = format!(
        "none of {} addresses of other sites could be asked: no network? (`{address}` {told})",
        asked.len()
    );
    let hint = "Nothing is known of these links. Try again where other sites can be reached.";
    Some(Diagnostic::warning(Code::LinkDead, message).hint(hint))
}

/// An address without the place in the page, which is asked of nobody.
fn page(address: &str) -> &str {
    address.split_once('#').map_or(address, |(page, _)| page)
}
