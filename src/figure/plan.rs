//! What a figure will show: its lines and columns, the row of the results in
//! each cell, the kind of chart. [`super::plan`] makes it from a request.

use std::collections::BTreeSet;

use crate::content::Kind;
use crate::diag::Place;
use crate::stats::{Cut, Estimate, Estimator, Provenance};
use crate::survey::{Choice, OptionKey, Question, QuestionKey, Role, WaveKey};
use crate::wording::Words;

use super::cells::Cells;
use super::reach::Reach;
use super::{Inline, Scope, lookup};

/// A figure that can be drawn: lines × columns of rows of the results, all of one
/// estimator and one provenance, and the kind of chart that shows them. Of a
/// figure with tabs it is the first panel, which holds the others.
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
    /// How far the numbers go that it is compared with; see [`super::level`].
    pub(super) reach: Option<Reach>,
    /// The least and the largest of them, where they are shades.
    pub(super) shades: Option<(f64, f64)>,
    /// The panels of further tabs, when the figure is cut several ways.
    pub(super) tabs: Vec<Self>,
    /// Where its author chose its name.
    pub(super) explicit_id: Option<Place>,
}

/// One line of a figure.
#[derive(Debug, Clone)]
pub(super) struct Subject<'a> {
    /// The key of the option or of the question of a battery; empty of one
    /// question as a whole.
    pub(super) named: &'a str,
    pub(super) label: &'a str,
    pub(super) question: &'a QuestionKey,
    pub(super) choice: Option<&'a Choice>,
    /// A value of a score, when the lines are its distribution.
    pub(super) score: Option<Box<Score>>,
}

/// A value of a score.
#[derive(Debug, Clone)]
pub(super) struct Score {
    pub(super) key: OptionKey,
    pub(super) value: f64,
    /// As printed.
    pub(super) label: String,
}

impl Subject<'_> {
    /// What its rows are about; `None`: the question as a whole.
    pub(super) fn option(&self) -> Option<&OptionKey> {
        let score = self.score.as_ref().map(|score| &score.key);
        score.or_else(|| self.choice.map(|choice| &choice.key))
    }

    /// What requests call it.
    pub(super) fn key(&self) -> &str {
        self.score.as_ref().map_or(self.named, |score| score.key.as_str())
    }

    /// Its label.
    pub(super) fn name(&self) -> String {
        self.score.as_ref().map_or(self.label, |score| &score.label).to_owned()
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

    /// How many of its columns (groups, waves, options) have any number.
    pub fn known_slices(&self) -> usize {
        let is_known = |at: &usize| self.cells.iter().any(|cells| cells[*at].is_some());
        (0..self.slices.len()).filter(is_known).count()
    }

    /// What is left of it without simulated answers: its other panels and texts;
    /// `None`: nothing.
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

    /// Whether it has an option or group of this name, whatever the data give.
    pub(super) fn could_show(&self, name: &str) -> bool {
        self.told_questions().any(|question| question.option(name).is_some())
    }

    /// Whether it may have one that could not be read.
    pub(super) fn may_show(&self, name: &str) -> bool {
        self.told_questions().any(|question| question.may_offer(name))
    }

    /// The questions whose options are its lines and columns.
    fn told_questions(&self) -> impl Iterator<Item = &'a Question> {
        let breakdown = match self.across {
            Across::Groups(breakdown) => Some(breakdown),
            _ => None,
        };
        std::iter::once(self.question).chain(breakdown)
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

    /// Gives a figure that no author wrote its title.
    pub fn set_title(&mut self, title: &str) {
        self.title = Some(Inline::words(title));
    }

    /// Gives it its subtitle.
    pub fn set_subtitle(&mut self, subtitle: &str) {
        self.subtitle = Some(Inline::words(subtitle));
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

    /// One item by groups: the groups are the lines.
    pub(super) fn turned(&self) -> bool {
        self.items.len() == 1 && matches!(self.across, Across::Groups(_))
    }

    /// Names of the lines that have cells which nobody published, with their
    /// columns; of a single line by groups the columns.
    pub(super) fn gaps(&self, words: &Words) -> Vec<String> {
        let lines = self.items.iter().zip(self.cells.iter()).filter_map(|(item, cells)| {
            let slices = self.slices.iter().zip(cells).filter(|(_, row)| row.is_none());
            let slices: Vec<_> = slices.map(|(slice, _)| slice.label.clone()).collect();
            (!slices.is_empty()).then_some((item, slices))
        });
        if self.turned() {
            return lines.flat_map(|(_, slices)| slices).collect();
        }
        let line = |(item, slices): (&Subject<'_>, Vec<String>)| match &slices[..] {
            [only] if only.is_empty() => item.name(),
            slices => format!("{} ({})", item.label, words.list(slices)),
        };
        lines.map(line).collect()
    }

    /// The index of the first wave after the question changed.
    pub(super) fn break_before(&self, scope: &Scope<'_>) -> Option<usize> {
        let is_over_waves = matches!(self.across, Across::Waves);
        lookup::break_before(scope, self.question).filter(|_| is_over_waves)
    }
}
