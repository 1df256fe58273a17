//! The content policy of a page: what stands inline is named by its hash.

use base64::Engine as _;
use memchr::memmem;
use sha2::{Digest as _, Sha256};

/// What templates write in a policy where `<style>` and `<script>` elements
/// without attributes stand on the page.
const INLINE: &str = "'inline'";

/// Puts the SHA-256 of each inline style and script where the policy says
/// `'inline'`: nothing else that stands on the page is then obeyed.
pub fn with_hashes(mut html: String) -> String {
    for (name, directive) in [("style", "style-src"), ("script", "script-src")] {
        let head = memmem::find(html.as_bytes(), b"</head>").unwrap_or(html.len());
        let written = format!("{directive} {INLINE}");
        let Some(at) = html[..head].find(&written) else { continue };
        let sources = hashes(&html, name).join(" ");
        let sources = if sources.is_empty() { "'none'" } else { &sources };
        html.replace_range(at..at + written.len(), &format!("{directive} {sources}"));
    }
    html
}

/// The hashes of what is in the elements of that name; pages are long, and few
/// have any.
fn hashes(html: &str, name: &str) -> Vec<String> {
    let (start, end) = (format!("<{name}>"), format!("</{name}>"));
    let base64 = &base64::engine::general_purpose::STANDARD;
    let hash = |at: usize| {
        let rest = &html[at + start.len()..];
        let end = memmem::find(rest.as_bytes(), end.as_bytes()).unwrap_or(rest.len());
        format!("'sha256-{}'", base64.encode(Sha256::digest(&rest[..end])))
    };
    memmem::find_iter(html.as_bytes(), &start).map(hash).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_inline_is_named_by_its_hash() {
        let page = "<head><meta content=\"style-src 'inline'; script-src 'inline'\">\
                    <style>a{}</style></head>";

        // printf 'a{}' | openssl dgst -sha256 -binary | base64
        let expected = "<head><meta content=\"style-src 'sha256-HASH'; script-src 'none'\">\
                        <style>a{}</style></head>";
        let hash = "X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk=";
        assert_eq!(with_hashes(page.to_owned()), expected.replace("HASH", hash));
    }

    #[test]
    fn what_a_page_says_of_policies_is_left_alone() {
        let page = "<head></head><body>style-src 'inline'<style>a{}</style>";

        assert_eq!(with_hashes(page.to_owned()), page);
    }
}
