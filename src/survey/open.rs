//! The codebook as open data: its tables in one format, however their author
//! wrote them.

use super::load::{CHOICES, QUESTIONS};
use super::table::{Complaints, Table};
use crate::config::{Config, CsvSettings};
use crate::diag::Findings;
use crate::markup::no_formula;
use crate::sources::Sources;

/// A table for everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenTable {
    /// Its path in the report: `data/codebook/survey.csv`.
    pub path: &'static str,
    /// Its columns.
    pub columns: Vec<String>,
    /// CSV after RFC 4180, in UTF-8.
    pub csv: Vec<u8>,
}

/// Writes the tables of the codebook anew. Their mistakes were told when they
/// were read; what has none is here.
pub fn open_tables(sources: &Sources, config: &Config) -> Vec<OpenTable> {
    let settings = CsvSettings { missing: vec![], ..config.csv.clone() };
    let paths = [QUESTIONS, CHOICES].into_iter();
    paths
        .filter_map(|path| {
            let mut told = Findings::default();
            let table = Table::of(sources, path, &settings, &mut told)?;
            Some(rewritten(path, &table))
        })
        .collect()
}

fn rewritten(path: &'static str, table: &Table) -> OpenTable {
    let named: Vec<usize> =
        (0..table.columns().len()).filter(|at| !table.columns()[*at].is_empty()).collect();
    let columns: Vec<String> =
        named.iter().map(|at| no_formula(&table.columns()[*at]).into_owned()).collect();
    let mut writer = csv::Writer::from_writer(vec![]);
    writer.write_record(&columns).expect("memory takes what is written");
    table.each(&mut Complaints::default(), |row, _| {
        let cells = named.iter().map(|at| no_formula(row.text(*at)).into_owned());
        writer.write_record(cells).expect("memory takes a row as wide as the header");
    });
    let csv = writer.into_inner().expect("memory gives back what was written");
    OpenTable { path, columns, csv }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_written_with_commas_in_utf_8() {
        let mut found = Findings::default();
        let bytes = b"\xef\xbb\xbftype;name;label;\r\ntext; a ;\"b;\"\"c\"\", d\";\r\n";
        let table = Table::read("x.csv", bytes, &CsvSettings::default(), &mut found).unwrap();

        let written = rewritten(QUESTIONS, &table);

        assert_eq!(written.columns, ["type", "name", "label"]);
        assert_eq!(
            String::from_utf8(written.csv).unwrap(),
            "type,name,label\ntext,a,\"b;\"\"c\"\", d\"\n"
        );
    }
}
