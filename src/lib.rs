//! `barometer` turns a survey into a published report: Markdown chapters and
//! survey results in, a static site with SVG charts out.
//!
//! The modules are the pipeline, in reading order; each knows only those
//! before it. [`build`] is the only function that names all the stages.

pub mod chart;
pub mod check;
pub mod cli;
pub mod config;
pub mod content;
pub mod diag;
pub mod figure;
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

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::chart::{Font, Painter};
use crate::config::Language;
use crate::content::Drafts;
use crate::diag::{Code, Diagnostic, Findings, Mistakes};
use crate::figure::Scope;
use crate::page::{File, Press};
use crate::sources::Sources;

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
    Done,
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
    /// What somebody should look at.
    pub warnings: Vec<Diagnostic>,
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
    /// One of the pages of [`Stage::Pages`] is finished.
    PageDone,
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
            Self::Data => "results",
            Self::Pages(_) => "pages",
            Self::Lists => "lists",
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
    let begins = |stage| watch(Step::Begins(stage));
    begins(Stage::Settings);
    let mut found = Findings::default();
    let config = config::parse(sources);
    found.join(config.found);
    let Some(config) = config.value else { return Err(found.stop().into()) };
    let settings_hold = !found.has_errors();
    let Some(theme) = found.absorb(theme::load(sources, &config)) else {
        return Err(found.stop().into());
    };
    let words = found.absorb(wording::load(&theme, &config.site.languages));
    let Some(words) = words.map(Arc::new) else { return Err(found.stop().into()) };
    // Theme, data and text are independent: the mistakes of all are told together.
    let look = found.absorb(theme::look(&theme));
    let templates = found.absorb(page::load_templates(&theme, &words));
    begins(Stage::Contents);
    let (survey, books) = rayon::join(
        || survey::load(sources, &config),
        || content::load(sources, &config, &words, options.drafts),
    );
    let trust = page::Trust {
        names: !survey.found.has_errors_in("data/codebook/"),
        numbers: settings_hold && !survey.found.has_errors(),
    };
    found.join(survey.found);
    found.join(options.translations.weigh(books.found));
    let (Some(mut survey), Some(books)) = (survey.value, books.value) else {
        return Err(found.stop().into());
    };
    begins(Stage::Estimates);
    let numbers = numbers(&survey, &config, trust, &mut found);
    let (results, everything) = (numbers.shown(), &numbers.everything);
    survey.forget_figures();

    begins(Stage::Figures);
    let scopes: BTreeMap<_, _> = words
        .iter()
        .map(|(language, words)| {
            let (config, survey) = (&config, &survey);
            (language.clone(), Scope { config, survey, results, everything, words })
        })
        .collect();
    let answered = answer(&scopes, &config, &books, trust, &mut found);
    if options.editing == Editing::Done {
        begins(Stage::Editing);
        found.extend(check::check(sources, &answered));
    }
    if options.warnings == Warnings::Denied {
        found = found.denied();
    }
    let (Some(look), Some(templates)) = (look, templates) else { return Err(found.stop().into()) };
    let warnings = found.settle(())?.warnings;

    let font_file = theme.get(&format!("static/{}", look.font.value)).unwrap_or_default();
    let font = Font::new(font_file).ok_or_else(|| look.unreadable_font())?;
    let (assets, static_files) = site::assets(&theme, &look);
    begins(Stage::Data);
    let default = scopes.get(config.default_language());
    let published = publish_data(default, sources, &warnings, put)?;
    let mut taken = published.written;
    let mut files = static_files;
    files.extend(published.files);
    let data = &published.data;
    begins(Stage::Pages(answered.iter().map(|book| book.positions().len()).sum()));
    let press =
        Press { config: &config, templates: &templates, font: &font, assets: &assets, data };
    let painter = Arc::new(Painter::new(font_file));
    files.extend(site::linked(sources, &books));
    let mut references = vec![];
    let names = page::languages(&config, &words);
    let untranslated = page::untranslated(&answered);
    let shared: BTreeMap<_, _> = answered
        .iter()
        .filter_map(|book| Some((scopes.get(book.language)?, book)))
        .map(|(scope, book)| {
            (book.language, page::shared(&press, scope, book, &names, &untranslated))
        })
        .collect();
    let mut single = vec![];
    for book in &answered {
        let scope = &scopes[book.language];
        let printed = print(&press, &painter, scope, &shared, book, (put, watch))?;
        references.extend(printed.references);
        taken.extend(printed.files);
        if options.single_file == SingleFile::Written {
            single.extend(printed.report.map(|report| one_file(&config, book, &report, &files)));
        }
    }
    let pages = references.len() + 1;
    let figures = answered.iter().map(page::AnsweredBook::figure_count).sum();
    files.extend(single);
    files.push(page::not_found(&press, &shared, &answered)?);
    begins(Stage::Lists);
    files.extend(lists(&press, &look, &scopes, &answered));
    for icon in site::icons(&theme, &look) {
        put(&icon, Part::Drawing(&painter))?;
        taken.insert(icon.path);
    }
    files.iter().try_for_each(|file| put(file, Part::Whole))?;
    let paths = files.into_iter().map(|file| file.path);
    check_addresses(paths, &mut taken, &references)?;
    Ok(Built { pages, figures, files: taken, warnings })
}

/// The whole report of a language in one file.
fn one_file(
    config: &config::Config,
    book: &page::AnsweredBook<'_>,
    report: &File,
    files: &[File],
) -> File {
    let find = |path: &str| {
        let file = files.iter().find(|file| file.path == path);
        file.map(|file| &file.bytes[..])
    };
    let path = format!("report-{}.html", book.language);
    site::single_file(report, path, config.site.url.as_deref(), &find)
}

/// What machines read of a site, and the pages of former addresses.
fn lists(
    press: &Press<'_>,
    look: &theme::Look,
    scopes: &BTreeMap<Language, Scope<'_>>,
    books: &[page::AnsweredBook<'_>],
) -> Vec<File> {
    let mut files = site::machine_files(press.config, books);
    for book in books {
        files.push(site::manifest(press.config, look, book));
        files.extend(press.assets.search.as_ref().map(|_| page::search_index(book)));
        files.extend(page::citation_files(book));
        files.extend(site::redirects(scopes[book.language].words, press.config, book));
    }
    files
}

/// No two files at one address, no reference to none.
fn check_addresses(
    paths: impl Iterator<Item = String>,
    taken: &mut BTreeSet<String>,
    references: &[site::References],
) -> Result<(), Mistakes> {
    let mut wrong = Findings::default();
    for path in paths {
        if taken.contains(&path) {
            wrong.push(site::taken(&path));
        }
        taken.insert(path);
    }
    wrong.extend(site::unresolved(references, taken));
    wrong.settle(()).map(|_| ())
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
    let numbers = numbers(&survey, &config, trust, &mut found);
    let (results, everything) = (numbers.shown(), &numbers.everything);
    let warnings = found.settle(())?.warnings;
    let words = &words[config.default_language()];
    let scope = Scope { config: &config, survey: &survey, results, everything, words };
    Ok(tell(&scope, &warnings))
}

/// Every number, and those that may be shown.
fn numbers(
    survey: &survey::Survey,
    config: &config::Config,
    trust: page::Trust,
    found: &mut Findings,
) -> stats::Numbers {
    // Numbers from data with mistakes would be mistakes.
    let estimated = trust.numbers.then(|| found.absorb(stats::estimate(survey, config))).flatten();
    estimated.unwrap_or_else(|| {
        let everything = stats::Results::new(stats::published(survey));
        stats::Numbers { everything, shown: None }
    })
}

/// Answers every book whose questions can all be answered.
fn answer<'a>(
    scopes: &BTreeMap<Language, Scope<'a>>,
    config: &config::Config,
    books: &'a [content::Book],
    trust: page::Trust,
    found: &mut Findings,
) -> Vec<page::AnsweredBook<'a>> {
    let mut answered = vec![];
    for book in books {
        let is_default = &book.language == config.default_language();
        match page::answer(scopes, book, is_default) {
            Ok(book) => answered.extend(found.absorb(Ok(book))),
            Err(mistakes) => found.join(page::blamed_on_text(mistakes, trust)),
        }
    }
    answered
}

/// The open data: what is written of it, what is not yet, and all its files
/// with their sums.
#[derive(Default)]
struct Published {
    written: BTreeSet<String>,
    files: Vec<File>,
    data: Vec<page::DataFile>,
}

/// Hands over the results, piece by piece; gives the codebook, and the
/// description of both. Nothing, where the settings say so.
fn publish_data(
    scope: Option<&Scope<'_>>,
    sources: &Sources,
    warnings: &[Diagnostic],
    put: Sink<'_>,
) -> Result<Published, BuildError> {
    let publishes = |scope: &&Scope<'_>| scope.config.publish != config::Publish::Nothing;
    let Some(scope) = scope.filter(publishes) else { return Ok(Published::default()) };
    let mut package = site::Package::default();
    figure::open_data(scope, scope.results, sources, warnings, &mut |path, bytes| {
        package.count(path, &bytes);
        put(&File { path: path.to_owned(), bytes }, Part::Next)
    })?;
    let tables = survey::open_tables(sources, scope.config);
    for table in &tables {
        package.count(table.path, &table.csv);
    }
    let description = package.file(scope, &tables);
    package.count(&description.path, &description.bytes);
    let tables =
        tables.into_iter().map(|table| File { path: table.path.to_owned(), bytes: table.csv });
    Ok(Published {
        written: figure::OPEN_DATA.map(String::from).into(),
        files: tables.chain([description]).collect(),
        data: package.files(),
    })
}

/// The pages of a language, which are handed over.
#[derive(Default)]
struct Printed {
    /// What each page refers to.
    references: Vec<site::References>,
    /// The paths of the pages and of the files of their figures.
    files: Vec<String>,
    /// The page of the whole report.
    report: Option<File>,
}

/// Renders and hands over every page of a language with the files of its
/// figures.
fn print(
    press: &Press<'_>,
    painter: &Arc<Painter>,
    scope: &Scope<'_>,
    shared: &BTreeMap<&Language, page::Shared>,
    book: &page::AnsweredBook<'_>,
    (put, watch): (Sink<'_>, Watch<'_>),
) -> Result<Printed, BuildError> {
    let mut positions = book.positions();
    positions.retain(|position| !book.is_report(*position));
    let pages = positions.par_iter().map(|position| {
        let printed = page::chapter(press, scope, shared, book, *position)?;
        let page::Printed { page, files, pictures, leaf } = printed;
        put(&page, Part::Whole)?;
        files.iter().try_for_each(|file| put(file, Part::Whole))?;
        pictures.iter().try_for_each(|file| put(file, Part::Drawing(painter)))?;
        let references = site::references(&page.path, &page.bytes);
        watch(Step::PageDone);
        let made = std::iter::once(page).chain(files).chain(pictures);
        Ok((references, made.map(|file| file.path).collect::<Vec<_>>(), leaf))
    });
    let mut printed = Printed::default();
    let mut leaves = vec![];
    for page in pages.collect::<Vec<Result<_, BuildError>>>() {
        let (references, made, leaf) = page?;
        printed.references.push(references);
        printed.files.extend(made);
        leaves.extend(leaf);
    }
    printed.report = page::report(press, scope, &shared[book.language], book, &leaves)?;
    if let Some(page) = &printed.report {
        put(page, Part::Whole)?;
        watch(Step::PageDone);
        printed.references.push(site::references(&page.path, &page.bytes));
        printed.files.push(page.path.clone());
    }
    Ok(printed)
}
