//! Whether a chapter says the same in every language: the same numbers, claims
//! and figures in the same sections, whatever the words.

use std::collections::BTreeSet;

use crate::config::Language;
use crate::diag::{Code, Diagnostic, Place};

use super::allow::{self, Finding};
use super::chapter::{Book, Chapter, Heading, HeadingPart};
use super::directive::FigureRequest;
use super::expression::{Expression, Function};
use super::phrase::PhrasePart;

/// Compares every translation with the chapter of the default language.
pub(super) fn check(books: &[Book]) -> Vec<Diagnostic> {
    let Some((original, translations)) = books.split_first() else { return vec![] };
    let originals = original.own();
    let mut found = vec![];
    for book in translations {
        let translated = book.own();
        for (stem, chapter) in &originals {
            match translated.get(stem) {
                Some(translation) => found.extend(compare(chapter, translation)),
                None if book.unreadable.contains(*stem) => {}
                None => found.push(lacking(chapter, &book.language)),
            }
        }
        let known = |stem: &str| originals.contains_key(stem) || original.unreadable.contains(stem);
        let alone = translated.iter().filter(|(stem, _)| !known(stem));
        found.extend(alone.map(|(_, chapter)| lacking(chapter, &original.language)));
    }
    let chapters = books.iter().flat_map(Book::all);
    let all = chapters.flat_map(|chapter| &chapter.body.allowances);
    let allowances: Vec<_> = all.filter(|allowance| !allowance.code.is_editorial()).collect();
    allow::apply(found, &allowances)
}

fn lacking(chapter: &Chapter, language: &Language) -> Finding {
    let diagnostic = Diagnostic::warning(
        Code::TranslationLacking,
        format!("`{}` has no text in the language `{language}`", chapter.source.path()),
    )
    .at(Place::new(&chapter.source, 0..chapter.source.text().lines().next().map_or(0, str::len)))
    .hint(format!("Write `content/{language}/{}.md`.", chapter.stem));
    Finding { diagnostic, elsewhere: None }
}

/// What a chapter asks of the data, and in which section.
struct Binding<'a> {
    /// The same for the same question, items and groups in any language.
    key: String,
    section: usize,
    place: &'a Place,
    /// All that it is written with.
    extent: Place,
}

fn compare(original: &Chapter, translation: &Chapter) -> Vec<Finding> {
    let (here, there) = (sections(original), sections(translation));
    if here.len() != there.len() {
        return vec![sections_differ(original, &here, translation, &there)];
    }
    let (ours, theirs) = (bindings(original, &here), bindings(translation, &there));
    let mut found = missing(&ours, &theirs, translation, &there);
    found.extend(missing(&theirs, &ours, original, &here));
    found
}

/// The bindings of one text that the same section of the `other` lacks.
fn missing(
    bindings: &[Binding<'_>],
    others: &[Binding<'_>],
    other: &Chapter,
    headings: &[&Heading],
) -> Vec<Finding> {
    let known: BTreeSet<_> =
        others.iter().map(|binding| (binding.section, binding.key.as_str())).collect();
    let mut told = BTreeSet::new();
    let mut found = vec![];
    for binding in bindings {
        let id = (binding.section, binding.key.as_str());
        if known.contains(&id) || !told.insert(id) {
            continue;
        }
        let path = other.source.path();
        let elsewhere = others.iter().find(|other| other.key == binding.key);
        let heading = headings[..binding.section].last();
        let hint = match (elsewhere, heading) {
            (Some(elsewhere), _) => format!(
                "It stands in another section of `{path}`, line {}.",
                elsewhere.place.start().line
            ),
            (None, Some(heading)) => format!(
                "Bind it in `{path}` as well, below `{}`, line {}.",
                words(heading),
                heading.place.start().line
            ),
            (None, None) => format!("Bind it in `{path}` as well, above the first heading."),
        };
        let diagnostic = Diagnostic::error(
            Code::BindingLacking,
            format!("`{path}` lacks {} in this section", binding.key),
        )
        .at(binding.place.clone())
        .hint(hint)
        .hint(reason(Code::BindingLacking))
        .unless_wrong(binding.extent.clone())
        .unless_wrong(section(other, headings, binding.section));
        let top = || Place::new(&other.source, 0..0);
        let elsewhere = heading.map_or_else(top, |heading| heading.place.clone());
        found.push(Finding { diagnostic, elsewhere: Some(elsewhere) });
    }
    found
}

/// The stretch of a section of a text.
fn section(chapter: &Chapter, headings: &[&Heading], number: usize) -> Place {
    let begins = |at: usize| headings.get(at).map(|heading| heading.place.span().start);
    let from = number.checked_sub(1).and_then(begins).unwrap_or_default();
    Place::new(&chapter.source, from..begins(number).unwrap_or(chapter.source.text().len()))
}

fn sections_differ(
    original: &Chapter,
    here: &[&Heading],
    translation: &Chapter,
    there: &[&Heading],
) -> Finding {
    let (longer, headings, shorter, count) = if there.len() < here.len() {
        (original, here, translation, there.len())
    } else {
        (translation, there, original, here.len())
    };
    let diagnostic = Diagnostic::error(
        Code::SectionsDiffer,
        format!(
            "`{}` has {} sections, `{}` has {count}",
            longer.source.path(),
            headings.len(),
            shorter.source.path(),
        ),
    )
    .at(headings[count].place.clone())
    .hint("Give both texts the same sections, so that their numbers can be compared.")
    .hint(reason(Code::SectionsDiffer));
    Finding { diagnostic, elsewhere: Some(Place::new(&shorter.source, 0..0)) }
}

fn reason(code: Code) -> String {
    format!("Or say why not: `<!-- barometer: allow {} because … -->`.", code.id())
}

/// The headings that begin a section.
fn sections(chapter: &Chapter) -> Vec<&Heading> {
    chapter.body.headings.iter().filter(|heading| heading.begins_section()).collect()
}

fn words(heading: &Heading) -> String {
    let parts = heading.parts.iter().map(|part| match part {
        HeadingPart::Text(text) => text.as_str(),
        HeadingPart::Expression(_) => "…",
    });
    parts.collect()
}

fn bindings<'a>(chapter: &'a Chapter, sections: &[&Heading]) -> Vec<Binding<'a>> {
    let section = |place: &Place| {
        sections
            .iter()
            .take_while(|heading| heading.place.span().start <= place.span().start)
            .count()
    };
    let binding = |key: String, place: &'a Place, extent: Place| Binding {
        key,
        section: section(place),
        place,
        extent,
    };
    let mut bindings = vec![];
    for expression in &chapter.body.expressions {
        let place = &expression.place;
        bindings.push(binding(number(expression), place, place.clone()));
    }
    for request in &chapter.body.figures {
        bindings.push(binding(figure(request), &request.place, block(chapter, &request.place)));
        let phrases = [&request.title, &request.subtitle, &request.note];
        for part in phrases.into_iter().flatten().flat_map(|phrase| &phrase.parts) {
            if let PhrasePart::Expression(expression) = part {
                // The words of a figure belong to the section of its block.
                bindings.push(Binding {
                    key: number(expression),
                    section: section(&request.place),
                    place: &expression.place,
                    extent: expression.place.clone(),
                });
            }
        }
    }
    bindings.sort_by_key(|binding| binding.place.span().start);
    bindings
}

/// A chart block, by its first line.
fn block(chapter: &Chapter, fence: &Place) -> Place {
    let text = chapter.source.text();
    let (from, inside) = (fence.span().start, fence.span().end);
    let mark = text[from..].get(..3).unwrap_or_default();
    let end = text[inside..].find(mark).map_or(text.len(), |at| inside + at);
    Place::new(&chapter.source, from..end)
}

/// A number by what it is about. A sentence may name a comparison by a verb
/// (`versus`) where another language has it in its own words (`claim`).
fn number(expression: &Expression) -> String {
    let compares = matches!(expression.function, Function::Versus | Function::Claim);
    let (what, name) = if compares {
        ("the comparison", "versus")
    } else {
        ("the number", expression.function.name())
    };
    let mut arguments: Vec<(&str, &str)> = expression
        .arguments
        .iter()
        .filter(|argument| !matches!(argument.name, "digits" | "says"))
        .map(|argument| (argument.name, argument.value.as_str()))
        .collect();
    arguments
        .sort_by_key(|(name, _)| Function::Versus.parameters().position(|known| known == *name));
    // "More than" in one language is "less than" in another.
    let at = |wanted| arguments.iter().position(|(name, _)| *name == wanted);
    if compares
        && let (Some(a), Some(b)) = (at("a"), at("b"))
        && arguments[b].1 < arguments[a].1
    {
        (arguments[a].1, arguments[b].1) = (arguments[b].1, arguments[a].1);
    }
    let arguments: Vec<_> =
        arguments.iter().map(|(name, value)| format!("{name}=\"{value}\"")).collect();
    format!("{what} `{name}({})`", arguments.join(", "))
}

/// A figure by what it shows, its words left aside.
fn figure(request: &FigureRequest) -> String {
    let mut shown = vec![format!("question = \"{}\"", request.question.value)];
    let mut list = |name: &str, values: &[crate::config::toml::Spelled<String>]| {
        if !values.is_empty() {
            let values: Vec<_> = values.iter().map(|value| format!("{:?}", value.value)).collect();
            shown.push(format!("{name} = [{}]", values.join(", ")));
        }
    };
    list("items", &request.items);
    list("by", &request.by);
    list("highlight", &request.highlight);
    for (name, value) in [
        ("wave", &request.wave),
        ("provenance", &request.provenance),
        ("estimator", &request.estimator),
    ] {
        shown.extend(value.as_ref().map(|value| format!("{name} = \"{}\"", value.value)));
    }
    for (breakdown, group) in &request.part {
        shown.push(format!("where = {{ {} = \"{}\" }}", breakdown.value, group.value));
    }
    shown.extend(request.kind.as_ref().map(|kind| format!("kind = \"{}\"", kind.value.name())));
    shown.extend(request.limit.map(|limit| format!("limit = {limit}")));
    format!("the figure `{}`", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::SourceText;

    fn key(text: &str) -> String {
        let source = SourceText::new("a.md", text.to_owned());
        number(&super::super::expression::parse(&source, 0..text.len()).unwrap())
    }

    #[test]
    fn the_order_of_arguments_and_the_digits_do_not_matter() {
        assert_eq!(
            key(r#"{{ share(item="a", q="b", digits=1) }}"#),
            key(r#"{{ share(q="b", item="a") }}"#)
        );
    }

    #[test]
    fn a_comparison_may_be_said_in_either_direction_and_form() {
        assert_eq!(
            key(r#"{{ versus(q="q", a="x", b="y", by="region", item="i") }}"#),
            key(r#"{{ claim(q="q", item="i", by="region", a="y", b="x", says="less") }}"#)
        );
        assert_ne!(
            key(r#"{{ claim(q="q", a="x", says="first") }}"#),
            key(r#"{{ claim(q="q", a="y", says="first") }}"#)
        );
    }
}
