//! `barometer` turns a survey into a published report: Markdown chapters and
//! survey results in, a static site with SVG charts out.
//!
//! The modules are the pipeline, in reading order; each knows only those
//! before it. [`build`] takes a report through all of them.

pub mod chart;
pub mod check;
pub mod cli;
pub mod config;
pub mod content;
pub mod diag;
pub mod figure;
pub mod ground;
pub mod import;
pub mod markup;
pub mod new;
pub mod page;
pub mod serve;
pub mod simulate;
pub mod site;
pub mod sources;
pub mod stats;
pub mod survey;
pub mod theme;
pub mod wording;
mod work;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::chart::Painter;
use crate::content::Drafts;
use crate::diag::{Code, Diagnostic, Findings, Mistakes};
use crate::figure::Scope;
use crate::ground::{Ground, Settings};
use crate::page::File;
use crate::sources::Sources;
use crate::work::Work;

pub use crate::work::Memory;

/// What the caller decides about a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Whether drafts are built.
    pub drafts: Drafts,
    /// Whether warnings stop the build.
    pub warnings: Warnings,
    /// Whether the languages must say the same.
    pub translations: Translations,
    /// Whether the text is read as an editor would.
    pub editing: Editing,
    /// Whether the report is written as one file as well.
    pub single_file: SingleFile,
}

/// Whether the report is written as one file as well, for each language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SingleFile {
    /// The site is enough.
    #[default]
    LeftOut,
    /// `report-fr.html` holds all chapters, and what they need.
    Written,
}

/// Whether the text is read as an editor would.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Editing {
    /// What is wrong is enough.
    #[default]
    Skipped,
    /// What could be better is a warning.
    Done(check::Asking),
}

/// Whether the languages must say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Translations {
    /// What one lacks is an error.
    #[default]
    Finished,
    /// What one lacks is told: who writes a sentence in one language sees it
    /// before it is translated.
    InProgress,
}

/// Whether warnings stop the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Warnings {
    /// They are told.
    #[default]
    Allowed,
    /// They are errors.
    Denied,
}

impl Translations {
    /// What the languages lack, as heavy as it is here.
    fn weigh(self, found: Findings) -> Findings {
        match self {
            Self::Finished => found,
            Self::InProgress => found.only_told(&[Code::BindingLacking, Code::SectionsDiffer]),
        }
    }
}

/// What a build made.
#[derive(Debug)]
pub struct Built {
    /// How many pages there are.
    pub pages: usize,
    /// How many figures they show.
    pub figures: usize,
    /// The paths of all files.
    pub files: BTreeSet<String>,
    /// Those that are as the build before put them, and were not put again;
    /// see [`rebuild`].
    pub kept: BTreeSet<String>,
    /// What somebody should look at.
    pub warnings: Vec<Diagnostic>,
    /// The links to other sites, where the text was read as an editor would.
    pub outside: Vec<content::OutsideLink>,
}

/// Why there is no site.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The author has something to mend.
    #[error("the report has mistakes")]
    Mistakes(Mistakes),
    /// The machine would not give a file.
    #[error(transparent)]
    Read(#[from] sources::ReadError),
    /// The machine would not take a file.
    #[error(transparent)]
    Write(#[from] site::WriteError),
}

impl From<Mistakes> for BuildError {
    fn from(mistakes: Mistakes) -> Self {
        Self::Mistakes(mistakes)
    }
}

impl From<Diagnostic> for BuildError {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Mistakes(diagnostic.into())
    }
}

/// Takes the finished files, from many threads and in no order.
pub type Sink<'s> = &'s (dyn Fn(&File, Part<'_>) -> Result<(), BuildError> + Sync);

/// What a sink is given of a file.
#[derive(Debug, Clone, Copy)]
pub enum Part<'p> {
    /// All of it.
    Whole,
    /// What follows the parts before it; the file need not be there yet.
    Next,
    /// The drawing of which the file is to be a picture. Painting takes
    /// longer than all the rest of a page: whoever has the picture of this
    /// [name](Painter::name) already need not paint it again.
    Drawing(&'p Arc<Painter>),
}

/// Hears what a build is at, from many threads.
pub type Watch<'w> = &'w (dyn Fn(Step) + Sync);

/// What a build says of its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A stage begins, and the one before it is over.
    Begins(Stage),
    /// One of the [parts](Stage::parts) of the stage is finished.
    PartDone,
}

/// A stretch of the way that takes time worth telling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Settings, theme and words are read.
    Settings,
    /// Data and text are read.
    Contents,
    /// Answers become estimates.
    Estimates,
    /// Every question of the text gets its answer.
    Figures,
    /// The text is read as an editor would.
    Editing,
    /// So many addresses of other sites are asked for.
    Asking(usize),
    /// The results are written, which the page on data tells of.
    Data,
    /// So many pages are drawn and written.
    Pages(usize),
    /// What machines read.
    Lists,
}

impl Stage {
    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Settings => "settings and theme",
            Self::Contents => "data and text",
            Self::Estimates => "estimates",
            Self::Figures => "figures and numbers",
            Self::Editing => "the look of an editor",
            Self::Asking(_) => "other sites",
            Self::Data => "results",
            Self::Pages(_) => "pages",
            Self::Lists => "lists",
        }
    }

    /// How many parts it has; 0 where nobody counts.
    pub fn parts(self) -> usize {
        match self {
            Self::Asking(parts) | Self::Pages(parts) => parts,
            _ => 0,
        }
    }
}

/// Builds a site and hands each file to `put` as soon as it is finished.
/// Touches no disk, clock or network itself. When it fails, what was put is
/// worth nothing.
pub fn build(sources: &Sources, options: Options, put: Sink<'_>) -> Result<Built, BuildError> {
    build_watched(sources, options, put, &|_| ())
}

/// As [`build`], and tells `watch` what it is at.
pub fn build_watched(
    sources: &Sources,
    options: Options,
    put: Sink<'_>,
    watch: Watch<'_>,
) -> Result<Built, BuildError> {
    watch(Step::Begins(Stage::Settings));
    let settings = Settings::read(sources)?;
    watch(Step::Begins(Stage::Contents));
    let (config, words) = (&settings.config, &settings.words);
    let (survey, books) = rayon::join(
        || survey::load(sources, config),
        || content::load(sources, config, words, options.drafts, None),
    );
    watch(Step::Begins(Stage::Estimates));
    let ground = Ground::new(settings, survey, sources)?;
    let work = Work { ground: &ground, sources, options, put, watch };
    // By the threads that print: what one more keeps free is of no use to them.
    let built = rayon::scope(|_| work.build(books, None));
    // Nobody waits until the numbers are taken apart again.
    rayon::spawn(move || drop(ground));
    built
}

/// Builds the site of a text that may have changed since the last build on
/// the same ground, and makes only what is not as it was: files that were put
/// by then and are the same are named in [`Built::kept`]. What comes out is
/// what [`build`] would put. A build that fails leaves `memory` as it was.
pub fn rebuild<'g>(
    ground: &'g Ground,
    sources: &Sources,
    options: Options,
    memory: &mut Memory<'g>,
    put: Sink<'_>,
) -> Result<Built, BuildError> {
    let Settings { config, words, .. } = &ground.settings;
    let books = content::load(sources, config, words, options.drafts, Some(&memory.chapters));
    Work { ground, sources, options, put, watch: &|_| () }.build(books, Some(memory))
}

/// Reads the settings and the data of a report, not its chapters, and hands
/// `tell` everything that prints its numbers, with what somebody should look at.
pub fn with_numbers<T>(
    sources: &Sources,
    tell: impl FnOnce(&Scope<'_>, &[Diagnostic]) -> T,
) -> Result<T, Mistakes> {
    let mut found = Findings::default();
    let config = config::parse(sources);
    found.join(config.found);
    let Some(config) = config.value else { return Err(found.stop()) };
    let theme = found.absorb(theme::load(sources, &config));
    let words = theme.and_then(|theme| found.absorb(wording::load(&theme, &config.site.languages)));
    let survey = survey::load(sources, &config);
    found.join(survey.found);
    let (Some(words), Some(survey)) = (words, survey.value) else { return Err(found.stop()) };
    let sound = !found.has_errors();
    let trust = page::Trust { names: sound, numbers: sound };
    let numbers = ground::numbers(&survey, &config, trust, &mut found);
    let results = &numbers.shown;
    let warnings = found.settle(())?.warnings;
    let words = &words[config.default_language()];
    let scope = Scope { config: &config, survey: &survey, results, withheld: None, words };
    Ok(tell(&scope, &warnings))
}
