//! Points along a scale of their own: years, scores; where they stand and how
//! they are labelled.

use super::font::Font;
use super::layout::{Anchor, Layout};
use super::shape::count;
use super::style::Style;
use super::text::clean;

/// Where points in time stand.
#[derive(Debug)]
pub(super) struct Places {
    /// Pixels from the left.
    pub(super) x: Vec<f64>,
    /// Between two points, in pixels.
    pub(super) spacing: f64,
}

impl Places {
    pub(super) fn new(points: usize, (from, to): (f64, f64)) -> Self {
        if points < 2 {
            return Self { x: vec![f64::midpoint(from, to); points], spacing: to - from };
        }
        let spacing = (to - from) / count(points - 1);
        Self { x: (0..points).map(|point| from + count(point) * spacing).collect(), spacing }
    }
}

/// Draws the labels of points in time, centred below them; every second,
/// third … when words would have to be divided, and always the last.
pub(super) fn label(
    layout: &mut Layout,
    labels: &[String],
    places: &Places,
    top: f64,
    font: &Font,
) -> f64 {
    let style = Style::SMALL_LABEL;
    let measure = style.with(font);
    let widest = labels
        .iter()
        .flat_map(|label| label.split(' '))
        .map(|word| measure.width(&clean(word)))
        .fold(0.0, f64::max);
    let last = labels.len().saturating_sub(1);
    let step = (1..=last.max(1))
        .find(|step| count(*step) * places.spacing - 10.0 >= widest)
        .unwrap_or(last.max(1));
    let reach = count(step) * places.spacing / 2.0 - 5.0;
    let mut end = top;
    for (index, label) in labels.iter().enumerate() {
        if !(last - index).is_multiple_of(step) {
            continue;
        }
        let x = places.x[index];
        // What a label cannot take beyond the drawing's side it may not take elsewhere.
        let room = reach.min(x) + reach.min(layout.width - x);
        let lines = measure.wrap(label, room, 3);
        let half = lines.width / 2.0;
        let centre = x.min(layout.width - half).max(half);
        end = end.max(layout.lines(font, style, &lines, (Anchor::Middle, centre), top));
    }
    end
}
