//! A codebook as a table: one row for each variable, or for each of its
//! codes. Which column is which is told by what they hold.

use std::collections::BTreeMap;

use super::{Asked, Asks, cell};
use crate::import::export::Export;
use crate::import::question::Choice;
use crate::import::sheet::Sheet;
use crate::import::text::{clean, plain, same};

/// Reads `sheet` as the codebook of `export`; `None` if it names none of its
/// variables.
pub(in crate::import) fn read(sheet: &Sheet, export: &Export) -> Option<Vec<Asked>> {
    let Columns { variable, code, option, label, missing } = Columns::find(sheet, export)?;
    // One column of words serves questions and options: `region, 1, Wallonia`.
    let names_a_code = |row: &[String]| option.is_none() && !cell(row, code).is_empty();
    let mut order: Vec<String> = vec![];
    let mut asked: BTreeMap<String, Asked> = BTreeMap::new();
    for row in sheet.rows.iter().skip(1) {
        let name = cell(row, Some(variable));
        if !asked.contains_key(name) {
            order.push(name.to_owned());
            let mut one = Asked::new(name, Asks::Unknown, &sheet.file);
            if !names_a_code(row) {
                one.text = plain(&clean(cell(row, label)));
            }
            asked.insert(name.to_owned(), one);
        }
        let Some(one) = asked.get_mut(name) else { continue };
        let words = if names_a_code(row) { label } else { option };
        if cell(row, code).is_empty() || cell(row, words).is_empty() {
            continue;
        }
        let choice = Choice::coded(cell(row, code), plain(&clean(cell(row, words))));
        let out = ["1", "x", "oui", "yes", "ja", "true"]
            .contains(&cell(row, missing).to_lowercase().as_str());
        one.options.push(if out { choice.missing() } else { choice });
    }
    Some(order.into_iter().filter_map(|name| asked.remove(&name)).collect())
}

/// Where a codebook says what.
struct Columns {
    /// The names of variables, as the export has them.
    variable: usize,
    code: Option<usize>,
    /// The words of codes.
    option: Option<usize>,
    /// The words of questions.
    label: Option<usize>,
    missing: Option<usize>,
}

impl Columns {
    fn find(sheet: &Sheet, export: &Export) -> Option<Self> {
        let header = sheet.rows.first()?;
        let variable = variable(sheet, export)?;
        let find = |words: &[&str], skip: &[Option<usize>]| {
            (0..header.len()).find(|at| {
                let name = same(&header[*at]);
                *at != variable
                    && !skip.contains(&Some(*at))
                    && words.iter().any(|word| name.contains(word))
            })
        };
        let code = find(&["code", "valeur", "value", "waarde", "wert"], &[]);
        let code = code.filter(|at| !same(&header[*at]).contains("label"));
        let option = find(
            &[
                "modalite",
                "categor",
                "value-label",
                "option",
                "reponse",
                "antwoord",
                "answer",
                "omschrijving-code",
                "wertelabel",
            ],
            &[code],
        );
        let label = find(
            &[
                "libelle",
                "label",
                "question",
                "vraag",
                "intitule",
                "description",
                "omschrijving",
                "frage",
            ],
            &[code, option],
        );
        let missing =
            find(&["manquant", "missing", "ontbrekend", "fehlend"], &[code, option, label]);
        Some(Self { variable, code, option, label, missing })
    }
}

/// The column that names most variables of an export, if it names half of them.
fn variable(sheet: &Sheet, export: &Export) -> Option<usize> {
    let names: Vec<&str> = export.columns.iter().map(|column| column.header.as_str()).collect();
    let width = sheet.rows.first().map_or(0, Vec::len);
    let rows = || sheet.rows.iter().skip(1);
    let named = |at: usize| rows().filter(|row| names.contains(&cell(row, Some(at)))).count();
    let (variable, most) =
        (0..width).map(|at| (at, named(at))).max_by_key(|(at, named)| (*named, width - at))?;
    (rows().count() <= most * 2 && 2 <= most).then_some(variable)
}
