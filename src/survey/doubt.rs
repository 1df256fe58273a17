//! Names that a codebook with mistakes may define all the same: whoever uses one
//! of them has made no mistake that could be known.

use std::collections::BTreeSet;

use super::table::{Complaints, Table};
use crate::diag::Code;

/// The names that rows which could not be read may define.
#[derive(Debug, Clone, Default)]
pub(super) struct Doubt {
    /// A name is missing: it could be any.
    any: bool,
    /// The names of what could not be read.
    names: BTreeSet<String>,
    /// Rows whose cells cannot be told apart, as they are written.
    rows: Vec<String>,
}

impl Doubt {
    /// No doubt, or any name may be defined.
    pub(super) fn unless(is_known: bool) -> Self {
        Self { any: !is_known, ..Self::default() }
    }

    /// Takes any name for possible.
    pub(super) fn all(&mut self) {
        self.any = true;
    }

    /// Takes one name for possible.
    pub(super) fn add(&mut self, name: &str) {
        self.names.insert(name.to_owned());
    }

    /// Takes every name for possible that stands in a row of a table that cannot
    /// be read, or after a quotation mark that is never closed.
    pub(super) fn rows_of(&mut self, table: &Table, complaints: &Complaints) {
        if complaints.has(Code::RaggedRow) {
            self.rows.extend(table.ragged_rows());
        }
        self.any |= complaints.has(Code::UnclosedQuote);
    }

    /// Takes over the names of another.
    pub(super) fn join(&mut self, other: &Self) {
        self.any |= other.any;
        self.names.extend(other.names.iter().cloned());
        self.rows.extend(other.rows.iter().cloned());
    }

    /// Whether a name may be defined.
    pub(super) fn covers(&self, name: &str) -> bool {
        self.any || self.names.contains(name) || self.rows.iter().any(|row| row.contains(name))
    }

    /// Whether every name is known.
    pub(super) fn is_none(&self) -> bool {
        !self.any && self.names.is_empty() && self.rows.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_a_row_that_cannot_be_read_may_be_defined() {
        let mut doubt = Doubt::default();
        assert!(doubt.is_none() && !doubt.covers("themes"));

        doubt.rows.push("select_one yes_no,themes;What?".to_owned());
        doubt.add("region");

        assert!(doubt.covers("themes") && doubt.covers("region"));
        assert!(!doubt.covers("progress"));
    }
}
