//! Checks across finished pages: ids that stand twice, references that lead
//! nowhere. A mistake found here is one of the theme: chapters were checked
//! before.

use std::collections::{BTreeSet, HashMap, HashSet};

use memchr::memmem;

use crate::diag::{Code, Diagnostic};
use crate::markup::{Token, leads_outside, meaning, path_of, tokens};

/// What a page defines and what it refers to. That of every page is kept until
/// the last is there.
#[derive(Debug, Clone)]
pub struct References {
    page: String,
    ids: Texts,
    twice: Texts,
    /// In turn a path in the site and the anchor there, which may be empty.
    targets: Texts,
}

impl References {
    /// The paths in the site that the page refers to.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.targets().map(|(path, _)| path)
    }

    /// The ids that the page defines.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter()
    }

    fn targets(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut texts = self.targets.iter();
        std::iter::from_fn(move || Some((texts.next()?, texts.next()?)))
    }
}

/// Many short texts in one: by itself each would take three times its length.
#[derive(Debug, Clone)]
struct Texts(Box<str>);

impl Texts {
    /// What ends each; no page holds it.
    const END: char = '\0';

    fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split_terminator(Self::END)
    }
}

impl<'t> FromIterator<&'t str> for Texts {
    fn from_iter<I: IntoIterator<Item = &'t str>>(texts: I) -> Self {
        let mut all = String::new();
        for text in texts {
            all.push_str(text);
            all.push(Self::END);
        }
        Self(all.into())
    }
}

/// Reads the ids and the references of a finished page. Drawings are passed
/// over: they are most of a page, and hold neither ids nor references.
pub fn references(page: &str, html: &[u8]) -> References {
    let (mut ids, mut twice, mut targets) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    // Pages were texts before they were files.
    let html = str::from_utf8(html).unwrap_or_default();
    for token in between_drawings(html).flat_map(tokens) {
        let Token::Start { attributes, .. } = token else { continue };
        for (name, value) in attributes {
            if name.eq_ignore_ascii_case("id") {
                twice.extend(ids.replace(meaning(value)));
            } else if name.eq_ignore_ascii_case("href") || name.eq_ignore_ascii_case("src") {
                targets.extend(target(page, &meaning(value)));
            }
        }
    }
    References {
        page: page.to_owned(),
        ids: ids.iter().map(AsRef::as_ref).collect(),
        twice: twice.iter().map(AsRef::as_ref).collect(),
        targets: targets.iter().flat_map(|(path, anchor)| [path.as_str(), anchor]).collect(),
    }
}

/// The markup around the drawings, which end where their element does.
fn between_drawings(html: &str) -> impl Iterator<Item = &str> {
    const END: &str = "</svg>";
    let start = memmem::Finder::new("<svg class=\"chart");
    let end = memmem::Finder::new(END);
    let mut rest = Some(html);
    std::iter::from_fn(move || {
        let html = rest.take()?;
        let Some(start) = start.find(html.as_bytes()) else { return Some(html) };
        let end = end.find(&html.as_bytes()[start..]);
        let end = end.map_or(html.len(), |end| start + end + END.len());
        rest = Some(&html[end..]);
        Some(&html[..start])
    })
}

/// The file and the anchor that a reference of `page` means; `None` for
/// addresses outside.
pub(super) fn target(page: &str, reference: &str) -> Option<(String, String)> {
    if leads_outside(reference) || reference.starts_with("data:") {
        return None;
    }
    let (path, anchor) = reference.split_once('#').unwrap_or((reference, ""));
    if path.is_empty() {
        return Some((page.to_owned(), anchor.to_owned()));
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    let path = path_of(path);
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Some((parts.join("/"), anchor.to_owned()))
}

/// The complaint that an author's file would lie where the program writes one.
pub fn taken(path: &str) -> Diagnostic {
    Diagnostic::error(Code::AddressTaken, format!("two files of the site would be `{path}`")).hint(
        "Rename the file of yours that lies there: in `content/static/`, or beside the chapters.",
    )
}

/// Complains about files that are one where capitals are not told apart: on
/// Windows, on macOS and on many servers.
pub fn differ_in_capitals(files: &BTreeSet<String>) -> Vec<Diagnostic> {
    let mut lowered: HashMap<String, &str> = HashMap::new();
    let mut wrong = vec![];
    for file in files.iter().filter(|file| file.chars().any(char::is_uppercase)) {
        let low = file.to_lowercase();
        let other = files.get(&low).map(String::as_str);
        if let Some(other) = other.or(lowered.insert(low, file)) {
            let message = format!("`{other}` and `{file}` differ in capitals alone");
            wrong.push(Diagnostic::error(Code::AddressTaken, message).hint(
                "Rename one of them: Windows, macOS and many servers do not tell capitals apart.",
            ));
        }
    }
    wrong
}

/// Complains about every reference that no file of the site answers.
pub fn unresolved<'r>(
    pages: impl Iterator<Item = &'r References> + Clone,
    files: &BTreeSet<String>,
) -> Vec<Diagnostic> {
    let mut wrong = vec![];
    // References are many times as many as files.
    let files: HashSet<&str> = files.iter().map(String::as_str).collect();
    let known: HashMap<&str, &References> =
        pages.clone().map(|page| (page.page.as_str(), page)).collect();
    for page in pages {
        for id in page.twice.iter() {
            wrong.push(
                Diagnostic::error(
                    Code::DuplicateId,
                    format!("`{}` has the id `{id}` twice", page.page),
                )
                .hint("Rename the heading, or change the template that writes the id."),
            );
        }
        for (file, anchor) in page.targets() {
            let leads_to = known.get(file);
            let missing = if leads_to.is_none() && !files.contains(file) {
                format!("`{}` refers to `{file}`, which is not in the site", page.page)
            } else if !anchor.is_empty()
                && leads_to.is_some_and(|page| page.ids().all(|id| id != anchor))
            {
                format!("`{}` refers to `{file}#{anchor}`, and no element has that id", page.page)
            } else {
                continue;
            };
            wrong.push(
                Diagnostic::error(Code::DeadReference, missing)
                    .hint("Chapters are checked before: look in the templates of the theme."),
            );
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_resolved_from_its_page() {
        assert_eq!(
            target("nl/a.html", "../assets/s.css"),
            Some(("assets/s.css".into(), String::new()))
        );
        assert_eq!(target("nl/a.html", "#x"), Some(("nl/a.html".into(), "x".into())));
        assert_eq!(target("a.html", "https://example.org/"), None);
    }

    #[test]
    fn a_dead_reference_and_a_double_id_are_told() {
        let page =
            references("a.html", b"<p id=x><p id=x><svg class=\"chart\"><a id=z href='q'/></svg><a href='b.html#y'>b</a><a href='#x'>x</a>");

        let wrong = unresolved([page].iter(), &BTreeSet::new());

        let messages: Vec<_> = wrong.iter().map(Diagnostic::message).collect();
        assert_eq!(
            messages,
            [
                "`a.html` has the id `x` twice",
                "`a.html` refers to `b.html`, which is not in the site"
            ]
        );
    }
}
