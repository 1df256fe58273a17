//! A list of keys as a JSON Schema, for editors that complete and check while
//! an author writes. It says what a file may look like; whether a question or
//! a file that it names exists is known to a build alone.

use serde_json::{Map, Value, json};

use super::key::{Key, Takes};
use super::text::PLURALS;

/// A language tag, roughly: a build reads it exactly.
const TAG: &str = "^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$";

/// A string that says something.
const FILLED: &str = "\\S";

/// The schema (2020-12) of a file that `takes` describes, as text.
pub fn schema(title: &str, takes: &Takes) -> String {
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
    schema.insert("title".to_owned(), title.into());
    if let Value::Object(rest) = of(takes) {
        schema.extend(rest);
    }
    format!("{:#}\n", Value::Object(schema))
}

/// What a value must be.
fn of(takes: &Takes) -> Value {
    match takes {
        Takes::Text => json!({ "type": "string" }),
        Takes::Address => {
            json!({ "type": "string", "format": "uri", "pattern": "^https?://[^/?#\\s][^?#\\s]*$" })
        }
        Takes::Texts => json!({ "type": "array", "items": of(&Takes::Text) }),
        Takes::TextOrTexts => json!({ "anyOf": [of(&Takes::Text), of(&Takes::Texts)] }),
        Takes::Languages => json!({
            "type": "array",
            "items": { "type": "string", "pattern": TAG },
            "minItems": 1,
            "uniqueItems": true,
        }),
        Takes::Number => json!({ "type": "number" }),
        Takes::Proportion => {
            json!({ "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1 })
        }
        Takes::Count => json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }),
        Takes::Boolean => json!({ "type": "boolean" }),
        // JSON has no days: validators of TOML hand them over as text.
        Takes::Date => json!({ "type": "string", "format": "date" }),
        Takes::Words(words) => json!({ "enum": words }),
        Takes::Translated => json!({ "anyOf": [filled(), by_language(&of(&Takes::Text))] }),
        Takes::Noun => {
            let forms = json!({ "anyOf": [of(&Takes::Text), forms()] });
            json!({ "anyOf": [of(&Takes::Text), self::forms(), by_language(&forms)] })
        }
        Takes::Population => {
            json!({ "anyOf": [{ "type": "integer", "minimum": 1 }, filled()] })
        }
        Takes::Table(keys) => table(keys),
        Takes::Tables(keys) => json!({ "type": "array", "items": table(keys) }),
        Takes::Each(inner) => json!({ "type": "object", "additionalProperties": of(inner) }),
    }
}

fn filled() -> Value {
    json!({ "type": "string", "pattern": FILLED })
}

fn by_language(inner: &Value) -> Value {
    json!({
        "type": "object",
        "patternProperties": { TAG: inner },
        "additionalProperties": false,
        "minProperties": 1,
    })
}

/// A noun by its plural categories.
fn forms() -> Value {
    let forms = PLURALS.map(|form| (form.to_owned(), of(&Takes::Text)));
    json!({
        "type": "object",
        "properties": Map::from_iter(forms),
        "required": ["other"],
        "additionalProperties": false,
    })
}

fn table(keys: &[Key]) -> Value {
    let property = |key: &Key| {
        let mut schema = Map::new();
        schema.insert("description".to_owned(), key.about.into());
        if let Value::Object(rest) = of(&key.takes) {
            schema.extend(rest);
        }
        (key.name.to_owned(), Value::Object(schema))
    };
    let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut table = Map::new();
    table.insert("type".to_owned(), "object".into());
    table.insert("properties".to_owned(), keys.iter().map(property).collect::<Map<_, _>>().into());
    if !required.is_empty() {
        table.insert("required".to_owned(), required.into());
    }
    table.insert("additionalProperties".to_owned(), false.into());
    Value::Object(table)
}

/// Proof that a reader reads what its list says: one for each list of keys.
#[cfg(test)]
pub(crate) mod proof {
    use super::Takes;
    use crate::diag::{Code, Outcome};

    /// Hands to `read` texts made of the list: one with every key, from which
    /// nothing may be refused for its key or its type; then one for each key
    /// in which that key has a value that no key takes.
    pub(crate) fn read_as_listed(takes: &'static Takes, read: impl Fn(&str) -> Outcome<()>) {
        let refused = |text: &str| {
            let codes = [Code::UnknownKey, Code::WrongType, Code::MissingKey];
            let mut found = match read(text) {
                Ok(checked) => checked.warnings,
                Err(mistakes) => mistakes.all().to_vec(),
            };
            found.retain(|one| codes.contains(&one.code()));
            found
        };
        let found = refused(&lines(takes, &[]));
        assert!(found.is_empty(), "{found:?}");
        let paths = paths(takes);
        assert!(5 <= paths.len());
        for path in paths {
            let names: Vec<&str> = path.iter().map(String::as_str).collect();
            let found = refused(&lines(takes, &names));
            assert!(found.iter().any(|one| one.code() == Code::WrongType), "{path:?}: {found:?}");
        }
    }

    /// The path of every key.
    pub(crate) fn paths(takes: &'static Takes) -> Vec<Vec<String>> {
        let below = |name: &str, inner: &'static Takes| {
            let own = std::iter::once(vec![name.to_owned()]);
            own.chain(paths(inner).into_iter().map(|mut path| {
                path.insert(0, name.to_owned());
                path
            }))
            .collect::<Vec<_>>()
        };
        match takes {
            Takes::Table(keys) | Takes::Tables(keys) => {
                keys.iter().flat_map(|key| below(key.name, &key.takes)).collect()
            }
            Takes::Each(inner) => below(NAME, inner),
            _ => vec![],
        }
    }

    /// A name of anything.
    const NAME: &str = "a";

    /// Names among which there is a wave and a pair of breakdowns.
    const NAMES: [&str; 2] = [NAME, "a*b"];

    fn lines(takes: &'static Takes, wrong: &[&str]) -> String {
        takes
            .keys()
            .iter()
            .map(|key| format!("{} = {}", key.name, value(&key.takes, beyond(wrong, key.name))))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// What is left of a path behind its first name.
    fn beyond<'p>(path: &'p [&'p str], name: &str) -> Option<&'p [&'p str]> {
        path.split_first().filter(|(first, _)| **first == name).map(|(_, rest)| rest)
    }

    /// A value that `takes` describes; where `wrong` is empty, one that no
    /// key takes.
    fn value(takes: &'static Takes, wrong: Option<&[&str]>) -> String {
        if wrong.is_some_and(<[&str]>::is_empty) {
            return "12:00:00".to_owned();
        }
        let inside = |name: &str, inner: &'static Takes| {
            let wrong = wrong.and_then(|path| beyond(path, name));
            format!("\"{name}\" = {}", value(inner, wrong))
        };
        match takes {
            Takes::Text => format!("\"{NAME}\""),
            Takes::Address => "\"https://example.org/\"".to_owned(),
            Takes::Texts | Takes::TextOrTexts => format!("{NAMES:?}"),
            Takes::Languages => "[\"fr\"]".to_owned(),
            Takes::Number | Takes::Count | Takes::Population => "5".to_owned(),
            Takes::Proportion => "0.5".to_owned(),
            Takes::Boolean => "true".to_owned(),
            Takes::Date => "2018-06-14".to_owned(),
            Takes::Words(words) => serde_json::Value::from(words[0]).to_string(),
            Takes::Translated => "{ fr = \"a\" }".to_owned(),
            Takes::Noun => "{ fr = { one = \"a\", other = \"b\" } }".to_owned(),
            Takes::Table(keys) => {
                let keys: Vec<_> = keys.iter().map(|key| inside(key.name, &key.takes)).collect();
                format!("{{ {} }}", keys.join(", "))
            }
            Takes::Tables(keys) => {
                let keys: Vec<_> = keys.iter().map(|key| inside(key.name, &key.takes)).collect();
                format!("[{{ {} }}]", keys.join(", "))
            }
            Takes::Each(inner) => format!("{{ {} }}", inside(NAME, inner)),
        }
    }
}
