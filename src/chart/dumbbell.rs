//! Dumbbells: two groups or waves of each row on one line, with what lies
//! between them.

use super::axis::{self, Span};
use super::dot::{INSET, RADIUS};
use super::font::Font;
use super::lane::VALUE_GAP;
use super::lanes::{emphatic, value_texts};
use super::layout::{Anchor, Layout, MARGIN};
use super::legend;
use super::mark::{self, Dot, Sample};
use super::palette::Role;
use super::rows::{self, Heading, Row, Rows, Standing};
use super::shape::{Class, Frame, Shape, at, segment};
use super::stack::{Aside, Words};
use super::style::Style;
use super::text::clean;
use super::value::{Cell, Datum, Emphasis};

/// Two series on one line a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Dumbbell {
    /// The rows, with two series; more are left out. A muted row is one whose
    /// two numbers do not clearly differ. Intervals are not drawn: two of them
    /// on one line would hide each other, and whether the numbers differ is
    /// what the reader asks.
    pub rows: Rows,
    /// The differences in words, one a row; on a phone under the label.
    pub difference: Option<Aside>,
}

/// Draws dumbbells.
pub(super) fn lay_out(chart: &Dumbbell, width: f64, font: &Font) -> Layout {
    let mut layout = Layout::new(width);
    let rows = &chart.rows;
    let asides = chart.difference.as_slice();
    let standing = Standing::new(chart.headings(), &[], width, font);
    let words = Words::new(asides, width, font);
    let (left, right) = (standing.left, width - words.width);
    // The key has no colour that no mark has.
    let is_muted = rows.rows.iter().all(|row| row.emphasis == Emphasis::Muted);
    let role = |index| if is_muted { Role::Background } else { mark::series_role(index) };
    let entries = rows.series.iter().take(2).enumerate();
    let entries = entries
        .map(|(index, name)| (name.as_str(), Sample::Dot(Dot::of_series(index), role(index))));
    let top = legend::draw(Style::LEGEND, &mut layout, entries, (left, MARGIN), font);
    let value = Style::SMALL_VALUE.on_lines();
    let texts = value_texts(rows, value, (right - left) * 0.6, font);
    let span = fit(rows, &texts, (left, right), font);

    let pitch = words.pitch(20.0);
    let lanes = vec![1; rows.rows.len()];
    let stand = standing.stand(&mut layout, &lanes, pitch, top + words.height, font);
    let middles: Vec<f64> = stand.lanes.iter().flatten().copied().collect();
    words.draw(&mut layout, top, &middles, font);
    layout.plot = Frame { left, top: stand.down.0, right, bottom: stand.down.1 };
    let bottom = axis::horizontal(&mut layout, &rows.scale.ticks, span, stand.down, font);
    for ((row, middle), texts) in rows.rows.iter().zip(&middles).zip(&texts) {
        let pair = Pair { row, span, middle: *middle, style: value };
        pair.draw(&mut layout, texts, (left, right), font);
    }
    rows::finish(&mut layout, bottom);
    layout
}

impl Dumbbell {
    fn headings(&self) -> impl Iterator<Item = Heading<'_>> {
        self.rows.rows.iter().enumerate().map(|(index, row)| {
            let note = self.difference.as_ref().and_then(|aside| aside.note(index));
            Heading { note: note.unwrap_or_default(), ..row.heading() }
        })
    }
}

/// The widest scale at which both numbers of every row have their places.
fn fit(rows: &Rows, texts: &[Vec<(String, f64)>], (left, right): (f64, f64), font: &Font) -> Span {
    let domain = rows.domain(None);
    let away = RADIUS + VALUE_GAP;
    // Each number may stand left of its dot or right of it.
    let needs: Vec<(f64, f64)> =
        rows.known(texts).map(|(datum, wide)| (datum.value - domain.0, away + wide)).collect();
    let overhang = axis::overhang(&rows.scale.ticks, font).max(INSET);
    let origin = |unit: f64| {
        needs.iter().map(|(value, need)| left + need - value * unit).fold(left + INSET, f64::max)
    };
    let fits = |unit: f64| {
        let origin = origin(unit);
        let end = origin + (domain.1 - domain.0) * unit + overhang;
        needs.iter().map(|(value, need)| origin + value * unit + need).fold(end, f64::max) <= right
    };
    // No formula gives the largest unit that fits: halving finds it.
    let (mut low, mut high) = (0.0, (right - left) / (domain.1 - domain.0));
    for _ in 0..40 {
        let middle = f64::midpoint(low, high);
        if fits(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    let origin = origin(low);
    Span::new(domain, (origin, origin + (domain.1 - domain.0) * low))
}

/// The two numbers of a row.
struct Pair<'a> {
    row: &'a Row,
    span: Span,
    middle: f64,
    style: Style,
}

impl Pair<'_> {
    fn draw(&self, layout: &mut Layout, texts: &[(String, f64)], across: (f64, f64), font: &Font) {
        let known: Vec<(usize, &Datum)> = self
            .row
            .cells
            .iter()
            .take(2)
            .enumerate()
            .filter_map(|(index, cell)| Some((index, cell.known()?)))
            .collect();
        if known.is_empty() {
            let reason = self.row.cells.first().map_or("–", Cell::text);
            rows::missing(layout, reason, (across.0 + VALUE_GAP, across.1), self.middle, font);
            return;
        }
        let muted = self.row.emphasis == Emphasis::Muted;
        if let [(_, one), (_, other)] = known[..] {
            let ends = [one, other].map(|datum| at(self.span.at(datum.value), self.middle));
            layout.add(Shape::line(Class::Guide, segment(ends[0], ends[1]), Role::Background, 3.0));
        }
        for (index, datum) in &known {
            let role = if muted { Role::Background } else { mark::series_role(*index) };
            let centre = at(self.span.at(datum.value), self.middle);
            let dot = (Dot::of_series(*index), centre, RADIUS);
            mark::dot(layout, dot, datum.care, role, datum.told.clone());
        }
        self.print(layout, &known, texts, font);
        if let [(index, datum)] = known[..] {
            self.excuse(layout, 1 - index, self.span.at(datum.value), across.0, font);
        }
    }

    /// Says left of the only number why there is no other, where that has room.
    fn excuse(&self, layout: &mut Layout, index: usize, x: f64, left: f64, font: &Font) {
        let Some(Cell::Missing(reason)) = self.row.cells.get(index) else { return };
        let style = Style::MISSING.on_lines();
        let right = x - RADIUS - VALUE_GAP;
        let text = clean(reason);
        if left + style.with(font).width(&text) <= right {
            let place = (Anchor::End, right);
            layout.text(font, style, &text, place, style.baseline_centred(self.middle));
        }
    }

    /// The lower number stands left of its dot, the higher one right.
    fn print(
        &self,
        layout: &mut Layout,
        known: &[(usize, &Datum)],
        texts: &[(String, f64)],
        font: &Font,
    ) {
        let style = emphatic(self.style, self.row);
        let baseline = style.baseline_centred(self.middle);
        let lower = match known {
            [(_, one), (_, other)] if one.value <= other.value => Some(0),
            [_, _] => Some(1),
            _ => None,
        };
        for (position, (index, datum)) in known.iter().enumerate() {
            let x = self.span.at(datum.value);
            let away = RADIUS + VALUE_GAP;
            let place = if lower == Some(position) {
                (Anchor::End, x - away)
            } else {
                (Anchor::Start, x + away)
            };
            layout.text(font, style, &texts[*index].0, place, baseline);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Care, Scale};

    fn key(emphasis: [Emphasis; 2]) -> Vec<Option<Role>> {
        let cell = |value| {
            let text = format!("{value} %");
            Cell::Known(Datum { value, text, interval: None, care: Care::None, told: None })
        };
        let row = |emphasis| Row {
            label: "One".to_owned(),
            cells: vec![cell(20.0), cell(21.0)],
            emphasis,
            remark: String::new(),
        };
        let rows = Rows {
            series: vec!["2017".to_owned(), "2018".to_owned()],
            rows: emphasis.map(row).to_vec(),
            scale: Scale { start: 0.0, end: 40.0, ticks: vec![] },
            reference: None,
        };
        let layout = lay_out(&Dumbbell { rows, difference: None }, 720.0, &Font::default());
        let samples = layout.shapes.iter().filter(|shape| shape.class == Class::Legend);
        samples.map(|shape| shape.fill).collect()
    }

    #[test]
    fn the_key_is_muted_where_all_rows_are() {
        let clear = key([Emphasis::Normal, Emphasis::Muted]);

        assert_eq!(clear, [Some(mark::series_role(0)), Some(mark::series_role(1))]);
        assert_eq!(key([Emphasis::Muted; 2]), [Some(Role::Background); 2]);
    }
}
