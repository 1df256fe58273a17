//! The questions that structures alone tell.

use super::draft::{draft, told_by};
use super::options;
use crate::import::export::Column;
use crate::import::question::{Battery, Kind, Question};
use crate::import::structure::{Asked, Asks};
use crate::import::text::{any, plain};

/// The questions that structures alone tell, without an answer.
pub(in crate::import) fn from_structure(all: &[Asked]) -> Vec<Question> {
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
        options::settle(&mut question, true);
        if asked.asks != Asks::Grid {
            questions.push(question);
            continue;
        }
        let battery = Battery { name: question.name.clone(), label: question.label.clone() };
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
