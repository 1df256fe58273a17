//! A report that is sound, and one file of it that is not.

mod answers;
mod codebook;
mod figures;
mod frame;

use super::{CHOICES, CITATIONS, QUESTIONS, load};
use crate::config;
use crate::diag::{Code, Diagnostic};
use crate::sources::Sources;
use crate::survey::Survey;

const SETTINGS: &str = "[site]\ntitle = \"A\"\nlanguages = [\"fr\", \"nl\"]\nurl = \"https://a.be/\"\n\
    [survey]\nwaves = [\"2017\", \"2018\"]\nbreakdowns = [\"region\"]\n";
const SHEET: &str = "type,name,label::fr,label::nl,short::fr,parameters,appearance,breakdown,topic,comparable_from\n\
    select_one region,region,Région ?,Gewest?,,,,yes,,\n\
    begin_group,work,Travail,Werk,,,,,,\n\
    select_multiple themes,themes,Quels thèmes ?,Welke thema's?,Thèmes,,,,,2018\n\
    select_one agree,clear,Clair ?,Duidelijk?,,,likert,,,\n\
    begin_group,factors,Facteurs,Factoren,,,,,factors,\n\
    range,human,Humain,Menselijk,,start=0 end=10 step=1,,,,\n\
    range,tech,Technique,Technisch,,start=0 end=10 step=1,,,,\n\
    end_group,,,,,,,,,\n\
    end_group,,,,,,,,,\n\
    rank themes,order,Ordre ?,Volgorde?,,max=2,,,,\n";
const LISTS: &str = "list_name,name,label,label::nl,role,score\n\
    region,flanders,Flandre,Vlaanderen,,\n\
    region,wallonia,Wallonie,Wallonië,,\n\
    themes,energy,Énergie,Energie,,\n\
    themes,mobility,Mobilité,Mobiliteit,,\n\
    themes,none,Aucun,Geen,none,\n\
    agree,no,Non,Nee,,\n\
    agree,dk,Ne sait pas,Weet niet,dont_know,\n\
    agree,yes,Oui,Ja,,\n";
const CITED: &str =
    "id,title,author,publisher,date,language,url\nbook,Le livre,,,2018-06,fr,https://a.be/\n";
const FIGURES: &str = "question,item,group_var,group,value,unit,n,source,note\n";

fn report(files: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::from_iter([
        ("barometer.toml", SETTINGS.as_bytes()),
        (QUESTIONS, SHEET.as_bytes()),
        (CHOICES, LISTS.as_bytes()),
        (CITATIONS, CITED.as_bytes()),
        ("data/2017/published.csv", FIGURES.as_bytes()),
        ("data/2018/published.csv", FIGURES.as_bytes()),
    ]);
    for (path, text) in files {
        sources.insert(*path, text.as_bytes());
    }
    sources
}

fn outcome(files: &[(&str, &str)]) -> crate::diag::Outcome<Survey> {
    let sources = report(files);
    let config = config::parse(&sources).whole().unwrap().value;
    load(&sources, &config).whole()
}

fn survey(files: &[(&str, &str)]) -> Survey {
    let checked = outcome(files).unwrap();
    assert_eq!(checked.warnings, []);
    checked.value
}

/// The mistakes of one file of a report that is otherwise sound.
fn mistakes(path: &str, text: &str) -> Vec<String> {
    let line = |one: &Diagnostic| {
        let at = one.place().map(crate::diag::Place::start);
        let at = at.map_or(String::new(), |at| format!("{}:{} ", at.line, at.column));
        let hints: Vec<_> = one.hints().iter().map(|hint| format!(" {hint}")).collect();
        format!("{at}{} {}.{}", one.code().id(), one.message(), hints.concat())
    };
    outcome(&[(path, text)]).unwrap_err().all().iter().map(line).collect()
}

#[test]
fn a_report_without_data_has_an_empty_codebook() {
    let sources = Sources::from_iter([(
        "barometer.toml",
        "[site]\ntitle = \"A\"\nlanguages = [\"fr\"]\n".as_bytes(),
    )]);
    let config = config::parse(&sources).whole().unwrap().value;

    let survey = load(&sources, &config).whole().unwrap().value;

    assert!(survey.codebook.questions().is_empty());
}

#[test]
fn a_folder_that_is_no_wave_is_told() {
    let warnings = outcome(&[("data/2019/published.csv", FIGURES)]).unwrap().warnings;

    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0].code(), Code::UnknownWave);
}

#[test]
fn a_codebook_that_cannot_be_read_hides_nothing_of_the_settings() {
    let settings = format!("{SETTINGS}[design]\nrake = \"data/margins.csv\"\n");
    let files = [("barometer.toml", settings.as_str()), (QUESTIONS, "region;themes\u{1}\n")];

    let mistakes = outcome(&files).unwrap_err();

    let messages: Vec<&str> = mistakes.all().iter().map(Diagnostic::message).collect();
    assert_eq!(messages, ["there is no `data/margins.csv`", "the control character U+0001"]);
}

#[test]
fn a_codebook_without_questions_has_no_breakdown() {
    let mistakes = outcome(&[(QUESTIONS, "type,name,label\n")]).unwrap_err();

    let messages: Vec<&str> = mistakes.all().iter().map(Diagnostic::message).collect();
    assert_eq!(messages, ["`region` is not a breakdown of the codebook"]);
}
