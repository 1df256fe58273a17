//! What two rows allow to say: by the tests of the results where both were
//! computed from answers (`statistics.md`, 6), as printed where both were
//! published.
//!
//! Tests are looked up here, never run.

use crate::stats::{Estimate, Estimator, Provenance, StratumMeta, Test, TestFlag, TestKind, Value};

use super::Scope;

/// What two numbers allow to say of the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is larger, more than chance makes.
    More,
    /// It is smaller, more than chance makes.
    Less,
    /// Both are the same as printed, or in a census.
    Same,
    /// They were tested, and nothing can be said; not that they are equal.
    Unclear,
    /// They may not be compared.
    Untested(Why),
}

/// Why two numbers may not be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// One of them is hidden, or nobody answered.
    NoNumber,
    /// A base under `caution-below`.
    LowBase,
    /// One was published, the other computed.
    Mixed,
    /// The answers do not vary, or the results hold no such test.
    NoTest,
}

/// Two rows with what may be said of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Comparison<'a> {
    pub(super) verdict: Verdict,
    test: Option<&'a Test>,
    /// −1 where the test goes from the first row to the second.
    sign: f64,
}

impl Comparison<'_> {
    /// The confidence limits of the first less the second, where tested.
    pub(super) fn interval(&self) -> Option<(f64, f64)> {
        let (low, high) = self.test?.interval?;
        let (one, other) = (low * self.sign, high * self.sign);
        Some((one.min(other), one.max(other)))
    }

    /// Its probability, and after adjustment for all comparisons of the
    /// family, by which the verdict was found.
    fn probability(&self) -> Option<String> {
        let test = self.test?;
        let (raw, adjusted) = (test.p_value?, test.p_holm?);
        let raw = p_text(raw);
        Some(format!("{raw}, {} after Holm's adjustment", p_text(adjusted)))
    }
}

/// Equal as printed: published decimals differ by far more than this.
pub(super) fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

/// Whether a row was computed from answers: then tests decide, not digits.
pub(super) fn computed(row: &Estimate) -> bool {
    is_computed(row.provenance)
}

pub(super) fn is_computed(provenance: Provenance) -> bool {
    matches!(provenance, Provenance::Collected | Provenance::Simulated)
}

/// Compares two rows that differ in their group, their item or their wave.
pub(super) fn compare<'a>(scope: &Scope<'a>, a: &Estimate, b: &Estimate) -> Comparison<'a> {
    let plain = |verdict| Comparison { verdict, test: None, sign: 1.0 };
    let (Some(one), Some(other)) = (a.value.estimate(), b.value.estimate()) else {
        return plain(Verdict::Untested(Why::NoNumber));
    };
    if a.provenance != b.provenance {
        return plain(Verdict::Untested(Why::Mixed));
    }
    if a.estimator == Estimator::Rank {
        // The first place is the best one.
        return plain(by_numbers(other, one));
    }
    if !computed(a) {
        return plain(by_numbers(one, other));
    }
    let Some((test, sign)) = find(scope, a, b) else {
        let low = scope.low_base(a) || scope.low_base(b);
        return plain(Verdict::Untested(if low { Why::LowBase } else { Why::NoTest }));
    };
    let verdict = match (test.flag, test.verdict) {
        // Everybody was asked: a difference is a fact.
        (TestFlag::Census, _) => by_numbers(one, other),
        _ if test.kind == TestKind::WaveChange
            && [a, b].iter().all(|row| is_census(scope, row)) =>
        {
            by_numbers(one, other)
        }
        (TestFlag::LowBase, _) => Verdict::Untested(Why::LowBase),
        (_, crate::stats::Verdict::Differs) => by_numbers(one, other),
        (_, crate::stats::Verdict::NoClearDifference) => Verdict::Unclear,
        (_, crate::stats::Verdict::NotTested) => Verdict::Untested(Why::NoTest),
    };
    Comparison { verdict, test: Some(test), sign }
}

/// Whether everybody was asked in the wave of a row.
fn is_census(scope: &Scope<'_>, row: &Estimate) -> bool {
    let wave = scope.waves().iter().find(|wave| Some(&wave.wave) == row.wave.as_ref());
    wave.is_some_and(|wave| {
        let all =
            |stratum: &StratumMeta| stratum.population.is_some_and(|size| size <= sampled(stratum));
        wave.strata.iter().all(all)
    })
}

#[expect(clippy::cast_precision_loss, reason = "no sample has 2^53 units")]
fn sampled(stratum: &StratumMeta) -> f64 {
    stratum.sampled as f64
}

fn by_numbers(a: f64, b: f64) -> Verdict {
    if same(a, b) {
        Verdict::Same
    } else if b < a {
        Verdict::More
    } else {
        Verdict::Less
    }
}

/// The test of two computed rows, and the sign that turns its difference
/// into the first less the second.
fn find<'a>(scope: &Scope<'a>, a: &Estimate, b: &Estimate) -> Option<(&'a Test, f64)> {
    if a.question != b.question {
        return None;
    }
    let leading = |from: &Estimate, to: &Estimate| scope.test_between(from, to);
    leading(b, a).map(|test| (test, 1.0)).or_else(|| leading(a, b).map(|test| (test, -1.0)))
}

/// What a comparison rests on, for a message: both numbers, the interval of
/// their difference and its probability.
pub(super) fn evidence(
    scope: &Scope<'_>,
    a: &Estimate,
    b: &Estimate,
    found: &Comparison<'_>,
) -> String {
    let mut text = format!("{} against {}", scope.printed(a), scope.printed(b));
    let mut parts = vec![];
    if let Some((low, high)) = found.interval() {
        let level = scope.words.percent(scope.config.statistics.confidence, 0);
        let print = |gap| scope.gap(a, b, gap);
        parts.push(format!(
            "{level} interval of the difference from {} to {}",
            print(low),
            print(high)
        ));
    }
    parts.extend(found.probability());
    if let Verdict::Untested(why) = found.verdict {
        parts.push(reason(scope, a, b, why));
    }
    if !parts.is_empty() {
        text.push_str(" (");
        text.push_str(&parts.join(", "));
        text.push(')');
    }
    text
}

fn reason(scope: &Scope<'_>, a: &Estimate, b: &Estimate, why: Why) -> String {
    match why {
        Why::NoNumber => {
            let hidden = [a, b].iter().any(|row| row.value == Value::Hidden);
            if hidden { "one of them is hidden" } else { "one of them has no answers" }.to_owned()
        }
        Why::LowBase => {
            let base = |row: &Estimate| row.n.map_or_else(|| "?".to_owned(), |n| n.to_string());
            let least = scope.config.statistics.caution_below;
            format!("not tested: bases of {} and {}, under {least}", base(a), base(b))
        }
        Why::Mixed => {
            format!("not comparable: {} and {}", a.provenance.name(), b.provenance.name())
        }
        Why::NoTest => "not tested".to_owned(),
    }
}

/// A probability as messages print it.
fn p_text(p: f64) -> String {
    if p < 0.001 { "p < 0.001".to_owned() } else { format!("p = {p:.3}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_printed_alike_are_the_same() {
        assert_eq!(by_numbers(0.44, 44.0 / 100.0), Verdict::Same);
        assert_eq!(by_numbers(0.44, 0.43), Verdict::More);
        assert_eq!(by_numbers(0.43, 0.44), Verdict::Less);
    }

    #[test]
    fn a_small_probability_is_not_printed_as_nothing() {
        assert_eq!(p_text(0.000_4), "p < 0.001");
        assert_eq!(p_text(0.83), "p = 0.830");
    }
}
