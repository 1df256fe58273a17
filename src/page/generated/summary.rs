//! `summary.html`: the report on one page. A chapter of that name, in which
//! its author tells the findings, comes first; below it each chapter has a
//! line: its finding, and what it says of itself.
//!
//! What rests on simulated answers finds nothing: a chapter whose main figure
//! does is named, marked, and not told.

use crate::content::{Book, Chapter};
use crate::figure::{self, Plan, Scope};

use super::{Block, Desk, Generated, Line, Part, Section};
use crate::page::answered::Answered;

/// Up to so many findings fit on a page that is read in two minutes.
const MOST: usize = 10;

/// The chapters that find something: not the pages that go with any report.
pub(super) fn chapters(book: &Book) -> impl Iterator<Item = &Chapter> {
    let all = book.chapters.iter().map(AsRef::as_ref);
    all.filter(|chapter: &&Chapter| {
        !Part::begins_with(&chapter.stem) || chapter.stem == Part::Summary.name()
    })
}

/// Whether there is anything to tell: chapters, and a survey that they tell of.
pub(super) fn is_there(scope: &Scope<'_>, book: &Book) -> bool {
    scope.has_survey() && chapters(book).next().is_some()
}

/// `None` in a report without findings.
pub(super) fn page<'a>(desk: &Desk<'_, 'a>) -> Option<Generated<'a>> {
    if !is_there(desk.scope, desk.book) {
        return None;
    }
    let told = desk.chapters.iter().copied().filter(|answered| {
        let stem = answered.chapter.stem.as_str();
        stem != "index" && !Part::begins_with(stem)
    });
    let lines: Vec<Line> = told.map(|answered| line(desk, answered)).collect();
    let mut blocks = vec![];
    let left = lines.len().saturating_sub(MOST);
    let items: Vec<Line> = lines.into_iter().take(MOST).collect();
    if !items.is_empty() {
        blocks.push(Block::List { items });
    }
    if 0 < left {
        let left = u64::try_from(left).unwrap_or_default();
        let home = Line {
            text: desk.scope.words.plural("summary.others", left, &[]),
            address: Some("index.html#page-chapters".to_owned()),
            ..Line::default()
        };
        blocks.push(Block::List { items: vec![home] });
    }
    let findings = Section::new("findings", desk.text("summary.chapters"), blocks);
    Some(desk.page(Part::Summary, vec![findings]))
}

/// The title of a chapter, which is its finding, with one sentence: its
/// author's, else that of its main figure, as far as the tests allow.
fn line(desk: &Desk<'_, '_>, answered: &Answered<'_>) -> Line {
    let chapter = answered.chapter;
    let is_simulated = answered.is_simulated();
    let main = main_figure(answered);
    // A chapter may illustrate with simulated answers what it found in real ones.
    let finds_something = !main.map_or(is_simulated, Plan::is_simulated);
    let own = chapter.front.summary.clone();
    let detail = own.or_else(|| Some(figure::title(&answered.scope, main?)));
    Line {
        text: chapter.front.title.clone(),
        address: Some(format!("{}.html", chapter.stem)),
        detail: detail.filter(|_| finds_something),
        badge: is_simulated.then(|| desk.text("provenance.simulated-part")),
        language: (chapter.language != *desk.scope.words.language())
            .then(|| chapter.language.tag().to_owned()),
    }
}

/// The figure that stands for the chapter, else its first.
fn main_figure<'c, 'a>(answered: &'c Answered<'a>) -> Option<&'c Plan<'a>> {
    let chosen = answered.chapter.front.image_figure.as_ref();
    let chosen = chosen.and_then(|id| answered.figures.iter().find(|plan| plan.id() == id.value));
    chosen.or_else(|| answered.figures.iter().find(|plan| !plan.is_key_number()))
}
