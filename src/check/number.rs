//! Numbers that somebody typed: they stay when the data change. Told with the
//! expression that gives the number, or that none does.
//!
//! Years, dates, pages and laws are not numbers of the survey: only percentages
//! and parts ("44 %", "four in ten", "6,76 sur 10") are looked at.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::content::PhrasePart;
use crate::diag::{Code, Diagnostic};
use crate::figure::Scope;
use crate::page::Answered;
use crate::stats::{Estimate, Estimator};
use crate::survey::{QuestionKind, WaveKey};
use crate::wording::Words;

use super::prose::{BLANK, Passage, Word};

/// How many expressions are offered.
const OFFERED: usize = 3;
/// How many words may stand between "quatre" and "sur dix".
const APART: usize = 3;
/// What no part has between its numbers: the end of a clause, a bound number.
const BETWEEN: [char; 9] = [',', ';', ':', '.', '!', '?', '(', ')', BLANK];
/// The most of which a part is taken: "one in ten".
const LARGEST_WHOLE: f64 = 10.0;

/// What a typed number says.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Typed {
    /// A percentage with so many decimals.
    Percent(f64, u8),
    /// A part of a whole: 4 in 10.
    Part(f64, f64),
    /// A score with so many decimals, out of ten.
    Score(f64, u8),
}

/// The numbers of a passage that no expression binds.
pub(super) fn typed(answered: &Answered<'_>, passage: &Passage<'_>) -> Vec<Diagnostic> {
    let text = passage.text();
    let found = numbers(answered.scope.words, text);
    let told = found.into_iter().filter_map(|(span, number)| {
        Some(told(answered, &text[span.clone()], number)?.at(passage.place(span)))
    });
    told.collect()
}

/// The numbers that nothing binds in what a figure says beside its drawing.
pub(super) fn typed_in_figures(answered: &Answered<'_>) -> Vec<Diagnostic> {
    let mut found = vec![];
    for figure in &answered.chapter.body.figures {
        let phrases = [&figure.title, &figure.subtitle, &figure.note].into_iter().flatten();
        for part in phrases.flat_map(|phrase| &phrase.parts) {
            let PhrasePart::Text(text) = part else { continue };
            for (span, number) in numbers(answered.scope.words, text) {
                let typed = &text[span];
                let told = told(answered, typed, number);
                found.extend(told.map(|told| told.at(figure.place.of(typed))));
            }
        }
    }
    found
}

fn told(answered: &Answered<'_>, typed: &str, number: Typed) -> Option<Diagnostic> {
    if is_on_the_scale(answered, typed, number) {
        return None;
    }
    let offered = offers(answered, number);
    let finding =
        Diagnostic::warning(Code::NumberTyped, format!("nothing binds `{typed}` to the data"));
    Some(match offered.as_slice() {
        [] => finding.hint("No number of the data gives it."),
        offered => finding.hint(format!("Write {}.", offered.join(", or "))),
    })
}

/// "9 out of 10" names a score of the scale, where one was asked for.
fn is_on_the_scale(answered: &Answered<'_>, typed: &str, number: Typed) -> bool {
    let Typed::Part(_, whole) = number else { return false };
    whole.total_cmp(&LARGEST_WHOLE).is_eq()
        && typed.starts_with(|first: char| first.is_ascii_digit())
        && answered.scope.survey.codebook.questions().iter().any(|question| {
            matches!(question.kind, QuestionKind::Score { .. })
                && is_told(answered, question.key.as_str())
        })
}

fn numbers(words: &Words, text: &str) -> Vec<(Range<usize>, Typed)> {
    let all: Vec<Word<'_>> = text.unicode_word_indices().collect();
    let found = (0..all.len())
        .filter_map(|at| percent(words, text, all[at]).or_else(|| part(words, text, &all[at..])));
    found.collect()
}

/// `44 %`, `44 pour cent`.
fn percent(words: &Words, text: &str, (at, word): Word<'_>) -> Option<(Range<usize>, Typed)> {
    let (value, digits) = figures(word)?;
    let rest = &text[at + word.len()..];
    let sign = rest.trim_start();
    let space = rest.len() - sign.len();
    let signs = words.text("check.percent").split(',').map(str::trim);
    let own = signs.filter(|own| sign.starts_with(own)).map(str::len).max()?;
    Some((at..at + word.len() + space + own, Typed::Percent(value, digits)))
}

/// `quatre communes sur dix`, `4 in 10`, `6,76 sur 10`.
fn part(words: &Words, text: &str, from: &[Word<'_>]) -> Option<(Range<usize>, Typed)> {
    let (start, first) = *from.first()?;
    let (value, digits) = numeral(words, first)?;
    let between = from.iter().skip(1).take(APART + 1);
    let of =
        between.take_while(|(_, word)| numeral(words, word).is_none()).position(|(_, word)| {
            words.text("check.of").split(',').any(|of| of.trim() == word.to_lowercase())
        })?;
    let (at, last) = *from.get(of + 2)?;
    let (whole, 0) = numeral(words, last)? else { return None };
    // "Trois facteurs notés sur 10" counts factors; a bound number stands alone.
    let alike = figures(first).is_some() == figures(last).is_some();
    let apart = text[start + first.len()..at].contains(BETWEEN);
    if !alike || apart || whole < value || !(2.0..=LARGEST_WHOLE).contains(&whole) {
        return None;
    }
    let number = if digits == 0 { Typed::Part(value, whole) } else { Typed::Score(value, digits) };
    Some((start..at + last.len(), number))
}

/// A number in figures, and its decimals.
fn figures(word: &str) -> Option<(f64, u8)> {
    let clean = word.replace(',', ".");
    let digits = clean.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let value = clean.parse::<f64>().ok().filter(|value| value.is_finite())?;
    Some((value, u8::try_from(digits).ok()?))
}

/// A number in figures or in words.
fn numeral(words: &Words, word: &str) -> Option<(f64, u8)> {
    figures(word).or_else(|| {
        let lower = word.to_lowercase();
        let mut value = 0.0;
        words.text("check.numerals").split(',').find_map(|forms| {
            value += 1.0;
            forms.split_whitespace().any(|form| form == lower).then_some((value, 0))
        })
    })
}

/// The expressions that give a number: those about what the chapter tells first,
/// then everybody before groups, the wave of the report before others.
fn offers(answered: &Answered<'_>, number: Typed) -> Vec<String> {
    let scope = &answered.scope;
    let mut rows: Vec<&Estimate> =
        scope.results.rows().iter().filter(|row| gives(row, number)).collect();
    let current = scope.config.current_wave().map(|wave| wave.key.as_str());
    rows.sort_by_cached_key(|row| {
        let told = is_told(answered, row.question.as_str());
        let other = row.wave.as_ref().map(WaveKey::as_str) != current;
        (!told, other, row.cut.conditions().len())
    });
    let mut offered: Vec<String> = vec![];
    for expression in rows.into_iter().filter_map(|row| expression(scope, row)) {
        if !offered.contains(&expression) {
            offered.push(expression);
        }
    }
    offered.truncate(OFFERED);
    offered
}

fn gives(row: &Estimate, number: Typed) -> bool {
    let Some(value) = row.value.estimate() else { return false };
    let rounds_to = |value: f64, typed: f64, digits: u8| {
        let unit = 10_f64.powi(i32::from(digits));
        ((value * unit).round() - typed * unit).abs() < 1e-6
    };
    match (number, row.estimator) {
        (Typed::Percent(typed, digits), Estimator::Proportion) => {
            rounds_to(value * 100.0, typed, digits)
        }
        (Typed::Part(typed, whole), Estimator::Proportion) => rounds_to(value * whole, typed, 0),
        (Typed::Score(typed, digits), Estimator::Mean) => rounds_to(value, typed, digits),
        _ => false,
    }
}

/// Whether a chapter binds a number or a figure of a question.
fn is_told(answered: &Answered<'_>, question: &str) -> bool {
    answered.chapter.body.questions().any(|told| told == question)
}

/// How an author asks for a row; `None` where no expression can.
fn expression(scope: &Scope<'_>, row: &Estimate) -> Option<String> {
    let mean = row.estimator == Estimator::Mean;
    let function = if mean { "mean" } else { "share" };
    let item = match &row.item {
        Some(item) => format!(", item=\"{item}\""),
        None if mean => String::new(),
        None => return None,
    };
    let cut = match row.cut.conditions() {
        [] => String::new(),
        [(by, group)] => format!(", by=\"{by}\", group=\"{group}\""),
        _ => return None,
    };
    let wave = row.wave.as_ref()?.as_str();
    let is_current = scope.config.current_wave().is_some_and(|current| current.key == wave);
    let wave = if is_current { String::new() } else { format!(", wave=\"{wave}\"") };
    Some(format!("`{{{{ {function}(q=\"{}\"{item}{cut}{wave}) }}}}`", row.question))
}
