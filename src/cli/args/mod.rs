//! The command line, and nothing else.

mod data;
mod site;
mod theme;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

pub(super) use data::{Engine, Import, New, Results, ResultsFormat, Simulate, Sql};
pub(super) use site::{Build, Check, CheckFormat, Denied, Deny, Serve};
pub(super) use theme::{EjectFile, ListThemes, NewTheme, Theme, ThemeAction};

/// Turns a survey into a published report.
#[derive(Debug, Parser)]
#[command(
    name = "barometer",
    version,
    about,
    after_help = "Exit codes: 0 done, 1 the report has mistakes, 2 wrong usage, 3 the machine refused."
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build the site of a report
    Build(Build),
    /// Read the report as a careful editor would; write nothing
    Check(Check),
    /// Turn an export of a survey tool into a codebook and answers
    Import(Import),
    /// Make a report in an empty folder, as an example or from an export
    New(New),
    /// Print the numbers of the report, with their intervals
    Results(Results),
    /// Make up answers to a codebook, that give its published figures
    Simulate(Simulate),
    /// Print the query that counts answers where they are, in a database
    Sql(Sql),
    /// Show the report while it is written, on this machine alone
    Serve(Serve),
    /// List themes, take a file out of one to change it, begin one
    Theme(Theme),
    /// Print the JSON Schema of a file, for editors
    Schema(Schema),
    /// Print the completions of a shell
    Completions(Completions),
    /// Print the manual page, or write one for each command into a folder
    Man(Man),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer schema > barometer.schema.json
  barometer schema front-matter

The first line of `barometer.toml` leads editors to it: `#:schema ./barometer.schema.json`.")]
pub(super) struct Schema {
    /// Whose keys
    #[arg(value_enum, default_value_t)]
    pub(super) of: Described,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Described {
    /// `barometer.toml`
    #[default]
    Settings,
    /// What stands between the lines of `+++` of a chapter
    FrontMatter,
    /// A chart block
    Chart,
    /// `theme.toml`
    Theme,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer completions bash > ~/.local/share/bash-completion/completions/barometer
  barometer completions zsh > ~/.zfunc/_barometer
  barometer completions fish > ~/.config/fish/completions/barometer.fish
  barometer completions powershell >> $PROFILE")]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer man | man -l -
  barometer man ~/.local/share/man/man1")]
pub(super) struct Man {
    /// The folder for the pages of all commands
    pub(super) dir: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Format {
    /// Text with excerpts, for people
    #[default]
    Human,
    /// One JSON object a line, for programs
    Json,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    /// The examples that a text of help ends with, as typed.
    fn examples(help: &str) -> Vec<&str> {
        let list = help.split_once("Examples:\n").map_or("", |(_, list)| list);
        list.lines().take_while(|line| line.starts_with("  ")).map(str::trim).collect()
    }

    /// What a shell hands over of a line: nothing after `>` and `|`.
    fn words(line: &str) -> Vec<&str> {
        line.split(' ').take_while(|word| !matches!(*word, ">" | ">>" | "|")).collect()
    }

    #[test]
    fn every_command_ends_its_help_with_examples_that_it_takes() {
        let program = Arguments::command();

        let nested = program.get_subcommands().flat_map(|command| {
            let own = (command.get_name().to_owned(), command);
            std::iter::once(own).chain(
                command
                    .get_subcommands()
                    .map(|inner| (format!("{} {}", command.get_name(), inner.get_name()), inner)),
            )
        });
        for (name, command) in nested {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let examples = examples(&help);

            assert!(2 <= examples.len(), "{name}: {help}");
            for example in examples {
                let words = words(example);
                assert!(example.starts_with(&format!("barometer {name}")), "{example}");
                let parsed = Arguments::try_parse_from(&words);
                assert!(parsed.is_ok(), "{example}: {}", parsed.unwrap_err());
            }
        }
    }

    #[test]
    fn the_definition_holds_together() {
        Arguments::command().debug_assert();
    }
}
