//! Links, references to figures, and images.

use std::ops::Range;

use crate::diag::{Code, Diagnostic, Place};
use crate::wording::ends_sentence;

use super::super::chapter::{Form, HeadingPart, Image, OutsideLink, Piece};
use super::super::file::Destination;
use super::super::link::ChapterLink;
use super::super::reference::FigureReference;
use super::{Open, Writer};

impl Writer<'_> {
    pub(super) fn link(&mut self, destination: &str, title: &str, span: Range<usize>) {
        let place = Place::new(self.source, span);
        let is_wordless = self.is_wordless(&place);
        let mut attributes = vec![];
        let href = match self.files.link(destination, &place, self.found) {
            Some(Destination::Outside(href)) => {
                attributes.push(("rel", "external noopener"));
                let link = OutsideLink { address: href.clone(), place: place.clone() };
                self.body.outside.push(link);
                href
            }
            Some(Destination::Chapter(link)) => {
                if is_wordless && self.reference(&link) {
                    return;
                }
                let href = link.href();
                self.body.links.push(link);
                href
            }
            Some(Destination::File(file)) => {
                let href = file.href.clone();
                self.body.files.push(file);
                href
            }
            None => String::new(),
        };
        if is_wordless {
            self.found.push(
                Diagnostic::error(Code::LinkWithoutWords, "the link has no words")
                    .at(place)
                    .hint("Write them between its square brackets.")
                    .hint("In running text, `[](#fig-id)` becomes the number of that figure."),
            );
        }
        attributes.push(("href", &href));
        if !title.is_empty() {
            attributes.push(("title", title));
        }
        self.tag("a", &attributes);
    }

    /// Whether nothing stands between the square brackets of a link.
    fn is_wordless(&self, link: &Place) -> bool {
        let written = &self.source.text()[link.span()];
        written.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with(']'))
    }

    /// Leaves a hole for the words of a link to a figure. In a heading or the
    /// text of an image there can be none.
    fn reference(&mut self, link: &ChapterLink) -> bool {
        let inside = matches!(self.open.last(), Some(Open::Heading { .. } | Open::Image { .. }));
        let Some(id) = link.figure().filter(|_| !inside) else { return false };
        let before = self.source.text()[..link.place.span().start].trim_end();
        let is_first = self.body.prose.is_at_begin();
        // The id says where it is; the page, if it is named as well, must be right.
        self.body.links.extend(link.stem.is_some().then(|| link.clone()));
        self.body.references.push(FigureReference {
            id: id.to_owned(),
            begins_sentence: is_first || ends_sentence(before),
            place: link.place.clone(),
        });
        self.hole(Piece::Reference(self.body.references.len() - 1));
        self.open.push(Open::Reference);
        true
    }

    pub(super) fn end_link(&mut self) {
        if matches!(self.open.last(), Some(Open::Reference)) {
            self.open.pop();
        } else {
            self.close_inline("a");
        }
    }

    pub(super) fn end_image(&mut self) {
        let Some(Open::Image { destination, title, alt, span }) = self.open.pop() else { return };
        let place = Place::new(self.source, span);
        let silent =
            |part: &HeadingPart| matches!(part, HeadingPart::Text(text) if text.trim().is_empty());
        if alt.iter().all(silent) {
            self.found.push(
                Diagnostic::error(
                    Code::ImageWithoutText,
                    format!("the image `{destination}` has no alternative text"),
                )
                .at(place.clone())
                .hint("Say between the brackets what the image tells: `![…](…)`."),
            );
        }
        let words = |part: &HeadingPart| match part {
            HeadingPart::Text(text) => text.clone(),
            HeadingPart::Expression(_) => String::new(),
        };
        self.body.images.push(Image {
            alternative: alt.iter().map(words).collect(),
            beside: vec![title.clone(), self.heading.clone()],
            place: place.clone(),
        });
        let Some(file) = self.files.image(&destination, &place, self.found) else { return };
        self.html.html("<img loading=\"lazy\" src=\"").text(&file.href);
        if !title.is_empty() {
            self.html.html("\" title=\"").text(&title);
        }
        self.html.html("\" alt=\"");
        self.body.files.push(file);
        for part in alt {
            match part {
                HeadingPart::Text(text) => {
                    self.html.text(&text);
                }
                HeadingPart::Expression(expression) => {
                    self.hole(Piece::Inline { expression, form: Form::Text });
                }
            }
        }
        self.html.html("\">");
    }
}
