//! Findings that an author allows, with the reason:
//! `<!-- barometer: allow B330 because the Dutch edition has no figure -->`.

use std::ops::Range;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Findings, Place, SourceText, did_you_mean};

const OPENING: &str = "<!-- barometer:";

/// One comment that allows a kind of finding.
#[derive(Debug, Clone)]
pub(super) struct Allowance {
    /// The kind.
    pub(super) code: Code,
    /// What it covers: the section that it stands in; above the first
    /// heading, the whole chapter.
    pub(super) covers: Range<usize>,
    /// The comment.
    pub(super) place: Place,
}

/// The kinds of a build that an author may allow; of those of an editor, all.
const OF_BUILDS: [Code; 3] = [Code::BindingLacking, Code::SectionsDiffer, Code::TranslationLacking];

fn allowable() -> impl Iterator<Item = Code> + Clone {
    OF_BUILDS.into_iter().chain(Code::ALL.iter().copied().filter(|code| code.is_editorial()))
}

/// True for a comment that speaks to the program.
pub(super) fn is_instruction(comment: &str) -> bool {
    comment.trim_start().starts_with(OPENING)
}

/// Reads the comment at `span`; what it covers is known at the end of the chapter.
pub(super) fn read(
    source: &Arc<SourceText>,
    span: Range<usize>,
    found: &mut Findings,
) -> Option<Allowance> {
    let text = source.text()[span.clone()].trim_end();
    let place = Place::new(source, span.start..span.start + text.len());
    let inner = text.trim_start().strip_prefix(OPENING)?.strip_suffix("-->").unwrap_or_default();
    let mut words = inner.split_whitespace();
    let complaint = match (words.next(), words.next(), words.next(), words.next()) {
        (Some("allow"), Some(id), Some("because"), Some(_)) => {
            match allowable().find(|code| code.id() == id) {
                Some(code) => return Some(Allowance { code, covers: span, place }),
                None => Diagnostic::error(Code::BadAllowance, format!("`{id}` cannot be allowed"))
                    .hint_if(did_you_mean(id, allowable().map(Code::id))),
            }
        }
        (Some("allow"), Some(id), ..) => {
            Diagnostic::error(Code::BadAllowance, "an `allow` without its reason")
                .hint(format!("Write `{OPENING} allow {id} because … -->`."))
        }
        _ => {
            Diagnostic::error(Code::BadAllowance, "a comment that `barometer` does not understand")
                .hint(format!("Write `{OPENING} allow B330 because … -->`."))
        }
    };
    found.push(complaint.at(place));
    None
}

impl Allowance {
    /// Widens it to the section that it stands in: `headings` are the bytes at
    /// which sections begin, in order, and `end` the end of the chapter.
    pub(super) fn widen(&mut self, headings: &[usize], end: usize) {
        let at = self.covers.start;
        let Some(start) = headings.iter().copied().rfind(|start| *start < at) else {
            self.covers = 0..end;
            return;
        };
        self.covers = start..headings.iter().copied().find(|next| at < *next).unwrap_or(end);
    }

    fn allows(&self, finding: &Finding) -> bool {
        let covers = |place: &Place| {
            place.path() == self.place.path() && self.covers.contains(&place.span().start)
        };
        finding.diagnostic.code() == self.code
            && finding.diagnostic.place().into_iter().chain(&finding.elsewhere).any(covers)
    }
}

/// A finding that may be allowed, at its place or in the text it is compared with.
pub(super) struct Finding {
    pub(super) diagnostic: Diagnostic,
    pub(super) elsewhere: Option<Place>,
}

/// Takes out what is allowed; an allowance without use is a warning.
pub(super) fn apply(findings: Vec<Finding>, allowances: &[&Allowance]) -> Vec<Diagnostic> {
    let unused = allowances
        .iter()
        .filter(|allowance| !findings.iter().any(|finding| allowance.allows(finding)))
        // Other sites are not always asked, and answer on some days.
        .filter(|allowance| allowance.code != Code::LinkDead)
        .map(|allowance| {
            Diagnostic::warning(
                Code::AllowanceUnused,
                format!("`{}` is allowed here, but not found", allowance.code.id()),
            )
            .at(allowance.place.clone())
        });
    let unused: Vec<_> = unused.collect();
    let left = findings
        .into_iter()
        .filter(|finding| !allowances.iter().any(|allowance| allowance.allows(finding)));
    left.map(|finding| finding.diagnostic).chain(unused).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(comment: &str) -> String {
        let source = SourceText::new("a.md", comment.to_owned());
        let mut found = Findings::default();
        let read = read(&source, 0..comment.len(), &mut found);
        assert!(read.is_none());
        found.stop().all()[0].message().to_owned()
    }

    #[test]
    fn a_reason_is_needed() {
        assert_eq!(message("<!-- barometer: allow B330 -->"), "an `allow` without its reason");
        assert_eq!(
            message("<!-- barometer: allow B330 because -->"),
            "an `allow` without its reason"
        );
    }

    #[test]
    fn what_must_not_be_is_not_allowed() {
        assert_eq!(
            message("<!-- barometer: allow B305 because I say so -->"),
            "`B305` cannot be allowed"
        );
    }

    #[test]
    fn it_covers_its_section_and_above_the_first_the_whole_chapter() {
        let source = SourceText::new("a.md", "x".repeat(100));
        let covered = |at: usize| {
            let place = Place::new(&source, at..at + 1);
            let mut allowance = Allowance { code: Code::BindingLacking, covers: at..at + 1, place };
            allowance.widen(&[20, 60], 100);
            allowance.covers
        };

        assert_eq!([covered(5), covered(30), covered(70)], [0..100, 20..60, 60..100]);
    }
}
