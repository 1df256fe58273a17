//! What templates see: the contract with theme authors (`docs/content/en/theme.md`).

mod embed;
mod entry;
mod figure;
mod home;
mod languages;
mod not_found;
mod open_data;
mod report;
mod sections;
mod site;

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Context, Value};

use crate::config::Language;
use crate::figure::{CardPicture, Figure, Glimpse, SourceNote};

pub(super) use embed::{frame, frame_address};
pub(super) use entry::{surroundings, title};
pub(super) use figure::{download, figure};
pub use languages::languages;
pub(super) use not_found::not_found;
pub(super) use report::report;
pub(super) use sections::sections;
pub use site::{FEED, MANIFEST};

use entry::{CHAPTER, entry, neighbours};
use languages::{Alternate, TextLanguage};
use open_data::FileContext;

use super::answered::Answered;
use super::book::{AnsweredBook, Untranslated};
use super::json_ld::{self, Described};
use super::section::Generated;
use super::terms::{self, Terms};
use super::{Assets, Position, Press, card};

/// A menu longer than this shows no chapters: a page would grow with the report.
const LONGEST_MENU: usize = 60;

/// The chapter that says how the numbers are made.
const METHOD: &str = "method";

/// What is the same on every page of a language, made once.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    context: Context,
    url: Option<String>,
    folder: String,
    languages: Vec<(String, String)>,
    untranslated: Untranslated,
    home_title: String,
    simulated: String,
    simulated_part: String,
    other_study: String,
    kilobytes: String,
    /// The files of the open data, with what they hold.
    data: Vec<FileContext>,
    pixels: String,
    png: bool,
    /// The page that explains intervals, if there is one.
    method: Option<String>,
    /// The words that are linked.
    pub(super) terms: Terms,
}

/// What a page is made from: an author's text, what the data write, or both.
#[derive(Clone, Copy)]
pub(super) struct Told<'t, 'a> {
    pub(super) answered: Option<&'t Answered<'a>>,
    pub(super) generated: Option<&'t Generated<'a>>,
}

#[derive(Serialize)]
struct PageContext<'a> {
    kind: &'a str,
    title: &'a str,
    short_title: &'a str,
    summary: Option<&'a str>,
    address: &'a str,
    canonical: Option<String>,
    text_language: Option<TextLanguage<'a>>,
    root: &'a str,
    number: Option<String>,
    kicker: Option<&'a str>,
    updated: Option<String>,
    topic: Option<&'a str>,
    alternates: Vec<Alternate>,
    image: Option<Image>,
    json_ld: Option<String>,
    /// Whether anything on it rests on simulated answers.
    simulated: bool,
}

/// The card of a page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Image {
    url: String,
    width: u32,
    height: u32,
    alt: String,
}

#[derive(Serialize)]
struct Home<'a> {
    title: &'a str,
    address: &'a str,
}

#[derive(Serialize)]
struct AssetsContext {
    style: String,
    script: Option<String>,
    search: Option<String>,
    index: Option<String>,
    icon: Option<String>,
    picture: Option<String>,
    manifest: &'static str,
    fonts: Vec<String>,
}

/// Makes what all pages of a language share. `names` are the languages of the site
/// with their own names, see [`languages()`].
pub fn shared(
    press: &Press<'_>,
    book: &AnsweredBook<'_>,
    names: &[(String, String)],
    untranslated: &Untranslated,
) -> Shared {
    let config = press.config;
    let scope = &book.scope;
    let words = scope.words;
    let language = words.language();
    let mut context = Context::new();
    context.insert("lang", language.tag());
    context.insert("site", &site::site(config, scope, book));
    context.insert("survey", &site::survey(config, scope));
    let mut menu: Vec<_> = book.menu.iter().map(|position| entry(book, *position)).collect();
    if LONGEST_MENU < menu.len() {
        menu.retain(|entry| entry.kind != CHAPTER);
    }
    context.insert("navigation", &menu);
    let foot = book.foot.iter().map(|position| entry(book, *position));
    context.insert("pages", &foot.collect::<Vec<_>>());
    context.insert("assets", &assets(press.assets, book));
    context.insert("home", &Home { title: config.site.title.get(language), address: "index.html" });
    Shared {
        context,
        url: config.site.url.clone(),
        folder: book.folder.clone(),
        languages: names.to_vec(),
        untranslated: untranslated.clone(),
        home_title: words.typeset(config.site.title.get(language)).into_owned(),
        simulated: words.text("provenance.simulated").to_owned(),
        simulated_part: words.text("provenance.simulated-part").to_owned(),
        other_study: words.text("provenance.other-study").to_owned(),
        kilobytes: words.text("numbers.kilobytes").to_owned(),
        data: press.data.iter().map(|file| open_data::data_file(scope, book.root, file)).collect(),
        pixels: words.text("numbers.pixels").to_owned(),
        png: config.figures.png,
        method: book
            .chapters
            .iter()
            .any(|chapter| chapter.chapter.stem == METHOD)
            .then(|| format!("{METHOD}.html")),
        terms: Terms::new(terms::explained(scope)),
    }
}

/// Where the index of a language lies. Its name has no fingerprint: every page
/// names it, and would change with every word of any other.
pub(super) fn index_address(language: &Language) -> String {
    format!("assets/search-{language}.js")
}

fn assets(assets: &Assets, book: &AnsweredBook<'_>) -> AssetsContext {
    let root = book.root;
    let from_root = |path: &String| format!("{root}{path}");
    AssetsContext {
        style: from_root(&assets.style),
        script: assets.script.as_ref().map(from_root),
        search: assets.search.as_ref().map(from_root),
        index: assets.search.as_ref().map(|_| from_root(&index_address(book.language))),
        icon: assets.icon.as_ref().map(from_root),
        picture: assets.picture.as_ref().map(from_root),
        manifest: MANIFEST,
        fonts: assets.fonts.iter().map(from_root).collect(),
    }
}

/// Which page a context is for, and what it is made from.
pub(super) struct About<'t, 'a> {
    /// On the home page, what is seen of each chapter.
    pub(super) glimpses: BTreeMap<String, Glimpse>,
    pub(super) position: Position,
    pub(super) told: Told<'t, 'a>,
    pub(super) image: Option<Image>,
}

/// The context of a page.
pub(super) fn page(
    shared: &Shared,
    book: &AnsweredBook<'_>,
    about: About<'_, '_>,
    content: &str,
    figures: &[Figure],
) -> Context {
    let About { glimpses, position, told, image } = about;
    let entry = entry(book, position);
    let borrowed = book.borrowed_from(position);
    let front = told.answered.map(|answered| &answered.chapter.front);
    let is_untitled = position == Position::Home && front.is_none();
    let title = if is_untitled { shared.home_title.as_str() } else { entry.title };
    let canonical = shared.canonical(borrowed, &entry.address);
    let json_ld = shared.url.as_ref().zip(canonical.as_ref()).map(|(url, canonical)| {
        let image = image.as_ref().map(|image| image.url.as_str());
        let files = shared.data.iter().map(|file| file.name.as_str()).collect();
        let page = Described { position, answered: told.answered, title, canonical, image, files };
        json_ld::text(book, url, &page)
    });
    let mut context = shared.context.clone();
    context.insert(
        "page",
        &PageContext {
            kind: entry.kind,
            title,
            short_title: front
                .and_then(|front| front.short_title.as_deref())
                .unwrap_or(if is_untitled { title } else { entry.short_title }),
            summary: front.and_then(|front| front.summary.as_deref()).or(entry.summary),
            address: &entry.address,
            canonical,
            text_language: borrowed.and_then(|language| shared.language(language)),
            root: book.root,
            number: entry.number,
            kicker: told.generated.and_then(|page| page.kicker.as_deref()),
            updated: told.answered.and_then(|answered| {
                Some(answered.scope.words.date(answered.chapter.front.updated?))
            }),
            topic: front.and_then(|front| front.topic.as_ref()).map(|topic| topic.value.as_str()),
            alternates: shared.alternates(&entry.address),
            json_ld,
            image,
            simulated: told.answered.is_some_and(Answered::is_simulated)
                || told.generated.is_some_and(Generated::is_simulated),
        },
    );
    context.insert("languages", &shared.switch(book, &entry.address));
    let (previous, next) = neighbours(book, position);
    context.insert("previous", &previous);
    context.insert("next", &next);
    context.insert("outline", &sections::outline(told));
    context.insert("sources", &cited(figures));
    if position == Position::Home {
        context.insert("chapters", &home::cards(shared, book, &glimpses));
    }
    context.insert_value("content", Value::safe_string(content));
    context
}

/// What a page says of its card; without one of its own, of that of the home
/// page. `None`: without an address nobody could be shown where it lies.
pub(super) fn image(
    shared: &Shared,
    book: &AnsweredBook<'_>,
    position: Position,
    card: Option<&CardPicture>,
) -> Option<Image> {
    let (width, height) = card::size();
    let url = shared.url.as_deref()?;
    let shown = if card.is_some() { position } else { Position::Home };
    Some(Image {
        url: format!("{url}{}", card::address(book, shown)),
        width,
        height,
        alt: card.map_or(&shared.home_title, |card| &card.alternative).clone(),
    })
}

impl Shared {
    /// What the parts of a page see of the whole.
    fn light(&self) -> Context {
        let mut context = Context::new();
        for name in ["lang", "site", "survey"] {
            if let Some(value) = self.context.get(name) {
                context.insert_value(name, value.clone());
            }
        }
        context
    }
}

fn cited(figures: &[Figure]) -> Vec<&SourceNote> {
    let mut cited: Vec<&SourceNote> = vec![];
    for source in
        figures.iter().flat_map(|figure| &figure.sources).filter(|source| source.url.is_some())
    {
        if !cited.contains(&source) {
            cited.push(source);
        }
    }
    cited
}
