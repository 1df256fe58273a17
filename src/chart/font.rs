//! The font that texts are measured with: the one the site serves.
//!
//! Glyph advances come from charts-rs once, when the font is made, those of
//! the semibold weight and the kerning, which charts-rs does not know, from
//! the tables of the font; a text is then the sum of its advances.

use std::ops::Range;

use charts_rs::{
    DEFAULT_FONT_DATA, DEFAULT_FONT_FAMILY, add_fonts, get_font_families, measure_text_width_family,
};
use ttf_parser::{Face, GlyphId, Tag};

use super::kerning::Kerning;

/// Advances are measured at this size in pixels, where rounding to whole
/// pixels (which charts-rs does glyph by glyph) costs a thousandth.
const MEASURED_AT: f32 = 1000.0;

/// Characters whose advance is kept: Latin with its extensions A and B;
/// dashes, quotes, spaces, the euro sign; the minus and other signs of numbers.
const KEPT: [Range<u32>; 3] = [0x20..0x250, 0x2000..0x20D0, 0x2200..0x2270];

/// Joins pictures into one.
const JOINER: char = '\u{200d}';

/// How much wider a line is in the semibold weight of a font whose file has no
/// such weight.
const SEMIBOLD: f64 = 1.04;

/// The weight of semibold on the scale of the axis `wght`.
const SEMIBOLD_AT: f32 = 600.0;

/// A weight of the font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// 400.
    Regular,
    /// 600.
    Semibold,
}

/// A font to measure and to name in drawings.
#[derive(Debug, Clone, PartialEq)]
pub struct Font {
    family: String,
    /// In em, of the characters of `KEPT` one after another.
    regular: Vec<f64>,
    /// The same in semibold.
    semibold: Vec<f64>,
    /// Between characters of `KEPT`.
    kerning: Kerning,
}

impl Font {
    /// Reads a font from the bytes of a TTF or OTF file (not WOFF2).
    ///
    /// A variable font is measured in its default instance, and in semibold at
    /// 600 of its axis `wght`; of a font without this axis semibold is reckoned
    /// from regular. `None`: the bytes are no font, or one without a family
    /// name.
    pub fn new(ttf: &[u8]) -> Option<Self> {
        add_fonts(&[ttf]).ok()?;
        let family = family_name(ttf)?;
        get_font_families().ok()?.contains(&family).then(|| Self::measured(family, ttf))
    }

    /// The family's name, as the drawings carry it.
    pub fn family(&self) -> &str {
        &self.family
    }

    /// Returns the width of one line of `text` in pixels, at `size` pixels to the em.
    pub fn width(&self, text: &str, size: f64) -> f64 {
        self.width_in(Weight::Regular, text, size)
    }

    /// Returns the width of a line in the given weight.
    pub(crate) fn width_in(&self, weight: Weight, text: &str, size: f64) -> f64 {
        let mut joined = false;
        let mut before = None;
        let mut width = 0.0;
        for letter in text.chars() {
            let place = place(letter);
            // What a joiner joins is shown as one picture.
            if !joined {
                width += match place {
                    Some(at) => self.kept(weight)[at],
                    None => self.foreign_advance(letter) * wider(weight),
                };
            }
            if let (Some(first), Some(second)) = (before, place) {
                width += self.kerning.between(first, second);
            }
            before = place;
            joined = letter == JOINER;
        }
        width * size
    }

    fn kept(&self, weight: Weight) -> &[f64] {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Semibold => &self.semibold,
        }
    }

    fn measured(family: String, ttf: &[u8]) -> Self {
        let letters = || KEPT.into_iter().flatten().map(char::from_u32);
        let regular: Vec<f64> = letters()
            .map(|letter| match letter {
                // Zero-width spaces, joiners and marks of direction.
                None
                | Some(
                    '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}',
                ) => 0.0,
                Some(letter) => measure(&family, letter),
            })
            .collect();
        let face = Face::parse(ttf, 0).ok();
        let glyphs: Vec<Option<GlyphId>> =
            letters().map(|letter| face.as_ref()?.glyph_index(letter?)).collect();
        let kerning = face.as_ref().map(|face| Kerning::read(face, &glyphs)).unwrap_or_default();
        let bold = face.and_then(semibold);
        let semibold = glyphs.iter().zip(&regular).map(|(glyph, regular)| {
            let own = bold.as_ref().zip(*glyph).and_then(|(face, glyph)| advance(face, glyph));
            own.filter(|_| 0.0 < *regular).unwrap_or(regular * SEMIBOLD)
        });
        let semibold = semibold.collect();
        Self { family, regular, semibold, kerning }
    }

    /// The advance of a character that the reader's machine may have to take
    /// from another font: never less than such fonts give it.
    fn foreign_advance(&self, letter: char) -> f64 {
        match u32::from(letter) {
            // Combining marks, joiners and variation selectors.
            0x300..=0x36F
            | 0x483..=0x489
            | 0x591..=0x5BD
            | 0x64B..=0x65F
            | 0x1AB0..=0x1AFF
            | 0x1DC0..=0x1DFF
            | 0x20D0..=0x20FF
            | 0xFE00..=0xFE0F
            | 0xFE20..=0xFE2F
            | 0xE0000..=0xE01EF => 0.0,
            // Pictures and emoji.
            0x2190..=0x2BFF | 0x1F000..=0x1FAFF => 1.4_f64.max(measure(&self.family, letter)),
            // Ideographs, syllables and full-width forms.
            0x2E80..=0xD7FF | 0xF900..=0xFAFF | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF => 1.05,
            // Arabic ligatures are wide.
            0xFB50..=0xFDFF => 1.5,
            _ => 0.85_f64.max(measure(&self.family, letter)),
        }
    }
}

impl Default for Font {
    /// Roboto, which charts-rs carries.
    fn default() -> Self {
        Self::new(DEFAULT_FONT_DATA)
            .unwrap_or_else(|| Self::measured(DEFAULT_FONT_FAMILY.to_owned(), DEFAULT_FONT_DATA))
    }
}

/// Where a character stands in `KEPT`.
fn place(letter: char) -> Option<usize> {
    let code = u32::from(letter);
    let mut before = 0;
    for range in &KEPT {
        if range.contains(&code) {
            return usize::try_from(before + code - range.start).ok();
        }
        before += range.end - range.start;
    }
    None
}

/// How much wider a character of another font is than its regular advance.
fn wider(weight: Weight) -> f64 {
    match weight {
        Weight::Regular => 1.0,
        Weight::Semibold => SEMIBOLD,
    }
}

/// The font in semibold. `None`: its file has no such weight.
fn semibold(mut face: Face<'_>) -> Option<Face<'_>> {
    let weight = Tag::from_bytes(b"wght");
    let axis = face.variation_axes().into_iter().find(|axis| axis.tag == weight)?;
    if axis.max_value < SEMIBOLD_AT {
        return None;
    }
    face.set_variation(weight, SEMIBOLD_AT)?;
    Some(face)
}

/// The advance of a glyph in em.
fn advance(face: &Face<'_>, glyph: GlyphId) -> Option<f64> {
    Some(f64::from(face.glyph_hor_advance(glyph)?) / f64::from(face.units_per_em()))
}

/// The advance of a character in em. A width ends at the outline of the last
/// glyph, so an `n` closes both lines and is subtracted.
fn measure(family: &str, letter: char) -> f64 {
    let mut line = String::from(letter);
    line.push('n');
    let width = |text: &str| {
        measure_text_width_family(family, MEASURED_AT, text).map_or(0.0, |frame| frame.right)
    };
    f64::from((width(&line) - width("n")).max(0.0) / MEASURED_AT)
}

/// The family's name in the font's `name` table: the typographic family
/// before the plain one, as charts-rs registers both.
fn family_name(ttf: &[u8]) -> Option<String> {
    let start = if ttf.starts_with(b"ttcf") { long(ttf, 12)? } else { 0 };
    let tables = short(ttf, start + 4)?;
    let record = (0..tables)
        .map(|index| start + 12 + 16 * index)
        .find(|at| ttf.get(*at..*at + 4).is_some_and(|tag| tag == b"name"))?;
    let table = ttf.get(long(ttf, record + 8)?..)?;
    let texts = short(table, 4)?;
    let mut best = None;
    for index in 0..short(table, 2)? {
        let at = 6 + 12 * index;
        let (platform, kind) = (short(table, at)?, short(table, at + 6)?);
        // UTF-16 names only: Windows (3) and Unicode (0).
        let rank = match (kind, short(table, at + 4)?) {
            (16, _) => 0,
            (1, 0x409) => 1,
            (1, _) => 2,
            _ => continue,
        };
        if platform == 1 || best.as_ref().is_some_and(|(other, _)| *other <= rank) {
            continue;
        }
        let from = texts + short(table, at + 10)?;
        let name = table.get(from..from + short(table, at + 8)?)?;
        let units: Vec<u16> =
            name.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        best = Some((rank, String::from_utf16(&units).ok()?));
    }
    best.map(|(_, name)| name.trim().to_owned()).filter(|name| !name.is_empty())
}

/// Two bytes of a font, as an offset or a count.
fn short(bytes: &[u8], at: usize) -> Option<usize> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(usize::from(u16::from_be_bytes([pair[0], pair[1]])))
}

/// Four bytes of a font, as an offset.
fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_be_bytes([four[0], four[1], four[2], four[3]])).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_font_knows_its_family() {
        assert_eq!(Font::new(DEFAULT_FONT_DATA).map(|font| font.family), Some("Roboto".to_owned()));
    }

    #[test]
    fn bytes_that_are_no_font_are_refused() {
        assert_eq!(Font::new(b"GIF89a"), None);
        assert_eq!(Font::new(&DEFAULT_FONT_DATA[..400]), None);
        assert_eq!(family_name(&[0; 64]), None);
    }

    #[test]
    fn a_width_is_the_sum_of_the_advances_in_the_font() {
        let font = Font::default();

        // Roboto: 2048 units to the em; H 1460, a 1114, space 507.
        let expected = (1460.0 + 1114.0 + 507.0) / 2048.0;

        assert!((font.width("Ha ", 1.0) - expected).abs() < 0.004);
        assert!((font.width("Ha ", 15.0) - 15.0 * expected).abs() < 0.06);
    }

    #[test]
    fn a_minus_is_as_wide_as_the_font_says() {
        let font = Font::default();

        // Roboto: 1173 units of 2048.
        assert!((font.width("−", 1.0) - 1173.0 / 2048.0).abs() < 0.002);
    }

    /// The font that the theme serves: 1000 units to the em, weights 400 to 600.
    fn served() -> Font {
        Font::new(include_bytes!("../../themes/barometer/static/fonts/sans.ttf")).unwrap()
    }

    #[test]
    fn semibold_is_measured_in_the_weight_itself() {
        let font = served();

        // As fontTools tells of its instance at 600.
        let expected = 4.033 - 0.010;

        assert!((font.width_in(Weight::Semibold, "Hamburg", 1.0) - expected).abs() < 0.003);
    }

    #[test]
    fn letters_that_are_kerned_stand_closer() {
        let font = served();

        let apart = font.width("T", 1.0) + font.width("o", 1.0);

        // As fontTools tells of its table `GPOS`.
        assert!((apart - font.width("To", 1.0) - 0.067).abs() < 1e-9);
        assert!((font.width("HH", 1.0) - 2.0 * font.width("H", 1.0)).abs() < 1e-9);
    }

    #[test]
    fn a_combining_accent_takes_no_room() {
        let font = Font::default();

        assert!((font.width("e\u{301}", 20.0) - font.width("e", 20.0)).abs() < 1e-9);
    }

    #[test]
    fn letters_of_other_scripts_are_measured_wide_enough_for_another_font() {
        let font = Font::default();

        assert!(font.width("漢", 10.0) >= 10.0);
        assert!(font.width("😀", 10.0) >= 12.0);
        assert!(font.width("ש", 10.0) >= 6.0);
    }
}
