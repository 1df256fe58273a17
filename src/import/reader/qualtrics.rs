//! Qualtrics: three header rows (names, texts, ImportId) or two of old.

use super::super::Choices;
use super::super::export::{Column, Export, TOOL, TYPED};
use super::super::sheet::Sheet;
use super::super::text::clean;
use super::super::tool::Tool;
use super::header::cell;

const META: [&str; 17] = [
    "StartDate",
    "EndDate",
    "Status",
    "Progress",
    "Duration (in seconds)",
    "Finished",
    "RecordedDate",
    "ResponseId",
    "ResponseID",
    "ResponseSet",
    "DistributionChannel",
    "UserLanguage",
    "Q_TotalDuration",
    "SolutionRevision",
    "ProjectRevision",
    "Q_RelevantIDDuplicate",
    "Q_RecaptchaScore",
];

const PERSONAL: [(&str, &str); 13] = [
    ("IPAddress", "an IP address"),
    ("RecipientLastName", "a name"),
    ("RecipientFirstName", "a name"),
    ("Name", "a name"),
    ("RecipientEmail", "an e-mail address"),
    ("EmailAddress", "an e-mail address"),
    ("ExternalReference", "a reference to a person"),
    ("ExternalDataReference", "a reference to a person"),
    ("LocationLatitude", "a place on the map"),
    ("LocationLongitude", "a place on the map"),
    ("LocationAccuracy", "a place on the map"),
    ("SubjectID", "a reference to a person"),
    ("UserAgent", "a device or browser"),
];

const PAGE: [&str; 4] = ["First Click", "Last Click", "Page Submit", "Click Count"];

/// What Qualtrics notes of the browser, as the `ImportId` ends.
const BROWSER: [&str; 4] = ["BROWSER", "VERSION", "OS", "RESOLUTION"];

pub(super) fn header_rows(sheet: &Sheet) -> usize {
    let imports =
        sheet.rows.get(2).is_some_and(|row| row.iter().any(|cell| cell.contains("ImportId")));
    if imports { 3 } else { 2 }
}

pub(super) fn read(head: &[Vec<String>], rows: &[Vec<String>], choices: &Choices) -> Export {
    // Old exports name their own columns V1, V2 …: the second row says what they are.
    let names: Vec<String> = (0..head[0].len())
        .map(|at| {
            let name = cell(head, 0, at);
            let old = name.strip_prefix('V').is_some_and(|rest| rest.parse::<u8>().is_ok());
            if old { cell(head, 1, at) } else { name }.to_owned()
        })
        .collect();
    let parts: Vec<Parts> = (0..names.len())
        .map(|at| Parts::new(&names[at], cell(head, 1, at), cell(head, 2, at)))
        .collect();
    let columns: Vec<Column> = (0..names.len()).map(|at| column(at, &names, &parts)).collect();
    let at = |name: &str| names.iter().position(|one| one == name);
    let (status, finished) = (at("Status"), at("Finished"));
    let (channel, progress) = (at("DistributionChannel"), at("Progress"));
    let dates = at("RecordedDate").or(at("EndDate")).or(at("StartDate"));
    let mut export = Export::new(Tool::Qualtrics, columns, rows, |row| {
        let value =
            |at: Option<usize>| at.and_then(|at| row.get(at)).map_or("", |cell| cell.trim());
        let status = value(status).to_lowercase();
        let channel = value(channel).to_lowercase();
        let test = match status.as_str() {
            "1" | "survey preview" => Some("a preview (Status 1)"),
            "2" | "survey test" => Some("a test response that Qualtrics made (Status 2)"),
            "8" | "spam" => Some("spam (Status 8)"),
            _ if channel == "preview" || channel == "test" => {
                Some("a preview or test (DistributionChannel)")
            }
            _ => None,
        };
        if let Some(reason) = test.filter(|_| !choices.tests) {
            return Some(reason.to_owned());
        }
        let finished = value(finished).to_lowercase();
        let halfway = super::super::text::number(value(progress)).is_some_and(|done| done < 100.0);
        let partial =
            matches!(finished.as_str(), "0" | "false" | "faux" | "onwaar" | "falsch") || halfway;
        (partial && !choices.partial).then(|| "not finished (Finished or Progress)".to_owned())
    });
    export.take_years(dates);
    export
}

/// What the three header cells of a column say.
struct Parts {
    /// The question that the column belongs to: `QID4`, or empty.
    qid: String,
    /// The suffix of the ImportId: `1`, `2_TEXT`.
    suffix: String,
    /// Of the second row: before and after the last separator.
    text: String,
    item: String,
}

impl Parts {
    fn new(name: &str, text: &str, import: &str) -> Self {
        let id = import_id(import);
        let digits = id
            .strip_prefix("QID")
            .map_or(0, |rest| rest.chars().take_while(char::is_ascii_digit).count());
        let (qid, suffix) = if digits == 0 { ("", "") } else { id.split_at(3 + digits) };
        let text = clean(text);
        let text = text.replace(" - Selected Choice", "");
        let (text, item) = split(&text);
        // Of old, the name or the question's words tell what belongs together.
        let qid = match stem(name) {
            _ if !qid.is_empty() => qid.to_owned(),
            Some(stem) => stem.to_owned(),
            None if item.is_empty() => String::new(),
            None => text.clone(),
        };
        Self { qid, suffix: suffix.trim_matches(['_', '-']).to_owned(), text, item }
    }
}

/// The value of `ImportId`, in JSON or in the single quotes of old.
fn import_id(cell: &str) -> String {
    let after = cell.split_once("ImportId").map_or("", |(_, rest)| rest);
    let value = after.trim_start_matches(['"', '\'', ':', ' ']);
    let end = value.find(['"', '\'', '}']).unwrap_or(value.len());
    value[..end].replace(['-', '#'], "_")
}

/// The question and what follows its last separator.
fn split(text: &str) -> (String, String) {
    let whole = (text.to_owned(), String::new());
    // Old exports have no blanks around the sign, and cut the question before it.
    match text
        .rsplit_once(" - ")
        .or_else(|| text.split_once("...-"))
        .or_else(|| text.rsplit_once("text-"))
    {
        Some((question, item)) if text.contains("text-") && !text.contains(" - ") => (
            format!("{}{}", question, if text.contains("...-") { "…" } else { "text" }),
            item.to_owned(),
        ),
        Some((question, item)) => (question.trim().to_owned(), item.trim().to_owned()),
        None => match text.rsplit_once('-') {
            Some((question, item))
                if !question.ends_with(' ') && item.starts_with(char::is_uppercase) =>
            {
                (question.to_owned(), item.to_owned())
            }
            _ => whole,
        },
    }
}

/// The name before its last part: `Q4` of `Q4_10`, `Q3` of `Q3_question_one`.
fn stem(name: &str) -> Option<&str> {
    let end = name.rfind('_')?;
    let is_code = name[end + 1..].chars().all(|c| c.is_ascii_digit());
    is_code.then_some(&name[..end])
}

fn column(at: usize, names: &[String], parts: &[Parts]) -> Column {
    let (name, own) = (names[at].as_str(), &parts[at]);
    if name.is_empty() && own.text.is_empty() {
        return Column::out("(without a name)", "without a name");
    }
    if META.contains(&name) {
        return Column::out(name, TOOL);
    }
    if let Some((_, what)) = PERSONAL.iter().find(|(known, _)| *known == name) {
        return Column::personal(name, what);
    }
    let page = PAGE.iter().any(|page| name.ends_with(page));
    if BROWSER.contains(&own.suffix.as_str()) {
        return Column::personal(name, "a device or browser");
    }
    let topics = name.ends_with("Topics") || own.suffix.ends_with("Topics");
    if page
        || is_made(name, &own.text)
        || name.contains("_DO_")
        || name.ends_with("_DO")
        || own.suffix.contains("DO_")
        || topics
    {
        return Column::out(name, TOOL);
    }
    let typed = name.ends_with("_TEXT") && own.suffix != "TEXT";
    if typed {
        return Column::out(name, TYPED);
    }
    // The columns of one question share its identifier and the question's text.
    let family: Vec<usize> = (0..names.len())
        .filter(|other| !own.qid.is_empty() && parts[*other].qid == own.qid)
        .filter(|other| !names[*other].ends_with("_TEXT") && !names[*other].contains("_DO"))
        .filter(|other| !parts[*other].suffix.ends_with("Topics"))
        .filter(|other| !is_made(&names[*other], &parts[*other].text))
        .collect();
    if family.len() < 2 {
        let text = if own.item.is_empty() || own.suffix == "TEXT" || own.suffix.is_empty() {
            if own.item.is_empty() {
                own.text.clone()
            } else {
                format!("{} - {}", own.text, own.item)
            }
        } else {
            own.text.clone()
        };
        return Column { alias: own.qid.clone(), ..Column::asks(name, name, &text) };
    }
    let tag = common(&family.iter().map(|other| names[*other].as_str()).collect::<Vec<_>>());
    let code = name.strip_prefix(tag).unwrap_or(name).trim_start_matches('_');
    let column = Column::asks(name, tag, &own.text).with_item(code, &own.item);
    Column { alias: own.qid.clone(), ..column }
}

/// What Qualtrics works out of an answer: groups of promoters, scores.
fn is_made(name: &str, text: &str) -> bool {
    let number = name.strip_prefix("SC").filter(|number| !number.is_empty());
    let is_score = number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    name.ends_with("_NPS_GROUP") || (is_score && text == "Score")
}

/// What the names of a question's columns begin with, up to a `_`.
fn common<'n>(names: &[&'n str]) -> &'n str {
    let first = names[0];
    let shared = |end: usize| names.iter().all(|name| name.get(..=end) == first.get(..=end));
    let ends = first.match_indices('_').map(|(at, _)| at).rev();
    ends.into_iter().find(|at| shared(*at)).map_or("", |at| &first[..at])
}
