//! What figures are called: each has a name of its own on the site, those of
//! chapters a number, and the text refers to it by either.

use std::collections::BTreeSet;

use crate::content::{FigureReference, FigureTarget, FigureTargets};
use crate::diag::{Code, Diagnostic, Findings};
use crate::figure::Plan;
use crate::markup::Html;

use super::answered::Answered;
use super::section::Generated;

/// Gives every figure a name of its own.
pub(super) fn name_figures(chapters: &mut [Answered<'_>], found: &mut Findings) {
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

/// Figures of chapters keep their names; those of other pages step aside, on
/// pages of questions when they are written.
pub(super) fn name_generated(chapters: &[Answered<'_>], generated: &mut [Generated<'_>]) {
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

pub(super) fn number_figures(chapters: &mut [Answered<'_>]) {
    let figures = chapters.iter_mut().flat_map(|chapter| &mut chapter.figures);
    for (at, plan) in figures.filter(|plan| !plan.is_key_number()).enumerate() {
        plan.set_number(at + 1);
    }
}

/// Finds the figures to which the texts refer.
pub(super) fn refer(chapters: &mut [Answered<'_>], found: &mut Findings) {
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
