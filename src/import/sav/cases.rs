//! The second part of a data file: the cases, in slots of eight bytes.

use super::bytes::Bytes;
use super::dictionary::{Compression, Dictionary, Variable};
use super::value::Value;
use super::{Unreadable, packed};

/// The values of every case, in the order of the variables. A last case that
/// is cut is an error.
pub(super) fn read(
    bytes: &mut Bytes<'_>,
    dictionary: &Dictionary,
) -> Result<Vec<Vec<Value>>, Unreadable> {
    if matches!(dictionary.compression, Compression::Packed { .. }) {
        let unpacked = packed::unpack(bytes)?;
        return read_all(&mut bytes.like(&unpacked), dictionary);
    }
    read_all(bytes, dictionary)
}

fn read_all(bytes: &mut Bytes<'_>, dictionary: &Dictionary) -> Result<Vec<Vec<Value>>, Unreadable> {
    let mut cases = vec![];
    let mut slots = Slots { commands: [0; 8], next: 8 };
    loop {
        let mut case: Vec<[u8; 8]> = Vec::with_capacity(dictionary.slots);
        while case.len() < dictionary.slots {
            match slots.next(bytes, dictionary.compression)? {
                Some(slot) => case.push(slot),
                None if case.is_empty() => return Ok(cases),
                None => return Err(Unreadable(format!("its case {} is cut", cases.len() + 1))),
            }
        }
        if case.is_empty() {
            return Ok(cases);
        }
        let values = dictionary.variables.iter().map(|own| value(own, &case, bytes, dictionary));
        cases.push(values.collect());
    }
}

/// Where the reading of slots stands.
struct Slots {
    commands: [u8; 8],
    next: usize,
}

/// A slot of a text that holds nothing.
const BLANKS: [u8; 8] = *b"        ";

impl Slots {
    /// The next slot; `None` at the end of the cases.
    fn next(
        &mut self,
        bytes: &mut Bytes<'_>,
        compression: Compression,
    ) -> Result<Option<[u8; 8]>, Unreadable> {
        let (Compression::Bytes { bias } | Compression::Packed { bias }) = compression else {
            return if bytes.is_at_end() { Ok(None) } else { bytes.slot().map(Some) };
        };
        loop {
            if self.next == 8 {
                if bytes.is_at_end() {
                    return Ok(None);
                }
                self.commands.copy_from_slice(bytes.take(8)?);
                self.next = 0;
            }
            let command = self.commands[self.next];
            self.next += 1;
            return match command {
                0 => continue,
                252 => Ok(None),
                253 => bytes.slot().map(Some),
                254 => Ok(Some(BLANKS)),
                255 => Ok(Some(bytes.slot_of(-f64::MAX))),
                small => Ok(Some(bytes.slot_of(f64::from(small) - bias))),
            };
        }
    }
}

/// Segments of a long text take 255 bytes, of which 252 count, but for the last.
fn value(own: &Variable, case: &[[u8; 8]], bytes: &Bytes<'_>, dictionary: &Dictionary) -> Value {
    let Some(width) = own.width else {
        return case
            .get(own.first)
            .map_or(Value::Missing, |slot| Value::of(bytes.number_of(*slot)));
    };
    let mut raw: Vec<u8> = vec![];
    let mut first = own.first;
    let mut left = width;
    while 0 < left {
        let (taken, slots) = if 255 < width {
            (left.min(252), left.min(255).div_ceil(8))
        } else {
            (left, left.div_ceil(8))
        };
        let segment = case.iter().skip(first).take(slots).flatten();
        raw.extend(segment.take(taken));
        first += slots;
        left -= taken;
    }
    let text = dictionary.encoding.decode_without_bom_handling(&raw).0;
    let text = text.trim_end_matches([' ', '\0']);
    if text.is_empty() { Value::Missing } else { Value::Text(text.to_owned()) }
}
