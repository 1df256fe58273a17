//! What the columns of the open data hold: one source for the page on data and
//! for `datapackage.json`.

use crate::config::{Responses, Simulated, WaveSettings};
use crate::figure::{Scope, wave_label};
use crate::stats::Provenance;
use crate::stats::export::{ESTIMATES, FieldType, PROVENANCES};

/// A column of the open data.
#[derive(Debug)]
pub struct Column {
    /// Its name in the file.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: FieldType,
    /// The values that a coded column can have, of those that are published.
    pub values: Vec<&'static str>,
    /// In what its numbers are counted; `None` of texts and plain numbers.
    pub unit: Option<String>,
    /// What it means, a sentence without its stop.
    pub meaning: String,
}

/// The columns whose numbers have a unit.
const UNITS: [(&str, &str); 13] = [
    ("level", "columns.unit-proportion"),
    ("estimate", "columns.unit-estimate"),
    ("se", "columns.unit-estimate"),
    ("ci_low", "columns.unit-estimate"),
    ("ci_high", "columns.unit-estimate"),
    ("n", "columns.unit-respondents"),
    ("weighted_n", "columns.unit-population"),
    ("n_eff_kish", "columns.unit-respondents"),
    ("display_value", "columns.unit-percent"),
    ("bound_low", "columns.unit-proportion"),
    ("bound_high", "columns.unit-proportion"),
    ("poststratified", "columns.unit-estimate"),
    ("df", "columns.unit-degrees"),
];

/// The columns of `results.csv`, in order.
pub fn result_columns(scope: &Scope<'_>) -> Vec<Column> {
    let columns = ESTIMATES.iter().map(|(name, kind)| Column {
        name,
        kind: *kind,
        values: values(scope, name, *kind),
        unit: unit(scope, name),
        meaning: scope.words.text(&format!("columns.{name}")).to_owned(),
    });
    columns.collect()
}

fn unit(scope: &Scope<'_>, name: &str) -> Option<String> {
    let (_, key) = UNITS.iter().find(|(column, _)| *column == name)?;
    Some(scope.words.text(key).to_owned())
}

/// Hidden answers leave no trace, not even the name of what they would be.
fn values(scope: &Scope<'_>, name: &str, kind: FieldType) -> Vec<&'static str> {
    let FieldType::Coded(values) = kind else { return vec![] };
    let hides = name == "provenance" && scope.config.simulated == Simulated::Hide;
    let is_shown = |value: &&&str| !hides || **value != Provenance::Simulated.name();
    debug_assert!(name != "provenance" || *values == PROVENANCES);
    values.iter().filter(is_shown).copied().collect()
}

/// What a file of answers is, which says so where a program made them up.
pub fn answers_title(scope: &Scope<'_>, wave: &WaveSettings) -> String {
    let key = match wave.responses {
        Responses::Collected => "data.file-answers",
        Responses::Simulated => "data.file-simulated",
    };
    scope.words.fill(key, &[("wave", &wave_label(scope, &wave.key))])
}

/// The columns that a table of the codebook can have, without their language.
pub(super) const QUESTIONS: [&str; 12] = [
    "type",
    "name",
    "label",
    "short",
    "base",
    "parameters",
    "appearance",
    "topic",
    "breakdown",
    "unit",
    "relevant",
    "comparable_from",
];
/// See [`QUESTIONS`].
pub(super) const CHOICES: [&str; 6] = ["list_name", "name", "label", "short", "role", "score"];

/// What a column of the codebook means: of `label::fr`, what `label` does;
/// `None`: a column that this program does not use.
pub fn codebook_meaning(scope: &Scope<'_>, column: &str) -> Option<String> {
    let stem = column.split("::").next().unwrap_or(column).trim_end();
    let is_known = QUESTIONS.contains(&stem) || CHOICES.contains(&stem);
    is_known.then(|| scope.words.text(&format!("codebook.{stem}")).to_owned())
}
