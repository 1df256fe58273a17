//! Raking: base weights stretched until they meet known margins, and the
//! regression on those margins that the variance needs (`statistics.md`, 8).
//!
//! A raked weight is the base weight times one factor a level of each margin,
//! so everything here is by *margin cell*: a combination of levels that occurs
//! in the sample. Trimming is not done.
//!
//! References: Deming & Stephan (1940); Deville & Särndal (1992), JASA 87.

use crate::survey::{SampleDesign, Weights};

use super::matrix::Square;

/// What raking did, for the method page.
#[derive(Debug, Clone, PartialEq)]
pub struct RakeReport {
    /// The variables raked to.
    pub margins: Vec<String>,
    /// Rounds until no weight changed by more than 1e-12.
    pub rounds: u32,
    /// The smallest raked weight.
    pub min_weight: f64,
    /// The largest raked weight.
    pub max_weight: f64,
    /// Kish's effective sample size of the raked weights.
    pub n_eff_kish: f64,
}

/// Raked weights and what a variance needs to know of them.
#[derive(Debug, Clone)]
pub(super) struct Raked {
    pub(super) weights: Weights,
    /// The margin cell of each row.
    pub(super) cell: Vec<u32>,
    /// Raked over base weight by margin cell.
    pub(super) factor: Vec<f64>,
    /// Maps base-weighted sums of a variable by margin cell to its fitted
    /// value in each.
    pub(super) fit: Square,
    pub(super) report: RakeReport,
}

/// Why weights cannot be raked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RakeError {
    /// A level of a margin has no respondent of positive weight.
    EmptyLevel {
        /// The margin.
        margin: usize,
        /// Its level.
        level: usize,
    },
    /// A thousand rounds did not settle the weights.
    NoConvergence,
}

/// Rakes the base weights of `design` to its margins.
pub(super) fn rake(design: &SampleDesign) -> Result<Raked, RakeError> {
    let mut index = std::collections::BTreeMap::new();
    let mut levels: Vec<Vec<u32>> = vec![];
    let mut cell = Vec::with_capacity(design.stratum.len());
    let mut base: Vec<f64> = vec![];
    for (row, all) in design.weights.rows().enumerate() {
        let key: Vec<u32> = design.margins.iter().map(|margin| margin.of[row]).collect();
        let at = *index.entry(key.clone()).or_insert_with(|| {
            levels.push(key);
            base.push(0.0);
            levels.len() as u32 - 1
        });
        base[at as usize] += all.mass.weight;
        cell.push(at);
    }
    let (factor, rounds) = factors(design, &levels, &base)?;
    let weights = design.weights.scaled(|row| factor[cell[row] as usize]);
    let fit = fit(design, &levels, &base);
    let (mut sum, mut square) = (0.0, 0.0);
    let (mut min_weight, mut max_weight) = (f64::INFINITY, 0.0_f64);
    for all in weights.rows() {
        sum += all.mass.weight;
        square += all.mass.square;
        min_weight = min_weight.min(all.lightest);
        max_weight = max_weight.max(all.heaviest);
    }
    let report = RakeReport {
        margins: design.margins.iter().map(|margin| margin.variable.clone()).collect(),
        rounds,
        min_weight,
        max_weight,
        n_eff_kish: sum * sum / square,
    };
    Ok(Raked { weights, cell, factor, fit, report })
}

fn factors(
    design: &SampleDesign,
    levels: &[Vec<u32>],
    base: &[f64],
) -> Result<(Vec<f64>, u32), RakeError> {
    const ROUNDS: u32 = 1000;
    let mut factor = vec![1.0; base.len()];
    for round in 1..=ROUNDS {
        let before = factor.clone();
        for (margin, known) in design.margins.iter().enumerate() {
            let mut sums = vec![0.0; known.totals.len()];
            for (at, key) in levels.iter().enumerate() {
                sums[key[margin] as usize] += base[at] * factor[at];
            }
            if let Some(level) = sums.iter().position(|sum| *sum <= 0.0) {
                return Err(RakeError::EmptyLevel { margin, level });
            }
            for (at, key) in levels.iter().enumerate() {
                let level = key[margin] as usize;
                factor[at] *= known.totals[level] / sums[level];
            }
        }
        let change = factor.iter().zip(&before).map(|(new, old)| (new / old - 1.0).abs());
        if change.fold(0.0, f64::max) < 1e-12 {
            return Ok((factor, round));
        }
    }
    Err(RakeError::NoConvergence)
}

/// The hat matrix of a weighted regression on an intercept and the dummies
/// of every margin but its first level; columns that add nothing are left out.
fn fit(design: &SampleDesign, levels: &[Vec<u32>], base: &[f64]) -> Square {
    let mut columns: Vec<Vec<f64>> = vec![vec![1.0; base.len()]];
    for (margin, known) in design.margins.iter().enumerate() {
        for level in 1..known.totals.len() {
            let dummy = |key: &Vec<u32>| f64::from(u8::from(key[margin] as usize == level));
            columns.push(levels.iter().map(dummy).collect());
        }
    }
    // Gram–Schmidt in the inner product of the base weights, done twice for
    // the digits: then the fit is a sum of products of orthonormal columns.
    let product =
        |a: &[f64], b: &[f64]| -> f64 { (0..base.len()).map(|c| base[c] * a[c] * b[c]).sum() };
    let mut basis: Vec<Vec<f64>> = vec![];
    for mut column in columns {
        let whole = product(&column, &column);
        for _ in 0..2 {
            for known in &basis {
                let along = product(&column, known);
                column.iter_mut().zip(known).for_each(|(x, k)| *x -= along * k);
            }
        }
        let left = product(&column, &column);
        if left > whole * 1e-12 {
            let length = libm::sqrt(left);
            basis.push(column.iter().map(|x| x / length).collect());
        }
    }
    let mut fit = Square::zero(base.len());
    for known in &basis {
        for (i, left) in known.iter().enumerate() {
            for (j, right) in known.iter().enumerate() {
                fit.add(i, j, left * right);
            }
        }
    }
    fit
}
