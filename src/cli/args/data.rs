//! What the commands take that read data, make them up, or print them.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::TypedValueParser as _;

use crate::config::is_wave_name;
use crate::import::{Choices, Encoding, Tool};
use crate::markup::is_device;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer import answers.csv --dry-run
  barometer import answers.csv survey.lss --into report
  barometer import answers.csv --wave 2026 --format kobo
  barometer import later.csv --into report --replace")]
pub(in crate::cli) struct Import {
    /// The export, and the files that say what was asked: `.lss`, `.qsf`,
    /// XLSForm, a codebook
    #[arg(required = true, value_name = "FILE")]
    pub(in crate::cli) files: Vec<PathBuf>,
    /// The folder of the report
    #[arg(long, value_name = "DIR", default_value = ".", hide_default_value = true)]
    pub(in crate::cli) into: PathBuf,
    /// Write nothing: tell what would be written
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Replace the answers of the wave, whatever they are
    #[arg(long)]
    pub(in crate::cli) replace: bool,
    /// Say nothing but mistakes and warnings
    #[arg(long, short)]
    pub(in crate::cli) quiet: bool,
    /// The languages of the codebook, the default first [default: those of the report or the export]
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = language)]
    pub(in crate::cli) languages: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) reading: Reading,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer new report
  barometer new report --languages nl,fr
  barometer new report --from answers.csv survey.lss
  barometer new report --from answers.xlsx --keep age --missing=REFUSED,-99")]
pub(in crate::cli) struct New {
    /// The folder of the new report
    pub(in crate::cli) dir: PathBuf,
    /// The languages, the default first: `fr`, `nl`, `en` [default: those of the export, else `fr,nl,en`]
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = crate::new::LANGUAGES)]
    pub(in crate::cli) languages: Vec<String>,
    /// An export to begin with, and the files that say what was asked
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(in crate::cli) from: Vec<PathBuf>,
    /// Say nothing but mistakes and warnings
    #[arg(long, short)]
    pub(in crate::cli) quiet: bool,
    #[command(flatten)]
    pub(in crate::cli) reading: Reading,
}

/// What overrules the detection.
#[derive(Debug, Default, clap::Args)]
pub(in crate::cli) struct Reading {
    /// The wave of the answers, a folder of `data/` [default: the last of the report, else the year]
    #[arg(long, value_name = "NAME", value_parser = wave)]
    pub(in crate::cli) wave: Option<String>,
    /// The tool that wrote the export [default: detected]
    #[arg(long, value_name = "TOOL", value_parser = tool())]
    pub(in crate::cli) format: Option<Tool>,
    /// The encoding of text files, such as `windows-1252` [default: detected]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub(in crate::cli) encoding: Option<&'static Encoding>,
    /// The sign between cells, or `tab` [default: detected]
    #[arg(long, value_name = "SIGN", value_parser = delimiter)]
    pub(in crate::cli) delimiter: Option<u8>,
    /// How many header rows there are [default: detected]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u8).range(0..=5))]
    pub(in crate::cli) headers: Option<u8>,
    /// Take a column that is left out: personal data, free text
    #[arg(long, value_name = "COLUMN")]
    pub(in crate::cli) keep: Vec<String>,
    /// Words and codes that stand for no answer, such as `REFUSED,-99`
    #[arg(long, value_name = "LIST", value_delimiter = ',', allow_hyphen_values = true)]
    pub(in crate::cli) missing: Vec<String>,
    /// Keep unfinished responses
    #[arg(long)]
    pub(in crate::cli) partial: bool,
    /// Keep previews and test responses
    #[arg(long)]
    pub(in crate::cli) tests: bool,
}

impl Reading {
    pub(in crate::cli) fn choices(&self, languages: &[String], replace: bool) -> Choices {
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

fn language(tag: &str) -> Result<String, String> {
    crate::config::Language::new(tag)
        .map(|language| language.to_string())
        .ok_or_else(|| "write tags such as `fr,nl`".to_owned())
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer simulate
  barometer simulate report --wave 2018 --seed 7
  barometer simulate --respondents 1000 --force")]
pub(in crate::cli) struct Simulate {
    /// The folder of the report, with its `barometer.toml`
    #[arg(default_value = ".", hide_default_value = true)]
    pub(in crate::cli) dir: PathBuf,
    /// How many respondents [default: as many as were published, else 100]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(in crate::cli) respondents: Option<u32>,
    /// Where chance begins: the same seed gives the same answers everywhere
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(in crate::cli) seed: u64,
    /// The wave of the answers [default: the last of the report]
    #[arg(long, value_name = "NAME", value_parser = wave)]
    pub(in crate::cli) wave: Option<String>,
    /// Replace the answers that are there
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// Say nothing but mistakes and warnings
    #[arg(long, short)]
    pub(in crate::cli) quiet: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer sql --table responses > tally.sql
  barometer sql report --wave 2018 --table \"read_parquet('answers/*.parquet')\"
  barometer sql --dialect spark --table survey.responses --columns header.csv")]
pub(in crate::cli) struct Sql {
    /// The folder of the report, with its `barometer.toml` and codebook
    #[arg(default_value = ".", hide_default_value = true)]
    pub(in crate::cli) dir: PathBuf,
    /// The wave of the answers [default: the last of the report]
    #[arg(long, value_name = "NAME", value_parser = wave)]
    pub(in crate::cli) wave: Option<String>,
    /// What stands after FROM: a table or view, or a function that reads files
    #[arg(long, value_name = "TABLE", default_value = "responses")]
    pub(in crate::cli) table: String,
    /// The engine
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) dialect: Engine,
    /// A CSV file whose first row names the columns of the table [default: the `responses.csv` of the wave, else as the codebook names them]
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) columns: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(in crate::cli) enum Engine {
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
pub(in crate::cli) struct Results {
    /// The folder of the report
    #[arg(default_value = ".", hide_default_value = true)]
    pub(in crate::cli) dir: PathBuf,
    /// Only this question, or the questions of this battery
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) question: Option<String>,
    /// Only the groups of this breakdown or crossing, such as `region` or `region*nature`; `all` for everybody
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) by: Option<String>,
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: ResultsFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(in crate::cli) enum ResultsFormat {
    /// In columns, as printed on the pages
    #[default]
    Table,
    /// The rows of `data/results.csv`, with all digits
    Csv,
    /// As `data/results.json`, with tests and how the numbers were made
    Json,
}

/// A wave is a folder: a name that is safe on every system.
fn wave(name: &str) -> Result<String, String> {
    if is_device(name) {
        Err(format!("Windows keeps this name for a device: write `wave-{name}`"))
    } else if is_wave_name(name) {
        Ok(name.to_owned())
    } else {
        Err("write letters, digits and `-`, such as `2018`".to_owned())
    }
}
