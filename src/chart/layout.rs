//! A drawing as geometry: boxes of text and shapes, in pixels, with what they
//! are. Tests judge this; `svg` only writes it down.

use super::font::Font;
use super::shape::{Frame, Shape, count};
use super::style::{ASCENT, DESCENT, Style};
use super::text::Wrapped;

/// Left free at the drawing's top and bottom, in pixels: browsers give text
/// boxes more height than their ink has.
pub(super) const MARGIN: f64 = 5.0;

/// The side of a text that stands at its `x`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// Its left.
    Start,
    /// Its middle.
    Middle,
    /// Its right.
    End,
}

/// One line of text, placed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TextBox {
    pub(crate) style: Style,
    pub(crate) text: String,
    pub(crate) anchor: Anchor,
    pub(crate) x: f64,
    pub(crate) baseline: f64,
    /// What the letters take, accents and tails included.
    pub(crate) frame: Frame,
}

impl TextBox {
    /// The text, moved.
    pub(crate) fn moved(self, x: f64, y: f64) -> Self {
        Self { x: self.x + x, baseline: self.baseline + y, frame: self.frame.moved(x, y), ..self }
    }
}

/// A drawing before it is written: shapes in painting order, then texts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Layout {
    pub(crate) width: f64,
    pub(crate) height: f64,
    /// Where the marks lie.
    pub(crate) plot: Frame,
    pub(crate) shapes: Vec<Shape>,
    pub(crate) texts: Vec<TextBox>,
}

impl Layout {
    /// An empty drawing of some width.
    pub(super) fn new(width: f64) -> Self {
        Self {
            width,
            height: 0.0,
            plot: Frame::default(),
            shapes: Vec::with_capacity(48),
            texts: Vec::with_capacity(48),
        }
    }

    /// Adds a shape over those before.
    pub(super) fn add(&mut self, shape: Shape) {
        self.shapes.push(shape);
    }

    /// Adds a line of text that is already clean and fits. Returns its frame.
    pub(super) fn text(
        &mut self,
        font: &Font,
        style: Style,
        text: &str,
        (anchor, x): (Anchor, f64),
        baseline: f64,
    ) -> Frame {
        let width = style.with(font).width(text);
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        let frame = Frame {
            left,
            top: baseline - ASCENT * style.size,
            right: left + width,
            bottom: baseline + DESCENT * style.size,
        };
        if !text.is_empty() {
            self.texts.push(TextBox { style, text: text.to_owned(), anchor, x, baseline, frame });
        }
        frame
    }

    /// Adds lines of text whose first begins at `top`. Returns their end.
    pub(super) fn lines(
        &mut self,
        font: &Font,
        style: Style,
        lines: &Wrapped,
        place: (Anchor, f64),
        top: f64,
    ) -> f64 {
        for (index, line) in lines.lines.iter().enumerate() {
            let baseline = style.baseline_under(top) + count(index) * style.leading();
            self.text(font, style, line, place, baseline);
        }
        top + style.height_of(lines.lines.len())
    }

    /// Adds lines of text centred on `y`.
    pub(super) fn lines_centred(
        &mut self,
        font: &Font,
        style: Style,
        lines: &Wrapped,
        place: (Anchor, f64),
        y: f64,
    ) {
        let first = style.baseline_centred(y)
            - count(lines.lines.len().saturating_sub(1)) * style.leading() / 2.0;
        for (index, line) in lines.lines.iter().enumerate() {
            self.text(font, style, line, place, first + count(index) * style.leading());
        }
    }

    /// Adds another drawing, moved.
    pub(super) fn place(&mut self, other: Self, x: f64, y: f64) {
        self.shapes.extend(other.shapes.into_iter().map(|shape| shape.moved(x, y)));
        self.texts.extend(other.texts.into_iter().map(|text| text.moved(x, y)));
        let plot = other.plot.moved(x, y);
        self.plot = if self.plot == Frame::default() { plot } else { self.plot.with(plot) };
    }

    /// The shapes that carry numbers.
    #[cfg(test)]
    pub(crate) fn marks(&self) -> impl Iterator<Item = &Shape> {
        self.shapes.iter().filter(|shape| shape.class == super::shape::Class::Mark)
    }
}
