//! Every question that the chapters ask of the data, answered.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::config::{Language, Simulated};
use crate::content::{Book, Chapter, ChapterLink, Pages, check_links};
use crate::diag::{Code, Diagnostic, Findings, Mistakes, Outcome, Place, did_you_mean};
use crate::figure::{self, Inline, Plan, Scope};
use crate::stats::Withheld;

use super::answered::Answered;
use super::book::AnsweredBook;
use super::figure_names::{name_figures, name_generated, number_figures, refer};
use super::generated::{self, Desk};
use super::menu::check_navigation;
use super::part::Part;
use super::section::Generated;
use super::{Memory, card, sift};

/// Answers the chapters of one language, in parallel, each in the language of
/// its text; checks the names of figures and the links between pages.
pub fn answer<'a, 'g: 'a>(
    scopes: &BTreeMap<Language, Scope<'g>>,
    withheld: Option<&'g Withheld>,
    book: &'a Book,
    memory: Option<&Memory<'g>>,
) -> Outcome<AnsweredBook<'a>> {
    let mut found = Findings::default();
    let chapters = book.home.par_iter().chain(&book.chapters);
    // Every language of the site has its scope.
    let outcomes: Vec<_> = chapters
        .filter_map(|chapter| Some((scopes.get(&chapter.language)?, chapter)))
        .map(|(scope, chapter)| answer_chapter(scope, withheld, chapter, memory))
        .collect();
    let mut answered = vec![];
    for outcome in outcomes {
        answered.extend(found.absorb(outcome));
    }
    // Figures that could not be planned are missing among the anchors.
    let figures_are_known = !found.has_errors() && book.unreadable.is_empty();
    name_figures(&mut answered, &mut found);
    let mut answered = sift_all(answered);
    for one in &mut answered {
        // What an illustration makes up is no measure of what is known.
        for simulated in [false, true] {
            let figures = one.figures.iter_mut();
            let alike = figures.filter(|plan| plan.is_simulated() == simulated);
            figure::level(&one.scope, alike);
        }
    }
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
    if scope.config.default_language() == &book.language {
        check_navigation(scope, book, &mut found);
    }
    if found.has_errors() {
        return found.fail();
    }
    found.settle(AnsweredBook::new(scope, book, answered, generated))
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
    let mut found = Findings::from(mistakes).without_doubted();
    if !trust.numbers {
        found = found.without(&[
            Code::NothingPublished,
            Code::EmptyFigure,
            Code::ClaimRefused,
            Code::SectionMissing,
        ]);
    }
    if !trust.names {
        found = found.without(&[Code::KindDoesNotFit]);
    }
    found
}

fn answer_chapter<'a, 'g: 'a>(
    scope: &Scope<'g>,
    withheld: Option<&'g Withheld>,
    chapter: &'a Chapter,
    memory: Option<&Memory<'g>>,
) -> Outcome<Answered<'a>> {
    let mut found = Findings::default();
    let known = memory.and_then(|memory| memory.recall(chapter));
    let answers = known.or_else(|| {
        let asked = Scope { withheld, ..*scope };
        let answers = found.absorb(answers(&asked, chapter));
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
    let is_first = chapter.stem == "index" || chapter.stem == Part::Summary.name();
    let mut figures = Vec::with_capacity(chapter.body.figures.len());
    for request in &chapter.body.figures {
        match figure::plan(scope, request) {
            Ok(plan) if is_first && plan.is_simulated() => {
                found.push(simulated_at_first("figure", &chapter.stem, &request.place));
            }
            Ok(plan) => figures.push(plan),
            Err(wrong) => found.extend(wrong),
        }
    }
    let mut inlines = Vec::with_capacity(chapter.body.expressions.len());
    for expression in &chapter.body.expressions {
        match figure::inline(scope, expression) {
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
            .doubted(codebook.may_be_topic(&wanted.value))
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
    let links = book.all().flat_map(|chapter| &chapter.body.links);
    let led_to = links.filter_map(ChapterLink::other_page);
    for stem in led_to.filter(|stem| generated::may_write(desk, stem)) {
        pages.entry(stem.to_owned()).or_insert(None);
    }
    let led_into = |chapter: &'b Chapter| {
        chapter.body.links.iter().filter_map(|link| link.into_page(&chapter.stem))
    };
    let led_into: BTreeSet<&str> = book.all().flat_map(led_into).collect();
    for page in generated.iter().filter(|page| led_into.contains(page.stem.as_str())) {
        if let Some(Some(anchors)) = pages.get_mut(&page.stem) {
            anchors.extend(generated::written(desk, page).anchors());
        }
    }
    for chapter in book.all() {
        let links =
            chapter.body.links.iter().filter(|link| figures_are_known || !link.is_to_figure());
        found.extend(check_links(links, &chapter.stem, &pages));
    }
}
