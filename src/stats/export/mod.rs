//! The published results file: one row a number, the same rows and names in
//! JSON and CSV. Numbers have all their digits; what is missing is `null` or
//! an empty cell, never 0.

mod cell;
mod columns;
mod meta;
mod row;

use std::convert::Infallible;

use rayon::prelude::*;

use crate::markup::no_formula;

use self::cell::{Cell, Row, put};
pub use self::columns::{ESTIMATES, FieldType, PROVENANCES};
use self::meta::meta;
pub use self::row::{Printed, group};
use self::row::{estimate, test};
use super::Results;

/// How many rows one thread writes at a time.
const ROWS_AT_ONCE: usize = 256;
/// How many such parts make a piece, which all threads share.
const PARTS_AT_ONCE: usize = 16;

/// A piece of the published results.
#[derive(Debug, Default)]
pub struct Files {
    /// `meta`, `estimates` and `tests`.
    pub json: Vec<u8>,
    /// The estimates.
    pub csv: Vec<u8>,
}

/// Writes the published results piece by piece: a large report has more rows
/// than should be held as text. Rows are written several parts at a time.
pub fn write<E: Send>(
    results: &Results,
    printed: &Printed<'_>,
    put: &mut (dyn FnMut(Files) -> Result<(), E> + Send),
) -> Result<(), E> {
    let estimate = |row| estimate(row, results, printed);
    let mut json = b"{\n\"meta\": ".to_vec();
    self::put(&mut json, &meta(&results.meta, printed));
    json.extend(b",\n\"estimates\": [");
    let header = ESTIMATES.map(|(name, _)| name).join(",") + "\n";
    put(Files { json, csv: header.into_bytes() })?;
    write_rows(results.rows(), estimate, put)?;
    put(Files { json: b"\n],\n\"tests\": [".to_vec(), csv: vec![] })?;
    write_rows(results.tests(), |row| test(row, &results.meta), &mut |piece| {
        put(Files { json: piece.json, csv: vec![] })
    })?;
    put(Files { json: b"\n],\n\"superseded\": [".to_vec(), csv: vec![] })?;
    write_rows(results.superseded(), estimate, &mut |piece| {
        put(Files { json: piece.json, csv: vec![] })
    })?;
    put(Files { json: b"\n]\n}\n".to_vec(), csv: vec![] })
}

/// While one piece is put, the next is written.
fn write_rows<'r, T: Sync, E: Send>(
    rows: &'r [T],
    cells: impl Fn(&'r T) -> Row<'r> + Sync,
    put: &mut (dyn FnMut(Files) -> Result<(), E> + Send),
) -> Result<(), E> {
    let mut finished = Files::default();
    for (at, rows) in rows.chunks(PARTS_AT_ONCE * ROWS_AT_ONCE).enumerate() {
        let (piece, done) =
            rayon::join(|| piece(at == 0, rows, &cells), || put(std::mem::take(&mut finished)));
        done?;
        finished = piece;
    }
    put(finished)
}

fn piece<'r, T: Sync>(
    is_first: bool,
    rows: &'r [T],
    cells: &(impl Fn(&'r T) -> Row<'r> + Sync),
) -> Files {
    let parts: Vec<Files> =
        rows.par_chunks(ROWS_AT_ONCE).map(|rows| part(rows.iter().map(cells))).collect();
    let mut piece = Files::default();
    for (at, part) in parts.into_iter().enumerate() {
        piece.json.extend_from_slice(after_comma(is_first && at == 0, &part.json));
        piece.csv.extend(part.csv);
    }
    piece
}

/// Writes the published results as a whole.
pub fn whole(results: &Results, printed: &Printed<'_>) -> Files {
    let mut whole = Files::default();
    let Ok(()) = write::<Infallible>(results, printed, &mut |piece| {
        whole.json.extend(piece.json);
        whole.csv.extend(piece.csv);
        Ok(())
    });
    whole
}

/// Nothing stands before the first row that a comma would set it apart from.
fn after_comma(is_first: bool, json: &[u8]) -> &[u8] {
    if is_first { json.strip_prefix(b",").unwrap_or(json) } else { json }
}

fn part<'r>(rows: impl Iterator<Item = Row<'r>>) -> Files {
    let mut json = vec![];
    let mut csv = csv::Writer::from_writer(vec![]);
    let mut number = vec![];
    for row in rows {
        json.extend(b",\n");
        row.put(&mut json);
        for (_, cell) in row.0 {
            let written;
            let bytes = match &cell {
                Cell::Nothing => b"",
                Cell::Text(text) => {
                    written = no_formula(text);
                    written.as_bytes()
                }
                _ => {
                    number.clear();
                    put(&mut number, &cell);
                    &number
                }
            };
            csv.write_field(bytes).expect("memory takes what is written");
        }
        csv.write_record(None::<&[u8]>).expect("memory takes what is written");
    }
    Files { json, csv: csv.into_inner().expect("memory takes what is written") }
}
