//! A question before its answers are known, and what a structure knows of it.

use crate::import::export::Column;
use crate::import::question::{Answers, Kind, Question, Sure};
use crate::import::structure::Asked;
use crate::import::text::{Texts, any, code, key, plain};

/// A question before its answers are known.
pub(super) fn draft(column: &Column, at: usize, label: Texts) -> Question {
    let name = if column.code.is_empty() { key(any(&label)) } else { code(&column.code) };
    Question {
        name,
        label,
        kind: Kind::Text,
        options: vec![],
        list: None,
        battery: None,
        topic: column.topic.clone(),
        columns: vec![at],
        answers: Answers::Cells(vec![]),
        why: String::new(),
        sure: Sure::Likely,
        known: false,
    }
}

/// The words of a question, else its code, else its header.
pub(super) fn wording(column: &Column) -> Texts {
    let words = [&column.text, &column.code, &column.header];
    plain(words.into_iter().find(|text| !text.is_empty()).map_or("?", String::as_str))
}

/// What a structure knows of a question is put into it.
pub(super) fn told_by(question: &mut Question, asked: &Asked) {
    question.name = if asked.ours { asked.code.clone() } else { code(&asked.code) };
    question.label = asked.text.clone();
    question.sure = Sure::Told;
    question.known = asked.ours;
    question.battery.clone_from(&asked.battery);
    if !asked.topic.is_empty() {
        question.topic.clone_from(&asked.topic);
    }
    question.list = asked.ours.then(|| asked.list.clone());
    question.why = format!("told by {}", asked.source);
}

/// A reason, and another behind it.
pub(super) fn also(reason: &str, other: &str) -> String {
    if reason.is_empty() { other.to_owned() } else { format!("{reason}; {other}") }
}
