//! The sample as estimation sees it: respondents fall into *blocks*, and
//! within a block only the sums of weights matter.
//!
//! A block is a stratum; with clusters it is a sampling unit; with raking it
//! is split by margin cell. A tally that counts by block therefore carries
//! everything that a variance needs, whatever the design.

use crate::config::LonelyStratum;
use crate::survey::{Responses, SampleDesign, Weights};

use super::rake::{RakeError, RakeReport, Raked, rake};

/// The sample of one wave.
#[derive(Debug)]
pub struct Sample {
    pub(super) strata: Vec<Stratum>,
    pub(super) blocks: Vec<Block>,
    /// The block of each row of answers.
    pub(super) block_of: Vec<u32>,
    /// The weights of the rows, raked where the design says so.
    pub(super) weights: Weights,
    /// The stratum of each sampling unit; `None`: every respondent is one.
    pub(super) units: Option<Vec<u32>>,
    pub(super) raked: Option<Raked>,
    pub(super) lonely: LonelyStratum,
}

/// A stratum: `n_h` and `N_h` of `statistics.md`, 2, in sampling units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stratum {
    pub(super) sampled: f64,
    pub(super) population: Option<f64>,
}

/// Respondents whom no variance tells apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Block {
    pub(super) stratum: u32,
    /// The sampling unit; without clusters the stratum again.
    pub(super) unit: u32,
    /// The margin cell; 0 without raking.
    pub(super) margin: u32,
    /// Sum of weights of everybody in it.
    pub(super) weight: f64,
    /// Sum of squared weights of everybody in it.
    pub(super) square: f64,
}

/// Whether the finite population correction is used (`statistics.md`, 6: for
/// estimates and wave changes, not for tests between groups).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correction {
    /// Where the size of the population is known.
    Finite,
    /// Not at all: the population is one draw of a process.
    Infinite,
}

impl Stratum {
    /// `1 − f_h`.
    pub(super) fn unsampled(self, correction: Correction) -> f64 {
        match (correction, self.population) {
            (Correction::Finite, Some(population)) => (population - self.sampled) / population,
            _ => 1.0,
        }
    }

    /// True if everybody was sampled.
    pub(super) fn is_census(self) -> bool {
        self.population.is_some_and(|population| self.sampled >= population)
    }
}

impl Sample {
    /// Prepares the sample of one wave.
    pub fn new(responses: &Responses, lonely: LonelyStratum) -> Result<Self, RakeError> {
        let design = &responses.design;
        let raked = if design.margins.is_empty() { None } else { Some(rake(design)?) };
        let weights =
            raked.as_ref().map_or_else(|| design.weights.clone(), |raked| raked.weights.clone());
        let strata = design
            .strata
            .iter()
            .map(|s| Stratum { sampled: s.sampled as f64, population: s.population })
            .collect();
        let (mut blocks, block_of) = blocks(design, raked.as_ref());
        for (all, block) in weights.rows().zip(&block_of) {
            let block = &mut blocks[*block as usize];
            block.weight += all.mass.weight;
            block.square += all.mass.square;
        }
        let units = design.units.as_ref().map(|units| units.stratum.clone());
        Ok(Self { strata, blocks, block_of, weights, units, raked, lonely })
    }

    /// What raking made of the weights of a row.
    pub(super) fn factor(&self, row: usize) -> f64 {
        self.raked.as_ref().map_or(1.0, |raked| raked.factor[raked.cell[row] as usize])
    }

    /// What raking did, if the design asks for it.
    pub fn rake_report(&self) -> Option<&RakeReport> {
        self.raked.as_ref().map(|raked| &raked.report)
    }

    /// Sampling units that a variance sums over: strata without clusters.
    pub(super) fn rows_of_sums(&self) -> usize {
        self.units.as_ref().map_or(self.strata.len(), Vec::len)
    }
}

fn blocks(design: &SampleDesign, raked: Option<&Raked>) -> (Vec<Block>, Vec<u32>) {
    let block = |stratum: u32, unit: u32, margin: u32| Block {
        stratum,
        unit,
        margin,
        weight: 0.0,
        square: 0.0,
    };
    let Some(raked) = raked else {
        return match &design.units {
            None => {
                let strata = 0..design.strata.len() as u32;
                (strata.map(|h| block(h, h, 0)).collect(), design.stratum.clone())
            }
            Some(units) => {
                let each = units.stratum.iter().enumerate();
                (each.map(|(unit, h)| block(*h, unit as u32, 0)).collect(), units.of.clone())
            }
        };
    };
    let unit_of = design.units.as_ref().map_or(&design.stratum, |units| &units.of);
    let mut keys: Vec<(u32, u32, u32)> = (0..design.stratum.len())
        .map(|row| (design.stratum[row], unit_of[row], raked.cell[row]))
        .collect();
    let rows = keys.clone();
    keys.sort_unstable();
    keys.dedup();
    let place = |key: &(u32, u32, u32)| {
        keys.binary_search(key).expect("every respondent's block is in the list") as u32
    };
    let block_of = rows.iter().map(place).collect();
    (keys.iter().map(|(h, unit, margin)| block(*h, *unit, *margin)).collect(), block_of)
}
