//! What the commands take that build a site, read it as an editor, or show it.

use std::path::PathBuf;

use clap::ValueEnum;

use super::Format;
use crate::diag::Code;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer build
  barometer build report --out /var/www/barometer
  barometer build --drafts
  barometer build --deny warnings --format json
  barometer build --timings")]
pub(in crate::cli) struct Build {
    /// The folder of the report, with its `barometer.toml`
    #[arg(default_value = ".", hide_default_value = true)]
    pub(in crate::cli) dir: PathBuf,
    /// Where the site goes [default: `public` in the folder of the report]
    #[arg(long, short, value_name = "DIR")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// Build chapters marked `draft = true` too
    #[arg(long)]
    pub(in crate::cli) drafts: bool,
    /// Write the report of each language as one file too: `report-fr.html`, to be mailed
    #[arg(long)]
    pub(in crate::cli) single_file: bool,
    /// Treat warnings as errors
    #[arg(long, value_name = "WHAT")]
    pub(in crate::cli) deny: Option<Deny>,
    /// How to tell what was found
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: Format,
    #[command(flatten)]
    pub(in crate::cli) telling: Telling,
}

/// How much a build says.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(in crate::cli) struct Telling {
    /// Say how long each stage took
    #[arg(long)]
    pub(in crate::cli) timings: bool,
    /// Say what was read, and how long each stage took
    #[arg(long, short)]
    pub(in crate::cli) verbose: bool,
    /// Say nothing but mistakes and warnings
    #[arg(long, short, conflicts_with_all = ["timings", "verbose"])]
    pub(in crate::cli) quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Deny {
    Warnings,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer check
  barometer check report --drafts
  barometer check --deny B801,B802
  barometer check --external
  barometer check --deny warnings --format github")]
pub(in crate::cli) struct Check {
    /// The folder of the report
    #[arg(default_value = ".", hide_default_value = true)]
    pub(in crate::cli) dir: PathBuf,
    /// What ends with an error: `warnings`, or codes such as `B801`
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = denied)]
    pub(in crate::cli) deny: Vec<Denied>,
    /// Read chapters marked `draft = true` too
    #[arg(long)]
    pub(in crate::cli) drafts: bool,
    /// Ask the sites that chapters and `data/sources.csv` link to whether they answer
    #[arg(long)]
    pub(in crate::cli) external: bool,
    /// How to tell what was found
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: CheckFormat,
    /// Say nothing but what is to be mended
    #[arg(long, short)]
    pub(in crate::cli) quiet: bool,
}

#[derive(Debug, Clone, Copy)]
pub(in crate::cli) enum Denied {
    Warnings,
    Code(Code),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(in crate::cli) enum CheckFormat {
    /// Text with excerpts, for people
    #[default]
    Human,
    /// One JSON object a line, for programs
    Json,
    /// Annotations of a pull request, for GitHub Actions
    Github,
}

fn denied(name: &str) -> Result<Denied, String> {
    if name == "warnings" {
        return Ok(Denied::Warnings);
    }
    let code = Code::ALL.iter().find(|code| code.id().eq_ignore_ascii_case(name));
    code.map(|code| Denied::Code(*code)).ok_or_else(|| {
        "write `warnings`, or codes such as `B801`: `diagnostics.md` of the manual lists them"
            .to_owned()
    })
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer serve --open
  barometer serve report --drafts --port 8080")]
pub(in crate::cli) struct Serve {
    /// The folder of the report
    #[arg(default_value = ".", hide_default_value = true)]
    pub(in crate::cli) dir: PathBuf,
    /// The port; the next that is free when it is taken; any for 0
    #[arg(long, value_name = "NUMBER", default_value_t = 4000)]
    pub(in crate::cli) port: u16,
    /// Open the site in the browser
    #[arg(long)]
    pub(in crate::cli) open: bool,
    /// Show chapters marked `draft = true` too
    #[arg(long)]
    pub(in crate::cli) drafts: bool,
}
