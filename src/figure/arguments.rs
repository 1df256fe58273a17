//! The arguments of an expression, looked up: question, item, part, wave, and
//! the row of the results that they name.

use crate::config::toml::Spelled;
use crate::content::{Argument, Expression};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::stats::{Cut, Estimate, Estimator, Provenance};
use crate::survey::{Choice, Question, WaveKey};

use super::lookup::{self, Wanted};
use super::{Scope, describe};

/// An expression with what it can be asked about.
pub(super) struct Arguments<'a, 's> {
    pub(super) scope: &'s Scope<'a>,
    pub(super) expression: &'s Expression,
}

impl<'a> Arguments<'a, '_> {
    /// The value of an argument that the parser has seen to be there.
    pub(super) fn required(&self, name: &str) -> Result<&Argument, Diagnostic> {
        self.expression.argument(name).ok_or_else(|| {
            Diagnostic::error(Code::MissingArgument, format!("the argument `{name}` is missing"))
                .at(self.expression.place.clone())
        })
    }

    pub(super) fn question(&self) -> Result<&'a Question, Diagnostic> {
        let argument = self.required("q")?;
        lookup::question(self.scope, &argument.value, &argument.place)
    }

    pub(super) fn item(&self, question: &'a Question) -> Result<Option<&'a Choice>, Diagnostic> {
        match self.expression.argument("item") {
            Some(argument) => lookup::option(question, &argument.value, &argument.place).map(Some),
            None if question.options().is_empty() => Ok(None),
            None => {
                let keys = question.options().iter().map(|option| option.key.as_str());
                Err(Diagnostic::error(
                    Code::MissingArgument,
                    format!("`{}` has items: which one?", question.key),
                )
                .at(self.expression.place.clone())
                .hint_if(Some("Add `item=\"…\"`.".to_owned()))
                .hint_if(did_you_mean("", keys)))
            }
        }
    }

    pub(super) fn breakdown(&self) -> Result<Option<&'a Question>, Diagnostic> {
        let Some(by) = self.expression.argument("by") else { return Ok(None) };
        lookup::breakdown(self.scope, &by.value, &by.place).map(Some)
    }

    /// The part of the population that `by` and `group` name.
    pub(super) fn cut(&self) -> Result<Cut, Diagnostic> {
        let (Some(breakdown), Some(group)) = (self.breakdown()?, self.expression.argument("group"))
        else {
            return Ok(Cut::all());
        };
        let group = lookup::group(breakdown, &group.value, &group.place)?;
        Ok(Cut::group(breakdown.key.clone(), group.key.clone()))
    }

    pub(super) fn wave(&self, argument: &str) -> Result<Option<WaveKey>, Diagnostic> {
        match self.expression.argument(argument) {
            Some(wave) => lookup::wave(self.scope, &wave.value, &wave.place).map(Some),
            None => Ok(lookup::current_wave(self.scope)),
        }
    }

    pub(super) fn provenance(&self) -> Result<Option<Provenance>, Diagnostic> {
        let Some(argument) = self.expression.argument("provenance") else { return Ok(None) };
        let name = Spelled { value: argument.value.clone(), place: argument.place.clone() };
        lookup::provenance(&name).map(Some)
    }

    pub(super) fn digits(&self) -> Result<Option<u8>, Diagnostic> {
        let Some(argument) = self.expression.argument("digits") else { return Ok(None) };
        argument.value.parse().ok().filter(|digits| *digits <= 6).map(Some).ok_or_else(|| {
            Diagnostic::error(Code::BadValue, "`digits` takes a whole number from 0 to 6")
                .at(argument.place.clone())
                .hint("Write how many decimals are to be printed: `digits=\"1\"`.")
        })
    }

    /// What is wrong with each argument by itself: a mistake in one need not be
    /// mended before the next is seen.
    pub(super) fn mistakes(&self) -> Vec<Diagnostic> {
        let argument = |name| self.expression.argument(name);
        let mut wrong: Vec<Diagnostic> = vec![];
        let question = argument("q").and_then(|_| noted(self.question(), &mut wrong));
        let breakdown = noted(self.breakdown(), &mut wrong).flatten();
        // Two sides of a comparison are groups where there is a breakdown and
        // no group of it is named.
        let are_groups = argument("by").is_some() && argument("group").is_none();
        let (mut items, mut groups) = (vec!["item"], vec!["group"]);
        if are_groups { &mut groups } else { &mut items }.extend(["a", "b"]);
        let pairs = |names: Vec<&'static str>| names.into_iter().filter_map(argument);
        if let Some(question) = question {
            for item in pairs(items) {
                noted(lookup::option(question, &item.value, &item.place), &mut wrong);
            }
        }
        if let Some(breakdown) = breakdown {
            for group in pairs(groups) {
                noted(lookup::group(breakdown, &group.value, &group.place), &mut wrong);
            }
        }
        for name in ["wave", "from", "to"] {
            noted(self.wave(name), &mut wrong);
        }
        noted(self.provenance(), &mut wrong);
        noted(self.digits(), &mut wrong);
        wrong
    }

    /// One row of the results, or the complaint that there is none.
    pub(super) fn row(
        &self,
        question: &Question,
        item: Option<&Choice>,
        estimators: &[Estimator],
        cut: &Cut,
        wave: Option<&WaveKey>,
    ) -> Result<&'a Estimate, Diagnostic> {
        let wanted = Wanted {
            question: &question.key,
            item: item.map(|choice| &choice.key),
            estimators,
            cut,
            wave,
            provenance: self.provenance()?,
        };
        lookup::row(self.scope, &wanted).ok_or_else(|| self.nothing(question, item, cut, wave))
    }

    /// The complaint that no row tells this, with those that there are.
    pub(super) fn nothing(
        &self,
        question: &Question,
        item: Option<&Choice>,
        cut: &Cut,
        wave: Option<&WaveKey>,
    ) -> Diagnostic {
        let function = self.expression.function.name();
        let mut what = vec![format!("`{}`", question.key)];
        what.extend(item.map(|item| format!("`{}`", item.key)));
        what.extend(
            cut.conditions().iter().map(|(breakdown, group)| format!("{breakdown} `{group}`")),
        );
        what.extend(wave.map(|wave| format!("wave `{wave}`")));
        let what = what.join(", ");
        let known: Vec<String> = self
            .scope
            .of_question(&question.key)
            .filter(|row| item.is_none() || row.item.as_ref() == item.map(|choice| &choice.key))
            .map(describe::coordinates)
            .take(6)
            .collect();
        let hint = match known.as_slice() {
            [] => "No data give any number for it: add a figure to `published.csv` or take the expression out.".to_owned(),
            known => format!("The data have: {}.", known.join("; ")),
        };
        Diagnostic::error(Code::NothingPublished, format!("no data give `{function}` for {what}"))
            .at(self.expression.place.clone())
            .hint(hint)
    }
}

/// What was found, with the complaint kept.
fn noted<T>(result: Result<T, Diagnostic>, wrong: &mut Vec<Diagnostic>) -> Option<T> {
    result.map_err(|mistake| wrong.push(mistake)).ok()
}
