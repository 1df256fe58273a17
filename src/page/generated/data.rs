//! `data.html`: the files to take away, what their columns hold, under which
//! licence they are, and lines that read them. A chapter of that name comes
//! first on the page.

use crate::config::{Publish, WaveSettings};
use crate::figure::{Scope, wave_label};
use crate::page::dictionary::{self, CHOICES, Column, QUESTIONS};
use crate::stats::export::FieldType;
use crate::stats::{Cut, Estimator, Holds, OpenAnswers, Provenance, open_answers};
use crate::wording::NO_NUMBER;

use super::{Block, Desk, Generated, Line, Part, Section, TableLine};

/// Reads the results in R, with nothing but R itself.
const R: &str = r#"results <- read.csv("results.csv", na.strings = "",
                    fileEncoding = "UTF-8")
shares <- subset(results, estimator == "proportion" &
                          group_var == "all")
shares[, c("wave", "label_question", "label_item", "display")]
"#;

/// Reads the results in Python, with nothing but its own library.
const PYTHON: &str = r#"import csv

with open("results.csv", encoding="utf-8", newline="") as file:
    results = list(csv.DictReader(file))

for row in results:
    everybody = row["group_var"] == "all"
    if row["estimator"] == "proportion" and everybody:
        print(row["wave"], row["label_question"],
              row["label_item"], row["display"], sep=" | ")
"#;

/// `None` where nothing is published.
pub(super) fn page<'a>(desk: &Desk<'_, 'a>) -> Option<Generated<'a>> {
    if !desk.scope.publishes() {
        return None;
    }
    let mut sections = vec![
        Section::new("files", desk.text("data.files"), files(desk)),
        Section::new(
            "load",
            desk.text("data.load"),
            vec![Block::text(desk.text("data.load-text"))],
        ),
        example(desk, "load-r", "R", "r", R),
        example(desk, "load-python", "Python", "python", PYTHON),
        sheet(desk),
    ];
    sections.extend(answers(desk));
    sections.extend([
        Section::new("columns", desk.text("data.columns"), columns(desk)),
        Section::new("codebook", desk.text("data.codebook"), codebook(desk)),
    ]);
    if let Some(license) = desk.license() {
        let blocks = vec![license, Block::text(desk.text("data.license-text")), cite(desk)];
        sections.push(Section::new("license", desk.text("data.license"), blocks));
    }
    Some(desk.page(Part::Data, sections))
}

fn files(desk: &Desk<'_, '_>) -> Vec<Block> {
    vec![
        Block::text(desk.text("data.files-text")),
        Block::Files { caption: desk.text("data.files-caption") },
        Block::text(desk.text("data.figures-text")),
        Block::text(desk.text("data.sums-text")),
    ]
}

fn example(
    desk: &Desk<'_, '_>,
    id: &str,
    name: &str,
    language: &'static str,
    text: &str,
) -> Section {
    let name_of_lines = desk.fill("data.example", &[("language", name)]);
    let code = Block::Code { language, name: name_of_lines, text: text.to_owned() };
    Section { level: 3, ..Section::new(id, name, vec![code]) }
}

fn sheet(desk: &Desk<'_, '_>) -> Section {
    let blocks = vec![Block::text(desk.text("data.sheet-text"))];
    Section { level: 3, ..Section::new("load-sheet", desk.text("data.sheet"), blocks) }
}

/// What is known of single respondents, where it is published.
fn answers(desk: &Desk<'_, '_>) -> Vec<Section> {
    let Scope { config, survey, .. } = desk.scope;
    if config.publish != Publish::Microdata {
        return vec![];
    }
    let waves = open_answers(survey, config);
    let given = |wave: &WaveSettings| waves.iter().any(|one| one.wave.key == wave.key);
    let mut blocks = vec![];
    if !waves.is_empty() {
        let texts = ["data.answers-text", "data.answers-columns", "data.answers-weight"];
        blocks.extend(texts.map(|key| Block::text(desk.text(key))));
    }
    let lacking = config.waves.iter().filter(|wave| !given(wave));
    let lacking: Vec<String> = lacking.map(|wave| wave_label(desk.scope, &wave.key)).collect();
    if !lacking.is_empty() {
        let waves = desk.scope.words.list(&lacking);
        blocks.push(Block::text(desk.fill("data.answers-none", &[("waves", &waves)])));
    }
    let section = Section::new("answers", desk.text("data.answers"), blocks);
    let recounted = waves.iter().rev().find_map(|wave| recounted(desk, wave));
    let recounted = recounted.map(|(number, lines)| {
        let mut section = example(desk, "recount", &desk.text("data.recount"), "r", &lines);
        section.blocks.insert(0, Block::text(number));
        section
    });
    [section].into_iter().chain(recounted).collect()
}

/// The first number of the report that lines for R can give from the answers
/// that people gave in a wave: which it is, and the lines.
fn recounted(desk: &Desk<'_, '_>, answers: &OpenAnswers<'_>) -> Option<(String, String)> {
    let scope = desk.scope;
    let name = answers.path.strip_prefix("data/")?;
    let weight = &answers.columns.iter().find(|one| matches!(one.holds, Holds::Weight))?.name;
    answers.columns.iter().find_map(|column| {
        let (question, option) = match column.holds {
            Holds::Option(question) => {
                (question, question.options().iter().find(|one| one.role.in_base())?)
            }
            Holds::Tick(question, option) => (question, option),
            _ => return None,
        };
        let row = scope.results.rows().iter().find(|row| {
            row.question == question.key
                && row.item.as_ref() == Some(&option.key)
                && row.estimator == Estimator::Proportion
                && row.cut == Cut::all()
                && row.wave.as_ref().is_some_and(|wave| wave.as_str() == answers.wave.key)
                && row.provenance == Provenance::Collected
                && row.value.estimate().is_some()
        })?;
        let (chosen, weight) = (r_text(&column.name), r_text(weight));
        let base = question.options().iter().filter(|one| one.role.in_base());
        let base: Vec<String> = base.map(|one| r_text(one.key.as_str())).collect();
        let (base, value) = match column.holds {
            Holds::Tick(..) => {
                (format!("!is.na(answers[[{chosen}]])"), format!("as.numeric(base[[{chosen}]])"))
            }
            _ => (
                format!("answers[[{chosen}]] %in% c({})", base.join(", ")),
                format!("base[[{chosen}]] == {}", r_text(option.key.as_str())),
            ),
        };
        let lines = format!(
            "answers <- read.csv({file}, na.strings = \"\", colClasses = \"character\",\n\
             \u{20}                   check.names = FALSE, fileEncoding = \"UTF-8\")\n\
             base <- answers[{base}, ]\n\
             weighted.mean({value}, as.numeric(base[[{weight}]]))\n",
            file = r_text(name),
        );
        let language = scope.words.language();
        let facts = [
            ("file", name),
            ("number", &scope.printed(row)),
            ("option", option.label.get(language)),
            ("question", question.label.get(language)),
        ];
        Some((desk.fill("data.recount-text", &facts), lines))
    })
}

/// A text as R writes it.
fn r_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn columns(desk: &Desk<'_, '_>) -> Vec<Block> {
    let columns = dictionary::result_columns(desk.scope);
    let rows = columns.into_iter().map(|column| {
        let kind = kind(desk, &column);
        let unit = column.unit.unwrap_or_else(|| NO_NUMBER.to_owned());
        TableLine {
            label: column.name.to_owned(),
            cells: vec![column.meaning, kind, unit],
            is_name: true,
            ..TableLine::default()
        }
    });
    let head = ["data.column", "data.meaning", "data.type", "data.unit"].map(|key| desk.text(key));
    let table = Block::Table {
        caption: desk.text("data.columns-caption"),
        head: head.into(),
        rows: rows.collect(),
        sentences: true,
        simulated: false,
    };
    vec![Block::text(desk.text("data.columns-text")), table]
}

fn kind(desk: &Desk<'_, '_>, column: &Column) -> String {
    let key = match column.kind {
        FieldType::Text => "data.type-text",
        FieldType::Coded(_) => {
            let values = column.values.join(", ");
            return desk.fill("data.type-coded", &[("values", &values)]);
        }
        FieldType::Number => "data.type-number",
        FieldType::Count => "data.type-count",
        FieldType::Truth => "data.type-truth",
    };
    desk.text(key)
}

/// The columns of the codebook: those with a text in several languages once.
fn codebook(desk: &Desk<'_, '_>) -> Vec<Block> {
    let table = |caption: &str, names: &[&str]| Block::Table {
        caption: desk.text(caption),
        head: ["data.column", "data.meaning"].map(|key| desk.text(key)).into(),
        rows: names
            .iter()
            .filter_map(|name| {
                let meaning = dictionary::codebook_meaning(desk.scope, name)?;
                Some(TableLine {
                    label: (*name).to_owned(),
                    cells: vec![meaning],
                    is_name: true,
                    ..TableLine::default()
                })
            })
            .collect(),
        sentences: true,
        simulated: false,
    };
    vec![
        Block::text(desk.text("data.codebook-text")),
        table("data.codebook-questions", &QUESTIONS),
        table("data.codebook-choices", &CHOICES),
    ]
}

fn cite(desk: &Desk<'_, '_>) -> Block {
    let line = Line {
        text: desk.text("about.cite"),
        address: Some(format!("{}.html#page-cite", Part::About.name())),
        ..Line::default()
    };
    Block::List { items: vec![line] }
}
