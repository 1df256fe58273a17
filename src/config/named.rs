//! Names that authors give: of columns, questions, pages and waves.

use super::toml::{Spelled, Table};
use crate::diag::{Code, Diagnostic, Findings, Place, nearest};
use crate::sources::Sources;

/// A name that a later stage looks up, with its place for a complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name as written.
    pub name: String,
    /// Where it was written.
    pub place: Place,
}

impl Named {
    /// Whether it looks like the path of a file: else it names a column of the
    /// answers.
    pub fn names_a_file(&self) -> bool {
        self.name.contains('/') || self.name.to_lowercase().ends_with(".csv")
    }

    /// Says that there is no such table, and which one may be meant.
    pub fn missing_in(&self, sources: &Sources) -> Diagnostic {
        let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
        let tables: Vec<_> = sources.under("data/").map(|(path, _)| (name(path), path)).collect();
        let near = nearest(&name(&self.name), tables.iter().map(|(name, _)| name.as_str()));
        let meant = tables.iter().find(|(name, _)| near == Some(name));
        Diagnostic::error(Code::TableMissing, format!("there is no `{}`", self.name))
            .at(self.place.clone())
            .hint(match meant {
                Some((_, path)) => format!("Did you mean `{path}`?"),
                None => "Add the table, or name one that is there.".to_owned(),
            })
    }
}

impl From<Spelled<String>> for Named {
    fn from(text: Spelled<String>) -> Self {
        Self { name: text.value, place: text.place }
    }
}

/// Takes a string that says something.
pub(super) fn filled(
    table: &mut Table,
    key: &'static str,
    found: &mut Findings,
) -> Option<Spelled<String>> {
    let text = table.text(key, found)?;
    if text.value.trim().is_empty() {
        found.push(Diagnostic::error(Code::BadValue, format!("`{key}` is empty")).at(text.place));
        return None;
    }
    Some(text)
}

/// Takes a list of names.
pub(super) fn names(table: &mut Table, key: &'static str, found: &mut Findings) -> Vec<Named> {
    let mut names = vec![];
    for text in table.texts(key, found).unwrap_or_default() {
        if text.value.trim().is_empty() {
            let message = format!("`{key}` has an empty member");
            found.push(Diagnostic::error(Code::BadValue, message).at(text.place));
        } else if names.iter().any(|other: &Named| other.name == text.value) {
            let message = format!("`{key}` names `{}` twice", text.value);
            found.push(
                Diagnostic::error(Code::BadValue, message)
                    .at(text.place)
                    .hint("Take one of the two out."),
            );
        } else {
            names.push(Named::from(text));
        }
    }
    names
}
