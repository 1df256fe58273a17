//! The tests that run the program on whole reports.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests read, write and may fail"
)]

mod again;
mod amounts;
mod answers;
mod architecture;
mod attack;
mod attack_report;
mod attacker;
mod bound;
mod build;
mod check;
mod circles;
mod determinism;
mod dialects;
mod docs;
mod embed;
mod examples;
mod exports;
mod frames;
mod gallery;
mod generated;
mod hostile;
mod import;
mod inputs;
mod kinds;
mod languages;
mod machines;
mod manual;
mod microdata;
mod mistakes;
mod opinions;
mod pages;
mod project;
mod ranked;
mod rebuild;
mod references;
mod released;
mod report;
mod responded;
mod results;
mod samples;
mod scales;
mod schema;
mod search;
mod serve;
mod simplex;
mod simulate;
mod simulated;
mod spss;
mod tables;
mod tally;
mod telling;
mod theme;
mod together;
mod told;
mod trying;
mod uncertainty;
mod weighted;
mod windows;
mod words;
mod workbooks;
