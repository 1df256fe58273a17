//! `[waves.*]` and `[design]`: when and how each wave was in the field.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::keys::{LONELY, RESPONSES};
use super::named::filled;
use super::toml::{Entry, Spelled, Table, Value};
use super::{Design, Language, Named, Population, Responses, Text, WaveSettings};
use crate::diag::{Code, Diagnostic, Findings, did_you_mean};

pub(super) fn waves(
    table: Option<Table>,
    keys: Vec<Named>,
    shared: &Design,
    languages: &[Language],
    found: &mut Findings,
) -> Vec<WaveSettings> {
    let mut given: BTreeMap<String, Table> = BTreeMap::new();
    for Entry { key, value } in table.map(Table::into_entries).unwrap_or_default() {
        if keys.iter().any(|wave| wave.name == key.value) {
            if let Some(table) = value.table(&key.value, found) {
                given.insert(key.value, table);
            }
        } else {
            found.push(
                Diagnostic::error(
                    Code::UnknownWave,
                    format!("`{}` is not a wave of `[survey] waves`", key.value),
                )
                .at(key.place)
                .hint_if(if keys.is_empty() {
                    Some(format!("Add `waves = [\"{}\"]` to `[survey]`.", key.value))
                } else {
                    did_you_mean(&key.value, keys.iter().map(|wave| wave.name.as_str()))
                }),
            );
        }
    }
    keys.into_iter()
        .map(|key| {
            let table = given.remove(&key.name);
            wave(key, table, shared, languages, found)
        })
        .collect()
}

fn wave(
    key: Named,
    table: Option<Table>,
    shared: &Design,
    languages: &[Language],
    found: &mut Findings,
) -> WaveSettings {
    let mut wave = WaveSettings {
        key: key.name,
        place: key.place,
        label: None,
        fieldwork: None,
        mode: None,
        responses: Responses::Collected,
        design: shared.clone(),
    };
    let Some(mut table) = table else { return wave };
    wave.label = Text::take(&mut table, "label", languages, found);
    wave.fieldwork = table.table("fieldwork", found).and_then(|table| fieldwork(table, found));
    wave.mode = Text::take(&mut table, "mode", languages, found);
    if let Some(responses) = table.choice("responses", &RESPONSES, found) {
        wave.responses = responses.value;
    }
    if let Some(own) = table.table("design", found) {
        wave.design = design(own, wave.design, found);
    }
    table.finish(found);
    wave
}

fn fieldwork(mut table: Table, found: &mut Findings) -> Option<(Date, Date)> {
    table.complete(found);
    let (from, to) = (table.date("from", found), table.date("to", found));
    table.finish(found);
    let (from, to) = (from?, to?);
    if from.value <= to.value {
        return Some((from.value, to.value));
    }
    found.push(
        Diagnostic::error(
            Code::BadValue,
            format!("the fieldwork ends on {}, before it starts", to.value),
        )
        .at(to.place)
        .hint("Exchange `from` and `to`, or correct one of them."),
    );
    None
}

/// Reads a design; what the table does not say is as in `base`.
pub(super) fn design(mut table: Table, base: Design, found: &mut Findings) -> Design {
    let mut column = |key, found: &mut Findings| filled(&mut table, key, found).map(Named::from);
    let id = column("id", found).or(base.id);
    let strata = column("strata", found).or(base.strata);
    let cluster = column("cluster", found).or(base.cluster);
    let weight = column("weight", found).or(base.weight);
    let rake = column("rake", found).or(base.rake);
    let population = table.value("population-size").and_then(|value| population(value, found));
    let lonely = table.choice("lonely-stratum", &LONELY, found);
    table.finish(found);
    Design {
        id,
        strata,
        cluster,
        weight,
        population: population.or(base.population),
        rake,
        lonely: lonely.map_or(base.lonely, |one| one.value),
    }
}

fn population(value: Spelled<Value>, found: &mut Findings) -> Option<Population> {
    match value.value {
        Value::Integer(total) if total > 0 => Some(Population::Total(total.unsigned_abs())),
        Value::Integer(total) => {
            let message = format!("a population of {total} cannot be sampled");
            found.push(
                Diagnostic::error(Code::BadValue, message)
                    .at(value.place)
                    .hint("Write how many there are: `population-size = 589`."),
            );
            None
        }
        Value::Text(digits) if digits.trim().parse::<u64>().is_ok() => {
            let message = format!("`{digits}` is a text, not a number");
            found.push(Diagnostic::error(Code::WrongType, message).at(value.place).hint(format!(
                "Write `population-size = {}`, without quotation marks.",
                digits.trim()
            )));
            None
        }
        Value::Text(name) if !name.trim().is_empty() => {
            Some(Population::Named(Named { name, place: value.place }))
        }
        _ => value.refuse("population-size", "a number, a file or a column", found),
    }
}
