//! Weighted quantiles and their Woodruff intervals (`statistics.md`, 5).
//!
//! With `F(x) = Σ w [y ≤ x] / Σ w`, the *math* quantile is the smallest value
//! with `F ≥ p`; the *school* quantile takes the midpoint with the next value
//! where `F = p`, as a spreadsheet does. The interval inverts one for `F` at
//! the quantile, centred at `p` so that ties do not push it upwards.
//!
//! Reference: Woodruff (1952), *JASA* 47.

use super::distribution::student_quantile;
use super::mean::mean;
use super::sample::{Correction, Sample};
use super::tally::Cell;

/// How a quantile between two values is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The smallest value with `F ≥ p`.
    Math,
    /// The midpoint with the next value where `F = p`.
    School,
}

/// A quantile with its limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantile {
    /// The quantile, in the unit of the values.
    pub value: f64,
    /// Lower limit; `None` where it would leave the sample.
    pub low: Option<f64>,
    /// Upper limit; `None` where it would leave the sample.
    pub high: Option<f64>,
    /// Respondents of positive weight.
    pub n: u64,
    /// Sum of their weights.
    pub weight: f64,
    /// Degrees of freedom.
    pub df: f64,
    /// Kish's effective sample size.
    pub n_eff_kish: f64,
}

/// Weighted distribution of the values of one group.
pub struct Distribution<'a> {
    values: &'a [f64],
    /// Option and cumulated share of the weight, by ascending value.
    steps: Vec<(u32, f64)>,
}

/// Shares are compared with this much slack: a sum of weights has rounding.
const SLACK: f64 = 1e-12;

impl<'a> Distribution<'a> {
    /// Collects a distribution; `values` are ascending and cells name their
    /// index. `None`: no weight.
    pub fn new(cells: &[Cell], values: &'a [f64]) -> Option<Self> {
        let mut weights: Vec<(u32, f64)> =
            cells.iter().filter(|cell| cell.n > 0).map(|c| (c.option, c.weight)).collect();
        weights.sort_by_key(|(option, _)| *option);
        let total: f64 = weights.iter().map(|(_, weight)| weight).sum();
        let mut steps: Vec<(u32, f64)> = vec![];
        let mut sum = 0.0;
        for (option, weight) in weights {
            sum += weight;
            match steps.last_mut() {
                Some((last, share)) if *last == option => *share = sum / total,
                _ => steps.push((option, sum / total)),
            }
        }
        (total > 0.0).then_some(Self { values, steps })
    }

    /// The step at which the distribution reaches `p`.
    fn step(&self, p: f64) -> usize {
        let at = self.steps.partition_point(|(_, share)| *share < p - SLACK);
        at.min(self.steps.len() - 1)
    }

    /// The quantile by a rule.
    pub fn quantile(&self, p: f64, rule: Rule) -> f64 {
        let at = self.step(p);
        let (option, share) = self.steps[at];
        let value = self.values[option as usize];
        match self.steps.get(at + 1) {
            Some((next, _)) if rule == Rule::School && (share - p).abs() <= SLACK => {
                f64::midpoint(value, self.values[*next as usize])
            }
            _ => value,
        }
    }
}

/// Estimates a quantile of the values of one group.
pub fn quantile(
    sample: &Sample,
    cells: &[Cell],
    values: &[f64],
    p: f64,
    rule: Rule,
    confidence: f64,
) -> Option<Quantile> {
    let distribution = Distribution::new(cells, values)?;
    let reached = distribution.steps[distribution.step(p)].0;
    let below = |option: u32| Some(f64::from(u8::from(option <= reached)));
    let share = mean(sample, &[cells], below, Correction::Finite)?;
    let limit = |side: f64| {
        let t = student_quantile(0.5 + confidence / 2.0, share.df);
        let at = p + side * t * libm::sqrt(share.variance?);
        let inside = share.n > 1 && share.df >= 1.0 && 0.0 < at && at < 1.0;
        inside.then(|| distribution.quantile(at, Rule::Math))
    };
    Some(Quantile {
        value: distribution.quantile(p, rule),
        low: limit(-1.0),
        high: limit(1.0),
        n: share.n,
        weight: share.weight,
        df: share.df,
        n_eff_kish: share.n_eff_kish,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(weights: &[f64]) -> Vec<Cell> {
        let cell = |(option, weight): (usize, &f64)| Cell {
            block: 0,
            option: option as u32,
            n: u64::from(*weight > 0.0),
            weight: *weight,
            square: weight * weight,
        };
        weights.iter().enumerate().map(cell).collect()
    }

    #[test]
    fn an_even_number_of_equal_weights_has_its_median_between() {
        let cells = cells(&[1.0; 4]);
        let distribution = Distribution::new(&cells, &[1.0, 2.0, 4.0, 9.0]).unwrap();

        assert_eq!(distribution.quantile(0.5, Rule::School).to_bits(), 3.0_f64.to_bits());
        assert_eq!(distribution.quantile(0.5, Rule::Math).to_bits(), 2.0_f64.to_bits());
    }

    #[test]
    fn rounding_in_a_sum_of_weights_does_not_move_the_median() {
        // 0.1 + 0.2 is not 0.3 in binary, and yet half of the weight.
        let cells = cells(&[0.1, 0.2, 0.3]);
        let distribution = Distribution::new(&cells, &[1.0, 2.0, 3.0]).unwrap();

        assert_eq!(distribution.quantile(0.5, Rule::School).to_bits(), 2.5_f64.to_bits());
    }

    #[test]
    fn a_weight_of_zero_is_not_a_value() {
        let cells = cells(&[1.0, 0.0, 1.0]);
        let distribution = Distribution::new(&cells, &[1.0, 2.0, 3.0]).unwrap();

        assert_eq!(distribution.quantile(0.5, Rule::School).to_bits(), 2.0_f64.to_bits());
    }
}
