//! Stacked bars of 100 %: the parts of a whole, one bar a row.

use super::font::Font;
use super::layout::Layout;
use super::rows;
use super::stack::{self, Begun, Segment, Stack, share};

/// Draws stacked bars.
pub(super) fn lay_out(chart: &Stack, width: f64, font: &Font) -> Layout {
    let Begun { mut layout, middles, stand } = stack::begin(chart, width, font);
    let (left, right) = (layout.plot.left, layout.plot.right);
    let sums = chart
        .rows
        .iter()
        .map(|row| (0..chart.parts.len()).map(|part| share(row, part)).sum::<f64>());
    // Rounded shares may add to a little more than the whole.
    let unit = (right - left) / sums.fold(100.0, f64::max);
    let roles = chart.roles();
    for (row, middle) in chart.rows.iter().zip(&middles) {
        if let Some(reason) = chart.reason(row) {
            rows::missing(&mut layout, &reason, (left, right), *middle, font);
            continue;
        }
        let mut x = left;
        for (part, (cell, role)) in row.cells.iter().zip(&roles).enumerate() {
            let end = x + share(row, part) * unit;
            let segment = Segment { cell, role: *role, across: (x, end), middle: *middle };
            segment.draw(&mut layout, font);
            x = end;
        }
    }
    rows::finish(&mut layout, stand.down.1);
    layout
}

#[cfg(test)]
mod tests {
    use super::super::rows::Row;
    use super::super::stack::{Neutral, Part, Tone};
    use super::super::value::{Care, Cell, Datum, Emphasis};
    use super::*;

    fn drawn(shares: &[f64]) -> Layout {
        let cell = |value: &f64| {
            Cell::Known(Datum {
                value: *value,
                text: String::new(),
                interval: None,
                care: Care::None,
                told: None,
            })
        };
        let row = Row {
            label: String::new(),
            cells: shares.iter().map(cell).collect(),
            emphasis: Emphasis::Normal,
            remark: String::new(),
        };
        let part = Part { name: "a".to_owned(), tone: Tone::Series };
        let stack = Stack {
            parts: vec![part; shares.len()],
            rows: vec![row],
            neutral: Neutral::Split,
            asides: Vec::new(),
        };
        lay_out(&stack, 720.0, &Font::default())
    }

    #[test]
    fn parts_of_a_hundred_fill_the_plot_in_their_proportions() {
        let layout = drawn(&[25.0, 50.0, 25.0]);
        let widths: Vec<f64> = layout.marks().map(|mark| mark.frame().width()).collect();

        // One pixel of each segment is the gap to its neighbours.
        assert_eq!(widths, [179.0, 359.0, 179.0]);
    }

    #[test]
    fn parts_that_round_to_more_than_the_whole_stay_inside() {
        let layout = drawn(&[34.0, 34.0, 34.0]);

        assert!(layout.marks().all(|mark| layout.plot.holds(mark.frame(), 0.0)));
    }
}
