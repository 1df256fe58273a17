//! Chapters, figures, questions and files: what lacks a part, and what nobody
//! uses.

use std::collections::{BTreeMap, BTreeSet};

use crate::content::Chapter;
use crate::diag::{Code, Diagnostic, Place, SourceText};
use crate::figure;
use crate::page::{Answered, AnsweredBook};
use crate::sources::Sources;
use crate::stats::Provenance;

/// What a chapter lacks.
pub(super) fn chapter(answered: &Answered<'_>) -> Vec<Diagnostic> {
    let chapter = answered.chapter;
    let mut found = vec![];
    if chapter.front.summary.is_none() {
        found.push(
            Diagnostic::warning(Code::SummaryMissing, "a chapter without a summary")
                .at(header(chapter)),
        );
    }
    if chapter.front.topic.is_some() && chapter.body.figures.is_empty() {
        found.push(
            Diagnostic::warning(Code::FigureMissing, "a chapter on a topic without any figure")
                .at(header(chapter)),
        );
    }
    let untitled = chapter
        .body
        .figures
        .iter()
        .zip(&answered.figures)
        .filter(|(asked, plan)| asked.title.is_none() && !plan.is_key_number());
    found.extend(untitled.map(|(asked, _)| {
        Diagnostic::warning(Code::FindingMissing, "a figure whose finding nobody wrote")
            .at(asked.place.clone())
    }));
    found
}

fn header(chapter: &Chapter) -> Place {
    let line = chapter.source.text().lines().next().map_or(0, str::len);
    Place::new(&chapter.source, 0..line)
}

/// Translations that say that they are older than their original.
pub(super) fn outdated(books: &[AnsweredBook<'_>]) -> Vec<Diagnostic> {
    let Some((original, translations)) = books.split_first() else { return vec![] };
    let originals: BTreeMap<_, _> = original
        .own()
        .filter_map(|one| Some((one.chapter.stem.as_str(), one.chapter.front.updated?)))
        .collect();
    let older = translations.iter().flat_map(AnsweredBook::own).filter_map(|one| {
        let chapter = one.chapter;
        let original = *originals.get(chapter.stem.as_str())?;
        chapter.front.updated.is_none_or(|own| own < original).then(|| {
            Diagnostic::warning(
                Code::TranslationOlder,
                format!("a translation from before its original changed on {original}"),
            )
            .at(header(chapter))
            .hint(format!("Look it through, then write `updated = {original}`."))
        })
    });
    older.collect()
}

/// Questions of the codebook that no chapter tells of.
pub(super) fn unasked(books: &[AnsweredBook<'_>]) -> Vec<Diagnostic> {
    let Some(book) = books.first() else { return vec![] };
    let codebook = &book.scope.survey.codebook;
    let told: BTreeSet<&str> = books
        .iter()
        .flat_map(AnsweredBook::own)
        .flat_map(|one| one.chapter.body.questions())
        .collect();
    let of_batteries: BTreeSet<_> = told
        .iter()
        .filter_map(|name| codebook.battery(name))
        .flat_map(|(_, questions)| questions)
        .map(|question| &question.key)
        .collect();
    let left = codebook.questions().iter().filter(|question| {
        !question.breakdown
            && !told.contains(question.key.as_str())
            && !of_batteries.contains(&question.key)
            && !figure::counts_the_sample(&question.key)
            && book
                .scope
                .results
                .of_question(&question.key)
                .any(|row| row.provenance != Provenance::Simulated)
    });
    let unasked = left.map(|question| {
        Diagnostic::warning(
            Code::QuestionUntold,
            format!("no chapter tells of the question `{}`", question.key),
        )
        .at(question.place.clone())
    });
    unasked.collect()
}

/// Files beside the chapters to which nothing leads.
pub(super) fn unused_files(sources: &Sources, books: &[AnsweredBook<'_>]) -> Vec<Diagnostic> {
    let chapters = books.iter().flat_map(AnsweredBook::own).map(|one| one.chapter);
    let used: BTreeSet<&str> = chapters
        .flat_map(|chapter| {
            let linked = chapter.body.files.iter().map(|file| file.path.as_str());
            linked.chain([chapter.source.path()])
        })
        .collect();
    let is_text = |path: &str| path.rsplit_once('.').is_some_and(|(_, ending)| ending == "md");
    let left = sources.under("content/").map(|(path, _)| path).filter(|path| {
        !used.contains(path) && !is_text(path) && !path.starts_with("content/static/")
    });
    left.map(|path| {
        let file = SourceText::new(path, String::new());
        Diagnostic::warning(Code::FileUnused, format!("nothing uses `{path}`"))
            .at(Place::file(&file))
    })
    .collect()
}
