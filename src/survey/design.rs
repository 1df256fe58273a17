//! How the respondents of a wave were drawn: strata, sampling units, weights
//! and the margins to rake to. As read; nothing is estimated here.

use std::sync::Arc;

/// The sample of one wave, one entry a respondent in file order.
#[derive(Debug, Clone, Default)]
pub struct SampleDesign {
    /// The strata, in order of first appearance; one when there are none.
    pub strata: Vec<StratumSample>,
    /// The stratum of each respondent.
    pub stratum: Vec<u32>,
    /// The primary sampling units, when the design is clustered.
    pub units: Option<SamplingUnits>,
    /// The base weight of each respondent, at least 0 and finite.
    pub weights: Vec<f64>,
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
