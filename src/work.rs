//! One build of a site: from the text, and what it stands on, to every file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::chart::Painter;
use crate::check::Asking;
use crate::config::Language;
use crate::content::{self, Book, OutsideLink};
use crate::diag::{Diagnostic, Findings, Mistakes, Partial};
use crate::figure::{self, Scope};
use crate::ground::{Ground, Settings};
use crate::page::{self, File, Press};
use crate::sources::Sources;
use crate::{
    BuildError, Built, Editing, Options, Part, SingleFile, Sink, Stage, Step, Warnings, Watch,
};
use crate::{check, site, stats, survey, theme};

/// What a build leaves to the next on the same ground.
#[derive(Debug, Default)]
pub struct Memory<'g> {
    pub(crate) chapters: content::Memory,
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
    /// What the search says of it; `None`: there is no next build.
    entry: Option<Arc<str>>,
    /// What it puts on the page of the whole report.
    leaf: Option<page::Leaf>,
    /// How many figures it has.
    figures: usize,
}

/// A build under way.
#[derive(Clone, Copy)]
pub(crate) struct Work<'w, 'g> {
    pub(crate) ground: &'g Ground,
    pub(crate) sources: &'w Sources,
    pub(crate) options: Options,
    pub(crate) put: Sink<'w>,
    pub(crate) watch: Watch<'w>,
}

/// What the pages of all books are printed with.
struct Room<'r> {
    press: Press<'r>,
    painter: &'r Arc<Painter>,
    shared: BTreeMap<&'r Language, page::Shared>,
    known: Option<Known<'r>>,
    /// The files that pages refer to and that are none of theirs.
    beside: Vec<&'r File>,
}

/// How many pages are printed before what the search finds on them is written.
const SHEET: usize = 256;

/// A page that was printed, or kept.
struct Sheet {
    made: Arc<Made>,
    /// What the search says of it.
    entry: Arc<str>,
    is_kept: bool,
}

/// The pages that were printed, or kept.
#[derive(Default)]
struct Pages {
    /// By their paths.
    made: BTreeMap<String, Arc<Made>>,
    /// The paths of what need not be put again.
    kept: BTreeSet<String>,
    /// What is made of all pages of a language, and not put yet.
    files: Vec<File>,
    /// The paths of what was put beside the pages.
    written: Vec<String>,
    figures: usize,
}

impl<'g> Work<'_, 'g> {
    /// Builds everything. A text that has mistakes is read to its end.
    pub(crate) fn build(
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
        let mut outside = vec![];
        if let Editing::Done(asking) = options.editing {
            begins(Stage::Editing);
            outside = check::links(&answered);
            let dead = self.dead(&outside, asking);
            found.extend(check::check(sources, &answered, dead));
        }
        if options.warnings == Warnings::Denied {
            found = found.denied();
        }
        let Settings { config, words, look, templates, kit, .. } = &ground.settings;
        let (Some(look), Some(templates), Some(kit)) = (look, templates, kit) else {
            return Err(found.stop().into());
        };
        let warnings = found.settle(())?.warnings;
        let font = kit.font.as_ref().ok_or_else(|| look.unreadable_font())?;

        begins(Stage::Data);
        let known = memory.as_deref().and_then(|memory| memory.published.as_ref());
        let known = known.filter(|(told, _)| *told == warnings).map(|(_, published)| published);
        let scope = scopes.get(config.default_language());
        let published = match known {
            Some(published) => published.clone(),
            None => publish_data(scope, ground, sources, &warnings, put)?,
        };
        let is_published = known.is_some();

        begins(Stage::Pages(answered.iter().map(|book| book.positions().len()).sum()));
        let linked = site::linked(sources, &books);
        let (assets, colours, data) = (&kit.assets, &kit.colours, &published.data);
        let press = Press { config, templates, font, colours, assets, data };
        let names = page::languages(config, words);
        let untranslated = page::untranslated(&answered);
        let shared = answered
            .iter()
            .map(|book| (book.language, page::shared(&press, book, &names, &untranslated)));
        let shared: BTreeMap<_, _> = shared.collect();
        let known = memory.as_deref().map(|memory| {
            let is_same = memory.shared.iter().eq(shared.values());
            Known { pages: &memory.pages, is_same }
        });
        let beside = kit.files.iter().chain(&published.files).chain(&linked).collect();
        let room = Room { press, painter: &kit.painter, shared, known, beside };
        let mut pages = Pages::default();
        for book in &answered {
            let desk = page::Desk::at(&scopes[book.language], book, answers);
            self.print_book(&room, &desk, book, &mut pages)?;
        }
        if is_published {
            pages.kept.extend(published.paths());
        }
        let not_found = page::not_found(&room.press, &room.shared, &answered)?;
        begins(Stage::Lists);
        let lists = lists(&room.press, look, &answered);
        let shared: Vec<_> = room.shared.into_values().collect();

        let Pages { made, kept, mut files, written, figures } = pages;
        files.extend(lists);
        files.push(not_found);
        files.extend(linked);
        let mut taken: BTreeSet<String> =
            made.values().flat_map(|page| page.paths.iter().cloned()).collect();
        taken.extend(published.written.iter().cloned().chain(written));
        for icon in site::icons(&ground.settings.theme, look, &kit.colours) {
            put(&icon, Part::Drawing(&kit.painter))?;
            taken.insert(icon.path);
        }
        let others = kit.files.iter().chain(&files);
        let tables = published.files.iter().filter(|file| !kept.contains(&file.path));
        // The books are taken apart meanwhile, which takes as long.
        let ((), done) = rayon::join(
            || drop(answered),
            || others.clone().chain(tables).try_for_each(|file| put(file, Part::Whole)),
        );
        done?;
        let others = others.chain(&published.files).map(|file| file.path.clone());
        check_addresses(others, &mut taken, made.values().flat_map(|page| &page.references))?;
        let pages = made.len() + 1;
        if let Some(memory) = memory {
            memory.shared = shared;
            memory.pages = made;
            memory.published = Some((warnings.clone(), published));
        } else {
            rayon::spawn(move || drop(made));
        }
        Ok(Built { pages, figures, files: taken, kept, warnings, outside })
    }

    /// The links where nothing answers, where somebody wants them asked.
    fn dead(self, outside: &[OutsideLink], asking: Asking) -> Vec<Diagnostic> {
        if asking == Asking::Skipped {
            return vec![];
        }
        let Self { watch, .. } = self;
        watch(Step::Begins(Stage::Asking(check::addresses(outside).len())));
        check::dead(outside, &|| watch(Step::PartDone))
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
        found.leave_out_explained();
        answered
    }

    /// Prints the pages of a language, and what is made of all of them.
    fn print_book(
        self,
        room: &Room<'_>,
        desk: &page::Desk<'_, 'g>,
        book: &page::AnsweredBook<'_>,
        pages: &mut Pages,
    ) -> Result<(), BuildError> {
        let mut printed = self.print(room, desk, book, pages)?;
        if let Some((made, file)) = self.bind(room, desk, book, &printed)? {
            printed.push((made, file.is_none()));
            if self.options.single_file == SingleFile::Written {
                pages.files.extend(file.map(|report| one_file(room, book, &report)));
            }
        }
        for (page, is_kept) in printed {
            if is_kept {
                pages.kept.extend(page.paths.iter().cloned());
            }
            pages.figures += page.figures;
            pages.made.extend(page.paths.first().cloned().map(|path| (path, page)));
        }
        Ok(())
    }

    /// Renders and hands over every page of a language but that of the whole
    /// report, and what the search looks through; tells which are kept.
    fn print(
        self,
        room: &Room<'_>,
        desk: &page::Desk<'_, 'g>,
        book: &page::AnsweredBook<'_>,
        pages: &mut Pages,
    ) -> Result<Vec<(Arc<Made>, bool)>, BuildError> {
        let mut positions = book.positions();
        positions.retain(|position| book.report != Some(*position));
        let has_search = room.press.assets.search.is_some();
        let mut index = has_search.then(|| page::SearchIndex::new(book.language));
        let mut printed = vec![];
        for positions in positions.chunks(SHEET) {
            let sheet = positions.par_iter().map(|position| self.page(room, desk, book, *position));
            let sheet: Vec<Sheet> = sheet.collect::<Result<_, _>>()?;
            if let Some(index) = &mut index {
                (self.put)(&index.part(sheet.iter().map(|page| &*page.entry)), Part::Next)?;
            }
            printed.extend(sheet.into_iter().map(|page| (page.made, page.is_kept)));
        }
        if let Some(index) = index {
            let end = index.end();
            (self.put)(&end, Part::Next)?;
            pages.written.push(end.path);
        }
        Ok(printed)
    }

    /// Renders and hands over a page with the files of its figures, unless it
    /// is known.
    fn page(
        self,
        room: &Room<'_>,
        desk: &page::Desk<'_, 'g>,
        book: &page::AnsweredBook<'_>,
        position: page::Position,
    ) -> Result<Sheet, BuildError> {
        let Self { put, watch, .. } = self;
        let Room { press, painter, shared, known, .. } = room;
        let written = page::Page::new(desk, book, position);
        let fingerprint = known.map(|_| page::fingerprint(&written));
        if let Some(made) = known.and_then(|known| known.page(book, position, fingerprint)) {
            let entry = made.entry.clone().unwrap_or_default();
            return Ok(Sheet { made, entry, is_kept: true });
        }
        let printed = page::chapter(press, shared, &written)?;
        let page::Printed { page, frames, files, pictures, leaf, figures } = printed;
        let pages = || std::iter::once(&page).chain(&frames);
        pages().chain(&files).try_for_each(|file| put(file, Part::Whole))?;
        pictures.iter().try_for_each(|picture| put(picture, Part::Drawing(painter)))?;
        let references = pages().map(|page| site::references(&page.path, &page.bytes)).collect();
        watch(Step::PartDone);
        let made = std::iter::once(page).chain(frames).chain(files).chain(pictures);
        let paths = made.map(|file| file.path).collect();
        let has_search = press.assets.search.is_some();
        let entry: Arc<str> =
            if has_search { page::search_entry(&written).into() } else { Arc::default() };
        let kept = known.map(|_| Arc::clone(&entry));
        let made = Made { fingerprint, references, paths, entry: kept, leaf, figures };
        let made = Arc::new(made);
        Ok(Sheet { made, entry, is_kept: false })
    }

    /// Renders and hands over the page of the whole report of a language, if it
    /// has one; without the file where it is the one that is known.
    fn bind(
        self,
        room: &Room<'_>,
        desk: &page::Desk<'_, 'g>,
        book: &page::AnsweredBook<'_>,
        printed: &[(Arc<Made>, bool)],
    ) -> Result<Option<Report>, BuildError> {
        let known = room.known;
        let Some(position) = book.report else { return Ok(None) };
        let fingerprint = known.map(|_| {
            let mut print = blake3::Hasher::new();
            let page = page::Page::new(desk, book, position);
            print.update(page::fingerprint(&page).as_bytes());
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
        let leaves: Vec<_> = printed.iter().filter_map(|(made, _)| made.leaf.as_ref()).collect();
        let page = page::report(&room.press, &room.shared[book.language], book, position, &leaves)?;
        (self.put)(&page, Part::Whole)?;
        let references = vec![site::references(&page.path, &page.bytes)];
        (self.watch)(Step::PartDone);
        let paths = vec![page.path.clone()];
        let made = Made { fingerprint, references, paths, entry: None, leaf: None, figures: 0 };
        Ok(Some((Arc::new(made), Some(page))))
    }
}

/// The page of a whole report; without its file where that is known.
type Report = (Arc<Made>, Option<File>);

/// The whole report of a language in one file.
fn one_file(room: &Room<'_>, book: &page::AnsweredBook<'_>, report: &File) -> File {
    let find = |path: &str| {
        let file = room.beside.iter().find(|file| file.path == path);
        file.map(|file| &file.bytes[..])
    };
    let path = format!("report-{}.html", book.language);
    site::single_file(report, path, room.press.config.site.url.as_deref(), &find)
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
        files.push(site::manifest(press, look, book));
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

/// Hands over the results and the answers that are published, piece by piece,
/// and all files in one; gives the codebook, and the description of all.
/// Nothing, where the settings say so.
fn publish_data(
    scope: Option<&Scope<'_>>,
    ground: &Ground,
    sources: &Sources,
    warnings: &[Diagnostic],
    put: Sink<'_>,
) -> Result<Published, BuildError> {
    let Some(scope) = scope.filter(|scope| scope.publishes()) else {
        return Ok(Published::default());
    };
    let mut package = site::Package::new(scope);
    figure::open_data(scope, scope.results, &ground.inputs, warnings, &mut |path, bytes| {
        package.add(path, &bytes);
        put(&File { path: path.to_owned(), bytes }, Part::Next)
    })?;
    let answers = stats::open_answers(scope.survey, scope.config);
    let mut written: BTreeSet<String> = figure::OPEN_DATA.map(String::from).into();
    for wave in &answers {
        wave.write(&mut |bytes| {
            package.add(&wave.path, &bytes);
            put(&File { path: wave.path.clone(), bytes }, Part::Next)
        })?;
        written.insert(wave.path.clone());
    }
    let tables = survey::open_tables(sources, scope.config);
    for table in &tables {
        package.add(table.path, &table.csv);
    }
    let description = package.file(scope, &answers, &tables);
    package.add(&description.path, &description.bytes);
    let tables =
        tables.into_iter().map(|table| File { path: table.path.to_owned(), bytes: table.csv });
    let (archive, data) = package.packed();
    put(&archive, Part::Whole)?;
    written.insert(archive.path);
    Ok(Published { written, files: tables.chain([description]).collect(), data })
}
