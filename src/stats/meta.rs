//! What was done to get the numbers: for the published results and the
//! method page.

use crate::config::WaveSettings;
use crate::survey::{Answers, Codebook, Meaning, QuestionKey, Responses, WaveKey, Weights};

use super::rake::RakeReport;
use super::{Cut, Provenance};

/// How the numbers of a report were made.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Meta {
    /// Confidence level, a proportion.
    pub level: f64,
    /// `adjust`, `certainty` or `average`, by wave with answers.
    pub waves: Vec<WaveMeta>,
    /// How crossings are named: their breakdowns in the order of the settings.
    pub crossings: Vec<(QuestionKey, QuestionKey)>,
    /// Comparisons that were tested.
    pub tests_run: u64,
    /// Under this base nothing is published.
    pub hide_below: u32,
    /// Groups that are hidden, over all questions and waves.
    pub hidden_groups: u64,
}

/// The design of one wave as it was used.
#[derive(Debug, Clone, PartialEq)]
pub struct WaveMeta {
    /// The wave.
    pub wave: WaveKey,
    /// Whether people answered or a program.
    pub provenance: Provenance,
    /// Whether answers were counted before they came here, and what of the
    /// report is lost by it.
    pub tally: Option<Vec<Lost>>,
    /// Respondents in the file.
    pub respondents: u64,
    /// How many of them are in each group of a breakdown, where they are enough
    /// to be shown.
    pub groups: Vec<(Cut, u64)>,
    /// Name, sampled units and population of each stratum.
    pub strata: Vec<StratumMeta>,
    /// Primary sampling units, when there are clusters.
    pub clusters: Option<u64>,
    /// What lonely strata contribute.
    pub lonely: &'static str,
    /// Sum of the weights.
    pub weighted_n: f64,
    /// Kish's effective sample size of the whole sample.
    pub n_eff_kish: f64,
    /// What raking did.
    pub raking: Option<RakeReport>,
}

/// What a tally does not carry of what the report would say with answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lost {
    /// Which respondents are in two waves.
    Overlap,
    /// The median and quartiles of a number with decimals.
    Quantiles(QuestionKey),
}

impl Lost {
    /// The name in the published results.
    pub fn name(&self) -> String {
        match self {
            Self::Overlap => "respondents who are in two waves".to_owned(),
            Self::Quantiles(question) => format!("quantiles of `{question}`"),
        }
    }
}

/// One stratum.
#[derive(Debug, Clone, PartialEq)]
pub struct StratumMeta {
    /// Its name; empty without strata.
    pub name: String,
    /// Sampled units.
    pub sampled: u64,
    /// Units in the population; `None`: without limit.
    pub population: Option<f64>,
}

/// What a tally of these answers does not carry of what the report would say
/// with them; `None`: they are no tally.
pub(super) fn lost_by_tally(
    responses: &Responses,
    codebook: &Codebook,
    settings: Option<&WaveSettings>,
) -> Option<Vec<Lost>> {
    let Weights::Together(_) = responses.design.weights else { return None };
    let mut lost = vec![];
    if settings.is_some_and(|wave| wave.design.id.is_some()) {
        lost.push(Lost::Overlap);
    }
    for (question, answers) in codebook.questions().iter().zip(&responses.answers) {
        if matches!(answers, Answers::Counted(counted) if counted.meaning == Meaning::Moments) {
            lost.push(Lost::Quantiles(question.key.clone()));
        }
    }
    Some(lost)
}
