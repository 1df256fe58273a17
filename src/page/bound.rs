//! The whole report on one page: the chapters one after the other, each a
//! level lower and with anchors of its own, so that no two are the same.

use std::collections::BTreeSet;

use html5gum::{EndTag, StartTag, Token, Tokenizer};

use crate::markup::escape;

use super::chunk::Chunk;

/// What refers to ids of the same page, by attribute.
const REFERRING: [&str; 5] =
    ["for", "headers", "aria-labelledby", "aria-describedby", "aria-controls"];

/// Sets the content of the chapter `stem`, called `name`, for a page on which
/// it is one of `stems`. Figures are the same everywhere: no two of a language share an id.
pub(super) fn bind(chunks: &[Chunk], stem: &str, name: &str, stems: &BTreeSet<&str>) -> String {
    let binder = Binder { stem, name, stems };
    let mut bound = String::new();
    for chunk in chunks {
        match chunk {
            Chunk::Figure(html) => bound.push_str(html),
            Chunk::Words(html) => binder.words(html, &mut bound),
        }
    }
    bound
}

/// The anchor of a chapter's own anchor on the page of the report.
fn anchor(stem: &str, own: &str) -> String {
    format!("{stem}--{own}")
}

struct Binder<'b> {
    stem: &'b str,
    /// The chapter in menus: regions of several chapters are told apart by it.
    name: &'b str,
    stems: &'b BTreeSet<&'b str>,
}

impl Binder<'_> {
    fn words(&self, html: &str, bound: &mut String) {
        for token in Tokenizer::new(html.as_bytes()) {
            match token {
                Ok(Token::StartTag(tag)) => self.start(&tag, bound),
                Ok(Token::EndTag(tag)) => end(&tag, bound),
                Ok(Token::String(text)) => bound.push_str(&escape(&String::from_utf8_lossy(&text))),
                Ok(Token::Comment(_) | Token::Doctype(_) | Token::Error(_)) => {}
                Err(never) => match never {},
            }
        }
    }

    fn start(&self, tag: &StartTag<()>, bound: &mut String) {
        bound.push('<');
        bound.push_str(&lower(&String::from_utf8_lossy(&tag.name)));
        for (name, value) in &tag.attributes {
            let (name, value) = (String::from_utf8_lossy(name), String::from_utf8_lossy(value));
            bound.push(' ');
            bound.push_str(&name);
            bound.push_str("=\"");
            let value = if name == "aria-label" && *tag.name == b"section"[..] {
                format!("{value} ({})", self.name)
            } else {
                self.attribute(&name, &value)
            };
            bound.push_str(&escape(&value));
            bound.push('"');
        }
        bound.push_str(if tag.self_closing { "/>" } else { ">" });
    }

    fn attribute(&self, name: &str, value: &str) -> String {
        if name == "id" {
            // No two figures share an id; where one is left out, its place has it.
            if value.starts_with("fig-") { value.to_owned() } else { anchor(self.stem, value) }
        } else if REFERRING.contains(&name) {
            let ids = value.split_whitespace().map(|id| anchor(self.stem, id));
            ids.collect::<Vec<_>>().join(" ")
        } else if name == "href" {
            self.reference(value)
        } else {
            value.to_owned()
        }
    }

    /// Where a link of the chapter leads on the page of the report.
    fn reference(&self, href: &str) -> String {
        let (page, own) = href.split_once('#').unwrap_or((href, ""));
        let stem = match page.strip_suffix(".html") {
            _ if page.is_empty() => self.stem,
            Some(stem) if self.stems.contains(stem) => stem,
            _ => return href.to_owned(),
        };
        match own {
            "" => format!("#{stem}"),
            figure if figure.starts_with("fig-") => format!("#{figure}"),
            own => format!("#{}", anchor(stem, own)),
        }
    }
}

fn end(tag: &EndTag<()>, bound: &mut String) {
    bound.push_str("</");
    bound.push_str(&lower(&String::from_utf8_lossy(&tag.name)));
    bound.push('>');
}

/// Headings go down a level: the title of a chapter is one of the report.
fn lower(name: &str) -> String {
    match name {
        "h2" => "h3",
        "h3" => "h4",
        "h4" => "h5",
        "h5" => "h6",
        other => other,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bound(html: &str) -> String {
        let chunks = [Chunk::Words(html.to_owned())];
        bind(&chunks, "themes", "Themes", &BTreeSet::from(["themes", "progress"]))
    }

    #[test]
    fn headings_go_down_and_anchors_are_told_apart() {
        let heading = "<h2 id=\"why\">Why <a class=\"anchor\" href=\"#why\"></a></h2>";

        assert_eq!(
            bound(heading),
            "<h3 id=\"themes--why\">Why <a class=\"anchor\" href=\"#themes--why\"></a></h3>"
        );
    }

    #[test]
    fn links_between_chapters_stay_on_the_page() {
        let links = "<a href=\"progress.html\"></a><a href=\"progress.html#fig-x\"></a>\
                     <a href=\"progress.html#how\"></a><a href=\"results.html\"></a>\
                     <a href=\"https://example.org/progress.html\"></a>";

        assert_eq!(
            bound(links),
            "<a href=\"#progress\"></a><a href=\"#fig-x\"></a>\
             <a href=\"#progress--how\"></a><a href=\"results.html\"></a>\
             <a href=\"https://example.org/progress.html\"></a>"
        );
    }

    #[test]
    fn regions_are_told_apart() {
        assert_eq!(
            bound("<section aria-label=\"Notes\">"),
            "<section aria-label=\"Notes (Themes)\">"
        );
    }

    #[test]
    fn figures_are_not_touched() {
        let figure = "<figure id=\"fig-x\"><svg viewBox=\"0 0 1 1\"/></figure>";
        let chunks = [Chunk::Figure(figure.to_owned())];

        assert_eq!(bind(&chunks, "themes", "Themes", &BTreeSet::new()), figure);
    }

    #[test]
    fn text_stays_text() {
        assert_eq!(bound("<p>a &lt; b &amp; c</p>"), "<p>a &lt; b &amp; c</p>");
    }
}
