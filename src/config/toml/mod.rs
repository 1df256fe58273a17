//! TOML as authors write it, read key by key with a place for every complaint.
//!
//! It serves `barometer.toml`, front matter and chart blocks. A reader takes
//! the keys of its list out of a [`Table`]; what is left at [`Table::finish`]
//! is a misspelling. Nothing stops at the first mistake, which is why this is
//! not serde. It knows no key by name.

mod help;
mod parse;
mod table;
mod value;

pub use value::{Entry, Spelled, Table, Value};
