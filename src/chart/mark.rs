//! Marks and their patterns: filled, hollow for a low base, hatched for
//! made-up answers; whiskers; samples of all of them for legends.

use super::axis::Tip;
use super::layout::Layout;
use super::palette::{Role, outline_of};
use super::shape::{Class, Form, Frame, Point, Shape, Stroke, at};
use super::value::{Care, Emphasis};

/// Outline of hollow and hatched marks, in pixels.
const OUTLINE: f64 = 2.0;

/// Between the lines of a hatch, along the mark, in pixels.
const HATCH: f64 = 6.0;

/// Half the length of a whisker's caps and half the width of its arrows, in pixels.
const CAP: f64 = 4.0;

/// The colour of a series, counted from nothing. After the fourth the colours
/// end, and names at the marks must tell the series apart.
pub(super) fn series_role(series: usize) -> Role {
    match series {
        0 => Role::Series(1),
        1 => Role::Series(2),
        2 => Role::Series(3),
        3 => Role::Series(4),
        _ => Role::Background,
    }
}

/// The colour of a mark of the only series.
pub(super) fn emphasis_role(emphasis: Emphasis) -> Role {
    match emphasis {
        Emphasis::Normal => Role::Series(1),
        Emphasis::Highlighted => Role::Series(2),
        Emphasis::Muted => Role::Background,
    }
}

/// The form of a dot, so that series differ also without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dot {
    Circle,
    Square,
    Diamond,
    Triangle,
}

impl Dot {
    /// The dot of a series, counted from nothing.
    pub(super) fn of_series(series: usize) -> Self {
        match series {
            1 => Self::Square,
            2 => Self::Diamond,
            3 => Self::Triangle,
            _ => Self::Circle,
        }
    }

    /// The outline around a centre; all dots of one radius weigh about the same.
    fn form(self, centre: Point, radius: f64) -> Form {
        let corners = |offsets: &[(f64, f64)]| {
            Form::Polygon(
                offsets
                    .iter()
                    .map(|(x, y)| at(centre.x + x * radius, centre.y + y * radius))
                    .collect(),
            )
        };
        match self {
            Self::Circle => Form::Circle(centre, radius),
            Self::Square => {
                let half = radius * 0.88;
                Form::Block(Frame {
                    left: centre.x - half,
                    top: centre.y - half,
                    right: centre.x + half,
                    bottom: centre.y + half,
                })
            }
            Self::Diamond => corners(&[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)]),
            Self::Triangle => corners(&[(0.0, -1.2), (1.15, 0.85), (-1.15, 0.85)]),
        }
    }
}

/// What a legend shows beside a name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Sample {
    /// A piece of a bar.
    Bar(Role),
    /// A dot.
    Dot(Dot, Role),
    /// A dot on its line.
    Line(Dot, Role),
}

/// Draws a sample for the legend, `size` pixels wide around a centre.
pub(super) fn sample(layout: &mut Layout, sample: Sample, centre: Point, size: f64) {
    match sample {
        Sample::Bar(role) => {
            let half = size / 2.0 - 1.0;
            let frame = Frame {
                left: centre.x - half,
                top: centre.y - half,
                right: centre.x + half,
                bottom: centre.y + half,
            };
            layout.add(outlined(Class::Legend, Form::Block(frame), role));
        }
        Sample::Dot(dot, role) => {
            layout.add(Shape::filled(Class::Legend, dot.form(centre, size * 0.38), role));
        }
        Sample::Line(dot, role) => {
            let half = size / 2.0;
            let line =
                super::shape::segment(at(centre.x - half, centre.y), at(centre.x + half, centre.y));
            layout.add(Shape::line(Class::Legend, line, role, 2.5));
            layout.add(Shape::filled(Class::Legend, dot.form(centre, size * 0.33), role));
        }
    }
}

/// A filled shape, with an outline where its fill is too pale.
pub(super) fn outlined(class: Class, form: Form, role: Role) -> Shape {
    let stroke = outline_of(role).map(|role| Stroke { role, width: 1.0, dash: None });
    Shape { class, form, fill: Some(role), stroke, title: None }
}

/// Draws a bar over a frame.
pub(super) fn bar(
    layout: &mut Layout,
    frame: Frame,
    care: Care,
    role: Role,
    title: Option<String>,
) {
    // A bar of nothing is the base line alone.
    if frame.width() < 0.01 || frame.height() < 0.01 {
        return;
    }
    if care == Care::None {
        layout.add(Shape { title, ..outlined(Class::Mark, Form::Block(frame), role) });
        return;
    }
    let inside = frame.inset((OUTLINE / 2.0).min(frame.width() / 2.0).min(frame.height() / 2.0));
    layout.add(Shape {
        class: Class::Mark,
        form: Form::Block(inside),
        fill: Some(Role::Paper),
        stroke: Some(Stroke { role: outline_of(role).unwrap_or(role), width: OUTLINE, dash: None }),
        title,
    });
    if care == Care::Simulated {
        hatch(layout, hatch_block(inside), outline_of(role).unwrap_or(role));
    }
}

/// Draws a dot around a centre.
pub(super) fn dot(
    layout: &mut Layout,
    (dot, centre, radius): (Dot, Point, f64),
    care: Care,
    role: Role,
    title: Option<String>,
) {
    if care == Care::None {
        let shape = Shape::filled(Class::Mark, dot.form(centre, radius), role);
        layout.add(Shape { title, ..shape });
        return;
    }
    layout.add(Shape {
        class: Class::Mark,
        form: dot.form(centre, radius - OUTLINE / 2.0),
        fill: Some(Role::Paper),
        stroke: Some(Stroke { role: outline_of(role).unwrap_or(role), width: OUTLINE, dash: None }),
        title,
    });
    if care == Care::Simulated {
        // The square inside the dot: a hatch in it stays inside every form.
        let half = radius * 0.5;
        let runs = hatch_block(Frame {
            left: centre.x - half,
            top: centre.y - half,
            right: centre.x + half,
            bottom: centre.y + half,
        });
        hatch(layout, runs, role);
    }
}

fn hatch(layout: &mut Layout, runs: Vec<Vec<Point>>, role: Role) {
    if !runs.is_empty() {
        layout.add(Shape::line(Class::Hatch, Form::Runs(runs), role, 1.5));
    }
}

/// Wrapped at 45 degrees, rising, cut at the frame's sides.
fn hatch_block(frame: Frame) -> Vec<Vec<Point>> {
    let mut runs = Vec::new();
    // Each line is x + y = sum; it enters at the left or bottom side.
    let mut sum = frame.left + frame.top + HATCH;
    while sum < frame.right + frame.bottom - 1.0 {
        let x = (sum - frame.bottom).max(frame.left);
        let y = (sum - frame.right).max(frame.top);
        runs.push(vec![at(x, sum - x), at(sum - y, y)]);
        sum += HATCH;
    }
    runs
}

/// The direction of a whisker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Along {
    /// From left to right.
    Across,
    /// From top to bottom.
    Down,
}

/// Draws a whisker between two tips along a direction, centred on `middle`
/// across it, with paper around it where it lies on its bar.
pub(super) fn whisker(layout: &mut Layout, along: Along, (one, other): (Tip, Tip), middle: f64) {
    let place = |along_it: f64, across_it: f64| match along {
        Along::Across => at(along_it, across_it),
        Along::Down => at(across_it, along_it),
    };
    let (from, to) = (one.place(), other.place());
    let end = |tip: Tip, away: f64| match tip {
        Tip::Cap(end) => vec![place(end, middle - CAP), place(end, middle + CAP)],
        Tip::Arrow(end) => {
            let neck = end - (CAP + 1.0) * (end - away).signum();
            vec![place(neck, middle - CAP), place(end, middle), place(neck, middle + CAP)]
        }
    };
    let line = vec![place(from, middle), place(to, middle)];
    let runs = vec![line, end(one, to), end(other, from)];
    layout.add(Shape::line(Class::Halo, Form::Runs(runs.clone()), Role::Paper, 4.0));
    layout.add(Shape::line(Class::Interval, Form::Runs(runs), Role::Interval, 1.5));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hatch_stays_inside_its_bar() {
        let frame = Frame { left: 10.0, top: 20.0, right: 95.0, bottom: 38.0 };

        let runs = hatch_block(frame);

        assert!(runs.len() > 10);
        for point in runs.iter().flatten() {
            assert!(frame.left - 1e-9 <= point.x && point.x <= frame.right + 1e-9);
            assert!(frame.top - 1e-9 <= point.y && point.y <= frame.bottom + 1e-9);
        }
    }

    #[test]
    fn a_bar_of_nothing_is_not_drawn() {
        let mut layout = Layout::new(100.0);
        let frame = Frame { left: 10.0, top: 0.0, right: 10.0, bottom: 20.0 };

        bar(&mut layout, frame, Care::LowBase, Role::Series(1), None);

        assert!(layout.shapes.is_empty());
    }
}
