//! A text of TOML → a table, each syntax mistake with its place.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::help;
use super::value::{Entry, Spelled, Table, Value};
use crate::config::key::Takes;
use crate::diag::{Code, Diagnostic, Findings, Place, SourceText};

impl Table {
    /// Reads the stretch `span` of `source`, which may be a part of a larger
    /// text (front matter, a chart block): places count from the start of the
    /// whole. Its keys are those of `takes`. `None` if the syntax is wrong;
    /// each syntax mistake is noted.
    pub fn parse(
        source: &Arc<SourceText>,
        span: Range<usize>,
        takes: &'static Takes,
        found: &mut Findings,
    ) -> Option<Self> {
        Self::parse_as(source, &source.text()[span.clone()], span.start, takes, found)
    }

    /// Reads `text`, which stands at byte `from` of `source`, each of its bytes
    /// at its place, but for marks of Markdown between its lines.
    pub fn parse_as(
        source: &Arc<SourceText>,
        text: &str,
        from: usize,
        takes: &'static Takes,
        found: &mut Findings,
    ) -> Option<Self> {
        let (table, errors) = DeTable::parse_recoverable(text);
        if errors.is_empty() {
            let place = Place::new(source, from..from);
            return Some(Self::new(String::new(), place, table.into_inner(), takes, source, from));
        }
        for error in errors {
            let at = error.span().unwrap_or(0..text.len());
            let at = from + at.start..from + at.end;
            let message = error.message().replace('\n', ", ");
            let hint = help::of_syntax(&message, &source.text()[at.start..]);
            found.push(
                Diagnostic::error(Code::TomlSyntax, message).at(Place::new(source, at)).hint(hint),
            );
        }
        None
    }

    fn new(
        path: String,
        place: Place,
        table: DeTable<'_>,
        takes: &'static Takes,
        source: &Arc<SourceText>,
        from: usize,
    ) -> Self {
        let shift = |span: Range<usize>| Place::new(source, from + span.start..from + span.end);
        let mut entries: Vec<Entry> = table
            .into_iter()
            .map(|(key, value)| {
                let place = shift(key.span());
                let key = Spelled { value: key.into_inner().into_owned(), place };
                let inner = if path.is_empty() {
                    key.value.clone()
                } else {
                    format!("{path}.{}", key.value)
                };
                let value = spelled(inner, value, takes.at(&key.value), source, from);
                Entry { key, value }
            })
            .collect();
        entries.sort_by_key(|entry| entry.key.place.span().start);
        Self { path, place, entries, takes }
    }
}

fn spelled(
    path: String,
    value: Spanned<DeValue<'_>>,
    takes: &'static Takes,
    source: &Arc<SourceText>,
    from: usize,
) -> Spelled<Value> {
    let span = value.span();
    let place = Place::new(source, from + span.start..from + span.end);
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or(Value::Float(f64::INFINITY), Value::Integer),
        DeValue::Float(number) => Value::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(truth) => Value::Boolean(truth),
        DeValue::Datetime(time) => date(&time).map_or(Value::Time, Value::Date),
        DeValue::Array(list) => Value::List(
            list.into_iter().map(|one| spelled(path.clone(), one, takes, source, from)).collect(),
        ),
        DeValue::Table(table) => {
            Value::Table(Table::new(path, place.clone(), table, takes, source, from))
        }
    };
    Spelled { value, place }
}

fn date(time: &toml::value::Datetime) -> Option<Date> {
    if time.time.is_some() || time.offset.is_some() {
        return None;
    }
    let date = time.date?;
    Date::new(
        i16::try_from(date.year).ok()?,
        i8::try_from(date.month).ok()?,
        i8::try_from(date.day).ok()?,
    )
    .ok()
}
