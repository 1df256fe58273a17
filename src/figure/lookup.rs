//! Names that authors write → questions, options, groups and waves, each with
//! a suggestion when it does not exist.

use crate::config::toml::Spelled;
use crate::diag::{Code, Diagnostic, Place, did_you_mean};
use crate::stats::{
    Basis, Cut, Estimate, Estimator, Provenance, Results, Selector, Test, WaveMeta,
};
use crate::survey::{Choice, OptionKey, Question, QuestionKey, WaveKey};

use super::Scope;

/// Questions whose published figures tell who was asked (`report.md`).
pub(super) const SAMPLE_SIZE: &str = "sample_size";
pub(super) const POPULATION: &str = "population";
pub(super) const RESPONSE_RATE: &str = "response_rate";

/// True for the questions that tell who was asked rather than what was answered.
pub fn counts_the_sample(question: &QuestionKey) -> bool {
    [SAMPLE_SIZE, POPULATION, RESPONSE_RATE].contains(&question.as_str())
}

/// A question by the name that an author wrote.
pub(super) fn question<'a>(
    scope: &Scope<'a>,
    name: &str,
    place: &Place,
) -> Result<&'a Question, Diagnostic> {
    scope.survey.codebook.question(name).ok_or_else(|| unknown_question(scope, name, place))
}

pub(super) fn unknown_question(scope: &Scope<'_>, name: &str, place: &Place) -> Diagnostic {
    let codebook = &scope.survey.codebook;
    if let Some(group) = codebook.group(name) {
        let members: Vec<_> = group.members.iter().map(|key| format!("`{key}`")).collect();
        let message = format!("`{name}` is a group of questions, not one of them");
        return Diagnostic::error(Code::UnknownQuestion, message)
            .at(place.clone())
            // One of its questions may make it a battery.
            .doubted(!codebook.is_whole())
            .hint(format!("Name one of {}.", members.join(", ")))
            .hint_if(codebook.battery(name).is_none().then(|| {
                "A chart block shows a whole group where its questions have one range or one list."
                    .to_owned()
            }));
    }
    let batteries = codebook.groups().iter().map(|group| group.name.as_str());
    let known = codebook.questions().iter().map(|question| question.key.as_str()).chain(batteries);
    let hint = crate::diag::nearest(name, known).map_or_else(
        || "Add it to `data/codebook/survey.csv`, or name one that is there.".to_owned(),
        |found| format!("Did you mean `{found}`?"),
    );
    Diagnostic::error(Code::UnknownQuestion, format!("the codebook has no question `{name}`"))
        .at(place.clone())
        .doubted(codebook.may_have(name))
        .hint(hint)
}

/// An option of a question.
pub(super) fn option<'a>(
    question: &'a Question,
    name: &str,
    place: &Place,
) -> Result<&'a Choice, Diagnostic> {
    question.option(name).ok_or_else(|| {
        Diagnostic::error(
            Code::UnknownItem,
            format!("`{name}` is not an item of `{}`", question.key),
        )
        .at(place.clone())
        .doubted(question.may_offer(name))
        .hint_if(question.meant(name))
    })
}

/// A question that can be used as a cut.
pub(super) fn breakdown<'a>(
    scope: &Scope<'a>,
    name: &str,
    place: &Place,
) -> Result<&'a Question, Diagnostic> {
    let questions = scope.survey.codebook.questions();
    questions
        .iter()
        .find(|question| question.breakdown && question.key.as_str() == name)
        .ok_or_else(|| {
            let known = questions
                .iter()
                .filter(|question| question.breakdown)
                .map(|question| question.key.as_str());
            Diagnostic::error(Code::UnknownBreakdown, format!("there is no breakdown `{name}`"))
                .at(place.clone())
                .doubted(scope.survey.codebook.may_cut(name))
                .hint_if(did_you_mean(name, known))
        })
}

/// A group of a breakdown.
pub(super) fn group<'a>(
    breakdown: &'a Question,
    name: &str,
    place: &Place,
) -> Result<&'a Choice, Diagnostic> {
    breakdown.option(name).ok_or_else(|| {
        Diagnostic::error(
            Code::UnknownGroup,
            format!("`{name}` is not a group of `{}`", breakdown.key),
        )
        .at(place.clone())
        .doubted(breakdown.may_offer(name))
        .hint_if(breakdown.meant(name))
    })
}

/// A wave.
pub(super) fn wave(scope: &Scope<'_>, name: &str, place: &Place) -> Result<WaveKey, Diagnostic> {
    if scope.config.wave(name).is_some() {
        return Ok(WaveKey::new(name));
    }
    let known = scope.config.waves.iter().map(|wave| wave.key.as_str());
    Err(Diagnostic::error(Code::UnknownWave, format!("there is no wave `{name}`"))
        .at(place.clone())
        .hint_if(did_you_mean(name, known)))
}

/// A provenance that an author asks for.
pub(super) fn provenance(name: &Spelled<String>) -> Result<Provenance, Diagnostic> {
    PROVENANCES.into_iter().find(|known| known.name() == name.value).ok_or_else(|| {
        Diagnostic::error(Code::BadValue, format!("there is no provenance `{}`", name.value))
            .at(name.place.clone())
            .hint_if(did_you_mean(&name.value, PROVENANCES.iter().map(|known| known.name())))
    })
}

/// The place of the first wave after a question changed, if one was before.
pub(super) fn break_before(scope: &Scope<'_>, question: &Question) -> Option<usize> {
    let first = question.comparable_from.as_ref()?;
    let waves = &scope.config.waves;
    waves.iter().position(|wave| wave.key == first.as_str()).filter(|at| 0 < *at)
}

/// The last wave.
pub(super) fn current_wave(scope: &Scope<'_>) -> Option<WaveKey> {
    scope.config.current_wave().map(|wave| WaveKey::new(wave.key.as_str()))
}

impl<'a> Scope<'a> {
    /// The row that is asked for.
    fn get(&self, selector: &Selector<'_>) -> Option<&'a Estimate> {
        self.numbers(selector.question, selector.provenance).get(selector)
    }

    /// Whether a question has any number of this provenance.
    pub(super) fn has(&self, question: &QuestionKey, provenance: Provenance) -> bool {
        self.numbers(question, provenance).has(question, provenance)
    }

    /// The rows of one question, in the order of their selectors.
    pub(super) fn of_question(
        &self,
        question: &QuestionKey,
    ) -> impl Iterator<Item = &'a Estimate> + use<'a> {
        self.all_rows(question).of_question(question)
    }

    /// The test of the difference from one row to another of its question.
    pub(super) fn test_between(&self, from: &Estimate, to: &Estimate) -> Option<&'a Test> {
        let withheld = self.withheld.and_then(|all| all.tests(&to.question, self.basis()));
        withheld.unwrap_or(self.results).test_between(from, to)
    }

    /// The designs of the waves.
    pub(super) fn waves(&self) -> &'a [WaveMeta] {
        self.withheld.map_or(&self.results.meta.waves, |withheld| &withheld.waves)
    }

    /// Where the rows of a question are that have this provenance.
    fn numbers(&self, question: &QuestionKey, provenance: Provenance) -> &'a Results {
        match provenance {
            Provenance::Simulated => self.all_rows(question),
            _ => self.results,
        }
    }

    /// Where all rows of a question are.
    fn all_rows(&self, question: &QuestionKey) -> &'a Results {
        let withheld = self.withheld.and_then(|all| all.rows(question, self.basis()));
        withheld.unwrap_or(self.results)
    }

    fn basis(&self) -> Basis<'a> {
        Basis { survey: self.survey, config: self.config, shown: self.results }
    }
}

/// One number, of the best provenance that has it.
pub(super) fn row<'a>(scope: &Scope<'a>, wanted: &Wanted<'_>) -> Option<&'a Estimate> {
    wanted.provenances().iter().find_map(|provenance| {
        wanted
            .estimators
            .iter()
            .find_map(|estimator| scope.get(&wanted.selector(*provenance, *estimator)))
    })
}

/// What is looked for, whatever its provenance.
pub(super) struct Wanted<'w> {
    pub(super) question: &'w QuestionKey,
    pub(super) item: Option<&'w OptionKey>,
    /// In order of preference.
    pub(super) estimators: &'w [Estimator],
    pub(super) cut: &'w Cut,
    pub(super) wave: Option<&'w WaveKey>,
    /// The one asked for; `None`: the best.
    pub(super) provenance: Option<Provenance>,
}

impl Wanted<'_> {
    fn provenances(&self) -> &[Provenance] {
        self.provenance.as_ref().map_or(&PROVENANCES, std::slice::from_ref)
    }

    fn selector(&self, provenance: Provenance, estimator: Estimator) -> Selector<'_> {
        Selector {
            question: self.question,
            item: self.item,
            estimator,
            cut: self.cut,
            // Figures of other studies belong to no wave of this one.
            wave: if provenance == Provenance::OtherStudy { None } else { self.wave },
            provenance,
        }
    }
}

/// The provenances, the best first.
pub(super) const PROVENANCES: [Provenance; 4] =
    [Provenance::Collected, Provenance::Published, Provenance::OtherStudy, Provenance::Simulated];

/// How many answered in a part of the population: as published, else of the
/// answers at hand. `None` where neither tells it, or where it may not be told.
pub fn respondents(scope: &Scope<'_>, wave: Option<&WaveKey>, cut: &Cut) -> Option<u64> {
    count(scope, SAMPLE_SIZE, wave, cut).or_else(|| {
        let mut waves = scope.results.meta.waves.iter();
        let meta = waves.find(|meta| Some(&meta.wave) == wave)?;
        if meta.provenance != Provenance::Collected {
            return None;
        }
        if cut.conditions().is_empty() {
            return Some(meta.respondents);
        }
        meta.groups.iter().find(|(group, _)| group == cut).map(|(_, n)| *n)
    })
}

/// How large a part of the population of a wave is: as published, else by the
/// sizes of the strata in the answers, else by the frame, else by the design.
/// `None` where clusters were drawn: then sizes are numbers of clusters.
pub fn population(scope: &Scope<'_>, wave: Option<&WaveKey>, cut: &Cut) -> Option<u64> {
    if let Some(published) = count(scope, POPULATION, wave, cut) {
        return Some(published);
    }
    let design = wave.and_then(|wave| Some(&scope.config.wave(wave.as_str())?.design));
    if design.is_some_and(|design| design.cluster.is_some()) {
        return None;
    }
    if design.is_some_and(|design| design.size_column().is_some()) {
        return in_strata(scope, wave?).filter(|_| cut.conditions().is_empty());
    }
    let frame = scope.survey.frame_of(wave);
    match cut.conditions() {
        [] => frame.map(crate::survey::Frame::total).or_else(|| {
            match &scope.config.wave(wave?.as_str())?.design.population {
                Some(crate::config::Population::Total(total)) => Some(*total),
                _ => None,
            }
        }),
        [(breakdown, group)] => frame?.size(breakdown.as_str(), group.as_str()),
        _ => None,
    }
}

/// What the sizes of the strata of the answers add up to.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count is a whole number from 0"
)]
fn in_strata(scope: &Scope<'_>, wave: &WaveKey) -> Option<u64> {
    let meta = scope.waves().iter().find(|meta| meta.wave == *wave)?;
    let sizes = meta.strata.iter().map(|stratum| stratum.population);
    sizes.sum::<Option<f64>>().map(|all| all.round() as u64)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count is a whole number from 0"
)]
fn count(scope: &Scope<'_>, question: &str, wave: Option<&WaveKey>, cut: &Cut) -> Option<u64> {
    let question = QuestionKey::new(question);
    let estimators = [Estimator::Count];
    let wanted = Wanted {
        question: &question,
        item: None,
        estimators: &estimators,
        cut,
        wave,
        provenance: None,
    };
    row(scope, &wanted)?.value.estimate().map(|count| count.round() as u64)
}
