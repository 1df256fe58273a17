//! The pages of a build: printed, or kept from the build before.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::Work;
use crate::chart::Painter;
use crate::config::Language;
use crate::page::{self, File, Press};
use crate::site;
use crate::{BuildError, Part, SingleFile, Step};

/// What is known of a page that was made.
#[derive(Debug)]
pub(super) struct Made {
    fingerprint: Option<blake3::Hash>,
    /// Of the page and of those of its figures alone.
    pub(super) references: Vec<site::References>,
    /// Its path and those of its figures' files.
    pub(super) paths: Vec<String>,
    /// What the search says of it; `None`: there is no next build.
    entry: Option<Arc<str>>,
    /// What it puts on the page of the whole report.
    leaf: Option<page::Leaf>,
    /// How many figures it has.
    figures: usize,
}

/// What the pages of all books are printed with.
pub(super) struct Room<'r> {
    pub(super) press: Press<'r>,
    pub(super) painter: &'r Arc<Painter>,
    pub(super) shared: BTreeMap<&'r Language, page::Shared>,
    pub(super) known: Option<Known<'r>>,
    /// The files that pages refer to and that are none of theirs.
    pub(super) beside: Vec<&'r File>,
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
pub(super) struct Pages {
    /// By their paths.
    pub(super) made: BTreeMap<String, Arc<Made>>,
    /// The paths of what need not be put again.
    pub(super) kept: BTreeSet<String>,
    /// What is made of all pages of a language, and not put yet.
    pub(super) files: Vec<File>,
    /// The paths of what was put beside the pages.
    pub(super) written: Vec<String>,
    pub(super) figures: usize,
}

impl Pages {
    /// Takes over the pages of a language.
    pub(super) fn add(&mut self, mut other: Self) {
        self.made.append(&mut other.made);
        self.kept.append(&mut other.kept);
        self.files.append(&mut other.files);
        self.written.append(&mut other.written);
        self.figures += other.figures;
    }
}

impl<'g> Work<'_, 'g> {
    /// Prints the pages of a language, and what is made of all of them.
    pub(super) fn print_book(
        self,
        room: &Room<'_>,
        desk: &page::Desk<'_, 'g>,
        book: &page::AnsweredBook<'_>,
    ) -> Result<Pages, BuildError> {
        let mut pages = Pages::default();
        let mut printed = self.print(room, desk, book, &mut pages)?;
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
        Ok(pages)
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
pub(super) struct Known<'m> {
    pub(super) pages: &'m BTreeMap<String, Arc<Made>>,
    /// Whether what pages share is as it was.
    pub(super) is_same: bool,
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
