//! Drawing: values in, SVG out. Knows no survey and no language: every text
//! arrives ready to be shown.
//!
//! A kind is laid out as geometry (`layout`), which tests judge, and then
//! written down (`svg`). Each kind has a file: its data and its layout.

mod axis;
mod bar;
mod card;
mod colours;
#[cfg(test)]
mod contrast;
#[cfg(test)]
mod dice;
mod diverging;
mod dot;
mod drawing;
mod dumbbell;
mod ends;
mod font;
mod histogram;
mod kerning;
mod lane;
mod lanes;
mod layout;
mod legend;
mod line;
mod mark;
mod multiples;
mod number;
mod painter;
mod palette;
mod points;
#[cfg(test)]
mod proof;
mod rows;
#[cfg(test)]
mod sample;
mod shape;
mod slope;
#[cfg(test)]
mod snapshot;
mod stack;
mod stacked;
mod style;
mod svg;
mod text;
mod tie;
mod tiles;
mod value;
mod writer;

pub use card::{CARD, Card, CardContent, draw_card};
pub use colours::{Colours, Faint, colour_name};
pub use drawing::{Access, Caption, Drawing};
pub use dumbbell::Dumbbell;
pub use font::Font;
pub use histogram::{Bin, Histogram, Marker, MarkerLook};
pub use line::{Timeline, Track};
pub use multiples::{Multiples, Panel};
pub use number::BigNumber;
pub use painter::Painter;
pub use palette::{PALETTE, Role, role_colour};
pub use rows::{Row, Rows};
pub use stack::{Aside, Neutral, Part, Stack, Tone};
pub use tiles::{Tile, Tiles};
pub use value::{Care, Cell, Datum, Emphasis, Reference, Scale};

/// A chart of one of the kinds.
#[derive(Debug, Clone, PartialEq)]
pub enum Chart {
    /// Ranked horizontal bars: one series.
    Bars(Rows),
    /// Bars of up to three series a row; past the fourth, names stand at the bars.
    Grouped(Rows),
    /// Dots with whiskers, one or several series a row; past the fourth, names stand at the dots.
    Dots(Rows),
    /// One line a series over time; needs two points or more.
    Line(Timeline),
    /// Two points in time, one line a series, labels at both ends.
    Slope(Timeline),
    /// Parts of a whole that add to 100 %.
    Stacked(Stack),
    /// A scale from negative to positive, around its middle.
    Diverging(Stack),
    /// The distribution of a score.
    Histogram(Histogram),
    /// Groups as equal tiles in the order of a map.
    Tiles(Tiles),
    /// Two groups or waves of each row, with what lies between.
    Dumbbell(Dumbbell),
    /// The same chart for each group, side by side.
    SmallMultiples(Multiples),
}

/// Draws a chart `width` pixels wide: 720 for a page, 360 for a phone, and
/// anything from 210 on. Labels stand beside their marks from 560 on.
pub fn draw(chart: &Chart, width: f64, font: &Font) -> Drawing {
    Drawing::new(&lay_out(chart, width, font), font)
}

/// Draws a chart twice, laid out once: for a page, and as an SVG file of its
/// own with its words around it, paper behind and real colours. The file is 48
/// pixels wider than `width`; texts keep their lengths when a reader lacks the
/// font.
pub fn draw_with_file(
    chart: &Chart,
    width: f64,
    font: &Font,
    caption: Caption<'_>,
) -> (Drawing, Drawing) {
    let layout = lay_out(chart, width, font);
    (Drawing::new(&layout, font), drawing::file(layout, caption, font))
}

/// A drawing as geometry.
fn lay_out(chart: &Chart, width: f64, font: &Font) -> layout::Layout {
    match chart {
        Chart::Bars(rows) | Chart::Grouped(rows) => {
            lanes::lay_out(rows, None, lanes::Marks::Bars, width, font)
        }
        Chart::Dots(rows) => lanes::lay_out(rows, None, lanes::Marks::Dots, width, font),
        Chart::Line(timeline) => line::lay_out(timeline, width, font),
        Chart::Slope(timeline) => slope::lay_out(timeline, width, font),
        Chart::Stacked(stack) => stacked::lay_out(stack, width, font),
        Chart::Diverging(stack) => diverging::lay_out(stack, width, font),
        Chart::Histogram(histogram) => histogram::lay_out(histogram, width, font),
        Chart::Tiles(tiles) => tiles::lay_out(tiles, width, font),
        Chart::Dumbbell(dumbbell) => dumbbell::lay_out(dumbbell, width, font),
        Chart::SmallMultiples(multiples) => {
            multiples::lay_out(multiples, width, font, |chart, width| lay_out(chart, width, font))
        }
    }
}
