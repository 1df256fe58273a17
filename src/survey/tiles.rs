//! The layouts of tile maps, from `data/tiles.csv`: every group of a breakdown
//! as one tile, in the order of the map.

use std::collections::BTreeSet;

use super::table::{Complaints, Row, Table};
use super::{Codebook, OptionKey, Question, QuestionKey};
use crate::diag::{Code, Diagnostic, Findings, did_you_mean};

/// Where the groups of a breakdown stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TileLayout {
    /// The breakdown.
    pub breakdown: QuestionKey,
    /// Its groups with their places.
    pub tiles: Vec<TilePlace>,
}

/// Where one group stands, counted from 1, left to right and top down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TilePlace {
    /// The group.
    pub group: OptionKey,
    /// The column.
    pub column: usize,
    /// The row.
    pub row: usize,
}

/// The columns of the table.
const NAMES: [&str; 4] = ["breakdown", "group", "column", "row"];

/// A layout has no more columns and rows than this.
const MOST: u64 = 20;

/// Reads the layouts; mistakes are noted.
pub(super) fn read(table: &Table, codebook: &Codebook, found: &mut Findings) -> Vec<TileLayout> {
    let mut own = Findings::default();
    if !table.check_columns(&NAMES, &[], |_| false, &mut own) {
        found.join(own);
        return vec![];
    }
    let has_columns = !own.has_errors() && table.has_one_of_each();
    found.join(own);
    let columns = Columns::of(table);
    let mut layouts: Vec<TileLayout> = vec![];
    let mut complaints = Complaints::default();
    table.each(&mut complaints, |row, complaints| {
        let breakdown = columns.breakdown(row, codebook, complaints);
        let group = row.needed(columns.group, complaints);
        let column = place(row, columns.column, complaints);
        let line = place(row, columns.row, complaints);
        let Some((breakdown, group)) = breakdown.zip(group) else { return };
        if breakdown.lacks(group) {
            unknown_group(row, columns.group, breakdown, group, complaints);
        }
        let option = breakdown.option(group);
        let Some((option, (column, line))) = option.zip(column.zip(line)) else { return };
        let tile = TilePlace { group: option.key.clone(), column, row: line };
        match layouts.iter_mut().find(|layout| layout.breakdown == breakdown.key) {
            Some(layout) => columns.add(row, layout, tile, complaints),
            None => {
                layouts.push(TileLayout { breakdown: breakdown.key.clone(), tiles: vec![tile] });
            }
        }
    });
    let is_clean = has_columns && complaints.is_empty();
    complaints.settle(found);
    if is_clean {
        check_whole(table, &layouts, codebook, found);
    }
    layouts
}

struct Columns {
    breakdown: usize,
    group: usize,
    column: usize,
    row: usize,
}

impl Columns {
    fn of(table: &Table) -> Self {
        let [breakdown, group, column, row] = NAMES.map(|name| table.needed(name));
        Self { breakdown, group, column, row }
    }

    fn breakdown<'c>(
        &self,
        row: Row<'_>,
        codebook: &'c Codebook,
        complaints: &mut Complaints,
    ) -> Option<&'c Question> {
        let name = row.needed(self.breakdown, complaints)?;
        let question = codebook.question(name).filter(|question| question.breakdown);
        // A question that could not be read has been told.
        if question.is_none() && !codebook.may_cut(name) {
            complaints.push(Code::NotABreakdown, self.breakdown, || {
                let cuts = codebook.questions().iter().filter(|question| question.breakdown);
                Diagnostic::error(
                    Code::NotABreakdown,
                    format!("`{name}` is not a breakdown of the codebook"),
                )
                .at(row.place(self.breakdown))
                .hint_if(did_you_mean(name, cuts.map(|question| question.key.as_str())))
            });
        }
        question
    }

    fn add(
        &self,
        row: Row<'_>,
        layout: &mut TileLayout,
        tile: TilePlace,
        complaints: &mut Complaints,
    ) {
        let group = layout.tiles.iter().any(|other| other.group == tile.group);
        let place =
            layout.tiles.iter().find(|other| (other.column, other.row) == (tile.column, tile.row));
        let wrong = match place {
            _ if group => Some((self.group, format!("`{}` has two tiles", tile.group))),
            Some(other) => Some((
                self.column,
                format!("`{}` stands on the tile of `{}`", tile.group, other.group),
            )),
            None => None,
        };
        let Some((column, message)) = wrong else {
            layout.tiles.push(tile);
            return;
        };
        complaints.push(Code::BadTile, column, || {
            Diagnostic::error(Code::BadTile, message).at(row.place(column))
        });
    }
}

/// A column or a row, from 1.
fn place(row: Row<'_>, column: usize, complaints: &mut Complaints) -> Option<usize> {
    row.needed(column, complaints)?;
    let number = row.count(column, complaints)?;
    if (1..=MOST).contains(&number) {
        return usize::try_from(number).ok();
    }
    complaints.push(Code::BadTile, column, || {
        Diagnostic::error(Code::BadTile, format!("a tile cannot stand at {number}"))
            .at(row.place(column))
            .hint(format!("Count columns and rows from 1 to {MOST}."))
    });
    None
}

fn unknown_group(
    row: Row<'_>,
    column: usize,
    breakdown: &Question,
    group: &str,
    complaints: &mut Complaints,
) {
    complaints.push(Code::UnknownGroupInData, column, || {
        Diagnostic::error(
            Code::UnknownGroupInData,
            format!("`{group}` is not a group of `{}`", breakdown.key),
        )
        .at(row.place(column))
        .hint_if(breakdown.meant(group))
    });
}

/// A map without one of its groups would hide it.
fn check_whole(table: &Table, layouts: &[TileLayout], codebook: &Codebook, found: &mut Findings) {
    for layout in layouts {
        let given: BTreeSet<&OptionKey> = layout.tiles.iter().map(|tile| &tile.group).collect();
        let Some(question) = codebook.question(layout.breakdown.as_str()) else { continue };
        let missing: Vec<String> = question
            .options()
            .iter()
            .filter(|option| option.role.in_base() && !given.contains(&option.key))
            .map(|option| format!("`{}`", option.key))
            .collect();
        if !missing.is_empty() {
            found.push(
                Diagnostic::error(
                    Code::BadTile,
                    format!(
                        "the map of `{}` has no tile for {}",
                        layout.breakdown,
                        missing.join(", ")
                    ),
                )
                .at(table.place())
                .hint("Give every group of the breakdown a row."),
            );
        }
    }
}
