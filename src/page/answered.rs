//! A chapter with its answers: the text, and what goes into its holes.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::content::{Chapter, Heading, HeadingPart, Piece};
use crate::figure::{Inline, Plan, Scope};

/// A chapter with its answers.
#[derive(Debug)]
pub struct Answered<'a> {
    /// What it was answered from, in the language of its text.
    pub scope: Scope<'a>,
    /// The text with holes.
    pub chapter: &'a Chapter,
    /// What goes into the holes for figures.
    pub figures: Vec<Plan<'a>>,
    /// What goes into the holes for numbers.
    pub inlines: Vec<Inline>,
    /// Its text: of the chapter, what may be shown.
    pub pieces: Cow<'a, [Piece]>,
    /// The headings in it.
    pub headings: Vec<&'a Heading>,
    /// The anchors of what may not be shown.
    pub(super) left_out: BTreeSet<String>,
    /// What goes into the holes for references to figures: finished HTML.
    pub(super) references: Vec<String>,
}

impl Answered<'_> {
    /// Whether anything in it rests on simulated answers.
    pub(super) fn is_simulated(&self) -> bool {
        self.figures.iter().any(Plan::is_simulated)
            || self.pieces.iter().any(|piece| match piece {
                Piece::Inline { expression, .. } => self.inlines[*expression].simulated,
                _ => false,
            })
    }

    /// The figures in its text.
    pub(super) fn shown_figures(&self) -> impl Iterator<Item = &Plan<'_>> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Figure(at) => self.figures.get(*at),
            _ => None,
        })
    }

    /// The words of a heading, numbers filled in.
    pub(super) fn heading(&self, parts: &[HeadingPart]) -> String {
        parts
            .iter()
            .map(|part| match part {
                HeadingPart::Text(text) => text.as_str(),
                HeadingPart::Expression(number) => self.inlines[*number].text.as_str(),
            })
            .collect()
    }
}
