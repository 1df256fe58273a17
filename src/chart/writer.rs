//! The writer of drawings: elements, attributes, one number printer.
//!
//! charts-rs measures our texts, but does not write our shapes. Its charts
//! give no class to axes, ticks and labels, print one decimal of an `f32`,
//! keep the places of their points to themselves (so nothing can be put at the
//! end of a line, beside a whisker or into a gap), and its `Canvas` knows
//! neither `paint-order` nor titles on lines. What is left is a writer.

use super::palette::{Role, role_colour};
use super::shape::Point;

/// Writes XML whose elements are closed by construction.
#[derive(Debug, Default)]
pub(super) struct Writer {
    out: String,
}

impl Writer {
    /// A writer with room for about `bytes`.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { out: String::with_capacity(bytes) }
    }

    /// Writes `<name …>…</name>`, or `<name …/>` when `content` adds nothing.
    pub(super) fn element(
        &mut self,
        name: &str,
        attributes: impl FnOnce(&mut Attributes<'_>),
        content: impl FnOnce(&mut Self),
    ) {
        self.out.push('<');
        self.out.push_str(name);
        attributes(&mut Attributes { out: &mut self.out });
        let before = self.out.len();
        self.out.push('>');
        content(self);
        if self.out.len() == before + 1 {
            self.out.truncate(before);
            self.out.push_str("/>");
        } else {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    /// Writes text.
    pub(super) fn text(&mut self, text: &str) {
        escape(&mut self.out, text);
    }

    /// Writes what another writer made.
    pub(super) fn raw(&mut self, xml: &str) {
        self.out.push_str(xml);
    }

    /// What was written.
    pub(super) fn finish(self) -> String {
        self.out
    }
}

/// The attributes of an element that is being opened.
#[derive(Debug)]
pub(super) struct Attributes<'a> {
    out: &'a mut String,
}

impl Attributes<'_> {
    fn open(&mut self, name: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
    }

    /// Adds a text.
    pub(super) fn text(&mut self, name: &str, value: &str) -> &mut Self {
        self.open(name);
        escape(self.out, value);
        self.out.push('"');
        self
    }

    /// Adds a number.
    pub(super) fn number(&mut self, name: &str, value: f64) -> &mut Self {
        self.open(name);
        number(self.out, value);
        self.out.push('"');
        self
    }

    /// Adds a colour.
    pub(super) fn colour(&mut self, name: &str, role: Role) -> &mut Self {
        self.open(name);
        self.out.push_str(role_colour(role));
        self.out.push('"');
        self
    }

    /// Adds attributes that are written already, with the blank before them.
    pub(super) fn raw(&mut self, attributes: &str) -> &mut Self {
        self.out.push_str(attributes);
        self
    }

    /// Adds the outline of a path: a first point, then steps. The strokes of a
    /// hatch are the same steps in every bar, which weighs next to nothing in
    /// a compressed page; places would differ in all of them.
    pub(super) fn path(&mut self, runs: &[Vec<Point>], closed: bool) -> &mut Self {
        self.open("d");
        let mut pen = None;
        for run in runs {
            let mut start = None;
            for point in run {
                let to = (tenths(point.x), tenths(point.y));
                match (pen, start) {
                    (None, _) => {
                        self.out.push('M');
                        pair(self.out, to);
                    }
                    (Some((x, y)), None) => {
                        self.out.push('m');
                        pair(self.out, (to.0 - x, to.1 - y));
                    }
                    (Some(from), Some(_)) => step(self.out, from, to),
                }
                start = start.or(Some(to));
                pen = Some(to);
            }
            if closed {
                self.out.push('Z');
                pen = start;
            }
        }
        self.out.push('"');
        self
    }
}

/// Writes a straight line between two places, in tenths of a pixel.
fn step(out: &mut String, (x, y): (i64, i64), to: (i64, i64)) {
    match (to.0 - x, to.1 - y) {
        (across, 0) => {
            out.push('h');
            decimal(out, across, 1);
        }
        (0, down) => {
            out.push('v');
            decimal(out, down, 1);
        }
        both => {
            out.push('l');
            pair(out, both);
        }
    }
}

/// Writes two numbers in tenths; a minus parts them as well as a blank.
fn pair(out: &mut String, (x, y): (i64, i64)) {
    decimal(out, x, 1);
    if 0 <= y {
        out.push(' ');
    }
    decimal(out, y, 1);
}

/// A place in whole tenths of a pixel, so that steps add up to it.
fn tenths(value: f64) -> i64 {
    scaled(value, 10.0)
}

/// Escapes a text for element content and for attributes in double quotes;
/// what XML forbids is left out.
fn escape(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, letter) in text.char_indices() {
        let instead = match letter {
            '<' => "&lt;",
            '>' => "&gt;",
            '&' => "&amp;",
            '"' => "&quot;",
            '\u{fffe}' | '\u{ffff}' => "",
            letter if letter.is_control() => "",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(instead);
        from = at + letter.len_utf8();
    }
    out.push_str(&text[from..]);
}

/// Prints a number with at most two decimals, without `-0` or trailing zeros.
pub(super) fn number(out: &mut String, value: f64) {
    decimal(out, scaled(value, 100.0), 2);
}

/// A number in whole parts: `NaN` counts as zero; what lies outside is no
/// length of a drawing.
fn scaled(value: f64, parts: f64) -> i64 {
    let scaled = (value.clamp(-1e9, 1e9) * parts).round();
    #[expect(clippy::cast_possible_truncation, reason = "clamped to what i64 holds")]
    let whole = scaled as i64;
    whole
}

/// Prints a number that is given in parts of a power of ten.
fn decimal(out: &mut String, value: i64, mut decimals: u32) {
    if value < 0 {
        out.push('-');
    }
    let unit = 10_u64.pow(decimals);
    digits(out, value.unsigned_abs() / unit, 1);
    let mut rest = value.unsigned_abs() % unit;
    if rest == 0 {
        return;
    }
    while rest.is_multiple_of(10) {
        rest /= 10;
        decimals -= 1;
    }
    out.push('.');
    digits(out, rest, decimals);
}

/// Prints a whole number in so many digits, or more: a drawing has hundreds of
/// numbers, and formatting takes several times as long.
fn digits(out: &mut String, number: u64, least: u32) {
    if 10 <= number || 1 < least {
        digits(out, number / 10, least.saturating_sub(1));
    }
    out.extend(u32::try_from(number % 10).ok().and_then(|digit| char::from_digit(digit, 10)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(value: f64) -> String {
        let mut out = String::new();
        number(&mut out, value);
        out
    }

    #[test]
    fn numbers_have_at_most_two_decimals() {
        assert_eq!(printed(12.0), "12");
        assert_eq!(printed(12.5), "12.5");
        assert_eq!(printed(12.05), "12.05");
        assert_eq!(printed(12.345), "12.35");
        assert_eq!(printed(1200.3), "1200.3");
        assert_eq!(printed(0.09), "0.09");
        assert_eq!(printed(-0.5), "-0.5");
    }

    #[test]
    fn no_number_is_minus_zero_or_not_a_number() {
        assert_eq!(printed(-0.0), "0");
        assert_eq!(printed(-0.001), "0");
        assert_eq!(printed(f64::NAN), "0");
        assert_eq!(printed(f64::INFINITY), "1000000000");
    }

    #[test]
    fn a_path_is_a_place_and_steps_that_add_up_to_every_other() {
        let runs = |points: &[&[(f64, f64)]]| -> Vec<Vec<Point>> {
            points
                .iter()
                .map(|run| run.iter().map(|(x, y)| Point { x: *x, y: *y }).collect())
                .collect()
        };
        let written = |runs: &[Vec<Point>], closed| {
            let mut out = String::new();
            Attributes { out: &mut out }.path(runs, closed);
            out
        };

        // A third of a pixel is not lost from step to step.
        let thirds = runs(&[&[(0.0, 5.0), (0.33, 5.0), (0.66, 5.0), (1.0, 4.0)]]);
        assert_eq!(written(&thirds, false), " d=\"M0 5h0.3h0.4l0.3-1\"");
        let hatch = runs(&[&[(10.0, 26.0), (16.0, 20.0)], &[(10.0, 32.0), (22.0, 20.0)]]);
        assert_eq!(written(&hatch, false), " d=\"M10 26l6-6m-6 12l12-12\"");
        let closed = runs(&[&[(1.0, 1.0), (3.0, 1.0), (3.0, 2.0)], &[(5.0, 1.0), (5.0, 9.0)]]);
        assert_eq!(written(&closed, true), " d=\"M1 1h2v1Zm4 0v8Z\"");
    }

    #[test]
    fn markup_in_a_text_is_escaped() {
        let mut out = String::new();

        escape(&mut out, "<script>\"&\" ]]>\0\u{ffff}");

        assert_eq!(out, "&lt;script&gt;&quot;&amp;&quot; ]]&gt;");
    }

    #[test]
    fn an_element_without_content_closes_itself() {
        let mut writer = Writer::default();

        writer.element(
            "g",
            |_| {},
            |writer| {
                writer.element(
                    "rect",
                    |tag| {
                        tag.number("x", 1.0);
                    },
                    |_| {},
                );
            },
        );

        assert_eq!(writer.finish(), "<g><rect x=\"1\"/></g>");
    }
}
