//! A page that the data write, as values: its sections, and the blocks in them.

use std::sync::Arc;

use serde::Serialize;

use crate::figure::Plan;

use super::part::Part;

/// A page that the data write.
#[derive(Debug, Clone)]
pub struct Generated<'a> {
    /// Which one.
    pub part: Part,
    /// Its address without `.html`.
    pub stem: String,
    /// The heading of level 1.
    pub title: String,
    /// For menus.
    pub short_title: String,
    /// The line over the title: the topic of a question, the breakdown of a group.
    pub kicker: Option<String>,
    /// One or two sentences.
    pub summary: Option<String>,
    /// What it says.
    pub sections: Vec<Section>,
    /// The figures that its blocks show, by number.
    pub figures: Vec<Plan<'a>>,
    /// The question or battery that it is yet to tell; see [`super::generated::written`].
    pub(super) unwritten: Option<String>,
}

impl Generated<'_> {
    /// Whether any number on it rests on simulated answers.
    pub fn is_simulated(&self) -> bool {
        let blocks = self.sections.iter().flat_map(|section| &section.blocks);
        self.figures.iter().any(Plan::is_simulated)
            || blocks.into_iter().any(|block| matches!(block, Block::Table { simulated: true, .. }))
    }

    /// Whether the menu leads to it by itself: trends that nobody can compare
    /// are no place to go to.
    pub fn is_worth_the_menu(&self) -> bool {
        self.part != Part::Trends || !self.figures.is_empty()
    }

    /// The anchors of its sections and figures.
    pub fn anchors(&self) -> impl Iterator<Item = String> {
        let sections = self.sections.iter().map(|section| section.id.clone());
        let sections = sections.filter(|id| !id.is_empty());
        let terms = self.terms().map(|term| term.id.clone());
        sections.chain(terms).chain(self.figures.iter().map(Plan::anchor))
    }

    /// The words that it explains.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        let blocks = self.sections.iter().flat_map(|section| &section.blocks);
        blocks
            .filter_map(|block| if let Block::Terms { terms } = block { Some(terms) } else { None })
            .flatten()
    }
}

/// A part of a page under a heading.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its anchor: begins with `page-`, so that it is none of a chapter's.
    pub id: String,
    /// Its heading; empty: the start of the page, without one.
    pub title: String,
    /// The level of the heading: 2 or 3.
    pub level: u8,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// One piece of a section.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Text {
        /// Its words.
        text: String,
    },
    /// A list, of links or of words.
    List {
        /// Its lines.
        items: Vec<Line>,
    },
    /// Names and what they stand for.
    Facts {
        /// In order.
        facts: Vec<Fact>,
    },
    /// A table that is no figure.
    Table {
        /// What it holds.
        caption: String,
        /// The headings of its columns.
        head: Vec<String>,
        /// Its lines; the preview keeps those of long tables.
        rows: Arc<[TableLine]>,
        /// Whether its cells are sentences, which need room.
        sentences: bool,
        /// Whether its numbers rest on simulated answers.
        simulated: bool,
    },
    /// Words with what they mean.
    Terms {
        /// In order.
        terms: Vec<Term>,
    },
    /// How a work is cited: what stands before and after its title.
    Citation {
        /// Author and date.
        before: String,
        /// The title, which is set off.
        title: String,
        /// Publisher and address.
        after: String,
    },
    /// Lines for a machine.
    Code {
        /// `bibtex`, `r`, `python`.
        language: &'static str,
        /// What they are, for who hears them.
        name: String,
        /// The lines.
        text: String,
    },
    /// The files of the data, which are known when all are written.
    Files {
        /// What the table holds.
        caption: String,
    },
    /// A figure.
    Figure {
        /// Which of the page's.
        figure: usize,
    },
}

/// A word with what it means.
#[derive(Debug, Clone, Serialize)]
pub struct Term {
    /// Its anchor.
    pub id: String,
    /// The word.
    pub word: String,
    /// What it means.
    pub text: String,
}

/// One line of a list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Line {
    /// Its words.
    pub text: String,
    /// Where it leads.
    pub address: Option<String>,
    /// What is said after it.
    pub detail: Option<String>,
    /// A word that marks it, such as that for simulated numbers.
    pub badge: Option<String>,
    /// The language of its words, where it is not that of the page.
    pub language: Option<String>,
}

/// One line of a table.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TableLine {
    /// What it is about.
    pub label: String,
    /// Where more is told of it.
    pub address: Option<String>,
    /// Its cells.
    pub cells: Vec<String>,
    /// Whether the label is a name in a file, English in every language.
    pub is_name: bool,
}

/// A name and what it stands for.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// The name.
    pub name: String,
    /// What it stands for.
    pub text: String,
}

impl Section {
    pub(super) fn new(id: &str, title: impl Into<String>, blocks: Vec<Block>) -> Self {
        Self { id: format!("page-{id}"), title: title.into(), level: 2, blocks }
    }

    pub(super) fn start(blocks: Vec<Block>) -> Self {
        Self { id: String::new(), title: String::new(), level: 2, blocks }
    }
}

impl Block {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    pub(super) fn facts(facts: Vec<(String, String)>) -> Self {
        let fact = |(name, text)| Fact { name, text };
        Self::Facts { facts: facts.into_iter().map(fact).collect() }
    }
}
