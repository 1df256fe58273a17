//! The strata that the answers name: their numbers, and the sizes of their
//! populations, from the design, a frame or a column.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "strata are fewer than 2^32, people whole in an f64"
)]

use std::collections::HashMap;
use std::sync::Arc;

use super::{Frame, StratumSample};
use crate::config::{Design, Named, Population};
use crate::diag::{Code, Diagnostic, Findings, did_you_mean};

/// The strata that were met.
#[derive(Clone, Default)]
pub(super) struct Strata {
    names: Vec<Arc<str>>,
    index: HashMap<Arc<str>, u32>,
    /// Population sizes, from a column.
    sizes: Vec<Option<f64>>,
}

impl Strata {
    /// The stratum of a name.
    pub(super) fn named(&mut self, name: &str) -> u32 {
        if let Some(stratum) = self.index.get(name) {
            return *stratum;
        }
        let (stratum, name) = (self.names.len() as u32, Arc::from(name));
        self.names.push(Arc::clone(&name));
        self.index.insert(name, stratum);
        self.sizes.push(None);
        stratum
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// Their names.
    pub(super) fn names(&self) -> &[Arc<str>] {
        &self.names
    }

    /// Learns the size of one; `Err` is another that rows above gave.
    pub(super) fn learn_size(&mut self, stratum: u32, size: f64) -> Result<(), f64> {
        let known = self.sizes[stratum as usize].get_or_insert(size);
        if (*known - size).abs() <= 1e-9 * size.abs() {
            return Ok(());
        }
        let above = *known;
        // Too small a size would be a second mistake, by the order of rows.
        *known = known.max(size);
        Err(above)
    }

    /// Learns the sizes of others, whose numbers here are `strata`. False if
    /// they do not agree.
    pub(super) fn learn_sizes(&mut self, others: &Self, strata: &[u32]) -> bool {
        others
            .sizes
            .iter()
            .zip(strata)
            .all(|(size, stratum)| size.is_none_or(|size| self.learn_size(*stratum, size).is_ok()))
    }

    /// The sizes of their populations, by the design, the frame that it names
    /// or a column; `None` where nothing says.
    pub(super) fn populations(
        &self,
        design: &Design,
        frame: Option<&Frame>,
        found: &mut Findings,
    ) -> Vec<Option<f64>> {
        match (&design.population, frame) {
            (None, _) => vec![None; self.len()],
            (Some(Population::Total(total)), _) => {
                if 1 < self.len() {
                    found.push(
                        Diagnostic::error(
                            Code::BadFrame,
                            "`population-size` is one number, but there are several strata",
                        )
                        .hint("Name a file with the size of each stratum."),
                    );
                }
                vec![Some(*total as f64); self.len()]
            }
            (Some(_), None) => self.sizes.clone(),
            (Some(_), Some(frame)) => {
                let Some(strata) = &design.strata else {
                    return vec![Some(frame.total() as f64); self.len()];
                };
                self.names.iter().map(|name| in_frame(frame, strata, name, found)).collect()
            }
        }
    }
}

/// The size of a stratum in a frame, which has a column `strata`.
fn in_frame(frame: &Frame, strata: &Named, name: &str, found: &mut Findings) -> Option<f64> {
    let mut known = frame.strata.iter().filter_map(|row| row.levels.get(&strata.name));
    if !known.any(|known| known == name) {
        if !name.is_empty() {
            let names = frame.strata.iter().filter_map(|row| row.levels.get(&strata.name));
            found.push(
                Diagnostic::error(
                    Code::UnknownStratum,
                    format!("the frame has no stratum `{name}`"),
                )
                .at(strata.place.clone())
                .hint_if(did_you_mean(name, names.map(String::as_str))),
            );
        }
        // A size of 0 would be a second mistake.
        return None;
    }
    frame.size(&strata.name, name).map(|size| size as f64)
}

/// Refuses samples that are larger than their population, and warns of strata
/// with a single unit; `named` is the column of the strata.
pub(super) fn check(strata: &[StratumSample], named: Option<&Named>, found: &mut Findings) {
    let told = |mistake: Diagnostic| match named {
        Some(named) => mistake.at(named.place.clone()),
        None => mistake,
    };
    let mut lonely = vec![];
    for stratum in strata {
        let Some(population) = stratum.population else {
            if stratum.sampled == 1 && strata.len() > 1 {
                lonely.push(&*stratum.name);
            }
            continue;
        };
        if stratum.sampled as f64 > population {
            let of = if stratum.name.is_empty() {
                "of the population".to_owned()
            } else {
                format!("in stratum `{}`", stratum.name)
            };
            found.push(told(Diagnostic::error(
                Code::SampleExceedsPopulation,
                format!("{} units were sampled of the {population} {of}", stratum.sampled),
            )));
        }
        if stratum.sampled == 1 && population > 1.0 {
            lonely.push(&*stratum.name);
        }
    }
    if !lonely.is_empty() {
        let names: Vec<String> = lonely.iter().map(|name| format!("`{name}`")).collect();
        found.push(
            told(Diagnostic::warning(
                Code::LonelyStratum,
                format!("strata with a single sampled unit: {}", names.join(", ")),
            ))
            .hint("Merge each with a stratum that is like it."),
        );
    }
}
