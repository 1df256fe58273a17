//! Text with holes + answers → the HTML of a chapter.

use crate::content::{Form, Passage, Piece};
use crate::diag::Mistakes;
use crate::figure::Figure;
use crate::markup::Html;

use super::answered::Answered;
use super::chunk::{Chunk, joined};
use super::context::{self, Image, Shared};
use super::part::Part;
use super::section::{Block, Generated};
use super::terms::{Linker, Terms};
use super::{Press, with_hashes};

/// The HTML of a chapter, with that of its figures and links to `terms`.
pub(super) fn html(answered: &Answered<'_>, figures: &[String], terms: &Terms) -> Vec<Chunk> {
    let is_glossary = answered.chapter.stem == Part::Glossary.name();
    let linker = (!is_glossary).then(|| Linker::new(terms));
    fill(answered, linker, |at| figures[at].clone())
}

/// The HTML of a chapter without its figures.
pub(super) fn words(answered: &Answered<'_>) -> String {
    joined(&fill(answered, None, |_| String::new()))
}

/// Fills the holes of a chapter and links its words; `figure` gives the
/// figures. Key numbers that follow each other stand in one
/// `<div class="numbers">`.
fn fill(
    answered: &Answered<'_>,
    mut linker: Option<Linker<'_>>,
    figure: impl Fn(usize) -> String,
) -> Vec<Chunk> {
    let mut link = |markup: &str| match &mut linker {
        Some(linker) => linker.link(markup),
        None => markup.to_owned(),
    };
    let (mut chunks, mut html) = (vec![], String::new());
    let mut in_numbers = false;
    // Of each passage that is open: whether it is made of sentences, and has a
    // simulated number.
    let mut passages: Vec<(bool, bool)> = vec![];
    for piece in answered.pieces.iter() {
        let key_number =
            matches!(piece, Piece::Figure(at) if answered.figures[*at].is_key_number());
        if key_number != in_numbers {
            html.push_str(if key_number { "<div class=\"numbers\">\n" } else { "</div>\n" });
            in_numbers = key_number;
        }
        match piece {
            Piece::Html(markup) => html.push_str(&link(markup)),
            Piece::NoteMark { markup, .. } => html.push_str(markup),
            Piece::Inline { expression, form } => {
                let inline = &answered.inlines[*expression];
                if let Some((_, is_simulated)) = passages.last_mut() {
                    *is_simulated |= inline.simulated;
                }
                match form {
                    Form::Element => html.push_str(&inline.html),
                    Form::Text => html.push_str(&crate::markup::escape(&inline.text)),
                }
            }
            Piece::Begin(passage) => passages.push((*passage == Passage::Sentences, false)),
            Piece::End(markup) => {
                if passages.pop() == Some((true, true)) {
                    html.push_str(&illustration(answered));
                }
                html.push_str(&link(markup));
            }
            Piece::Reference(at) => html.push_str(&answered.references[*at]),
            Piece::Figure(at) => {
                chunks.push(Chunk::Words(std::mem::take(&mut html)));
                chunks.push(Chunk::Figure(figure(*at)));
            }
        }
    }
    if in_numbers {
        html.push_str("</div>\n");
    }
    chunks.push(Chunk::Words(html));
    chunks
}

/// Says of the sentences before it that their numbers illustrate.
fn illustration(answered: &Answered<'_>) -> String {
    let mut html = Html::default();
    html.text(" ").tag("span", &[("class", "simulated-note")]);
    html.text(answered.scope.words.text("page.simulated-numbers")).end("span");
    html.into()
}

/// The figures of a page.
pub(super) struct Figures {
    /// The HTML of each.
    pub(super) drawn: Vec<String>,
    /// The page of each that can be put into another site: its path in the
    /// folder of the language, and its HTML.
    pub(super) frames: Vec<(String, String)>,
}

/// Renders the figures of the page `stem`, `root` from the root of the site;
/// `image` is its card.
pub(super) fn figures(
    press: &Press<'_>,
    (shared, root): (&Shared, &str),
    figures: &[Figure],
    (stem, image): (&str, Option<&Image>),
) -> Result<Figures, Mistakes> {
    let page = format!("{stem}.html");
    let (mut drawn, mut frames) = (vec![], vec![]);
    for figure in figures {
        let mut context = context::figure(shared, figure, &page);
        drawn.push(press.templates.render("figure.html", &context)?);
        if shared.is_embedded(figure) {
            context::frame(&mut context, press.assets, root, image);
            let html = with_hashes(press.templates.render("embed.html", &context)?);
            frames.push((context::frame_address(&figure.id), html));
        }
    }
    Ok(Figures { drawn, frames })
}

/// The sections of a page that the data write, with their figures.
pub(super) fn sections(
    press: &Press<'_>,
    shared: &Shared,
    page: &Generated<'_>,
    figures: &[Figure],
) -> Result<String, Mistakes> {
    let drawn = self::figures(press, (shared, ""), figures, (&page.stem, None))?.drawn;
    let html = |block: &Block| match block {
        Block::Figure { figure } => drawn.get(*figure).cloned(),
        _ => None,
    };
    press.templates.render("sections.html", &context::sections(shared, page, &html))
}
