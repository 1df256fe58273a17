//! A checked request: which rows of the results stand in which cell, and
//! which chart shows them.

use crate::config::toml::Spelled;
use crate::content::{FigureRequest, Kind, Sort};
use crate::diag::{Code, Diagnostic, Place};
use crate::stats::{Cut, Estimate, Estimator, Provenance};
use crate::survey::{Choice, Question, QuestionKey, QuestionKind, Role, WaveKey, slug};

use super::lookup::{self, Wanted};
use super::{Inline, Scope, inline};

/// A figure that can be drawn.
#[derive(Debug)]
pub struct Plan<'a> {
    /// Its name, unique in its language; see [`Plan::rename`].
    pub(super) id: String,
    /// Its place among the numbered figures.
    pub(super) number: Option<usize>,
    pub(super) kind: Kind,
    pub(super) question: &'a Question,
    /// The heading of a battery, when the question is one of its members.
    pub(super) battery: Option<&'a crate::survey::Group>,
    pub(super) estimator: Estimator,
    pub(super) provenance: Provenance,
    pub(super) items: Vec<Subject<'a>>,
    pub(super) slices: Vec<Slice>,
    /// What the slices are.
    pub(super) across: Across<'a>,
    /// Rows × columns as in `items` × `slices`; `None`: no number is known.
    pub(super) cells: Vec<Vec<Option<&'a Estimate>>>,
    /// The number of everybody for each item, when slices are groups.
    pub(super) totals: Vec<Option<&'a Estimate>>,
    /// How many options of the question have no number at all.
    pub(super) unknown_items: usize,
    pub(super) part: Vec<String>,
    pub(super) wave: Option<WaveKey>,
    pub(super) highlight: Vec<String>,
    pub(super) limit: Option<usize>,
    pub(super) title: Option<Inline>,
    pub(super) subtitle: Option<Inline>,
    pub(super) note: Option<Inline>,
    explicit_id: Option<Place>,
}

/// One line of a figure.
#[derive(Debug, Clone)]
pub(super) struct Subject<'a> {
    pub(super) key: String,
    pub(super) label: &'a crate::config::Text,
    pub(super) question: &'a QuestionKey,
    pub(super) choice: Option<&'a Choice>,
}

/// One column of a figure: a group, a wave, or everybody.
#[derive(Debug, Clone)]
pub(super) struct Slice {
    pub(super) key: String,
    pub(super) label: String,
    pub(super) cut: Cut,
    pub(super) wave: Option<WaveKey>,
}

/// What the columns of a figure are.
#[derive(Debug, Clone, Copy)]
pub(super) enum Across<'a> {
    /// There is one.
    Nothing,
    /// Groups of a breakdown, or of several.
    Groups(&'a Question),
    /// Waves.
    Waves,
}

impl Plan<'_> {
    /// Its name.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The anchor of the figure on its page.
    pub fn anchor(&self) -> String {
        format!("fig-{}", self.id)
    }

    /// Gives the figure another name, unless its author chose one: then the
    /// place of that name is returned for a complaint.
    pub fn rename(&mut self, id: String) -> Result<(), Place> {
        if let Some(place) = &self.explicit_id {
            Err(place.clone())
        } else {
            self.id = id;
            Ok(())
        }
    }

    /// Its number in the report; key numbers and figures of pages that the
    /// data write have none.
    pub fn number(&self) -> Option<usize> {
        self.number
    }

    /// Whether it shows a question or a battery.
    pub fn is_about(&self, name: &str) -> bool {
        self.subject_name() == name || self.items.iter().any(|item| item.question.as_str() == name)
    }

    /// The question that it shows, or the battery.
    pub fn subject_name(&self) -> &str {
        self.battery.map_or(self.question.key.as_str(), |group| &group.name)
    }

    /// The kind of chart.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Key numbers stand in a row and are not numbered.
    pub fn is_key_number(&self) -> bool {
        self.kind == Kind::Number
    }

    /// Gives the figure its number in the report.
    pub fn set_number(&mut self, number: usize) {
        self.number = Some(number);
    }
}

/// Checks a request. All its mistakes are told.
pub fn plan<'a>(scope: &Scope<'a>, request: &FigureRequest) -> Result<Plan<'a>, Vec<Diagnostic>> {
    let mut wrong = vec![];
    let mut note = |result: Result<(), Diagnostic>| wrong.extend(result.err());
    let (question, battery, all_items) = match subject(scope, request) {
        Ok(subject) => subject,
        Err(diagnostic) => return Err(vec![diagnostic]),
    };
    let items = choose_items(question, battery, all_items, &request.items, &mut note);
    let waves = request.wave.as_ref().map(|wave| wave.value.as_str());
    let base = condition(scope, &request.part, &mut note);
    let (slices, across, wave) = columns(scope, request, &base, waves, &mut note);
    let asked = match request.provenance.as_ref().map(lookup::provenance).transpose() {
        Ok(asked) => asked,
        Err(diagnostic) => {
            note(Err(diagnostic));
            None
        }
    };
    let estimators = match &request.estimator {
        None => suited(question).to_vec(),
        Some(name) => match estimator(question, name) {
            Ok(estimator) => vec![estimator],
            Err(diagnostic) => {
                note(Err(diagnostic));
                vec![]
            }
        },
    };
    let mut text = |phrase: &Option<crate::content::Phrase>| {
        phrase.as_ref().and_then(|phrase| match inline::phrase(scope, phrase) {
            Ok(inline) => Some(inline),
            Err(found) => {
                for diagnostic in found {
                    note(Err(diagnostic));
                }
                None
            }
        })
    };
    let (title, subtitle, remark) =
        (text(&request.title), text(&request.subtitle), text(&request.note));
    if let Some(id) = &request.id
        && slug(&id.value) != id.value
    {
        note(Err(Diagnostic::error(
            Code::BadValue,
            format!("the id `{}` cannot be an address", id.value),
        )
        .at(id.place.clone())
        .hint(format!(
            "Write `{}`: small letters without accents, digits, hyphens.",
            slug(&id.value)
        ))));
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let Some(grid) = grid(scope, &items, &slices, &base, &estimators, asked, across) else {
        return Err(vec![empty(scope, request, question)]);
    };
    let mut plan = Plan {
        id: request.id.as_ref().map_or_else(|| default_id(request), |id| id.value.clone()),
        number: None,
        kind: Kind::Table,
        question,
        battery,
        estimator: grid.estimator,
        provenance: grid.provenance,
        items,
        slices,
        across,
        cells: grid.cells,
        totals: grid.totals,
        unknown_items: 0,
        part: base.labels,
        wave,
        highlight: request.highlight.iter().map(|name| name.value.clone()).collect(),
        limit: request.limit.map(|limit| limit as usize),
        title,
        subtitle,
        note: remark,
        explicit_id: request.id.as_ref().map(|id| id.place.clone()),
    };
    if request.items.is_empty() {
        plan.drop_unknown_items();
    }
    plan.sort(request.sort);
    plan.check_highlight(request).map_err(|wrong| vec![wrong])?;
    plan.kind = plan.choose_kind(request).map_err(|wrong| vec![wrong])?;
    Ok(plan)
}

type Subjects<'a> = (&'a Question, Option<&'a crate::survey::Group>, Vec<Subject<'a>>);

/// The question or battery, with everything that could be a line.
fn subject<'a>(scope: &Scope<'a>, request: &FigureRequest) -> Result<Subjects<'a>, Diagnostic> {
    let Spelled { value: name, place } = &request.question;
    let codebook = &scope.survey.codebook;
    if let Some(question) = codebook.question(name) {
        let subjects = match question.options() {
            [] => vec![Subject {
                key: String::new(),
                label: &question.short,
                question: &question.key,
                choice: None,
            }],
            options => options
                .iter()
                .map(|choice| Subject {
                    key: choice.key.to_string(),
                    label: &choice.short,
                    question: &question.key,
                    choice: Some(choice),
                })
                .collect(),
        };
        return Ok((question, None, subjects));
    }
    let Some((group, members)) = codebook.battery(name) else {
        return Err(lookup::unknown_question(scope, name, place));
    };
    let subjects = members.iter().map(|member| Subject {
        key: member.key.to_string(),
        label: &member.short,
        question: &member.key,
        choice: None,
    });
    Ok((members[0], Some(group), subjects.collect()))
}

fn choose_items<'a>(
    question: &Question,
    battery: Option<&crate::survey::Group>,
    all: Vec<Subject<'a>>,
    asked: &[Spelled<String>],
    note: &mut impl FnMut(Result<(), Diagnostic>),
) -> Vec<Subject<'a>> {
    if asked.is_empty() {
        return all;
    }
    let mut chosen = vec![];
    for name in asked {
        if let Some(subject) = all.iter().find(|subject| subject.key == name.value) {
            chosen.push(subject.clone());
        } else {
            let asked_of =
                battery.map_or_else(|| question.key.to_string(), |group| group.name.clone());
            let keys = all.iter().map(|subject| subject.key.as_str()).filter(|key| !key.is_empty());
            note(Err(Diagnostic::error(
                Code::UnknownItem,
                format!("`{}` is not an item of `{asked_of}`", name.value),
            )
            .at(name.place.clone())
            .hint_if(crate::diag::did_you_mean(&name.value, keys))));
        }
    }
    chosen
}

/// The part of the population that the whole figure is about.
pub(super) struct Part {
    cut: Cut,
    labels: Vec<String>,
}

fn condition(
    scope: &Scope<'_>,
    conditions: &[(Spelled<String>, Spelled<String>)],
    note: &mut impl FnMut(Result<(), Diagnostic>),
) -> Part {
    let mut part = Part { cut: Cut::all(), labels: vec![] };
    for (breakdown, group) in conditions {
        let found =
            lookup::breakdown(scope, &breakdown.value, &breakdown.place).and_then(|breakdown| {
                Ok((breakdown, lookup::group(breakdown, &group.value, &group.place)?))
            });
        match found {
            Ok((breakdown, group)) => {
                part.cut = part.cut.and(breakdown.key.clone(), group.key.clone());
                part.labels.push(group.short.get(scope.words.language()).to_owned());
            }
            Err(diagnostic) => note(Err(diagnostic)),
        }
    }
    part
}

fn columns<'a>(
    scope: &Scope<'a>,
    request: &FigureRequest,
    base: &Part,
    waves: Option<&str>,
    note: &mut impl FnMut(Result<(), Diagnostic>),
) -> (Vec<Slice>, Across<'a>, Option<WaveKey>) {
    let wave = match (&request.wave, waves) {
        (Some(name), Some(key)) if key != "all" => match lookup::wave(scope, key, &name.place) {
            Ok(wave) => Some(wave),
            Err(diagnostic) => {
                note(Err(diagnostic));
                None
            }
        },
        _ => lookup::current_wave(scope),
    };
    let mut groups = vec![];
    let mut first = None;
    for name in &request.by {
        match lookup::breakdown(scope, &name.value, &name.place) {
            Ok(breakdown) => {
                first.get_or_insert(breakdown);
                groups.extend(breakdown.options().iter().map(|group| Slice {
                    key: group.key.to_string(),
                    label: group.short.get(scope.words.language()).to_owned(),
                    cut: base.cut.clone().and(breakdown.key.clone(), group.key.clone()),
                    wave: wave.clone(),
                }));
            }
            Err(diagnostic) => note(Err(diagnostic)),
        }
    }
    if waves == Some("all") {
        if let (Some(name), Some(_)) = (&request.wave, first) {
            note(Err(Diagnostic::error(
                Code::BadValue,
                "a comparison of waves cannot be cut by a breakdown as well",
            )
            .at(name.place.clone())
            .hint("Take out `by`, or show one group with `where = { … }`.")));
        }
        let slices = scope.config.waves.iter().map(|wave| Slice {
            key: wave.key.clone(),
            label: wave_label(scope, &wave.key),
            cut: base.cut.clone(),
            wave: Some(WaveKey::new(wave.key.as_str())),
        });
        return (slices.collect(), Across::Waves, None);
    }
    if let Some(breakdown) = first {
        (groups, Across::Groups(breakdown), wave)
    } else {
        let everybody = Slice {
            key: String::new(),
            label: String::new(),
            cut: base.cut.clone(),
            wave: wave.clone(),
        };
        (vec![everybody], Across::Nothing, wave)
    }
}

/// How a wave is called.
pub fn wave_label(scope: &Scope<'_>, key: &str) -> String {
    let label = scope.config.wave(key).and_then(|wave| wave.label.as_ref());
    label.map_or(key, |label| label.get(scope.words.language())).to_owned()
}

/// Whether a question is told by an estimator.
pub fn is_suited(question: &Question, estimator: Estimator) -> bool {
    suited(question).contains(&estimator)
}

/// The estimators that suit a question, the most telling first.
pub(super) fn suited(question: &Question) -> &'static [Estimator] {
    match question.kind {
        QuestionKind::Single(_) | QuestionKind::Multiple(_) | QuestionKind::Likert(_) => {
            &[Estimator::Proportion, Estimator::Count, Estimator::Rank]
        }
        QuestionKind::Ranking { .. } => &[
            Estimator::RankPointsMean,
            Estimator::RankTop3,
            Estimator::RankFirst,
            Estimator::Rank,
            Estimator::Proportion,
            Estimator::Count,
        ],
        QuestionKind::Score { .. } | QuestionKind::Integer | QuestionKind::Decimal => {
            &[Estimator::Mean, Estimator::Count, Estimator::Proportion]
        }
        QuestionKind::Open => &[],
    }
}

fn estimator(question: &Question, name: &Spelled<String>) -> Result<Estimator, Diagnostic> {
    let suited = suited(question);
    suited.iter().copied().find(|estimator| estimator.name() == name.value).ok_or_else(|| {
        Diagnostic::error(
            Code::EstimatorDoesNotFit,
            format!("`{}` has no estimator `{}`", question.key, name.value),
        )
        .at(name.place.clone())
        .hint_if(crate::diag::did_you_mean(
            &name.value,
            suited.iter().map(|estimator| estimator.name()),
        ))
    })
}

struct Grid<'a> {
    estimator: Estimator,
    provenance: Provenance,
    cells: Vec<Vec<Option<&'a Estimate>>>,
    totals: Vec<Option<&'a Estimate>>,
}

/// One provenance and one estimator fill a figure: the first that has any number.
fn grid<'a>(
    scope: &Scope<'a>,
    items: &[Subject<'a>],
    slices: &[Slice],
    base: &Part,
    estimators: &[Estimator],
    asked: Option<Provenance>,
    across: Across<'_>,
) -> Option<Grid<'a>> {
    let provenances = asked.map_or_else(|| lookup::allowed(scope), |asked| vec![asked]);
    for provenance in provenances {
        for estimator in estimators.iter().copied() {
            let estimators = [estimator];
            let find = |item: &Subject<'a>, cut: &Cut, wave: Option<&WaveKey>| {
                let wanted = Wanted {
                    question: item.question,
                    item: item.choice.map(|choice| &choice.key),
                    estimators: &estimators,
                    cut,
                    wave,
                    provenance: Some(provenance),
                };
                lookup::row(scope, &wanted)
            };
            let cells: Vec<Vec<_>> = items
                .iter()
                .map(|item| {
                    slices.iter().map(|slice| find(item, &slice.cut, slice.wave.as_ref())).collect()
                })
                .collect();
            if cells.iter().flatten().all(Option::is_none) {
                continue;
            }
            let totals = match across {
                Across::Groups(_) => {
                    let wave = slices.first().and_then(|slice| slice.wave.as_ref());
                    items.iter().map(|item| find(item, &base.cut, wave)).collect()
                }
                Across::Nothing | Across::Waves => vec![None; items.len()],
            };
            return Some(Grid { estimator, provenance, cells, totals });
        }
    }
    None
}

fn empty(scope: &Scope<'_>, request: &FigureRequest, question: &Question) -> Diagnostic {
    let name = &request.question;
    let elsewhere: Vec<_> = scope
        .results
        .of_question(&question.key)
        .filter_map(|row| row.wave.as_ref())
        .map(|wave| format!("`{wave}`"))
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect();
    let hint = if elsewhere.is_empty() {
        "Add figures to `data/<wave>/published.csv` or answers to `responses.csv`, or take the block out.".to_owned()
    } else {
        format!(
            "There are numbers for other parts or for the waves {}: set `wave`, `by`, `items` or `where`.",
            elsewhere.join(", ")
        )
    };
    Diagnostic::error(
        Code::EmptyFigure,
        format!("no data give any number for this figure of `{}`", name.value),
    )
    .at(name.place.clone())
    .hint(hint)
}

fn default_id(request: &FigureRequest) -> String {
    let wave = request.wave.as_ref().filter(|wave| wave.value != "all");
    let parts = std::iter::once(&request.question)
        .chain(&request.by)
        .chain(request.part.iter().map(|(_, group)| group))
        .chain(wave)
        .map(|name| slug(&name.value));
    parts.collect::<Vec<_>>().join("-")
}

impl Plan<'_> {
    /// Options without any number leave the figure; a note counts them.
    fn drop_unknown_items(&mut self) {
        let known: Vec<bool> =
            self.cells.iter().map(|row| row.iter().any(Option::is_some)).collect();
        let outside =
            |subject: &Subject<'_>| subject.choice.is_some_and(|choice| !choice.role.in_base());
        self.unknown_items = self
            .items
            .iter()
            .zip(&known)
            .filter(|(subject, known)| !**known && !outside(subject))
            .count();
        retain(&mut self.items, &known);
        retain(&mut self.cells, &known);
        retain(&mut self.totals, &known);
    }

    fn sort(&mut self, asked: Option<Sort>) {
        let ordered = matches!(self.question.kind, QuestionKind::Likert(_));
        let default = if ordered || self.items.len() < 2 { Sort::Codebook } else { Sort::Value };
        if asked.unwrap_or(default) == Sort::Codebook {
            return;
        }
        let value = |at: usize| {
            let row = self.totals[at].or_else(|| self.cells[at].iter().flatten().next().copied());
            row.and_then(|row| row.value.estimate()).unwrap_or(f64::NEG_INFINITY)
        };
        let last = |at: usize| {
            matches!(
                self.items[at].choice.map(|choice| choice.role),
                Some(Role::Other | Role::None)
            )
        };
        let mut order: Vec<usize> = (0..self.items.len()).collect();
        order.sort_by(|a, b| {
            let by_value = match self.estimator {
                // The first place is the best one.
                Estimator::Rank => value(*a).total_cmp(&value(*b)),
                _ => value(*b).total_cmp(&value(*a)),
            };
            last(*a).cmp(&last(*b)).then(by_value).then(a.cmp(b))
        });
        self.items = order.iter().map(|at| self.items[*at].clone()).collect();
        self.cells = order.iter().map(|at| self.cells[*at].clone()).collect();
        self.totals = order.iter().map(|at| self.totals[*at]).collect();
    }

    fn check_highlight(&self, request: &FigureRequest) -> Result<(), Diagnostic> {
        let keys: Vec<&str> = self
            .items
            .iter()
            .map(|item| item.key.as_str())
            .chain(self.slices.iter().map(|slice| slice.key.as_str()))
            .filter(|key| !key.is_empty())
            .collect();
        match request.highlight.iter().find(|name| !keys.contains(&name.value.as_str())) {
            None => Ok(()),
            Some(name) => Err(Diagnostic::error(
                Code::UnknownItem,
                format!("`{}` is not in this figure", name.value),
            )
            .at(name.place.clone())
            .hint_if(crate::diag::did_you_mean(&name.value, keys))),
        }
    }

    fn choose_kind(&self, request: &FigureRequest) -> Result<Kind, Diagnostic> {
        let fitting = self.fitting();
        match &request.kind {
            None => Ok(fitting[0]),
            Some(asked) if fitting.contains(&asked.value) => Ok(asked.value),
            Some(asked) => {
                let names: Vec<_> =
                    fitting.iter().map(|kind| format!("`{}`", kind.name())).collect();
                Err(Diagnostic::error(
                    Code::KindDoesNotFit,
                    format!("`{}` cannot show {}", asked.value.name(), self.shape()),
                )
                .at(asked.place.clone())
                .hint(format!("Kinds that can: {}.", names.join(", "))))
            }
        }
    }

    /// The kinds that can show these cells, the one that suits best first.
    fn fitting(&self) -> Vec<Kind> {
        let (items, slices) = (self.items.len(), self.slices.len());
        let score = matches!(self.question.kind, QuestionKind::Score { .. });
        if self.estimator == Estimator::Rank {
            return vec![Kind::Table];
        }
        let mut kinds = match self.across {
            Across::Waves if slices < 2 => vec![],
            Across::Waves if slices == 2 => vec![Kind::Slope, Kind::Line],
            Across::Waves => vec![Kind::Line],
            Across::Nothing if items == 1 && !score => vec![Kind::Number],
            Across::Nothing if items == 1 => vec![Kind::Number, Kind::Dots],
            Across::Nothing if score => vec![Kind::Dots, Kind::Bars],
            Across::Nothing => vec![Kind::Bars, Kind::Dots],
            Across::Groups(_) if items == 1 && score => vec![Kind::Dots, Kind::Bars],
            Across::Groups(_) if items == 1 => vec![Kind::Bars, Kind::Dots],
            Across::Groups(_) if slices <= 3 => vec![Kind::Grouped, Kind::Dots],
            Across::Groups(_) if slices <= 4 => vec![Kind::Dots],
            Across::Groups(_) => vec![],
        };
        if matches!(self.across, Across::Waves) && slices <= 3 && items > 1 {
            kinds.push(Kind::Grouped);
        }
        kinds.push(Kind::Table);
        kinds
    }

    fn shape(&self) -> String {
        let items = match self.items.len() {
            1 => "one item".to_owned(),
            many => format!("{many} items"),
        };
        match self.across {
            Across::Nothing => items,
            Across::Groups(_) => format!("{items} by {} groups", self.slices.len()),
            Across::Waves => format!("{items} over {} waves", self.slices.len()),
        }
    }
}

fn retain<T>(list: &mut Vec<T>, keep: &[bool]) {
    let mut keep = keep.iter();
    list.retain(|_| *keep.next().unwrap_or(&true));
}
