//! The population by stratum, from `data/frame.csv`.

use std::collections::BTreeMap;

/// The population counts.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The columns that describe a stratum, in file order (`province`, `region`).
    pub columns: Vec<String>,
    /// The strata in file order.
    pub strata: Vec<Stratum>,
}

/// One row of the frame.
#[derive(Debug, Clone)]
pub struct Stratum {
    /// Column → level.
    pub levels: BTreeMap<String, String>,
    /// How many of the population it holds.
    pub size: u64,
}

impl Frame {
    /// The size of the whole population.
    pub fn total(&self) -> u64 {
        self.strata.iter().map(|stratum| stratum.size).sum()
    }

    /// The size of one group: `region`, `wallonia`.
    pub fn size(&self, column: &str, level: &str) -> Option<u64> {
        if !self.columns.iter().any(|name| name == column) {
            return None;
        }
        let matching = self
            .strata
            .iter()
            .filter(|stratum| stratum.levels.get(column).is_some_and(|l| l == level));
        Some(matching.map(|stratum| stratum.size).sum())
    }
}
