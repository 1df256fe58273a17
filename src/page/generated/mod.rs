//! The pages that the data write: results, one page a question, profiles and
//! the rest, as values. Their figures are planned like those of a chapter.
//!
//! A page is a list of sections, a section a list of blocks: whoever restyles
//! them needs one template (`sections.html`). Where an author wrote a chapter
//! of the same name, the sections follow its text.

mod about;
mod accessibility;
mod data;
mod glossary;
mod method;
mod print;
mod profile;
mod question;
mod reconciliation;
mod results;
mod search;
mod silent;
mod summary;
mod trends;
mod weighted;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use serde::Serialize;

use crate::config::toml::Spelled;
use crate::content::{Book, FigureRequest};
use crate::figure::{self, Plan, Scope};
use crate::stats::{Cut, Estimate};
use crate::survey::slug;

use super::Memory;
use super::answer::{Answered, AnsweredBook, step_aside};

/// Which of the pages that the data write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What was found, on one page.
    Summary,
    /// Every question.
    Results,
    /// One question.
    Question,
    /// One group.
    Profile,
    /// What changed between waves.
    Trends,
    /// Everything in the order of a dictionary.
    Search,
    /// How the survey was made.
    Method,
    /// The files to take away.
    Data,
    /// What the words mean.
    Glossary,
    /// Who answers for the report, and how to cite it.
    About,
    /// Who can read it, and how that was tested.
    Accessibility,
    /// All chapters, one after the other.
    Print,
}

impl Part {
    /// The parts that are one page, which navigation can name.
    const NAMED: &[Self] = &[
        Self::Summary,
        Self::Results,
        Self::Trends,
        Self::Method,
        Self::Data,
        Self::Glossary,
        Self::About,
        Self::Accessibility,
    ];

    /// The parts that the menu leads to by itself, after the chapters; the
    /// summary comes before them.
    pub(super) const MENU: &[Self] = &[Self::Results, Self::Trends, Self::Method, Self::Data];

    /// The parts that the foot of every page leads to.
    pub(super) const FOOT: &[Self] = &[
        Self::Summary,
        Self::Print,
        Self::Results,
        Self::Method,
        Self::Data,
        Self::Glossary,
        Self::About,
        Self::Accessibility,
        Self::Search,
    ];

    /// Its name: the kind of the page and, for parts of one page, its address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Results => "results",
            Self::Question => "question",
            Self::Profile => "profile",
            Self::Trends => "trends",
            Self::Search => "search",
            Self::Method => "method",
            Self::Data => "data",
            Self::Glossary => "glossary",
            Self::About => "about",
            Self::Accessibility => "accessibility",
            Self::Print => "print",
        }
    }

    /// The names that `[site] navigation` knows beside the chapters.
    pub fn names<'n>() -> impl Iterator<Item = &'n str> {
        Self::NAMED.iter().map(|part| part.name())
    }

    /// Whether a chapter of this name is the beginning of such a part.
    pub fn begins_with(stem: &str) -> bool {
        Self::names().any(|name| name == stem)
    }
}

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
    /// The line over the title.
    pub kicker: Option<String>,
    /// One or two sentences.
    pub summary: Option<String>,
    /// What it says.
    pub sections: Vec<Section>,
    /// The figures that its blocks show, by number.
    pub figures: Vec<Plan<'a>>,
    /// The question or battery that it is yet to tell; see [`Desk::written`].
    unwritten: Option<String>,
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
    /// What must be known of it.
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
    fn new(id: &str, title: impl Into<String>, blocks: Vec<Block>) -> Self {
        Self { id: format!("page-{id}"), title: title.into(), level: 2, blocks }
    }

    fn start(blocks: Vec<Block>) -> Self {
        Self { id: String::new(), title: String::new(), level: 2, blocks }
    }
}

impl Block {
    fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    fn facts(facts: Vec<(String, String)>) -> Self {
        let fact = |(name, text)| Fact { name, text };
        Self::Facts { facts: facts.into_iter().map(fact).collect() }
    }
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

/// The numbers of each part of the population.
type Parts<'a> = BTreeMap<&'a Cut, Vec<&'a Estimate>>;

/// What pages are written from: the data, and what the chapters made of them.
#[derive(Debug)]
pub struct Desk<'d, 'a> {
    scope: &'d Scope<'a>,
    book: &'d Book,
    /// The home page first.
    chapters: Vec<&'d Answered<'d>>,
    /// The names of their figures.
    taken: BTreeSet<&'d str>,
    /// Where the chapters show each question and battery, in reading order.
    shown: BTreeMap<&'d str, Vec<(&'d Answered<'d>, &'d Plan<'d>)>>,
    /// See [`Desk::parts`].
    parts: OnceLock<Parts<'a>>,
    memory: Option<&'d Memory<'a>>,
}

impl<'d, 'a> Desk<'d, 'a> {
    /// For the pages of a language that are written when they are printed.
    pub fn at(
        scope: &'d Scope<'a>,
        book: &'d AnsweredBook<'d>,
        memory: Option<&'d Memory<'a>>,
    ) -> Self {
        Self::new(scope, book.book, book.home.iter().chain(&book.chapters), memory)
    }

    pub(super) fn new(
        scope: &'d Scope<'a>,
        book: &'d Book,
        chapters: impl Iterator<Item = &'d Answered<'d>>,
        memory: Option<&'d Memory<'a>>,
    ) -> Self {
        let chapters: Vec<_> = chapters.collect();
        let mut shown: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for &chapter in &chapters {
            for plan in &chapter.figures {
                for subject in plan.subjects() {
                    shown.entry(subject).or_default().push((chapter, plan));
                }
            }
        }
        let figures = chapters.iter().flat_map(|chapter| &chapter.figures);
        let taken = figures.map(Plan::id).collect();
        Self { scope, book, chapters, taken, shown, parts: OnceLock::new(), memory }
    }

    /// A page with all that it says. Pages of questions are written here, one
    /// at a time: together they are longer than the report.
    pub(super) fn written<'p, 'b>(&self, page: &'p Generated<'b>) -> Cow<'p, Generated<'b>>
    where
        'a: 'b,
    {
        let name = page.unwritten.as_deref();
        let Some(mut page) = name.and_then(|name| question::written(self, name)) else {
            return Cow::Borrowed(page);
        };
        for plan in &mut page.figures {
            step_aside(plan, |name| self.taken.contains(name));
        }
        Cow::Owned(page)
    }

    /// The numbers of each part of the population, in the order of the codebook.
    fn parts(&self) -> &Parts<'a> {
        self.parts.get_or_init(|| {
            let mut parts = Parts::new();
            for question in self.scope.survey.codebook.questions() {
                for row in self.scope.results.of_question(&question.key) {
                    parts.entry(&row.cut).or_default().push(row);
                }
            }
            parts
        })
    }

    /// A string of the theme.
    fn text(&self, key: &str) -> String {
        self.scope.words.text(key).to_owned()
    }

    /// A string of the theme with its places filled.
    fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.scope.words.fill(key, values)
    }

    /// A text of the settings or of the codebook in this language.
    fn say(&self, text: &crate::config::Text) -> String {
        self.scope.words.typeset(text.get(self.scope.words.language())).into_owned()
    }

    /// A page that there is once, called as the theme's strings of its part
    /// say.
    fn page(&self, part: Part, sections: Vec<Section>) -> Generated<'a> {
        let name = part.name();
        let called = |key: &str| self.text(&format!("{name}.{key}"));
        Generated {
            part,
            stem: name.to_owned(),
            title: called("title"),
            short_title: called("short"),
            kicker: None,
            summary: Some(called("summary")),
            sections,
            figures: vec![],
            unwritten: None,
        }
    }

    /// A figure, if there is any number to show.
    fn plan(&self, request: &FigureRequest, id: &str) -> Option<Plan<'a>> {
        let plan = || {
            let mut plan = figure::plan(self.scope, request).ok()?;
            plan.rename(id.to_owned()).ok()?;
            Some(plan)
        };
        match self.memory {
            Some(memory) => memory.figure(self.scope.words.language(), id, request, plan),
            None => plan(),
        }
    }

    /// The waves of a question or battery side by side, where numbers of one
    /// origin are known of two or more.
    fn plan_waves(&self, request: &FigureRequest, id: &str) -> Option<Plan<'a>> {
        let wave = Some(Spelled::unwritten("all".to_owned()));
        let request = FigureRequest { wave, ..request.clone() };
        self.plan(&request, id).filter(|plan| 1 < plan.known_slices())
    }

    /// What a topic is called: a group of the codebook, else the chapter that
    /// tells it, else its key.
    fn topic(&self, key: &str) -> String {
        let group = self.scope.survey.codebook.group(key).map(|group| self.say(&group.short));
        let chapter =
            self.book.chapters.iter().find(|chapter| {
                chapter.front.topic.as_ref().is_some_and(|topic| topic.value == key)
            });
        let chapter = chapter.map(|chapter| {
            let front = &chapter.front;
            front.short_title.as_ref().unwrap_or(&front.title).clone()
        });
        group.or(chapter).unwrap_or_else(|| key.to_owned())
    }
}

/// The address of the page of a question or of a battery, without `.html`.
pub(super) fn question_stem(key: &str) -> String {
    format!("question-{}", slug(key))
}

/// The addresses of all pages that the data write, without `.html`: what
/// links can lead to, whatever became of the numbers.
pub(super) fn stems(desk: &Desk<'_, '_>) -> Vec<String> {
    let Desk { scope, book, .. } = desk;
    let codebook = &scope.survey.codebook;
    let questions = codebook.questions().iter().map(|question| question.key.as_str());
    let batteries = question::batteries(codebook).map(|group| group.name.as_str());
    let questions = questions.chain(batteries).map(question_stem);
    let profiles = profile::groups(scope).map(|(breakdown, group)| profile::stem(breakdown, group));
    let parts = Part::NAMED.iter().filter(|part| match part {
        Part::Trends => 1 < scope.config.waves.len(),
        Part::Data => scope.publishes(),
        Part::Summary => summary::is_there(scope, book),
        Part::Results | Part::Method => scope.has_survey(),
        _ => true,
    });
    let parts = parts.map(|part| part.name()).chain([Part::Search.name()]);
    let parts = parts.chain(print::is_there(book).then_some(Part::Print.name()));
    parts.map(str::to_owned).chain(questions).chain(profiles).collect()
}

/// Writes the pages of one language, but of those of questions the titles alone.
pub(super) fn write<'a>(desk: &Desk<'_, 'a>) -> Vec<Generated<'a>> {
    let mut pages = vec![];
    pages.extend(results::page(desk));
    let codebook = &desk.scope.survey.codebook;
    let questions = codebook.questions().iter().map(|question| question.key.as_str());
    let batteries = question::batteries(codebook).map(|group| group.name.as_str());
    pages.extend(questions.chain(batteries).filter_map(|name| question::titled(desk, name)));
    let groups: Vec<_> = profile::groups(desk.scope).collect();
    pages.par_extend(groups.into_par_iter().map(|group| profile::page(desk, group)));
    pages.extend(trends::page(desk));
    pages.extend(method::page(desk));
    pages.extend(summary::page(desk));
    pages.extend(data::page(desk));
    pages.push(glossary::page(desk));
    pages.push(about::page(desk));
    pages.push(accessibility::page(desk));
    pages.extend(print::page(desk));
    let search = search::page(desk, &pages);
    pages.push(search);
    pages
}
