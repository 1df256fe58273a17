//! The pages that the data write: results, one page a question, profiles and
//! the rest, as values. Their figures are planned like those of a chapter.
//!
//! A page is a list of sections, a section a list of blocks: whoever restyles
//! them needs one template (`sections.html`). Where an author wrote a chapter
//! of the same name, the sections follow its text.

mod about;
mod accessibility;
mod data;
mod desk;
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

use rayon::prelude::*;

use crate::figure;

use super::figure_names::step_aside;
use super::part::{Part, question_stem};
use super::section::{Block, Generated, Line, Section, TableLine, Term};

pub use desk::Desk;

/// Whether an address may be that of the page of a question or group that could
/// not be read.
pub(super) fn may_write(desk: &Desk<'_, '_>, stem: &str) -> bool {
    let is_of_codebook = stem.starts_with("question-") || stem.starts_with("profile-");
    is_of_codebook && !desk.scope.survey.codebook.is_whole()
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

/// A page with all that it says. Pages of questions are written here, one
/// at a time: together they are longer than the report.
pub(super) fn written<'p, 'b, 'a: 'b>(
    desk: &Desk<'_, 'a>,
    page: &'p Generated<'b>,
) -> Cow<'p, Generated<'b>> {
    let name = page.unwritten.as_deref();
    let Some(mut page) = name.and_then(|name| question::written(desk, name)) else {
        return Cow::Borrowed(page);
    };
    figure::level(desk.scope, page.figures.iter_mut());
    for plan in &mut page.figures {
        step_aside(plan, |name| desk.taken.contains(name));
    }
    Cow::Owned(page)
}
