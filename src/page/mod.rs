//! The pages: chapters with their figures put into the templates of the theme.
//!
//! What a page needs is settled first ([`answer`]: every question that a
//! chapter asks of the data is answered or complained about); then each page
//! is rendered by itself, in any order.

mod answer;
mod answered;
mod book;
mod bound;
mod card;
mod chunk;
mod citation;
mod context;
mod dictionary;
mod figure_names;
mod fingerprint;
mod generated;
mod index;
mod json_ld;
mod license;
mod memory;
mod menu;
mod part;
mod policy;
mod prose;
mod section;
mod sift;
mod template;
mod terms;

pub use answer::{Trust, answer, blamed_on_text};
pub use answered::Answered;
pub use book::{AnsweredBook, Untranslated, untranslated};
pub use citation::citation_files;
pub use context::{FEED, MANIFEST, Shared, languages, shared};
pub use dictionary::{Column, answers_title, codebook_meaning, result_columns};
pub use fingerprint::fingerprint;
pub use generated::Desk;
pub use index::{SearchIndex, search_entry};
pub use license::license_url;
pub use memory::Memory;
pub use part::Part;
pub use policy::with_hashes;
pub use section::Generated;
pub use template::{Templates, load as load_templates};

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::chart::{Colours, Font};
use crate::config::{Config, Language};
use crate::diag::Mistakes;
use crate::figure::{self, Figure, Plan, Scope};

use chunk::Chunk;

/// The program that makes the site, as pages state it.
const GENERATOR: &str = concat!("barometer ", env!("CARGO_PKG_VERSION"));

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path in the site, with `/` separators.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// What is the same for all pages of a site.
#[derive(Debug, Clone, Copy)]
pub struct Press<'a> {
    /// The settings.
    pub config: &'a Config,
    /// The templates, parsed.
    pub templates: &'a Templates,
    /// The font that drawings are measured with.
    pub font: &'a Font,
    /// The colours of drawings outside of pages.
    pub colours: &'a Colours,
    /// Fingerprinted names of the theme's files.
    pub assets: &'a Assets,
    /// The files of the open data, as they were written.
    pub data: &'a [DataFile],
}

/// A file of the open data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFile {
    /// Its path in the site.
    pub path: String,
    /// Its length, in bytes.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// The names under which the theme's files are published, relative to the root.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    /// The style sheet.
    pub style: String,
    /// The script, if the theme has one.
    pub script: Option<String>,
    /// What searches, fetched when a reader comes to the field.
    pub search: Option<String>,
    /// The icon.
    pub icon: Option<String>,
    /// The icon as a picture, for what does not know drawings.
    pub picture: Option<String>,
    /// Fonts worth asking for early.
    pub fonts: Vec<String>,
}

/// A page of a book with all that it says.
#[derive(Debug)]
pub struct Page<'b, 'a> {
    book: &'b AnsweredBook<'a>,
    position: Position,
    /// What the data write on it.
    generated: Option<Cow<'b, Generated<'a>>>,
}

impl<'b, 'a> Page<'b, 'a> {
    /// Writes what was not written yet.
    pub fn new<'g: 'a>(
        desk: &Desk<'_, 'g>,
        book: &'b AnsweredBook<'a>,
        position: Position,
    ) -> Self {
        let generated = book.generated_on(position).map(|page| generated::written(desk, page));
        Self { book, position, generated }
    }
}

/// A page with what belongs to it.
#[derive(Debug)]
pub struct Printed {
    /// The page.
    pub page: File,
    /// Pages of one figure each, for frames of other sites.
    pub frames: Vec<File>,
    /// The files of its figures.
    pub files: Vec<File>,
    /// Drawings that are to be pictures: PNG by their path, SVG by their bytes.
    pub pictures: Vec<File>,
    /// What it puts on the page of the whole report.
    pub leaf: Option<Leaf>,
    /// How many figures it has.
    pub figures: usize,
}

/// The content of a chapter, for the page of the whole report.
#[derive(Debug)]
pub struct Leaf {
    position: Position,
    chunks: Vec<Chunk>,
    /// The figures that have a number: number, title and anchor.
    figures: Vec<(usize, String, String)>,
}

/// Renders one page with the files of its figures; a borrowed text has the
/// words of its own language around its figures. `Err`: a template failed.
pub fn chapter(
    press: &Press<'_>,
    shared: &BTreeMap<&Language, Shared>,
    page: &Page<'_, '_>,
) -> Result<Printed, Mistakes> {
    let Page { book, position, ref generated } = *page;
    let own = &shared[book.language];
    let answered = book.answered(position);
    let generated = generated.as_deref();
    let draw = |scope: &Scope<'_>, plans: &[Plan<'_>]| -> Vec<Figure> {
        plans.iter().map(|plan| figure::draw(scope, plan, press.font)).collect()
    };
    let mut figures =
        answered.map(|chapter| draw(&chapter.scope, &chapter.figures)).unwrap_or_default();
    let told = figures.len();
    figures.extend(generated.map(|page| draw(&book.scope, &page.figures)).unwrap_or_default());
    let speaking = answered.map_or(&book.scope, |answered| &answered.scope);
    let has_card = press.config.site.url.is_some() && card::is_own(book, position);
    let card = has_card.then(|| card::draw(press, speaking, position, answered, &figures));
    let image = context::image(own, book, position, card.as_ref());
    let (of_text, of_data) = figures.split_at(told);
    let content = content(press, shared, page, (of_text, of_data), image.as_ref())?;
    let told = context::Told { answered, generated };
    let glimpses = match position {
        Position::Home => glimpses(press, book),
        _ => BTreeMap::new(),
    };
    let about = context::About { glimpses, position, told, image };
    let context = context::page(own, book, about, &chunk::joined(&content.chunks), &figures);
    let template = match position {
        Position::Home => "home.html",
        Position::Chapter(_) | Position::Generated(_) => "chapter.html",
    };
    let html = with_hashes(press.templates.render(template, &context)?);
    let page = File {
        path: format!("{}{}", book.folder, book.address(position)),
        bytes: html.into_bytes(),
    };
    let leaf = (book.is_bound() && answered.is_some()).then(|| Leaf {
        position,
        chunks: content.chunks,
        figures: figures.iter().filter_map(Leaf::figure).collect(),
    });
    let count = figures.len();
    let card = card.map(|card| File {
        path: card::address(book, position),
        bytes: press.colours.paint(card.drawing.svg).into_bytes(),
    });
    let (files, pictures) = downloads(press, &book.folder, figures);
    let pictures = card.into_iter().chain(pictures).collect();
    Ok(Printed { page, frames: content.frames, files, pictures, leaf, figures: count })
}

/// What stands on a page, and the pages of its figures for other sites.
struct Content {
    chunks: Vec<Chunk>,
    frames: Vec<File>,
}

/// The text of a page, then what the data write on it, each with its figures;
/// `image` is the card of the page.
fn content(
    press: &Press<'_>,
    shared: &BTreeMap<&Language, Shared>,
    page: &Page<'_, '_>,
    (of_text, of_data): (&[Figure], &[Figure]),
    image: Option<&context::Image>,
) -> Result<Content, Mistakes> {
    let book = page.book;
    let (mut chunks, mut frames) = (vec![], vec![]);
    if let Some(chapter) = book.answered(page.position) {
        let speaking = (&shared[&chapter.chapter.language], book.root);
        let stem = &chapter.chapter.stem;
        let made = prose::figures(press, speaking, of_text, (stem, image))?;
        chunks = prose::html(chapter, &made.drawn, &speaking.0.terms);
        frames.extend(made.frames.into_iter().map(|(address, html)| File {
            path: format!("{}{address}", book.folder),
            bytes: html.into_bytes(),
        }));
    }
    if let Some(written) = page.generated.as_deref() {
        let sections = prose::sections(press, &shared[book.language], written, of_data)?;
        chunks.push(Chunk::Words(sections));
    }
    Ok(Content { chunks, frames })
}

/// The files of figures, and those of their drawings that are to be pictures.
fn downloads(press: &Press<'_>, folder: &str, figures: Vec<Figure>) -> (Vec<File>, Vec<File>) {
    let (mut files, mut pictures) = (vec![], vec![]);
    for figure in figures {
        let file = |ending, bytes| File {
            path: format!("{folder}{}", context::download(&figure.id, ending)),
            bytes,
        };
        files.push(file("csv", figure.csv));
        if let Some(drawing) = figure.file {
            let drawing = press.colours.paint(drawing.svg).into_bytes();
            // Only what chapters tell is painted.
            if press.config.figures.png && figure.number.is_some() {
                pictures.push(file("png", drawing.clone()));
            }
            files.push(file("svg", drawing));
        }
    }
    (files, pictures)
}

/// What is seen of each chapter on the home page, by its address. A long
/// report has a plain list there.
fn glimpses(press: &Press<'_>, book: &AnsweredBook<'_>) -> BTreeMap<String, figure::Glimpse> {
    if !book.is_bound() {
        return BTreeMap::new();
    }
    let of = |chapter: &Answered<'_>| {
        let address = format!("{}.html", chapter.chapter.stem);
        Some((address, card::glimpse(chapter, press.font)?))
    };
    book.chapters.iter().filter_map(of).collect()
}

impl Leaf {
    fn figure(figure: &Figure) -> Option<(usize, String, String)> {
        Some((figure.number?, figure.title_text.clone(), format!("fig-{}", figure.id)))
    }
}

/// Renders the page of the whole report, which stands at `position`, from what
/// its chapters put on it.
pub fn report(
    press: &Press<'_>,
    shared: &Shared,
    book: &AnsweredBook<'_>,
    position: Position,
    leaves: &[&Leaf],
) -> Result<File, Mistakes> {
    let context = context::report(shared, book, position, leaves);
    let html = with_hashes(press.templates.render("print.html", &context)?);
    Ok(File {
        path: format!("{}{}", book.folder, book.address(position)),
        bytes: html.into_bytes(),
    })
}

/// Renders the page for addresses that do not exist: one for the whole site,
/// in every language, the default first.
pub fn not_found(
    press: &Press<'_>,
    shared: &BTreeMap<&Language, Shared>,
    books: &[AnsweredBook<'_>],
) -> Result<File, Mistakes> {
    let context = context::not_found(press.config, shared, books);
    let html = with_hashes(press.templates.render("not_found.html", &context)?);
    Ok(File { path: "404.html".to_owned(), bytes: html.into_bytes() })
}

/// Which page of a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Position {
    /// `index.html`.
    Home,
    /// A chapter by its place.
    Chapter(usize),
    /// A page that the data write, by its place.
    Generated(usize),
}
