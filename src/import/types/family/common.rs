//! What neighbouring columns have in common: the lines of a grid share their
//! answers, questions that are merely numbered do not.

use std::collections::BTreeSet;

use crate::import::export::Export;
use crate::import::scales;
use crate::import::text::{clean, number, same, written};

/// What one column was answered.
#[derive(Debug)]
pub(super) struct Given {
    /// The different answers, as they are compared, without those that a
    /// question of any scale may have, such as "don't know".
    values: BTreeSet<String>,
    /// How many respondents answered.
    count: usize,
    /// Whether its name alone, a letter and a number, puts it beside others.
    numbered: bool,
}

/// An answer as it is compared; `3.0` beside `3`, as pandas writes a column
/// with gaps, is the same number.
pub(super) fn value(cell: &str) -> String {
    number(cell).map_or_else(|| same(cell), written)
}

impl Given {
    pub(super) fn new(export: &Export, at: usize) -> Self {
        let cells: Vec<String> =
            export.cells(at).map(clean).filter(|cell| !cell.is_empty()).collect();
        let distinct: BTreeSet<&String> = cells.iter().collect();
        let on_scale = |cell: &&String| scales::off(cell).is_empty();
        let item = export.columns[at].item.as_ref();
        Self {
            values: distinct.into_iter().filter(on_scale).map(|cell| value(cell)).collect(),
            count: cells.len(),
            numbered: item.is_some_and(|item| item.text.is_empty() && number(&item.code).is_some())
                && export.columns[at].text.is_empty(),
        }
    }

    fn are_numbers(&self) -> bool {
        self.values.iter().all(|value| number(value).is_some())
    }

    /// Whether both may be lines of one grid.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        const FEW: usize = 5;
        const MANY: usize = 20;
        if self.values.is_empty() || other.values.is_empty() {
            return true;
        }
        if self.values.is_disjoint(&other.values) {
            return self.count.min(other.count) < FEW && self.are_numbers() == other.are_numbers();
        }
        // Codes of two options beside those of five are another question,
        // though both have a 1.
        let codes = self.numbered && self.are_numbers() && other.are_numbers();
        let (few, many) =
            if self.values.len() < other.values.len() { (self, other) } else { (other, self) };
        !codes || few.count < MANY || many.values.len() < few.values.len() * 2
    }
}

/// Whether the columns hang together by their answers. What was typed under a
/// grid of three lines and more shares none with any of them.
pub(super) fn hang_together(all: &[Given]) -> bool {
    let all: Vec<&Given> = all.iter().filter(|given| !given.values.is_empty()).collect();
    let shares = |a: &Given, b: &Given| !a.values.is_disjoint(&b.values) && a.is_like(b);
    let Some(first) = all.first() else { return true };
    if let [first, second] = all[..] {
        return first.is_like(second);
    }
    let mut reached = vec![*first];
    let mut rest = all[1..].to_vec();
    while let Some(at) = rest.iter().position(|one| reached.iter().any(|own| shares(one, own))) {
        reached.push(rest.swap_remove(at));
    }
    let largest = all.iter().max_by_key(|given| given.values.len());
    rest.is_empty()
        && largest
            .is_none_or(|largest| all.iter().all(|given| given.is_like(largest) || !given.numbered))
}
