//! What a build leaves to the next one that finds the same settings, theme
//! and data: the answers that do not depend on other chapters.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::config::Language;
use crate::content::{Chapter, FigureRequest};
use crate::diag::SourceText;
use crate::figure::{Inline, Plan};

use super::section::Section;

/// Answers as they were found. It holds as long as settings, words and data do.
#[derive(Debug, Default)]
pub struct Memory<'g> {
    /// By the file of the chapter.
    chapters: Mutex<BTreeMap<String, Known<'g>>>,
    /// Of the pages that the data write: by language and name.
    figures: Mutex<BTreeMap<(Language, String), Planned<'g>>>,
    /// Of those that rest on the data alone: by language and name.
    sections: Mutex<BTreeMap<(Language, String), Vec<Section>>>,
}

/// What was answered to a text.
#[derive(Debug)]
struct Known<'g> {
    source: Arc<SourceText>,
    figures: Vec<Plan<'g>>,
    inlines: Vec<Inline>,
}

/// What became of a request.
#[derive(Debug)]
struct Planned<'g> {
    request: FigureRequest,
    plan: Option<Plan<'g>>,
}

impl<'g> Memory<'g> {
    /// The figures and numbers of a chapter, if its text is the same.
    pub(super) fn recall(&self, chapter: &Chapter) -> Option<(Vec<Plan<'g>>, Vec<Inline>)> {
        let known = self.chapters.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.get(chapter.source.path())?;
        let is_same = known.source.text() == chapter.source.text();
        is_same.then(|| (known.figures.clone(), known.inlines.clone()))
    }

    pub(super) fn keep(&self, chapter: &Chapter, figures: &[Plan<'g>], inlines: &[Inline]) {
        let known = Known {
            source: Arc::clone(&chapter.source),
            figures: figures.to_vec(),
            inlines: inlines.to_vec(),
        };
        let path = chapter.source.path().to_owned();
        self.chapters.lock().unwrap_or_else(PoisonError::into_inner).insert(path, known);
    }

    /// A figure of the pages that the data write.
    pub(super) fn figure(
        &self,
        language: &Language,
        id: &str,
        request: &FigureRequest,
        plan: impl FnOnce() -> Option<Plan<'g>>,
    ) -> Option<Plan<'g>> {
        let figures = || self.figures.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (language.clone(), id.to_owned());
        if let Some(known) = figures().get(&key).filter(|known| known.request == *request) {
            return known.plan.clone();
        }
        let plan = plan();
        figures().insert(key, Planned { request: request.clone(), plan: plan.clone() });
        plan
    }

    /// The sections of a page that no chapter changes.
    pub(super) fn sections(
        &self,
        language: &Language,
        stem: &str,
        write: impl FnOnce() -> Vec<Section>,
    ) -> Vec<Section> {
        let sections = || self.sections.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (language.clone(), stem.to_owned());
        if let Some(known) = sections().get(&key) {
            return known.clone();
        }
        let written = write();
        sections().insert(key, written.clone());
        written
    }
}
