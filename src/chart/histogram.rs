//! The distribution of a score: upright bars, with mean, median and half-way
//! marked over them.

use super::axis::Tip;
use super::axis::{self, Span};
use super::font::Font;
use super::layout::{Anchor, Layout, MARGIN};
use super::mark::{self, Along, Dot};
use super::palette::Role;
use super::points::{self, Places};
use super::rows;
use super::shape::{Class, Frame, Shape, at, count, segment};
use super::style::{Halo, Style};
use super::text::clean;
use super::value::{Care, Cell, Emphasis, Scale};

/// How often each score was given.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// The scores, in rising order and at even distances.
    pub bins: Vec<Bin>,
    /// The scale of the bars' heights; bars start at zero.
    pub scale: Scale,
    /// What is marked on the scores, the most important first.
    pub markers: Vec<Marker>,
}

/// One score.
#[derive(Debug, Clone, PartialEq)]
pub struct Bin {
    /// The score.
    pub score: f64,
    /// Its label.
    pub label: String,
    /// How often it was given.
    pub cell: Cell,
    /// Whether it is set off.
    pub emphasis: Emphasis,
}

/// A place on the scores.
#[derive(Debug, Clone, PartialEq)]
pub struct Marker {
    /// Where, as a score.
    pub score: f64,
    /// Confidence limits, as scores.
    pub interval: Option<(f64, f64)>,
    /// Its label: `Moyenne 3,64`.
    pub label: String,
    /// How it is drawn.
    pub look: MarkerLook,
}

/// How a marker is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkerLook {
    /// A dot with its whisker: an estimate.
    Dot,
    /// A dashed line down to the scores: a median, half-way.
    Line,
}

/// Height of the tallest bar, in pixels.
const HEIGHT: (f64, f64) = (200.0, 160.0);

/// Height of the lane of a marker, in pixels.
const LANE: f64 = 21.0;

/// A label of a marker that is cut shorter than this tells nothing, in pixels.
const LEAST_LABEL: f64 = 80.0;

/// The widest bar, in pixels.
const WIDEST: f64 = 72.0;

/// Draws a histogram.
pub(super) fn lay_out(chart: &Histogram, width: f64, font: &Font) -> Layout {
    let mut layout = Layout::new(width);
    let left = axis::column(&chart.scale.ticks, width, font);
    let right = (left + WIDEST * count(chart.bins.len().max(1))).min(width);
    let half = (right - left) / count(chart.bins.len().max(1)) / 2.0;
    let places = Places::new(chart.bins.len(), (left + half, right - half));
    let scores = scores(chart, &places);

    let lanes = MARGIN + LANE * count(chart.markers.len());
    let value = Style::SMALL_VALUE;
    // The numbers over the highest bars need a line.
    let top = lanes + value.height() + 4.0;
    let bottom = top + if rows::is_wide(width) { HEIGHT.0 } else { HEIGHT.1 };
    let span = Span::new(chart.domain(), (bottom, top));
    layout.plot = Frame { left, top: MARGIN, right: width, bottom };
    axis::vertical(&mut layout, &chart.scale.ticks, span, (left, right), font);

    for (index, marker) in chart.markers.iter().enumerate() {
        let middle = MARGIN + LANE * (count(index) + 0.5);
        draw_marker(&mut layout, marker, scores, (middle, bottom), font);
    }
    // A word in each bar would find no room.
    let nothing =
        chart.bins.first().filter(|_| chart.bins.iter().all(|bin| bin.cell.known().is_none()));
    if let Some(bin) = nothing {
        let middle = bottom - Style::MISSING.height();
        rows::missing(&mut layout, bin.cell.text(), (left + 6.0, right), middle, font);
    }
    let print = Print::of(chart, 2.0 * half - 2.0, font);
    for (bin, x) in chart.bins.iter().zip(&places.x).filter(|_| nothing.is_none()) {
        draw_bin(&mut layout, bin, (*x, half), span, (print, font));
    }
    let line = segment(at(left, span.at(0.0) + 0.5), at(right, span.at(0.0) + 0.5));
    layout.add(Shape::line(Class::Axis, line, Role::Muted, 1.0));
    let labels: Vec<String> = chart.bins.iter().map(|bin| bin.label.clone()).collect();
    let end = points::label(&mut layout, &labels, &places, bottom + 8.0, font);
    rows::finish(&mut layout, end);
    layout
}

impl Histogram {
    /// The ends of the scale of heights, stretched over all bars.
    pub(super) fn domain(&self) -> (f64, f64) {
        let values = self.bins.iter().filter_map(|bin| bin.cell.known()).map(|datum| datum.value);
        self.scale.over(values.chain([0.0]))
    }
}

/// Maps scores onto the middles of their bars.
fn scores(chart: &Histogram, places: &Places) -> Span {
    let ends = (chart.bins.first(), chart.bins.last());
    let (from, to) = ends.0.zip(ends.1).map_or((0.0, 1.0), |(one, other)| (one.score, other.score));
    let (left, right) =
        places.x.first().zip(places.x.last()).map_or((0.0, 1.0), |(one, other)| (*one, *other));
    if to - from > 1e-9 {
        Span::new((from, to), (left, right))
    } else {
        Span::new(
            (from - 1.0, from + 1.0),
            (left - places.spacing / 2.0, left + places.spacing / 2.0),
        )
    }
}

/// How the numbers over all bars are printed. Over some bars alone they would
/// seem to mean something.
#[derive(Debug, Clone, Copy)]
enum Print {
    /// In this style.
    Whole(Style),
    /// Without the unit, which the scale beside them has.
    Bare(Style),
    /// Nowhere: they are read off the scale.
    Not,
}

impl Print {
    /// The largest that fits over every bar.
    fn of(chart: &Histogram, room: f64, font: &Font) -> Self {
        // Eleven bars on the narrowest phone, where the drawing is an eighth
        // smaller: 11 pixels there.
        let sizes = [Style::SMALL_VALUE.size, 13.0, 12.6];
        let styles = || sizes.into_iter().map(|size| Style::SMALL_VALUE.on_lines().sized(size));
        let texts = || chart.bins.iter().filter_map(|bin| Some(clean(&bin.cell.known()?.text)));
        let fits = |style: Style, text: &str| style.with(font).width(text) <= room;
        let whole = styles().find(|style| texts().all(|text| fits(*style, &text)));
        let unitless = || styles().find(|style| texts().all(|text| fits(*style, bare(&text))));
        let is_marked = !chart.scale.ticks.is_empty();
        match whole {
            Some(style) => Self::Whole(style),
            None => unitless().filter(|_| is_marked).map_or(Self::Not, Self::Bare),
        }
    }
}

/// A number without the unit behind it.
fn bare(text: &str) -> &str {
    text.trim_end_matches(|letter: char| !letter.is_numeric())
}

fn draw_bin(
    layout: &mut Layout,
    bin: &Bin,
    (x, half): (f64, f64),
    span: Span,
    (print, font): (Print, &Font),
) {
    let gap = (half * 0.12).clamp(0.5, 4.0);
    let base = span.at(0.0);
    let Some(datum) = bin.cell.known() else {
        let text = clean(bin.cell.text());
        if Style::MISSING.with(font).width(&text) <= 2.0 * half - 2.0 {
            layout.text(font, Style::MISSING, &text, (Anchor::Middle, x), base - 5.0);
        }
        return;
    };
    let end = span.at(datum.value.max(0.0));
    let frame = Frame { left: x - half + gap, top: end, right: x + half - gap, bottom: base };
    let role = mark::emphasis_role(bin.emphasis);
    mark::bar(layout, frame, datum.care, role, datum.told.clone());
    if let Some((low, high)) = datum.limits() {
        mark::whisker(layout, Along::Down, (span.tip(high), span.tip(low)), x);
    }
    let over = span.at(span.extent(datum).1).min(end);
    let text = clean(&datum.text);
    let (text, style) = match print {
        Print::Whole(style) => (&*text, style),
        Print::Bare(style) => (bare(&text), style),
        Print::Not => return,
    };
    layout.text(font, style, text, (Anchor::Middle, x), over - 5.0);
}

fn draw_marker(
    layout: &mut Layout,
    marker: &Marker,
    scores: Span,
    (middle, bottom): (f64, f64),
    font: &Font,
) {
    if marker.score.abs() > 1e9 {
        return;
    }
    let page = (layout.plot.left + 8.0, layout.width - 8.0);
    let inside = |score: f64| scores.at(score).clamp(page.0, page.1);
    let x = inside(marker.score);
    let mut taken = (x - 10.0, x + 10.0);
    let line = Frame { left: x, right: x, top: middle + 7.0, bottom };
    match marker.look {
        MarkerLook::Line => {
            axis::dashed(layout, Frame { top: middle - 8.0, ..line });
            taken = (x - 6.0, x + 6.0);
        }
        MarkerLook::Dot => {
            if let Some((low, high)) = marker.interval {
                let ends = (inside(low.min(high)), inside(low.max(high)));
                let tips = (Tip::Cap(ends.0), Tip::Cap(ends.1));
                mark::whisker(layout, Along::Across, tips, middle);
                taken = (taken.0.min(ends.0 - 6.0), taken.1.max(ends.1 + 6.0));
            }
            mark::dot(layout, (Dot::Diamond, at(x, middle), 5.5), Care::None, Role::Ink, None);
        }
    }
    let style = Style { halo: Halo::Paper, ..Style::REFERENCE };
    let measure = style.with(font);
    let label = clean(&marker.label);
    let (before, after) = (taken.0, layout.width - taken.1);
    // Right of the marker where there is room, else left of it, else over a
    // whisker that leaves none.
    let wide = measure.width(&label);
    let (place, room) = if wide <= after || (before < LEAST_LABEL && LEAST_LABEL <= after) {
        ((Anchor::Start, taken.1), after)
    } else if wide <= before || LEAST_LABEL <= before {
        ((Anchor::End, taken.0), before)
    } else {
        ((Anchor::Start, layout.plot.left), layout.width - layout.plot.left)
    };
    let (text, _) = measure.shorten(&label, room);
    let baseline = style.baseline_centred(middle);
    layout.text(font, style, &text, place, baseline);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_stands_between_the_bars_of_its_neighbours() {
        let bin = |score: f64| Bin {
            score,
            label: String::new(),
            cell: Cell::Missing(String::new()),
            emphasis: Emphasis::Normal,
        };
        let bins = (0..=10).map(|score| bin(f64::from(score))).collect();
        let scale = Scale { start: 0.0, end: 1.0, ticks: Vec::new() };
        let chart = Histogram { bins, scale, markers: Vec::new() };
        let places = Places::new(11, (10.0, 110.0));

        assert!((scores(&chart, &places).at(3.5) - 45.0).abs() < 1e-9);
    }
}
