//! Where the cells of a table end in its text, and where their words do.

/// Where a record of the reader stands.
pub(super) fn offset(position: &csv::Position) -> usize {
    usize::try_from(position.byte()).expect("the text is in memory")
}

/// A text without the blanks around it, nor marks that nobody sees: files that
/// were put one after the other have them in their middle.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}'))
}

/// Where the cell that starts at `at` ends, and whether its quotation marks
/// are closed. The rules are those of the reader.
pub(super) fn cell_end(text: &[u8], at: usize, delimiter: u8) -> (usize, bool) {
    let mut at = at.min(text.len());
    let mut closed = true;
    if text.get(at) == Some(&b'"') {
        closed = false;
        at += 1;
        while at < text.len() {
            if text[at] != b'"' {
                at += 1;
            } else if text.get(at + 1) == Some(&b'"') {
                at += 2;
            } else {
                at += 1;
                closed = true;
                break;
            }
        }
    }
    let rest = text[at.min(text.len())..]
        .iter()
        .take_while(|byte| **byte != delimiter && !matches!(byte, b'\r' | b'\n'));
    (at + rest.count(), closed)
}
