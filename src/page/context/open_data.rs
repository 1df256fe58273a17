//! What templates see of the files of the open data.

use serde::Serialize;

use crate::figure::Scope;
use crate::page::DataFile;
use crate::page::dictionary::answers_title;
use crate::stats::answers_path;

/// A file of the open data, as its reader sees it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct FileContext {
    pub(super) name: String,
    address: String,
    holds: String,
    size_text: String,
    sha256: String,
}

/// A file of the open data. Its sum is that of the bytes that were written.
pub(super) fn data_file(scope: &Scope<'_>, root: &str, file: &DataFile) -> FileContext {
    let name = file.path.strip_prefix("data/").unwrap_or(&file.path);
    let holds = match name {
        "results.csv" => "data.file-results",
        "results.json" => "data.file-json",
        "codebook/survey.csv" => "data.file-questions",
        "codebook/choices.csv" => "data.file-choices",
        "datapackage.json" => "data.file-package",
        _ => "data.file-all",
    };
    let mut waves = scope.config.waves.iter();
    let answers = waves.find(|wave| answers_path(wave) == file.path);
    let holds = answers
        .map_or_else(|| scope.words.text(holds).to_owned(), |wave| answers_title(scope, wave));
    #[expect(clippy::cast_precision_loss, reason = "a file is far shorter than 2^53 kB")]
    let kilobytes = file.bytes.div_ceil(1024) as f64;
    let size = scope.words.number(kilobytes, 0);
    FileContext {
        name: name.to_owned(),
        address: format!("{root}{}", file.path),
        holds,
        size_text: scope.words.fill("numbers.kilobytes", &[("n", &size)]),
        sha256: file.sha256.clone(),
    }
}
