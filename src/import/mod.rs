//! An export of a survey tool → the codebook and the answers of a report.
//! Pure: bytes in, files out. Nothing is guessed silently: what was decided,
//! why, and what was left out stands in the report of the import.

mod codebook;
mod counts;
mod detect;
mod doubts;
mod encoding;
mod export;
mod files;
mod joined;
mod measure;
mod merge;
mod merged;
mod names;
mod pairs;
mod persons;
mod privacy;
mod question;
mod reader;
mod report;
mod roles;
mod sav;
mod scales;
mod sheet;
mod shown;
mod structure;
mod target;
mod text;
mod tool;
mod types;
mod verify;
mod words;
mod workbook;

pub use encoding_rs::Encoding;
pub use shown::Shown;
pub use tool::Tool;

use self::export::{Export, Part};
use self::files::Material;
use self::merge::Book;
use self::question::Question;
use self::structure::Structures;
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

/// Reads the files of an export. `report` is what the report has already:
/// its codebook is kept and its languages are used.
pub fn import(inputs: &[Input], choices: &Choices, report: &Sources) -> Outcome<Imported> {
    let mut found = Findings::default();
    let Some(mut material) = files::sort(inputs, choices, &mut found) else {
        return found.fail();
    };
    let (mut known, ours) = structures(&mut material, report);
    let languages = target::languages(choices, report, &known);
    let otherwise = merge::worded_otherwise(&known.asked, ours);
    let Some((sheet, tool, why)) = material.answers.take() else {
        return only_structure(&known, ours, &languages, choices, report, found);
    };
    let is_told = choices.format.is_some() || tool != Tool::Plain;
    if !is_told && let Some(refusal) = counts::refusal(&sheet, choices.wave.as_deref()) {
        found.push(refusal);
        return found.fail();
    }
    let Some(mut export) = reader::read(tool, &sheet, choices, &mut found) else {
        return found.fail();
    };
    learn(&mut known, material, &mut export, &mut found);
    let kept = clear(&mut export, choices, &mut found);
    if export.rows.is_empty() {
        found.push(doubts::nothing_left(&export, &sheet.file));
        return found.fail();
    }
    let weight = export.take_weight(sheet.weight.as_deref());
    leave_constants(&mut export, &known, &kept);
    export.number_alike();
    let mut questions = types::questions(&mut export, &known, &kept);
    doubts::spellings(&export, &questions, &mut found);
    let (wave, wave_why) = target::wave(choices, report, &export, &sheet.file);
    words::translate(&mut questions, Some(tool), &languages);
    let book = book(&mut questions, report, &languages);
    let table = merge::responses(&export, &questions, weight, &wave, report);
    let difference = match merge::compare(report, &wave, &table, choices) {
        Ok(difference) => difference,
        Err(mistake) => {
            found.push(mistake);
            return found.fail();
        }
    };
    let mut files = book.files();
    doubts::warn_of_letters(&files, &mut found);
    files.push((format!("data/{wave}/responses.csv"), table.text().into_bytes()));
    let weight = weight.map(|at| export.columns[at].header.clone());
    verify::verify(&files, &languages, &wave, weight.as_deref(), table.id.as_deref(), &mut found);
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
        otherwise: &otherwise,
    };
    let imported = Imported {
        files,
        report: report::text(&told),
        respondents: Some(export.rows.len()),
        shown: shown::shown(&questions),
        words: wordings(&questions),
        wave,
        languages,
        weight,
    };
    found.settle(imported)
}

/// Leaves out what a study writes beside each respondent, such as its round and
/// its country: names in a table of data that nobody explains, with one value
/// in every row.
fn leave_constants(export: &mut Export, known: &Structures, kept: &[usize]) {
    const FEW: usize = 50;
    if export.rows.len() < FEW || !matches!(export.tool, Tool::Plain | Tool::Spss) {
        return;
    }
    let is_constant = |at: &usize| {
        let column = &export.columns[*at];
        let mut cells = export.cells(*at);
        let first = cells.next().unwrap_or_default();
        column.part == Part::Answer
            && !kept.contains(at)
            && column.item.is_none()
            && !column.header.contains(' ')
            && known.find(column, None).is_none()
            && !first.is_empty()
            && cells.all(|cell| cell == first)
    };
    let constant: Vec<usize> = (0..export.columns.len()).filter(is_constant).collect();
    for at in constant {
        export.columns[at].part = Part::Out("the same in every row");
    }
}

/// What structures say, the codebook of the report first, and how much of it
/// that is.
fn structures(material: &mut Material, report: &Sources) -> (Structures, usize) {
    let mut known = Structures::default();
    known.add(merge::known(report));
    let ours = known.asked.len();
    known.languages.clear();
    for asked in std::mem::take(&mut material.structures) {
        known.add(asked);
    }
    (known, ours)
}

/// Adds what tables beside the answers say of their columns.
fn learn(known: &mut Structures, material: Material, export: &mut Export, found: &mut Findings) {
    let book = material.codebook.as_ref().and_then(|book| structure::codebook(book, export));
    let mut book = book.unwrap_or_default();
    let is_silent = |asked: &structure::Asked| {
        asked.text.values().all(String::is_empty) && asked.options.is_empty()
    };
    if let Some(sheet) = material.codebook.as_ref().filter(|_| book.iter().all(is_silent)) {
        export.notes.push(format!(
            "`{}` was taken for a codebook and words no question and no option: it needs a column `name`, and `label` for the words, or `code` and `label` for those of options",
            sheet.file
        ));
    }
    let beside = pairs::of_columns(export);
    let beside = pairs::overrule(&mut book, beside, found);
    known.add(book);
    known.add(beside);
    known.add(material.pairs);
}

/// Empties and leaves out what is no answer, or says who answered; gives the
/// columns that the user wants whatever they are.
fn clear(export: &mut Export, choices: &Choices, found: &mut Findings) -> Vec<usize> {
    let kept = export.keep(&choices.keep);
    doubts::unknown_columns(export, choices, found);
    doubts::same_headers(export, found);
    doubts::repeats(export, found);
    if choices.missing.is_empty() {
        export.clear_marks();
    }
    export.clear(&choices.missing);
    export.leave_empty_rows();
    privacy::guard(export, &kept);
    kept
}

/// The codebook of the report with the questions, which get their names.
fn book(questions: &mut [Question], report: &Sources, languages: &[String]) -> Book {
    let mut book = Book::new(report, languages);
    names::name(questions, &book);
    book.add(questions);
    book
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
    words::translate(&mut questions, None, languages);
    let book = book(&mut questions, report, languages);
    let files = book.files();
    doubts::warn_of_letters(&files, &mut found);
    let wave = choices.wave.clone().unwrap_or_else(|| "1".to_owned());
    verify::verify(&files, languages, &wave, None, None, &mut found);
    let imported = Imported {
        files,
        report: report::structure(&questions, asked, &book),
        respondents: None,
        shown: shown::shown(&questions),
        words: wordings(&questions),
        wave,
        languages: languages.to_vec(),
        weight: None,
    };
    found.settle(imported)
}

/// What was asked, for guessing the language.
fn wordings(questions: &[Question]) -> String {
    let labels: Vec<_> = questions.iter().map(|question| text::any(&question.label)).collect();
    labels.join(" ")
}
