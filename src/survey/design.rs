//! How the respondents of a wave were drawn: strata, sampling units, weights
//! and the margins to rake to. As read; nothing is estimated here.

#![expect(clippy::cast_precision_loss, reason = "sampling units are whole in an f64")]

use std::sync::Arc;

/// The sample of one wave, one entry a respondent in file order; of a tally,
/// one entry a place.
#[derive(Debug, Clone, Default)]
pub struct SampleDesign {
    /// The strata, in order of first appearance; one when there are none.
    pub strata: Vec<StratumSample>,
    /// The stratum of each respondent.
    pub stratum: Vec<u32>,
    /// The primary sampling units, when the design is clustered.
    pub units: Option<SamplingUnits>,
    /// The base weights, at least 0 and finite.
    pub weights: Weights,
    /// The margins that the weights are raked to.
    pub margins: Vec<Margin>,
}

/// One stratum as it was sampled.
#[derive(Debug, Clone, PartialEq)]
pub struct StratumSample {
    /// Its name; empty when the design has no strata.
    pub name: Arc<str>,
    /// Sampling units in the file, of weight 0 too.
    pub sampled: u64,
    /// Sampling units in the population; `None`: without limit.
    pub population: Option<f64>,
}

impl StratumSample {
    /// What a respondent weighs where weights follow from the sizes of the
    /// strata: population over sampled units, 1 without a limit.
    pub(super) fn expansion(&self) -> f64 {
        self.population.map_or(1.0, |population| population / self.sampled as f64)
    }
}

/// Primary sampling units, numbered within the whole sample.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SamplingUnits {
    /// The unit of each respondent.
    pub of: Vec<u32>,
    /// The stratum of each unit.
    pub stratum: Vec<u32>,
    /// The name of each unit.
    pub names: Vec<Arc<str>>,
}

/// A variable whose population totals are known.
#[derive(Debug, Clone, PartialEq)]
pub struct Margin {
    /// Its column.
    pub variable: String,
    /// Its levels, in file order.
    pub levels: Vec<String>,
    /// The population total of each level, above 0.
    pub totals: Vec<f64>,
    /// The level of each respondent.
    pub of: Vec<u32>,
}

/// What the rows of a wave weigh.
#[derive(Debug, Clone, PartialEq)]
pub enum Weights {
    /// The weight of each respondent.
    Each(Vec<f64>),
    /// Those of all who were counted together.
    Together(Vec<Together>),
}

/// How many respondents, and what they weigh.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Mass {
    /// Respondents of positive weight.
    pub n: u64,
    /// Sum of weights.
    pub weight: f64,
    /// Sum of squared weights.
    pub square: f64,
}

/// Everybody of one place of a tally.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Together {
    /// Respondents, of weight 0 too.
    pub respondents: u64,
    /// What they weigh.
    pub mass: Mass,
    /// The smallest weight of one.
    pub lightest: f64,
    /// The largest weight of one.
    pub heaviest: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self::Each(vec![])
    }
}

impl Mass {
    /// The same respondents with each weight times `factor`.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        Self { weight: self.weight * factor, square: self.square * factor * factor, ..self }
    }
}

impl Weights {
    /// Everybody of each row.
    pub fn rows(&self) -> Box<dyn Iterator<Item = Together> + '_> {
        match self {
            Self::Each(weights) => Box::new(weights.iter().map(|weight| Together {
                respondents: 1,
                mass: Mass {
                    n: u64::from(*weight > 0.0),
                    weight: *weight,
                    square: weight * weight,
                },
                lightest: *weight,
                heaviest: *weight,
            })),
            Self::Together(rows) => Box::new(rows.iter().copied()),
        }
    }

    /// The same rows with the weights of each times its factor.
    #[must_use]
    pub fn scaled(&self, factor: impl Fn(usize) -> f64) -> Self {
        match self {
            Self::Each(weights) => {
                Self::Each(weights.iter().enumerate().map(|(row, w)| w * factor(row)).collect())
            }
            Self::Together(rows) => Self::Together(
                rows.iter().enumerate().map(|(row, all)| all.scaled(factor(row))).collect(),
            ),
        }
    }
}

impl Together {
    /// The same respondents with each weight times `factor`.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        Self {
            mass: self.mass.scaled(factor),
            lightest: self.lightest * factor,
            heaviest: self.heaviest * factor,
            ..self
        }
    }
}
