//! The header of a chapter: TOML between two lines of `+++`.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::config::key::{Key, Takes};
use crate::config::toml::{Spelled, Table};
use crate::diag::{Code, Diagnostic, Findings, Place, SourceText};
use crate::markup::refused_by_windows;
use crate::wording::Words;

/// What a chapter says about itself.
#[derive(Debug, Clone)]
pub struct FrontMatter {
    /// The heading of level 1.
    pub title: String,
    /// A title for menus, where the title is long.
    pub short_title: Option<String>,
    /// The topic of the survey that it tells.
    pub topic: Option<Spelled<String>>,
    /// Chapters stand in rising weight.
    pub weight: f64,
    /// One or two sentences for search engines, cards and lists.
    pub summary: Option<String>,
    /// Left out of a build without `--drafts`.
    pub draft: bool,
    /// The day it came out, where that is not the day of the report.
    pub published: Option<Date>,
    /// The day of the last change worth telling.
    pub updated: Option<Date>,
    /// Addresses that it had before, from the folder of its language.
    pub aliases: Vec<Spelled<String>>,
    /// The figure on its social card.
    pub image_figure: Option<Spelled<String>>,
}

impl FrontMatter {
    /// Sets what is shown of it as the language sets its texts.
    pub(super) fn set(&mut self, words: &Words) {
        let shown = [Some(&mut self.title), self.short_title.as_mut(), self.summary.as_mut()];
        for text in shown.into_iter().flatten() {
            *text = words.typeset(text).into_owned();
        }
    }

    /// The day it was last changed, as far as anybody said: at the latest
    /// known, that of the report.
    pub fn last_change(&self, report: Option<Date>) -> Option<Date> {
        self.updated.or(self.published).or(report)
    }
}

/// The keys of front matter.
pub static FRONT_MATTER: Takes = Takes::Table(&[
    Key::required("title", Takes::Text, "The title of the chapter, its heading of level 1."),
    Key::new("short_title", Takes::Text, "A title for menus, where the title is long."),
    Key::new("topic", Takes::Text, "The topic of the survey that the chapter tells."),
    Key::new("weight", Takes::Number, "Chapters stand in rising weight."),
    Key::new("summary", Takes::Text, "One or two sentences for search engines, cards and lists."),
    Key::new("draft", Takes::Boolean, "Whether the chapter is left out without `--drafts`."),
    Key::new(
        "published",
        Takes::Date,
        "The day it came out, where that is not the day of the report.",
    ),
    Key::new("updated", Takes::Date, "The day of the last change worth telling."),
    Key::new("aliases", Takes::Texts, "Addresses that the chapter had before: `old-name.html`."),
    Key::new("image_figure", Takes::Text, "The id of the figure on the card of the chapter."),
]);

const FENCE: &str = "+++";

/// Splits a chapter into header and text: the span of the TOML, and the byte
/// at which the Markdown begins.
pub(super) fn split(text: &str) -> Option<(Range<usize>, usize)> {
    let first = text.split_inclusive('\n').next()?;
    if first.trim_end() != FENCE {
        return None;
    }
    let mut at = first.len();
    for line in text[at..].split_inclusive('\n') {
        if line.trim_end() == FENCE {
            return Some((first.len()..at, at + line.len()));
        }
        at += line.len();
    }
    None
}

/// Why a chapter has no header that [`split`] finds.
pub(super) fn missing(source: &Arc<SourceText>) -> Diagnostic {
    let text = source.text();
    let first = text.lines().next().unwrap_or_default().trim_end();
    let later = text.lines().find(|line| line.trim_end() == FENCE);
    let (message, help) = if first == FENCE {
        let help = "End it with a line `+++`, above the text of the chapter.";
        ("the front matter is never closed", help)
    } else if first == "---" {
        let help = "Write it as TOML between lines `+++`, `title = \"…\"` for `title: …`.";
        ("the front matter is YAML", help)
    } else if later.is_some() {
        let help = "Take out what stands above its first `+++`.";
        ("the front matter does not begin in the first line", help)
    } else {
        let help = "Begin the file with `+++`, a line `title = \"…\"`, and `+++`.";
        ("the chapter has no front matter", help)
    };
    let place = Place::new(source, 0..first.len());
    Diagnostic::error(Code::FrontMatterMissing, message).at(place).hint(help)
}

/// Reads the header at `span`.
pub(super) fn read(
    source: &Arc<SourceText>,
    span: Range<usize>,
    found: &mut Findings,
) -> Option<FrontMatter> {
    let mut table = Table::parse(source, span, &FRONT_MATTER, found)?;
    let title = words(&mut table, "title", found);
    let header = FrontMatter {
        title: title.as_ref().map(|title| title.value.trim().to_owned()).unwrap_or_default(),
        short_title: words(&mut table, "short_title", found).map(|text| text.value),
        topic: table.text("topic", found),
        weight: table.number("weight", found).map_or(0.0, |weight| weight.value),
        summary: words(&mut table, "summary", found).map(|text| text.value),
        draft: table.boolean("draft", found).is_some_and(|draft| draft.value),
        published: table.date("published", found).map(|date| date.value),
        updated: table.date("updated", found).map(|date| date.value),
        aliases: aliases(&mut table, found),
        image_figure: table.text("image_figure", found),
    };
    table.finish(found);
    if header.title.is_empty() {
        let place = title.map_or_else(|| Place::new(source, 0..FENCE.len()), |title| title.place);
        found.push(
            Diagnostic::error(Code::TitleMissing, "the chapter has no title")
                .at(place)
                .hint("Add `title = \"…\"` to its front matter."),
        );
    }
    Some(header)
}

/// A text that binds no number: it also stands where none can be told from
/// where it comes, in menus, cards and feeds.
fn words(table: &mut Table, key: &str, found: &mut Findings) -> Option<Spelled<String>> {
    let text = table.text(key, found)?;
    if text.value.contains("{{") {
        found.push(
            Diagnostic::error(Code::ExpressionSyntax, format!("`{key}` cannot bind a number"))
                .at(text.place.clone())
                .hint("Say it in words, and bind the number in the text of the chapter."),
        );
    }
    Some(text)
}

/// Old addresses; what is none is told.
fn aliases(table: &mut Table, found: &mut Findings) -> Vec<Spelled<String>> {
    let mut aliases = table.texts("aliases", found).unwrap_or_default();
    aliases.retain(|alias| {
        let sound = alias.value.strip_suffix(".html").is_some_and(|name| !name.is_empty())
            && alias.value.split('/').all(|part| {
                !part.starts_with('.')
                    && !part.is_empty()
                    && refused_by_windows(part).is_none()
                    && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
            });
        if !sound {
            let message = format!("`{}` is not the address of a page", alias.value);
            found.push(
                Diagnostic::error(Code::BadValue, message)
                    .at(alias.place.clone())
                    .hint("Write it as it stood in its folder, for example `old-name.html`."),
            );
        }
        sound
    });
    aliases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_ends_at_its_second_fence() {
        assert_eq!(split("+++\na = 1\n+++\nText\n"), Some((4..10, 14)));
    }

    #[test]
    fn every_key_is_read_as_its_list_says() {
        crate::config::proof::read_as_listed(&FRONT_MATTER, |text| {
            let source = SourceText::new("a.md", text.to_owned());
            let mut found = Findings::default();
            read(&source, 0..text.len(), &mut found);
            found.settle(())
        });
    }

    #[test]
    fn windows_line_ends_are_line_ends() {
        assert_eq!(split("+++\r\na = 1\r\n+++\r\nText"), Some((5..12, 17)));
    }

    #[test]
    fn a_text_without_fences_has_no_header() {
        assert_eq!(split("Text\n+++\n"), None);
        assert_eq!(split("+++\nnever closed\n"), None);
    }
}
