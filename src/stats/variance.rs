//! The variance of weighted sums under the design (`statistics.md`, 2, 8 and 9).
//!
//! With `z` the sum of scores in a sampling unit,
//! `V = Σ_h (1 − f_h) n_h / (n_h − 1) Σ_c (z_hc − z̄_h)²` over all `n_h` units,
//! those outside the domain with score 0. Several scores at once give their
//! covariance matrix. Where weights are raked, scores are replaced by their
//! residuals on the margins.
//!
//! References: Lumley (2010), *Complex Surveys*, 2.2; Deville & Särndal (1992).

use crate::config::LonelyStratum;

use super::matrix::Square;
use super::sample::{Correction, Sample};
use super::tally::Cell;

/// Collects scores by sampling unit. A respondent has a score in one class
/// at most.
pub(super) struct Scatter<'s> {
    sample: &'s Sample,
    classes: usize,
    /// Sum of weighted scores by unit (by stratum without clusters) and class.
    sums: Vec<f64>,
    /// Without clusters: sum of squared weighted scores by stratum and class.
    squares: Vec<f64>,
    /// Strata with a respondent in the domain.
    seen: Vec<bool>,
    /// Kept for raked samples alone.
    terms: Vec<Term>,
}

#[derive(Clone, Copy)]
struct Term {
    block: u32,
    class: usize,
    score: f64,
    weight: f64,
    square: f64,
}

impl<'s> Scatter<'s> {
    pub(super) fn new(sample: &'s Sample, classes: usize) -> Self {
        Self {
            sample,
            classes,
            sums: vec![0.0; sample.rows_of_sums() * classes],
            squares: vec![0.0; sample.strata.len() * classes],
            seen: vec![false; sample.strata.len()],
            terms: vec![],
        }
    }

    /// Gives everybody of a cell a score in one class.
    pub(super) fn add(&mut self, cell: &Cell, class: usize, score: f64) {
        let block = self.sample.blocks[cell.block as usize];
        self.seen[block.stratum as usize] = true;
        if self.sample.raked.is_some() {
            self.terms.push(Term {
                block: cell.block,
                class,
                score,
                weight: cell.weight,
                square: cell.square,
            });
            return;
        }
        self.sums[block.unit as usize * self.classes + class] += score * cell.weight;
        self.squares[block.stratum as usize * self.classes + class] += score * score * cell.square;
    }

    /// The variance of the sum of all scores; there is one class. Beside `scale`,
    /// the size of the squares that it is made of, what is left of squares that
    /// cancel is rounding, not variance. `None` where lonely strata are to be like
    /// the others and there are no others.
    pub(super) fn variance(self, correction: Correction, scale: f64) -> Option<f64> {
        let variance = self.covariance(correction).at(0, 0);
        let above = if variance > scale * 1e-13 { variance } else { 0.0 };
        variance.is_finite().then_some(above)
    }

    /// The covariance matrix of the sums of scores by class.
    pub(super) fn covariance(self, correction: Correction) -> Square {
        if self.sample.raked.is_none() {
            return self.direct(correction);
        }
        let alone: Vec<f64> = (0..self.classes).map(|k| self.residual(correction, &[k])).collect();
        let mut matrix = Square::zero(self.classes);
        for (k, own) in alone.iter().enumerate() {
            matrix.add(k, k, *own);
            for (l, other) in alone.iter().enumerate().skip(k + 1) {
                let shared = (self.residual(correction, &[k, l]) - own - other) / 2.0;
                matrix.add(k, l, shared);
                matrix.add(l, k, shared);
            }
        }
        matrix
    }

    /// The sum of all scores by sampling unit, without clusters by stratum, and
    /// without clusters the sum of their squares by stratum; there is one class.
    pub(super) fn sums(self) -> (Vec<f64>, Vec<f64>) {
        let all = if self.sample.raked.is_none() { self } else { self.residuals(&[0]) };
        (all.sums, all.squares)
    }

    fn direct(&self, correction: Correction) -> Square {
        let mut matrix = Square::zero(self.classes);
        let units = self.units_by_stratum();
        let mut lonely = 0;
        for (h, stratum) in self.sample.strata.iter().enumerate() {
            let unsampled = stratum.unsampled(correction);
            if unsampled < 1e-7 {
                continue;
            }
            let single = stratum.sampled < 2.0;
            if single {
                lonely += usize::from(self.seen[h]);
                if self.sample.lonely != LonelyStratum::Adjust {
                    continue;
                }
            }
            // A lonely unit is centred at the grand mean of scores, 0.
            let (scale, count) = if single {
                (unsampled, f64::INFINITY)
            } else {
                (unsampled * stratum.sampled / (stratum.sampled - 1.0), stratum.sampled)
            };
            self.add_stratum(&mut matrix, h, units.as_ref().map(|u| &u[h][..]), scale, count);
        }
        self.average(&mut matrix, lonely);
        matrix
    }

    fn add_stratum(
        &self,
        matrix: &mut Square,
        h: usize,
        units: Option<&[usize]>,
        scale: f64,
        count: f64,
    ) {
        let classes = self.classes;
        match units {
            None => {
                let (sums, squares) =
                    (&self.sums[h * classes..][..classes], &self.squares[h * classes..][..classes]);
                for k in (0..classes).filter(|k| squares[*k] != 0.0) {
                    matrix.add(k, k, scale * squares[k]);
                    for l in 0..classes {
                        matrix.add(k, l, -scale * sums[k] * sums[l] / count);
                    }
                }
            }
            Some(units) => {
                let mut total = vec![0.0; classes];
                for unit in units {
                    let sums = &self.sums[unit * classes..][..classes];
                    total.iter_mut().zip(sums).for_each(|(total, sum)| *total += sum);
                }
                for unit in units {
                    let sums = &self.sums[unit * classes..][..classes];
                    for k in 0..classes {
                        let gap = sums[k] - total[k] / count;
                        for l in 0..classes {
                            matrix.add(k, l, scale * gap * (sums[l] - total[l] / count));
                        }
                    }
                }
            }
        }
    }

    fn units_by_stratum(&self) -> Option<Vec<Vec<usize>>> {
        self.sample.units.as_ref().map(|units| {
            let mut by_stratum = vec![vec![]; self.sample.strata.len()];
            for (unit, stratum) in units.iter().enumerate() {
                by_stratum[*stratum as usize].push(unit);
            }
            by_stratum
        })
    }

    /// The `average` rule: lonely strata are as variable as the others.
    fn average(&self, matrix: &mut Square, lonely: usize) {
        if self.sample.lonely != LonelyStratum::Average || lonely == 0 {
            return;
        }
        let strata = self.seen.iter().filter(|seen| **seen).count();
        let factor = strata as f64 / (strata - lonely) as f64;
        matrix.cells.iter_mut().for_each(|cell| *cell *= factor);
    }

    fn residual(&self, correction: Correction, classes: &[usize]) -> f64 {
        self.residuals(classes).direct(correction).at(0, 0)
    }

    /// The scores of some classes as one, replaced by their residuals on the
    /// margins.
    fn residuals(&self, classes: &[usize]) -> Self {
        let raked = self.sample.raked.as_ref().expect("only raked samples keep terms");
        let terms = || self.terms.iter().filter(|term| classes.contains(&term.class));
        let cells = raked.factor.len();
        let mut base = vec![0.0; cells];
        for term in terms() {
            let margin = self.sample.blocks[term.block as usize].margin as usize;
            base[margin] += term.score * term.weight / raked.factor[margin];
        }
        let fitted: Vec<f64> =
            (0..cells).map(|i| (0..cells).map(|j| raked.fit.at(i, j) * base[j]).sum()).collect();
        let mut only = Self {
            sample: self.sample,
            classes: 1,
            sums: vec![0.0; self.sample.rows_of_sums()],
            squares: vec![0.0; self.sample.strata.len()],
            seen: self.seen.clone(),
            terms: vec![],
        };
        for block in &self.sample.blocks {
            let fit = fitted[block.margin as usize];
            only.sums[block.unit as usize] -= fit * block.weight;
            only.squares[block.stratum as usize] += fit * fit * block.square;
        }
        for term in terms() {
            let block = self.sample.blocks[term.block as usize];
            let fit = fitted[block.margin as usize];
            only.sums[block.unit as usize] += term.score * term.weight;
            only.squares[block.stratum as usize] +=
                (term.score * term.score - 2.0 * term.score * fit) * term.square;
        }
        only
    }
}
