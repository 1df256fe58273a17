//! What `not_found.html` sees: the site has one such page, served at any
//! depth, so that it speaks every language and names every address in full.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Context;

use crate::config::{Config, Language};
use crate::page::book::AnsweredBook;

use super::entry::{chapters, entry};
use super::{PageContext, Shared};

/// What the page says in one language.
#[derive(Serialize)]
struct Said<'a> {
    tag: &'a str,
    name: &'a str,
    title: &'a str,
    text: &'a str,
    /// What its links are.
    label: &'a str,
    /// Its home page and what helps to find one's way, then the chapters.
    help: Vec<Way>,
    chapters_title: &'a str,
    chapters: Vec<Way>,
}

/// A link.
#[derive(Serialize)]
struct Way {
    title: String,
    address: String,
    /// Of its words, where it is not that of the part of the page.
    language: Option<String>,
}

/// The context of the page for addresses that do not exist.
pub(in crate::page) fn not_found(
    config: &Config,
    shared: &BTreeMap<&Language, Shared>,
    books: &[AnsweredBook<'_>],
) -> Context {
    let default = shared.get(config.default_language());
    let mut context = default.map(|shared| shared.context.clone()).unwrap_or_default();
    let said: Vec<Said<'_>> = books.iter().map(|book| said(config, book)).collect();
    let title = said.first().map_or("404", |said| said.title);
    let page = PageContext {
        kind: "not_found",
        title,
        short_title: title,
        summary: None,
        address: "404.html",
        canonical: None,
        text_language: None,
        root: "",
        number: None,
        kicker: None,
        updated: None,
        topic: None,
        alternates: vec![],
        image: None,
        json_ld: None,
        simulated: false,
    };
    context.insert("page", &page);
    context.insert("said", &said);
    context.insert("languages", &[(); 0]);
    for neighbour in ["previous", "next"] {
        context.insert(neighbour, &None::<()>);
    }
    context.insert("outline", &[(); 0]);
    context.insert("sources", &[(); 0]);
    context.insert("content", "");
    context
}

fn said<'a>(config: &Config, book: &'a AnsweredBook<'_>) -> Said<'a> {
    let words = book.scope.words;
    let base = config.site.url.as_deref().unwrap_or_default();
    let address = |page: &str| format!("{base}{}{page}", book.folder);
    let home = Way {
        title: words.text("not-found.home").to_owned(),
        address: address("index.html"),
        language: None,
    };
    let ways = ["search", "summary", "results"].into_iter().filter_map(|kind| {
        let name = format!("{kind}.html");
        let position = book.foot.iter().find(|position| book.address(**position) == name)?;
        let entry = entry(book, *position);
        Some(Way {
            title: entry.short_title.to_owned(),
            address: address(&entry.address),
            language: entry.language.map(str::to_owned),
        })
    });
    let chapters = chapters(book).into_iter().map(|entry| Way {
        title: entry.short_title.to_owned(),
        address: address(&entry.address),
        language: entry.language.map(str::to_owned),
    });
    Said {
        tag: book.language.tag(),
        name: words.text("language.name"),
        title: words.text("not-found.title"),
        text: words.text("not-found.text"),
        label: words.text("navigation.label"),
        help: std::iter::once(home).chain(ways).collect(),
        chapters_title: words.text("not-found.chapters"),
        chapters: chapters.collect(),
    }
}
