//! Independence of an answer and a cut: Rao and Scott's second-order
//! corrected F, with the gate for sparse tables (`statistics.md`, 6).
//!
//! Reference: Rao & Scott (1984), *Annals of Statistics* 12; the covariance
//! is evaluated at the observed cells, as R's `svychisq` does.

use super::distribution::f_upper;
use super::matrix::Square;
use super::mean::degrees_of_freedom;
use super::sample::{Correction, Sample};
use super::tally::Cell;
use super::variance::Scatter;

/// The table of one answer and one cut.
pub struct Independence<'c> {
    /// Respondents of positive weight in the table.
    pub n: u64,
    /// How thin the table is.
    pub thinness: Thinness,
    /// The groups with an answer, by their index.
    pub groups: Vec<usize>,
    table: Table,
    /// What was counted, and where in the table.
    cells: Vec<(usize, &'c Cell)>,
}

/// An F statistic with its degrees of freedom and its probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FStatistic {
    /// The statistic.
    pub f: f64,
    /// Numerator degrees of freedom.
    pub ndf: f64,
    /// Denominator degrees of freedom.
    pub ddf: f64,
    /// Probability of more under independence.
    pub p_value: f64,
}

/// Unweighted counts that a chi-square approximation leans on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thinness {
    /// The smallest expected count.
    pub min_expected: f64,
    /// The share of expected counts under 5.
    pub share_under_five: f64,
    /// Cells nobody is in.
    pub empty_cells: u32,
}

impl Thinness {
    /// True where the approximation does not hold: Cochran's rule, and no
    /// empty cell.
    pub fn is_sparse(&self) -> bool {
        self.min_expected < 1.0 || self.share_under_five > 0.2 || self.empty_cells > 0
    }
}

struct Table {
    rows: usize,
    columns: usize,
    weights: Vec<f64>,
    counts: Vec<u64>,
    /// Class of a table cell by answer class and group.
    place: Vec<Option<usize>>,
}

/// Counts the class of the answer by group. `groups` pairs the index of each
/// group with its cells; `class` is `None` outside the base. `None`: fewer than
/// two classes or groups have an answer.
pub fn independence<'c>(
    groups: &[(usize, &'c [Cell])],
    classes: usize,
    class: impl Fn(u32) -> Option<usize>,
) -> Option<Independence<'c>> {
    let inside = || {
        let cells = groups.iter().enumerate().flat_map(|(column, (_, cells))| {
            cells.iter().filter(|cell| cell.n > 0).map(move |cell| (column, cell))
        });
        cells.filter_map(|(column, cell)| class(cell.option).map(|row| (row, column, cell)))
    };
    let (table, columns) = table(groups.len(), classes, inside())?;
    let at = |row: usize, column: usize| table.place[row * groups.len() + column];
    let cells = inside().filter_map(|(row, column, cell)| Some((at(row, column)?, cell)));
    Some(Independence {
        n: table.counts.iter().sum(),
        thinness: thinness(&table),
        groups: columns.iter().map(|column| groups[*column].0).collect(),
        cells: cells.collect(),
        table,
    })
}

impl Independence<'_> {
    /// Tests whether the class depends on the group, in a time that grows with
    /// the cube of the cells. `None` where the table has no statistic.
    pub fn statistic(&self, sample: &Sample, correction: Correction) -> Option<FStatistic> {
        let df = degrees_of_freedom(sample, self.cells.iter().map(|(_, cell)| *cell));
        let mut scatter = Scatter::new(sample, self.table.rows * self.table.columns);
        for (at, cell) in &self.cells {
            scatter.add(cell, *at, 1.0);
        }
        rao_scott(&self.table, &scatter.covariance(correction), self.n, df)
    }
}

/// The table without rows and columns that nobody is in, and the columns that it has.
fn table<'c>(
    all: usize,
    classes: usize,
    inside: impl Iterator<Item = (usize, usize, &'c Cell)>,
) -> Option<(Table, Vec<usize>)> {
    let mut weights = vec![0.0; classes * all];
    let mut counts = vec![0_u64; classes * all];
    for (row, column, cell) in inside {
        weights[row * all + column] += cell.weight;
        counts[row * all + column] += cell.n;
    }
    let rows: Vec<usize> =
        (0..classes).filter(|r| (0..all).any(|c| counts[r * all + c] > 0)).collect();
    let columns: Vec<usize> =
        (0..all).filter(|c| (0..classes).any(|r| counts[r * all + c] > 0)).collect();
    if rows.len() < 2 || columns.len() < 2 {
        return None;
    }
    let kept: Vec<usize> =
        rows.iter().flat_map(|r| columns.iter().map(move |c| r * all + c)).collect();
    let mut place = vec![None; classes * all];
    for (to, from) in kept.iter().enumerate() {
        place[*from] = Some(to);
    }
    let table = Table {
        rows: rows.len(),
        columns: columns.len(),
        weights: kept.iter().map(|at| weights[*at]).collect(),
        counts: kept.iter().map(|at| counts[*at]).collect(),
        place,
    };
    Some((table, columns))
}

#[expect(clippy::many_single_char_names, reason = "the names of the formula")]
fn rao_scott(table: &Table, totals: &Square, n: u64, df: f64) -> Option<FStatistic> {
    let (r, c) = (table.rows, table.columns);
    let total: f64 = table.weights.iter().sum();
    let p: Vec<f64> = table.weights.iter().map(|weight| weight / total).collect();
    let margin = |keep: &dyn Fn(usize) -> usize, at: usize| -> f64 {
        (0..r * c).filter(|cell| keep(*cell) == at).map(|cell| p[cell]).sum()
    };
    let by_row: Vec<f64> = (0..r).map(|i| margin(&|cell| cell / c, i)).collect();
    let by_column: Vec<f64> = (0..c).map(|j| margin(&|cell| cell % c, j)).collect();
    let pearson: f64 = (0..r * c)
        .map(|cell| {
            let expected = by_row[cell / c] * by_column[cell % c];
            (p[cell] - expected) * (p[cell] - expected) / expected
        })
        .sum::<f64>()
        * n as f64;
    let spread = proportions(totals, &p, total);
    // Interactions free of main effects: on a full grid the least-squares
    // residual of a cell's indicator is its double centring. Divided by p.
    let contrast = |cell: usize, (a, b): (usize, usize)| {
        let centred = |hit: bool, size: usize| f64::from(u8::from(hit)) - 1.0 / size as f64;
        centred(cell / c == a, r) * centred(cell % c == b, c)
    };
    let inverse = |cell: usize| if p[cell] > 0.0 { 1.0 / p[cell] } else { 0.0 };
    let pairs = (1..r).flat_map(|a| (1..c).map(move |b| (a, b)));
    let contrasts: Vec<Vec<f64>> =
        pairs.map(|pair| (0..r * c).map(|cell| contrast(cell, pair)).collect()).collect();
    let mut simple = Square::zero(contrasts.len());
    let mut design = Square::zero(contrasts.len());
    for (i, left) in contrasts.iter().enumerate() {
        let left: Vec<f64> = left.iter().enumerate().map(|(k, at)| at * inverse(k)).collect();
        let halfway: Vec<f64> = (0..r * c)
            .map(|l| {
                let along = left.iter().enumerate().map(|(k, at)| at * spread.at(k, l));
                along.sum::<f64>() * inverse(l)
            })
            .collect();
        for (j, right) in contrasts.iter().enumerate() {
            let product = |a: &[f64]| a.iter().zip(right).map(|(a, b)| a * b).sum::<f64>();
            simple.add(i, j, product(&left) / n as f64);
            design.add(i, j, product(&halfway));
        }
    }
    let delta = simple.solve(&design)?;
    let trace = delta.trace();
    if trace <= 0.0 || df < 1.0 {
        return None;
    }
    let ndf = trace * trace / delta.trace_of_square();
    let (f, ddf) = (pearson / trace, ndf * df);
    Some(FStatistic { f, ndf, ddf, p_value: f_upper(f, ndf, ddf) })
}

/// The covariance of proportions from that of totals.
fn proportions(totals: &Square, p: &[f64], weight: f64) -> Square {
    let size = p.len();
    let row: Vec<f64> = (0..size).map(|k| (0..size).map(|l| totals.at(k, l)).sum()).collect();
    let all: f64 = row.iter().sum();
    let mut spread = Square::zero(size);
    for k in 0..size {
        for l in 0..size {
            let value = totals.at(k, l) - p[k] * row[l] - row[k] * p[l] + p[k] * p[l] * all;
            spread.add(k, l, value / (weight * weight));
        }
    }
    spread
}

fn thinness(table: &Table) -> Thinness {
    let (r, c) = (table.rows, table.columns);
    let n: u64 = table.counts.iter().sum();
    let row = |i: usize| -> u64 { (0..c).map(|j| table.counts[i * c + j]).sum() };
    let column = |j: usize| -> u64 { (0..r).map(|i| table.counts[i * c + j]).sum() };
    let expected: Vec<f64> =
        (0..r * c).map(|cell| row(cell / c) as f64 * column(cell % c) as f64 / n as f64).collect();
    Thinness {
        min_expected: expected.iter().copied().fold(f64::INFINITY, f64::min),
        share_under_five: expected.iter().filter(|e| **e < 5.0).count() as f64 / (r * c) as f64,
        empty_cells: table.counts.iter().filter(|count| **count == 0).count() as u32,
    }
}
