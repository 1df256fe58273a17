//! A figure at a glance: what a chapter's entry in a list shows of it.

use crate::chart::{self, BigNumber, Chart, Drawing, Font};
use crate::content::Kind;
use crate::stats::Provenance;

use super::draw::NARROW;
use super::table::{self, Table};
use super::{Plan, Scope, describe, tell, title};

/// So many lines are enough to say what a chapter is about.
const LINES: usize = 3;

/// The first lines of a figure, small.
#[derive(Debug)]
pub struct Glimpse {
    /// What the figure says.
    pub title: String,
    /// What is measured, and when.
    pub subtitle: String,
    /// How its numbers are shown.
    pub kind: Kind,
    /// Its anchor.
    pub anchor: String,
    /// What is seen of it.
    pub shows: Shows,
    /// Where its numbers come from; never simulated.
    pub provenance: Provenance,
    /// What must be known of numbers that rest on few respondents.
    pub notes: Vec<String>,
}

/// What is seen of a figure.
#[derive(Debug)]
pub enum Shows {
    /// A chart of a few lines.
    Drawing {
        /// As wide as a phone.
        drawing: Drawing,
        /// What it shows, in words.
        description: String,
        /// Its numbers.
        table: Table,
    },
    /// A number.
    Number(BigNumber),
}

/// A figure at a glance; nothing of tables, and of what rests on answers that
/// a program made up: where it is seen there is no room to say so.
pub fn glimpse(scope: &Scope<'_>, plan: &Plan<'_>, font: &Font) -> Option<Glimpse> {
    if plan.provenance() == Provenance::Simulated {
        return None;
    }
    let title = title(scope, plan);
    let face = plan.panels().find(|panel| panel.kind != Kind::Number).unwrap_or(plan);
    let number = plan.is_key_number().then(|| plan.key_number(scope)).flatten();
    let shows = if let Some(number) = number {
        Shows::Number(number)
    } else {
        let few = shortened(face);
        let chart = few.chart(scope)?;
        // Panels are no smaller in part.
        if matches!(chart, Chart::SmallMultiples(_)) {
            return None;
        }
        Shows::Drawing {
            drawing: chart::draw(&chart, NARROW, font),
            description: scope.words.typeset(&tell::description(scope, &few)).into_owned(),
            table: table::table(scope, &few.only_drawn(), &title),
        }
    };
    Some(Glimpse {
        title,
        subtitle: describe::subtitle(scope, face),
        kind: face.kind,
        anchor: plan.anchor(),
        shows,
        provenance: plan.provenance(),
        notes: describe::low_bases(scope, std::iter::once(face)),
    })
}

/// A figure of fewer lines: of those that the author set off, and as many of
/// the first as stand beside them. Lines over time are no shorter in part.
fn shortened<'a>(face: &Plan<'a>) -> Plan<'a> {
    // Beside figures of other chapters it is compared with nothing.
    let mut few = Plan { reach: None, shades: None, ..face.clone() };
    if matches!(face.kind, Kind::Line | Kind::Slope) {
        return few;
    }
    let mut limit = face.limit.unwrap_or(LINES).min(LINES);
    few.limit = Some(limit);
    while 1 < limit && LINES < few.drawn().len() {
        limit -= 1;
        few.limit = Some(limit);
    }
    few
}
