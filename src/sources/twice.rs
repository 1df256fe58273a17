//! Letters that were decoded twice: `Ã©` where somebody wrote `é`. A program
//! read UTF-8 as an older encoding and saved what it saw.

use std::ops::Range;
use std::sync::Arc;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

use crate::diag::{Code, Diagnostic, Place, SourceText};

/// What a text has of letters that were decoded twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twice {
    /// How many they are.
    pub count: usize,
    /// Where the first stands.
    pub first: Range<usize>,
    /// What it was before, where that is known.
    pub meant: Option<char>,
}

/// Looks for letters that were decoded twice; `None`: there are none.
///
/// A pair is taken for one where it is a letter or a sign of the languages of
/// Western Europe, and no word has it as it stands.
pub fn decoded_twice(text: &str) -> Option<Twice> {
    let mut found: Option<Twice> = None;
    let mut next = 0;
    // The letters that can begin one have these first bytes.
    for at in memchr::memchr3_iter(0xC2, 0xC3, 0xE2, text.as_bytes()) {
        let Some((length, meant)) = Some(at).filter(|at| next <= *at).and_then(|at| pair(text, at))
        else {
            continue;
        };
        next = at + length;
        let first = Twice { count: 0, first: at..next, meant };
        found.get_or_insert(first).count += 1;
    }
    found
}

/// The warning about letters of a file that were decoded twice.
pub fn warning_of_twice(source: &Arc<SourceText>) -> Option<Diagnostic> {
    let twice = decoded_twice(source.text())?;
    let message = twice.message(&source.text()[twice.first.clone()]);
    let place = Place::new(source, twice.first);
    Some(Diagnostic::warning(Code::DecodedTwice, message).at(place))
}

impl Twice {
    /// What is told of them; `written` is the first as it stands.
    pub fn message(&self, written: &str) -> String {
        let what = match self.meant.filter(|letter| !letter.is_whitespace()) {
            Some(meant) => format!("`{written}` stands where `{meant}` was written"),
            None => format!("`{written}` is no part of a text"),
        };
        match self.count {
            1 => format!("{what}: the text was decoded twice"),
            count => format!("{what}: the text was decoded twice, in {count} places"),
        }
    }
}

/// How long the pair is that stands at a place, and what it was.
fn pair(text: &str, at: usize) -> Option<(usize, Option<char>)> {
    let rest = text.get(at..)?;
    let mut letters = rest.chars();
    let first = letters.next()?;
    let second = letters.next()?;
    let two = first.len_utf8() + second.len_utf8();
    match first {
        // A lost blank that no line may break: `voilà` as `voilÃ `.
        'Ã' if second == ' ' && text[..at].ends_with(char::is_lowercase) => Some((two, Some('à'))),
        'Â' | 'Ã' | 'â' => before(rest, WINDOWS_1252),
        'Å' if second != '\u{a0}' => before(rest, WINDOWS_1252),
        // In words `Ä` may stand before a quotation mark or a blank.
        'Ä' if !matches!(second, '“' | '”' | '‘' | '’' | '»' | '«' | '…' | '–' | '\u{a0}') => {
            before(rest, WINDOWS_1252)
        }
        '√' | '≈' | '¬' | '‚' => before(rest, MACINTOSH),
        // Consoles drew lines with these bytes; with such lines people draw trees.
        '├' | '┬' if second.is_alphanumeric() && !second.is_ascii() => Some((two, None)),
        _ => None,
    }
}

/// The letter whose bytes in UTF-8 are those of the first letters in another
/// encoding.
fn before(text: &str, encoding: &'static Encoding) -> Option<(usize, Option<char>)> {
    let mut bytes = [0; 3];
    let mut length = 0;
    for (at, letter) in text.chars().take(3).enumerate() {
        bytes[at] = byte(letter, encoding)?;
        length += letter.len_utf8();
        if let Ok(meant) = std::str::from_utf8(&bytes[..=at]) {
            let meant = meant.chars().next().filter(|letter| is_of_ours(*letter))?;
            return (0 < at).then_some((length, Some(meant)));
        }
    }
    None
}

/// The byte of a letter; what Windows left open it reads as it is.
fn byte(letter: char, encoding: &'static Encoding) -> Option<u8> {
    if encoding == WINDOWS_1252
        && let code @ 0x80..=0x9F = u32::from(letter)
    {
        return u8::try_from(code).ok();
    }
    let mut buffer = [0; 4];
    match *encoding.encode(letter.encode_utf8(&mut buffer)).0 {
        [byte] if !letter.is_ascii() => Some(byte),
        _ => None,
    }
}

/// A letter or sign that texts of Western Europe have.
fn is_of_ours(letter: char) -> bool {
    matches!(letter, '\u{a0}'..='\u{17f}' | '\u{2010}'..='\u{203a}' | '€' | '™')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(text: &str) -> Vec<Option<char>> {
        let mut rest = text;
        let mut meant = vec![];
        while let Some(twice) = decoded_twice(rest) {
            meant.push(twice.meant);
            rest = &rest[twice.first.end..];
        }
        meant
    }

    #[test]
    fn what_was_decoded_twice_is_told() {
        for letter in "éèàçêëîïôöùûüâäñßœæÉÈÀÇÊÎÔÛÁÍÏÑ¡¿«»°·€’“”–—…™\u{a0}½²".chars()
        {
            let utf8 = letter.to_string();
            for encoding in [WINDOWS_1252, MACINTOSH] {
                let (text, _) = encoding.decode_without_bom_handling(utf8.as_bytes());
                let told = meant(&format!("a{text}b"));
                // Some signs of a Macintosh are letters that words have.
                if encoding == WINDOWS_1252 || !told.is_empty() {
                    assert_eq!(told, [Some(letter)], "{letter} as {text}");
                }
            }
        }
        assert_eq!(meant("voilÃ  la mobilitÃ©"), [Some('à'), Some('é')]);
        assert_eq!(meant("d√©j√† l‚Äôeau"), [Some('é'), Some('à'), Some('’')]);
        assert_eq!(meant("mobilit├®, tr├ºs, ├ëtat"), [None, None]);
    }

    #[test]
    fn what_words_have_is_left_alone() {
        for text in [
            "Âge, Île, Ångström, Ärger, „Ä“, SÃO PAULO, não, Österreich, âge, pâte, château",
            "« À l’école », 2 € – 3 €, 12 °C, m², ½, l’œuvre, ¿Qué? ¡Sí!",
            "√2, ¬a, ‚Zitat‘, Ä\u{a0}und Ö, Å\u{a0}, Ã",
            "Вопрос, 質問, سؤال",
            "├── theme.toml\n└── static ┬ ├ x",
        ] {
            assert_eq!(decoded_twice(text), None, "{text}");
        }
    }
}
