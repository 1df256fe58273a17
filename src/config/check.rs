//! As spelled → as meant, all mistakes at once.

use crate::diag::Outcome;
use crate::sources::Sources;

use super::Config;

/// Reads `barometer.toml`.
pub fn parse(_sources: &Sources) -> Outcome<Config> {
    todo!()
}
