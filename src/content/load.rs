//! The chapters of each language, read: files → books in reading order.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::config::{Config, Language, RawHtml};
use crate::diag::{Code, Diagnostic, Findings, Partial, Place, SourceText};
use crate::markup::{is_device, refused_by_windows};
use crate::sources::{Sources, warning_of_twice};
use crate::survey::slug;
use crate::wording::Words;

use super::chapter::{Book, Chapter};
use super::file::{Files, is_chapter};
use super::{front_matter, markdown, parity};

/// Whether chapters marked `draft` are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Drafts {
    /// They are left out.
    #[default]
    LeftOut,
    /// They are built like the others.
    Built,
}

/// Chapters as they were read, for a build that finds the same text again. It
/// holds as long as the settings, the words and all files but chapters do.
#[derive(Debug, Default)]
pub struct Memory(Mutex<BTreeMap<(String, Language), Known>>);

#[derive(Debug)]
struct Known {
    source: Arc<SourceText>,
    chapter: Option<Arc<Chapter>>,
    found: Findings,
}

impl Memory {
    /// What was read of this text, for the pages of a language.
    fn recall(&self, source: &SourceText, page: &Language) -> Option<Partial<Arc<Chapter>>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.get(&(source.path().to_owned(), page.clone()))?;
        let is_same = known.source.text() == source.text();
        is_same.then(|| Partial { value: known.chapter.clone(), found: known.found.clone() })
    }

    fn keep(&self, source: Arc<SourceText>, page: &Language, read: &Partial<Arc<Chapter>>) {
        let key = (source.path().to_owned(), page.clone());
        let known = Known { source, chapter: read.value.clone(), found: read.found.clone() };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, known);
    }
}

/// Reads the chapters of every language of the site, in parallel. A chapter
/// that a language lacks is borrowed from the first language that has it, so
/// that every page has its address in every language.
pub fn load(
    sources: &Sources,
    config: &Config,
    words: &BTreeMap<Language, Words>,
    drafts: Drafts,
    memory: Option<&Memory>,
) -> Partial<Vec<Book>> {
    let mut found = Findings::default();
    let reader = Reader {
        raw_html: config.raw_html,
        sources,
        words,
        root: folder(config.default_language()),
        memory,
    };
    let languages = &config.site.languages;
    for (path, _) in sources.under("content/") {
        found.extend(stray(path, languages));
        found.extend(refused(path).filter(|_| !is_chapter(path)));
    }
    let read: Vec<_> = languages.par_iter().map(|language| reader.book(language, drafts)).collect();
    let mut books = vec![];
    for (book, own) in read {
        found.join(own);
        books.push(book);
    }
    found.extend(parity::check(&books));
    for at in 0..books.len() {
        for other in (0..books.len()).filter(|other| *other != at) {
            for stem in books[at].lacking(&books[other]) {
                let borrowed = reader.chapter(&stem, &languages[other], &languages[at], &mut found);
                books[at].chapters.extend(borrowed);
            }
        }
        books[at].put_in_order();
    }
    Partial { value: Some(books), found }
}

fn folder(language: &Language) -> String {
    format!("content/{language}/")
}

struct Reader<'a> {
    sources: &'a Sources,
    words: &'a BTreeMap<Language, Words>,
    /// The folder of the default language.
    root: String,
    raw_html: RawHtml,
    memory: Option<&'a Memory>,
}

impl Reader<'_> {
    fn book(&self, language: &Language, drafts: Drafts) -> (Book, Findings) {
        let mut found = Findings::default();
        let folder = folder(language);
        let stems: Vec<_> = self
            .sources
            .under(&folder)
            .filter(|(path, _)| is_chapter(path) && !path[folder.len()..].contains('/'))
            .map(|(path, _)| stem(path))
            .collect();
        if stems.is_empty() {
            found.push(no_chapters(&folder));
        }
        let read: Vec<_> = stems
            .par_iter()
            .map(|stem| {
                let mut found = Findings::default();
                (self.chapter(stem, language, language, &mut found), found)
            })
            .collect();
        let (mut chapters, mut unreadable) = (vec![], BTreeSet::new());
        for (stem, (chapter, own)) in stems.into_iter().zip(read) {
            found.join(own);
            match chapter {
                Some(chapter) => chapters.push(chapter),
                None => {
                    unreadable.insert(stem.to_owned());
                }
            }
        }
        check_addresses(&chapters, &mut found);
        chapters.retain(|chapter| drafts == Drafts::Built || !chapter.front.draft);
        let mut book = Book { language: language.clone(), home: None, chapters, unreadable };
        book.put_in_order();
        (book, found)
    }

    /// Reads the text in the language `from` for the site's pages in `to`.
    fn chapter(
        &self,
        stem: &str,
        from: &Language,
        to: &Language,
        found: &mut Findings,
    ) -> Option<Arc<Chapter>> {
        // Words exist for every language of the site: `wording::load` saw to it.
        let words = self.words.get(from)?;
        let (text, page) = (folder(from), folder(to));
        let files = Files { sources: self.sources, folder: &text, page: &page, root: &self.root };
        let path = format!("{text}{stem}.md");
        let read = || {
            let read = read(&path, from, self.raw_html, words, &files);
            Partial { value: read.value.map(Arc::new), found: read.found }
        };
        let source = self.sources.text(&path).and_then(Result::ok);
        let chapter = match self.memory.zip(source) {
            Some((memory, source)) => memory.recall(&source, to).unwrap_or_else(|| {
                let read = read();
                memory.keep(source, to, &read);
                read
            }),
            None => read(),
        };
        found.join(chapter.found);
        chapter.value
    }
}

/// A text that nobody reads, as it is not where chapters are. Those in the
/// folder of another language may be ready before they are published.
fn stray(path: &str, languages: &[Language]) -> Option<Diagnostic> {
    let inner = path.strip_prefix("content/")?;
    let (name, ending) = inner.rsplit_once('.')?;
    let folder = inner.split_once('/').map(|(folder, _)| folder);
    let is_text = matches!(ending.to_lowercase().as_str(), "md" | "markdown" | "mdown" | "mdx");
    if !is_text || folder == Some("static") {
        return None;
    }
    let is_own = languages.iter().any(|language| folder == Some(language.tag()));
    let hint = match inner.matches('/').count() {
        1 if ending == "md" && (is_own || folder.and_then(Language::new).is_some()) => return None,
        1 if is_own => format!("Rename it to `content/{name}.md`."),
        _ => {
            let own = languages.first().map_or("fr", Language::tag);
            let name = name.rsplit('/').next().unwrap_or(name);
            format!("Move it to `content/{own}/{name}.md`, or out of `content/`.")
        }
    };
    let message = "a text that is not where chapters are: nothing of it is read";
    let place = Place::file(&SourceText::new(path, String::new()));
    Some(Diagnostic::warning(Code::NotAChapter, message).at(place).hint(hint))
}

/// The complaint about a file of the site that Windows takes nowhere.
fn refused(path: &str) -> Option<Diagnostic> {
    let why = path.split('/').find_map(refused_by_windows)?;
    let name = path.rsplit('/').next().unwrap_or(path);
    let message = format!("{why}: `{name}` cannot be copied there");
    let place = Place::file(&SourceText::new(path, String::new()));
    let hint = "Give the file, or its folder, another name: letters, digits, `-` and `_`.";
    Some(Diagnostic::error(Code::ReservedAddress, message).at(place).hint(hint))
}

/// The name of a file without its folder and its ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".md").unwrap_or(name)
}

fn no_chapters(folder: &str) -> Diagnostic {
    Diagnostic::error(Code::NoChapters, format!("there is no chapter in `{folder}`")).hint(format!(
        "Write one, for example `{folder}index.md`, or take the language out of `[site] languages`."
    ))
}

fn check_addresses(chapters: &[Arc<Chapter>], found: &mut Findings) {
    let mut addresses: BTreeMap<String, &Chapter> = BTreeMap::new();
    for chapter in chapters {
        // Some disks and servers do not tell capitals apart.
        if let Some(first) = addresses.insert(chapter.stem.to_lowercase(), chapter) {
            found.push(
                Diagnostic::error(
                    Code::AddressTaken,
                    format!(
                        "`{}` and `{}` have one address",
                        first.source.path(),
                        chapter.source.path()
                    ),
                )
                .at(Place::file(&chapter.source))
                .hint("Rename one of the two files."),
            );
        }
    }
    check_aliases(chapters, found);
}

/// An old address must lead to one page, and be that of none.
fn check_aliases(chapters: &[Arc<Chapter>], found: &mut Findings) {
    let pages = chapters.iter().map(|chapter| chapter.stem.to_lowercase() + ".html");
    let mut taken: BTreeSet<String> =
        pages.chain(["index.html", "404.html"].map(String::from)).collect();
    for alias in chapters.iter().flat_map(|chapter| &chapter.front.aliases) {
        if !taken.insert(alias.value.to_lowercase()) {
            let message = format!("`{}` is the address of another page", alias.value);
            found.push(
                Diagnostic::error(Code::AddressTaken, message)
                    .at(alias.place.clone())
                    .hint("Take it out of `aliases`."),
            );
        }
    }
}

fn not_text(path: &str, bytes: &[u8]) -> Diagnostic {
    let valid = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let place = Place::new(&SourceText::new(path, valid.to_owned()), valid.len()..valid.len());
    Diagnostic::error(Code::InvalidEncoding, "the chapter is not UTF-8 text")
        .at(place)
        .hint("Save the file as UTF-8.")
}

/// The first character that no text has: no page may hold it.
fn control_character(source: &Arc<SourceText>) -> Option<Diagnostic> {
    let is_control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    let (at, letter) = source.text().char_indices().find(|(_, letter)| is_control(*letter))?;
    let name = format!("the control character U+{:04X}", u32::from(letter));
    let place = Place::new(source, at..at + letter.len_utf8());
    Some(Diagnostic::error(Code::ControlCharacter, name).at(place))
}

fn read(
    path: &str,
    language: &Language,
    html: RawHtml,
    words: &Words,
    files: &Files<'_>,
) -> Partial<Chapter> {
    let sources = files.sources;
    let mut found = Findings::default();
    let Some(Ok(source)) = sources.text(path) else {
        found.push(not_text(path, sources.get(path).unwrap_or_default()));
        return Partial { value: None, found };
    };
    found.extend(warning_of_twice(&source));
    found.extend(control_character(&source));
    let text = source.text();
    let Some((header, start)) = front_matter::split(text) else {
        found.push(front_matter::missing(&source));
        return Partial { value: None, found };
    };
    let mut front = front_matter::read(&source, header, &mut found);
    if let Some(front) = &mut front {
        front.set(words);
    }
    let body = markdown::render(&source, start, html, words, files, &mut found);
    let (Some(front), Some(body)) = (front, body) else { return Partial { value: None, found } };
    let stem = stem(path).to_owned();
    if slug(&stem) != stem.to_lowercase().replace('_', "-") {
        found.push(
            Diagnostic::error(
                Code::BadValue,
                format!("the file name `{stem}.md` cannot be an address"),
            )
            .at(Place::file(&source))
            .hint(format!(
                "Name it `{}.md`: letters without accents, digits, hyphens.",
                slug(&stem)
            )),
        );
    }
    if is_device(&stem) {
        found.push(
            Diagnostic::error(
                Code::ReservedAddress,
                format!("Windows keeps the name `{stem}` for a device: no page may have it"),
            )
            .at(Place::file(&source))
            .hint(format!("Name it `chapter-{}.md`.", slug(&stem))),
        );
    }
    let chapter = Chapter { language: language.clone(), source, stem, front, body };
    Partial { value: Some(chapter), found }
}
