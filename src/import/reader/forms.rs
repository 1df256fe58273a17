//! Google Forms and Microsoft Forms: one header row of full questions.

use super::super::export::{Column, Export, Part, TOOL};
use super::super::privacy;
use super::super::text::{clean, in_brackets, number, same};
use super::super::tool::Tool;
use super::{headings, plain};

pub(super) fn google(head: &[Vec<String>], rows: &[Vec<String>]) -> Export {
    let headers = plain::names(head, rows);
    let lines = headings::lines(&headers, rows);
    let columns = headers
        .iter()
        .enumerate()
        .map(|(at, header)| {
            if at == 0 || same(header) == "score" || is_marked(&headers, rows, at) {
                return Column::out(header, TOOL);
            }
            let column = Column::asks(header, "", header);
            if let (1, Some(what)) = (at, privacy::by_name(&column)) {
                return Column { part: Part::Personal(what), ..column };
            }
            match in_brackets(header).filter(|(question, _)| !question.is_empty()) {
                Some((question, row)) => Column::asks(header, "", question).with_item("", row),
                None => lines[at].clone().unwrap_or(column),
            }
        })
        .collect();
    let mut export = Export::new(Tool::Google, columns, rows, |_| None);
    plain::note_no_header(&mut export, head);
    export.take_years(Some(0));
    export
}

/// What a quiz adds, in the words of whoever made it: the points of all, and after
/// each question its points and what the teacher wrote.
fn is_marked(headers: &[String], rows: &[Vec<String>], at: usize) -> bool {
    let question = |at: usize| in_brackets(&headers[at]).map(|(question, _)| question);
    let has_points = |at: usize| {
        let mut filled = rows.iter().map(|row| row[at].trim()).filter(|cell| !cell.is_empty());
        filled.next().is_some_and(is_points) && filled.all(is_points)
    };
    has_points(at)
        || at.checked_sub(1).is_some_and(|before| {
            question(at).is_some() && question(before) == question(at) && has_points(before)
        })
}

/// `1.00 / 2`, and `-- / 0` where nobody marked the answer.
fn is_points(cell: &str) -> bool {
    let Some((got, most)) = cell.split_once(" / ") else { return false };
    let decimal = got.contains(['.', ',']) && number(got).is_some();
    (got == "--" || decimal) && number(most).is_some()
}

const META: [&str; 14] = [
    "id",
    "start-time",
    "completion-time",
    "last-modified-time",
    "heure-de-debut",
    "heure-de-fin",
    "heure-de-la-derniere-modification",
    "begintijd",
    "tijd-van-voltooien",
    "tijd-van-laatste-wijziging",
    "startzeit",
    "fertigstellungszeit",
    "language",
    "langue",
];

pub(super) fn microsoft(head: &[Vec<String>], rows: &[Vec<String>]) -> Export {
    let dated = |at: usize| {
        let mut cells =
            rows.iter().map(|row| row[at].trim()).filter(|cell| !cell.is_empty()).peekable();
        cells.peek().is_some()
            && cells.all(|cell| super::super::text::year(cell).is_some() && cell.contains(':'))
    };
    let lines = headings::lines(&head[0], rows);
    let columns = head[0]
        .iter()
        .enumerate()
        .map(|(at, header)| {
            let name = same(header);
            let quiz = ["total-points", "quiz-feedback", "points", "feedback"];
            let quizzed = quiz.iter().any(|word| {
                name == *word || name.starts_with(&format!("{word}-")) && header.contains(" - ")
            });
            // The words are those of whoever exported: the places tell as well.
            if META.contains(&name.as_str()) || at < 3 || quizzed || (at == 5 && dated(at)) {
                return Column::out(header, TOOL);
            }
            match at {
                3 => Column::personal(header, "an e-mail address"),
                4 => Column::personal(header, "a name"),
                _ => lines[at].clone().unwrap_or_else(|| Column::asks(header, "", &clean(header))),
            }
        })
        .collect();
    let mut export = Export::new(Tool::Microsoft, columns, rows, |_| None);
    export.take_years(Some(2));
    export
}
