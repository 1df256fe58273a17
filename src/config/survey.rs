//! `[survey]`: whom the survey asks, and which waves and breakdowns there are.

use std::collections::BTreeMap;

use super::named::names;
use super::text::{PLURALS, check_translations, language};
use super::toml::{Entry, Spelled, Table, Value};
use super::{Forms, Language, Named, SurveySettings, Text};
use crate::diag::{Code, Diagnostic, Findings, did_you_mean};
use crate::markup::refused_by_windows;

pub(super) fn survey(
    table: Option<Table>,
    languages: &[Language],
    title: &Text,
    found: &mut Findings,
) -> (SurveySettings, Vec<Named>) {
    let mut survey = SurveySettings {
        name: title.clone(),
        unit: None,
        population: None,
        place: None,
        sponsor: None,
        conductor: None,
        funding: None,
        frame: None,
        wording: None,
        breakdowns: vec![],
        crossings: vec![],
    };
    let Some(mut table) = table else { return (survey, vec![]) };
    if let Some(name) = Text::take(&mut table, "name", languages, found) {
        survey.name = name;
    }
    survey.unit = table.value("unit").and_then(|value| unit(value, languages, found));
    survey.population = Text::take(&mut table, "population", languages, found);
    survey.place = Text::take(&mut table, "place", languages, found);
    survey.sponsor = Text::take(&mut table, "sponsor", languages, found);
    survey.conductor = Text::take(&mut table, "conductor", languages, found);
    survey.funding = Text::take(&mut table, "funding", languages, found);
    survey.frame = Text::take(&mut table, "frame", languages, found);
    survey.wording = Text::take(&mut table, "wording", languages, found);
    let waves = wave_keys(&mut table, found);
    survey.breakdowns = names(&mut table, "breakdowns", found);
    survey.crossings = names(&mut table, "crossings", found)
        .into_iter()
        .filter_map(|pair| crossing(&pair, found))
        .collect();
    table.finish(found);
    (survey, waves)
}

/// The respondent in words: a text, a table of plural forms, or one of
/// either for each language.
fn unit(
    value: Spelled<Value>,
    languages: &[Language],
    found: &mut Findings,
) -> Option<BTreeMap<Language, Forms>> {
    let place = value.place.clone();
    let same = |forms: Forms| languages.iter().map(|one| (one.clone(), forms.clone())).collect();
    let table = match value.value {
        Value::Table(table) if !table.has("other") => table,
        _ => return forms(value, found).map(same),
    };
    let mut units = BTreeMap::new();
    let mut is_whole = true;
    for entry in table.into_entries() {
        let Some(language) = language(&entry.key, languages, found) else { continue };
        match forms(entry.value, found) {
            Some(forms) => drop(units.insert(language, forms)),
            None => is_whole = false,
        }
    }
    // Forms that cannot be read are there all the same.
    if !is_whole {
        return None;
    }
    check_translations("unit", &place, languages, &units, found).then_some(units)
}

fn forms(value: Spelled<Value>, found: &mut Findings) -> Option<Forms> {
    let table = match value.value {
        Value::Text(text) => return Some(Forms(BTreeMap::from([("other".to_owned(), text)]))),
        Value::Table(table) => table,
        _ => return value.refuse("unit", "a text, or a table of plural forms", found),
    };
    table.require(&["other"], found);
    let mut forms = BTreeMap::new();
    for Entry { key, value } in table.into_entries() {
        if !PLURALS.contains(&key.value.as_str()) {
            found.push(
                Diagnostic::error(
                    Code::UnknownKey,
                    format!("`{}` is not a plural form", key.value),
                )
                .at(key.place)
                .hint_if(did_you_mean(&key.value, PLURALS)),
            );
        } else if let Some(text) = value.text("unit", found) {
            forms.insert(key.value, text.value);
        }
    }
    forms.contains_key("other").then_some(Forms(forms))
}

/// Whether a text can name a wave: a folder of `data/`, and a part of the
/// addresses of pages, figures and files.
pub fn is_wave_name(text: &str) -> bool {
    let is_fine = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    !text.is_empty()
        && !text.starts_with('.')
        && !text.ends_with('.')
        && text.chars().all(is_fine)
        && !matches!(text, "codebook" | "all")
}

fn wave_keys(table: &mut Table, found: &mut Findings) -> Vec<Named> {
    let mut waves: Vec<Named> = vec![];
    for wave in names(table, "waves", found) {
        if !is_wave_name(&wave.name) {
            found.push(
                Diagnostic::error(Code::BadValue, format!("`{}` cannot name a wave", wave.name))
                    .at(wave.place)
                    .hint("Name it by its year, `2018`, or by letters, digits, `-`, `_` and `.`: it is a folder of `data/` and stands in addresses."),
            );
        } else if let Some(why) = refused_by_windows(&wave.name) {
            let message = format!("{why}: no folder may have it");
            let hint = format!("Name the wave, and its folder, `wave-{}`.", wave.name);
            found.push(Diagnostic::error(Code::ReservedAddress, message).at(wave.place).hint(hint));
        } else if let Some(other) = waves.iter().find(|other| is_same_folder(other, &wave)) {
            let message = format!(
                "the waves `{}` and `{}` have one folder where capitals are not told apart",
                other.name, wave.name
            );
            found.push(
                Diagnostic::error(Code::BadValue, message).at(wave.place).hint(
                    "Give one of them another name; Windows and macOS do not tell them apart.",
                ),
            );
        } else {
            waves.push(wave);
        }
    }
    waves
}

fn is_same_folder(a: &Named, b: &Named) -> bool {
    a.name.to_lowercase() == b.name.to_lowercase()
}

fn crossing(pair: &Named, found: &mut Findings) -> Option<(Named, Named)> {
    let named = |name: &str| Named { name: name.trim().to_owned(), place: pair.place.clone() };
    match pair.name.split_once('*') {
        Some((a, b))
            if !a.trim().is_empty()
                && !b.trim().is_empty()
                && !b.contains('*')
                && a.trim() != b.trim() =>
        {
            Some((named(a), named(b)))
        }
        _ => {
            found.push(
                Diagnostic::error(
                    Code::BadValue,
                    format!("`{}` is not a pair of breakdowns", pair.name),
                )
                .at(pair.place.clone())
                .hint("Write two breakdowns with a star between them: `region*nature`."),
            );
            None
        }
    }
}
