//! The little linear algebra that tests need: small dense matrices by rows.

/// A square matrix by rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Square {
    pub(super) size: usize,
    pub(super) cells: Vec<f64>,
}

impl Square {
    pub(super) fn zero(size: usize) -> Self {
        Self { size, cells: vec![0.0; size * size] }
    }

    pub(super) fn at(&self, row: usize, column: usize) -> f64 {
        self.cells[row * self.size + column]
    }

    pub(super) fn add(&mut self, row: usize, column: usize, value: f64) {
        self.cells[row * self.size + column] += value;
    }

    pub(super) fn trace(&self) -> f64 {
        (0..self.size).map(|at| self.at(at, at)).sum()
    }

    /// The trace of the square.
    pub(super) fn trace_of_square(&self) -> f64 {
        let pairs = (0..self.size).flat_map(|i| (0..self.size).map(move |j| (i, j)));
        pairs.map(|(i, j)| self.at(i, j) * self.at(j, i)).sum()
    }

    /// Solves `self × X = right` for the columns of `right`; `None` if the
    /// matrix is singular to working precision.
    ///
    /// Gaussian elimination with partial pivoting (Golub & Van Loan, *Matrix
    /// Computations*, 3.4).
    pub(super) fn solve(&self, right: &Self) -> Option<Self> {
        let size = self.size;
        let (mut left, mut right) = (self.clone(), right.clone());
        let scale = left.cells.iter().fold(0.0_f64, |most, cell| most.max(cell.abs()));
        for column in 0..size {
            let pivot = (column..size)
                .max_by(|a, b| left.at(*a, column).abs().total_cmp(&left.at(*b, column).abs()))?;
            let head = left.at(pivot, column);
            if head.abs() <= scale * 1e-13 || !head.is_finite() {
                return None;
            }
            for j in 0..size {
                left.cells.swap(pivot * size + j, column * size + j);
                right.cells.swap(pivot * size + j, column * size + j);
            }
            for row in 0..size {
                if row == column {
                    continue;
                }
                let factor = left.at(row, column) / head;
                for j in 0..size {
                    left.cells[row * size + j] -= factor * left.cells[column * size + j];
                    right.cells[row * size + j] -= factor * right.cells[column * size + j];
                }
            }
        }
        for row in 0..size {
            let head = left.at(row, row);
            for j in 0..size {
                right.cells[row * size + j] /= head;
            }
        }
        Some(right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_solution_fulfils_its_equations() {
        let left = Square { size: 2, cells: vec![0.0, 2.0, 4.0, 1.0] };
        let right = Square { size: 2, cells: vec![2.0, 0.0, 5.0, 4.0] };

        let solution = left.solve(&right).unwrap();

        assert_eq!(solution.cells, [1.0, 1.0, 1.0, 0.0]);
    }

    #[test]
    fn a_singular_matrix_has_no_solution() {
        let left = Square { size: 2, cells: vec![1.0, 2.0, 2.0, 4.0] };

        assert!(left.solve(&left).is_none());
    }
}
