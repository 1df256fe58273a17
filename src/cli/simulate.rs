//! `barometer simulate`.

use crate::BuildError;
use crate::simulate::{self, Choices, Known};
use crate::site::write_files;

use super::args::{Format, Simulate};
use super::course::{Course, Signs};
use super::{folder, import as importing, terminal};

/// Makes up answers; returns the exit code.
pub(super) fn run(arguments: &Simulate) -> u8 {
    match simulate(arguments) {
        Ok(()) => 0,
        Err(error) => importing::failed(&error, importing::NOTHING_WRITTEN),
    }
}

fn simulate(arguments: &Simulate) -> Result<(), BuildError> {
    let choices = Choices {
        wave: arguments.wave.clone(),
        respondents: arguments.respondents,
        seed: arguments.seed,
        known: if arguments.force { Known::Replaced } else { Known::Kept },
    };
    let course = Course::begin(Signs::unless(arguments.quiet));
    course.stage("answers", 0);
    let report = folder::read(&arguments.dir)?;
    let made = simulate::simulate(&report, &choices)?;
    drop(course);
    terminal::diagnostics(&made.warnings, Format::Human);
    let made = made.value;
    let told = made.told();
    let written = write_files(&arguments.dir, &[(made.path, made.bytes)])?;
    if arguments.quiet {
        return Ok(());
    }
    terminal::out(&told);
    terminal::out(&format!("\nwrote {}\n", importing::shown(&written)));
    Ok(())
}
