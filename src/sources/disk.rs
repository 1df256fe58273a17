//! The reading edge: walks `barometer.toml`, `content/`, `data/` and `themes/`.
#![expect(clippy::disallowed_methods, reason = "this module is the reading edge")]

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::Sources;

/// A file or folder that the machine would not give.
#[derive(Debug, thiserror::Error)]
#[error("cannot read `{}`", path.display())]
pub struct ReadError {
    /// What was to be read.
    pub path: PathBuf,
    /// What the system said.
    pub source: std::io::Error,
}

/// Reads every input file of the report in `folder`.
///
/// Hidden files are left out; links are followed. A folder that does not
/// exist is empty: the stages say what is missing in the author's terms. What
/// authors write ends its lines as on Unix, whatever their editor or Git did:
/// a report is the same on every system. Tables are left as they are, since
/// their sums are published.
pub fn read(folder: &Path) -> Result<Sources, ReadError> {
    let mut paths = vec![];
    let settings = folder.join("barometer.toml");
    if settings.exists() {
        paths.push(settings);
    }
    for part in ["content", "data", "themes"] {
        let root = folder.join(part);
        if root.is_dir() {
            walk(&root, &mut paths)?;
        }
    }
    paths
        .into_par_iter()
        .map(|path| {
            let bytes =
                std::fs::read(&path).map_err(|source| ReadError { path: path.clone(), source })?;
            let name = relative(folder, &path);
            let bytes = if is_written(&name) { with_unix_lines(bytes) } else { bytes };
            Ok((name, bytes))
        })
        .collect::<Result<Vec<_>, ReadError>>()
        .map(Sources::from_iter)
}

/// True for a text that authors write: settings, chapters, themes.
fn is_written(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    let is_text = matches!(ending.as_deref(), Some("md" | "toml" | "html" | "css" | "js"));
    is_text && !path.starts_with("data/")
}

fn with_unix_lines(mut bytes: Vec<u8>) -> Vec<u8> {
    let mut next = 0;
    let ends: Vec<usize> = memchr::memmem::find_iter(&bytes, b"\r\n").collect();
    if !ends.is_empty() {
        let mut ends = ends.into_iter().peekable();
        bytes.retain(|_| {
            let is_end = ends.next_if_eq(&next).is_some();
            next += 1;
            !is_end
        });
    }
    // Old editors of a Macintosh ended lines so. The places in it stay the same.
    for byte in bytes.iter_mut().filter(|byte| **byte == b'\r') {
        *byte = b'\n';
    }
    bytes
}

/// Reads one file that somebody named.
pub fn read_file(path: &Path) -> Result<Vec<u8>, ReadError> {
    std::fs::read(path).map_err(|source| ReadError { path: path.to_owned(), source })
}

/// The names of the files in a folder, in order; none if it is not there.
pub fn names(folder: &Path) -> Result<Vec<String>, ReadError> {
    if !folder.is_dir() {
        return Ok(vec![]);
    }
    let told = |source| ReadError { path: folder.to_owned(), source };
    let mut names = vec![];
    for entry in std::fs::read_dir(folder).map_err(told)? {
        names.push(entry.map_err(told)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

fn walk(root: &Path, paths: &mut Vec<PathBuf>) -> Result<(), ReadError> {
    let hidden = |entry: &walkdir::DirEntry| {
        entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.')
    };
    for entry in
        WalkDir::new(root).follow_links(true).into_iter().filter_entry(|entry| !hidden(entry))
    {
        let entry = entry.map_err(|error| ReadError {
            path: error.path().unwrap_or(root).to_owned(),
            source: error.into(),
        })?;
        if entry.file_type().is_file() {
            paths.push(entry.into_path());
        }
    }
    Ok(())
}

fn relative(folder: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<_> =
        inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
