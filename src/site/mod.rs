//! The finished site: files that are not pages, checks across pages, and the
//! writing edge.

mod extra;
mod verify;
mod write;

pub use extra::{assets, linked, machine_files};
pub use verify::{References, references, taken, unresolved};
pub use write::{Staging, WriteError};
