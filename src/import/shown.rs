//! What figures may show of the questions that came in.

use std::collections::BTreeMap;

use super::question::{Battery, Kind, Question};
use super::scales;
use super::text::any;

/// A question or battery that a figure may show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its name in the codebook.
    pub name: String,
    /// Its words by language; the empty language if that is not known.
    pub label: BTreeMap<String, String>,
    /// The topic that the tool put it under; may be empty.
    pub topic: String,
    /// Whether there are answers to draw.
    pub answered: bool,
    /// Whether its options are steps, such as classes of age: drawn in their
    /// order, not by size.
    pub steps: bool,
}

/// The questions and batteries in the order of the codebook.
pub(super) fn shown(questions: &[Question]) -> Vec<Shown> {
    let mut shown: Vec<Shown> = vec![];
    for question in questions.iter().filter(|question| question.kind != Kind::Text) {
        let answered = 0 < question.base();
        let (name, label) = match &question.battery {
            Some(battery) if is_drawn_whole(battery, questions) => {
                (&battery.name, battery.label.clone())
            }
            Some(battery) => (&question.name, line_of(battery, question)),
            None => (&question.name, question.label.clone()),
        };
        if let Some(known) = shown.iter_mut().find(|known| &known.name == name) {
            known.answered &= answered;
            continue;
        }
        shown.push(Shown {
            name: name.clone(),
            label,
            topic: question.topic.clone(),
            answered,
            steps: question.battery.is_none() && are_steps(question),
        });
    }
    shown
}

/// A line of a battery that stands alone, with the question that it belongs to.
fn line_of(battery: &Battery, question: &Question) -> BTreeMap<String, String> {
    let with_question = |(language, line): (&String, &String)| {
        let asked = battery.label.get(language).filter(|asked| !asked.is_empty());
        let words = asked.map_or_else(|| line.clone(), |asked| format!("{line} – {asked}"));
        (language.clone(), words)
    };
    question.label.iter().map(with_question).collect()
}

/// Whether one figure can show a battery: scores, all of one range, or one scale.
fn is_drawn_whole(battery: &Battery, questions: &[Question]) -> bool {
    let mut lines = questions.iter().filter(|other| other.battery.as_ref() == Some(battery));
    let Some(first) = lines.next() else { return false };
    let rest: Vec<&Question> = lines.collect();
    let scale = matches!(first.kind, Kind::Range { .. } | Kind::Likert);
    let same = |other: &&Question| other.kind == first.kind && other.options == first.options;
    scale && !rest.is_empty() && rest.iter().all(same)
}

/// Whether the options of a single choice have an order that is no scale of the
/// codebook, which is drawn in its order by itself.
fn are_steps(question: &Question) -> bool {
    let labels: Vec<&str> = question.options.iter().map(|option| any(&option.label)).collect();
    question.kind == Kind::Single && scales::order(&labels).is_some()
}
