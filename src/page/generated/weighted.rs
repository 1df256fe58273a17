//! What weighting to the population would change: a part of the page on
//! method, for the numbers of the current wave that are not weighted.

use crate::figure::{self, Weighted};
use crate::stats::{Estimate, Estimator, Provenance, Selector};
use crate::survey::{Question, QuestionKey, WaveKey};
use crate::wording::NO_NUMBER;

use super::{Block, Desk, Section, TableLine, question_stem};

/// A number and what weighting makes of it.
type Pair<'a> = (&'a Estimate, Weighted<'a>);

/// `None` where no frame tells how large the groups are, or every number is
/// weighted.
pub(super) fn section(desk: &Desk<'_, '_>) -> Option<Section> {
    let scope = desk.scope;
    let wave = WaveKey::new(scope.config.current_wave()?.key.as_str());
    scope.survey.frame_of(Some(&wave))?;
    let could = |row: &&Estimate| row.wave.as_ref() == Some(&wave) && scope.could_be_weighted(row);
    let rows = scope.results.rows().iter().filter(could);
    let headlines: Vec<&Estimate> = rows.filter(|row| is_headline(desk, row)).collect();
    let real = pairs(desk, headlines.iter().copied());
    let simulated = pairs(desk, scope.results.superseded().iter().filter(could));
    if headlines.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::text(desk.text("method.weighted-text"))];
    blocks.extend(tables(desk, &wave, &real));
    if real.iter().any(|(row, _)| row.provenance == Provenance::Published) {
        blocks.push(Block::text(desk.text("method.weighted-published")));
    }
    let without = headlines.len() - real.len();
    if 0 < without {
        let text = scope.words.plural("method.weighted-without", without as u64, &[]);
        blocks.push(Block::text(text));
    }
    if !simulated.is_empty() {
        blocks.push(Block::text(desk.text("method.weighted-simulated")));
        blocks.extend(tables(desk, &wave, &simulated));
    }
    Some(Section::new("weighted", desk.text("method.weighted"), blocks))
}

/// Whether a number is one that the report tells of people: of two of the same
/// it is the computed one.
fn is_headline(desk: &Desk<'_, '_>, row: &Estimate) -> bool {
    let computed = Selector { provenance: Provenance::Collected, ..row.selector() };
    match row.provenance {
        Provenance::Published => desk.scope.results.get(&computed).is_none(),
        provenance => provenance == Provenance::Collected,
    }
}

fn pairs<'a>(desk: &Desk<'_, 'a>, rows: impl Iterator<Item = &'a Estimate>) -> Vec<Pair<'a>> {
    rows.filter_map(|row| Some((row, desk.scope.weighted(row)?))).collect()
}

/// A table for each breakdown that numbers were weighted by.
fn tables(desk: &Desk<'_, '_>, wave: &WaveKey, pairs: &[Pair<'_>]) -> Vec<Block> {
    let by = |pair: &&Pair<'_>, key: &QuestionKey| pair.1.by.key == *key;
    let breakdowns = desk.breakdowns().filter_map(|key| {
        let of: Vec<&Pair<'_>> = pairs.iter().filter(|pair| by(pair, &key)).collect();
        Some(table(desk, wave, of.first()?.1.by, &of))
    });
    breakdowns.collect()
}

/// The headings of real numbers.
const REAL: [&str; 4] =
    ["figure.question", "method.weighted-plain", "method.weighted-by", "table.difference"];
/// Those of numbers that a program made up, in whose place others were
/// published.
const SIMULATED: [&str; 5] = [
    "figure.question",
    "reconciliation.published",
    "reconciliation.computed",
    "method.weighted-computed",
    "table.difference",
];

fn table(desk: &Desk<'_, '_>, wave: &WaveKey, by: &Question, pairs: &[&Pair<'_>]) -> Block {
    let simulated = pairs.iter().any(|(row, _)| row.provenance == Provenance::Simulated);
    let (caption, head) = if simulated {
        ("method.weighted-simulated-caption", SIMULATED.as_slice())
    } else {
        ("method.weighted-caption", REAL.as_slice())
    };
    let wave = figure::wave_inside(desk.scope, wave.as_str());
    Block::Table {
        caption: desk.fill(caption, &[("by", &desk.say(&by.short)), ("wave", &wave)]),
        head: head.iter().map(|key| desk.text(key)).collect(),
        rows: pairs.iter().map(|pair| line(desk, pair)).collect(),
        sentences: false,
        simulated,
    }
}

/// Published numbers keep their decimals, computed ones have as many as it
/// takes to see what changes.
fn line(desk: &Desk<'_, '_>, (row, weighted): &Pair<'_>) -> TableLine {
    let scope = desk.scope;
    let selector = Selector { provenance: Provenance::Published, ..row.selector() };
    let published = scope.results.get(&selector);
    let in_percent = row.estimator.is_proportion() || row.estimator == Estimator::Net;
    let digits = match row.provenance {
        Provenance::Published => row.digits.unwrap_or(0),
        _ if in_percent => published.and_then(|row| row.digits).unwrap_or(0) + 1,
        _ => 2,
    };
    let unit = if in_percent { 100.0 } else { 1.0 };
    let change = row.value.estimate().map_or_else(
        || NO_NUMBER.to_owned(),
        |plain| scope.words.signed((weighted.estimate - plain) * unit, digits),
    );
    let beside = published.filter(|_| row.provenance == Provenance::Simulated);
    let mut cells: Vec<String> = beside.map(|row| scope.printed(row)).into_iter().collect();
    cells.extend([
        scope.printed_like(row, Some(digits)),
        scope.display(row.estimator, weighted.estimate, Some(digits)),
        change,
    ]);
    TableLine {
        label: figure::label(scope, row),
        address: Some(format!("{}.html", question_stem(row.question.as_str()))),
        cells,
        ..TableLine::default()
    }
}
