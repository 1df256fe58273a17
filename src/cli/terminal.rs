//! What is printed: diagnostics on standard error, the result on standard
//! output; colour where a person reads.

use std::io::{IsTerminal as _, Write as _};

use crate::diag::{self, Diagnostic, Look, Severity};

use super::args::Format;

/// Prints diagnostics in the order in which they are given.
pub(super) fn diagnostics(list: &[Diagnostic], format: Format) {
    match format {
        Format::Human => told(list, "the site was not touched"),
        Format::Json => {
            let lines: String =
                list.iter().map(|found| diag::json(found).to_string() + "\n").collect();
            out(&lines);
        }
    }
}

/// Prints diagnostics for people; `outcome` says what became of the errors.
pub(super) fn told(list: &[Diagnostic], outcome: &str) {
    let look = look();
    let mut text: String = list.iter().map(|found| diag::text(found, look) + "\n").collect();
    text.push_str(&summary(list, outcome));
    error(&text);
}

/// A number of things, in words: `1 page`, `2 pages`.
pub(super) fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// How many errors and warnings there are; empty without errors.
fn summary(list: &[Diagnostic], outcome: &str) -> String {
    let errors = list.iter().filter(|found| found.severity() == Severity::Error).count();
    match (errors, list.len() - errors) {
        (0, _) => String::new(),
        (errors, 0) => format!("{}; {outcome}\n", counted(errors, "error")),
        (errors, warnings) => {
            format!("{}, {}; {outcome}\n", counted(errors, "error"), counted(warnings, "warning"))
        }
    }
}

/// Writes to standard output.
pub(super) fn out(text: &str) {
    // A closed pipe is no reason to complain.
    drop(std::io::stdout().lock().write_all(text.as_bytes()));
}

/// Writes to standard error.
pub(super) fn error(text: &str) {
    drop(std::io::stderr().lock().write_all(text.as_bytes()));
}

fn look() -> Look {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    // A console of Windows takes colours once it is told to.
    let takes = || anstyle_query::windows::enable_ansi_colors().unwrap_or(true);
    if std::io::stderr().is_terminal() && !plain && takes() { Look::Coloured } else { Look::Plain }
}
