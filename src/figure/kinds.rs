//! Which kinds of chart can show a grid, and which shows it best (the table
//! of defaults in `docs/content/en/report.md`).

use crate::content::{FigureRequest, Kind};
use crate::diag::{Code, Diagnostic};
use crate::stats::{Estimator, Provenance};
use crate::survey::{QuestionKind, Role};

use super::Scope;
use super::ask::Asked;
use super::grid::{Grid, has_tiles};
use super::plan::Across;

/// Beyond so many items bars of groups are a wall: a table is read better.
const MANY_ITEMS: usize = 12;

/// Up to so many groups have a panel each by themselves.
const FEW_PANELS: usize = 6;

/// Up to so many lines have room for labels at both ends of a slope.
const FEW_SLOPES: usize = 6;

/// The colours of parts that have no order.
const COLOURS: usize = 4;

/// Chooses the kind and the grid that it shows. Of several panels each may
/// have a kind of its own: what was asked for must fit one of them. The
/// complaint is given beside a choice, or in place of it.
pub(super) fn choose<'a>(
    scope: &Scope<'a>,
    asked: &Asked<'a>,
    request: &FigureRequest,
    grids: [Option<Grid<'a>>; 2],
) -> (Option<(Kind, Grid<'a>)>, Option<Diagnostic>) {
    let [plain, distribution] = left(asked, request, grids);
    let fitting = fitting(scope, asked, request, (plain.as_ref(), distribution.as_ref()));
    let wanted = request.kind.as_ref();
    let found = match wanted {
        None => fitting.first(),
        Some(wanted) => fitting.iter().find(|(kind, _)| *kind == wanted.value),
    };
    let misfit = || {
        let grid = plain.as_ref().or(distribution.as_ref())?;
        let names: Vec<_> = fitting.iter().map(|(kind, _)| format!("`{}`", kind.name())).collect();
        let message = format!("`{}` cannot show {}", wanted?.value.name(), shape(grid));
        Some(
            Diagnostic::error(Code::KindDoesNotFit, message)
                .at(wanted?.place.clone())
                .hint(format!("Kinds that can: {}.", names.join(", "))),
        )
    };
    let (told, found) = match found {
        Some(found) => (None, Some(*found)),
        None => (misfit(), fitting.first().filter(|_| 1 < asked.by.len()).copied()),
    };
    let chosen = found.and_then(|(kind, of_distribution)| {
        Some((kind, if of_distribution { distribution } else { plain }?))
    });
    (chosen, told)
}

/// The grids that are left of those that have numbers: simulated answers show
/// nothing where there is a real number to show, options without any number
/// are no lines.
fn left<'a>(
    asked: &Asked<'a>,
    request: &FigureRequest,
    grids: [Option<Grid<'a>>; 2],
) -> [Option<Grid<'a>>; 2] {
    let mut grids = grids;
    let is_simulated = |grid: &mut Grid<'a>| grid.provenance == Provenance::Simulated;
    let has_real = grids.iter().flatten().any(|grid| grid.provenance != Provenance::Simulated);
    if has_real && asked.provenance.is_none() {
        for grid in &mut grids {
            grid.take_if(is_simulated);
        }
    }
    if request.items.is_empty() {
        grids.iter_mut().flatten().for_each(Grid::drop_unknown);
    }
    grids
}

/// The kinds that can show one of the grids, the one that suits best first,
/// and whether each shows the distribution.
fn fitting(
    scope: &Scope<'_>,
    asked: &Asked<'_>,
    request: &FigureRequest,
    (plain, distribution): (Option<&Grid<'_>>, Option<&Grid<'_>>),
) -> Vec<(Kind, bool)> {
    let mut fitting = vec![];
    if let Some(grid) = distribution {
        fitting.extend(of_distribution(grid).iter().map(|kind| (*kind, true)));
    }
    if let Some(grid) = plain {
        let own = of_plain(scope, asked, request, grid);
        let new = own.into_iter().filter(|kind| fitting.iter().all(|(other, _)| other != kind));
        let new: Vec<_> = new.map(|kind| (kind, false)).collect();
        // The means of groups say more than their distributions.
        if matches!(grid.across, Across::Nothing) {
            fitting.extend(new);
        } else {
            fitting.splice(0..0, new);
        }
    }
    fitting
}

/// The kinds that show a distribution.
fn of_distribution(grid: &Grid<'_>) -> &'static [Kind] {
    match grid.across {
        Across::Options => &[Kind::Diverging, Kind::Stacked, Kind::Heat, Kind::Table],
        _ => &[Kind::Histogram],
    }
}

/// The kinds that can show the cells, the one that suits best first.
fn of_plain(
    scope: &Scope<'_>,
    asked: &Asked<'_>,
    request: &FigureRequest,
    grid: &Grid<'_>,
) -> Vec<Kind> {
    let (items, slices) = (grid.items.len(), grid.slices.len());
    let is_score = matches!(asked.question.kind, QuestionKind::Score { .. });
    if grid.estimator == Estimator::Rank {
        return vec![Kind::Table];
    }
    let mut kinds = match grid.across {
        Across::Nothing | Across::Options if items == 1 && is_score => {
            vec![Kind::Number, Kind::Dots]
        }
        Across::Nothing | Across::Options if items == 1 => vec![Kind::Number],
        Across::Nothing | Across::Options if is_score => vec![Kind::Dots, Kind::Bars],
        Across::Nothing | Across::Options => vec![Kind::Bars, Kind::Dots],
        Across::Waves => over_waves(scope, asked, items, slices),
        Across::Groups(breakdown) => {
            let mut kinds = by_groups(items, slices, is_score);
            if items == 1 && has_tiles(scope, breakdown) {
                kinds.push(Kind::Tiles);
            }
            kinds
        }
    };
    if request.items.is_empty() && is_whole(grid) {
        match asked.question.kind {
            QuestionKind::Likert(_) => {
                kinds = [vec![Kind::Diverging, Kind::Stacked], kinds].concat();
            }
            QuestionKind::Single(_) if parts(grid) <= COLOURS => kinds.push(Kind::Stacked),
            _ => {}
        }
    }
    kinds.push(Kind::Table);
    kinds
}

fn over_waves(scope: &Scope<'_>, asked: &Asked<'_>, items: usize, waves: usize) -> Vec<Kind> {
    let is_broken = super::lookup::break_before(scope, asked.question).is_some();
    let mut kinds = match waves {
        0 | 1 => return vec![],
        2 if items <= FEW_SLOPES => vec![Kind::Slope, Kind::Line],
        2 => vec![Kind::Line, Kind::Slope],
        _ => vec![Kind::Line],
    };
    // What changed between two questions is no change of the answers.
    if waves == 2 && 1 < items && !is_broken {
        let at = if items <= FEW_SLOPES { kinds.len() } else { 0 };
        kinds.insert(at, Kind::Dumbbell);
    }
    if waves <= 3 && 1 < items {
        kinds.push(Kind::Grouped);
    }
    if 1 < items {
        kinds.push(Kind::Heat);
    }
    kinds
}

fn by_groups(items: usize, groups: usize, is_score: bool) -> Vec<Kind> {
    if items == 1 {
        return if is_score { vec![Kind::Dots, Kind::Bars] } else { vec![Kind::Bars, Kind::Dots] };
    }
    let mut kinds = match groups {
        0..=3 => vec![Kind::Grouped, Kind::Dots, Kind::Multiples, Kind::Heat],
        4 => vec![Kind::Dots, Kind::Multiples, Kind::Heat],
        5..=FEW_PANELS => vec![Kind::Multiples, Kind::Heat],
        _ => vec![Kind::Heat, Kind::Multiples],
    };
    if MANY_ITEMS < items {
        kinds.retain(|kind| *kind != Kind::Heat);
        kinds.insert(0, Kind::Heat);
    }
    if groups == 2 {
        kinds.push(Kind::Dumbbell);
    }
    kinds
}

/// Whether the shares of every slice that has any add up to the whole, but
/// for rounding.
fn is_whole(grid: &Grid<'_>) -> bool {
    let sums: Vec<f64> = (0..grid.slices.len())
        .filter_map(|slice| {
            let column = grid.cells.iter().map(|cells| cells[slice]);
            let shares: Vec<f64> =
                column.flatten().filter_map(|row| row.value.estimate()).collect();
            (!shares.is_empty()).then(|| shares.iter().sum())
        })
        .collect();
    grid.estimator == Estimator::Proportion
        && 1 < grid.items.len()
        && !sums.is_empty()
        && sums.iter().all(|sum| (sum - 1.0).abs() < 0.03)
}

/// Parts that need a colour of their own; what is no answer is grey.
fn parts(grid: &Grid<'_>) -> usize {
    grid.items.iter().filter(|item| item.role() == Role::Answer).count()
}

fn shape(grid: &Grid<'_>) -> String {
    let items = match grid.items.len() {
        1 => "one item".to_owned(),
        many => format!("{many} items"),
    };
    match grid.across {
        Across::Nothing | Across::Options => items,
        Across::Groups(_) => format!("{items} by {} groups", grid.slices.len()),
        Across::Waves => format!("{items} over {} waves", grid.slices.len()),
    }
}
