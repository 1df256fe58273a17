//! `barometer schema`.

use crate::config::{self, SETTINGS};
use crate::content::{CHART, FRONT_MATTER};
use crate::theme::THEME;

use super::args::{Described, Schema};
use super::terminal;

/// Prints the schema; returns the exit code.
pub(super) fn run(arguments: &Schema) -> u8 {
    terminal::out(&match arguments.of {
        Described::Settings => config::schema("barometer.toml", &SETTINGS),
        Described::FrontMatter => config::schema("Front matter of a chapter", &FRONT_MATTER),
        Described::Chart => config::schema("Chart block", &CHART),
        Described::Theme => config::schema("theme.toml", &THEME),
    });
    0
}
