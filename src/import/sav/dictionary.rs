//! The first part of a data file: its variables, their words and what counts
//! as missing.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::Unreadable;
use super::bytes::Bytes;
use super::sets::{self, Set};
use super::value::{Value, date};
use crate::import::text::written;

/// What the file says of its cases.
#[derive(Debug)]
pub(super) struct Dictionary {
    pub(super) variables: Vec<Variable>,
    pub(super) encoding: &'static Encoding,
    pub(super) compression: Compression,
    /// The place of the variable that weighs the cases.
    pub(super) weight: Option<usize>,
    /// How many slots of eight bytes a case has.
    pub(super) slots: usize,
    /// Variables that answer one question together.
    pub(super) sets: Vec<Set>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Compression {
    None,
    /// Small whole numbers take a byte, to which `bias` was added.
    Bytes {
        bias: f64,
    },
    /// The same, packed in blocks.
    Packed {
        bias: f64,
    },
}

#[derive(Debug, Clone)]
pub(super) struct Variable {
    pub(super) name: String,
    /// The name of eight bytes at most, by which sets name it.
    pub(super) short: String,
    pub(super) label: String,
    /// The first slot of a case that holds it.
    pub(super) first: usize,
    /// `None` for numbers, else the width of the text in bytes.
    pub(super) width: Option<usize>,
    pub(super) labels: Vec<(Value, String)>,
    pub(super) missing: Missing,
    format: u8,
}

/// The values that the author of the file calls missing.
#[derive(Debug, Clone, Default)]
pub(super) struct Missing {
    values: Vec<Value>,
    range: Option<(f64, f64)>,
}

impl Missing {
    pub(super) fn holds(&self, value: &Value) -> bool {
        let within =
            |number: f64| self.range.is_some_and(|(low, high)| low <= number && number <= high);
        self.values.contains(value) || matches!(value, Value::Number(number) if within(*number))
    }
}

impl Variable {
    /// Formats of dates: DATE, DATETIME, ADATE, JDATE, MOYR, QYR, WKYR, EDATE, SDATE.
    pub(super) fn is_date(&self) -> bool {
        self.width.is_none() && matches!(self.format, 20 | 22 | 23 | 24 | 28 | 29 | 30 | 38 | 39)
    }

    /// A date, or a time of day.
    pub(super) fn is_time(&self) -> bool {
        self.is_date() || (self.width.is_none() && matches!(self.format, 21 | 25))
    }

    /// A value as a table has it: dates as ISO 8601 writes them.
    pub(super) fn text(&self, value: &Value) -> String {
        match value {
            Value::Missing => String::new(),
            Value::Text(text) => text.clone(),
            Value::Number(number) if self.is_date() => date(*number).unwrap_or_default(),
            Value::Number(number) => written(*number),
        }
    }
}

/// A text of the file before its encoding is known.
type Raw = Vec<u8>;

/// What stands in the records, texts still as bytes.
#[derive(Debug, Default)]
struct Records {
    variables: Vec<RawVariable>,
    /// The variable that begins at each slot.
    by_slot: BTreeMap<usize, usize>,
    slots: usize,
    long_names: Raw,
    long_texts: Raw,
    sets: Raw,
    encoding: Raw,
    code_page: Option<i32>,
}

#[derive(Debug)]
struct RawVariable {
    name: Raw,
    label: Raw,
    first: usize,
    width: Option<usize>,
    labels: Vec<([u8; 8], Raw)>,
    missing: Vec<[u8; 8]>,
    /// Whether the first two of `missing` are the ends of a range.
    is_range: bool,
    format: u8,
}

/// Reads the header and the dictionary, up to the cases.
pub(super) fn read(
    bytes: &mut Bytes<'_>,
    asked: Option<&'static Encoding>,
) -> Result<Dictionary, Unreadable> {
    bytes.take(4 + 60 + 4 + 4)?;
    let compression = bytes.integer()?;
    // Slots count from 1; 0 stands for none.
    let weight = bytes.count()?.checked_sub(1);
    bytes.take(4)?;
    let bias = bytes.number()?;
    bytes.take(9 + 8 + 64 + 3)?;
    let compression = match compression {
        0 => Compression::None,
        1 => Compression::Bytes { bias },
        2 => Compression::Packed { bias },
        _ => {
            return Err(Unreadable(
                "its cases are compressed in a way that is not read".to_owned(),
            ));
        }
    };
    let mut records = Records::default();
    while records.read(bytes)? {}
    let encoding = asked.unwrap_or_else(|| records.encoding());
    let slots = records.slots;
    let sets = sets::parse(&encoding.decode_without_bom_handling(&records.sets).0);
    let variables = records.variables(bytes, encoding);
    let weight = weight.and_then(|slot| variables.iter().position(|own| own.first == slot));
    Ok(Dictionary { variables, encoding, compression, weight, slots, sets })
}

impl Records {
    /// Reads one record; false after the last.
    fn read(&mut self, bytes: &mut Bytes<'_>) -> Result<bool, Unreadable> {
        match bytes.integer()? {
            2 => self.read_variable(bytes)?,
            3 => self.read_labels(bytes)?,
            6 => {
                let lines = bytes.count()?;
                bytes.take(lines.saturating_mul(80))?;
            }
            7 => self.read_extension(bytes)?,
            999 => {
                bytes.take(4)?;
                return Ok(false);
            }
            other => {
                return Err(Unreadable(format!("its dictionary has a record of kind {other}")));
            }
        }
        Ok(true)
    }

    fn read_variable(&mut self, bytes: &mut Bytes<'_>) -> Result<(), Unreadable> {
        let width = bytes.integer()?;
        let labelled = bytes.integer()?;
        let missing = bytes.integer()?;
        let format = bytes.integer()?;
        bytes.take(4)?;
        let name = bytes.take(8)?.trim_ascii().to_vec();
        let label = if labelled == 0 {
            vec![]
        } else {
            let length = bytes.count()?;
            let label = bytes.take(length.next_multiple_of(4))?;
            label[..length].to_vec()
        };
        let mut values = vec![];
        for _ in 0..missing.unsigned_abs().min(3) {
            values.push(bytes.slot()?);
        }
        let slot = self.slots;
        self.slots += 1;
        // Further slots of a text.
        if width < 0 {
            return Ok(());
        }
        self.by_slot.insert(slot, self.variables.len());
        self.variables.push(RawVariable {
            name,
            label,
            first: slot,
            width: usize::try_from(width).ok().filter(|width| 0 < *width),
            labels: vec![],
            missing: values,
            is_range: missing < 0,
            format: format.to_be_bytes()[1],
        });
        Ok(())
    }

    /// The words of values, and the variables that have them.
    fn read_labels(&mut self, bytes: &mut Bytes<'_>) -> Result<(), Unreadable> {
        let mut labels = vec![];
        for _ in 0..bytes.count()? {
            let value = bytes.slot()?;
            let length = usize::from(bytes.take(1)?[0]);
            let label = bytes.take((1 + length).next_multiple_of(8) - 1)?;
            labels.push((value, label[..length].to_vec()));
        }
        if bytes.integer()? != 4 {
            return Err(Unreadable("the words of its values belong to no variable".to_owned()));
        }
        for _ in 0..bytes.count()? {
            // Slots count from 1.
            let slot = bytes.count()?.checked_sub(1);
            let variable = slot.and_then(|slot| self.by_slot.get(&slot));
            if let Some(variable) = variable.and_then(|at| self.variables.get_mut(*at)) {
                variable.labels.clone_from(&labels);
            }
        }
        Ok(())
    }

    fn read_extension(&mut self, bytes: &mut Bytes<'_>) -> Result<(), Unreadable> {
        let kind = bytes.integer()?;
        let (size, count) = (bytes.count()?, bytes.count()?);
        if (kind, size, count) == (3, 4, 8) {
            bytes.take(7 * 4)?;
            self.code_page = Some(bytes.integer()?);
            return Ok(());
        }
        let text = bytes.take(size.saturating_mul(count))?;
        match kind {
            13 => self.long_names = text.to_vec(),
            14 => self.long_texts = text.to_vec(),
            7 | 19 => self.sets.extend(text),
            20 => self.encoding = text.to_vec(),
            _ => {}
        }
        Ok(())
    }

    fn encoding(&self) -> &'static Encoding {
        let page = || match self.code_page {
            Some(65001) => UTF_8,
            Some(page) => {
                let name = format!("windows-{page}");
                Encoding::for_label(name.as_bytes()).unwrap_or(WINDOWS_1252)
            }
            None => WINDOWS_1252,
        };
        Encoding::for_label(self.encoding.trim_ascii()).unwrap_or_else(page)
    }

    /// The pairs `NAME=text` of an extension.
    fn pairs(text: &[u8], encoding: &'static Encoding) -> BTreeMap<String, String> {
        let text = encoding.decode_without_bom_handling(text).0;
        let pairs = text.split(['\t', '\0']).filter_map(|pair| pair.split_once('='));
        pairs.map(|(name, value)| (name.to_uppercase(), value.to_owned())).collect()
    }

    fn variables(self, bytes: &Bytes<'_>, encoding: &'static Encoding) -> Vec<Variable> {
        let text = |raw: &[u8]| {
            encoding.decode_without_bom_handling(raw).0.trim_end_matches([' ', '\0']).to_owned()
        };
        let names = Self::pairs(&self.long_names, encoding);
        let long = Self::pairs(&self.long_texts, encoding);
        let mut variables = vec![];
        let mut segments = 0;
        for own in &self.variables {
            // Further segments of a text of more than 255 bytes.
            if 0 < segments {
                segments -= 1;
                continue;
            }
            let short = text(&own.name);
            let long = long.get(&short.to_uppercase()).and_then(|width| width.trim().parse().ok());
            if let Some(width) = long {
                segments = usize::div_ceil(width, 252).saturating_sub(1);
            }
            let value = |raw: &[u8; 8]| match own.width {
                None => Value::of(bytes.number_of(*raw)),
                Some(_) => Value::Text(text(raw)),
            };
            let mut missing = Missing::default();
            let mut values = &own.missing[..];
            if let (true, [low, high, rest @ ..]) = (own.is_range, values) {
                missing.range = Some((bytes.number_of(*low), bytes.number_of(*high)));
                values = rest;
            }
            missing.values = values.iter().map(value).collect();
            variables.push(Variable {
                name: names.get(&short.to_uppercase()).cloned().unwrap_or_else(|| short.clone()),
                short,
                label: text(&own.label),
                first: own.first,
                width: long.or(own.width),
                labels: own.labels.iter().map(|(raw, label)| (value(raw), text(label))).collect(),
                missing,
                format: own.format,
            });
        }
        variables
    }
}
