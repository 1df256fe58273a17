//! `[statistics]` and `[data]`: how sure the numbers are to be, whom they may
//! tell of, and what of them is given away.

use super::keys::{ESTIMATORS, PUBLISH};
use super::toml::{Spelled, Table};
use super::{Estimators, Publish, Statistics};
use crate::diag::{Code, Diagnostic, Findings};

pub(super) fn statistics(table: Option<Table>, found: &mut Findings) -> Statistics {
    let mut statistics = Statistics {
        confidence: 0.95,
        hide_below: 5,
        caution_below: 30,
        protect_certain_below: 10,
        test_fpc: false,
        estimators: Estimators::Suited,
    };
    let Some(mut table) = table else { return statistics };
    if let Some(confidence) = table.number("confidence", found) {
        if 0.0 < confidence.value && confidence.value < 1.0 {
            statistics.confidence = confidence.value;
        } else {
            let message = format!("a confidence of {} is not between 0 and 1", confidence.value);
            let percent = (50.0..100.0).contains(&confidence.value);
            let meant = if percent { confidence.value / 100.0 } else { 0.95 };
            found.push(
                Diagnostic::error(Code::BadValue, message)
                    .at(confidence.place)
                    .hint(format!("Write `confidence = {meant}`.")),
            );
        }
    }
    let mut count = |key, field: &mut u32, found: &mut Findings| {
        let count = table.count(key, found);
        *field = count.as_ref().map_or(*field, |count| count.value);
        count
    };
    count("hide-below", &mut statistics.hide_below, found);
    let caution = count("caution-below", &mut statistics.caution_below, found);
    count("protect-certain-below", &mut statistics.protect_certain_below, found);
    if let Some(caution) = caution.filter(|caution| caution.value < statistics.hide_below) {
        let message = format!(
            "`caution-below` is {}, under `hide-below`, which is {}",
            caution.value, statistics.hide_below
        );
        found.push(
            Diagnostic::error(Code::BadValue, message)
                .at(caution.place)
                .hint("Ask for caution at a larger base than for hiding."),
        );
    }
    if let Some(fpc) = table.boolean("test-fpc", found) {
        statistics.test_fpc = fpc.value;
    }
    if let Some(estimators) = table.choice("estimators", &ESTIMATORS, found) {
        statistics.estimators = estimators.value;
    }
    table.finish(found);
    statistics
}

/// Reads `[data]`.
pub(super) fn publish(
    mut table: Table,
    statistics: &Statistics,
    found: &mut Findings,
) -> Option<Spelled<Publish>> {
    let publish = table.choice("publish", &PUBLISH, found);
    table.finish(found);
    let publish = publish?;
    let hiding = [
        ("hide-below", statistics.hide_below),
        ("protect-certain-below", statistics.protect_certain_below),
    ];
    let hiding = hiding.into_iter().find(|(_, base)| 0 < *base);
    if publish.value == Publish::Microdata
        && let Some((key, base)) = hiding
    {
        let message = format!(
            "`publish` cannot be `microdata` where `{key}` is {base}: the answers of each respondent would give back what it hides"
        );
        found.push(
            Diagnostic::error(Code::BadValue, message)
                .at(publish.place)
                .hint("Write `publish = \"results\"`: the estimates, with all that is needed to judge them.")
                .hint("If everybody may know what each respondent answered, write `hide-below = 0` and `protect-certain-below = 0` in `[statistics]`."),
        );
        return None;
    }
    Some(publish)
}
