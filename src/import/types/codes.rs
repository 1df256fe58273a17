//! Questions and options that have codes and no words: readers would see them.

use crate::import::question::{Kind, Question, Sure};
use crate::import::text::{any, number};

/// Marks what somebody must look at before it is published.
pub(super) fn mark(questions: &mut [Question]) {
    for question in questions.iter_mut().filter(|question| !question.known) {
        let is_likely = question.sure == Sure::Likely;
        if is_likely && are_codes(question) && !question.why.contains("codes without words") {
            doubt(
                question,
                "codes without words: import the structure of the survey with it, or write their labels",
            );
        }
        let several = matches!(question.kind, Kind::Multiple | Kind::Ranking);
        if several && question.battery.is_none() && any(&question.label) == question.name {
            doubt(question, "the file does not have its question: write its label");
        }
    }
}

fn doubt(question: &mut Question, why: &str) {
    question.sure = Sure::Look;
    question.why =
        if question.why.is_empty() { why.to_owned() } else { format!("{}; {why}", question.why) };
}

/// Whether all options are called as tools call them by themselves: `AO01`,
/// `SQ001`, `A1`, or are numbers.
fn are_codes(question: &Question) -> bool {
    let mut labels = question
        .options
        .iter()
        .filter(|option| option.role.is_empty())
        .map(|option| any(&option.label))
        .peekable();
    labels.peek().is_some() && labels.all(is_code)
}

fn is_code(label: &str) -> bool {
    if number(label).is_some() {
        return true;
    }
    let letters = label.trim_end_matches(|c: char| c.is_ascii_digit());
    (1..=3).contains(&letters.len())
        && letters.len() < label.len()
        && letters.bytes().all(|byte| byte.is_ascii_uppercase())
        && label.len() <= 6
}
