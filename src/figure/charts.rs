//! A plan → the data of a chart, for the kinds that are more than rows of
//! bars or dots and lines over waves.

use crate::chart::{
    Aside, Bin, Chart, Dumbbell, Emphasis, Histogram, Marker, MarkerLook, Multiples, Neutral,
    Panel, Part, Row, Rows, Stack, Tile, Tiles, Tone,
};
use crate::stats::{Estimate, Estimator};
use crate::survey::{QuestionKind, Role};
use crate::wording::NO_NUMBER;

use super::plan::{Across, Beside, Plan};
use super::{Scope, describe, gap};

/// Most panels side by side.
const COLUMNS: usize = 3;

impl Plan<'_> {
    /// Parts of a whole: the options of each question of a battery, or the
    /// items of each group.
    pub(super) fn stack(&self, scope: &Scope<'_>) -> Stack {
        let (names, roles, rows): (Vec<String>, Vec<Role>, Vec<Row>) =
            if matches!(self.across, Across::Options) {
                let rows = self.drawn_items().map(|(at, item)| Row {
                    label: item.name(),
                    cells: self.line(scope, at),
                    emphasis: self.emphasis(item.key()),
                    remark: String::new(),
                });
                let role = |choice: Option<&crate::survey::Choice>| {
                    choice.map_or(Role::Answer, |choice| choice.role)
                };
                (
                    self.slices.iter().map(|slice| slice.label.clone()).collect(),
                    self.slices.iter().map(|slice| role(slice.choice)).collect(),
                    rows.collect(),
                )
            } else {
                let rows = self.drawn().into_iter().map(|at| Row {
                    label: self.slices[at].label.clone(),
                    cells: (0..self.items.len()).map(|item| self.cell(scope, item, at)).collect(),
                    emphasis: self.emphasis(&self.slices[at].key),
                    remark: String::new(),
                });
                (
                    self.items.iter().map(super::plan::Subject::name).collect(),
                    self.items.iter().map(super::plan::Subject::role).collect(),
                    rows.collect(),
                )
            };
        let is_scale = matches!(self.question.kind, QuestionKind::Likert(_));
        let parts = names
            .into_iter()
            .enumerate()
            .map(|(at, name)| Part { name, tone: tone(at, &roles, is_scale) });
        let asides = self.asides(scope);
        Stack { parts: parts.collect(), rows, neutral: Neutral::Split, asides }
    }

    /// What stands right of the bars: net, "don't know", base.
    fn asides(&self, scope: &Scope<'_>) -> Vec<Aside> {
        let words = scope.words;
        let rows = self.drawn();
        let mut asides: Vec<Aside> = self
            .beside
            .iter()
            .map(|beside| {
                let texts = rows.iter().map(|at| beside.rows[*at]);
                Aside {
                    heading: aside_heading(scope, beside),
                    texts: texts
                        .map(|row| {
                            row.map_or_else(|| NO_NUMBER.to_owned(), |row| aside(scope, row))
                        })
                        .collect(),
                }
            })
            .collect();
        let base = |at: usize| {
            let in_row = |(item, slice): (usize, usize)| {
                if matches!(self.across, Across::Options) { item == at } else { slice == at }
            };
            let cells = self.cells.iter().enumerate().flat_map(|(item, cells)| {
                cells.iter().enumerate().map(move |(slice, row)| ((item, slice), row))
            });
            cells
                .filter(|(place, _)| in_row(*place))
                .filter_map(|(_, row)| row.and_then(|row| row.n))
                .max()
        };
        let bases: Vec<Option<u64>> = rows.iter().copied().map(base).collect();
        if bases.iter().any(Option::is_some) {
            let text = |n: &Option<u64>| n.map_or_else(|| NO_NUMBER.to_owned(), |n| words.count(n));
            asides.push(Aside {
                heading: words.text("table.base").to_owned(),
                texts: bases.iter().map(text).collect(),
            });
        }
        asides
    }

    /// The distribution of a score; of several groups or waves, a panel each.
    pub(super) fn histograms(&self, scope: &Scope<'_>) -> Chart {
        if let [_] = self.slices[..] {
            return Chart::Histogram(self.histogram(scope, 0));
        }
        let panels = self.slices.iter().enumerate().map(|(at, slice)| Panel {
            title: slice.label.clone(),
            chart: Chart::Histogram(self.histogram(scope, at)),
        });
        Chart::SmallMultiples(Multiples { panels: panels.collect(), columns: COLUMNS })
    }

    fn histogram(&self, scope: &Scope<'_>, slice: usize) -> Histogram {
        let bins = self.items.iter().enumerate().map(|(at, item)| Bin {
            score: item.score.as_ref().map_or(0.0, |score| score.value),
            label: item.name(),
            cell: self.cell(scope, at, slice),
            emphasis: self.emphasis(item.key()),
        });
        let marker = |beside: &Beside<'_>| {
            let row = beside.rows[slice]?;
            Some(Marker {
                score: row.value.estimate()?,
                interval: scope.limits(row).filter(|_| row.estimator == Estimator::Mean),
                label: format!(
                    "{} {}",
                    describe::beside_heading(scope, beside),
                    scope.printed(row)
                ),
                look: match row.estimator {
                    Estimator::Mean => MarkerLook::Dot,
                    _ => MarkerLook::Line,
                },
            })
        };
        let mut markers: Vec<Marker> = self.beside.iter().filter_map(marker).collect();
        if let QuestionKind::Score { start, end, .. } = self.question.kind {
            markers.push(Marker {
                score: f64::midpoint(start, end),
                interval: None,
                label: scope.words.text("chart.half-way").to_owned(),
                look: MarkerLook::Line,
            });
        }
        Histogram { bins: bins.collect(), scale: self.scale(scope), markers }
    }

    /// Two groups or waves of each item, with the difference in words.
    pub(super) fn dumbbell(&self, scope: &Scope<'_>) -> Dumbbell {
        let mut rows = self.lines(scope);
        for (row, (at, _)) in rows.rows.iter_mut().zip(self.drawn_items()) {
            let is_clear = gap::is_clear(scope, [self.cells[at][0], self.cells[at][1]]);
            if !is_clear && self.highlight.is_empty() {
                row.emphasis = Emphasis::Muted;
            }
        }
        let difference = gap::gaps(scope, self).map(|(heading, gaps)| {
            let texts = self.drawn().into_iter().map(|at| gaps[at].clone()).collect();
            Aside { heading, texts }
        });
        Dumbbell { rows, difference }
    }

    /// A panel of bars for each group.
    pub(super) fn multiples(&self, scope: &Scope<'_>) -> Multiples {
        let scale = self.scale(scope);
        let panels = self.slices.iter().enumerate().map(|(at, slice)| {
            let rows = self.drawn_items().map(|(line, item)| Row {
                label: item.name(),
                cells: vec![self.cell(scope, line, at)],
                emphasis: self.emphasis(item.key()),
                remark: String::new(),
            });
            let rows = Rows {
                series: vec![String::new()],
                rows: rows.collect(),
                scale: scale.clone(),
                reference: None,
            };
            Panel { title: slice.label.clone(), chart: Chart::Bars(rows) }
        });
        Multiples { panels: panels.collect(), columns: COLUMNS }
    }

    /// The groups of a breakdown where they stand on the map.
    pub(super) fn tiles(&self, scope: &Scope<'_>) -> Option<Tiles> {
        let Across::Groups(breakdown) = self.across else { return None };
        let layouts = &scope.survey.tiles;
        let layout = layouts.iter().find(|layout| layout.breakdown == breakdown.key)?;
        let classes = self.classes();
        let tiles = self.slices.iter().enumerate().filter_map(|(at, slice)| {
            let row = self.cells[0][at];
            let place = layout.tiles.iter().find(|tile| tile.group.as_str() == slice.key)?;
            let value = row.and_then(|row| row.value.estimate());
            Some(Tile {
                label: slice.label.clone(),
                column: place.column - 1,
                row: place.row - 1,
                cell: self.cell(scope, 0, at),
                class: value.map_or(0, |value| classes.of(self.position(value))),
            })
        });
        let names = classes.limits().map(|(low, high)| {
            // The unit stands once: `20 to 40%`.
            let low = if self.estimator.is_proportion() {
                scope.words.number(low, 0)
            } else {
                self.scale_label(scope, low)
            };
            let high = self.scale_label(scope, high);
            scope.words.fill("chart.class", &[("low", &low), ("high", &high)])
        });
        Some(Tiles { tiles: tiles.collect(), classes: names.collect() })
    }
}

/// The colour and side of a part. A scale has its middle between its halves,
/// whatever is counted in the net.
fn tone(at: usize, roles: &[Role], is_scale: bool) -> Tone {
    if roles[at] != Role::Answer {
        return Tone::Apart;
    }
    if !is_scale {
        return Tone::Series;
    }
    let counted: Vec<usize> = (0..roles.len()).filter(|at| roles[*at] == Role::Answer).collect();
    let place = counted.iter().position(|other| *other == at).unwrap_or(0);
    match (2 * place + 1).cmp(&counted.len()) {
        std::cmp::Ordering::Less => Tone::Negative,
        std::cmp::Ordering::Equal => Tone::Neutral,
        std::cmp::Ordering::Greater => Tone::Positive,
    }
}

/// The heading of a column beside bars, with the unit that its numbers share.
fn aside_heading(scope: &Scope<'_>, beside: &Beside<'_>) -> String {
    match beside.estimator {
        Estimator::Net => scope.words.text("chart.net-points").to_owned(),
        _ => describe::beside_heading(scope, beside),
    }
}

/// A number of such a column: bare where the heading tells the unit.
fn aside(scope: &Scope<'_>, row: &Estimate) -> String {
    match (row.estimator, row.value.estimate()) {
        (Estimator::Net, Some(net)) => scope.words.signed(net * 100.0, row.digits.unwrap_or(0)),
        _ => scope.printed(row),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_of_five_has_its_middle_apart() {
        let roles = [Role::Answer; 5];
        let tones: Vec<_> = (0..5).map(|at| tone(at, &roles, true)).collect();

        assert_eq!(
            tones,
            [Tone::Negative, Tone::Negative, Tone::Neutral, Tone::Positive, Tone::Positive]
        );
    }

    #[test]
    fn a_scale_of_four_has_no_middle() {
        let roles = [Role::Answer, Role::Answer, Role::DontKnow, Role::Answer, Role::Answer];
        let tones: Vec<_> = (0..5).map(|at| tone(at, &roles, true)).collect();

        assert_eq!(
            tones,
            [Tone::Negative, Tone::Negative, Tone::Apart, Tone::Positive, Tone::Positive]
        );
    }
}
