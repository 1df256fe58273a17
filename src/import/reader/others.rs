//! Alchemer and Framaforms.

use super::super::Choices;
use super::super::export::{Column, Export, TOOL, TYPED};
use super::super::scales::is_other;
use super::super::text::{number, same, year};
use super::super::tool::Tool;
use super::header::cell;

/// `Part:Question`, one header row; `Partial` responses.
pub(super) fn alchemer(head: &[Vec<String>], rows: &[Vec<String>], choices: &Choices) -> Export {
    let headers: Vec<&str> = head[0].iter().map(|header| header.trim()).collect();
    // The rest after a colon is a question if another column has it as header or after its colon.
    let rests = |header: &str| -> Vec<(String, String)> {
        let at = header.match_indices(':').map(|(at, _)| at);
        at.map(|at| {
            (header[..at].trim_matches([':', ' ']).to_owned(), header[at + 1..].trim().to_owned())
        })
        .collect()
    };
    let known = |own: usize, question: &str| {
        let mut others = headers.iter().enumerate().filter(|(at, _)| *at != own);
        others.any(|(_, other)| {
            *other == question || rests(other).iter().any(|(_, rest)| rest == question)
        })
    };
    let columns = headers
        .iter()
        .enumerate()
        .map(|(at, header)| {
            if [
                "Time Started",
                "Date Submitted",
                "Status",
                "Response ID",
                "Language",
                "Contact ID",
                "Legacy Comments",
                "Comments",
                "Tags",
                "SessionID",
            ]
            .contains(header)
            {
                return Column::out(header, TOOL);
            }
            let split = rests(header)
                .into_iter()
                .find(|(part, rest)| !part.is_empty() && !rest.is_empty() && known(at, rest));
            match split {
                Some((part, _)) if is_other(&part) => Column::out(header, TYPED),
                Some((part, question)) => Column::asks(header, "", &question).with_item("", &part),
                None => Column::asks(header, "", header),
            }
        })
        .collect();
    let status = headers.iter().position(|header| *header == "Status");
    let date = headers.iter().position(|header| *header == "Date Submitted");
    let mut export = Export::new(Tool::Alchemer, columns, rows, |row| {
        let state = status.and_then(|at| row.get(at)).map_or("", |cell| cell.trim());
        match state {
            "Partial" if !choices.partial => Some("not finished (Status is Partial)".to_owned()),
            "Disqualified" | "Deleted" => Some(format!("Status is {state}")),
            _ => None,
        }
    });
    export.take_years(date);
    export
}

/// Three header rows: the second names the question of several columns.
pub(super) fn framaforms(head: &[Vec<String>], rows: &[Vec<String>], choices: &Choices) -> Export {
    let width = head[0].len();
    let sid = (0..width).find(|at| cell(head, 2, *at) == "SID").unwrap_or(1);
    let name = |at: usize| same(cell(head, 2, at));
    let draft =
        (0..width).find(|at| ["brouillon", "draft", "concept"].contains(&name(*at).as_str()));
    let mut columns: Vec<Column> = vec![];
    let mut family: Option<(usize, &str)> = None;
    let values = |at: usize| {
        rows.iter()
            .filter_map(move |row| row.get(at))
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
    };
    for at in 0..width {
        let (question, label) = (cell(head, 1, at), cell(head, 2, at));
        let tool = at <= sid + 5
            && (at <= sid || values(at).all(|cell| year(cell).is_some()) || Some(at) == draft);
        if tool {
            columns.push(Column::out(label, TOOL));
            continue;
        }
        if ["uid", "adresse-ip", "ip-address", "nom-dutilisateur", "nom-d-utilisateur", "username"]
            .contains(&name(at).as_str())
        {
            columns.push(Column::personal(label, "a name or an address"));
            continue;
        }
        if !question.is_empty() {
            family = Some((at, question));
        } else if let Some((first, _)) = family {
            let ticked = values(first).all(|cell| cell == "X");
            let belongs = if ticked {
                is_other(label) || values(at).all(|cell| cell == "X")
            } else {
                values(at)
                    .any(|cell| values(first).any(|other| other == cell) && number(cell).is_none())
            };
            if !belongs {
                family = None;
            }
        }
        columns.push(match family {
            Some((_, question)) => Column::asks(label, "", question).with_item("", label),
            None => Column::asks(label, "", label),
        });
    }
    let mut export = Export::new(Tool::Framaforms, columns, rows, |row| {
        let state = draft.and_then(|at| row.get(at)).map_or("", |cell| cell.trim());
        let unfinished = !state.is_empty() && state != "0";
        (unfinished && !choices.partial).then(|| "a draft".to_owned())
    });
    export.take_years(Some(sid + 1));
    export
}
