//! The files of a report as bytes, in path order. Knows nothing of their meaning.

mod decode;
mod disk;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use decode::decode;
pub use disk::{ReadError, read};

use crate::diag::{Diagnostic, SourceText};

/// Every input file of a report, by its path relative to the report.
///
/// Paths have `/` separators on every system and are sorted, so that nothing
/// downstream depends on the order in which a disk lists its files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    files: BTreeMap<String, Arc<[u8]>>,
}

impl Sources {
    /// Adds or replaces a file.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Arc<[u8]>>) {
        self.files.insert(path.into(), bytes.into());
    }

    /// The bytes of one file.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(AsRef::as_ref)
    }

    /// One file as UTF-8 text, if it exists.
    pub fn text(&self, path: &str) -> Option<Result<Arc<SourceText>, Diagnostic>> {
        self.get(path).map(|bytes| decode(path, bytes))
    }

    /// Shares the bytes of one file without copying them.
    pub fn share(&self, path: &str) -> Option<Arc<[u8]>> {
        self.files.get(path).cloned()
    }

    /// The files below `folder` (which ends in `/`), in path order.
    pub fn under<'a>(
        &'a self,
        folder: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a [u8])> + use<'a> {
        self.files
            .range(folder.to_owned()..)
            .take_while(move |(path, _)| path.starts_with(folder))
            .map(|(path, bytes)| (path.as_str(), bytes.as_ref()))
    }

    /// Every file, in path order.
    pub fn all(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_ref()))
    }
}

impl<P: Into<String>, B: Into<Arc<[u8]>>> FromIterator<(P, B)> for Sources {
    fn from_iter<I: IntoIterator<Item = (P, B)>>(files: I) -> Self {
        Self { files: files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())).collect() }
    }
}
