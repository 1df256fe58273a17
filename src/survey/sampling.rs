//! The columns of `[design]` → [`SampleDesign`]: strata, sampling units,
//! weights, population sizes and margins, with everything that can be wrong
//! about them.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "respondents, options and strata are fewer than 2^32"
)]

use std::collections::HashMap;
use std::sync::Arc;

use super::recall::{Recall, Said};
use super::table::{Complaints, Row, Table};
use super::tally::BY;
use super::{Frame, Margin, SampleDesign, SamplingUnits, StratumSample, Together, Weights};
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

/// The strata that were met.
#[derive(Clone, Default)]
struct Strata {
    names: Vec<Arc<str>>,
    index: HashMap<Arc<str>, u32>,
    /// Population sizes, from a column.
    sizes: Vec<Option<f64>>,
}

impl Strata {
    /// The stratum of a name.
    fn named(&mut self, name: &str) -> u32 {
        if let Some(stratum) = self.index.get(name) {
            return *stratum;
        }
        let (stratum, name) = (self.names.len() as u32, Arc::from(name));
        self.names.push(Arc::clone(&name));
        self.index.insert(name, stratum);
        self.sizes.push(None);
        stratum
    }
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
        let Some(size) = real(row, at, complaints) else { return };
        let known = self.strata.sizes[stratum as usize].get_or_insert(size);
        if !is_same(*known, size) {
            let message = format!("the size of this stratum is {known} in rows above, {size} here");
            // Too small a size would be a second mistake, by the order of rows.
            *known = known.max(size);
            complaints.push(Code::PopulationVaries, at, || {
                Diagnostic::error(Code::PopulationVaries, message).at(row.place(at))
            });
        }
    }

    /// Adds respondents that were read apart. False if only reading them
    /// after the others tells what is wrong with them.
    pub(super) fn append(&mut self, next: &Self) -> bool {
        let names = next.strata.names.iter();
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
        next.strata.sizes.iter().zip(strata).all(|(size, h)| {
            size.is_none_or(|size| {
                is_same(*self.strata.sizes[h as usize].get_or_insert(size), size)
            })
        })
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
        let sizes: Vec<Option<f64>> =
            (0..self.strata.names.len()).map(|h| self.population(h, found)).collect();
        let strata: Vec<StratumSample> = self
            .strata
            .names
            .iter()
            .zip(&sampled)
            .zip(&sizes)
            .map(|((name, sampled), population)| StratumSample {
                name: Arc::clone(name),
                sampled: *sampled,
                population: *population,
            })
            .collect();
        self.check_strata(&strata, found);
        let expanded = |row: usize| strata[self.stratum[row] as usize].expansion();
        let weights = match self.together.take() {
            Some(places) => Weights::Together(places),
            None if self.expands() => Weights::Each(vec![1.0; self.stratum.len()]),
            None => Weights::Each(std::mem::take(&mut self.weights)),
        };
        let weights = if self.expands() { weights.scaled(expanded) } else { weights };
        self.check_margins(respondents, &weights, found);
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
        let mut sampled = vec![0; self.strata.names.len()];
        let units = if self.cluster.is_some() { &self.units.stratum } else { &self.stratum };
        for (at, stratum) in units.iter().enumerate() {
            // Without clusters every respondent is a unit.
            let place = self.together.as_ref().filter(|_| self.cluster.is_none());
            sampled[*stratum as usize] += place.map_or(1, |places| places[at].respondents);
        }
        sampled
    }

    fn population(&self, stratum: usize, found: &mut Findings) -> Option<f64> {
        let name = &self.strata.names[stratum];
        match (&self.sampling.design.population, self.sampling.frame) {
            (None, _) => None,
            (Some(Population::Total(total)), _) => {
                if self.by.is_some() && stratum == 1 {
                    found.push(
                        Diagnostic::error(
                            Code::BadFrame,
                            "`population-size` is one number, but there are several strata",
                        )
                        .hint("Name a file with the size of each stratum."),
                    );
                }
                Some(*total as f64)
            }
            (Some(_), None) => self.strata.sizes[stratum],
            (Some(_), Some(frame)) => {
                let Some(strata) = &self.sampling.design.strata else {
                    return Some(frame.total() as f64);
                };
                let rows = frame.strata.iter();
                let known = rows
                    .clone()
                    .any(|row| row.levels.get(&strata.name).map(String::as_str) == Some(name));
                if !known {
                    if !name.is_empty() {
                        let names =
                            rows.filter_map(|row| row.levels.get(&strata.name)).map(String::as_str);
                        found.push(
                            Diagnostic::error(
                                Code::UnknownStratum,
                                format!("the frame has no stratum `{name}`"),
                            )
                            .at(strata.place.clone())
                            .hint_if(did_you_mean(name, names)),
                        );
                    }
                    // A size of 0 would be a second mistake.
                    return None;
                }
                frame.size(&strata.name, name).map(|size| size as f64)
            }
        }
    }

    fn check_strata(&self, strata: &[StratumSample], found: &mut Findings) {
        let place = self.sampling.design.strata.as_ref().map(|strata| strata.place.clone());
        let told = |mistake: Diagnostic| match &place {
            Some(place) => mistake.at(place.clone()),
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
                found.push(told(Diagnostic::error(
                    Code::SampleExceedsPopulation,
                    format!(
                        "{} units were sampled of the {population} in stratum `{}`",
                        stratum.sampled, stratum.name
                    ),
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

    fn check_margins(&self, respondents: usize, weights: &Weights, found: &mut Findings) {
        let Some(rake) = &self.sampling.design.rake else { return };
        for (margin, column) in self.margins.iter().zip(&self.rake) {
            if column.is_none() || respondents == 0 {
                continue;
            }
            for (at, level) in margin.levels.iter().enumerate() {
                let mut weighted = margin.of.iter().zip(weights.rows());
                if !weighted.any(|(of, all)| *of as usize == at && all.mass.weight > 0.0) {
                    found.push(
                        Diagnostic::error(
                            Code::CannotRake,
                            format!("nobody in the sample is `{level}` of `{}`", margin.variable),
                        )
                        .at(rake.place.clone())
                        .hint("Merge the level with another in the margins and in the responses."),
                    );
                }
            }
        }
    }
}

/// Whether two sizes of one stratum are one.
fn is_same(known: f64, size: f64) -> bool {
    (known - size).abs() <= 1e-9 * size.abs()
}

/// Reads the margins to rake to: `variable,level,total`.
pub(super) fn margins(table: &Table, found: &mut Findings) -> Vec<Margin> {
    let mut margins: Vec<Margin> = vec![];
    if !table.check_columns(&["variable", "level", "total"], &[], |_| false, found) {
        return margins;
    }
    let at = |name| table.column(name).expect("the columns were checked");
    let (variable, level, total) = (at("variable"), at("level"), at("total"));
    let mut complaints = Complaints::default();
    table.each(&mut complaints, |row, complaints| {
        let Some(name) = row.needed(variable, complaints) else { return };
        let Some(level) = row.needed(level, complaints) else { return };
        if row.needed(total, complaints).is_none() {
            return;
        }
        let Some(size) = real(row, total, complaints) else { return };
        if size <= 0.0 {
            complaints.push(Code::CannotRake, total, || {
                Diagnostic::error(Code::CannotRake, format!("the total `{size}` is not above 0"))
                    .at(row.place(total))
            });
            return;
        }
        let found = margins.iter().position(|margin| margin.variable == name);
        let margin = found.unwrap_or_else(|| {
            margins.push(Margin {
                variable: name.to_owned(),
                levels: vec![],
                totals: vec![],
                of: vec![],
            });
            margins.len() - 1
        });
        let margin = &mut margins[margin];
        if margin.levels.iter().any(|known| known == level) {
            complaints.push(Code::DuplicateName, total, || {
                Diagnostic::error(Code::DuplicateName, "this level is given twice").at(row.whole())
            });
            return;
        }
        margin.levels.push(level.to_owned());
        margin.totals.push(size);
    });
    complaints.settle(found);
    let sums: Vec<f64> = margins.iter().map(|margin| margin.totals.iter().sum()).collect();
    for (margin, sum) in margins.iter().zip(&sums).skip(1) {
        if (sum - sums[0]).abs() > 1e-6 * sums[0] {
            found.push(
                Diagnostic::error(
                    Code::CannotRake,
                    format!(
                        "the totals of `{}` add up to {sum}, those of `{}` to {}",
                        margin.variable, margins[0].variable, sums[0]
                    ),
                )
                .at(table.place()),
            );
        }
    }
    margins
}

fn weight(row: Row<'_>, at: usize, complaints: &mut Complaints) -> f64 {
    let text = row.text(at);
    if text.is_empty() {
        complaints.push(Code::BadWeight, at, || {
            Diagnostic::error(Code::BadWeight, "a respondent without a weight").at(row.place(at))
        });
        return 0.0;
    }
    let weight = real(row, at, complaints).unwrap_or(0.0);
    if weight < 0.0 {
        complaints.push(Code::BadWeight, at, || {
            Diagnostic::error(Code::BadWeight, format!("the weight `{text}` is below 0"))
                .at(row.place(at))
        });
        return 0.0;
    }
    weight
}

/// A number that a program wrote: exponents are allowed.
pub(super) fn real(row: Row<'_>, at: usize, complaints: &mut Complaints) -> Option<f64> {
    let text = row.text(at);
    let exponent = text.contains(['e', 'E']);
    if let Some(value) = text.parse::<f64>().ok().filter(|value| exponent && value.is_finite()) {
        return Some(value);
    }
    row.number(at, complaints).map(|number| number.value)
}
