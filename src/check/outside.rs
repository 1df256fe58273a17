//! Links to other sites, and whether anybody answers there.

use std::collections::BTreeMap;

use crate::content::OutsideLink;
use crate::diag::{Code, Diagnostic};
use crate::page::AnsweredBook;
use crate::sources;

use super::own;

/// Whether other sites are asked: the one thing for which the program ever
/// leaves its machine, and never in a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// They are left alone.
    Skipped,
    /// Every address that a chapter links to is asked for once.
    Done,
}

/// The links of all chapters to other sites, in the order of the text.
pub fn links(books: &[AnsweredBook<'_>]) -> Vec<OutsideLink> {
    let bodies = books.iter().flat_map(own).map(|answered| &answered.chapter.body);
    let links = bodies.flat_map(|body| &body.outside);
    let of_the_web = |link: &&OutsideLink| link.address.starts_with("http");
    links.filter(of_the_web).cloned().collect()
}

/// The links where nothing answers, each at its place.
pub(super) fn dead(links: &[OutsideLink]) -> Vec<Diagnostic> {
    let mut asked: BTreeMap<&str, Option<String>> =
        links.iter().map(|link| (page(&link.address), None)).collect();
    sources::ask(&mut asked);
    let dead = links.iter().filter_map(|link| {
        let told = asked.get(page(&link.address))?.as_ref()?;
        let message = format!("`{}` {told}", link.address);
        Some(Diagnostic::warning(Code::LinkDead, message).at(link.place.clone()))
    });
    dead.collect()
}

/// An address without the place in the page, which is asked of nobody.
fn page(address: &str) -> &str {
    address.split_once('#').map_or(address, |(page, _)| page)
}
