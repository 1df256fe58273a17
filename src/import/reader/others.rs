//! Alchemer, Framaforms, and plain tables.

use super::super::Choices;
use super::super::export::{Column, Export, TOOL, TYPED};
use super::super::scales::is_other;
use super::super::sheet::Sheet;
use super::super::text::{number, same, year};
use super::super::tool::Tool;
use super::cell;

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
    super::years(&mut export, date);
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
    super::years(&mut export, Some(sid + 1));
    export
}

/// A first row that looks like answers is no header: it is kept as a row.
pub(super) fn header_rows(sheet: &Sheet) -> usize {
    let Some(first) = sheet.rows.first() else { return 0 };
    let is_value = |(at, cell): (usize, &String)| {
        let cell = cell.trim();
        let again = sheet
            .rows
            .iter()
            .skip(1)
            .filter(|row| row.get(at).is_some_and(|other| other.trim() == cell))
            .count();
        !cell.is_empty() && (number(cell).is_some() || year(cell).is_some() || 2 < again)
    };
    let values = first.iter().enumerate().filter(|cell| is_value(*cell)).count();
    usize::from(values * 2 < first.len())
}

/// Any table. Neighbours named `A1`, `A2` … are one family.
pub(super) fn plain(head: &[Vec<String>], rows: &[Vec<String>]) -> Export {
    let width = rows.first().map_or(0, Vec::len);
    let headers: Vec<String> = (0..width)
        .map(|at| {
            if head.is_empty() {
                format!("column {}", at + 1)
            } else {
                cell(head, 0, at).to_owned()
            }
        })
        .collect();
    let split: Vec<Option<(&str, usize)>> = headers.iter().map(|header| numbered(header)).collect();
    let columns = headers
        .iter()
        .enumerate()
        .map(|(at, header)| {
            let mut cells = rows.iter().map(|row| row[at].trim());
            let running = cells.clone().enumerate().all(|(row, cell)| number(cell).is_some_and(|number| {
                let row = u32::try_from(row).map_or(0.0, f64::from);
                (number - row).abs() < 1e-9 || (number - row - 1.0).abs() < 1e-9
            }));
            if header.is_empty() || cells.all(str::is_empty) {
                let reason = if header.is_empty() { "without a name" } else { "always empty" };
                return Column::out(if header.is_empty() { "(without a name)" } else { header }, reason);
            }
            if at == 0 && 2 < rows.len() && (running || is_number_of_rows(rows)) {
                return Column::out(header, "it numbers the rows");
            }
            let long = header.contains(' ');
            let column = if long { Column::asks(header, "", header) } else { Column::asks(header, header, "") };
            let Some((stem, number)) = split[at].filter(|_| !long) else { return column };
            let neighbour = |other: Option<usize>, value: Option<usize>| {
                let other = other.and_then(|other| split.get(other)).copied().flatten();
                matches!((other, value), (Some((name, n)), Some(value)) if name == stem && n == value)
            };
            if neighbour(at.checked_sub(1), number.checked_sub(1)) || neighbour(Some(at + 1), Some(number + 1)) {
                return Column::asks(header, stem, "").with_item(&number.to_string(), "");
            }
            column
        })
        .collect();
    let mut export = Export::new(Tool::Plain, columns, rows, |_| None);
    if head.is_empty() {
        export.notes.push("the first row looks like answers: it was read as a respondent, and the columns have no names (say `--headers 1` if it is a header)".to_owned());
    }
    let date = (0..width).find(|at| rows.iter().all(|row| year(&row[*at]).is_some()));
    super::years(&mut export, date);
    export
}

/// Whole numbers that all differ and ascend.
fn is_number_of_rows(rows: &[Vec<String>]) -> bool {
    let numbers: Vec<Option<u64>> = rows.iter().map(|row| row[0].trim().parse().ok()).collect();
    numbers.iter().all(Option::is_some) && numbers.windows(2).all(|pair| pair[0] < pair[1])
}

/// The letters and the number of a name such as `TH12` or `q_3`.
fn numbered(header: &str) -> Option<(&str, usize)> {
    let stem = header.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = header[stem.len()..].parse().ok()?;
    let stem = stem.trim_end_matches('_');
    (!stem.is_empty()).then_some((stem, number))
}
