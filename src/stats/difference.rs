//! Differences between groups: two of them by t, several by Wald's F
//! (`statistics.md`, 6), and Holm's adjustment for many at once.
//!
//! The variance of a difference is that of one score, positive in one group
//! and negative in the other: groups cut across strata, so their variances
//! must not be added.
//!
//! References: Lumley (2010), 2.3; Wald (1943); Holm (1979), *Scand. J. Stat.* 6.

use super::crosstab::FStatistic;
use super::distribution::{f_upper, student_two_sided};
use super::interval::around;
use super::matrix::Square;
use super::mean::{Mean, degrees_of_freedom, mean};
use super::sample::{Correction, Sample};
use super::tally::Cell;
use super::variance::Scatter;

/// A difference with its test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Respondents in the base of the reference.
    pub n_reference: u64,
    /// Respondents in the base of the other.
    pub n: u64,
    /// The other minus the reference.
    pub difference: f64,
    /// Its standard error; `None` where the design does not tell it.
    pub se: Option<f64>,
    /// Degrees of freedom.
    pub df: f64,
    /// Confidence limits, the t statistic and its two-sided probability;
    /// `None` without variance or degrees of freedom.
    pub test: Option<TTest>,
}

/// What Student's t says of a difference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TTest {
    /// Lower confidence limit.
    pub low: f64,
    /// Upper confidence limit.
    pub high: f64,
    /// Difference over standard error.
    pub statistic: f64,
    /// Two-sided probability.
    pub p_value: f64,
}

/// Tests a difference by Student's t. `None` without variance, or where it is not
/// known, or without degrees of freedom.
pub(super) fn t_test(
    difference: f64,
    variance: Option<f64>,
    df: f64,
    confidence: f64,
) -> Option<TTest> {
    let variance = variance.filter(|variance| *variance > 0.0 && df >= 1.0)?;
    let (low, high) = around(difference, variance, df, confidence);
    let statistic = difference / libm::sqrt(variance);
    Some(TTest { low, high, statistic, p_value: student_two_sided(statistic, df) })
}

/// One side of a comparison: a group, or several together, and its mean, which
/// is the same whatever it is compared with.
#[derive(Debug)]
pub struct Side<'c> {
    groups: Vec<&'c [Cell]>,
    mean: Mean,
}

impl<'c> Side<'c> {
    /// The mean of `score` over some groups. `None`: nobody is in its base.
    pub fn new(
        sample: &Sample,
        groups: Vec<&'c [Cell]>,
        score: impl Fn(u32) -> Option<f64>,
        correction: Correction,
    ) -> Option<Self> {
        let mean = mean(sample, &groups, score, correction)?;
        Some(Self { groups, mean })
    }
}

/// Compares the mean of a score in a group with that in another, or in all
/// the others together.
pub fn two_groups(
    sample: &Sample,
    reference: &Side<'_>,
    other: &Side<'_>,
    score: impl Fn(u32) -> Option<f64>,
    correction: Correction,
    confidence: f64,
) -> Difference {
    let mut scatter = Scatter::new(sample, 1);
    let mut domain = vec![];
    for (Side { groups, mean }, sign) in [(reference, -1.0), (other, 1.0)] {
        for cell in groups.iter().copied().flatten() {
            if let Some(score) = score(cell.option) {
                scatter.add(cell, 0, sign * (score - mean.mean) / mean.weight);
                domain.push(cell);
            }
        }
    }
    let (first, second) = (&reference.mean, &other.mean);
    let scale = |mean: &Mean| mean.spread.unwrap_or(0.0) / mean.n as f64;
    let variance = scatter.variance(correction, scale(first).max(scale(second)));
    let df = degrees_of_freedom(sample, domain.into_iter()) - 1.0;
    let difference = second.mean - first.mean;
    Difference {
        n_reference: first.n,
        n: second.n,
        difference,
        se: variance.map(libm::sqrt),
        df,
        test: t_test(difference, variance, df, confidence),
    }
}

/// Tests whether the means of a score in several groups are equal:
/// R's `regTermTest(svyglm(y ~ g), ~ g)`. `None`: fewer than two groups, or
/// means that do not vary.
pub fn equal_means(
    sample: &Sample,
    groups: &[&[Cell]],
    score: impl Fn(u32) -> Option<f64> + Copy,
    correction: Correction,
) -> Option<(u64, FStatistic)> {
    let means: Vec<(&[Cell], Mean)> = groups
        .iter()
        .filter_map(|cells| mean(sample, &[cells], score, correction).map(|mean| (*cells, mean)))
        .collect();
    let k = means.len();
    if k < 2 {
        return None;
    }
    let mut scatter = Scatter::new(sample, k);
    let mut domain = vec![];
    for (at, (cells, mean)) in means.iter().enumerate() {
        for cell in *cells {
            if let Some(score) = score(cell.option) {
                scatter.add(cell, at, (score - mean.mean) / mean.weight);
                domain.push(cell);
            }
        }
    }
    let spread = scatter.covariance(correction);
    let mut contrasts = Square::zero(k - 1);
    let mut gaps = Square::zero(k - 1);
    for i in 1..k {
        for j in 1..k {
            let value = spread.at(i, j) - spread.at(i, 0) - spread.at(0, j) + spread.at(0, 0);
            contrasts.add(i - 1, j - 1, value);
        }
        gaps.add(i - 1, 0, means[i].1.mean - means[0].1.mean);
    }
    let solved = contrasts.solve(&gaps)?;
    let quadratic: f64 = (0..k - 1).map(|i| gaps.at(i, 0) * solved.at(i, 0)).sum();
    let ndf = (k - 1) as f64;
    let ddf = degrees_of_freedom(sample, domain.into_iter()) + 1.0 - k as f64;
    if ddf <= 0.0 {
        return None;
    }
    let f = quadratic / ndf;
    let n = means.iter().map(|(_, mean)| mean.n).sum();
    Some((n, FStatistic { f, ndf, ddf, p_value: f_upper(f, ndf, ddf) }))
}

/// Adjusts the probabilities of one family of tests, in their order.
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|a, b| p_values[*a].total_cmp(&p_values[*b]).then(a.cmp(b)));
    let mut adjusted = vec![0.0; p_values.len()];
    let mut floor = 0.0_f64;
    for (rank, at) in order.iter().enumerate() {
        floor = floor.max(p_values[*at] * (p_values.len() - rank) as f64).min(1.0);
        adjusted[*at] = floor;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holm_multiplies_the_smallest_by_all() {
        // Sorted .01 .02 .04: ×3, ×2, ×1, never falling.
        let adjusted = holm(&[0.04, 0.01, 0.02]);

        let want = [0.04, 0.03, 0.04];
        assert!(adjusted.iter().zip(want).all(|(got, want)| (got - want).abs() < 1e-15));
    }
}
