//! The schemas that editors read, judged by the few rules of JSON Schema that
//! they use: a rule that is not known here fails.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use barometer::config;
use barometer::diag::Code;
use barometer::sources::Sources;
use serde_json::Value as Json;
use toml::Value;

use crate::project::{Project, files, fixtures, root, run_in};

fn schema(of: &str) -> Json {
    let run = run_in(&root(), &["schema", of]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

/// Whether `value` is as `schema` says.
fn fits(value: &Value, schema: &Json) -> bool {
    if let Json::Bool(anything) = schema {
        return *anything;
    }
    let rules = schema.as_object().unwrap();
    rules.iter().all(|(rule, with)| match rule.as_str() {
        "$schema" | "title" | "description" => true,
        "type" => is_of(value, with.as_str().unwrap(), rules.get("format")),
        // Looked at with the type.
        "format" => ["date", "uri"].contains(&with.as_str().unwrap()),
        "enum" => with.as_array().unwrap().iter().any(|one| one.as_str() == value.as_str()),
        "anyOf" => with.as_array().unwrap().iter().any(|one| fits(value, one)),
        "pattern" => value.as_str().is_none_or(|text| matches(text, with.as_str().unwrap())),
        "minimum" => number(value).is_none_or(|n| n >= with.as_f64().unwrap()),
        "maximum" => number(value).is_none_or(|n| n <= with.as_f64().unwrap()),
        "exclusiveMinimum" => number(value).is_none_or(|n| n > with.as_f64().unwrap()),
        "exclusiveMaximum" => number(value).is_none_or(|n| n < with.as_f64().unwrap()),
        "items" => value.as_array().is_none_or(|list| list.iter().all(|one| fits(one, with))),
        "minItems" => value.as_array().is_none_or(|list| list.len() >= count(with)),
        "uniqueItems" => value.as_array().is_none_or(|list| {
            let texts: BTreeSet<_> = list.iter().map(ToString::to_string).collect();
            texts.len() == list.len()
        }),
        "minProperties" => value.as_table().is_none_or(|table| table.len() >= count(with)),
        "required" => value.as_table().is_none_or(|table| {
            with.as_array().unwrap().iter().all(|key| table.contains_key(key.as_str().unwrap()))
        }),
        "properties" => value.as_table().is_none_or(|table| {
            table.iter().all(|(key, one)| with.get(key).is_none_or(|rules| fits(one, rules)))
        }),
        "patternProperties" => value.as_table().is_none_or(|table| {
            let mut patterns = with.as_object().unwrap().iter();
            patterns.all(|(pattern, rules)| {
                table
                    .iter()
                    .filter(|(key, _)| matches(key, pattern))
                    .all(|(_, one)| fits(one, rules))
            })
        }),
        "additionalProperties" => value.as_table().is_none_or(|table| {
            let named = |key: &str| {
                let known = rules.get("properties").is_some_and(|known| known.get(key).is_some());
                let patterns = rules.get("patternProperties").and_then(Json::as_object);
                known || patterns.is_some_and(|all| all.keys().any(|one| matches(key, one)))
            };
            table.iter().filter(|(key, _)| !named(key)).all(|(_, one)| fits(one, with))
        }),
        other => unreachable!("no rule `{other}` is known"),
    })
}

/// A day of TOML is a text with the format of a date, and no other text is.
fn is_of(value: &Value, wanted: &str, format: Option<&Json>) -> bool {
    match (wanted, value) {
        ("string", Value::Datetime(_)) => format.is_some_and(|format| format == "date"),
        ("string", Value::String(_)) => format.is_none_or(|format| format != "date"),
        ("number", Value::Float(_))
        | ("number" | "integer", Value::Integer(_))
        | ("boolean", Value::Boolean(_))
        | ("array", Value::Array(_))
        | ("object", Value::Table(_)) => true,
        _ => false,
    }
}

#[expect(clippy::cast_precision_loss, reason = "small numbers")]
fn number(value: &Value) -> Option<f64> {
    value.as_float().or_else(|| value.as_integer().map(|number| number as f64))
}

fn count(rule: &Json) -> usize {
    usize::try_from(rule.as_u64().unwrap()).unwrap()
}

fn matches(text: &str, pattern: &str) -> bool {
    match pattern {
        "\\S" => text.contains(|c: char| !c.is_whitespace()),
        "^https?://[^/?#\\s][^?#\\s]*$" => {
            let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
            host.is_some_and(|host| {
                !host.is_empty()
                    && !host.starts_with('/')
                    && !host.contains(|c: char| "?#".contains(c) || c.is_whitespace())
            })
        }
        "^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$" => {
            let mut parts = text.split('-');
            let first = parts.next().unwrap();
            (2..=3).contains(&first.len())
                && first.chars().all(|c| c.is_ascii_alphabetic())
                && parts.all(|p| !p.is_empty() && p.chars().all(|c| c.is_ascii_alphanumeric()))
        }
        other => unreachable!("no pattern `{other}` is known"),
    }
}

fn table(text: &str) -> Option<Value> {
    text.parse::<toml::Table>().ok().map(Value::Table)
}

/// Every `barometer.toml` of this repository.
fn all_settings() -> Vec<(String, String)> {
    let mut all =
        vec![(".".to_owned(), fs::read_to_string(root().join("barometer.toml")).unwrap())];
    for path in files(&fixtures()) {
        if path.file_name().is_some_and(|name| name == "barometer.toml") {
            let text = fs::read_to_string(fixtures().join(&path)).unwrap();
            all.push((path.display().to_string(), text));
        }
    }
    all
}

#[test]
fn settings_are_as_the_schema_says_where_the_program_takes_them() {
    let schema = schema("settings");
    let mut refused = 0;
    for (path, text) in all_settings() {
        let Some(value) = table(&text) else { continue };
        let fits = fits(&value, &schema);
        refused += usize::from(!fits);

        let sources = Sources::from_iter([("barometer.toml", text.into_bytes())]);
        match config::parse(&sources).whole() {
            Ok(_) => assert!(fits, "{path} is taken, but not by the schema"),
            Err(mistakes) => {
                let codes = [Code::UnknownKey, Code::WrongType, Code::MissingKey];
                let form = mistakes.all().iter().any(|one| codes.contains(&one.code()));
                assert!(!(form && fits), "{path} is not taken, but by the schema");
            }
        }
    }
    assert!(3 <= refused, "only {refused} were refused");
}

#[test]
fn the_front_matter_of_every_chapter_is_as_the_schema_says() {
    let schema = schema("front-matter");
    let mut seen = 0;
    for path in files(&root().join("content")) {
        if path.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let text = fs::read_to_string(root().join("content").join(&path)).unwrap();
        let header = text.split("+++\n").nth(1).unwrap();
        assert!(fits(&table(header).unwrap(), &schema), "{}", path.display());
        seen += 1;
    }
    assert!(5 <= seen);
    for wrong in
        ["weight = 1", "title = \"a\"\nsumary = \"b\"", "title = \"a\"\nupdated = \"2018-06-14\""]
    {
        assert!(!fits(&table(wrong).unwrap(), &schema), "{wrong}");
    }
}

#[test]
fn chart_blocks_and_themes_are_as_their_schemas_say() {
    let chart = schema("chart");
    let text = fs::read_to_string(root().join("content/en/themes.md")).unwrap();
    let blocks: Vec<&str> =
        text.split("```chart\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(!blocks.is_empty());
    for block in blocks {
        assert!(fits(&table(block).unwrap(), &chart), "{block}");
    }
    assert!(!fits(&table("question = \"a\"\nkind = \"pie\"").unwrap(), &chart));

    let theme = fs::read_to_string(root().join("themes/barometer/theme.toml")).unwrap();
    assert!(fits(&table(&theme).unwrap(), &schema("theme")));
}

/// The dotted names of the keys of a schema; `*` is a name of the author.
fn keys(schema: &Json, path: &str, into: &mut BTreeSet<String>) {
    let joined = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    for (key, inner) in schema.get("properties").and_then(Json::as_object).into_iter().flatten() {
        into.insert(joined(key));
        keys(inner, &joined(key), into);
    }
    if let Some(inner) = schema.get("additionalProperties").filter(|inner| inner.is_object()) {
        keys(inner, &joined("*"), into);
    }
    if let Some(each) = schema.get("items") {
        keys(each, path, into);
    }
}

/// The dotted names of the keys of a table, as in `keys`.
fn written(value: &Value, schema: &Json, path: &str, into: &mut BTreeSet<String>) {
    let joined = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    for (key, inner) in value.as_table().into_iter().flatten() {
        if let Some(known) = schema.get("properties") {
            into.insert(joined(key));
            written(inner, known.get(key).unwrap_or(&Json::Null), &joined(key), into);
        } else if let Some(each) = schema.get("additionalProperties").filter(|one| one.is_object())
        {
            written(inner, each, &joined("*"), into);
        }
    }
    for each in value.as_array().into_iter().flatten() {
        written(each, &schema["items"], path, into);
    }
}

/// A design may also be that of a wave, which the reference says in words.
fn without_own_design(keys: BTreeSet<String>) -> BTreeSet<String> {
    keys.into_iter().filter(|key| !key.starts_with("waves.*.design")).collect()
}

#[test]
fn the_reference_lists_the_keys_of_the_schema_and_no_others() {
    let docs = fs::read_to_string(root().join("docs/content/en/report.md")).unwrap();

    let settings = schema("settings");
    let example = docs.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let (mut listed, mut told) = (BTreeSet::new(), BTreeSet::new());
    keys(&settings, "", &mut listed);
    let example = table(example).unwrap();
    assert!(fits(&example, &settings));
    written(&example, &settings, "", &mut told);
    assert_eq!(without_own_design(told), without_own_design(listed));

    let chart =
        docs.split("### Chart blocks").nth(1).unwrap().split("| what is shown").next().unwrap();
    assert_eq!(first_cells(chart), top(&schema("chart")));
    let header = docs.split("### Front matter").nth(1).unwrap().split("\n##").next().unwrap();
    assert_eq!(first_cells(header), top(&schema("front-matter")));
}

fn top(schema: &Json) -> BTreeSet<String> {
    schema["properties"].as_object().unwrap().keys().cloned().collect()
}

/// The words between backticks in the first cell of each row.
fn first_cells(text: &str) -> BTreeSet<String> {
    let cells = text.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

#[test]
fn every_key_is_described() {
    fn described(schema: &Json, path: &str) {
        let properties = schema.get("properties").and_then(Json::as_object);
        for (key, inner) in properties.into_iter().flatten() {
            // The forms of a plural are no keys.
            if schema["required"] != serde_json::json!(["other"]) {
                let about = inner["description"].as_str().unwrap_or_default();
                assert!(about.ends_with(['.', '`']) && 8 < about.len(), "{path}.{key}: {about}");
            }
            described(inner, &format!("{path}.{key}"));
        }
    }
    for of in ["settings", "front-matter", "chart", "theme"] {
        described(&schema(of), of);
    }
}

#[test]
fn a_new_report_leads_editors_to_its_schema() {
    let project = Project::empty();

    assert_eq!(project.run(&["new", "report"]).code, 0);

    let folder = project.path().join("report");
    let settings = fs::read_to_string(folder.join("barometer.toml")).unwrap();
    let named = settings.lines().next().unwrap().strip_prefix("#:schema ./").unwrap();
    let written = fs::read_to_string(folder.join(named)).unwrap();
    assert_eq!(written, project.run(&["schema"]).stdout);
    assert!(fits(&table(&settings).unwrap(), &serde_json::from_str(&written).unwrap()));
    assert!(Path::new(named).extension().is_some_and(|ending| ending == "json"));
}
