//! Numbers about the population. Pure functions: no files, no words.
//!
//! A [`Estimate`] has the names of the published results file; [`Results`]
//! holds all of a report. Figures and sentences look up, they never compute.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "counts and indices of a survey fit 32 bits and are whole in an f64"
)]

mod answers;
mod asked;
pub mod bounds;
mod changes;
mod comparisons;
pub mod crosstab;
mod cut;
pub mod difference;
pub mod disclosure;
pub mod distribution;
mod estimate;
mod estimates;
pub mod export;
mod index;
pub mod interval;
mod matrix;
pub mod mean;
mod measure;
mod meta;
pub mod poststratify;
mod published;
pub mod quantile;
mod question;
pub mod rake;
mod results;
pub mod rounding;
mod row;
pub mod sample;
mod suppress;
pub mod tally;
mod test;
mod trend;
mod variance;
mod withheld;

pub use answers::{Column, Holds, OpenAnswers, answers_path, open_answers};
pub use estimate::{Numbers, estimate};
pub use meta::{Lost, Meta, StratumMeta, WaveMeta};
pub use published::published;
pub use results::Results;
pub use row::{
    Cut, Estimate, Estimator, Flag, IntervalMethod, Precision, Provenance, Selector, Told, Value,
};
pub use test::{Test, TestFlag, TestKind, Verdict};
pub use withheld::{Basis, Withheld};
