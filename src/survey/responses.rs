//! `data/<wave>/responses.csv` → typed answers. One pass over the rows, of a
//! large file in parts at the same time; what is wrong with a cell is told with
//! its place, many of one kind once.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::answers::Numbers;
use super::sampling::{Reading, Sampling};
use super::table::{Complaints, Row, Table};
use super::{
    Answers, Choice, Codebook, Codes, Question, QuestionKey, QuestionKind, Responses, SampleDesign,
};
use crate::diag::{Code, Diagnostic, Findings, did_you_mean};

/// Reads the answers of one wave; mistakes are noted. Nobody misses a column
/// for `facts`.
pub(super) fn read(
    table: &Table,
    codebook: &Codebook,
    facts: &BTreeSet<QuestionKey>,
    sampling: Sampling<'_>,
    found: &mut Findings,
) -> Responses {
    let columns: Vec<Column<'_>> =
        codebook.questions().iter().map(|question| Column::new(question, table, found)).collect();
    let sampling = sampling.start(table, found);
    note_columns(table, codebook, facts, &columns, &sampling.columns(), found);
    let ids = sampling.id().map(|_| vec![]);
    let none = Rows { respondents: 0, ids, sampling, columns, complaints: Complaints::default() };
    let rows = none.clone().in_parts(table).unwrap_or_else(|| none.in_one_go(table));
    rows.complaints.settle(found);
    let answers = rows.columns.into_par_iter().map(Column::finish).collect();
    let design: SampleDesign = rows.sampling.finish(rows.respondents, found);
    Responses { rows: rows.respondents, ids: rows.ids, design, answers }
}

/// What some rows of a table say, in their order.
#[derive(Clone)]
struct Rows<'q> {
    respondents: usize,
    ids: Option<Vec<Arc<str>>>,
    sampling: Reading<'q>,
    columns: Vec<Column<'q>>,
    complaints: Complaints,
}

impl Rows<'_> {
    /// Reads the parts of a table at the same time. `None` if rows of
    /// different parts do not agree: whoever reads them in one go knows which
    /// comes second.
    fn in_parts(mut self, table: &Table) -> Option<Self> {
        let parts = table.parts();
        if parts.len() < 2 {
            return None;
        }
        let read = |part: Range<usize>| {
            let mut rows = self.clone();
            let mut complaints = Complaints::default();
            table.each_in(part, &mut complaints, |row, complaints| rows.add(row, complaints));
            Self { complaints, ..rows }
        };
        let parts: Vec<Self> = parts.into_par_iter().map(read).collect();
        self.columns.par_iter_mut().enumerate().for_each(|(at, column)| {
            for part in &parts {
                column.append(&part.columns[at]);
            }
        });
        for part in parts {
            if !self.append(part) {
                return None;
            }
        }
        let agree = {
            let mut known = hashbrown::HashSet::with_capacity(self.respondents);
            let mut ids = self.ids.iter().flatten().filter(|id| !id.is_empty());
            ids.all(|id| known.insert(&**id))
        };
        agree.then_some(self)
    }

    fn in_one_go(mut self, table: &Table) -> Self {
        let id = self.sampling.id();
        let mut known: HashSet<Arc<str>> = HashSet::new();
        let mut complaints = Complaints::default();
        table.each(&mut complaints, |row, complaints| {
            self.add(row, complaints);
            let last = self.ids.as_ref().and_then(|ids| ids.last());
            let (Some(column), Some(id)) = (id, last) else { return };
            if !id.is_empty() && !known.insert(Arc::clone(id)) {
                complaints.push(Code::DuplicateRespondent, column, || {
                    Diagnostic::error(
                        Code::DuplicateRespondent,
                        format!("the respondent `{id}` has two rows"),
                    )
                    .at(row.place(column))
                    .hint("Keep one of them.")
                });
            }
        });
        self.complaints = complaints;
        self
    }

    fn add(&mut self, row: Row<'_>, complaints: &mut Complaints) {
        if let (Some(ids), Some(column)) = (&mut self.ids, self.sampling.id()) {
            ids.push(row.needed(column, complaints).unwrap_or_default().into());
        }
        self.sampling.row(row, complaints);
        for column in &mut self.columns {
            column.row(row, complaints);
        }
        self.respondents += 1;
    }

    /// Adds the rows that follow, without their columns; false if they do not
    /// agree.
    fn append(&mut self, next: Self) -> bool {
        self.respondents += next.respondents;
        if let (Some(ids), Some(next)) = (&mut self.ids, next.ids) {
            ids.extend(next);
        }
        self.complaints.append(next.complaints);
        self.sampling.append(&next.sampling)
    }
}

/// What the columns of a table say to one question.
#[derive(Clone)]
struct Column<'q> {
    question: &'q Question,
    shape: Shape,
    codes: Vec<Codes>,
    numbers: Numbers,
    /// By the only byte of its key: the option. Most exports number options.
    short: Box<[Option<u8>; 256]>,
    /// Where a row is put together.
    ticks: Vec<bool>,
}

/// Which columns of the responses a question has.
#[derive(Clone)]
pub(super) enum Shape {
    /// No column: not asked.
    Nothing,
    /// Words, not kept.
    Open(usize),
    One(usize),
    Number(usize),
    /// A column for each option.
    Ticks(Vec<usize>),
    /// Options between blanks.
    TickList(usize),
    /// A column for each rank.
    Ranks(Vec<usize>),
    /// Options in order between blanks.
    RankList(usize),
}

impl Shape {
    /// Looks for the columns of a question.
    pub(super) fn find(question: &Question, table: &Table, found: &mut Findings) -> Self {
        let key = question.key.as_str();
        let own = table.column(key);
        let named = |suffix: &str| {
            table
                .column(&format!("{key}_{suffix}"))
                .or_else(|| table.column(&format!("{key}/{suffix}")))
        };
        let options = question.options();
        let one = |shape: fn(usize) -> Self| own.map_or(Self::Nothing, shape);
        match &question.kind {
            QuestionKind::Open => one(Self::Open),
            QuestionKind::Single(_) | QuestionKind::Likert(_) => one(Self::One),
            QuestionKind::Score { .. } | QuestionKind::Integer | QuestionKind::Decimal => {
                one(Self::Number)
            }
            QuestionKind::Multiple(_) => {
                let ticks: Vec<Option<usize>> =
                    options.iter().map(|option| named(option.key.as_str())).collect();
                if ticks.iter().any(Option::is_some) {
                    for (option, column) in options.iter().zip(&ticks) {
                        if column.is_none() {
                            found.push(missing_option(table, key, option));
                        }
                    }
                    Self::Ticks(ticks.into_iter().flatten().collect())
                } else {
                    one(Self::TickList)
                }
            }
            QuestionKind::Ranking { places, .. } => {
                let ranks: Vec<usize> =
                    (1..=*places).filter_map(|rank| named(&rank.to_string())).collect();
                if ranks.is_empty() { one(Self::RankList) } else { Self::Ranks(ranks) }
            }
        }
    }
}

impl<'q> Column<'q> {
    fn new(question: &'q Question, table: &Table, found: &mut Findings) -> Self {
        let options = question.options();
        let shape = Shape::find(question, table, found);
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
        let codes = (0..columns).map(|_| Codes::for_bound(bound)).collect();
        let mut short = Box::new([None; 256]);
        for (option, at) in options.iter().zip(0..=u8::MAX) {
            if let [byte] = option.key.as_str().as_bytes() {
                short[usize::from(*byte)] = Some(at);
            }
        }
        let numbers = Numbers::default();
        Self { question, shape, codes, numbers, short, ticks: vec![] }
    }

    /// The columns that this question reads.
    fn reads(&self) -> Vec<usize> {
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

    fn row(&mut self, row: Row<'_>, complaints: &mut Complaints) {
        match &self.shape {
            Shape::Nothing | Shape::Open(_) => {}
            Shape::One(at) => {
                let text = row.text(*at);
                let code = match text.as_bytes() {
                    [] => None,
                    [byte] if self.short[usize::from(*byte)].is_some() => {
                        self.short[usize::from(*byte)].map(usize::from)
                    }
                    _ => option(self.question, text, row, *at, complaints),
                };
                self.codes[0].push(code);
            }
            Shape::Number(at) => {
                let number = number(self.question, row, *at, complaints);
                self.numbers.push(number);
            }
            Shape::Ticks(columns) => {
                let mut asked = false;
                self.ticks.clear();
                for at in columns {
                    let text = row.text(*at);
                    asked |= !text.is_empty();
                    self.ticks.push(tick(text, row, *at, complaints));
                }
                self.push_ticks(asked);
            }
            Shape::TickList(at) => {
                let text = row.text(*at);
                self.ticks.clear();
                self.ticks.resize(self.codes.len(), false);
                for name in text.split_whitespace() {
                    if let Some(code) = option(self.question, name, row, *at, complaints) {
                        self.ticks[code] = true;
                    }
                }
                self.push_ticks(!text.is_empty());
            }
            Shape::Ranks(columns) => {
                let ranked: Vec<Option<usize>> = columns
                    .iter()
                    .map(|at| {
                        let text = row.text(*at);
                        if text.is_empty() {
                            return None;
                        }
                        option(self.question, text, row, *at, complaints)
                    })
                    .collect();
                self.push_ranks(&ranked, row, columns[0], complaints);
            }
            Shape::RankList(at) => {
                let names = row.text(*at).split_whitespace();
                let ranked: Vec<Option<usize>> =
                    names.map(|name| option(self.question, name, row, *at, complaints)).collect();
                self.push_ranks(&ranked, row, *at, complaints);
            }
        }
    }

    /// Who ticked "don't know" and nothing else is outside the base.
    fn push_ticks(&mut self, asked: bool) {
        let ticked = |in_base: bool| {
            let options = self.question.options().iter();
            let mut both = options.zip(&self.ticks);
            both.any(|(option, tick)| *tick && option.role.in_base() == in_base)
        };
        let counts = asked && (ticked(true) || !ticked(false));
        for (codes, tick) in self.codes.iter_mut().zip(&self.ticks) {
            codes.push(counts.then_some(usize::from(*tick)));
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
            codes.push(answered.then_some(rank));
        }
    }

    /// Adds the answers of the rows that follow.
    fn append(&mut self, next: &Self) {
        for (codes, next) in self.codes.iter_mut().zip(&next.codes) {
            codes.append(next);
        }
        self.numbers.append(&next.numbers);
    }

    fn finish(mut self) -> Answers {
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
    if code.is_none() {
        complaints.push(Code::UnknownItemInData, column, || {
            Diagnostic::error(
                Code::UnknownItemInData,
                format!("`{text}` is not an option of `{}`", question.key),
            )
            .at(row.place(column))
            .hint_if(question.meant(text))
        });
    }
    code
}

fn tick(text: &str, row: Row<'_>, column: usize, complaints: &mut Complaints) -> bool {
    if !matches!(text, "" | "0" | "1") {
        complaints.push(Code::UnknownItemInData, column, || {
            Diagnostic::error(Code::UnknownItemInData, format!("`{text}` is neither `1` nor `0`"))
                .at(row.place(column))
                .hint("Write `1` for an option that was ticked and `0` for one that was not.")
        });
    }
    text == "1"
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

fn missing_option(table: &Table, key: &str, option: &Choice) -> Diagnostic {
    let name = format!("{key}_{}", option.key);
    let hint = did_you_mean(&name, table.columns().iter().map(String::as_str));
    Diagnostic::error(Code::MissingColumn, format!("the column `{name}` is missing"))
        .at(table.place())
        .hint_if(hint.filter(|hint| hint.starts_with("Did")))
}

/// Warns of columns that nothing declares, and of questions without a column.
fn note_columns(
    table: &Table,
    codebook: &Codebook,
    facts: &BTreeSet<QuestionKey>,
    columns: &[Column<'_>],
    design: &[usize],
    found: &mut Findings,
) {
    let list = |names: Vec<&str>| {
        names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    };
    let read: HashSet<usize> =
        columns.iter().flat_map(Column::reads).chain(design.iter().copied()).collect();
    let strange: Vec<&str> = (0..table.columns().len())
        .filter(|at| !read.contains(at) && !table.columns()[*at].is_empty())
        .map(|at| table.columns()[at].as_str())
        // The codebook has it, with a mistake of its own.
        .filter(|name| {
            !codebook.broken.iter().any(|broken| {
                let rest = name.strip_prefix(broken.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['_', '/']))
            })
        })
        .collect();
    if !strange.is_empty() {
        found.push(
            Diagnostic::warning(
                Code::UndeclaredColumn,
                format!("columns that the codebook does not have: {}", list(strange)),
            )
            .at(table.place()),
        );
    }
    let unasked: Vec<&str> = columns
        .iter()
        .filter(|column| {
            matches!(column.shape, Shape::Nothing)
                && column.question.kind != QuestionKind::Open
                && !facts.contains(&column.question.key)
        })
        .map(|column| column.question.key.as_str())
        .collect();
    note_unasked(table, &unasked, found);
}

/// Warns of questions about which the answers say nothing.
pub(super) fn note_unasked(table: &Table, unasked: &[&str], found: &mut Findings) {
    if unasked.is_empty() {
        return;
    }
    let names: Vec<String> = unasked.iter().map(|name| format!("`{name}`")).collect();
    found.push(
        Diagnostic::warning(
            Code::QuestionWithoutColumn,
            format!("questions without a column: {}", names.join(", ")),
        )
        .at(table.place())
        .hint("They count as not asked in this wave."),
    );
}
