//! The columns of `[design]` → [`SampleDesign`]: strata, sampling units,
//! weights, population sizes and margins, with everything that can be wrong
//! about them.

#![expect(
    clippy::cast_possible_truncation,
    reason = "respondents, options and places are fewer than 2^32"
)]

use std::collections::HashMap;
use std::sync::Arc;

use super::recall::{Recall, Said};
use super::strata::{self, Strata};
use super::table::{Complaints, Row, Table};
use super::tally_columns::BY;
use super::{
    Frame, Margin, SampleDesign, SamplingUnits, StratumSample, Together, Weights, margins,
};
use crate::config::{Design, Named, Population};
use crate::diag::{Code, Diagnostic, Findings, did_you_mean};

/// What a design needs from outside the responses.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sampling<'s> {
    pub(super) design: &'s Design,
    /// The file that `population-size` names, if it names one.
    pub(super) frame: Option<&'s Frame>,
    /// The table that `rake` names.
    pub(super) margins: &'s [Margin],
}

/// A design that is being read row by row.
#[derive(Clone)]
pub(super) struct Reading<'s> {
    sampling: Sampling<'s>,
    id: Option<usize>,
    by: Option<usize>,
    cluster: Option<usize>,
    weight: Option<usize>,
    population: Option<usize>,
    rake: Vec<Option<usize>>,
    strata: Strata,
    recall: Recall,
    stratum: Vec<u32>,
    units: SamplingUnits,
    unit_index: HashMap<(u32, Arc<str>), u32>,
    weights: Vec<f64>,
    /// By place of a tally.
    together: Option<Vec<Together>>,
    margins: Vec<Margin>,
}

impl<'s> Sampling<'s> {
    /// Finds the columns.
    pub(super) fn start(self, table: &Table, found: &mut Findings) -> Reading<'s> {
        let mut column = |named: &Option<Named>| {
            let named = named.as_ref()?;
            let at = table.column(&named.name);
            if at.is_none() {
                let columns = table.columns().iter().map(String::as_str);
                found.push(
                    Diagnostic::error(
                        Code::MissingColumn,
                        format!("`{}` is not a column of the responses", named.name),
                    )
                    .at(named.place.clone())
                    .hint_if(did_you_mean(&named.name, columns)),
                );
            }
            at
        };
        let design = self.design;
        let population = match &design.population {
            // A file that is not there is told where it is read.
            Some(Population::Named(named)) if self.frame.is_none() && !named.names_a_file() => {
                Some(named.clone())
            }
            _ => None,
        };
        let variable = |margin: &Margin| {
            design
                .rake
                .as_ref()
                .map(|rake| Named { name: margin.variable.clone(), place: rake.place.clone() })
        };
        Reading {
            id: column(&design.id),
            by: column(&design.strata),
            cluster: column(&design.cluster),
            weight: column(&design.weight),
            population: column(&population),
            rake: self.margins.iter().map(|margin| column(&variable(margin))).collect(),
            ..self.reading()
        }
    }

    /// Finds the columns of a tally, which have names of their own and were
    /// checked.
    pub(super) fn of_tally(self, table: &Table) -> Reading<'s> {
        let design = self.design;
        let from_column =
            self.frame.is_none() && matches!(design.population, Some(Population::Named(_)));
        let margin = |margin: &Margin| table.column(&format!("{BY}{}", margin.variable));
        let at = |is_needed: bool, name: &str| is_needed.then(|| table.column(name)).flatten();
        Reading {
            by: at(design.strata.is_some(), "stratum"),
            cluster: at(design.cluster.is_some(), "cluster"),
            population: at(from_column, "population"),
            rake: self.margins.iter().map(margin).collect(),
            together: Some(vec![]),
            ..self.reading()
        }
    }

    /// A reading that has no columns yet.
    fn reading(self) -> Reading<'s> {
        Reading {
            sampling: self,
            id: None,
            by: None,
            cluster: None,
            weight: None,
            population: None,
            rake: vec![],
            strata: Strata::default(),
            recall: Recall::default(),
            stratum: vec![],
            units: SamplingUnits::default(),
            unit_index: HashMap::new(),
            weights: vec![],
            together: None,
            margins: self.margins.to_vec(),
        }
    }
}

impl Reading<'_> {
    /// The column of the respondent's name.
    pub(super) fn id(&self) -> Option<usize> {
        self.id
    }

    /// The columns that the design reads.
    pub(super) fn columns(&self) -> Vec<usize> {
        let single = [self.id, self.by, self.cluster, self.weight, self.population];
        single.into_iter().chain(self.rake.iter().copied()).flatten().collect()
    }

    /// Reads the design of one respondent.
    pub(super) fn row(&mut self, row: Row<'_>, complaints: &mut Complaints) {
        let named = self.by.and_then(|at| {
            let read = || match row.needed(at, complaints) {
                Some(name) => Said::Code(self.strata.named(name)),
                None => Said::Wrong,
            };
            self.recall.cell(row, at, read).code()
        });
        let stratum = named.unwrap_or_else(|| self.strata.named(""));
        self.stratum.push(stratum);
        if let Some(at) = self.cluster {
            let name: Arc<str> = row.needed(at, complaints).unwrap_or_default().into();
            let unit = self.unit_named(stratum, &name);
            self.units.of.push(unit);
        }
        if let Some(at) = self.weight {
            self.weights.push(weight(row, at, complaints));
        }
        if let Some(at) = self.population {
            self.size(row, at, stratum, complaints);
        }
        for (margin, at) in self.margins.iter_mut().zip(&self.rake) {
            let Some(at) = at else { continue };
            let level = row.needed(*at, complaints).unwrap_or_default();
            let of = margin.levels.iter().position(|known| known == level);
            if of.is_none() && !level.is_empty() {
                complaints.push(Code::CannotRake, *at, || {
                    let levels = margin.levels.iter().map(String::as_str);
                    Diagnostic::error(
                        Code::CannotRake,
                        format!("`{level}` is not a level of the margin `{}`", margin.variable),
                    )
                    .at(row.place(*at))
                    .hint_if(did_you_mean(level, levels))
                });
            }
            margin.of.push(of.unwrap_or(0) as u32);
        }
    }

    /// Reads the design of everybody in one place of a tally; gives its row.
    pub(super) fn place(
        &mut self,
        row: Row<'_>,
        everybody: Together,
        complaints: &mut Complaints,
    ) -> u32 {
        self.row(row, complaints);
        let places = self.together.get_or_insert_default();
        places.push(everybody);
        places.len() as u32 - 1
    }

    /// Whether weights follow from the sizes of the strata alone.
    pub(super) fn expands(&self) -> bool {
        self.sampling.design.weight.is_none()
    }

    fn size(&mut self, row: Row<'_>, at: usize, stratum: u32, complaints: &mut Complaints) {
        if row.needed(at, complaints).is_none() {
            return;
        }
        let Some(size) = row.real(at, complaints) else { return };
        if let Err(known) = self.strata.learn_size(stratum, size) {
            let message = format!("the size of this stratum is {known} in rows above, {size} here");
            complaints.push(Code::PopulationVaries, at, || {
                Diagnostic::error(Code::PopulationVaries, message).at(row.place(at))
            });
        }
    }

    /// Adds respondents that were read apart. False if only reading them
    /// after the others tells what is wrong with them.
    pub(super) fn append(&mut self, next: &Self) -> bool {
        let names = next.strata.names().iter();
        let strata: Vec<u32> = names.map(|name| self.strata.named(name)).collect();
        self.stratum.extend(next.stratum.iter().map(|h| strata[*h as usize]));
        let named = next.units.stratum.iter().zip(&next.units.names);
        let units: Vec<u32> =
            named.map(|(h, name)| self.unit_named(strata[*h as usize], name)).collect();
        self.units.of.extend(next.units.of.iter().map(|unit| units[*unit as usize]));
        self.weights.extend_from_slice(&next.weights);
        for (margin, next) in self.margins.iter_mut().zip(&next.margins) {
            margin.of.extend_from_slice(&next.of);
        }
        self.strata.learn_sizes(&next.strata, &strata)
    }

    fn unit_named(&mut self, stratum: u32, name: &Arc<str>) -> u32 {
        let next = self.units.stratum.len() as u32;
        let unit = *self.unit_index.entry((stratum, Arc::clone(name))).or_insert(next);
        if unit == next {
            self.units.stratum.push(stratum);
            self.units.names.push(Arc::clone(name));
        }
        unit
    }

    /// Ends the reading.
    pub(super) fn finish(mut self, respondents: usize, found: &mut Findings) -> SampleDesign {
        let sampled = self.sampled();
        let Sampling { design, frame, .. } = self.sampling;
        let sizes = self.strata.populations(design, frame, found);
        let known = self.strata.names().iter().zip(sampled).zip(sizes);
        let sample = |((name, sampled), population): ((&Arc<str>, u64), Option<f64>)| {
            StratumSample { name: Arc::clone(name), sampled, population }
        };
        let strata: Vec<StratumSample> = known.map(sample).collect();
        strata::check(&strata, design.strata.as_ref(), found);
        let expanded = |row: usize| strata[self.stratum[row] as usize].expansion();
        let weights = match self.together.take() {
            Some(places) => Weights::Together(places),
            None if self.expands() => Weights::Each(vec![1.0; self.stratum.len()]),
            None => {
                check_weights(&self.weights, design.weight.as_ref(), found);
                Weights::Each(std::mem::take(&mut self.weights))
            }
        };
        let weights = if self.expands() { weights.scaled(expanded) } else { weights };
        if let Some(rake) = design.rake.as_ref().filter(|_| 0 < respondents) {
            let there = self.margins.iter().zip(&self.rake).filter(|(_, column)| column.is_some());
            there.for_each(|(margin, _)| margins::check(margin, &weights, rake, found));
        }
        SampleDesign {
            strata,
            stratum: self.stratum,
            units: self.cluster.is_some().then_some(self.units),
            weights,
            margins: self.margins,
        }
    }

    /// How many units of each stratum are in the file.
    fn sampled(&self) -> Vec<u64> {
        let mut sampled = vec![0; self.strata.len()];
        let units = if self.cluster.is_some() { &self.units.stratum } else { &self.stratum };
        for (at, stratum) in units.iter().enumerate() {
            // Without clusters every respondent is a unit.
            let place = self.together.as_ref().filter(|_| self.cluster.is_none());
            sampled[*stratum as usize] += place.map_or(1, |places| places[at].respondents);
        }
        sampled
    }
}

/// Weights of 0 alone are those of nobody.
fn check_weights(weights: &[f64], column: Option<&Named>, found: &mut Findings) {
    let is_nothing = !weights.is_empty() && weights.iter().all(|weight| *weight <= 0.0);
    if let Some(column) = column.filter(|_| is_nothing && !found.has_errors()) {
        let message = format!("no weight in `{}` is above 0", column.name);
        found.push(
            Diagnostic::error(Code::BadWeight, message)
                .at(column.place.clone())
                .hint("Name the column of the weights, or leave `weight` out."),
        );
    }
}

fn weight(row: Row<'_>, at: usize, complaints: &mut Complaints) -> f64 {
    let text = row.text(at);
    if text.is_empty() {
        complaints.push(Code::BadWeight, at, || {
            Diagnostic::error(Code::BadWeight, "a respondent without a weight").at(row.place(at))
        });
        return 0.0;
    }
    let weight = row.real(at, complaints).unwrap_or(0.0);
    if weight < 0.0 {
        complaints.push(Code::BadWeight, at, || {
            Diagnostic::error(Code::BadWeight, format!("the weight `{text}` is below 0"))
                .at(row.place(at))
        });
        return 0.0;
    }
    weight
}
