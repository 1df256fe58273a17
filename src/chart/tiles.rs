//! Equal tiles in the order of a map: every group weighs the same, whatever
//! its area.

use super::font::Font;
use super::layout::{Anchor, Layout, MARGIN};
use super::legend;
use super::mark::{self, Sample};
use super::palette::{Role, ink_on, ordered};
use super::rows;
use super::shape::{Class, Form, Frame, Shape, Stroke, count};
use super::style::Style;
use super::value::{Care, Cell};

/// Groups as tiles.
#[derive(Debug, Clone, PartialEq)]
pub struct Tiles {
    /// The tiles, in any order; of two at one place the second moves on.
    pub tiles: Vec<Tile>,
    /// Names of the classes, pale to dark; at most five.
    pub classes: Vec<String>,
}

/// One group.
#[derive(Debug, Clone, PartialEq)]
pub struct Tile {
    /// Its name.
    pub label: String,
    /// Column of the grid, from nothing, left to right.
    pub column: usize,
    /// Row of the grid, from nothing, top down.
    pub row: usize,
    /// Its number.
    pub cell: Cell,
    /// Its class, counted from nothing.
    pub class: usize,
}

/// The least side of a tile that holds its texts, and the widest and highest
/// that a tile becomes, in pixels. A wide drawing has room across, and none to
/// waste down.
const LEAST: f64 = 58.0;
const MOST_WIDE: f64 = 156.0;
const MOST_HIGH: f64 = 118.0;

/// Between two tiles, in pixels.
const GAP: f64 = 4.0;

/// Between a tile's side and its texts, in pixels.
const PADDING: f64 = 5.0;

/// Size of the texts of a small tile, in pixels: a phone of 320 shows a drawing
/// at seven eighths.
const SMALL: f64 = 13.0;

/// Between the tiles and the key beside them, in pixels, and the widest that
/// such a key is, as a part of the drawing.
const KEY_GAP: f64 = 28.0;
const KEY: f64 = 0.2;

/// Most rows of a grid: beyond this a layout is a mistake, and tiles follow
/// each other.
const MOST: usize = 40;

/// Draws tiles.
pub(super) fn lay_out(chart: &Tiles, width: f64, font: &Font) -> Layout {
    let mut layout = Layout::new(width);
    let classes = chart.classes.len().clamp(1, 5);
    let (top, right, mut bottom) = key(&mut layout, &chart.classes, font);
    let (places, columns) = places(&chart.tiles, right);
    let wide = ((right + GAP) / count(columns) - GAP).min(MOST_WIDE);
    let high = wide.min(MOST_HIGH);
    for (tile, (column, row)) in chart.tiles.iter().zip(places) {
        let left = count(column) * (wide + GAP);
        let above = top + count(row) * (high + GAP);
        let frame = Frame { left, top: above, right: left + wide, bottom: above + high };
        bottom = bottom.max(frame.bottom);
        draw_tile(&mut layout, tile, frame, ordered(tile.class, classes), font);
    }
    layout.plot = Frame { left: 0.0, top, right: width, bottom };
    rows::finish(&mut layout, bottom);
    layout
}

/// Draws the key to the shades: beside the tiles where there is room, else
/// above them, as a band where its names fit into it. Returns where the tiles begin and how far right they may go, and
/// the end of what stands beside them.
fn key(layout: &mut Layout, names: &[String], font: &Font) -> (f64, f64, f64) {
    let width = layout.width;
    let classes = names.len().clamp(1, 5);
    let entries = names.iter().take(5).enumerate();
    let entries =
        entries.map(|(class, name)| (name.as_str(), Sample::Bar(ordered(class, classes))));
    if rows::is_wide(width) {
        let place = (MARGIN, width * KEY);
        let beside = legend::beside(Style::SCALE, layout, entries.clone(), place, font);
        if let Some((left, bottom)) = beside {
            return (MARGIN, left - KEY_GAP, bottom);
        }
    }
    if names.is_empty() {
        return (MARGIN, width, MARGIN);
    }
    let steps = names.iter().take(5).enumerate();
    let steps = steps.map(|(class, name)| (name.as_str(), ordered(class, classes)));
    let top = legend::band(Style::SCALE, layout, steps, MARGIN, font)
        .unwrap_or_else(|| legend::draw(Style::SCALE, layout, entries, (0.0, MARGIN), font));
    (top, width, top)
}

/// The place of each tile, and the number of columns: as asked where the grid
/// fits and nobody shares a place, else the next free one.
fn places(tiles: &[Tile], width: f64) -> (Vec<(usize, usize)>, usize) {
    let asked = tiles.iter().map(|tile| tile.column).max().map_or(1, |most| most.saturating_add(1));
    let rows = tiles.iter().map(|tile| tile.row).max().map_or(1, |most| most.saturating_add(1));
    let fit = (1..=24).rev().find(|columns| (width + GAP) / count(*columns) - GAP >= LEAST);
    let fit = fit.unwrap_or(1);
    if asked > fit || rows > MOST {
        let columns = fit.min(tiles.len().max(1));
        return ((0..tiles.len()).map(|tile| (tile % columns, tile / columns)).collect(), columns);
    }
    let mut taken = std::collections::BTreeSet::new();
    let mut places = Vec::with_capacity(tiles.len());
    for tile in tiles {
        let mut place = (tile.row, tile.column);
        while !taken.insert(place) {
            place = if place.1 + 1 < asked { (place.0, place.1 + 1) } else { (place.0 + 1, 0) };
        }
        places.push((place.1, place.0));
    }
    (places, asked)
}

fn draw_tile(layout: &mut Layout, tile: &Tile, frame: Frame, role: Role, font: &Font) {
    let large = frame.width() >= 84.0;
    let mut name = if large { Style::SMALL_LABEL } else { Style::SMALL_LABEL.sized(SMALL) };
    let mut value = if large { Style::VALUE.sized(19.0) } else { Style::VALUE }.semibold();
    if let Some(datum) = tile.cell.known() {
        mark::bar(layout, frame, datum.care, role, datum.told.clone());
        (name, value) = if datum.care == Care::None {
            (name.coloured(ink_on(role)), value.coloured(ink_on(role)))
        } else {
            (name.on_lines(), value.on_lines())
        };
    } else {
        layout.add(Shape {
            class: Class::Missing,
            form: Form::Block(frame.inset(0.5)),
            fill: None,
            stroke: Some(Stroke { role: Role::Background, width: 1.0, dash: Some(3.0) }),
            title: None,
        });
        value = if large { Style::MISSING } else { Style::MISSING.sized(SMALL) };
    }
    let room = frame.width() - 2.0 * PADDING;
    let left = (Anchor::Start, frame.left + PADDING);
    let said = if tile.cell.known().is_some() { 1 } else { 2 };
    let words = value.with(font).wrap(tile.cell.text(), room, said);
    let low = frame.bottom - 3.0 - value.height_of(words.lines.len());
    layout.lines(font, value, &words, left, low);
    let lines = ((low - frame.top - 3.0 - name.height()) / name.leading()).floor();
    let most = (1..=4).rev().find(|most| count(*most - 1) <= lines);
    if let Some(most) = most.filter(|_| lines >= 0.0) {
        let lines = name.with(font).wrap(&tile.label, room, most);
        layout.lines(font, name, &lines, left, frame.top + 3.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tile(column: usize, row: usize) -> Tile {
        Tile { label: String::new(), column, row, cell: Cell::Missing(String::new()), class: 0 }
    }

    #[test]
    fn tiles_stand_where_they_are_asked_to() {
        let (places, columns) = places(&[tile(1, 0), tile(0, 2)], 360.0);

        assert_eq!((places, columns), (vec![(1, 0), (0, 2)], 2));
    }

    #[test]
    fn a_second_tile_at_one_place_moves_on() {
        let (places, _) = places(&[tile(1, 0), tile(1, 0), tile(0, 1)], 360.0);

        assert_eq!(places, [(1, 0), (0, 1), (1, 1)]);
    }

    #[test]
    fn a_grid_that_does_not_fit_becomes_rows_of_tiles() {
        let (places, columns) = places(&[tile(usize::MAX, 3), tile(0, usize::MAX)], 360.0);

        assert_eq!((places, columns), (vec![(0, 0), (1, 0)], 2));
    }
}
