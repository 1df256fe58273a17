//! What of a question is hidden: the counts that decide it, and the decision
//! ([`super::disclosure`]).

use std::collections::BTreeMap;

use crate::config::Statistics;
use crate::survey::{Meaning, Question, QuestionKind};

use super::asked::Asked;
use super::disclosure::{AtomCounts, Candidate, ColumnCounts, hidden};
use super::measure::{Kind, Measured};
use super::tally::{Cell, Tally};

/// Decides what may not be shown of a question, by division and group.
pub(super) fn suppress(
    question: &Question,
    asked: &Asked<'_>,
    rules: &Statistics,
) -> Vec<Vec<bool>> {
    let divisions = &asked.fielded.divisions;
    let mut flat = vec![];
    for (division, cut) in divisions.iter().enumerate() {
        for group in 0..cut.groups.len() {
            let bases = asked
                .measured
                .measures
                .iter()
                .map(|measure| asked.base(measure, division, group))
                .filter(|n| *n > 0);
            let n = bases.min().unwrap_or(0);
            flat.push((division, group, n, certain(asked, division, group)));
        }
    }
    let watch = u64::from(rules.hide_below);
    let protect = u64::from(rules.protect_certain_below);
    let risky = |(division, _, n, certain): &(usize, usize, u64, bool)| {
        *n > 0 && (*n < watch || (*certain && *division > 0 && *n < protect))
    };
    let none = || divisions.iter().map(|cut| vec![false; cut.groups.len()]).collect();
    if !flat.iter().any(risky) {
        return none();
    }
    let counts = atom_counts(question, asked);
    let candidates: Vec<Candidate> = flat
        .iter()
        .map(|(division, group, n, certain)| Candidate {
            division: *division,
            atoms: asked.fielded.atoms.of_group[*division][*group].clone(),
            n: *n,
            certain: *certain,
        })
        .collect();
    let mut result: Vec<Vec<bool>> = none();
    for ((division, group, ..), hide) in flat.iter().zip(hidden(&candidates, &counts, rules)) {
        result[*division][*group] = hide;
    }
    result
}

/// True if a share of the group is 0 or 1 and tells every member's answer; of
/// a number, where only the one that everybody gave tells anything, whether
/// there is one.
fn certain(asked: &Asked<'_>, division: usize, group: usize) -> bool {
    if !asked.measured.values.is_empty() {
        return common(asked.tallies[0][division].group(group), &asked.measured).is_some();
    }
    let shares = asked.measured.measures.iter().filter(|measure| measure.kind == Kind::Share);
    shares.into_iter().any(|measure| {
        let (mut yes, mut no) = (false, false);
        for cell in asked.cells(measure, division, group).iter().filter(|cell| cell.n > 0) {
            if let Some(score) = measure.score(cell.option) {
                yes |= score > 0.5;
                no |= score < 0.5;
            }
        }
        yes != no
    })
}

/// Counts answers by atom; done only where something is hidden.
fn atom_counts(question: &Question, asked: &Asked<'_>) -> AtomCounts {
    let atoms = &asked.fielded.atoms;
    let mut cuts = asked.fielded.divisions.iter().flat_map(|cut| &cut.breakdowns);
    let are_groups = cuts.any(|breakdown| *breakdown == question.key);
    let are_ranks = matches!(question.kind, QuestionKind::Ranking { .. });
    let mut counts = AtomCounts { n: vec![0; atoms.count], columns: vec![], are_groups, are_ranks };
    for at in 0..asked.measured.columns.len() {
        let tally = atoms.undivided(&asked.counted[at]);
        counts.columns.push(if tells_means_only(question, &asked.measured) {
            alike(&tally, &asked.measured)
        } else {
            given(&tally, at, &asked.measured)
        });
    }
    for (atom, n) in counts.n.iter_mut().enumerate() {
        let columns = counts.columns.iter();
        let bases = columns.map(|column| column.answers.iter().map(|a| a[atom]).sum());
        *n = bases.max().unwrap_or(0);
    }
    if counts.columns.is_empty() {
        let tally = atoms.undivided(&asked.counted[0]);
        for (n, cells) in counts.n.iter_mut().zip(tally.by_group()) {
            *n = cells.iter().map(|cell| cell.n).sum();
        }
    }
    counts
}

/// The answers of a column as they were given.
fn given(tally: &Tally, at: usize, measured: &Measured<'_>) -> ColumnCounts {
    let measures = || measured.measures.iter().filter(|measure| measure.column == at);
    let of_code = measures().find(|measure| !matches!(measure.kind, Kind::Quantile(..)));
    let scored = |code: u32| of_code.is_none_or(|measure| measure.score(code).is_some());
    let mut answers = vec![vec![0; tally.groups()]; measured.columns[at].bound as usize];
    let mut outside = answers.clone();
    for (atom, cells) in tally.by_group().enumerate() {
        for cell in cells {
            let counted = if scored(cell.option) { &mut answers } else { &mut outside };
            counted[cell.option as usize][atom] += cell.n;
        }
    }
    // "Don't know" is outside the base, and its share is published all the same.
    outside.retain(|atoms| atoms.iter().any(|n| *n > 0));
    ColumnCounts {
        answers,
        aside: outside,
        zeros_tell: measured.values.is_empty(),
        zeros_shown: true,
        shares_shown: measures().any(|measure| measure.kind == Kind::Share),
    }
}

/// Up to so many different whole numbers a question is treated as if it were
/// shown how many gave each.
const FEW_VALUES: usize = 256;

/// Whether what is shown of a group does not tell which answers it lacks. Sums,
/// sums of squares and quantiles of numbers with decimals do not: nobody knows
/// which numbers there might be. Of whole numbers they may.
fn tells_means_only(question: &Question, measured: &Measured<'_>) -> bool {
    question.kind == QuestionKind::Decimal || FEW_VALUES < measured.values.len()
}

/// The answers of a number by what its mean tells: of each atom the one that
/// everybody gave, or that there are at least two.
fn alike(tally: &Tally, measured: &Measured<'_>) -> ColumnCounts {
    let mut known: BTreeMap<i64, Vec<u64>> = BTreeMap::new();
    let mut several = vec![];
    for (atom, cells) in tally.by_group().enumerate() {
        let n: u64 = cells.iter().map(|cell| cell.n).sum();
        if n == 0 {
            continue;
        }
        let only = |n: u64| {
            let mut atoms = vec![0; tally.groups()];
            atoms[atom] = n;
            atoms
        };
        match common(cells, measured) {
            Some(number) => known.entry(number).or_insert_with(|| only(0))[atom] += n,
            None => several.extend([only(1), only(n - 1)]),
        }
    }
    let answers = known.into_values().chain(several).collect();
    ColumnCounts {
        answers,
        aside: vec![],
        zeros_tell: false,
        zeros_shown: false,
        shares_shown: false,
    }
}

/// What tells the number that everybody gave from others; `None` if they gave
/// several.
fn common(cells: &[Cell], measured: &Measured<'_>) -> Option<i64> {
    let values = measured.values;
    if measured.meaning == Meaning::Answers {
        let mut given = cells.iter().filter(|cell| cell.n > 0).map(|cell| i64::from(cell.option));
        let first = given.next()?;
        return given.all(|other| other == first).then_some(first);
    }
    let sum = |score: &dyn Fn(f64) -> f64| -> f64 {
        let around = |cell: &Cell| score(values[cell.option as usize] - values[1]);
        cells.iter().map(|cell| cell.weight * around(cell)).sum()
    };
    let (weight, first, second) = (sum(&|_| 1.0), sum(&|x| x), sum(&|x| x * x));
    let alike = weight * second - first * first <= 1e-9 * weight * second;
    let step = (values[2] - values[1]) * 1e-9;
    alike.then(|| (first / weight / step).round() as i64)
}
