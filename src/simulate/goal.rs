//! What a published figure asks of the answers: a total over the respondents
//! of a group that lies between two whole numbers.

use crate::survey::{Choice, Published, PublishedFigure, Question, QuestionKind, Unit};

/// How a total over `n` respondents becomes a number: start + step × total ÷ n,
/// in millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scale {
    pub(super) start: i128,
    pub(super) step: i128,
    /// Halves go up in whole percents; a mean that ends between two printed
    /// numbers may be printed as either, so that none is made.
    pub(super) halves: bool,
}

/// What a figure asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// A share or a mean.
    Mean(Scale),
    /// A number of respondents.
    Count,
    /// A place in an order of options.
    Place,
    /// How many respondents a group has.
    Size,
    /// Nothing that answers can give, and why.
    Nothing(&'static str),
}

/// The question whose published counts say how many answered.
pub(super) const SAMPLE_SIZE: &str = "sample_size";
const MILLION: i128 = 1_000_000;

/// What a figure about `question` asks for.
pub(super) fn asked(question: &Question, figure: &PublishedFigure) -> Asked {
    if question.key.as_str() == SAMPLE_SIZE && figure.unit == Unit::Count {
        return Asked::Size;
    }
    if figure.is_fact(question) {
        return Asked::Nothing("it is a fact about the survey, which nobody was asked");
    }
    match (figure.unit, &question.kind) {
        (Unit::Percent, QuestionKind::Ranking { .. }) => {
            Asked::Nothing("shares of a ranking are not aimed at")
        }
        (Unit::Percent, _) => Asked::Mean(Scale { start: 0, step: 100 * MILLION, halves: true }),
        (Unit::Count, QuestionKind::Ranking { .. } | QuestionKind::Score { .. }) => {
            Asked::Nothing("a count of this type of question is not aimed at")
        }
        (Unit::Count, _) => Asked::Count,
        (Unit::Score, kind) => {
            scale(kind).map_or(Asked::Nothing("its options have no even scores"), Asked::Mean)
        }
        (Unit::Rank, _) => Asked::Place,
        (Unit::Points, _) => Asked::Nothing("mean points of a ranking are not aimed at"),
    }
}

/// How the steps of a score become its mean.
pub(super) fn scale(kind: &QuestionKind) -> Option<Scale> {
    let (start, step) = match kind {
        QuestionKind::Score { start, step, .. } => (millionths(*start), millionths(*step)),
        QuestionKind::Integer => (0, MILLION),
        QuestionKind::Decimal => (0, MILLION / 10),
        QuestionKind::Likert(options) => even(options)?,
        _ => return None,
    };
    Some(Scale { start, step, halves: false })
}

/// Lowest score and distance of options whose scores are evenly spaced.
fn even(options: &[Choice]) -> Option<(i128, i128)> {
    let in_base = options.iter().filter(|option| option.role.in_base());
    let scores: Vec<i128> = in_base.map(|option| millionths(option.score)).collect();
    let (first, second) = (*scores.first()?, *scores.get(1)?);
    let step = second - first;
    let is_even = scores.windows(2).all(|pair| pair[1] - pair[0] == step);
    (is_even && 0 < step).then_some((first, step))
}

fn millionths(number: f64) -> i128 {
    (number * 1e6).round() as i128
}

/// The totals over `n` respondents that are printed as `printed`: lowest and
/// highest; `None` if no whole number is.
pub(super) fn totals(asked: Asked, printed: Published, n: u64) -> Option<(u64, u64)> {
    let tens = 10_i128.pow(u32::from(printed.digits));
    let value = (printed.value * tens as f64).round() as i128;
    let n = i128::from(n);
    let (low, high) = match asked {
        Asked::Count => (value / tens, value / tens),
        Asked::Mean(scale) => {
            let slope = 2 * tens * scale.step;
            let edge = |doubled: i128| doubled * n * MILLION - 2 * tens * scale.start * n;
            let (below, above) = (edge(2 * value - 1), edge(2 * value + 1));
            let low = if scale.halves { up(below, slope) } else { below.div_euclid(slope) + 1 };
            (low, up(above, slope) - 1)
        }
        Asked::Place | Asked::Size | Asked::Nothing(_) => return None,
    };
    let (low, high) = (u64::try_from(low.max(0)).ok()?, u64::try_from(high).ok()?);
    (low <= high && 0 < n).then_some((low, high))
}

/// The total that comes nearest to what no total is printed as.
pub(super) fn nearest(asked: Asked, printed: Published, n: u64) -> Option<u64> {
    let millionths = millionths(printed.value);
    let total = match asked {
        Asked::Count => millionths / MILLION,
        Asked::Mean(scale) => {
            let doubled = 2 * (millionths - scale.start) * i128::from(n);
            (doubled + scale.step).div_euclid(2 * scale.step)
        }
        Asked::Place | Asked::Size | Asked::Nothing(_) => return None,
    };
    u64::try_from(total.max(0)).ok()
}

/// Divides, upwards.
fn up(number: i128, by: i128) -> i128 {
    -(-number).div_euclid(by)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERCENT: Asked = Asked::Mean(Scale { start: 0, step: 100 * MILLION, halves: true });

    fn printed(value: f64, digits: u8) -> Published {
        Published { value, digits }
    }

    #[test]
    fn a_percentage_is_a_range_of_counts() {
        assert_eq!(totals(PERCENT, printed(44.0, 0), 123), Some((54, 54)));
        assert_eq!(totals(PERCENT, printed(25.0, 0), 4), Some((1, 1)));
        assert_eq!(totals(PERCENT, printed(88.0, 0), 8), Some((7, 7)), "87.5 goes up");
        assert_eq!(totals(PERCENT, printed(44.0, 0), 1000), Some((435, 444)));
        assert_eq!(totals(PERCENT, printed(0.0, 0), 10), Some((0, 0)));
    }

    #[test]
    fn no_count_of_four_gives_thirty_percent() {
        assert_eq!(totals(PERCENT, printed(30.0, 0), 4), None);
        assert_eq!(nearest(PERCENT, printed(30.0, 0), 4), Some(1));
        assert_eq!(nearest(PERCENT, printed(20.0, 0), 58), Some(12));
    }

    #[test]
    fn a_mean_is_a_range_of_sums() {
        let tenths = Asked::Mean(Scale { start: 0, step: MILLION, halves: false });
        let from_one = Asked::Mean(Scale { start: MILLION, step: MILLION, halves: false });

        assert_eq!(totals(tenths, printed(3.53, 2), 58), Some((205, 205)));
        assert_eq!(totals(tenths, printed(4.8, 2), 16), None);
        // Every person gives one point at least.
        assert_eq!(totals(from_one, printed(2.5, 1), 10), Some((15, 15)));
        // 2.5 and 3.5 may be printed as 2 or 3, as 3 or 4.
        assert_eq!(totals(tenths, printed(3.0, 0), 2), Some((6, 6)));
    }

    #[test]
    fn a_count_is_itself() {
        assert_eq!(totals(Asked::Count, printed(17.0, 0), 113), Some((17, 17)));
    }
}
