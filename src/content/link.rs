//! Links between chapters, checked when all chapters are known.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Place, did_you_mean, nearest};

/// A link from one chapter to another, or within one.
#[derive(Debug, Clone)]
pub struct ChapterLink {
    /// The file name of the chapter without `.md`; `None`: the same page.
    pub(super) stem: Option<String>,
    /// Whether its author wrote the file of a chapter or the address of a page.
    pub(super) written: Written,
    /// The heading or figure.
    pub(super) anchor: Option<String>,
    /// The link.
    pub(super) place: Place,
}

/// How a link names where it leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// `themes.md`.
    File,
    /// `question-themes.html`: what the data write has no file.
    Address,
}

impl Written {
    /// The name of a page, as the author would write it.
    fn name(self, stem: &str) -> String {
        match self {
            Self::File => format!("`{stem}.md`"),
            Self::Address => format!("`{stem}.html`"),
        }
    }
}

impl ChapterLink {
    /// True if it leads to a figure rather than to a heading.
    pub fn is_to_figure(&self) -> bool {
        self.figure().is_some()
    }

    /// The id of the figure to which it leads.
    pub(super) fn figure(&self) -> Option<&str> {
        self.anchor.as_deref()?.strip_prefix("fig-")
    }

    /// The page of which it names a heading or figure; `from` is its own.
    pub fn into_page<'l>(&'l self, from: &'l str) -> Option<&'l str> {
        self.anchor.as_ref().map(|_| self.stem.as_deref().unwrap_or(from))
    }

    /// The other page that it leads to, without `.html`.
    pub fn other_page(&self) -> Option<&str> {
        self.stem.as_deref()
    }

    /// The address in the site, relative to a page of the same language.
    pub(super) fn href(&self) -> String {
        let page = self.stem.as_ref().map(|stem| format!("{stem}.html")).unwrap_or_default();
        match &self.anchor {
            Some(anchor) => format!("{page}#{anchor}"),
            None => page,
        }
    }
}

/// The pages of a language with their anchors, headings and figures alike;
/// `None`: a page that could not be read, so that nothing is known of it.
pub type Pages = BTreeMap<String, Option<BTreeSet<String>>>;

/// Checks the links of the page `from`.
pub fn check<'a>(
    links: impl IntoIterator<Item = &'a ChapterLink>,
    from: &str,
    pages: &Pages,
) -> Vec<Diagnostic> {
    links.into_iter().filter_map(|link| broken(link, from, pages)).collect()
}

/// How the anchors of sections begin that the data write.
const OF_DATA: &str = "page-";

fn broken(link: &ChapterLink, from: &str, pages: &Pages) -> Option<Diagnostic> {
    let stem = link.stem.as_deref().unwrap_or(from);
    let Some(anchors) = pages.get(stem) else {
        return Some(
            Diagnostic::error(
                Code::BrokenLink,
                format!(
                    "the link leads nowhere: there is no {} {}",
                    if link.written == Written::File { "chapter" } else { "page" },
                    link.written.name(stem)
                ),
            )
            .at(link.place.clone())
            .hint(match nearest(stem, pages.keys().map(String::as_str)) {
                Some(near) => format!("Did you mean {}?", link.written.name(near)),
                None => "Link to a chapter by the name of its file.".to_owned(),
            }),
        );
    };
    let (anchors, anchor) = (anchors.as_ref()?, link.anchor.as_deref()?);
    if anchor.is_empty() || anchors.contains(anchor) {
        return None;
    }
    let known: Vec<String> = anchors.iter().map(|anchor| format!("#{anchor}")).collect();
    let (code, missing, hint) = if anchor.starts_with(OF_DATA) {
        let hint = "The data write such a section, where they have what it tells: link to the page, or to one that is there.";
        (Code::SectionMissing, "section", hint)
    } else {
        let hint = "Link to the page, or give a heading this anchor: `## Heading {#anchor}`.";
        (Code::BrokenAnchor, "heading or figure", hint)
    };
    let page = link.written.name(stem);
    let message = format!("the link leads nowhere: {page} has no {missing} `#{anchor}`");
    Some(
        Diagnostic::error(code, message)
            .at(link.place.clone())
            .hint_if(did_you_mean(&format!("#{anchor}"), known.iter().map(String::as_str)))
            .hint(hint),
    )
}
