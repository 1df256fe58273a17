//! The command line, and nothing else.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

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
}

#[derive(Debug, clap::Args)]
pub(super) struct Build {
    /// The folder of the report, with its `barometer.toml`
    #[arg(default_value = ".", hide_default_value = true)]
    pub(super) dir: PathBuf,
    /// Where the site goes [default: `public` in the folder of the report]
    #[arg(long, short, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Build chapters marked `draft = true` too
    #[arg(long)]
    pub(super) drafts: bool,
    /// Treat warnings as errors
    #[arg(long, value_name = "WHAT")]
    pub(super) deny: Option<Deny>,
    /// How to tell what was found
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    Warnings,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Format {
    /// Text with excerpts, for people
    #[default]
    Human,
    /// One JSON object a line, for programs
    Json,
}
