//! What kind of question the answers are to, and how sure that is.

mod codes;
mod draft;
mod family;
mod options;
mod single;
mod told;

pub(super) use told::from_structure;

use super::export::{Column, Export, Part};
use super::joined;
use super::question::Question;
use super::structure::Structures;

/// The questions of an export with their answers, in the order of the file;
/// columns that turn out to be no closed question are marked.
pub(super) fn questions(export: &mut Export, known: &Structures, kept: &[usize]) -> Vec<Question> {
    let mut questions = vec![];
    let signs = file_signs(export);
    let alone = |at: &usize| single::question(export, *at, known, &signs, kept.contains(at));
    for family in families(export) {
        if let [only] = &family[..] {
            questions.extend(alone(only));
            continue;
        }
        if let Some(made) = family::questions(export, &family, known) {
            questions.extend(made);
            continue;
        }
        for part in family::parts(export, &family) {
            let is_new = 1 < part.len() && part.len() < family.len();
            let made = is_new.then(|| family::questions(export, &part, known)).flatten();
            questions.extend(made.unwrap_or_else(|| part.iter().filter_map(alone).collect()));
        }
    }
    let used: Vec<usize> = questions.iter().flat_map(|question| question.columns.clone()).collect();
    for at in 0..export.columns.len() {
        if export.columns[at].part == Part::Answer && !used.contains(&at) {
            let column = &export.columns[at];
            let is_told = known.find(column, column.item.as_ref()).is_some();
            export.columns[at].part = Part::Out(if export.cells(at).all(str::is_empty) {
                "always empty"
            } else if is_told {
                "no question, as the structure has it"
            } else {
                "nothing but signs that stand for an answer"
            });
        }
    }
    codes::mark(&mut questions);
    questions
}

/// Neighbouring columns that answer one question.
fn families(export: &Export) -> Vec<Vec<usize>> {
    let mut families: Vec<Vec<usize>> = vec![];
    for (at, column) in export.columns.iter().enumerate() {
        if column.part != Part::Answer {
            continue;
        }
        let joins = |first: &Column| {
            first.item.is_some()
                && column.item.is_some()
                && (&first.code, &first.text) == (&column.code, &column.text)
        };
        match families.last_mut() {
            Some(family) if joins(&export.columns[family[0]]) => family.push(at),
            _ => families.push(vec![at]),
        }
    }
    families
}

/// The signs that join answers in this file: of those that the tool may
/// use, the one that takes the most columns apart.
fn file_signs(export: &Export) -> Vec<&'static str> {
    let several = |sign: &'static str| {
        let columns = (0..export.columns.len()).filter(|at| {
            let column = &export.columns[*at];
            let cells: Vec<&str> = export.cells(*at).collect();
            column.part == Part::Answer
                && column.item.is_none()
                && joined::split(&cells, sign, &column.text).is_some()
        });
        columns.count()
    };
    let best = joined::signs(export.tool).iter().rev().max_by_key(|sign| several(sign));
    best.into_iter().copied().collect()
}
