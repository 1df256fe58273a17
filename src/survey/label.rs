//! Columns that hold one text in several languages: `label::fr`, `short::nl`.

use std::collections::BTreeMap;

use super::table::{Complaints, Row, Table};
use crate::config::{Language, Text};
use crate::diag::{Code, Diagnostic, Findings, did_you_mean};

/// The columns of one text.
pub(super) struct Labels<'l> {
    stem: &'static str,
    languages: &'l [Language],
    /// The column without a language, which serves all.
    bare: Option<usize>,
    /// The column of each language of the site.
    columns: Vec<Option<usize>>,
}

impl<'l> Labels<'l> {
    /// Finds the columns of `stem` for the languages of the site. Others are
    /// left alone: translations may be ready before they are published.
    pub(super) fn find(
        table: &Table,
        stem: &'static str,
        languages: &'l [Language],
        found: &mut Findings,
    ) -> Self {
        let mut columns = vec![None; languages.len()];
        for (at, name) in table.columns().iter().enumerate() {
            let Some(written) = language(name, stem) else { continue };
            let Some(meant) = Language::new(written) else {
                let tags = languages.iter().map(Language::tag);
                found.push(
                    Diagnostic::error(
                        Code::UnknownLanguage,
                        format!("`{name}` does not name a language"),
                    )
                    .at(table.column_place(at))
                    .hint_if(did_you_mean(written, tags))
                    .hint(format!("Write its tag: `{stem}::fr` or `{stem}::French (fr)`.")),
                );
                continue;
            };
            let Some(place) = languages.iter().position(|one| *one == meant) else { continue };
            // One of two columns with one name, which was told.
            if table.column(name).is_none() {
                continue;
            }
            if columns[place].replace(at).is_some() {
                found.push(
                    Diagnostic::error(
                        Code::DuplicateColumn,
                        format!("`{name}` is the second column of `{stem}` in `{meant}`"),
                    )
                    .at(table.column_place(at)),
                );
            }
        }
        Self { stem, languages, bare: table.column(stem), columns }
    }

    /// Notes the languages of the site that have no column: the default is
    /// needed, the others are missed.
    pub(super) fn check_columns(&self, table: &Table, found: &mut Findings) {
        if self.bare.is_some() || !table.has_one_of_each() {
            return;
        }
        for (place, language) in self.languages.iter().enumerate() {
            if self.columns[place].is_some() {
                continue;
            }
            let column = format!("{}::{language}", self.stem);
            let message = format!("the column `{column}` is missing");
            found.push(
                if place == 0 {
                    Diagnostic::error(Code::MissingColumn, message)
                } else {
                    Diagnostic::warning(Code::MissingTranslation, message)
                }
                .at(table.column_place(0))
                .hint(format!("Add `{column}`, or `{}` for all languages.", self.stem)),
            );
        }
    }

    /// The text of a row, if it has one in any language of the site.
    pub(super) fn text(&self, row: Row<'_>) -> Option<Text> {
        let bare = row.filled(self.bare);
        let mut texts: Vec<Option<&str>> =
            self.columns.iter().map(|column| row.filled(*column).or(bare)).collect();
        if let [only] = texts.as_mut_slice() {
            return only.take().map(|text| Text::Same(text.to_owned()));
        }
        if texts.iter().all(|text| *text == bare) {
            return bare.map(|text| Text::Same(text.to_owned()));
        }
        let pairs = self.languages.iter().cloned().zip(texts);
        let texts: BTreeMap<_, _> =
            pairs.filter_map(|(language, text)| Some((language, text?.to_owned()))).collect();
        (!texts.is_empty()).then_some(Text::ByLanguage(texts))
    }

    /// The text of a row that needs one: an error if it has none in the
    /// default language, a warning for each other. `what` names the row.
    pub(super) fn needed(
        &self,
        row: Row<'_>,
        what: &str,
        complaints: &mut Complaints,
    ) -> Option<Text> {
        for (place, language) in self.languages.iter().enumerate() {
            let Some(column) = self.columns[place].or(self.bare) else { continue };
            if row.filled(Some(column)).or(row.filled(self.bare)).is_some() {
                continue;
            }
            complaints.push(Code::EmptyLabel, column, || {
                let message = format!("{what} has no `{}` in `{language}`", self.stem);
                if place == 0 {
                    Diagnostic::error(Code::EmptyLabel, message)
                } else {
                    Diagnostic::warning(Code::EmptyLabel, message)
                }
                .at(row.place(column))
            });
        }
        self.text(row)
    }

    /// The text of a row, with `other` where it has none.
    pub(super) fn text_or(&self, row: Row<'_>, other: &Text) -> Text {
        let mut text = match self.text(row) {
            None => return other.clone(),
            Some(Text::Same(text)) => return Text::Same(text),
            Some(Text::ByLanguage(texts)) => texts,
        };
        for language in self.languages.iter().filter(|language| other.speaks(language)) {
            text.entry(language.clone()).or_insert_with(|| other.get(language).to_owned());
        }
        Text::ByLanguage(text)
    }
}

/// True if `column` is `stem` or `stem` in a language.
pub(super) fn is_column(column: &str, stem: &str) -> bool {
    column == stem || language(column, stem).is_some()
}

/// The language of a column as written: `fr` of `label::fr` and of
/// `label::French (fr)`.
fn language<'c>(column: &'c str, stem: &str) -> Option<&'c str> {
    let rest = column.strip_prefix(stem)?.trim_start().strip_prefix("::")?.trim();
    let inside = rest.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    Some(inside.map_or(rest, |(_, tag)| tag.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_written_in_two_ways() {
        assert_eq!(language("label::fr", "label"), Some("fr"));
        assert_eq!(language("label :: French (fr)", "label"), Some("fr"));
        assert_eq!(language("label::French", "label"), Some("French"));
        assert_eq!(language("label", "label"), None);
        assert_eq!(language("short::fr", "label"), None);
    }
}
