//! The keys of a table: the one list that its reader checks against and that
//! the schema for editors is made of.

/// A key of a table of TOML.
#[derive(Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What it says, in one or two sentences for authors.
    pub about: &'static str,
    /// Whether a table without it is a mistake.
    pub required: bool,
}

impl Key {
    /// A key that may be missing.
    pub const fn new(name: &'static str, takes: Takes, about: &'static str) -> Self {
        Self { name, takes, about, required: false }
    }

    /// A key without which the table says nothing.
    pub const fn required(name: &'static str, takes: Takes, about: &'static str) -> Self {
        Self { name, takes, about, required: true }
    }
}

/// What may stand in a place.
#[derive(Debug)]
pub enum Takes {
    /// A string.
    Text,
    /// The address of a site, with its scheme.
    Address,
    /// A list of strings.
    Texts,
    /// A string or a list of strings.
    TextOrTexts,
    /// A list of language tags, at least one.
    Languages,
    /// A number.
    Number,
    /// A number between 0 and 1.
    Proportion,
    /// A whole number, 0 or more.
    Count,
    /// `true` or `false`.
    Boolean,
    /// A day, written without quotation marks.
    Date,
    /// One of these words.
    Words(&'static [&'static str]),
    /// A string for all languages, or a table with one for each.
    Translated,
    /// A noun with its plural forms, for all languages or for each.
    Noun,
    /// A number of people, or the name of a file or a column that has it.
    Population,
    /// A table with these keys.
    Table(&'static [Key]),
    /// A list of tables with these keys: `[[…]]`.
    Tables(&'static [Key]),
    /// A table whose keys are the author's, each of which takes this.
    Each(&'static Self),
}

impl Takes {
    /// A table whose keys only its reader knows.
    pub const FREE: Self = Self::Table(&[]);

    /// The keys of a table in this place, or of each table of a list.
    pub fn keys(&self) -> &'static [Key] {
        match self {
            Self::Table(keys) | Self::Tables(keys) => keys,
            _ => &[],
        }
    }

    /// What stands at the key `name` of a table in this place.
    pub(super) fn at(&self, name: &str) -> &'static Self {
        match self {
            Self::Each(inner) => inner,
            other => {
                let key = other.keys().iter().find(|key| key.name == name);
                key.map_or(&Self::FREE, |key| &key.takes)
            }
        }
    }
}

/// A word of a setting with what it means.
pub type Word<T> = (&'static str, T);

/// The words alone.
pub const fn spelled<T, const N: usize>(words: &[Word<T>; N]) -> [&'static str; N] {
    let mut names = [""; N];
    let mut at = 0;
    while at < N {
        names[at] = words[at].0;
        at += 1;
    }
    names
}
