//! The distributions that intervals and tests need: normal, Student's t, F and
//! beta, with their inverses, to about 1e-13 relative. Not a general library:
//! arguments are the finite, positive parameters that a survey gives.
//!
//! All four rest on the regularised incomplete beta function: a continued
//! fraction (modified Lentz; Press et al., *Numerical Recipes*, 6.4) times a
//! front factor in Loader's saddle-point form (Loader 2000, *Fast and accurate
//! computation of binomial probabilities*), which keeps its digits for the
//! large parameters where a difference of log-gammas loses them. Inverses are
//! Newton steps in the logarithm inside a bracket over the bits of the number.

use std::cell::RefCell;
use std::collections::HashMap;

use libm::{erfc, exp, lgamma, log, log1p};

/// The two tails of a distribution at one point; they add up to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tails {
    /// Probability of at most the point.
    pub lower: f64,
    /// Probability of more than the point.
    pub upper: f64,
}

impl Tails {
    fn swapped(self) -> Self {
        Self { lower: self.upper, upper: self.lower }
    }
}

/// A fraction and its complement, each with all its digits.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Split {
    x: f64,
    y: f64,
}

/// Both tails of the beta distribution with shapes `a` and `b` at `x` in 0–1.
pub fn beta(x: f64, a: f64, b: f64) -> Tails {
    beta_split(Split { x, y: 1.0 - x }, a, b)
}

/// The point under which a beta variable falls with probability `p` (0–1).
/// A shape of 0 puts everything at its end, as R's `qbeta` does.
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    if a <= 0.0 {
        return 0.0;
    }
    if b <= 0.0 {
        return 1.0;
    }
    beta_quantile_split(Tails { lower: p, upper: 1.0 - p }, a, b).x
}

/// Both tails of Student's t with `df` degrees of freedom at `t`.
pub fn student(t: f64, df: f64) -> Tails {
    let sum = libm::fma(t, t, df);
    let beyond = beta_split(Split { x: df / sum, y: t * t / sum }, df / 2.0, 0.5);
    let tails = Tails { lower: 0.5 + 0.5 * beyond.upper, upper: 0.5 * beyond.lower };
    if t < 0.0 { tails.swapped() } else { tails }
}

/// Probability that Student's t is at least as far from 0 as `t`.
pub fn student_two_sided(t: f64, df: f64) -> f64 {
    2.0 * student(t.abs(), df).upper
}

thread_local! {
    /// Quantiles of t that were worked out: a report asks for one level and
    /// a handful of degrees of freedom, thousands of times.
    static KNOWN: RefCell<HashMap<(u64, u64), f64>> = RefCell::default();
}

/// The point under which Student's t falls with probability `p`.
pub fn student_quantile(p: f64, df: f64) -> f64 {
    if p > 0.5 {
        return -student_quantile(1.0 - p, df);
    }
    let key = (p.to_bits(), df.to_bits());
    if let Some(known) = KNOWN.with_borrow(|known| known.get(&key).copied()) {
        return known;
    }
    let t = student_quantile_below(p, df);
    KNOWN.with_borrow_mut(|known| known.insert(key, t));
    t
}

fn student_quantile_below(p: f64, df: f64) -> f64 {
    let at = beta_quantile_split(Tails { lower: 2.0 * p, upper: 1.0 - 2.0 * p }, df / 2.0, 0.5);
    -libm::sqrt(df * at.y / at.x)
}

/// Probability that F with `d1` and `d2` degrees of freedom exceeds `f`.
pub fn f_upper(f: f64, d1: f64, d2: f64) -> f64 {
    if f <= 0.0 {
        return 1.0;
    }
    let sum = libm::fma(d1, f, d2);
    beta_split(Split { x: d2 / sum, y: d1 * f / sum }, d2 / 2.0, d1 / 2.0).lower
}

/// The point that F with `d1` and `d2` degrees of freedom exceeds with
/// probability `p`.
pub fn f_upper_quantile(p: f64, d1: f64, d2: f64) -> f64 {
    let at = beta_quantile_split(Tails { lower: p, upper: 1.0 - p }, d2 / 2.0, d1 / 2.0);
    d2 * at.y / (d1 * at.x)
}

/// Probability that a standard normal variable is at most `z`.
pub fn normal(z: f64) -> f64 {
    0.5 * erfc(-z / std::f64::consts::SQRT_2)
}

/// The point under which a standard normal variable falls with probability `p`.
pub fn normal_quantile(p: f64) -> f64 {
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    let mut z = 0.0;
    // Newton on the logarithm of a log-concave function, from the right:
    // each step stays left of the root after the first, and converges.
    for _ in 0..64 {
        let below = normal(z);
        let density = exp(-z * z / 2.0) / libm::sqrt(2.0 * std::f64::consts::PI);
        let step = log(below / p) * below / density;
        z -= step;
        if step.abs() <= 1e-15 * z.abs() {
            break;
        }
    }
    z
}

fn beta_split(at: Split, a: f64, b: f64) -> Tails {
    if at.x <= 0.0 {
        return Tails { lower: 0.0, upper: 1.0 };
    }
    if at.y <= 0.0 {
        return Tails { lower: 1.0, upper: 0.0 };
    }
    split_in_front(front(at, a, b), at, a, b)
}

/// The same inside the interval, where the front factor is known.
fn split_in_front(front: f64, at: Split, a: f64, b: f64) -> Tails {
    let below = |x: f64, a: f64, b: f64| {
        let lower = (front * fraction(x, a, b) / a).min(1.0);
        Tails { lower, upper: 1.0 - lower }
    };
    // The fraction converges fast on this side of the mean only.
    if at.x * (a + b + 2.0) > a + 1.0 {
        return below(at.y, b, a).swapped();
    }
    below(at.x, a, b)
}

/// `x^a y^b / B(a, b)`: the beta density times `x y`.
fn front(at: Split, a: f64, b: f64) -> f64 {
    let n = a + b;
    let exponent = stirling_error(n)
        - stirling_error(a)
        - stirling_error(b)
        - deviance(a, n * at.x)
        - deviance(b, n * at.y);
    libm::sqrt(a / n * b / (2.0 * std::f64::consts::PI)) * exp(exponent)
}

/// `ln Γ(z)` minus Stirling's formula for it.
fn stirling_error(z: f64) -> f64 {
    if z < 16.0 {
        let half_log_two_pi = 0.918_938_533_204_672_8;
        return lgamma(z) - (z - 0.5) * log(z) + z - half_log_two_pi;
    }
    let square = z * z;
    let series = 1.0 / 1188.0 - 691.0 / 360_360.0 / square;
    let series = 1.0 / 1680.0 - series / square;
    let series = 1.0 / 1260.0 - series / square;
    let series = 1.0 / 360.0 - series / square;
    (1.0 / 12.0 - series / square) / z
}

/// `x ln(x / m) + m − x` without cancellation where `x` is near `m`.
fn deviance(x: f64, m: f64) -> f64 {
    let gap = x - m;
    if gap.abs() >= 0.1 * (x + m) {
        return x * log(x / m) + m - x;
    }
    let v = gap / (x + m);
    let mut sum = gap * v;
    let mut term = 2.0 * x * v;
    for j in 1..1000 {
        term *= v * v;
        let next = sum + term / f64::from(2 * j + 1);
        if next.to_bits() == sum.to_bits() {
            break;
        }
        sum = next;
    }
    sum
}

/// The continued fraction of the incomplete beta function.
#[expect(clippy::many_single_char_names, reason = "the names of the formula")]
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for m in 1..100_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        let factor = d * c;
        h *= factor;
        // Two ulps: nearer to 1 some fractions never come.
        if (factor - 1.0).abs() <= 2.0 * f64::EPSILON {
            break;
        }
    }
    h
}

fn beta_quantile_split(p: Tails, a: f64, b: f64) -> Split {
    if p.lower <= 0.0 {
        return Split { x: 0.0, y: 1.0 };
    }
    if p.upper <= 0.0 {
        return Split { x: 1.0, y: 0.0 };
    }
    // Whichever of x and 1 − x is at most one half is solved for, so that it
    // keeps its digits; the other follows by subtraction without loss.
    if beta(0.5, a, b).lower < p.lower {
        let y = solve(p.swapped(), b, a);
        return Split { x: 1.0 - y, y };
    }
    let x = solve(p, a, b);
    Split { x, y: 1.0 - x }
}

/// Solves for an `x` of at most one half.
fn solve(p: Tails, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (f64::MIN_POSITIVE, 0.5);
    // The normal curve of the same mean and spread is near for large shapes.
    let centre = a / (a + b);
    let spread = libm::sqrt(centre * (1.0 - centre) / (a + b + 1.0));
    let normal =
        if p.lower <= p.upper { normal_quantile(p.lower) } else { -normal_quantile(p.upper) };
    let mut x: f64 = (centre + normal * spread).clamp(centre.min(0.25) / 8.0, 0.5);
    for _ in 0..200 {
        let at = Split { x, y: 1.0 - x };
        let front = front(at, a, b);
        let tails = split_in_front(front, at, a, b);
        // The smaller tail is the one with digits.
        let excess = if p.lower <= p.upper { tails.lower - p.lower } else { p.upper - tails.upper };
        if excess > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let slope = front / at.y;
        let step = if p.lower <= p.upper && tails.lower > 0.0 {
            -log1p(excess / p.lower) * tails.lower / slope
        } else {
            -excess / slope
        };
        let mut next = x * exp(step);
        if !(low..=high).contains(&next) {
            next = f64::from_bits(low.to_bits().midpoint(high.to_bits()));
        }
        // What is left after a Newton step is of the order of its square.
        if (next - x).abs() <= 1e-10 * x {
            return next;
        }
        x = next;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    const REFERENCE: &str = include_str!("../../tests/numbers/given/quantile_reference.csv");

    fn relative(got: f64, want: f64) -> f64 {
        if got.to_bits() == want.to_bits() { 0.0 } else { (got - want).abs() / want.abs() }
    }

    /// Largest relative error by kind, and the number of rows compared.
    fn errors() -> (std::collections::BTreeMap<&'static str, f64>, usize) {
        let mut worst = std::collections::BTreeMap::new();
        let mut rows = 0;
        for line in REFERENCE.lines() {
            let cells: Vec<&str> = line.split(',').collect();
            let numbers: Vec<f64> = cells[1..].iter().map(|cell| cell.parse().unwrap()).collect();
            let [x, a, b, want, back] = numbers[..] else { panic!("five numbers a row") };
            let mut note = |kind, error: f64| {
                let so_far = worst.entry(kind).or_insert(0.0_f64);
                *so_far = so_far.max(error);
            };
            match cells[0] {
                "t" => {
                    note("qt", relative(student_quantile(x, a), want));
                    note("pt", relative(student(want, a).lower, back));
                }
                "n" => {
                    note("qnorm", relative(normal_quantile(x), want));
                    note("pnorm", relative(normal(want), back));
                }
                "b" => {
                    note("qbeta", relative(beta_quantile(x, a, b), want));
                    note("pbeta", relative(beta(want, a, b).lower, back));
                }
                "f" => note("pf", relative(f_upper(x, a, b), want)),
                "tt" => note("tt", relative(student_two_sided(x, a), want)),
                other => panic!("unknown kind {other}"),
            }
            rows += 1;
        }
        (worst, rows)
    }

    #[test]
    fn every_reference_point_agrees_with_r() {
        let (worst, rows) = errors();

        assert_eq!(rows, 815);
        assert_eq!(worst.len(), 8);
        assert!(worst.values().all(|error| *error < 1e-11), "{worst:?}");
    }

    #[test]
    fn beta_of_whole_shapes_is_a_binomial_sum() {
        // P(Beta(2, 3) <= 1/2) = P(Binomial(4, 1/2) >= 2) = 11/16.
        assert!(relative(beta(0.5, 2.0, 3.0).lower, 11.0 / 16.0) < 1e-15);
    }

    #[test]
    fn cauchy_quartiles_are_one() {
        assert!(relative(student_quantile(0.75, 1.0), 1.0) < 1e-14);
        assert!(relative(student_quantile(0.25, 1.0), -1.0) < 1e-14);
    }

    #[test]
    fn f_is_the_square_of_t() {
        let t = student_quantile(0.975, 17.0);

        assert!(relative(f_upper_quantile(0.05, 1.0, 17.0), t * t) < 1e-13);
        assert!(relative(f_upper(t * t, 1.0, 17.0), 0.05) < 1e-13);
    }

    #[test]
    fn large_samples_are_normal() {
        let t = student_quantile(0.975, 1e7);

        assert!((t - normal_quantile(0.975)).abs() < 1e-6);
    }
}
