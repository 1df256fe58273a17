//! The open data of a build: results, answers, codebook, their description, and all in one.

use std::collections::BTreeSet;

use crate::diag::Diagnostic;
use crate::figure::{self, Scope};
use crate::ground::Ground;
use crate::page::{self, File};
use crate::sources::Sources;
use crate::{BuildError, Part, Sink, site, stats, survey};

/// The open data: what is written of it, what is not yet, and all its files
/// with their sums.
#[derive(Debug, Clone, Default)]
pub(super) struct Published {
    pub(super) written: BTreeSet<String>,
    pub(super) files: Vec<File>,
    pub(super) data: Vec<page::DataFile>,
}

impl Published {
    pub(super) fn paths(&self) -> impl Iterator<Item = String> {
        self.written.iter().chain(self.files.iter().map(|file| &file.path)).cloned()
    }
}

/// Hands over the results and the answers that are published, piece by piece,
/// and all files in one; gives the codebook, and the description of all.
/// Nothing, where the settings say so.
pub(super) fn publish_data(
    scope: Option<&Scope<'_>>,
    ground: &Ground,
    sources: &Sources,
    warnings: &[Diagnostic],
    put: Sink<'_>,
) -> Result<Published, BuildError> {
    let Some(scope) = scope.filter(|scope| scope.publishes()) else {
        return Ok(Published::default());
    };
    let mut package = site::Package::new(scope);
    figure::open_data(scope, scope.results, &ground.inputs, warnings, &mut |path, bytes| {
        package.add(path, &bytes);
        put(&File { path: path.to_owned(), bytes }, Part::Next)
    })?;
    let answers = stats::open_answers(scope.survey, scope.config);
    let mut written: BTreeSet<String> = figure::OPEN_DATA.map(String::from).into();
    for wave in &answers {
        wave.write(&mut |bytes| {
            package.add(&wave.path, &bytes);
            put(&File { path: wave.path.clone(), bytes }, Part::Next)
        })?;
        written.insert(wave.path.clone());
    }
    let tables = survey::open_tables(sources, scope.config);
    for table in &tables {
        package.add(table.path, &table.csv);
    }
    let description = package.file(scope, &answers, &tables);
    package.add(&description.path, &description.bytes);
    let tables =
        tables.into_iter().map(|table| File { path: table.path.to_owned(), bytes: table.csv });
    let (archive, data) = package.packed();
    put(&archive, Part::Whole)?;
    written.insert(archive.path);
    Ok(Published { written, files: tables.chain([description]).collect(), data })
}
