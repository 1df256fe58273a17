//! Which shares of the whole population those who did not answer could move,
//! and how far.

use crate::stats::bounds::bounds;
use crate::stats::{Estimate, Provenance};
use crate::survey::QuestionKey;

use super::lookup::SAMPLE_SIZE;
use super::{Scope, population, respondents};

impl Scope<'_> {
    /// The lowest and the highest share among all, if none or all of those who
    /// did not answer had given the answer; proportions 0–1.
    ///
    /// Only for a share among everybody whose base and population are known
    /// and in which each respondent counts one. A published share without
    /// a base rests on all respondents of its wave, if its question was put to
    /// the same as `sample_size` counts.
    pub fn bounds(&self, row: &Estimate) -> Option<(f64, f64)> {
        let (share, wave) = (row.value.estimate()?, row.wave.as_ref()?);
        if !row.estimator.is_proportion() || !row.cut.conditions().is_empty() {
            return None;
        }
        let answered = match row.provenance {
            Provenance::OtherStudy => return None,
            Provenance::Published => {
                let all = respondents(self, Some(wave), &row.cut)?;
                let all = (self.is_put_to_all(&row.question)).then_some(all)?;
                row.n.is_none_or(|n| n == all).then_some(all)?
            }
            Provenance::Collected | Provenance::Simulated => evenly_weighted(row)?,
        };
        bounds(share, answered, population(self, Some(wave), &row.cut)?)
    }

    /// Whether the codebook gives a question the base of the whole sample.
    pub(super) fn is_put_to_all(&self, question: &QuestionKey) -> bool {
        let language = self.words.language();
        let base = |key: &str| {
            let question = self.survey.codebook.question(key)?;
            question.base.as_ref().map(|base| base.get(language))
        };
        base(question.as_str()).is_none_or(|own| base(SAMPLE_SIZE).is_none_or(|all| own == all))
    }
}

/// The base of a computed number in which each respondent counts the same.
pub(super) fn evenly_weighted(row: &Estimate) -> Option<u64> {
    let (n, precision) = (row.n?, row.value.precision()?);
    #[expect(clippy::cast_precision_loss, reason = "a count is whole in an f64")]
    let uneven = (precision.n_eff_kish - n as f64).abs();
    (uneven < 1e-6).then_some(n)
}
