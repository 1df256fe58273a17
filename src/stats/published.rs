//! Published figures as estimates, with what is known of them and no more.

use std::collections::{BTreeMap, BTreeSet};

use crate::survey::{PublishedFigure, Survey, Unit, WaveKey};

use super::{
    Cut, Estimate, Estimator, Flag, IntervalMethod, Provenance, Selector, Test, Told, Value,
};

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
    let is_told = figure.study.is_some() || figure.note.is_some();
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
        told: is_told
            .then(|| Box::new(Told { study: figure.study.clone(), note: figure.note.clone() })),
    }
}

/// A published number stands in the place of a simulated one: takes those out
/// of `rows` and gives them.
pub(super) fn published_win(rows: &mut Vec<Estimate>, published: &[Estimate]) -> Vec<Estimate> {
    if !rows.iter().any(|row| row.provenance == Provenance::Simulated) {
        return vec![];
    }
    let known: BTreeSet<Selector<'_>> = published.iter().map(Estimate::selector).collect();
    let is_superseded = |row: &mut Estimate| {
        let published = Selector { provenance: Provenance::Published, ..row.selector() };
        row.provenance == Provenance::Simulated && known.contains(&published)
    };
    rows.extract_if(.., is_superseded).collect()
}

/// Takes the tests out that rest on rows in whose place a number was published.
pub(super) fn leave_out_tests(tests: &mut Vec<Test>, superseded: &[Estimate]) {
    let mut gone: BTreeMap<_, Vec<&Estimate>> = BTreeMap::new();
    for row in superseded {
        gone.entry(&row.question).or_default().push(row);
    }
    tests.retain(|test| {
        let rows = gone.get(&test.question).into_iter().flatten();
        !rows.into_iter().any(|row| test.rests_on(row))
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::test::tests::{of_regions, share};

    #[test]
    fn a_published_number_stands_in_the_place_of_a_simulated_one_alone() {
        let published = vec![
            Estimate { provenance: Provenance::Published, ..share("energy", None) },
            Estimate { provenance: Provenance::OtherStudy, wave: None, ..share("mobility", None) },
        ];
        let mut rows = vec![
            share("energy", None),
            share("energy", Some("wallonia")),
            share("mobility", None),
            Estimate { estimator: Estimator::Top2, ..share("energy", None) },
            Estimate { wave: Some(WaveKey::new("2017")), ..share("energy", None) },
            Estimate { provenance: Provenance::Collected, ..share("energy", None) },
        ];
        let kept = rows[1..].to_vec();

        let superseded = published_win(&mut rows, &published);

        assert_eq!(superseded, [share("energy", None)]);
        assert_eq!(rows, kept);
    }

    #[test]
    fn a_test_of_a_number_that_is_not_shown_is_not_shown() {
        let superseded = [share("energy", Some("flanders"))];
        let kept = of_regions("energy", "brussels", "wallonia");
        let mut tests = vec![of_regions("energy", "flanders", "wallonia"), kept.clone()];

        leave_out_tests(&mut tests, &superseded);

        assert_eq!(tests, [kept]);
    }
}
