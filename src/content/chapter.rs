//! The books of a report: the chapters of each language in reading order.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::config::Language;
use crate::diag::{Diagnostic, Place, SourceText};

use super::allow::{Allowance, Finding, apply};
use super::directive::FigureRequest;
use super::expression::Expression;
use super::file::LinkedFile;
use super::front_matter::FrontMatter;
use super::link::ChapterLink;
use super::prose::Prose;
use super::reference::FigureReference;

/// The chapters of one language.
#[derive(Debug)]
pub struct Book {
    /// The language.
    pub language: Language,
    /// `index.md`, if there is one.
    pub home: Option<Arc<Chapter>>,
    /// The others, by weight and then by name.
    pub chapters: Vec<Arc<Chapter>>,
    /// Names of the chapters that could not be read at all.
    pub unreadable: BTreeSet<String>,
}

impl Book {
    /// Every chapter, the home page first.
    pub fn all(&self) -> impl Iterator<Item = &Chapter> {
        self.home.iter().chain(&self.chapters).map(AsRef::as_ref)
    }

    /// The chapters in its own language, by name.
    pub(super) fn own(&self) -> BTreeMap<&str, &Chapter> {
        let own = self.all().filter(|chapter| chapter.language == self.language);
        own.map(|chapter| (chapter.stem.as_str(), chapter)).collect()
    }

    /// The names of the chapters of `other`, its own, that this book has not.
    pub(super) fn lacking(&self, other: &Self) -> Vec<String> {
        let has: BTreeSet<&str> = self.all().map(|chapter| chapter.stem.as_str()).collect();
        let lacks = |stem: &str| !has.contains(stem) && !self.unreadable.contains(stem);
        other.own().into_keys().filter(|stem| lacks(stem)).map(str::to_owned).collect()
    }

    /// Takes the home page out of the chapters and sorts the others.
    pub(super) fn put_in_order(&mut self) {
        if let Some(at) = self.chapters.iter().position(|chapter| chapter.stem == "index") {
            self.home = Some(self.chapters.remove(at));
        }
        self.chapters.sort_by(|a, b| {
            a.front.weight.total_cmp(&b.front.weight).then_with(|| a.stem.cmp(&b.stem))
        });
    }
}

/// One chapter: text with holes, and what is asked for in them.
#[derive(Debug)]
pub struct Chapter {
    /// The language of its text: another than its book's where that language
    /// lacks the chapter.
    pub language: Language,
    /// The file.
    pub source: Arc<SourceText>,
    /// Its name without `.md`: its address without `.html`.
    pub stem: String,
    /// What it says about itself.
    pub front: FrontMatter,
    /// Its text.
    pub body: Body,
}

/// A text, and what is asked for in it.
#[derive(Debug, Default)]
pub struct Body {
    /// HTML and holes in order.
    pub pieces: Vec<Piece>,
    /// The figures asked for; holes number them.
    pub figures: Vec<FigureRequest>,
    /// The numbers asked for; holes number them.
    pub expressions: Vec<Expression>,
    /// The headings in order.
    pub headings: Vec<Heading>,
    /// The anchors of the headings.
    pub anchors: BTreeSet<String>,
    /// Links to chapters, to be checked when all are known.
    pub links: Vec<ChapterLink>,
    /// References to figures, by number; holes number them.
    pub references: Vec<FigureReference>,
    /// Files that the page needs.
    pub files: Vec<LinkedFile>,
    /// Links to other sites.
    pub outside: Vec<OutsideLink>,
    /// Its images.
    pub images: Vec<Image>,
    /// The running text.
    pub prose: Prose,
    /// The findings that its author allows.
    pub(super) allowances: Vec<Allowance>,
}

impl Body {
    /// Gives back the room that was left for more: it is kept for long, with
    /// those of every chapter.
    pub(super) fn shrink(&mut self) {
        self.pieces.shrink_to_fit();
        self.figures.shrink_to_fit();
        self.expressions.shrink_to_fit();
        self.headings.shrink_to_fit();
        self.links.shrink_to_fit();
        self.prose.shrink();
    }

    /// The questions and batteries that its figures and numbers ask about.
    pub fn questions(&self) -> impl Iterator<Item = &str> {
        let figures = self.figures.iter().map(|figure| figure.question.value.as_str());
        let numbers = self.expressions.iter().filter_map(|number| number.argument("q"));
        figures.chain(numbers.map(|question| question.value.as_str()))
    }
}

/// A link that leads to another site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideLink {
    /// Where it leads, as it was written.
    pub address: String,
    /// Where it stands.
    pub place: Place,
}

/// An image, by what is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// What those hear who do not see it; bound numbers are left out.
    pub alternative: String,
    /// What else a reader has before them: its title, the heading above it.
    pub beside: Vec<String>,
    /// Where it stands.
    pub place: Place,
}

/// HTML, or a hole.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Finished HTML.
    Html(String),
    /// The figure of that number goes here.
    Figure(usize),
    /// The number of that expression goes here.
    Inline {
        /// Which of the chapter's expressions.
        expression: usize,
        /// Where it stands.
        form: Form,
    },
    /// The reference of that number goes here: `figure 12`.
    Reference(usize),
    /// A mark that leads to a note.
    NoteMark {
        /// The number of the note.
        note: usize,
        /// Finished HTML.
        markup: String,
    },
    /// A passage begins.
    Begin(Passage),
    /// The innermost passage ends with this markup.
    End(String),
}

/// A piece of text that stands or falls as one. Only headings, notes, and
/// passages with a hole in them are marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passage {
    /// A heading, which begins a section.
    Heading {
        /// 2 to 6.
        level: u8,
        /// Its anchor.
        id: String,
    },
    /// Sentences: a paragraph, an item of a list.
    Sentences,
    /// One statement, whatever it is made of: a quotation, a row of a table.
    Statement,
    /// A note of that number, which stands with the marks that lead to it.
    Note(usize),
    /// What is nothing without the passages in it: a list, a table.
    Container,
}

/// Where a bound number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// In running text, where it may carry its base and interval.
    Element,
    /// In an attribute: words only.
    Text,
}

/// One heading.
#[derive(Debug, Clone)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its words, with holes for numbers.
    pub parts: Vec<HeadingPart>,
    /// Its line.
    pub place: Place,
}

impl Heading {
    /// Whether it begins a section: what languages are compared by, and what an
    /// author allows something in.
    pub(super) fn begins_section(&self) -> bool {
        self.level <= 2
    }
}

/// Words, or a hole for a number.
#[derive(Debug, Clone, PartialEq)]
pub enum HeadingPart {
    /// Words.
    Text(String),
    /// The number of that expression.
    Expression(usize),
}

/// Takes out what the authors of these chapters allow of an editor's findings.
pub fn without_allowed(found: Vec<Diagnostic>, chapters: &[&Chapter]) -> Vec<Diagnostic> {
    let all = chapters.iter().flat_map(|chapter| &chapter.body.allowances);
    let allowances: Vec<_> = all.filter(|allowance| allowance.code.is_editorial()).collect();
    let findings = found.into_iter().map(|diagnostic| Finding { diagnostic, elsewhere: None });
    apply(findings.collect(), &allowances)
}
