//! `barometer theme`.

use std::path::Path;

use crate::BuildError;
use crate::config;
use crate::diag::{Code, Diagnostic};
use crate::site::{taken_names, write_files};
use crate::sources::Sources;
use crate::theme::{self, Known, Theme};

use super::args::{EjectFile, ListThemes, NewTheme, ThemeAction};
use super::{folder, import as importing, terminal};

/// Lists themes, takes a file out of one or begins one; returns the exit code.
pub(super) fn run(action: &ThemeAction) -> u8 {
    let done = match action {
        ThemeAction::List(arguments) => list(arguments),
        ThemeAction::Eject(arguments) => eject(arguments),
        ThemeAction::New(arguments) => begin(arguments),
    };
    match done {
        Ok(()) => 0,
        Err(error) => importing::failed(&error, importing::NOTHING_WRITTEN),
    }
}

fn list(arguments: &ListThemes) -> Result<(), BuildError> {
    let sources = folder::read(&arguments.dir)?;
    let known = theme::known(&sources);
    let theme = own_theme(&sources)?;
    let mut text: String = known.iter().map(|one| line(one, theme.name())).collect();
    text.push_str("\nwhat `barometer theme eject` takes out of the theme of this report:\n");
    for (path, _) in theme.under("") {
        text.push_str("  ");
        text.push_str(path);
        text.push('\n');
    }
    terminal::out(&text);
    Ok(())
}

/// One theme: a star before that of the report.
fn line(one: &Known, current: &str) -> String {
    let star = if one.name == current { '*' } else { ' ' };
    let mut facts = vec![];
    facts.extend(one.inside.then(|| "inside the program".to_owned()));
    facts.extend(one.extends.as_ref().map(|base| format!("extends `{base}`")));
    facts.extend((!one.files.is_empty()).then(|| {
        format!("{} in `themes/{}/`", terminal::counted(one.files.len(), "file"), one.name)
    }));
    format!("{star} {:<12} {}\n", one.name, facts.join(", "))
}

fn eject(arguments: &EjectFile) -> Result<(), BuildError> {
    let sources = folder::read(&arguments.dir)?;
    let theme = own_theme(&sources)?;
    let file = theme::eject(&theme, &arguments.file)?.value;
    write(&arguments.dir, &[file])?;
    terminal::out("it stands in the place of the other from the next build on\n");
    Ok(())
}

fn begin(arguments: &NewTheme) -> Result<(), BuildError> {
    let sources = folder::read(&arguments.dir)?;
    let base = theme::named(&sources, &arguments.extends)?.value;
    let look = theme::look(&base)?.value;
    write(&arguments.dir, &theme::begin(&arguments.name, &base, &look))?;
    terminal::out(&format!(
        "next: write `theme = \"{}\"` under `[site]` in `barometer.toml`, change the variables of its style sheet \
         and look with `barometer serve`\n",
        arguments.name
    ));
    Ok(())
}

/// The theme of the report; of a folder without settings, that of a report
/// that names none.
fn own_theme(sources: &Sources) -> Result<Theme, BuildError> {
    if sources.get("barometer.toml").is_none() {
        return Ok(theme::named(sources, theme::DEFAULT)?.value);
    }
    let config = config::parse(sources).whole()?.value;
    Ok(theme::load(sources, &config)?.value)
}

/// Writes files, none of which may be there.
fn write(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), BuildError> {
    let taken = taken_names(folder, files.iter().map(|(path, _)| path.as_str()));
    if let Some(first) = taken.first() {
        let message = format!("there is a `{first}` already, which would be overwritten");
        let mistake = Diagnostic::error(Code::FileThere, message)
            .hint("Change that file, or move it away; nothing was written.");
        return Err(mistake.into());
    }
    let written = write_files(folder, files)?;
    terminal::out(&format!("wrote {}\n", importing::shown(&written)));
    Ok(())
}
