//! One column: a choice, several answers in a cell, a number, a text.

mod choice;
mod missing;
mod numbers;
mod several;
mod words;

use super::draft::{also, draft, told_by, wording};
use super::options;
use crate::import::export::Export;
use crate::import::joined;
use crate::import::measure::{self, Measures};
use crate::import::question::{Answers, Choice, Kind, Question, Sure};
use crate::import::structure::{Asked, Asks, Structures};
use crate::import::text::{any, clean, code, key, plain, stem};
use crate::import::tool::Tool;
use several::is_ranking;

/// What one column asks; `None` if it is always empty.
pub(super) fn question(
    export: &Export,
    at: usize,
    known: &Structures,
    signs: &[&'static str],
    wanted: bool,
) -> Option<Question> {
    let column = &export.columns[at];
    let asked = known.find(column, column.item.as_ref());
    if asked.is_some_and(|asked| asked.asks == Asks::Nothing) {
        return None;
    }
    let cells: Vec<String> = export.cells(at).map(clean).collect();
    let mut label = wording(column);
    if let Some(item) = &column.item {
        let line = if item.text.is_empty() { &item.code } else { &item.text };
        label = if column.text.is_empty() && item.text.is_empty() {
            // `v2` beside `v1`: a name and no line of a question.
            plain(&column.header)
        } else if line.is_empty() {
            plain(any(&label))
        } else {
            plain(&format!("{} – {line}", any(&label)))
        };
    }
    let mut question = draft(column, at, label);
    if let Some(item) = &column.item {
        question.name = if column.code.is_empty() && item.text.is_empty() {
            question.name
        } else if column.code.is_empty() {
            // Room for the words that tell it apart from its neighbours.
            format!("{}_{}", stem(&question.name), key(&item.text))
        } else {
            code(&column.header)
        };
    }
    if let Some(asked) = asked {
        told_by(&mut question, asked);
    }
    let filled: Vec<&str> =
        cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
    let closed = asked.is_some_and(|asked| !asked.options.is_empty());
    if filled.is_empty() && !closed {
        return None;
    }
    let plan = Plan {
        export,
        asked,
        cells: &cells,
        filled: &filled,
        header: &column.text,
        name: &column.header,
    };
    match asked.map(|asked| asked.asks) {
        Some(Asks::Text) => plan.text(&mut question, wanted),
        Some(Asks::Integer | Asks::Decimal | Asks::Range { .. }) => plan.numbers(&mut question),
        Some(Asks::Multiple) => plan.several(&mut question, &plan.known_pieces(signs)),
        Some(Asks::Ranking) => plan.ranking(&mut question, &plan.known_pieces(&[" "])),
        Some(Asks::Single | Asks::Likert | Asks::Grid) => plan.choice(&mut question),
        _ if closed => plan.choice(&mut question),
        _ if wanted && plan.is_text() => plan.text(&mut question, true),
        _ => plan.guess(&mut question, signs),
    }
    if !matches!(question.answers, Answers::Cells(_)) {
        if question.options.is_empty() {
            return None;
        }
        options::settle(&mut question, closed);
        if asked.is_some_and(|asked| asked.asks == Asks::Likert) {
            question.kind = Kind::Likert;
        }
    }
    Some(question)
}

struct Plan<'p> {
    export: &'p Export,
    asked: Option<&'p Asked>,
    cells: &'p [String],
    filled: &'p [&'p str],
    /// The wording of the question.
    header: &'p str,
    /// The name of the column in the file.
    name: &'p str,
}

impl Plan<'_> {
    fn known(&self) -> &[Choice] {
        self.asked.map_or(&[], |asked| &asked.options)
    }

    fn guess(&self, question: &mut Question, signs: &[&'static str]) {
        let cells: Vec<&str> = self.cells.iter().map(String::as_str).collect();
        if let Some(joined) = signs.iter().find_map(|sign| joined::split(&cells, sign, self.header))
        {
            if is_ranking(&joined) {
                return self.ranking(question, &joined);
            }
            return self.several(question, &joined);
        }
        if self.numeric() {
            return self.numbers(question);
        }
        if !self.is_text() {
            return self.choice(question);
        }
        match measure::numbers(self.cells).filter(|_| !self.are_dates()) {
            Some(measures) => self.measures(question, &measures),
            None => self.text(question, false),
        }
    }

    /// Numbers as people write them.
    fn measures(&self, question: &mut Question, Measures { cells, unit, doubtful }: &Measures) {
        let filled: Vec<&str> =
            cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        Plan { cells, filled: &filled, ..*self }.numbers(question);
        let unit = if unit.is_empty() { String::new() } else { format!(" in `{unit}`") };
        question.why = format!("{}{unit}, written such as `{}`", question.why, self.filled[0]);
        if let Some(at) = doubtful {
            question.sure = Sure::Look;
            let why = format!("`{}` is read as {}", self.cells[*at], cells[*at]);
            question.why = also(&question.why, &why);
        }
    }

    /// Whether the tool writes codes where others write words.
    fn is_coded(&self) -> bool {
        self.header.is_empty()
            || matches!(
                self.export.tool,
                Tool::Qualtrics | Tool::Plain | Tool::Kobo | Tool::Odk | Tool::Sosci
            )
    }
}
