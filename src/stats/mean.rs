//! Weighted means and totals of a score over a domain, with their variance
//! and effective sample sizes (`statistics.md`, 2 and 3). A proportion is the mean of
//! 0 and 1.

use super::sample::{Correction, Sample};
use super::tally::Cell;
use super::variance::Scatter;

/// The mean of a score over a domain.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    /// Respondents of positive weight.
    pub n: u64,
    /// Sum of their weights.
    pub weight: f64,
    /// The weighted mean.
    pub mean: f64,
    /// Its variance; `None` where the design does not tell it.
    pub variance: Option<f64>,
    /// Degrees of freedom: sampling units less strata in the domain.
    pub df: f64,
    /// Kish's effective sample size, `(Σw)² / Σw²`.
    pub n_eff_kish: f64,
    /// `S²` of `statistics.md`, 3: the weighted variance of the score; `None` when
    /// `n < 2`.
    pub spread: Option<f64>,
}

impl Mean {
    /// The standard error; `None` for a single respondent, who shows none.
    pub fn se(&self) -> Option<f64> {
        self.variance.filter(|_| self.n > 1).map(libm::sqrt)
    }

    /// The design effect against a simple random sample without replacement
    /// (R: `deff = TRUE`); `None` when the score does not vary.
    ///
    /// Reference: Kish (1965), *Survey Sampling*, 8.2.
    pub fn deff(&self) -> Option<f64> {
        let rest = (self.weight - self.n as f64) / self.weight;
        self.deff_wr().map(|deff| deff / rest).filter(|_| rest > 0.0)
    }

    /// The design effect against a simple random sample with replacement
    /// (R: `deff = "replace"`).
    pub fn deff_wr(&self) -> Option<f64> {
        let spread = self.spread.filter(|spread| *spread > 0.0)?;
        Some(self.variance? / (spread / self.n as f64))
    }
}

/// Estimates the mean of `score` over the given cells, which are those of
/// one group or of several. `score` is `None` outside the base. `None`:
/// nobody of positive weight is in the base.
pub fn mean(
    sample: &Sample,
    groups: &[&[Cell]],
    score: impl Fn(u32) -> Option<f64>,
    correction: Correction,
) -> Option<Mean> {
    let inside = || {
        let cells = groups.iter().copied().flatten();
        cells.filter_map(|cell| score(cell.option).map(|score| (cell, score)))
    };
    let (mut n, mut weight, mut square, mut sum) = (0, 0.0, 0.0, 0.0);
    for (cell, score) in inside() {
        n += cell.n;
        weight += cell.weight;
        square += cell.square;
        sum += score * cell.weight;
    }
    if n == 0 || weight <= 0.0 {
        return None;
    }
    let mean = sum / weight;
    let mut scatter = Scatter::new(sample, 1);
    let mut spread = 0.0;
    for (cell, score) in inside() {
        let gap = score - mean;
        scatter.add(cell, 0, gap / weight);
        spread += gap * gap * cell.weight;
    }
    let spread = (n > 1).then(|| n as f64 / (n - 1) as f64 * spread / weight);
    let variance = scatter.variance(correction, spread.unwrap_or(0.0) / n as f64);
    let df = degrees_of_freedom(sample, inside().map(|(cell, _)| cell));
    Some(Mean { n, weight, mean, variance, df, n_eff_kish: weight * weight / square, spread })
}

/// The weighted total of a score and its variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Total {
    /// The total.
    pub total: f64,
    /// Its variance; `None` where the design does not tell it.
    pub variance: Option<f64>,
}

/// Estimates the total of `score`; see [`mean`] for the arguments.
pub fn total(
    sample: &Sample,
    groups: &[&[Cell]],
    score: impl Fn(u32) -> Option<f64>,
    correction: Correction,
) -> Total {
    let mut scatter = Scatter::new(sample, 1);
    let (mut total, mut squares) = (0.0, 0.0);
    for cell in groups.iter().copied().flatten() {
        if let Some(score) = score(cell.option) {
            scatter.add(cell, 0, score);
            total += score * cell.weight;
            squares += score * score * cell.square;
        }
    }
    Total { total, variance: scatter.variance(correction, squares) }
}

/// Sampling units less strata that have a respondent of positive weight.
pub(super) fn degrees_of_freedom<'c>(
    sample: &Sample,
    cells: impl Iterator<Item = &'c Cell>,
) -> f64 {
    let mut strata = vec![false; sample.strata.len()];
    let mut units = vec![false; if sample.units.is_some() { sample.rows_of_sums() } else { 0 }];
    let mut rows = 0;
    for cell in cells.filter(|cell| cell.n > 0) {
        let block = sample.blocks[cell.block as usize];
        strata[block.stratum as usize] = true;
        if let Some(unit) = units.get_mut(block.unit as usize) {
            *unit = true;
        }
        rows += cell.n;
    }
    let count = |marks: &[bool]| marks.iter().filter(|mark| **mark).count() as f64;
    let units = if sample.units.is_some() { count(&units) } else { rows as f64 };
    units - count(&strata)
}
