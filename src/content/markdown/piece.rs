//! What is written in the end: markup, the holes in it, and the passages around
//! them.

use super::super::chapter::{Passage, Piece};
use super::Writer;

impl Writer<'_> {
    /// Begins a passage, before its markup.
    pub(super) fn begin(&mut self, passage: Passage) -> &mut Self {
        self.begun.push((passage, self.html.as_str().len()));
        self
    }

    /// Ends the innermost passage. Without a hole it was mere markup.
    pub(super) fn end_passage(&mut self, markup: &str) {
        if self.begun.pop().is_some() {
            self.html.html(markup);
        } else {
            self.hole(Piece::End(markup.to_owned()));
        }
    }

    /// Ends the markup so far and leaves a hole after it.
    pub(super) fn hole(&mut self, piece: Piece) {
        self.flush();
        self.body.pieces.push(piece);
    }

    pub(super) fn flush(&mut self) {
        let html = self.html.take();
        let mut from = 0;
        let mut push = |pieces: &mut Vec<Piece>, to: usize| {
            if from < to {
                pieces.push(Piece::Html(html[from..to].to_owned()));
            }
            from = to;
        };
        for (passage, at) in self.begun.drain(..) {
            push(&mut self.body.pieces, at);
            self.body.pieces.push(Piece::Begin(passage));
        }
        push(&mut self.body.pieces, html.len());
    }

    /// Puts the page aside; what follows is gathered by itself.
    pub(super) fn set_aside(&mut self) {
        self.flush();
        self.held.push(std::mem::take(&mut self.body.pieces));
    }

    /// Takes the page up again and gives what was gathered since.
    pub(super) fn take_up(&mut self) -> Vec<Piece> {
        self.flush();
        std::mem::replace(&mut self.body.pieces, self.held.pop().unwrap_or_default())
    }

    pub(super) fn extend(&mut self, pieces: Vec<Piece>) {
        for piece in pieces {
            match piece {
                Piece::Html(html) => {
                    self.html.html(&html);
                }
                hole => self.hole(hole),
            }
        }
    }
}
