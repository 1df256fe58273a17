//! Anchors of headings: unique on a page, stable when text around changes.

use std::collections::BTreeSet;

use crate::survey::slug;

/// Gives out the anchors of one page.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    taken: BTreeSet<String>,
}

impl Anchors {
    /// Takes the anchor that an author wrote; `false` if it is taken.
    pub(super) fn claim(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned())
    }

    /// Makes an anchor from the text of a heading: its slug, numbered from
    /// the second of one name on.
    pub(super) fn derive(&mut self, text: &str) -> String {
        let base = match slug(text) {
            empty if empty.is_empty() => "section".to_owned(),
            slug => slug,
        };
        let mut anchor = base.clone();
        let mut number = 1;
        while !self.taken.insert(anchor.clone()) {
            number += 1;
            anchor = format!("{base}-{number}");
        }
        anchor
    }

    /// Every anchor given out.
    pub(super) fn into_set(self) -> BTreeSet<String> {
        self.taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_punctuation_leave_the_anchor() {
        assert_eq!(
            Anchors::default().derive("À retenir : l’énergie d'abord !"),
            "a-retenir-lenergie-dabord"
        );
    }

    #[test]
    fn the_second_of_one_name_is_numbered() {
        let mut anchors = Anchors::default();

        assert_eq!(
            [anchors.derive("Limites"), anchors.derive("Limites"), anchors.derive("!")],
            ["limites", "limites-2", "section"]
        );
    }
}
