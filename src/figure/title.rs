//! The title of a figure whose author gave none: its finding, as far as the
//! tests allow (`statistics.md`, 6), else what it is about.
//!
//! Labels of questions and answers stand between colons, brackets and
//! quotation marks: no language could decline them.

use crate::content::Kind;
use crate::stats::{Estimate, Estimator};
use crate::survey::{Question, QuestionKind, Role};
use crate::wording::after_a_sentence;

use super::differ::{self, Pairs};
use super::lead::Ends;
use super::plan::{Across, Plan};
use super::tested::{self, Verdict};
use super::{Scope, describe, lead};

/// Up to so many labels stand in a title.
const NAMED: usize = 2;
/// Up to so many numbers do.
const TOLD: usize = 3;

/// The finding in a line, without a full stop.
pub(super) fn title(scope: &Scope<'_>, plan: &Plan<'_>) -> String {
    let subject = subject(scope, plan);
    // A key number is its own finding.
    if plan.kind == Kind::Number {
        return subject;
    }
    let found = match plan.across {
        Across::Waves => over_waves(scope, plan, &subject),
        Across::Groups(breakdown) => by_groups(scope, plan, breakdown, &subject),
        Across::Options => nets(scope, plan, &subject),
        Across::Nothing => of_everybody(scope, plan, &subject),
    };
    found.map_or_else(|| subject.clone(), |found| after_a_sentence(&subject, found))
}

/// What the figure is about.
pub(super) fn subject(scope: &Scope<'_>, plan: &Plan<'_>) -> String {
    let words = scope.words;
    let question = plan.question.short.get(words.language());
    match (plan.battery, &plan.items[..], &plan.question.kind) {
        (Some(group), ..) => group.short.get(words.language()).to_owned(),
        // "Yes" says nothing without its question.
        (None, [only], QuestionKind::Single(_) | QuestionKind::Likert(_))
            if plan.kind != Kind::Number =>
        {
            let item = describe::inside(scope, &only.name());
            words.fill("title.item", &[("subject", question), ("item", &item)])
        }
        (None, [only], _) => only.name(),
        (None, ..) => question.to_owned(),
    }
}

fn of_everybody(scope: &Scope<'_>, plan: &Plan<'_>, subject: &str) -> Option<String> {
    let words = scope.words;
    let whole = |estimator| {
        plan.beside.iter().find(|beside| beside.estimator == estimator)?.rows.first().copied()?
    };
    if plan.items.iter().any(|item| item.score.is_some()) {
        let value = scope.told(whole(Estimator::Mean)?);
        let QuestionKind::Score { end, .. } = plan.question.kind else { return None };
        let max = words.number(end, 0);
        let mean = [("subject", subject), ("value", &*value), ("max", &*max)];
        return Some(words.fill("title.mean", &mean));
    }
    if plan.items.len() < 2 {
        return None;
    }
    let is_one_question = plan.battery.is_none();
    if !is_one_question || !lead::is_complete(plan) || lead::is_beaten(plan, 0) {
        return values(scope, plan, subject);
    }
    match plan.question.kind {
        QuestionKind::Single(_) | QuestionKind::Likert(_) => most_frequent(scope, plan, subject),
        _ => first(scope, plan, subject),
    }
}

/// The largest numbers, which rank nothing.
fn values(scope: &Scope<'_>, plan: &Plan<'_>, subject: &str) -> Option<String> {
    let mut lines = lead::order(plan, 0);
    if TOLD < lines.len() {
        lines.retain(|line| plan.items[*line].role() == Role::Answer);
    }
    if lines.len() < 2 || TOLD < lines.len() {
        let named = lines.iter().map(|line| (plan.items[*line].name(), plan.cells[*line][0]));
        return range(scope, subject, &lead::ends(scope, named)?);
    }
    let list: Vec<_> = lines
        .iter()
        .filter_map(|line| {
            let row = lead::known(plan, *line, 0)?;
            Some(describe::pair(scope, &describe::inside(scope, &plan.items[*line].name()), row))
        })
        .collect();
    let list = scope.words.list(&list);
    Some(scope.words.fill("title.values", &[("subject", subject), ("list", &list)]))
}

/// Which of several answers comes first.
fn first(scope: &Scope<'_>, plan: &Plan<'_>, subject: &str) -> Option<String> {
    let words = scope.words;
    let lead = lead::lead(scope, plan, 0)?;
    let name = |line: usize| describe::inside(scope, &plan.items[line].name());
    let value = |line: usize| lead::known(plan, line, 0).map(|row| scope.told(row));
    let (item, top) = (name(lead.first), value(lead.first)?);
    let filled = [("subject", subject), ("item", &*item), ("value", &*top)];
    if !lead.same.is_empty() {
        if NAMED <= lead.same.len() {
            return None;
        }
        // Parts of a whole that are equal may be a point apart as printed.
        if lead.same.iter().any(|line| value(*line).as_ref() != Some(&top)) {
            return values(scope, plan, subject);
        }
        let tied: Vec<_> =
            std::iter::once(lead.first).chain(lead.same.iter().copied()).map(name).collect();
        let items = words.list(&tied);
        return Some(
            words.fill("title.tied", &[("subject", subject), ("items", &items), ("value", &top)]),
        );
    }
    if lead.is_alone() {
        let second = *lead.others.first()?;
        let (second, behind) = (name(second), value(second)?);
        let rest = [("second", &*second), ("second_value", &*behind)];
        return Some(words.fill("title.leads", &[&filled[..], &rest].concat()));
    }
    if lead.level.is_empty() {
        return values(scope, plan, subject);
    }
    if lead.level.len() <= NAMED {
        let list: Vec<_> = lead
            .level
            .iter()
            .filter_map(|line| {
                Some(describe::pair(scope, &name(*line), lead::known(plan, *line, 0)?))
            })
            .collect();
        let list = words.list(&list);
        return Some(words.fill("title.unclear", &[&filled[..], &[("list", &*list)]].concat()));
    }
    Some(words.plural("title.unclear-many", lead.level.len() as u64, &filled))
}

/// The answer that most gave, where each gave one.
fn most_frequent(scope: &Scope<'_>, plan: &Plan<'_>, subject: &str) -> Option<String> {
    let lead = lead::lead(scope, plan, 0)?;
    if !lead.is_alone() {
        return net(scope, plan, subject).or_else(|| values(scope, plan, subject));
    }
    let value = scope.told(lead::known(plan, lead.first, 0)?);
    let item = plan.items[lead.first].name();
    let filled = [("subject", subject), ("item", &*item), ("value", &*value)];
    Some(scope.words.fill("title.frequent", &filled))
}

/// By how much one side of a scale outweighs the other.
fn net(scope: &Scope<'_>, plan: &Plan<'_>, subject: &str) -> Option<String> {
    let beside = plan.beside.iter().find(|beside| beside.estimator == Estimator::Net)?;
    let value = scope.told(beside.rows.first().copied().flatten()?);
    Some(scope.words.fill("title.net", &[("subject", subject), ("value", &value)]))
}

/// How far apart the statements of a battery are.
fn nets(scope: &Scope<'_>, plan: &Plan<'_>, subject: &str) -> Option<String> {
    let beside = plan.beside.iter().find(|beside| beside.estimator == Estimator::Net)?;
    let lines = plan.items.iter().zip(&beside.rows);
    let ends = lead::ends(scope, lines.map(|(item, row)| (item.name(), *row)))?;
    ends.told(scope, NAMED, "title.nets", &[("subject", subject)])
}

fn by_groups(
    scope: &Scope<'_>,
    plan: &Plan<'_>,
    breakdown: &Question,
    subject: &str,
) -> Option<String> {
    let words = scope.words;
    let label = describe::inside(scope, breakdown.short.get(words.language()));
    let by = || Some(words.fill("title.by", &[("subject", subject), ("breakdown", &label)]));
    if let Some(rows) = lead::by_slice(plan) {
        if !tested::is_computed(plan.provenance) {
            return published_groups(scope, plan, &rows, subject).or_else(by);
        }
        let pairs = differ::pairs(scope, plan, &rows);
        return gap(scope, plan, &rows, &pairs, subject)
            .or_else(|| level(scope, &pairs, &label, subject))
            .or_else(by);
    }
    if !tested::is_computed(plan.provenance) {
        return in_every_group(scope, plan, subject).or_else(by);
    }
    let mut all = Pairs::default();
    let mut largest: Option<(usize, f64)> = None;
    for line in 0..plan.items.len() {
        let pairs = differ::pairs(scope, plan, &plan.cells[line]);
        all.unclear.extend(&pairs.unclear);
        all.untested += pairs.untested;
        if let Some(gap) = pairs.clear.first()
            && largest.is_none_or(|(_, size)| size < gap.size)
        {
            largest = Some((line, gap.size));
        }
    }
    let Some((line, _)) = largest else {
        return level(scope, &all, &label, subject).or_else(by);
    };
    let pairs = differ::pairs(scope, plan, &plan.cells[line]);
    let item = words.fill(
        "title.item",
        &[("subject", subject), ("item", &describe::inside(scope, &plan.items[line].name()))],
    );
    gap(scope, plan, &plan.cells[line], &pairs, &item)
}

/// The clearest difference of a line.
fn gap(
    scope: &Scope<'_>,
    plan: &Plan<'_>,
    rows: &[Option<&Estimate>],
    pairs: &Pairs<'_>,
    subject: &str,
) -> Option<String> {
    let gap = pairs.clear.first()?;
    let value = |label: &str| {
        let slice = plan.slices.iter().position(|slice| slice.label == label)?;
        rows[slice].map(|row| scope.told(row))
    };
    let (more, less) = (value(gap.more)?, value(gap.less)?);
    let ends =
        [("more", gap.more), ("more_value", &*more), ("less", gap.less), ("less_value", &*less)];
    Some(scope.words.fill("title.gap", &[&[("subject", subject)], &ends[..]].concat()))
}

/// That the tests tell no groups apart; where some were not tested, only of
/// those compared.
fn level(scope: &Scope<'_>, pairs: &Pairs<'_>, breakdown: &str, subject: &str) -> Option<String> {
    if pairs.unclear.is_empty() {
        return None;
    }
    let key = if pairs.untested == 0 { "title.level" } else { "title.level-compared" };
    Some(scope.words.fill(key, &[("subject", subject), ("breakdown", breakdown)]))
}

/// From where to where published numbers of groups go.
fn published_groups(
    scope: &Scope<'_>,
    plan: &Plan<'_>,
    rows: &[Option<&Estimate>],
    subject: &str,
) -> Option<String> {
    let groups = plan.slices.iter().zip(rows);
    let ends = lead::ends(scope, groups.map(|(slice, row)| (slice.label.as_str(), *row)))?;
    range(scope, subject, &ends)
}

fn range(scope: &Scope<'_>, subject: &str, ends: &Ends<'_>) -> Option<String> {
    let value = scope.told(ends.low.1);
    if value == scope.told(ends.high.1) {
        return Some(scope.words.fill("title.equal", &[("subject", subject), ("value", &value)]));
    }
    ends.told(scope, NAMED, "title.range", &[("subject", subject)])
}

/// The answer that comes first in each group, as published.
fn in_every_group(scope: &Scope<'_>, plan: &Plan<'_>, subject: &str) -> Option<String> {
    let is_known = |cells: &[Option<&Estimate>]| cells.iter().all(Option::is_some);
    if !lead::is_complete(plan) || plan.battery.is_some() || !plan.cells.iter().all(is_known) {
        return None;
    }
    let mut first = None;
    for slice in 0..plan.slices.len() {
        let lead = lead::lead(scope, plan, slice).filter(lead::Lead::is_alone)?;
        if lead::is_beaten(plan, slice) || first.is_some_and(|line| line != lead.first) {
            return None;
        }
        first = Some(lead.first);
    }
    let item = describe::inside(scope, &plan.items[first?].name());
    Some(scope.words.fill("title.in-every-group", &[("subject", subject), ("item", &item)]))
}

/// A line between its first and its last known wave.
struct Change<'p> {
    line: usize,
    from: (&'p str, &'p Estimate),
    to: (&'p str, &'p Estimate),
    size: f64,
    verdict: Verdict,
}

fn over_waves(scope: &Scope<'_>, plan: &Plan<'_>, subject: &str) -> Option<String> {
    // What changed between two questions is no change of the answers.
    if plan.break_before(scope).is_some() {
        return None;
    }
    let words = scope.words;
    let changes: Vec<Change<'_>> =
        (0..plan.items.len()).filter_map(|line| change(scope, plan, line)).collect();
    let is_clear = |change: &&Change<'_>| matches!(change.verdict, Verdict::More | Verdict::Less);
    let largest = changes
        .iter()
        .filter(is_clear)
        .max_by(|a, b| a.size.abs().total_cmp(&b.size.abs()).then(b.line.cmp(&a.line)));
    let Some(found) = largest else {
        let is_level = |change: &Change<'_>| change.verdict == Verdict::Unclear;
        return (!changes.is_empty() && changes.iter().all(is_level))
            .then(|| words.fill("title.no-change", &[("subject", subject)]));
    };
    let subject = if plan.items.len() == 1 {
        subject.to_owned()
    } else {
        let item = describe::inside(scope, &plan.items[found.line].name());
        words.fill("title.item", &[("subject", subject), ("item", &item)])
    };
    let key = match (tested::computed(found.to.1), found.verdict) {
        (true, Verdict::More) => "title.rose",
        (true, _) => "title.fell",
        (false, _) => "title.wave",
    };
    Some(words.fill(
        key,
        &[
            ("subject", &subject),
            ("from", &describe::inside(scope, found.from.0)),
            ("from_value", &scope.told(found.from.1)),
            ("to", &describe::inside(scope, found.to.0)),
            ("to_value", &scope.told(found.to.1)),
        ],
    ))
}

fn change<'p>(scope: &Scope<'_>, plan: &'p Plan<'_>, line: usize) -> Option<Change<'p>> {
    let mut known = (0..plan.slices.len()).filter_map(|slice| {
        Some((plan.slices[slice].label.as_str(), lead::known(plan, line, slice)?))
    });
    let (from, to) = (known.next()?, known.next_back()?);
    let size = to.1.value.estimate()? - from.1.value.estimate()?;
    Some(Change { line, from, to, size, verdict: tested::compare(scope, to.1, from.1).verdict })
}
