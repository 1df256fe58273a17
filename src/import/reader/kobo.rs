//! KoboToolbox and ODK: headers are names in their groups or labels; options
//! of multiple choice have 0/1 columns `question/option`.

use super::super::export::{Column, DOUBLE, Export, Part, TOOL, TYPED};
use super::super::tool::Tool;
use crate::diag::{Code, Diagnostic, Findings};

const META: [&str; 27] = [
    "start",
    "end",
    "today",
    "_id",
    "_uuid",
    "_submission_time",
    "_validation_status",
    "_notes",
    "_status",
    "_tags",
    "_index",
    "__version__",
    "meta/instanceID",
    "rootUuid",
    "meta/rootUuid",
    "SubmissionDate",
    "meta-instanceID",
    "KEY",
    "AttachmentsPresent",
    "AttachmentsExpected",
    "Status",
    "ReviewState",
    "Edits",
    "FormVersion",
    "formhub/uuid",
    "_version_",
    "instanceID",
];

const PERSONAL: [(&str, &str); 9] = [
    ("deviceid", "a device or browser"),
    ("DeviceID", "a device or browser"),
    ("username", "a name"),
    ("phonenumber", "a telephone number"),
    ("_submitted_by", "a name"),
    ("SubmitterID", "a reference to a person"),
    ("SubmitterName", "a name"),
    ("simserial", "a device or browser"),
    ("subscriberid", "a device or browser"),
];

const MAP: [&str; 8] = [
    "_latitude",
    "_longitude",
    "_altitude",
    "_precision",
    "-Latitude",
    "-Longitude",
    "-Altitude",
    "-Accuracy",
];

pub(super) fn read(
    tool: Tool,
    head: &[Vec<String>],
    rows: &[Vec<String>],
    file: &str,
    found: &mut Findings,
) -> Option<Export> {
    let unmangled: Vec<String> = unmangled(&head[0]);
    let headers: Vec<&str> = unmangled.iter().map(|header| header.trim()).collect();
    if headers.contains(&"PARENT_KEY") || headers.contains(&"_parent_index") {
        found.push(
            Diagnostic::error(
                Code::ImportRepeat,
                format!("`{file}` holds the rounds of a repeated group: {} rows that are no respondents", rows.len()),
            )
            .hint("Give the main table of the export; repeated groups are not taken."),
        );
        return None;
    }
    let xml = tool == Tool::Odk || headers.iter().all(|header| !header.contains(' '));
    let points = headers.iter().copied().filter_map(geo).collect();
    let table = Table { headers: &headers, points, xml, tool };
    let columns = (0..headers.len()).map(|at| table.column(at)).collect();
    let date = headers
        .iter()
        .position(|header| ["_submission_time", "SubmissionDate", "end"].contains(header));
    let review = headers
        .iter()
        .position(|header| *header == "ReviewState" || *header == "_validation_status");
    let mut export = Export::new(tool, columns, rows, |row| {
        let state = review.and_then(|at| row.get(at)).map_or("", |cell| cell.trim());
        let out = ["rejected", "Not Approved", "validation_status_not_approved"].contains(&state);
        out.then(|| format!("rejected in the tool ({state})"))
    });
    for (column, header) in export.columns.iter_mut().zip(&head[0]) {
        header.trim().clone_into(&mut column.header);
    }
    export.take_years(date);
    settle_joined(&mut export);
    Some(export)
}

/// What all headers of a table tell of each.
struct Table<'t> {
    headers: &'t [&'t str],
    /// The questions that ask for a place on the map.
    points: Vec<&'t str>,
    /// Whether headers are names of questions, not their words.
    xml: bool,
    tool: Tool,
}

impl Table<'_> {
    fn column(&self, at: usize) -> Column {
        let header = self.headers[at];
        self.left_out(header).or_else(|| self.option(at)).unwrap_or_else(|| self.question(header))
    }

    /// A column that answers no question.
    fn left_out(&self, header: &str) -> Option<Column> {
        if META.contains(&header) {
            return Some(Column::out(header, TOOL));
        }
        if header.contains("SET-OF-") {
            return Some(Column::out(
                header,
                "a repeated group: its rounds are in another file, and are not taken",
            ));
        }
        if let Some((_, what)) = PERSONAL.iter().find(|(known, _)| *known == header) {
            return Some(Column::personal(header, what));
        }
        let is_point = geo(header).is_some() || self.points.contains(&last(header, self.xml));
        is_point.then(|| Column::personal(header, "a place on the map"))
    }

    /// A column that is an option of a question with several: the longest
    /// header before it that this one begins with asks the question.
    fn option(&self, at: usize) -> Option<Column> {
        let header = self.headers[at];
        let asking = self.headers[..at].iter().filter(|other| belongs(header, other));
        let question = asking.max_by_key(|other| other.len())?;
        let option = &header[question.len() + 1..];
        let column = self.asks(header, question);
        Some(if self.xml { column.with_item(option, "") } else { column.with_item("", option) })
    }

    fn question(&self, header: &str) -> Column {
        let (code, ..) = named(header, self.xml, self.tool);
        let asked = |base| self.headers.iter().any(|other| named(other, true, self.tool).0 == base);
        let is_typed = code.strip_suffix("_other").is_some_and(asked)
            || (!self.xml && header.ends_with("_other") && !header.contains(' '));
        if is_typed { Column::out(header, TYPED) } else { self.asks(header, header) }
    }

    /// A column whose question is that of the header `question`.
    fn asks(&self, header: &str, question: &str) -> Column {
        let (code, text, topic) = named(question, self.xml, self.tool);
        let mut column = Column::asks(header, code, text);
        topic.clone_into(&mut column.topic);
        column
    }
}

/// Headers as the tool wrote them: a file that went through R has `X_uuid`
/// for `_uuid`, and `group.name` for `group/name`.
fn unmangled(headers: &[String]) -> Vec<String> {
    let through_r =
        headers.iter().any(|header| ["X_uuid", "X_submission_time"].contains(&header.trim()));
    let own = |header: &String| match header.trim().strip_prefix("X_") {
        Some(rest) => format!("_{rest}"),
        None => header.replace('.', "/"),
    };
    headers.iter().map(|header| if through_r { own(header) } else { header.clone() }).collect()
}

/// The question on a place that a coordinate belongs to.
fn geo(header: &str) -> Option<&str> {
    let stem = MAP.iter().find_map(|end| header.strip_suffix(end));
    stem.map(|stem| stem.trim_start_matches('_'))
}

fn belongs(header: &str, question: &str) -> bool {
    header.strip_prefix(question).is_some_and(|rest| rest.len() > 1 && rest.starts_with('/'))
}

/// The name without its groups.
fn last(header: &str, xml: bool) -> &str {
    if xml { header.rsplit('/').next().unwrap_or(header) } else { header }
}

/// Code, text and group of a header. ODK joins groups with `-`, which names
/// may hold too: the name stays whole there.
fn named(header: &str, xml: bool, tool: Tool) -> (&str, &str, &str) {
    if !xml {
        return ("", header, "");
    }
    match header.rsplit_once('/') {
        Some((groups, name)) if tool == Tool::Kobo => (name, "", groups),
        _ => (header, "", ""),
    }
}

/// The joined column says who answered: where it is empty, so are its 0/1
/// columns. Beside them it is not needed.
fn settle_joined(export: &mut Export) {
    for at in 0..export.columns.len() {
        let Column { code, text, item: None, .. } = &export.columns[at] else { continue };
        let ticks: Vec<usize> = (at + 1..export.columns.len())
            .filter(|other| {
                let other = &export.columns[*other];
                other.item.is_some() && (&other.code, &other.text) == (code, text)
            })
            .collect();
        if ticks.is_empty() {
            continue;
        }
        for row in &mut export.rows {
            if row[at].trim().is_empty() {
                for tick in &ticks {
                    row[*tick].clear();
                }
            }
        }
        export.columns[at].part = Part::Out(DOUBLE);
    }
}
