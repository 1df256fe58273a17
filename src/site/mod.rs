//! The finished site: files that are not pages, checks across pages, and the
//! writing edge.

mod archive;
mod extra;
mod feed;
mod microdata;
mod package;
mod redirect;
mod single;
mod verify;
mod write;

pub use extra::{assets, icons, linked, machine_files, manifest};
pub use feed::feed;
pub use package::Package;
pub use redirect::redirects;
pub use single::single_file;
pub use verify::{References, differ_in_capitals, references, taken, unresolved};
pub use write::{Staging, WriteError, taken_names, write_files};
