//! The kerning of a font: how much closer, or farther, two letters stand than
//! their advances say. Knows which letters are asked about, and no text.

use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, Tag};

/// The scripts whose rules are read, the first that the font has.
const SCRIPTS: [&[u8; 4]; 2] = [b"latn", b"DFLT"];

/// Kerning between letters, which are named by their place in the list that
/// it was read for.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Kerning {
    /// Of each lookup its subtables: the first that has the pair counts.
    lookups: Vec<Vec<Subtable>>,
}

#[derive(Debug, Clone, PartialEq)]
enum Subtable {
    /// Single pairs.
    Pairs(Pairs),
    /// Classes of letters.
    Classes(Classes),
}

#[derive(Debug, Clone, PartialEq)]
struct Pairs {
    /// Where the pairs of each letter begin, and where the last end.
    starts: Vec<usize>,
    /// The second of each pair with its value in em, in order for each first.
    seconds: Vec<(usize, f64)>,
}

#[derive(Debug, Clone, PartialEq)]
struct Classes {
    /// The row of each letter as the first of a pair, if it has one.
    first: Vec<Option<usize>>,
    /// The column of each letter as the second.
    second: Vec<usize>,
    columns: usize,
    /// Rows one after another, in em.
    values: Vec<f64>,
}

impl Kerning {
    /// Reads the kerning of `face` between letters, `None` being one that it
    /// has not.
    pub(super) fn read(face: &Face<'_>, letters: &[Option<GlyphId>]) -> Self {
        let lookups = lookups(face).unwrap_or_default();
        let em = f64::from(face.units_per_em());
        let Some(table) = face.tables().gpos else { return Self::default() };
        let subtables = |index: u16| {
            let all = table.lookups.get(index)?.subtables.into_iter::<PositioningSubtable<'_>>();
            let pairs = all.filter_map(|subtable| match subtable {
                PositioningSubtable::Pair(pair) => Some(Subtable::read(pair, letters, em)),
                _ => None,
            });
            Some(pairs.collect())
        };
        Self { lookups: lookups.into_iter().filter_map(subtables).collect() }
    }

    /// By how much the second letter moves away from the first, in em.
    pub(super) fn between(&self, first: usize, second: usize) -> f64 {
        let of = |subtables: &Vec<Subtable>| {
            subtables.iter().find_map(|subtable| subtable.between(first, second)).unwrap_or(0.0)
        };
        self.lookups.iter().map(of).sum()
    }
}

/// The lookups of the feature `kern`.
fn lookups(face: &Face<'_>) -> Option<Vec<u16>> {
    let table = face.tables().gpos?;
    let script = SCRIPTS.iter().find_map(|tag| table.scripts.find(Tag::from_bytes(tag)))?;
    let features = script.default_language.or_else(|| script.languages.get(0))?.feature_indices;
    let kern = features
        .into_iter()
        .filter_map(|index| table.features.get(index))
        .filter(|feature| feature.tag == Tag::from_bytes(b"kern"));
    Some(kern.flat_map(|feature| feature.lookup_indices).collect())
}

impl Subtable {
    fn read(pair: PairAdjustment<'_>, letters: &[Option<GlyphId>], em: f64) -> Self {
        let placed =
            || letters.iter().enumerate().filter_map(|(at, glyph)| glyph.map(|glyph| (at, glyph)));
        match pair {
            PairAdjustment::Format1 { coverage, sets } => {
                let mut starts = vec![0];
                let mut seconds = vec![];
                for glyph in letters {
                    if let Some(set) = glyph.and_then(|glyph| sets.get(coverage.get(glyph)?)) {
                        seconds.extend(placed().filter_map(|(second, glyph)| {
                            let (value, _) = set.get(glyph)?;
                            Some((second, f64::from(value.x_advance) / em))
                        }));
                    }
                    starts.push(seconds.len());
                }
                Self::Pairs(Pairs { starts, seconds })
            }
            PairAdjustment::Format2 { coverage, classes, matrix } => {
                let row = |glyph: &Option<GlyphId>| {
                    let glyph = glyph.filter(|glyph| coverage.contains(*glyph))?;
                    Some(usize::from(classes.0.get(glyph)))
                };
                let column = |glyph: &Option<GlyphId>| {
                    glyph.map_or(0, |glyph| usize::from(classes.1.get(glyph)))
                };
                let first: Vec<_> = letters.iter().map(row).collect();
                let second: Vec<_> = letters.iter().map(column).collect();
                let rows = first.iter().flatten().max().map_or(0, |most| most + 1);
                let columns = second.iter().max().map_or(1, |most| most + 1);
                let value = |row: usize, column: usize| {
                    let place = (u16::try_from(row).ok()?, u16::try_from(column).ok()?);
                    Some(f64::from(matrix.get(place)?.0.x_advance) / em)
                };
                let values = (0..rows)
                    .flat_map(|row| (0..columns).map(move |column| (row, column)))
                    .map(|(row, column)| value(row, column).unwrap_or(0.0))
                    .collect();
                Self::Classes(Classes { first, second, columns, values })
            }
        }
    }

    /// `None`: the pair is none of its own, and the next subtable is asked.
    fn between(&self, first: usize, second: usize) -> Option<f64> {
        match self {
            Self::Pairs(pairs) => {
                let own = *pairs.starts.get(first)?..*pairs.starts.get(first + 1)?;
                let own = pairs.seconds.get(own)?;
                let at = own.binary_search_by_key(&second, |(second, _)| *second).ok()?;
                Some(own[at].1)
            }
            Self::Classes(classes) => {
                let row = classes.first.get(first).copied().flatten()?;
                let column = classes.second.get(second).copied()?;
                classes.values.get(row * classes.columns + column).copied()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FONT: &[u8] = include_bytes!("../../themes/barometer/static/fonts/sans.ttf");

    /// What the tables of the font say of two glyphs, asked anew each time.
    fn asked(face: &Face<'_>, first: GlyphId, second: GlyphId) -> f64 {
        let table = face.tables().gpos.unwrap();
        let em = f64::from(face.units_per_em());
        let of = |index: u16| {
            let subtables = table.lookups.get(index).unwrap().subtables;
            let advance =
                subtables.into_iter::<PositioningSubtable<'_>>().find_map(
                    |subtable| match subtable {
                        PositioningSubtable::Pair(PairAdjustment::Format1 { coverage, sets }) => {
                            let (value, _) = sets.get(coverage.get(first)?)?.get(second)?;
                            Some(value.x_advance)
                        }
                        PositioningSubtable::Pair(PairAdjustment::Format2 {
                            coverage,
                            classes,
                            matrix,
                        }) => {
                            coverage.get(first)?;
                            let place = (classes.0.get(first), classes.1.get(second));
                            Some(matrix.get(place)?.0.x_advance)
                        }
                        _ => None,
                    },
                );
            f64::from(advance.unwrap_or_default()) / em
        };
        lookups(face).unwrap().into_iter().map(of).sum()
    }

    #[test]
    fn every_pair_is_kerned_as_the_tables_of_the_font_say() {
        let face = Face::parse(FONT, 0).unwrap();
        let letters: Vec<_> = (0x20..0x180)
            .chain(0x2010..0x2040)
            .filter_map(|code| face.glyph_index(char::from_u32(code)?))
            .map(Some)
            .collect();
        let kerning = Kerning::read(&face, &letters);

        let mut kerned = 0;
        for (at, first) in letters.iter().flatten().enumerate() {
            for (beside, second) in letters.iter().flatten().enumerate() {
                let told = kerning.between(at, beside);
                assert_eq!(told.to_bits(), asked(&face, *first, *second).to_bits());
                kerned += usize::from(told != 0.0);
            }
        }

        assert!(1_000 < kerned, "only {kerned} pairs are kerned");
    }
}
