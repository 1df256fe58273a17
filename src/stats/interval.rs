//! Confidence intervals of means and proportions (`statistics.md`, 2 and 4).
//!
//! References: Korn & Graubard (1998), *Survey Methodology* 24; Clopper &
//! Pearson (1934), *Biometrika* 26.

use super::IntervalMethod;
use super::distribution::{beta_quantile, student_quantile};
use super::mean::Mean;

/// Limits and how they were made.
pub type Interval = (Option<(f64, f64)>, IntervalMethod);

/// The interval of a mean: Student's t with the degrees of freedom of the
/// domain. None is made without a degree of freedom.
pub fn of_mean(mean: &Mean, confidence: f64) -> Interval {
    match mean.variance {
        Some(variance) if mean.n > 1 && mean.df >= 1.0 => {
            (Some(around(mean.mean, variance, mean.df, confidence)), IntervalMethod::T)
        }
        _ => (None, IntervalMethod::NoDf),
    }
}

/// `estimate ∓ t √variance`.
pub fn around(estimate: f64, variance: f64, df: f64, confidence: f64) -> (f64, f64) {
    let half = student_quantile(0.5 + confidence / 2.0, df) * libm::sqrt(variance);
    (estimate - half, estimate + half)
}

/// The interval of a proportion: Korn and Graubard's, which is Clopper and
/// Pearson's with an effective base. It stays inside 0–1, is not symmetric,
/// and covers where the Wald interval fails: small bases and rare answers.
pub fn of_proportion(mean: &Mean, confidence: f64) -> Interval {
    let p = mean.mean;
    // Sums of the same weights in the same order: certainty is exact.
    let certain = p <= 0.0 || p >= 1.0;
    let n = mean.n as f64;
    if mean.n < 2 || mean.df < 1.0 {
        let method = if certain { IntervalMethod::CpZeroOrOne } else { IntervalMethod::NoDf };
        return (None, method);
    }
    let tail = (1.0 - confidence) / 2.0;
    let t = |df: f64| student_quantile(1.0 - tail, df);
    let ratio = t(n - 1.0) / t(mean.df);
    if certain {
        let base = n.min(mean.n_eff_kish) * ratio * ratio;
        let reach = libm::pow(tail, 1.0 / base);
        let limits = if p <= 0.0 { (0.0, 1.0 - reach) } else { (reach, 1.0) };
        return (Some(limits), IntervalMethod::CpZeroOrOne);
    }
    let Some(variance) = mean.variance else { return (None, IntervalMethod::NoDf) };
    if variance <= 0.0 {
        return (Some((p, p)), IntervalMethod::ZeroVariance);
    }
    let base = p * (1.0 - p) / variance * ratio * ratio;
    let low = beta_quantile(tail, base * p, base * (1.0 - p) + 1.0);
    let high = beta_quantile(1.0 - tail, base * p + 1.0, base * (1.0 - p));
    (Some((low, high)), IntervalMethod::Beta)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(p: f64, n: u64, variance: f64) -> Mean {
        let spread = Some(p * (1.0 - p));
        let df = n as f64 - 1.0;
        Mean {
            n,
            weight: n as f64,
            mean: p,
            variance: Some(variance),
            df,
            n_eff_kish: n as f64,
            spread,
        }
    }

    #[test]
    fn equal_weights_give_clopper_and_pearson() {
        // 2 of 10: Clopper–Pearson 95 % is 2.5211 % to 55.6095 %.
        let (limits, method) = of_proportion(&share(0.2, 10, 0.016), 0.95);

        let (low, high) = limits.unwrap();
        assert_eq!(method, IntervalMethod::Beta);
        assert!(
            (low - 0.025_210_7).abs() < 1e-6 && (high - 0.556_095_5).abs() < 1e-6,
            "{low} {high}"
        );
    }

    #[test]
    fn nobody_out_of_ten_may_be_three_in_ten() {
        // 1 − 0.025^(1/10) = 30.85 %.
        let (limits, method) = of_proportion(&share(0.0, 10, 0.0), 0.95);

        let (low, high) = limits.unwrap();
        assert_eq!((low.to_bits(), method), (0, IntervalMethod::CpZeroOrOne));
        assert!((high - 0.308_497_1).abs() < 1e-6, "{high}");
    }

    #[test]
    fn a_census_has_no_interval_but_its_number() {
        let (limits, method) = of_proportion(&share(0.3, 10, 0.0), 0.95);

        assert_eq!((limits, method), (Some((0.3, 0.3)), IntervalMethod::ZeroVariance));
    }
}
