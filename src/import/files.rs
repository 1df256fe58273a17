//! The files that were given: which holds the answers, which says what was
//! asked.

use super::export::Export;
use super::sheet::{self, Sheet};
use super::structure::{self, Asked, RScript};
use super::tool::Tool;
use super::{Choices, Input, detect, encoding, pairs, reader, sav, workbook};
use crate::diag::{Code, Diagnostic, Findings};

/// The files by what they are for.
#[derive(Debug, Default)]
pub(super) struct Material {
    /// The answers, the tool that wrote them, and what tells it.
    pub(super) answers: Option<(Sheet, Tool, String)>,
    pub(super) structures: Vec<Vec<Asked>>,
    /// A table that names the variables of the answers.
    pub(super) codebook: Option<Sheet>,
    /// What codes mean, from the same answers with labels.
    pub(super) pairs: Vec<Asked>,
}

/// Sorts the files; `None` if one cannot be used.
pub(super) fn sort(inputs: &[Input], choices: &Choices, found: &mut Findings) -> Option<Material> {
    let mut given = Given::default();
    for (at, input) in inputs.iter().enumerate() {
        match inputs[..at].iter().find(|before| before.bytes == input.bytes) {
            Some(before) => found.push(twice(before, input)),
            None => given.take(input, choices, found),
        }
    }
    let Given { mut material, mut tables, forms, script } = given;
    pair_forms(&mut material, forms);
    if found.has_errors() {
        return None;
    }
    if let (Some(script), [answers]) = (script, &mut tables[..]) {
        material.structures.push(script.name_columns(answers));
    }
    choose(tables, &mut material, choices, found)?;
    Some(material)
}

/// The files one by one, before they are set beside each other.
#[derive(Debug, Default)]
struct Given {
    material: Material,
    tables: Vec<Sheet>,
    /// Sheets of an `XLSForm`.
    forms: Vec<Sheet>,
    script: Option<RScript>,
}

impl Given {
    /// Takes a file by what its first bytes tell.
    fn take(&mut self, input: &Input, choices: &Choices, found: &mut Findings) {
        let Input { name, bytes } = input;
        let head = encoding::decode(&bytes[..bytes.len().min(2000)], choices.encoding).text;
        let text = || encoding::decode(bytes, choices.encoding).text;
        let begins = |signs: &[char]| head.trim_start().starts_with(signs);
        let structures = &mut self.material.structures;
        if let Some((what, way)) = foreign(bytes) {
            found.push(unreadable(&format!("`{name}` is {what}"), way));
        } else if bytes.starts_with(b"$FL2") || bytes.starts_with(b"$FL3") {
            match sav::read(name, bytes, choices.encoding) {
                Ok(file) => {
                    self.tables.push(file.sheet);
                    structures.push(file.asked);
                }
                Err(error) => {
                    let why = error.why();
                    let message = format!("`{name}` cannot be read as a data file of SPSS: {why}");
                    let way = "Save it again as `.sav`, or as CSV twice, once with values and once with value labels, and give both files.";
                    found.push(unreadable(&message, way));
                }
            }
        } else if bytes.starts_with(b"PK\x03\x04") {
            self.place(workbook::read(name, bytes, choices, found));
        } else if head.contains("<LimeSurveyDocType>")
            || (head.starts_with("<?xml") && head.contains("<document"))
        {
            structures.push(structure::lss(name, &text(), found));
        } else if begins(&['{']) && head.contains("\"SurveyEntry\"") {
            structures.push(structure::qsf(name, &text(), found));
        } else if structure::is_sosci_script(&head) {
            structures.push(structure::sosci_script(name, &text()));
        } else if structure::is_r_script(&head) {
            self.script = Some(RScript::read(name, &text()));
        } else if let Some(book) =
            begins(&['{', '[']).then(text).and_then(|text| structure::json(name, &text))
        {
            self.tables.push(book);
        } else {
            self.place(sheet::text(name, bytes, choices, found).into_iter().collect());
        }
    }

    /// Takes the sheets of a file: a form, a structure, or answers.
    fn place(&mut self, sheets: Vec<Sheet>) {
        let survey = sheets.iter().position(|sheet| sheet.name == "survey");
        let choices = sheets.iter().position(|sheet| sheet.name == "choices");
        if let Some(survey) = survey {
            self.material.structures.push(structure::xlsform(
                &sheets[survey],
                choices.map(|at| &sheets[at]),
                false,
            ));
            return;
        }
        // Further sheets of a workbook are repeated groups or notes.
        let Some(sheet) = sheets.into_iter().next() else { return };
        let header: Vec<&str> =
            sheet.rows[0].iter().map(|cell| cell.trim().trim_start_matches('\u{FEFF}')).collect();
        let has = |name: &str| header.contains(&name);
        if has("class") && has("type/scale") && has("name") {
            self.material.structures.push(structure::tsv(&sheet));
        } else if structure::is_one_sheet(&sheet) {
            let sections = structure::sections(&sheet);
            if let Some(survey) = sections.get("survey") {
                self.material.structures.push(structure::xlsform(
                    survey,
                    sections.get("choices"),
                    false,
                ));
            }
        } else if (has("list_name") || has("list name")) && has("name")
            || (has("type") && has("name") && header.iter().any(|name| name.starts_with("label")))
        {
            self.forms.push(sheet);
        } else {
            self.tables.push(sheet);
        }
    }
}

fn unreadable(message: &str, way: &str) -> Diagnostic {
    Diagnostic::error(Code::ImportUnreadable, message).hint(way)
}

/// A file that was taken before, under this name or another.
fn twice(before: &Input, input: &Input) -> Diagnostic {
    let message = if before.name == input.name {
        format!("`{}` is given twice: it is taken once", input.name)
    } else {
        format!("`{}` holds the same as `{}`: it is left out", input.name, before.name)
    };
    Diagnostic::warning(Code::ImportTwice, message)
        .hint("If you meant the answers in words or the structure of the survey, name that file.")
}

/// Formats that are known and not read, with the way out.
fn foreign(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Some((
            "an old workbook (`.xls`)",
            "Open it in a spreadsheet and save it as `.xlsx` or as CSV in UTF-8.",
        ));
    }
    bytes
        .starts_with(b"%PDF")
        .then_some(("a PDF", "Give the export of the answers as CSV or `.xlsx`."))
}

/// The two sheets of an `XLSForm` that were saved as two texts.
fn pair_forms(material: &mut Material, forms: Vec<Sheet>) {
    let (choices, surveys): (Vec<Sheet>, Vec<Sheet>) = forms
        .into_iter()
        .partition(|sheet| !sheet.rows[0].iter().any(|cell| cell.trim() == "type"));
    for survey in surveys {
        material.structures.push(structure::xlsform(&survey, choices.first(), false));
    }
}

/// Of several tables, the answers and what explains them.
fn choose(
    mut tables: Vec<Sheet>,
    material: &mut Material,
    choices: &Choices,
    found: &mut Findings,
) -> Option<()> {
    let told = |sheet: &Sheet| {
        if let Some(tool) = choices.format {
            (tool, "asked for with --format".to_owned())
        } else {
            let (tool, why) = detect::detect(sheet);
            (tool, why.to_owned())
        }
    };
    if tables.len() == 2 {
        let plain = |sheet: &Sheet| {
            let mut quiet = Findings::default();
            let (tool, _) = told(sheet);
            reader::read(tool, sheet, choices, &mut quiet)
        };
        let explains = |book: &Sheet, answers: &Sheet| {
            plain(answers).is_some_and(|export| structure::codebook(book, &export).is_some())
        };
        let same = tables[0].rows.first() == tables[1].rows.first()
            && tables[0].rows.len() == tables[1].rows.len();
        if same {
            let second = tables.remove(1);
            let first = plain(&tables[0])?;
            let second = plain(&second)?;
            // The codes are the file with more numbers in it.
            let swapped = numbers(&first) < numbers(&second);
            let (codes, labels) = if swapped { (&second, &first) } else { (&first, &second) };
            material.pairs = pairs::of_files(codes, labels);
            if swapped {
                tables[0].rows.splice(1.., second.rows.clone());
            }
        } else if explains(&tables[1], &tables[0]) {
            material.codebook = tables.pop();
        } else if explains(&tables[0], &tables[1]) {
            material.codebook = Some(tables.remove(0));
        }
    }
    if 1 < tables.len() {
        let names: Vec<String> = tables.iter().map(|sheet| format!("`{}`", sheet.file)).collect();
        found.push(
            Diagnostic::error(Code::ImportFiles, format!("{} all look like answers", names.join(", ")))
                .hint("Import one export of answers at a time, each into its wave; structure files may stand beside it."),
        );
        return None;
    }
    if let Some(sheet) = tables.pop() {
        let (tool, why) = told(&sheet);
        material.answers = Some((sheet, tool, why));
    }
    Some(())
}

fn numbers(export: &Export) -> usize {
    export.rows.iter().flatten().filter(|cell| super::text::number(cell).is_some()).count()
}
