//! Which lines of a figure are drawn. The table has them all.

use crate::content::Kind;

use super::plan::{Across, Plan, Subject};

/// More lines than these are looked up in a table, not compared in a drawing.
const FITS: usize = 15;

impl<'a> Plan<'a> {
    /// The lines that are drawn: the first ones, and those that are set off.
    /// Groups are left out only where the author says so: a reader looks for
    /// their own, and none is less than another.
    pub(super) fn drawn(&self) -> Vec<usize> {
        let (keys, most): (Vec<&str>, _) = if self.slices_are_lines() {
            (self.slices.iter().map(|slice| slice.key.as_str()).collect(), usize::MAX)
        } else {
            (self.items.iter().map(Subject::key).collect(), FITS)
        };
        let most = self.limit.unwrap_or(most).max(1);
        let is_set_off = |key: &str| self.highlight.iter().any(|name| name == key);
        let lines = keys.iter().enumerate();
        lines.filter(|(at, key)| *at < most || is_set_off(key)).map(|(at, _)| at).collect()
    }

    /// The items that are drawn, with the place of each.
    pub(super) fn drawn_items(&self) -> impl Iterator<Item = (usize, &Subject<'a>)> {
        self.drawn().into_iter().map(|at| (at, &self.items[at]))
    }

    /// The same figure without what its drawing leaves out, for a table of
    /// what is seen.
    pub(super) fn only_drawn(&self) -> Self {
        let mut few = self.clone();
        if self.left_out() == 0 {
            return few;
        }
        let lines = self.drawn();
        let keep = |at: &usize| lines.contains(at);
        if self.slices_are_lines() {
            few.slices = kept(few.slices, keep);
            few.cells = few.cells.of_columns(&lines);
        } else {
            few.items = kept(few.items, keep);
            few.cells = few.cells.of_lines(&lines);
            few.totals = kept(few.totals, keep);
        }
        // Numbers beside those of a battery stand with its items, else with groups.
        if self.slices_are_lines() != matches!(self.across, Across::Options) {
            for beside in &mut few.beside {
                beside.rows = kept(std::mem::take(&mut beside.rows), keep);
            }
        }
        few
    }

    /// Whether each group or wave is a line: a bar of one item, or of parts
    /// that make a whole in each. The parts of a battery make one in each item.
    fn slices_are_lines(&self) -> bool {
        match self.kind {
            Kind::Stacked | Kind::Diverging => !matches!(self.across, Across::Options),
            _ => self.turned(),
        }
    }

    /// How many lines the drawing leaves to the table.
    pub(super) fn left_out(&self) -> usize {
        let lines = match self.kind {
            Kind::Histogram | Kind::Tiles | Kind::Number | Kind::Table | Kind::Heat => return 0,
            _ if self.slices_are_lines() => self.slices.len(),
            _ => self.items.len(),
        };
        lines - self.drawn().len()
    }
}

/// Those of `all` whose place is kept.
fn kept<T>(all: Vec<T>, keep: impl Fn(&usize) -> bool) -> Vec<T> {
    let placed = all.into_iter().enumerate();
    placed.filter(|(at, _)| keep(at)).map(|(_, one)| one).collect()
}
