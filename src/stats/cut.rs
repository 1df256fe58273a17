//! The cuts of a report: everybody, each breakdown, each crossing, and which
//! group of each a respondent is in.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::survey::{Answers, Codebook, OptionKey, QuestionKey, QuestionKind, Responses, Weights};

use super::Cut;
use super::sample::Sample;
use super::tally::{Places, Tally};

/// One way to divide the respondents of a wave.
#[derive(Debug)]
pub(super) struct Division {
    /// The breakdowns it is made of: none, one or two.
    pub(super) breakdowns: Vec<QuestionKey>,
    pub(super) groups: Vec<Group>,
    pub(super) group_of: Vec<Option<u32>>,
}

#[derive(Debug)]
pub(super) struct Group {
    pub(super) cut: Cut,
    /// The last key of the cut: how tests name the group.
    pub(super) key: OptionKey,
}

/// A question that cuts: its key, its groups, and the group of each respondent.
type Breakdown<'c> = (&'c QuestionKey, Vec<OptionKey>, Vec<Option<u32>>);

/// Divides the respondents of a wave by every cut of the report.
pub(super) fn divisions(
    config: &Config,
    codebook: &Codebook,
    responses: &Responses,
) -> Vec<Division> {
    let column = |name: &str| -> Option<Breakdown<'_>> {
        let at = codebook.questions().iter().position(|question| question.key.as_str() == name)?;
        let question = &codebook.questions()[at];
        let Answers::Single(codes) = responses.answers.get(at)? else { return None };
        if !matches!(question.kind, QuestionKind::Single(_) | QuestionKind::Likert(_)) {
            return None;
        }
        let keys = question.options().iter().map(|option| option.key.clone()).collect();
        Some((&question.key, keys, codes.iter().collect()))
    };
    let everybody = Group { cut: Cut::all(), key: OptionKey::new("all") };
    let mut found = vec![(vec![], vec![everybody], vec![Some(0); responses.rows])];
    for named in &config.survey.breakdowns {
        let Some((breakdown, keys, codes)) = column(&named.name) else { continue };
        let group =
            |key: OptionKey| Group { key: key.clone(), cut: Cut::group(breakdown.clone(), key) };
        let groups = keys.into_iter().map(group).collect();
        found.push((vec![breakdown.clone()], groups, codes));
    }
    for (first, second) in &config.survey.crossings {
        let (Some(one), Some(two)) = (column(&first.name), column(&second.name)) else { continue };
        // Only pairs that occur are groups: there may be no rural Brussels.
        let both: Vec<Option<(u32, u32)>> =
            one.2.iter().zip(&two.2).map(|(a, b)| (*a).zip(*b)).collect();
        let index: BTreeMap<(u32, u32), u32> = {
            let pairs: std::collections::BTreeSet<_> = both.iter().flatten().copied().collect();
            pairs.into_iter().zip(0..).collect()
        };
        let group = |(a, b): &(u32, u32)| {
            let (a, b) = (&one.1[*a as usize], &two.1[*b as usize]);
            let cut = Cut::group(one.0.clone(), a.clone()).and(two.0.clone(), b.clone());
            Group { cut, key: OptionKey::new(format!("{a} | {b}")) }
        };
        let groups = index.keys().map(group).collect();
        let of = both.iter().map(|pair| pair.map(|pair| index[&pair])).collect();
        found.push((vec![one.0.clone(), two.0.clone()], groups, of));
    }
    found
        .into_iter()
        .map(|(breakdowns, groups, group_of)| Division { breakdowns, groups, group_of })
        .collect()
}

/// The finest parts of a wave: every combination of groups that occurs, and
/// within it of blocks. An answer is counted into them once; every cut of the
/// report adds them up.
#[derive(Debug)]
pub(super) struct Atoms {
    pub(super) count: usize,
    /// By division and group: its atoms.
    pub(super) of_group: Vec<Vec<Vec<usize>>>,
    /// Atom and block of each respondent.
    pub(super) places: Places,
    /// The atom and block of each place.
    parts: Vec<(u32, u32)>,
    /// By division and atom: its group.
    group_of: Vec<Vec<Option<u32>>>,
}

/// Finds the atoms of a wave.
pub(super) fn atoms(divisions: &[Division], sample: &Sample) -> Atoms {
    let everybody = Places::one(sample.block_of.len());
    let atoms = divisions.iter().skip(1).fold(everybody, |places, cut| {
        places.split(cut.groups.len() + 1, |row| cut.group_of[row].map_or(0, |group| group + 1))
    });
    let first = atoms.first();
    let group_of: Vec<Vec<Option<u32>>> =
        divisions.iter().map(|cut| first.iter().map(|row| cut.group_of[*row]).collect()).collect();
    let mut of_group: Vec<Vec<Vec<usize>>> =
        divisions.iter().map(|division| vec![vec![]; division.groups.len()]).collect();
    for (groups, of_atom) in of_group.iter_mut().zip(&group_of) {
        for (atom, group) in of_atom.iter().enumerate() {
            if let Some(group) = group {
                groups[*group as usize].push(atom);
            }
        }
    }
    let places = atoms.split(sample.blocks.len(), |row| sample.block_of[row]);
    let parts = places.first().iter().map(|row| (atoms.of[*row], sample.block_of[*row])).collect();
    Atoms { count: first.len(), of_group, places, parts, group_of }
}

impl Atoms {
    /// How many respondents are in each atom.
    pub(super) fn respondents(&self, weights: &Weights) -> Vec<u64> {
        let mut counts = vec![0; self.count];
        for (all, place) in weights.rows().zip(&self.places.of) {
            let (atom, _) = self.parts[*place as usize];
            counts[atom as usize] += all.respondents;
        }
        counts
    }

    /// Adds up what was counted by place to the groups of a division.
    pub(super) fn divided(&self, division: usize, counted: &Tally) -> Tally {
        let of = &self.group_of[division];
        counted.regrouped(self.of_group[division].len(), |place| {
            let (atom, block) = self.parts[place];
            of[atom as usize].map(|group| (group, block))
        })
    }

    /// Adds up what was counted by place to atoms, whatever the block.
    pub(super) fn undivided(&self, counted: &Tally) -> Tally {
        counted.regrouped(self.count, |place| Some((self.parts[place].0, 0)))
    }
}
