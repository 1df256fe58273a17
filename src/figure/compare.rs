//! Which rows an expression compares: two waves, groups or items, or all items
//! of a question.
//!
//! What two rows allow to say is the business of [`super::tested`].

use crate::content::Argument;
use crate::diag::{Code, Diagnostic};
use crate::stats::{Cut, Estimate, Estimator};
use crate::survey::{Choice, Question, QuestionKind, WaveKey};

use super::Scope;
use super::arguments::Arguments;
use super::lookup::{self, Wanted};
use super::suited::suited;

/// Question, item, and the two rows compared.
pub(super) type Pair<'a> = (&'a Question, Option<&'a Choice>, &'a Estimate, &'a Estimate);

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
        if like.estimator == Estimator::Rank { order.reverse() } else { order }
    });
    rows
}

/// Refuses to compare two waves between which the question changed.
fn comparable(
    asked: &Arguments<'_, '_>,
    question: &Question,
    before: &Estimate,
    after: &Estimate,
) -> Result<(), Diagnostic> {
    let Some(first) = &question.comparable_from else { return Ok(()) };
    let position = |wave: Option<&WaveKey>| {
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

impl<'a> Arguments<'a, '_> {
    /// The two rows that `from` and `to` name; the item may be called `other`.
    pub(super) fn waves(&self, other: &str) -> Result<Pair<'a>, Diagnostic> {
        let question = self.question()?;
        let (item, estimators) = match self.expression.argument(other) {
            Some(name) => {
                (Some(lookup::option(question, &name.value, &name.place)?), suited(question))
            }
            None => self.measured(question)?,
        };
        let cut = self.cut()?;
        self.required("from")?;
        self.required("to")?;
        let (from, to) = (self.wave("from")?, self.wave("to")?);
        let side = |wave| Side { item, cut: cut.clone(), wave };
        let sides = [side(from.as_ref()), side(to.as_ref())];
        let (before, after) = self.both(question, sides, estimators)?;
        comparable(self, question, before, after)?;
        Ok((question, item, before, after))
    }

    /// The item that is compared and what is estimated of it: of a scale
    /// without `item`, its net.
    fn measured(
        &self,
        question: &'a Question,
    ) -> Result<(Option<&'a Choice>, &'static [Estimator]), Diagnostic> {
        if matches!(question.kind, QuestionKind::Likert(_))
            && self.expression.argument("item").is_none()
        {
            return Ok((None, &[Estimator::Net]));
        }
        Ok((self.item(question)?, suited(question)))
    }

    /// Two rows of one provenance and one estimator, the best that has both.
    fn both(
        &self,
        question: &'a Question,
        [a, b]: [Side<'_, 'a>; 2],
        estimators: &[Estimator],
    ) -> Result<(&'a Estimate, &'a Estimate), Diagnostic> {
        let item = |side: &Side<'_, 'a>| side.item.map(|choice| &choice.key);
        if (item(&a), &a.cut, a.wave) == (item(&b), &b.cut, b.wave) {
            return Err(Diagnostic::error(Code::BadValue, "a number is compared with itself")
                .at(self.expression.place.clone())
                .hint("Name two different waves, groups or items."));
        }
        let provenances = match self.provenance()? {
            Some(asked) => vec![asked],
            None => lookup::PROVENANCES.to_vec(),
        };
        for provenance in provenances {
            for estimator in estimators {
                let find = |side: &Side<'_, 'a>| {
                    let wanted = Wanted {
                        question: &question.key,
                        item: item(side),
                        estimators: &[*estimator],
                        cut: &side.cut,
                        wave: side.wave,
                        provenance: Some(provenance),
                    };
                    lookup::row(self.scope, &wanted)
                };
                if let (Some(a), Some(b)) = (find(&a), find(&b)) {
                    return Ok((a, b));
                }
            }
        }
        let row =
            |side: Side<'_, 'a>| self.row(question, side.item, estimators, &side.cut, side.wave);
        Ok((row(a)?, row(b)?))
    }

    /// The two rows that `a` and `b` name, groups of `by` or items of `q`.
    pub(super) fn pair(&self) -> Result<Pair<'a>, Diagnostic> {
        let question = self.question()?;
        let wave = self.wave("wave")?;
        let (a, b) = (self.required("a")?, self.required("b")?);
        if let Some(breakdown) = self.breakdown()? {
            let (item, estimators) = self.measured(question)?;
            let side = |argument: &Argument| {
                let group = lookup::group(breakdown, &argument.value, &argument.place)?;
                let cut = Cut::group(breakdown.key.clone(), group.key.clone());
                Ok(Side { item, cut, wave: wave.as_ref() })
            };
            let (a, b) = self.both(question, [side(a)?, side(b)?], estimators)?;
            return Ok((question, item, a, b));
        }
        let side = |argument: &Argument| {
            let item = lookup::option(question, &argument.value, &argument.place)?;
            Ok(Side { item: Some(item), cut: Cut::all(), wave: wave.as_ref() })
        };
        let estimators = suited(question);
        let (a, b) = self.both(question, [side(a)?, side(b)?], estimators)?;
        Ok((question, None, a, b))
    }
}

/// One of two rows that are compared.
struct Side<'w, 'a> {
    item: Option<&'a Choice>,
    cut: Cut,
    wave: Option<&'w WaveKey>,
}
