//! Pages at old addresses, which lead to where their text is now.

use crate::config::Config;
use crate::content::Chapter;
use crate::markup::Html;
use crate::page::{AnsweredBook, File};
use crate::wording::Words;

/// Writes the page of every alias of every chapter.
pub fn redirects(config: &Config, book: &AnsweredBook<'_>) -> Vec<File> {
    let url = config.site.url.as_deref();
    let words = book.scope.words;
    let pages = book.pages().filter_map(|(position, chapter)| Some((position, chapter?)));
    pages
        .flat_map(|(position, chapter)| {
            let target = book.address(position);
            chapter.front.aliases.iter().map(move |alias| {
                // An alias may lie in folders of its own.
                let up = "../".repeat(alias.value.matches('/').count());
                let canonical = url.map(|url| format!("{url}{}{target}", book.folder));
                let html = page(words, chapter, &format!("{up}{target}"), canonical.as_deref());
                File { path: format!("{}{}", book.folder, alias.value), bytes: html.into_bytes() }
            })
        })
        .collect()
}

fn page(words: &Words, chapter: &Chapter, target: &str, canonical: Option<&str>) -> String {
    let title = chapter.front.title.as_str();
    let mut html = Html::default();
    html.html("<!doctype html>\n").tag("html", &[("lang", words.language().tag())]).line();
    html.tag("head", &[]).line();
    html.tag("meta", &[("charset", "utf-8")]).line();
    let policy = [("http-equiv", "Content-Security-Policy"), ("content", "default-src 'none'")];
    html.tag("meta", &policy).line();
    html.tag("meta", &[("name", "viewport"), ("content", "width=device-width")]).line();
    html.tag("meta", &[("http-equiv", "refresh"), ("content", &format!("0; url={target}"))]).line();
    html.tag("meta", &[("name", "robots"), ("content", "noindex")]).line();
    if let Some(canonical) = canonical {
        html.tag("link", &[("rel", "canonical"), ("href", canonical)]).line();
    }
    html.tag("title", &[]).text(title).end("title").line();
    html.end("head").line().tag("body", &[]).line();
    html.tag("p", &[]).text(words.text("page.moved")).text(" ");
    html.tag("a", &[("href", target)]).text(title).end("a").end("p").line();
    html.end("body").line().end("html").line();
    html.into()
}
