//! A plan → a figure: drawings, table, words and files, all from the same rows.

use crate::chart::{
    self, BigNumber, Caption, Care, Cell, Chart, Datum, Drawing, Emphasis, Font, Reference, Row,
    Rows, Scale, Timeline, Track,
};
use crate::content::Kind;
use crate::stats::{Estimate, Estimator, Flag, Provenance, Value};
use crate::survey::{QuestionKind, slug};

use super::plan::{Across, Plan};
use super::source::{self, Drawn, SourceNote};
use super::steps::{self, Steps};
use super::table::{self, Table};
use super::{Scope, describe, lookup, picture, tell, told};

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
    /// The kind of chart.
    pub kind: Kind,
    /// The finding, as HTML.
    pub title: String,
    /// The finding, as text.
    pub title_text: String,
    /// What, who, when.
    pub subtitle: String,
    /// The wide and the narrow drawing; `None` for tables and key numbers.
    pub drawings: Option<[Drawing; 2]>,
    /// What the drawings show.
    pub chart: Option<Chart>,
    /// The drawing as a file of its own.
    pub file: Option<Drawing>,
    /// The key number.
    pub key_number: Option<BigNumber>,
    /// How many lines stand in the table only, in words.
    pub left_out: Option<String>,
    /// The visible description.
    pub description: String,
    /// The values of what is too long for a description, step by step.
    pub steps: Option<Steps>,
    /// The question or the battery that it shows.
    pub subject: String,
    /// The wording of the question.
    pub question: String,
    /// How it could be answered.
    pub question_note: Option<String>,
    /// The base, in words.
    pub base: String,
    /// What a reader must know before quoting, as HTML.
    pub notes: Vec<String>,
    /// How to read the intervals, if there are any.
    pub how_to_read: Option<String>,
    /// Where the numbers come from.
    pub provenance: Provenance,
    /// The publications, or the survey itself.
    pub sources: Vec<SourceNote>,
    /// What its drawing alone comes from.
    pub drawn: Drawn,
    /// The same numbers as a table.
    pub table: Table,
    /// The same numbers as a CSV file, all tabs together.
    pub csv: Vec<u8>,
    /// The cuts that the reader chooses from; empty when there is one. The
    /// figure's own drawings, description and table are those of the first
    /// that has a drawing.
    pub tabs: Vec<Tab>,
}

/// One of several cuts of a figure.
#[derive(Debug)]
pub struct Tab {
    /// Its name, unique in its figure.
    pub id: String,
    /// What it is called: everybody, or the breakdown.
    pub label: String,
    /// The kind of chart.
    pub kind: Kind,
    /// The wide and the narrow drawing; `None` for tables and key numbers.
    pub drawings: Option<[Drawing; 2]>,
    /// The key number.
    pub key_number: Option<BigNumber>,
    /// Where its numbers come from.
    pub provenance: Provenance,
    /// How many lines stand in the table only, in words.
    pub left_out: Option<String>,
    /// The visible description.
    pub description: String,
    /// The values of what is too long for a description, step by step.
    pub steps: Option<Steps>,
    /// The same numbers as a table.
    pub table: Table,
}

/// What a figure says, as its author wrote it or from the codebook.
pub fn title(scope: &Scope<'_>, plan: &Plan<'_>) -> String {
    let written = plan.title.as_ref().map(|title| title.text.clone());
    written.unwrap_or_else(|| super::title::title(scope, plan))
}

fn subtitle(scope: &Scope<'_>, plan: &Plan<'_>) -> String {
    let written = plan.subtitle.as_ref().map(|subtitle| subtitle.text.clone());
    written.unwrap_or_else(|| describe::subtitle(scope, plan))
}

/// What a figure is found by beside its title: what it measures, the question
/// as it was asked, and the lines that it shows.
pub fn found_by(scope: &Scope<'_>, plan: &Plan<'_>) -> Vec<String> {
    let lines = plan.items.iter().map(super::plan::Subject::name);
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
    let credit = picture::credit(scope, &drawn, &base);
    let caption = Caption { title: &title_text, subtitle: &subtitle, source: &credit };
    let drawn_chart = chart.as_ref().map(|chart| {
        let (wide, file) = chart::draw_with_file(chart, WIDE, font, caption);
        ([wide, chart::draw(chart, NARROW, font)], file)
    });
    let (drawings, file) = drawn_chart.unzip();
    let table = table::table(scope, face, &title_text);
    let has_intervals = plan.all_rows().any(|row| row.value.interval().is_some());
    Figure {
        number: plan.number,
        kind: face.kind,
        drawings,
        chart,
        file,
        key_number: face.key_number(scope),
        left_out: left_out(scope, face),
        description: tell::description(scope, face),
        steps: steps::steps(scope, face, &table),
        subject: plan.subject_name().to_owned(),
        question: plan.wording(scope),
        question_note: plan.question_note(scope),
        base,
        notes: describe::notes(scope, plan),
        how_to_read: has_intervals.then(|| {
            let level = scope.words.percent(scope.config.statistics.confidence, 0);
            scope.words.fill("figure.reading-interval", &[("level", &level)])
        }),
        provenance: plan.provenance(),
        sources: source::sources(scope, plan.panels()),
        drawn,
        table,
        csv: table::csv(scope, plan),
        tabs: tabs(scope, plan, &title_text, font),
        id: plan.id.clone(),
        title,
        title_text,
        subtitle,
    }
}

/// How many lines the drawing leaves to the table, in words.
fn left_out(scope: &Scope<'_>, panel: &Plan<'_>) -> Option<String> {
    let left = panel.left_out();
    (0 < left).then(|| scope.words.plural("figure.left-out", left as u64, &[]))
}

/// Draws the panels of a figure that is cut several ways.
fn tabs(scope: &Scope<'_>, plan: &Plan<'_>, title: &str, font: &Font) -> Vec<Tab> {
    if plan.tabs.is_empty() {
        return vec![];
    }
    plan.panels()
        .map(|panel| {
            let (id, label) = match panel.across {
                Across::Groups(breakdown) => {
                    let label = breakdown.short.get(scope.words.language());
                    (slug(breakdown.key.as_str()), label.to_owned())
                }
                _ => ("all".to_owned(), scope.words.text("figure.tab-all").to_owned()),
            };
            let caption =
                scope.words.fill("figure.tab-caption", &[("title", title), ("tab", &label)]);
            let table = table::table(scope, panel, &caption);
            Tab {
                kind: panel.kind,
                drawings: panel.drawings(scope, font),
                key_number: panel.key_number(scope),
                provenance: panel.provenance,
                left_out: left_out(scope, panel),
                description: tell::description(scope, panel),
                steps: steps::steps(scope, panel, &table),
                table,
                id,
                label,
            }
        })
        .collect()
}

impl<'a> Plan<'a> {
    /// Every row on the scale of the panel, totals included.
    pub(super) fn rows(&self) -> impl Iterator<Item = &'a Estimate> {
        self.cells.iter().flatten().chain(&self.totals).filter_map(|row| *row)
    }

    /// Every row that the figure tells, those of all its panels.
    pub(super) fn all_rows(&self) -> impl Iterator<Item = &'a Estimate> {
        self.panels().flat_map(Plan::own_rows)
    }

    /// Every row that the panel tells.
    pub(super) fn own_rows(&self) -> impl Iterator<Item = &'a Estimate> {
        let beside = self.beside.iter().flat_map(|beside| &beside.rows);
        self.rows().chain(beside.filter_map(|row| *row))
    }

    fn drawings(&self, scope: &Scope<'_>, font: &Font) -> Option<[Drawing; 2]> {
        let chart = self.chart(scope)?;
        Some([WIDE, NARROW].map(|width| chart::draw(&chart, width, font)))
    }

    /// One item by groups: the groups are the lines.
    pub(super) fn turned(&self) -> bool {
        self.items.len() == 1 && matches!(self.across, Across::Groups(_))
    }

    /// Names of the cells that nobody published.
    pub(super) fn gaps(&self) -> Vec<String> {
        let mut gaps = vec![];
        for (item, cells) in self.items.iter().zip(self.cells.iter()) {
            for (slice, row) in self.slices.iter().zip(cells) {
                if row.is_some() {
                    continue;
                }
                gaps.push(if self.turned() {
                    slice.label.clone()
                } else {
                    let item = item.name();
                    if slice.label.is_empty() { item } else { format!("{item} ({})", slice.label) }
                });
            }
        }
        gaps
    }

    /// The index of the first wave after the question changed.
    pub(super) fn break_before(&self, scope: &Scope<'_>) -> Option<usize> {
        let is_over_waves = matches!(self.across, Across::Waves);
        lookup::break_before(scope, self.question).filter(|_| is_over_waves)
    }

    pub(super) fn chart(&self, scope: &Scope<'_>) -> Option<Chart> {
        match self.kind {
            Kind::Bars => Some(Chart::Bars(self.lines(scope, Ticks::None))),
            Kind::Grouped => Some(Chart::Grouped(self.lines(scope, Ticks::None))),
            Kind::Dots => Some(Chart::Dots(self.lines(scope, Ticks::Shown))),
            Kind::Line => Some(Chart::Line(self.timeline(scope))),
            Kind::Slope => Some(Chart::Slope(self.timeline(scope))),
            Kind::Stacked => Some(Chart::Stacked(self.stack(scope))),
            Kind::Diverging => Some(Chart::Diverging(self.stack(scope))),
            Kind::Histogram => Some(self.histograms(scope)),
            Kind::Dumbbell => Some(Chart::Dumbbell(self.dumbbell(scope))),
            Kind::Tiles => self.tiles(scope).map(Chart::Tiles),
            Kind::Multiples => Some(Chart::SmallMultiples(self.multiples(scope))),
            Kind::Number | Kind::Table | Kind::Heat => None,
        }
    }

    pub(super) fn emphasis(&self, key: &str) -> Emphasis {
        match (self.highlight.is_empty(), self.highlight.iter().any(|name| name == key)) {
            (true, _) => Emphasis::Normal,
            (false, true) => Emphasis::Highlighted,
            (false, false) => Emphasis::Muted,
        }
    }

    pub(super) fn lines(&self, scope: &Scope<'_>, ticks: Ticks) -> Rows {
        let (series, rows) = if self.turned() {
            let rows = self.drawn().into_iter().map(|at| Row {
                label: self.slices[at].label.clone(),
                cells: vec![self.cell(scope, 0, at)],
                emphasis: self.emphasis(&self.slices[at].key),
                remark: String::new(),
            });
            (vec![String::new()], rows.collect::<Vec<_>>())
        } else {
            let remarks = self.ties(scope);
            let rows = self.drawn().into_iter().map(|at| Row {
                label: self.items[at].name(),
                cells: self.line(scope, at),
                emphasis: self.emphasis(&self.items[at].key),
                remark: remarks.get(&at).map_or_else(String::new, |words| (*words).to_owned()),
            });
            (self.slices.iter().map(|slice| slice.label.clone()).collect(), rows.collect())
        };
        let reference =
            self.totals.first().copied().flatten().filter(|_| self.turned()).and_then(|row| {
                let label = format!("{} {}", scope.words.text("chart.total"), scope.printed(row));
                Some(Reference { value: self.position(row.value.estimate()?), label })
            });
        Rows { series, rows, scale: self.scale(scope, ticks), reference }
    }

    fn timeline(&self, scope: &Scope<'_>) -> Timeline {
        let tracks = self
            .drawn_items()
            .map(|(at, item)| Track { name: item.name(), cells: self.line(scope, at) });
        Timeline {
            points: self.slices.iter().map(|slice| slice.label.clone()).collect(),
            series: tracks.collect(),
            scale: self.scale(scope, Ticks::Shown),
            break_before: self.break_before(scope),
        }
    }

    /// The cells of an item.
    pub(super) fn line(&self, scope: &Scope<'_>, item: usize) -> Vec<Cell> {
        (0..self.slices.len()).map(|slice| self.cell(scope, item, slice)).collect()
    }

    pub(super) fn cell(&self, scope: &Scope<'_>, item: usize, slice: usize) -> Cell {
        let row = self.cells[item][slice];
        match row.and_then(|row| Some((row, self.datum(scope, row)?))) {
            Some((row, datum)) => {
                let names = [self.items[item].name(), self.slices[slice].label.clone()];
                Cell::Known(Datum { told: told::told(scope, self, names, row), ..datum })
            }
            None => Cell::Missing(describe::missing(scope, row).to_owned()),
        }
    }

    pub(super) fn datum(&self, scope: &Scope<'_>, row: &Estimate) -> Option<Datum> {
        let Value::Shown { estimate, flag, .. } = &row.value else { return None };
        let care = if row.provenance == Provenance::Simulated {
            Care::Simulated
        } else if *flag == Flag::LowBase || scope.low_base(row) {
            Care::LowBase
        } else {
            Care::None
        };
        Some(Datum {
            value: self.position(*estimate),
            text: scope.printed(row),
            interval: scope
                .limits(row)
                .map(|(low, high)| (self.position(low), self.position(high))),
            care,
            told: None,
        })
    }

    /// A number on the value scale: percent for proportions.
    pub(super) fn position(&self, value: f64) -> f64 {
        if self.estimator.is_proportion() || self.estimator == Estimator::Net {
            value * 100.0
        } else {
            value
        }
    }

    pub(super) fn scale(&self, scope: &Scope<'_>, ticks: Ticks) -> Scale {
        let values = self.rows().flat_map(|row| {
            row.value
                .estimate()
                .into_iter()
                .chain(scope.limits(row).into_iter().flat_map(|(low, high)| [low, high]))
        });
        let (mut low, mut high) = (0.0_f64, 0.0_f64);
        for value in values.map(|value| self.position(value)) {
            low = low.min(value);
            high = high.max(value);
        }
        let (start, end, step) = match (&self.question.kind, self.estimator) {
            (QuestionKind::Score { start, end, .. }, Estimator::Mean) => {
                (*start, *end, nice_step(end - start))
            }
            (_, estimator) if estimator.is_proportion() => {
                (0.0, ceiling(high.max(20.0), 20.0).min(100.0), 20.0)
            }
            _ => {
                let step = nice_step(high - low);
                (-ceiling(-low, step), ceiling(high, step).max(step), step)
            }
        };
        let label = |value: f64| self.scale_label(scope, value);
        let ticks = match ticks {
            Ticks::None => vec![],
            Ticks::Shown => steps(start, end, step).map(|value| (value, label(value))).collect(),
        };
        Scale { start, end, ticks }
    }

    /// A place on the scale in words.
    pub(super) fn scale_label(&self, scope: &Scope<'_>, value: f64) -> String {
        if self.estimator.is_proportion() {
            return scope.words.percent(value / 100.0, 0);
        }
        // A step of a half needs its decimal.
        scope.words.number(value, u8::from(1e-9 < (value - value.round()).abs()))
    }

    pub(super) fn key_number(&self, scope: &Scope<'_>) -> Option<BigNumber> {
        if self.kind != Kind::Number {
            return None;
        }
        let row = self.cells.iter().next()?.first().copied().flatten()?;
        Some(BigNumber {
            datum: self.datum(scope, row)?,
            label: self.key_label(scope),
            detail: key_detail(scope, row),
        })
    }

    /// A key number stands alone: its label says the question too.
    fn key_label(&self, scope: &Scope<'_>) -> String {
        let item = self.items[0].name();
        let question = self.question.short.get(scope.words.language());
        if self.items[0].choice.is_none() || item == question {
            return item;
        }
        scope.words.fill("figure.key-label", &[("question", question), ("item", &item)])
    }

    fn wording(&self, scope: &Scope<'_>) -> String {
        let language = scope.words.language();
        let wording = self.battery.map_or(&self.question.label, |group| &group.label);
        scope.words.typeset(wording.get(language)).into_owned()
    }

    fn question_note(&self, scope: &Scope<'_>) -> Option<String> {
        let words = scope.words;
        match &self.question.kind {
            QuestionKind::Multiple(_) if self.estimator.is_proportion() => {
                Some(words.text("figure.several-answers").to_owned())
            }
            QuestionKind::Score { start, end, .. } => Some(words.fill(
                "figure.scale",
                &[("low", &words.number(*start, 0)), ("high", &words.number(*end, 0))],
            )),
            _ => None,
        }
    }

    /// The base: who was asked, and how many answered where that is known.
    fn base(&self, scope: &Scope<'_>) -> String {
        let words = scope.words;
        let asked = self.question.base.as_ref().map(|base| base.get(words.language()).to_owned());
        let bases: Vec<u64> = self
            .panels()
            .flat_map(|panel| panel.cells.iter().flatten().flatten())
            .filter_map(|row| row.n)
            .collect();
        let counted = match (bases.iter().min(), bases.iter().max()) {
            (Some(low), Some(high)) => Some(self.counted(scope, *low, *high)),
            _ if self.estimator == Estimator::Count || self.estimator == Estimator::Rank => None,
            // What is hidden is hidden with its base.
            _ if self.all_rows().all(|row| row.value.estimate().is_none()) => None,
            _ => Some(words.text("figure.base-unknown").to_owned()),
        };
        asked.into_iter().chain(counted).map(|part| sentence(&part)).collect::<Vec<_>>().join(" ")
    }

    /// How many answered; or for how many a program did.
    fn counted(&self, scope: &Scope<'_>, low: u64, high: u64) -> String {
        let words = scope.words;
        let mut base = describe::units(scope, high);
        if low != high {
            base = words.fill("figure.base-range", &[("low", &low.to_string()), ("high", &base)]);
        }
        if self.panels().all(|panel| panel.provenance == Provenance::Simulated) {
            base = words.fill("figure.base-simulated", &[("base", &base)]);
        }
        base
    }
}

/// The interval of a key number, and that its base is low.
fn key_detail(scope: &Scope<'_>, row: &Estimate) -> Option<String> {
    let (low, high) = scope.printed_limits(row)?;
    let level = scope.words.percent(scope.config.statistics.confidence, 0);
    let limits = [("level", &*level), ("low", &low), ("high", &high)];
    let mut detail = scope.words.fill("figure.interval", &limits);
    if scope.low_base(row) {
        detail = format!("{detail} ({})", scope.words.text("figure.low-base-mark"));
    }
    Some(detail)
}

/// With a capital and a full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let mut sentence: String =
        letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    sentence.push_str(letters.as_str());
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence
}

#[derive(Clone, Copy)]
pub(super) enum Ticks {
    None,
    Shown,
}

/// 1, 2 or 5 times a power of ten, so that some five steps fill `length`.
pub(super) fn nice_step(length: f64) -> f64 {
    if length <= 0.0 {
        return 1.0;
    }
    let rough = length / 5.0;
    let mut magnitude = 1.0;
    while magnitude * 10.0 <= rough {
        magnitude *= 10.0;
    }
    while rough < magnitude {
        magnitude /= 10.0;
    }
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * magnitude)
        .find(|step| rough <= *step)
        .unwrap_or(magnitude)
}

fn ceiling(value: f64, step: f64) -> f64 {
    // A value that is a multiple but for rounding is its own ceiling.
    ((value / step - 1e-9).ceil() * step).max(0.0)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a scale has a few steps"
)]
fn steps(start: f64, end: f64, step: f64) -> impl Iterator<Item = f64> {
    let count = ((end - start) / step + 1e-9).floor() as u32;
    (0..=count).map(move |at| start + f64::from(at) * step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_of_ten_has_steps_of_two() {
        let ticks: Vec<String> =
            steps(0.0, 10.0, nice_step(10.0)).map(|tick| tick.to_string()).collect();

        assert_eq!(ticks, ["0", "2", "4", "6", "8", "10"]);
    }

    #[test]
    fn counts_get_round_steps() {
        for (length, step) in [(75.0, 20.0), (264.0, 100.0), (660.0, 200.0), (0.3, 0.1)] {
            assert!((nice_step(length) - step).abs() < 1e-9, "{length}");
        }
    }

    #[test]
    fn a_multiple_is_its_own_ceiling() {
        for (value, end) in [(60.0, 60.0), (61.0, 80.0), (0.0, 0.0)] {
            assert!((ceiling(value, 20.0) - end).abs() < 1e-9, "{value}");
        }
    }
}
