//! Every question that the chapters ask of the data, answered.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::config::{Config, Language};
use crate::content::{Book, Chapter, HeadingPart, Pages, check_links};
use crate::diag::{Code, Diagnostic, Findings, Mistakes, Outcome, Place, did_you_mean};
use crate::figure::{self, Inline, Plan, Scope};

use super::{Position, card};

/// A chapter with its answers.
#[derive(Debug)]
pub struct Answered<'a> {
    /// What it was answered from, in the language of its text.
    pub scope: Scope<'a>,
    /// The text with holes.
    pub chapter: &'a Chapter,
    /// What goes into the holes for figures.
    pub figures: Vec<Plan<'a>>,
    /// What goes into the holes for numbers.
    pub inlines: Vec<Inline>,
}

/// The chapters of one language with their answers.
#[derive(Debug)]
pub struct AnsweredBook<'a> {
    /// The language.
    pub language: &'a Language,
    /// The folder of its pages: empty, or `nl/`.
    pub folder: String,
    /// The way from its pages to the root of the site: empty, or `../`.
    pub root: &'static str,
    /// The home page, if its author wrote one.
    pub home: Option<Answered<'a>>,
    /// The chapters in reading order.
    pub chapters: Vec<Answered<'a>>,
}

impl AnsweredBook<'_> {
    /// Every page, home first.
    pub fn positions(&self) -> Vec<Position> {
        std::iter::once(Position::Home)
            .chain((0..self.chapters.len()).map(Position::Chapter))
            .collect()
    }

    /// The address of a page in the folder of its language.
    pub fn address(&self, position: Position) -> String {
        match position {
            Position::Home => "index.html".to_owned(),
            Position::Chapter(at) => format!("{}.html", self.chapters[at].chapter.stem),
        }
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

    /// The text of a page; `None`: a home page that nobody wrote.
    pub(super) fn answered(&self, position: Position) -> Option<&Answered<'_>> {
        match position {
            Position::Home => self.home.as_ref(),
            Position::Chapter(at) => self.chapters.get(at),
        }
    }

    /// The language of a page's text, where the book's own has none.
    pub fn borrowed_from(&self, position: Position) -> Option<&Language> {
        let language = &self.answered(position)?.chapter.language;
        (language != self.language).then_some(language)
    }

    /// How many figures it has.
    pub fn figure_count(&self) -> usize {
        self.home.iter().chain(&self.chapters).map(|chapter| chapter.figures.len()).sum()
    }
}

impl Answered<'_> {
    /// The words of a heading, numbers filled in.
    pub(super) fn heading(&self, parts: &[HeadingPart]) -> String {
        parts
            .iter()
            .map(|part| match part {
                HeadingPart::Text(text) => text.as_str(),
                HeadingPart::Expression(number) => self.inlines[*number].text.as_str(),
            })
            .collect()
    }
}

/// Answers the chapters of one language, in parallel, each in the language of
/// its text; checks the names of figures and the links between pages.
pub fn answer<'a>(
    scopes: &BTreeMap<Language, Scope<'a>>,
    book: &'a Book,
    is_default: bool,
) -> Outcome<AnsweredBook<'a>> {
    let mut found = Findings::default();
    let chapters = book.home.par_iter().chain(&book.chapters);
    // Every language of the site has its scope.
    let outcomes: Vec<_> = chapters
        .filter_map(|chapter| Some((scopes.get(&chapter.language)?, chapter)))
        .map(|(scope, chapter)| answer_chapter(scope, chapter))
        .collect();
    let mut answered = vec![];
    for outcome in outcomes {
        answered.extend(found.absorb(outcome));
    }
    // Figures that could not be planned are missing among the anchors.
    let figures_are_known = !found.has_errors() && book.unreadable.is_empty();
    name_figures(&mut answered, &mut found);
    if figures_are_known {
        for answered in &answered {
            check_card(answered, &mut found);
        }
    }
    check_all_links(book, &answered, figures_are_known, &mut found);
    if found.has_errors() {
        return found.fail();
    }
    let home = book.home.as_ref().map(|_| answered.remove(0));
    found.settle(AnsweredBook {
        language: &book.language,
        folder: if is_default { String::new() } else { format!("{}/", book.language) },
        root: if is_default { "" } else { "../" },
        home,
        chapters: answered,
    })
}

/// The language and the address of every page whose text is borrowed.
pub fn untranslated(books: &[AnsweredBook<'_>]) -> BTreeSet<(Language, String)> {
    let pages = books.iter().flat_map(|book| {
        let borrowed = book.positions().into_iter().filter(|at| book.borrowed_from(*at).is_some());
        borrowed.map(|at| (book.language.clone(), book.address(at)))
    });
    pages.collect()
}

/// How far the data can be held against an author's text.
#[derive(Debug, Clone, Copy)]
pub struct Trust {
    /// The codebook was read without a mistake.
    pub names: bool,
    /// All data were read without a mistake.
    pub numbers: bool,
}

/// The mistakes of the text alone: where data could not be read, names and
/// numbers are missing for that reason.
pub fn blamed_on_text(mistakes: Mistakes, trust: Trust) -> Findings {
    let mut found = Findings::from(mistakes);
    if !trust.numbers {
        found = found.without(&[Code::NothingPublished, Code::EmptyFigure, Code::ClaimRefused]);
    }
    if !trust.names {
        found = found.without(&[
            Code::UnknownQuestion,
            Code::UnknownItem,
            Code::UnknownBreakdown,
            Code::UnknownGroup,
            Code::KindDoesNotFit,
        ]);
    }
    found
}

fn answer_chapter<'a>(scope: &Scope<'a>, chapter: &'a Chapter) -> Outcome<Answered<'a>> {
    let mut found = Findings::default();
    let mut figures = vec![];
    for request in &chapter.figures {
        match figure::plan(scope, request) {
            Ok(plan) => figures.push(plan),
            Err(wrong) => found.extend(wrong),
        }
    }
    let mut inlines = vec![];
    for expression in &chapter.expressions {
        match figure::inline(scope, expression) {
            Ok(inline) => inlines.push(inline),
            Err(wrong) => found.extend(wrong),
        }
    }
    if chapter.stem == "404" {
        found.push(
            Diagnostic::error(
                Code::ReservedAddress,
                "the address `404.html` is the page for addresses that do not exist",
            )
            .at(Place::file(&chapter.source))
            .hint("Rename the file."),
        );
    }
    found.settle(Answered { scope: *scope, chapter, figures, inlines })
}

/// Gives every figure a number and a name of its own.
fn name_figures(chapters: &mut [Answered<'_>], found: &mut Findings) {
    let mut taken = BTreeSet::new();
    let mut number = 0;
    for plan in chapters.iter_mut().flat_map(|chapter| &mut chapter.figures) {
        if !plan.is_key_number() {
            number += 1;
            plan.set_number(number);
        }
        if taken.insert(plan.id().to_owned()) {
            continue;
        }
        let base = plan.id().to_owned();
        let mut copy = 2;
        while taken.contains(&format!("{base}-{copy}")) {
            copy += 1;
        }
        let id = format!("{base}-{copy}");
        match plan.rename(id.clone()) {
            Ok(()) => {
                taken.insert(id);
            }
            Err(place) => found.push(
                Diagnostic::error(
                    Code::DuplicateFigureId,
                    format!("two figures with the id `{base}`"),
                )
                .at(place)
                .hint(format!("Give this one another, for example `{id}`.")),
            ),
        }
    }
}

/// The figure of a chapter's card must be one of its own, and no table.
fn check_card(answered: &Answered<'_>, found: &mut Findings) {
    let Some(wanted) = &answered.chapter.front.image_figure else { return };
    let known = || answered.figures.iter().filter(|plan| card::can_show(plan.kind()));
    if known().any(|plan| plan.id() == wanted.value) {
        return;
    }
    let message = if answered.figures.iter().any(|plan| plan.id() == wanted.value) {
        format!("the figure `{}` is a table, which no card can show", wanted.value)
    } else {
        format!("the chapter has no figure `{}`", wanted.value)
    };
    found.push(
        Diagnostic::error(Code::CardFigure, message)
            .at(wanted.place.clone())
            .hint_if(did_you_mean(&wanted.value, known().map(Plan::id))),
    );
}

fn check_all_links(
    book: &Book,
    answered: &[Answered<'_>],
    figures_are_known: bool,
    found: &mut Findings,
) {
    let mut pages: Pages = book
        .all()
        .map(|chapter| (chapter.stem.clone(), Some(chapter.anchors.clone())))
        .chain(book.unreadable.iter().map(|stem| (stem.clone(), None)))
        .collect();
    for answered in answered {
        if let Some(Some(anchors)) = pages.get_mut(&answered.chapter.stem) {
            anchors.extend(answered.figures.iter().map(Plan::anchor));
        }
    }
    for chapter in book.all() {
        let links = chapter.links.iter().filter(|link| figures_are_known || !link.is_to_figure());
        found.extend(check_links(links, &chapter.stem, &pages));
    }
}
