//! What templates see: the contract with theme authors (`docs/content/en/theme.md`).

mod embed;
mod figure;
mod not_found;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tera::{Context, Value};

use crate::chart::Access;
use crate::config::{Config, Language};
use crate::figure::{CardPicture, Figure, Glimpse, Scope, Shows, SourceNote};
use crate::stats::answers_path;
use crate::wording::Words;

pub(super) use embed::{frame, frame_address};
use figure::TableContext;
pub(super) use figure::{download, figure};
pub(super) use not_found::not_found;

use super::answer::{Answered, AnsweredBook, Untranslated};
use super::dictionary::answers_title;
use super::generated::{Block, Generated, Section};
use super::json_ld::{self, Described};
use super::terms::{self, Terms};
use super::{Assets, DataFile, Leaf, Position, Press, bound, card};

/// The names of the feed and of the manifest in the folder of a language.
pub const FEED: &str = "feed.xml";
/// See [`FEED`].
pub const MANIFEST: &str = "site.webmanifest";

/// What the report is made with.
pub(super) const GENERATOR: &str = concat!("barometer ", env!("CARGO_PKG_VERSION"));

/// A menu longer than this shows no chapters: a page would grow with the report.
const LONGEST_MENU: usize = 60;

/// The chapter that says how the numbers are made.
const METHOD: &str = "method";
const HOME: &str = "home";
const CHAPTER: &str = "chapter";

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
    wording: Option<String>,
    /// The page that explains intervals, if there is one.
    method: Option<String>,
    /// The words that are linked.
    pub(super) terms: Terms,
}

#[derive(Serialize)]
struct SiteContext<'a> {
    title: Cow<'a, str>,
    description: Option<Cow<'a, str>>,
    author: Option<&'a str>,
    license: Option<String>,
    license_url: Option<String>,
    url: Option<&'a str>,
    base: Option<&'a str>,
    language: &'a str,
    published: Option<String>,
    published_iso: Option<String>,
    year: Option<i16>,
    generator: &'static str,
    feed: Option<&'static str>,
    version: Option<&'a str>,
    contact: Option<&'a str>,
    corrections: Vec<CorrectionContext<'a>>,
}

/// What was corrected, and when.
#[derive(Serialize)]
struct CorrectionContext<'a> {
    date: String,
    date_iso: String,
    text: Cow<'a, str>,
}

/// A file of the open data, as its reader sees it.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct FileContext {
    name: String,
    address: String,
    holds: String,
    size_text: String,
    sha256: String,
}

#[derive(Serialize)]
struct SurveyContext<'a> {
    name: &'a str,
    population: Option<&'a str>,
    wave: Option<&'a str>,
    unit: Option<&'a str>,
    respondents: Option<String>,
    population_size: Option<String>,
    response_rate: Option<String>,
    fieldwork: Option<String>,
}

#[derive(Debug, Serialize)]
struct Entry<'a> {
    kind: &'static str,
    title: &'a str,
    short_title: &'a str,
    summary: Option<&'a str>,
    address: String,
    number: Option<String>,
    /// Of its words, where it is not that of the page.
    language: Option<&'a str>,
}

/// What a page is made from: an author's text, what the data write, or both.
#[derive(Clone, Copy)]
pub(super) struct Told<'t, 'a> {
    pub(super) answered: Option<&'t Answered<'a>>,
    pub(super) generated: Option<&'t Generated<'a>>,
}

#[derive(Serialize)]
struct SectionContext<'a> {
    id: &'a str,
    title: &'a str,
    level: u8,
    blocks: Vec<BlockContext<'a>>,
}

#[derive(Serialize)]
struct BlockContext<'a> {
    #[serde(flatten)]
    block: &'a Block,
    /// Of a figure.
    html: Option<String>,
    /// Of the files of the data.
    files: &'a [FileContext],
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

/// The language of a text that is not that of its page.
#[derive(Serialize)]
struct TextLanguage<'a> {
    tag: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct Home<'a> {
    title: &'a str,
    address: &'a str,
}

#[derive(Serialize)]
struct Alternate {
    tag: String,
    url: String,
}

#[derive(Serialize)]
struct LanguageContext<'a> {
    tag: &'a str,
    name: &'a str,
    address: String,
    current: bool,
}

#[derive(Serialize)]
struct OutlineEntry<'a> {
    id: &'a str,
    title: String,
    level: u8,
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

/// Makes what all pages of a language share.
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
    context.insert("site", &site(config, scope, book));
    context.insert("survey", &survey(config, scope));
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
        data: press.data.iter().map(|file| data_file(scope, book.root, file)).collect(),
        pixels: words.text("numbers.pixels").to_owned(),
        png: config.figures.png,
        wording: config.survey.wording.as_ref().map(|text| text.get(language).to_owned()),
        method: book
            .chapters
            .iter()
            .any(|chapter| chapter.chapter.stem == METHOD)
            .then(|| format!("{METHOD}.html")),
        terms: Terms::new(terms::explained(scope)),
    }
}

fn site<'a>(config: &'a Config, scope: &Scope<'a>, book: &AnsweredBook<'_>) -> SiteContext<'a> {
    let language = scope.words.language();
    let site = &config.site;
    SiteContext {
        title: scope.words.typeset(site.title.get(language)),
        description: site.description.as_ref().map(|text| scope.words.typeset(text.get(language))),
        author: site.author.as_deref(),
        license: site.license.as_deref().map(license_name),
        license_url: site.license.as_deref().and_then(license_url),
        url: site.url.as_deref(),
        base: site.url.as_deref(),
        language: language.tag(),
        published: site.published.map(|date| scope.words.date(date)),
        published_iso: site.published.map(|date| date.to_string()),
        year: site.published.map(jiff::civil::Date::year),
        generator: GENERATOR,
        feed: book.has_feed(config).then_some(FEED),
        version: site.version.as_deref(),
        contact: site.contact.as_deref(),
        corrections: site
            .corrections
            .iter()
            .map(|correction| CorrectionContext {
                date: scope.words.date(correction.date),
                date_iso: correction.date.to_string(),
                text: scope.words.typeset(correction.text.get(language)),
            })
            .collect(),
    }
}

/// A file of the open data. Its sum is that of the bytes that were written.
fn data_file(scope: &Scope<'_>, root: &str, file: &DataFile) -> FileContext {
    let name = file.path.strip_prefix("data/").unwrap_or(&file.path);
    let holds = match name {
        "results.csv" => "data.file-results",
        "results.json" => "data.file-json",
        "codebook/survey.csv" => "data.file-questions",
        "codebook/choices.csv" => "data.file-choices",
        "datapackage.json" => "data.file-package",
        _ => "data.file-all",
    };
    let mut waves = scope.config.waves.iter();
    let answers = waves.find(|wave| answers_path(wave) == file.path);
    let holds = answers
        .map_or_else(|| scope.words.text(holds).to_owned(), |wave| answers_title(scope, wave));
    #[expect(clippy::cast_precision_loss, reason = "a file is far shorter than 2^53 kB")]
    let kilobytes = file.bytes.div_ceil(1024) as f64;
    let size = scope.words.number(kilobytes, 0);
    FileContext {
        name: name.to_owned(),
        address: format!("{root}{}", file.path),
        holds,
        size_text: scope.words.fill("numbers.kilobytes", &[("n", &size)]),
        sha256: file.sha256.clone(),
    }
}

fn survey<'a>(config: &'a Config, scope: &Scope<'a>) -> SurveyContext<'a> {
    let language = scope.words.language();
    let survey = &config.survey;
    let wave = config.current_wave();
    let known = crate::figure::response(scope);
    SurveyContext {
        name: survey.name.get(language),
        population: survey.population.as_ref().map(|text| text.get(language)),
        wave: wave
            .map(|wave| wave.label.as_ref().map_or(wave.key.as_str(), |label| label.get(language))),
        unit: survey
            .unit
            .as_ref()
            .and_then(|unit| unit.get(language))
            .map(|forms| forms.get("other")),
        respondents: known.respondents,
        population_size: known.population,
        response_rate: known.rate,
        fieldwork: wave.and_then(|wave| wave.fieldwork).map(|(from, to)| {
            scope.words.fill(
                "home.fieldwork-dates",
                &[("from", &scope.words.date(from)), ("to", &scope.words.date(to))],
            )
        }),
    }
}

/// Creative Commons licences are written without hyphens: CC BY-SA 4.0.
pub(super) fn license_name(spdx: &str) -> String {
    match spdx.strip_prefix("CC-").and_then(|rest| rest.rsplit_once('-')) {
        Some((kind, version)) => format!("CC {kind} {version}"),
        None => spdx.to_owned(),
    }
}

/// Creative Commons licences have an address that their SPDX name gives.
pub fn license_url(spdx: &str) -> Option<String> {
    if spdx == "CC0-1.0" {
        return Some("https://creativecommons.org/publicdomain/zero/1.0/".to_owned());
    }
    let (kind, version) = spdx.strip_prefix("CC-")?.rsplit_once('-')?;
    Some(format!("https://creativecommons.org/licenses/{}/{version}/", kind.to_lowercase()))
}

/// The chapters that have a number: the others go with any report, and stand
/// among the pages at its foot.
fn chapters<'a>(book: &'a AnsweredBook<'_>) -> Vec<Entry<'a>> {
    let all = (0..book.chapters.len()).map(Position::Chapter);
    all.filter(|at| book.number(*at).is_some()).map(|at| entry(book, at)).collect()
}

/// A chapter in the list of the home page.
#[derive(Serialize)]
struct CardContext<'a> {
    #[serde(flatten)]
    entry: Entry<'a>,
    figure: Option<GlimpseContext<'a>>,
}

/// A figure of a chapter at a glance.
#[derive(Serialize)]
struct GlimpseContext<'a> {
    title: &'a str,
    address: String,
    drawing: Option<String>,
    kind: &'static str,
    table: Option<TableContext<'a>>,
    number_value: Option<&'a str>,
    number_label: Option<&'a str>,
    provenance_label: Option<&'a str>,
    description_id: Option<String>,
    notes: &'a [String],
}

fn cards<'a>(
    shared: &'a Shared,
    book: &'a AnsweredBook<'_>,
    glimpses: &'a BTreeMap<String, Glimpse>,
) -> Vec<CardContext<'a>> {
    let card = |entry: Entry<'a>| {
        let figure = glimpses.get(&entry.address).map(|glimpse| {
            let (drawing, number) = match &glimpse.shows {
                Shows::Drawing(drawing, table) => (Some((drawing, table)), None),
                Shows::Number(number) => (None, Some(number)),
            };
            let description_id = entry.summary.map(|_| format!("page-summary-{}", glimpse.anchor));
            let access =
                Access::Named { name: &glimpse.title, description: description_id.as_deref() };
            let (drawing, table) = drawing
                .map(|(drawing, table)| {
                    (drawing.inline("chart glimpse", access), figure::table(table))
                })
                .unzip();
            GlimpseContext {
                title: &glimpse.title,
                address: format!("{}#{}", entry.address, glimpse.anchor),
                drawing,
                kind: glimpse.kind.name(),
                table,
                number_value: number.map(|number| number.datum.text.as_str()),
                number_label: number.map(|number| number.label.as_str()),
                provenance_label: shared.provenance_label(glimpse.provenance),
                notes: &glimpse.notes,
                description_id,
            }
        });
        CardContext { entry, figure }
    };
    chapters(book).into_iter().map(card).collect()
}

/// The heading of level 1.
pub(super) fn title(book: &AnsweredBook<'_>, position: Position) -> String {
    let title = entry(book, position).title;
    if title.is_empty() {
        let scope = &book.scope;
        return scope.words.typeset(scope.config.site.title.get(book.language)).into_owned();
    }
    title.to_owned()
}

/// What a page says of itself and of others, but for what all pages share.
pub(super) fn surroundings(book: &AnsweredBook<'_>, position: Position) -> String {
    let around = (entry(book, position), neighbours(book, position), book.borrowed_from(position));
    match position {
        Position::Home => format!("{around:?}{:?}", chapters(book)),
        _ => format!("{around:?}"),
    }
}

/// A page as menus and lists show it.
fn entry<'a>(book: &'a AnsweredBook<'_>, position: Position) -> Entry<'a> {
    let address = book.address(position);
    let language = book.borrowed_from(position).map(Language::tag);
    match position {
        Position::Home => {
            let title = book.home.as_ref().map_or("", |home| home.chapter.front.title.as_str());
            Entry {
                kind: HOME,
                title,
                short_title: title,
                summary: None,
                address,
                number: None,
                language,
            }
        }
        Position::Chapter(at) => {
            let front = &book.chapters[at].chapter.front;
            Entry {
                kind: CHAPTER,
                title: &front.title,
                short_title: front.short_title.as_ref().unwrap_or(&front.title),
                summary: front.summary.as_deref(),
                address,
                number: book.number(position).map(|number| number.to_string()),
                language,
            }
        }
        Position::Generated(at) => {
            let page = &book.generated[at];
            Entry {
                kind: page.part.name(),
                title: &page.title,
                short_title: &page.short_title,
                summary: page.summary.as_deref(),
                address,
                number: None,
                language: None,
            }
        }
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
    context.insert("outline", &outline(told));
    context.insert("sources", &cited(figures));
    if position == Position::Home {
        context.insert("chapters", &cards(shared, book, &glimpses));
    }
    context.insert_value("content", Value::safe_string(content));
    context
}

/// A chapter on the page of the whole report.
#[derive(Serialize)]
struct BoundContext<'a> {
    id: &'a str,
    title: &'a str,
    short_title: &'a str,
    number: Option<String>,
    summary: Option<&'a str>,
    language: Option<&'a str>,
    simulated: bool,
    content: Value,
}

/// A figure in the list of figures.
#[derive(Serialize)]
struct ListedFigure<'a> {
    number: usize,
    title: &'a str,
    anchor: &'a str,
}

/// The context of the page of the whole report.
pub(super) fn report(
    shared: &Shared,
    book: &AnsweredBook<'_>,
    position: Position,
    leaves: &[&Leaf],
) -> Context {
    let told = Told { answered: None, generated: None };
    let image = image(shared, book, position, None);
    let about = About { glimpses: BTreeMap::new(), position, told, image };
    let mut context = page(shared, book, about, "", &[]);
    let stems: Vec<String> = leaves.iter().map(|leaf| stem(book, leaf.position)).collect();
    let known: BTreeSet<&str> = stems.iter().map(String::as_str).collect();
    let chapters = leaves.iter().zip(&stems).map(|(leaf, stem)| {
        let entry = entry(book, leaf.position);
        BoundContext {
            id: stem,
            title: entry.title,
            short_title: entry.short_title,
            number: entry.number,
            summary: entry.summary,
            language: entry.language,
            simulated: book.answered(leaf.position).is_some_and(Answered::is_simulated),
            content: Value::safe_string(&bound::bind(
                &leaf.chunks,
                stem,
                entry.short_title,
                &known,
            )),
        }
    });
    context.insert("chapters", &chapters.collect::<Vec<_>>());
    let figures = leaves.iter().flat_map(|leaf| &leaf.figures);
    let figures =
        figures.map(|(number, title, anchor)| ListedFigure { number: *number, title, anchor });
    context.insert("figures", &figures.collect::<Vec<_>>());
    context
}

fn stem(book: &AnsweredBook<'_>, position: Position) -> String {
    book.address(position).trim_end_matches(".html").to_owned()
}

/// The context of the sections that the data write; `html` gives the figures.
pub(super) fn sections(
    shared: &Shared,
    page: &Generated<'_>,
    html: &dyn Fn(&Block) -> Option<String>,
) -> Context {
    let sections = page.sections.iter().map(|section| {
        let Section { id, title, level, blocks } = section;
        let files = |block: &Block| match block {
            Block::Files { .. } => shared.data.as_slice(),
            _ => &[],
        };
        let blocks = blocks
            .iter()
            .map(|block| BlockContext { block, html: html(block), files: files(block) })
            .collect();
        SectionContext { id, title, level: *level, blocks }
    });
    let mut context = shared.light();
    context.insert("sections", &sections.collect::<Vec<_>>());
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

/// The languages of the site with their own names, the default first.
pub fn languages(config: &Config, words: &BTreeMap<Language, Words>) -> Vec<(String, String)> {
    let known =
        config.site.languages.iter().filter_map(|language| Some((language, words.get(language)?)));
    known
        .map(|(language, words)| {
            (language.tag().to_owned(), words.text("language.name").to_owned())
        })
        .collect()
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

    /// The address that search engines are told: of a borrowed text, that of
    /// the page in its own language.
    fn canonical(&self, borrowed: Option<&Language>, address: &str) -> Option<String> {
        let page = if address == "index.html" { "" } else { address };
        let folder = match borrowed {
            Some(language) => self.folder_of(language.tag()),
            None => self.folder.clone(),
        };
        self.url.as_ref().map(|url| format!("{url}{folder}{page}"))
    }

    fn folder_of(&self, tag: &str) -> String {
        let is_default = self.languages.first().is_some_and(|(default, _)| default == tag);
        if is_default { String::new() } else { format!("{tag}/") }
    }

    fn language(&self, language: &Language) -> Option<TextLanguage<'_>> {
        let (tag, name) = self.languages.iter().find(|(tag, _)| tag == language.tag())?;
        Some(TextLanguage { tag, name })
    }

    /// The same page in every language, the default first; one entry is none.
    fn alternates(&self, address: &str) -> Vec<Alternate> {
        let Some(url) = self.url.as_ref().filter(|_| 1 < self.languages.len()) else {
            return vec![];
        };
        let page = if address == "index.html" { "" } else { address };
        let lacking = self.untranslated.get(address);
        let has_text = |tag: &str| {
            !lacking.is_some_and(|languages| languages.iter().any(|one| one.tag() == tag))
        };
        let languages = self.languages.iter().filter(|(tag, _)| has_text(tag));
        let mut alternates: Vec<_> = languages
            .map(|(tag, _)| Alternate {
                tag: tag.clone(),
                url: format!("{url}{}{page}", self.folder_of(tag)),
            })
            .collect();
        if alternates.len() < 2 {
            return vec![];
        }
        if let Some(default) = alternates.first().map(|first| first.url.clone()) {
            alternates.push(Alternate { tag: "x-default".to_owned(), url: default });
        }
        alternates
    }

    fn switch<'a>(&'a self, book: &AnsweredBook<'_>, address: &str) -> Vec<LanguageContext<'a>> {
        let languages = self.languages.iter().enumerate();
        languages
            .map(|(at, (tag, name))| LanguageContext {
                tag,
                name,
                address: if at == 0 {
                    format!("{}{address}", book.root)
                } else {
                    format!("{}{tag}/{address}", book.root)
                },
                current: tag == book.language.tag(),
            })
            .collect()
    }
}

fn neighbours<'a>(
    book: &'a AnsweredBook<'_>,
    position: Position,
) -> (Option<Entry<'a>>, Option<Entry<'a>>) {
    let entry = |at: usize| book.menu.get(at).map(|position| entry(book, *position));
    if position == Position::Home {
        return (None, entry(0));
    }
    match book.place_in_menu(position) {
        Some(at) => (at.checked_sub(1).and_then(entry), entry(at + 1)),
        None => (None, None),
    }
}

fn outline<'a>(told: Told<'a, '_>) -> Vec<OutlineEntry<'a>> {
    let own = told.answered.into_iter().flat_map(|answered| {
        let headings = answered.headings.iter().filter(|heading| heading.level <= 3);
        headings.map(|heading| OutlineEntry {
            id: &heading.id,
            title: answered.heading(&heading.parts),
            level: heading.level,
        })
    });
    let sections = told.generated.into_iter().flat_map(|page| &page.sections);
    let sections = sections.filter(|section| !section.title.is_empty()).map(|section| {
        OutlineEntry { id: &section.id, title: section.title.clone(), level: section.level }
    });
    own.chain(sections).collect()
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
