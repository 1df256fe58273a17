//! Whole totals for cells that meet ranges of their sums.

/// The sum over `cells` is to lie in a range.
#[derive(Debug, Clone)]
pub(super) struct Range {
    pub(super) cells: Vec<usize>,
    pub(super) low: u64,
    pub(super) high: u64,
}

/// Cells, and by how much each changes.
type Moves = Vec<(usize, i64)>;

/// How far a sum is from its range.
fn miss(range: &Range, sum: i64) -> i64 {
    (range.low as i64 - sum).max(sum - range.high as i64).max(0)
}

/// Changes `start` as little as it takes to meet the ranges, each total from 0
/// to its cap: by moves of one cell or between two, the best first. Where the
/// ranges contradict each other, what is missing is as small as moves make it.
pub(super) fn solve(start: &[u64], caps: &[u64], ranges: &[Range]) -> Vec<u64> {
    let mut totals: Vec<i64> =
        start.iter().zip(caps).map(|(total, cap)| *total.min(cap) as i64).collect();
    let widest = caps.iter().copied().max().unwrap_or(0).max(1);
    let mut step = 1_i64 << widest.ilog2();
    while 0 < step {
        while let Some(moves) = best(&totals, start, caps, ranges, step) {
            for (cell, by) in moves {
                totals[cell] += by;
            }
        }
        step /= 2;
    }
    totals.into_iter().map(|total| total as u64).collect()
}

/// The move of `step` that lessens what is missing most; among equals the one
/// that stays nearest to the start.
fn best(totals: &[i64], start: &[u64], caps: &[u64], ranges: &[Range], step: i64) -> Option<Moves> {
    let sums: Vec<i64> =
        ranges.iter().map(|range| range.cells.iter().map(|cell| totals[*cell]).sum()).collect();
    let fits = |cell: usize, by: i64| (0..=caps[cell] as i64).contains(&(totals[cell] + by));
    // Thousandths of the cell.
    let astray = |cell: usize, by: i64| {
        let off =
            |total: i64| (total - start[cell] as i64).abs() * 1000 / (caps[cell] as i64).max(1);
        off(totals[cell] + by) - off(totals[cell])
    };
    let worth = |moves: &[(usize, i64)]| {
        let gain: i64 = ranges
            .iter()
            .zip(&sums)
            .map(|(range, sum)| {
                let moved = moves.iter().filter(|(cell, _)| range.cells.contains(cell));
                let by: i64 = moved.map(|(_, by)| by).sum();
                miss(range, *sum) - miss(range, sum + by)
            })
            .sum();
        (gain, -moves.iter().map(|(cell, by)| astray(*cell, *by)).sum::<i64>())
    };
    let cells = 0..totals.len();
    let lone = cells.clone().flat_map(|cell| [vec![(cell, step)], vec![(cell, -step)]]);
    let pairs = cells.clone().flat_map(|up| {
        cells
            .clone()
            .filter(move |down| *down != up)
            .map(move |down| vec![(up, step), (down, -step)])
    });
    let mut found: Option<((i64, i64), Moves)> = None;
    for moves in lone.chain(pairs) {
        if !moves.iter().all(|(cell, by)| fits(*cell, *by)) {
            continue;
        }
        let worth = worth(&moves);
        if 0 < worth.0 && found.as_ref().is_none_or(|(known, _)| *known < worth) {
            found = Some((worth, moves));
        }
    }
    found.map(|(_, moves)| moves)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(cells: &[usize], low: u64, high: u64) -> Range {
        Range { cells: cells.to_vec(), low, high }
    }

    #[test]
    fn crossed_margins_are_met_together() {
        // Two rows, two columns, the whole.
        let ranges = [
            range(&[0, 1], 12, 12),
            range(&[2, 3], 3, 3),
            range(&[0, 2], 9, 10),
            range(&[1, 3], 5, 6),
            range(&[0, 1, 2, 3], 15, 15),
        ];

        let totals = solve(&[2, 2, 2, 2], &[10, 10, 10, 10], &ranges);

        for range in &ranges {
            let sum: u64 = range.cells.iter().map(|cell| totals[*cell]).sum();
            assert!((range.low..=range.high).contains(&sum), "{totals:?} {range:?}");
        }
    }

    #[test]
    fn what_is_met_already_stays() {
        assert_eq!(solve(&[3, 4], &[10, 10], &[range(&[0, 1], 5, 8)]), [3, 4]);
    }

    #[test]
    fn a_cell_never_holds_more_than_it_can() {
        assert_eq!(solve(&[0, 0], &[2, 3], &[range(&[0, 1], 9, 9)]), [2, 3]);
    }
}
