//! The rows of a tally about one question → its counts.

#![expect(clippy::cast_possible_truncation, reason = "options and values are fewer than 2^32")]

use std::collections::BTreeMap;

use super::answers::Numbers;
use super::column::{number, option};
use super::table::{Complaints, Row};
use super::{Count, Counted, Mass, Meaning, Question, QuestionKind};
use crate::diag::{Code, Diagnostic};

/// What was read of one question.
#[derive(Default)]
pub(super) struct Counting {
    /// Respondents with or without an answer.
    pub(super) respondents: u64,
    columns: BTreeMap<usize, Vec<Count>>,
    pairs: BTreeMap<(usize, usize), Vec<Count>>,
    numbers: Numbers,
    /// Of each number its place, and how many gave it there.
    gave: Vec<(u32, Mass)>,
    sums: Vec<Sums>,
}

/// Sums of the numbers in one place around a centre.
struct Sums {
    place: u32,
    mass: Mass,
    centre: f64,
    /// Σ w (x − c), Σ w (x − c)².
    weight: [f64; 2],
    /// Σ w² (x − c), Σ w² (x − c)².
    square: [f64; 2],
}

/// Where a row says what was answered.
#[derive(Clone, Copy)]
pub(super) struct Cells {
    pub(super) item: usize,
    pub(super) option: usize,
    pub(super) other: usize,
    pub(super) other_option: usize,
    pub(super) centre: usize,
    /// `sum_wx`, `sum_wx2`, `sum_w2x`, `sum_w2x2`.
    pub(super) sums: [usize; 4],
}

impl Counting {
    /// Reads one row; the place is that of its people.
    pub(super) fn row(
        &mut self,
        question: &Question,
        row: Row<'_>,
        at: &Cells,
        (place, respondents, mass): (u32, u64, Mass),
        complaints: &mut Complaints,
    ) {
        let (item, answer) = (row.text(at.item), row.text(at.option));
        // The rows without an item count everybody once.
        if item.is_empty() {
            self.respondents += respondents;
            if answer.is_empty() && row.text(at.centre).is_empty() {
                self.columns.entry(0).or_default();
                return;
            }
        }
        match &question.kind {
            QuestionKind::Open => {}
            QuestionKind::Single(_) | QuestionKind::Likert(_) => {
                if let Some(code) = option(question, answer, row, at.option, complaints) {
                    self.push(0, place, code, mass);
                }
            }
            QuestionKind::Decimal => self.decimal(row, at, place, mass, complaints),
            QuestionKind::Integer | QuestionKind::Score { .. } => {
                if let Some(value) = number(question, row, at.option, complaints) {
                    self.numbers.push(Some(value));
                    self.gave.push((place, mass));
                }
            }
            QuestionKind::Multiple(options) => {
                let bounds = (2, options.len() + 1);
                self.item(question, bounds, row, at, (place, mass), complaints);
            }
            QuestionKind::Ranking { places, .. } => {
                let bounds = (places + 1, 2);
                self.item(question, bounds, row, at, (place, mass), complaints);
            }
        }
    }

    fn push(&mut self, column: usize, place: u32, code: usize, mass: Mass) {
        let code = code as u32;
        self.columns.entry(column).or_default().push(Count { place, code, mass });
    }

    /// A row about an item of a question with several, about two of them, or
    /// about all: how many were ticked.
    fn item(
        &mut self,
        question: &Question,
        (bound, all): (usize, usize),
        row: Row<'_>,
        at: &Cells,
        (place, mass): (u32, Mass),
        complaints: &mut Complaints,
    ) {
        let (item, other) = (row.text(at.item), row.text(at.other));
        if item.is_empty() {
            let column = question.options().len();
            if let Some(count) = code(row, at.option, all, complaints) {
                self.push(column, place, count, mass);
            }
            return;
        }
        let Some(column) = option(question, item, row, at.item, complaints) else { return };
        let Some(answer) = code(row, at.option, bound, complaints) else { return };
        if other.is_empty() {
            self.push(column, place, answer, mass);
            return;
        }
        let Some(second) = option(question, other, row, at.other, complaints) else { return };
        let Some(its) = code(row, at.other_option, bound, complaints) else { return };
        let (pair, code) = if column < second {
            ((column, second), answer * bound + its)
        } else {
            ((second, column), its * bound + answer)
        };
        let code = code as u32;
        self.pairs.entry(pair).or_default().push(Count { place, code, mass });
    }

    fn decimal(
        &mut self,
        row: Row<'_>,
        at: &Cells,
        place: u32,
        mass: Mass,
        complaints: &mut Complaints,
    ) {
        // What stands here is no number: the query counts those by their text.
        if !row.text(at.option).is_empty() {
            row.number(at.option, complaints);
            return;
        }
        let mut sum = |at: usize| row.real(at, complaints).unwrap_or(0.0);
        let centre = sum(at.centre);
        let [wx, wx2, w2x, w2x2] = at.sums.map(&mut sum);
        let possible = |weight: f64, first: f64, second: f64| {
            0.0 <= second && first * first <= weight * second * (1.0 + 1e-9)
        };
        if possible(mass.weight, wx, wx2) && possible(mass.square, w2x, w2x2) {
            let (weight, square) = ([wx, wx2], [w2x, w2x2]);
            self.sums.push(Sums { place, mass, centre, weight, square });
        } else {
            complaints.push(Code::TallyBroken, at.centre, || {
                Diagnostic::error(Code::TallyBroken, "no numbers have these sums")
                    .at(row.place(at.centre))
            });
        }
    }

    /// Ends the reading; `factor` is what each weight of a place is times.
    pub(super) fn finish(mut self, question: &Question, factor: impl Fn(u32) -> f64) -> Counted {
        let mut counted = match question.kind {
            QuestionKind::Decimal => moments(&self.sums),
            QuestionKind::Integer | QuestionKind::Score { .. } => values(self.numbers, &self.gave),
            _ => {
                let columns = match &question.kind {
                    QuestionKind::Multiple(options) => options.len() + 1,
                    QuestionKind::Ranking { options, .. } => options.len(),
                    _ => 1,
                };
                let column = |at| self.columns.remove(&at).unwrap_or_default();
                let columns = (0..columns).map(column).collect();
                Counted { columns, pairs: self.pairs, ..Counted::default() }
            }
        };
        let columns = counted.columns.iter_mut().chain(counted.pairs.values_mut());
        for count in columns.flatten() {
            count.mass = count.mass.scaled(factor(count.place));
        }
        counted
    }
}

/// A code below a bound.
fn code(row: Row<'_>, at: usize, bound: usize, complaints: &mut Complaints) -> Option<usize> {
    let text = row.text(at);
    let code = text.parse().ok().filter(|code| *code < bound);
    if code.is_none() {
        complaints.push(Code::UnknownItemInData, at, || {
            let message = if bound == 2 {
                format!("`{text}` is neither `1` nor `0`")
            } else {
                format!("`{text}` is not a whole number from 0 to {}", bound - 1)
            };
            Diagnostic::error(Code::UnknownItemInData, message)
                .at(row.place(at))
                .hint("Mend it in the table, and run the query again.")
        });
    }
    code
}

fn values(numbers: Numbers, gave: &[(u32, Mass)]) -> Counted {
    let (values, codes) = numbers.ranked();
    let given = gave.iter().zip(codes.iter());
    let counts = given.filter_map(|((place, mass), code)| {
        code.map(|code| Count { place: *place, code, mass: *mass })
    });
    Counted { columns: vec![counts.collect()], values, ..Counted::default() }
}

/// Writes sums as three values: a centre `c` and `c ± d`. Weights `a`, `b` of
/// the outer two with `(b − a) d = Σ w (x − c)` and `(a + b) d² = Σ w (x − c)²`,
/// and that of the centre which is left, have the sums of the answers; one of
/// them may be below 0. Estimates use weights in sums of scores and of their
/// squares only, so that they come out as from the answers. Everybody is
/// counted at the centre.
fn moments(sums: &[Sums]) -> Counted {
    let centre = sums.first().map_or(0.0, |sums| sums.centre);
    // Another centre, where tallies were put together: moved to the first.
    let moved = |whole: f64, [first, second]: [f64; 2], by: f64| {
        [first + by * whole, second + 2.0 * by * first + by * by * whole]
    };
    let around: Vec<([f64; 2], [f64; 2])> = sums
        .iter()
        .map(|sums| {
            let by = sums.centre - centre;
            let weight = moved(sums.mass.weight, sums.weight, by);
            (weight, moved(sums.mass.square, sums.square, by))
        })
        .collect();
    let all: f64 = sums.iter().map(|sums| sums.mass.weight).sum();
    let spread: f64 = around.iter().map(|(weight, _)| weight[1]).sum();
    let step = Some(libm::sqrt(spread / all)).filter(|step| *step > 0.0).unwrap_or(1.0);
    let mut counts = vec![];
    for (sums, (weight, square)) in sums.iter().zip(&around) {
        let outer = |[first, second]: [f64; 2], side: f64| {
            f64::midpoint(second / (step * step), side * first / step)
        };
        for (code, side) in [(0, -1.0), (2, 1.0)] {
            let mass = Mass { n: 0, weight: outer(*weight, side), square: outer(*square, side) };
            counts.push(Count { place: sums.place, code, mass });
        }
        let left = |whole: f64, [_, second]: [f64; 2]| whole - second / (step * step);
        let mass = Mass {
            n: sums.mass.n,
            weight: left(sums.mass.weight, *weight),
            square: left(sums.mass.square, *square),
        };
        counts.push(Count { place: sums.place, code: 1, mass });
    }
    Counted {
        columns: vec![counts],
        values: vec![centre - step, centre, centre + step],
        meaning: Meaning::Moments,
        ..Counted::default()
    }
}
