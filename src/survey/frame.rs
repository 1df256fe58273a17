//! The population by stratum, from `data/frame.csv`.

use std::collections::{BTreeMap, BTreeSet};

use super::Codebook;
use super::table::{Complaints, Table};
use crate::config::Named;
use crate::diag::{Code, Diagnostic, Findings, did_you_mean};

/// The column of the counts.
const SIZE: &str = "N";

/// The population counts.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The columns that describe a stratum, in file order (`province`, `region`).
    pub columns: Vec<String>,
    /// The strata in file order.
    pub strata: Vec<Stratum>,
}

/// One row of the frame.
#[derive(Debug, Clone)]
pub struct Stratum {
    /// Column → level.
    pub levels: BTreeMap<String, String>,
    /// How many of the population it holds.
    pub size: u64,
}

impl Frame {
    /// The size of the whole population.
    pub fn total(&self) -> u64 {
        self.strata.iter().map(|stratum| stratum.size).sum()
    }

    /// The size of one group: `region`, `wallonia`.
    pub fn size(&self, column: &str, level: &str) -> Option<u64> {
        if !self.columns.iter().any(|name| name == column) {
            return None;
        }
        let matching = self
            .strata
            .iter()
            .filter(|stratum| stratum.levels.get(column).is_some_and(|l| l == level));
        Some(matching.map(|stratum| stratum.size).sum())
    }
}

/// Notes that the column which a design names as its strata is not in its frame.
pub(super) fn check_strata(frame: &Frame, strata: &Named, found: &mut Findings) {
    if !frame.columns.contains(&strata.name) {
        found.push(
            Diagnostic::error(
                Code::BadFrame,
                format!("the strata `{}` are not a column of the frame", strata.name),
            )
            .at(strata.place.clone())
            .hint_if(did_you_mean(&strata.name, frame.columns.iter().map(String::as_str))),
        );
    }
}

/// Reads the population counts; mistakes are noted.
pub(super) fn read(table: &Table, codebook: &Codebook, found: &mut Findings) -> Option<Frame> {
    if !table.check_columns(&[SIZE], &[], |_| true, found) {
        return None;
    }
    let size = table.needed(SIZE);
    let levels: Vec<usize> = (0..table.columns().len())
        .filter(|column| *column != size)
        .filter(|column| table.column(&table.columns()[*column]) == Some(*column))
        .filter(|column| !table.columns()[*column].is_empty())
        .collect();
    let columns: Vec<String> = levels.iter().map(|at| table.columns()[*at].clone()).collect();
    let mut frame = Frame { columns, strata: vec![] };
    let mut given = BTreeSet::new();
    let mut complaints = Complaints::default();
    table.each(&mut complaints, |row, complaints| {
        let count = row.needed(size, complaints).and_then(|_| row.count(size, complaints));
        let mut stratum = Stratum { levels: BTreeMap::new(), size: count.unwrap_or(0) };
        for (column, at) in frame.columns.iter().zip(&levels) {
            let Some(level) = row.needed(*at, complaints) else { continue };
            let question = codebook.question(column).filter(|question| question.breakdown);
            if let Some(question) = question.filter(|question| question.lacks(level)) {
                complaints.push(Code::UnknownGroupInData, *at, || {
                    Diagnostic::error(
                        Code::UnknownGroupInData,
                        format!("`{level}` is not a group of `{column}`"),
                    )
                    .at(row.place(*at))
                    .hint_if(question.meant(level))
                });
            }
            stratum.levels.insert(column.clone(), level.to_owned());
        }
        if given.insert(stratum.levels.clone()) {
            frame.strata.push(stratum);
        } else {
            complaints.push(Code::BadFrame, size, || {
                Diagnostic::error(Code::BadFrame, "this stratum is given twice").at(row.whole())
            });
        }
    });
    complaints.settle(found);
    Some(frame)
}
