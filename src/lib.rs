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

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::chart::Painter;
use crate::config::Language;
use crate::content::{Book, Drafts};
use crate::diag::{Code, Diagnostic, Findings, Mistakes, Partial};
use crate::figure::Scope;
use crate::ground::{Ground, Settings};
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
    /// Those that are as the build before put them, and were not put again;
    /// see [`rebuild`].
    pub kept: BTreeSet<String>,
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
    watch(Step::Begins(Stage::Settings));
    let settings = Settings::read(sources)?;
    watch(Step::Begins(Stage::Contents));
    let (config, words) = (&settings.config, &settings.words);
    let (survey, books) = rayon::join(
        || survey::load(sources, config),
        || content::load(sources, config, words, options.drafts, None),
    );
    watch(Step::Begins(Stage::Estimates));
    let ground = Ground::new(settings, survey)?;
    Work { ground: &ground, sources, options, put, watch }.build(books, None)
}

/// What a build leaves to the next on the same ground.
#[derive(Debug, Default)]
pub struct Memory<'g> {
    chapters: content::Memory,
    answers: page::Memory<'g>,
    /// What all pages of each language shared.
    shared: Vec<page::Shared>,
    /// By their paths.
    pages: BTreeMap<String, Arc<Made>>,
    /// With the warnings that it tells.
    published: Option<(Vec<Diagnostic>, Published)>,
}

/// What is known of a page that was made.
#[derive(Debug)]
struct Made {
    fingerprint: Option<blake3::Hash>,
    /// Of the page and of those of its figures alone.
    references: Vec<site::References>,
    /// Its path and those of its figures' files.
    paths: Vec<String>,
    /// What the search says of it.
    entry: String,
    /// What it puts on the page of the whole report.
    leaf: Option<page::Leaf>,
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

/// A build under way.
#[derive(Clone, Copy)]
struct Work<'w, 'g> {
    ground: &'g Ground,
    sources: &'w Sources,
    options: Options,
    put: Sink<'w>,
    watch: Watch<'w>,
}

impl<'g> Work<'_, 'g> {
    fn build(
        self,
        books: Partial<Vec<Book>>,
        memory: Option<&mut Memory<'g>>,
    ) -> Result<Built, BuildError> {
        let Self { ground, sources, options, put, watch } = self;
        let begins = |stage| watch(Step::Begins(stage));
        let mut found = ground.found.clone();
        found.join(options.translations.weigh(books.found));
        let Some(books) = books.value else { return Err(found.stop().into()) };
        begins(Stage::Figures);
        let scopes = ground.scopes();
        let answers = memory.as_deref().map(|memory| &memory.answers);
        let answered = self.answer(&scopes, &books, answers, &mut found);
        if options.editing == Editing::Done {
            begins(Stage::Editing);
            found.extend(check::check(sources, &answered));
        }
        if options.warnings == Warnings::Denied {
            found = found.denied();
        }
        let Settings { config, words, look, templates, kit, theme, .. } = &ground.settings;
        let (Some(look), Some(templates), Some(kit)) = (look, templates, kit) else {
            return Err(found.stop().into());
        };
        let warnings = found.settle(())?.warnings;
        let font = kit.font.as_ref().ok_or_else(|| look.unreadable_font())?;

        begins(Stage::Data);
        let mut kept = BTreeSet::new();
        let known = memory.as_deref().and_then(|memory| memory.published.as_ref());
        let published = match known.filter(|(told, _)| *told == warnings) {
            Some((_, published)) => {
                kept.extend(published.paths());
                published.clone()
            }
            None => publish_data(scopes.get(config.default_language()), sources, &warnings, put)?,
        };
        begins(Stage::Pages(answered.iter().map(|book| book.positions().len()).sum()));
        let data = &published.data;
        let press = Press { config, templates, font, assets: &kit.assets, data };
        let names = page::languages(config, words);
        let untranslated = page::untranslated(&answered);
        let shared: BTreeMap<_, _> = answered
            .iter()
            .map(|book| (book.language, page::shared(&press, book, &names, &untranslated)))
            .collect();
        let known = memory.as_deref().map(|memory| {
            let is_same = memory.shared.iter().eq(shared.values());
            Known { pages: &memory.pages, is_same }
        });
        let mut made = BTreeMap::new();
        let linked = site::linked(sources, &books);
        let (mut figures, mut files) = (0, vec![]);
        for book in &answered {
            let mut printed = self.print(&press, &kit.painter, &shared, book, known)?;
            let report = self.bind(&press, &shared[book.language], book, &printed, known)?;
            if let Some((made, file)) = report {
                let is_kept = file.is_none();
                printed.push((made, is_kept));
                if options.single_file == SingleFile::Written {
                    let theme = kit.files.iter().chain(&published.files).chain(&linked);
                    files.extend(file.map(|report| one_file(config, book, &report, &theme)));
                }
            }
            if press.assets.search.is_some() {
                let entries = printed.iter().map(|(page, _)| page.entry.as_str());
                files.push(page::search_index(book.language, entries));
            }
            for (page, is_kept) in printed {
                if is_kept {
                    kept.extend(page.paths.iter().cloned());
                }
                made.extend(page.paths.first().cloned().map(|path| (path, page)));
            }
            figures += book.figure_count();
        }
        let mut taken: BTreeSet<String> =
            made.values().flat_map(|page| page.paths.iter().cloned()).collect();
        taken.extend(published.written.iter().cloned());
        let not_found = page::not_found(&press, &shared, &answered)?;
        begins(Stage::Lists);
        files.extend(lists(&press, look, &answered));
        files.push(not_found);
        files.extend(linked);
        for icon in site::icons(theme, look) {
            put(&icon, Part::Drawing(&kit.painter))?;
            taken.insert(icon.path);
        }
        let others = kit.files.iter().chain(&files);
        others.clone().try_for_each(|file| put(file, Part::Whole))?;
        let tables = published.files.iter().filter(|file| !kept.contains(&file.path));
        tables.clone().try_for_each(|file| put(file, Part::Whole))?;
        let others = others.chain(&published.files).map(|file| file.path.clone());
        check_addresses(others, &mut taken, made.values().flat_map(|page| &page.references))?;
        let pages = made.len() + 1;
        if let Some(memory) = memory {
            memory.shared = shared.into_values().collect();
            memory.pages = made;
            memory.published = Some((warnings.clone(), published));
        }
        Ok(Built { pages, figures, files: taken, kept, warnings })
    }

    /// Answers every book whose questions can all be answered.
    fn answer<'a>(
        self,
        scopes: &BTreeMap<Language, Scope<'g>>,
        books: &'a [Book],
        memory: Option<&page::Memory<'g>>,
        found: &mut Findings,
    ) -> Vec<page::AnsweredBook<'a>>
    where
        'g: 'a,
    {
        let default = self.ground.settings.config.default_language();
        let mut answered = vec![];
        for book in books {
            match page::answer(scopes, book, &book.language == default, memory) {
                Ok(book) => answered.extend(found.absorb(Ok(book))),
                Err(mistakes) => found.join(page::blamed_on_text(mistakes, self.ground.trust)),
            }
        }
        found.leave_out_if_wrong(Code::BindingLacking);
        answered
    }

    /// Renders and hands over every page of a language with the files of its
    /// figures, but for those that are known; tells which those are.
    fn print(
        self,
        press: &Press<'_>,
        painter: &Arc<Painter>,
        shared: &BTreeMap<&Language, page::Shared>,
        book: &page::AnsweredBook<'_>,
        known: Option<Known<'_>>,
    ) -> Result<Vec<(Arc<Made>, bool)>, BuildError> {
        let Self { put, watch, .. } = self;
        let mut positions = book.positions();
        positions.retain(|position| book.report != Some(*position));
        let pages = positions.into_par_iter().map(|position| {
            let fingerprint = known.map(|_| page::fingerprint(book, position));
            if let Some(made) = known.and_then(|known| known.page(book, position, fingerprint)) {
                return Ok((made, true));
            }
            let printed = page::chapter(press, shared, book, position)?;
            let page::Printed { page, frames, files, pictures, leaf } = printed;
            let pages = || std::iter::once(&page).chain(&frames);
            pages().chain(&files).try_for_each(|file| put(file, Part::Whole))?;
            pictures.iter().try_for_each(|picture| put(picture, Part::Drawing(painter)))?;
            let references =
                pages().map(|page| site::references(&page.path, &page.bytes)).collect();
            watch(Step::PageDone);
            let made = std::iter::once(page).chain(frames).chain(files).chain(pictures);
            let paths = made.map(|file| file.path).collect();
            let has_search = press.assets.search.is_some();
            let entry = if has_search { page::search_entry(book, position) } else { String::new() };
            Ok((Arc::new(Made { fingerprint, references, paths, entry, leaf }), false))
        });
        pages.collect()
    }

    /// Renders and hands over the page of the whole report of a language, if it
    /// has one; without the file where it is the one that is known.
    fn bind(
        self,
        press: &Press<'_>,
        shared: &page::Shared,
        book: &page::AnsweredBook<'_>,
        printed: &[(Arc<Made>, bool)],
        known: Option<Known<'_>>,
    ) -> Result<Option<Report>, BuildError> {
        let Some(position) = book.report else { return Ok(None) };
        let fingerprint = known.map(|_| {
            let mut print = blake3::Hasher::new();
            print.update(page::fingerprint(book, position).as_bytes());
            let bound = printed.iter().filter(|(made, _)| made.leaf.is_some());
            for part in bound.filter_map(|(made, _)| made.fingerprint) {
                print.update(part.as_bytes());
            }
            print.finalize()
        });
        if let Some(made) = known.and_then(|known| known.page(book, position, fingerprint))
            && self.options.single_file == SingleFile::LeftOut
        {
            return Ok(Some((made, None)));
        }
        let leaves = printed.iter().filter_map(|(made, _)| made.leaf.as_ref());
        let leaves: Vec<_> = leaves.collect();
        let page = page::report(press, shared, book, position, &leaves)?;
        (self.put)(&page, Part::Whole)?;
        let references = vec![site::references(&page.path, &page.bytes)];
        (self.watch)(Step::PageDone);
        let paths = vec![page.path.clone()];
        let made = Made { fingerprint, references, paths, entry: String::new(), leaf: None };
        Ok(Some((Arc::new(made), Some(page))))
    }
}

/// The page of a whole report; without its file where that is known.
type Report = (Arc<Made>, Option<File>);

/// The whole report of a language in one file.
fn one_file<'f>(
    config: &config::Config,
    book: &page::AnsweredBook<'_>,
    report: &File,
    files: &(impl Iterator<Item = &'f File> + Clone),
) -> File {
    let find = |path: &str| {
        let file = files.clone().find(|file| file.path == path);
        file.map(|file| &file.bytes[..])
    };
    let path = format!("report-{}.html", book.language);
    site::single_file(report, path, config.site.url.as_deref(), &find)
}

/// The pages of the build before.
#[derive(Clone, Copy)]
struct Known<'m> {
    pages: &'m BTreeMap<String, Arc<Made>>,
    /// Whether what pages share is as it was.
    is_same: bool,
}

impl Known<'_> {
    /// A page, if it would be the same again.
    fn page(
        self,
        book: &page::AnsweredBook<'_>,
        position: page::Position,
        fingerprint: Option<blake3::Hash>,
    ) -> Option<Arc<Made>> {
        let path = format!("{}{}", book.folder, book.address(position));
        let made = self.pages.get(&path).filter(|_| self.is_same)?;
        (made.fingerprint == fingerprint).then(|| Arc::clone(made))
    }
}

/// What machines read of a site, and the pages of former addresses.
fn lists(press: &Press<'_>, look: &theme::Look, books: &[page::AnsweredBook<'_>]) -> Vec<File> {
    let mut files = site::machine_files(press.config, books);
    for book in books {
        files.push(site::manifest(press.config, look, book));
        files.extend(page::citation_files(book));
        files.extend(site::redirects(press.config, book));
    }
    files
}

/// No two files at one address, no reference to none.
fn check_addresses<'r>(
    paths: impl Iterator<Item = String>,
    taken: &mut BTreeSet<String>,
    references: impl Iterator<Item = &'r site::References> + Clone,
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
    let numbers = ground::numbers(&survey, &config, trust, &mut found);
    let (results, everything) = (numbers.shown(), &numbers.everything);
    let warnings = found.settle(())?.warnings;
    let words = &words[config.default_language()];
    let scope = Scope { config: &config, survey: &survey, results, everything, words };
    Ok(tell(&scope, &warnings))
}

/// The open data: what is written of it, what is not yet, and all its files
/// with their sums.
#[derive(Debug, Clone, Default)]
struct Published {
    written: BTreeSet<String>,
    files: Vec<File>,
    data: Vec<page::DataFile>,
}

impl Published {
    fn paths(&self) -> impl Iterator<Item = String> {
        self.written.iter().chain(self.files.iter().map(|file| &file.path)).cloned()
    }
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
