//! A layout → SVG: shapes and texts as elements, with the window that shows them.

use super::font::{Font, Weight};
use super::layout::{Anchor, Layout, TextBox};
use super::palette::Role;
use super::shape::{Form, Shape};
use super::style::Halo;
use super::writer::{Writer, number};

/// Writes a layout as `<svg viewBox>` without width, height or ids.
pub(super) fn write(layout: &Layout, font: &Font) -> String {
    let mut writer = Writer::with_capacity(160 * (layout.shapes.len() + layout.texts.len() + 1));
    writer.element(
        "svg",
        |attributes| {
            attributes.text("viewBox", &bleeding(layout)).text("font-family", &families(font));
        },
        |writer| write_content(writer, layout, Lengths::Natural),
    );
    // A drawing of nothing keeps its closing tag, which `Drawing` counts on.
    let mut svg = writer.finish();
    if svg.ends_with("/>") {
        svg.truncate(svg.len() - 2);
        svg.push_str("></svg>");
    }
    svg
}

/// Whether texts carry their lengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lengths {
    /// No: the page serves the font that they were measured with.
    Natural,
    /// Yes: another font is squeezed or stretched to them.
    Fixed,
}

/// Writes the shapes of a layout, then its texts.
pub(super) fn write_content(writer: &mut Writer, layout: &Layout, lengths: Lengths) {
    for shape in &layout.shapes {
        write_shape(writer, shape);
    }
    for text in &layout.texts {
        write_text(writer, text, lengths);
    }
}

/// What is shown beside a layout at its left and right, in pixels: half of an
/// axis at its edge, the overhang of a letter that begins or ends there.
const BLEED: f64 = 1.0;

/// The `viewBox` of a layout that fills the width of its page.
fn bleeding(layout: &Layout) -> String {
    window([-BLEED, 0.0, layout.width + 2.0 * BLEED, layout.height])
}

/// The `viewBox` of a layout.
pub(super) fn view(layout: &Layout) -> String {
    window([0.0, 0.0, layout.width, layout.height])
}

/// Left, top, width and height as a `viewBox` has them.
fn window(sides: [f64; 4]) -> String {
    let mut window = String::new();
    for side in sides {
        if !window.is_empty() {
            window.push(' ');
        }
        number(&mut window, side);
    }
    window
}

/// The font with what stands in for it, as in CSS.
pub(super) fn families(font: &Font) -> String {
    let name: String = font
        .family()
        .chars()
        .filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'))
        .collect();
    format!("'{name}', 'Helvetica Neue', Arial, sans-serif")
}

fn write_shape(writer: &mut Writer, shape: &Shape) {
    let (name, form) = match &shape.form {
        Form::Block(_) => ("rect", &shape.form),
        Form::Circle(..) => ("circle", &shape.form),
        Form::Runs(_) | Form::Polygon(_) => ("path", &shape.form),
    };
    writer.element(
        name,
        |attributes| {
            attributes.text("class", shape.class.word());
            match form {
                Form::Block(frame) => attributes
                    .number("x", frame.left)
                    .number("y", frame.top)
                    .number("width", frame.width())
                    .number("height", frame.height()),
                Form::Circle(centre, radius) => {
                    attributes.number("cx", centre.x).number("cy", centre.y).number("r", *radius)
                }
                Form::Runs(runs) => attributes.path(runs, false),
                Form::Polygon(points) => attributes.path(std::slice::from_ref(points), true),
            };
            match shape.fill {
                Some(role) => attributes.colour("fill", role),
                None => attributes.text("fill", "none"),
            };
            if let Some(stroke) = shape.stroke {
                attributes.colour("stroke", stroke.role).number("stroke-width", stroke.width);
                if let Some(dash) = stroke.dash {
                    attributes.number("stroke-dasharray", dash);
                }
            }
        },
        |writer| {
            if let Some(title) = &shape.title {
                writer.element("title", |_| {}, |writer| writer.text(title));
            }
        },
    );
}

fn write_text(writer: &mut Writer, text: &TextBox, lengths: Lengths) {
    writer.element(
        "text",
        |attributes| {
            attributes
                .text("class", text.style.class.word())
                .number("x", text.x)
                .number("y", text.baseline)
                .number("font-size", text.style.size)
                .colour("fill", text.style.role);
            match text.anchor {
                Anchor::Start => {}
                Anchor::Middle => {
                    attributes.text("text-anchor", "middle");
                }
                Anchor::End => {
                    attributes.text("text-anchor", "end");
                }
            }
            if text.style.weight == Weight::Semibold {
                attributes.text("font-weight", "600");
            }
            if lengths == Lengths::Fixed {
                attributes
                    .number("textLength", text.frame.width())
                    .text("lengthAdjust", "spacingAndGlyphs");
            }
            if text.style.halo == Halo::Paper {
                attributes
                    .colour("stroke", Role::Paper)
                    .text("stroke-width", "4")
                    .text("stroke-linejoin", "round")
                    .text("paint-order", "stroke");
            }
        },
        |writer| writer.text(&text.text),
    );
}
