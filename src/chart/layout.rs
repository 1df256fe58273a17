//! A drawing as geometry: boxes of text and shapes, in pixels, with what they
//! are. Tests judge this; `svg` only writes it down.

use super::font::{Font, Weight};
use super::palette::Role;
use super::text::{Measure, Wrapped};

/// Above the baseline a text takes this part of its size (accents included),
/// below it the other.
const ASCENT: f64 = 0.9;
const DESCENT: f64 = 0.25;

/// From one baseline to the next, in sizes.
pub(super) const LEADING: f64 = 1.2;

/// How far the middle of capitals and figures lies over the baseline, in sizes.
const MIDDLE: f64 = 0.33;

/// Left free at the drawing's top and bottom, in pixels: browsers give text
/// boxes more height than their ink has.
pub(super) const MARGIN: f64 = 5.0;

/// A number of things as a length.
pub(super) fn count(things: usize) -> f64 {
    f64::from(u32::try_from(things).unwrap_or(u32::MAX))
}

/// A place in the drawing; `y` grows downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

/// Makes a point.
pub(super) fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Frame {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Frame {
    pub(crate) fn width(self) -> f64 {
        self.right - self.left
    }

    pub(crate) fn height(self) -> f64 {
        self.bottom - self.top
    }

    /// This frame with each side moved inwards by `by` pixels.
    pub(crate) fn inset(self, by: f64) -> Self {
        Self {
            left: self.left + by,
            top: self.top + by,
            right: self.right - by,
            bottom: self.bottom - by,
        }
    }

    /// This frame, moved.
    pub(crate) fn moved(self, x: f64, y: f64) -> Self {
        Self {
            left: self.left + x,
            top: self.top + y,
            right: self.right + x,
            bottom: self.bottom + y,
        }
    }

    /// The least frame that holds both.
    pub(crate) fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Whether `other` lies inside, give or take `slack` pixels.
    #[cfg(test)]
    pub(crate) fn holds(self, other: Self, slack: f64) -> bool {
        self.left - slack <= other.left
            && self.top - slack <= other.top
            && other.right <= self.right + slack
            && other.bottom <= self.bottom + slack
    }

    /// Whether the two frames share more than a hundredth of a pixel.
    pub(crate) fn overlaps(self, other: Self) -> bool {
        let across = self.right.min(other.right) - self.left.max(other.left);
        let down = self.bottom.min(other.bottom) - self.top.max(other.top);
        across > 0.01 && down > 0.01
    }

    #[cfg(test)]
    fn around(points: impl Iterator<Item = Point>) -> Self {
        let empty = Self {
            left: f64::INFINITY,
            top: f64::INFINITY,
            right: f64::NEG_INFINITY,
            bottom: f64::NEG_INFINITY,
        };
        points.fold(empty, |frame, point| Self {
            left: frame.left.min(point.x),
            top: frame.top.min(point.y),
            right: frame.right.max(point.x),
            bottom: frame.bottom.max(point.y),
        })
    }
}

/// What a shape or a text is: the word in its `class`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// A shape that carries a number.
    Mark,
    /// The whisker of an interval.
    Interval,
    /// The name of a row, a point in time, a group.
    Label,
    /// A number in words.
    Value,
    /// The line that marks start from.
    Axis,
    /// The label of a tick.
    Tick,
    /// A line to read values off.
    Grid,
    /// A line to compare with, and its label.
    Reference,
    /// The key to series or classes.
    Legend,
    /// Why there is no number.
    Missing,
    /// Paper around a shape, so that it stands out from what lies beneath.
    Halo,
    /// From a mark to its label.
    Guide,
}

impl Class {
    /// The word, as it stands in the drawing.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Mark => "mark",
            Self::Interval => "interval",
            Self::Label => "label",
            Self::Value => "value",
            Self::Axis => "axis",
            Self::Tick => "tick",
            Self::Grid => "grid",
            Self::Reference => "reference",
            Self::Legend => "legend",
            Self::Missing => "missing",
            Self::Halo => "halo",
            Self::Guide => "guide",
        }
    }
}

/// The outline of a shape.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Form {
    /// A rectangle.
    Block(Frame),
    /// A circle: centre and radius.
    Circle(Point, f64),
    /// Wrapped through points; each run starts anew.
    Runs(Vec<Vec<Point>>),
    /// A closed shape through points.
    Polygon(Vec<Point>),
}

/// A stroke.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Stroke {
    pub(crate) role: Role,
    /// In pixels.
    pub(crate) width: f64,
    /// Length of dashes and of gaps, in pixels.
    pub(crate) dash: Option<f64>,
}

/// A shape of the drawing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shape {
    pub(crate) class: Class,
    pub(crate) form: Form,
    pub(crate) fill: Option<Role>,
    pub(crate) stroke: Option<Stroke>,
    /// What a pointer that rests on it is told.
    pub(crate) title: Option<String>,
}

impl Shape {
    /// A shape of one colour.
    pub(super) fn filled(class: Class, form: Form, role: Role) -> Self {
        Self { class, form, fill: Some(role), stroke: None, title: None }
    }

    /// A shape that is only a line.
    pub(super) fn line(class: Class, form: Form, role: Role, width: f64) -> Self {
        Self {
            class,
            form,
            fill: None,
            stroke: Some(Stroke { role, width, dash: None }),
            title: None,
        }
    }

    /// The shape, moved.
    pub(crate) fn moved(mut self, x: f64, y: f64) -> Self {
        let moved = |point: &mut Point| *point = at(point.x + x, point.y + y);
        match &mut self.form {
            Form::Block(frame) => *frame = frame.moved(x, y),
            Form::Circle(centre, _) => moved(centre),
            Form::Runs(runs) => runs.iter_mut().flatten().for_each(moved),
            Form::Polygon(points) => points.iter_mut().for_each(moved),
        }
        self
    }

    /// Its frame, without the stroke.
    #[cfg(test)]
    pub(crate) fn frame(&self) -> Frame {
        match &self.form {
            Form::Block(frame) => *frame,
            Form::Circle(centre, radius) => Frame {
                left: centre.x - radius,
                top: centre.y - radius,
                right: centre.x + radius,
                bottom: centre.y + radius,
            },
            Form::Runs(runs) => Frame::around(runs.iter().flatten().copied()),
            Form::Polygon(points) => Frame::around(points.iter().copied()),
        }
    }
}

/// A straight line from one point to another.
pub(super) fn segment(from: Point, to: Point) -> Form {
    Form::Runs(vec![vec![from, to]])
}

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

/// How a text looks and what it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    pub(crate) class: Class,
    /// In pixels to the em.
    pub(crate) size: f64,
    pub(crate) role: Role,
    pub(crate) weight: Weight,
    /// Whether paper surrounds the letters, where lines may pass beneath.
    pub(crate) halo: Halo,
}

/// Whether paper surrounds a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Halo {
    /// No.
    None,
    /// Yes.
    Paper,
}

impl Style {
    const fn new(class: Class, size: f64, role: Role) -> Self {
        Self { class, size, role, weight: Weight::Regular, halo: Halo::None }
    }

    /// The name of a row.
    pub(super) const LABEL: Self = Self::new(Class::Label, 15.0, Role::Ink);
    /// The name of a lane, a point in time, a tile.
    pub(super) const SMALL_LABEL: Self = Self::new(Class::Label, 14.0, Role::Ink);
    /// A number at its mark.
    pub(super) const VALUE: Self = Self::new(Class::Value, 15.0, Role::Ink);
    /// A number at its mark, where several share a row.
    pub(super) const SMALL_VALUE: Self = Self::new(Class::Value, 14.0, Role::Ink);
    /// Why there is no number.
    pub(super) const MISSING: Self = Self::new(Class::Missing, 14.0, Role::Muted);
    /// The label of a tick.
    pub(super) const TICK: Self = Self::new(Class::Tick, 13.0, Role::Muted);
    /// The label of a reference line.
    pub(super) const REFERENCE: Self = Self::new(Class::Reference, 13.0, Role::Ink);
    /// The name of a series in the legend.
    pub(super) const LEGEND: Self = Self::new(Class::Legend, 14.0, Role::Ink);

    /// The same in semibold.
    pub(super) const fn semibold(self) -> Self {
        Self { weight: Weight::Semibold, ..self }
    }

    /// The same in another colour.
    pub(super) const fn coloured(self, role: Role) -> Self {
        Self { role, ..self }
    }

    /// The same with paper around the letters.
    pub(super) const fn on_lines(self) -> Self {
        Self { halo: Halo::Paper, ..self }
    }

    /// The same at another size, in pixels to the em.
    pub(super) const fn sized(self, size: f64) -> Self {
        Self { size, ..self }
    }

    /// From one baseline to the next, in pixels.
    pub(super) fn leading(self) -> f64 {
        self.size * LEADING
    }

    /// Height of one line, in pixels.
    pub(super) fn height(self) -> f64 {
        self.size * (ASCENT + DESCENT)
    }

    /// Height of some lines, in pixels; nothing for none.
    pub(super) fn height_of(self, lines: usize) -> f64 {
        if lines == 0 { 0.0 } else { self.height() + count(lines - 1) * self.leading() }
    }

    /// The baseline of a line whose box begins at `top`.
    pub(super) fn baseline_under(self, top: f64) -> f64 {
        top + ASCENT * self.size
    }

    /// The baseline of a line whose figures are centred on `y`.
    pub(super) fn baseline_centred(self, y: f64) -> f64 {
        y + MIDDLE * self.size
    }

    /// This style with a font to measure it.
    pub(super) fn with(self, font: &Font) -> Measure<'_> {
        Measure { font, weight: self.weight, size: self.size }
    }
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

    /// The shapes that carry numbers.
    #[cfg(test)]
    pub(crate) fn marks(&self) -> impl Iterator<Item = &Shape> {
        self.shapes.iter().filter(|shape| shape.class == Class::Mark)
    }
}
