//! A value of a data file.

use std::cmp::Ordering;

use jiff::{SignedDuration, civil};

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

/// Seconds since the first day of the Gregorian calendar.
pub(super) fn date(seconds: f64) -> Option<String> {
    let start = civil::date(1582, 10, 14).at(0, 0, 0, 0);
    let passed = SignedDuration::try_from_secs_f64(seconds.round()).ok()?;
    let moment = start.checked_add(passed).ok()?;
    let midnight = moment.time() == civil::Time::midnight();
    Some(if midnight { moment.date().to_string() } else { moment.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_seconds_since_the_calendar_began() {
        assert_eq!(date(13_744_944_000.0).as_deref(), Some("2018-05-06"));
        assert_eq!(date(13_744_944_000.0 + 3661.0).as_deref(), Some("2018-05-06T01:01:01"));
        assert_eq!(date(f64::MAX), None);
    }
}
