//! A question as it will stand in the codebook, with its answers.

use super::scales;
use super::text::{Texts, any, code, key};

/// One question of our codebook.
#[derive(Debug, Clone)]
pub(super) struct Question {
    /// Its name in the codebook; unique once all are known.
    pub(super) name: String,
    pub(super) label: Texts,
    pub(super) kind: Kind,
    pub(super) options: Vec<Choice>,
    /// The name of its list in the codebook that is there already.
    pub(super) list: Option<String>,
    /// The question whose line it is.
    pub(super) battery: Option<Battery>,
    pub(super) topic: String,
    /// Its columns in the export.
    pub(super) columns: Vec<usize>,
    pub(super) answers: Answers,
    pub(super) why: String,
    pub(super) sure: Sure,
    /// Whether the author's codebook has it already.
    pub(super) known: bool,
}

/// The question that several lines belong to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Battery {
    pub(super) name: String,
    pub(super) label: Texts,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Single,
    Likert,
    Multiple,
    Ranking,
    Range { start: f64, end: f64 },
    Integer,
    Decimal,
    Text,
}

/// How sure a decision is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sure {
    /// A guess that the author should look at.
    Look,
    /// The answers show it.
    Likely,
    /// A structure file or the tool says it.
    Told,
}

/// One option.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Choice {
    pub(super) code: String,
    pub(super) label: Texts,
    pub(super) role: String,
}

/// The answers of every respondent that is kept.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Answers {
    /// The option chosen.
    One(Vec<Option<usize>>),
    /// For each option, ticked or not; `None` where not asked.
    Ticks(Vec<Vec<Option<bool>>>),
    /// For each rank, the option that has it.
    Ranks(Vec<Vec<Option<usize>>>),
    /// Numbers or texts as they are written.
    Cells(Vec<String>),
}

impl Choice {
    /// An option known by its words alone.
    pub(super) fn of(label: &str) -> Self {
        Self { code: key(label), label: super::text::plain(label), role: String::new() }
    }

    /// The option as one that says nothing: a file calls it missing.
    pub(super) fn missing(mut self) -> Self {
        let role = scales::off(any(&self.label));
        if role.is_empty() { "refused" } else { role }.clone_into(&mut self.role);
        self
    }

    /// An option with its code; a code without words is shown as it is.
    pub(super) fn coded(name: &str, label: Texts) -> Self {
        let label = if any(&label).is_empty() { super::text::plain(name) } else { label };
        Self { code: code(name), label, role: String::new() }
    }
}

impl Question {
    /// How many respondents answered.
    pub(super) fn base(&self) -> usize {
        match &self.answers {
            Answers::One(all) => all.iter().flatten().count(),
            Answers::Ticks(options) => {
                let rows = options.first().map_or(0, Vec::len);
                (0..rows).filter(|row| options.iter().any(|ticks| ticks[*row].is_some())).count()
            }
            Answers::Ranks(places) => {
                let rows = places.first().map_or(0, Vec::len);
                (0..rows).filter(|row| places.iter().any(|ranks| ranks[*row].is_some())).count()
            }
            Answers::Cells(cells) => cells.iter().filter(|cell| !cell.is_empty()).count(),
        }
    }

    /// How many respondents gave each option.
    pub(super) fn counts(&self) -> Vec<usize> {
        let count = |option: usize| match &self.answers {
            Answers::One(all) => all.iter().filter(|own| **own == Some(option)).count(),
            Answers::Ticks(options) => options
                .get(option)
                .map_or(0, |ticks| ticks.iter().filter(|tick| **tick == Some(true)).count()),
            Answers::Ranks(places) => {
                places.iter().flatten().filter(|own| **own == Some(option)).count()
            }
            Answers::Cells(_) => 0,
        };
        (0..self.options.len()).map(count).collect()
    }

    /// The columns of `responses.csv` with their cells.
    pub(super) fn written(&self) -> Vec<(String, Vec<String>)> {
        let code = |option: &Option<usize>| {
            option.map_or(String::new(), |at| self.options[at].code.clone())
        };
        match &self.answers {
            Answers::One(all) => vec![(self.name.clone(), all.iter().map(code).collect())],
            Answers::Ticks(options) => options
                .iter()
                .zip(&self.options)
                .map(|(ticks, option)| {
                    let cell = |tick: &Option<bool>| {
                        tick.map_or("", |tick| if tick { "1" } else { "0" }).to_owned()
                    };
                    (format!("{}_{}", self.name, option.code), ticks.iter().map(cell).collect())
                })
                .collect(),
            Answers::Ranks(places) => places
                .iter()
                .enumerate()
                .map(|(at, ranks)| {
                    (format!("{}_{}", self.name, at + 1), ranks.iter().map(code).collect())
                })
                .collect(),
            Answers::Cells(cells) => vec![(self.name.clone(), cells.clone())],
        }
    }

    /// Puts the options in another order.
    pub(super) fn reorder(&mut self, order: &[usize]) {
        let mut place = vec![0; order.len()];
        order.iter().enumerate().for_each(|(new, old)| place[*old] = new);
        self.options = order.iter().map(|old| self.options[*old].clone()).collect();
        match &mut self.answers {
            Answers::One(all) => all.iter_mut().flatten().for_each(|at| *at = place[*at]),
            Answers::Ranks(places) => {
                places.iter_mut().flatten().flatten().for_each(|at| *at = place[*at]);
            }
            Answers::Ticks(ticks) => *ticks = order.iter().map(|old| ticks[*old].clone()).collect(),
            Answers::Cells(_) => {}
        }
    }
}

impl Kind {
    /// The `type` of `XLSForm`.
    pub(super) fn written(self, list: &str) -> String {
        match self {
            Self::Single | Self::Likert => format!("select_one {list}"),
            Self::Multiple => format!("select_multiple {list}"),
            Self::Ranking => format!("rank {list}"),
            Self::Range { .. } => "range".to_owned(),
            Self::Integer => "integer".to_owned(),
            Self::Decimal => "decimal".to_owned(),
            Self::Text => "text".to_owned(),
        }
    }

    /// For the report.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Single => "single choice",
            Self::Likert => "scale",
            Self::Multiple => "multiple choice",
            Self::Ranking => "ranking",
            Self::Range { .. } => "score",
            Self::Integer => "whole number",
            Self::Decimal => "number",
            Self::Text => "text",
        }
    }
}
