//! What a number among everybody would be if each group counted as it does in
//! the population. It has no interval: it stands beside a number, to show what
//! counting all answers alike does to it.

/// The mean of groups, each with its own and with how many of the population
/// are in it: `Σ N m / Σ N`, in the unit of the groups' means. `None` where
/// nobody is in them.
///
/// Reference: Holt & Smith (1979), *Post Stratification*, JRSS A 142, 33–46.
pub fn poststratified(groups: &[(f64, f64)]) -> Option<f64> {
    let all: f64 = groups.iter().map(|(_, size)| size).sum();
    let sum: f64 = groups.iter().map(|(mean, size)| mean * size).sum();
    (0.0 < all).then(|| sum / all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_count_as_in_the_population() {
        // 2018: 45 % of 308, 25 % of 19, 21 % of 262 municipalities:
        // (138.6 + 4.75 + 55.02) / 589 = 198.37 / 589.
        let leadership = poststratified(&[(0.45, 308.0), (0.25, 19.0), (0.21, 262.0)]).unwrap();

        assert!((leadership - 198.37 / 589.0).abs() < 1e-12, "{leadership}");
        assert_eq!(poststratified(&[]), None);
    }
}
