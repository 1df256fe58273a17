//! What those who did not answer could change. No model of them, and so no
//! assumption: the share among all lies between that of nobody and that of
//! everybody among the silent having given the answer.

/// The lowest and the highest share of the answer in a whole population of
/// which `answered` gave it with `share`, and the rest is silent.
///
/// `share` and both bounds are proportions 0–1: `n p / N` and
/// `(n p + N − n) / N`. They hold sampling and nonresponse together where all
/// were asked and each respondent counts one. `None` when nobody is known, or
/// more answered than there are.
///
/// Reference: Manski (1989), *Anatomy of the Selection Problem*, Journal of
/// Human Resources 24, 343–360.
pub fn bounds(share: f64, answered: u64, population: u64) -> Option<(f64, f64)> {
    if population == 0 || population < answered {
        return None;
    }
    let (n, all) = (answered as f64, population as f64);
    let low = n * share / all;
    Some((low, low + (all - n) / all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_and_everybody_among_the_silent() {
        // 44 % of 123 are 54.12 municipalities; 589 − 123 = 466 said nothing.
        // 54.12 / 589 = 0.09188; 520.12 / 589 = 0.88306.
        let (low, high) = bounds(0.44, 123, 589).unwrap();

        assert!((low - 0.091_884_55).abs() < 1e-8, "{low}");
        assert!((high - 0.883_056_03).abs() < 1e-8, "{high}");
    }

    #[test]
    fn where_all_answered_nothing_is_open() {
        assert_eq!(bounds(0.25, 8, 8), Some((0.25, 0.25)));
    }

    #[test]
    fn more_answers_than_people_bound_nothing() {
        assert_eq!(bounds(0.5, 9, 8), None);
        assert_eq!(bounds(0.5, 0, 0), None);
    }
}
