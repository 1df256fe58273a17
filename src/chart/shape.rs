//! Shapes: points, frames, outlines, and what they are.

use super::palette::Role;

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
    /// The pattern in a mark, which has its outline.
    Hatch,
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
    /// The key to series.
    Legend,
    /// The bounds of the classes that shades stand for.
    Scale,
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
            Self::Hatch => "hatch",
            Self::Interval => "interval",
            Self::Label => "label",
            Self::Value => "value",
            Self::Axis => "axis",
            Self::Tick => "tick",
            Self::Grid => "grid",
            Self::Reference => "reference",
            Self::Legend => "legend",
            Self::Scale => "scale",
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
