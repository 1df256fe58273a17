//! Lets a page of the preview hear of changes: its own content policy forbids
//! all that a published page does not need.

/// What the preview needs beside what the page allows itself.
const NEEDED: [&str; 2] = ["script-src", "connect-src"];

/// The page with the script of the preview, allowed by its policy.
pub(super) fn opened(html: &str, script: &str) -> String {
    let allowed = match policy(html) {
        Some((start, end)) => {
            format!("{}{}{}", &html[..start], allowing(&html[start..end]), &html[end..])
        }
        None => html.to_owned(),
    };
    match allowed.find("</head>") {
        Some(at) => format!("{}{script}{}", &allowed[..at], &allowed[at..]),
        None => allowed + script,
    }
}

/// Where the content policy of a page begins and ends.
fn policy(html: &str) -> Option<(usize, usize)> {
    const BEGIN: &str = "content=\"";
    let named = html.find("\"Content-Security-Policy\"")?;
    let start = named + html[named..].find(BEGIN)? + BEGIN.len();
    Some((start, start + html[start..].find('"')?))
}

/// A policy that allows scripts of this server, and to ask it.
fn allowing(policy: &str) -> String {
    let mut directives: Vec<String> =
        policy.split(';').map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect();
    for needed in NEEDED {
        let name = |directive: &str| directive.split_whitespace().next() == Some(needed);
        match directives.iter_mut().find(|directive| name(directive)) {
            Some(known) if known.contains("'self'") => {}
            Some(known) if known.contains("'none'") => *known = format!("{needed} 'self'"),
            Some(known) => known.push_str(" 'self'"),
            None => directives.push(format!("{needed} 'self'")),
        }
    }
    directives.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_hears_of_changes_and_is_else_as_strict_as_before() {
        let html = "<head><meta http-equiv=\"Content-Security-Policy\" \
                    content=\"default-src 'none'; script-src 'sha256-x'; style-src 'self'\"></head>";

        insta::assert_snapshot!(opened(html, "<script></script>"), @r#"<head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-x' 'self'; style-src 'self'; connect-src 'self'"><script></script></head>"#);
    }

    #[test]
    fn a_page_of_a_theme_without_policy_or_head_has_the_script_too() {
        assert_eq!(opened("<p>x</p>", "<script></script>"), "<p>x</p><script></script>");
    }
}
