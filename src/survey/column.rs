//! What the columns of a table say to one question → its answers.

#![expect(clippy::cast_possible_truncation, reason = "options are fewer than 2^32")]

use super::answers::Numbers;
use super::recall::{Recall, Said};
use super::shape::Shape;
use super::table::{Complaints, Row, Table};
use super::{Answers, Codes, Question, QuestionKind};
use crate::diag::{Code, Diagnostic, Findings};

/// What the columns of a table say to one question.
#[derive(Clone)]
pub(super) struct Column<'q> {
    pub(super) question: &'q Question,
    pub(super) shape: Shape,
    codes: Vec<Codes>,
    numbers: Numbers,
    recall: Recall,
    /// By option: whether it is an answer that counts.
    in_base: Vec<bool>,
    /// Where a row is put together.
    ticks: Vec<bool>,
}

impl<'q> Column<'q> {
    pub(super) fn new(question: &'q Question, table: &Table, found: &mut Findings) -> Self {
        let options = question.options();
        let columns = match &question.kind {
            QuestionKind::Multiple(_) | QuestionKind::Ranking { .. } => options.len(),
            QuestionKind::Single(_) | QuestionKind::Likert(_) => 1,
            _ => 0,
        };
        let bound = match &question.kind {
            QuestionKind::Multiple(_) => 2,
            QuestionKind::Ranking { places, .. } => places + 1,
            _ => options.len(),
        };
        Self {
            question,
            shape: Shape::find(question, table, found),
            codes: (0..columns).map(|_| Codes::for_bound(bound)).collect(),
            numbers: Numbers::default(),
            recall: Recall::default(),
            in_base: options.iter().map(|option| option.role.in_base()).collect(),
            ticks: vec![],
        }
    }

    /// Makes room for the answers of further respondents.
    pub(super) fn reserve(&mut self, respondents: usize) {
        self.codes.iter_mut().for_each(|codes| codes.reserve(respondents));
        if matches!(self.shape, Shape::Number(_)) {
            self.numbers.reserve(respondents);
        }
    }

    /// The columns that this question reads.
    pub(super) fn reads(&self) -> Vec<usize> {
        match &self.shape {
            Shape::Nothing => vec![],
            Shape::Open(at)
            | Shape::One(at)
            | Shape::Number(at)
            | Shape::TickList(at)
            | Shape::RankList(at) => vec![*at],
            Shape::Ticks(columns) | Shape::Ranks(columns) => columns.clone(),
        }
    }

    /// Reads the answers of some respondents.
    pub(super) fn read(&mut self, rows: &[Row<'_>], complaints: &mut Complaints) {
        let Self { question, recall, numbers, .. } = self;
        match &self.shape {
            Shape::Nothing | Shape::Open(_) => {}
            Shape::One(at) => {
                for row in rows {
                    let read = || choice(question, *row, *at, complaints);
                    self.codes[0].push(recall.cell(*row, *at, read).code());
                }
            }
            Shape::Number(at) => {
                for row in rows {
                    let read = || match number(question, *row, *at, complaints) {
                        Some(number) => Said::Code(numbers.place(number)),
                        None if row.text(*at).is_empty() => Said::Nothing,
                        None => Said::Wrong,
                    };
                    let place = recall.cell(*row, *at, read).code();
                    numbers.push_place(place);
                }
            }
            Shape::Ticks(_) | Shape::TickList(_) => {
                for row in rows {
                    self.ticks(*row, complaints);
                }
            }
            Shape::Ranks(_) | Shape::RankList(_) => {
                for row in rows {
                    self.ranks(*row, complaints);
                }
            }
        }
    }

    fn ticks(&mut self, row: Row<'_>, complaints: &mut Complaints) {
        let mut asked = false;
        self.ticks.clear();
        match &self.shape {
            Shape::Ticks(columns) => {
                for at in columns {
                    let tick = self.recall.cell(row, *at, || tick(row, *at, complaints));
                    asked |= tick != Said::Nothing;
                    self.ticks.push(tick == Said::Code(1));
                }
            }
            Shape::TickList(at) => {
                let text = row.text(*at);
                asked = !text.is_empty();
                self.ticks.resize(self.codes.len(), false);
                for name in text.split_whitespace() {
                    if let Some(code) = option(self.question, name, row, *at, complaints) {
                        self.ticks[code] = true;
                    }
                }
            }
            _ => {}
        }
        self.push_ticks(asked);
    }

    fn ranks(&mut self, row: Row<'_>, complaints: &mut Complaints) {
        let question = self.question;
        let (ranked, column): (Vec<Option<usize>>, usize) = match &self.shape {
            Shape::Ranks(columns) => {
                let read = |at: &usize| {
                    let read = || choice(question, row, *at, complaints);
                    self.recall.cell(row, *at, read).code().map(|code| code as usize)
                };
                (columns.iter().map(read).collect(), columns[0])
            }
            Shape::RankList(at) => {
                let names = row.text(*at).split_whitespace();
                let read = |name| option(question, name, row, *at, complaints);
                (names.map(read).collect(), *at)
            }
            _ => return,
        };
        self.push_ranks(&ranked, row, column, complaints);
    }

    /// Who ticked "don't know" and nothing else is outside the base.
    fn push_ticks(&mut self, asked: bool) {
        let (mut ticked, mut counted) = (false, false);
        for (tick, in_base) in self.ticks.iter().zip(&self.in_base) {
            ticked |= *tick;
            counted |= *tick && *in_base;
        }
        let counts = asked && (counted || !ticked);
        for (codes, tick) in self.codes.iter_mut().zip(&self.ticks) {
            codes.push(counts.then_some(u32::from(*tick)));
        }
    }

    fn push_ranks(
        &mut self,
        ranked: &[Option<usize>],
        row: Row<'_>,
        column: usize,
        complaints: &mut Complaints,
    ) {
        let QuestionKind::Ranking { places, .. } = self.question.kind else {
            unreachable!("only rankings have ranks")
        };
        let mut ranks = vec![0; self.codes.len()];
        let mut gap = false;
        for (at, option) in ranked.iter().enumerate().take(places) {
            let Some(option) = option else {
                gap = true;
                continue;
            };
            if gap || ranks[*option] != 0 {
                let key = &self.question.options()[*option].key;
                let message = if gap {
                    format!("`{key}` has rank {}, a rank before it is empty", at + 1)
                } else {
                    format!("`{key}` is ranked twice: the higher rank counts")
                };
                complaints.push(Code::RankedTwice, column, || {
                    Diagnostic::warning(Code::RankedTwice, message).at(row.place(column))
                });
            }
            if ranks[*option] == 0 {
                ranks[*option] = at + 1;
            }
        }
        let answered = ranks.iter().any(|rank| *rank > 0);
        for (codes, rank) in self.codes.iter_mut().zip(ranks) {
            codes.push(answered.then_some(rank as u32));
        }
    }

    /// Adds the answers of the rows that follow.
    pub(super) fn append(&mut self, next: &Self) {
        for (codes, next) in self.codes.iter_mut().zip(&next.codes) {
            codes.append(next);
        }
        self.numbers.append(&next.numbers);
    }

    /// Ends the reading.
    pub(super) fn finish(mut self) -> Answers {
        match self.shape {
            Shape::Nothing => Answers::NotAsked,
            Shape::Open(_) => Answers::Open,
            Shape::One(_) => Answers::Single(self.codes.swap_remove(0)),
            Shape::Number(_) => self.numbers.finish(),
            Shape::Ticks(_) | Shape::TickList(_) => Answers::Multiple(self.codes),
            Shape::Ranks(_) | Shape::RankList(_) => Answers::Ranking(self.codes),
        }
    }
}

pub(super) fn option(
    question: &Question,
    text: &str,
    row: Row<'_>,
    column: usize,
    complaints: &mut Complaints,
) -> Option<usize> {
    let options = question.options();
    let code = options.iter().position(|option| option.key.as_str() == text);
    if code.is_none() && !question.may_offer(text) {
        complaints.push(Code::UnknownItemInData, column, || {
            Diagnostic::error(
                Code::UnknownItemInData,
                format!("`{text}` is not an option of `{}`", question.key),
            )
            .at(row.place(column))
            .hint_if(joined(question, text).or_else(|| question.meant(text)))
        });
    }
    code
}

/// The way out for options that something else than a blank separates.
fn joined(question: &Question, text: &str) -> Option<String> {
    let names: Vec<&str> =
        text.split([';', ',', '|']).map(str::trim).filter(|name| !name.is_empty()).collect();
    let is_list = names.len() < text.len() && text.contains([';', ',', '|']);
    let known = names.iter().all(|name| question.option(name).is_some());
    let takes = matches!(question.kind, QuestionKind::Multiple(_) | QuestionKind::Ranking { .. });
    (is_list && known && takes && !names.is_empty())
        .then(|| format!("Put blanks alone between the options: `{}`.", names.join(" ")))
}

/// Which option a cell names.
fn choice(question: &Question, row: Row<'_>, column: usize, complaints: &mut Complaints) -> Said {
    let text = row.text(column);
    if text.is_empty() {
        return Said::Nothing;
    }
    let option = option(question, text, row, column, complaints);
    option.map_or(Said::Wrong, |option| Said::Code(option as u32))
}

/// Whether a cell is ticked, 1 or 0.
fn tick(row: Row<'_>, column: usize, complaints: &mut Complaints) -> Said {
    match row.text(column) {
        "" => Said::Nothing,
        "0" => Said::Code(0),
        "1" => Said::Code(1),
        text => {
            complaints.push(Code::UnknownItemInData, column, || {
                let message = format!("`{text}` is neither `1` nor `0`");
                Diagnostic::error(Code::UnknownItemInData, message)
                    .at(row.place(column))
                    .hint("Write `1` for an option that was ticked and `0` for one that was not.")
            });
            Said::Wrong
        }
    }
}

pub(super) fn number(
    question: &Question,
    row: Row<'_>,
    column: usize,
    complaints: &mut Complaints,
) -> Option<f64> {
    let value = row.number(column, complaints)?.value;
    let wrong = match &question.kind {
        QuestionKind::Score { start, end, step } => {
            let steps = (value - start) / step;
            let on_step = (steps - steps.round()).abs() < 1e-9;
            if value < *start || *end < value {
                Some(format!("`{value}` is outside {start} to {end}"))
            } else if on_step {
                None
            } else {
                Some(format!("`{value}` is not a step of {step} from {start}"))
            }
        }
        QuestionKind::Integer => {
            let whole = (value - value.round()).abs() < f64::EPSILON;
            (!whole).then(|| format!("`{value}` is not a whole number"))
        }
        _ => None,
    };
    if let Some(message) = wrong {
        complaints.push(Code::OutOfRange, column, || {
            Diagnostic::error(Code::OutOfRange, message).at(row.place(column))
        });
        return None;
    }
    Some(value)
}
