//! The options of a question: found by what cells say, put in order and given
//! their roles.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::draft::also;
use crate::import::question::{Choice, Kind, Question, Sure};
use crate::import::scales;
use crate::import::text::{any, code, number, plain, same};

/// Finds options by their code or words, and takes in those that are new.
pub(super) struct Options {
    pub(super) list: Vec<Choice>,
    by_words: BTreeMap<String, usize>,
}

impl Options {
    pub(super) fn new(known: &[Choice]) -> Self {
        let mut options = Self { list: vec![], by_words: BTreeMap::new() };
        for choice in known {
            options.name(&choice.code);
            options.add(choice.clone());
        }
        options
    }

    /// Adds an option under its words.
    fn add(&mut self, choice: Choice) {
        for words in choice.label.values().filter(|label| !label.is_empty()) {
            self.name(words);
        }
        self.list.push(choice);
    }

    /// Names the option that is added next.
    fn name(&mut self, name: &str) {
        let at = self.list.len();
        self.by_words.entry(name.trim().to_owned()).or_insert(at);
        self.by_words.entry(format!("~{}", same(name))).or_insert(at);
    }

    /// The option that a cell names.
    pub(super) fn find(&self, cell: &str) -> Option<usize> {
        let exact =
            self.by_words.get(cell).or_else(|| self.by_words.get(&format!("~{}", same(cell))));
        exact.copied().or_else(|| {
            // LimeSurvey's code of the other option; numbers after pandas.
            let other = || self.list.iter().position(|choice| choice.role == "other");
            let whole =
                || cell.strip_suffix(".0").and_then(|whole| self.by_words.get(whole).copied());
            if scales::is_other(cell) { other() } else { whole() }
        })
    }

    /// The option that a cell names, taken in if it is new. Nobody wrote the code
    /// that is made for it: the `5` of `<5` is not that of 5.
    pub(super) fn take(&mut self, cell: &str) -> usize {
        self.find(cell).unwrap_or_else(|| {
            let mut choice = Choice::of(cell);
            let short_code = cell.len() <= 24 && !cell.contains(char::is_whitespace);
            if short_code {
                choice.code = code(cell);
            }
            if scales::is_other(cell) {
                "other".clone_into(&mut choice.role);
                "other".clone_into(&mut choice.code);
                if cell.starts_with('-') {
                    choice.label = plain("Other");
                }
            }
            self.add(choice);
            self.list.len() - 1
        })
    }
}

/// Orders options that no structure orders, and gives them their roles.
pub(super) fn settle(question: &mut Question, told: bool) {
    let labels: Vec<String> =
        question.options.iter().map(|option| any(&option.label).to_owned()).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let order = scales::order(&labels);
    let single = question.kind == Kind::Single;
    let mut likert = single && order.as_ref().is_some_and(|order| order.likert);
    if single && !told && numeric_scale(&labels) {
        likert = true;
    }
    for (option, label) in question.options.iter_mut().zip(&labels) {
        if option.role.is_empty() {
            let role = scales::role(label, likert);
            // The least level of an order is an answer as the others are.
            let is_level = role == "none" && single && order.is_some();
            if !is_level {
                role.clone_into(&mut option.role);
            }
        }
    }
    if likert {
        question.kind = Kind::Likert;
    }
    if !told {
        match order {
            Some(order) if single => {
                question.reorder(&order.places);
                question.why = also(&question.why, &format!("order proposed by {}", order.why));
                if order.is_odd {
                    question.sure = Sure::Look;
                }
            }
            _ => {
                let mut order: Vec<usize> = (0..question.options.len()).collect();
                let value = |at: &usize| number(labels[*at]);
                if order.iter().all(|at| value(at).is_some()) {
                    order
                        .sort_by(|a, b| value(a).partial_cmp(&value(b)).unwrap_or(Ordering::Equal));
                }
                // Options with a role, such as "other", come last.
                order.sort_by_key(|at| !question.options[*at].role.is_empty());
                question.reorder(&order);
            }
        }
    }
}

/// Numbers that follow each other, with nothing else but answers off the
/// scale, `1` to `5` and `N/A`, or with words at the ends alone:
/// `1 not at all`, `2`, `3`, `4 very much`.
fn numeric_scale(labels: &[&str]) -> bool {
    let mut numbers = vec![];
    let mut worded = 0;
    for label in labels.iter().filter(|label| scales::off(label).is_empty()) {
        let (first, words) = label.split_once([' ', ':', '-', '=']).unwrap_or((label, ""));
        worded += usize::from(!words.is_empty());
        let Some(value) = number(first) else { return false };
        numbers.push(value);
    }
    let ends_alone = (1..=2).contains(&worded) && worded < numbers.len();
    let off = numbers.len() < labels.len();
    numbers.sort_by(f64::total_cmp);
    let steps = numbers.windows(2).all(|pair| (pair[1] - pair[0] - 1.0).abs() < 1e-9);
    // More levels than 0 to 10 are no scale but a count.
    (3..=11).contains(&numbers.len()) && steps && (ends_alone || (off && worded == 0))
}
