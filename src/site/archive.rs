//! The open data in one file: a ZIP whose bytes depend on nothing but what is
//! in it, and its day.
//!
//! Each file is packed while it is written, so that none is ever in memory
//! but packed.

use std::fmt;
use std::io::{Cursor, Write as _};

use jiff::civil::Date;
use zip::write::{SimpleFileOptions, ZipFileBuilder};
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// Nothing that packs in memory can be refused.
const IN_MEMORY: &str = "memory takes what is packed";

/// How hard to look for repetitions, of 1 to 9. The results of a report are
/// packed to a twelfth in the time that it takes to sum them; level 6 saves a
/// fifth of that, and takes twice as long.
const LEVEL: i64 = 2;

/// A file of the archive, packed as far as it is known.
pub(super) struct Member(ZipFileBuilder);

impl fmt::Debug for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Member").field(&self.0).finish()
    }
}

impl Member {
    /// Begins a file of that name, last changed on that day; a format made for
    /// DOS knows no day before 1980, and has that one where there is none.
    pub(super) fn new(name: &str, day: Option<Date>) -> Self {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(LEVEL))
            .last_modified_time(day.and_then(midnight).unwrap_or(DateTime::DEFAULT))
            .unix_permissions(0o644)
            // The same on every system.
            .system(System::Unix);
        Self(ZipFileBuilder::new(name, options).expect(IN_MEMORY))
    }

    /// Packs the next part.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).expect(IN_MEMORY);
    }
}

fn midnight(day: Date) -> Option<DateTime> {
    let year = u16::try_from(day.year()).ok()?;
    let [month, day] = [day.month(), day.day()].map(i8::unsigned_abs);
    DateTime::from_date_and_time(year, month, day, 0, 0, 0).ok()
}

/// The bytes of the archive, with the files in the order in which they come.
pub(super) fn pack(members: impl Iterator<Item = Member>) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(vec![]));
    for Member(member) in members {
        let packed = member.finish().expect(IN_MEMORY);
        archive.add_prepared_file(packed).expect(IN_MEMORY);
    }
    archive.finish().expect(IN_MEMORY).into_inner()
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use zip::ZipArchive;

    use super::*;

    fn packed(day: Option<Date>) -> Vec<u8> {
        let files = [("b.csv", "a,b\n1,2\n"), ("a/c.json", "{}\n")];
        pack(files.into_iter().map(|(name, text)| {
            let mut member = Member::new(name, day);
            let (first, rest) = text.split_at(2);
            member.add(first.as_bytes());
            member.add(rest.as_bytes());
            member
        }))
    }

    #[test]
    fn what_was_packed_comes_out_in_the_order_given() {
        let mut archive = ZipArchive::new(Cursor::new(packed(None))).unwrap();

        let files: Vec<(String, String)> = (0..archive.len())
            .map(|at| {
                let mut file = archive.by_index(at).unwrap();
                let mut text = String::new();
                file.read_to_string(&mut text).unwrap();
                (file.name().unwrap().into_owned(), text)
            })
            .collect();

        let expected = [("b.csv", "a,b\n1,2\n"), ("a/c.json", "{}\n")];
        assert_eq!(files, expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
    }

    #[test]
    fn files_bear_the_day_of_the_report_not_that_of_the_build() {
        let days = [
            (Some(jiff::civil::date(2018, 6, 14)), "2018-06-14 00:00:00"),
            (None, "1980-01-01 00:00:00"),
            (Some(jiff::civil::date(1971, 6, 14)), "1980-01-01 00:00:00"),
        ];
        for (day, expected) in days {
            let mut archive = ZipArchive::new(Cursor::new(packed(day))).unwrap();
            let file = archive.by_index(0).unwrap();
            assert_eq!(file.last_modified().unwrap().to_string(), expected);
            assert_eq!(file.unix_mode(), Some(0o100_644));
        }
        assert_eq!(packed(None), packed(None));
    }
}
