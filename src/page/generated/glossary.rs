//! `glossary.html`: what the words mean, in the order of a dictionary: those
//! that the author lists, and those of statistics that the report uses by
//! itself. A chapter of that name comes first on the page.

use crate::page::terms::{self, Explained};

use super::search::{initial, letter_section};
use super::{Block, Desk, Generated, Part, Section, Term};

/// Up to so many words are found by eye.
const WITHOUT_LETTERS: usize = 40;

pub(super) fn page<'a>(desk: &Desk<'_, 'a>) -> Generated<'a> {
    let mut explained = terms::explained(desk.scope);
    let words = desk.scope.words;
    explained.sort_by(|a, b| words.collate(&a.term, &b.term).then_with(|| a.anchor.cmp(&b.anchor)));
    let sections = if explained.len() <= WITHOUT_LETTERS {
        let terms = explained.into_iter().map(term).collect();
        vec![Section::start(vec![Block::Terms { terms }])]
    } else {
        by_letter(explained)
    };
    desk.page(Part::Glossary, sections)
}

fn term(one: Explained) -> Term {
    Term { id: one.anchor, word: one.term, text: one.text }
}

/// A section for each first letter.
fn by_letter(explained: Vec<Explained>) -> Vec<Section> {
    let mut letters: Vec<(char, Vec<Term>)> = vec![];
    for one in explained {
        let letter = initial(&one.term);
        match letters.iter_mut().find(|(known, _)| *known == letter) {
            Some((_, terms)) => terms.push(term(one)),
            None => letters.push((letter, vec![term(one)])),
        }
    }
    let section = |(letter, terms)| letter_section(letter, Block::Terms { terms });
    letters.into_iter().map(section).collect()
}
