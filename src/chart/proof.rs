//! Layout that is proved: every kind over a few thousand random charts, judged
//! as geometry. The random numbers are seeded, so a failure comes back.

use super::dice::Dice;
use super::font::Font;
use super::layout::{Layout, TextBox};
use super::shape::{Class, Form, Frame, Point};
use super::*;

/// How many charts are drawn.
const CHARTS: u64 = 2_000;

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-6
}

/// Panics with what is wrong with a layout.
fn judge(layout: &Layout) {
    let page = Frame { left: 0.0, top: 0.0, right: layout.width, bottom: layout.height };
    assert!(layout.height.is_finite() && layout.height > 0.0, "the drawing has no height");
    for text in &layout.texts {
        assert!(
            page.holds(text.frame, 0.01),
            "`{}` stands out of the drawing: {:?}",
            text.text,
            text.frame
        );
        assert!(text.style.size >= 12.0, "`{}` is {} px", text.text, text.style.size);
        assert!(
            !text.text.chars().any(char::is_control),
            "`{:?}` has control characters",
            text.text
        );
    }
    let mut texts: Vec<&TextBox> = layout.texts.iter().collect();
    texts.sort_by(|one, other| one.frame.top.total_cmp(&other.frame.top));
    for (index, one) in texts.iter().enumerate() {
        let below =
            texts[index + 1..].iter().take_while(|other| other.frame.top < one.frame.bottom);
        for other in below {
            assert!(
                !one.frame.overlaps(other.frame),
                "`{}` ({:?}) and `{}` ({:?}) overlap",
                one.text,
                one.frame,
                other.text,
                other.frame
            );
        }
    }
    for shape in &layout.shapes {
        let frame = shape.frame();
        assert!(page.holds(frame, 1.0), "a shape stands out of the drawing: {shape:?}");
        if matches!(shape.class, Class::Mark | Class::Interval) {
            assert!(
                layout.plot.holds(frame, 0.01),
                "a mark lies outside of the plot {:?}: {shape:?}",
                layout.plot
            );
        }
    }
}

/// The labels of rows stand in the order of the rows; the ends of bars in the
/// order of the numbers.
fn judge_order(chart: &Chart, layout: &Layout) {
    let (Chart::Bars(rows) | Chart::Grouped(rows) | Chart::Dots(rows)) = chart else { return };
    let labels: Vec<f64> = layout
        .texts
        .iter()
        .filter(|text| text.style.class == Class::Label)
        .map(|text| text.frame.top)
        .collect();
    assert!(labels.is_sorted(), "labels are out of order");
    let values: Vec<f64> = layout
        .texts
        .iter()
        .filter(|text| matches!(text.style.class, Class::Value | Class::Missing))
        .map(|text| text.frame.top)
        .collect();
    let cells = rows.rows.iter().map(|row| row.cells.len()).sum::<usize>();
    assert_eq!(values.len(), cells, "a number or its absence is not told");
    assert!(values.is_sorted(), "numbers are out of order");
    if matches!(chart, Chart::Dots(_)) {
        return;
    }
    let solid = |cell: &Cell| {
        cell.known()
            .filter(|datum| datum.care == Care::None && !near(datum.value, 0.0))
            .map(|datum| datum.value)
    };
    let lengths: Vec<f64> = layout
        .marks()
        .filter(|mark| mark.stroke.is_none())
        .map(|mark| mark.frame().width())
        .collect();
    let mut known: Vec<f64> =
        rows.rows.iter().flat_map(|row| &row.cells).filter_map(solid).collect();
    if lengths.len() == known.len() {
        let mut drawn: Vec<(f64, f64)> = known.drain(..).map(f64::abs).zip(lengths).collect();
        drawn.sort_by(|one, other| one.0.total_cmp(&other.0));
        assert!(
            drawn.windows(2).all(|pair| pair[0].1 <= pair[1].1 + 1e-6),
            "a smaller number has a longer bar"
        );
    }
}

/// Every interval of rows has its whisker: whole, or cut where the scale ends
/// with an arrow that says so; the ends stand in the order of the limits.
fn judge_whiskers(chart: &Chart, layout: &Layout) {
    let (Chart::Bars(rows) | Chart::Grouped(rows) | Chart::Dots(rows)) = chart else { return };
    let known = || rows.rows.iter().flat_map(|row| &row.cells).filter_map(Cell::known);
    let also = [0.0].into_iter().filter(|_| !matches!(chart, Chart::Dots(_)));
    let reference = rows.reference.iter().map(|reference| reference.value);
    let values = || known().map(|datum| datum.value).chain(reference.clone()).chain(also.clone());
    let start = values().fold(rows.scale.start, f64::min);
    let end = values().fold(rows.scale.end, f64::max);
    let limits: Vec<(f64, f64)> = known().filter_map(|datum| datum.interval).collect();
    let whiskers: Vec<&Vec<Vec<Point>>> = layout
        .shapes
        .iter()
        .filter(|shape| shape.class == Class::Interval)
        .map(|shape| match &shape.form {
            Form::Runs(runs) => runs,
            form => panic!("a whisker is no line: {form:?}"),
        })
        .collect();
    assert_eq!(whiskers.len(), limits.len(), "an interval is not drawn");
    let mut ends = vec![];
    for ((low, high), runs) in limits.into_iter().zip(whiskers) {
        let [line, left, right] = &runs[..] else { panic!("a whisker without ends: {runs:?}") };
        let goes_on = |tip: &Vec<Point>| tip.len() == 3;
        assert_eq!(goes_on(left), low < start - 1e-3, "{low} on a scale from {start}");
        assert_eq!(goes_on(right), end + 1e-3 < high, "{high} on a scale to {end}");
        ends.push((low.max(start), line[0].x));
        ends.push((high.min(end), line[1].x));
    }
    ends.sort_by(|one, other| one.0.total_cmp(&other.0));
    assert!(ends.windows(2).all(|pair| pair[0].1 <= pair[1].1 + 1e-6), "whiskers are out of order");
}

#[test]
fn every_text_has_its_place_in_every_chart() {
    let served = include_bytes!("../../themes/barometer/static/fonts/sans.ttf");
    let fonts = [Font::default(), Font::new(served).expect("the theme's font can be read")];
    for seed in 0..CHARTS {
        let mut dice = Dice::new(seed);
        let chart = dice.chart();
        let width = match dice.roll(3) {
            0 => 720.0,
            1 => 360.0,
            _ => dice.number(320.0, 960.0).round(),
        };

        let layout = lay_out(&chart, width, &fonts[usize::from(seed % 2 == 1)]);

        let verdict = std::panic::catch_unwind(|| {
            judge(&layout);
            judge_order(&chart, &layout);
            judge_whiskers(&chart, &layout);
        });
        assert!(verdict.is_ok(), "chart {seed}, {width} px wide: {chart:#?}");
    }
}
