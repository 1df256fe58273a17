//! What an import did, for people: what was decided and why, every column,
//! every row.

use std::fmt::Write as _;

use super::export::{Export, Part};
use super::merge::Book;
use super::question::{Kind, Question, Sure};
use super::sheet::Sheet;
use super::structure::{Asked, Asks};
use super::tool::Tool;

/// What is told.
pub(super) struct Told<'t> {
    pub(super) sheet: &'t Sheet,
    pub(super) tool: Tool,
    pub(super) export: &'t Export,
    pub(super) questions: &'t [Question],
    pub(super) why: String,
    pub(super) wave: (&'t str, &'t str),
    pub(super) weight: Option<&'t str>,
    pub(super) book: &'t Book,
    pub(super) difference: &'t Option<String>,
    /// What the files word otherwise than the codebook of the report.
    pub(super) otherwise: &'t [String],
}

pub(super) fn text(told: &Told<'_>) -> String {
    let mut out = format!("{}\n", told.sheet.file);
    let mut line = |name: &str, text: &str| {
        let _written = writeln!(out, "  {name:<10} {text}");
    };
    line("tool", &format!("{} ({})", told.tool.name(), told.why));
    for how in &told.sheet.how {
        let (name, text) = how.split_once(": ").unwrap_or(("read", how));
        line(name, text);
    }
    line("wave", &format!("{} ({})", told.wave.0, told.wave.1));
    line("rows", &rows(told));
    if let Some(weight) = told.weight {
        line(
            "weight",
            &format!(
                "`{weight}` stands beside the answers: `weight = \"{weight}\"` under `[design]` weights by it"
            ),
        );
    }
    for note in &told.export.notes {
        line("note", note);
    }
    out.push('\n');
    out.push_str(&table(told.questions, Some(told.export)));
    out.push_str(&left_out(told));
    if let Some(difference) = told.difference {
        let _written = writeln!(out, "\n  {difference}");
    }
    out.push_str(&added(told.book));
    out.push_str(&otherwise(told.otherwise));
    out
}

/// The words that stay as the codebook has them.
fn otherwise(told: &[String]) -> String {
    const MOST: usize = 12;
    if told.is_empty() {
        return String::new();
    }
    let mut out = String::from(
        "\n  the codebook keeps its words where the files have others; write the new ones there if you want them\n",
    );
    for line in told.iter().take(MOST) {
        let _written = writeln!(out, "    {line}");
    }
    if MOST < told.len() {
        let _written = writeln!(out, "    and {} more", told.len() - MOST);
    }
    out
}

/// The report of a structure without answers.
pub(super) fn structure(questions: &[Question], asked: &[Asked], book: &Book) -> String {
    let mut out = format!("{} questions, no answers\n\n", questions.len());
    out.push_str(&table(questions, None));
    let silent = asked.iter().filter(|asked| asked.asks == Asks::Nothing);
    let named: Vec<String> = silent
        .map(|asked| {
            if asked.list.is_empty() {
                asked.code.clone()
            } else {
                format!("{} ({})", asked.code, asked.list)
            }
        })
        .collect();
    if !named.is_empty() {
        let _written =
            writeln!(out, "\n  left out, no question with answers to count: {}", named.join(", "));
    }
    out.push_str(&added(book));
    out
}

fn added(book: &Book) -> String {
    if book.added.is_empty() {
        return String::new();
    }
    let mut text = format!("\n  added to the codebook: {}\n", book.added.join(", "));
    for renamed in &book.renamed {
        let _written = writeln!(
            text,
            "  {renamed}: if that is the same option, write its new words as the label of the old one in `choices.csv`, take the new line out and import again"
        );
    }
    text
}

/// Every row of the file is a respondent or stands here with the reason.
fn rows(told: &Told<'_>) -> String {
    let (export, sheet) = (told.export, told.sheet);
    let mut left = export.reasons();
    if !sheet.broken.is_empty() {
        left.push(format!("{} broken ({})", sheet.broken.len(), lines(&sheet.broken)));
    }
    let all = export.records + sheet.broken.len();
    let mut text = format!("{all} in the file, {} kept", export.rows.len());
    if !left.is_empty() {
        let _written = write!(text, ", {} left out: {}", all - export.rows.len(), left.join("; "));
    }
    if 0 < sheet.blank {
        let word = if sheet.blank == 1 { "line" } else { "lines" };
        let _written = write!(text, " ({} blank {word})", sheet.blank);
    }
    text
}

/// Where some records stand, the first of them if they are many.
fn lines(all: &[usize]) -> String {
    const TOLD: usize = 10;
    let told: Vec<String> = all.iter().take(TOLD).map(ToString::to_string).collect();
    let word = if all.len() == 1 { "line" } else { "lines" };
    let more = if TOLD < all.len() { " …" } else { "" };
    format!("{word} {}{more}", told.join(", "))
}

const HEADS: [&str; 6] = ["question", "type", "options", "base", "sure", "how"];

fn table(questions: &[Question], export: Option<&Export>) -> String {
    let mut rows: Vec<[String; 6]> = vec![HEADS.map(str::to_owned)];
    for question in questions {
        let sure = match question.sure {
            Sure::Told => "told",
            Sure::Likely => "likely",
            Sure::Look => "LOOK",
        };
        let options = if question.options.is_empty() {
            String::new()
        } else {
            question.options.len().to_string()
        };
        let left = question.kind == Kind::Text && question.base() == 0;
        let base = match export {
            Some(_) if left => "-".to_owned(),
            Some(_) => question.base().to_string(),
            None => String::new(),
        };
        let columns = export.map_or(String::new(), |export| from(question, export));
        rows.push([
            question.name.clone(),
            question.kind.name().to_owned(),
            options,
            base,
            sure.to_owned(),
            format!("{}{columns}", question.why),
        ]);
    }
    let width = |column: usize| {
        rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0).min(44)
    };
    let widths: Vec<usize> = (0..6).map(width).collect();
    let mut out = String::new();
    for row in &rows {
        let cell = |column: usize| {
            let (text, width) = (&row[column], widths[column]);
            if matches!(column, 2 | 3) {
                format!("{text:>width$}")
            } else {
                format!("{text:<width$}")
            }
        };
        let line: Vec<String> = (0..5).map(cell).chain([row[5].clone()]).collect();
        let _written = writeln!(out, "  {}", line.join("  ").trim_end());
    }
    out
}

/// The columns that a question comes from.
fn from(question: &Question, export: &Export) -> String {
    let name = |at: usize| short(&export.columns[at].header);
    match question.columns[..] {
        [] => String::new(),
        [only] if export.columns[only].header == question.name => String::new(),
        [only] => format!(" · {}", name(only)),
        [first, .., last] => format!(" · {} … {}", name(first), name(last)),
    }
}

fn short(text: &str) -> String {
    if text.chars().count() <= 40 {
        text.to_owned()
    } else {
        text.chars().take(39).chain(['…']).collect()
    }
}

fn left_out(told: &Told<'_>) -> String {
    let mut reasons: Vec<(String, Vec<String>)> = vec![];
    let mut add =
        |reason: String, name: String| match reasons.iter_mut().find(|(known, _)| *known == reason)
        {
            Some((_, names)) => names.push(name),
            None => reasons.push((reason, vec![name])),
        };
    for column in &told.export.columns {
        match &column.part {
            Part::Answer => {}
            Part::Out(reason) => add((*reason).to_owned(), short(&column.header)),
            Part::Personal(what) => {
                add("personal data".to_owned(), format!("{} ({what})", short(&column.header)));
            }
        }
    }
    let texts = told
        .questions
        .iter()
        .filter(|question| question.kind == Kind::Text && question.base() == 0);
    for question in texts {
        for column in &question.columns {
            add(
                "free text and dates: asked, but the answers stay out".to_owned(),
                short(&told.export.columns[*column].header),
            );
        }
    }
    if reasons.is_empty() {
        return String::new();
    }
    let mut out = String::from("\n  left out (`--keep COLUMN` takes one)\n");
    for (reason, names) in reasons {
        let _written = writeln!(out, "    {reason}: {}", names.join(", "));
    }
    out
}
