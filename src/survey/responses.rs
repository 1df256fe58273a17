//! `data/<wave>/responses.csv` → typed answers. One pass over the rows, of a
//! large file in parts at the same time; what is wrong with a cell is told with
//! its place, many of one kind once.

use std::collections::{BTreeSet, HashSet};
use std::hash::BuildHasher;
use std::ops::Range;

use rayon::prelude::*;

use super::column::Column;
use super::sampling::{Reading, Sampling};
use super::shape::Shape;
use super::table::{Complaints, Row, Table};
use super::{Codebook, Ids, QuestionKey, QuestionKind, Responses, SampleDesign};
use crate::diag::{Code, Diagnostic, Findings};

/// Reads the answers of one wave; mistakes are noted. Nobody misses a column
/// for `facts`.
pub(super) fn read(
    table: &Table,
    codebook: &Codebook,
    facts: &BTreeSet<QuestionKey>,
    sampling: Sampling<'_>,
    found: &mut Findings,
) -> Responses {
    let columns: Vec<Column<'_>> =
        codebook.questions().iter().map(|question| Column::new(question, table, found)).collect();
    let sampling = sampling.start(table, found);
    note_columns(table, codebook, facts, &columns, &sampling.columns(), found);
    let ids = sampling.id().map(|_| Ids::default());
    let none = Rows { respondents: 0, ids, sampling, columns, complaints: Complaints::default() };
    let rows = none.clone().in_parts(table).unwrap_or_else(|| none.in_one_go(table));
    rows.complaints.settle(found);
    let answers = rows.columns.into_par_iter().map(Column::finish).collect();
    let design: SampleDesign = rows.sampling.finish(rows.respondents, found);
    Responses { rows: rows.respondents, ids: rows.ids, design, answers }
}

/// What some rows of a table say, in their order.
#[derive(Clone)]
struct Rows<'q> {
    respondents: usize,
    ids: Option<Ids>,
    sampling: Reading<'q>,
    columns: Vec<Column<'q>>,
    complaints: Complaints,
}

impl Rows<'_> {
    /// Reads the parts of a table at the same time. `None` if rows of
    /// different parts do not agree: whoever reads them in one go knows which
    /// comes second.
    fn in_parts(mut self, table: &Table) -> Option<Self> {
        let parts = table.parts();
        if parts.len() < 2 {
            return None;
        }
        let read = |part: Range<usize>| {
            let mut rows = self.clone();
            let room = table.most_rows(&part);
            rows.columns.iter_mut().for_each(|column| column.reserve(room));
            let mut complaints = Complaints::default();
            table.each_block(part, &mut complaints, |block, told| rows.add(block, told));
            Self { complaints, ..rows }
        };
        let parts: Vec<Self> = parts.into_par_iter().map(read).collect();
        let respondents = parts.iter().map(|part| part.respondents).sum();
        self.columns.par_iter_mut().enumerate().for_each(|(at, column)| {
            column.reserve(respondents);
            for part in &parts {
                column.append(&part.columns[at]);
            }
        });
        for part in parts {
            if !self.append(part) {
                return None;
            }
        }
        let agree = self.ids.as_ref().is_none_or(all_differ);
        agree.then_some(self)
    }

    fn in_one_go(mut self, table: &Table) -> Self {
        let id = self.sampling.id();
        let mut known: HashSet<String> = HashSet::new();
        let mut complaints = Complaints::default();
        table.each_block(table.rows(), &mut complaints, |rows, complaints| {
            self.add(rows, complaints);
            let Some(column) = id else { return };
            for row in rows {
                let id = row.text(column);
                if !id.is_empty() && !known.insert(id.to_owned()) {
                    complaints.push(Code::DuplicateRespondent, column, || {
                        Diagnostic::error(
                            Code::DuplicateRespondent,
                            format!("the respondent `{id}` has two rows"),
                        )
                        .at(row.place(column))
                        .hint("Keep one of them.")
                    });
                }
            }
        });
        self.complaints = complaints;
        self
    }

    /// Reads some rows, column by column.
    fn add(&mut self, rows: &[Row<'_>], complaints: &mut Complaints) {
        if let (Some(ids), Some(column)) = (&mut self.ids, self.sampling.id()) {
            for row in rows {
                ids.push(row.needed(column, complaints).unwrap_or_default());
            }
        }
        for row in rows {
            self.sampling.row(*row, complaints);
        }
        for column in &mut self.columns {
            column.read(rows, complaints);
        }
        self.respondents += rows.len();
    }

    /// Adds the rows that follow, without their columns; false if they do not
    /// agree.
    fn append(&mut self, next: Self) -> bool {
        self.respondents += next.respondents;
        if let (Some(ids), Some(next)) = (&mut self.ids, next.ids) {
            ids.append(&next);
        }
        self.complaints.append(next.complaints);
        self.sampling.append(&next.sampling)
    }
}

/// Whether names are surely all different: their hashes are, which takes far less
/// time to see. Where two are the same by chance, nobody is told anything wrong.
fn all_differ(names: &Ids) -> bool {
    let hasher = hashbrown::DefaultHashBuilder::default();
    let places = (0..names.len()).into_par_iter().map(|at| names.get(at));
    let hashes = places.filter(|name| !name.is_empty()).map(|name| hasher.hash_one(name));
    let mut hashes: Vec<u64> = hashes.collect();
    hashes.par_sort_unstable();
    hashes.array_windows().all(|[one, next]| one != next)
}

/// The mistake of a table whose first row names no question.
pub(super) fn nameless(table: &Table, codebook: &Codebook) -> Option<Diagnostic> {
    let is_known = |column: &String| {
        let cuts = column.match_indices(['_', '/']).map(|(at, _)| &column[..at]);
        cuts.chain([column.as_str()])
            .any(|name| codebook.question(name).is_some() || codebook.may_have(name))
    };
    let columns = table.columns();
    (1 < columns.len() && !columns.iter().any(is_known)).then(|| {
        let first = codebook.questions().first().map_or("q1", |question| question.key.as_str());
        Diagnostic::error(Code::EmptyTable, "the first row names no question of the codebook")
            .at(table.column_place(0))
            .hint(format!(
                "Put the names of the questions above the answers: `{first}`{} …",
                codebook
                    .questions()
                    .get(1)
                    .map_or(String::new(), |next| format!(", `{}`", next.key))
            ))
    })
}

/// Warns of columns that nothing declares, and of questions without a column.
fn note_columns(
    table: &Table,
    codebook: &Codebook,
    facts: &BTreeSet<QuestionKey>,
    columns: &[Column<'_>],
    design: &[usize],
    found: &mut Findings,
) {
    let list = |names: Vec<&str>| {
        names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    };
    let read: HashSet<usize> =
        columns.iter().flat_map(Column::reads).chain(design.iter().copied()).collect();
    let strange: Vec<&str> = (0..table.columns().len())
        .filter(|at| !read.contains(at) && !table.columns()[*at].is_empty())
        .map(|at| table.columns()[at].as_str())
        // The codebook has it, with a mistake of its own.
        .filter(|name| !may_belong(name, codebook))
        .collect();
    if !strange.is_empty() {
        found.push(
            Diagnostic::warning(
                Code::UndeclaredColumn,
                format!("columns that the codebook does not have: {}", list(strange)),
            )
            .at(table.place()),
        );
    }
    let unasked: Vec<&str> = columns
        .iter()
        .filter(|column| {
            matches!(column.shape, Shape::Nothing)
                && column.question.kind != QuestionKind::Open
                && !facts.contains(&column.question.key)
        })
        .map(|column| column.question.key.as_str())
        .collect();
    note_unasked(table, &unasked, found);
}

/// Whether a column, or what stands before the option in its name, may be a
/// question that could not be read, or an option of one that could.
fn may_belong(column: &str, codebook: &Codebook) -> bool {
    let cuts = column.match_indices(['_', '/']).map(|(at, _)| (&column[..at], &column[at + 1..]));
    let offered = |(name, option): (&str, &str)| {
        let question = codebook.question(name);
        codebook.may_have(name) || question.is_some_and(|question| question.may_offer(option))
    };
    codebook.may_have(column) || cuts.into_iter().any(offered)
}

/// Warns of questions about which the answers say nothing.
pub(super) fn note_unasked(table: &Table, unasked: &[&str], found: &mut Findings) {
    if unasked.is_empty() {
        return;
    }
    let names: Vec<String> = unasked.iter().map(|name| format!("`{name}`")).collect();
    found.push(
        Diagnostic::warning(
            Code::QuestionWithoutColumn,
            format!("questions without a column: {}", names.join(", ")),
        )
        .at(table.place())
        .hint("They count as not asked in this wave."),
    );
}
