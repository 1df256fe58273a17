//! Horizontal bars, each with its number and whisker. They start at zero.

use super::axis::{self, Span};
use super::font::Font;
use super::lane::{Lane, VALUE_GAP};
use super::layout::{Anchor, Layout};
use super::mark::{self, Along};
use super::rows::{self, Rows};
use super::shape::Frame;
use super::style::Style;
use super::value::Cell;

/// The widest scale at which every bar, whisker and number has its place.
pub(super) fn fit(
    chart: &Rows,
    texts: &[Vec<(String, f64)>],
    (left, right): (f64, f64),
    font: &Font,
) -> Span {
    let domain = chart.domain(Some(0.0));
    let before = chart
        .known(texts)
        .filter(|(datum, _)| datum.value < 0.0)
        .map(|(_, wide)| wide + VALUE_GAP)
        .fold(0.0, f64::max);
    let after = || chart.known(texts).filter(|(datum, _)| datum.value >= 0.0);
    let needs = after().map(|(datum, wide)| (datum.extent(domain).1, VALUE_GAP + wide));
    // As if the longest number stood at the end of the scale: drawings that
    // share one are then as long, wherever their own bars end.
    let widest = after().map(|(_, wide)| VALUE_GAP + wide).fold(1.0, f64::max);
    let overhang = axis::overhang(&chart.scale.ticks, font).max(widest);
    Span::widest(domain, (left + before, right), overhang, needs)
}

/// Draws the bar of a cell.
pub(super) fn draw(layout: &mut Layout, lane: &Lane, cell: &Cell, text: &str, font: &Font) {
    let zero = lane.span.at(0.0);
    let Some(datum) = cell.known() else {
        let right = layout.plot.right;
        let room = right - zero - VALUE_GAP;
        let fits = Style::MISSING.with(font).width(text) <= room;
        let x = if fits { zero } else { lane.left };
        let across = (x + VALUE_GAP, right);
        rows::missing(layout, text, across, lane.middle, font);
        return;
    };
    let end = lane.span.at(datum.value);
    let frame = Frame {
        left: zero.min(end),
        top: lane.middle - lane.height / 2.0,
        right: zero.max(end),
        bottom: lane.middle + lane.height / 2.0,
    };
    mark::bar(layout, frame, datum.care, lane.role, datum.told.clone());
    if let Some((low, high)) = datum.limits() {
        let tips = (lane.span.tip(low), lane.span.tip(high));
        mark::whisker(layout, Along::Across, tips, lane.middle);
    }
    let (from, to) = lane.span.extent(datum);
    let place = if datum.value < 0.0 {
        (Anchor::End, lane.span.at(from) - VALUE_GAP)
    } else {
        let wide = lane.style.with(font).width(text);
        (Anchor::Start, lane.number_between((lane.span.at(to), layout.plot.right), wide))
    };
    layout.text(font, lane.style, text, place, lane.style.baseline_centred(lane.middle));
}
