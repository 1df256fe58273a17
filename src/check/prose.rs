//! Passages of running text as their reader sees them, each byte with its
//! place in the file. Bound numbers are blanked out: nobody typed them.

use std::ops::Range;
use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::content::{Chapter, Expression, Function};
use crate::diag::{Place, SourceText};

/// What stands for a byte of a bound number: no word, no space.
pub(super) const BLANK: char = '\u{1}';

/// A paragraph, an entry of a list, a cell.
pub(super) struct Passage<'c> {
    source: &'c Arc<SourceText>,
    text: String,
    /// Where a piece of the text begins, here and in the file.
    pieces: Vec<(usize, usize)>,
    /// The expressions in it.
    pub(super) bound: Vec<&'c Expression>,
}

/// A word and where it stands in its passage.
pub(super) type Word<'p> = (usize, &'p str);

/// The passages of a chapter in order.
pub(super) fn passages(chapter: &Chapter) -> Vec<Passage<'_>> {
    chapter.body.prose.passages().map(|spans| passage(chapter, spans)).collect()
}

fn passage<'c>(chapter: &'c Chapter, spans: &[Range<usize>]) -> Passage<'c> {
    let source = &chapter.source;
    let mut passage = Passage { source, text: String::new(), pieces: vec![], bound: vec![] };
    for span in spans {
        // Markup, and the end of a line, stand between the pieces.
        if passage.ends_before_line(span.start) {
            passage.text.push(' ');
        }
        passage.pieces.push((passage.text.len(), span.start));
        let mut at = span.start;
        for expression in &chapter.body.expressions {
            let own = expression.place.span();
            if own.start < at || span.end < own.end {
                continue;
            }
            passage.text.push_str(&source.text()[at..own.start]);
            passage.text.extend(std::iter::repeat_n(BLANK, own.len()));
            passage.bound.push(expression);
            at = own.end;
        }
        let rest = &source.text()[at..span.end];
        if rest.starts_with('&') && rest.ends_with(';') {
            // Written by its name: mostly a space that does not break.
            passage.text.extend(std::iter::repeat_n(' ', rest.len()));
        } else {
            passage.text.push_str(rest);
        }
    }
    passage
}

impl Passage<'_> {
    fn ends_before_line(&self, next: usize) -> bool {
        let Some((here, there)) = self.pieces.last() else { return false };
        let end = there + (self.text.len() - here);
        self.source.text().get(end..next).is_some_and(|between| between.contains('\n'))
    }

    /// Its sentences, by where each begins.
    pub(super) fn sentences(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.split_sentence_bound_indices()
    }

    /// What its reader sees.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// A stretch of it in the file.
    pub(super) fn place(&self, span: Range<usize>) -> Place {
        let there = |at: usize| {
            let piece = self.pieces.iter().rfind(|(here, _)| *here <= at);
            piece.map_or(0, |(here, there)| there + (at - here))
        };
        // The end lies in the piece of the last byte, not at the start of the next.
        Place::new(self.source, there(span.start)..there(span.end.saturating_sub(1)) + 1)
    }

    /// Whether a word of it is bound to a test.
    pub(super) fn rests_on_a_test(&self) -> bool {
        let tests = [Function::Versus, Function::Claim, Function::Change, Function::Difference];
        self.bound.iter().any(|expression| tests.contains(&expression.function))
    }
}
