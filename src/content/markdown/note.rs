//! Notes: their marks in the text, and their list at its end.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diag::{Code, Diagnostic, Place};
use crate::markup::Html;

use super::super::chapter::{Passage, Piece};
use super::{Open, Writer};

/// The notes of a chapter.
#[derive(Default)]
pub(super) struct Footnotes {
    /// Name → number and how often it was cited.
    cited: BTreeMap<String, (usize, usize)>,
    written: Vec<(String, Range<usize>, Vec<Piece>)>,
}

impl Writer<'_> {
    pub(super) fn footnote_reference(&mut self, name: &str) {
        let next = self.footnotes.cited.len() + 1;
        let (number, uses) = self.footnotes.cited.entry(name.to_owned()).or_insert((next, 0));
        *uses += 1;
        let note = *number;
        let id =
            if *uses == 1 { format!("note-ref-{note}") } else { format!("note-ref-{note}-{uses}") };
        let number = note.to_string();
        let label = self.words.fill("page.footnote", &[("number", &number)]);
        let mut html = Html::default();
        html.tag("sup", &[("class", "footnote-reference")]);
        html.tag("a", &[("href", &format!("#note-{note}")), ("id", &id), ("aria-label", &label)]);
        html.text(&number).end("a").end("sup");
        self.hole(Piece::NoteMark { note, markup: html.into() });
    }

    pub(super) fn end_footnote(&mut self) {
        let Some(Open::Footnote { name, span }) = self.open.pop() else { return };
        let note = self.take_up();
        self.footnotes.written.push((name, span, note));
    }

    /// Refuses marks of notes that are not written, which the parser takes for text.
    pub(super) fn missing_notes(&mut self) {
        let text = self.source.text();
        for span in self.body.prose.stretches() {
            let brackets = text[span.clone()].match_indices('[').map(|(at, _)| span.start + at);
            for at in brackets.filter(|at| !text[..*at].ends_with('\\')) {
                let Some(rest) = text[at..].strip_prefix("[^") else { continue };
                let Some(name) = rest.split_once(']').map(|(name, _)| name) else { continue };
                if name.is_empty() || name.contains(char::is_whitespace) {
                    continue;
                }
                self.found.push(
                    Diagnostic::error(Code::FootnoteMissing, format!("there is no note `{name}`"))
                        .at(Place::new(self.source, at..at + name.len() + "[^]".len()))
                        .hint(format!("Write it in a line of its own: `[^{name}]: …`.")),
                );
            }
        }
    }

    /// A note that no reader would see.
    fn unused_note(&mut self, name: &str, span: &Range<usize>) {
        let message = format!("nothing in the text leads to the note `{name}`");
        self.found.push(
            Diagnostic::error(Code::FootnoteUnused, message)
                .at(Place::new(self.source, self.first_line(span)))
                .hint(format!("Put `[^{name}]` into the text, or take the note out.")),
        );
    }

    /// Writes the notes that were cited, by number.
    pub(super) fn notes(&mut self) {
        let Footnotes { cited, written } = std::mem::take(&mut self.footnotes);
        let mut notes: Vec<_> = written
            .into_iter()
            .filter_map(|(name, span, pieces)| {
                let cited = cited.get(&name);
                if cited.is_none() {
                    self.unused_note(&name, &span);
                }
                Some((cited?.0, pieces))
            })
            .collect();
        notes.sort_by_key(|(number, _)| *number);
        if !notes.is_empty() {
            let title = self.words.text("page.footnotes");
            self.begin(Passage::Container);
            self.html
                .tag("section", &[("class", "footnotes"), ("aria-label", title)])
                .tag("ol", &[])
                .line();
            for (number, pieces) in notes {
                self.begin(Passage::Note(number)).flush();
                self.html.tag(
                    "li",
                    &[("id", &format!("note-{number}")), ("value", &number.to_string())],
                );
                self.extend(pieces);
                let back =
                    self.words.fill("page.footnote-back", &[("number", &number.to_string())]);
                self.html.tag("p", &[("class", "footnote-back")]);
                self.html
                    .tag("a", &[("href", &format!("#note-ref-{number}")), ("aria-label", &back)]);
                self.html.text("↩").end("a").end("p");
                self.end_passage("</li>\n");
            }
            self.end_passage("</ol></section>\n");
        }
    }
}
