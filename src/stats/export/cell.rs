//! A row of the results, and what stands in its cells.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

/// A row: the names of its columns with what stands in them.
pub(super) struct Row<'a>(pub(super) Vec<(&'static str, Cell<'a>)>);

/// What stands in a cell.
pub(super) enum Cell<'a> {
    Nothing,
    Text(Cow<'a, str>),
    Truth(bool),
    Count(u64),
    Number(f64),
    List(Vec<&'a str>),
}

impl Row<'_> {
    /// Adds the row as an object. The names of columns need no escape.
    pub(super) fn put(&self, json: &mut Vec<u8>) {
        let mut before = b'{';
        for (name, cell) in &self.0 {
            json.extend([before, b'"']);
            json.extend(name.as_bytes());
            json.extend(b"\":");
            put(json, cell);
            before = b',';
        }
        json.push(b'}');
    }
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Truth(truth) => serializer.serialize_bool(*truth),
            Self::Count(count) => serializer.serialize_u64(*count),
            Self::Number(number) => match integer(*number) {
                Some(whole) => serializer.serialize_i64(whole),
                None if number.is_finite() => serializer.serialize_f64(*number),
                None => serializer.serialize_none(),
            },
            Self::List(items) => serializer.collect_seq(items),
        }
    }
}

impl<'a> Cell<'a> {
    pub(super) fn text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Nothing, Self::from)
    }

    pub(super) fn count<C: TryInto<u64>>(count: Option<C>) -> Self {
        count.and_then(|count| count.try_into().ok()).map_or(Self::Nothing, Self::Count)
    }

    pub(super) fn number(number: Option<f64>) -> Self {
        number.map_or(Self::Nothing, Self::Number)
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<bool> for Cell<'_> {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

pub(super) fn put(bytes: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(bytes, value).expect("memory takes what is written");
}

/// A number without a fraction.
pub(super) fn integer(value: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (value.fract().abs() <= 0.0 && value.abs() < EXACT).then_some(value as i64)
}
