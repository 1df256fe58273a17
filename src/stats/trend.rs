//! Change between two waves of which some units were sampled twice
//! (`statistics.md`, 7).
//!
//! `V = V1 + V2 − 2C`, with the covariance `C` from the units in both samples.
//! It needs them one by one: a tally has the clusters of its sample and no
//! respondents, so that of those nobody is known to be in both.
//!
//! References: Tam (1984), *JASA* 79; Berger (2004), *Canadian J. Stat.* 32;
//! Qualité & Tillé (2008), *Survey Methodology* 34.

use std::collections::HashMap;

use crate::config::LonelyStratum;
use crate::survey::{Ids, Responses, Weights};

use super::difference::{TTest, t_test};
use super::sample::{Correction, Sample};
use super::tally::Cell;
use super::variance::Scatter;

/// One wave of a comparison.
#[derive(Clone, Copy)]
pub(super) struct Wave<'a> {
    pub(super) responses: &'a Responses,
    pub(super) sample: &'a Sample,
}

/// The units of two waves and where they are the same.
#[derive(Debug)]
pub(super) struct Overlap {
    /// By stratum of the earlier wave: the stratum of that name in the later.
    strata: Vec<Option<usize>>,
    /// Units in both, in the same stratum: (stratum, earlier, later).
    units: Vec<(usize, usize, usize)>,
    /// Respondents in both: (earlier, later) row.
    rows: Vec<(usize, usize)>,
}

/// The change of a mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Change {
    pub(super) n_before: u64,
    pub(super) n: u64,
    pub(super) difference: f64,
    /// `None` where the design does not tell it.
    pub(super) se: Option<f64>,
    pub(super) df: f64,
    pub(super) test: Option<TTest>,
}

/// The answers of one wave in one group as numbers.
pub(super) enum Scores<'a> {
    /// Of each respondent: `None` outside the base and the group.
    Each(Vec<Option<f64>>),
    /// Of those who were counted together, in the base.
    Together(Vec<(&'a Cell, f64)>),
}

impl Overlap {
    pub(super) fn new<'a>(before: Wave<'a>, after: Wave<'a>) -> Self {
        let names = |wave: Wave<'a>| -> Vec<&'a str> {
            wave.responses.design.strata.iter().map(|s| &*s.name).collect()
        };
        let (first, second) = (names(before), names(after));
        let strata: Vec<Option<usize>> =
            first.iter().map(|name| second.iter().position(|other| other == name)).collect();
        let (earlier, later) = (named(before), named(after));
        let later: HashMap<(usize, &str), usize> =
            later.into_iter().enumerate().map(|(at, unit)| (unit, at)).collect();
        let shared = earlier.into_iter().enumerate().filter_map(|(at, (h, name))| {
            let other = later.get(&(strata[h]?, name))?;
            Some((h, at, *other))
        });
        let units = shared.collect();
        let ids = |wave: Wave<'a>| wave.responses.ids.iter().flat_map(Ids::iter).enumerate();
        let rows: HashMap<&str, usize> = ids(after).map(|(row, id)| (id, row)).collect();
        let rows = ids(before).filter_map(|(row, id)| Some((row, *rows.get(id)?))).collect();
        Self { strata, units, rows }
    }
}

/// The stratum and the name of each unit. Without names nobody is known to be
/// in another wave.
fn named(wave: Wave<'_>) -> Vec<(usize, &str)> {
    let design = &wave.responses.design;
    let stratum = |h: &u32| *h as usize;
    match (&design.units, &wave.responses.ids) {
        (Some(units), _) => {
            let names = units.names.iter().map(|name| &**name);
            units.stratum.iter().map(stratum).zip(names).collect()
        }
        (None, Some(ids)) => design.stratum.iter().map(stratum).zip(ids.iter()).collect(),
        (None, None) => vec![],
    }
}

/// The weighted mean of a wave and the linearised score of each unit.
struct Linear {
    n: u64,
    mean: f64,
    /// Score by sampling unit; none where they are not known one by one.
    units: Vec<f64>,
    /// Units with somebody of positive weight in the base.
    based: Vec<bool>,
    strata: Vec<InStratum>,
}

/// What the units of a stratum add to a variance and to its degrees of freedom.
#[derive(Clone, Copy, Default)]
struct InStratum {
    /// Sum of the squares of their scores around the mean of the stratum.
    square: f64,
    /// How many are in the base.
    based: u64,
}

fn unit_of(wave: Wave<'_>, row: usize) -> usize {
    wave.responses.design.units.as_ref().map_or(row, |units| units.of[row] as usize)
}

fn stratum_of(wave: Wave<'_>, unit: usize) -> usize {
    let design = &wave.responses.design;
    let of = design.units.as_ref().map_or(&design.stratum, |units| &units.stratum);
    of[unit] as usize
}

fn units(wave: Wave<'_>) -> usize {
    wave.sample.units.as_ref().map_or(wave.responses.rows, Vec::len)
}

fn linear(wave: Wave<'_>, scores: &Scores<'_>) -> Option<Linear> {
    match scores {
        Scores::Each(scores) => of_respondents(wave, scores),
        Scores::Together(cells) => of_cells(wave, cells),
    }
}

fn of_respondents(wave: Wave<'_>, scores: &[Option<f64>]) -> Option<Linear> {
    let Weights::Each(weights) = &wave.sample.weights else { return None };
    let inside = || scores.iter().zip(weights).enumerate();
    let (mut n, mut weight, mut sum) = (0, 0.0, 0.0);
    for (_, (score, w)) in inside() {
        if let Some(score) = score {
            n += u64::from(*w > 0.0);
            weight += w;
            sum += score * w;
        }
    }
    if n == 0 {
        return None;
    }
    let mean = sum / weight;
    let fitted = wave.sample.raked.as_ref().map(|raked| {
        let cells = raked.factor.len();
        let mut base = vec![0.0; cells];
        for (row, (score, w)) in inside() {
            if let Some(score) = score {
                let cell = raked.cell[row] as usize;
                base[cell] += (score - mean) / weight * w / raked.factor[cell];
            }
        }
        let fit = |i: usize| (0..cells).map(|j| raked.fit.at(i, j) * base[j]).sum::<f64>();
        let by_cell: Vec<f64> = (0..cells).map(fit).collect();
        (raked, by_cell)
    });
    let mut by_unit = vec![0.0; units(wave)];
    let mut based = vec![false; by_unit.len()];
    for (row, (score, w)) in inside() {
        let unit = unit_of(wave, row);
        let own = score.map_or(0.0, |score| (score - mean) / weight);
        let fit = fitted.as_ref().map_or(0.0, |(raked, fit)| fit[raked.cell[row] as usize]);
        by_unit[unit] += w * (own - fit);
        based[unit] |= score.is_some() && *w > 0.0;
    }
    let strata = of_units(wave, &by_unit, &based);
    Some(Linear { n, mean, units: by_unit, based, strata })
}

/// What the units add to each stratum.
fn of_units(wave: Wave<'_>, scores: &[f64], based: &[bool]) -> Vec<InStratum> {
    let strata = &wave.sample.strata;
    let mut sums = vec![0.0; strata.len()];
    for (unit, score) in scores.iter().enumerate() {
        sums[stratum_of(wave, unit)] += score;
    }
    let mut known = vec![InStratum::default(); strata.len()];
    for (unit, score) in scores.iter().enumerate() {
        let h = stratum_of(wave, unit);
        // A lonely unit is centred at the grand mean of scores, 0.
        let centre = if strata[h].sampled < 2.0 { 0.0 } else { sums[h] / strata[h].sampled };
        known[h].square += (score - centre) * (score - centre);
        known[h].based += u64::from(based[unit]);
    }
    known
}

fn of_cells(wave: Wave<'_>, cells: &[(&Cell, f64)]) -> Option<Linear> {
    let sample = wave.sample;
    let (mut n, mut weight, mut sum) = (0, 0.0, 0.0);
    for (cell, score) in cells {
        n += cell.n;
        weight += cell.weight;
        sum += score * cell.weight;
    }
    if n == 0 {
        return None;
    }
    let mean = sum / weight;
    let mut scatter = Scatter::new(sample, 1);
    for (cell, score) in cells {
        scatter.add(cell, 0, (score - mean) / weight);
    }
    let (sums, squares) = scatter.sums();
    let blocks = || cells.iter().map(|(cell, _)| (cell.n, sample.blocks[cell.block as usize]));
    if sample.units.is_some() {
        let mut based = vec![false; sums.len()];
        for (n, block) in blocks() {
            based[block.unit as usize] |= n > 0;
        }
        let strata = of_units(wave, &sums, &based);
        return Some(Linear { n, mean, units: sums, based, strata });
    }
    let mut strata = vec![InStratum::default(); sample.strata.len()];
    for (n, block) in blocks() {
        strata[block.stratum as usize].based += n;
    }
    for (h, known) in strata.iter_mut().enumerate() {
        let sampled = sample.strata[h].sampled;
        let centre = if sampled < 2.0 { 0.0 } else { sums[h] * sums[h] / sampled };
        known.square = (squares[h] - centre).max(0.0);
    }
    Some(Linear { n, mean, units: vec![], based: vec![], strata })
}

/// The variance of a sum of unit scores; `corrected` says of each stratum
/// whether its finite population counts. `None` where lonely strata are to be
/// like the others and there are no others.
fn variance(wave: Wave<'_>, scores: &[InStratum], corrected: &[bool]) -> Option<f64> {
    let seen = scores.iter().filter(|stratum| stratum.based > 0).count();
    let (mut total, mut lonely) = (0.0, 0);
    for (h, stratum) in wave.sample.strata.iter().enumerate() {
        let correction = if corrected[h] { Correction::Finite } else { Correction::Infinite };
        let unsampled = stratum.unsampled(correction);
        if unsampled < 1e-7 {
            continue;
        }
        if stratum.sampled < 2.0 {
            lonely += usize::from(scores[h].based > 0);
            if wave.sample.lonely == LonelyStratum::Adjust {
                total += unsampled * scores[h].square;
            }
            continue;
        }
        total += unsampled * stratum.sampled / (stratum.sampled - 1.0) * scores[h].square;
    }
    if wave.sample.lonely == LonelyStratum::Average && lonely > 0 {
        let others = Some(seen - lonely).filter(|others| *others > 0)?;
        total *= seen as f64 / others as f64;
    }
    Some(total)
}

/// Estimates the change of a mean between two waves. `None`: a base of fewer
/// than two.
pub(super) fn change(
    before: Wave<'_>,
    after: Wave<'_>,
    overlap: &Overlap,
    scores: (&Scores<'_>, &Scores<'_>),
    confidence: f64,
) -> Option<Change> {
    let first = linear(before, scores.0)?;
    let second = linear(after, scores.1)?;
    if first.n < 2 || second.n < 2 {
        return None;
    }
    let strata = before.sample.strata.len();
    let mut shared = vec![vec![]; strata];
    for (h, one, other) in &overlap.units {
        shared[*h].push((first.units[*one], second.units[*other]));
    }
    let mut corrected = (vec![true; strata], vec![true; after.sample.strata.len()]);
    let mut covariance = 0.0;
    for (h, pairs) in shared.iter().enumerate() {
        let Some(later) = overlap.strata[h] else { continue };
        let (one, other) = (before.sample.strata[h], after.sample.strata[later]);
        if pairs.len() < 2 {
            // Not estimable; without it a finite correction understates.
            if !one.is_census() && !other.is_census() {
                corrected.0[h] = false;
                corrected.1[later] = false;
            }
            continue;
        }
        let n = pairs.len() as f64;
        let centre = |side: fn(&(f64, f64)) -> f64| pairs.iter().map(side).sum::<f64>() / n;
        let (a, b) = (centre(|pair| pair.0), centre(|pair| pair.1));
        let products = pairs.iter().map(|pair| (pair.0 - a) * (pair.1 - b));
        let spread = products.sum::<f64>() / (n - 1.0);
        let expected = match (one.population, other.population) {
            (Some(population), Some(_)) => one.sampled * other.sampled / population,
            _ => 0.0,
        };
        covariance += (n - expected) * spread;
    }
    let earlier = variance(before, &first.strata, &corrected.0);
    let later = variance(after, &second.strata, &corrected.1);
    let variance = earlier.zip(later).map(|(earlier, later)| {
        let apart = earlier + later;
        let together = apart - 2.0 * covariance;
        if together > 0.0 { together } else { apart }
    });
    let difference = second.mean - first.mean;
    let df = degrees(overlap, &first, &second);
    Some(Change {
        n_before: first.n,
        n: second.n,
        difference,
        se: variance.map(libm::sqrt),
        df,
        test: t_test(difference, variance, df, confidence),
    })
}

/// Distinct units in the base of either wave less the strata they are in.
fn degrees(overlap: &Overlap, first: &Linear, second: &Linear) -> f64 {
    let twice =
        overlap.units.iter().filter(|(_, one, other)| first.based[*one] && second.based[*other]);
    let based = |strata: &[InStratum]| strata.iter().map(|h| h.based).sum::<u64>();
    let units = based(&first.strata) + based(&second.strata) - twice.count() as u64;
    let seen = |strata: &[InStratum]| strata.iter().filter(|h| h.based > 0).count();
    let both = (0..first.strata.len())
        .filter(|h| {
            let later = overlap.strata[*h].is_some_and(|later| second.strata[later].based > 0);
            first.strata[*h].based > 0 && later
        })
        .count();
    let strata = seen(&first.strata) + seen(&second.strata) - both;
    units as f64 - strata as f64
}

/// Estimates the change among the respondents who are in the base of both
/// waves, in the design and with the weights of the later one.
pub(super) fn panel(
    after: Wave<'_>,
    overlap: &Overlap,
    scores: (&Scores<'_>, &Scores<'_>),
    confidence: f64,
) -> Option<Change> {
    let (Scores::Each(before), Scores::Each(now)) = scores else { return None };
    let mut gaps = vec![None; after.responses.rows];
    for (one, other) in &overlap.rows {
        gaps[*other] = now[*other].zip(before[*one]).map(|(late, early)| late - early);
    }
    let linear = of_respondents(after, &gaps)?;
    if linear.n < 2 {
        return None;
    }
    let corrected = vec![true; after.sample.strata.len()];
    let variance = variance(after, &linear.strata, &corrected);
    let units: u64 = linear.strata.iter().map(|h| h.based).sum();
    let strata = linear.strata.iter().filter(|h| h.based > 0).count();
    let df = units as f64 - strata as f64;
    Some(Change {
        n_before: linear.n,
        n: linear.n,
        difference: linear.mean,
        se: variance.map(libm::sqrt),
        df,
        test: t_test(linear.mean, variance, df, confidence),
    })
}
