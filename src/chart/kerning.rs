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
    /// Single pairs in order, in em.
    Pairs(Vec<((usize, usize), f64)>),
    /// Classes of letters.
    Classes(Classes),
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
                let mut pairs = vec![];
                for (first, glyph) in placed() {
                    let Some(set) = coverage.get(glyph).and_then(|at| sets.get(at)) else {
                        continue;
                    };
                    pairs.extend(placed().filter_map(|(second, glyph)| {
                        let (value, _) = set.get(glyph)?;
                        Some(((first, second), f64::from(value.x_advance) / em))
                    }));
                }
                Self::Pairs(pairs)
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
                let at = pairs.binary_search_by_key(&(first, second), |(pair, _)| *pair).ok()?;
                Some(pairs[at].1)
            }
            Self::Classes(classes) => {
                let row = classes.first.get(first).copied().flatten()?;
                let column = classes.second.get(second).copied()?;
                classes.values.get(row * classes.columns + column).copied()
            }
        }
    }
}
