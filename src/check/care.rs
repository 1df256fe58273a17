//! Care for readers: numbers from few answers say so, and alternative texts
//! tell what an image shows.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::content::{Expression, Function};
use crate::diag::{Code, Diagnostic};
use crate::page::Answered;

use super::prose::Passage;

/// Numbers of a passage that rest on few answers, where it neither says so nor
/// tells how many there are.
pub(super) fn low_bases(answered: &Answered<'_>, passage: &Passage<'_>) -> Vec<Diagnostic> {
    let text = passage.text().to_lowercase();
    let careful = answered.scope.words.text("check.careful");
    if careful.split(',').any(|stem| text.contains(stem.trim())) {
        return vec![];
    }
    let all = answered.chapter.body.expressions.iter().zip(&answered.inlines);
    let quoted = all.filter(|(expression, inline)| {
        // Made-up answers tell of nobody, and are marked.
        !inline.simulated
            && passage.bound.iter().any(|own| own.place == expression.place)
            && !passage.bound.iter().any(|own| tells_base(own, expression))
    });
    quoted
        .filter_map(|(expression, inline)| {
            let message = format!("a number that rests on {} answers", inline.low_base?);
            Some(
                Diagnostic::warning(Code::LowBaseQuoted, message)
                    .at(expression.place.clone())
                    .hint(
                        "Say how many answered, `{{ n(…) }}`, or that it is an order of magnitude.",
                    ),
            )
        })
        .collect()
}

/// Whether an expression prints the base of another.
fn tells_base(base: &Expression, number: &Expression) -> bool {
    let same = |name| {
        base.argument(name).map(|own| &own.value) == number.argument(name).map(|own| &own.value)
    };
    base.function == Function::N && ["q", "by", "group", "wave"].into_iter().all(same)
}

/// Images of which those who do not see them hear what they have just heard.
pub(super) fn alternatives(answered: &Answered<'_>) -> Vec<Diagnostic> {
    let chapter = answered.chapter;
    let repeats = chapter.body.images.iter().filter_map(|image| {
        let said = bare(&image.alternative);
        let beside = image.beside.iter().chain([&chapter.front.title]);
        let heard = beside.into_iter().find(|other| !said.is_empty() && bare(other) == said)?;
        let message = format!("an alternative text that repeats `{}`", heard.trim());
        Some(Diagnostic::warning(Code::AlternativeRepeats, message).at(image.place.clone()))
    });
    repeats.collect()
}

/// Its words in small letters.
fn bare(text: &str) -> String {
    text.unicode_words().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
