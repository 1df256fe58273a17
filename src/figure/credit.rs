//! What must be said of a drawing that stands alone: its source, its base, and
//! that its numbers are not the survey's own.

use super::Scope;
use super::source::{Drawn, SourceNote};
use crate::stats::Provenance;

/// The line under a drawing: what must be said of its numbers, source, base,
/// report. A drawing that is cut out of its page still says all of it.
pub(super) fn credit(scope: &Scope<'_>, drawn: &Drawn, base: &str) -> String {
    let site = &scope.config.site;
    let parts = [
        if drawn.left_out == 0 { String::new() } else { others(scope, drawn.left_out) },
        warning(scope, drawn.provenance).unwrap_or_default().to_owned(),
        source(scope, &drawn.sources),
        base.to_owned(),
        site.title.get(scope.words.language()).to_owned(),
        site.url.clone().unwrap_or_default(),
    ];
    let parts = parts.iter().map(|part| part.trim_end_matches('.')).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

/// How many rows a drawing leaves out, in words.
pub(super) fn others(scope: &Scope<'_>, count: usize) -> String {
    scope.words.plural("figure.card-others", count as u64, &[])
}

/// The sources in one line; empty without any.
pub(super) fn source(scope: &Scope<'_>, sources: &[SourceNote]) -> String {
    let cited: Vec<String> = sources.iter().map(cited).collect();
    if cited.is_empty() {
        return String::new();
    }
    scope.words.fill("figure.credit", &[("source", &cited.join(" ; "))])
}

fn cited(source: &SourceNote) -> String {
    let parts = [Some(&source.title), source.publisher.as_ref(), source.date.as_ref()];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// What a reader must know of numbers that are not the survey's own.
pub(super) fn warning<'w>(scope: &Scope<'w>, provenance: Provenance) -> Option<&'w str> {
    match provenance {
        Provenance::Collected | Provenance::Published => None,
        Provenance::Simulated => Some(scope.words.text("provenance.simulated")),
        Provenance::OtherStudy => Some(scope.words.text("provenance.other-study")),
    }
}
