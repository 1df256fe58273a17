//! A codebook as JSON, as programs and data portals write it: a list of
//! variables, or an object by their names.

use serde_json::{Map, Value};

use crate::import::sheet::Sheet;

const LISTS: [&str; 6] = ["variables", "columns", "questions", "fields", "codebook", "data"];
const NAMES: [&str; 7] = ["name", "variable", "var", "column", "field", "id", "key"];
const LABELS: [&str; 7] =
    ["label", "question", "text", "description", "title", "libelle", "omschrijving"];
const OPTIONS: [&str; 10] = [
    "values",
    "value_labels",
    "valueLabels",
    "options",
    "choices",
    "categories",
    "levels",
    "labels",
    "codes",
    "answers",
];
const CODES: [&str; 5] = ["value", "code", "name", "id", "key"];

/// The table that [`super::codebook`] reads: variable, code, option, label.
/// `None` if the text is no JSON or names no variable.
pub(in crate::import) fn table(file: &str, text: &str) -> Option<Sheet> {
    let value: Value = serde_json::from_str(text).ok()?;
    let mut rows = vec![["variable", "code", "option", "label"].map(str::to_owned).to_vec()];
    read(&value, &mut rows);
    (1 < rows.len()).then(|| Sheet {
        file: file.to_owned(),
        lines: vec![1; rows.len()],
        rows,
        ..Sheet::default()
    })
}

fn read(value: &Value, rows: &mut Vec<Vec<String>>) {
    match value {
        Value::Array(all) => {
            for one in all.iter().filter_map(Value::as_object) {
                variable(&first(one, &NAMES), one, rows);
            }
        }
        Value::Object(all) => {
            let list = LISTS.iter().find_map(|name| all.get(*name));
            if let Some(list) = list.filter(|list| list.is_array() || list.is_object()) {
                return read(list, rows);
            }
            for (name, one) in all {
                match one {
                    Value::Object(one) => variable(name, one, rows),
                    one => rows.push(row(name, "", "", &text(one))),
                }
            }
        }
        _ => {}
    }
}

fn variable(name: &str, one: &Map<String, Value>, rows: &mut Vec<Vec<String>>) {
    let label = first(one, &LABELS);
    rows.push(row(name, "", "", &label));
    let nested = OPTIONS.iter().find_map(|key| one.get(*key));
    match nested {
        Some(Value::Object(codes)) => {
            rows.extend(codes.iter().map(|(code, words)| row(name, code, &text(words), &label)));
        }
        Some(Value::Array(options)) => rows.extend(options.iter().map(|option| match option {
            Value::Object(option) => {
                row(name, &first(option, &CODES), &first(option, &LABELS), &label)
            }
            option => row(name, &text(option), &text(option), &label),
        })),
        // `"region": {"1": "Wallonia", "2": "Flanders"}`
        _ if label.is_empty() && one.values().all(Value::is_string) => {
            rows.extend(one.iter().map(|(code, words)| row(name, code, &text(words), "")));
        }
        _ => {}
    }
}

fn row(name: &str, code: &str, option: &str, label: &str) -> Vec<String> {
    [name, code, option, label].map(str::to_owned).to_vec()
}

/// The first of some members that there is, as a text.
fn first(one: &Map<String, Value>, keys: &[&str]) -> String {
    keys.iter().find_map(|key| one.get(*key)).map_or(String::new(), text)
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(
        || if value.is_null() { String::new() } else { value.to_string() },
        str::to_owned,
    )
}
