//! `datapackage.json`: what the open data are, for programs that read data
//! packages (Frictionless Data, version 2).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::archive::{self, Member};
use super::microdata;
use crate::config::Config;
use crate::figure::{Scope, hex};
use crate::page::{DataFile, File, answers_title, codebook_meaning, license_url, result_columns};
use crate::stats::OpenAnswers;
use crate::stats::export::FieldType;
use crate::survey::{OpenTable, slug};

/// The files of the package as they are written.
#[derive(Debug)]
pub struct Package {
    name: String,
    day: Option<Date>,
    files: BTreeMap<String, Written>,
}

/// What is known of a file, or of its first parts.
#[derive(Debug)]
struct Written {
    sum: Sha256,
    length: u64,
    packed: Member,
}

/// The folder whose files the package describes.
const FOLDER: &str = "data/";

/// The most letters of its name: file systems take 255, readers fewer.
const LONGEST: usize = 80;

/// How far on a reader is told of a file.
fn place(path: &str) -> usize {
    match path {
        "data/results.csv" => 0,
        "data/results.json" => 1,
        "data/codebook/survey.csv" => 3,
        "data/codebook/choices.csv" => 4,
        "data/datapackage.json" => 5,
        _answers => 2,
    }
}

impl Package {
    /// A package without files.
    pub fn new(scope: &Scope<'_>) -> Self {
        Self { name: name(scope), day: scope.config.site.published, files: BTreeMap::new() }
    }

    /// Sums and packs a file, or the next part of it.
    pub fn add(&mut self, path: &str, bytes: &[u8]) {
        let file = self.files.entry(path.to_owned()).or_insert_with(|| Written {
            sum: Sha256::new(),
            length: 0,
            packed: Member::new(path.strip_prefix(FOLDER).unwrap_or(path), self.day),
        });
        file.sum.update(bytes);
        file.length += length(bytes);
        file.packed.add(bytes);
    }

    /// Describes the results, the answers and the tables of the codebook.
    pub fn file(
        &self,
        scope: &Scope<'_>,
        answers: &[OpenAnswers<'_>],
        tables: &[OpenTable],
    ) -> File {
        let mut resources = vec![
            self.resource("results", "data/results.csv", Some(results(scope))),
            self.resource("results-json", "data/results.json", None),
        ];
        resources.extend(answers.iter().map(|wave| {
            let name = wave.path.strip_prefix(FOLDER).unwrap_or(&wave.path);
            let fields = wave.columns.iter().map(|column| microdata::field(scope, column));
            let name = slug(name.strip_suffix(".csv").unwrap_or(name));
            let mut resource = self.resource(&name, &wave.path, Some(fields.collect()));
            resource["title"] = answers_title(scope, wave.wave).into();
            resource
        }));
        resources.extend(tables.iter().map(|table| {
            let name = table.path.rsplit('/').next().unwrap_or(table.path);
            let name = format!("codebook-{}", name.strip_suffix(".csv").unwrap_or(name));
            let fields = table.columns.iter().map(|name| {
                let mut field = field(name, FieldType::Text);
                if let Some(meaning) = codebook_meaning(scope, name) {
                    field["description"] = meaning.into();
                }
                field
            });
            self.resource(&name, table.path, Some(fields.collect()))
        }));
        let mut package = described(scope);
        package.insert("resources".to_owned(), resources.into());
        let package = Value::Object(package);
        let path = format!("{FOLDER}datapackage.json");
        File { path, bytes: format!("{package:#}\n").into_bytes() }
    }

    /// All the files in one, and what there is then to take away, with its
    /// sum: that archive, and what is in it, results first.
    pub fn packed(self) -> (File, Vec<DataFile>) {
        let mut files: Vec<_> = self.files.into_iter().collect();
        files.sort_by_key(|(path, _)| place(path));
        let (listed, members): (Vec<_>, Vec<_>) = files
            .into_iter()
            .map(|(path, Written { sum, length: bytes, packed })| {
                (DataFile { path, bytes, sha256: hex(&sum.finalize()) }, packed)
            })
            .unzip();
        let bytes = archive::pack(members.into_iter());
        let archive = File { path: format!("{FOLDER}{}.zip", self.name), bytes };
        let first = DataFile {
            path: archive.path.clone(),
            bytes: length(&archive.bytes),
            sha256: hex(&Sha256::digest(&archive.bytes)),
        };
        (archive, [first].into_iter().chain(listed).collect())
    }

    /// A file of the package; a table has fields.
    fn resource(&self, name: &str, path: &str, fields: Option<Vec<Value>>) -> Value {
        let mut resource = Map::new();
        let mut set = |key: &str, value: Value| resource.insert(key.to_owned(), value);
        set("name", name.into());
        set("path", path.strip_prefix(FOLDER).unwrap_or(path).into());
        let (format, kind) =
            if fields.is_some() { ("csv", "text/csv") } else { ("json", "application/json") };
        if fields.is_some() {
            set("type", "table".into());
        }
        set("format", format.into());
        set("mediatype", kind.into());
        set("encoding", "utf-8".into());
        if let Some(file) = self.files.get(path) {
            set("bytes", file.length.into());
            let hash = hex(&file.sum.clone().finalize());
            set("hash", format!("sha256:{hash}").into());
        }
        if let Some(fields) = fields {
            set("schema", json!({ "fields": fields, "missingValues": [""] }));
        }
        Value::Object(resource)
    }
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or_default()
}

/// What the package is called, by programs and as a file: as the survey, in
/// letters, digits and hyphens.
fn name(scope: &Scope<'_>) -> String {
    let name = slug(scope.config.survey.name.get(scope.words.language()));
    let name = name.get(..LONGEST).unwrap_or(&name).trim_end_matches('-');
    if name.is_empty() { "data".to_owned() } else { name.to_owned() }
}

/// Everything but the resources.
fn described(scope: &Scope<'_>) -> Map<String, Value> {
    let Config { site, survey, .. } = scope.config;
    let language = scope.words.language();
    let licenses = site.license.as_deref().map(|spdx| {
        let mut license = json!({ "name": spdx });
        if let Some(url) = license_url(spdx) {
            license["path"] = url.into();
        }
        json!([license])
    });
    let sources = scope.survey.sources.iter().map(|source| {
        let mut entry = json!({ "title": source.title });
        if let Some(url) = &source.url {
            entry["path"] = url.value.as_str().into();
        }
        entry
    });
    let topics: BTreeSet<&str> = scope
        .survey
        .codebook
        .questions()
        .iter()
        .filter_map(|question| question.topic.as_deref())
        .collect();
    let keywords = (!topics.is_empty()).then(|| topics.into_iter().collect());
    let facts = [
        ("$schema", Some("https://datapackage.org/profiles/2.0/datapackage.json".into())),
        ("name", Some(name(scope).into())),
        ("title", Some(survey.name.get(language).into())),
        ("description", site.description.as_ref().map(|text| text.get(language).into())),
        ("homepage", site.url.as_deref().map(Value::from)),
        (
            "version",
            // What has no version of its own is known by its day.
            site.version.clone().or(site.published.map(|date| date.to_string())).map(Value::from),
        ),
        ("created", site.published.map(|date| format!("{date}T00:00:00Z").into())),
        (
            "contributors",
            site.author.as_deref().map(|name| json!([{ "title": name, "roles": ["publisher"] }])),
        ),
        ("keywords", keywords),
        ("licenses", licenses),
        ("sources", Some(sources.collect())),
    ];
    facts.into_iter().filter_map(|(key, fact)| Some((key.to_owned(), fact?))).collect()
}

/// The columns of the results; what a coded column can hold is listed, the
/// questions with their wording.
fn results(scope: &Scope<'_>) -> Vec<Value> {
    let rows = scope.results.rows();
    let known: BTreeSet<&str> = rows.iter().map(|row| row.question.as_str()).collect();
    let language = scope.words.language();
    let questions = scope.survey.codebook.questions().iter();
    let questions: Vec<Value> = questions
        .filter(|question| known.contains(question.key.as_str()))
        .map(|question| {
            json!({ "value": question.key.as_str(), "label": question.label.get(language) })
        })
        .collect();
    result_columns(scope)
        .into_iter()
        .map(|column| {
            let mut field = field(column.name, column.kind);
            field["description"] = column.meaning.into();
            if let Some(unit) = column.unit {
                field["unit"] = unit.into();
            }
            if column.name == "question" && !questions.is_empty() {
                field["categories"] = questions.clone().into();
            }
            if !column.values.is_empty() {
                field["categories"] = column.values.into();
            }
            field
        })
        .collect()
}

fn field(name: &str, kind: FieldType) -> Value {
    let kind = match kind {
        FieldType::Text | FieldType::Coded(_) => "string",
        FieldType::Number => "number",
        FieldType::Count => "integer",
        FieldType::Truth => "boolean",
    };
    json!({ "name": name, "type": kind })
}
