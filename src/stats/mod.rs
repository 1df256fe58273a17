//! Numbers about the population. Pure functions: no files, no words.
//!
//! A [`Estimate`] has the names of the published results file; [`Results`]
//! holds all of a report. Figures and sentences look up, they never compute.

pub mod distribution;
mod published;
mod results;

pub use published::published;
pub use results::{
    Cut, Estimate, Estimator, Flag, IntervalMethod, Provenance, Results, Selector, Value,
};
