//! Cells that stand for nothing, as people and programs write them.

/// Cells alone in a column of other things that stand for nothing.
const MISSING: [&str; 6] = ["-", ".", "#N/A", "#NULL!", "NULL", "--"];

/// Nothing, as people and programs write it; `.a` to `.z` are reasons.
pub(super) fn is_missing(cell: &str) -> bool {
    let reason = cell
        .strip_prefix('.')
        .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_lowercase()));
    MISSING.contains(&cell) || reason
}
