//! The writer of drawings: elements, attributes, one number printer.
//!
//! charts-rs measures our texts, but does not write our shapes. Its charts
//! give no class to axes, ticks and labels, print one decimal of an `f32`,
//! keep the places of their points to themselves (so nothing can be put at the
//! end of a line, beside a whisker or into a gap), and its `Canvas` knows
//! neither `paint-order` nor titles on lines. What is left is a writer.

use super::font::{Font, Weight};
use super::layout::{Anchor, Layout, TextBox};
use super::palette::{Role, role_colour};
use super::shape::{Form, Point, Shape};
use super::style::Halo;

/// Writes XML whose elements are closed by construction.
#[derive(Debug, Default)]
pub(super) struct Writer {
    out: String,
}

impl Writer {
    /// A writer with room for about `bytes`.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { out: String::with_capacity(bytes) }
    }

    /// Writes `<name …>…</name>`, or `<name …/>` when `content` adds nothing.
    pub(super) fn element(
        &mut self,
        name: &str,
        attributes: impl FnOnce(&mut Attributes<'_>),
        content: impl FnOnce(&mut Self),
    ) {
        self.out.push('<');
        self.out.push_str(name);
        attributes(&mut Attributes { out: &mut self.out });
        let before = self.out.len();
        self.out.push('>');
        content(self);
        if self.out.len() == before + 1 {
            self.out.truncate(before);
            self.out.push_str("/>");
        } else {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    /// Writes text.
    pub(super) fn text(&mut self, text: &str) {
        escape(&mut self.out, text);
    }

    /// Writes what another writer made.
    pub(super) fn raw(&mut self, xml: &str) {
        self.out.push_str(xml);
    }

    /// What was written.
    pub(super) fn finish(self) -> String {
        self.out
    }
}

/// The attributes of an element that is being opened.
#[derive(Debug)]
pub(super) struct Attributes<'a> {
    out: &'a mut String,
}

impl Attributes<'_> {
    fn open(&mut self, name: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
    }

    /// Adds a text.
    pub(super) fn text(&mut self, name: &str, value: &str) -> &mut Self {
        self.open(name);
        escape(self.out, value);
        self.out.push('"');
        self
    }

    /// Adds a number.
    pub(super) fn number(&mut self, name: &str, value: f64) -> &mut Self {
        self.open(name);
        number(self.out, value);
        self.out.push('"');
        self
    }

    /// Adds a colour.
    pub(super) fn colour(&mut self, name: &str, role: Role) -> &mut Self {
        self.open(name);
        self.out.push_str(role_colour(role));
        self.out.push('"');
        self
    }

    /// Adds attributes that are written already, with the blank before them.
    pub(super) fn raw(&mut self, attributes: &str) -> &mut Self {
        self.out.push_str(attributes);
        self
    }

    /// Adds the outline of a path.
    fn path(&mut self, runs: &[Vec<Point>], closed: bool) -> &mut Self {
        self.open("d");
        for run in runs {
            for (index, point) in run.iter().enumerate() {
                self.out.push(if index == 0 { 'M' } else { 'L' });
                number(self.out, point.x);
                self.out.push(' ');
                number(self.out, point.y);
            }
            if closed {
                self.out.push('Z');
            }
        }
        self.out.push('"');
        self
    }
}

/// Writes a layout as `<svg viewBox>` without width, height or ids.
pub(super) fn write(layout: &Layout, font: &Font) -> String {
    let mut writer = Writer::with_capacity(160 * (layout.shapes.len() + layout.texts.len() + 1));
    writer.element(
        "svg",
        |attributes| {
            attributes.text("viewBox", &view(layout)).text("font-family", &families(font));
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

/// The `viewBox` of a layout.
pub(super) fn view(layout: &Layout) -> String {
    let mut view = String::from("0 0 ");
    number(&mut view, layout.width);
    view.push(' ');
    number(&mut view, layout.height);
    view
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

/// Escapes a text for element content and for attributes in double quotes;
/// what XML forbids is left out.
fn escape(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, letter) in text.char_indices() {
        let instead = match letter {
            '<' => "&lt;",
            '>' => "&gt;",
            '&' => "&amp;",
            '"' => "&quot;",
            '\u{fffe}' | '\u{ffff}' => "",
            letter if letter.is_control() => "",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(instead);
        from = at + letter.len_utf8();
    }
    out.push_str(&text[from..]);
}

/// Prints a number with at most two decimals, without `-0` or trailing zeros.
pub(super) fn number(out: &mut String, value: f64) {
    // NaN counts as zero; what lies outside is no length of a drawing.
    let hundredths = (value.clamp(-1e9, 1e9) * 100.0).round();
    #[expect(clippy::cast_possible_truncation, reason = "clamped to what i64 holds")]
    let hundredths = hundredths as i64;
    if hundredths < 0 {
        out.push('-');
    }
    let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    digits(out, whole);
    if rest != 0 {
        out.push('.');
        digits(out, rest / 10);
        if rest % 10 != 0 {
            digits(out, rest % 10);
        }
    }
}

/// Prints a whole number: a drawing has hundreds of them, and formatting
/// takes several times as long.
fn digits(out: &mut String, number: u64) {
    let mut power = 1;
    while power <= number / 10 {
        power *= 10;
    }
    while power != 0 {
        let digit = u32::try_from(number / power % 10).ok();
        out.extend(digit.and_then(|digit| char::from_digit(digit, 10)));
        power /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(value: f64) -> String {
        let mut out = String::new();
        number(&mut out, value);
        out
    }

    #[test]
    fn numbers_have_at_most_two_decimals() {
        assert_eq!(printed(12.0), "12");
        assert_eq!(printed(12.5), "12.5");
        assert_eq!(printed(12.05), "12.05");
        assert_eq!(printed(12.345), "12.35");
        assert_eq!(printed(-0.5), "-0.5");
    }

    #[test]
    fn no_number_is_minus_zero_or_not_a_number() {
        assert_eq!(printed(-0.0), "0");
        assert_eq!(printed(-0.001), "0");
        assert_eq!(printed(f64::NAN), "0");
        assert_eq!(printed(f64::INFINITY), "1000000000");
    }

    #[test]
    fn markup_in_a_text_is_escaped() {
        let mut out = String::new();

        escape(&mut out, "<script>\"&\" ]]>\0\u{ffff}");

        assert_eq!(out, "&lt;script&gt;&quot;&amp;&quot; ]]&gt;");
    }

    #[test]
    fn an_element_without_content_closes_itself() {
        let mut writer = Writer::default();

        writer.element(
            "g",
            |_| {},
            |writer| {
                writer.element(
                    "rect",
                    |tag| {
                        tag.number("x", 1.0);
                    },
                    |_| {},
                );
            },
        );

        assert_eq!(writer.finish(), "<g><rect x=\"1\"/></g>");
    }
}
