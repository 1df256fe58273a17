//! What a reader can work out from sums that are published: their linear span,
//! and what no such sum tells apart.

/// The linear span of vectors: of each row its pivot, and where it is not 0. No
/// row has anything at the pivots of those before it.
pub(super) struct Span(Vec<Row>);

struct Row {
    pivot: usize,
    /// What stands at the pivot.
    own: f64,
    filled: Vec<(usize, f64)>,
}

impl Span {
    /// Reduces the vectors by Gaussian elimination. The pivot of a row is where
    /// `worth` is greatest, of the place and what stands there.
    pub(super) fn new(
        vectors: impl Iterator<Item = Vec<f64>>,
        worth: impl Fn(usize, f64) -> f64,
    ) -> Self {
        let mut span = Self(vec![]);
        for vector in vectors {
            let rest = span.rest(vector);
            let filled = (0..rest.len()).filter(|at| rest[*at].abs() > 1e-9);
            let by_worth =
                |a: &usize, b: &usize| worth(*a, rest[*a]).total_cmp(&worth(*b, rest[*b]));
            if let Some(pivot) = filled.max_by(by_worth) {
                let own = rest[pivot];
                let filled = rest.into_iter().enumerate().filter(|(_, x)| x.abs() > 1e-12);
                span.0.push(Row { pivot, own, filled: filled.collect() });
            }
        }
        span
    }

    fn rest(&self, mut vector: Vec<f64>) -> Vec<f64> {
        for row in &self.0 {
            let factor = vector[row.pivot] / row.own;
            if factor.abs() > 1e-12 {
                for (at, x) in &row.filled {
                    vector[*at] -= factor * x;
                }
            }
        }
        vector
    }

    pub(super) fn contains(&self, vector: Vec<f64>) -> bool {
        self.rest(vector).iter().all(|x| x.abs() < 1e-9)
    }

    /// A basis of the vectors of this `size` whose product with every vector of
    /// the span is 0: one for each place that is no pivot, where it is 1.
    pub(super) fn null_space(&self, size: usize) -> impl Iterator<Item = Vec<f64>> {
        let is_pivot = |at: &usize| self.0.iter().any(|row| row.pivot == *at);
        let free = (0..size).filter(move |at| !is_pivot(at));
        free.map(move |place| {
            let mut vector = vec![0.0; size];
            vector[place] = 1.0;
            // What stands at the pivots of later rows is known by then.
            for row in self.0.iter().rev() {
                let product: f64 = row.filled.iter().map(|(at, x)| x * vector[*at]).sum();
                vector[row.pivot] = -product / row.own;
            }
            vector
        })
    }
}
