//! Cells of tables that people open with a spreadsheet.

use std::borrow::Cow;

/// The text of a cell as a spreadsheet shows it. One that it would carry out
/// as a formula has an apostrophe before it.
///
/// A text that begins with `+` or `-` stays as it is (`- de 18 ans`, `+3`)
/// unless it calls something: without a call it can read nothing but the
/// cells beside it.
pub fn no_formula(text: &str) -> Cow<'_, str> {
    let is_formula = match text.bytes().next() {
        Some(b'=' | b'@' | b'\t' | b'\r') => true,
        Some(b'+' | b'-') => text.contains(['(', '|', '!']),
        _ => false,
    };
    if is_formula { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_a_formula() {
        for text in ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+HYPERLINK(\"x\")", "\t=1"] {
            assert_eq!(no_formula(text), format!("'{text}"));
        }
        for text in ["", "Energy", "- de 18 ans", "+ de 50 000", "-0.05", "+3", "a=b", "–"] {
            assert_eq!(no_formula(text), text);
        }
    }
}
