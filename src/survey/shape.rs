//! Which columns of a table hold the answers to a question.

use super::table::Table;
use super::{Choice, Question, QuestionKind};
use crate::diag::{Code, Diagnostic, Findings, did_you_mean};

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

fn missing_option(table: &Table, key: &str, option: &Choice) -> Diagnostic {
    let name = format!("{key}_{}", option.key);
    let hint = did_you_mean(&name, table.columns().iter().map(String::as_str));
    Diagnostic::error(Code::MissingColumn, format!("the column `{name}` is missing"))
        .at(table.place())
        .hint_if(hint.filter(|hint| hint.starts_with("Did")))
}
