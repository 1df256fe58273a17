//! Labels at the ends of lines: value and name, moved apart so that none
//! overlap, each tied to its line by a guide.

use super::font::Font;
use super::layout::{Anchor, Layout};
use super::palette::Role;
use super::shape::{Class, Point, Shape, at, count, segment};
use super::style::Style;
use super::text::Wrapped;

/// Between the end of a line and its label, in pixels.
pub(super) const GUIDE: f64 = 16.0;

/// Between value and name, in pixels.
const NAME_GAP: f64 = 6.0;

/// Least space between two labels, in pixels.
const SPACE: f64 = 2.0;

/// The label of one line's end.
#[derive(Debug)]
pub(super) struct End {
    /// Where the line ends; a series that has no number there ends at its last one.
    pub(super) point: Point,
    /// The line's colour; `None` draws no guide.
    pub(super) role: Option<Role>,
    /// Its number there, or why there is none.
    pub(super) value: (String, Style),
    /// Its name; no lines for none.
    pub(super) name: Wrapped,
}

/// The side of the plot that labels stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Right of the lines, flush left.
    Right,
    /// Left of the lines, flush right.
    Left,
}

/// The columns that labels need.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Columns {
    /// Width of the column of values, in pixels.
    pub(super) values: f64,
    /// Width of the column of names, in pixels.
    pub(super) names: f64,
}

impl Columns {
    /// Measures texts and names.
    pub(super) fn of<'a>(
        values: impl Iterator<Item = &'a (String, Style)>,
        names: impl Iterator<Item = &'a Wrapped>,
        font: &Font,
    ) -> Self {
        let values = values.map(|(text, style)| style.with(font).width(text));
        Self {
            values: values.fold(0.0, f64::max),
            names: names.map(|lines| lines.width).fold(0.0, f64::max),
        }
    }

    /// Width of both with the space between, in pixels.
    pub(super) fn width(self) -> f64 {
        let gap = if self.values > 0.0 && self.names > 0.0 { NAME_GAP } else { 0.0 };
        self.values + gap + self.names
    }
}

/// Height that labels need when they touch, in pixels.
pub(super) fn height<'a>(names: impl Iterator<Item = &'a Wrapped>) -> f64 {
    names.map(block).sum()
}

fn block(name: &Wrapped) -> f64 {
    Style::SMALL_LABEL.height_of(name.lines.len().max(1)) + SPACE
}

/// Draws labels from `x` on, between `down` in pixels from the top.
pub(super) fn draw(
    layout: &mut Layout,
    ends: &[End],
    (side, x): (Side, f64),
    columns: Columns,
    down: (f64, f64),
    font: &Font,
) {
    let mut order: Vec<usize> = (0..ends.len()).collect();
    order.sort_by(|one, other| ends[*one].point.y.total_cmp(&ends[*other].point.y));
    let wanted: Vec<(f64, f64)> =
        order.iter().map(|index| (ends[*index].point.y, block(&ends[*index].name))).collect();
    for (index, y) in order.into_iter().zip(apart(&wanted, down)) {
        let end = &ends[index];
        if let Some(role) = end.role {
            let (from, to) = match side {
                Side::Right => (end.point.x + 7.0, x - 4.0),
                Side::Left => (end.point.x - 7.0, x + 4.0),
            };
            let line = segment(at(from, end.point.y), at(to, y));
            layout.add(Shape::line(Class::Guide, line, role, 1.0));
        }
        let style = end.value.1;
        let anchor = match side {
            Side::Right => Anchor::Start,
            Side::Left => Anchor::End,
        };
        let lines = end.name.lines.len();
        // The value stands on the first line of the name.
        let first = y - count(lines.saturating_sub(1)) * Style::SMALL_LABEL.leading() / 2.0;
        layout.text(font, style, &end.value.0, (anchor, x), style.baseline_centred(first));
        let beside = columns.width() - columns.names;
        let name_x = match side {
            Side::Right => x + beside,
            Side::Left => x - beside,
        };
        layout.lines_centred(font, Style::SMALL_LABEL, &end.name, (anchor, name_x), y);
    }
}

/// Moves blocks apart: `wanted` holds centres in rising order with heights;
/// the result holds the nearest centres at which none overlap and all lie
/// between `top` and `bottom`, if they fit there.
pub(super) fn apart(wanted: &[(f64, f64)], (top, bottom): (f64, f64)) -> Vec<f64> {
    /// Blocks that touch: how many, their height, the sum of the tops they want.
    struct Group {
        blocks: usize,
        height: f64,
        tops: f64,
    }
    let start =
        |group: &Group| (group.tops / count(group.blocks)).min(bottom - group.height).max(top);
    let mut groups: Vec<Group> = Vec::new();
    for (centre, height) in wanted {
        let mut group = Group { blocks: 1, height: *height, tops: centre - height / 2.0 };
        while let Some(before) =
            groups.pop_if(|before| start(before) + before.height > start(&group))
        {
            group.tops = before.tops + group.tops - before.height * count(group.blocks);
            group.blocks += before.blocks;
            group.height += before.height;
        }
        groups.push(group);
    }
    let mut centres = Vec::with_capacity(wanted.len());
    for group in &groups {
        let mut y = start(group);
        for _ in 0..group.blocks {
            let height = wanted[centres.len()].1;
            centres.push(y + height / 2.0);
            y += height;
        }
    }
    centres
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_do_not_touch_stay_where_they_are() {
        assert_eq!(apart(&[(20.0, 10.0), (60.0, 10.0)], (0.0, 100.0)), [20.0, 60.0]);
    }

    #[test]
    fn labels_of_one_place_move_apart_evenly() {
        assert_eq!(apart(&[(50.0, 10.0), (50.0, 10.0)], (0.0, 100.0)), [45.0, 55.0]);
    }

    #[test]
    fn labels_at_the_edge_move_inside() {
        assert_eq!(apart(&[(0.0, 10.0), (2.0, 10.0)], (0.0, 100.0)), [5.0, 15.0]);
        assert_eq!(apart(&[(99.0, 10.0), (99.0, 10.0)], (0.0, 100.0)), [85.0, 95.0]);
    }

    #[test]
    fn a_group_pushes_its_neighbour() {
        let centres = apart(&[(40.0, 20.0), (40.0, 20.0), (66.0, 20.0)], (0.0, 200.0));

        assert!((centres[1] - centres[0] - 20.0).abs() < 1e-9);
        assert!((centres[2] - centres[1] - 20.0).abs() < 1e-9);
    }
}
