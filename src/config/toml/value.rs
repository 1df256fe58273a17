//! What TOML is made of, each part with its place.

use jiff::civil::Date;

use crate::config::key::Takes;
use crate::diag::{Place, SourceText};

/// A value with the place where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelled<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub place: Place,
}

impl<T> Spelled<T> {
    /// A value that stands in no file: what the program asks of itself.
    pub fn unwritten(value: T) -> Self {
        let nowhere = SourceText::new("", String::new());
        Self { value, place: Place::file(&nowhere) }
    }
}

/// One TOML value.
#[derive(Debug, Clone)]
pub enum Value {
    /// A string.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with a decimal point or an exponent.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A day without a time.
    Date(Date),
    /// A date with a time, or a time: no key takes one.
    Time,
    /// Values between `[` and `]`.
    List(Vec<Spelled<Self>>),
    /// A table, in either notation.
    Table(Table),
}

/// One key with its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key, with its own place.
    pub key: Spelled<String>,
    /// The value.
    pub value: Spelled<Value>,
}

/// A table whose keys are taken out one by one.
#[derive(Debug, Clone)]
pub struct Table {
    pub(super) path: String,
    pub(super) place: Place,
    pub(super) entries: Vec<Entry>,
    pub(super) takes: &'static Takes,
}

impl Value {
    /// The type with its article, as a message names it: `a string`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a string",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a number",
            Self::Boolean(_) => "`true` or `false`",
            Self::Date(_) => "a date",
            Self::Time => "a time",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}
