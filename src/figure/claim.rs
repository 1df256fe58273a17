//! What a sentence claims, held against the numbers (`claim`).

use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::stats::{Cut, Estimate, Flag, Provenance, Value};
use crate::survey::{Choice, Question};

use super::arguments::Arguments;
use super::compare::items;
use super::lookup;
use super::suited::suited;
use super::tested::{self, Comparison, Verdict, Why, evidence};

/// A sentence's claim, held against the numbers.
pub(super) struct Claim<'c, 'a, 's> {
    pub(super) asked: &'c Arguments<'a, 's>,
}

const SAYS: &[&str] = &["more", "less", "same", "first", "majority", "rose", "fell"];

impl<'a> Claim<'_, 'a, '_> {
    /// Gives where the numbers come from that carry the claim.
    pub(super) fn check(&self) -> Result<Provenance, Diagnostic> {
        let says = self.asked.required("says")?;
        match says.value.as_str() {
            "same" if self.asked.expression.argument("from").is_some() => {
                self.moved(&says.value, &[Verdict::Same, Verdict::Unclear])
            }
            "more" => self.compared(&says.value, &[Verdict::More]),
            "less" => self.compared(&says.value, &[Verdict::Less]),
            "same" => self.compared(&says.value, &[Verdict::Same, Verdict::Unclear]),
            "first" => self.first(),
            "majority" => self.majority(),
            "rose" => self.moved(&says.value, &[Verdict::More]),
            "fell" => self.moved(&says.value, &[Verdict::Less]),
            other => {
                Err(Diagnostic::error(Code::BadValue, format!("a claim cannot say `{other}`"))
                    .at(says.place.clone())
                    .hint_if(did_you_mean(other, SAYS.iter().copied())))
            }
        }
    }

    fn compared(&self, says: &str, wanted: &[Verdict]) -> Result<Provenance, Diagnostic> {
        let (_, _, a, b) = self.asked.pair()?;
        self.decide(says, wanted, a, b)
    }

    fn moved(&self, says: &str, wanted: &[Verdict]) -> Result<Provenance, Diagnostic> {
        let (_, _, before, after) = self.asked.waves("a")?;
        self.decide(says, wanted, after, before)
    }

    fn decide(
        &self,
        says: &str,
        wanted: &[Verdict],
        a: &Estimate,
        b: &Estimate,
    ) -> Result<Provenance, Diagnostic> {
        let scope = self.asked.scope;
        let found = tested::compare(scope, a, b);
        if wanted.contains(&found.verdict) {
            return Ok(a.provenance);
        }
        let over_time = a.wave != b.wave;
        let instead = match (found.verdict, over_time) {
            (Verdict::More, true) => "`rose`",
            (Verdict::Less, true) => "`fell`",
            (Verdict::Same, true) => "`same`: nothing changed",
            (Verdict::Unclear, true) => "`same`: no clear change",
            (Verdict::More, false) => "`more`",
            (Verdict::Less, false) => "`less`",
            (Verdict::Same, false) => "`same`",
            (Verdict::Unclear, false) => "`same`: no clear difference",
            (Verdict::Untested(Why::NoNumber), _) => "nothing of a number that is not shown",
            (Verdict::Untested(_), _) => "both numbers, without comparing them",
        };
        Err(self.refused(says, &evidence(scope, a, b, &found), instead))
    }

    fn refused(&self, says: &str, numbers: &str, instead: &str) -> Diagnostic {
        Diagnostic::error(Code::ClaimRefused, format!("the data do not carry `{says}`: {numbers}"))
            .at(self.asked.expression.place.clone())
            .hint(format!("The data allow to say {instead}; change the sentence with it."))
    }

    fn subject(&self) -> Result<(&'a Question, &'a Estimate), Diagnostic> {
        let question = self.asked.question()?;
        let name = match self.asked.expression.argument("a") {
            Some(a) => a,
            None => self.asked.required("item")?,
        };
        let item = lookup::option(question, &name.value, &name.place)?;
        let (cut, wave): (Cut, _) = (self.asked.cut()?, self.asked.wave("wave")?);
        let row = self.asked.row(question, Some(item), suited(question), &cut, wave.as_ref())?;
        Ok((question, row))
    }

    fn first(&self) -> Result<Provenance, Diagnostic> {
        let scope = self.asked.scope;
        let (question, own) = self.subject()?;
        let ranked = items(scope, question, own);
        let rivals: Vec<(&Choice, &Estimate, Comparison<'_>)> = ranked
            .iter()
            .filter(|(_, row)| row.item != own.item)
            .map(|(option, row)| (*option, *row, tested::compare(scope, own, row)))
            .filter(|(.., found)| found.verdict != Verdict::More)
            .collect();
        if rivals.is_empty() && own.value.estimate().is_some() {
            return Ok(own.provenance);
        }
        let told = |(option, row, found): &(&Choice, &Estimate, Comparison<'_>)| {
            if tested::computed(row) {
                format!("`{}`: {}", option.key, evidence(scope, own, row, found))
            } else {
                format!("`{}` has {}", option.key, scope.printed(row))
            }
        };
        let told: Vec<String> = rivals.iter().map(told).collect();
        let numbers = format!("{}, but {}", scope.printed(own), told.join("; "));
        let behind = rivals.iter().any(|(.., found)| found.verdict == Verdict::Less);
        let untested =
            rivals.iter().any(|(.., found)| matches!(found.verdict, Verdict::Untested(_)));
        Err(self.refused(
            "first",
            &numbers,
            if behind {
                "who comes first, or that several share the first place"
            } else if untested {
                "the numbers, without comparing them"
            } else {
                "that several share the first place, with no clear difference"
            },
        ))
    }

    /// With an interval, the whole of it must lie above one half; a base that
    /// is too low to be tested carries no majority.
    fn majority(&self) -> Result<Provenance, Diagnostic> {
        let scope = self.asked.scope;
        let (_, own) = self.subject()?;
        let share = own.value.estimate().filter(|_| own.estimator.is_proportion());
        let low_base = matches!(own.value, Value::Shown { flag: Flag::LowBase, .. });
        let low = own.value.interval().map_or(share, |(low, _)| Some(low));
        if low.is_some_and(|low| 0.5 < low) && !low_base {
            return Ok(own.provenance);
        }
        let mut numbers = scope.printed(own);
        if let Some((low, high)) = scope.printed_limits(own) {
            let level = scope.words.percent(scope.config.statistics.confidence, 0);
            numbers = format!("{numbers} ({level} interval from {low} to {high})");
        }
        if low_base {
            let least = scope.config.statistics.caution_below;
            numbers = format!("{numbers}, on fewer than {least} answers");
        }
        Err(self.refused("majority", &numbers, "the share itself"))
    }
}
