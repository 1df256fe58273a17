//! A data file of SPSS (`.sav`, packed `.zsav`) → a table of values, and what its dictionary
//! says of them. The format: "System File Format", PSPP developers' guide.

mod bytes;
mod cases;
mod dictionary;
mod multiples;
mod packed;
mod sets;
mod value;

use encoding_rs::Encoding;

use self::bytes::Bytes;
use self::dictionary::{Dictionary, Variable};
use self::multiples::Multiple;
use self::value::Value;
use super::question::Choice;
use super::sheet::Sheet;
use super::structure::{Asked, Asks};
use super::text::{clean, plain};
use super::tool::Tool;

/// A data file as the import takes it.
#[derive(Debug)]
pub(super) struct Sav {
    /// A row of names, then a row for each case.
    pub(super) sheet: Sheet,
    /// What each variable asks, and the words of its values.
    pub(super) asked: Vec<Asked>,
}

/// Why a data file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unreadable(String);

impl Unreadable {
    pub(super) fn why(&self) -> &str {
        &self.0
    }
}

/// Reads a whole data file. `asked` is the encoding of its texts where the
/// user knows better than the file.
///
/// # Errors
/// The file ends early, or says of itself what cannot be.
pub(super) fn read(
    name: &str,
    file: &[u8],
    asked: Option<&'static Encoding>,
) -> Result<Sav, Unreadable> {
    let mut bytes = Bytes::new(file)?;
    let dictionary = dictionary::read(&mut bytes, asked)?;
    let cases = cases::read(&mut bytes, &dictionary)?;
    let columns: Vec<Column> = (0..dictionary.variables.len())
        .map(|at| column(&dictionary.variables[at], cases.iter().map(|case| &case[at])))
        .collect();
    let multiples = multiples::multiples(name, &dictionary, &cases);
    let table = Table::new(&dictionary, &columns, &multiples);
    let mut rows = vec![table.header];
    rows.extend(
        (0..cases.len())
            .map(|row| table.cells.iter().map(|cells| cells[row].clone()).collect::<Vec<String>>()),
    );
    let unlabelled: usize = columns.iter().map(|column| column.emptied).sum();
    let mut how = vec![format!(
        "data file: SPSS, {} variables, texts in {}",
        dictionary.variables.len(),
        dictionary.encoding.name()
    )];
    let weight = dictionary.weight.map(|at| dictionary.variables[at].name.clone());
    if let Some(weight) = &weight {
        how.push(format!("weighed by: `{weight}`, as SPSS does with this file"));
    }
    if 0 < unlabelled {
        how.push(format!(
            "user missing: {unlabelled} values that the file calls missing are empty"
        ));
    }
    for multiple in &multiples {
        let names = multiple.variables.iter().map(|at| dictionary.variables[*at].name.as_str());
        let names: Vec<&str> = names.collect();
        let code = &multiple.asked.code;
        how.push(format!("multiple responses: `{code}` of {}", names.join(", ")));
    }
    let told = dictionary.variables.iter().zip(columns);
    let mut asked: Vec<Asked> =
        told.map(|(variable, column)| asks(name, variable, column.options)).collect();
    asked.extend(multiples.into_iter().map(|multiple| multiple.asked));
    let sheet = Sheet {
        file: name.to_owned(),
        lines: (1..=rows.len()).collect(),
        rows,
        how,
        tool: Some(Tool::Spss),
        weight,
        ..Sheet::default()
    };
    Ok(Sav { sheet, asked })
}

/// The columns in the order of the file; those of a set stand together, at
/// the place of its first variable.
struct Table<'t> {
    header: Vec<String>,
    cells: Vec<&'t [String]>,
}

impl<'t> Table<'t> {
    fn new(dictionary: &Dictionary, columns: &'t [Column], multiples: &'t [Multiple]) -> Self {
        let mut table = Self { header: vec![], cells: vec![] };
        for (at, (variable, column)) in dictionary.variables.iter().zip(columns).enumerate() {
            match multiples.iter().find(|multiple| multiple.variables.contains(&at)) {
                Some(multiple) if multiple.variables.iter().min() == Some(&at) => {
                    for (header, cells) in &multiple.columns {
                        table.header.push(header.clone());
                        table.cells.push(cells);
                    }
                }
                Some(_) => {}
                None => {
                    table.header.push(variable.name.clone());
                    table.cells.push(&column.cells);
                }
            }
        }
        table
    }
}

/// A variable with the values of all cases.
struct Column {
    cells: Vec<String>,
    /// The words of its values; empty for numbers that count or measure.
    options: Vec<Choice>,
    /// How many values the file calls missing and no words stand for.
    emptied: usize,
}

fn column<'v>(variable: &Variable, values: impl Iterator<Item = &'v Value> + Clone) -> Column {
    let named = |value: &Value| variable.labels.iter().any(|(known, _)| known == value);
    let missing = |value: &Value| variable.missing.holds(value);
    // Words for the ends of a scale alone, or for reasons of silence, name no options.
    let words = variable.labels.iter().filter(|(value, _)| !missing(value)).count();
    let mut other: Vec<&Value> = values
        .clone()
        .filter(|value| !value.is_empty() && !named(value) && !missing(value))
        .collect();
    other.dedup();
    other.sort_by(|a, b| a.total_cmp(b));
    other.dedup();
    let closed = 0 < words && other.len() <= words;
    let mut emptied = 0;
    let cell = |value: &Value| {
        if missing(value) && !(closed && named(value)) {
            emptied += usize::from(!value.is_empty());
            return String::new();
        }
        variable.text(value)
    };
    let cells = values.map(cell).collect();
    let option = |(value, label): &(Value, String)| {
        let choice = Choice::coded(&variable.text(value), plain(&clean(label)));
        if missing(value) { choice.missing() } else { choice }
    };
    let options = if closed { variable.labels.iter().map(option).collect() } else { vec![] };
    Column { cells, options, emptied }
}

fn asks(file: &str, variable: &Variable, options: Vec<Choice>) -> Asked {
    let asks = if variable.is_time() { Asks::Text } else { Asks::Unknown };
    let mut one = Asked::new(&variable.name, asks, file);
    let label = clean(&variable.label);
    one.text = plain(if label.is_empty() { &variable.name } else { &label });
    one.options = options;
    one
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_ends_early_is_told_and_kills_nothing() {
        let file = include_bytes!("../../../tests/fixtures/exports/spss/alltypes.sav");
        assert_eq!(read("a.sav", file, None).unwrap().sheet.rows.len(), 7);
        for end in (4..file.len() - 1).step_by(7) {
            if let Ok(sav) = read("a.sav", &file[..end], None) {
                assert!(sav.sheet.rows.len() < 7, "cut at {end}");
            }
        }
    }

    /// A file of one number and one text of 300 bytes, not compressed.
    fn small(big: bool, number: f64, long: &[u8]) -> Vec<u8> {
        let integer = |value: &i32| if big { value.to_be_bytes() } else { value.to_le_bytes() };
        let integers = |values: &[i32]| values.iter().flat_map(integer).collect::<Vec<u8>>();
        let double = |value: f64| if big { value.to_be_bytes() } else { value.to_le_bytes() };
        let mut file = b"$FL2".to_vec();
        file.extend([b' '; 60]);
        file.extend(integers(&[2, 40, 0, 1, 1]));
        file.extend(double(100.0));
        file.extend([b' '; 84]);
        let mut variable = |width: i32, name: &[u8; 8]| {
            file.extend(integers(&[2, width, 0, 0, 0x0005_0802, 0x0005_0802]));
            file.extend(name);
            for _ in 1..width.unsigned_abs().div_ceil(8) {
                file.extend(integers(&[2, -1, 0, 0, 0, 0]));
                file.extend([b' '; 8]);
            }
        };
        variable(0, b"AGE     ");
        variable(255, b"LONG    ");
        variable(48, b"LONG0   ");
        let widths = b"LONG=00300\0\t";
        file.extend(integers(&[7, 14, 1, i32::try_from(widths.len()).unwrap()]));
        file.extend(widths);
        file.extend(integers(&[999, 0]));
        file.extend(double(number));
        let mut text = long.to_vec();
        text.resize(300, b' ');
        file.extend(&text[..252]);
        file.extend([b' '; 4]);
        file.extend(&text[252..]);
        file
    }

    #[test]
    fn long_texts_are_put_together_in_either_order_of_bytes() {
        let long: Vec<u8> = (0..290u16).map(|at| b'a' + (at % 26) as u8).collect();
        for big in [false, true] {
            let sav = read("a.sav", &small(big, 41.5, &long), None).unwrap();

            assert_eq!(sav.sheet.rows[0], ["AGE", "LONG"]);
            assert!(sav.sheet.how[1].starts_with("weighed by: `AGE`"), "{:?}", sav.sheet.how);
            assert_eq!(sav.sheet.rows[1], ["41.5", str::from_utf8(&long).unwrap()], "{big}");
        }
    }
}
