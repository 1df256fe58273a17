//! What stands above the rows: the program, its inputs, and the design of each wave.

use serde_json::{Map, Value as Json, json};

use crate::stats::{Lost, Meta, WaveMeta};

use super::cell::integer;
use super::row::Printed;

/// What is said of the whole file.
pub(super) fn meta(meta: &Meta, printed: &Printed<'_>) -> Json {
    let waves: Vec<Json> = meta.waves.iter().map(wave).collect();
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

/// How the numbers of a wave are made.
fn wave(wave: &WaveMeta) -> Json {
    let strata: Vec<Json> = wave
        .strata
        .iter()
        .map(|stratum| {
            let f = stratum.population.map(|population| stratum.sampled as f64 / population);
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
}

/// A number with all its digits: whole ones without a fraction, and nothing
/// for what is not a number.
fn real(value: Option<f64>) -> Json {
    let value = value.filter(|value| value.is_finite());
    value.map_or(Json::Null, |value| {
        integer(value).map_or_else(|| json!(value), |whole| json!(whole))
    })
}
