//! A plan → what its chart shows: rows of bars or dots and lines over waves
//! here, the other kinds in [`super::charts`].

use crate::chart::{
    BigNumber, Care, Cell, Chart, Datum, Emphasis, Reference, Row, Rows, Timeline, Track,
};
use crate::content::Kind;
use crate::stats::{Estimate, Flag, Provenance, Value};

use super::plan::Plan;
use super::{Scope, describe, tell, told};

impl Plan<'_> {
    pub(super) fn chart(&self, scope: &Scope<'_>) -> Option<Chart> {
        match self.kind {
            Kind::Bars => Some(Chart::Bars(self.lines(scope))),
            Kind::Grouped => Some(Chart::Grouped(self.lines(scope))),
            Kind::Dots => Some(Chart::Dots(self.lines(scope))),
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

    pub(super) fn lines(&self, scope: &Scope<'_>) -> Rows {
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
                emphasis: self.emphasis(self.items[at].key()),
                remark: remarks.get(&at).map_or_else(String::new, |words| (*words).to_owned()),
            });
            (self.slices.iter().map(|slice| slice.label.clone()).collect(), rows.collect())
        };
        let total = self.totals.first().copied().flatten();
        let reference = total.filter(|_| self.turned() && self.is_level()).and_then(|row| {
            let label = format!("{} {}", scope.words.text("chart.total"), scope.printed(row));
            Some(Reference { value: self.position(row.value.estimate()?), label })
        });
        Rows { series, rows, scale: self.scale(scope), reference }
    }

    fn timeline(&self, scope: &Scope<'_>) -> Timeline {
        let tracks = self
            .drawn_items()
            .map(|(at, item)| Track { name: item.name(), cells: self.line(scope, at) });
        Timeline {
            points: self.slices.iter().map(|slice| slice.label.clone()).collect(),
            series: tracks.collect(),
            scale: self.scale(scope),
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

    pub(super) fn key_number(&self, scope: &Scope<'_>) -> Option<BigNumber> {
        if self.kind != Kind::Number {
            return None;
        }
        let row = self.cells.iter().next()?.first().copied().flatten()?;
        Some(BigNumber {
            datum: self.datum(scope, row)?,
            label: scope.words.typeset(&self.key_label(scope)).into_owned(),
            detail: self.key_detail(scope, row),
        })
    }

    /// A key number stands alone: its label says the question too.
    fn key_label(&self, scope: &Scope<'_>) -> String {
        let item = self.items[0].name();
        let question = self.question.short.get(scope.words.language());
        if self.items[0].choice.is_none() || item == question {
            return item;
        }
        describe::answer(scope, question, &item)
    }

    /// The interval of a key number, the middle of the answers, and that the base is low.
    fn key_detail(&self, scope: &Scope<'_>, row: &Estimate) -> Option<String> {
        let words = scope.words;
        let interval = scope.printed_limits(row).map(|(low, high)| {
            let level = words.percent(scope.config.statistics.confidence, 0);
            words.fill("figure.interval", &[("level", &level), ("low", &low), ("high", &high)])
        });
        let low = scope.low_base(row).then(|| words.text("description.low-base-all").to_owned());
        let all = interval.into_iter().chain(tell::middle(scope, self)).chain(low);
        let all: Vec<String> = all.collect();
        (!all.is_empty()).then(|| all.join(" "))
    }
}
