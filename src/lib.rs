//! `barometer` turns a survey into a published report.
//!
//! The modules are the pipeline, in reading order; each knows only those
//! before it.

pub mod chart;
pub mod config;
pub mod diag;
pub mod sources;
pub mod stats;
pub mod survey;
pub mod theme;
pub mod wording;
