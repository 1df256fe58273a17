//! The files of a report as bytes, in path order. Knows nothing of their meaning.

mod decode;
mod disk;
mod twice;
mod web;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use decode::decode;
pub use disk::{ReadError, names, read, read_file};
pub use twice::{decoded_twice, warning_of_twice};
pub use web::{Fault, ask};

use crate::diag::{Diagnostic, SourceText};

/// The mark with which some programs begin a text.
const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// Every input file of a report, by its path relative to the report.
///
/// Paths have `/` separators on every system and are sorted, so that nothing
/// downstream depends on the order in which a disk lists its files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    files: BTreeMap<String, Input>,
}

/// A file that was read. Text is checked once and never copied: whoever
/// points into it shares it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Input {
    Text(Arc<SourceText>),
    Bytes(Arc<[u8]>),
}

impl Input {
    fn new(path: &str, bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::Text(SourceText::new(path, text)),
            Err(error) => Self::Bytes(error.into_bytes().into()),
        }
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(source) => source.text().as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

impl Sources {
    /// Adds or replaces a file.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        let path = path.into();
        let input = Input::new(&path, bytes.into());
        self.files.insert(path, input);
    }

    /// The bytes of one file.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Input::bytes)
    }

    /// One file as UTF-8 text, if it exists.
    pub fn text(&self, path: &str) -> Option<Result<Arc<SourceText>, Diagnostic>> {
        let shared = self.shared(path).map(Ok);
        shared.or_else(|| self.get(path).map(|bytes| decode(path, bytes)))
    }

    /// One file as it was read, if it is UTF-8 without a byte order mark.
    pub fn shared(&self, path: &str) -> Option<Arc<SourceText>> {
        match self.files.get(path)? {
            Input::Text(source) if !source.text().starts_with(BYTE_ORDER_MARK) => {
                Some(Arc::clone(source))
            }
            _ => None,
        }
    }

    /// The files below `folder` (which ends in `/`), in path order.
    pub fn under<'a>(
        &'a self,
        folder: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a [u8])> + use<'a> {
        self.files
            .range(folder.to_owned()..)
            .take_while(move |(path, _)| path.starts_with(folder))
            .map(|(path, input)| (path.as_str(), input.bytes()))
    }

    /// Every file, in path order.
    pub fn all(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, input)| (path.as_str(), input.bytes()))
    }
}

impl<P: Into<String>, B: Into<Vec<u8>>> FromIterator<(P, B)> for Sources {
    fn from_iter<I: IntoIterator<Item = (P, B)>>(files: I) -> Self {
        let mut sources = Self::default();
        for (path, bytes) in files {
            sources.insert(path, bytes);
        }
        sources
    }
}
