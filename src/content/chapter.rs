//! The books of a report: the chapters of each language in reading order.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::config::{Config, Language, RawHtml};
use crate::diag::{Code, Diagnostic, Findings, Partial, Place, SourceText};
use crate::sources::Sources;
use crate::wording::Words;

use super::allow::Allowance;
use super::directive::FigureRequest;
use super::expression::Expression;
use super::file::{Files, LinkedFile, is_chapter};
use super::front_matter::{self, FrontMatter};
use super::link::ChapterLink;
use super::reference::FigureReference;
use super::{markdown, parity};

/// The chapters of one language.
#[derive(Debug)]
pub struct Book {
    /// The language.
    pub language: Language,
    /// `index.md`, if there is one.
    pub home: Option<Arc<Chapter>>,
    /// The others, by weight and then by name.
    pub chapters: Vec<Arc<Chapter>>,
    /// Names of the chapters that could not be read at all.
    pub unreadable: BTreeSet<String>,
}

/// One chapter: text with holes, and what is asked for in them.
#[derive(Debug)]
pub struct Chapter {
    /// The language of its text: another than its book's where that language
    /// lacks the chapter.
    pub language: Language,
    /// The file.
    pub source: Arc<SourceText>,
    /// Its name without `.md`: its address without `.html`.
    pub stem: String,
    /// What it says about itself.
    pub front: FrontMatter,
    /// Its text.
    pub body: Body,
}

/// A text, and what is asked for in it.
#[derive(Debug, Default)]
pub struct Body {
    /// HTML and holes in order.
    pub pieces: Vec<Piece>,
    /// The figures asked for; holes number them.
    pub figures: Vec<FigureRequest>,
    /// The numbers asked for; holes number them.
    pub expressions: Vec<Expression>,
    /// The headings in order.
    pub headings: Vec<Heading>,
    /// The anchors of the headings.
    pub anchors: BTreeSet<String>,
    /// Links to chapters, to be checked when all are known.
    pub links: Vec<ChapterLink>,
    /// References to figures, by number; holes number them.
    pub references: Vec<FigureReference>,
    /// Files that the page needs.
    pub files: Vec<LinkedFile>,
    /// Links to other sites.
    pub outside: Vec<OutsideLink>,
    /// Its images.
    pub images: Vec<Image>,
    /// The running text: for each paragraph, entry or cell the stretches of the
    /// file between its markup.
    pub prose: Vec<Vec<Range<usize>>>,
    /// The findings that its author allows.
    pub(super) allowances: Vec<Allowance>,
}

impl Body {
    /// Gives back the room that was left for more: it is kept for long, with
    /// those of every chapter.
    pub(super) fn shrink(&mut self) {
        self.pieces.shrink_to_fit();
        self.figures.shrink_to_fit();
        self.expressions.shrink_to_fit();
        self.headings.shrink_to_fit();
        self.links.shrink_to_fit();
        self.prose.shrink_to_fit();
        self.prose.iter_mut().for_each(Vec::shrink_to_fit);
    }

    /// The questions and batteries that its figures and numbers ask about.
    pub fn questions(&self) -> impl Iterator<Item = &str> {
        let figures = self.figures.iter().map(|figure| figure.question.value.as_str());
        let numbers = self.expressions.iter().filter_map(|number| number.argument("q"));
        figures.chain(numbers.map(|question| question.value.as_str()))
    }
}

/// A link that leads to another site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideLink {
    /// Where it leads, as it was written.
    pub address: String,
    /// Where it stands.
    pub place: Place,
}

/// An image, by what is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// What those hear who do not see it; bound numbers are left out.
    pub alternative: String,
    /// What else a reader has before them: its title, the heading above it.
    pub beside: Vec<String>,
    /// Where it stands.
    pub place: Place,
}

/// HTML, or a hole.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Finished HTML.
    Html(String),
    /// The figure of that number goes here.
    Figure(usize),
    /// The number of that expression goes here.
    Inline {
        /// Which of the chapter's expressions.
        expression: usize,
        /// Where it stands.
        form: Form,
    },
    /// The reference of that number goes here: `figure 12`.
    Reference(usize),
    /// A mark that leads to a note.
    NoteMark {
        /// The number of the note.
        note: usize,
        /// Finished HTML.
        markup: String,
    },
    /// A passage begins.
    Begin(Passage),
    /// The innermost passage ends with this markup.
    End(String),
}

/// A piece of text that stands or falls as one. Only headings, notes, and
/// passages with a hole in them are marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passage {
    /// A heading, which begins a section.
    Heading {
        /// 2 to 6.
        level: u8,
        /// Its anchor.
        id: String,
    },
    /// Sentences: a paragraph, an item of a list.
    Sentences,
    /// One statement, whatever it is made of: a quotation, a row of a table.
    Statement,
    /// A note of that number, which stands with the marks that lead to it.
    Note(usize),
    /// What is nothing without the passages in it: a list, a table.
    Container,
}

/// Where a bound number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// In running text, where it may carry its base and interval.
    Element,
    /// In an attribute: words only.
    Text,
}

impl Heading {
    /// Whether it begins a section: what languages are compared by, and what an
    /// author allows something in.
    pub(super) fn begins_section(&self) -> bool {
        self.level <= 2
    }
}

/// One heading.
#[derive(Debug, Clone)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its words, with holes for numbers.
    pub parts: Vec<HeadingPart>,
    /// Its line.
    pub place: Place,
}

/// Words, or a hole for a number.
#[derive(Debug, Clone, PartialEq)]
pub enum HeadingPart {
    /// Words.
    Text(String),
    /// The number of that expression.
    Expression(usize),
}

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
    found.extend(sources.under("content/").filter_map(|(path, _)| stray(path, languages)));
    let mut books: Vec<_> =
        languages.iter().map(|language| reader.book(language, drafts, &mut found)).collect();
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
    fn book(&self, language: &Language, drafts: Drafts, found: &mut Findings) -> Book {
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
        check_addresses(&chapters, found);
        chapters.retain(|chapter| drafts == Drafts::Built || !chapter.front.draft);
        let mut book = Book { language: language.clone(), home: None, chapters, unreadable };
        book.put_in_order();
        book
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

impl Book {
    /// Every chapter, the home page first.
    pub fn all(&self) -> impl Iterator<Item = &Chapter> {
        self.home.iter().chain(&self.chapters).map(AsRef::as_ref)
    }

    /// The chapters in its own language, by name.
    pub(super) fn own(&self) -> BTreeMap<&str, &Chapter> {
        let own = self.all().filter(|chapter| chapter.language == self.language);
        own.map(|chapter| (chapter.stem.as_str(), chapter)).collect()
    }

    /// The names of the chapters of `other`, its own, that this book has not.
    fn lacking(&self, other: &Self) -> Vec<String> {
        let has: BTreeSet<&str> = self.all().map(|chapter| chapter.stem.as_str()).collect();
        let lacks = |stem: &str| !has.contains(stem) && !self.unreadable.contains(stem);
        other.own().into_keys().filter(|stem| lacks(stem)).map(str::to_owned).collect()
    }

    /// Takes the home page out of the chapters and sorts the others.
    fn put_in_order(&mut self) {
        if let Some(at) = self.chapters.iter().position(|chapter| chapter.stem == "index") {
            self.home = Some(self.chapters.remove(at));
        }
        self.chapters.sort_by(|a, b| {
            a.front.weight.total_cmp(&b.front.weight).then_with(|| a.stem.cmp(&b.stem))
        });
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
    if crate::survey::slug(&stem) != stem.to_lowercase().replace('_', "-") {
        found.push(
            Diagnostic::error(
                Code::BadValue,
                format!("the file name `{stem}.md` cannot be an address"),
            )
            .at(Place::file(&source))
            .hint(format!(
                "Name it `{}.md`: letters without accents, digits, hyphens.",
                crate::survey::slug(&stem)
            )),
        );
    }
    let chapter = Chapter { language: language.clone(), source, stem, front, body };
    Partial { value: Some(chapter), found }
}
