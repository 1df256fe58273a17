//! The command line, and nothing else.

use std::path::PathBuf;

use clap::builder::TypedValueParser as _;
use clap::{Parser, Subcommand, ValueEnum};

use crate::config::is_wave_name;
use crate::diag::Code;
use crate::import::{Choices, Encoding, Tool};

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
  barometer theme list
  barometer theme eject footer.html
  barometer theme new ours --extends plain")]
pub(super) struct Theme {
    #[command(subcommand)]
    pub(super) action: ThemeAction,
}

#[derive(Debug, Subcommand)]
pub(super) enum ThemeAction {
    /// Name the themes that the report can have, and the files of its own
    List(ListThemes),
    /// Copy a file of the theme into the report, where it can be changed
    Eject(EjectFile),
    /// Begin a theme that changes another
    New(NewTheme),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer theme list
  barometer theme list report")]
pub(super) struct ListThemes {
    /// The folder of the report
    #[arg(default_value = ".", hide_default_value = true)]
    pub(super) dir: PathBuf,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer theme eject footer.html
  barometer theme eject strings/fr.toml report")]
pub(super) struct EjectFile {
    /// A template, or another file of the theme, as `barometer theme list` names it
    pub(super) file: String,
    /// The folder of the report
    #[arg(default_value = ".", hide_default_value = true)]
    pub(super) dir: PathBuf,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer theme new ours
  barometer theme new ours report --extends barometer")]
pub(super) struct NewTheme {
    /// The name of the theme, a folder of `themes/`
    #[arg(value_parser = theme_name)]
    pub(super) name: String,
    /// The folder of the report
    #[arg(default_value = ".", hide_default_value = true)]
    pub(super) dir: PathBuf,
    /// The theme that it changes
    #[arg(long, value_name = "THEME", default_value = "plain")]
    pub(super) extends: String,
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

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer check
  barometer check report --drafts
  barometer check --deny B801,B802
  barometer check --external
  barometer check --deny warnings --format github")]
pub(super) struct Check {
    /// The folder of the report
    #[arg(default_value = ".", hide_default_value = true)]
    pub(super) dir: PathBuf,
    /// What ends with an error: `warnings`, or codes such as `B801`
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = denied)]
    pub(super) deny: Vec<Denied>,
    /// Read chapters marked `draft = true` too
    #[arg(long)]
    pub(super) drafts: bool,
    /// Ask the sites that chapters and `data/sources.csv` link to whether they answer
    #[arg(long)]
    pub(super) external: bool,
    /// How to tell what was found
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: CheckFormat,
    /// Say nothing but what is to be mended
    #[arg(long, short)]
    pub(super) quiet: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Denied {
    Warnings,
    Code(Code),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum CheckFormat {
    /// Text with excerpts, for people
    #[default]
    Human,
    /// One JSON object a line, for programs
    Json,
    /// Annotations of a pull request, for GitHub Actions
    Github,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer serve --open
  barometer serve report --drafts --port 8080")]
pub(super) struct Serve {
    /// The folder of the report
    #[arg(default_value = ".", hide_default_value = true)]
    pub(super) dir: PathBuf,
    /// The port; the next that is free when it is taken; any for 0
    #[arg(long, value_name = "NUMBER", default_value_t = 4000)]
    pub(super) port: u16,
    /// Open the site in the browser
    #[arg(long)]
    pub(super) open: bool,
    /// Show chapters marked `draft = true` too
    #[arg(long)]
    pub(super) drafts: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer sql --table responses > tally.sql
  barometer sql report --wave 2018 --table \"read_parquet('answers/*.parquet')\"
  barometer sql --dialect spark --table survey.responses --columns header.csv")]
pub(super) struct Sql {
    /// The folder of the report, with its `barometer.toml` and codebook
    #[arg(default_value = ".", hide_default_value = true)]
    pub(super) dir: PathBuf,
    /// The wave of the answers [default: the last of the report]
    #[arg(long, value_name = "NAME", value_parser = wave)]
    pub(super) wave: Option<String>,
    /// What stands after FROM: a table or view, or a function that reads files
    #[arg(long, value_name = "TABLE", default_value = "responses")]
    pub(super) table: String,
    /// The engine
    #[arg(long, value_enum, default_value_t)]
    pub(super) dialect: Engine,
    /// A CSV file whose first row names the columns of the table [default: the `responses.csv` of the wave, else as the codebook names them]
    #[arg(long, value_name = "FILE")]
    pub(super) columns: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Engine {
    /// DuckDB
    #[default]
    Duckdb,
    /// PostgreSQL, from version 12
    Postgres,
    /// Apache Spark SQL, from version 3
    Spark,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer results --question themes
  barometer results report --question themes --by region
  barometer results --format json")]
pub(super) struct Results {
    /// The folder of the report
    #[arg(default_value = ".", hide_default_value = true)]
    pub(super) dir: PathBuf,
    /// Only this question, or the questions of this battery
    #[arg(long, value_name = "NAME")]
    pub(super) question: Option<String>,
    /// Only the groups of this breakdown or crossing, such as `region` or `region*nature`; `all` for everybody
    #[arg(long, value_name = "NAME")]
    pub(super) by: Option<String>,
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: ResultsFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum ResultsFormat {
    /// In columns, as printed on the pages
    #[default]
    Table,
    /// The rows of `data/results.csv`, with all digits
    Csv,
    /// As `data/results.json`, with tests and how the numbers were made
    Json,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer simulate
  barometer simulate report --wave 2018 --seed 7
  barometer simulate --respondents 1000 --force")]
pub(super) struct Simulate {
    /// The folder of the report, with its `barometer.toml`
    #[arg(default_value = ".", hide_default_value = true)]
    pub(super) dir: PathBuf,
    /// How many respondents [default: as many as were published, else 100]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(super) respondents: Option<u32>,
    /// Where chance begins: the same seed gives the same answers everywhere
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(super) seed: u64,
    /// The wave of the answers [default: the last of the report]
    #[arg(long, value_name = "NAME", value_parser = wave)]
    pub(super) wave: Option<String>,
    /// Replace the answers that are there
    #[arg(long)]
    pub(super) force: bool,
    /// Say nothing but mistakes and warnings
    #[arg(long, short)]
    pub(super) quiet: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer new report
  barometer new report --languages nl,fr
  barometer new report --from answers.csv survey.lss
  barometer new report --from answers.xlsx --keep age --missing=REFUSED,-99")]
pub(super) struct New {
    /// The folder of the new report
    pub(super) dir: PathBuf,
    /// The languages, the default first: `fr`, `nl`, `en` [default: those of the export, else `fr,nl,en`]
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = crate::new::LANGUAGES)]
    pub(super) languages: Vec<String>,
    /// An export to begin with, and the files that say what was asked
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(super) from: Vec<PathBuf>,
    /// Say nothing but mistakes and warnings
    #[arg(long, short)]
    pub(super) quiet: bool,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer import answers.csv --dry-run
  barometer import answers.csv survey.lss --into report
  barometer import answers.csv --wave 2026 --format kobo
  barometer import later.csv --into report --replace")]
pub(super) struct Import {
    /// The export, and the files that say what was asked: `.lss`, `.qsf`,
    /// XLSForm, a codebook
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// The folder of the report
    #[arg(long, value_name = "DIR", default_value = ".", hide_default_value = true)]
    pub(super) into: PathBuf,
    /// Write nothing: tell what would be written
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Replace the answers of the wave, whatever they are
    #[arg(long)]
    pub(super) replace: bool,
    /// Say nothing but mistakes and warnings
    #[arg(long, short)]
    pub(super) quiet: bool,
    /// The languages of the codebook, the default first [default: those of the report or the export]
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = language)]
    pub(super) languages: Vec<String>,
    #[command(flatten)]
    pub(super) reading: Reading,
}

/// What overrules the detection.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Reading {
    /// The wave of the answers, a folder of `data/` [default: the last of the report, else the year]
    #[arg(long, value_name = "NAME", value_parser = wave)]
    pub(super) wave: Option<String>,
    /// The tool that wrote the export [default: detected]
    #[arg(long, value_name = "TOOL", value_parser = tool())]
    pub(super) format: Option<Tool>,
    /// The encoding of text files, such as `windows-1252` [default: detected]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub(super) encoding: Option<&'static Encoding>,
    /// The sign between cells, or `tab` [default: detected]
    #[arg(long, value_name = "SIGN", value_parser = delimiter)]
    pub(super) delimiter: Option<u8>,
    /// How many header rows there are [default: detected]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u8).range(0..=5))]
    pub(super) headers: Option<u8>,
    /// Take a column that is left out: personal data, free text
    #[arg(long, value_name = "COLUMN")]
    pub(super) keep: Vec<String>,
    /// Words and codes that stand for no answer, such as `REFUSED,-99`
    #[arg(long, value_name = "LIST", value_delimiter = ',', allow_hyphen_values = true)]
    pub(super) missing: Vec<String>,
    /// Keep unfinished responses
    #[arg(long)]
    pub(super) partial: bool,
    /// Keep previews and test responses
    #[arg(long)]
    pub(super) tests: bool,
}

impl Reading {
    pub(super) fn choices(&self, languages: &[String], replace: bool) -> Choices {
        Choices {
            format: self.format,
            encoding: self.encoding,
            delimiter: self.delimiter,
            headers: self.headers.map(usize::from),
            keep: self.keep.clone(),
            wave: self.wave.clone(),
            languages: languages.to_vec(),
            missing: self.missing.clone(),
            partial: self.partial,
            tests: self.tests,
            replace,
        }
    }
}

fn tool() -> impl clap::builder::TypedValueParser<Value = Tool> {
    let names = Tool::ALL.map(|(_, name)| name);
    clap::builder::PossibleValuesParser::new(names).map(|name| {
        let known = Tool::ALL.iter().find(|(_, own)| *own == name);
        known.map_or(Tool::Plain, |(tool, _)| *tool)
    })
}

fn encoding(name: &str) -> Result<&'static Encoding, String> {
    let mac = ["mac-roman", "macroman", "mac roman"].contains(&name.to_lowercase().as_str());
    Encoding::for_label(if mac { b"macintosh" } else { name.as_bytes() })
        .ok_or_else(|| "write `utf-8`, `utf-16`, `windows-1252` or `macintosh`".to_owned())
}

fn delimiter(sign: &str) -> Result<u8, String> {
    match sign.as_bytes() {
        [sign] if sign.is_ascii_punctuation() => Ok(*sign),
        b"tab" | b"\\t" | b"\t" => Ok(b'\t'),
        _ => Err("write one sign, such as `;`, or `tab`".to_owned()),
    }
}

/// A wave is a folder: a name that is safe on every system.
fn wave(name: &str) -> Result<String, String> {
    if is_wave_name(name) {
        Ok(name.to_owned())
    } else {
        Err("write letters, digits and `-`, such as `2018`".to_owned())
    }
}

/// A theme is a folder and a style sheet: small letters, digits and `-`.
fn theme_name(name: &str) -> Result<String, String> {
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || !name.chars().all(fine) {
        return Err("write small letters, digits and `-`, such as `ours`".to_owned());
    }
    if crate::theme::is_inside(name) {
        return Err("a theme inside the program has this name: choose another".to_owned());
    }
    Ok(name.to_owned())
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

fn language(tag: &str) -> Result<String, String> {
    crate::config::Language::new(tag)
        .map(|language| language.to_string())
        .ok_or_else(|| "write tags such as `fr,nl`".to_owned())
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer build
  barometer build report --out /var/www/barometer
  barometer build --drafts
  barometer build --deny warnings --format json
  barometer build --timings")]
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
    /// Write the report of each language as one file too: `report-fr.html`, to be mailed
    #[arg(long)]
    pub(super) single_file: bool,
    /// Treat warnings as errors
    #[arg(long, value_name = "WHAT")]
    pub(super) deny: Option<Deny>,
    /// How to tell what was found
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
    #[command(flatten)]
    pub(super) telling: Telling,
}

/// How much a build says.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct Telling {
    /// Say how long each stage took
    #[arg(long)]
    pub(super) timings: bool,
    /// Say what was read, and how long each stage took
    #[arg(long, short)]
    pub(super) verbose: bool,
    /// Say nothing but mistakes and warnings
    #[arg(long, short, conflicts_with_all = ["timings", "verbose"])]
    pub(super) quiet: bool,
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
