//! `SoSci` Survey: a header row of variables, and one of their labels if that
//! was asked for.

use super::super::Choices;
use super::super::export::{Column, Export, TOOL, TYPED};
use super::super::sheet::Sheet;
use super::super::text::number;
use super::super::tool::Tool;
use super::header::cell;

/// What the tool writes beside the answers.
const META: [&str; 20] = [
    "CASE", "REF", "QUESTNNR", "MODE", "LANGUAGE", "STARTED", "MAILSENT", "LASTDATA", "STATUS",
    "FINISHED", "Q_VIEWER", "LASTPAGE", "MAXPAGE", "MISSING", "MISSREL", "TIME_SUM", "TIME_RSI",
    "DEG_MISS", "DEG_TIME", "DEGRADE",
];

/// A question that was seen and not answered.
const UNANSWERED: &str = "-9";

/// The labels of variables stand in a second row where no number of a case does.
pub(super) fn header_rows(sheet: &Sheet) -> usize {
    let case = sheet.rows[0].iter().position(|name| name.trim() == "CASE").unwrap_or(0);
    let second = sheet.rows.get(1).and_then(|row| row.get(case));
    1 + usize::from(second.is_some_and(|cell| number(cell).is_none()))
}

pub(super) fn read(head: &[Vec<String>], rows: &[Vec<String>], choices: &Choices) -> Export {
    let names: Vec<&str> = head[0].iter().map(|name| name.trim()).collect();
    let variables: Vec<Variable> =
        (0..names.len()).map(|at| Variable::of(&names, rows, at)).collect();
    let columns = variables
        .iter()
        .enumerate()
        .map(|(at, variable)| variable.column(names[at], cell(head, 1, at)))
        .collect();
    let mut rows = rows.to_vec();
    for row in &mut rows {
        for (cell, variable) in row.iter_mut().zip(&variables) {
            variable.spell(cell);
        }
    }
    let place = |name: &str| names.iter().position(|own| *own == name);
    let (mode, finished, viewer) = (place("MODE"), place("FINISHED"), place("Q_VIEWER"));
    let mut export = Export::new(Tool::Sosci, columns, &rows, |row| {
        let told = |at: Option<usize>| at.and_then(|at| row.get(at)).map_or("", |cell| cell.trim());
        let is_no = |cell: &str| matches!(cell, "F" | "0" | "FALSE");
        let is_yes = |cell: &str| matches!(cell, "T" | "1" | "TRUE");
        match told(mode) {
            "" | "interview" => {}
            mode if !choices.tests => return Some(format!("a test (MODE is {mode})")),
            _ => {}
        }
        if is_yes(told(viewer)) {
            return Some("only looked through (Q_VIEWER)".to_owned());
        }
        (is_no(told(finished)) && !choices.partial).then(|| "not finished (FINISHED)".to_owned())
    });
    export.take_years(place("STARTED"));
    export
}

/// What a variable is for, by its name and its neighbours.
#[derive(Debug, PartialEq)]
enum Variable<'n> {
    Meta,
    /// The code with which somebody was invited.
    Serial,
    /// How many options were ticked.
    Count,
    /// What was typed beside an option.
    Typed,
    /// An option, ticked or not; whether as 2 and 1.
    Tick(&'n str, &'n str, bool),
    /// A line of several.
    Line(&'n str, &'n str),
    Alone,
}

impl<'n> Variable<'n> {
    fn of(names: &[&'n str], rows: &[Vec<String>], at: usize) -> Self {
        let name = names[at];
        let is_time = name.strip_prefix("TIME").is_some_and(is_number);
        if META.contains(&name) || is_time {
            return Self::Meta;
        }
        if name == "SERIAL" {
            return Self::Serial;
        }
        let all_ticks = |base: &str| {
            let mut lines = (0..names.len()).filter(|at| is_line(names[*at], base)).peekable();
            lines.peek().is_some() && lines.all(|at| ticks(rows, at).is_some())
        };
        let Some((base, line)) = name.split_once('_') else {
            return if all_ticks(name) { Self::Count } else { Self::Alone };
        };
        if line.strip_suffix(|c: char| c.is_ascii_lowercase()).is_some_and(is_number) {
            return Self::Typed;
        }
        let siblings = names.iter().filter(|name| is_line(name, base)).count();
        let chosen = names.contains(&base);
        match (is_number(line), ticks(rows, at)) {
            (true, Some(numbers)) if (chosen || !numbers) && all_ticks(base) => {
                Self::Tick(base, line, numbers)
            }
            // Under a choice of one stands what was typed for its last option.
            (true, _) if chosen => Self::Typed,
            (true, _) if 2 <= siblings => Self::Line(base, line),
            _ => Self::Alone,
        }
    }

    fn column(&self, name: &str, label: &str) -> Column {
        // `Question: Line`, and `Question: [01]` where the line has no words.
        let (question, words) = label.rsplit_once(": ").unwrap_or((label, ""));
        let words = if words.starts_with('[') { "" } else { words };
        match self {
            Self::Meta => Column::out(name, TOOL),
            Self::Serial => Column::personal(name, "an access code"),
            Self::Count => Column::out(name, "it counts the ticks beside it"),
            Self::Typed => Column::out(name, TYPED),
            Self::Tick(base, line, _) | Self::Line(base, line) => {
                Column::asks(name, base, question).with_item(line, words)
            }
            Self::Alone => Column::asks(name, name, label),
        }
    }

    /// Writes a cell as all tools do.
    fn spell(&self, cell: &mut String) {
        let spelled = match (self, cell.trim()) {
            (Self::Meta | Self::Serial, _) => return,
            (_, UNANSWERED) => "",
            (Self::Tick(_, _, false), "T" | "TRUE") | (Self::Tick(_, _, true), "2") => "1",
            (Self::Tick(_, _, false), "F" | "FALSE") | (Self::Tick(_, _, true), "1") => "0",
            _ => return,
        };
        spelled.clone_into(cell);
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `SO02_01` is a line of `SO02`.
fn is_line(name: &str, base: &str) -> bool {
    name.split_once('_').is_some_and(|(own, line)| own == base && is_number(line))
}

/// Whether a column holds ticks alone, and whether they are written as 2 and 1.
fn ticks(rows: &[Vec<String>], at: usize) -> Option<bool> {
    let cells = || {
        rows.iter().map(|row| row[at].trim()).filter(|cell| !cell.is_empty() && *cell != UNANSWERED)
    };
    let all =
        |words: &[&str]| cells().next().is_some() && cells().all(|cell| words.contains(&cell));
    if all(&["T", "F", "TRUE", "FALSE"]) {
        return Some(false);
    }
    all(&["1", "2"]).then_some(true)
}
