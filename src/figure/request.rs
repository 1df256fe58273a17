//! A request, checked: which rows of the results stand in which cell, and
//! which chart shows them.

use std::collections::BTreeSet;

use crate::config::toml::Spelled;
use crate::content::{FigureRequest, Kind};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::markup::is_device;
use crate::survey::{Question, QuestionKind, slug};

use super::Scope;
use super::ask::{Asked, LONGEST_ID, Waves, ask};
use super::grid::{self, Grid};
use super::kinds;
use super::plan::{Across, Plan, Subject};

/// Checks a request: its names against the codebook, its numbers against the
/// results, its kind against both. `Err` has all its mistakes, each at the key
/// of the chart block that makes it.
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
        match kinds::choose(scope, &asked, request, grids) {
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
        reach: None,
        shades: None,
        tabs: vec![],
        explicit_id: request.id.as_ref().map(|id| id.place.clone()),
    }
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
    let mut id = parts.collect::<Vec<_>>().join("-");
    // It is made of ASCII.
    id.truncate(LONGEST_ID);
    if is_device(&id) { format!("figure-{id}") } else { id }
}

/// Every name set off must be in one of the panels.
fn check_highlight(request: &FigureRequest, panels: &[Plan<'_>]) -> Option<Diagnostic> {
    let keys: Vec<&str> = panels
        .iter()
        .flat_map(|panel| {
            let items = panel.items.iter().map(Subject::key);
            items.chain(panel.slices.iter().map(|slice| slice.key.as_str()))
        })
        .filter(|key| !key.is_empty())
        .collect();
    let name = request.highlight.iter().find(|name| !keys.contains(&name.value.as_str()))?;
    if panels.is_empty() {
        return None;
    }
    let is_asked =
        request.items.is_empty() || request.items.iter().any(|one| one.value == name.value);
    let is_known = is_asked && panels.iter().any(|panel| panel.could_show(&name.value));
    let code = if is_known { Code::NothingPublished } else { Code::UnknownItem };
    let mistake = Diagnostic::error(code, format!("`{}` is not in this figure", name.value))
        .at(name.place.clone())
        .doubted(panels.iter().any(|panel| panel.may_show(&name.value)));
    Some(if is_known {
        mistake.hint("No data give its number: add it to the data, or take the name out.")
    } else {
        mistake.hint_if(did_you_mean(&name.value, keys))
    })
}
