//! One build of a site: from the text, and what it stands on, to every file.

mod print;
mod publish;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use self::print::{Known, Made, Pages, Room};
use self::publish::{Published, publish_data};
use crate::check::Asking;
use crate::config::Language;
use crate::content::{self, Book, OutsideLink};
use crate::diag::{Diagnostic, Findings, Mistakes, Partial};
use crate::figure::Scope;
use crate::ground::{Ground, Kit, Settings};
use crate::page::{self, File, Press};
use crate::sources::Sources;
use crate::{BuildError, Built, Editing, Options, Part, Sink, Stage, Step, Warnings, Watch};
use crate::{check, site, theme};

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

impl Memory<'_> {
    /// The open data, if they were published with these warnings.
    fn published(&self, warnings: &[Diagnostic]) -> Option<&Published> {
        let published = self.published.as_ref().filter(|(told, _)| told == warnings);
        published.map(|(_, published)| published)
    }

    /// The pages that were made, beside what all pages share now.
    fn known(&self, shared: &BTreeMap<&Language, page::Shared>) -> Known<'_> {
        Known { pages: &self.pages, is_same: self.shared.iter().eq(shared.values()) }
    }
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

impl<'g> Work<'_, 'g> {
    /// Builds everything. A text that has mistakes is read to its end.
    pub(crate) fn build(
        self,
        books: Partial<Vec<Book>>,
        memory: Option<&mut Memory<'g>>,
    ) -> Result<Built, BuildError> {
        let Self { ground, sources, options, put, .. } = self;
        let mut found = ground.found.clone();
        found.join(options.translations.weigh(books.found));
        let Some(books) = books.value else { return Err(found.stop().into()) };
        self.begins(Stage::Figures);
        let scopes = ground.scopes();
        let answers = memory.as_deref().map(|memory| &memory.answers);
        let answered = self.answer(&scopes, &books, answers, &mut found);
        let outside = self.edit(&answered, &mut found);
        if options.warnings == Warnings::Denied {
            found = found.denied();
        }
        let Settings { config, look, templates, kit, .. } = &ground.settings;
        let (Some(look), Some(templates), Some(kit)) = (look, templates, kit) else {
            return Err(found.stop().into());
        };
        let warnings = found.settle(())?.warnings;
        let font = kit.font.as_ref().ok_or_else(|| look.unreadable_font())?;

        self.begins(Stage::Data);
        let kept = memory.as_deref().and_then(|memory| memory.published(&warnings));
        let scope = scopes.get(config.default_language());
        let published = match kept {
            Some(published) => published.clone(),
            None => publish_data(scope, ground, sources, &warnings, put)?,
        };

        self.begins(Stage::Pages(answered.iter().map(|book| book.positions().len()).sum()));
        let linked = site::linked(sources, &books);
        let (assets, colours, data) = (&kit.assets, &kit.colours, &published.data);
        let press = Press { config, templates, font, colours, assets, data };
        let shared = self.shared(&press, &answered);
        let known = memory.as_deref().map(|memory| memory.known(&shared));
        let beside = kit.files.iter().chain(&published.files).chain(&linked).collect();
        let room = Room { press, painter: &kit.painter, shared, known, beside };
        let printed: Vec<_> = answered
            .par_iter()
            .map(|book| {
                let desk = book.desk(&scopes[book.language], answers);
                self.print_book(&room, &desk, book)
            })
            .collect();
        let mut pages = Pages::default();
        for of_language in printed {
            pages.add(of_language?);
        }
        pages.kept.extend(kept.into_iter().flat_map(Published::paths));
        let not_found = page::not_found(&room.press, &room.shared, &answered)?;

        self.begins(Stage::Lists);
        pages.files.extend(lists(&room.press, look, &answered));
        pages.files.push(not_found);
        let shared = room.shared.into_values().collect();
        pages.files.extend(linked);
        let files = self.put_lists((kit, look), &published, &pages, answered)?;
        let Pages { made, kept, figures, .. } = pages;
        let pages = made.len() + 1;
        if let Some(memory) = memory {
            memory.shared = shared;
            memory.pages = made;
            memory.published = Some((warnings.clone(), published));
        } else {
            rayon::spawn(move || drop(made));
        }
        Ok(Built { pages, figures, files, kept, warnings, outside })
    }

    fn begins(self, stage: Stage) {
        (self.watch)(Step::Begins(stage));
    }

    /// Reads the text as an editor would, where somebody wants that; gives the
    /// links to other sites.
    fn edit(self, answered: &[page::AnsweredBook<'_>], found: &mut Findings) -> Vec<OutsideLink> {
        let Editing::Done(asking) = self.options.editing else { return vec![] };
        self.begins(Stage::Editing);
        let outside = check::links(answered);
        let dead = self.dead(&outside, asking);
        found.extend(check::check(self.sources, answered, dead));
        outside
    }

    /// The links where nothing answers, where somebody wants them asked.
    fn dead(self, outside: &[OutsideLink], asking: Asking) -> Vec<Diagnostic> {
        if asking == Asking::Skipped {
            return vec![];
        }
        self.begins(Stage::Asking(check::addresses(outside).len()));
        check::dead(outside, &|| (self.watch)(Step::PartDone))
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
        let withheld = self.ground.numbers.withheld.as_ref();
        let answers: Vec<_> =
            books.par_iter().map(|book| page::answer(scopes, withheld, book, memory)).collect();
        let mut answered = vec![];
        for book in answers {
            match book {
                Ok(book) => answered.extend(found.absorb(Ok(book))),
                Err(mistakes) => found.join(page::blamed_on_text(mistakes, self.ground.trust)),
            }
        }
        found.leave_out_explained();
        answered
    }

    /// What all pages of each language share.
    fn shared<'b>(
        self,
        press: &Press<'_>,
        answered: &[page::AnsweredBook<'b>],
    ) -> BTreeMap<&'b Language, page::Shared> {
        let names = page::languages(press.config, &self.ground.settings.words);
        let untranslated = page::untranslated(answered);
        let shared = |book| page::shared(press, book, &names, &untranslated);
        answered.iter().map(|book| (book.language, shared(book))).collect()
    }

    /// Hands over everything that waited for the last page; gives the paths of
    /// all files of the site.
    fn put_lists(
        self,
        (kit, look): (&Kit, &theme::Look),
        published: &Published,
        pages: &Pages,
        answered: Vec<page::AnsweredBook<'_>>,
    ) -> Result<BTreeSet<String>, BuildError> {
        let put = self.put;
        let Pages { made, kept, files, written, .. } = pages;
        let mut taken: BTreeSet<String> =
            made.values().flat_map(|page| page.paths.iter().cloned()).collect();
        taken.extend(published.written.iter().chain(written).cloned());
        for icon in site::icons(&self.ground.settings.theme, look, &kit.colours) {
            put(&icon, Part::Drawing(&kit.painter))?;
            taken.insert(icon.path);
        }
        let others = kit.files.iter().chain(files);
        let tables = published.files.iter().filter(|file| !kept.contains(&file.path));
        // The books are taken apart meanwhile, which takes as long.
        let ((), done) = rayon::join(
            || drop(answered),
            || others.clone().chain(tables).try_for_each(|file| put(file, Part::Whole)),
        );
        done?;
        let others = others.chain(&published.files).map(|file| file.path.clone());
        check_addresses(others, &mut taken, made.values().flat_map(|page| &page.references))?;
        Ok(taken)
    }
}

/// What machines read of a site, and the pages of former addresses.
fn lists(press: &Press<'_>, look: &theme::Look, books: &[page::AnsweredBook<'_>]) -> Vec<File> {
    let mut files = site::machine_files(press.config, books);
    for book in books {
        files.push(site::manifest(press, look, book));
        files.extend(page::citation_files(&book.scope, &book.folder));
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
    wrong.extend(site::differ_in_capitals(taken));
    wrong.extend(site::unresolved(references, taken));
    wrong.settle(()).map(|_| ())
}
