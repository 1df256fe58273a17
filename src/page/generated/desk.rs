//! What pages are written from, and what all of them are written with.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::config::Text;
use crate::config::toml::Spelled;
use crate::content::{Book, FigureRequest};
use crate::figure::{self, Plan, Scope};
use crate::page::Memory;
use crate::page::answered::Answered;
use crate::stats::{Cut, Estimate, Provenance};

use super::{Generated, Part, Section};

/// The numbers of each part of the population.
type Parts<'a> = BTreeMap<&'a Cut, Vec<&'a Estimate>>;

/// What pages are written from: the data, and what the chapters made of them.
#[derive(Debug)]
pub struct Desk<'d, 'a> {
    pub(super) scope: &'d Scope<'a>,
    pub(super) book: &'d Book,
    /// The home page first.
    pub(super) chapters: Vec<&'d Answered<'d>>,
    /// The names of their figures.
    pub(super) taken: BTreeSet<&'d str>,
    /// Where the chapters show each question and battery, in reading order.
    pub(super) shown: BTreeMap<&'d str, Vec<(&'d Answered<'d>, &'d Plan<'d>)>>,
    /// See [`Desk::parts`].
    parts: OnceLock<Parts<'a>>,
    pub(super) memory: Option<&'d Memory<'a>>,
}

impl<'d, 'a> Desk<'d, 'a> {
    pub(in crate::page) fn new(
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

    /// The numbers of each part of the population, in the order of the codebook.
    pub(super) fn parts(&self) -> &Parts<'a> {
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
    pub(super) fn text(&self, key: &str) -> String {
        self.scope.words.text(key).to_owned()
    }

    /// A string of the theme with its places filled.
    pub(super) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.scope.words.fill(key, values)
    }

    /// A text of the settings or of the codebook in this language.
    pub(super) fn say(&self, text: &Text) -> String {
        self.scope.words.typeset(text.get(self.scope.words.language())).into_owned()
    }

    /// A page that there is once, called as the theme's strings of its part
    /// say.
    pub(super) fn page(&self, part: Part, sections: Vec<Section>) -> Generated<'a> {
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
    pub(super) fn plan(&self, request: &FigureRequest, id: &str) -> Option<Plan<'a>> {
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
    /// origin are known of two or more. Those of another study belong to none.
    pub(super) fn plan_waves(&self, request: &FigureRequest, id: &str) -> Option<Plan<'a>> {
        let wave = Some(Spelled::unwritten("all".to_owned()));
        let request = FigureRequest { wave, ..request.clone() };
        self.plan(&request, id)
            .filter(|plan| 1 < plan.known_slices() && plan.provenance() != Provenance::OtherStudy)
    }

    /// What a topic is called: a group of the codebook, else the chapter that
    /// tells it, else its key.
    pub(super) fn topic(&self, key: &str) -> String {
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
