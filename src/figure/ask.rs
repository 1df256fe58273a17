//! What a request names → questions, groups, waves and texts; all that is
//! wrong with it is told at once.

use std::collections::BTreeSet;

use crate::config::toml::Spelled;
use crate::content::{FigureRequest, Phrase};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::markup::is_device;
use crate::stats::{Cut, Estimator, Provenance};
use crate::survey::{Group, Question, WaveKey, slug};

use super::plan::Subject;
use super::suited::suited_of;
use super::{Inline, Scope, evaluate, lookup};

/// A name of a figure has at most so many characters: a file cannot have many
/// more.
pub(super) const LONGEST_ID: usize = 120;

/// A request whose names all exist.
pub(super) struct Asked<'a> {
    pub(super) question: &'a Question,
    /// The heading of a battery, when the question is one of its members.
    pub(super) battery: Option<&'a Group>,
    pub(super) items: Vec<Subject<'a>>,
    pub(super) part: Part,
    pub(super) waves: Waves,
    pub(super) by: Vec<&'a Question>,
    pub(super) provenance: Option<Provenance>,
    pub(super) estimators: Vec<Estimator>,
    pub(super) title: Option<Inline>,
    pub(super) subtitle: Option<Inline>,
    pub(super) note: Option<Inline>,
}

/// The part of the population that the whole figure is about.
pub(super) struct Part {
    pub(super) cut: Cut,
    pub(super) labels: Vec<String>,
}

/// The waves that a figure shows.
pub(super) enum Waves {
    /// One; `None`: the survey has none.
    One(Option<WaveKey>),
    /// Each of them.
    All,
}

/// Reads the names of a request.
pub(super) fn ask<'a>(
    scope: &Scope<'a>,
    request: &FigureRequest,
) -> Result<Asked<'a>, Vec<Diagnostic>> {
    let (question, battery, items) = subject(scope, request).map_err(|wrong| vec![wrong])?;
    let mut names = Names { scope, wrong: vec![] };
    let estimators = match &request.estimator {
        None => suited_of(question, battery.is_some()).to_vec(),
        Some(name) => {
            names.note(estimator(question, battery.is_some(), name)).into_iter().collect()
        }
    };
    names.id(request);
    let asked = Asked {
        question,
        battery,
        items: names.items(question, battery, items, &request.items),
        part: names.part(&request.part),
        waves: names.waves(request),
        by: names.breakdowns(&request.by),
        provenance: request
            .provenance
            .as_ref()
            .and_then(|name| names.note(lookup::provenance(name))),
        estimators,
        title: names.text(request.title.as_ref()),
        subtitle: names.text(request.subtitle.as_ref()),
        note: names.text(request.note.as_ref()),
    };
    if names.wrong.is_empty() { Ok(asked) } else { Err(names.wrong) }
}

type Topic<'a> = (&'a Question, Option<&'a Group>, Vec<Subject<'a>>);

/// The question or battery, with everything that could be a line.
fn subject<'a>(scope: &Scope<'a>, request: &FigureRequest) -> Result<Topic<'a>, Diagnostic> {
    let Spelled { value: name, place } = &request.question;
    let codebook = &scope.survey.codebook;
    let language = scope.words.language();
    let plain = |key: &'a str, question: &'a Question| Subject {
        named: key,
        label: question.short.get(language),
        question: &question.key,
        choice: None,
        score: None,
    };
    if let Some(question) = codebook.question(name) {
        let options = question.options().iter().map(|choice| Subject {
            named: choice.key.as_str(),
            label: choice.short.get(language),
            choice: Some(choice),
            ..plain("", question)
        });
        let mut subjects: Vec<_> = options.collect();
        if subjects.is_empty() {
            subjects.push(plain("", question));
        }
        return Ok((question, None, subjects));
    }
    let Some((group, members)) = codebook.battery(name) else {
        return Err(lookup::unknown_question(scope, name, place));
    };
    let subjects = members.iter().map(|member| plain(member.key.as_str(), member));
    Ok((members[0], Some(group), subjects.collect()))
}

/// Looks names up, and keeps what is wrong with them.
struct Names<'s, 'a> {
    scope: &'s Scope<'a>,
    wrong: Vec<Diagnostic>,
}

impl<'a> Names<'_, 'a> {
    fn note<T>(&mut self, result: Result<T, Diagnostic>) -> Option<T> {
        result.map_err(|wrong| self.wrong.push(wrong)).ok()
    }

    fn items(
        &mut self,
        question: &Question,
        battery: Option<&Group>,
        all: Vec<Subject<'a>>,
        asked: &[Spelled<String>],
    ) -> Vec<Subject<'a>> {
        if asked.is_empty() {
            return all;
        }
        self.once("items", asked, "Name each item once.");
        let mut chosen = vec![];
        for name in asked {
            if let Some(subject) = all.iter().find(|subject| subject.key() == name.value) {
                chosen.push(subject.clone());
                continue;
            }
            let asked_of =
                battery.map_or_else(|| question.key.to_string(), |group| group.name.clone());
            let keys = all.iter().map(Subject::key).filter(|key| !key.is_empty());
            let hint = match battery {
                None => question.meant(&name.value),
                Some(_) => did_you_mean(&name.value, keys),
            };
            self.wrong.push(
                Diagnostic::error(
                    Code::UnknownItem,
                    format!("`{}` is not an item of `{asked_of}`", name.value),
                )
                .at(name.place.clone())
                .doubted(match battery {
                    None => question.may_offer(&name.value),
                    Some(_) => self.scope.survey.codebook.may_have(&name.value),
                })
                .hint_if(hint),
            );
        }
        chosen
    }

    fn part(&mut self, conditions: &[(Spelled<String>, Spelled<String>)]) -> Part {
        let mut part = Part { cut: Cut::all(), labels: vec![] };
        for (breakdown, group) in conditions {
            let found = lookup::breakdown(self.scope, &breakdown.value, &breakdown.place).and_then(
                |breakdown| Ok((breakdown, lookup::group(breakdown, &group.value, &group.place)?)),
            );
            if let Some((breakdown, group)) = self.note(found) {
                part.cut = part.cut.and(breakdown.key.clone(), group.key.clone());
                part.labels.push(group.short.get(self.scope.words.language()).to_owned());
            }
        }
        part
    }

    fn waves(&mut self, request: &FigureRequest) -> Waves {
        match &request.wave {
            Some(name) if name.value == "all" => {
                if !request.by.is_empty() {
                    self.wrong.push(
                        Diagnostic::error(
                            Code::BadValue,
                            "a comparison of waves cannot be cut by a breakdown as well",
                        )
                        .at(name.place.clone())
                        .hint("Take out `by`, or show one group with `where = { … }`."),
                    );
                }
                Waves::All
            }
            Some(name) => Waves::One(self.note(lookup::wave(self.scope, &name.value, &name.place))),
            None => Waves::One(lookup::current_wave(self.scope)),
        }
    }

    /// Notes each name that stands in the list before.
    fn once(&mut self, key: &str, names: &[Spelled<String>], hint: &str) {
        let mut seen = BTreeSet::new();
        for name in names.iter().filter(|name| !seen.insert(name.value.as_str())) {
            let message = format!("`{key}` names `{}` twice", name.value);
            let twice = Diagnostic::error(Code::BadValue, message).at(name.place.clone());
            self.wrong.push(twice.hint(hint));
        }
    }

    fn breakdowns(&mut self, names: &[Spelled<String>]) -> Vec<&'a Question> {
        self.once("by", names, "Name each breakdown once.");
        names
            .iter()
            .filter_map(|name| self.note(lookup::breakdown(self.scope, &name.value, &name.place)))
            .collect()
    }

    fn text(&mut self, phrase: Option<&Phrase>) -> Option<Inline> {
        match evaluate::phrase(self.scope, phrase?) {
            Ok(inline) => Some(inline),
            Err(found) => {
                self.wrong.extend(found);
                None
            }
        }
    }

    fn id(&mut self, request: &FigureRequest) {
        let Some(id) = &request.id else { return };
        let written = slug(&id.value);
        if is_device(&id.value) {
            self.wrong.push(
                Diagnostic::error(
                    Code::ReservedAddress,
                    format!(
                        "Windows keeps the name `{}` for a device: no file may have it",
                        id.value
                    ),
                )
                .at(id.place.clone())
                .hint(format!("Write `figure-{written}`, or any other id.")),
            );
        } else if id.value.len() > LONGEST_ID {
            self.wrong.push(
                Diagnostic::error(
                    Code::BadValue,
                    format!("an id of {} characters", id.value.chars().count()),
                )
                .at(id.place.clone())
                .hint(format!("Write at most {LONGEST_ID}: files of the site have this name.")),
            );
        } else if written.is_empty() || written != id.value {
            self.wrong.push(
                Diagnostic::error(
                    Code::BadValue,
                    format!("the id `{}` cannot be an address", id.value),
                )
                .at(id.place.clone())
                .hint(match written.as_str() {
                    "" => "Write small letters without accents, digits, hyphens; or take it out."
                        .to_owned(),
                    _ => format!(
                        "Write `{written}`: small letters without accents, digits, hyphens."
                    ),
                }),
            );
        }
    }
}

fn estimator(
    question: &Question,
    is_battery: bool,
    name: &Spelled<String>,
) -> Result<Estimator, Diagnostic> {
    let suited = suited_of(question, is_battery);
    suited.iter().copied().find(|estimator| estimator.name() == name.value).ok_or_else(|| {
        Diagnostic::error(
            Code::EstimatorDoesNotFit,
            format!("`{}` has no estimator `{}`", question.key, name.value),
        )
        .at(name.place.clone())
        .doubted(question.is_unsure())
        .hint_if(did_you_mean(&name.value, suited.iter().map(|estimator| estimator.name())))
    })
}
