//! What published groups tell by one subtraction after another.

use std::collections::{BTreeSet, VecDeque};

use hashbrown::HashMap;

use super::atoms::Atoms;
use super::sample::{AtomCounts, ColumnCounts, Sample};

/// The subtractions that were made, whatever was hidden since.
#[derive(Default)]
pub(super) struct Made {
    /// The sets that were met, by number.
    sets: Vec<Atoms>,
    numbers: HashMap<Atoms, usize>,
    /// What the published groups of a division leave of a whole, where that
    /// gives nothing away: by whole and division.
    harmless: HashMap<(usize, usize), usize>,
}

impl Made {
    fn number(&mut self, atoms: &Atoms) -> usize {
        if let Some(number) = self.numbers.get(atoms) {
            return *number;
        }
        self.sets.push(atoms.clone());
        self.numbers.insert(atoms.clone(), self.sets.len() - 1);
        self.sets.len() - 1
    }

    /// A group that is hidden is no longer taken away from the wholes around it;
    /// whatever else is subtracted leaves what it left.
    pub(super) fn forget(&mut self, division: usize, hidden: &Atoms) {
        let sets = &self.sets;
        self.harmless.retain(|(whole, of), _| *of != division || !hidden.is_subset(&sets[*whole]));
    }
}

/// What is known of the sample by one subtraction after another: published
/// groups, what their published parts of a division leave of them, what those
/// of another division leave of that, and so on; worked out as it is asked.
pub(super) struct Known<'k> {
    sample: &'k Sample<'k>,
    made: &'k mut Made,
    /// Published groups by division.
    published: Vec<Vec<usize>>,
    /// The numbers of the sets that are known.
    seen: BTreeSet<usize>,
    wholes: VecDeque<(usize, Option<usize>)>,
    /// What is being divided, and by what next.
    divided: Option<(usize, Option<usize>, usize)>,
}

impl<'k> Known<'k> {
    pub(super) fn new(sample: &'k Sample<'k>, published: &[usize], made: &'k mut Made) -> Self {
        let whole = |at: &usize| (made.number(&sample.sets[*at]), Some(*at));
        Self {
            sample,
            published: sample.by_division(published.iter().copied()),
            seen: BTreeSet::new(),
            wholes: published.iter().map(whole).collect(),
            divided: None,
            made,
        }
    }

    /// What the next division leaves of the next whole, unless it is known to
    /// give nothing away.
    pub(super) fn next(&mut self) -> Option<Rest> {
        loop {
            let Some((whole, group, division)) = self.divided.take() else {
                let (whole, group) = self.wholes.pop_front()?;
                if !self.made.sets[whole].is_empty() && self.seen.insert(whole) {
                    self.divided = Some((whole, group, 0));
                }
                continue;
            };
            let Some(groups) = self.published.get(division) else { continue };
            self.divided = Some((whole, group, division + 1));
            if group.is_some_and(|group| self.sample.candidates[group].division == division) {
                continue;
            }
            if let Some(rest) = self.made.harmless.get(&(whole, division)) {
                self.wholes.push_back((*rest, None));
                continue;
            }
            let sets = &self.sample.sets;
            let number = whole;
            let whole = self.made.sets[number].clone();
            let parts: Vec<usize> =
                groups.iter().copied().filter(|at| sets[*at].is_subset(&whole)).collect();
            let mut atoms = whole.clone();
            for at in &parts {
                atoms.remove(&sets[*at]);
            }
            self.wholes.push_back((self.made.number(&atoms), None));
            return Some(Rest { number, whole, group, division, parts, atoms });
        }
    }

    /// Notes that what is left gives nothing away.
    pub(super) fn keep(&mut self, rest: &Rest) {
        let left = self.made.number(&rest.atoms);
        self.made.harmless.insert((rest.number, rest.division), left);
    }

    /// All that is known.
    pub(super) fn sets(&self) -> Vec<&Atoms> {
        self.seen.iter().map(|number| &self.made.sets[*number]).collect()
    }
}

/// What subtraction leaves of a whole.
pub(super) struct Rest {
    /// The number of the whole.
    number: usize,
    pub(super) whole: Atoms,
    /// The group that the whole is, if it is one.
    pub(super) group: Option<usize>,
    /// The division whose published groups are taken away.
    pub(super) division: usize,
    pub(super) parts: Vec<usize>,
    pub(super) atoms: Atoms,
}

impl Rest {
    /// True if all of it gave one answer; or if it is small and nobody of it
    /// gave an answer that others of the whole gave.
    pub(super) fn tells(&self, counts: &AtomCounts, certain: u64) -> bool {
        counts.columns.iter().any(|ColumnCounts { answers, zeros_tell, .. }| {
            let of = |atoms: &Atoms, answer: &[u64]| -> u64 {
                atoms.iter().map(|atom| answer[atom]).sum()
            };
            let base: u64 = answers.iter().map(|answer| of(&self.atoms, answer)).sum();
            let mixed =
                |atoms: &Atoms| answers.iter().filter(|answer| of(atoms, answer) > 0).count();
            if base == 0 {
                return false;
            }
            let (whole, rest) = (mixed(&self.whole), mixed(&self.atoms));
            (rest == 1 && whole > 1) || (*zeros_tell && base < certain && rest < whole)
        })
    }
}
