//! An export of a survey tool → the codebook and the answers of a report.
//! Pure: bytes in, files out. Nothing is guessed silently: what was decided,
//! why, and what was left out stands in the report of the import.

mod codebook;
mod detect;
mod encoding;
mod export;
mod files;
mod joined;
mod merge;
mod pairs;
mod privacy;
mod question;
mod reader;
mod report;
mod sav;
mod scales;
mod sheet;
mod structure;
mod text;
mod tool;
mod types;

use std::collections::BTreeSet;

pub use encoding_rs::Encoding;
pub use tool::Tool;

use self::export::{Export, Part};
use self::question::{Kind, Question};
use self::structure::Structures;
use crate::config;
use crate::diag::{Code, Diagnostic, Findings, Outcome};
use crate::sources::Sources;

/// A file that somebody gave.
#[derive(Debug, Clone)]
pub struct Input {
    /// Its name, for messages.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// What the user decides; what is `None` is detected.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// The tool that wrote the export.
    pub format: Option<Tool>,
    /// The encoding of text files.
    pub encoding: Option<&'static Encoding>,
    /// The sign between cells.
    pub delimiter: Option<u8>,
    /// How many header rows there are.
    pub headers: Option<usize>,
    /// Columns to take although they are left out by default.
    pub keep: Vec<String>,
    /// The wave that the answers belong to.
    pub wave: Option<String>,
    /// The languages of the codebook, the default first.
    pub languages: Vec<String>,
    /// Words and codes that stand for no answer.
    pub missing: Vec<String>,
    /// Whether unfinished responses are kept.
    pub partial: bool,
    /// Whether previews and tests are kept.
    pub tests: bool,
    /// Whether other answers of the wave may be replaced.
    pub replace: bool,
}

/// What an import gives.
#[derive(Debug)]
pub struct Imported {
    /// The files to write, by their path in the report.
    pub files: Vec<(String, Vec<u8>)>,
    /// What was decided, kept and left out, for people.
    pub report: String,
    /// The wave of the answers.
    pub wave: String,
    /// The languages that the texts are in, the first the default; empty if
    /// the export does not say.
    pub languages: Vec<String>,
    /// What may be shown, in the order of the codebook.
    pub shown: Vec<Shown>,
    /// Some words of the questions, to tell their language by.
    pub words: String,
    /// How many respondents there are; `None` without answers.
    pub respondents: Option<usize>,
    /// The column of the weights.
    pub weight: Option<String>,
}

/// A question or battery that a figure may show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its name in the codebook.
    pub name: String,
    /// Its words by language; the empty language if that is not known.
    pub label: std::collections::BTreeMap<String, String>,
    /// The topic that the tool put it under; may be empty.
    pub topic: String,
    /// Whether there are answers to draw.
    pub answered: bool,
}

/// Reads the files of an export. `report` is what the report has already:
/// its codebook is kept and its languages are used.
pub fn import(inputs: &[Input], choices: &Choices, report: &Sources) -> Outcome<Imported> {
    let mut found = Findings::default();
    let Some(mut material) = files::sort(inputs, choices, &mut found) else {
        return found.fail();
    };
    let mut known = Structures::default();
    known.add(merge::known(report));
    let ours = known.asked.len();
    known.languages.clear();
    for asked in std::mem::take(&mut material.structures) {
        known.add(asked);
    }
    let languages = languages(choices, report, &known);
    let Some((sheet, tool, why)) = material.answers else {
        return only_structure(&known, ours, &languages, choices, report, found);
    };
    let Some(mut export) = reader::read(tool, &sheet, choices, &mut found) else {
        return found.fail();
    };
    let book = material.codebook.as_ref().and_then(|book| structure::codebook(book, &export));
    let mut book = book.unwrap_or_default();
    let beside = pairs::of_columns(&mut export);
    let beside = pairs::overrule(&mut book, beside, &mut found);
    known.add(book);
    known.add(beside);
    known.add(std::mem::take(&mut material.pairs));
    let kept = export.keep(&choices.keep);
    unknown_columns(&export, choices, &mut found);
    warn_of_headers(&export, &mut found);
    warn_of_repeats(&export, &mut found);
    if choices.missing.is_empty() {
        export.clear_marks();
    }
    export.clear(&choices.missing);
    export.leave_empty_rows();
    privacy::guard(&mut export, &kept);
    if export.rows.is_empty() {
        found.push(nothing_left(&export, &sheet.file));
        return found.fail();
    }
    let weight = take_weight(&mut export, sheet.weight.as_deref());
    export.number_alike();
    let mut questions = types::questions(&mut export, &known, &kept);
    warn_of_spellings(&export, &questions, &mut found);
    let (wave, wave_why) = wave(choices, report, &export);
    let mut book = merge::Book::new(report, &languages);
    name_all(&mut questions, &book);
    book.add(&questions);
    let table = merge::responses(&export, &questions, weight, &wave, report);
    let text = table.text();
    let difference = match merge::compare(report, &wave, &table, choices) {
        Ok(difference) => difference,
        Err(mistake) => {
            found.push(mistake);
            return found.fail();
        }
    };
    let mut files = book.files();
    files.push((format!("data/{wave}/responses.csv"), text.into_bytes()));
    let weight = weight.map(|at| export.columns[at].header.clone());
    verify(&files, &languages, &wave, weight.as_deref(), table.id.as_deref(), &mut found);
    let told = report::Told {
        sheet: &sheet,
        tool,
        export: &export,
        questions: &questions,
        why,
        wave: (&wave, &wave_why),
        weight: weight.as_deref(),
        book: &book,
        difference: &difference,
    };
    let imported = Imported {
        files,
        report: report::text(&told),
        respondents: Some(export.rows.len()),
        shown: shown(&questions),
        words: words(&questions),
        wave,
        languages,
        weight,
    };
    found.settle(imported)
}

/// A structure without answers gives a codebook.
fn only_structure(
    known: &Structures,
    ours: usize,
    languages: &[String],
    choices: &Choices,
    report: &Sources,
    mut found: Findings,
) -> Outcome<Imported> {
    let asked = &known.asked[ours..];
    let mut questions = types::from_structure(asked);
    if questions.is_empty() {
        let message = "the files hold neither answers nor a question";
        found.push(
            Diagnostic::error(Code::ImportNothingLeft, message)
                .hint("Give the export of the answers, with its structure file beside it."),
        );
        return found.fail();
    }
    let mut book = merge::Book::new(report, languages);
    name_all(&mut questions, &book);
    book.add(&questions);
    let files = book.files();
    let wave = choices.wave.clone().unwrap_or_else(|| "1".to_owned());
    verify(&files, languages, &wave, None, None, &mut found);
    let imported = Imported {
        files,
        report: report::structure(&questions, asked, &book),
        respondents: None,
        shown: shown(&questions),
        words: words(&questions),
        wave,
        languages: languages.to_vec(),
        weight: None,
    };
    found.settle(imported)
}

/// What was asked, for guessing the language.
fn words(questions: &[Question]) -> String {
    let labels: Vec<_> = questions.iter().map(|question| text::any(&question.label)).collect();
    labels.join(" ")
}

/// The settings of a report that has some.
fn settings(report: &Sources) -> Option<config::Config> {
    report.get("barometer.toml").and_then(|_| config::parse(report).value)
}

/// The languages of the codebook: told, those of the report, or those of
/// the structure.
fn languages(choices: &Choices, report: &Sources, known: &Structures) -> Vec<String> {
    if !choices.languages.is_empty() {
        return choices.languages.clone();
    }
    if let Some(settings) = settings(report) {
        return settings.site.languages.iter().map(ToString::to_string).collect();
    }
    known.languages.clone()
}

/// The wave: told, the last of the report, or the year of the answers.
fn wave(choices: &Choices, report: &Sources, export: &Export) -> (String, String) {
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

fn unknown_columns(export: &Export, choices: &Choices, found: &mut Findings) {
    for name in &choices.keep {
        let known = |column: &export::Column| &column.header == name || &column.code == name;
        if !export.columns.iter().any(known) {
            let headers = export.columns.iter().map(|column| column.header.as_str());
            found.push(
                Diagnostic::error(Code::ImportColumn, format!("the export has no column `{name}`"))
                    .hint_if(crate::diag::did_you_mean(name, headers)),
            );
        }
    }
}

/// Two columns of one name are told apart by their place.
fn warn_of_headers(export: &Export, found: &mut Findings) {
    let mut seen = BTreeSet::new();
    let mut told = BTreeSet::new();
    for column in export.columns.iter().filter(|column| column.part == Part::Answer) {
        if !seen.insert(&column.header) {
            told.insert(column.header.as_str());
        }
    }
    if !told.is_empty() {
        let names: Vec<String> = told.iter().map(|name| format!("`{name}`")).collect();
        found.push(
            Diagnostic::warning(Code::ImportHeaders, format!("several columns have the name {}", names.join(", ")))
                .hint("They are taken as different questions, by their place; look at their names in the codebook."),
        );
    }
}

/// A table with several rows of one respondent: each would count.
fn warn_of_repeats(export: &Export, found: &mut Findings) {
    const NAMES: [&str; 12] = [
        "respondent",
        "responder",
        "participant",
        "interviewee",
        "respondentid",
        "respondent-id",
        "participantid",
        "participant-id",
        "responseid",
        "response-id",
        "userid",
        "user-id",
    ];
    let named = |column: &export::Column| NAMES.contains(&text::same(&column.header).as_str());
    for at in (0..export.columns.len()).filter(|at| named(&export.columns[*at])) {
        let distinct: BTreeSet<&str> = export.cells(at).filter(|cell| !cell.is_empty()).collect();
        if 1 < distinct.len() && distinct.len() * 2 <= export.rows.len() {
            let (rows, name) = (export.rows.len(), &export.columns[at].header);
            found.push(
                Diagnostic::warning(
                    Code::ImportRepeat,
                    format!("`{name}` has {} values in {rows} rows: each row counts as a respondent", distinct.len()),
                )
                .hint("If respondents have several rows, one for each question or occasion, give a table with one row for each, or count the occasions."),
            );
        }
    }
}

/// Spellings that were taken for one option.
fn warn_of_spellings(export: &Export, questions: &[Question], found: &mut Findings) {
    for question in questions {
        if !matches!(question.kind, Kind::Single | Kind::Likert) {
            continue;
        }
        let [column] = question.columns[..] else { continue };
        let mut spellings: std::collections::BTreeMap<String, BTreeSet<&str>> =
            std::collections::BTreeMap::new();
        for row in &export.rows {
            if !row[column].trim().is_empty() {
                spellings.entry(text::same(&row[column])).or_default().insert(&row[column]);
            }
        }
        for variants in spellings.values().filter(|variants| 1 < variants.len()) {
            let variants: Vec<String> = variants.iter().map(|text| format!("`{text}`")).collect();
            found.push(
                Diagnostic::warning(
                    Code::ImportSpelling,
                    format!("`{}`: {} count as one option", question.name, variants.join(", ")),
                )
                .hint("They differ by blanks, case, accents or signs; mend the export if they are two answers."),
            );
        }
    }
}

fn nothing_left(export: &Export, file: &str) -> Diagnostic {
    let reasons: Vec<String> =
        export.left.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
    let message =
        format!("`{file}`: none of {} rows is left: {}", export.records, reasons.join(", "));
    let tests =
        export.left.iter().any(|(reason, _)| reason.contains("test") || reason.contains("preview"));
    let hint = match (
        tests,
        export
            .left
            .iter()
            .any(|(reason, _)| reason.contains("finished") || reason.contains("draft")),
    ) {
        (true, true) => "`--tests` keeps previews and tests, `--partial` unfinished responses.",
        (true, false) => "`--tests` keeps previews and tests.",
        (false, true) => "`--partial` keeps unfinished responses.",
        (false, false) => {
            "Look whether the export has the answers, and whether the header rows were told right (`--headers`)."
        }
    };
    Diagnostic::error(Code::ImportNothingLeft, message).hint(hint)
}

/// A column of weights is no question: that which the file names, else one
/// that is called so.
fn take_weight(export: &mut Export, told: Option<&str>) -> Option<usize> {
    const NAMES: [&str; 8] =
        ["weight", "weights", "poids", "gewicht", "gewichtung", "ponderation", "weging", "wt"];
    let is_weight = |column: &export::Column| {
        column.part == Part::Answer
            && told.map_or_else(
                || NAMES.contains(&text::same(&column.header).as_str()),
                |told| column.header == told,
            )
    };
    let at = export.columns.iter().position(is_weight)?;
    let numbers =
        export.cells(at).all(|cell| text::number(cell).is_some_and(|weight| 0.0 <= weight));
    if !numbers {
        return None;
    }
    export.columns[at].part = Part::Out("a weight: it is written beside the answers");
    Some(at)
}

/// Gives questions, batteries and options names that differ; those of the
/// report's codebook stay as they are.
fn name_all(questions: &mut [Question], book: &merge::Book) {
    let mut taken: BTreeSet<String> =
        book.names().iter().map(|name| crate::survey::slug(name)).collect();
    // The column of the respondents is no question.
    taken.insert("id".to_owned());
    let mut last: Option<(question::Battery, String)> = None;
    for question in questions.iter_mut() {
        let ours = |name: &String| question.known && book.names().contains(name);
        if let Some(own) = question.battery.clone().filter(|own| !ours(&own.name)) {
            // Neighbours with one battery share its name; a second battery of
            // the same name is another.
            let name = match &last {
                Some((before, name)) if *before == own => name.clone(),
                _ => text::unique(own.name.clone(), &mut taken),
            };
            last = Some((own.clone(), name.clone()));
            question.battery = Some(question::Battery { name, ..own });
        } else {
            last = None;
        }
        if !question.known {
            question.name = text::unique(question.name.clone(), &mut taken);
        }
        let mut options = BTreeSet::new();
        for option in &mut question.options {
            let code =
                if option.code.is_empty() { "option".to_owned() } else { option.code.clone() };
            option.code = text::unique(code, &mut options);
        }
        // Nor may the columns of its options be those of another question.
        let clash = |question: &Question, taken: &BTreeSet<String>| {
            let columns = question.written();
            1 < columns.len()
                && columns.iter().any(|(column, _)| taken.contains(&crate::survey::slug(column)))
        };
        for _ in 0..5 {
            if question.known || !clash(question, &taken) {
                break;
            }
            question.name = text::unique(question.name.clone(), &mut taken);
        }
        taken.extend(question.written().iter().map(|(column, _)| crate::survey::slug(column)));
    }
}

fn shown(questions: &[Question]) -> Vec<Shown> {
    let mut shown: Vec<Shown> = vec![];
    for question in questions.iter().filter(|question| question.kind != Kind::Text) {
        let answered = 0 < question.base();
        let (name, label) = match &question.battery {
            Some(battery) if is_drawn_whole(battery, questions) => (&battery.name, &battery.label),
            _ => (&question.name, &question.label),
        };
        if let Some(known) = shown.iter_mut().find(|known| &known.name == name) {
            known.answered &= answered;
            continue;
        }
        shown.push(Shown {
            name: name.clone(),
            label: label.clone(),
            topic: question.topic.clone(),
            answered,
        });
    }
    shown
}

/// Whether one figure can show a battery: scores, all of one range, or one scale.
fn is_drawn_whole(battery: &question::Battery, questions: &[Question]) -> bool {
    let mut lines = questions.iter().filter(|other| other.battery.as_ref() == Some(battery));
    let Some(first) = lines.next() else { return false };
    let rest: Vec<&Question> = lines.collect();
    let scale = matches!(first.kind, Kind::Range { .. } | Kind::Likert);
    let same = |other: &&Question| other.kind == first.kind && other.options == first.options;
    scale && !rest.is_empty() && rest.iter().all(same)
}

/// Reads back what will be written, as a build would: what cannot be read is
/// a fault of the import, and nothing is written.
fn verify(
    files: &[(String, Vec<u8>)],
    languages: &[String],
    wave: &str,
    weight: Option<&str>,
    id: Option<&str>,
    found: &mut Findings,
) {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let tags: Vec<String> = languages.iter().map(|language| quoted(language)).collect();
    let tags = if tags.is_empty() { "\"en\"".to_owned() } else { tags.join(", ") };
    let key = |name: &str, value: Option<&str>| {
        value.map_or(String::new(), |value| format!("{name} = {}\n", quoted(value)))
    };
    let settings = format!(
        "[site]\ntitle = \"Import\"\nlanguages = [{tags}]\nurl = \"https://example.org/\"\n[survey]\nwaves = [{}]\n[design]\n{}{}",
        quoted(wave),
        key("id", id),
        key("weight", weight)
    );
    let mut sources: Sources =
        files.iter().map(|(path, bytes)| (path.clone(), bytes.clone())).collect();
    sources.insert("barometer.toml", settings.into_bytes());
    let parsed = config::parse(&sources);
    let mut told = parsed.found;
    if let Some(config) = parsed.value {
        told.join(crate::survey::load(&sources, &config).found);
    }
    if let Err(mistakes) = told.settle(()) {
        let all: Vec<String> = mistakes
            .all()
            .iter()
            .take(5)
            .map(|mistake| {
                let place = mistake.place().map_or(String::new(), |place| {
                    format!("{}:{}: ", place.path(), place.start().line)
                });
                format!("{place}{}", mistake.message())
            })
            .collect();
        found.push(
            Diagnostic::error(Code::ImportUnsound, format!("what would be written cannot be read back: {}", all.join("; ")))
                .hint("Where the codebook of the report is narrower than the export (`parameters`, `type`), mend it there. Else this is a fault of `barometer`: please report it with the header of the export."),
        );
    }
}
