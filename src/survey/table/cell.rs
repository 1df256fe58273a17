//! Where the cells of a table end in its text.

/// Where a record of the reader stands.
pub(super) fn offset(position: &csv::Position) -> usize {
    usize::try_from(position.byte()).expect("the text is in memory")
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
