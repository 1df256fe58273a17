//! All numbers that a site releases of its groups, wherever they stand: in the
//! results, in the files of figures, in the tables of pages.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::attacker::text;
use crate::project::{Project, files};

/// A site in one language.
pub(crate) struct Site<'p> {
    pub(crate) project: &'p Project,
    /// Where the pages of the language lie: nowhere else, or `en/`.
    pub(crate) folder: &'static str,
    pub(crate) language: &'static str,
}

/// What tells rows from another, whatever they say.
const KEY: [&str; 7] =
    ["provenance", "question", "item", "estimator", "group_var", "group", "wave"];

/// The rows of results and files of figures as those of one release; how many
/// rows files have that the results do not.
pub(crate) fn release(site: &Site<'_>) -> (Value, usize) {
    let mut release = site.project.published();
    let mut superseded = release["superseded"].as_array().unwrap().clone();
    let estimates = release["estimates"].as_array_mut().unwrap();
    estimates.append(&mut superseded);
    let known: BTreeSet<String> = estimates.iter().map(said).collect();
    let mut new: BTreeMap<String, Value> = BTreeMap::new();
    for row in of_files(site) {
        if !known.contains(&said(&row)) {
            new.insert(said(&row), row);
        }
    }
    let count = new.len();
    estimates.extend(new.into_values());
    (release, count)
}

/// What a row is about and says of its group.
fn said(row: &Value) -> String {
    let number = |name: &str| row[name].as_f64().map_or_else(String::new, |x| format!("{x:.9}"));
    let key = KEY.map(|name| text(row, name)).join(" ");
    format!("{key} {} {}", number("n"), number("estimate"))
}

/// The rows in the files of figures.
fn of_files(site: &Site<'_>) -> Vec<Value> {
    let folder = site.project.path().join("public").join(site.folder).join("data/figures");
    let mut rows = vec![];
    for path in files(&folder) {
        if path.extension().is_some_and(|extension| extension == "csv") {
            rows.extend(table(&std::fs::read(folder.join(path)).unwrap()));
        }
    }
    rows
}

/// A CSV file; cells that are numbers in the results are numbers.
fn table(bytes: &[u8]) -> Vec<Value> {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        let cells = header.iter().zip(&record).map(|(name, cell)| {
            let number = ["n", "estimate"].contains(&name).then(|| cell.parse::<f64>().ok());
            let value = match number {
                Some(number) => json!(number),
                None => json!(cell),
            };
            (name.to_owned(), value)
        });
        Value::Object(cells.collect::<Map<_, _>>())
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// A cell of a table on a page that prints a number.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Printed {
    pub(crate) page: String,
    pub(crate) question: String,
    pub(crate) item: String,
    pub(crate) group_var: String,
    pub(crate) group: String,
    pub(crate) wave: String,
    pub(crate) text: String,
}

/// The cells of the tables of figures that are about a group, read by their
/// headings as a reader would.
pub(crate) fn of_pages(site: &Site<'_>) -> Vec<Printed> {
    let folder = site.project.path().join("public").join(site.folder);
    let labels = Labels::new(site);
    let pages = files(&folder).into_iter().filter(|path| {
        path.extension().is_some_and(|extension| extension == "html")
            && path.components().count() == 1
    });
    let mut printed = vec![];
    for path in pages {
        let page = std::fs::read_to_string(folder.join(&path)).unwrap();
        for figure in page.split("<figure").skip(1) {
            let figure = figure.split("</figure>").next().unwrap();
            let id = figure.split("id=\"fig-").nth(1).and_then(|rest| rest.split('"').next());
            let file = id.map(|id| folder.join(format!("data/figures/{id}.csv")));
            let Some(Ok(bytes)) = file.map(std::fs::read) else { continue };
            let rows = table(&bytes);
            for markup in figure.split("<table").skip(1) {
                labels.read(&path.to_string_lossy(), markup, &rows, &mut printed);
            }
        }
    }
    printed
}

/// What questions and options are called in tables.
struct Labels {
    /// By question.
    questions: BTreeMap<String, String>,
    /// By question: short label of an option, its key.
    options: BTreeMap<String, Vec<(String, String)>>,
}

impl Labels {
    fn new(site: &Site<'_>) -> Self {
        let read = |name: &str| {
            table(&std::fs::read(site.project.path().join("data/codebook").join(name)).unwrap())
        };
        let (short, label) =
            (format!("short::{}", site.language), format!("label::{}", site.language));
        let called = |row: &Value| {
            let named = [&short, &label].map(|column| text(row, column));
            named.into_iter().find(|name| !name.is_empty()).unwrap_or_default()
        };
        let choices = read("choices.csv");
        let survey = read("survey.csv");
        let questions = survey.iter().map(|question| (text(question, "name"), called(question)));
        let questions = questions.collect();
        let options = survey.iter().filter_map(|question| {
            let list = text(question, "type").split_whitespace().nth(1)?.to_owned();
            let of_list = choices.iter().filter(|choice| text(choice, "list_name") == list);
            let options = of_list.map(|choice| (called(choice), text(choice, "name")));
            Some((text(question, "name"), options.collect()))
        });
        Self { questions, options: options.collect() }
    }

    /// The option of a question that a heading names, whose base may stand
    /// after it in brackets.
    fn option(&self, question: &str, heading: &str) -> Option<String> {
        let name = heading.split(" (n\u{a0}").next().unwrap();
        let name = name.split(" (").next().filter(|_| !self.has(question, name)).unwrap_or(name);
        let options = self.options.get(question)?.iter();
        options.filter(|(label, _)| label == name).map(|(_, key)| key.clone()).next()
    }

    fn has(&self, question: &str, name: &str) -> bool {
        self.options.get(question).is_some_and(|all| all.iter().any(|(label, _)| label == name))
    }

    /// Reads a table of a figure with these rows in its file.
    fn read(&self, page: &str, markup: &str, rows: &[Value], printed: &mut Vec<Printed>) {
        let questions: BTreeSet<String> = rows.iter().map(|row| text(row, "question")).collect();
        let waves: BTreeSet<String> = rows.iter().map(|row| text(row, "wave")).collect();
        let Some(wave) = waves.first().filter(|_| waves.len() == 1) else { return };
        let items: BTreeSet<String> = rows.iter().map(|row| text(row, "item")).collect();
        let lines: Vec<Vec<String>> = markup.split("<tr").skip(1).map(cells).collect();
        let Some((head, body)) = lines.split_first() else { return };
        // Two breakdowns can have groups of one name.
        let names = || head.iter().chain(body.iter().filter_map(|line| line.first()));
        let known = |by: &String| names().filter(|name| self.option(by, name).is_some()).count();
        let breakdowns: BTreeSet<String> = rows.iter().map(|row| text(row, "group_var")).collect();
        let Some(group_var) = breakdowns.iter().max_by_key(|by| known(by)) else { return };
        for line in body {
            for (column, cell) in line.iter().enumerate().skip(1) {
                let heading = &head[column.min(head.len() - 1)];
                let about = |item, group| self.about(item, group, group_var, &questions, &items);
                // Beside the numbers of a line stand their limits and base.
                let of_line = || {
                    let (question, item, group) = about(heading, &line[0])?;
                    let named = self.option(&question, heading).is_some();
                    (column == 1 || named).then_some((question, item, group))
                };
                let found = about(&line[0], heading).or_else(of_line);
                let is_number = cell.starts_with(|c: char| c.is_ascii_digit() || c == '<');
                let Some((question, item, group)) = found.filter(|_| is_number) else { continue };
                printed.push(Printed {
                    page: page.to_owned(),
                    question,
                    item,
                    group_var: group_var.clone(),
                    group,
                    wave: wave.clone(),
                    text: cell.clone(),
                });
            }
        }
    }

    /// What one heading says of the answer and another of the group: question,
    /// item and group.
    fn about(
        &self,
        answer: &str,
        group: &str,
        group_var: &str,
        questions: &BTreeSet<String>,
        items: &BTreeSet<String>,
    ) -> Option<(String, String, String)> {
        let group = self.option(group_var, group)?;
        let single = questions.first().filter(|_| questions.len() == 1);
        let called = || questions.iter().find(|key| self.questions[*key] == answer);
        let question = single.or_else(called)?;
        let only = || items.first().filter(|_| items.len() == 1).cloned();
        let item = self.option(question, answer).or_else(only)?;
        Some((question.clone(), item, group))
    }
}

/// The words of the cells of a line, without what is small.
fn cells(line: &str) -> Vec<String> {
    let mut cells: Vec<String> = vec![];
    let mut is_small = false;
    for part in line.split('<') {
        let (tag, words) = part.split_once('>').unwrap_or((part, ""));
        if tag.starts_with("th ") || tag == "td" || tag.starts_with("td ") || tag == "th" {
            cells.push(String::new());
        }
        is_small = (is_small || tag == "small") && tag != "/small";
        if let Some(cell) = cells.last_mut().filter(|_| !is_small) {
            cell.push_str(words);
        }
    }
    cells.iter().map(|cell| unescaped(cell.trim())).collect()
}

fn unescaped(text: &str) -> String {
    let marks = [("&#x27;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    marks.iter().fold(text.to_owned(), |text, (mark, sign)| text.replace(mark, sign))
}
