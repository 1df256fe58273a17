//! `barometer import`.

use std::path::{Path, PathBuf};

use crate::diag::Checked;
use crate::import::{self, Choices, Imported, Input};
use crate::site::write_files;
use crate::{BuildError, sources};

use super::args::{Format, Import};
use super::course::{Course, Signs};
use super::{build, folder, terminal};

/// Imports an export; returns the exit code.
pub(super) fn run(arguments: &Import) -> u8 {
    match import(arguments) {
        Ok(()) => 0,
        Err(error) => failed(&error, NOTHING_WRITTEN),
    }
}

/// What became of errors that stop a command that writes.
pub(super) const NOTHING_WRITTEN: &str = "nothing was written";

/// Tells why a command stopped and what became of it; returns the exit code.
pub(super) fn failed(error: &BuildError, outcome: &str) -> u8 {
    if let BuildError::Mistakes(mistakes) = error {
        terminal::told(mistakes.all(), outcome);
        return 1;
    }
    build::refused(error, Format::Human);
    3
}

fn import(arguments: &Import) -> Result<(), BuildError> {
    let choices = arguments.reading.choices(&arguments.languages, arguments.replace);
    folder::to_write(&arguments.into)?;
    let report = sources::read(&arguments.into)?;
    let signs = Signs::unless(arguments.quiet);
    let imported = read(&arguments.files, &choices, &report, signs)?;
    let say = |text: &str| {
        if !arguments.quiet {
            terminal::out(text);
        }
    };
    say(&imported.report);
    if arguments.dry_run {
        let paths: Vec<&str> = imported.files.iter().map(|(path, _)| path.as_str()).collect();
        say(&format!("\nnothing was written; without --dry-run: {}\n", paths.join(", ")));
        return Ok(());
    }
    let written = write_files(&arguments.into, &imported.files)?;
    say(&format!("\nwrote {}\n", shown(&written)));
    say(&next(&arguments.into, &report, &imported));
    Ok(())
}

/// Reads the files and imports them; warnings are told.
pub(super) fn read(
    files: &[PathBuf],
    choices: &Choices,
    report: &sources::Sources,
    signs: Signs,
) -> Result<Imported, BuildError> {
    let checked = checked(files, choices, report, signs)?;
    terminal::diagnostics(&checked.warnings, Format::Human);
    Ok(checked.value)
}

/// Reads files whose warnings were told before.
pub(super) fn read_quietly(
    files: &[PathBuf],
    choices: &Choices,
    report: &sources::Sources,
    signs: Signs,
) -> Result<Imported, BuildError> {
    Ok(checked(files, choices, report, signs)?.value)
}

fn checked(
    files: &[PathBuf],
    choices: &Choices,
    report: &sources::Sources,
    signs: Signs,
) -> Result<Checked<Imported>, BuildError> {
    let course = Course::begin(signs);
    course.stage("the export", 0);
    let mut inputs = vec![];
    for path in files {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        inputs.push(Input { name, bytes: folder::file(path)? });
    }
    Ok(import::import(&inputs, choices, report)?)
}

pub(super) fn shown(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// What to do now.
fn next(into: &Path, report: &sources::Sources, imported: &Imported) -> String {
    let folder = into.display();
    if report.get("barometer.toml").is_none() {
        return format!(
            "next: there is no report in `{folder}` yet; `barometer new DIR --from FILE` makes one of an export\n"
        );
    }
    let known = crate::config::parse(report)
        .value
        .is_some_and(|settings| settings.waves.iter().any(|wave| wave.key == imported.wave));
    if !known && imported.respondents.is_some() {
        return format!(
            "next: add \"{}\" to `waves` under `[survey]` in `barometer.toml`\n",
            imported.wave
        );
    }
    "next: look at the questions marked LOOK above in `data/codebook/`, then run `barometer build`\n"
        .to_owned()
}
