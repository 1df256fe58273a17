//! The margins that weights are raked to: the totals of their levels, and
//! whether the sample has somebody in each.

use super::table::{Complaints, Table};
use super::{Margin, Weights};
use crate::config::Named;
use crate::diag::{Code, Diagnostic, Findings};

/// Reads the margins to rake to: `variable,level,total`.
pub(super) fn read(table: &Table, found: &mut Findings) -> Vec<Margin> {
    let mut margins: Vec<Margin> = vec![];
    if !table.check_columns(&["variable", "level", "total"], &[], |_| false, found) {
        return margins;
    }
    let [variable, level, total] = ["variable", "level", "total"].map(|name| table.needed(name));
    let mut complaints = Complaints::default();
    table.each(&mut complaints, |row, complaints| {
        let name = row.needed(variable, complaints);
        let level = row.needed(level, complaints);
        let size = row.needed(total, complaints).and_then(|_| row.real(total, complaints));
        if let Some(size) = size.filter(|size| *size <= 0.0) {
            complaints.push(Code::CannotRake, total, || {
                Diagnostic::error(Code::CannotRake, format!("the total `{size}` is not above 0"))
                    .at(row.place(total))
            });
        }
        let Some((name, level)) = name.zip(level) else { return };
        // Who is of a level whose total cannot be read is of a level all the same.
        let size = size.unwrap_or(1.0);
        let found = margins.iter().position(|margin| margin.variable == name);
        let margin = found.unwrap_or_else(|| {
            margins.push(Margin {
                variable: name.to_owned(),
                levels: vec![],
                totals: vec![],
                of: vec![],
            });
            margins.len() - 1
        });
        let margin = &mut margins[margin];
        if margin.levels.iter().any(|known| known == level) {
            complaints.push(Code::DuplicateName, total, || {
                Diagnostic::error(Code::DuplicateName, "this level is given twice").at(row.whole())
            });
            return;
        }
        margin.levels.push(level.to_owned());
        margin.totals.push(size);
    });
    // A row that could not be read is missing from the sums.
    let is_clean = complaints.is_empty();
    complaints.settle(found);
    if is_clean {
        check_sums(&margins, table, found);
    }
    margins
}

/// Refuses margins that do not add up to the same population.
fn check_sums(margins: &[Margin], table: &Table, found: &mut Findings) {
    let sums: Vec<f64> = margins.iter().map(|margin| margin.totals.iter().sum()).collect();
    for (margin, sum) in margins.iter().zip(&sums).skip(1) {
        if (sum - sums[0]).abs() > 1e-6 * sums[0] {
            found.push(
                Diagnostic::error(
                    Code::CannotRake,
                    format!(
                        "the totals of `{}` add up to {sum}, those of `{}` to {}",
                        margin.variable, margins[0].variable, sums[0]
                    ),
                )
                .at(table.place()),
            );
        }
    }
}

/// Refuses levels of which nobody in the sample is; `rake` names the table.
pub(super) fn check(margin: &Margin, weights: &Weights, rake: &Named, found: &mut Findings) {
    for (at, level) in margin.levels.iter().enumerate() {
        let mut weighted = margin.of.iter().zip(weights.rows());
        if !weighted.any(|(of, all)| *of as usize == at && all.mass.weight > 0.0) {
            found.push(
                Diagnostic::error(
                    Code::CannotRake,
                    format!("nobody in the sample is `{level}` of `{}`", margin.variable),
                )
                .at(rake.place.clone())
                .hint("Merge the level with another in the margins and in the responses."),
            );
        }
    }
}
