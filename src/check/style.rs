//! Sentences: too long for a public text, or surer than a test allows.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::diag::{Code, Diagnostic};
use crate::page::Answered;

use super::prose::Passage;

/// Checks the sentences of a passage.
pub(super) fn check(answered: &Answered<'_>, passage: &Passage<'_>) -> Vec<Diagnostic> {
    let mut found: Vec<_> =
        passage.sentences().filter_map(|sentence| long(answered, passage, sentence)).collect();
    found.extend(significant(answered, passage));
    found
}

fn long(
    answered: &Answered<'_>,
    passage: &Passage<'_>,
    (at, sentence): (usize, &str),
) -> Option<Diagnostic> {
    let most = answered.scope.config.longest_sentence;
    let words = sentence.unicode_words().count();
    (u32::try_from(words).is_ok_and(|words| most < words)).then(|| {
        Diagnostic::warning(Code::SentenceLong, format!("a sentence of {words} words"))
            .at(passage.place(at..at + sentence.trim_end().len()))
            .hint(format!("Say it in sentences of at most {most} words."))
    })
}

/// Words such as "significantly", where nothing in the passage was tested.
fn significant(answered: &Answered<'_>, passage: &Passage<'_>) -> Option<Diagnostic> {
    if passage.rests_on_a_test() {
        return None;
    }
    let stems = answered.scope.words.text("check.significant");
    let is_one = |word: &str| {
        let lower = word.to_lowercase();
        stems.split(',').any(|stem| lower.starts_with(stem.trim()))
    };
    let (at, word) = passage.text().unicode_word_indices().find(|(_, word)| is_one(word))?;
    Some(
        Diagnostic::warning(Code::SignificantUntested, format!("`{word}` without a test"))
            .at(passage.place(at..at + word.len())),
    )
}
