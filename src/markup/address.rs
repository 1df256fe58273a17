//! Addresses in pages: which lead out of a site, and how files are named.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// Where a link of a page may lead besides files of the site: nothing that a
/// browser would run or show as a page of its own making.
const SCHEMES: [&str; 4] = ["https", "http", "mailto", "tel"];

/// What no address may hold as it is.
const UNSAFE: &str = "\"<>\\^`{|}";

/// What means something else in an address, or is not allowed there.
const SPECIAL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The scheme of an address: `https`. A single letter is a drive of Windows.
pub fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let is_scheme =
        1 < scheme.len() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then_some(scheme)
}

/// Whether an address leads out of the site, to where a link may lead.
pub fn leads_outside(address: &str) -> bool {
    scheme(address)
        .is_some_and(|scheme| SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme)))
}

/// Whether a text is the address of a page outside, as one can copy it.
pub fn is_page_address(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(is_plain)
}

/// Whether a text can be a part of an address, and nothing is missing.
pub fn is_plain(text: &str) -> bool {
    let is_foreign = |c: char| c.is_whitespace() || c.is_control() || UNSAFE.contains(c);
    !text.is_empty() && !text.contains(is_foreign)
}

/// An address that an author wrote, with nothing in it that no address may hold.
pub fn written_address(address: &str) -> String {
    let mut written = String::with_capacity(address.len());
    for letter in address.chars() {
        if letter == ' ' || letter.is_ascii_control() || UNSAFE.contains(letter) {
            written.push_str(
                &utf8_percent_encode(letter.encode_utf8(&mut [0; 4]), SPECIAL).to_string(),
            );
        } else {
            written.push(letter);
        }
    }
    written
}

/// The address of a file, from its path.
pub fn address_of(path: &str) -> String {
    utf8_percent_encode(path, SPECIAL).to_string()
}

/// The path of a file, from its address.
pub fn path_of(address: &str) -> Cow<'_, str> {
    percent_decode_str(address).decode_utf8_lossy()
}

/// Whether Windows keeps a file name for a device, whatever follows its first
/// dot: a site with such a file cannot be unpacked there, nor a report checked
/// out.
pub fn is_device(stem: &str) -> bool {
    let stem = stem.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul" | "conin$" | "conout$")
        || port
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Why Windows takes no file or folder of this name, in a clause; `None`: it does.
pub fn refused_by_windows(name: &str) -> Option<String> {
    let sign = name.chars().find(|c| c.is_control() || "<>:\"/\\|?*".contains(*c));
    if is_device(name) {
        let stem = name.split('.').next().unwrap_or_default();
        Some(format!("Windows keeps the name `{stem}` for a device"))
    } else if let Some(sign) = sign {
        Some(format!("Windows takes no `{}` in a name", sign.escape_debug()))
    } else {
        name.ends_with(['.', ' '])
            .then(|| "Windows drops a dot or a blank at the end of a name".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_browser_does_not_run_leads_outside() {
        for address in ["https://a.be/", "HTTP://a.be", "mailto:a@b.be", "tel:+32", "https:x"] {
            assert!(leads_outside(address), "{address}");
        }
        for address in
            ["javascript:alert(1)", "javascript://%0aalert(1)", "data:text/html,x", "file:///x"]
        {
            assert!(!leads_outside(address), "{address}");
        }
        assert_eq!(scheme("c:/x"), None);
        assert_eq!(scheme("a b:c"), None);
    }

    #[test]
    fn a_name_that_one_system_refuses_is_told() {
        let refused = |name| refused_by_windows(name).unwrap_or_default();

        for name in ["map.png", "50% é#.png", "console.css", "com10.pdf", "a.b", ".nojekyll"] {
            assert_eq!(refused(name), "", "{name}");
        }
        assert_eq!(refused("AUX.png"), "Windows keeps the name `AUX` for a device");
        assert_eq!(refused("a:b.png"), "Windows takes no `:` in a name");
        assert!(refused("notes.").contains("at the end") && refused("a ").contains("at the end"));
    }

    #[test]
    fn a_file_of_any_name_has_an_address() {
        for path in ["50% é?#.png", "a/b.png", "i&m'g\"1.png", "%2e.png"] {
            assert_eq!(path_of(&address_of(path)), path);
        }
        assert_eq!(address_of("a b/50%.png"), "a%20b/50%25.png");
    }

    #[test]
    fn an_address_keeps_what_it_says() {
        for address in ["https://é.be/?a=b&c=%22#d[1]", "mailto:a@b.be", "//a"] {
            assert_eq!(written_address(address), address);
        }
        assert_eq!(written_address("https://a.be/\"> {x}"), "https://a.be/%22%3E%20%7Bx%7D");
        assert!(is_page_address("https://a.be/?b=c#d"));
        for address in ["a.be", "https://", "https://a.be/\">", "javascript:x", "https://a b"] {
            assert!(!is_page_address(address), "{address}");
        }
    }
}
