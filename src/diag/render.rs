//! Diagnostics as text with carets, and as one JSON object each.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde_json::{Value, json};

use super::{Diagnostic, Severity};

/// How diagnostics look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Letters only.
    Plain,
    /// With ANSI colours.
    Coloured,
}

/// Renders one diagnostic with its excerpt, ending in a line break.
pub fn text(diagnostic: &Diagnostic, look: Look) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.id());
    let mut group = match &diagnostic.place {
        Some(place) => title.element(
            Snippet::source(place.text())
                .path(place.path())
                .annotation(AnnotationKind::Primary.span(place.span())),
        ),
        None => annotate_snippets::Group::with_title(title),
    };
    for hint in diagnostic.help() {
        group = group.element(Level::HELP.message(hint));
    }
    let renderer = match look {
        Look::Plain => Renderer::plain(),
        Look::Coloured => Renderer::styled(),
    };
    let mut rendered = renderer.render(&[group]);
    if diagnostic.place.is_none() {
        // The line that leads to an excerpt leads nowhere here.
        rendered =
            rendered.lines().filter(|line| line.trim() != "|").collect::<Vec<_>>().join("\n");
    }
    rendered.push('\n');
    rendered
}

/// Gives one diagnostic as a JSON object: `severity`, `code`, `message`,
/// `file`, `line`, `column`, `end_line`, `end_column` (from 1, in characters;
/// null without a place) and `help`, a list.
pub fn json(diagnostic: &Diagnostic) -> Value {
    let place = diagnostic.place.as_ref();
    let (start, end) = (place.map(super::Place::start), place.map(super::Place::end));
    json!({
        "severity": match diagnostic.severity { Severity::Error => "error", Severity::Warning => "warning" },
        "code": diagnostic.code.id(),
        "message": diagnostic.message,
        "file": place.map(super::Place::path),
        "line": start.map(|at| at.line),
        "column": start.map(|at| at.column),
        "end_line": end.map(|at| at.line),
        "end_column": end.map(|at| at.column),
        "help": diagnostic.help(),
    })
}
