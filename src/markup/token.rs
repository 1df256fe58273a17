//! Markup read again: the tags and the texts of a page, divided as the HTML
//! standard divides them. Most of a page is passed over, which is why this is
//! no whole tokenizer; what character references mean is left to `html5gum`.

use std::borrow::Cow;

use html5gum::Tokenizer;
use memchr::{memchr, memmem};

/// Elements whose content is neither markup nor words of the page.
const RAW: [&str; 8] =
    ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// A piece of markup. Names are as they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token<'h> {
    /// The beginning of an element.
    Start {
        /// Its name.
        name: &'h str,
        /// Its attributes.
        attributes: Attributes<'h>,
    },
    /// The end of an element.
    End {
        /// Its name.
        name: &'h str,
    },
    /// Text, with its character references; see [`meaning`].
    Text(&'h str),
}

/// The attributes of a tag: pairs of a name and a value with its character
/// references; see [`meaning`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attributes<'h>(&'h str);

/// Divides markup. Comments and declarations are left out, and so is what
/// scripts, styles and the like contain.
pub fn tokens(html: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            let start = memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
            if 0 < start {
                return Some(Token::Text(split(&mut rest, start)));
            }
            let bytes = rest.as_bytes();
            match bytes.get(1) {
                Some(first) if first.is_ascii_alphabetic() => {
                    let (name, attributes) = tag(&mut rest, 1);
                    if RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
                        skip_raw(&mut rest, name);
                    }
                    return Some(Token::Start { name, attributes });
                }
                Some(b'/') if bytes.get(2).is_some_and(u8::is_ascii_alphabetic) => {
                    let (name, _) = tag(&mut rest, 2);
                    return Some(Token::End { name });
                }
                Some(b'!') if bytes.starts_with(b"<!--") => {
                    // `<!-->` is a whole comment.
                    let end = memmem::find(&bytes[2..], b"-->").map(|end| 2 + end + 3);
                    split(&mut rest, end.unwrap_or(bytes.len()));
                }
                Some(b'!' | b'?' | b'/') => {
                    let end = memchr(b'>', bytes).map(|end| end + 1);
                    split(&mut rest, end.unwrap_or(bytes.len()));
                }
                None if rest.is_empty() => return None,
                Some(_) | None => return Some(Token::Text(split(&mut rest, 1))),
            }
        }
    })
}

/// What a text or a value means: its character references resolved.
pub fn meaning(text: &str) -> Cow<'_, str> {
    if memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let resolved = Tokenizer::new(text).filter_map(|token| match token {
        Ok(html5gum::Token::String(text)) => Some(String::from_utf8_lossy(&text).into_owned()),
        _ => None,
    });
    Cow::Owned(resolved.collect())
}

impl<'h> Iterator for Attributes<'h> {
    type Item = (&'h str, &'h str);

    fn next(&mut self) -> Option<Self::Item> {
        let start = position(self.0, |byte| !byte.is_ascii_whitespace() && byte != b'/');
        split(&mut self.0, start);
        if self.0.is_empty() || self.0.starts_with('>') {
            return None;
        }
        // An equals sign at the beginning is part of the name.
        let first = self.0.chars().next().map_or(0, char::len_utf8);
        let end = first + position(&self.0[first..], |byte| ends_name(byte) || byte == b'=');
        let name = split(&mut self.0, end);
        let after = self.0.trim_ascii_start();
        let Some(value) = after.strip_prefix('=') else { return Some((name, "")) };
        self.0 = value.trim_ascii_start();
        let quote = self.0.bytes().next().filter(|byte| matches!(byte, b'"' | b'\''));
        let Some(quote) = quote else {
            let end = position(self.0, |byte| byte.is_ascii_whitespace() || byte == b'>');
            return Some((name, split(&mut self.0, end)));
        };
        split(&mut self.0, 1);
        // A tag that never ends is none.
        let end = memchr(quote, self.0.as_bytes())?;
        let value = split(&mut self.0, end);
        split(&mut self.0, 1);
        Some((name, value))
    }
}

/// Reads a tag whose name begins at `from`.
fn tag<'h>(rest: &mut &'h str, from: usize) -> (&'h str, Attributes<'h>) {
    split(rest, from);
    let end = position(rest, ends_name);
    let name = split(rest, end);
    let attributes = Attributes(rest);
    let mut left = attributes.clone();
    while left.next().is_some() {}
    *rest = left.0.strip_prefix('>').unwrap_or_default();
    (name, attributes)
}

/// Takes the first bytes of a text; they end where a character does.
fn split<'h>(rest: &mut &'h str, at: usize) -> &'h str {
    let (taken, left) = rest.split_at(at);
    *rest = left;
    taken
}

/// The place of the first such byte, or the end.
fn position(text: &str, is: impl Fn(u8) -> bool) -> usize {
    text.bytes().position(is).unwrap_or(text.len())
}

fn ends_name(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>')
}

/// Passes over the content of an element that has no elements.
fn skip_raw(rest: &mut &str, name: &str) {
    let html = rest.as_bytes();
    let end = memmem::find_iter(html, b"</").find(|at| {
        let end = html.get(at + 2..at + 2 + name.len());
        end.is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()))
    });
    split(rest, end.unwrap_or(html.len()));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names and attributes of the start tags, and all text in one.
    type Read = (Vec<(String, Vec<(String, String)>)>, String);

    fn read(html: &str) -> Read {
        let (mut tags, mut words) = (vec![], String::new());
        for token in tokens(html) {
            match token {
                Token::Start { name, attributes } => {
                    let attributes = attributes
                        .map(|(name, value)| (name.to_owned(), meaning(value).into_owned()));
                    tags.push((name.to_owned(), attributes.collect()));
                }
                Token::Text(text) => words.push_str(&meaning(text)),
                Token::End { .. } => {}
            }
        }
        (tags, words)
    }

    /// The same, by the whole tokenizer.
    fn by_standard(html: &str) -> Read {
        let (mut tags, mut words) = (vec![], String::new());
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        for token in Tokenizer::new(html) {
            match token {
                Ok(html5gum::Token::StartTag(tag)) => {
                    let attributes = tag.attributes.iter();
                    let attributes = attributes.map(|(name, value)| (text(name), text(value)));
                    tags.push((text(&tag.name), attributes.collect()));
                }
                Ok(html5gum::Token::String(bytes)) => words.push_str(&text(&bytes)),
                _ => {}
            }
        }
        (tags, words)
    }

    #[test]
    fn markup_is_divided_as_the_standard_says() {
        for html in [
            "<a class=\"z\" href=x id='y'>t</a>",
            "<a\n  href = \"x>y\"\n>é",
            "<a href=x/>",
            "<a href=\"x\"id=y>",
            "<img alt src=a>",
            "<br/><p id=b>",
            "<a =b=c>",
            "<a href=a\"b'c>",
            "<a hréf=é>",
            "a < b <1 <> <",
            "<!-- <a href=no> --><a href=yes>",
            "<!--><a href=yes>-->",
            "<!doctype html><?x <a href=x>",
            "</p id=no><p id=yes></>x</ y>",
            "<a href='?a=1&amp;b=2&eacute;'>1 &lt; 2 &amp; R&D &#233;</a>",
            "<a href=\"it's &quot;q&quot;\">",
        ] {
            assert_eq!(read(html), by_standard(html), "{html}");
        }
    }

    #[test]
    fn what_scripts_and_styles_contain_is_passed_over() {
        let (tags, words) = read("<script>if (a<b) '<a href=no>'</script>x<Style>a{}</STYLE><b>");

        let names: Vec<_> = tags.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!((names.as_slice(), words.as_str()), (&["script", "Style", "b"][..], "x"));
    }

    #[test]
    fn a_tag_that_never_ends_is_none() {
        assert_eq!(read("x<a href=\"never").1, "x");
    }
}
