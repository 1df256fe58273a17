//! A value of a data file.

use std::cmp::Ordering;

/// What a case has of a variable.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// Nothing: "system missing", or a text of blanks.
    Missing,
    Number(f64),
    Text(String),
}

impl Value {
    /// The largest negative number stands for nothing.
    pub(super) fn of(number: f64) -> Self {
        if number.is_finite() && -f64::MAX < number { Self::Number(number) } else { Self::Missing }
    }

    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Missing => true,
            Self::Number(_) => false,
            Self::Text(text) => text.is_empty(),
        }
    }

    pub(super) fn total_cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Missing, Self::Missing) => Ordering::Equal,
            (Self::Missing, _) | (Self::Number(_), Self::Text(_)) => Ordering::Less,
            _ => Ordering::Greater,
        }
    }
}
