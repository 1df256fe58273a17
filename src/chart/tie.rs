//! Remarks right of bars: a bracket over the rows that share one, with its
//! words. On a phone they stand under the labels.

use super::font::Font;
use super::layout::{Anchor, Layout};
use super::palette::Role;
use super::rows::{self, Row};
use super::shape::{Class, Shape, at, segment};
use super::style::Style;
use super::text::Wrapped;

/// The widest words, in pixels.
const WORDS: f64 = 96.0;

/// Left of the bracket, and between it and its words, in pixels.
const GAP: f64 = 8.0;

const STYLE: Style = Style::TICK;

/// Neighbours that share a remark.
#[derive(Debug)]
struct Group {
    first: usize,
    last: usize,
    words: Wrapped,
}

/// The remarks of rows, measured.
#[derive(Debug, Default)]
pub(super) struct Ties {
    groups: Vec<Group>,
    /// Width that they take right of the plot, in pixels.
    pub(super) width: f64,
}

impl Ties {
    /// Measures the remarks of a wide drawing; a narrow one has none here.
    pub(super) fn new(rows: &[Row], width: f64, font: &Font) -> Self {
        let mut groups: Vec<Group> = vec![];
        if !rows::is_wide(width) {
            return Self::default();
        }
        for (at, row) in rows.iter().enumerate().filter(|(_, row)| !row.remark.is_empty()) {
            match groups.last_mut() {
                Some(group) if group.last + 1 == at && rows[group.last].remark == row.remark => {
                    group.last = at;
                }
                _ => {
                    let words = STYLE.with(font).wrap_evenly(&row.remark, WORDS, 2);
                    groups.push(Group { first: at, last: at, words });
                }
            }
        }
        let widest = groups.iter().map(|group| group.words.width).fold(0.0, f64::max);
        let width = if groups.is_empty() { 0.0 } else { (widest + 2.0 * GAP).ceil() };
        Self { groups, width }
    }

    /// Height of the tallest words, in pixels.
    pub(super) fn tallest(&self) -> f64 {
        let heights = self.groups.iter().map(|group| STYLE.height_of(group.words.lines.len()));
        heights.fold(0.0, f64::max)
    }

    /// Draws them; `lanes` are the middles of the rows, in pixels.
    pub(super) fn draw(&self, layout: &mut Layout, lanes: &[Vec<f64>], height: f64, font: &Font) {
        let left = layout.width - self.width + GAP;
        for group in &self.groups {
            let (Some(top), Some(bottom)) = (lanes[group.first].first(), lanes[group.last].last())
            else {
                continue;
            };
            let ends = (top - height / 2.0, bottom + height / 2.0);
            let line = segment(at(left, ends.0), at(left, ends.1));
            layout.add(Shape::line(Class::Guide, line, Role::Muted, 1.0));
            let place = (Anchor::Start, left + GAP);
            layout.lines_centred(font, STYLE, &group.words, place, f64::midpoint(*top, *bottom));
        }
    }
}
