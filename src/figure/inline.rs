//! Bound numbers and words: an expression → what stands in the sentence.

use crate::content::{Argument, Expression, Function, Phrase, PhrasePart};
use crate::diag::{Code, Diagnostic};
use crate::markup::Html;
use crate::stats::{Cut, Estimate, Estimator, Provenance};
use crate::survey::{Choice, Question, QuestionKind, WaveKey};
use crate::wording::NO_NUMBER;

use super::compare::{self, Claim};
use super::lookup::{self, Wanted};
use super::tested::{self, Verdict, Why};
use super::{Scope, describe};

/// What an expression puts into a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inline {
    /// For running text: the number in an element that carries its base.
    pub html: String,
    /// For attributes and plain text.
    pub text: String,
    /// Whether made-up answers stand behind it.
    pub simulated: bool,
    /// How many answers stand behind it, where they are too few to rely on.
    pub low_base: Option<u64>,
}

/// Evaluates an expression. All its mistakes are told. What rests on simulated
/// answers says so wherever it is printed or copied to.
pub fn inline(scope: &Scope<'_>, expression: &Expression) -> Result<Inline, Vec<Diagnostic>> {
    let mut inline = Asked { scope, expression }.evaluate().map_err(|wrong| vec![wrong])?;
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

/// Who answered, as printed; `None` where no data tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// How many answered.
    pub respondents: Option<String>,
    /// How many there are.
    pub population: Option<String>,
    /// The one over the other.
    pub rate: Option<String>,
}

/// Who answered in the current wave.
pub fn response(scope: &Scope<'_>) -> Response {
    let asked = |function| {
        let place = crate::diag::Place::file(&crate::diag::SourceText::new("", String::new()));
        let expression = Expression { function, arguments: vec![], place };
        inline(scope, &expression).ok().map(|inline| inline.text)
    };
    Response {
        respondents: asked(Function::Respondents),
        population: asked(Function::Population),
        rate: asked(Function::ResponseRate),
    }
}

/// An expression with what it can be asked about.
pub(super) struct Asked<'a, 's> {
    pub(super) scope: &'s Scope<'a>,
    pub(super) expression: &'s Expression,
}

impl<'a> Asked<'a, '_> {
    fn evaluate(&self) -> Result<Inline, Diagnostic> {
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
                .hint_if(crate::diag::did_you_mean("", keys)))
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
        let name = crate::config::toml::Spelled {
            value: argument.value.clone(),
            place: argument.place.clone(),
        };
        lookup::provenance(&name).map(Some)
    }

    fn digits(&self) -> Result<Option<u8>, Diagnostic> {
        let Some(argument) = self.expression.argument("digits") else { return Ok(None) };
        argument.value.parse().ok().filter(|digits| *digits <= 6).map(Some).ok_or_else(|| {
            Diagnostic::error(Code::BadValue, "`digits` takes a whole number from 0 to 6")
                .at(argument.place.clone())
        })
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

    fn nothing(
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
            .results
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

    fn number(&self, estimators: &[Estimator]) -> Result<Inline, Diagnostic> {
        let question = self.question()?;
        let item = self.item(question)?;
        let (cut, wave, digits) = (self.cut()?, self.wave("wave")?, self.digits()?);
        let row = self.row(question, item, estimators, &cut, wave.as_ref())?;
        let text = self.scope.printed_like(row, digits.or(row.digits));
        let about = describe::about(self.scope, row, question, item);
        let number = Self::bound(text, row.value.estimate(), &about, row.provenance);
        let is_low = row.value.estimate().is_some() && self.scope.low_base(row);
        Ok(Inline { low_base: row.n.filter(|_| is_low), ..number })
    }

    /// A number in an element that carries what it is about.
    fn bound(text: String, value: Option<f64>, about: &str, provenance: Provenance) -> Inline {
        let simulated = provenance == Provenance::Simulated;
        let mut html = Html::default();
        let class = if simulated { "bound simulated" } else { "bound" };
        let value = value.map(|value| value.to_string()).unwrap_or_default();
        html.tag("data", &[("class", class), ("value", &value), ("title", about)])
            .text(&text)
            .end("data");
        Inline { html: html.into(), text, simulated, low_base: None }
    }

    fn words(text: &str) -> Inline {
        Inline {
            html: crate::markup::escape(text).into_owned(),
            text: text.to_owned(),
            simulated: false,
            low_base: None,
        }
    }

    fn base(&self) -> Result<Inline, Diagnostic> {
        let question = self.question()?;
        let item = self.item(question)?;
        let (cut, wave) = (self.cut()?, self.wave("wave")?);
        let row = self.row(question, item, super::ask::suited(question), &cut, wave.as_ref())?;
        let n = row.n.ok_or_else(|| {
            Diagnostic::error(
                Code::NothingPublished,
                format!("no base is known for `{}`", question.key),
            )
            .at(self.expression.place.clone())
            .hint("The publication gives none; say so in words.")
        })?;
        Ok(self.whole(n, &describe::about(self.scope, row, question, item), row.provenance))
    }

    #[expect(clippy::cast_precision_loss, reason = "no survey has 2^53 respondents")]
    fn whole(&self, n: u64, about: &str, provenance: Provenance) -> Inline {
        Self::bound(self.scope.words.number(n as f64, 0), Some(n as f64), about, provenance)
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
            return Ok(Self::bound(
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
        Ok(self.whole(above as u64 + 1, &about, own.provenance))
    }

    fn change(&self) -> Result<Inline, Diagnostic> {
        let (question, item, before, after) = self.waves("item")?;
        Ok(self.gap(after, before, Sign::Shown, question, item))
    }

    fn difference(&self) -> Result<Inline, Diagnostic> {
        let (question, item, a, b) = self.pair()?;
        Ok(self.gap(a, b, Sign::Dropped, question, item))
    }

    /// The two rows that `from` and `to` name; the item may be called `other`.
    pub(super) fn waves(&self, other: &str) -> Result<compare::Pair<'a>, Diagnostic> {
        let question = self.question()?;
        let (item, estimators) = match self.expression.argument(other) {
            Some(name) => (
                Some(lookup::option(question, &name.value, &name.place)?),
                super::ask::suited(question),
            ),
            None => self.measured(question)?,
        };
        let cut = self.cut()?;
        self.required("from")?;
        self.required("to")?;
        let (from, to) = (self.wave("from")?, self.wave("to")?);
        let side = |wave| Side { item, cut: cut.clone(), wave };
        let sides = [side(from.as_ref()), side(to.as_ref())];
        let (before, after) = self.both(question, sides, estimators)?;
        compare::comparable(self, question, before, after)?;
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
        Ok((self.item(question)?, super::ask::suited(question)))
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
    pub(super) fn pair(&self) -> Result<compare::Pair<'a>, Diagnostic> {
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
        let estimators = super::ask::suited(question);
        let (a, b) = self.both(question, [side(a)?, side(b)?], estimators)?;
        Ok((question, None, a, b))
    }

    /// The first row less the second, or the words for no clear difference.
    fn gap(
        &self,
        a: &Estimate,
        b: &Estimate,
        sign: Sign,
        question: &Question,
        item: Option<&Choice>,
    ) -> Inline {
        let words = self.scope.words;
        let (Some(one), Some(other)) = (a.value.estimate(), b.value.estimate()) else {
            return Self::words(NO_NUMBER);
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
            return Inline { simulated, ..Self::words(words.text(key)) };
        }
        let difference = match sign {
            Sign::Shown => one - other,
            Sign::Dropped => (one - other).abs(),
        };
        let digits = a.digits.into_iter().chain(b.digits).max();
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
            let print = |gap| self.scope.gap(a.estimator, gap);
            let level = words.percent(self.scope.config.statistics.confidence, 0);
            let (low, high) = (print(low), print(high));
            about = words.fill(
                "difference.interval",
                &[("about", &about), ("level", &level), ("low", &low), ("high", &high)],
            );
        }
        Self::bound(text, Some(difference), &about, a.provenance)
    }

    fn top(&self) -> Result<Inline, Diagnostic> {
        let question = self.question()?;
        let (cut, wave) = (self.cut()?, self.wave("wave")?);
        let estimators = super::ask::suited(question);
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
            ..Self::words(&self.scope.words.list(&names))
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
        Ok(Inline { simulated, ..Self::words(&self.scope.words.plural(key, 1, &[])) })
    }

    fn claim(&self) -> Result<Inline, Diagnostic> {
        let provenance = Claim { asked: self }.check()?;
        Ok(Inline { simulated: provenance == Provenance::Simulated, ..Inline::default() })
    }

    fn population(&self) -> Result<Inline, Diagnostic> {
        let (cut, wave) = (self.cut()?, self.wave("wave")?);
        let size = lookup::population(self.scope, wave.as_ref(), &cut).ok_or_else(|| {
            self.unknown_size(
                "the population",
                "Give it in `data/frame.csv` or as `population-size` in `[design]`.",
            )
        })?;
        let about = self.scope.words.fill("numbers.population", &[("n", &size.to_string())]);
        Ok(self.whole(size, &about, Provenance::Published))
    }

    fn respondents(&self) -> Result<Inline, Diagnostic> {
        let (cut, wave) = (self.cut()?, self.wave("wave")?);
        let size = lookup::respondents(self.scope, wave.as_ref(), &cut).ok_or_else(|| {
            self.unknown_size(
                "how many answered",
                "Publish it as the question `sample_size`, or add `responses.csv`.",
            )
        })?;
        Ok(self.whole(
            size,
            &self.scope.words.plural("numbers.respondents", size, &[]),
            Provenance::Published,
        ))
    }

    #[expect(clippy::cast_precision_loss, reason = "no survey has 2^53 respondents")]
    fn response_rate(&self) -> Result<Inline, Diagnostic> {
        let (cut, wave) = (self.cut()?, self.wave("wave")?);
        let about = |rate: &str| self.scope.words.fill("numbers.response-rate", &[("rate", rate)]);
        if let Some(question) = self.scope.survey.codebook.question(lookup::RESPONSE_RATE)
            && let Ok(row) = self.row(question, None, &[Estimator::Proportion], &cut, wave.as_ref())
        {
            let text = self.scope.printed(row);
            let about = about(&text);
            return Ok(Self::bound(text, row.value.estimate(), &about, row.provenance));
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
        Ok(Self::bound(text, Some(rate), &about, Provenance::Published))
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

/// One of two rows that are compared.
struct Side<'w, 'a> {
    item: Option<&'a Choice>,
    cut: Cut,
    wave: Option<&'w WaveKey>,
}

#[derive(Clone, Copy)]
enum Sign {
    Shown,
    Dropped,
}
