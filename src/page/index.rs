//! What the search of one language looks through: a script that sets one value.
//!
//! It is made from the values that pages are made from. Tables give their
//! captions, never their numbers; what rests on simulated answers carries its
//! mark.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::config::Language;
use crate::figure::{self, Plan, Scope};
use crate::markup::{Token, meaning, tokens};

use super::answered::Answered;
use super::part::Part;
use super::section::{Block, Generated, Section, Term};
use super::{File, Page, context, prose};

/// A page: its address, its title and what can be found on it.
#[derive(Serialize)]
struct Found(String, String, Vec<Passage>);

/// An anchor (empty: the start of the page), a heading, the text below it, and
/// what must be known of it: `Figure 3`, `Simulated data`.
#[derive(Debug, Serialize, PartialEq, Eq)]
struct Passage(String, String, String, String);

/// The index of a language, which is written while its pages are: whole, it
/// is as long as all their texts.
#[derive(Debug)]
pub struct SearchIndex {
    path: String,
    /// What stands before the next entry.
    before: &'static str,
}

impl SearchIndex {
    /// Begins an index.
    pub fn new(language: &Language) -> Self {
        Self { path: context::index_address(language), before: "barometerIndex=[" }
    }

    /// The part of the file with these entries of pages.
    pub fn part<'e>(&mut self, entries: impl Iterator<Item = &'e str>) -> File {
        let mut script = String::new();
        for entry in entries.filter(|entry| !entry.is_empty()) {
            script.push_str(std::mem::replace(&mut self.before, ","));
            script.push_str(entry);
        }
        File { path: self.path.clone(), bytes: script.into_bytes() }
    }

    /// The last part.
    pub fn end(self) -> File {
        let start = if self.before == "," { "" } else { self.before };
        File { path: self.path, bytes: format!("{start}];\n").into_bytes() }
    }
}

/// What the index says of a page; empty for the page of the index itself.
pub fn search_entry(page: &Page<'_, '_>) -> String {
    if page.generated.as_ref().is_some_and(|page| page.part == Part::Search) {
        return String::new();
    }
    let json = serde_json::to_string(&found(page)).unwrap_or_default();
    // Safe where somebody puts it into a page as well.
    if json.contains('<') { json.replace('<', "\\u003c") } else { json }
}

fn found(page: &Page<'_, '_>) -> Found {
    let Page { book, position, ref generated } = *page;
    let answered = book.answered(position);
    let generated = generated.as_deref();
    let title = context::title(book, position);
    let mut passages = vec![];
    passages.extend(answered.into_iter().flat_map(written));
    passages.extend(generated.into_iter().flat_map(|page| from_data(&book.scope, page)));
    Found(book.address(position), title, passages)
}

/// What an author wrote: the text by its headings, then the figures.
fn written(answered: &Answered<'_>) -> Vec<Passage> {
    let scope = &answered.scope;
    let mark = mark_of(scope, answered.is_simulated());
    let summary = answered.chapter.front.summary.as_deref().unwrap_or_default();
    let mut passages = sections(summary, &prose::words(answered));
    for passage in &mut passages {
        mark.clone_into(&mut passage.3);
    }
    let figures = answered.shown_figures().map(|plan| of_figure(scope, plan));
    passages.extend(figures);
    passages
}

/// The text of a chapter, cut where a heading has an anchor.
fn sections(summary: &str, html: &str) -> Vec<Passage> {
    let mut passages =
        vec![Passage(String::new(), String::new(), summary.to_owned(), String::new())];
    let mut in_heading = false;
    // Notes that lead back, and marks of notes, are no words of the text.
    let mut in_link_to_note = false;
    for token in tokens(html) {
        let Some(passage) = passages.last_mut() else { break };
        match token {
            Token::Start { name, mut attributes } => {
                let id = attributes.find(|(name, _)| *name == "id").map(|(_, id)| meaning(id));
                if let Some(id) = id.filter(|_| matches!(name, "h2" | "h3" | "h4")) {
                    let id = id.into_owned();
                    passages.push(Passage(id, String::new(), String::new(), String::new()));
                    in_heading = true;
                } else if name == "sup" {
                    in_link_to_note = true;
                } else if is_block(name) {
                    passage.2.push(' ');
                }
            }
            Token::End { name } => match name {
                "h2" | "h3" | "h4" => in_heading = false,
                "sup" => in_link_to_note = false,
                name if is_block(name) => passage.2.push(' '),
                _ => {}
            },
            Token::Text(text) if !in_link_to_note => {
                let part = if in_heading { &mut passage.1 } else { &mut passage.2 };
                part.push_str(&meaning(text));
            }
            Token::Text(_) => {}
        }
    }
    for Passage(_, heading, text, _) in &mut passages {
        *heading = heading.trim().to_owned();
        *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    passages
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "li" | "dd" | "dt" | "td" | "th" | "div" | "br" | "blockquote" | "h5" | "h6"
    )
}

/// What must be known of the words of a page.
fn mark_of<'w>(scope: &Scope<'w>, is_simulated: bool) -> &'w str {
    if is_simulated { scope.words.text("provenance.simulated-part") } else { "" }
}

/// A page that the data write.
fn from_data(scope: &Scope<'_>, page: &Generated<'_>) -> Vec<Passage> {
    let mark = mark_of(scope, page.is_simulated());
    let summary = page.summary.clone().unwrap_or_default();
    let mut passages = vec![Passage(String::new(), String::new(), summary, mark.to_owned())];
    for Section { id, title, blocks, .. } in &page.sections {
        match passages.first_mut() {
            Some(start) if id.is_empty() => {
                start.2.push(' ');
                start.2.push_str(&words(blocks));
            }
            _ => passages.push(Passage(id.clone(), title.clone(), words(blocks), mark.to_owned())),
        }
    }
    passages.extend(page.terms().map(|Term { id, word, text }| {
        Passage(id.clone(), word.clone(), text.clone(), String::new())
    }));
    passages.extend(page.figures.iter().map(|plan| of_figure(scope, plan)));
    passages
}

/// What blocks say but for the numbers of tables.
fn words(blocks: &[Block]) -> String {
    let mut words: Vec<&str> = vec![];
    for block in blocks {
        match block {
            Block::Text { text } => words.push(text),
            Block::List { items } => words.extend(items.iter().map(|line| line.text.as_str())),
            Block::Facts { facts } => {
                words.extend(facts.iter().flat_map(|fact| [fact.name.as_str(), &fact.text]));
            }
            Block::Table { caption, .. } | Block::Files { caption } => words.push(caption),
            Block::Citation { title, .. } => words.push(title),
            // Terms have passages of their own.
            Block::Terms { .. } | Block::Code { .. } | Block::Figure { .. } => {}
        }
    }
    words.join(" ")
}

fn of_figure(scope: &Scope<'_>, plan: &Plan<'_>) -> Passage {
    let label = plan
        .number()
        .map(|number| scope.words.fill("figure.label", &[("number", &number.to_string())]));
    let mark = plan.is_simulated().then(|| scope.words.text("provenance.simulated").to_owned());
    let label: Vec<_> = label.into_iter().chain(mark).collect();
    let mut told = BTreeSet::new();
    let mut text = figure::found_by(scope, plan);
    text.retain(|words| told.insert(words.clone()));
    Passage(plan.anchor(), figure::title(scope, plan), text.join(" "), label.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_its_anchors() {
        let html = "<p>Une &amp; deux<sup><a href=\"#n\">1</a></sup></p><h2 id=\"b\">Le \
                    <em>bilan</em></h2><ul><li>a</li><li>b</li></ul>";

        let passage = |id: &str, heading: &str, text: &str| {
            Passage(id.into(), heading.into(), text.into(), String::new())
        };
        assert_eq!(
            sections("", html),
            [passage("", "", "Une & deux"), passage("b", "Le bilan", "a b")]
        );
    }
}
