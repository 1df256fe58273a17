//! What kind of question the answers are to, and how sure that is.

mod family;
mod single;

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::export::{Column, Export, Part};
use super::joined;
use super::question::{Answers, Choice, Kind, Question, Sure};
use super::scales;
use super::structure::{Asked, Asks, Structures};
use super::text::{Texts, any, code, key, plain, same};

/// The questions of an export with their answers, in the order of the file;
/// columns that turn out to be no closed question are marked.
pub(super) fn questions(export: &mut Export, known: &Structures, kept: &[usize]) -> Vec<Question> {
    let mut questions = vec![];
    let signs = file_signs(export);
    for family in families(export) {
        let made = if let [only] = family[..] {
            single::question(export, only, known, &signs, kept.contains(&only)).map(|one| vec![one])
        } else {
            family::questions(export, &family, known).or_else(|| {
                let alone =
                    |at: usize| single::question(export, at, known, &signs, kept.contains(&at));
                let part = |part: Vec<usize>| match part[..] {
                    [only] => alone(only).into_iter().collect(),
                    _ if part.len() == family.len() => {
                        part.iter().copied().filter_map(alone).collect()
                    }
                    _ => family::questions(export, &part, known)
                        .unwrap_or_else(|| part.iter().copied().filter_map(alone).collect()),
                };
                let parts: Vec<_> =
                    family::parts(export, &family).into_iter().flat_map(part).collect();
                (!parts.is_empty()).then_some(parts)
            })
        };
        questions.extend(made.unwrap_or_default());
    }
    let used: Vec<usize> = questions.iter().flat_map(|question| question.columns.clone()).collect();
    for at in 0..export.columns.len() {
        if export.columns[at].part == Part::Answer && !used.contains(&at) {
            let empty = export.cells(at).all(str::is_empty);
            export.columns[at].part = Part::Out(if empty {
                "always empty"
            } else {
                "no question, as the structure has it"
            });
        }
    }
    questions
}

/// Neighbouring columns that answer one question.
fn families(export: &Export) -> Vec<Vec<usize>> {
    let mut families: Vec<Vec<usize>> = vec![];
    for (at, column) in export.columns.iter().enumerate() {
        if column.part != Part::Answer {
            continue;
        }
        let joins = |first: &Column| {
            first.item.is_some()
                && column.item.is_some()
                && (&first.code, &first.text) == (&column.code, &column.text)
        };
        match families.last_mut() {
            Some(family) if joins(&export.columns[family[0]]) => family.push(at),
            _ => families.push(vec![at]),
        }
    }
    families
}

/// The signs that join answers in this file: of those that the tool may
/// use, the one that takes the most columns apart.
fn file_signs(export: &Export) -> Vec<&'static str> {
    let several = |sign: &'static str| {
        let columns = (0..export.columns.len()).filter(|at| {
            let column = &export.columns[*at];
            let cells: Vec<&str> = export.cells(*at).collect();
            column.part == Part::Answer
                && column.item.is_none()
                && joined::split(&cells, sign, &column.text).is_some()
        });
        columns.count()
    };
    let best = joined::signs(export.tool).iter().rev().max_by_key(|sign| several(sign));
    best.into_iter().copied().collect()
}

/// A question before its answers are known.
fn draft(column: &Column, at: usize, label: Texts) -> Question {
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
fn wording(column: &Column) -> Texts {
    let words = [&column.text, &column.code, &column.header];
    plain(words.into_iter().find(|text| !text.is_empty()).map_or("?", String::as_str))
}

/// Finds options by their code or words, and takes in those that are new.
struct Options {
    list: Vec<Choice>,
    by_words: BTreeMap<String, usize>,
}

impl Options {
    fn new(known: &[Choice]) -> Self {
        let mut options = Self { list: vec![], by_words: BTreeMap::new() };
        for choice in known {
            options.add(choice.clone());
        }
        options
    }

    fn add(&mut self, choice: Choice) {
        let at = self.list.len();
        let words = choice.label.values().filter(|label| !label.is_empty());
        for name in words.chain([&choice.code]) {
            self.by_words.entry(name.trim().to_owned()).or_insert(at);
            self.by_words.entry(format!("~{}", same(name))).or_insert(at);
        }
        self.list.push(choice);
    }

    /// The option that a cell names.
    fn find(&self, cell: &str) -> Option<usize> {
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

    /// The option that a cell names, taken in if it is new.
    fn take(&mut self, cell: &str) -> usize {
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

/// A reason, and another behind it.
fn also(reason: &str, other: &str) -> String {
    if reason.is_empty() { other.to_owned() } else { format!("{reason}; {other}") }
}

/// Orders options that no structure orders, and gives them their roles.
fn settle_options(question: &mut Question, told: bool) {
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
            scales::role(label, likert).clone_into(&mut option.role);
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
            }
            _ => {
                let last = |option: &Choice| !matches!(option.role.as_str(), "");
                let mut order: Vec<usize> = (0..question.options.len()).collect();
                let number = |at: &usize| super::text::number(labels[*at]);
                if order.iter().all(|at| number(at).is_some()) {
                    order.sort_by(|a, b| {
                        number(a).partial_cmp(&number(b)).unwrap_or(Ordering::Equal)
                    });
                }
                order.sort_by_key(|at| last(&question.options[*at]));
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
        let Some(number) = super::text::number(first) else { return false };
        numbers.push(number);
    }
    let ends_alone = (1..=2).contains(&worded) && worded < numbers.len();
    let off = numbers.len() < labels.len();
    numbers.sort_by(f64::total_cmp);
    let steps = numbers.windows(2).all(|pair| (pair[1] - pair[0] - 1.0).abs() < 1e-9);
    // More levels than 0 to 10 are no scale but a count.
    (3..=11).contains(&numbers.len()) && steps && (ends_alone || (off && worded == 0))
}

/// What a structure knows of a question is put into it.
fn told_by(question: &mut Question, asked: &Asked) {
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

/// The questions that structures alone tell, without an answer.
pub(super) fn from_structure(all: &[Asked]) -> Vec<Question> {
    let mut questions = vec![];
    for asked in all.iter().filter(|asked| !matches!(asked.asks, Asks::Nothing | Asks::Unknown)) {
        let column = Column::asks(&asked.code, &asked.code, any(&asked.text));
        let mut question = draft(&column, 0, asked.text.clone());
        told_by(&mut question, asked);
        question.columns = vec![];
        question.options.clone_from(if asked.asks == Asks::Multiple && asked.options.is_empty() {
            &asked.items
        } else {
            &asked.options
        });
        question.answers = Answers::Cells(vec![]);
        question.kind = match asked.asks {
            Asks::Single | Asks::Grid | Asks::Unknown | Asks::Nothing => Kind::Single,
            Asks::Likert => Kind::Likert,
            Asks::Multiple => Kind::Multiple,
            Asks::Ranking => Kind::Ranking,
            Asks::Range { start, end } => Kind::Range { start, end },
            Asks::Integer => Kind::Integer,
            Asks::Decimal => Kind::Decimal,
            Asks::Text => Kind::Text,
        };
        if any(&question.label).is_empty() {
            question.label = plain(&asked.code);
        }
        settle_options(&mut question, true);
        if asked.asks != Asks::Grid {
            questions.push(question);
            continue;
        }
        let battery =
            super::question::Battery { name: question.name.clone(), label: question.label.clone() };
        for item in &asked.items {
            let mut row = question.clone();
            row.name = format!("{}_{}", question.name, item.code);
            row.label = item.label.clone();
            row.battery = Some(battery.clone());
            questions.push(row);
        }
    }
    let closed =
        |kind: Kind| matches!(kind, Kind::Single | Kind::Likert | Kind::Multiple | Kind::Ranking);
    questions.retain(|question| !closed(question.kind) || !question.options.is_empty());
    questions
}
