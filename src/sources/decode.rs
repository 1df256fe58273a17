//! Bytes → text that a place can point into: UTF-8, with or without a mark.

use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Place, SourceText};

/// Reads `bytes` as UTF-8; a byte order mark at the start is dropped.
///
/// The mistake points at the first byte that is not UTF-8, in the text as far
/// as it can be shown.
pub fn decode(path: &str, bytes: &[u8]) -> Result<Arc<SourceText>, Diagnostic> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(SourceText::new(path, text.to_owned())),
        Err(error) => error,
    };
    let at = error.valid_up_to();
    let source = SourceText::new(path, String::from_utf8_lossy(bytes).into_owned());
    Err(Diagnostic::error(
        Code::InvalidEncoding,
        format!("the byte 0x{:02X} is not part of a UTF-8 text", bytes[at]),
    )
    // The replacement character has three bytes.
    .at(Place::new(&source, at..at + 3))
    .hint("Save the file as UTF-8."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Position;

    #[test]
    fn a_mark_is_no_part_of_the_text() {
        assert_eq!(decode("a", b"\xEF\xBB\xBFx").unwrap().text(), "x");
    }

    #[test]
    fn a_byte_that_is_not_utf_8_has_a_place() {
        let mistake = decode(
            "a",
            "é\nab".as_bytes().iter().chain(b"\xE9c").copied().collect::<Vec<_>>().as_slice(),
        )
        .unwrap_err();

        assert_eq!(mistake.place().unwrap().start(), Position { line: 2, column: 3 });
        assert_eq!(mistake.message(), "the byte 0xE9 is not part of a UTF-8 text");
    }
}
