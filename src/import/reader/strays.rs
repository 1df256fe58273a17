//! The rows of a table that are no respondents, whatever tool wrote it.

use super::super::counts::is_total;
use super::super::text::{number, same};
use super::super::tool::Tool;

/// Up to so many rows under a table add up what stands above them.
const MOST_FEET: usize = 5;

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
    // Totals and means stand in the last rows, one under the other.
    let is_foot = |at: usize| 1 < at && is_totals(&rows[at], &rows[..at]);
    let feet = (0..rows.len()).rev().take(MOST_FEET).take_while(|at| is_foot(*at)).count();
    let foot = rows.len() - feet;
    let reason = |(at, row): (usize, &Vec<String>)| {
        if is_header(row) {
            Some((at, "the header again"))
        } else {
            (foot <= at).then_some((at, "a row of totals"))
        }
    };
    rows.iter().enumerate().filter_map(reason).collect()
}

/// Whether a cell names what a spreadsheet works out of a column.
fn is_foot_word(cell: &str) -> bool {
    const WORDS: [&str; 14] = [
        "moyenne",
        "mean",
        "average",
        "gemiddelde",
        "mittelwert",
        "durchschnitt",
        "mediane",
        "median",
        "mediaan",
        "minimum",
        "min",
        "maximum",
        "max",
        "count",
    ];
    is_total(cell) || WORDS.contains(&same(cell.trim().trim_end_matches(':')).as_str())
}

/// Whether a row says that it is one of totals, as no row before it does, and
/// holds nothing but numbers.
fn is_totals(row: &[String], before: &[Vec<String>]) -> bool {
    let filled: Vec<usize> = (0..row.len()).filter(|at| !row[*at].trim().is_empty()).collect();
    let [first, others @ ..] = &filled[..] else { return false };
    let is_number = |at: &usize| number(row[*at].trim().trim_end_matches('%')).is_some();
    is_foot_word(&row[*first])
        && !others.is_empty()
        && others.iter().all(is_number)
        && before.iter().all(|other| other.get(*first) != row.get(*first))
}
