//! Sentences on which groups, items and waves of a figure differ, and which
//! do not: as far as the tests allow (`statistics.md`, 6), and nothing where
//! the numbers were copied from a publication.

use std::collections::BTreeMap;

use crate::stats::{Estimate, Estimator};
use crate::survey::QuestionKind;

use super::plan::{Across, Plan};
use super::tested::{self, Verdict};
use super::{Scope, lead};

/// Up to so many differences are told one by one.
const TOLD: usize = 3;

/// Two groups that differ, the larger first.
pub(super) struct Gap<'p> {
    pub(super) more: &'p str,
    pub(super) less: &'p str,
    pub(super) size: f64,
    rows: [&'p Estimate; 2],
}

/// What the pairs of groups of one line allow to say.
#[derive(Default)]
pub(super) struct Pairs<'p> {
    /// The largest difference first.
    pub(super) clear: Vec<Gap<'p>>,
    pub(super) unclear: Vec<(&'p str, &'p str)>,
    /// How many pairs may not be compared.
    pub(super) untested: usize,
}

/// The sentences, none to four.
pub(super) fn sentences(scope: &Scope<'_>, plan: &Plan<'_>) -> Vec<String> {
    if !plan.rows().any(tested::computed) {
        return vec![];
    }
    match plan.across {
        Across::Groups(_) => match lead::by_slice(plan) {
            Some(rows) => of_one_line(scope, plan, &rows),
            None => of_lines(scope, plan),
        },
        Across::Nothing => of_the_first(scope, plan),
        // The change of a line stands beside its numbers.
        Across::Waves | Across::Options => vec![],
    }
}

/// How a line changes from its first to its last wave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Change {
    Rose,
    Fell,
    Unclear,
    /// Nothing may be said: too few answers, another question, no second number.
    Untested,
}

impl Change {
    /// Between two waves.
    pub(super) fn between(scope: &Scope<'_>, before: &Estimate, after: &Estimate) -> Self {
        if !tested::computed(after) {
            return Self::Untested;
        }
        match tested::compare(scope, after, before).verdict {
            Verdict::More => Self::Rose,
            Verdict::Less => Self::Fell,
            Verdict::Unclear => Self::Unclear,
            Verdict::Same | Verdict::Untested(_) => Self::Untested,
        }
    }

    /// The string that tells a line.
    pub(super) fn of_a_line(self) -> &'static str {
        match self {
            Self::Rose => "description.wave-rose",
            Self::Fell => "description.wave-fell",
            Self::Unclear => "description.wave-unclear",
            Self::Untested => "description.wave",
        }
    }

    /// The string that counts lines, with plural forms.
    pub(super) fn of_lines(self) -> &'static str {
        match self {
            Self::Rose => "description.waves-rose",
            Self::Fell => "description.waves-fell",
            Self::Unclear => "description.waves-unclear",
            Self::Untested => "description.waves-untested",
        }
    }
}

/// The lines of a figure over waves by how they change; no direction is empty.
pub(super) fn changes(scope: &Scope<'_>, plan: &Plan<'_>) -> BTreeMap<Change, Vec<usize>> {
    let mut changes: BTreeMap<Change, Vec<usize>> = BTreeMap::new();
    for (line, cells) in plan.cells.iter().enumerate() {
        let mut known = cells.iter().flatten().filter(|row| row.value.estimate().is_some());
        let Some(first) = known.next() else { continue };
        let change =
            known.next_back().map_or(Change::Untested, |last| Change::between(scope, first, last));
        changes.entry(change).or_default().push(line);
    }
    changes
}

/// Compares the groups of a figure, two by two.
pub(super) fn pairs<'p>(
    scope: &Scope<'_>,
    plan: &'p Plan<'_>,
    rows: &[Option<&'p Estimate>],
) -> Pairs<'p> {
    let known: Vec<(&str, &Estimate, f64)> = plan
        .slices
        .iter()
        .zip(rows)
        .filter_map(|(slice, row)| {
            let row = (*row)?;
            Some((slice.label.as_str(), row, row.value.estimate()?))
        })
        .collect();
    let mut pairs = Pairs::default();
    for (at, (a, row, one)) in known.iter().enumerate() {
        for (b, with, other) in &known[at + 1..] {
            let size = (one - other).abs();
            match tested::compare(scope, row, with).verdict {
                Verdict::More => {
                    pairs.clear.push(Gap { more: a, less: b, size, rows: [row, with] });
                }
                Verdict::Less => {
                    pairs.clear.push(Gap { more: b, less: a, size, rows: [with, row] });
                }
                Verdict::Unclear => pairs.unclear.push((a, b)),
                Verdict::Untested(_) => pairs.untested += 1,
                Verdict::Same => {}
            }
        }
    }
    pairs.clear.sort_by(|a, b| b.size.total_cmp(&a.size));
    pairs
}

/// How "more" is said of what the figure measures.
fn more(plan: &Plan<'_>, estimator: Estimator) -> &'static str {
    match plan.question.kind {
        QuestionKind::Multiple(_) if estimator.is_proportion() => "differ.cited",
        _ if estimator.is_proportion() => "differ.frequent",
        _ => "differ.higher",
    }
}

fn of_one_line(scope: &Scope<'_>, plan: &Plan<'_>, rows: &[Option<&Estimate>]) -> Vec<String> {
    let words = scope.words;
    let Pairs { clear, unclear, .. } = pairs(scope, plan, rows);
    let estimator = rows.iter().flatten().next().map_or(plan.estimator, |row| row.estimator);
    let told = |gap: &Gap<'_>| {
        let size = scope.gap(gap.rows[0], gap.rows[1], gap.size);
        let size = size.trim_start_matches('+');
        words.fill(more(plan, estimator), &[("more", gap.more), ("less", gap.less), ("gap", size)])
    };
    let mut sentences: Vec<String> = clear.iter().take(TOLD).map(told).collect();
    let left = clear.len().saturating_sub(TOLD) as u64;
    if 0 < left {
        sentences.push(words.plural("differ.other-pairs", left, &[]));
    }
    if unclear.len() <= TOLD {
        sentences.extend(
            unclear.iter().map(|(a, b)| words.fill("differ.unclear", &[("a", a), ("b", b)])),
        );
    } else {
        sentences.push(words.plural("differ.unclear-pairs", unclear.len() as u64, &[]));
    }
    sentences
}

fn of_lines(scope: &Scope<'_>, plan: &Plan<'_>) -> Vec<String> {
    let words = scope.words;
    // Lines of which the same may be said are told in one sentence.
    let mut told: Vec<((&str, &str), Vec<String>)> = vec![];
    let (mut level, mut named, mut left) = (vec![], 0, 0_u64);
    for (at, item) in plan.items.iter().enumerate() {
        let Pairs { clear, unclear, .. } = pairs(scope, plan, &plan.cells[at]);
        let name = item.name();
        match clear.first() {
            None if unclear.is_empty() => {}
            None => level.push(name),
            Some(_) if named == TOLD => left += 1,
            Some(gap) => {
                named += 1;
                let pair = (gap.more, gap.less);
                match told.iter_mut().find(|(other, _)| *other == pair) {
                    Some((_, names)) => names.push(name),
                    None => told.push((pair, vec![name])),
                }
            }
        }
    }
    let line = |((more, less), names): &((&str, &str), Vec<String>)| {
        let items = words.list(names);
        words.fill("differ.line", &[("item", &*items), ("more", more), ("less", less)])
    };
    let mut sentences: Vec<_> = told.iter().map(line).collect();
    if 0 < left {
        sentences.push(words.plural("differ.other-lines", left, &[]));
    }
    if !level.is_empty() {
        sentences.push(if sentences.is_empty() {
            words.text("differ.no-line").to_owned()
        } else if level.len() <= TOLD {
            words.fill("differ.unclear-lines", &[("list", &words.list(&level))])
        } else {
            words.plural("differ.unclear-count", level.len() as u64, &[])
        });
    }
    sentences
}

/// Whether the first answer is clearly ahead of the others.
fn of_the_first(scope: &Scope<'_>, plan: &Plan<'_>) -> Vec<String> {
    let words = scope.words;
    let Some(lead) = lead::lead(scope, plan, 0).filter(|_| !lead::is_beaten(plan, 0)) else {
        return vec![];
    };
    let name = plan.items[lead.first].name();
    if lead.is_alone() {
        let others = lead.others.len() as u64;
        return vec![words.plural("differ.ahead", others, &[("item", &name)])];
    }
    if lead.level.is_empty() {
        return vec![];
    }
    if lead.level.len() <= TOLD {
        let level: Vec<_> = lead.level.iter().map(|line| plan.items[*line].name()).collect();
        let list = words.list(&level);
        return vec![words.fill("differ.not-ahead", &[("item", &name), ("list", &list)])];
    }
    vec![words.plural("differ.not-ahead-count", lead.level.len() as u64, &[("item", &name)])]
}
