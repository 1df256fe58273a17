//! Linear programming for the attack on suppressed cells: how small and how
//! large can a sum be under equations with unknowns from 0 on?

const ZERO: f64 = 1e-9;

/// Equations in a form whose basic solution is a solution.
#[derive(Clone)]
pub(crate) struct Program {
    /// One row an equation: coefficients, then the right side.
    rows: Vec<Vec<f64>>,
    /// The unknown that each row gives.
    basis: Vec<usize>,
    unknowns: usize,
}

impl Program {
    /// Finds one solution; `None`: there is none. Right sides are from 0 on.
    pub(crate) fn new(unknowns: usize, equations: &[(Vec<(usize, f64)>, f64)]) -> Option<Self> {
        let (m, width) = (equations.len(), unknowns + equations.len() + 1);
        let rows: Vec<Vec<f64>> = equations
            .iter()
            .enumerate()
            .map(|(at, (terms, right))| {
                let mut row = vec![0.0; width];
                for (unknown, factor) in terms {
                    row[*unknown] += factor;
                }
                row[unknowns + at] = 1.0;
                row[width - 1] = *right;
                row
            })
            .collect();
        let basis = (unknowns..unknowns + m).collect();
        let mut program = Self { rows, basis, unknowns: unknowns + m };
        let artificial: Vec<(usize, f64)> =
            (unknowns..unknowns + m).map(|unknown| (unknown, -1.0)).collect();
        if program.maximum(&artificial) < -1e-6 {
            return None;
        }
        // Artificial unknowns that stayed are 0: another takes their row, or
        // the equation said nothing new.
        let mut at = 0;
        while at < program.rows.len() {
            if program.basis[at] < unknowns {
                at += 1;
            } else if let Some(other) =
                (0..unknowns).find(|other| program.rows[at][*other].abs() > 1e-7)
            {
                program.pivot(at, other);
                at += 1;
            } else {
                program.rows.remove(at);
                program.basis.remove(at);
            }
        }
        for row in &mut program.rows {
            let right = row[width - 1];
            row.truncate(unknowns);
            row.push(right);
        }
        program.unknowns = unknowns;
        Some(program)
    }

    /// The smallest and the largest value of a sum of unknowns.
    pub(crate) fn range(&mut self, unknowns: &[usize]) -> (f64, f64) {
        let terms: Vec<(usize, f64)> = unknowns.iter().map(|one| (*one, 1.0)).collect();
        self.range_of(&terms)
    }

    /// The same of unknowns that are counted so many times each.
    pub(crate) fn range_of(&mut self, terms: &[(usize, f64)]) -> (f64, f64) {
        let negative: Vec<(usize, f64)> = terms.iter().map(|(at, times)| (*at, -times)).collect();
        let low = -self.maximum(&negative);
        (low, self.maximum(terms))
    }

    fn maximum(&mut self, objective: &[(usize, f64)]) -> f64 {
        let mut cost = vec![0.0; self.unknowns + 1];
        for (unknown, factor) in objective {
            cost[*unknown] += factor;
        }
        let original = cost.clone();
        for (row, basic) in self.rows.iter().zip(&self.basis) {
            let factor = original[*basic];
            if factor.abs() > 0.0 {
                for (at, r) in &filled(row) {
                    cost[*at] -= factor * r;
                }
            }
        }
        // Bland's rule ends, whatever the ties.
        while let Some(enter) = (0..self.unknowns).find(|at| cost[*at] > ZERO) {
            let right = self.unknowns;
            let leave =
                (0..self.rows.len()).filter(|at| self.rows[*at][enter] > ZERO).min_by(|a, b| {
                    let ratio = |at: usize| self.rows[at][right] / self.rows[at][enter];
                    let (one, other) = (ratio(*a), ratio(*b));
                    if (one - other).abs() < ZERO {
                        self.basis[*a].cmp(&self.basis[*b])
                    } else {
                        one.total_cmp(&other)
                    }
                });
            // Nothing bounds it.
            let Some(leave) = leave else { return f64::INFINITY };
            self.pivot(leave, enter);
            let factor = cost[enter];
            for (at, r) in &filled(&self.rows[leave]) {
                cost[*at] -= factor * r;
            }
        }
        -cost[self.unknowns]
    }

    fn pivot(&mut self, at: usize, enter: usize) {
        let factor = self.rows[at][enter];
        self.rows[at].iter_mut().for_each(|cell| *cell /= factor);
        let pivot = filled(&self.rows[at]);
        for (other, row) in self.rows.iter_mut().enumerate() {
            let factor = row[enter];
            if other != at && factor.abs() > 0.0 {
                for (cell, p) in &pivot {
                    row[*cell] -= factor * p;
                }
            }
        }
        self.basis[at] = enter;
    }
}

/// Where a row is not 0.
fn filled(row: &[f64]) -> Vec<(usize, f64)> {
    row.iter().copied().enumerate().filter(|(_, cell)| cell.abs() > 0.0).collect()
}

#[test]
fn a_table_with_known_margins_has_the_bounds_of_frechet() {
    // Rows 3 and 7, columns 4 and 6: the first cell is from 0 to 3, the last from 3 to 6.
    let one = |cells: &[usize]| cells.iter().map(|cell| (*cell, 1.0)).collect::<Vec<_>>();
    let equations =
        [(one(&[0, 1]), 3.0), (one(&[2, 3]), 7.0), (one(&[0, 2]), 4.0), (one(&[1, 3]), 6.0)];
    let mut program = Program::new(4, &equations).unwrap();

    let near = |(a, b): (f64, f64), (c, d): (f64, f64)| (a - c).abs() + (b - d).abs() < 1e-9;
    assert!(near(program.range(&[0]), (0.0, 3.0)));
    assert!(near(program.range(&[3]), (3.0, 6.0)));
    assert!(near(program.range(&[0, 3]), (3.0, 9.0)));
    assert!(Program::new(1, &[(one(&[0]), 1.0), (one(&[0]), 2.0)]).is_none());
}
