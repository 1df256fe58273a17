//! `barometer sql`.

use crate::diag::Findings;
use crate::survey::query::{Dialect, Wanted, query};
use crate::{BuildError, config};

use super::args::{Engine, Format, Sql};
use super::{folder, import, terminal};

/// Prints the query that makes a tally; returns the exit code.
pub(super) fn run(arguments: &Sql) -> u8 {
    match print(arguments) {
        Ok(()) => 0,
        Err(error) => import::failed(&error, "no query"),
    }
}

fn print(arguments: &Sql) -> Result<(), BuildError> {
    let report = folder::read(&arguments.dir)?;
    let mut found = Findings::default();
    let config = config::parse(&report);
    found.join(config.found);
    let Some(config) = config.value.filter(|_| !found.has_errors()) else {
        return Err(found.stop().into());
    };
    let path = arguments.columns.as_ref();
    let header = path.map(|path| folder::file(path)).transpose()?;
    let name = path.map(|path| path.to_string_lossy()).unwrap_or_default();
    let wanted = Wanted {
        wave: arguments.wave.as_deref(),
        table: &arguments.table,
        dialect: match arguments.dialect {
            Engine::Duckdb => Dialect::DuckDb,
            Engine::Postgres => Dialect::Postgres,
            Engine::Spark => Dialect::Spark,
        },
        header: header.as_deref().map(|bytes| (&*name, bytes)),
    };
    let text = found.absorb(query(&report, &config, &wanted));
    let Some(text) = text else { return Err(found.stop().into()) };
    terminal::diagnostics(&found.settle(())?.warnings, Format::Human);
    terminal::out(&text);
    Ok(())
}
