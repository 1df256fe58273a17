//! Dots with whiskers: scores and shares, on a scale that need not begin at
//! zero.

use super::axis::{self, Span};
use super::font::Font;
use super::lane::{Lane, VALUE_GAP};
use super::layout::{Anchor, Layout};
use super::mark::{self, Along};
use super::palette::Role;
use super::rows::{self, Rows};
use super::shape::{Class, Shape, at, segment};
use super::value::Cell;

/// Radius of a dot, in pixels.
pub(super) const RADIUS: f64 = 6.0;

/// Between the plot's sides and the scale's ends, in pixels.
pub(super) const INSET: f64 = RADIUS + 2.0;

/// The widest scale at which every whisker and number has its place.
pub(super) fn fit(
    chart: &Rows,
    texts: &[Vec<(String, f64)>],
    (left, right): (f64, f64),
    font: &Font,
) -> Span {
    let domain = chart.domain(None);
    let away = RADIUS + VALUE_GAP;
    let needs = chart.known(texts).map(|(datum, wide)| (datum.extent(domain).1, away + wide));
    let overhang = axis::overhang(&chart.scale.ticks, font).max(INSET);
    Span::widest(domain, (left + INSET, right), overhang, needs)
}

/// Draws a line along each lane that has a number, from its label to its dot.
pub(super) fn guides(
    layout: &mut Layout,
    chart: &Rows,
    lanes: &[Vec<f64>],
    (left, right): (f64, f64),
) {
    for (row, lanes) in chart.rows.iter().zip(lanes) {
        for (_, y) in row.cells.iter().zip(lanes).filter(|(cell, _)| cell.known().is_some()) {
            let line = segment(at(left, *y), at(right, *y));
            layout.add(Shape::line(Class::Grid, line, Role::Rule, 1.0));
        }
    }
}

/// Draws the dot of a cell.
pub(super) fn draw(layout: &mut Layout, lane: &Lane, cell: &Cell, text: &str, font: &Font) {
    let Some(datum) = cell.known() else {
        let across = (lane.left + VALUE_GAP, layout.width);
        rows::missing(layout, text, across, lane.middle, font);
        return;
    };
    let centre = at(lane.span.at(datum.value), lane.middle);
    if let Some((low, high)) = datum.limits() {
        let tips = (lane.span.tip(low), lane.span.tip(high));
        mark::whisker(layout, Along::Across, tips, lane.middle);
    }
    let end = lane.span.at(lane.span.extent(datum).1).max(centre.x + RADIUS);
    mark::dot(layout, (lane.dot, centre, RADIUS), datum.care, lane.role, datum.told.clone());
    let wide = lane.style.with(font).width(text);
    let place = (Anchor::Start, lane.number_between((end, layout.plot.right), wide));
    layout.text(font, lane.style, text, place, lane.style.baseline_centred(lane.middle));
}
