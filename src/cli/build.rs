//! `barometer build`.

use std::error::Error;
use std::time::Instant;

use crate::content::Drafts;
use crate::diag::Severity;
use crate::site::Staging;
use crate::{BuildError, Editing, Options, Part, Translations, Warnings, sources};

use super::args::{Build, Deny, Format};
use super::terminal;

/// Builds the site; returns the exit code.
pub(super) fn run(arguments: &Build) -> u8 {
    let started = Instant::now();
    match build(arguments) {
        Ok(built) => {
            terminal::diagnostics(&built.warnings, arguments.format);
            let milliseconds = started.elapsed().as_millis();
            done(arguments, &built, milliseconds);
            0
        }
        Err(BuildError::Mistakes(mistakes)) => {
            terminal::diagnostics(mistakes.all(), arguments.format);
            1
        }
        Err(error) => {
            refused(&error, arguments.format);
            3
        }
    }
}

fn build(arguments: &Build) -> Result<crate::Built, BuildError> {
    let output = arguments.out.clone().unwrap_or_else(|| arguments.dir.join("public"));
    Staging::check(&arguments.dir, &output)?;
    let sources = sources::read(&arguments.dir)?;
    let options = Options {
        drafts: if arguments.drafts { Drafts::Built } else { Drafts::LeftOut },
        warnings: if arguments.deny == Some(Deny::Warnings) {
            Warnings::Denied
        } else {
            Warnings::Allowed
        },
        translations: Translations::Finished,
        editing: Editing::Skipped,
    };
    let staging = Staging::begin(&output)?;
    let built = crate::build(&sources, options, &|file, part| {
        let put = match part {
            Part::Whole => staging.put(file),
            Part::Next => staging.add(file),
            Part::Drawing(painter) => staging.paint(file, painter),
        };
        put.map_err(BuildError::from)
    })?;
    staging.publish(&built.files)?;
    Ok(built)
}

fn done(arguments: &Build, built: &crate::Built, milliseconds: u128) {
    let output = arguments.out.clone().unwrap_or_else(|| arguments.dir.join("public"));
    let index = output.join("index.html");
    let warnings =
        built.warnings.iter().filter(|found| found.severity() == Severity::Warning).count();
    match arguments.format {
        Format::Human => {
            let counted =
                |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
            terminal::out(&format!(
                "built {}, {}, {} in {milliseconds} ms: {}\n",
                counted(built.pages, "page"),
                counted(built.figures, "figure"),
                counted(warnings, "warning"),
                index.display()
            ));
        }
        Format::Json => {
            let line = serde_json::json!({
                "built": true, "pages": built.pages, "figures": built.figures,
                "warnings": warnings, "milliseconds": milliseconds, "index": index.to_string_lossy(),
            });
            terminal::out(&format!("{line}\n"));
        }
    }
}

/// The chain of causes, in one line.
pub(super) fn refused(error: &dyn Error, format: Format) {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        message.push_str(": ");
        message.push_str(&inner.to_string());
        cause = inner.source();
    }
    match format {
        Format::Human => terminal::error(&format!("error: {message}\n")),
        Format::Json => terminal::out(&format!(
            "{}\n",
            serde_json::json!({"severity": "error", "message": message})
        )),
    }
}
