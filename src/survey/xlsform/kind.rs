//! The cell `type` of a row → what it asks.

use crate::diag::did_you_mean;

/// The types that ask a question which is never estimated.
const OPEN: [&str; 13] = [
    "text", "date", "time", "dateTime", "datetime", "barcode", "geopoint", "geotrace", "geoshape",
    "image", "audio", "video", "file",
];

/// The types that ask nothing.
const SILENT: [&str; 20] = [
    "note",
    "start",
    "end",
    "today",
    "deviceid",
    "device id",
    "username",
    "phonenumber",
    "email",
    "simserial",
    "sim serial",
    "subscriberid",
    "subscriber id",
    "audit",
    "background-audio",
    "start-geopoint",
    "calculate",
    "hidden",
    "acknowledge",
    "xml-external",
];

/// The types that an author may have meant.
const TYPES: [&str; 10] = [
    "select_one",
    "select_multiple",
    "rank",
    "range",
    "integer",
    "decimal",
    "text",
    "note",
    "begin_group",
    "end_group",
];

/// A type as written, before its list is looked up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind<'t> {
    One(&'t str),
    Multiple(&'t str),
    Rank(&'t str),
    Range,
    Integer,
    Decimal,
    Open,
    Silent,
    Begin,
    End,
}

/// Why a type is not taken, and what to write in its place.
type Refused = (String, Option<String>);

impl<'t> Kind<'t> {
    /// Reads a type; `Err`: it is not taken.
    pub(super) fn read(text: &'t str) -> Result<Self, Refused> {
        if SILENT.contains(&text) {
            return Ok(Self::Silent);
        }
        let (word, list) = spelled(text);
        if let Some(list) = list.strip_suffix("or_other") {
            let list = list.trim();
            return Err((
                "`or_other` is not taken".to_owned(),
                Some(format!("Add an option with the role `other` to the list `{list}`.")),
            ));
        }
        let unknown = || {
            let message = format!("`{text}` is not a type of question");
            Err((message, did_you_mean(word, TYPES)))
        };
        match word {
            "select_one" => Ok(Self::One(named(word, list)?)),
            "select_multiple" => Ok(Self::Multiple(named(word, list)?)),
            "rank" => Ok(Self::Rank(named(word, list)?)),
            _ if !list.is_empty() => unknown(),
            "range" => Ok(Self::Range),
            "integer" | "int" => Ok(Self::Integer),
            "decimal" => Ok(Self::Decimal),
            "begin_group" => Ok(Self::Begin),
            "end_group" => Ok(Self::End),
            "begin_repeat" | "end_repeat" => Err((
                "questions that repeat are not taken".to_owned(),
                Some("Give each round its own questions.".to_owned()),
            )),
            _ if OPEN.contains(&word) => Ok(Self::Open),
            _ if SILENT.contains(&word) => Ok(Self::Silent),
            _ => unknown(),
        }
    }
}

/// The word of a type and what follows it: `XLSForm` has written some types with
/// a blank, `select one from x`.
fn spelled(text: &str) -> (&str, &str) {
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let rest = rest.trim();
    let (second, tail) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let list = || tail.trim().trim_start_matches("from ");
    match (word, second) {
        ("select", "one") => ("select_one", list()),
        ("select", "multiple") => ("select_multiple", list()),
        ("begin", "group") => ("begin_group", ""),
        ("end", "group") => ("end_group", ""),
        ("begin" | "end", "repeat") => ("begin_repeat", ""),
        _ => (word, rest),
    }
}

/// The name of the list that a type must have.
fn named<'t>(word: &str, list: &'t str) -> Result<&'t str, Refused> {
    if list.is_empty() {
        return Err((
            format!("`{word}` names no list"),
            Some(format!("Write `{word}` and the name of a list of `choices.csv`.")),
        ));
    }
    if list.contains(char::is_whitespace) {
        return Err((format!("`{list}` is not the name of a list"), None));
    }
    Ok(list)
}
