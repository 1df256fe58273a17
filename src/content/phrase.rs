//! A short text of a setting in which numbers may be bound: a figure's title.

use std::sync::Arc;

use crate::config::toml::Spelled;
use crate::diag::{Findings, Place, SourceText};

use super::expression::{self, Expression};

/// A text with inline expressions.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// Its parts in order.
    pub parts: Vec<PhrasePart>,
    /// Where it stands.
    pub place: Place,
}

/// A part of a phrase.
#[derive(Debug, Clone, PartialEq)]
pub enum PhrasePart {
    /// Words.
    Text(String),
    /// A bound number.
    Expression(Expression),
}

impl Phrase {
    /// Reads a value of a chart block or of front matter. Expressions are
    /// read where they stand in the file when the value is spelled there as
    /// it is, else (after escapes) complaints point at the whole value.
    pub(super) fn read(
        value: &Spelled<String>,
        source: &Arc<SourceText>,
        found: &mut Findings,
    ) -> Self {
        let text = value.value.as_str();
        let spelled = source.text().get(value.place.span()).and_then(|spelled| spelled.find(text));
        let (origin, base) = match spelled {
            Some(at) => (Arc::clone(source), value.place.span().start + at),
            None => (SourceText::new(source.path(), text.to_owned()), 0),
        };
        let end = base + text.len();
        let (mut parts, mut at) = (vec![], base);
        while let Some(span) = expression::next(&origin.text()[..end], at) {
            if at < span.start {
                parts.push(PhrasePart::Text(origin.text()[at..span.start].to_owned()));
            }
            at = span.end;
            match expression::parse(&origin, span) {
                Ok(mut expression) => {
                    if spelled.is_none() {
                        expression.place = value.place.clone();
                    }
                    parts.push(PhrasePart::Expression(expression));
                }
                Err(wrong) if spelled.is_some() => found.extend(wrong),
                Err(wrong) => {
                    found.extend(wrong.into_iter().map(|d| d.relocated(value.place.clone())));
                }
            }
        }
        if at < end {
            parts.push(PhrasePart::Text(origin.text()[at..end].to_owned()));
        }
        Self { parts, place: value.place.clone() }
    }
}
