//! `barometer results`.

use std::convert::Infallible;

use crate::BuildError;
use crate::diag::{Diagnostic, Mistakes};
use crate::figure::{self, Scope};
use crate::sources::Sources;

use super::args::{Format, Results, ResultsFormat};
use super::{folder, import, terminal};

/// Prints the numbers of a report; returns the exit code.
pub(super) fn run(arguments: &Results) -> u8 {
    match print(arguments) {
        Ok(()) => 0,
        Err(error) => import::failed(&error, "no numbers"),
    }
}

fn print(arguments: &Results) -> Result<(), BuildError> {
    let sources = folder::read(&arguments.dir)?;
    let text = crate::with_numbers(&sources, |scope, warnings| {
        terminal::diagnostics(warnings, Format::Human);
        told(arguments, scope, &sources, warnings)
    })??;
    if text.is_empty() {
        terminal::error("no number of the report is one of these\n");
    }
    terminal::out(&text);
    Ok(())
}

fn told(
    arguments: &Results,
    scope: &Scope<'_>,
    sources: &Sources,
    warnings: &[Diagnostic],
) -> Result<String, Mistakes> {
    let (question, by) = (arguments.question.as_deref(), arguments.by.as_deref());
    let chosen = figure::chosen(scope, question, by)?;
    let ending = match arguments.format {
        ResultsFormat::Table => return Ok(figure::listed(scope, &chosen)),
        ResultsFormat::Csv => ".csv",
        ResultsFormat::Json => ".json",
    };
    let mut file = vec![];
    let inputs = figure::inputs(sources, scope.config);
    let Ok(()) =
        figure::open_data::<Infallible>(scope, &chosen, &inputs, warnings, &mut |path, bytes| {
            if path.ends_with(ending) {
                file.extend(bytes);
            }
            Ok(())
        });
    Ok(String::from_utf8(file).expect("the results are written as UTF-8"))
}
