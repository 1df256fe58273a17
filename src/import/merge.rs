//! What the report has already: its codebook is kept as its author edited
//! it, its answers are replaced by a later export of the same wave only.

use std::collections::BTreeMap;

use super::codebook;
use super::export::Export;
use super::question::{Choice, Kind, Question};
use super::sheet::{self, Sheet};
use super::structure::{self, Asked};
use super::{Choices, target, text};
use crate::config;
use crate::diag::{Code, Diagnostic, Findings};
use crate::sources::Sources;

const SURVEY: &str = "data/codebook/survey.csv";
const CHOICES: &str = "data/codebook/choices.csv";

/// The questions of the report's own codebook.
pub(super) fn known(report: &Sources) -> Vec<Asked> {
    let choices = table(report, CHOICES);
    table(report, SURVEY)
        .map_or(vec![], |survey| structure::xlsform(&survey, choices.as_ref(), true))
}

/// What structures word otherwise than the codebook of the report, whose first
/// `ours` questions are its own: the codebook keeps its words.
pub(super) fn worded_otherwise(known: &[Asked], ours: usize) -> Vec<String> {
    let (ours, others) = known.split_at(ours);
    let mut told = vec![];
    for other in others {
        let is_own = |own: &&Asked| !other.code.is_empty() && own.code == text::code(&other.code);
        let Some(own) = ours.iter().find(is_own) else { continue };
        told.extend(
            otherwise(&own.text, &other.text).map(|words| format!("`{}`: {words}", own.code)),
        );
        for option in &other.options {
            let known = own.options.iter().find(|known| known.code == option.code);
            let words = known.and_then(|known| otherwise(&known.label, &option.label));
            told.extend(words.map(|words| format!("`{}`, `{}`: {words}", own.code, option.code)));
        }
    }
    told.dedup();
    told
}

/// The first language in which two texts differ by more than signs.
fn otherwise(own: &text::Texts, other: &text::Texts) -> Option<String> {
    let pairs = own.iter().filter_map(|(language, own)| Some((own, other.get(language)?)));
    let mut differ = pairs.filter(|(own, other)| {
        !own.is_empty() && !other.is_empty() && text::same(own) != text::same(other)
    });
    differ.next().map(|(own, other)| format!("`{own}`, now `{other}`"))
}

fn table(report: &Sources, path: &str) -> Option<Sheet> {
    let mut quiet = Findings::default();
    sheet::text(path, report.get(path)?, &Choices::default(), &mut quiet)
}

/// The codebook that will be written: the report's rows as they are, then
/// what is new.
#[derive(Debug)]
pub(super) struct Book {
    survey: Vec<Vec<String>>,
    choices: Vec<Vec<String>>,
    languages: Vec<String>,
    fresh: bool,
    /// The questions and options that were added.
    pub(super) added: Vec<String>,
    /// Options that may be others under new words.
    pub(super) renamed: Vec<String>,
}

impl Book {
    pub(super) fn new(report: &Sources, languages: &[String]) -> Self {
        let rows = |path| table(report, path).map(|sheet| sheet.rows);
        let (survey, choices) = (rows(SURVEY), rows(CHOICES));
        Self {
            fresh: survey.is_none(),
            survey: survey.unwrap_or_default(),
            choices: choices.unwrap_or_default(),
            languages: languages.to_vec(),
            added: vec![],
            renamed: vec![],
        }
    }

    /// The names of questions and groups that are taken.
    pub(super) fn names(&self) -> Vec<String> {
        let at = self
            .survey
            .first()
            .and_then(|header| header.iter().position(|name| name.trim() == "name"));
        let names = self.survey.iter().skip(1).filter_map(|row| row.get(at?));
        names.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
    }

    /// Adds the questions and options that the codebook does not have.
    pub(super) fn add(&mut self, questions: &[Question]) {
        let fresh = codebook::Written::new(questions, &self.languages, &self.lists());
        self.renamed = questions.iter().filter_map(|question| self.renaming(question)).collect();
        if self.survey.is_empty() {
            self.survey.push(fresh.survey_header.clone());
        }
        if self.choices.is_empty() {
            self.choices.push(fresh.choices_header.clone());
        }
        for row in &fresh.survey {
            let fitted = fit(&mut self.survey, &fresh.survey_header, row);
            self.survey.push(fitted);
        }
        let (list, name) = (self.list_column(), self.column("name"));
        for row in &fresh.choices {
            let fitted = fit(&mut self.choices, &fresh.choices_header, row);
            let own = |known: &Vec<String>, at: Option<usize>| {
                at.and_then(|at| known.get(at))
                    .map(|cell| cell.trim().to_owned())
                    .unwrap_or_default()
            };
            let of_list = |known: &Vec<String>| own(known, list) == row[0];
            if self.choices.iter().any(|known| of_list(known) && own(known, name) == row[1]) {
                continue;
            }
            if !self.fresh {
                self.added.push(format!("option `{}` of the list `{}`", row[1], row[0]));
            }
            // New options of a list stand with their list.
            let last =
                self.choices.iter().rposition(of_list).map_or(self.choices.len(), |at| at + 1);
            self.choices.insert(last, fitted);
        }
        if !self.fresh {
            self.added.extend(
                questions
                    .iter()
                    .filter(|question| !question.known)
                    .map(|question| format!("question `{}`", question.name)),
            );
        }
    }

    /// A question of the report with an option that nobody gives and one that
    /// it does not have: the export may call the old one otherwise.
    fn renaming(&self, question: &Question) -> Option<String> {
        let list = question.list.as_ref().filter(|_| question.known)?;
        let (at, name) = (self.list_column()?, self.column("name")?);
        let has = |code: &str| {
            let cell =
                |row: &Vec<String>, at: usize| row.get(at).map(|cell| cell.trim().to_owned());
            self.choices.iter().any(|row| {
                cell(row, at).as_ref() == Some(list) && cell(row, name).as_deref() == Some(code)
            })
        };
        let options = question.options.iter().zip(question.counts());
        let words = |option: &Choice| format!("`{}`", text::any(&option.label));
        let (known, new): (Vec<_>, Vec<_>) = options.partition(|(option, _)| has(&option.code));
        let silent = known.iter().filter(|(option, count)| *count == 0 && option.role.is_empty());
        let silent: Vec<String> = silent.map(|(option, _)| words(option)).collect();
        let new: Vec<String> = new.iter().map(|(option, _)| words(option)).collect();
        (!silent.is_empty() && !new.is_empty()).then(|| {
            format!(
                "`{}`: nobody gives {}, and {} {} new",
                question.name,
                silent.join(", "),
                new.join(", "),
                if new.len() == 1 { "is" } else { "are" }
            )
        })
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.choices.first()?.iter().position(|cell| cell.trim() == name)
    }

    /// The column of the lists, in either of its spellings.
    fn list_column(&self) -> Option<usize> {
        self.column("list_name").or_else(|| self.column("list name"))
    }

    fn lists(&self) -> Vec<String> {
        let Some(at) = self.list_column() else { return vec![] };
        self.choices
            .iter()
            .skip(1)
            .filter_map(|row| row.get(at))
            .map(|name| name.trim().to_owned())
            .collect()
    }

    pub(super) fn files(&self) -> Vec<(String, Vec<u8>)> {
        vec![
            (SURVEY.to_owned(), written(&self.survey).into_bytes()),
            (CHOICES.to_owned(), written(&self.choices).into_bytes()),
        ]
    }
}

/// A row under another header; columns that it lacks are added to it.
fn fit(rows: &mut [Vec<String>], header: &[String], row: &[String]) -> Vec<String> {
    for (name, cell) in header.iter().zip(row) {
        let known = rows[0].iter().any(|own| own.trim() == name);
        // A label without a language where the codebook has languages.
        let label = name == "label" && rows[0].iter().any(|own| own.starts_with("label"));
        if !known && !label && !cell.is_empty() {
            rows[0].push(name.clone());
            rows[1..].iter_mut().for_each(|row| row.push(String::new()));
        }
    }
    let value = |name: &str| header.iter().position(|own| own == name).map_or("", |at| &row[at]);
    let first_label = rows[0].iter().position(|name| name.starts_with("label"));
    rows[0]
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let own = match name.trim() {
                "list name" => value("list_name"),
                name => value(name),
            };
            if own.is_empty() && Some(at) == first_label { value("label") } else { own }.to_owned()
        })
        .collect()
}

/// A table as CSV.
pub(super) fn written(rows: &[Vec<String>]) -> String {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(vec![]);
    for row in rows {
        // Writing to memory does not fail.
        let _written = writer.write_record(row);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// `responses.csv` before it is written.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    /// The column that names the respondent.
    pub(super) id: Option<String>,
}

impl Table {
    pub(super) fn text(&self) -> String {
        let mut rows = vec![self.header.clone()];
        rows.extend(self.rows.iter().cloned());
        written(&rows)
    }
}

/// The answers as a table: a running number that no other wave has, the
/// questions in their order, the weight.
pub(super) fn responses(
    export: &Export,
    questions: &[Question],
    weight: Option<usize>,
    wave: &str,
    report: &Sources,
) -> Table {
    let id = match wave_settings(report, wave) {
        // A column that the settings do not name would be one that nothing declares.
        Some(settings) => settings.design.id.map(|id| id.name),
        None => Some("id".to_owned()),
    };
    let mut header: Vec<String> = id.iter().cloned().collect();
    let width = export.rows.len().to_string().len().max(3);
    let mut rows: Vec<Vec<String>> = (0..export.rows.len())
        .map(|row| id.iter().map(|_| format!("{wave}-{:0width$}", row + 1)).collect())
        .collect();
    for question in questions {
        let empty_text = question.kind == Kind::Text && question.base() == 0;
        if empty_text {
            continue;
        }
        for (name, cells) in question.written() {
            header.push(name);
            let text = question.kind == Kind::Text;
            for (row, cell) in rows.iter_mut().zip(cells) {
                // A spreadsheet would run a text that begins as a formula.
                let formula = text && cell.starts_with(['=', '+', '-', '@']);
                row.push(if formula { format!("'{cell}") } else { cell });
            }
        }
    }
    if let Some(at) = weight {
        header.push(export.columns[at].header.clone());
        for (row, cell) in rows.iter_mut().zip(export.cells(at)) {
            row.push(text::number(cell).map_or(String::new(), text::written));
        }
    }
    Table { header, rows, id }
}

/// What the settings say of a wave; of one that they do not name, what they
/// say of the last.
fn wave_settings(report: &Sources, wave: &str) -> Option<config::WaveSettings> {
    let mut waves = target::settings(report)?.waves;
    let at = waves.iter().position(|own| own.key == wave).or(waves.len().checked_sub(1))?;
    Some(waves.swap_remove(at))
}

/// What changes in the answers of a wave that has some.
pub(super) fn compare(
    report: &Sources,
    wave: &str,
    new: &Table,
    choices: &Choices,
) -> Result<Option<String>, Diagnostic> {
    let path = format!("data/{wave}/responses.csv");
    let Some(old) = table(report, &path) else { return Ok(None) };
    if choices.replace {
        return Ok(Some(format!("{path}: replaced as asked for")));
    }
    let simulated = wave_settings(report, wave)
        .is_some_and(|settings| settings.responses == config::Responses::Simulated);
    if simulated {
        return Ok(Some(format!(
            "{path}: the simulated answers are replaced; write `responses = \"collected\"` under `[waves.{wave}]`"
        )));
    }
    let lost: Vec<String> = old.rows[0]
        .iter()
        .map(|name| name.trim())
        .filter(|name| !new.header.iter().any(|own| own == name))
        .map(|name| format!("`{name}`"))
        .collect();
    let again = rows_again(&old, new);
    let before = old.rows.len() - 1;
    let other = |message: String| {
        Diagnostic::error(Code::ImportOtherAnswers, message)
            .hint("Name another wave with `--wave`, or replace these answers with `--replace`; nothing was written.")
    };
    if again * 2 < before {
        return Err(other(format!(
            "`{path}` has other answers: {again} of its {before} rows come again"
        )));
    }
    if !lost.is_empty() {
        return Err(other(format!("`{path}` has columns that would be lost: {}", lost.join(", ")))
            .hint("`--keep COLUMN` takes a column that is left out by default."));
    }
    Ok(Some(format!(
        "{path}: {again} of {before} rows are as they were, {} rows are new, {} are gone or changed",
        new.rows.len() - again,
        before - again
    )))
}

/// How many rows of the old answers come again, by the columns that both have.
fn rows_again(old: &Sheet, new: &Table) -> usize {
    let shared: Vec<(usize, usize)> = old.rows[0]
        .iter()
        .map(|name| name.trim())
        .enumerate()
        .filter(|(_, name)| new.id.as_deref() != Some(name))
        .filter_map(|(at, name)| new.header.iter().position(|own| own == name).map(|own| (at, own)))
        .collect();
    let mut rows: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    for row in &new.rows {
        *rows.entry(shared.iter().map(|(_, own)| row[*own].as_str()).collect()).or_default() += 1;
    }
    let mut again = 0;
    for row in old.rows.iter().skip(1) {
        let cells: Vec<&str> = shared.iter().map(|(at, _)| row[*at].as_str()).collect();
        if let Some(count) = rows.get_mut(&cells).filter(|count| 0 < **count) {
            *count -= 1;
            again += 1;
        }
    }
    again
}
