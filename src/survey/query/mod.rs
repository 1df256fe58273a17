//! Codebook and settings → one SQL statement, which makes `tally.csv` from a
//! table of responses of any size. `survey::tally` reads what it gives.
//!
//! ```text
//! WITH answers AS (…)       each cell as a text without blanks, or NULL; the weight
//!      q3 AS (…)            of a question with several columns: who answered alike
//! SELECT … FROM answers     everybody by place
//! UNION ALL SELECT …        what no count can say: weights, names, ranks
//! UNION ALL SELECT …        each question by place and answer
//! ```

mod dialect;
mod question;

use std::fmt::Write as _;

use super::sampling::Sampling;
use super::table::Table;
use super::{Codebook, Margin, Question, load, tally_columns};
use crate::config::{Config, CsvSettings, Design, Named, WaveSettings};
use crate::diag::{Code, Diagnostic, Findings, Outcome, did_you_mean};
use crate::sources::Sources;

pub use dialect::Dialect;

/// What a query is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'w> {
    /// The wave; the current one without.
    pub wave: Option<&'w str>,
    /// What stands after `FROM`: a table, or a function that gives one.
    pub table: &'w str,
    /// The engine.
    pub dialect: Dialect,
    /// Name and bytes of a table whose header is that of the responses.
    pub header: Option<(&'w str, &'w [u8])>,
}

/// Writes the query. The columns of the table are those of the header that was
/// given, else of `responses.csv`, else those that the codebook and the
/// settings name.
pub fn query(sources: &Sources, config: &Config, wanted: &Wanted<'_>) -> Outcome<String> {
    let mut found = Findings::default();
    let Some(wave) = wave(config, wanted.wave, &mut found) else { return found.fail() };
    let (codebook, margins) = load::asked(sources, config, wave, &mut found);
    if found.has_errors() {
        return found.fail();
    }
    let cuts = tally_columns::cuts(&config.survey, &codebook);
    let plain = plain_header(&codebook, &cuts, &wave.design, &margins);
    let path = format!("data/{}/responses.csv", wave.key);
    let there = sources.get(&path).map(|bytes| (path.as_str(), bytes));
    let table = match wanted.header.or(there) {
        Some((name, bytes)) => Table::read(name, bytes, &config.csv, &mut found),
        None => Table::read("the codebook", &plain, &CsvSettings::default(), &mut found),
    };
    let Some(table) = table else { return found.fail() };
    let population = wave.design.population.clone().filter(|_| wave.design.size_column().is_some());
    let design = Design { population, ..wave.design.clone() };
    // Only to tell which columns of the design are missing.
    drop(Sampling { design: &design, frame: None, margins: &margins }.start(&table, &mut found));
    let statement =
        Statement { dialect: wanted.dialect, config, design: &wave.design, table: &table };
    let text = statement.write(&codebook, &cuts, &margins, wanted.table, &wave.key, &mut found);
    found.settle(text)
}

fn wave<'c>(
    config: &'c Config,
    name: Option<&str>,
    found: &mut Findings,
) -> Option<&'c WaveSettings> {
    let wave = match name {
        Some(name) => config.wave(name),
        None => config.current_wave(),
    };
    if wave.is_none() {
        let message = match name {
            Some(name) => format!("there is no wave `{name}`"),
            None => "the report has no waves".to_owned(),
        };
        let known = config.waves.iter().map(|wave| wave.key.as_str());
        found.push(
            Diagnostic::error(Code::UnknownWave, message)
                .hint_if(did_you_mean(name.unwrap_or_default(), known)),
        );
    }
    wave
}

/// A header that has every column, by the names that the codebook gives.
fn plain_header(
    codebook: &Codebook,
    cuts: &[&Question],
    design: &Design,
    margins: &[Margin],
) -> Vec<u8> {
    let named =
        |named: &Option<Named>| named.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
    let mut names: Vec<String> = [&design.id, &design.strata, &design.cluster, &design.weight]
        .into_iter()
        .flat_map(named)
        .collect();
    names.extend(design.size_column().map(str::to_owned));
    names.extend(margins.iter().map(|margin| margin.variable.clone()));
    names.extend(cuts.iter().map(|question| question.key.to_string()));
    names.extend(codebook.questions().iter().flat_map(question::plain_columns));
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    let mut csv = csv::Writer::from_writer(vec![]);
    csv.write_record(&names).expect("memory takes what is written");
    csv.into_inner().expect("memory takes what is written")
}

/// What the parts of a statement are written from.
struct Statement<'s> {
    dialect: Dialect,
    config: &'s Config,
    design: &'s Design,
    table: &'s Table,
}

/// The columns of `answers` while they are collected, and the selections.
struct Parts {
    /// Name and expression.
    cells: Vec<(String, String)>,
    /// Common tables after `answers`: name and text.
    tables: Vec<(String, String)>,
    selections: Vec<String>,
    /// The columns that a place is known by, quoted.
    place: Vec<String>,
    /// Those that its sampling unit and margins are known by.
    unit: Vec<String>,
    /// Every column of the tally.
    columns: Vec<String>,
}

impl Statement<'_> {
    /// A cell without blanks, `NULL` where it is empty.
    fn cell(&self, column: &str) -> String {
        let cast = format!("CAST({} AS {})", self.dialect.name(column), self.dialect.text_type());
        let empty = std::iter::once("").chain(self.config.csv.missing.iter().map(String::as_str));
        let trimmed = format!("TRIM({cast})");
        empty.fold(trimmed, |cell, empty| format!("NULLIF({cell}, {})", self.dialect.text(empty)))
    }

    /// The number of a cell, `NULL` where it is none.
    fn number(&self, cell: &str) -> String {
        let cast = format!("CAST({cell} AS {})", self.dialect.number_type());
        format!("CASE WHEN {} THEN {cast} END", self.dialect.is_number(cell))
    }

    /// The text of a cell with a number, with a point where there are decimals.
    fn with_point(&self, cell: String) -> String {
        if self.config.csv.decimal == Some(',') {
            format!("REPLACE({cell}, ',', '.')")
        } else {
            cell
        }
    }

    fn has(&self, column: &str) -> bool {
        self.table.column(column).is_some()
    }

    fn write(
        &self,
        codebook: &Codebook,
        cuts: &[&Question],
        margins: &[Margin],
        from: &str,
        wave: &str,
        found: &mut Findings,
    ) -> String {
        let mut parts = self.design_parts(cuts, margins);
        self.everybody(&mut parts);
        self.problems(&mut parts);
        for (at, question) in codebook.questions().iter().enumerate() {
            let is_cut = cuts.iter().any(|cut| cut.key == question.key);
            if !(is_cut && self.has(question.key.as_str())) {
                question::write(self, question, at + 1, &mut parts, found);
            }
        }
        self.join(&parts, from, wave)
    }

    /// The columns of the sample and of the groups.
    fn design_parts(&self, cuts: &[&Question], margins: &[Margin]) -> Parts {
        let (text_type, quoted) = (self.dialect.text_type(), |name: &str| self.dialect.name(name));
        let cell = |named: &Option<Named>| match named {
            Some(named) => self.cell(&named.name),
            None => format!("CAST(NULL AS {text_type})"),
        };
        let mut by: Vec<&str> = margins.iter().map(|margin| margin.variable.as_str()).collect();
        let of_margins = by.len();
        for cut in cuts.iter().map(|cut| cut.key.as_str()) {
            if self.has(cut) && !by.contains(&cut) {
                by.push(cut);
            }
        }
        let names: Vec<String> =
            by.iter().map(|name| quoted(&format!("{}{name}", tally_columns::BY))).collect();
        let sample = [quoted("stratum"), quoted("cluster")];
        let mut cells = vec![
            (sample[0].clone(), cell(&self.design.strata)),
            (sample[1].clone(), cell(&self.design.cluster)),
        ];
        cells.extend(names.iter().cloned().zip(by.iter().map(|name| self.cell(name))));
        let population = self.design.size_column();
        let size = population.map(|name| self.with_point(self.cell(name)));
        let size = size.unwrap_or_else(|| format!("CAST(NULL AS {text_type})"));
        cells.push((quoted("population"), size));
        if let Some(weight) = &self.design.weight {
            let text = self.with_point(self.cell(&weight.name));
            cells.push(("w_text".to_owned(), text));
        }
        if self.design.id.is_some() {
            cells.push(("respondent".to_owned(), cell(&self.design.id)));
        }
        let place = |of: &[String]| sample.iter().chain(of).cloned().collect::<Vec<_>>();
        let columns = tally_columns::FIRST.iter().map(|name| quoted(name));
        let columns = columns.chain(names.iter().cloned());
        Parts {
            cells,
            tables: vec![],
            selections: vec![],
            place: place(&names),
            unit: place(&names[..of_margins]),
            columns: columns.chain(tally_columns::LAST.iter().map(|name| quoted(name))).collect(),
        }
    }

    /// Adds a selection: what stands in some columns of the tally, `NULL` in
    /// the others. The first gives every column its type.
    fn add(&self, parts: &mut Parts, what: &Cells, from: &str, by: &[String]) {
        let is_first = parts.selections.is_empty();
        let numbers = parts.columns.len() - tally_columns::LAST.len() + 1..parts.columns.len() - 1;
        let cells = parts.columns.iter().enumerate().map(|(at, column)| {
            let kind = if numbers.contains(&at) {
                self.dialect.number_type()
            } else {
                self.dialect.text_type()
            };
            let given = what.0.iter().find(|(name, _)| name == column);
            match given {
                Some((_, value)) if is_first => format!("{value} AS {column}"),
                None if is_first => format!("CAST(NULL AS {kind}) AS {column}"),
                Some((_, value)) => value.clone(),
                None => "NULL".to_owned(),
            }
        });
        let mut text = format!("SELECT {}\nFROM {from}", cells.collect::<Vec<_>>().join(", "));
        if !by.is_empty() {
            let _ = write!(text, "\nGROUP BY {}", by.join(", "));
        }
        parts.selections.push(text);
    }

    fn everybody(&self, parts: &mut Parts) {
        let population = self.dialect.name("population");
        let by = [&parts.place[..], std::slice::from_ref(&population)].concat();
        let what = self.cells().all(&COUNTS).with(&by);
        let what = what.set("min_w", "MIN(w)").set("max_w", "MAX(w)");
        self.add(parts, &what, "weighed", &by);
    }

    /// What no count can say.
    fn problems(&self, parts: &mut Parts) {
        let problem = |name: &str| self.cells().set("problem", self.dialect.text(name));
        if self.design.weight.is_some() {
            let what = problem("weight").set("option", "w_text").set("respondents", "COUNT(*)");
            self.add(parts, &what, "weighed\nWHERE is_weighed = 0", &["w_text".to_owned()]);
        }
        if self.design.id.is_some() {
            let twice = "(SELECT respondent, COUNT(*) AS respondents FROM answers GROUP BY respondent) AS named\n\
                 WHERE respondent IS NULL OR 1 < respondents\nHAVING 0 < SUM(respondents)";
            let what = problem("respondent").set("respondents", "SUM(respondents)");
            self.add(parts, &what, twice, &[]);
        }
    }

    fn cells(&self) -> Cells {
        Cells(vec![], self.dialect)
    }

    /// The weight of each respondent.
    fn weighed(&self) -> String {
        if self.design.weight.is_none() {
            return format!(
                "SELECT *, CAST(1 AS {}) AS w FROM answers",
                self.dialect.number_type()
            );
        }
        let number = self.number("w_text");
        format!(
            "SELECT *, CASE WHEN 0 <= {number} THEN {number} ELSE 0 END AS w,\n    \
             CASE WHEN 0 <= {number} THEN 1 ELSE 0 END AS is_weighed\n  FROM answers"
        )
    }

    fn join(&self, parts: &Parts, from: &str, wave: &str) -> String {
        let made_by = env!("CARGO_PKG_VERSION");
        let mut text = format!(
            "-- data/{wave}/tally.csv, by barometer {made_by}: save all rows as CSV with their header.\n"
        );
        let cells: Vec<String> =
            parts.cells.iter().map(|(name, cell)| format!("{cell} AS {name}")).collect();
        let kept = |is_kept| self.dialect.kept(is_kept);
        let _ = write!(
            text,
            "WITH answers AS {}(\n  SELECT\n    {}\n  FROM {from}\n)",
            kept(false),
            cells.join(",\n    ")
        );
        let _ = write!(text, ",\nweighed AS {}(\n  {}\n)", kept(false), self.weighed());
        for (name, table) in &parts.tables {
            let _ = write!(text, ",\n{name} AS {}(\n  {table}\n)", kept(true));
        }
        let _ = write!(text, "\n{}", parts.selections.join("\nUNION ALL\n"));
        let keys: Vec<String> = (1..=tally_columns::FIRST.len()).map(|at| at.to_string()).collect();
        let _ = writeln!(text, "\nORDER BY {};", keys.join(", "));
        text
    }
}

/// What stands in the columns of a selection, by their quoted names.
struct Cells(Vec<(String, String)>, Dialect);

impl Cells {
    fn set(mut self, column: &str, value: impl Into<String>) -> Self {
        self.0.push((self.1.name(column), value.into()));
        self
    }

    fn all(self, cells: &[(&str, &str)]) -> Self {
        cells.iter().fold(self, |all, (column, value)| all.set(column, *value))
    }

    /// Columns that the source has by the same names.
    fn with(mut self, columns: &[String]) -> Self {
        self.0.extend(columns.iter().map(|column| (column.clone(), column.clone())));
        self
    }
}

/// How respondents are counted in `weighed`.
const COUNTS: [(&str, &str); 4] = [
    ("respondents", "COUNT(*)"),
    ("n", "SUM(CASE WHEN w > 0 THEN 1 ELSE 0 END)"),
    ("sum_w", "SUM(w)"),
    ("sum_w2", "SUM(w * w)"),
];

/// How those are added up who were counted before.
const SUMS: [(&str, &str); 4] = [
    ("respondents", "SUM(respondents)"),
    ("n", "SUM(n)"),
    ("sum_w", "SUM(sum_w)"),
    ("sum_w2", "SUM(sum_w2)"),
];
