//! `barometer new`.

use crate::diag::{Code, Diagnostic};
use crate::new::{self, Files, LANGUAGES};
use crate::site::{taken_names, write_files};
use crate::sources::Sources;
use crate::{BuildError, import};

use super::args::New;
use super::course::Signs;
use super::{folder, import as importing, terminal};

/// Makes a report; returns the exit code.
pub(super) fn run(arguments: &New) -> u8 {
    match make(arguments) {
        Ok(()) => 0,
        Err(error) => importing::failed(&error, importing::NOTHING_WRITTEN),
    }
}

fn make(arguments: &New) -> Result<(), BuildError> {
    folder::to_write(&arguments.dir)?;
    let files = files(arguments)?;
    let names = files.iter().map(|(path, _)| path.as_str());
    let taken = taken_names(&arguments.dir, names);
    if let Some(first) = taken.first() {
        let folder = arguments.dir.display();
        let message = format!("`{folder}` has a `{first}` already, which would be overwritten");
        let mistake = Diagnostic::error(Code::FileThere, message)
            .hint("Choose an empty folder; nothing was written. `barometer import` adds an export to a report.");
        return Err(mistake.into());
    }
    let written = write_files(&arguments.dir, &files)?;
    if arguments.quiet {
        return Ok(());
    }
    let paths: Vec<String> = written.iter().map(|path| format!("  {}", path.display())).collect();
    let folder = arguments.dir.display();
    terminal::out(&format!(
        "\nwrote\n{}\n\nnext: `barometer build {folder}`, then open `{}`; the chapters are in `{}`\n",
        paths.join("\n"),
        arguments.dir.join("public").join("index.html").display(),
        arguments.dir.join("content").display(),
    ));
    Ok(())
}

fn files(arguments: &New) -> Result<Files, BuildError> {
    if arguments.from.is_empty() {
        let all = || LANGUAGES.map(str::to_owned).to_vec();
        let languages =
            if arguments.languages.is_empty() { all() } else { arguments.languages.clone() };
        return Ok(new::example(&languages));
    }
    let none = Sources::default();
    let mut choices = arguments.reading.choices(&arguments.languages, false);
    let signs = Signs::unless(arguments.quiet);
    let first = importing::read(&arguments.from, &choices, &none, signs)?;
    let known = |language: &String| LANGUAGES.contains(&language.as_str());
    let mut languages: Vec<String> =
        first.languages.iter().filter(|own| known(own)).cloned().collect();
    if languages.is_empty() {
        languages = vec![new::language_of(&first.words).to_owned()];
    }
    // The codebook has the languages of the site, no others.
    let imported: import::Imported = if languages == first.languages {
        first
    } else {
        choices.languages.clone_from(&languages);
        importing::read_quietly(&arguments.from, &choices, &none, signs)?
    };
    if !arguments.quiet {
        terminal::out(&imported.report);
    }
    Ok(new::from_import(&imported, &languages))
}
