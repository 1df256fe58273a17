//! The columns that `survey.csv` may have.

use crate::survey::label::is_column;

/// Our columns beside `type`, `name` and the labels.
pub(super) const COLUMNS: [&str; 10] = [
    "label",
    "short",
    "base",
    "parameters",
    "appearance",
    "relevant",
    "topic",
    "breakdown",
    "unit",
    "comparable_from",
];

/// Columns of `XLSForm`, and of what ODK and Kobo add to it, that say nothing
/// about results.
const UNUSED: [&str; 37] = [
    "hint",
    "guidance_hint",
    "required",
    "required_message",
    "constraint",
    "constraint_message",
    "constraint message",
    "required message",
    "default",
    "calculation",
    "read_only",
    "readonly",
    "relevance",
    "trigger",
    "repeat_count",
    "choice_filter",
    "note",
    "image",
    "big-image",
    "audio",
    "video",
    "media",
    "autoplay",
    "disabled",
    "save_to",
    "query",
    "intent",
    "bind",
    "body",
    "instance",
    "accuracyThreshold",
    "select_from_list_name",
    "file",
    "tags",
    "$xpath",
    "$autoname",
    "$kuid",
];

/// Whether a column that is none of ours may be there.
pub(super) fn is_accepted(name: &str) -> bool {
    ["label", "short", "base", "unit"].iter().any(|stem| is_column(name, stem))
        || UNUSED.iter().any(|unused| is_column(name, unused))
        || name.starts_with("kobo--")
        || name.starts_with('_')
}
