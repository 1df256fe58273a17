//! SurveyMonkey: two header rows with runs of empty cells, or one.

use super::super::export::{Column, Export, Item, Part, TOOL, TYPED};
use super::super::scales::is_other;
use super::super::sheet::Sheet;
use super::super::text::{clean, same};
use super::super::tool::Tool;
use super::header::cell;

const META: [&str; 8] = [
    "respondent-id",
    "respondentid",
    "collector-id",
    "collectorid",
    "start-date",
    "startdate",
    "end-date",
    "enddate",
];
const PERSONAL: [(&str, &str); 6] = [
    ("network-id", "a device or browser"),
    ("ip-address", "an IP address"),
    ("email-address", "an e-mail address"),
    ("first-name", "a name"),
    ("last-name", "a name"),
    ("custom-data-1", "a reference to a person"),
];
const PLACEHOLDERS: [&str; 9] = [
    "response",
    "open-ended-response",
    "reponse",
    "reponse-ouverte",
    "antwoord",
    "open-antwoord",
    "antwort",
    "offene-antwort",
    "antwoord-met-open-einde",
];

/// What stands in the second header row under a question with one column.
pub(in crate::import) fn is_placeholder(cell: &str) -> bool {
    PLACEHOLDERS.contains(&same(cell).as_str())
}

pub(super) fn header_rows(sheet: &Sheet) -> usize {
    let gaps = |row: usize| {
        sheet
            .rows
            .get(row)
            .map_or(0, |row| row.iter().filter(|cell| cell.trim().is_empty()).count())
    };
    // One row: no gaps, or an only gap in a file whose second row is full of answers.
    if gaps(0) == 0 { 1 } else { 2 }
}

pub(super) fn read(head: &[Vec<String>], rows: &[Vec<String>]) -> Export {
    let columns = if head.len() == 2 { expanded(head) } else { condensed(head, rows) };
    let date = (0..head[0].len()).find(|at| same(cell(head, 0, *at)).replace('-', "") == "enddate");
    let mut export = Export::new(Tool::Surveymonkey, columns, rows, |_| None);
    fill_typed(&mut export);
    export.take_years(date);
    if export.columns.iter().any(|column| same(&column.header).starts_with("respondent")) {
        export.notes.push(
            "SurveyMonkey marks no response as unfinished: all rows with an answer stay".to_owned(),
        );
    }
    export
}

/// Some exports leave the answer empty where something was typed: then the
/// answer is the other option.
fn fill_typed(export: &mut Export) {
    for at in 1..export.columns.len() {
        let asked = &export.columns[at - 1];
        if export.columns[at].part != Part::Out(TYPED)
            || asked.part != Part::Answer
            || asked.item.is_some()
        {
            continue;
        }
        let label = export.columns[at]
            .header
            .rsplit_once(" - ")
            .map_or("Other", |(_, option)| option)
            .to_owned();
        for row in export
            .rows
            .iter_mut()
            .filter(|row| row[at - 1].trim().is_empty() && !row[at].trim().is_empty())
        {
            row[at - 1].clone_from(&label);
        }
    }
}

fn own(header: &str) -> Option<Column> {
    let name = same(header);
    if META.contains(&name.as_str()) {
        return Some(Column::out(header, TOOL));
    }
    if super::plain::TYPEFORM.contains(&name.as_str()) {
        return Some(Column::out(header, TOOL));
    }
    PERSONAL
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, what)| Column::personal(header, what))
}

fn expanded(head: &[Vec<String>]) -> Vec<Column> {
    let mut columns: Vec<Column> = vec![];
    let mut question = "";
    let mut first = 0;
    for at in 0..head[0].len() {
        let (above, below) = (cell(head, 0, at), cell(head, 1, at));
        if !above.is_empty() {
            (question, first) = (above, at);
        }
        // A question that stands in the second row alone is no option.
        if question.is_empty() {
            columns.push(own(below).unwrap_or_else(|| Column::asks(below, "", below)));
            continue;
        }
        if let Some(column) = own(above).or_else(|| own(below)) {
            columns.push(column);
            continue;
        }
        let answered = below.is_empty() || is_placeholder(below);
        let header = if answered { question.to_owned() } else { format!("{question} - {below}") };
        let before = at.checked_sub(1).map_or("", |at| cell(head, 1, at));
        // A text after the answer, or after the tick of the same name.
        let typed = first < at && (is_placeholder(before) || (before == below && is_other(below)));
        columns.push(if typed && !answered {
            Column::out(&header, TYPED)
        } else if answered {
            Column::asks(&header, "", question)
        } else {
            Column::asks(&header, "", question).with_item("", below)
        });
    }
    columns
}

/// `Question - Option`: split before the option that the cells hold, else at
/// the last sign, and only where neighbours share what stands before it.
fn condensed(head: &[Vec<String>], rows: &[Vec<String>]) -> Vec<Column> {
    let width = head[0].len();
    let signs = |at: usize| cell(head, 0, at).rmatch_indices(" - ");
    let parts =
        |at: usize, sign: usize| (&cell(head, 0, at)[..sign], &cell(head, 0, at)[sign + 3..]);
    let ticked = |at: usize| {
        let mut own = signs(at).map(|(sign, _)| parts(at, sign));
        own.find(|(_, option)| {
            let mut cells =
                rows.iter().map(|row| row[at].trim()).filter(|cell| !cell.is_empty()).peekable();
            cells.peek().is_some() && cells.all(|cell| cell == option.trim())
        })
    };
    let split: Vec<Option<(&str, &str)>> = (0..width)
        .map(|at| {
            let beside = [at.checked_sub(1), Some(at + 1).filter(|next| *next < width)];
            let mut beside = beside.into_iter().flatten().filter_map(ticked);
            // The typed option of a family whose other columns are ticked.
            let family = beside.find_map(|(question, _)| {
                let option = cell(head, 0, at).strip_prefix(question)?.strip_prefix(" - ")?;
                Some((question, option))
            });
            ticked(at).or(family).or_else(|| signs(at).next().map(|(sign, _)| parts(at, sign)))
        })
        .collect();
    let split = |at: usize| split[at];
    let mut columns: Vec<Column> = vec![];
    for at in 0..width {
        let header = cell(head, 0, at);
        if let Some(column) = own(header) {
            columns.push(column);
            continue;
        }
        let shared = |other: Option<usize>| {
            let other = other.filter(|other| *other < width).and_then(&split);
            matches!((split(at), other), (Some((own, _)), Some((other, _))) if own == other)
        };
        let before = at.checked_sub(1).map_or("", |at| cell(head, 0, at));
        let follows = split(at).is_some_and(|(question, option)| {
            is_other(option) && (question == before || (before == header))
        });
        columns.push(match split(at) {
            _ if follows => Column::out(header, TYPED),
            Some((question, option)) if shared(at.checked_sub(1)) || shared(Some(at + 1)) => {
                Column::asks(header, "", question).with_item("", option)
            }
            _ => Column::asks(header, "", header),
        });
    }
    common_wording(&mut columns);
    columns
}

/// Rows of a grid that have only their wording in common: "Please rate …
/// Algeria", "Please rate … Belgium".
fn common_wording(columns: &mut [Column]) {
    let words = |column: &Column| -> Vec<String> {
        if column.item.is_some() || column.part != Part::Answer {
            return vec![];
        }
        column.text.split(' ').map(str::to_owned).collect()
    };
    let shared = |a: &[String], b: &[String]| a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let mut at = 0;
    while at + 1 < columns.len() {
        let own = words(&columns[at]);
        let mut length = shared(&own, &words(&columns[at + 1]));
        let mut end = at + 1;
        while 5 < length && end < columns.len() {
            let next = shared(&own, &words(&columns[end]));
            if next < 6 {
                break;
            }
            length = length.min(next);
            end += 1;
        }
        if end < at + 4 {
            at += 1;
            continue;
        }
        for column in &mut columns[at..end] {
            let words: Vec<&str> = column.text.split(' ').collect();
            let (stem, rest) = words.split_at(length.min(words.len()));
            let item = rest.join(" ").trim_end_matches(['.', ':', '?', ' ']).to_owned();
            let stem = format!("{} …", stem.join(" "));
            column.item = Some(Item { code: String::new(), text: clean(&item) });
            column.text = stem;
        }
        at = end;
    }
}
