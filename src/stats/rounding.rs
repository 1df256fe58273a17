//! Whole percentages: a stack that adds up to 100, and single numbers
//! (`statistics.md`, 12). What is rounded here is for the eye; data keep their digits.

/// Rounds shares of one whole to integers that add up to 100.
///
/// Everyone gets the floor of their percentage; what is left goes to the
/// largest remainders, to the earlier option where they tie (Hamilton's
/// method). Shares that do not add up to 1 are rounded to their own sum.
pub fn largest_remainder(shares: &[f64]) -> Vec<u32> {
    const SAME: f64 = 1e-9;
    let whole = half_up(100.0 * shares.iter().sum::<f64>()) as i64;
    let exact: Vec<f64> = shares.iter().map(|share| share * 100.0).collect();
    // A percentage a hair under a whole number is that number.
    let mut rounded: Vec<i64> = exact.iter().map(|value| (value + SAME).floor() as i64).collect();
    let left = whole - rounded.iter().sum::<i64>();
    let remainder = |at: usize| (exact[at] - rounded[at] as f64).max(0.0);
    let mut order: Vec<usize> = (0..shares.len()).collect();
    let steps = |at: usize| (remainder(at) / SAME).round() as i64;
    order.sort_by_key(|at| (-steps(*at), *at));
    for at in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        rounded[at] += 1;
    }
    rounded.into_iter().map(|value| u32::try_from(value).unwrap_or(0)).collect()
}

/// Rounds half away from zero, with the slack that binary fractions need:
/// 12.5 computed as 12.499999999999998 is still 13.
pub fn half_up(value: f64) -> f64 {
    let nudge = 1e-9_f64.copysign(value);
    (value + nudge).round() + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirds_give_the_odd_point_to_the_first() {
        assert_eq!(largest_remainder(&[1.0 / 3.0; 3]), [34, 33, 33]);
    }

    #[test]
    fn the_largest_remainder_is_served_first() {
        assert_eq!(largest_remainder(&[0.125, 0.5, 0.25, 0.0, 0.125]), [13, 50, 25, 0, 12]);
    }

    #[test]
    fn nobody_stays_at_zero() {
        assert_eq!(largest_remainder(&[0.995, 0.005, 0.0]), [100, 0, 0]);
    }

    #[test]
    fn every_random_stack_adds_up_to_a_hundred() {
        let mut seed = 7_u64;
        for _ in 0..2000 {
            let raw: Vec<f64> = (0..7)
                .map(|_| {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    (seed >> 40) as f64
                })
                .collect();
            let sum: f64 = raw.iter().sum();
            let shares: Vec<f64> = raw.iter().map(|x| x / sum).collect();

            assert_eq!(largest_remainder(&shares).iter().sum::<u32>(), 100, "{shares:?}");
        }
    }

    #[test]
    fn halves_go_up_despite_binary_fractions() {
        assert_eq!(half_up(12.499_999_999_999_998).to_bits(), 13.0_f64.to_bits());
        assert_eq!(half_up(-2.5).to_bits(), (-3.0_f64).to_bits());
        assert_eq!(half_up(-0.2).to_bits(), 0.0_f64.to_bits());
    }
}
