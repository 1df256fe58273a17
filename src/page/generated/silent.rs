//! Who did not answer: a part of the page on method. Respondents beside the
//! population, and how far the silent could move each share.

use crate::figure;
use crate::stats::{Cut, Estimate, Provenance, StratumMeta, WaveMeta};
use crate::survey::WaveKey;
use crate::wording::NO_NUMBER;

use super::{Block, Desk, Section, TableLine};

/// Respondents beside the population: in the current wave by each breakdown of
/// which both are known, and by stratum. `None` where neither is.
pub(super) fn sample(desk: &Desk<'_, '_>) -> Option<Section> {
    let scope = desk.scope;
    let wave = WaveKey::new(scope.config.current_wave()?.key.as_str());
    let label = figure::wave_inside(scope, wave.as_str());
    let everybody = Cut::all();
    let answered = figure::respondents(scope, Some(&wave), &everybody);
    let whole = answered.zip(figure::population(scope, Some(&wave), &everybody));
    let mut blocks = vec![];
    for key in desk.breakdowns() {
        let Some((breakdown, whole)) = scope.survey.codebook.question(key.as_str()).zip(whole)
        else {
            continue;
        };
        let groups = breakdown.options().iter().map(|group| {
            let cut = Cut::group(key.clone(), group.key.clone());
            let answered = figure::respondents(scope, Some(&wave), &cut);
            let known = answered.zip(figure::population(scope, Some(&wave), &cut));
            (desk.say(&group.label), known)
        });
        let groups: Vec<_> = groups.collect();
        if groups.iter().any(|(_, known)| known.is_some()) {
            let by = desk.say(&breakdown.short);
            let caption = desk.fill("method.sample-caption", &[("by", &by), ("wave", &label)]);
            blocks.push(table(desk, caption, groups, whole));
        }
    }
    let waves = scope.results.meta.waves.iter().rev();
    blocks.extend(waves.filter_map(|meta| strata(desk, meta)));
    if blocks.is_empty() {
        return None;
    }
    blocks.insert(0, Block::text(desk.text("method.sample-text")));
    Some(Section::new("sample", desk.text("method.sample"), blocks))
}

/// The strata of collected answers.
fn strata(desk: &Desk<'_, '_>, meta: &WaveMeta) -> Option<Block> {
    if meta.provenance != Provenance::Collected || meta.strata.len() < 2 {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a population is a whole number from 0"
    )]
    let population = |size: f64| size.round() as u64;
    let known = |stratum: &StratumMeta| Some((stratum.sampled, population(stratum.population?)));
    let rows: Option<Vec<(&str, (u64, u64))>> =
        meta.strata.iter().map(|one| Some((one.name.as_str(), known(one)?))).collect();
    let rows = rows?;
    let sum = rows.iter().fold((0, 0), |sum, (_, (n, size))| (sum.0 + n, sum.1 + size));
    let wave = figure::wave_inside(desk.scope, meta.wave.as_str());
    let caption = desk.fill("method.strata-caption", &[("wave", &wave)]);
    let rows = rows.into_iter().map(|(name, known)| (name.to_owned(), known));
    Some(if meta.clusters.is_some() {
        units(desk, caption, rows.chain([(desk.text("method.everybody"), sum)]))
    } else {
        let rows = rows.map(|(name, known)| (name, Some(known))).collect();
        table(desk, caption, rows, sum)
    })
}

/// Strata with how many sampling units were drawn and how many there are.
fn units(
    desk: &Desk<'_, '_>,
    caption: String,
    rows: impl Iterator<Item = (String, (u64, u64))>,
) -> Block {
    let row = |(label, (n, size))| TableLine {
        label,
        cells: vec![
            desk.count(size),
            desk.count(n),
            desk.share(n, size).unwrap_or_else(|| NO_NUMBER.to_owned()),
        ],
        ..TableLine::default()
    };
    let head = ["table.group", "method.units-all", "method.units", "method.fraction"];
    Block::Table {
        caption,
        head: head.map(|key| desk.text(key)).to_vec(),
        rows: rows.map(row).collect(),
        sentences: false,
        simulated: false,
    }
}

/// Groups with how many answered and how many there are.
fn table(
    desk: &Desk<'_, '_>,
    caption: String,
    mut groups: Vec<(String, Option<(u64, u64)>)>,
    (respondents, population): (u64, u64),
) -> Block {
    groups.push((desk.text("method.everybody"), Some((respondents, population))));
    let row = |(label, known): (String, Option<(u64, u64)>)| {
        let cells = match known {
            Some((n, size)) => [
                Some(desk.count(size)),
                desk.share(size, population),
                Some(desk.count(n)),
                desk.share(n, respondents),
                desk.share(n, size),
            ],
            None => [const { None }; 5],
        };
        let cells = cells.map(|cell| cell.unwrap_or_else(|| NO_NUMBER.to_owned())).to_vec();
        TableLine { label, cells, ..TableLine::default() }
    };
    let head = [
        "table.group",
        "method.size",
        "method.size-share",
        "method.respondents",
        "method.answers-share",
        "method.rate",
    ];
    Block::Table {
        caption,
        head: head.map(|key| desk.text(key)).to_vec(),
        rows: groups.into_iter().map(row).collect(),
        sentences: false,
        simulated: false,
    }
}

/// How far those who did not answer could move each share of the current
/// wave. `None` where no share has bounds.
pub(super) fn bounds(desk: &Desk<'_, '_>) -> Option<Section> {
    let scope = desk.scope;
    let wave = WaveKey::new(scope.config.current_wave()?.key.as_str());
    let of_wave = scope.results.rows().iter().filter(|row| row.wave.as_ref() == Some(&wave));
    let real = of_wave.filter(|row| row.provenance != Provenance::Simulated);
    let bounded = real.filter_map(|row| Some((row, scope.bounds(row)?)));
    let bounded: Vec<(&Estimate, (f64, f64))> = bounded.collect();
    // The one nearest to a half: where the answers alone decide least.
    let off = |row: &Estimate| (row.value.estimate().unwrap_or(0.0) - 0.5).abs();
    let (first, (low, high)) = bounded.iter().min_by(|a, b| off(a.0).total_cmp(&off(b.0)))?;
    let percent = |share: f64| scope.words.percent(share, 0);
    let answered = first.n.or_else(|| figure::respondents(desk.scope, Some(&wave), &Cut::all()))?;
    let population = figure::population(scope, Some(&wave), &Cut::all())?;
    let values = [
        ("population", desk.count(population)),
        ("label", figure::label(scope, first)),
        ("low", percent(*low)),
        ("high", percent(*high)),
        ("share", scope.printed(first)),
    ];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    let silent = population.saturating_sub(answered);
    let row = |(row, (low, high)): &(&Estimate, (f64, f64))| TableLine {
        label: figure::label(scope, row),
        address: Some(format!("{}.html", super::question_stem(row.question.as_str()))),
        cells: vec![scope.printed(row), percent(*low), percent(*high)],
        ..TableLine::default()
    };
    let label = figure::wave_inside(scope, wave.as_str());
    let head = ["figure.question", "table.share", "method.bound-low", "method.bound-high"];
    let blocks = vec![
        Block::text(scope.words.plural("method.silent-text", silent, &values)),
        Block::text(desk.text("method.silent-note")),
        Block::Table {
            caption: desk.fill("method.silent-caption", &[("wave", &label)]),
            head: head.map(|key| desk.text(key)).to_vec(),
            rows: bounded.iter().map(row).collect(),
            sentences: false,
            simulated: false,
        },
    ];
    Some(Section::new("silent", desk.text("method.silent"), blocks))
}
