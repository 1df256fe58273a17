//! What numbers among everybody would be if their groups were weighted to the
//! population, as far as the numbers of the groups tell.

use crate::stats::poststratify::poststratified;
use crate::stats::{Cut, Estimate, Estimator, Provenance, Selector};
use crate::survey::{Question, WaveKey};

use super::silent::evenly_weighted;
use super::{Scope, counts_the_sample, population};

/// A number with its groups weighted to the population: poststratified
/// (Holt & Smith 1979; `statistics.md`, 8).
#[derive(Debug, Clone, Copy)]
pub struct Weighted<'a> {
    /// The breakdown whose groups were weighted.
    pub by: &'a Question,
    /// In the unit of the number: a share from 0 to 1, a mean on its scale.
    pub estimate: f64,
}

impl<'a> Scope<'a> {
    /// Whether a number is a share or a mean of everybody's answers that were
    /// not weighted, as far as the program knows: one that weighting would
    /// change.
    pub fn could_be_weighted(&self, row: &Estimate) -> bool {
        let is_mean = row.estimator.is_proportion()
            || matches!(
                row.estimator,
                Estimator::Net
                    | Estimator::Mean
                    | Estimator::MeanChoices
                    | Estimator::RankPointsMean
            );
        let question = self.survey.codebook.question(row.question.as_str());
        let tells_who_answered =
            counts_the_sample(&row.question) || question.is_none_or(|question| question.breakdown);
        let is_even = match row.provenance {
            Provenance::Published => true,
            Provenance::Collected | Provenance::Simulated => evenly_weighted(row).is_some(),
            Provenance::OtherStudy => false,
        };
        is_mean && is_even && !tells_who_answered && row.cut.conditions().is_empty()
    }

    /// Such a number, weighted by the finest breakdown of the frame of which
    /// it is known in every group.
    pub fn weighted(&self, row: &Estimate) -> Option<Weighted<'a>> {
        if !self.could_be_weighted(row) {
            return None;
        }
        self.framed(row.wave.as_ref()).into_iter().find_map(|by| {
            let groups = by.options().iter().filter_map(|group| {
                let cut = Cut::group(by.key.clone(), group.key.clone());
                let size = population(self, row.wave.as_ref(), &cut).filter(|size| 0 < *size)?;
                Some((cut, size))
            });
            let groups: Option<Vec<(f64, f64)>> = groups
                .map(|(cut, size)| {
                    let own = self.known(&Selector { cut: &cut, ..row.selector() })?;
                    #[expect(clippy::cast_precision_loss, reason = "a count is whole in an f64")]
                    let size = size as f64 * self.answered(by, own)?;
                    Some((own.value.estimate()?, size))
                })
                .collect();
            Some(Weighted { by, estimate: poststratified(&groups?)? })
        })
    }

    /// The breakdowns whose groups the frame of a wave counts, the finest first.
    fn framed(&self, wave: Option<&WaveKey>) -> Vec<&'a Question> {
        let Some(frame) = self.survey.frame_of(wave) else { return vec![] };
        let breakdowns = self.config.survey.breakdowns.iter();
        let mut framed: Vec<&Question> = breakdowns
            .filter(|named| frame.columns.contains(&named.name))
            .filter_map(|named| self.survey.codebook.question(&named.name))
            .collect();
        framed.sort_by_key(|question| std::cmp::Reverse(question.options().len()));
        framed
    }

    /// A row, shown or not shown since a published one stands in its place.
    fn known(&self, selector: &Selector<'_>) -> Option<&'a Estimate> {
        self.results.get(selector).or_else(|| {
            let mut superseded = self.results.superseded().iter();
            superseded.find(|row| row.selector() == *selector)
        })
    }

    /// How much of a group has the base of its number: all where the question
    /// was put to everybody, else as among those of the group who answered.
    fn answered(&self, by: &Question, row: &Estimate) -> Option<f64> {
        if row.provenance == Provenance::Published {
            return self.is_put_to_all(&row.question).then_some(1.0);
        }
        let (_, group) = row.cut.conditions().first()?;
        let everybody = self.known(&Selector {
            question: &by.key,
            item: Some(group),
            estimator: Estimator::Proportion,
            cut: &Cut::all(),
            ..row.selector()
        })?;
        #[expect(clippy::cast_precision_loss, reason = "a count is whole in an f64")]
        let (n, all) = (row.n? as f64, everybody.n? as f64);
        let respondents = (everybody.value.estimate()? * all).round();
        (0.0 < respondents).then(|| n / respondents)
    }
}
