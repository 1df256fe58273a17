//! `data/codebook/choices.csv`: the lists of options.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::label::{Labels, is_column};
use super::table::{Complaints, Row, Table};
use super::{Choice, OptionKey, Role, slug};
use crate::config::{Language, Text};
use crate::diag::{Code, Diagnostic, Findings, Place, did_you_mean};

/// The options by the name of their list, shared by the questions that offer
/// them.
pub(super) type Lists = BTreeMap<String, Arc<[Choice]>>;

const ROLES: [(&str, Role); 5] = [
    ("other", Role::Other),
    ("none", Role::None),
    ("dont_know", Role::DontKnow),
    ("refused", Role::Refused),
    ("not_applicable", Role::NotApplicable),
];

/// Columns of `XLSForm` that say nothing about results.
const UNUSED: [&str; 6] = ["image", "big-image", "audio", "video", "media", "geometry"];

/// A list while it is read.
#[derive(Default)]
struct List {
    choices: Vec<Choice>,
    /// Whether each choice says its own score, and its name's place.
    scored: Vec<(bool, Place)>,
    slugs: BTreeMap<String, OptionKey>,
}

/// Reads the lists; mistakes are noted.
pub(super) fn read(table: &Table, languages: &[Language], found: &mut Findings) -> Lists {
    // `XLSForm` has written this column in two ways.
    let list_column = if table.column("list name").is_some() { "list name" } else { "list_name" };
    let accepted = |name: &str| {
        ["label", "short"].iter().any(|stem| is_column(name, stem))
            || UNUSED.iter().any(|stem| is_column(name, stem))
    };
    let sound = table.check_columns(
        &[list_column, "name"],
        &["label", "short", "role", "score"],
        accepted,
        found,
    );
    let labels = Labels::find(table, "label", languages, found);
    let shorts = Labels::find(table, "short", languages, found);
    labels.check_columns(table, found);
    let (Some(list), Some(name), true) = (table.column(list_column), table.column("name"), sound)
    else {
        return Lists::new();
    };
    let (role, score) = (table.column("role"), table.column("score"));
    let mut lists: BTreeMap<String, List> = BTreeMap::new();
    let mut complaints = Complaints::default();
    table.each(&mut complaints, |row, complaints| {
        let (Some(list), Some(key)) = (row.needed(list, complaints), row.needed(name, complaints))
        else {
            return;
        };
        let label = labels.needed(row, &format!("the option `{key}`"), complaints);
        let label = label.unwrap_or_else(|| Text::Same(key.to_owned()));
        let score = score.and_then(|column| row.number(column, complaints));
        if !lists.contains_key(list) {
            lists.insert(list.to_owned(), List::default());
        }
        let list = lists.get_mut(list).expect("it was put there");
        let choice = Choice {
            key: OptionKey::new(key),
            short: shorts.text_or(row, &label),
            label,
            role: role.map_or(Role::Answer, |column| self::role(row, column, complaints)),
            score: score.map_or(0.0, |score| score.value),
        };
        list.add(choice, score.is_some(), row, name, complaints);
    });
    complaints.settle(found);
    lists.into_iter().map(|(name, list)| (name, list.settle(found))).collect()
}

fn role(row: Row<'_>, column: usize, complaints: &mut Complaints) -> Role {
    let text = row.text(column);
    if text.is_empty() {
        return Role::Answer;
    }
    if let Some((_, role)) = ROLES.iter().find(|(name, _)| *name == text) {
        return *role;
    }
    complaints.push(Code::UnknownRole, column, || {
        Diagnostic::error(Code::UnknownRole, format!("`{text}` is not a role of an option"))
            .at(row.place(column))
            .hint_if(did_you_mean(text, ROLES.iter().map(|(name, _)| *name)))
    });
    Role::Answer
}

impl List {
    fn add(
        &mut self,
        choice: Choice,
        scored: bool,
        row: Row<'_>,
        name: usize,
        complaints: &mut Complaints,
    ) {
        let key = choice.key.as_str();
        match self.slugs.insert(slug(key), choice.key.clone()) {
            Some(other) if other == choice.key => {
                complaints.push(Code::DuplicateName, name, || {
                    let message = format!("the option `{key}` is given twice in its list");
                    Diagnostic::error(Code::DuplicateName, message).at(row.place(name))
                });
                return;
            }
            Some(other) => complaints.push(Code::SlugClash, name, || {
                slug_clash("options", key, other.as_str()).at(row.place(name))
            }),
            None => {}
        }
        self.scored.push((scored, row.place(name)));
        self.choices.push(choice);
    }

    /// Gives every option its score: its own, else its place among the
    /// answers. A list where only some say theirs is a mistake.
    fn settle(mut self, found: &mut Findings) -> Arc<[Choice]> {
        let answers =
            || self.choices.iter().zip(&self.scored).filter(|(one, _)| one.role.in_base());
        let some = answers().any(|(_, (scored, _))| *scored);
        if some {
            for (choice, (_, place)) in answers().filter(|(_, (scored, _))| !scored) {
                let message =
                    format!("the option `{}` has no `score`, others of its list have", choice.key);
                found.push(Diagnostic::error(Code::EmptyCell, message).at(place.clone()));
            }
        } else {
            let mut next = 0.0;
            for choice in self.choices.iter_mut().filter(|choice| choice.role.in_base()) {
                next += 1.0;
                choice.score = next;
            }
        }
        self.choices.into()
    }
}

/// The mistake of two keys that would have one address.
pub(super) fn slug_clash(what: &str, a: &str, b: &str) -> Diagnostic {
    Diagnostic::error(
        Code::SlugClash,
        format!("the {what} `{b}` and `{a}` would both have the address `{}`", slug(a)),
    )
    .hint("Rename one, so that they differ in letters or digits.")
}
