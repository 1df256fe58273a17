//! A place in a text: file, bytes, and line and column on demand.

use std::ops::Range;
use std::sync::Arc;

/// A text that was read, with the path by which its author knows it.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceText {
    path: String,
    text: String,
}

impl SourceText {
    /// Names a text. `path` is relative to the report and has `/` separators.
    pub fn new(path: impl Into<String>, text: String) -> Arc<Self> {
        Arc::new(Self { path: path.into(), text })
    }

    /// The path, relative to the report, with `/` separators.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A stretch of a text. It holds the text, so that it can be shown by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    source: Arc<SourceText>,
    span: Range<usize>,
}

/// A line and a column, both from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

impl Place {
    /// A stretch of bytes of `source`, moved to the nearest character
    /// boundaries inside the text.
    pub fn new(source: &Arc<SourceText>, span: Range<usize>) -> Self {
        let floor = |at: usize| {
            let mut at = at.min(source.text.len());
            while !source.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = floor(span.start);
        Self { source: Arc::clone(source), span: start..floor(span.end).max(start) }
    }

    /// The whole of a line-less thing: the start of the file.
    pub fn file(source: &Arc<SourceText>) -> Self {
        Self::new(source, 0..0)
    }

    /// Where a text first stands from here on; here if nowhere.
    #[must_use]
    pub fn of(&self, text: &str) -> Self {
        let start = self.source.text()[self.span.start..].find(text).map(|at| self.span.start + at);
        start.map_or_else(|| self.clone(), |at| Self::new(&self.source, at..at + text.len()))
    }

    /// True if another stretch lies in this one.
    pub fn contains(&self, other: &Self) -> bool {
        self.path() == other.path()
            && self.span.start <= other.span.start
            && other.span.end <= self.span.end
    }

    /// The path of the file.
    pub fn path(&self) -> &str {
        &self.source.path
    }

    /// The bytes, on character boundaries.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The text of the file.
    pub fn text(&self) -> &str {
        &self.source.text
    }

    /// Where the stretch starts.
    pub fn start(&self) -> Position {
        position(&self.source.text, self.span.start)
    }

    /// Where the stretch ends (the character after its last).
    pub fn end(&self) -> Position {
        position(&self.source.text, self.span.end)
    }
}

fn position(text: &str, at: usize) -> Position {
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Position {
        line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let file = SourceText::new("a.md", "un\névé x".into());

        let place = Place::new(&file, 9..10);

        assert_eq!(place.start(), Position { line: 2, column: 5 });
    }

    #[test]
    fn a_span_never_cuts_a_character() {
        let file = SourceText::new("a.md", "é".into());

        assert_eq!(Place::new(&file, 1..9).span(), 0..2);
    }
}
