//! Bytes of a table → text: byte order marks, UTF-8, else the encoding that
//! the settings name. It guesses nothing.

use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8, UTF_16LE};

use crate::diag::{Code, Diagnostic, Place, SourceText};
use crate::sources;

/// Reads the bytes of a table.
///
/// A byte order mark decides; then UTF-8, if the bytes are valid UTF-8, since
/// no text with accents in another encoding looks like it; then `setting`.
/// Bytes that are not UTF-8 without a setting are a mistake.
pub(super) fn decode(
    path: &str,
    bytes: &[u8],
    setting: Option<&'static Encoding>,
) -> Result<Arc<SourceText>, Diagnostic> {
    if let Some((marked, mark)) = Encoding::for_bom(bytes).filter(|(marked, _)| *marked != UTF_8) {
        return strictly(path, &bytes[mark..], marked);
    }
    match setting {
        Some(setting) if setting == UTF_16LE => strictly(path, bytes, setting),
        Some(setting) if setting != UTF_8 && std::str::from_utf8(bytes).is_err() => {
            strictly(path, bytes, setting)
        }
        Some(_) => sources::decode(path, bytes),
        None => sources::decode(path, bytes).map_err(|mistake| {
            mistake.hint(
                "Or name its encoding: `encoding = \"windows-1252\"` under `[csv]` in `barometer.toml`.",
            )
        }),
    }
}

fn strictly(
    path: &str,
    bytes: &[u8],
    encoding: &'static Encoding,
) -> Result<Arc<SourceText>, Diagnostic> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let source = SourceText::new(path, text.into_owned());
    if !broken {
        return Ok(source);
    }
    let at = source.text().find('\u{FFFD}').unwrap_or_default();
    Err(Diagnostic::error(
        Code::InvalidEncoding,
        format!("bytes that are not part of a text in {}", encoding.name().to_lowercase()),
    )
    .at(Place::new(&source, at..at + '\u{FFFD}'.len_utf8()))
    .hint("Save the file as UTF-8, or mend `encoding` under `[csv]` in `barometer.toml`."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Position;
    use encoding_rs::{MACINTOSH, WINDOWS_1252};

    fn text(bytes: &[u8], setting: Option<&'static Encoding>) -> String {
        decode("a.csv", bytes, setting).unwrap().text().to_owned()
    }

    #[test]
    fn marks_decide() {
        assert_eq!(text(b"\xEF\xBB\xBF\xC3\xA9", None), "é");
        assert_eq!(text(b"\xFF\xFE\xE9\x00", None), "é");
        assert_eq!(text(b"\xFE\xFF\x00\xE9", None), "é");
        assert_eq!(text(b"\xFF\xFE\xE9\x00", Some(WINDOWS_1252)), "é");
    }

    #[test]
    fn the_setting_reads_what_is_not_utf_8() {
        assert_eq!(text(b"\xE9\x80", Some(WINDOWS_1252)), "é€");
        assert_eq!(text(b"\x8E", Some(MACINTOSH)), "é");
        assert_eq!(text(b"a\x00", Some(UTF_16LE)), "a");
    }

    #[test]
    fn a_file_in_utf_8_is_read_as_such_beside_others() {
        assert_eq!(text("é".as_bytes(), Some(WINDOWS_1252)), "é");
    }

    #[test]
    fn other_bytes_without_a_setting_name_the_setting() {
        let mistake = decode("a.csv", b"a;b\nx;caf\xE9\n", None).unwrap_err();

        assert_eq!(mistake.place().unwrap().start(), Position { line: 2, column: 6 });
        assert!(mistake.hints()[1].contains("`encoding = \"windows-1252\"`"));
    }

    #[test]
    fn half_a_surrogate_is_no_text() {
        assert!(decode("a.csv", b"\xFF\xFE\x00\xD8a\x00", None).is_err());
    }
}
