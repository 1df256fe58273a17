//! One scale for what is compared: the tabs of a figure, and the figures of a
//! page that show one question. A bar that is twice as long then stands for
//! twice as much, wherever it stands.
//!
//! Other questions have their own scales: nobody compares their lengths.

use std::collections::BTreeMap;

use crate::content::Kind;
use crate::stats::Estimator;

use super::Scope;
use super::plan::Plan;

/// Gives those of some figures that show the same numbers in the same way one
/// scale, or one set of shades. It is for what is published of a page: a figure
/// that is taken out later would still be seen in it.
pub fn level<'p, 'a: 'p>(scope: &Scope<'_>, plans: impl Iterator<Item = &'p mut Plan<'a>>) {
    let plans: Vec<_> = plans.collect();
    let mut reaches = BTreeMap::new();
    let mut shades = BTreeMap::new();
    for panel in plans.iter().flat_map(|plan| plan.panels()) {
        let Some(key) = key(panel) else { continue };
        if key.read == Read::Shades {
            if let Some((low, high)) = panel.own_shades() {
                let known = shades.entry(key).or_insert((low, high));
                *known = (known.0.min(low), known.1.max(high));
            }
        } else {
            let own = panel.own_reach(scope);
            reaches.entry(key).and_modify(|known| *known = own.with(*known)).or_insert(own);
        }
    }
    let give = |panel: &mut Plan<'_>| {
        let key = key(panel);
        panel.reach = key.as_ref().and_then(|key| reaches.get(key).copied());
        panel.shades = key.as_ref().and_then(|key| shades.get(key).copied());
    };
    for plan in plans {
        give(plan);
        plan.tabs.iter_mut().for_each(give);
    }
}

/// What is compared: the same numbers, read in the same way.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    subject: String,
    /// `None`: shares, of whatever base.
    estimator: Option<&'static str>,
    read: Read,
}

/// How numbers are read off a drawing.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Read {
    Across,
    Upwards,
    OverTime,
    Shades,
}

/// `None`: its parts fill the drawing, or it has none.
fn key(plan: &Plan<'_>) -> Option<Key> {
    let read = match plan.kind() {
        Kind::Bars | Kind::Grouped | Kind::Dots | Kind::Dumbbell | Kind::Multiples => Read::Across,
        Kind::Histogram => Read::Upwards,
        Kind::Line | Kind::Slope => Read::OverTime,
        Kind::Tiles | Kind::Heat => Read::Shades,
        Kind::Stacked | Kind::Diverging | Kind::Number | Kind::Table => return None,
    };
    let estimator = Some(plan.estimator).filter(|estimator| !estimator.is_proportion());
    let subject = plan.subject_name().to_owned();
    Some(Key { subject, estimator: estimator.map(Estimator::name), read })
}
