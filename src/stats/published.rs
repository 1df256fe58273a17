//! Published figures as estimates, with what is known of them and no more.

use crate::survey::{PublishedFigure, Survey, Unit, WaveKey};

use super::{Cut, Estimate, Estimator, Flag, IntervalMethod, Provenance, Value};

/// Turns every published figure into a row. No interval is invented: a
/// publication that prints none leaves none.
pub fn published(survey: &Survey) -> Vec<Estimate> {
    let waves = survey.waves.iter().flat_map(|wave| {
        wave.published.iter().map(move |figure| row(figure, Some(&wave.key), Provenance::Published))
    });
    let context = survey.context.iter().map(|figure| row(figure, None, Provenance::OtherStudy));
    waves.chain(context).collect()
}

fn row(figure: &PublishedFigure, wave: Option<&WaveKey>, provenance: Provenance) -> Estimate {
    let printed = figure.value;
    let (estimator, estimate) = match figure.unit {
        Unit::Percent => (Estimator::Proportion, printed.value / 100.0),
        Unit::Score => (Estimator::Mean, printed.value),
        Unit::Count => (Estimator::Count, printed.value),
        Unit::Points => (Estimator::RankPointsMean, printed.value),
        Unit::Rank => (Estimator::Rank, printed.value),
    };
    let cut = match &figure.group {
        Some((breakdown, group)) => Cut::group(breakdown.clone(), group.clone()),
        None => Cut::all(),
    };
    Estimate {
        question: figure.question.clone(),
        item: figure.item.clone(),
        estimator,
        cut,
        wave: wave.cloned(),
        provenance,
        value: Value::Shown {
            estimate,
            interval: None,
            method: IntervalMethod::None,
            flag: Flag::Ok,
            precision: None,
        },
        n: figure.n,
        digits: Some(printed.digits),
        source: Some(figure.source.clone()),
        study: figure.study.clone(),
        note: figure.note.clone(),
    }
}
