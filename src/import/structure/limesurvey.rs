//! LimeSurvey's structures: `.lss` (XML) and the tab-separated `.txt`.

use std::collections::BTreeMap;

use super::{Asked, Asks, cell, column};
use crate::diag::{Code, Diagnostic, Findings};
use crate::import::question::Choice;
use crate::import::sheet::Sheet;
use crate::import::text::{Texts, any, clean, plain};

/// What LimeSurvey's letters ask.
fn asks(letter: &str) -> Asks {
    match letter {
        "L" | "!" | "O" | "Y" | "G" | "5" | "I" => Asks::Single,
        "M" | "P" => Asks::Multiple,
        "F" | "H" | "A" | "B" | "C" | "E" | "1" => Asks::Grid,
        "R" => Asks::Ranking,
        "S" | "T" | "U" | "Q" | "D" | "|" | ";" => Asks::Text,
        "X" | "*" => Asks::Nothing,
        _ => Asks::Unknown,
    }
}

/// The options that a type of question has by itself.
fn fixed(letter: &str) -> Vec<Choice> {
    let texts = |fr: &str, nl: &str, en: &str| {
        Texts::from([("en", en), ("fr", fr), ("nl", nl)].map(|(l, t)| (l.to_owned(), t.to_owned())))
    };
    let numbers =
        |last: u8| (1..=last).map(|n| Choice::coded(&n.to_string(), Texts::new())).collect();
    match letter {
        "Y" => vec![
            Choice::coded("Y", texts("Oui", "Ja", "Yes")),
            Choice::coded("N", texts("Non", "Nee", "No")),
        ],
        "C" => vec![
            Choice::coded("Y", texts("Oui", "Ja", "Yes")),
            Choice::coded("U", texts("Incertain", "Onzeker", "Uncertain")),
            Choice::coded("N", texts("Non", "Nee", "No")),
        ],
        "E" => vec![
            Choice::coded("I", texts("Augmenter", "Meer", "Increase")),
            Choice::coded("S", texts("Sans changement", "Gelijk", "Same")),
            Choice::coded("D", texts("Diminuer", "Minder", "Decrease")),
        ],
        "G" => vec![
            Choice::coded("F", texts("Féminin", "Vrouw", "Female")),
            Choice::coded("M", texts("Masculin", "Man", "Male")),
        ],
        "5" | "A" => numbers(5),
        "B" => numbers(10),
        _ => vec![],
    }
}

/// One question while its rows are gathered.
#[derive(Default)]
struct Gathered {
    letter: String,
    other: bool,
    text: Texts,
    topic: Texts,
    options: Vec<Choice>,
    items: Vec<Choice>,
}

impl Gathered {
    fn asked(mut self, code: &str, source: &str) -> Asked {
        let asks = asks(&self.letter);
        if self.options.is_empty() {
            self.options = fixed(&self.letter);
        }
        if self.other {
            let label = Texts::from(
                [("de", "Sonstiges"), ("en", "Other"), ("fr", "Autre"), ("nl", "Andere")]
                    .map(|(l, t)| (l.to_owned(), t.to_owned())),
            );
            let known = self.text.keys().cloned().collect::<Vec<_>>();
            let label =
                label.into_iter().filter(|(language, _)| known.contains(language)).collect();
            let other = Choice {
                role: "other".to_owned(),
                ..Choice::coded("other", if known.is_empty() { plain("Other") } else { label })
            };
            if asks == Asks::Multiple { self.items.push(other) } else { self.options.push(other) }
        }
        let mut asked = Asked::new(code, asks, source);
        any(&self.topic).clone_into(&mut asked.topic);
        asked.text = self.text;
        asked.options = self.options;
        asked.items = self.items;
        asked
    }
}

fn add(list: &mut Vec<Choice>, code: &str, language: &str, text: &str) {
    if !list.iter().any(|choice| choice.code == code) {
        list.push(Choice { code: code.to_owned(), ..Choice::default() });
    }
    if let Some(choice) = list.iter_mut().find(|choice| choice.code == code) {
        choice.label.insert(language.to_owned(), clean(text));
    }
}

/// The tab-separated structure: each language in its own rows, each row
/// below the question that it belongs to.
pub(in crate::import) fn tsv(sheet: &Sheet) -> Vec<Asked> {
    let at = |name: &str| column(sheet, name);
    let (class, kind, name, text, language, other) =
        (at("class"), at("type/scale"), at("name"), at("text"), at("language"), at("other"));
    let mut order: Vec<String> = vec![];
    let mut found: BTreeMap<String, Gathered> = BTreeMap::new();
    let (mut question, mut topic) = (String::new(), String::new());
    for row in sheet.rows.iter().skip(1) {
        let (name, text, language) = (cell(row, name), cell(row, text), cell(row, language));
        match cell(row, class) {
            "G" => topic = clean(name),
            "Q" => {
                name.clone_into(&mut question);
                if !found.contains_key(name) {
                    order.push(question.clone());
                }
                let gathered = found.entry(question.clone()).or_default();
                cell(row, kind).clone_into(&mut gathered.letter);
                gathered.other |= cell(row, other) == "Y";
                gathered.text.insert(language.to_owned(), clean(text));
                gathered.topic.entry(language.to_owned()).or_insert_with(|| topic.clone());
            }
            "SQ" => {
                if let Some(gathered) = found.get_mut(&question) {
                    add(&mut gathered.items, name, language, text);
                }
            }
            "A" => {
                if let Some(gathered) = found.get_mut(&question) {
                    add(&mut gathered.options, name, language, text);
                }
            }
            _ => {}
        }
    }
    // The topics are named in the base language, which comes first.
    let base = sheet
        .rows
        .iter()
        .skip(1)
        .find(|row| cell(row, class) == "Q")
        .map_or("", |row| cell(row, language))
        .to_owned();
    order
        .into_iter()
        .filter_map(|code| {
            let mut gathered = found.remove(&code)?;
            gathered.topic.retain(|language, _| *language == base);
            Some(gathered.asked(&code, &sheet.file))
        })
        .collect()
}

/// The XML structure. Since version 4 texts stand in tables of their own;
/// before, in the rows, one row for each language.
pub(in crate::import) fn lss(file: &str, text: &str, found: &mut Findings) -> Vec<Asked> {
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        nodes_limit: 4_000_000,
        ..roxmltree::ParsingOptions::default()
    };
    let document = match roxmltree::Document::parse_with_options(text, options) {
        Ok(document) => document,
        Err(error) => {
            found.push(
                Diagnostic::error(Code::ImportUnreadable, format!("`{file}` is not XML: {error}"))
                    .hint("Export the structure again as `.lss`."),
            );
            return vec![];
        }
    };
    let tables = Tables::new(&document);
    let mut questions = tables.rows("questions");
    questions.sort_by_key(|row| {
        (order_of(row, "group_order"), order_of(row, "gid"), order_of(row, "question_order"))
    });
    let texts = tables.texts("question_l10ns", "qid", "question", "questions");
    let mut gathered = tables.questions(&questions, &texts);
    tables.add_lines(&questions, &texts, &mut gathered);
    tables.add_answers(&mut gathered);
    gathered.into_iter().map(|own| own.question.asked(&own.code, file)).collect()
}

/// A question of the XML structure.
struct Numbered {
    /// Its number in the file, by which lines and answers name it.
    id: String,
    code: String,
    question: Gathered,
}

type Row = BTreeMap<String, String>;

fn field<'r>(row: &'r Row, name: &str) -> &'r str {
    row.get(name).map_or("", String::as_str)
}

/// Whether a row is a line of another.
fn is_line(row: &Row) -> bool {
    !matches!(field(row, "parent_qid"), "" | "0")
}

fn order_of(row: &Row, name: &str) -> i64 {
    field(row, name).parse().unwrap_or_default()
}

/// The tables of the file.
struct Tables {
    languages: Vec<String>,
    rows: BTreeMap<String, Vec<Row>>,
}

impl Tables {
    /// The questions without their lines.
    fn questions(&self, rows: &[Row], texts: &BTreeMap<String, Texts>) -> Vec<Numbered> {
        let base = self.languages.first().cloned().unwrap_or_default();
        let topics = self.texts("group_l10ns", "gid", "group_name", "groups");
        let mut questions: Vec<Numbered> = vec![];
        for row in rows.iter().filter(|row| !is_line(row)) {
            let id = field(row, "qid");
            if questions.iter().any(|known| known.id == id) {
                continue;
            }
            let topic = topics.get(field(row, "gid")).cloned().unwrap_or_default();
            let question = Gathered {
                letter: field(row, "type").to_owned(),
                other: field(row, "other") == "Y",
                text: texts.get(id).cloned().unwrap_or_default(),
                topic: topic.into_iter().filter(|(language, _)| *language == base).collect(),
                ..Gathered::default()
            };
            let code = field(row, "title").to_owned();
            questions.push(Numbered { id: id.to_owned(), code, question });
        }
        questions
    }

    /// Adds the lines of questions, which stand among them or in their own table.
    fn add_lines(&self, rows: &[Row], texts: &BTreeMap<String, Texts>, questions: &mut [Numbered]) {
        let mut lines = self.rows("subquestions");
        lines.extend(rows.iter().filter(|row| is_line(row)).cloned());
        lines.sort_by_key(|row| order_of(row, "question_order"));
        let line_texts = self.texts("question_l10ns", "qid", "question", "subquestions");
        for row in &lines {
            let own = questions.iter_mut().find(|own| own.id == field(row, "parent_qid"));
            let words = texts.get(field(row, "qid")).or_else(|| line_texts.get(field(row, "qid")));
            if let (Some(own), Some(words)) = (own, words) {
                for (language, text) in words {
                    add(&mut own.question.items, field(row, "title"), language, text);
                }
            }
        }
    }

    fn add_answers(&self, questions: &mut [Numbered]) {
        let texts = self.texts("answer_l10ns", "aid", "answer", "answers");
        let mut answers = self.rows("answers");
        answers.sort_by_key(|row| order_of(row, "sortorder"));
        for row in &answers {
            let own = questions.iter_mut().find(|own| own.id == field(row, "qid"));
            let Some(own) = own else { continue };
            let told = [(field(row, "language").to_owned(), field(row, "answer").to_owned())];
            let old: Texts = told.into_iter().collect();
            let words =
                texts.get(field(row, "aid")).filter(|texts| !texts.is_empty()).unwrap_or(&old);
            for (language, text) in words {
                add(&mut own.question.options, field(row, "code"), language, text);
            }
        }
    }

    fn new(document: &roxmltree::Document<'_>) -> Self {
        let mut tables = Self { languages: vec![], rows: BTreeMap::new() };
        for part in document.root_element().children().filter(roxmltree::Node::is_element) {
            let name = part.tag_name().name().to_owned();
            if name == "languages" {
                let texts = part
                    .children()
                    .filter(roxmltree::Node::is_element)
                    .filter_map(|one| one.text());
                tables.languages = texts.map(str::to_owned).collect();
            }
            let rows = part.children().find(|child| child.has_tag_name("rows"));
            let read = |row: roxmltree::Node<'_, '_>| {
                let cells = row.children().filter(roxmltree::Node::is_element);
                cells
                    .map(|cell| {
                        (
                            cell.tag_name().name().to_owned(),
                            cell.text().unwrap_or_default().to_owned(),
                        )
                    })
                    .collect()
            };
            if let Some(rows) = rows {
                let all = rows.children().filter(|row| row.has_tag_name("row")).map(read).collect();
                tables.rows.insert(name, all);
            }
        }
        tables
    }

    fn rows(&self, table: &str) -> Vec<Row> {
        self.rows.get(table).cloned().unwrap_or_default()
    }

    /// The texts of a table's things by their id; those in the rows
    /// themselves where the table of texts is missing.
    fn texts(&self, table: &str, id: &str, text: &str, old: &str) -> BTreeMap<String, Texts> {
        let mut texts: BTreeMap<String, Texts> = BTreeMap::new();
        let rows = self.rows.get(table).or_else(|| self.rows.get(old));
        for row in rows.into_iter().flatten() {
            let own = texts.entry(field(row, id).to_owned()).or_default();
            if !field(row, text).is_empty() {
                own.insert(field(row, "language").to_owned(), clean(field(row, text)));
            }
        }
        texts
    }
}
