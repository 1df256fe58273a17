//! Google Forms and Microsoft Forms: one header row of full questions.

use super::super::export::{Column, Export, Part, TOOL};
use super::super::privacy;
use super::super::text::{clean, in_brackets, same};
use super::super::tool::Tool;
use super::plain;

pub(super) fn google(head: &[Vec<String>], rows: &[Vec<String>]) -> Export {
    let columns = plain::names(head, rows)
        .iter()
        .enumerate()
        .map(|(at, header)| {
            let name = same(header);
            if at == 0 || name == "score" {
                return Column::out(header, TOOL);
            }
            let column = Column::asks(header, "", header);
            if let (1, Some(what)) = (at, privacy::by_name(&column)) {
                return Column { part: Part::Personal(what), ..column };
            }
            match in_brackets(header).filter(|(question, _)| !question.is_empty()) {
                Some((question, row)) => Column::asks(header, "", question).with_item("", row),
                None => column,
            }
        })
        .collect();
    let mut export = Export::new(Tool::Google, columns, rows, |_| None);
    plain::note_no_header(&mut export, head);
    export.take_years(Some(0));
    export
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
                _ => Column::asks(header, "", &clean(header)),
            }
        })
        .collect();
    let mut export = Export::new(Tool::Microsoft, columns, rows, |_| None);
    export.take_years(Some(2));
    export
}
