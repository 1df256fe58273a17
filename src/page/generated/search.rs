//! `search.html`: chapters, questions, groups and figures in the order of a
//! dictionary. With the script it can be filtered; without it is the index of
//! a book.

use std::collections::BTreeSet;

use crate::figure;

use super::{Block, Desk, Generated, Line, Part, Section};

pub(super) fn page<'a>(desk: &Desk<'_, 'a>, others: &[Generated<'a>]) -> Generated<'a> {
    let mut lines = vec![];
    for answered in &desk.chapters {
        let chapter = answered.chapter;
        let address = format!("{}.html", chapter.stem);
        if chapter.stem != "index" {
            lines.push(line(&chapter.front.title, &address, desk.text("search.chapter")));
        }
        for plan in answered.shown_figures() {
            let Some(number) = plan.number() else { continue };
            let title = figure::title(&answered.scope, plan);
            let label = desk.fill("figure.label", &[("number", &number.to_string())]);
            let badge = plan.is_simulated().then(|| desk.text("provenance.simulated"));
            let to = format!("{address}#{}", plan.anchor());
            lines.push(Line { badge, ..line(&title, &to, label) });
        }
    }
    let told: BTreeSet<&str> =
        desk.chapters.iter().map(|told| told.chapter.stem.as_str()).collect();
    for page in others {
        let kind = match page.part {
            Part::Question => "search.question",
            Part::Profile => "search.profile",
            _ => "search.page",
        };
        if !told.contains(page.stem.as_str()) {
            lines.push(line(&page.title, &format!("{}.html", page.stem), desk.text(kind)));
        }
    }
    lines.sort_by(|a, b| {
        desk.scope.words.collate(&a.text, &b.text).then_with(|| a.address.cmp(&b.address))
    });
    desk.page(Part::Search, by_letter(lines))
}

fn line(text: &str, address: &str, kind: String) -> Line {
    Line {
        text: text.to_owned(),
        address: Some(address.to_owned()),
        detail: Some(kind),
        ..Line::default()
    }
}

/// A section for each first letter; what begins with none comes where it is.
fn by_letter(lines: Vec<Line>) -> Vec<Section> {
    let mut letters: Vec<(char, Vec<Line>)> = vec![];
    for line in lines {
        let letter = initial(&line.text);
        match letters.iter_mut().find(|(known, _)| *known == letter) {
            Some((_, lines)) => lines.push(line),
            None => letters.push((letter, vec![line])),
        }
    }
    let section = |(letter, items)| letter_section(letter, Block::List { items });
    letters.into_iter().map(section).collect()
}

/// What begins with a letter, or with a number.
pub(super) fn letter_section(letter: char, block: Block) -> Section {
    let (id, title) = match letter {
        '#' => ("letter-0".to_owned(), "0–9".to_owned()),
        letter => (format!("letter-{}", letter.to_lowercase()), letter.to_string()),
    };
    Section::new(&id, title, vec![block])
}

/// The letter under which a dictionary has a text: without accent, `#` where
/// it begins with a number.
pub(super) fn initial(text: &str) -> char {
    let first = text.chars().find(|letter| letter.is_alphanumeric());
    let Some(first) = first.filter(|letter| letter.is_alphabetic()) else { return '#' };
    let plain = deunicode::deunicode_char(first).and_then(|plain| plain.chars().next());
    plain.unwrap_or(first).to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::initial;

    #[test]
    fn a_dictionary_knows_no_accents() {
        assert_eq!(
            ["Énergie", "« Œuvre »", "à", "44 %", "…"].map(initial),
            ['E', 'O', 'A', '#', '#']
        );
    }
}
