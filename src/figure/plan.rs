//! A checked request: which rows of the results stand in which cell, and
//! which chart shows them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::config::toml::Spelled;
use crate::content::{FigureRequest, Kind};
use crate::diag::{Code, Diagnostic, Place, did_you_mean};
use crate::stats::{Cut, Estimate, Estimator, Provenance};
use crate::survey::{Choice, OptionKey, Question, QuestionKey, QuestionKind, Role, WaveKey, slug};

use super::ask::{Asked, Waves, ask};
use super::cells::Cells;
use super::grid::{self, Grid};
use super::kinds;
use super::{Inline, Scope};

/// A figure that can be drawn.
#[derive(Debug, Clone)]
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
    pub(super) slices: Vec<Slice<'a>>,
    /// What the slices are.
    pub(super) across: Across<'a>,
    /// `items` × `slices`.
    pub(super) cells: Cells<'a>,
    /// The number of everybody for each item, when slices are groups.
    pub(super) totals: Vec<Option<&'a Estimate>>,
    /// Rows of other estimators that are told with those of the cells.
    pub(super) beside: Vec<Beside<'a>>,
    /// How many options of the question have no number at all.
    pub(super) unknown_items: usize,
    pub(super) part: Vec<String>,
    pub(super) wave: Option<WaveKey>,
    pub(super) highlight: Vec<String>,
    pub(super) limit: Option<usize>,
    pub(super) title: Option<Inline>,
    pub(super) subtitle: Option<Inline>,
    pub(super) note: Option<Inline>,
    /// The panels of further tabs, when the figure is cut several ways.
    pub(super) tabs: Vec<Self>,
    explicit_id: Option<Place>,
}

/// One line of a figure.
#[derive(Debug, Clone)]
pub(super) struct Subject<'a> {
    pub(super) key: Cow<'a, str>,
    pub(super) label: Cow<'a, str>,
    pub(super) question: &'a QuestionKey,
    pub(super) choice: Option<&'a Choice>,
    /// A value of a score, when the lines are its distribution.
    pub(super) score: Option<(OptionKey, f64)>,
}

impl Subject<'_> {
    /// What its rows are about; `None`: the question as a whole.
    pub(super) fn option(&self) -> Option<&OptionKey> {
        let score = self.score.as_ref().map(|(key, _)| key);
        score.or_else(|| self.choice.map(|choice| &choice.key))
    }

    /// Its label.
    pub(super) fn name(&self) -> String {
        self.label.clone().into_owned()
    }

    /// What its option means for the base and for sorting.
    pub(super) fn role(&self) -> Role {
        self.choice.map_or(Role::Answer, |choice| choice.role)
    }
}

/// One column of a figure: a group, a wave, an option, or everybody.
#[derive(Debug, Clone)]
pub(super) struct Slice<'a> {
    pub(super) key: String,
    pub(super) label: String,
    pub(super) cut: Cut,
    pub(super) wave: Option<WaveKey>,
    pub(super) choice: Option<&'a Choice>,
}

/// What the columns of a figure are.
#[derive(Debug, Clone, Copy)]
pub(super) enum Across<'a> {
    /// There is one.
    Nothing,
    /// Groups of a breakdown.
    Groups(&'a Question),
    /// Waves.
    Waves,
    /// The options that the lines of a battery share.
    Options,
}

/// Rows that are told beside those of the cells: one a slice, or one an item
/// where the slices are options.
#[derive(Debug, Clone)]
pub(super) struct Beside<'a> {
    pub(super) estimator: Estimator,
    /// The option that they are about; `None`: the question as a whole.
    pub(super) choice: Option<&'a Choice>,
    pub(super) rows: Vec<Option<&'a Estimate>>,
}

impl<'a> Beside<'a> {
    /// Nothing if there is no number.
    pub(super) fn of(
        estimator: Estimator,
        choice: Option<&'a Choice>,
        rows: Vec<Option<&'a Estimate>>,
    ) -> Option<Self> {
        rows.iter().any(Option::is_some).then_some(Self { estimator, choice, rows })
    }
}

impl<'a> Plan<'a> {
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

    /// The questions and batteries that it shows.
    pub fn subjects(&self) -> BTreeSet<&str> {
        let questions = self.items.iter().map(|item| item.question.as_str());
        questions.chain([self.subject_name()]).collect()
    }

    /// Where its numbers come from: simulated as soon as any of them is.
    pub fn provenance(&self) -> Provenance {
        if self.is_simulated() { Provenance::Simulated } else { self.provenance }
    }

    /// Whether any number of it, in a text or in a panel, comes from answers
    /// that a program made up.
    pub fn is_simulated(&self) -> bool {
        let texts = [&self.title, &self.subtitle, &self.note];
        texts.into_iter().flatten().any(|text| text.simulated)
            || self.panels().any(|panel| panel.provenance == Provenance::Simulated)
    }

    /// Whether nothing is left of it without simulated answers.
    pub fn is_all_simulated(&self) -> bool {
        self.panels().all(|panel| panel.provenance == Provenance::Simulated)
    }

    /// How many of its columns have any number.
    pub fn known_slices(&self) -> usize {
        let is_known = |at: &usize| self.cells.iter().any(|cells| cells[*at].is_some());
        (0..self.slices.len()).filter(is_known).count()
    }

    /// What is left of it without simulated answers.
    #[must_use]
    pub fn without_simulated(mut self) -> Option<Self> {
        let real = |text: Option<Inline>| text.filter(|text| !text.simulated);
        let [title, subtitle, note] =
            [self.title.take(), self.subtitle.take(), self.note.take()].map(real);
        let tabs = std::mem::take(&mut self.tabs);
        let mut panels = std::iter::once(self)
            .chain(tabs)
            .filter(|panel| panel.provenance != Provenance::Simulated);
        let first = panels.next()?;
        Some(Self { title, subtitle, note, tabs: panels.collect(), ..first })
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
        self.kind == Kind::Number && self.tabs.is_empty()
    }

    /// Gives the figure its number in the report.
    pub fn set_number(&mut self, number: usize) {
        for panel in &mut self.tabs {
            panel.number = Some(number);
        }
        self.number = Some(number);
    }

    /// The panels: the figure itself, and those of further tabs.
    pub(super) fn panels(&self) -> impl Iterator<Item = &Plan<'a>> {
        std::iter::once(self).chain(&self.tabs)
    }
}

/// Checks a request. All its mistakes are told.
pub fn plan<'a>(scope: &Scope<'a>, request: &FigureRequest) -> Result<Plan<'a>, Vec<Diagnostic>> {
    let asked = ask(scope, request)?;
    let mut panels = vec![];
    let mut wrong = vec![];
    let mut misfit = None;
    for (across, name) in views(request, &asked) {
        let grids = [
            grid::plain(scope, &asked, across),
            grid::distribution(scope, &asked, across).filter(|_| request.estimator.is_none()),
        ];
        if grids.iter().all(Option::is_none) {
            // Some questions are published by group only.
            if !matches!(across, Across::Nothing) || asked.by.len() < 2 {
                wrong.push(empty(scope, request, name, asked.question));
            }
            continue;
        }
        let is_one_of_several = 1 < asked.by.len();
        match kinds::choose(scope, &asked, request, grids, is_one_of_several) {
            (Some((kind, grid)), told) => {
                misfit = told.or(misfit);
                panels.push(panel(request, &asked, kind, grid));
            }
            (None, told) => wrong.extend(told),
        }
    }
    let asked_kind = request.kind.as_ref().map(|kind| kind.value);
    if !panels.iter().any(|panel| asked_kind.is_none_or(|kind| panel.kind == kind)) {
        wrong.extend(misfit);
    }
    wrong.extend(check_highlight(request, &panels));
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let mut panels = panels.into_iter();
    let Some(mut plan) = panels.next() else {
        return Err(vec![empty(scope, request, &request.question, asked.question)]);
    };
    plan.tabs = panels.collect();
    (plan.title, plan.subtitle, plan.note) = (asked.title, asked.subtitle, asked.note);
    Ok(plan)
}

/// The cuts of the figure with what asks for each: several breakdowns are
/// tabs, after one that shows everybody.
fn views<'a, 'r>(
    request: &'r FigureRequest,
    asked: &Asked<'a>,
) -> Vec<(Across<'a>, &'r Spelled<String>)> {
    let own = &request.question;
    match (&asked.waves, &asked.by[..]) {
        (Waves::All, _) => vec![(Across::Waves, own)],
        (Waves::One(_), []) => vec![(Across::Nothing, own)],
        (Waves::One(_), [only]) => vec![(Across::Groups(only), own)],
        (Waves::One(_), several) => {
            let cuts = several.iter().zip(&request.by);
            let cuts = cuts.map(|(breakdown, name)| (Across::Groups(breakdown), name));
            std::iter::once((Across::Nothing, own)).chain(cuts).collect()
        }
    }
}

fn panel<'a>(
    request: &FigureRequest,
    asked: &Asked<'a>,
    kind: Kind,
    mut grid: Grid<'a>,
) -> Plan<'a> {
    let is_scale = matches!(asked.question.kind, QuestionKind::Likert(_));
    let is_ordered = is_scale && asked.battery.is_none();
    grid.sort(request.sort, kind, is_ordered);
    Plan {
        id: request.id.as_ref().map_or_else(|| default_id(request), |id| id.value.clone()),
        number: None,
        kind,
        question: asked.question,
        battery: asked.battery,
        estimator: grid.estimator,
        provenance: grid.provenance,
        items: grid.items,
        slices: grid.slices,
        across: grid.across,
        cells: grid.cells,
        totals: grid.totals,
        beside: grid.beside,
        unknown_items: grid.unknown_items,
        part: asked.part.labels.clone(),
        wave: match &asked.waves {
            Waves::One(wave) => wave.clone(),
            Waves::All => None,
        },
        highlight: request.highlight.iter().map(|name| name.value.clone()).collect(),
        limit: request.limit.map(|limit| limit as usize),
        title: None,
        subtitle: None,
        note: None,
        tabs: vec![],
        explicit_id: request.id.as_ref().map(|id| id.place.clone()),
    }
}

/// How a wave is called.
pub fn wave_label(scope: &Scope<'_>, key: &str) -> String {
    let label = scope.config.wave(key).and_then(|wave| wave.label.as_ref());
    label.map_or(key, |label| label.get(scope.words.language())).to_owned()
}

/// `name` is what asks for the cut that has no number.
fn empty(
    scope: &Scope<'_>,
    request: &FigureRequest,
    name: &Spelled<String>,
    question: &Question,
) -> Diagnostic {
    let by = if name.value == request.question.value {
        String::new()
    } else {
        format!(" by `{}`", name.value)
    };
    let elsewhere: Vec<_> = scope
        .results
        .of_question(&question.key)
        .filter_map(|row| row.wave.as_ref())
        .map(|wave| format!("`{wave}`"))
        .collect::<BTreeSet<_>>()
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
        format!("no data give any number for this figure of `{}`{by}", request.question.value),
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

/// Every name set off must be in one of the panels.
fn check_highlight(request: &FigureRequest, panels: &[Plan<'_>]) -> Option<Diagnostic> {
    let keys: Vec<&str> = panels
        .iter()
        .flat_map(|panel| {
            let items = panel.items.iter().map(|item| &*item.key);
            items.chain(panel.slices.iter().map(|slice| slice.key.as_str()))
        })
        .filter(|key| !key.is_empty())
        .collect();
    let name = request.highlight.iter().find(|name| !keys.contains(&name.value.as_str()))?;
    if panels.is_empty() {
        return None;
    }
    Some(
        Diagnostic::error(Code::UnknownItem, format!("`{}` is not in this figure", name.value))
            .at(name.place.clone())
            .hint_if(did_you_mean(&name.value, keys)),
    )
}
