//! Published figures beside what simulated answers give in their place: a part
//! of the page on method.

use crate::figure::{self, Scope};
use crate::stats::{Estimate, Provenance, Selector};
use crate::survey::WaveKey;
use crate::wording::NO_NUMBER;

use super::{Block, Desk, Section, TableLine, question_stem};

/// One section for each wave that has both, the latest first.
pub(super) fn sections(desk: &Desk<'_, '_>) -> Vec<Section> {
    desk.scope.config.waves.iter().rev().filter_map(|wave| section(desk, &wave.key)).collect()
}

fn section(desk: &Desk<'_, '_>, wave: &str) -> Option<Section> {
    let scope = desk.scope;
    let key = WaveKey::new(wave);
    let of_wave = |row: &&Estimate| row.wave.as_ref() == Some(&key);
    let pairs: Vec<(&Estimate, &Estimate)> = scope
        .results
        .superseded()
        .iter()
        .filter(of_wave)
        .filter_map(|computed| {
            let selector = Selector { provenance: Provenance::Published, ..computed.selector() };
            Some((scope.results.get(&selector)?, computed))
        })
        .collect();
    if pairs.is_empty() {
        return None;
    }
    let published = scope.results.rows().iter().filter(of_wave);
    let published = published.filter(|row| row.provenance == Provenance::Published).count();
    let equal = pairs.iter().filter(|(printed, computed)| {
        scope.printed_like(computed, printed.digits) == scope.printed(printed)
    });
    let plural = |key: &str, n: usize| {
        let total = pairs.len().to_string();
        Block::text(scope.words.plural(key, n as u64, &[("total", &total)]))
    };
    let mut blocks = vec![
        Block::text(desk.text("reconciliation.text")),
        plural("reconciliation.equal", equal.count()),
    ];
    if pairs.len() < published {
        blocks.push(plural("reconciliation.without", published - pairs.len()));
    }
    let label = figure::wave_inside(scope, wave);
    blocks.push(Block::Table {
        caption: desk.fill("reconciliation.caption", &[("wave", &label)]),
        head: [
            "figure.question",
            "reconciliation.published",
            "reconciliation.computed",
            "table.difference",
        ]
        .map(|key| desk.text(key))
        .to_vec(),
        rows: pairs.iter().map(|(printed, computed)| line(scope, printed, computed)).collect(),
        sentences: false,
        simulated: true,
    });
    let title = desk.fill("reconciliation.title", &[("wave", &label)]);
    Some(Section::new(&format!("reconciliation-{wave}"), title, blocks))
}

/// The computed number has one decimal more than the printed one: else most
/// differences could not be seen.
fn line(scope: &Scope<'_>, printed: &Estimate, computed: &Estimate) -> TableLine {
    let digits = printed.digits.unwrap_or(0) + 1;
    let unit = if printed.estimator.is_proportion() { 100.0 } else { 1.0 };
    let difference = computed.value.estimate().zip(printed.value.estimate());
    TableLine {
        label: figure::label(scope, computed),
        address: Some(format!("{}.html", question_stem(computed.question.as_str()))),
        cells: vec![
            scope.printed(printed),
            scope.printed_like(computed, Some(digits)),
            difference.map_or_else(
                || NO_NUMBER.to_owned(),
                |(ours, theirs)| scope.words.signed((ours - theirs) * unit, digits),
            ),
        ],
        ..TableLine::default()
    }
}
