//! Comparisons in words: `versus` and `claim`.
//!
//! Published figures carry no interval: they are compared as printed, and the
//! figure's note says so.

use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::stats::{Cut, Estimate};
use crate::survey::{Choice, Question};

use super::Scope;
use super::inline::Asked;
use super::lookup::{self, Wanted};

/// Question, item, and the two rows compared.
pub(super) type Pair<'a> = (&'a Question, Option<&'a Choice>, &'a Estimate, &'a Estimate);

/// What two numbers allow to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    More,
    Same,
    Less,
}

/// Compares two rows.
pub(super) fn verdict(a: &Estimate, b: &Estimate) -> Verdict {
    match (a.value.estimate(), b.value.estimate()) {
        (Some(a), Some(b)) if same(a, b) => Verdict::Same,
        (Some(a), Some(b)) if b < a => Verdict::More,
        (Some(_), Some(_)) => Verdict::Less,
        _ => Verdict::Same,
    }
}

/// Equal as printed: published decimals differ by far more than this.
pub(super) fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

/// The options of a question that have a number beside `like`, largest first;
/// ties in the order of the questionnaire.
pub(super) fn items<'a>(
    scope: &Scope<'a>,
    question: &'a Question,
    like: &Estimate,
) -> Vec<(&'a Choice, &'a Estimate)> {
    let estimators = [like.estimator];
    let mut rows: Vec<_> = question
        .options()
        .iter()
        .filter(|option| option.role.in_base())
        .filter_map(|option| {
            let wanted = Wanted {
                question: &question.key,
                item: Some(&option.key),
                estimators: &estimators,
                cut: &like.cut,
                wave: like.wave.as_ref(),
                provenance: Some(like.provenance),
            };
            lookup::row(scope, &wanted)
                .filter(|row| row.value.estimate().is_some())
                .map(|row| (option, row))
        })
        .collect();
    rows.sort_by(|(_, a), (_, b)| {
        let value = |row: &Estimate| row.value.estimate().unwrap_or(f64::NEG_INFINITY);
        let order = value(b).total_cmp(&value(a));
        if like.estimator == crate::stats::Estimator::Rank { order.reverse() } else { order }
    });
    rows
}

/// Refuses to compare two waves between which the question changed.
pub(super) fn comparable(
    asked: &Asked<'_, '_>,
    question: &Question,
    before: &Estimate,
    after: &Estimate,
) -> Result<(), Diagnostic> {
    let Some(first) = &question.comparable_from else { return Ok(()) };
    let position = |wave: Option<&crate::survey::WaveKey>| {
        let key = wave?.as_str();
        asked.scope.config.waves.iter().position(|settings| settings.key == key)
    };
    let changed = position(Some(first));
    if position(before.wave.as_ref()) < changed && changed <= position(after.wave.as_ref()) {
        return Err(Diagnostic::error(
            Code::ClaimRefused,
            format!(
                "`{}` was asked otherwise before wave `{first}`: its waves cannot be compared",
                question.key
            ),
        )
        .at(asked.expression.place.clone())
        .hint("Show both numbers and say that the question changed."));
    }
    Ok(())
}

/// A sentence's claim, held against the numbers.
pub(super) struct Claim<'c, 'a, 's> {
    pub(super) asked: &'c Asked<'a, 's>,
}

const SAYS: &[&str] = &["more", "less", "same", "first", "majority", "rose", "fell"];

impl Claim<'_, '_, '_> {
    pub(super) fn check(&self) -> Result<(), Diagnostic> {
        let says = self.asked.required("says")?;
        match says.value.as_str() {
            "more" => self.compared(&says.value, Verdict::More),
            "less" => self.compared(&says.value, Verdict::Less),
            "same" => self.compared(&says.value, Verdict::Same),
            "first" => self.first(),
            "majority" => self.majority(),
            "rose" => self.moved(&says.value, Verdict::More),
            "fell" => self.moved(&says.value, Verdict::Less),
            other => {
                Err(Diagnostic::error(Code::BadValue, format!("a claim cannot say `{other}`"))
                    .at(says.place.clone())
                    .hint_if(did_you_mean(other, SAYS.iter().copied())))
            }
        }
    }

    fn compared(&self, says: &str, wanted: Verdict) -> Result<(), Diagnostic> {
        let (_, _, a, b) = self.asked.pair()?;
        self.decide(says, wanted, a, b)
    }

    fn moved(&self, says: &str, wanted: Verdict) -> Result<(), Diagnostic> {
        let question = self.asked.question()?;
        let item = match self.asked.expression.argument("a") {
            Some(a) => Some(lookup::option(question, &a.value, &a.place)?),
            None => self.asked.item(question)?,
        };
        let cut = self.asked.cut()?;
        let estimators = super::ask::suited(question);
        let (from, to) = (self.asked.wave("from")?, self.asked.wave("to")?);
        let before = self.asked.row(question, item, estimators, &cut, from.as_ref())?;
        let after = self.asked.row(question, item, estimators, &cut, to.as_ref())?;
        comparable(self.asked, question, before, after)?;
        self.decide(says, wanted, after, before)
    }

    fn decide(
        &self,
        says: &str,
        wanted: Verdict,
        a: &Estimate,
        b: &Estimate,
    ) -> Result<(), Diagnostic> {
        let found = verdict(a, b);
        if found == wanted {
            return Ok(());
        }
        let instead = match (says, found) {
            ("rose" | "fell", Verdict::Same) => "that nothing changed",
            ("rose" | "fell", Verdict::More) => "`rose`",
            ("rose" | "fell", Verdict::Less) => "`fell`",
            (_, Verdict::More) => "`more`",
            (_, Verdict::Less) => "`less`",
            (_, Verdict::Same) => "`same`",
        };
        let scope = self.asked.scope;
        Err(self.refused(
            says,
            &format!("{} against {}", scope.printed(a), scope.printed(b)),
            instead,
        ))
    }

    fn refused(&self, says: &str, numbers: &str, instead: &str) -> Diagnostic {
        Diagnostic::error(Code::ClaimRefused, format!("the data do not carry `{says}`: {numbers}"))
            .at(self.asked.expression.place.clone())
            .hint(format!("The data allow to say {instead}; change the sentence with it."))
    }

    fn subject(&self) -> Result<(&Question, &Estimate), Diagnostic> {
        let question = self.asked.question()?;
        let name = match self.asked.expression.argument("a") {
            Some(a) => a,
            None => self.asked.required("item")?,
        };
        let item = lookup::option(question, &name.value, &name.place)?;
        let (cut, wave): (Cut, _) = (self.asked.cut()?, self.asked.wave("wave")?);
        let row = self.asked.row(
            question,
            Some(item),
            super::ask::suited(question),
            &cut,
            wave.as_ref(),
        )?;
        Ok((question, row))
    }

    fn first(&self) -> Result<(), Diagnostic> {
        let question = self.asked.question()?;
        let (_, own) = self.subject()?;
        let ranked = items(self.asked.scope, question, own);
        let rivals: Vec<_> = ranked
            .iter()
            .filter(|(_, row)| row.item != own.item && verdict(row, own) != Verdict::Less)
            .map(|(option, row)| format!("`{}` has {}", option.key, self.asked.scope.printed(row)))
            .collect();
        if rivals.is_empty() {
            return Ok(());
        }
        let numbers = format!("{}, but {}", self.asked.scope.printed(own), rivals.join(", "));
        Err(self.refused(
            "first",
            &numbers,
            "who comes first, or that several share the first place",
        ))
    }

    fn majority(&self) -> Result<(), Diagnostic> {
        let (_, own) = self.subject()?;
        let share = own.value.estimate().filter(|_| own.estimator.is_proportion());
        // With an interval, the whole of it must lie above one half.
        let low = own.value.interval().map_or(share, |(low, _)| Some(low));
        if low.is_some_and(|low| 0.5 < low) {
            return Ok(());
        }
        Err(self.refused("majority", &self.asked.scope.printed(own), "the share itself"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_printed_alike_are_the_same() {
        assert!(same(0.44, 44.0 / 100.0));
        assert!(!same(0.44, 0.43));
    }
}
