//! `data/glossary.csv`: the words that the report explains, in each language
//! with the forms in which they stand in the text.

use std::collections::BTreeMap;

use super::label::{self, Labels};
use super::slug;
use super::table::{Complaints, Row, Table};
use crate::config::{Language, Text};
use crate::diag::{Code, Diagnostic, Findings};

/// A word that the report explains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlossaryTerm {
    /// Its key, the same in all languages: a slug, its anchor.
    pub id: String,
    /// The word as a dictionary has it.
    pub term: Text,
    /// Other forms of it, between `|`: plurals, inflections.
    pub forms: Option<Text>,
    /// What it means.
    pub definition: Text,
}

impl GlossaryTerm {
    /// The word and its other forms in a language.
    pub fn all_forms(&self, language: &Language) -> Vec<String> {
        // Forms of another language are no forms of this one's word.
        let forms = self.forms.as_ref().filter(|forms| forms.speaks(language));
        let others = forms.map(|forms| forms.get(language)).unwrap_or_default();
        let all = std::iter::once(self.term.get(language)).chain(others.split('|'));
        all.map(str::trim).filter(|form| !form.is_empty()).map(str::to_owned).collect()
    }
}

/// Reads the words in file order; mistakes are noted.
pub(super) fn read(
    table: &Table,
    languages: &[Language],
    found: &mut Findings,
) -> Vec<GlossaryTerm> {
    let stems = ["term", "forms", "definition"];
    let is_text = |name: &str| stems.iter().any(|stem| label::is_column(name, stem));
    let named = table.check_columns(&["id"], &stems, is_text, found);
    let [term, forms, definition] = stems.map(|stem| Labels::find(table, stem, languages, found));
    if !named {
        return vec![];
    }
    term.check_columns(table, found);
    definition.check_columns(table, found);
    let id = table.needed("id");
    let mut terms: Vec<GlossaryTerm> = vec![];
    let mut said: BTreeMap<(usize, String), String> = BTreeMap::new();
    let mut complaints = Complaints::default();
    table.each(&mut complaints, |row, complaints| {
        let key = row.needed(id, complaints);
        let what = key.map_or("the term".to_owned(), |key| format!("the term `{key}`"));
        let texts =
            (term.needed(row, &what, complaints), definition.needed(row, &what, complaints));
        let (Some(key), (Some(word), Some(definition))) = (key, texts) else { return };
        if slug(key).is_empty() {
            complaints.push(Code::BadValue, id, || {
                Diagnostic::error(Code::BadValue, format!("`{key}` cannot be an address"))
                    .at(row.place(id))
                    .hint("Write letters or digits.")
            });
            return;
        }
        let term = GlossaryTerm { id: slug(key), term: word, forms: forms.text(row), definition };
        if terms.iter().any(|other| other.id == term.id) {
            twice(row, id, format!("the term `{key}` is given twice"), complaints);
            return;
        }
        for (at, language) in languages.iter().enumerate() {
            for form in term.all_forms(language) {
                let other = said.insert((at, form.to_lowercase()), term.id.clone());
                if let Some(other) = other.filter(|other| *other != term.id) {
                    let message = format!("`{form}` is a form of two terms, `{other}` and `{key}`");
                    twice(row, id, message, complaints);
                }
            }
        }
        terms.push(term);
    });
    complaints.settle(found);
    terms
}

fn twice(row: Row<'_>, column: usize, message: String, complaints: &mut Complaints) {
    complaints.push(Code::DuplicateName, column, || {
        Diagnostic::error(Code::DuplicateName, message).at(row.place(column))
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::CsvSettings;

    fn language(tag: &str) -> Language {
        Language::new(tag).unwrap()
    }

    fn terms(csv: &str) -> (Vec<GlossaryTerm>, Findings) {
        let mut found = Findings::default();
        let settings = CsvSettings::default();
        let table = Table::read("x.csv", csv.as_bytes(), &settings, &mut found).unwrap();
        let terms = read(&table, &[language("fr"), language("nl")], &mut found);
        (terms, found)
    }

    #[test]
    fn forms_are_those_of_the_language_alone() {
        let (terms, found) = terms(
            "id,term::fr,term::nl,forms::fr,forms::nl,definition\n\
             mean,moyenne,gemiddelde, moyennes | moy. ,,x\n",
        );

        assert!(!found.has_errors());
        assert_eq!(terms[0].all_forms(&language("fr")), ["moyenne", "moyennes", "moy."]);
        assert_eq!(terms[0].all_forms(&language("nl")), ["gemiddelde"]);
    }

    #[test]
    fn one_form_may_mean_two_things_in_two_languages() {
        let (_, found) =
            terms("id,term::fr,term::nl,definition\nfall,pont,val,x\nvalley,val,vallei,x\n");

        assert!(!found.has_errors());
    }
}
