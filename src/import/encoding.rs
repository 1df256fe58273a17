//! The bytes of an export → text, with the reason for the choice.

use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A text, and how it was read.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    /// The encoding and why, for the report.
    pub(super) how: String,
    /// What the reader of the report should look at.
    pub(super) doubt: Option<String>,
}

/// Reads `bytes` in the encoding that was asked for, else in the one that
/// they show: a byte order mark, zeros of UTF-16, valid UTF-8, else one byte
/// a letter: Windows-1252, or Mac Roman where that gives the better words.
pub(super) fn decode(bytes: &[u8], asked: Option<&'static Encoding>) -> Decoded {
    if let Some((marked, length)) = Encoding::for_bom(bytes) {
        return read(&bytes[length..], marked, "its byte order mark says so", None);
    }
    if let Some(asked) = asked {
        return read(bytes, asked, "asked for with --encoding", None);
    }
    if let Some(wide) = zeros(bytes) {
        return read(bytes, wide, "every second byte is zero", None);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return read(bytes, UTF_8, "its bytes are valid UTF-8", None);
    }
    let (windows, mac) = (sense(bytes, WINDOWS_1252), sense(bytes, MACINTOSH));
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let doubt = (high < 3 || windows == mac).then(|| {
        format!("{high} bytes are not UTF-8 and prove no other encoding: look at the accents")
    });
    if windows < mac && 2 < high {
        read(bytes, MACINTOSH, "not UTF-8; as Windows-1252 its accents make no words", None)
    } else {
        read(bytes, WINDOWS_1252, "not UTF-8; its accents make words", doubt)
    }
}

fn read(bytes: &[u8], encoding: &'static Encoding, why: &str, doubt: Option<String>) -> Decoded {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let lost = text.matches('\u{FFFD}').count();
    let doubt = doubt.or_else(|| {
        (0 < lost).then(|| {
            let whose = if broken {
                "cannot be read in this encoding"
            } else {
                "were lost before the export"
            };
            format!("{lost} characters {whose}: they stand as \u{FFFD}")
        })
    });
    let name = if encoding == MACINTOSH { "Mac Roman" } else { encoding.name() };
    Decoded { text: text.into_owned(), how: format!("{name} ({why})"), doubt }
}

/// UTF-16 without a mark: text in Latin letters has a zero in every pair.
fn zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let count = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let most = head.len() / 2 * 4 / 5;
    if head.len() < 4 {
        return None;
    }
    if most <= count(1) && count(0) * 4 <= most {
        return Some(UTF_16LE);
    }
    (most <= count(0) && count(1) * 4 <= most).then_some(UTF_16BE)
}

/// How much sense the high bytes make: letters of our languages inside
/// words, their punctuation, less those that stand where none can.
fn sense(bytes: &[u8], encoding: &'static Encoding) -> i64 {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let letters: Vec<char> = text.chars().collect();
    let mut sense = 0;
    for (at, letter) in letters.iter().enumerate().filter(|(_, letter)| !letter.is_ascii()) {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let after = letters.get(at + 1);
        let lower_before = before.is_some_and(|c| c.is_lowercase());
        let in_word = [before, after].into_iter().flatten().any(char::is_ascii_alphabetic);
        sense += match letter {
            'à' | 'â' | 'ä' | 'ç' | 'è' | 'é' | 'ê' | 'ë' | 'î' | 'ï' | 'ô' | 'ö' | 'ù' | 'û'
            | 'ü' | 'ß' | 'œ' | 'æ' | 'ñ'
                if in_word =>
            {
                1
            }
            'À' | 'Â' | 'Ä' | 'Ç' | 'È' | 'É' | 'Ê' | 'Ë' | 'Î' | 'Ï' | 'Ô' | 'Ö' | 'Ù' | 'Û'
            | 'Ü' | 'Œ' => {
                if lower_before {
                    -2
                } else {
                    1
                }
            }
            '\u{a0}' | '’' | '‘' | '“' | '”' | '«' | '»' | '…' | '–' | '—' | '€' | '°' => {
                1
            }
            _ => -1,
        };
    }
    sense
}

#[cfg(test)]
mod tests {
    use super::*;

    fn how(bytes: &[u8]) -> (String, String) {
        let read = decode(bytes, None);
        let name = read.how.split(" (").next().unwrap_or_default().to_owned();
        (name, read.text)
    }

    #[test]
    fn a_mark_or_the_bytes_themselves_tell_the_encoding() {
        assert_eq!(how("\u{FEFF}é".as_bytes()), ("UTF-8".into(), "é".into()));
        assert_eq!(how("é".as_bytes()), ("UTF-8".into(), "é".into()));
        assert_eq!(how(b"\xFF\xFEa\0"), ("UTF-16LE".into(), "a".into()));
        assert_eq!(how(b"a\0;\0b\0\n\0"), ("UTF-16LE".into(), "a;b\n".into()));
        assert_eq!(how(b"caf\xE9 d\xE9j\xE0 \x80"), ("windows-1252".into(), "café déjà €".into()));
    }

    #[test]
    fn blanks_of_an_old_macintosh_are_no_letters() {
        let (name, text) = how(b"Not much\xCA,Not at all\xCA,Some\xCA");

        assert_eq!(
            (name.as_str(), text.as_str()),
            ("Mac Roman", "Not much\u{a0},Not at all\u{a0},Some\u{a0}")
        );
        assert_eq!(how(b"d\x8Ej\x88 l\x8F l\x8E").0, "Mac Roman");
    }

    #[test]
    fn one_stray_byte_proves_nothing() {
        assert!(decode(b"a statement:\xEB_", None).doubt.is_some());
        assert!(decode("lost \u{FFFD}".as_bytes(), None).doubt.unwrap().contains("lost before"));
    }

    #[test]
    fn what_was_asked_for_is_done() {
        assert_eq!(decode(b"\x8E", Some(MACINTOSH)).text, "é");
    }
}
