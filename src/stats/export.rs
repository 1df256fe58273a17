//! The published results file: one row a number, the same rows and names in
//! JSON and CSV. Numbers have all their digits; what is missing is `null` or
//! an empty cell, never 0.

use serde_json::{Map, Value as Json, json};

use crate::config::Language;
use crate::survey::{OptionKey, QuestionKey, SourceKey, Survey, WaveKey};

use super::{Cut, Estimate, Flag, IntervalMethod, Meta, Results, Test, Value};

/// What the file takes from elsewhere: the words, and how numbers are printed.
pub struct Printed<'a> {
    /// The questions and options with their labels.
    pub survey: &'a Survey,
    /// The language of the labels.
    pub language: &'a Language,
    /// The exact text that is printed for a row: `33 %`, `<1 %`, `–`.
    pub display: &'a dyn Fn(&Estimate) -> String,
    /// The base of a question in words.
    pub base: &'a dyn Fn(&QuestionKey) -> String,
    /// SHA-256 of each input file, by path.
    pub inputs: &'a [(String, String)],
    /// Warnings of the build, as printed.
    pub warnings: &'a [String],
}

/// The columns of estimates, in order.
const ESTIMATES: [&str; 28] = [
    "question",
    "item",
    "label_question",
    "label_item",
    "estimator",
    "group_var",
    "group",
    "wave",
    "level",
    "fpc",
    "estimate",
    "se",
    "ci_low",
    "ci_high",
    "ci_method",
    "df",
    "n",
    "weighted_n",
    "n_eff_kish",
    "deff",
    "deff_wr",
    "base",
    "display",
    "display_value",
    "flag",
    "provenance",
    "source",
    "note",
];

/// Writes `results.json`: `meta`, `estimates` and `tests`.
pub fn json(results: &Results, printed: &Printed<'_>) -> Vec<u8> {
    let mut bytes = b"{\n\"meta\": ".to_vec();
    put(&mut bytes, &meta(&results.meta, printed));
    let estimates = results.rows().iter().map(|row| estimate(row, results, printed));
    put_all(&mut bytes, "estimates", estimates);
    put_all(&mut bytes, "tests", results.tests().iter().map(test));
    bytes.extend(b"\n}\n");
    bytes
}

/// A row at a time: a large report has more rows than should be held as JSON.
fn put_all(bytes: &mut Vec<u8>, name: &str, rows: impl Iterator<Item = Map<String, Json>>) {
    bytes.extend(format!(",\n\"{name}\": [").as_bytes());
    for (at, row) in rows.enumerate() {
        bytes.extend(if at == 0 { b"\n".as_slice() } else { b",\n" });
        put(bytes, &Json::Object(row));
    }
    bytes.extend(b"\n]");
}

fn put(bytes: &mut Vec<u8>, value: &Json) {
    serde_json::to_writer(bytes, value).expect("memory takes what is written");
}

/// Writes `results.csv`: the estimates.
pub fn csv(results: &Results, printed: &Printed<'_>) -> Vec<u8> {
    let rows = results.rows().iter().map(|row| estimate(row, results, printed));
    table(&ESTIMATES, rows)
}

/// Writes the tests as a table, with the columns of the JSON.
pub fn tests_csv(results: &Results) -> Vec<u8> {
    let rows: Vec<Map<String, Json>> = results.tests().iter().map(test).collect();
    let columns: Vec<String> =
        rows.first().map(|row| row.keys().cloned().collect()).unwrap_or_default();
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    table(&columns, rows.into_iter())
}

/// Writes one estimate per row, such as those of one figure.
pub fn rows_csv<'r>(
    rows: impl Iterator<Item = &'r Estimate>,
    results: &Results,
    printed: &Printed<'_>,
) -> Vec<u8> {
    table(&ESTIMATES, rows.map(|row| estimate(row, results, printed)))
}

fn table(columns: &[&str], rows: impl Iterator<Item = Map<String, Json>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().from_writer(vec![]);
    let write = |record: Vec<String>, writer: &mut csv::Writer<Vec<u8>>| {
        writer.write_record(record).expect("memory takes what is written");
    };
    write(columns.iter().map(|name| (*name).to_owned()).collect(), &mut writer);
    for row in rows {
        let cell = |name: &&str| match row.get(*name) {
            None | Some(Json::Null) => String::new(),
            Some(Json::String(text)) => text.clone(),
            Some(Json::Array(items)) => items
                .iter()
                .map(|item| item.as_str().unwrap_or_default())
                .collect::<Vec<_>>()
                .join("; "),
            Some(other) => other.to_string(),
        };
        write(columns.iter().map(cell).collect(), &mut writer);
    }
    writer.into_inner().expect("memory takes what is written")
}

/// The name of a cut and of its group: `region_x_nature`, `Wallonia | rural`.
fn group(cut: &Cut, meta: &Meta) -> (String, String) {
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

fn estimate(row: &Estimate, results: &Results, printed: &Printed<'_>) -> Map<String, Json> {
    let question = printed.survey.codebook.question(row.question.as_str());
    let label = question.map(|question| question.label.get(printed.language));
    let option = row.item.as_ref().and_then(|item| question?.option(item.as_str()));
    let item = row.item.as_ref().map_or("", |item| item.as_str());
    let label_item = option.map_or(item, |option| option.label.get(printed.language));
    let (group_var, group) = group(&row.cut, &results.meta);
    let (method, flag) = match &row.value {
        Value::Shown { method, flag, .. } => (method_name(*method), flag_name(*flag)),
        Value::Hidden => ("none", "hidden"),
        Value::Empty => ("none", "empty"),
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
    let cells = [
        json!(row.question.as_str()),
        json!(item),
        json!(label.unwrap_or_default()),
        json!(label_item),
        json!(row.estimator.name()),
        json!(group_var),
        json!(group),
        json!(row.wave.as_ref().map(WaveKey::as_str)),
        json!(results.meta.level),
        json!(precision.is_some_and(|precision| precision.fpc)),
        real(row.value.estimate()),
        real(precision.and_then(|precision| precision.se)),
        real(limits.0),
        real(limits.1),
        json!(method),
        real(precision.map(|precision| precision.df)),
        json!(row.n),
        real(weighted_n),
        real(precision.map(|precision| precision.n_eff_kish)),
        real(precision.and_then(|precision| precision.deff)),
        real(precision.and_then(|precision| precision.deff_wr)),
        json!((printed.base)(&row.question)),
        json!((printed.display)(row)),
        json!(percent),
        json!(flag),
        json!(row.provenance.name()),
        json!(row.source.as_ref().map(SourceKey::as_str)),
        json!(row.note),
    ];
    ESTIMATES.iter().map(|name| (*name).to_owned()).zip(cells).collect()
}

fn test(test: &Test) -> Map<String, Json> {
    let thinness = test.thinness.as_ref();
    let text = |key: Option<&str>| key.map_or(Json::Null, |key| json!(key));
    let breakdown = test.group_var.as_ref().map_or("all", QuestionKey::as_str);
    let everybody = test.group_var.is_none().then_some("all");
    let group = test.group.as_ref().map(OptionKey::as_str).or(everybody);
    let groups: Vec<&str> = test.groups.iter().map(OptionKey::as_str).collect();
    let pairs = [
        ("test", json!(test.kind.name())),
        ("question", json!(test.question.as_str())),
        ("item", json!(test.item_name)),
        ("estimator", json!(test.estimator.name())),
        ("item_ref", text(test.item_reference.as_ref().map(OptionKey::as_str))),
        ("row", text(test.row.as_deref())),
        ("col", text(test.row.as_ref().map(|_| breakdown))),
        ("group_var", json!(breakdown)),
        ("group_ref", text(test.reference.as_ref().map(OptionKey::as_str))),
        ("group", text(group)),
        ("wave", json!(test.wave.as_str())),
        ("wave_before", text(test.wave_before.as_ref().map(WaveKey::as_str))),
        ("n_ref", json!(test.n_reference)),
        ("n", json!(test.n)),
        ("difference", real(test.difference)),
        ("se", real(test.se)),
        ("ci_low", real(test.interval.map(|limits| limits.0))),
        ("ci_high", real(test.interval.map(|limits| limits.1))),
        ("statistic", real(test.statistic)),
        ("ndf", real(test.ndf)),
        ("ddf", real(test.ddf)),
        ("df", real(test.df)),
        ("p_value", real(test.p_value)),
        ("p_holm", real(test.p_holm)),
        ("family", json!(test.family)),
        ("fpc", json!(test.fpc)),
        ("groups", json!(groups)),
        ("min_expected_unweighted", real(thinness.map(|t| t.min_expected))),
        ("share_expected_lt5", real(thinness.map(|t| t.share_under_five))),
        ("empty_cells", json!(thinness.map(|t| t.empty_cells))),
        ("flag", json!(test.flag.name())),
        ("verdict", json!(test.verdict.name())),
    ];
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
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
                "respondents": wave.respondents,
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
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value {
        Some(value) if value.is_finite() => {
            if value.fract().abs() <= 0.0 && value.abs() < EXACT {
                json!(value as i64)
            } else {
                json!(value)
            }
        }
        _ => Json::Null,
    }
}

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

fn flag_name(flag: Flag) -> &'static str {
    match flag {
        Flag::Ok => "ok",
        Flag::LowBase => "low_n",
        Flag::LowDf => "low_df",
    }
}
