//! One value of TOML with its place, and the complaints when it is another one
//! than was wanted.

use jiff::civil::Date;

use super::{Table, help};
use crate::diag::{Code, Diagnostic, Findings, Place, SourceText, one_of};

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

impl Spelled<String> {
    /// What the word means, or a complaint that it is not one of those that
    /// `key` takes.
    pub fn choice<T: Copy>(
        self,
        key: &str,
        words: &[(&str, T)],
        found: &mut Findings,
    ) -> Option<Spelled<T>> {
        let known = words.iter().find(|(name, _)| *name == self.value);
        if let Some((_, value)) = known {
            return Some(Spelled { value: *value, place: self.place });
        }
        found.push(
            Diagnostic::error(
                Code::BadValue,
                format!("`{}` is not a value of `{key}`", self.value),
            )
            .at(self.place)
            .hint(one_of(&self.value, words.iter().map(|(name, _)| *name))),
        );
        None
    }
}

impl Spelled<Value> {
    /// The string, or a complaint that `key` takes one.
    pub fn text(self, key: &str, found: &mut Findings) -> Option<Spelled<String>> {
        match self.value {
            Value::Text(text) => Some(Spelled { value: text, place: self.place }),
            // Known all the same, so that what names it is no further mistake.
            Value::Integer(number) => {
                let meant = Spelled { value: number.to_string(), place: self.place.clone() };
                self.refuse::<()>(key, "a string", found);
                Some(meant)
            }
            _ => self.refuse(key, "a string", found),
        }
    }

    /// The table, or a complaint that `key` takes one.
    pub fn table(self, key: &str, found: &mut Findings) -> Option<Table> {
        match self.value {
            Value::Table(table) => Some(table),
            _ => self.refuse(key, "a table", found),
        }
    }

    /// Notes that `key` takes another type. Gives nothing, so that a reader
    /// can end with it.
    pub fn refuse<T>(self, key: &str, wanted: &str, found: &mut Findings) -> Option<T> {
        found.push(
            Diagnostic::error(
                Code::WrongType,
                format!("`{key}` is {}, not {wanted}", self.value.kind()),
            )
            .at(self.place)
            .hint_if(help::of_type(key, wanted, &self.value)),
        );
        None
    }
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
