//! The data folder → [`Survey`].

use crate::config::Config;
use crate::diag::Outcome;
use crate::sources::Sources;

use super::Survey;

/// Reads the codebook, the frame, the sources and the published figures.
pub fn load(_sources: &Sources, _config: &Config) -> Outcome<Survey> {
    todo!()
}
