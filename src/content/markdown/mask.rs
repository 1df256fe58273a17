//! Expressions taken out of Markdown before it is parsed.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::expression;

/// The signs that a placeholder begins and ends with.
pub(super) const OPEN: char = '\u{E000}';
pub(super) const CLOSE: char = '\u{E001}';

/// Replaces every `{{ … }}` by a placeholder of its length.
pub(super) fn mask(text: &str, start: usize) -> (String, BTreeMap<usize, Range<usize>>) {
    let mut spans = BTreeMap::new();
    if !text.contains("{{") && !text.contains([OPEN, CLOSE]) {
        return (text.to_owned(), spans);
    }
    // Both replacements are three bytes long, as the private characters are.
    let clean = text.replace([OPEN, CLOSE], "\u{FFFD}");
    let mut masked = String::with_capacity(clean.len());
    let mut at = 0;
    while let Some(span) = expression::next(&clean, at) {
        masked.push_str(&clean[at..span.start]);
        // `{{}}` is shorter than a placeholder: it stays and is refused as text.
        if let Some(filler) = span.len().checked_sub(OPEN.len_utf8() + CLOSE.len_utf8()) {
            masked.push(OPEN);
            masked.extend(std::iter::repeat_n('x', filler));
            masked.push(CLOSE);
            spans.insert(start + span.start, start + span.start..start + span.end);
        } else {
            masked.push_str(&clean[span.clone()]);
        }
        at = span.end;
    }
    masked.push_str(&clean[at..]);
    (masked, spans)
}
