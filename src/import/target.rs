//! The report that an import writes into: what its settings say of languages
//! and waves.

use super::Choices;
use super::export::Export;
use super::structure::Structures;
use crate::config;
use crate::sources::Sources;

/// The settings of a report that has some.
pub(super) fn settings(report: &Sources) -> Option<config::Config> {
    report.get("barometer.toml").and_then(|_| config::parse(report).value)
}

/// The languages of the codebook: told, those of the report, or those of
/// the structure.
pub(super) fn languages(choices: &Choices, report: &Sources, known: &Structures) -> Vec<String> {
    if !choices.languages.is_empty() {
        return choices.languages.clone();
    }
    if let Some(settings) = settings(report) {
        return settings.site.languages.iter().map(ToString::to_string).collect();
    }
    known.languages.clone()
}

/// The wave: told, the last of the report, or the year of the answers.
pub(super) fn wave(choices: &Choices, report: &Sources, export: &Export) -> (String, String) {
    if let Some(wave) = &choices.wave {
        return (wave.clone(), "asked for".to_owned());
    }
    let last =
        settings(report).and_then(|settings| settings.waves.last().map(|wave| wave.key.clone()));
    if let Some(last) = last {
        return (last, "the last wave of the report; `--wave` names another".to_owned());
    }
    let mut years = export.years.clone();
    years.sort_unstable();
    match years.get(years.len() / 2) {
        Some(year) => {
            (year.to_string(), "the year of most answers; `--wave` names another".to_owned())
        }
        None => ("1".to_owned(), "no date tells the year; name it with `--wave`".to_owned()),
    }
}
