//! Bound numbers and words: an expression → what stands in the sentence.

use crate::content::{Expression, Function, Phrase, PhrasePart};
use crate::diag::{Code, Diagnostic, Place, SourceText};
use crate::markup::Html;
use crate::stats::{Estimate, Estimator, Provenance};
use crate::survey::{Choice, Question};
use crate::wording::NO_NUMBER;

use super::arguments::Arguments;
use super::claim::Claim;
use super::suited::suited;
use super::tested::{self, Verdict, Why};
use super::{Inline, Scope, compare, describe};

/// Evaluates an expression. `Err` has all its mistakes, at its arguments. What rests on simulated
/// answers says so wherever it is printed or copied to.
pub fn inline(scope: &Scope<'_>, expression: &Expression) -> Result<Inline, Vec<Diagnostic>> {
    let asked = Arguments { scope, expression };
    let mut inline = asked.evaluate().map_err(|wrong| {
        let mut all = asked.mistakes();
        if !all.contains(&wrong) {
            all.push(wrong);
        }
        all
    })?;
    // A verb between two names is marked by the sentence after its paragraph.
    let is_verb = expression.function == Function::Versus;
    if inline.simulated && !inline.text.is_empty() && !is_verb {
        let mark = scope.words.text("provenance.simulated-mark");
        let mut html = Html::default();
        html.html(&inline.html).text("\u{a0}");
        html.tag("span", &[("class", "simulated-mark")]).text(mark).end("span");
        inline.html = html.into();
        inline.text = format!("{}\u{a0}{mark}", inline.text);
    }
    Ok(inline)
}

/// Evaluates a text with expressions in it.
pub(super) fn phrase(scope: &Scope<'_>, phrase: &Phrase) -> Result<Inline, Vec<Diagnostic>> {
    let (mut html, mut text, mut simulated, mut wrong) =
        (Html::default(), String::new(), false, vec![]);
    for part in &phrase.parts {
        match part {
            PhrasePart::Text(words) => {
                let set = scope.words.typeset(words);
                html.text(&set);
                text.push_str(&set);
            }
            PhrasePart::Expression(expression) => match inline(scope, expression) {
                Ok(number) => {
                    html.html(&number.html);
                    text.push_str(&number.text);
                    simulated |= number.simulated;
                }
                Err(found) => wrong.extend(found),
            },
        }
    }
    if wrong.is_empty() {
        Ok(Inline { html: html.into(), text, simulated, low_base: None })
    } else {
        Err(wrong)
    }
}

/// Who answered, as printed in the language; `None` where no data tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// How many answered.
    pub respondents: Option<String>,
    /// How many there are.
    pub population: Option<String>,
    /// The one over the other, in percent.
    pub rate: Option<String>,
}

/// Who answered in the current wave.
pub fn response(scope: &Scope<'_>) -> Response {
    let asked = |function| {
        let place = Place::file(&SourceText::new("", String::new()));
        let expression = Expression { function, arguments: vec![], place };
        inline(scope, &expression).ok().map(|inline| inline.text)
    };
    Response {
        respondents: asked(Function::Respondents),
        population: asked(Function::Population),
        rate: asked(Function::ResponseRate),
    }
}

impl Arguments<'_, '_> {
    fn evaluate(&self) -> Result<Inline, Diagnostic> {
        // They are read where they are not used as well.
        self.digits()?;
        self.provenance()?;
        match self.expression.function {
            Function::Share => self.number(&[Estimator::Proportion]),
            Function::Mean => self.number(&[Estimator::Mean, Estimator::RankPointsMean]),
            Function::Median => self.number(&[Estimator::Median]),
            Function::Net => self.number(&[Estimator::Net]),
            Function::Count => self.number(&[Estimator::Count, Estimator::Total]),
            Function::N => self.base(),
            Function::Rank => self.rank(),
            Function::Change => self.change(),
            Function::Difference => self.difference(),
            Function::Top => self.top(),
            Function::Versus => self.versus(),
            Function::Claim => self.claim(),
            Function::Population => self.population(),
            Function::Respondents => self.respondents(),
            Function::ResponseRate => self.response_rate(),
        }
    }

    fn number(&self, estimators: &[Estimator]) -> Result<Inline, Diagnostic> {
        let question = self.question()?;
        let item = self.item(question)?;
        let (cut, wave, digits) = (self.cut()?, self.wave("wave")?, self.digits()?);
        let row = self.row(question, item, estimators, &cut, wave.as_ref())?;
        let text = self.scope.printed_like(row, digits.or(row.digits));
        let about = describe::about(self.scope, row, question, item);
        let number = Inline::number(text, row.value.estimate(), &about, row.provenance);
        let is_low = row.value.estimate().is_some() && self.scope.low_base(row);
        Ok(Inline { low_base: row.n.filter(|_| is_low), ..number })
    }

    fn base(&self) -> Result<Inline, Diagnostic> {
        let question = self.question()?;
        let item = self.item(question)?;
        let (cut, wave) = (self.cut()?, self.wave("wave")?);
        let row = self.row(question, item, suited(question), &cut, wave.as_ref())?;
        let n = row.n.ok_or_else(|| {
            Diagnostic::error(
                Code::NothingPublished,
                format!("no base is known for `{}`", question.key),
            )
            .at(self.expression.place.clone())
            .hint("The publication gives none; say so in words.")
        })?;
        Ok(Inline::whole(
            self.scope,
            n,
            &describe::about(self.scope, row, question, item),
            row.provenance,
        ))
    }

    fn rank(&self) -> Result<Inline, Diagnostic> {
        let question = self.question()?;
        let Some(item) = self.item(question)? else {
            return Err(Diagnostic::error(
                Code::EstimatorDoesNotFit,
                format!("`{}` has no items to rank", question.key),
            )
            .at(self.expression.place.clone()));
        };
        let (cut, wave) = (self.cut()?, self.wave("wave")?);
        if let Ok(row) = self.row(question, Some(item), &[Estimator::Rank], &cut, wave.as_ref()) {
            let about = describe::about(self.scope, row, question, Some(item));
            return Ok(Inline::number(
                self.scope.printed(row),
                row.value.estimate(),
                &about,
                row.provenance,
            ));
        }
        let estimators = [Estimator::Proportion, Estimator::RankPointsMean, Estimator::Count];
        let own = self.row(question, Some(item), &estimators, &cut, wave.as_ref())?;
        let rows = compare::items(self.scope, question, own);
        let above =
            rows.iter().filter(|(_, row)| row.value.estimate() > own.value.estimate()).count();
        let about = describe::about(self.scope, own, question, Some(item));
        Ok(Inline::whole(self.scope, above as u64 + 1, &about, own.provenance))
    }

    fn change(&self) -> Result<Inline, Diagnostic> {
        let (question, item, before, after) = self.waves("item")?;
        self.gap(after, before, Sign::Shown, question, item)
    }

    fn difference(&self) -> Result<Inline, Diagnostic> {
        let (question, item, a, b) = self.pair()?;
        self.gap(a, b, Sign::Dropped, question, item)
    }

    /// The first row less the second, or the words for no clear difference.
    fn gap(
        &self,
        a: &Estimate,
        b: &Estimate,
        sign: Sign,
        question: &Question,
        item: Option<&Choice>,
    ) -> Result<Inline, Diagnostic> {
        let words = self.scope.words;
        let (Some(one), Some(other)) = (a.value.estimate(), b.value.estimate()) else {
            return Ok(Inline::words(NO_NUMBER));
        };
        let found = tested::compare(self.scope, a, b);
        let key = match (found.verdict, sign) {
            (Verdict::More | Verdict::Less, _) => None,
            (Verdict::Same, Sign::Shown) => Some("change.equal"),
            (Verdict::Same, Sign::Dropped) => Some("difference.equal"),
            (Verdict::Untested(Why::LowBase), Sign::Shown) => Some("change.too-few"),
            (Verdict::Untested(Why::LowBase), Sign::Dropped) => Some("difference.too-few"),
            (Verdict::Unclear | Verdict::Untested(_), Sign::Shown) => Some("change.same"),
            (Verdict::Unclear | Verdict::Untested(_), Sign::Dropped) => Some("difference.same"),
        };
        let simulated = a.provenance == Provenance::Simulated;
        if let Some(key) = key {
            return Ok(Inline { simulated, ..Inline::words(words.text(key)) });
        }
        let difference = match sign {
            Sign::Shown => one - other,
            Sign::Dropped => (one - other).abs(),
        };
        let digits = self.digits()?.or_else(|| a.digits.into_iter().chain(b.digits).max());
        let text = if a.estimator.is_proportion() {
            words.points(difference, digits.unwrap_or(0))
        } else {
            self.scope.display(a.estimator, difference, digits)
        };
        let text = match sign {
            Sign::Shown if difference > 0.0 && !text.starts_with('+') => format!("+{text}"),
            Sign::Dropped => text.trim_start_matches('+').to_owned(),
            Sign::Shown => text,
        };
        let mut about = describe::about(self.scope, a, question, item);
        if let Some((low, high)) = found.interval() {
            let print = |gap| self.scope.gap(a, b, gap);
            let level = words.percent(self.scope.config.statistics.confidence, 0);
            let (low, high) = (print(low), print(high));
            about = words.fill(
                "difference.interval",
                &[("about", &about), ("level", &level), ("low", &low), ("high", &high)],
            );
        }
        Ok(Inline::number(text, Some(difference), &about, a.provenance))
    }

    fn top(&self) -> Result<Inline, Diagnostic> {
        let question = self.question()?;
        let (cut, wave) = (self.cut()?, self.wave("wave")?);
        let estimators = suited(question);
        let count = match self.expression.argument("k") {
            None => 3,
            Some(k) => k.value.parse::<usize>().ok().filter(|k| *k > 0).ok_or_else(|| {
                Diagnostic::error(Code::BadValue, "`k` takes a whole number from 1 on")
                    .at(k.place.clone())
            })?,
        };
        let mut first = None;
        for option in question.options() {
            if let Ok(row) = self.row(question, Some(option), estimators, &cut, wave.as_ref()) {
                first.get_or_insert(row);
            }
        }
        let Some(first) = first else {
            return Err(self.nothing(question, None, &cut, wave.as_ref()));
        };
        let ranked = compare::items(self.scope, question, first);
        let language = self.scope.words.language();
        let names: Vec<String> = ranked
            .iter()
            .take(count)
            .map(|(option, row)| {
                let item = describe::inside(self.scope, option.short.get(language));
                let value = self.scope.printed(row);
                self.scope.words.fill("top.item", &[("item", &item), ("value", &value)])
            })
            .collect();
        Ok(Inline {
            simulated: first.provenance == Provenance::Simulated,
            ..Inline::words(&self.scope.words.list(&names))
        })
    }

    fn versus(&self) -> Result<Inline, Diagnostic> {
        let (_, _, a, b) = self.pair()?;
        let found = tested::compare(self.scope, a, b);
        let key = match found.verdict {
            Verdict::More => "versus.leads",
            Verdict::Less => "versus.trails",
            Verdict::Same => "versus.ties",
            Verdict::Untested(Why::LowBase) => "versus.too-few",
            Verdict::Unclear | Verdict::Untested(Why::NoTest) => "versus.unclear",
            Verdict::Untested(Why::NoNumber | Why::Mixed) => {
                return Err(Diagnostic::error(
                    Code::ClaimRefused,
                    format!("no verb can compare {}", tested::evidence(self.scope, a, b, &found)),
                )
                .at(self.expression.place.clone())
                .hint("Give the numbers that are shown, without comparing them."));
            }
        };
        let simulated = a.provenance == Provenance::Simulated;
        Ok(Inline { simulated, ..Inline::words(&self.scope.words.plural(key, 1, &[])) })
    }

    fn claim(&self) -> Result<Inline, Diagnostic> {
        let provenance = Claim { asked: self }.check()?;
        Ok(Inline { simulated: provenance == Provenance::Simulated, ..Inline::default() })
    }
}

#[derive(Clone, Copy)]
enum Sign {
    Shown,
    Dropped,
}
