//! The tests that run the program on whole reports.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests read, write and may fail")]
#![expect(missing_docs, reason = "the names of tests say what they claim")]

mod architecture;
mod build;
mod determinism;
mod inputs;
mod mistakes;
mod project;
mod report;
