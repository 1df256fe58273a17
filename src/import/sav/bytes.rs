//! Reading numbers and texts from a file whose order of bytes it tells itself.

use super::Unreadable;

/// What is not read yet.
#[derive(Debug, Clone)]
pub(super) struct Bytes<'f> {
    file: &'f [u8],
    at: usize,
    big: bool,
}

impl<'f> Bytes<'f> {
    /// The order of bytes is that in which the layout code, at byte 64, is 2 or 3.
    pub(super) fn new(file: &'f [u8]) -> Result<Self, Unreadable> {
        let mut bytes = Self { file, at: 64, big: false };
        if !matches!(bytes.integer()?, 2 | 3) {
            bytes = Self { file, at: 64, big: true };
            if !matches!(bytes.integer()?, 2 | 3) {
                return Err(Unreadable("its layout is not one that SPSS writes".to_owned()));
            }
        }
        Ok(Self { at: 0, ..bytes })
    }

    pub(super) fn take(&mut self, length: usize) -> Result<&'f [u8], Unreadable> {
        let end = self.at.checked_add(length);
        let taken = end.and_then(|end| self.file.get(self.at..end));
        let taken = taken.ok_or_else(|| {
            Unreadable(format!("it ends at byte {}, where more is announced", self.file.len()))
        })?;
        self.at += length;
        Ok(taken)
    }

    pub(super) fn integer(&mut self) -> Result<i32, Unreadable> {
        let mut four = [0; 4];
        four.copy_from_slice(self.take(4)?);
        Ok(if self.big { i32::from_be_bytes(four) } else { i32::from_le_bytes(four) })
    }

    /// An integer that counts bytes or entries.
    pub(super) fn count(&mut self) -> Result<usize, Unreadable> {
        let count = self.integer()?;
        usize::try_from(count).map_err(|_| Unreadable(format!("it counts {count} of something")))
    }

    /// Where the reading stands, from the beginning of the file.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The same file, read from another place on.
    pub(super) fn from(&self, at: usize) -> Result<Self, Unreadable> {
        if self.file.len() < at {
            return Err(Unreadable(format!("it points behind its end, to byte {at}")));
        }
        Ok(Self { at, ..self.clone() })
    }

    /// Other bytes in the same order, from their beginning.
    pub(super) fn like<'o>(&self, file: &'o [u8]) -> Bytes<'o> {
        Bytes { file, at: 0, big: self.big }
    }

    /// A place in the file, or a length: eight bytes.
    pub(super) fn place(&mut self) -> Result<usize, Unreadable> {
        let slot = self.slot()?;
        let place = if self.big { i64::from_be_bytes(slot) } else { i64::from_le_bytes(slot) };
        usize::try_from(place).map_err(|_| Unreadable(format!("it points to byte {place}")))
    }

    /// Eight bytes, which may be a number or a text.
    pub(super) fn slot(&mut self) -> Result<[u8; 8], Unreadable> {
        let mut slot = [0; 8];
        slot.copy_from_slice(self.take(8)?);
        Ok(slot)
    }

    pub(super) fn number(&mut self) -> Result<f64, Unreadable> {
        let slot = self.slot()?;
        Ok(self.number_of(slot))
    }

    /// The number in a slot.
    pub(super) fn number_of(&self, slot: [u8; 8]) -> f64 {
        if self.big { f64::from_be_bytes(slot) } else { f64::from_le_bytes(slot) }
    }

    /// A number as the file would hold it.
    pub(super) fn slot_of(&self, number: f64) -> [u8; 8] {
        if self.big { number.to_be_bytes() } else { number.to_le_bytes() }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.file.len() <= self.at
    }
}
