//! Headings: their anchors and their levels.

use crate::diag::{Code, Diagnostic, Place};

use super::super::chapter::{Heading, Passage, Piece};
use super::{Open, Writer};

impl Writer<'_> {
    pub(super) fn end_heading(&mut self) {
        let Some(Open::Heading { level, id, text, parts, span }) = self.open.pop() else { return };
        let place = Place::new(self.source, self.first_line(&span));
        self.check_level(level, &place);
        if parts.is_empty() {
            self.found.push(
                Diagnostic::error(Code::HeadingEmpty, "a heading without words").at(place.clone()),
            );
        }
        let id = match id {
            Some(id) => {
                if !self.anchors.claim(&id) {
                    self.found.push(
                        Diagnostic::error(
                            Code::DuplicateAnchor,
                            format!("two headings with the anchor `{id}`"),
                        )
                        .at(place.clone())
                        .hint("Give one of them another anchor."),
                    );
                }
                id
            }
            None => self.anchors.derive(&text),
        };
        let inner = self.take_up();
        let name = format!("h{level}");
        self.begin(Passage::Heading { level, id: id.clone() }).flush();
        self.html.tag(&name, &[("id", &id)]);
        self.extend(inner);
        let label = self.words.fill("page.anchor", &[("title", &self.words.typeset(&text))]);
        self.html
            .text(" ")
            .tag("a", &[("class", "anchor"), ("href", &format!("#{id}")), ("aria-label", &label)]);
        self.html.end("a");
        self.hole(Piece::End(format!("</{name}>\n")));
        self.heading = self.words.typeset(&text).into_owned();
        self.tables = 0;
        self.body.headings.push(Heading { level, id, parts, place });
    }

    fn check_level(&mut self, level: u8, place: &Place) {
        let deepest = self.last_level + 1;
        self.last_level = level;
        if level == 1 {
            self.found.push(
                Diagnostic::error(Code::HeadingLevel, "a heading of level 1 in a chapter")
                    .at(place.clone())
                    .hint(
                        "Begin at `##`: the title of the front matter is the heading of level 1.",
                    ),
            );
        } else if level > deepest {
            self.found.push(
                Diagnostic::error(
                    Code::HeadingLevel,
                    format!("a heading of level {level} after one of level {}", deepest - 1),
                )
                .at(place.clone())
                .hint(format!("Write `{}`.", "#".repeat(usize::from(deepest)))),
            );
        }
    }
}
