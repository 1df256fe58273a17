//! Texts made fit to draw: cleaned, wrapped, shortened. Knows a font, no chart.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

use super::font::{Font, Weight};

/// More characters than this never fit in a drawing; the rest is in the table.
const LONGEST: usize = 1200;

/// A text on lines.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Wrapped {
    /// The lines, top down; none for an empty text.
    pub(super) lines: Vec<String>,
    /// Width of the widest line in pixels.
    pub(super) width: f64,
    /// Whether the end of the text was left out.
    pub(super) shortened: bool,
}

/// How a text is set before it is placed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measure<'a> {
    /// What it is measured with.
    pub(super) font: &'a Font,
    /// Regular or semibold.
    pub(super) weight: Weight,
    /// Pixels to the em.
    pub(super) size: f64,
}

impl Measure<'_> {
    /// Width of one line in pixels.
    pub(super) fn width(self, text: &str) -> f64 {
        self.font.width_in(self.weight, text, self.size)
    }

    /// Wraps a text into at most `most` lines of `width` pixels; what does not
    /// fit is shortened with an ellipsis, a word that does not fit is broken.
    pub(super) fn wrap(self, text: &str, width: f64, most: usize) -> Wrapped {
        let text = clean(text);
        let whole = self.width(&text);
        if whole <= width && !text.contains(['\u{ad}', '\u{200b}']) {
            let lines = if text.is_empty() { Vec::new() } else { vec![text.into_owned()] };
            return Wrapped { lines, width: whole, shortened: false };
        }
        Wrapping {
            measure: self,
            width,
            most: most.max(1),
            lines: Vec::new(),
            line: String::new(),
            used: 0.0,
        }
        .run(&text)
    }

    /// Like `wrap`, with lines of about one length where that costs no line.
    pub(super) fn wrap_evenly(self, text: &str, width: f64, most: usize) -> Wrapped {
        let ragged = self.wrap(text, width, most);
        let count = ragged.lines.len();
        if count < 2 || ragged.shortened {
            return ragged;
        }
        let total: f64 = ragged.lines.iter().map(|line| self.width(line)).sum();
        let divided =
            |lines: &Wrapped| lines.lines.iter().filter(|line| line.ends_with('-')).count();
        [1.1, 1.25]
            .into_iter()
            .map(|slack| width.min(total / super::shape::count(count) * slack))
            .map(|narrower| self.wrap(text, narrower, most))
            .find(|even| {
                even.lines.len() == count && !even.shortened && divided(even) <= divided(&ragged)
            })
            .unwrap_or(ragged)
    }

    /// How much a line grows by `at..end` behind `last..at`, which kerning may
    /// draw nearer or push away.
    fn added(self, text: &str, last: usize, at: usize, end: usize) -> f64 {
        self.width(&text[last..end]) - self.width(&text[last..at])
    }

    /// How much a line grows by a hyphen at its end; see [`Self::added`].
    fn hyphen(self, line: &str) -> f64 {
        let last = line.chars().next_back();
        let with: String = last.into_iter().chain(['-']).collect();
        self.width(&with) - last.map_or(0.0, |last| self.width(&with[..last.len_utf8()]))
    }

    /// Cuts a text to `width` pixels, with an ellipsis when something is cut.
    pub(super) fn shorten(self, text: &str, width: f64) -> (String, bool) {
        if self.width(text) <= width {
            return (text.to_owned(), false);
        }
        let room = width - self.width("…");
        let mut kept = 0;
        let mut used = 0.0;
        let mut last = 0;
        for (at, cluster) in text.grapheme_indices(true) {
            let end = at + cluster.len();
            used += self.added(text, last, at, end);
            if used > room {
                break;
            }
            (kept, last) = (end, at);
        }
        let mut short =
            text[..kept].trim_end_matches([' ', ',', ';', ':', '-', '–', '/', '(']).to_owned();
        short.push('…');
        (short, true)
    }
}

/// A greedy wrap under way: each word is measured once.
struct Wrapping<'a> {
    measure: Measure<'a>,
    width: f64,
    most: usize,
    lines: Vec<String>,
    line: String,
    used: f64,
}

impl Wrapping<'_> {
    fn run(mut self, text: &str) -> Wrapped {
        let space = self.measure.width(" ");
        for (at, piece) in pieces(text) {
            if self.lines.len() == self.most {
                break;
            }
            let soft = piece.ends_with('\u{ad}');
            let spaced = at > 0 && text[..at].ends_with(' ') && !self.line.is_empty();
            let shown = piece.trim_matches(['\u{ad}', '\u{200b}']);
            let width = self.measure.width(shown);
            let gap = if spaced { space } else { 0.0 };
            // A word divided at a soft place needs room for its hyphen.
            let hyphen = if soft { self.measure.hyphen(shown) } else { 0.0 };
            if self.used + gap + width + hyphen > self.width && !self.line.is_empty() {
                if self.lines.len() + 1 == self.most {
                    return self.cut(&text[at..], spaced);
                }
                let divided = text[..at].ends_with('\u{ad}');
                self.end_line(divided);
            } else if spaced {
                self.line.push(' ');
                self.used += space;
            }
            if width > self.width {
                if let Some(rest) = self.divide(shown) {
                    let mut rest = rest.to_owned();
                    rest.push_str(&text[at + piece.len()..]);
                    return self.cut(&rest, false);
                }
            } else {
                self.line.push_str(shown);
                self.used += width;
            }
        }
        if !self.line.is_empty() {
            self.end_line(false);
        }
        self.finished(false)
    }

    /// Divides a word that is wider than a line. Returns what is left of it
    /// when the last line is reached.
    fn divide<'t>(&mut self, word: &'t str) -> Option<&'t str> {
        let mut rest = word;
        while self.used + self.measure.width(rest) > self.width {
            if self.lines.len() + 1 == self.most {
                return Some(rest);
            }
            let at = break_within(rest, self.width - self.used, self.measure);
            self.line.push_str(&rest[..at]);
            self.end_line(!rest[..at].ends_with(['-', '/']));
            rest = &rest[at..];
        }
        self.line.push_str(rest);
        self.used += self.measure.width(rest);
        None
    }

    fn end_line(&mut self, hyphen: bool) {
        if hyphen {
            self.line.push('-');
        }
        self.lines.push(std::mem::take(&mut self.line));
        self.used = 0.0;
    }

    /// Ends the last line with as much of `rest` as fits, and an ellipsis.
    fn cut(mut self, rest: &str, spaced: bool) -> Wrapped {
        let mut last = std::mem::take(&mut self.line);
        if spaced {
            last.push(' ');
        }
        last.extend(rest.chars().filter(|letter| !matches!(letter, '\u{ad}' | '\u{200b}')));
        let (short, shortened) = self.measure.shorten(&last, self.width);
        self.lines.push(short);
        self.finished(shortened)
    }

    fn finished(self, shortened: bool) -> Wrapped {
        let width = self.lines.iter().map(|line| self.measure.width(line)).fold(0.0, f64::max);
        Wrapped { lines: self.lines, width, shortened }
    }
}

/// The pieces of a text between which a line may end, with their places.
/// Spaces stand between pieces; soft hyphens end theirs.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = text.get(from..)?.trim_start_matches(' ');
        let start = text.len() - rest.len();
        if rest.is_empty() {
            return None;
        }
        let mut before = None;
        let mut letters = rest.char_indices().peekable();
        let mut length = rest.len();
        while let Some((at, letter)) = letters.next() {
            if letter == ' ' {
                length = at;
                break;
            }
            let next = letters.peek().map(|(_, next)| *next);
            let breaks = match letter {
                '\u{ad}' | '\u{200b}' | '—' | '/' | '|' => true,
                // Not in `-20`, `17-18` or `e-mail`'s first letters.
                '-' | '‐' | '–' => {
                    before.is_some_and(char::is_alphabetic) && next.is_some_and(char::is_alphabetic)
                }
                _ => is_ideograph(letter),
            };
            if breaks && next.is_some() {
                length = at + letter.len_utf8();
                break;
            }
            before = Some(letter);
        }
        from = start + length;
        Some((start, &rest[..length]))
    })
}

/// Whether a line may end after a character of this script without a hyphen.
fn is_ideograph(letter: char) -> bool {
    matches!(u32::from(letter), 0x2E80..=0xD7FF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Where to divide a word so that its head and a hyphen fit in `room` pixels: before a
/// syllable when one begins near, else between any two clusters; never at
/// nothing.
fn break_within(word: &str, room: f64, measure: Measure<'_>) -> usize {
    let (mut used, mut last) = (0.0, 0);
    let mut ends = Vec::new();
    for (at, cluster) in word.grapheme_indices(true) {
        let end = at + cluster.len();
        used += measure.added(word, last, at, end);
        if used + measure.hyphen(cluster) > room && !ends.is_empty() {
            break;
        }
        ends.push(end);
        last = at;
    }
    let furthest = ends.last().copied().unwrap_or(word.len());
    ends.iter()
        .rev()
        .take(5)
        .copied()
        .find(|end| *end >= furthest / 2 && begins_syllable(word, *end))
        .unwrap_or(furthest)
}

/// Whether a syllable seems to begin at `at`: a vowel somewhere before, then
/// a consonant and a vowel. Enough for French, Dutch and German compounds.
fn begins_syllable(word: &str, at: usize) -> bool {
    let vowel = |letter: char| "aeiouyáàâäãåéèêëíìîïóòôöõúùûüœæ".contains(letter);
    let mut after = word[at..].chars().flat_map(char::to_lowercase);
    let before = word[..at].chars().next_back();
    matches!((before, after.next(), after.next()), (Some(before), Some(first), Some(second))
        if before.is_alphabetic() && first.is_alphabetic() && !vowel(first) && vowel(second))
}

/// A text without what cannot stand in XML or would disturb the line: control
/// characters, direction overrides, runs of blanks.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let mut before = ' ';
    let plain = text.len() <= LONGEST
        && !text.ends_with(' ')
        && text.chars().all(|letter| {
            let doubled = before == ' ' && letter == ' ';
            before = letter;
            !doubled
                && (letter == ' ' || is_hard_space(letter) || !letter.is_whitespace())
                && !is_unprintable(letter)
        });
    if plain {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len().min(4 * LONGEST));
    for letter in text.chars().take(LONGEST) {
        if letter.is_whitespace() && !is_hard_space(letter) {
            if !cleaned.ends_with(' ') {
                cleaned.push(' ');
            }
        } else if !is_unprintable(letter) {
            cleaned.push(letter);
        }
    }
    Cow::Owned(cleaned.trim_matches(' ').to_owned())
}

/// Spaces at which a line does not end.
fn is_hard_space(letter: char) -> bool {
    matches!(letter, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// Characters that XML forbids, that turn the direction of the text around
/// them, or that no font shows.
fn is_unprintable(letter: char) -> bool {
    letter.is_control()
        || matches!(u32::from(letter), 0x200E | 0x200F | 0x202A..=0x202E | 0x2066..=0x2069 | 0xFEFF | 0xFFF9..=0xFFFB | 0xFDD0..=0xFDEF)
        || u32::from(letter) & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, width: f64, most: usize) -> Vec<String> {
        let font = Font::default();
        let measure = Measure { font: &font, weight: Weight::Regular, size: 15.0 };
        let lines = measure.wrap(text, width, most);
        for line in &lines.lines {
            assert!(measure.width(line) <= width + 1e-6, "`{line}` is wider than {width}");
        }
        lines.lines
    }

    #[test]
    fn a_short_text_stays_on_one_line() {
        assert_eq!(wrapped("Énergie", 200.0, 4), ["Énergie"]);
        assert!(wrapped("", 200.0, 4).is_empty());
    }

    #[test]
    fn lines_end_between_words() {
        assert_eq!(
            wrapped("Gouvernance et participation des citoyens", 150.0, 4),
            ["Gouvernance et", "participation des", "citoyens"]
        );
    }

    #[test]
    fn a_fifth_line_becomes_an_ellipsis() {
        let lines = wrapped(&"mobilité ".repeat(40), 100.0, 4);

        assert_eq!(lines.len(), 4);
        assert!(lines[3].ends_with('…'));
    }

    #[test]
    fn a_hyphen_and_a_slash_are_places_to_end_a_line() {
        assert_eq!(wrapped("Vlaams-Brabant/Brussel", 115.0, 4), ["Vlaams-Brabant/", "Brussel"]);
        assert_eq!(wrapped("17-18 -20", 38.0, 4), ["17-18", "-20"]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_divided_before_a_syllable() {
        assert_eq!(
            wrapped("Gemeenschapsverantwoordelijkheidszin", 120.0, 4),
            ["Gemeenschaps-", "verantwoordelijk-", "heidszin"]
        );
    }

    #[test]
    fn a_hyphen_that_stands_off_its_letter_has_room() {
        let served = include_bytes!("../../themes/barometer/static/fonts/sans.ttf");
        let font = Font::new(served).expect("the theme's font can be read");
        let measure = Measure { font: &font, weight: Weight::Regular, size: 15.0 };
        assert!(measure.width("e-") > measure.width("e") + measure.width("-"));
        let word = "vile".repeat(60);
        let natural = measure.width(&word[..80]) + measure.width("-");

        for width in [natural, natural + 0.05, natural + 0.1, natural + 0.2] {
            let lines = measure.wrap(&word, width, 9).lines;

            assert!(lines.iter().all(|line| measure.width(line) <= width), "{lines:?}");
        }
    }

    #[test]
    fn a_soft_hyphen_shows_only_at_the_end_of_a_line() {
        assert_eq!(wrapped("duurzaam\u{ad}heid", 300.0, 2), ["duurzaamheid"]);
        assert_eq!(wrapped("duurzaam\u{ad}heid", 75.0, 2), ["duurzaam-", "heid"]);
    }

    #[test]
    fn a_hard_space_keeps_a_number_with_its_unit() {
        assert_eq!(wrapped("plus de 43\u{202f}%", 75.0, 2), ["plus de", "43\u{202f}%"]);
    }

    #[test]
    fn control_characters_and_direction_overrides_are_left_out() {
        assert_eq!(clean("a\0b\u{1b}c\u{202e}d\u{fffe}"), "abcd");
        assert_eq!(clean("  a\n\tb  c "), "a b c");
    }

    #[test]
    fn a_text_of_two_thousand_characters_takes_four_lines() {
        assert_eq!(wrapped(&"x".repeat(2000), 260.0, 4).len(), 4);
        assert_eq!(wrapped(&"漢字".repeat(1000), 260.0, 4).len(), 4);
    }

    #[test]
    fn even_lines_cost_no_line() {
        let font = Font::default();
        let measure = Measure { font: &font, weight: Weight::Regular, size: 15.0 };
        let text = "Une vision globale des enjeux locaux et durables";

        let lines = measure.wrap_evenly(text, 260.0, 4);

        assert_eq!(lines.lines, ["Une vision globale des", "enjeux locaux et durables"]);
    }
}
