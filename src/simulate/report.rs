//! Published figures beside what the answers give, read back from the file.

use std::fmt::Write as _;

use crate::survey::{
    Answers, Codes, PublishedFigure, Question, QuestionKind, Responses, Role, Survey, Unit,
};
use crate::wording::NO_NUMBER;

use super::goal::{self, Asked};
use super::people::People;

/// A published figure that the answers do not give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet {
    /// Which figure.
    pub figure: String,
    /// As it was published.
    pub published: String,
    /// What the answers give.
    pub reached: String,
    /// Why.
    pub why: String,
}

/// Compares; gives how many figures are met, and the others.
pub(super) fn compare(
    survey: &Survey,
    people: &People,
    figures: &[PublishedFigure],
    responses: &Responses,
) -> (usize, Vec<Unmet>) {
    let mut met = 0;
    let mut unmet = vec![];
    for figure in figures {
        let questions = survey.codebook.questions();
        let Some(at) = questions.iter().position(|question| question.key == figure.question) else {
            continue;
        };
        let reading = Reading { question: &questions[at], people, figure };
        match reading.reached(&responses.answers[at]) {
            Ok(()) => met += 1,
            Err((reached, why)) => unmet.push(Unmet {
                figure: name(figure),
                published: number(figure, figure.value.value, usize::from(figure.value.digits)),
                reached: reached.map_or_else(
                    || NO_NUMBER.to_owned(),
                    |value| number(figure, value, usize::from(figure.value.digits) + 1),
                ),
                why,
            }),
        }
    }
    (met, unmet)
}

/// `themes energy, region wallonia`.
fn name(figure: &PublishedFigure) -> String {
    let item = figure.item.as_ref().map_or(String::new(), |item| format!(" {item}"));
    let group = figure
        .group
        .as_ref()
        .map_or(String::new(), |(breakdown, group)| format!(", {breakdown} {group}"));
    format!("{}{item}{group}", figure.question)
}

fn number(figure: &PublishedFigure, value: f64, digits: usize) -> String {
    let percent = if figure.unit == Unit::Percent { " %" } else { "" };
    match figure.unit {
        Unit::Count | Unit::Rank => format!("{value}"),
        _ => format!("{value:.digits$}{percent}"),
    }
}

struct Reading<'a> {
    question: &'a Question,
    people: &'a People,
    figure: &'a PublishedFigure,
}

/// What was reached, where anything was, and why it is something else.
type Missed = (Option<f64>, String);

impl Reading<'_> {
    fn reached(&self, answers: &Answers) -> Result<(), Missed> {
        let asked = goal::asked(self.question, self.figure);
        let members = (0..self.people.count)
            .filter(|one| self.people.is_in(*one, self.figure.group.as_ref()));
        match asked {
            Asked::Nothing(why) => Err((None, why.to_owned())),
            Asked::Size => self.size(members.count()),
            Asked::Place => self.place(answers, members),
            Asked::Mean(_) | Asked::Count => self.total(asked, answers, members),
        }
    }

    fn size(&self, size: usize) -> Result<(), Missed> {
        let wanted = self.figure.value.value.round() as usize;
        let why = || "another number of respondents was asked for".to_owned();
        if size == wanted { Ok(()) } else { Err((Some(size as f64), why())) }
    }

    fn place(&self, answers: &Answers, members: impl Iterator<Item = usize>) -> Result<(), Missed> {
        let (Answers::Ranking(codes), QuestionKind::Ranking { places, options }) =
            (answers, &self.question.kind)
        else {
            return Err((None, "nobody was asked".to_owned()));
        };
        let mut points = vec![0; codes.len()];
        for one in members {
            for (points, codes) in points.iter_mut().zip(codes) {
                if let Some(rank) = codes.get(one).filter(|rank| 0 < *rank) {
                    *points += *places as u64 + 1 - u64::from(rank);
                }
            }
        }
        let own = options.iter().position(|option| Some(&option.key) == self.figure.item.as_ref());
        let own = own.map_or(0, |own| points[own]);
        let place = points.iter().filter(|other| own < **other).count() + 1;
        if place == self.figure.value.value.round() as usize {
            Ok(())
        } else {
            Err((Some(place as f64), "the order does not go with the other figures".to_owned()))
        }
    }

    fn total(
        &self,
        asked: Asked,
        answers: &Answers,
        members: impl Iterator<Item = usize>,
    ) -> Result<(), Missed> {
        let (mut base, mut total) = (0_u64, 0_u64);
        for one in members {
            if let Some(value) = self.value(answers, one) {
                base += 1;
                total += value;
            }
        }
        let reached = match asked {
            Asked::Mean(scale) if 0 < base => {
                let start = scale.start as f64 / 1e6;
                Some(start + scale.step as f64 / 1e6 * total as f64 / base as f64)
            }
            Asked::Count => Some(total as f64),
            _ => None,
        };
        let printed = self.figure.value;
        match goal::totals(asked, printed, base) {
            Some((low, high)) if (low..=high).contains(&total) => Ok(()),
            _ if base == 0 => Err((None, "nobody of this group answered".to_owned())),
            None => {
                let what = if self.figure.unit == Unit::Score { "sum" } else { "count" };
                let value = number(self.figure, printed.value, usize::from(printed.digits));
                Err((reached, format!("no {what} of {base} gives {value}")))
            }
            Some(_) => Err((reached, "not together with the other figures".to_owned())),
        }
    }

    /// What a respondent adds to the total; `None` outside the base.
    fn value(&self, answers: &Answers, one: usize) -> Option<u64> {
        let options = self.question.options();
        let item = self
            .figure
            .item
            .as_ref()
            .and_then(|item| options.iter().position(|option| option.key == *item));
        let of = |codes: &Codes| codes.get(one).map(|code| code as usize);
        match (answers, item) {
            (Answers::Single(codes), Some(item)) => {
                let code = of(codes)?;
                options[code].role.in_base().then_some(u64::from(code == item))
            }
            (Answers::Single(codes), None) => {
                let code = of(codes)?;
                let lower = options[..code].iter().filter(|option| option.role.in_base());
                (options[code].role == Role::Answer).then_some(lower.count() as u64)
            }
            (Answers::Multiple(codes), Some(item)) => of(&codes[item]).map(|code| code as u64),
            (Answers::Number { values, codes }, _) => {
                let value = values[of(codes)?];
                let scale = goal::scale(&self.question.kind)?;
                let steps = (value * 1e6 - scale.start as f64) / scale.step as f64;
                Some(steps.round() as u64)
            }
            _ => None,
        }
    }
}

/// The table of what was not met, aligned; empty if everything was.
pub(super) fn table(unmet: &[Unmet]) -> String {
    let head = ["figure", "published", "reached", "why"].map(str::to_owned);
    let rows = unmet.iter().map(|row| {
        [row.figure.clone(), row.published.clone(), row.reached.clone(), row.why.clone()]
    });
    let rows: Vec<[String; 4]> = std::iter::once(head).chain(rows).collect();
    if rows.len() == 1 {
        return String::new();
    }
    let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
    let (figure, published, reached) = (width(0), width(1), width(2));
    let mut text = String::new();
    for [one, two, three, four] in &rows {
        let _written =
            writeln!(text, "  {one:figure$}  {two:>published$}  {three:>reached$}  {four}");
    }
    text
}
