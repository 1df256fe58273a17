//! `barometer completions` and `barometer man`: what the definition of the
//! command line says, in the words of shells and of `man`.

use std::path::Path;

use clap::CommandFactory as _;

use crate::BuildError;
use crate::site::write_files;

use super::args::{Arguments, Completions, Man};
use super::{folder, import as importing, terminal};

/// Prints the completions of a shell; returns the exit code.
pub(super) fn completions(arguments: &Completions) -> u8 {
    let mut script = vec![];
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "barometer", &mut script);
    terminal::out(&String::from_utf8_lossy(&script));
    0
}

/// Prints the manual page of the program, or writes those of all commands;
/// returns the exit code.
pub(super) fn run(arguments: &Man) -> u8 {
    let Some(folder) = &arguments.dir else {
        terminal::out(&String::from_utf8_lossy(&page(Arguments::command())));
        return 0;
    };
    match write(folder) {
        Ok(()) => 0,
        Err(error) => importing::failed(&error, importing::NOTHING_WRITTEN),
    }
}

fn write(folder: &Path) -> Result<(), BuildError> {
    folder::to_write(folder)?;
    let mut program = Arguments::command();
    program.build();
    let commands = program
        .get_subcommands()
        .flat_map(|command| std::iter::once(command).chain(command.get_subcommands()))
        .filter(|command| !command.get_display_name().is_some_and(|name| name.contains("-help")));
    // Building gave each its name with that of the program before it.
    let named = |command: &clap::Command| {
        let name = command.get_display_name().unwrap_or(command.get_name());
        (format!("{name}.1"), page(command.clone()))
    };
    let mut pages: Vec<_> = commands.map(named).collect();
    pages.push(("barometer.1".to_owned(), page(Arguments::command())));
    let written = write_files(folder, &pages)?;
    terminal::out(&format!("wrote {}\n", importing::shown(&written)));
    Ok(())
}

fn page(command: clap::Command) -> Vec<u8> {
    let mut page = vec![];
    // Writing to memory does not fail.
    let _written = clap_mangen::Man::new(command).render(&mut page);
    page
}
