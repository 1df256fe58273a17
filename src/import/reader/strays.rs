//! The rows of a table that are no respondents, whatever tool wrote it.

use super::super::counts::is_total;
use super::super::text::number;
use super::super::tool::Tool;

/// The rows that are no respondents, and why: the header again, where files
/// were put one under the other, and totals that a spreadsheet wrote under its
/// columns.
pub(super) fn find(
    tool: Tool,
    head: &[Vec<String>],
    rows: &[Vec<String>],
) -> Vec<(usize, &'static str)> {
    if !matches!(tool, Tool::Plain | Tool::Google | Tool::Microsoft) {
        return vec![];
    }
    let names: Vec<&str> = head.first().into_iter().flatten().map(|name| name.trim()).collect();
    let are_names = 1 < names.iter().filter(|name| !name.is_empty()).count();
    let is_header =
        |row: &[String]| are_names && row.iter().map(|cell| cell.trim()).eq(names.iter().copied());
    let last = rows.len().saturating_sub(1);
    let reason = |(at, row): (usize, &Vec<String>)| {
        if is_header(row) {
            Some((at, "the header again"))
        } else {
            let is_last = 1 < at && at == last;
            (is_last && is_totals(row, &rows[..at])).then_some((at, "a row of totals"))
        }
    };
    rows.iter().enumerate().filter_map(reason).collect()
}

/// Whether a row says that it is one of totals, as no row before it does, and
/// holds nothing but numbers.
fn is_totals(row: &[String], before: &[Vec<String>]) -> bool {
    let filled: Vec<usize> = (0..row.len()).filter(|at| !row[*at].trim().is_empty()).collect();
    let [first, others @ ..] = &filled[..] else { return false };
    let is_number = |at: &usize| number(row[*at].trim().trim_end_matches('%')).is_some();
    is_total(&row[*first])
        && !others.is_empty()
        && others.iter().all(is_number)
        && before.iter().all(|other| other.get(*first) != row.get(*first))
}
