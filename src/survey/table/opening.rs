//! What is looked at before a table has rows: what separates its cells, and
//! whether it is a table at all.

use std::sync::Arc;

use rayon::prelude::*;

use super::rows::PART;
use crate::diag::{Code, Diagnostic, Findings, Place, SourceText};

/// The delimiters that are looked for, the likelier first.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// What a workbook begins with, whatever its name.
pub(super) const WORKBOOK: &str = "PK\u{3}\u{4}";

/// What an old workbook (`.xls`) begins with.
pub(super) const OLD_WORKBOOK: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Reads the line `sep=;` that some spreadsheets put before the header.
pub(super) fn announced(text: &str) -> (usize, Option<u8>) {
    let line = text.lines().next().unwrap_or_default();
    let sign = line.trim_matches('"').strip_prefix("sep=").map(str::as_bytes);
    match sign {
        Some([delimiter]) if DELIMITERS.contains(delimiter) => {
            let rest = &text.as_bytes()[line.len()..];
            let end = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            (line.len() + end, Some(*delimiter))
        }
        _ => (0, None),
    }
}

/// The delimiter that stands most often in the header outside quotation marks.
pub(super) fn sniff(text: &str) -> u8 {
    let mut counts = [0_usize; DELIMITERS.len()];
    let mut quoted = false;
    for byte in text.trim_start_matches(['\r', '\n']).bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\r' | b'\n' if !quoted => break,
            _ if !quoted => {
                if let Some(at) = DELIMITERS.iter().position(|delimiter| *delimiter == byte) {
                    counts[at] += 1;
                }
            }
            _ => {}
        }
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    let at = counts.iter().position(|count| *count == most).unwrap_or_default();
    DELIMITERS[at]
}

/// Notes the first control character; true if there is one.
pub(super) fn control_characters(source: &Arc<SourceText>, found: &mut Findings) -> bool {
    let control = |byte: &u8| {
        *byte < 0x20 && *byte != b'\t' && *byte != b'\n' && *byte != b'\r' || *byte == 0x7F
    };
    let bytes = source.text().as_bytes();
    // Looking at all has no way out, which lets the machine take many bytes at once.
    let has_control = |part: &[u8]| part.iter().fold(0, |any, byte| any | u8::from(control(byte)));
    let first = bytes.par_chunks(PART).enumerate().find_first(|(_, part)| has_control(part) > 0);
    let within = first.and_then(|(at, part)| Some(at * PART + part.iter().position(control)?));
    let Some(at) = within else { return false };
    let byte = source.text().as_bytes()[at];
    let name = if byte == 0 {
        "a NUL character".to_owned()
    } else {
        format!("the control character U+{byte:04X}")
    };
    found.push(
        Diagnostic::error(Code::ControlCharacter, name).at(Place::new(source, at..at + 1)).hint(
            "Remove it; if there are many, the file may be in another encoding than it says.",
        ),
    );
    true
}

pub(super) fn workbook(path: &str) -> Diagnostic {
    let message = format!("`{path}` is a workbook of a spreadsheet, not a CSV file");
    Diagnostic::error(Code::InvalidEncoding, message)
        .at(Place::file(&SourceText::new(path, String::new())))
        .hint("Save the sheet as CSV (UTF-8), or read the workbook with `barometer import`.")
}
