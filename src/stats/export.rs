//! The published results file: one row a number, the same rows and names in
//! JSON and CSV. Numbers have all their digits; what is missing is `null` or
//! an empty cell, never 0.

use std::borrow::Cow;
use std::convert::Infallible;

use rayon::prelude::*;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value as Json, json};

use crate::config::Language;
use crate::markup::no_formula;
use crate::survey::{OptionKey, QuestionKey, SourceKey, Survey, WaveKey};

use super::{Cut, Estimate, IntervalMethod, Lost, Meta, Results, Test, Value};

/// What the file takes from elsewhere: the words, and how numbers are printed.
pub struct Printed<'a> {
    /// The questions and options with their labels.
    pub survey: &'a Survey,
    /// The language of the labels.
    pub language: &'a Language,
    /// The exact text that is printed for a row: `33 %`, `<1 %`, `–`.
    pub display: &'a (dyn Fn(&Estimate) -> String + Sync),
    /// The lowest and highest share, whatever those who did not answer think.
    pub bounds: &'a (dyn Fn(&Estimate) -> Option<(f64, f64)> + Sync),
    /// The estimate weighted to the population, and the breakdown whose groups
    /// were weighted.
    pub weighted: &'a (dyn Fn(&Estimate) -> Option<(f64, QuestionKey)> + Sync),
    /// The base of a question in words.
    pub base: &'a (dyn Fn(&QuestionKey) -> String + Sync),
    /// SHA-256 of each input file, by path.
    pub inputs: &'a [(String, String)],
    /// Warnings of the build, as printed.
    pub warnings: &'a [String],
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
    /// Any text.
    Text,
    /// One of these texts.
    Coded(&'static [&'static str]),
    /// A number with all its digits.
    Number,
    /// A whole number.
    Count,
    /// `true` or `false`.
    Truth,
}

/// The columns of estimates, in order.
pub const ESTIMATES: [(&str, FieldType); 32] = [
    ("question", FieldType::Text),
    ("item", FieldType::Text),
    ("label_question", FieldType::Text),
    ("label_item", FieldType::Text),
    ("estimator", FieldType::Text),
    ("group_var", FieldType::Text),
    ("group", FieldType::Text),
    ("wave", FieldType::Text),
    ("level", FieldType::Number),
    ("fpc", FieldType::Truth),
    ("estimate", FieldType::Number),
    ("se", FieldType::Number),
    ("ci_low", FieldType::Number),
    ("ci_high", FieldType::Number),
    ("ci_method", FieldType::Coded(&METHODS)),
    ("df", FieldType::Number),
    ("n", FieldType::Count),
    ("weighted_n", FieldType::Number),
    ("n_eff_kish", FieldType::Number),
    ("deff", FieldType::Number),
    ("deff_wr", FieldType::Number),
    ("base", FieldType::Text),
    ("display", FieldType::Text),
    ("display_value", FieldType::Count),
    ("flag", FieldType::Coded(&FLAGS)),
    ("provenance", FieldType::Coded(&PROVENANCES)),
    ("source", FieldType::Text),
    ("note", FieldType::Text),
    ("bound_low", FieldType::Number),
    ("bound_high", FieldType::Number),
    ("poststratified", FieldType::Number),
    ("poststratified_by", FieldType::Text),
];

/// A row: the names of its columns with what stands in them.
struct Row<'a>(Vec<(&'static str, Cell<'a>)>);

/// What stands in a cell.
enum Cell<'a> {
    Nothing,
    Text(Cow<'a, str>),
    Truth(bool),
    Count(u64),
    Number(f64),
    List(Vec<&'a str>),
}

impl Row<'_> {
    /// Adds the row as an object. The names of columns need no escape.
    fn put(&self, json: &mut Vec<u8>) {
        let mut before = b'{';
        for (name, cell) in &self.0 {
            json.extend([before, b'"']);
            json.extend(name.as_bytes());
            json.extend(b"\":");
            put(json, cell);
            before = b',';
        }
        json.push(b'}');
    }
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Truth(truth) => serializer.serialize_bool(*truth),
            Self::Count(count) => serializer.serialize_u64(*count),
            Self::Number(number) => match integer(*number) {
                Some(whole) => serializer.serialize_i64(whole),
                None if number.is_finite() => serializer.serialize_f64(*number),
                None => serializer.serialize_none(),
            },
            Self::List(items) => serializer.collect_seq(items),
        }
    }
}

impl<'a> Cell<'a> {
    fn text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Nothing, Self::from)
    }

    fn count<C: TryInto<u64>>(count: Option<C>) -> Self {
        count.and_then(|count| count.try_into().ok()).map_or(Self::Nothing, Self::Count)
    }

    fn number(number: Option<f64>) -> Self {
        number.map_or(Self::Nothing, Self::Number)
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<bool> for Cell<'_> {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

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

fn put(bytes: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(bytes, value).expect("memory takes what is written");
}

/// The name of a cut and of its group: `region_x_nature`, `Wallonia | rural`.
pub fn group(cut: &Cut, meta: &Meta) -> (String, String) {
    match cut.conditions() {
        [] => ("all".to_owned(), "all".to_owned()),
        [(breakdown, group)] => (breakdown.to_string(), group.to_string()),
        conditions => {
            let names: Vec<&QuestionKey> = conditions.iter().map(|(name, _)| name).collect();
            let crossing = meta.crossings.iter().find(|(a, b)| names == [a, b] || names == [b, a]);
            let turned = crossing.is_some_and(|(a, _)| names[0] != a);
            let mut ordered: Vec<_> = conditions.iter().collect();
            if turned {
                ordered.reverse();
            }
            let join = |parts: Vec<String>, by: &str| parts.join(by);
            (
                join(ordered.iter().map(|(name, _)| name.to_string()).collect(), "_x_"),
                join(ordered.iter().map(|(_, group)| group.to_string()).collect(), " | "),
            )
        }
    }
}

fn estimate<'a>(row: &'a Estimate, results: &'a Results, printed: &Printed<'a>) -> Row<'a> {
    let question = printed.survey.codebook.question(row.question.as_str());
    let label = question.map(|question| question.label.get(printed.language));
    let option = row.item.as_ref().and_then(|item| question?.option(item.as_str()));
    let item = row.item.as_ref().map_or("", |item| item.as_str());
    let label_item = option.map_or(item, |option| option.label.get(printed.language));
    let (group_var, group) = group(&row.cut, &results.meta);
    let method = match &row.value {
        Value::Shown { method, .. } => method_name(*method),
        Value::Hidden | Value::Empty => "none",
    };
    let precision = row.value.precision();
    let limits = precision.map_or_else(
        || (row.value.interval().map(|i| i.0), row.value.interval().map(|i| i.1)),
        |precision| precision.limits,
    );
    let weighted_n = match &row.value {
        Value::Empty => Some(0.0),
        _ => precision.map(|precision| precision.weighted_n),
    };
    let percent = precision.and_then(|precision| precision.percent);
    let bounds = (printed.bounds)(row);
    let (weighted, weighted_by) = (printed.weighted)(row).unzip();
    let cells = [
        Cell::from(row.question.as_str()),
        Cell::from(item),
        Cell::from(label.unwrap_or_default()),
        Cell::from(label_item),
        Cell::from(row.estimator.name()),
        Cell::from(group_var),
        Cell::from(group),
        Cell::text(row.wave.as_ref().map(WaveKey::as_str)),
        Cell::Number(results.meta.level),
        Cell::from(precision.is_some_and(|precision| precision.fpc)),
        Cell::number(row.value.estimate()),
        Cell::number(precision.and_then(|precision| precision.se)),
        Cell::number(limits.0),
        Cell::number(limits.1),
        Cell::from(method),
        Cell::number(precision.map(|precision| precision.df)),
        Cell::count(row.n),
        Cell::number(weighted_n),
        Cell::number(precision.map(|precision| precision.n_eff_kish)),
        Cell::number(precision.and_then(|precision| precision.deff)),
        Cell::number(precision.and_then(|precision| precision.deff_wr)),
        Cell::from((printed.base)(&row.question)),
        Cell::from((printed.display)(row)),
        Cell::count(percent),
        Cell::from(row.value.flag()),
        Cell::from(row.provenance.name()),
        Cell::text(row.source.as_ref().map(SourceKey::as_str)),
        Cell::text(row.note().map(|note| note.get(printed.language))),
        Cell::number(bounds.map(|bounds| bounds.0)),
        Cell::number(bounds.map(|bounds| bounds.1)),
        Cell::number(weighted),
        weighted_by.map_or(Cell::Nothing, |by| Cell::from(by.to_string())),
    ];
    Row(ESTIMATES.into_iter().map(|(name, _)| name).zip(cells).collect())
}

fn test<'a>(test: &'a Test, meta: &Meta) -> Row<'a> {
    let wave = meta.waves.iter().find(|wave| wave.wave == test.wave);
    let thinness = test.thinness.as_ref();
    let breakdown = test.group_var.as_ref().map_or("all", QuestionKey::as_str);
    let everybody = test.group_var.is_none().then_some("all");
    let group = test.group.as_ref().map(OptionKey::as_str).or(everybody);
    let groups: Vec<&str> = test.groups.iter().map(OptionKey::as_str).collect();
    let pairs = vec![
        ("test", Cell::from(test.kind.name())),
        ("question", Cell::from(test.question.as_str())),
        ("item", Cell::from(test.item_name.as_str())),
        ("estimator", Cell::from(test.estimator.name())),
        ("item_ref", Cell::text(test.item_reference.as_ref().map(OptionKey::as_str))),
        ("row", Cell::text(test.row.as_deref())),
        ("col", Cell::text(test.row.as_ref().map(|_| breakdown))),
        ("group_var", Cell::from(breakdown)),
        ("group_ref", Cell::text(test.reference.as_ref().map(OptionKey::as_str))),
        ("group", Cell::text(group)),
        ("wave", Cell::from(test.wave.as_str())),
        ("wave_before", Cell::text(test.wave_before.as_ref().map(WaveKey::as_str))),
        ("n_ref", Cell::count(test.n_reference)),
        ("n", Cell::Count(test.n)),
        ("difference", Cell::number(test.difference)),
        ("se", Cell::number(test.se)),
        ("ci_low", Cell::number(test.interval.map(|limits| limits.0))),
        ("ci_high", Cell::number(test.interval.map(|limits| limits.1))),
        ("statistic", Cell::number(test.statistic)),
        ("ndf", Cell::number(test.ndf)),
        ("ddf", Cell::number(test.ddf)),
        ("df", Cell::number(test.df)),
        ("p_value", Cell::number(test.p_value)),
        ("p_holm", Cell::number(test.p_holm)),
        ("family", Cell::from(test.family.as_str())),
        ("fpc", Cell::from(test.fpc)),
        ("groups", Cell::List(groups)),
        ("min_expected_unweighted", Cell::number(thinness.map(|t| t.min_expected))),
        ("share_expected_lt5", Cell::number(thinness.map(|t| t.share_under_five))),
        ("empty_cells", Cell::count(thinness.map(|t| t.empty_cells))),
        ("flag", Cell::from(test.flag.name())),
        ("verdict", Cell::from(test.verdict.name())),
        ("provenance", Cell::text(wave.map(|wave| wave.provenance.name()))),
    ];
    Row(pairs)
}

fn meta(meta: &Meta, printed: &Printed<'_>) -> Json {
    let waves: Vec<Json> = meta
        .waves
        .iter()
        .map(|wave| {
            let strata: Vec<Json> = wave
                .strata
                .iter()
                .map(|stratum| {
                    let f =
                        stratum.population.map(|population| stratum.sampled as f64 / population);
                    json!({
                        "name": stratum.name,
                        "n": stratum.sampled,
                        "N": real(stratum.population),
                        "f": real(f),
                    })
                })
                .collect();
            let groups: Vec<Json> = wave
                .groups
                .iter()
                .flat_map(|(cut, n)| cut.conditions().iter().map(move |one| (one, n)))
                .map(|((breakdown, group), n)| {
                    json!({ "group_var": breakdown.as_str(), "group": group.as_str(), "n": n })
                })
                .collect();
            let raking = wave.raking.as_ref().map(|report| {
                json!({
                    "margins": report.margins,
                    "rounds": report.rounds,
                    "min_weight": real(Some(report.min_weight)),
                    "max_weight": real(Some(report.max_weight)),
                    "n_eff_kish": real(Some(report.n_eff_kish)),
                })
            });
            json!({
                "wave": wave.wave.as_str(),
                "responses": wave.provenance.name(),
                "tally": wave.tally.as_ref().map(|lost| {
                    json!({ "without": lost.iter().map(Lost::name).collect::<Vec<_>>() })
                }),
                "respondents": wave.respondents,
                "groups": groups,
                "clusters": wave.clusters,
                "weighted_n": real(Some(wave.weighted_n)),
                "n_eff_kish": real(Some(wave.n_eff_kish)),
                "lonely_stratum": wave.lonely,
                "strata": strata,
                "raking": raking,
            })
        })
        .collect();
    let inputs: Map<String, Json> =
        printed.inputs.iter().map(|(path, hash)| (path.clone(), json!(hash))).collect();
    json!({
        "tool": "barometer",
        "version": env!("CARGO_PKG_VERSION"),
        "level": meta.level,
        "hide_below": meta.hide_below,
        "hidden_groups": meta.hidden_groups,
        "tests_run": meta.tests_run,
        "waves": waves,
        "inputs": inputs,
        "warnings": printed.warnings,
    })
}

/// A number with all its digits: whole ones without a fraction, and nothing
/// for what is not a number.
fn real(value: Option<f64>) -> Json {
    let value = value.filter(|value| value.is_finite());
    value.map_or(Json::Null, |value| {
        integer(value).map_or_else(|| json!(value), |whole| json!(whole))
    })
}

/// A number without a fraction.
fn integer(value: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (value.fract().abs() <= 0.0 && value.abs() < EXACT).then_some(value as i64)
}

/// Every name of a method, of a flag and of a provenance.
const METHODS: [&str; 7] =
    ["beta", "cp_zero_or_one", "zero_variance", "t", "woodruff_p_centred", "no_df", "none"];
const FLAGS: [&str; 5] = ["ok", "low_n", "low_df", "hidden", "empty"];
/// Every provenance by name.
pub const PROVENANCES: [&str; 4] = ["collected", "published", "simulated", "other_study"];

fn method_name(method: IntervalMethod) -> &'static str {
    match method {
        IntervalMethod::Beta => "beta",
        IntervalMethod::CpZeroOrOne => "cp_zero_or_one",
        IntervalMethod::ZeroVariance => "zero_variance",
        IntervalMethod::T => "t",
        IntervalMethod::Woodruff => "woodruff_p_centred",
        IntervalMethod::NoDf => "no_df",
        IntervalMethod::None => "none",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Flag, Provenance};

    #[test]
    fn every_code_is_listed() {
        let methods = [
            IntervalMethod::Beta,
            IntervalMethod::CpZeroOrOne,
            IntervalMethod::ZeroVariance,
            IntervalMethod::T,
            IntervalMethod::Woodruff,
            IntervalMethod::NoDf,
            IntervalMethod::None,
        ];
        assert_eq!(methods.map(method_name), METHODS);
        for flag in [Flag::Ok, Flag::LowBase, Flag::LowDf] {
            assert!(FLAGS.contains(&flag.name()));
        }
        for provenance in [
            Provenance::Collected,
            Provenance::Published,
            Provenance::Simulated,
            Provenance::OtherStudy,
        ] {
            assert!(PROVENANCES.contains(&provenance.name()));
        }
    }
}
