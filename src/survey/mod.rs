//! The survey: what was asked, of whom, and what is known of the answers.
//!
//! It holds no estimate: numbers about the population are made by `stats`.

mod answers;
mod choices;
mod citation;
mod codebook;
mod column;
mod counting;
mod design;
mod doubt;
mod encoding;
mod frame;
mod frames;
mod glossary;
mod key;
mod label;
mod load;
mod margins;
mod names;
mod open;
mod published;
pub mod query;
mod recall;
mod responses;
mod sampling;
mod shape;
mod strata;
mod table;
mod tally;
mod tally_columns;
mod tiles;
mod xlsform;

pub use answers::{Answers, Codes, Count, Counted, Ids, Meaning, Responses};
pub use citation::{PartialDate, Source};
pub use codebook::{Choice, Codebook, Group, Question, QuestionKind, Role};
pub use design::{Margin, Mass, SampleDesign, SamplingUnits, StratumSample, Together, Weights};
pub use frame::{Frame, Stratum};
pub use glossary::GlossaryTerm;
pub use key::{OptionKey, QuestionKey, SourceKey, WaveKey, slug};
pub use load::load;
pub use names::Names;
pub use open::{OpenTable, open_tables};
pub use published::{Published, PublishedFigure, Unit};
pub use tiles::{TileLayout, TilePlace};

/// Everything that the data folder says.
#[derive(Debug)]
pub struct Survey {
    /// The questions and their options.
    pub codebook: Codebook,
    /// The waves in time order; the last is the current one.
    pub waves: Vec<Wave>,
    /// Figures of other studies, from `data/context.csv`.
    pub context: Vec<PublishedFigure>,
    /// The sources that published figures cite, in file order.
    pub sources: Vec<Source>,
    /// The population by stratum, from `data/frame.csv`, whichever wave it
    /// belongs to: [`Wave::frame`].
    pub frame: Option<Frame>,
    /// Where the groups of a breakdown stand on a map of tiles.
    pub tiles: Vec<TileLayout>,
    /// The words that the report explains, in file order.
    pub glossary: Vec<GlossaryTerm>,
}

/// One fielding, as far as the data know it.
#[derive(Debug)]
pub struct Wave {
    /// The name of its folder.
    pub key: WaveKey,
    /// Figures copied from publications about this wave.
    pub published: Vec<PublishedFigure>,
    /// The answers, if they are in the data folder.
    pub responses: Option<Responses>,
    /// The population that it was drawn from, by stratum, where a table says.
    pub frame: Option<Frame>,
}

impl Survey {
    /// Lets go of the published figures, once they are rows of the results.
    pub fn forget_figures(&mut self) {
        self.context = vec![];
        for wave in &mut self.waves {
            wave.published = vec![];
        }
    }

    /// One wave.
    pub fn wave(&self, key: &WaveKey) -> Option<&Wave> {
        self.waves.iter().find(|wave| &wave.key == key)
    }

    /// The population of a wave by stratum; of the report where it has no waves.
    pub fn frame_of(&self, wave: Option<&WaveKey>) -> Option<&Frame> {
        match wave {
            Some(wave) => self.wave(wave)?.frame.as_ref(),
            None => self.frame.as_ref().filter(|_| self.waves.is_empty()),
        }
    }

    /// One source.
    pub fn source(&self, key: &SourceKey) -> Option<&Source> {
        self.sources.iter().find(|source| &source.key == key)
    }
}
