//! A drawing made ready: for a page, or as a file of its own.

use super::font::Font;
use super::layout::{Anchor, Layout, MARGIN};
use super::palette::Role;
use super::shape::Class;
use super::style::Style;
use super::svg::{self, Lengths};
use super::writer::Writer;

/// A drawing of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// `<svg viewBox="…" font-family="…">…</svg>`: without width, height and
    /// ids, so that it takes the width it is given and can stand in a page
    /// with others.
    pub svg: String,
    /// Width in pixels at which texts have their size.
    pub width: f64,
    /// Height in pixels at that width.
    pub height: f64,
}

/// What a drawing in a page is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access<'a> {
    /// Its name: the finding.
    pub name: &'a str,
    /// The id of the element that describes it in words.
    pub description: &'a str,
}

/// The words around a drawing that stands alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caption<'a> {
    /// The finding.
    pub title: &'a str,
    /// What, who, when; may be empty.
    pub subtitle: &'a str,
    /// Where it comes from, below.
    pub source: &'a str,
}

/// Around a drawing that stands alone, in pixels.
const BORDER: f64 = 24.0;

impl Drawing {
    pub(super) fn new(layout: &Layout, font: &Font) -> Self {
        Self { svg: svg::write(layout, font), width: layout.width, height: layout.height }
    }

    /// Returns the drawing for a page, with a class and what it is called.
    pub fn inline(&self, class: &str, access: Access<'_>) -> String {
        let (root, content) = self.parts();
        let mut writer = Writer::with_capacity(self.svg.len() + 200);
        writer.element(
            "svg",
            |attributes| {
                attributes.text("class", class).text("role", "img").text("aria-label", access.name);
                attributes.text("aria-describedby", access.description);
                // The root's own attributes follow those of the page.
                attributes.raw(root);
            },
            |writer| writer.raw(content),
        );
        writer.finish()
    }

    /// The attributes of the root with the blank before them, and its content.
    /// Attributes are escaped, so the first `>` ends them.
    fn parts(&self) -> (&str, &str) {
        let rest = self.svg.strip_prefix("<svg").unwrap_or(&self.svg);
        let (root, content) = rest.split_once('>').unwrap_or((rest, ""));
        (root, content.strip_suffix("</svg>").unwrap_or(content))
    }
}

/// Returns a chart as an SVG file: with its words, paper behind and real
/// colours. `layout` is that of the chart alone.
pub(super) fn file(layout: Layout, caption: Caption<'_>, font: &Font) -> Drawing {
    let width = layout.width;
    let mut page = Layout::new(width + 2.0 * BORDER);
    let heading = Style { class: Class::Label, ..Style::LABEL.sized(20.0).semibold() };
    let second = Style { class: Class::Label, ..Style::LABEL.coloured(Role::Muted) };
    let note = Style { class: Class::Label, ..Style::TICK };
    let left = (Anchor::Start, BORDER);
    let lines = heading.with(font).wrap(caption.title, width, 4);
    let mut above = page.lines(font, heading, &lines, left, BORDER - MARGIN);
    if !caption.subtitle.is_empty() {
        let lines = second.with(font).wrap(caption.subtitle, width, 3);
        above = page.lines(font, second, &lines, left, above + 4.0);
    }
    above += 10.0;
    let below = above + layout.height + 8.0;
    page.place(layout, BORDER, above);
    let lines = note.with(font).wrap(caption.source, width, 6);
    page.height = (page.lines(font, note, &lines, left, below) + BORDER - MARGIN).ceil();

    let mut writer = Writer::with_capacity(220 * (page.shapes.len() + page.texts.len() + 4));
    writer.element(
        "svg",
        |attributes| {
            attributes
                .text("xmlns", "http://www.w3.org/2000/svg")
                .number("width", page.width)
                .number("height", page.height)
                .text("viewBox", &svg::view(&page))
                .text("font-family", &svg::families(font))
                .text("role", "img");
        },
        |writer| {
            writer.element("title", |_| {}, |writer| writer.text(caption.title));
            writer.element(
                "rect",
                |attributes| {
                    attributes
                        .text("class", "background")
                        .number("width", page.width)
                        .number("height", page.height)
                        .colour("fill", Role::Paper);
                },
                |_| {},
            );
            // The reader of a file may not have the font: texts keep their
            // lengths in whatever stands in for it.
            svg::write_content(writer, &page, Lengths::Fixed);
        },
    );
    Drawing { svg: writer.finish(), width: page.width, height: page.height }
}
