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

/// The wave: told, the last of the report, or the year of the answers or of the
/// name of the file.
pub(super) fn wave(
    choices: &Choices,
    report: &Sources,
    export: &Export,
    file: &str,
) -> (String, String) {
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
    let of_answers = years.get(years.len() / 2).map(|year| (year.to_string(), "of most answers"));
    let of_name = || year_in(file).map(|year| (year, "in the name of the file"));
    match of_answers.or_else(of_name) {
        Some((year, whose)) => (year, format!("the year {whose}; `--wave` names another")),
        None => ("1".to_owned(), "nothing tells the year; name it with `--wave`".to_owned()),
    }
}

/// The year that a name tells, alone or before month and day: `survey-2019.csv`,
/// `results_20190304.xlsx`.
fn year_in(name: &str) -> Option<String> {
    let numbers = name.split(|c: char| !c.is_ascii_digit());
    let years = numbers.filter(|number| matches!(number.len(), 4 | 8)).map(|number| &number[..4]);
    let mut years = years.filter(|year| ("1950".."2100").contains(year));
    years.next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_may_tell_the_year() {
        let year = |name: &str| year_in(name);

        assert_eq!(year("survey-2019.csv").as_deref(), Some("2019"));
        assert_eq!(year("results_20190304.xlsx").as_deref(), Some("2019"));
        assert_eq!(year("export 12345.csv"), None);
        assert_eq!(year("answers_1080.csv"), None);
    }
}
