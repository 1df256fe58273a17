//! The pages of one language: chapters with their answers and what the data
//! write, where each lies, and what leads to it.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Config, Language};
use crate::content::{Book, Chapter};
use crate::figure::Scope;

use super::answered::Answered;
use super::generated::Desk;
use super::part::Part;
use super::section::Generated;
use super::{Memory, Position, menu};

/// The chapters of one language with their answers.
#[derive(Debug)]
pub struct AnsweredBook<'a> {
    /// The language.
    pub language: &'a Language,
    /// Its text.
    pub(super) book: &'a Book,
    /// What its own pages are made from.
    pub scope: Scope<'a>,
    /// The folder of its pages: empty, or `nl/`.
    pub folder: String,
    /// The way from its pages to the root of the site: empty, or `../`.
    pub root: &'static str,
    /// The home page, if its author wrote one.
    pub home: Option<Answered<'a>>,
    /// The chapters in reading order.
    pub chapters: Vec<Answered<'a>>,
    /// The pages that the data write; those of questions are empty until they are printed.
    pub generated: Vec<Generated<'a>>,
    /// The one with the whole report, if there is one.
    pub report: Option<Position>,
    /// Those of them whose sections follow the text of a chapter, by the name
    /// of the chapter.
    continuations: BTreeMap<&'a str, usize>,
    /// The menu: the order of `[site] navigation`, or chapters by weight and
    /// then the parts that the data write.
    pub menu: Vec<Position>,
    /// What the foot of every page leads to.
    pub foot: Vec<Position>,
    /// Where each page stands in the menu.
    in_menu: BTreeMap<Position, usize>,
    /// The numbers of the chapters.
    numbers: Vec<Option<usize>>,
}

impl<'a> AnsweredBook<'a> {
    /// Puts the chapters of a language and its pages of the data in order. The
    /// first of the chapters is the home page, where the book has one.
    pub(super) fn new(
        scope: &Scope<'a>,
        book: &'a Book,
        mut chapters: Vec<Answered<'a>>,
        generated: Vec<Generated<'a>>,
    ) -> Self {
        let language = &book.language;
        let is_default = scope.config.default_language() == language;
        let home = book.home.as_ref().map(|_| chapters.remove(0));
        let menu = menu::menu(scope, &chapters, &generated);
        let written: BTreeMap<&str, usize> =
            generated.iter().enumerate().map(|(at, page)| (page.stem.as_str(), at)).collect();
        let stems = chapters.iter().map(|answered| answered.chapter.stem.as_str());
        let continuations = stems.filter_map(|stem| Some((stem, *written.get(stem)?))).collect();
        let report = generated.iter().position(|page| page.part == Part::Print);
        Self {
            language,
            book,
            scope: *scope,
            folder: if is_default { String::new() } else { format!("{language}/") },
            root: if is_default { "" } else { "../" },
            home,
            report: report.map(Position::Generated),
            continuations,
            foot: menu::foot(&chapters, &generated),
            in_menu: menu.iter().enumerate().map(|(at, position)| (*position, at)).collect(),
            menu,
            numbers: numbers(&chapters),
            chapters,
            generated,
        }
    }

    /// Every page, home first.
    pub fn positions(&self) -> Vec<Position> {
        std::iter::once(Position::Home)
            .chain((0..self.chapters.len()).map(Position::Chapter))
            .chain(
                (0..self.generated.len())
                    .filter(|at| !self.continuations.contains_key(&*self.generated[*at].stem))
                    .map(Position::Generated),
            )
            .collect()
    }

    /// What the data write on a page: all of it, or what follows its text. Of a
    /// page of a question that is its titles.
    pub(super) fn generated_on(&self, position: Position) -> Option<&Generated<'a>> {
        let at = match position {
            Position::Generated(at) => at,
            _ => *self.continuations.get(&*self.answered(position)?.chapter.stem)?,
        };
        self.generated.get(at)
    }

    /// The address of a page in the folder of its language.
    pub fn address(&self, position: Position) -> String {
        match position {
            Position::Home => "index.html".to_owned(),
            Position::Chapter(at) => format!("{}.html", self.chapters[at].chapter.stem),
            Position::Generated(at) => format!("{}.html", self.generated[at].stem),
        }
    }

    /// Where a page stands in the menu.
    pub(super) fn place_in_menu(&self, position: Position) -> Option<usize> {
        self.in_menu.get(&position).copied()
    }

    /// The chapters in its own language, home first: borrowed ones are read
    /// where they come from.
    pub fn own(&self) -> impl Iterator<Item = &Answered<'a>> {
        let all = self.home.iter().chain(&self.chapters);
        all.filter(|answered| &answered.chapter.language == self.language)
    }

    /// Every page with the chapter on it, home first; those that borrow their
    /// text from another language are there for readers alone.
    pub fn pages(&self) -> impl Iterator<Item = (Position, Option<&Chapter>)> {
        let own = self.positions().into_iter().filter(|at| self.borrowed_from(*at).is_none());
        own.map(|at| (at, self.answered(at).map(|answered| answered.chapter)))
    }

    /// Whether anything can be told in a feed: addresses and a date are known.
    pub fn has_feed(&self, config: &Config) -> bool {
        let dated = |(_, chapter): (Position, Option<&Chapter>)| {
            chapter
                .is_some_and(|chapter| chapter.front.last_change(config.site.published).is_some())
        };
        config.site.url.is_some() && self.pages().any(dated)
    }

    /// The text of a page; `None`: nobody wrote one.
    pub(super) fn answered(&self, position: Position) -> Option<&Answered<'_>> {
        match position {
            Position::Home => self.home.as_ref(),
            Position::Chapter(at) => self.chapters.get(at),
            Position::Generated(_) => None,
        }
    }

    /// The language of a page's text, where the book's own has none.
    pub fn borrowed_from(&self, position: Position) -> Option<&Language> {
        let language = &self.answered(position)?.chapter.language;
        (language != self.language).then_some(language)
    }

    /// The number of a chapter: pages that go with any report, such as the one
    /// on method, have none.
    pub(super) fn number(&self, position: Position) -> Option<usize> {
        let Position::Chapter(at) = position else { return None };
        self.numbers.get(at).copied().flatten()
    }

    /// What the pages that are written when they are printed are written from.
    pub fn desk<'d, 'g>(
        &'d self,
        scope: &'d Scope<'g>,
        memory: Option<&'d Memory<'g>>,
    ) -> Desk<'d, 'g> {
        Desk::new(scope, self.book, self.home.iter().chain(&self.chapters), memory)
    }

    /// Whether there is a page with the whole report.
    pub(super) fn is_bound(&self) -> bool {
        self.report.is_some()
    }
}

/// The numbers of the chapters, from 1: those that begin a part that the data
/// write have none.
fn numbers(chapters: &[Answered<'_>]) -> Vec<Option<usize>> {
    let mut count = 0;
    let number = |answered: &Answered<'_>| {
        let is_numbered = !Part::begins_with(&answered.chapter.stem);
        count += usize::from(is_numbered);
        is_numbered.then_some(count)
    };
    chapters.iter().map(number).collect()
}

/// The languages that have no text of their own for a page, by its address.
pub type Untranslated = BTreeMap<String, BTreeSet<Language>>;

/// Finds the pages whose text is borrowed.
pub fn untranslated(books: &[AnsweredBook<'_>]) -> Untranslated {
    let mut untranslated = Untranslated::new();
    for book in books {
        for at in book.positions().into_iter().filter(|at| book.borrowed_from(*at).is_some()) {
            untranslated.entry(book.address(at)).or_default().insert(book.language.clone());
        }
    }
    untranslated
}
