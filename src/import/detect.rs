//! Which tool wrote an export, and what tells it.

use super::sheet::Sheet;
use super::text::{same, year};
use super::tool::Tool;

/// Names the tool that wrote `sheet` and what told it; the first rule that
/// holds wins.
pub(super) fn detect(sheet: &Sheet) -> (Tool, &'static str) {
    if let Some(tool) = sheet.tool {
        return (tool, "its first bytes are those of a data file");
    }
    let row = |at: usize| sheet.rows.get(at).map_or(&[][..], Vec::as_slice);
    let header = row(0);
    let has = |name: &str| header.iter().any(|cell| cell == name);
    let ends = |end: &str| header.iter().any(|cell| cell.ends_with(end));
    if row(2).iter().any(|cell| cell.contains("ImportId")) {
        return (Tool::Qualtrics, "its third row holds ImportId");
    }
    if has("V1") && has("V2") && row(1).first().is_some_and(|cell| cell == "ResponseID") {
        return (Tool::Qualtrics, "its columns are V1, V2 … and the second row has ResponseID");
    }
    if has("_uuid") || has("_submission_time") {
        return (Tool::Kobo, "it has a column _uuid or _submission_time");
    }
    if has("X_uuid") || has("X_submission_time") {
        return (Tool::Kobo, "it has a column _uuid or _submission_time, as R writes it");
    }
    if (has("KEY") && has("SubmissionDate")) || has("PARENT_KEY") || ends("meta-instanceID") {
        return (Tool::Odk, "it has the columns SubmissionDate and KEY");
    }
    if has("CASE") && has("QUESTNNR") {
        return (Tool::Sosci, "it has the columns CASE and QUESTNNR");
    }
    if has("submitdate") && has("lastpage") {
        return (Tool::Limesurvey, "it has the columns submitdate and lastpage");
    }
    if limesurvey_in_words(sheet) {
        return (Tool::Limesurvey, "its first columns are a number, a date, a page and a language");
    }
    if header.first().is_some_and(|cell| cell == "Alias")
        && row(1).first().is_some_and(|cell| cell == "Export Date")
    {
        return (Tool::Eusurvey, "its first rows are Alias and Export Date");
    }
    if has("#") && (has("Submit Date (UTC)") || has("Start Date (UTC)")) {
        return (Tool::Typeform, "it has the columns # and Submit Date (UTC)");
    }
    if row(2).iter().any(|cell| cell == "SID") && header.iter().all(String::is_empty) {
        return (Tool::Framaforms, "its third row holds SID");
    }
    let filled = header.iter().filter(|cell| !cell.trim().is_empty()).count();
    let width = header.len();
    let placeholders =
        ["response", "open-ended response", "réponse", "reponse", "antwoord", "antwort"];
    let placed = |cell: &str| placeholders.contains(&cell.trim().to_lowercase().as_str());
    if filled < width && row(1).iter().any(|cell| placed(cell)) {
        return (Tool::Surveymonkey, "its second row says Response under the questions");
    }
    if filled * 2 <= width && 4 < width && row(1).first().is_none_or(String::is_empty) {
        return (Tool::Surveymonkey, "its first row has runs of empty cells");
    }
    if options_under_questions(header, row(1)) {
        return (
            Tool::Surveymonkey,
            "its second row names options under the questions of the first",
        );
    }
    if words_under_names(sheet) {
        return (Tool::Qualtrics, "its second row words the questions that the first names");
    }
    let first = header.first().map_or("", |cell| cell.trim());
    if ["respondentid", "respondent id"].contains(&first.to_lowercase().as_str()) {
        return (Tool::Surveymonkey, "its first column is RespondentID");
    }
    if options_as_headers(sheet) {
        return (Tool::Surveymonkey, "columns `Question - Option` hold their own option");
    }
    if has("Status")
        && sheet
            .rows
            .iter()
            .skip(1)
            .any(|row| row.iter().any(|cell| cell == "Partial" || cell == "Complete"))
    {
        return (Tool::Alchemer, "its column Status says Complete or Partial");
    }
    if microsoft(sheet) {
        return (
            Tool::Microsoft,
            "its first columns are a number, two dates, an e-mail and a name",
        );
    }
    let body = || sheet.rows.iter().skip(1);
    let dated = body().filter(|row| row.first().is_some_and(|cell| year(cell).is_some())).count();
    let second_dated =
        body().filter(|row| row.get(1).is_some_and(|cell| year(cell).is_some())).count();
    if 0 < dated && dated * 10 >= body().count() * 9 && second_dated * 2 < dated {
        return (Tool::Google, "its first column is a date and time in every row");
    }
    (Tool::Plain, "nothing tells another tool")
}

/// Full headings: a whole number, a date or nothing, a small number, a tag
/// of a language; many headers end in `]`.
fn limesurvey_in_words(sheet: &Sheet) -> bool {
    let mut rows = sheet.rows.iter().skip(1).take(50).peekable();
    let whole = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let tag = |text: &str| {
        let letters = text.split('-').next().unwrap_or_default();
        (2..=3).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    rows.peek().is_some()
        && rows.all(|row| {
            let cell = |at: usize| row.get(at).map_or("", |cell| cell.trim());
            whole(cell(0))
                && (cell(1).is_empty() || year(cell(1)).is_some())
                && (cell(2).is_empty() || whole(cell(2)))
                && tag(cell(3))
        })
}

/// A second header row: names without blanks in the first, the wording of
/// each question in the second, which no respondent below gives again.
fn words_under_names(sheet: &Sheet) -> bool {
    let [first, second, below @ ..] = &sheet.rows[..] else { return false };
    let most = |count: usize| first.len() * 4 <= count * 5;
    let names = first.iter().filter(|cell| !cell.is_empty() && !cell.trim().contains(' ')).count();
    let again = |at: usize, cell: &str| {
        below.iter().any(|row| row.get(at).is_some_and(|other| other.trim() == cell))
    };
    let worded = second.iter().enumerate().filter(|(at, cell)| {
        let cell = cell.trim();
        2 < cell.split_whitespace().count() && !again(*at, cell)
    });
    let worded: Vec<&str> = worded.map(|(_, cell)| cell.trim()).collect();
    let distinct: std::collections::BTreeSet<&&str> = worded.iter().collect();
    3 < first.len()
        && 2 < below.len()
        && most(names)
        && first.len() * 3 <= worded.len() * 4
        && worded.len() * 4 <= distinct.len() * 5
}

/// A second header row: a fifth of the first is empty, and the second fills
/// what is empty there with words of which hardly any comes twice. The
/// answers of one respondent repeat themselves, or are numbers.
fn options_under_questions(first: &[String], second: &[String]) -> bool {
    let under = first.iter().zip(second).filter(|(above, _)| above.trim().is_empty());
    let under: Vec<&str> = under.map(|(_, below)| below.trim()).collect();
    let worded = |cell: &&&str| cell.contains(char::is_alphabetic) && year(cell).is_none();
    let words = under.iter().filter(worded).count();
    let distinct: std::collections::BTreeSet<_> = under.iter().filter(worded).collect();
    let questions = first.iter().filter(|cell| cell.trim().contains(' ')).count();
    4 <= under.len()
        && first.len() <= under.len() * 5
        && 1 <= questions
        && under.len() * 8 <= words * 10
        && words * 4 <= distinct.len() * 5
}

/// Columns headed `Question - Option` whose cells are that option or empty.
fn options_as_headers(sheet: &Sheet) -> bool {
    let header = sheet.rows.first().map_or(&[][..], Vec::as_slice);
    let own = |(at, name): &(usize, &String)| {
        let option = name.rsplit_once(" - ").map_or("", |(_, option)| option.trim());
        let mut cells = sheet
            .rows
            .iter()
            .skip(1)
            .filter_map(|row| row.get(*at))
            .filter(|cell| !cell.trim().is_empty())
            .peekable();
        !option.is_empty() && cells.peek().is_some() && cells.all(|cell| cell.trim() == option)
    };
    3 <= header.iter().enumerate().filter(own).count()
}

fn microsoft(sheet: &Sheet) -> bool {
    const START: [&str; 5] =
        ["start time", "starttime", "heure de debut", "begintijd", "startzeit"];
    let header = sheet.rows.first().map_or(&[][..], Vec::as_slice);
    let name =
        |at: usize| header.get(at).map_or(String::new(), |cell| same(cell).replace('-', " "));
    let mut rows = sheet.rows.iter().skip(1).take(50).peekable();
    name(0) == "id"
        && (START.contains(&name(1).as_str()) || rows.peek().is_some())
        && rows.all(|row| {
            let cell = |at: usize| row.get(at).map_or("", |cell| cell.trim());
            year(cell(1)).is_some()
                && year(cell(2)).is_some()
                && (cell(3).is_empty() || cell(3) == "anonymous" || cell(3).contains('@'))
        })
}
