//! The cells of header rows.

/// The cell of a header row, cut and empty where there is none.
pub(super) fn cell(head: &[Vec<String>], row: usize, column: usize) -> &str {
    head.get(row).and_then(|row| row.get(column)).map_or("", |cell| cell.trim())
}
