//! Who was asked and who answered: the numbers that come from the frame and the
//! design of the survey rather than from its answers.

use crate::diag::{Code, Diagnostic};
use crate::stats::{Estimator, Provenance};

use super::arguments::Arguments;
use super::{Inline, lookup};

impl Arguments<'_, '_> {
    pub(super) fn population(&self) -> Result<Inline, Diagnostic> {
        let (cut, wave) = (self.cut()?, self.wave("wave")?);
        let size = lookup::population(self.scope, wave.as_ref(), &cut).ok_or_else(|| {
            self.unknown_size(
                "the population",
                "Give it in `data/frame.csv` or as `population-size` in `[design]`.",
            )
        })?;
        let about = self.scope.words.fill("numbers.population", &[("n", &size.to_string())]);
        Ok(Inline::whole(self.scope, size, &about, Provenance::Published))
    }

    pub(super) fn respondents(&self) -> Result<Inline, Diagnostic> {
        let (cut, wave) = (self.cut()?, self.wave("wave")?);
        let size = lookup::respondents(self.scope, wave.as_ref(), &cut).ok_or_else(|| {
            self.unknown_size(
                "how many answered",
                "Publish it as the question `sample_size`, or add `responses.csv`. Of groups it is told where a \
                 breakdown is cut alone, from `hide-below` respondents on.",
            )
        })?;
        Ok(Inline::whole(
            self.scope,
            size,
            &self.scope.words.plural("numbers.respondents", size, &[]),
            Provenance::Published,
        ))
    }

    #[expect(clippy::cast_precision_loss, reason = "no survey has 2^53 respondents")]
    pub(super) fn response_rate(&self) -> Result<Inline, Diagnostic> {
        let (cut, wave) = (self.cut()?, self.wave("wave")?);
        let about = |rate: &str| self.scope.words.fill("numbers.response-rate", &[("rate", rate)]);
        if let Some(question) = self.scope.survey.codebook.question(lookup::RESPONSE_RATE)
            && let Ok(row) = self.row(question, None, &[Estimator::Proportion], &cut, wave.as_ref())
        {
            let text = self.scope.printed(row);
            let about = about(&text);
            return Ok(Inline::number(text, row.value.estimate(), &about, row.provenance));
        }
        let respondents = lookup::respondents(self.scope, wave.as_ref(), &cut);
        let (Some(answered), Some(asked @ 1..)) =
            (respondents, lookup::population(self.scope, wave.as_ref(), &cut))
        else {
            return Err(self.unknown_size(
                "the response rate",
                "It needs the population and how many answered.",
            ));
        };
        let rate = answered as f64 / asked as f64;
        let text = self.scope.words.percent(rate, self.digits()?.unwrap_or(0));
        let about = about(&text);
        Ok(Inline::number(text, Some(rate), &about, Provenance::Published))
    }

    fn unknown_size(&self, what: &str, hint: &str) -> Diagnostic {
        Diagnostic::error(
            Code::NothingPublished,
            format!("no data tell {what} of this part and wave"),
        )
        .at(self.expression.place.clone())
        .hint(hint)
    }
}
