//! Every question that the chapters ask of the data, answered.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::config::{Config, Language, Simulated};
use crate::content::{
    Book, Chapter, FigureReference, FigureTarget, FigureTargets, Heading, HeadingPart, Pages,
    Piece, check_links,
};
use crate::diag::{Code, Diagnostic, Findings, Mistakes, Outcome, Place, did_you_mean, nearest};
use crate::figure::{self, Inline, Plan, Scope};
use crate::markup::Html;

use super::generated::{self, Desk, Generated, Part};
use super::{Memory, Position, card, sift};

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
    /// Its text: of the chapter, what may be shown.
    pub pieces: Cow<'a, [Piece]>,
    /// The headings in it.
    pub headings: Vec<&'a Heading>,
    /// The anchors of what may not be shown.
    pub(super) left_out: BTreeSet<String>,
    /// What goes into the holes for references to figures: finished HTML.
    pub(super) references: Vec<String>,
}

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

    /// Whether there is a page with the whole report.
    pub(super) fn is_bound(&self) -> bool {
        self.report.is_some()
    }
}

impl Answered<'_> {
    /// Whether anything in it rests on simulated answers.
    pub(super) fn is_simulated(&self) -> bool {
        self.figures.iter().any(Plan::is_simulated)
            || self.pieces.iter().any(|piece| match piece {
                Piece::Inline { expression, .. } => self.inlines[*expression].simulated,
                _ => false,
            })
    }

    /// The figures in its text.
    pub(super) fn shown_figures(&self) -> impl Iterator<Item = &Plan<'_>> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Figure(at) => self.figures.get(*at),
            _ => None,
        })
    }

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
pub fn answer<'a, 'g: 'a>(
    scopes: &BTreeMap<Language, Scope<'g>>,
    book: &'a Book,
    is_default: bool,
    memory: Option<&Memory<'g>>,
) -> Outcome<AnsweredBook<'a>> {
    let mut found = Findings::default();
    let chapters = book.home.par_iter().chain(&book.chapters);
    // Every language of the site has its scope.
    let outcomes: Vec<_> = chapters
        .filter_map(|chapter| Some((scopes.get(&chapter.language)?, chapter)))
        .map(|(scope, chapter)| answer_chapter(scope, chapter, memory))
        .collect();
    let mut answered = vec![];
    for outcome in outcomes {
        answered.extend(found.absorb(outcome));
    }
    // Figures that could not be planned are missing among the anchors.
    let figures_are_known = !found.has_errors() && book.unreadable.is_empty();
    name_figures(&mut answered, &mut found);
    let mut answered = sift_all(answered);
    number_figures(&mut answered);
    if let Some(scope) = scopes.get(&book.language) {
        let own = answered.iter().filter(|one| one.chapter.language == book.language);
        own.for_each(|answered| check_topic(answered, scope, &mut found));
    }
    if figures_are_known {
        refer(&mut answered, &mut found);
        for answered in &answered {
            check_card(answered, &mut found);
        }
    }
    // Every language of the site has its scope.
    let Some(scope) = scopes.get(&book.language) else { return found.fail() };
    let desk = Desk::new(scope, book, answered.iter(), memory);
    let mut generated = if found.has_errors() { vec![] } else { generated::write(&desk) };
    name_generated(&answered, &mut generated);
    check_all_links(&desk, (book, &answered), &generated, figures_are_known, &mut found);
    if is_default {
        check_navigation(scope, book, &mut found);
    }
    if found.has_errors() {
        return found.fail();
    }
    let home = book.home.as_ref().map(|_| answered.remove(0));
    let menu = menu(scope, &answered, &generated);
    let known = by_name(&answered, &generated);
    let foot = Part::FOOT.iter().filter_map(|part| known.get(part.name()).copied());
    let foot = foot.collect();
    let written: BTreeMap<&str, usize> =
        generated.iter().enumerate().map(|(at, page)| (page.stem.as_str(), at)).collect();
    let chapters = answered.iter().map(|answered| answered.chapter.stem.as_str());
    let continuations = chapters.filter_map(|stem| Some((stem, *written.get(stem)?))).collect();
    let report = generated.iter().position(|page| page.part == Part::Print);
    let mut count = 0;
    let numbers = answered.iter().map(|answered| {
        let is_numbered = !Part::begins_with(&answered.chapter.stem);
        count += usize::from(is_numbered);
        is_numbered.then_some(count)
    });
    let numbers = numbers.collect();
    found.settle(AnsweredBook {
        language: &book.language,
        book,
        scope: *scope,
        folder: if is_default { String::new() } else { format!("{}/", book.language) },
        root: if is_default { "" } else { "../" },
        home,
        chapters: answered,
        generated,
        report: report.map(Position::Generated),
        continuations,
        in_menu: menu.iter().enumerate().map(|(at, position)| (*position, at)).collect(),
        menu,
        foot,
        numbers,
    })
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

/// Refuses names in `[site] navigation` that are neither a chapter nor a part.
fn check_navigation(scope: &Scope<'_>, book: &Book, found: &mut Findings) {
    let chapters = book.chapters.iter().map(|chapter| chapter.stem.as_str());
    let known: Vec<&str> =
        chapters.chain(book.unreadable.iter().map(String::as_str)).chain(Part::names()).collect();
    for named in &scope.config.site.navigation {
        if known.contains(&named.name.as_str()) {
            continue;
        }
        found.push(
            Diagnostic::error(
                Code::BrokenLink,
                format!("the navigation names `{}`, which is not a page", named.name),
            )
            .at(named.place.clone())
            .hint(match nearest(&named.name, known.iter().copied()) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!(
                    "Name chapters by their files without `.md`, and these: {}.",
                    Part::names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
                ),
            }),
        );
    }
}

/// The menu in the order of the settings; by itself the summary, the chapters
/// by weight, then the parts, where a chapter with the name of a part stands
/// as that part.
fn menu(
    scope: &Scope<'_>,
    chapters: &[Answered<'_>],
    generated: &[Generated<'_>],
) -> Vec<Position> {
    let named = &scope.config.site.navigation;
    let stems: Vec<&str> = if named.is_empty() {
        let own = chapters.iter().map(|chapter| chapter.chapter.stem.as_str());
        let own = own.filter(|stem| !Part::begins_with(stem));
        let has_text = |part: &str| chapters.iter().any(|chapter| chapter.chapter.stem == part);
        let is_worth =
            |part: &str| generated.iter().any(|page| page.stem == part && page.is_worth_the_menu());
        let parts = Part::MENU.iter().map(|part| part.name());
        let parts = parts.filter(|part| has_text(part) || is_worth(part));
        std::iter::once(Part::Summary.name()).chain(own).chain(parts).collect()
    } else {
        named.iter().map(|named| named.name.as_str()).collect()
    };
    let known = by_name(chapters, generated);
    stems.iter().filter_map(|stem| known.get(stem).copied()).collect()
}

/// The page of each name: a chapter, or what the data write.
fn by_name<'n>(
    chapters: &[Answered<'n>],
    generated: &'n [Generated<'_>],
) -> BTreeMap<&'n str, Position> {
    let pages = generated.iter().map(|page| page.stem.as_str()).enumerate();
    let pages = pages.map(|(at, stem)| (stem, Position::Generated(at)));
    let own = chapters.iter().map(|chapter| chapter.chapter.stem.as_str()).enumerate();
    let own = own.map(|(at, stem)| (stem, Position::Chapter(at)));
    // A chapter stands as the page that it tells.
    pages.chain(own).collect()
}

/// Figures of chapters keep their names; those of other pages step aside, on
/// pages of questions when they are written.
fn name_generated(chapters: &[Answered<'_>], generated: &mut [Generated<'_>]) {
    let mut taken: BTreeSet<String> = chapters
        .iter()
        .flat_map(|chapter| &chapter.figures)
        .map(|plan| plan.id().to_owned())
        .collect();
    for plan in generated.iter_mut().flat_map(|page| &mut page.figures) {
        step_aside(plan, |name| taken.contains(name));
        taken.insert(plan.id().to_owned());
    }
}

/// Gives a figure of a page that the data write another name than those taken.
pub(super) fn step_aside(plan: &mut Plan<'_>, is_taken: impl Fn(&str) -> bool) {
    if is_taken(plan.id()) {
        let id = free(is_taken, plan.id());
        // Only authors choose names that cannot be changed.
        let _unchanged = plan.rename(id);
    }
}

/// `name-2`, `name-3` …: the first that is free.
fn free(is_taken: impl Fn(&str) -> bool, name: &str) -> String {
    let mut copy = 2;
    while is_taken(&format!("{name}-{copy}")) {
        copy += 1;
    }
    format!("{name}-{copy}")
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
        found = found.without(&[
            Code::NothingPublished,
            Code::EmptyFigure,
            Code::ClaimRefused,
            Code::SectionMissing,
        ]);
    }
    if !trust.names {
        found = found.without(&[
            Code::UnknownQuestion,
            Code::UnknownTopic,
            Code::UnknownItem,
            Code::UnknownBreakdown,
            Code::UnknownGroup,
            Code::KindDoesNotFit,
        ]);
    }
    found
}

fn answer_chapter<'a, 'g: 'a>(
    scope: &Scope<'g>,
    chapter: &'a Chapter,
    memory: Option<&Memory<'g>>,
) -> Outcome<Answered<'a>> {
    let mut found = Findings::default();
    let known = memory.and_then(|memory| memory.recall(chapter));
    let answers = known.or_else(|| {
        let answers = found.absorb(answers(scope, chapter));
        if let Some((memory, (figures, inlines))) = memory.zip(answers.as_ref()) {
            memory.keep(chapter, figures, inlines);
        }
        answers
    });
    let Some((figures, inlines)) = answers else { return found.fail() };
    found.settle(Answered {
        scope: *scope,
        chapter,
        figures,
        inlines,
        pieces: Cow::Borrowed(&chapter.body.pieces),
        headings: chapter.body.headings.iter().collect(),
        left_out: BTreeSet::new(),
        references: vec![],
    })
}

/// What a chapter asks of the data: its figures and its numbers.
fn answers<'g>(scope: &Scope<'g>, chapter: &Chapter) -> Outcome<(Vec<Plan<'g>>, Vec<Inline>)> {
    let mut found = Findings::default();
    let asked = Scope { results: scope.everything, ..*scope };
    let is_first = chapter.stem == "index" || chapter.stem == Part::Summary.name();
    let mut figures = Vec::with_capacity(chapter.body.figures.len());
    for request in &chapter.body.figures {
        match figure::plan(&asked, request) {
            Ok(plan) if is_first && plan.is_simulated() => {
                found.push(simulated_at_first("figure", &chapter.stem, &request.place));
            }
            Ok(plan) => figures.push(plan),
            Err(wrong) => found.extend(wrong),
        }
    }
    let mut inlines = Vec::with_capacity(chapter.body.expressions.len());
    for expression in &chapter.body.expressions {
        match figure::inline(&asked, expression) {
            Ok(inline) if is_first && inline.simulated => {
                found.push(simulated_at_first("number", &chapter.stem, &expression.place));
            }
            Ok(inline) => inlines.push(inline),
            Err(wrong) => found.extend(wrong),
        }
    }
    let reserved = match chapter.stem.as_str() {
        "404" => Some("the page for addresses that do not exist"),
        // No text of an author comes first on it: it holds those of all chapters.
        stem if stem == Part::Print.name() => Some("the page of the whole report"),
        _ => None,
    };
    if let Some(page) = reserved {
        found.push(
            Diagnostic::error(
                Code::ReservedAddress,
                format!("the address `{}.html` is {page}", chapter.stem),
            )
            .at(Place::file(&chapter.source))
            .hint("Rename the file."),
        );
    }
    found.settle((figures, inlines))
}

/// What is said first of a survey must be true of it.
fn simulated_at_first(what: &str, stem: &str, place: &Place) -> Diagnostic {
    let page = if stem == "index" { "the home page" } else { "the summary" };
    Diagnostic::error(
        Code::SimulatedOnHome,
        format!("the {what} rests on simulated answers, on {page}"),
    )
    .at(place.clone())
    .hint("Put it into a chapter, which says what it is, or take it out.")
}

/// Takes out what may not be shown, and what refers to it.
fn sift_all(chapters: Vec<Answered<'_>>) -> Vec<Answered<'_>> {
    if chapters.iter().all(|chapter| chapter.scope.config.simulated == Simulated::Show) {
        return chapters;
    }
    let gone: BTreeSet<String> = chapters
        .iter()
        .flat_map(|chapter| &chapter.figures)
        .filter(|plan| plan.is_all_simulated())
        .map(|plan| plan.id().to_owned())
        .collect();
    chapters.into_par_iter().map(|chapter| sift::sift(chapter, &gone)).collect()
}

fn number_figures(chapters: &mut [Answered<'_>]) {
    let figures = chapters.iter_mut().flat_map(|chapter| &mut chapter.figures);
    for (at, plan) in figures.filter(|plan| !plan.is_key_number()).enumerate() {
        plan.set_number(at + 1);
    }
}

/// Finds the figures to which the texts refer.
fn refer(chapters: &mut [Answered<'_>], found: &mut Findings) {
    if chapters.iter().all(|chapter| chapter.chapter.body.references.is_empty()) {
        return;
    }
    let mut targets = FigureTargets::new();
    for chapter in chapters.iter() {
        targets.extend(chapter.figures.iter().map(|plan| {
            let numbered = |number| {
                let stem = chapter.chapter.stem.clone();
                FigureTarget::Numbered { stem, number }
            };
            (plan.id().to_owned(), plan.number().map_or(FigureTarget::KeyNumber, numbered))
        }));
        let left_out = chapter.left_out.iter().filter_map(|anchor| anchor.strip_prefix("fig-"));
        targets.extend(left_out.map(|id| (id.to_owned(), FigureTarget::LeftOut)));
    }
    for chapter in chapters {
        let references = &chapter.chapter.body.references;
        let written = references.iter().map(|reference| match reference.resolve(&targets) {
            Ok(Some((stem, number))) => reference_html(chapter, reference, stem, number),
            Ok(None) => String::new(),
            Err(wrong) => {
                found.push(wrong);
                String::new()
            }
        });
        chapter.references = written.collect();
    }
}

fn reference_html(
    chapter: &Answered<'_>,
    reference: &FigureReference,
    stem: &str,
    number: usize,
) -> String {
    let string = if reference.begins_sentence { "figure.label" } else { "figure.reference" };
    let words = chapter.scope.words.fill(string, &[("number", &number.to_string())]);
    let page = if stem == chapter.chapter.stem { String::new() } else { format!("{stem}.html") };
    let href = format!("{page}#fig-{}", reference.id());
    let mut html = Html::default();
    html.tag("a", &[("href", &href)]).text(&words).end("a");
    html.into()
}

/// Gives every figure a name of its own.
fn name_figures(chapters: &mut [Answered<'_>], found: &mut Findings) {
    let mut taken = BTreeSet::new();
    for plan in chapters.iter_mut().flat_map(|chapter| &mut chapter.figures) {
        if taken.insert(plan.id().to_owned()) {
            continue;
        }
        let base = plan.id().to_owned();
        let id = free(|name| taken.contains(name), &base);
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

/// A topic leads from the chapter to its questions, and back.
fn check_topic(answered: &Answered<'_>, scope: &Scope<'_>, found: &mut Findings) {
    let Some(wanted) = &answered.chapter.front.topic else { return };
    let codebook = &scope.survey.codebook;
    let topics: BTreeSet<&str> =
        codebook.questions().iter().filter_map(|question| question.topic.as_deref()).collect();
    if topics.is_empty() || topics.contains(wanted.value.as_str()) {
        return;
    }
    found.push(
        Diagnostic::error(Code::UnknownTopic, format!("there is no topic `{}`", wanted.value))
            .at(wanted.place.clone())
            .hint_if(did_you_mean(&wanted.value, topics)),
    );
}

/// The figure of a chapter's card must be one of its own, and no table.
fn check_card(answered: &Answered<'_>, found: &mut Findings) {
    let Some(wanted) = &answered.chapter.front.image_figure else { return };
    let known = || answered.figures.iter().filter(|plan| card::can_show(plan.kind()));
    let is_left_out = answered.left_out.contains(&format!("fig-{}", wanted.value));
    if is_left_out || known().any(|plan| plan.id() == wanted.value) {
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

fn check_all_links<'a, 'b, 'g: 'a>(
    desk: &Desk<'_, 'g>,
    (book, answered): (&'b Book, &[Answered<'_>]),
    generated: &[Generated<'a>],
    figures_are_known: bool,
    found: &mut Findings,
) {
    let known = (!generated.is_empty()).then(BTreeSet::new);
    let mut pages: Pages = generated::stems(desk)
        .into_iter()
        .map(|stem| (stem, known.clone()))
        .chain(book.all().map(|chapter| (chapter.stem.clone(), Some(chapter.body.anchors.clone()))))
        .chain(book.unreadable.iter().map(|stem| (stem.clone(), None)))
        .collect();
    for answered in answered {
        if let Some(Some(anchors)) = pages.get_mut(&answered.chapter.stem) {
            anchors.extend(answered.figures.iter().map(Plan::anchor));
            anchors.extend(answered.left_out.iter().cloned());
        }
    }
    let led_into = |chapter: &'b Chapter| {
        chapter.body.links.iter().filter_map(|link| link.into_page(&chapter.stem))
    };
    let led_into: BTreeSet<&str> = book.all().flat_map(led_into).collect();
    for page in generated.iter().filter(|page| led_into.contains(page.stem.as_str())) {
        if let Some(Some(anchors)) = pages.get_mut(&page.stem) {
            anchors.extend(desk.written(page).anchors());
        }
    }
    for chapter in book.all() {
        let links =
            chapter.body.links.iter().filter(|link| figures_are_known || !link.is_to_figure());
        found.extend(check_links(links, &chapter.stem, &pages));
    }
}
