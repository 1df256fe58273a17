//! What is wrong with the cells of a table.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Findings};

/// The complaints about one table: many of one kind about one column become
/// one that says where the first are.
#[derive(Debug, Clone, Default)]
pub(in crate::survey) struct Complaints(BTreeMap<(Code, usize), Pile>);

#[derive(Debug, Clone, Default)]
struct Pile {
    first: Vec<Diagnostic>,
    count: usize,
}

impl Complaints {
    /// How many of one kind about one column are told apart.
    const SHOWN: usize = 5;

    /// Notes a complaint about a column. `make` is called for the first few
    /// alone: a file with a million bad cells costs a million counts.
    pub(in crate::survey) fn push(
        &mut self,
        code: Code,
        column: usize,
        make: impl FnOnce() -> Diagnostic,
    ) {
        let pile = self.0.entry((code, column)).or_default();
        pile.count += 1;
        if pile.first.len() < Self::SHOWN {
            pile.first.push(make());
        }
    }

    /// Adds what is wrong with the rows that follow.
    pub(in crate::survey) fn append(&mut self, next: Self) {
        for (key, next) in next.0 {
            let pile = self.0.entry(key).or_default();
            pile.count += next.count;
            pile.first.extend(next.first);
            pile.first.truncate(Self::SHOWN);
        }
    }

    /// Whether something of one kind was noted.
    pub(in crate::survey) fn has(&self, code: Code) -> bool {
        self.0.keys().any(|(known, _)| *known == code)
    }

    /// Whether nothing is wrong.
    pub(in crate::survey) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Hands the complaints over.
    pub(in crate::survey) fn settle(self, found: &mut Findings) {
        for Pile { mut first, count } in self.0.into_values() {
            if count <= Self::SHOWN {
                found.extend(first);
                continue;
            }
            let lines: Vec<String> = first
                .iter()
                .filter_map(Diagnostic::place)
                .map(|place| place.start().line.to_string())
                .collect();
            let mut lead = first.swap_remove(0);
            // How many there are is no way out.
            if lead.hints().is_empty() {
                let help = lead.code().help();
                lead = lead.hint(help);
            }
            found.push(lead.hint(format!(
                "There are {count} like this in the column, the first in lines {}.",
                lines.join(", ")
            )));
        }
    }
}
