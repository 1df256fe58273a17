//! What a page is made from, as one name: the same name, the same page.

use std::fmt::Write as _;

use super::answered::Answered;
use super::part::Part;
use super::section::Generated;
use super::{Page, Position, context, prose};
use crate::figure::Plan;

/// Names all that a page is made from beside settings, theme, words, data and
/// what all pages share: the same name, the same page.
pub fn fingerprint(page: &Page<'_, '_>) -> blake3::Hash {
    let mut print = Fingerprint(blake3::Hasher::new());
    // Writing to a hasher cannot fail.
    let _always_ok = print.page(page);
    print.0.finalize()
}

struct Fingerprint(blake3::Hasher);

impl std::fmt::Write for Fingerprint {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}

impl Fingerprint {
    fn page(&mut self, page: &Page<'_, '_>) -> std::fmt::Result {
        let Page { book, position, ref generated } = *page;
        let answered = book.answered(position);
        write!(self, "{}{position:?}{}", book.language, book.is_bound())?;
        self.write_str(&context::surroundings(book, position))?;
        if let Some(chapter) = answered {
            self.chapter(chapter)?;
        }
        if let Some(page) = generated {
            self.generated(page)?;
        }
        if position == Position::Home && book.is_bound() {
            // It shows a figure of each.
            for chapter in &book.chapters {
                self.chapter(chapter)?;
            }
        }
        Ok(())
    }

    fn chapter(&mut self, answered: &Answered<'_>) -> std::fmt::Result {
        let source = &answered.chapter.source;
        write!(self, "\0{}\0{}\0", source.path(), source.text())?;
        // What of it is shown, with all numbers.
        self.write_str(&prose::words(answered))?;
        self.figures(&answered.figures)?;
        let headings = answered.headings.iter().map(|heading| &heading.id);
        write!(self, "\0{:?}{:?}", headings.collect::<Vec<_>>(), answered.left_out)
    }

    fn generated(&mut self, page: &Generated<'_>) -> std::fmt::Result {
        let Generated { part, stem, title, short_title, kicker, summary, .. } = page;
        write!(self, "\0{part:?}{stem}\0{title:?}{short_title:?}{kicker:?}{summary:?}")?;
        // What a profile says rests on the data alone.
        if *part != Part::Profile {
            write!(self, "{:?}", page.sections)?;
        }
        self.figures(&page.figures)
    }

    /// What a figure is beside what was asked.
    fn figures(&mut self, figures: &[Plan<'_>]) -> std::fmt::Result {
        for plan in figures {
            write!(self, "\0{}\0{:?}", plan.id(), plan.number())?;
        }
        Ok(())
    }
}
