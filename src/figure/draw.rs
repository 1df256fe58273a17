//! A plan → a figure: drawings, table, words and files, all from the same rows.

use crate::chart::{self, BigNumber, Caption, Chart, Drawing, Font};
use crate::content::Kind;
use crate::stats::Provenance;
use crate::survey::slug;

use super::plan::{Across, Plan, Subject};
use super::source::{self, Drawn, SourceNote};
use super::steps::{self, Steps};
use super::table::{self, Table};
use super::{Scope, base, credit, describe, reading, remark, tell};

/// Widths of the two drawings, in CSS pixels.
const WIDE: f64 = 720.0;
/// The narrow one is drawn for the narrowest phones and grows with wider ones.
pub(super) const NARROW: f64 = 320.0;

/// A figure, ready for a page.
#[derive(Debug)]
pub struct Figure {
    /// Its name: part of its anchor and of the names of its files.
    pub id: String,
    /// Its number in the report; key numbers have none.
    pub number: Option<usize>,
    /// What is seen of it; of several cuts the first that has a drawing.
    pub face: Panel,
    /// The finding, as HTML.
    pub title: String,
    /// The finding, as text.
    pub title_text: String,
    /// What was measured, of whom, when, as text.
    pub subtitle: String,
    /// The values that its drawings show; `None` for tables and key numbers.
    pub chart: Option<Chart>,
    /// The drawing as a file of its own.
    pub file: Option<Drawing>,
    /// The key of the question or the name of the battery that it shows.
    pub subject: String,
    /// What stands before it, where it is not simply the question.
    pub question_label: Option<String>,
    /// The wording of the question.
    pub question: String,
    /// How it could be answered.
    pub question_note: Option<String>,
    /// The base, in words.
    pub base: String,
    /// What a reader must know before quoting, as HTML.
    pub notes: Vec<String>,
    /// One of its numbers in a sentence, where its drawing is not obvious.
    pub example: Option<String>,
    /// How to read the intervals, if there are any.
    pub how_to_read: Option<String>,
    /// Where the numbers come from.
    pub provenance: Provenance,
    /// The publications, or the survey itself.
    pub sources: Vec<SourceNote>,
    /// What its drawing alone comes from.
    pub drawn: Drawn,
    /// The same numbers as a CSV file, all tabs together.
    pub csv: Vec<u8>,
    /// The cuts that the reader chooses from; empty when there is one.
    pub tabs: Vec<Tab>,
}

/// One cut of a figure: the same numbers as drawings, in words and as a table.
#[derive(Debug)]
pub struct Panel {
    /// The kind of chart.
    pub kind: Kind,
    /// The wide and the narrow drawing; `None` for tables and key numbers.
    pub drawings: Option<[Drawing; 2]>,
    /// The key number, where the kind is one.
    pub key_number: Option<BigNumber>,
    /// How many lines stand in the table only, in words.
    pub left_out: Option<String>,
    /// The visible description, as text.
    pub description: String,
    /// The values of what is too long for a description, step by step.
    pub steps: Option<Steps>,
    /// The same numbers as a table.
    pub table: Table,
}

/// One of several cuts of a figure.
#[derive(Debug)]
pub struct Tab {
    /// Its name, unique in its figure.
    pub id: String,
    /// What it is called: everybody, or the breakdown.
    pub label: String,
    /// Where its numbers come from.
    pub provenance: Provenance,
    /// What is seen of it.
    pub panel: Panel,
}

/// What a figure says, as its author wrote it or from the codebook.
pub fn title(scope: &Scope<'_>, plan: &Plan<'_>) -> String {
    let written = plan.title.as_ref().map(|title| title.text.clone());
    let found = || scope.words.typeset(&super::title::title(scope, plan)).into_owned();
    written.unwrap_or_else(found)
}

/// What a figure measures, of whom and when, as its author wrote it or from the
/// codebook.
pub fn subtitle(scope: &Scope<'_>, plan: &Plan<'_>) -> String {
    let written = plan.subtitle.as_ref().map(|subtitle| subtitle.text.clone());
    written.unwrap_or_else(|| describe::subtitle(scope, plan))
}

/// What a figure is found by beside its title: what it measures, the question
/// as it was asked, and the lines that it shows.
pub fn found_by(scope: &Scope<'_>, plan: &Plan<'_>) -> Vec<String> {
    let lines = plan.items.iter().map(Subject::name);
    [subtitle(scope, plan), plan.wording(scope)].into_iter().chain(lines).collect()
}

/// Draws a plan. It cannot fail: the plan was checked.
pub fn draw(scope: &Scope<'_>, plan: &Plan<'_>, font: &Font) -> Figure {
    let title_text = title(scope, plan);
    let title = plan.title.as_ref().map_or_else(
        || crate::markup::escape(&title_text).into_owned(),
        |title| title.html.clone(),
    );
    // A key number is no face for groups.
    let face = plan.panels().find(|panel| panel.kind != Kind::Number).unwrap_or(plan);
    let chart = face.chart(scope);
    let subtitle = subtitle(scope, plan);
    let base = plan.base(scope);
    let drawn = Drawn::of(scope, plan, face);
    let credit = credit::credit(scope, &drawn, &base);
    let caption = Caption { title: &title_text, subtitle: &subtitle, source: &credit };
    let drawn_chart = chart.as_ref().map(|chart| {
        let (wide, file) = chart::draw_with_file(chart, WIDE, font, caption);
        ([wide, chart::draw(chart, NARROW, font)], file)
    });
    let (drawings, file) = drawn_chart.unzip();
    let question_note = plan.question_note(scope);
    Figure {
        number: plan.number,
        face: panel(scope, face, drawings, &title_text),
        chart,
        file,
        subject: plan.subject_name().to_owned(),
        question_label: base::question_label(scope, plan.question),
        question: base::before(plan.wording(scope), question_note.as_deref()),
        question_note,
        base,
        notes: remark::notes(scope, plan),
        example: reading::example(scope, face),
        how_to_read: reading::intervals(scope, face),
        provenance: plan.provenance(),
        sources: source::sources(scope, plan.panels()),
        drawn,
        csv: table::csv(scope, plan),
        tabs: tabs(scope, plan, &title_text, font),
        id: plan.id.clone(),
        title,
        title_text,
        subtitle,
    }
}

/// Draws the panels of a figure that is cut several ways.
fn tabs(scope: &Scope<'_>, plan: &Plan<'_>, title: &str, font: &Font) -> Vec<Tab> {
    if plan.tabs.is_empty() {
        return vec![];
    }
    plan.panels()
        .map(|cut| {
            let (id, label) = match cut.across {
                Across::Groups(breakdown) => {
                    let label = breakdown.short.get(scope.words.language());
                    (slug(breakdown.key.as_str()), label.to_owned())
                }
                _ => ("all".to_owned(), scope.words.text("figure.tab-all").to_owned()),
            };
            let caption =
                scope.words.fill("figure.tab-caption", &[("title", title), ("tab", &label)]);
            let drawings = cut
                .chart(scope)
                .map(|chart| [WIDE, NARROW].map(|width| chart::draw(&chart, width, font)));
            let panel = panel(scope, cut, drawings, &caption);
            Tab { provenance: cut.provenance, panel, id, label }
        })
        .collect()
}

/// What is seen of one cut, beside its drawings.
fn panel(
    scope: &Scope<'_>,
    cut: &Plan<'_>,
    drawings: Option<[Drawing; 2]>,
    caption: &str,
) -> Panel {
    let table = table::table(scope, cut, caption);
    let left = cut.left_out();
    Panel {
        kind: cut.kind,
        drawings,
        key_number: cut.key_number(scope),
        left_out: (0 < left).then(|| scope.words.plural("figure.left-out", left as u64, &[])),
        description: scope.words.typeset(&tell::description(scope, cut)).into_owned(),
        steps: steps::steps(scope, cut, &table),
        table,
    }
}
