//! A column of numbers: a score, a count, a measure, or codes.

use std::collections::{BTreeMap, BTreeSet};

use super::Plan;
use super::missing::is_missing;
use crate::import::question::{Answers, Kind, Question, Sure};
use crate::import::scales::is_class;
use crate::import::structure::Asks;
use crate::import::text::{has_leading_zero, number, written};
use crate::import::tool::Tool;
use crate::import::types::draft::also;

impl Plan<'_> {
    /// Numbers, but for a few spellings of nothing.
    pub(super) fn numeric(&self) -> bool {
        let numbers = self.filled.iter().filter(|cell| number(cell).is_some()).count();
        let nothing = self.filled.iter().filter(|cell| is_missing(cell)).count();
        let zeros = self.filled.iter().any(|cell| has_leading_zero(cell));
        if self.has_classes() {
            return false;
        }
        let words = self.words();
        let few = words == 0
            || (numbers * 10 >= self.filled.len() * 6
                && self.distinct_words().len() <= 6
                && 5 <= self.filled.len());
        0 < numbers && numbers + nothing + words == self.filled.len() && few && !zeros
    }

    /// A few answers of which some, given again and again, are classes: `<5`, 5,
    /// 6, 7, `10+`. Read as numbers, both ends would be missing.
    fn has_classes(&self) -> bool {
        const MOST: usize = 15;
        let distinct: BTreeSet<&str> = self.filled.iter().copied().collect();
        let classes = self.filled.iter().filter(|cell| number(cell).is_none() && is_class(cell));
        distinct.len() <= MOST && 2 <= classes.count()
    }

    pub(super) fn numbers(&self, question: &mut Question) {
        let values: Vec<Option<f64>> = self.cells.iter().map(|cell| number(cell)).collect();
        let known: Vec<f64> = values.iter().flatten().copied().collect();
        let span = Span::of(&known);
        question.kind = if let Some(kind) = self.told_kind(&span) {
            kind
        } else if span.whole && asks_how_many(self.header) {
            Kind::Integer
        } else if self.are_codes(&known, &span) {
            question.sure = Sure::Look;
            question.why = also(&question.why, self.why_codes(&known));
            return self.choice(question);
        } else if let Some(range) = span.scale() {
            question.sure = Sure::Look;
            range
        } else if span.whole {
            Kind::Integer
        } else {
            Kind::Decimal
        };
        if let Some(code) = stands_for_nothing(&known).filter(|_| self.asked.is_none()) {
            question.sure = Sure::Look;
            let code = written(code);
            let why = format!("{code} may stand for no answer: name it with `--missing={code}`");
            question.why = also(&question.why, &why);
        }
        if let Some(cell) = self.thousands() {
            question.sure = Sure::Look;
            let why = format!(
                "`{cell}` is read with decimals: if the sign stands between thousands, take it out and import again"
            );
            question.why = also(&question.why, &why);
        }
        if self.words() != 0 {
            question.sure = Sure::Look;
        }
        question.why = also(&question.why, &self.why_numbers(&question.kind, &span));
        question.answers = Answers::Cells(
            values.iter().map(|value| value.map_or(String::new(), written)).collect(),
        );
    }

    /// A cell such as `1.143`, where all have three decimals or none: the sign may
    /// stand between thousands.
    fn thousands(&self) -> Option<&str> {
        let parts = || self.filled.iter().filter_map(|cell| cell.split_once(['.', ',']));
        let grouped = |(whole, rest): (&str, &str)| {
            (1..=3).contains(&whole.len()) && rest.len() == 3 && !whole.starts_with('0')
        };
        let is_told = self.asked.is_some() || parts().count() < 5;
        (!is_told && parts().all(grouped))
            .then(|| self.filled.iter().find(|cell| cell.contains(['.', ','])).copied())
            .flatten()
    }

    /// The kind that a structure tells, where the numbers fit it.
    fn told_kind(&self, span: &Span) -> Option<Kind> {
        match self.asked?.asks {
            Asks::Range { start, end } => {
                let fits = span.whole && start <= span.least && span.most <= end;
                (span.distinct == 0 || fits).then_some(Kind::Range { start, end })
            }
            Asks::Integer => span.whole.then_some(Kind::Integer),
            Asks::Decimal => Some(Kind::Decimal),
            _ => None,
        }
    }

    /// Whether the numbers look like codes of options.
    fn are_codes(&self, known: &[f64], span: &Span) -> bool {
        let few = span.most <= 5.0 || off_scale(known);
        let around_zero = span.whole && (3..=7).contains(&span.distinct) && span.is_around_zero();
        let is_coded = self.is_coded();
        // A number that was typed is a line, `SD05_01`: `SD05` is a choice.
        if self.export.tool == Tool::Sosci && span.whole && !self.name.contains('_') {
            return true;
        }
        (span.is_small() && (span.distinct == 2 || (is_coded && few))) || (is_coded && around_zero)
    }

    fn why_codes(&self, known: &[f64]) -> &'static str {
        if self.words() != 0 {
            "numbers with words at their ends"
        } else if off_scale(known) {
            "codes without words; a number stands off the scale: if it means \"no opinion\", write its `role`"
        } else {
            "codes without words: write their labels"
        }
    }

    /// What the numbers are, and how many cells are none.
    fn why_numbers(&self, kind: &Kind, span: &Span) -> String {
        let coded = self.filled.iter().filter(|cell| number(cell).is_none()).count();
        let nothing = if coded == 0 {
            String::new()
        } else {
            format!("; {coded} cells are no number and read as empty: {}", self.counted_words())
        };
        let ends = if span.distinct == 0 {
            "no number".to_owned()
        } else if let Kind::Range { start, end } = kind {
            format!("whole numbers {start} to {end}")
        } else {
            format!("numbers from {} to {}", written(span.least), written(span.most))
        };
        format!("{ends}{nothing}")
    }

    /// Cells that are neither numbers nor spellings of nothing.
    fn words(&self) -> usize {
        self.filled.iter().filter(|cell| number(cell).is_none() && !is_missing(cell)).count()
    }

    fn distinct_words(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        self.filled
            .iter()
            .filter(|cell| number(cell).is_none())
            .for_each(|cell| *counts.entry(*cell).or_default() += 1);
        counts
    }

    fn counted_words(&self) -> String {
        let words = self.distinct_words();
        words.iter().map(|(word, count)| format!("`{word}` {count}")).collect::<Vec<_>>().join(", ")
    }
}

/// Whether a question asks for a count: its small numbers are no scores.
fn asks_how_many(header: &str) -> bool {
    const FIRST: [&str; 9] = [
        "how-many-",
        "number-of-",
        "combien-",
        "nombre-d",
        "hoeveel-",
        "aantal-",
        "wie-viele-",
        "wieviele-",
        "anzahl-",
    ];
    let plain = crate::import::text::same(header);
    let scored = ["score", "scale", "points", "etoiles", "sterren", "sterne", "stars", "punten"];
    FIRST.iter().any(|word| plain.starts_with(word))
        && !scored.iter().any(|word| plain.contains(word))
}

/// What the numbers of a column have in common.
struct Span {
    /// Whether all are whole.
    whole: bool,
    least: f64,
    most: f64,
    /// How many differ.
    distinct: usize,
}

impl Span {
    fn of(numbers: &[f64]) -> Self {
        let distinct: BTreeSet<String> = numbers.iter().map(|value| written(*value)).collect();
        Self {
            whole: numbers.iter().all(|value| (value - value.round()).abs() < 1e-9),
            least: numbers.iter().copied().fold(f64::INFINITY, f64::min),
            most: numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            distinct: distinct.len(),
        }
    }

    /// Whole numbers from 0 to 10.
    fn is_small(&self) -> bool {
        self.whole && 0.0 <= self.least && self.most <= 10.0
    }

    /// As far below zero as above it: -1, 0 and 1.
    fn is_around_zero(&self) -> bool {
        self.least < 0.0 && self.most <= 3.0 && (self.least + self.most).abs() < 1e-9
    }

    /// The scale that the numbers may be scores of.
    fn scale(&self) -> Option<Kind> {
        let end = [5.0, 7.0, 10.0].into_iter().find(|end| self.most <= *end).unwrap_or(10.0);
        // A small sample may lack the lower end of 0 to 10.
        let start = if self.least < 1.0 || 7.0 < end { 0.0 } else { 1.0 };
        (self.is_small() && 3 <= self.distinct).then_some(Kind::Range { start, end })
    }
}

/// Numbers that follow each other, but for the last: 1 to 5 and 9.
fn off_scale(numbers: &[f64]) -> bool {
    let mut numbers = numbers.to_vec();
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    let gaps: Vec<f64> = numbers.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let Some((last, before)) = gaps.split_last() else { return false };
    1.5 < *last && 2 <= before.len() && before.iter().all(|gap| *gap < 1.5)
}

/// A number that is far from all others and looks like a code: -99, 999, or
/// -1 where nothing else is negative.
fn stands_for_nothing(numbers: &[f64]) -> Option<f64> {
    let mut numbers = numbers.to_vec();
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    let (least, most) = (*numbers.first()?, *numbers.last()?);
    let next = *numbers.get(1)?;
    let before = *numbers.get(numbers.len().checked_sub(2)?)?;
    let is = |number: f64, codes: &[f64]| codes.iter().any(|code| (number - code).abs() < 1e-9);
    if least < -89.0 || (0.0 <= next && is(least, &[-1.0, -2.0, -8.0, -9.0])) {
        return Some(least);
    }
    let nines = [98.0, 99.0, 997.0, 998.0, 999.0, 9998.0, 9999.0, 99_999.0];
    (is(most, &nines) && before * 4.0 < most * 3.0).then_some(most)
}
