//! A figure at a glance: what a chapter's entry in a list shows of it.

use crate::chart::{self, BigNumber, Chart, Drawing, Emphasis, Font, Row};
use crate::content::Kind;
use crate::stats::Provenance;

use super::draw::NARROW;
use super::{Plan, Scope, describe, title};

/// So many lines are enough to say what a chapter is about.
const LINES: usize = 3;

/// The first lines of a figure, small.
#[derive(Debug)]
pub struct Glimpse {
    /// What the figure says.
    pub title: String,
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
    /// A chart of a few lines, as wide as a phone.
    Drawing(Drawing),
    /// A number.
    Number(BigNumber),
}

/// A figure at a glance; nothing of tables, and of what rests on answers that
/// a program made up: where it is seen there is no room to say so.
pub fn glimpse(scope: &Scope<'_>, plan: &Plan<'_>, font: &Font) -> Option<Glimpse> {
    if plan.provenance() == Provenance::Simulated {
        return None;
    }
    let face = plan.panels().find(|panel| panel.kind != Kind::Number).unwrap_or(plan);
    let number = plan.is_key_number().then(|| plan.key_number(scope)).flatten();
    let shows = match number {
        Some(number) => Shows::Number(number),
        None => Shows::Drawing(chart::draw(&shortened(face.chart(scope)?)?, NARROW, font)),
    };
    Some(Glimpse {
        title: title(scope, plan),
        anchor: plan.anchor(),
        shows,
        provenance: plan.provenance(),
        notes: describe::low_bases(scope, face),
    })
}

/// Keeps the lines that the author set off, and as many of the first.
fn shorten(rows: &mut Vec<Row>) {
    let is_set_off = |row: &Row| row.emphasis == Emphasis::Highlighted;
    let mut spare = LINES.saturating_sub(rows.iter().filter(|row| is_set_off(row)).count());
    rows.retain(|row| {
        let is_kept = is_set_off(row) || 0 < spare;
        spare = if is_set_off(row) { spare } else { spare.saturating_sub(1) };
        is_kept
    });
}

/// The first lines of a chart; `None` of what is no smaller in part.
fn shortened(mut chart: Chart) -> Option<Chart> {
    match &mut chart {
        Chart::Bars(rows) | Chart::Grouped(rows) | Chart::Dots(rows) => shorten(&mut rows.rows),
        Chart::Stacked(stack) | Chart::Diverging(stack) => {
            stack.rows.truncate(LINES);
            for aside in &mut stack.asides {
                aside.texts.truncate(LINES);
            }
        }
        Chart::Dumbbell(dumbbell) => {
            dumbbell.rows.rows.truncate(LINES);
            if let Some(difference) = &mut dumbbell.difference {
                difference.texts.truncate(LINES);
            }
        }
        Chart::Line(_) | Chart::Slope(_) | Chart::Histogram(_) | Chart::Tiles(_) => {}
        Chart::SmallMultiples(_) | Chart::Number(_) => return None,
    }
    Some(chart)
}
