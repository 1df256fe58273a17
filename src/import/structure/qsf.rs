//! Qualtrics' `.qsf`: JSON with an element for each question.

use serde_json::Value;

use super::{Asked, Asks};
use crate::diag::{Code, Diagnostic, Findings};
use crate::import::question::Choice;
use crate::import::text::{Texts, clean, plain};

pub(in crate::import) fn read(file: &str, text: &str, found: &mut Findings) -> Vec<Asked> {
    let json: Value = match serde_json::from_str(text.trim_start_matches('\u{FEFF}')) {
        Ok(json) => json,
        Err(error) => {
            found.push(
                Diagnostic::error(Code::ImportUnreadable, format!("`{file}` is not JSON: {error}"))
                    .hint("Export the survey again as `.qsf`."),
            );
            return vec![];
        }
    };
    let language = text_of(&json["SurveyEntry"]["SurveyLanguage"]).to_lowercase();
    let language = if language.len() == 2 { language } else { String::new() };
    let elements = list(&json["SurveyElements"]);
    let trash = trashed(&elements);
    let topics = blocks(&elements);
    let mut asked: Vec<Asked> = elements
        .iter()
        .filter(|element| element["Element"] == "SQ")
        .map(|element| &element["Payload"])
        .filter(|payload| !trash.contains(&text_of(&payload["QuestionID"])))
        .map(|payload| question(payload, &language, file, &topics))
        .collect();
    let place = |asked: &Asked| {
        topics.iter().position(|(id, _)| *id == asked.other_code).unwrap_or(usize::MAX)
    };
    asked.sort_by_key(place);
    asked
}

fn question(payload: &Value, language: &str, file: &str, topics: &[(String, String)]) -> Asked {
    let (kind, selector, sub) =
        (&payload["QuestionType"], &payload["Selector"], &payload["SubSelector"]);
    let selector = selector.as_str().unwrap_or_default();
    let asks = match kind.as_str().unwrap_or_default() {
        "MC" if selector.starts_with("MA") => Asks::Multiple,
        "MC" => Asks::Single,
        "Matrix" if selector == "Likert" && sub != "MultipleAnswer" => Asks::Grid,
        "RO" => Asks::Ranking,
        // Sliders and sums among them.
        "TE" => Asks::Text,
        "DB" | "Timing" | "Meta" => Asks::Nothing,
        _ => Asks::Unknown,
    };
    let tag = text_of(&payload["DataExportTag"]);
    let mut asked = Asked::new(&tag, asks, file);
    asked.other_code = text_of(&payload["QuestionID"]);
    asked.text = texts(&clean(&text_of(&payload["QuestionText"])), language);
    if let Some((_, topic)) = topics.iter().find(|(id, _)| *id == asked.other_code) {
        asked.topic.clone_from(topic);
    }
    let recode = &payload["RecodeValues"];
    let tags = &payload["ChoiceDataExportTags"];
    let choices = ordered(&payload["Choices"], &payload["ChoiceOrder"]);
    let answers = ordered(&payload["Answers"], &payload["AnswerOrder"]);
    let choice = |code: String, value: &Value| {
        let label = clean(&text_of(&value["Display"]));
        let mut choice = Choice::coded(&code, texts(&label, language));
        if !value["TextEntry"].is_null() && crate::import::scales::is_other(&label) {
            "other".clone_into(&mut choice.role);
        }
        choice
    };
    let recoded = |id: &str| {
        Some(text_of(&recode[id]))
            .filter(|value| !value.is_empty())
            .unwrap_or_else(|| id.to_owned())
    };
    let tagged = |id: &str| Some(text_of(&tags[id])).filter(|value| !value.is_empty());
    if asks == Asks::Grid {
        let item = |id: &str| {
            tagged(id).map_or_else(
                || id.to_owned(),
                |tagged| tagged.strip_prefix(&format!("{tag}_")).unwrap_or(&tagged).to_owned(),
            )
        };
        asked.items = choices.iter().map(|(id, value)| choice(item(id), value)).collect();
        asked.options = answers.iter().map(|(id, value)| choice(recoded(id), value)).collect();
    } else {
        asked.options = choices.iter().map(|(id, value)| choice(recoded(id), value)).collect();
    }
    asked
}

fn texts(text: &str, language: &str) -> Texts {
    if language.is_empty() {
        plain(text)
    } else {
        Texts::from([(language.to_owned(), text.to_owned())])
    }
}

/// A map or an array, in the order that another value gives.
fn ordered<'v>(map: &'v Value, order: &Value) -> Vec<(String, &'v Value)> {
    let all: Vec<(String, &Value)> = match map {
        Value::Object(map) => map.iter().map(|(id, value)| (id.clone(), value)).collect(),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .map(|(at, value)| (at.to_string(), value))
            .filter(|(_, value)| !value.is_null())
            .collect(),
        _ => vec![],
    };
    let order: Vec<String> = list(order).iter().map(text_of).collect();
    let mut sorted: Vec<(String, &Value)> = vec![];
    for id in &order {
        sorted.extend(all.iter().find(|(own, _)| own == id).cloned());
    }
    let rest = all.into_iter().filter(|(id, _)| !order.contains(id)).collect::<Vec<_>>();
    sorted.extend(rest);
    sorted
}

fn list(value: &Value) -> Vec<Value> {
    match value {
        Value::Array(list) => list.clone(),
        Value::Object(map) => map.values().cloned().collect(),
        _ => vec![],
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// The questions of the Trash block.
fn trashed(elements: &[Value]) -> Vec<String> {
    let blocks = elements
        .iter()
        .filter(|element| element["Element"] == "BL")
        .flat_map(|element| list(&element["Payload"]));
    blocks
        .filter(|block| block["Type"] == "Trash")
        .flat_map(|block| list(&block["BlockElements"]))
        .map(|one| text_of(&one["QuestionID"]))
        .collect()
}

/// Every question with the name of its block, in order; blocks that nobody
/// named have none.
fn blocks(elements: &[Value]) -> Vec<(String, String)> {
    let blocks = elements
        .iter()
        .filter(|element| element["Element"] == "BL")
        .flat_map(|element| list(&element["Payload"]));
    blocks
        .filter(|block| block["Type"] != "Trash")
        .flat_map(|block| {
            let name = text_of(&block["Description"]);
            let name = if name == "Default Question Block" || name.starts_with("Block ") {
                String::new()
            } else {
                name
            };
            list(&block["BlockElements"])
                .iter()
                .map(|one| (text_of(&one["QuestionID"]), name.clone()))
                .collect::<Vec<_>>()
        })
        .collect()
}
