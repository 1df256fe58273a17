//! The published results: every number of the report in two files, printed
//! as the pages print it.

use sha2::{Digest as _, Sha256};

use crate::config::{Config, Responses, Simulated};
use crate::diag::Diagnostic;
use crate::sources::Sources;
use crate::stats::Results;
use crate::stats::export::{self, Printed};
use crate::survey::QuestionKey;

use super::Scope;

/// Where the results lie in the site.
const JSON: &str = "data/results.json";
const CSV: &str = "data/results.csv";

/// The files that [`open_data`] gives.
pub const OPEN_DATA: [&str; 2] = [JSON, CSV];

/// The path and SHA-256 of every file of `data/` that results are made from.
pub fn inputs(sources: &Sources, config: &Config) -> Vec<(String, String)> {
    sources
        .under("data/")
        .filter(|(path, _)| !is_hidden(config, path))
        .map(|(path, bytes)| (path.to_owned(), hex(&Sha256::digest(bytes))))
        .collect()
}

/// Gives `results.json` and `results.csv` piece by piece, with the
/// [`inputs`] that they were made from. `results` are those of the scope, or
/// some of them.
pub fn open_data<E: Send>(
    scope: &Scope<'_>,
    results: &Results,
    inputs: &[(String, String)],
    warnings: &[Diagnostic],
    put: &mut (dyn FnMut(&'static str, Vec<u8>) -> Result<(), E> + Send),
) -> Result<(), E> {
    let language = scope.words.language();
    let warnings: Vec<String> =
        warnings.iter().map(|warning| warning.message().to_owned()).collect();
    let base = |key: &QuestionKey| {
        let question = scope.survey.codebook.question(key.as_str());
        let base = question.and_then(|question| question.base.as_ref());
        base.map_or_else(String::new, |base| base.get(language).to_owned())
    };
    let printed = Printed {
        survey: scope.survey,
        language,
        display: &|row| scope.printed(row),
        bounds: &|row| scope.bounds(row),
        weighted: &|row| scope.weighted(row).map(|one| (one.estimate, one.by.key.clone())),
        base: &base,
        inputs,
        warnings: &warnings,
    };
    export::write(results, &printed, &mut |piece| {
        put(JSON, piece.json)?;
        put(CSV, piece.csv)
    })
}

/// Whether a file holds simulated answers that are not shown: nothing was made
/// from them.
fn is_hidden(config: &Config, path: &str) -> bool {
    config.simulated == Simulated::Hide
        && config.waves.iter().any(|wave| {
            wave.responses == Responses::Simulated
                && ["responses.csv", "tally.csv"]
                    .iter()
                    .any(|file| path == format!("data/{}/{file}", wave.key))
        })
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string takes what is written");
        hex
    })
}
