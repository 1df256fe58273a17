//! `data/codebook/choices.csv`: the lists of options.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::doubt::Doubt;
use super::label::{Labels, is_column};
use super::table::{Complaints, Row, Table};
use super::{Choice, OptionKey, Role, slug};
use crate::config::{Language, Text};
use crate::diag::{Code, Diagnostic, Findings, Place, did_you_mean};

/// The lists of options.
#[derive(Debug, Default)]
pub(super) struct Lists {
    by_name: BTreeMap<String, Offer>,
    /// The lists that there may be beside them.
    doubt: Doubt,
}

/// The options of a list, shared by the questions that offer them.
#[derive(Debug, Clone)]
pub(super) struct Offer {
    pub(super) options: Arc<[Choice]>,
    /// The options that it may have beside them.
    pub(super) doubt: Arc<Doubt>,
}

impl Lists {
    /// Lists of a table that is there and cannot be read.
    pub(super) fn unknown() -> Self {
        let mut lists = Self::default();
        lists.doubt.all();
        lists
    }

    /// A list by its name.
    pub(super) fn get(&self, name: &str) -> Option<&Offer> {
        self.by_name.get(name)
    }

    /// The names of the lists.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    /// Whether there may be a list of this name.
    pub(super) fn may_have(&self, name: &str) -> bool {
        self.doubt.covers(name)
    }
}

const ROLES: [(&str, Role); 5] = [
    ("other", Role::Other),
    ("none", Role::None),
    ("dont_know", Role::DontKnow),
    ("refused", Role::Refused),
    ("not_applicable", Role::NotApplicable),
];

/// Columns of `XLSForm` that say nothing about results.
const UNUSED: [&str; 6] = ["image", "big-image", "audio", "video", "media", "geometry"];

/// Whether an option says its own score.
#[derive(Clone, Copy, PartialEq)]
enum Scored {
    Yes,
    No,
    /// It may be one that needs none.
    Unsure,
}

/// A list while it is read.
#[derive(Default)]
struct List {
    choices: Vec<Choice>,
    /// Whether each choice says its own score, and its name's place.
    scored: Vec<(Scored, Place)>,
    slugs: BTreeMap<String, OptionKey>,
    doubt: Doubt,
}

/// Reads the lists; mistakes are noted.
pub(super) fn read(table: &Table, languages: &[Language], found: &mut Findings) -> Lists {
    // `XLSForm` has written this column in two ways.
    let list_column = if table.column("list name").is_some() { "list name" } else { "list_name" };
    let accepted = |name: &str| {
        ["label", "short"].iter().any(|stem| is_column(name, stem))
            || UNUSED.iter().any(|stem| is_column(name, stem))
    };
    let named = table.check_columns(
        &[list_column, "name"],
        &["label", "short", "role", "score"],
        accepted,
        found,
    );
    let labels = Labels::find(table, "label", languages, found);
    let shorts = Labels::find(table, "short", languages, found);
    if !named {
        return Lists::unknown();
    }
    labels.check_columns(table, found);
    let (list, name) = (table.needed(list_column), table.needed("name"));
    let columns = Columns { labels, role: table.column("role"), score: table.column("score") };
    let mut lists: BTreeMap<String, List> = BTreeMap::new();
    let mut complaints = Complaints::default();
    // The lists and the options that rows without the other name.
    let (mut other_lists, mut other_options) = (Doubt::default(), Doubt::default());
    table.each(&mut complaints, |row, complaints| {
        let (list, key) = (row.needed(list, complaints), row.needed(name, complaints));
        let said = columns.said(row, key, complaints);
        let (list, key) = match (list, key) {
            (Some(list), Some(key)) => (list, key),
            (Some(list), None) => {
                lists.entry(list.to_owned()).or_default().doubt.all();
                return;
            }
            (None, key) => {
                other_lists.all();
                match key {
                    Some(key) => other_options.add(key),
                    None => other_options.all(),
                }
                return;
            }
        };
        if let Some(message) = too_long(key) {
            complaints.push(Code::BadValue, name, || {
                Diagnostic::error(Code::BadValue, message)
                    .at(row.place(name))
                    .hint("Give it another name, in the codebook and wherever it is used.")
            });
        }
        let label = said.label.unwrap_or_else(|| Text::Same(key.to_owned()));
        if !lists.contains_key(list) {
            lists.insert(list.to_owned(), List::default());
        }
        let list = lists.get_mut(list).expect("it was put there");
        let choice = Choice {
            key: OptionKey::new(key),
            short: shorts.text_or(row, &label),
            label,
            role: said.role,
            score: said.score,
        };
        list.add(choice, said.scored, row, name, complaints);
    });
    other_lists.rows_of(table, &complaints);
    other_options.rows_of(table, &complaints);
    complaints.settle(found);
    let offer = |(name, mut list): (String, List)| {
        list.doubt.join(&other_options);
        (name, list.settle(found))
    };
    Lists { by_name: lists.into_iter().map(offer).collect(), doubt: other_lists }
}

/// The columns of what an option is, beside its list and its name.
struct Columns<'t> {
    labels: Labels<'t>,
    role: Option<usize>,
    score: Option<usize>,
}

/// What a row says of an option, whatever its name.
struct Said {
    label: Option<Text>,
    role: Role,
    scored: Scored,
    score: f64,
}

impl Columns<'_> {
    fn said(&self, row: Row<'_>, key: Option<&str>, complaints: &mut Complaints) -> Said {
        let what = key.map_or("the option".to_owned(), |key| format!("the option `{key}`"));
        let label = self.labels.needed(row, &what, complaints);
        let score = self.score.and_then(|column| row.number(column, complaints));
        let role = self.role.map_or(Some(Role::Answer), |column| role(row, column, complaints));
        let scored = match role {
            _ if row.filled(self.score).is_some() => Scored::Yes,
            Some(_) => Scored::No,
            None => Scored::Unsure,
        };
        let score = score.map_or(0.0, |score| score.value);
        Said { label, role: role.unwrap_or_default(), scored, score }
    }
}

/// What an option means; `None`: its word is not known.
fn role(row: Row<'_>, column: usize, complaints: &mut Complaints) -> Option<Role> {
    let text = row.text(column);
    if text.is_empty() {
        return Some(Role::Answer);
    }
    if let Some((_, role)) = ROLES.iter().find(|(name, _)| *name == text) {
        return Some(*role);
    }
    complaints.push(Code::UnknownRole, column, || {
        Diagnostic::error(Code::UnknownRole, format!("`{text}` is not a role of an option"))
            .at(row.place(column))
            .hint_if(did_you_mean(text, ROLES.iter().map(|(name, _)| *name)))
    });
    None
}

impl List {
    fn add(
        &mut self,
        choice: Choice,
        scored: Scored,
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
                self.doubt.all();
                return;
            }
            Some(other) => {
                complaints.push(Code::SlugClash, name, || {
                    slug_clash("options", key, other.as_str()).at(row.place(name))
                });
                self.doubt.all();
            }
            None => {}
        }
        self.scored.push((scored, row.place(name)));
        self.choices.push(choice);
    }

    /// Gives every option its score: its own, else its place among the
    /// answers. A list where only some say theirs is a mistake.
    fn settle(mut self, found: &mut Findings) -> Offer {
        let answers =
            || self.choices.iter().zip(&self.scored).filter(|(one, _)| one.role.in_base());
        let some = answers().any(|(_, (scored, _))| *scored == Scored::Yes);
        if some {
            for (choice, (_, place)) in answers().filter(|(_, (scored, _))| *scored == Scored::No) {
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
        Offer { options: self.choices.into(), doubt: Arc::new(self.doubt) }
    }
}

/// Why a key cannot be the name of a file, with others beside it; `None`: it can.
pub(super) fn too_long(key: &str) -> Option<String> {
    const MOST: usize = 100;
    let length = slug(key).len();
    (MOST < length).then(|| format!("a name whose address has {length} characters, over {MOST}"))
}

/// The mistake of two keys that would have one address.
pub(super) fn slug_clash(what: &str, a: &str, b: &str) -> Diagnostic {
    Diagnostic::error(
        Code::SlugClash,
        format!("the {what} `{b}` and `{a}` would both have the address `{}`", slug(a)),
    )
    .hint("Rename one, so that they differ in letters or digits.")
}
