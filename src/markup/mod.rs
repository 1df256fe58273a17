//! HTML that is written, never pasted together: text and attribute values
//! are escaped where they enter. And HTML that is read again, addresses in it,
//! and cells of tables, which people open where text can be a formula.

mod address;
mod formula;
mod token;

pub use address::{
    address_of, is_device, is_page_address, is_plain, leads_outside, path_of, refused_by_windows,
    scheme, written_address,
};
pub use formula::no_formula;
pub use token::{Attributes, Token, meaning, tokens};

use std::borrow::Cow;

/// A piece of HTML under construction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Opens an element: `html.tag("a", &[("href", "x.html")])`.
    pub fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) -> &mut Self {
        self.0.push('<');
        self.0.push_str(name);
        for (attribute, value) in attributes {
            self.0.push(' ');
            self.0.push_str(attribute);
            self.0.push_str("=\"");
            self.0.push_str(&escape(value));
            self.0.push('"');
        }
        self.0.push('>');
        self
    }

    /// Closes an element.
    pub fn end(&mut self, name: &str) -> &mut Self {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
        self
    }

    /// Adds text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.0.push_str(&escape(text));
        self
    }

    /// Adds a line break of the source.
    pub fn line(&mut self) -> &mut Self {
        self.0.push('\n');
        self
    }

    /// Adds what is markup already.
    pub fn html(&mut self, markup: &str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// True if nothing was added.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Takes what was written and leaves nothing.
    pub fn take(&mut self) -> String {
        let mut taken = std::mem::take(&mut self.0);
        // It is kept for long, with those of every chapter.
        taken.shrink_to_fit();
        taken
    }
}

impl From<Html> for String {
    fn from(html: Html) -> Self {
        html.0
    }
}

/// Escapes text for element content and quoted attribute values; control
/// characters that HTML forbids are dropped.
pub fn escape(text: &str) -> Cow<'_, str> {
    let special = |c: char| matches!(c, '&' | '<' | '>' | '"' | '\'') || forbidden(c);
    // Most texts hold nothing to escape: bytes tell that faster than letters.
    let suspect = text.bytes().position(|byte| SUSPECT[usize::from(byte)]);
    let first = suspect.and_then(|at| Some(at + text[at..].find(special)?));
    let Some(first) = first else { return Cow::Borrowed(text) };
    let mut escaped = String::with_capacity(text.len() + 16);
    escaped.push_str(&text[..first]);
    for letter in text[first..].chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c if forbidden(c) => {}
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// The bytes with which a letter begins that may be escaped or dropped.
const SUSPECT: [bool; 256] = {
    let mut suspect = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        // Controls, `"`, `&`, `'`, `<`, `>`, and what begins longer letters.
        suspect[byte] = matches!(
            byte,
            0..0x20 | 0x22 | 0x26 | 0x27 | 0x3C | 0x3E | 0x7F | 0xC2 | 0xEF..=0xF4
        );
        byte += 1;
    }
    suspect
};

fn forbidden(letter: char) -> bool {
    let code = u32::from(letter);
    (letter.is_control() && !matches!(letter, '\n' | '\t' | '\r'))
        || (0xFDD0..=0xFDEF).contains(&code)
        || code & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_that_is_escaped_begins_with_a_suspect_byte() {
        for letter in ('\0'..=char::MAX).filter(|letter| *letter != '\n') {
            let text = letter.to_string();
            let kept = !SUSPECT[usize::from(text.as_bytes()[0])];

            assert!(!kept || !(forbidden(letter) || "&<>\"'".contains(letter)), "{letter:?}");
        }
    }

    #[test]
    fn hostile_text_stays_text() {
        let mut html = Html::default();

        html.tag("a", &[("title", "\"><script>")]).text("<b>&\u{0}").end("a");

        assert_eq!(html.as_str(), "<a title=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;</a>");
    }
}
