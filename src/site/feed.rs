//! The Atom feed of a language: its chapters as news, newest first.

use jiff::civil::Date;

use crate::config::Config;
use crate::content::Chapter;
use crate::markup::Html;
use crate::page::{AnsweredBook, FEED, File};

/// Writes the feed; `None` when no address or no date is known. The dates are
/// those of the settings and of the chapters: the day of the build tells
/// readers nothing.
pub fn feed(config: &Config, book: &AnsweredBook<'_>) -> Option<File> {
    let url = config.site.url.as_deref()?;
    let report = config.site.published;
    let dated = book.pages().filter_map(|(position, chapter)| {
        let chapter = chapter?;
        let address = book.address(position);
        let page = if address == "index.html" { String::new() } else { address };
        Some((chapter, chapter.front.last_change(report)?, page))
    });
    let mut entries: Vec<_> = dated.collect();
    entries.sort_by_key(|(_, date, _)| std::cmp::Reverse(*date));
    let newest = entries.first().map(|(_, date, _)| *date)?;

    let home = format!("{url}{}", book.folder);
    let language = book.language;
    let title = config.site.title.get(language);
    let mut xml = Html::default();
    xml.html("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.tag("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", language.tag())])
        .line();
    element(&mut xml, "title", title);
    if let Some(description) = &config.site.description {
        element(&mut xml, "subtitle", description.get(language));
    }
    element(&mut xml, "id", &home);
    link(&mut xml, "alternate", &home);
    link(&mut xml, "self", &format!("{home}{FEED}"));
    element(&mut xml, "updated", &moment(newest));
    xml.tag("author", &[]).line();
    element(&mut xml, "name", config.site.author.as_deref().unwrap_or(title));
    xml.end("author").line();
    if let Some(license) = &config.site.license {
        element(&mut xml, "rights", license);
    }
    for (chapter, date, page) in entries {
        entry(&mut xml, config, chapter, date, &format!("{home}{page}"));
    }
    xml.end("feed").line();
    Some(File { path: format!("{}{FEED}", book.folder), bytes: xml.take().into_bytes() })
}

fn entry(xml: &mut Html, config: &Config, chapter: &Chapter, updated: Date, address: &str) {
    xml.tag("entry", &[]).line();
    element(xml, "title", &chapter.front.title);
    element(xml, "id", address);
    link(xml, "alternate", address);
    if let Some(published) = chapter.front.published.or(config.site.published) {
        element(xml, "published", &moment(published));
    }
    element(xml, "updated", &moment(updated));
    if let Some(summary) = &chapter.front.summary {
        element(xml, "summary", summary);
    }
    xml.end("entry").line();
}

/// A feed knows moments, a report days.
fn moment(date: Date) -> String {
    format!("{date}T00:00:00Z")
}

fn element(xml: &mut Html, name: &str, text: &str) {
    xml.tag(name, &[]).text(text).end(name).line();
}

fn link(xml: &mut Html, relation: &str, address: &str) {
    xml.tag("link", &[("rel", relation), ("href", address)]).end("link").line();
}
