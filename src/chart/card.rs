//! The picture that stands for a page where its address is shared: a headline
//! with a chart, some numbers or some words under it. Its drawing is half as
//! large as the picture.

use super::drawing::Drawing;
use super::font::Font;
use super::layout::{Anchor, Layout, MARGIN};
use super::number::BigNumber;
use super::palette::Role;
use super::rows::{Row, Rows};
use super::shape::{Class, Form, Frame, Point, Shape, Stroke, at, count};
use super::style::Style;
use super::svg::{self, Lengths};
use super::text::clean;
use super::value::Emphasis;
use super::writer::{Writer, number};
use super::{Chart, lay_out};

/// What a card says.
#[derive(Clone, Copy)]
pub struct Card<'a> {
    /// The report, above.
    pub report: &'a str,
    /// What must be known of the numbers; stands in a frame.
    pub warning: Option<&'a str>,
    /// The finding.
    pub headline: &'a str,
    /// What bears it out.
    pub content: CardContent<'a>,
    /// Where it comes from, below.
    pub source: &'a str,
    /// How many rows the chart itself leaves out.
    pub left_out: usize,
    /// Says how many rows are left out, those of the chart and those that had
    /// no room on the card.
    pub others: &'a dyn Fn(usize) -> String,
}

impl std::fmt::Debug for Card<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Card").field("headline", &self.headline).finish_non_exhaustive()
    }
}

/// What stands in the middle of a card.
#[derive(Debug, Clone, Copy)]
pub enum CardContent<'a> {
    /// A chart.
    Chart(&'a Chart),
    /// Numbers side by side, three at most.
    Numbers(&'a [&'a BigNumber]),
    /// Words.
    Text(&'a str),
}

/// The size of a card's drawing, in pixels.
pub const CARD: (f64, f64) = (600.0, 315.0);

/// Left free on all sides, in pixels.
const BORDER: f64 = 28.0;

/// A chart that must be made smaller than this shows fewer rows instead: its
/// labels would not be read in a list of messages.
const SMALLEST: f64 = 0.72;

/// Between two numbers, in pixels.
const GAP: f64 = 24.0;

/// Between the borders, in pixels.
const WIDTH: f64 = CARD.0 - 2.0 * BORDER;

/// Where the headline begins, in pixels.
const HEAD_TOP: f64 = 48.0;

/// Draws a card.
pub fn draw_card(card: &Card<'_>, font: &Font) -> Drawing {
    let fitted = match card.content {
        CardContent::Chart(chart) => Some(arrange(chart, card, font)),
        _ => None,
    };
    let mut page = Layout::new(CARD.0);
    page.height = CARD.1;
    let arrangement = match (&fitted, card.content) {
        (Some((_, arrangement)), _) => *arrangement,
        (None, CardContent::Numbers(_)) => ABOVE_NUMBERS,
        (None, _) => BELOW,
    };
    let top = head(&mut page, card, arrangement, font);
    match card.content {
        CardContent::Chart(_) => {}
        CardContent::Numbers(numbers) => place_numbers(&mut page, numbers, top, font),
        CardContent::Text(text) => {
            let style = Style { class: Class::Label, ..Style::LABEL.sized(19.0) };
            let lines = style.with(font).wrap(text, WIDTH, 5);
            page.lines(font, style, &lines, (Anchor::Start, BORDER), top + 6.0);
        }
    }
    let without_room = fitted.as_ref().map_or(0, |(fitted, _)| fitted.left_out);
    foot(&mut page, card, card.left_out + without_room, font);
    let chart = fitted.map(|(fitted, arrangement)| {
        let top = if arrangement.beside() { HEAD_TOP + 8.0 } else { top };
        (fitted, at(BORDER + arrangement.left, top))
    });
    write(&page, chart, font)
}

/// How headline and chart share the card.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Arrangement {
    /// Size of the headline, in pixels to the em, and how wide and how many
    /// lines it may be.
    headline: (f64, f64, usize),
    /// How far the chart stands from the left border.
    left: f64,
}

impl Arrangement {
    /// Whether the chart stands at the right of the headline.
    fn beside(self) -> bool {
        0.0 < self.left
    }
}

/// The chart below the headline.
const BELOW: Arrangement = Arrangement { headline: (27.0, WIDTH, 3), left: 0.0 };
/// Numbers and their labels take more room.
const ABOVE_NUMBERS: Arrangement = Arrangement { headline: (27.0, WIDTH, 2), left: 0.0 };
/// The chart at its right: for charts that are as high as wide.
const BESIDE: Arrangement = Arrangement { headline: (22.0, 196.0, 7), left: 220.0 };

/// The arrangement in which the chart is largest: below where it can be read
/// there.
fn arrange(chart: &Chart, card: &Card<'_>, font: &Font) -> (Fitted, Arrangement) {
    let top = head(&mut Layout::new(CARD.0), card, BELOW, font);
    let below = fit(chart, (WIDTH, foot_top() - top - 8.0), font);
    if SMALLEST <= below.scale && below.left_out == 0 {
        return (below, BELOW);
    }
    let room = (WIDTH - BESIDE.left, foot_top() - HEAD_TOP - 16.0);
    let beside = fit(chart, room, font);
    let better = (std::cmp::Reverse(beside.left_out), beside.scale.min(SMALLEST))
        > (std::cmp::Reverse(below.left_out), below.scale.min(SMALLEST));
    if better { (beside, BESIDE) } else { (below, BELOW) }
}

/// Report, warning, headline; gives where they end.
fn head(page: &mut Layout, card: &Card<'_>, arrangement: Arrangement, font: &Font) -> f64 {
    let left = (Anchor::Start, BORDER);
    let report = Style { class: Class::Label, ..Style::SMALL_LABEL.coloured(Role::Muted) };
    let mut room = WIDTH;
    if let Some(warning) = card.warning {
        let style = Style { class: Class::Label, ..Style::SMALL_LABEL.semibold() };
        let (text, _) = style.with(font).shorten(&clean(warning), WIDTH / 2.0);
        let baseline = style.baseline_under(BORDER - MARGIN);
        let frame = page.text(font, style, &text, (Anchor::End, CARD.0 - BORDER - 7.0), baseline);
        let mut around = Shape::filled(Class::Legend, Form::Block(frame.inset(-4.0)), Role::Paper);
        around.stroke = Some(Stroke { role: Role::Ink, width: 1.5, dash: Some(4.0) });
        page.add(around);
        room = frame.left - BORDER - GAP;
    }
    let (text, _) = report.with(font).shorten(&clean(card.report), room);
    page.text(font, report, &text, left, report.baseline_under(BORDER - MARGIN));
    let (size, width, most) = arrangement.headline;
    let headline = Style { class: Class::Label, ..Style::LABEL.sized(size).semibold() };
    let lines = headline.with(font).wrap_evenly(card.headline, width, most);
    page.lines(font, headline, &lines, left, HEAD_TOP) + 10.0
}

fn foot_style() -> Style {
    Style { class: Class::Label, ..Style::TICK }
}

/// Where the last line begins.
fn foot_top() -> f64 {
    CARD.1 - BORDER + MARGIN - foot_style().height()
}

/// The source; at the right how much of the chart is left out.
fn foot(page: &mut Layout, card: &Card<'_>, left_out: usize, font: &Font) {
    let style = foot_style();
    let baseline = style.baseline_under(foot_top());
    let mut room = WIDTH;
    if 0 < left_out {
        let text = (card.others)(left_out);
        let place = (Anchor::End, CARD.0 - BORDER);
        let frame = page.text(font, style, &text, place, baseline);
        room -= frame.width() + GAP;
    }
    let (text, _) = style.with(font).shorten(&clean(card.source), room);
    page.text(font, style, &text, (Anchor::Start, BORDER), baseline);
}

fn place_numbers(page: &mut Layout, numbers: &[&BigNumber], top: f64, font: &Font) {
    let shown = &numbers[..numbers.len().min(3)];
    let column = (WIDTH - GAP * count(shown.len().saturating_sub(1))) / count(shown.len().max(1));
    for (at, number) in shown.iter().enumerate() {
        // Three lines at most, or the label would reach the foot.
        let label = Style::LABEL.sized(17.0).with(font);
        let (label, _) = label.shorten(&clean(&number.label), column * 2.6);
        let number = BigNumber { datum: number.datum.clone(), label, detail: None };
        let layout = super::number::lay_out(&number, column, font);
        page.place(layout, BORDER + count(at) * (column + GAP), top);
    }
}

/// A chart made to fit, and how many of its rows it does not show.
struct Fitted {
    layout: Layout,
    scale: f64,
    left_out: usize,
}

/// The chart at the width at which it is largest in its room, with as many of
/// its rows as can be read there.
fn fit(chart: &Chart, room: (f64, f64), font: &Font) -> Fitted {
    let whole = largest(chart, room, font, 0);
    let (Chart::Bars(rows) | Chart::Grouped(rows) | Chart::Dots(rows)) = chart else {
        return whole;
    };
    if SMALLEST <= whole.scale || rows.rows.len() < 2 {
        return whole;
    }
    let mut shown = vec![rows.clone()];
    while let Some(rows) = shown.last().filter(|rows| 1 < rows.rows.len()) {
        let mut fewer = rows.clone();
        fewer.rows.remove(least(rows));
        shown.push(fewer);
    }
    let part = |left_out: usize| {
        let rows = shown[left_out].clone();
        let part = match chart {
            Chart::Dots(_) => Chart::Dots(rows),
            Chart::Grouped(_) => Chart::Grouped(rows),
            _ => Chart::Bars(rows),
        };
        largest(&part, room, font, left_out)
    };
    // The fewer rows, the larger they are.
    let (mut fewest, mut most) = (1, shown.len() - 1);
    while fewest < most {
        let middle = usize::midpoint(fewest, most);
        if SMALLEST <= part(middle).scale {
            most = middle;
        } else {
            fewest = middle + 1;
        }
    }
    part(fewest)
}

/// The row that says least: the last one without a number, else the last one
/// that nobody set off.
fn least(rows: &Rows) -> usize {
    let last = |holds: &dyn Fn(&Row) -> bool| rows.rows.iter().rposition(holds);
    last(&|row| row.cells.iter().all(|cell| cell.known().is_none()))
        .or_else(|| last(&|row| row.emphasis != Emphasis::Highlighted))
        .unwrap_or(rows.rows.len() - 1)
}

fn largest(chart: &Chart, (width, height): (f64, f64), font: &Font, left_out: usize) -> Fitted {
    let candidates = [1.0, 1.2, 1.45].map(|wider| {
        let layout = lay_out(chart, width * wider, font);
        let scale = (width / layout.width).min(height / layout.height.max(1.0));
        Fitted { layout, scale, left_out }
    });
    let [first, rest @ ..] = candidates;
    rest.into_iter().fold(first, |best, other| if best.scale < other.scale { other } else { best })
}

fn write(page: &Layout, chart: Option<(Fitted, Point)>, font: &Font) -> Drawing {
    let mut writer = Writer::with_capacity(8000);
    writer.element(
        "svg",
        |attributes| {
            attributes
                .text("xmlns", "http://www.w3.org/2000/svg")
                .number("width", CARD.0)
                .number("height", CARD.1)
                .text("viewBox", &svg::view(page))
                .text("font-family", &svg::families(font));
        },
        |writer| {
            for (role, frame) in [
                (Role::Paper, Frame { left: 0.0, top: 0.0, right: CARD.0, bottom: CARD.1 }),
                (Role::Series(1), Frame { left: 0.0, top: 0.0, right: CARD.0, bottom: 6.0 }),
            ] {
                writer.element(
                    "rect",
                    |attributes| {
                        attributes
                            .number("width", frame.width())
                            .number("height", frame.height())
                            .colour("fill", role);
                    },
                    |_| {},
                );
            }
            svg::write_content(writer, page, Lengths::Fixed);
            if let Some((fitted, corner)) = chart {
                let mut place = String::from("translate(");
                number(&mut place, corner.x);
                place.push(' ');
                number(&mut place, corner.y);
                place.push_str(") scale(");
                number(&mut place, fitted.scale);
                place.push(')');
                writer.element(
                    "g",
                    |attributes| {
                        attributes.text("transform", &place);
                    },
                    |writer| svg::write_content(writer, &fitted.layout, Lengths::Fixed),
                );
            }
        },
    );
    Drawing { svg: writer.finish(), width: CARD.0, height: CARD.1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::sample;

    fn card<'a>(content: CardContent<'a>, warning: Option<&'a str>) -> Card<'a> {
        Card {
            report: "Baromètre 2018",
            warning,
            headline: "L’énergie arrive en tête, devant la gouvernance et la mobilité",
            content,
            source: "Source : enquête 2018",
            left_out: 0,
            others: &|n| format!("et {n} autres"),
        }
    }

    /// The numbers in `translate(x y) scale(s)`.
    fn placed(svg: &str) -> (f64, f64, f64) {
        let (_, rest) = svg.split_once("translate(").unwrap();
        let (place, rest) = rest.split_once(") scale(").unwrap();
        let (x, y) = place.split_once(' ').unwrap();
        let (scale, _) = rest.split_once(')').unwrap();
        (x.parse().unwrap(), y.parse().unwrap(), scale.parse().unwrap())
    }

    #[test]
    fn every_chart_stays_under_or_beside_the_headline() {
        let font = Font::default();
        for (name, chart) in sample::all() {
            let card = card(CardContent::Chart(&chart), None);
            let (fitted, arrangement) = arrange(&chart, &card, &font);
            let (x, y, scale) = placed(&draw_card(&card, &font).svg);

            assert!((scale - fitted.scale).abs() < 0.01, "{name}");
            assert!((x - BORDER - arrangement.left).abs() < 0.01, "{name}");
            let right = x + fitted.layout.width * fitted.scale;
            let bottom = y + fitted.layout.height * fitted.scale;
            assert!(right <= CARD.0 - BORDER + 0.01, "{name} ends at {right}");
            assert!(bottom <= foot_top(), "{name} ends at {bottom}");
            assert!(0.45 < scale, "{name}: {scale}");
        }
    }

    #[test]
    fn a_long_chart_says_what_it_leaves_out() {
        let font = Font::default();
        let (_, chart) = sample::all().remove(0);
        let Chart::Bars(mut rows) = chart else { panic!("the first sample has bars") };
        while rows.rows.len() < 30 {
            rows.rows.push(rows.rows[0].clone());
        }

        let svg = draw_card(&card(CardContent::Chart(&Chart::Bars(rows)), None), &font).svg;

        let shown = svg.matches("class=\"mark\"").count();
        assert!((3..12).contains(&shown), "{shown}");
        assert!(svg.contains(&format!(">et {} autres</text>", 30 - shown)), "{svg}");
    }

    #[test]
    fn what_the_chart_itself_leaves_out_is_counted_too() {
        let font = Font::default();
        let (_, chart) = sample::all().remove(0);
        let Chart::Bars(mut rows) = chart else { panic!("the first sample has bars") };
        let says = |rows: &Rows, text: &str| {
            let chart = Chart::Bars(rows.clone());
            let card = Card { left_out: 20, ..card(CardContent::Chart(&chart), None) };
            let svg = draw_card(&card, &font).svg;
            let shown = svg.matches("class=\"mark\"").count();
            let expected = format!(">et {} autres</text>", rows.rows.len() + 20 - shown);
            assert!(svg.contains(&expected), "{text}: {svg}");
        };

        while rows.rows.len() < 30 {
            rows.rows.push(rows.rows[0].clone());
        }
        says(&rows, "both");
        rows.rows.truncate(3);
        says(&rows, "the chart alone");
    }

    #[test]
    fn rows_that_are_set_off_are_not_left_out() {
        let font = Font::default();
        let (_, chart) = sample::all().remove(0);
        let Chart::Bars(mut rows) = chart else { panic!("the first sample has bars") };
        while rows.rows.len() < 30 {
            rows.rows.push(Row { emphasis: Emphasis::Muted, ..rows.rows[0].clone() });
        }
        rows.rows[29].emphasis = Emphasis::Highlighted;
        rows.rows[29].label = "the point".to_owned();

        let svg = draw_card(&card(CardContent::Chart(&Chart::Bars(rows)), None), &font).svg;

        assert!(svg.contains(">the point</text>"));
    }

    #[test]
    fn a_warning_stands_on_the_card_whatever_its_content() {
        let font = Font::default();
        let (_, chart) = sample::all().remove(0);
        for content in
            [CardContent::Chart(&chart), CardContent::Numbers(&[]), CardContent::Text("x")]
        {
            let svg = draw_card(&card(content, Some("Données simulées")), &font).svg;

            assert!(svg.contains(">Données simulées</text>"));
        }
    }

    #[test]
    fn texts_stay_inside_the_card() {
        let font = Font::default();
        let long = "Wiedergutmachungs ".repeat(40);
        let number = BigNumber {
            datum: crate::chart::Datum {
                value: 44.0,
                text: "44 %".to_owned(),
                interval: None,
                care: crate::chart::Care::None,
                told: None,
            },
            label: long.clone(),
            detail: None,
        };
        let numbers = [&number, &number, &number, &number];
        for content in [CardContent::Text(&long), CardContent::Numbers(&numbers)] {
            let drawing = draw_card(
                &Card {
                    report: &long,
                    warning: Some(&long),
                    headline: &long,
                    content,
                    source: &long,
                    left_out: 0,
                    others: &|_| String::new(),
                },
                &font,
            );
            judge_texts(&drawing.svg);
        }
    }

    fn judge_texts(svg: &str) {
        let mut lowest = 0.0_f64;
        for text in svg.split("<text ").skip(1) {
            let value = |name: &str| -> f64 {
                let (_, rest) = text.split_once(&format!("{name}=\"")).unwrap();
                rest.split('"').next().unwrap().parse().unwrap()
            };
            let (x, length) = (value(" x").max(value("x")), value("textLength"));
            let left = if text.contains("text-anchor=\"end\"") { x - length } else { x };
            assert!(BORDER <= left && left + length <= CARD.0 - BORDER + 0.01, "{text}");
            let foot = text.contains(">Wieder") && text.contains("font-size=\"13\"");
            assert!(foot || value(" y") < foot_top(), "{text}");
            lowest = lowest.max(value(" y"));
        }
        assert!(lowest < CARD.1 - 10.0, "{lowest}");
    }
}
