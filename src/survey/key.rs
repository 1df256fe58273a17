//! Names that cannot be mistaken for each other.

use std::fmt;
use std::sync::Arc;

macro_rules! key {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes a name that was checked where it was read.
            pub fn new(name: impl Into<Arc<str>>) -> Self {
                Self(name.into())
            }

            /// The name as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

key!(
    /// Names a question: its column in the responses.
    QuestionKey
);
key!(
    /// Names an option of a question, or a group of a breakdown.
    OptionKey
);
key!(
    /// Names a wave: its folder in `data/`.
    WaveKey
);
key!(
    /// Names a source of `data/sources.csv`.
    SourceKey
);

/// Makes the part of a file name or anchor that stands for `text`: lower case
/// ASCII letters, digits and single hyphens; empty if `text` has none.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in deunicode::deunicode(text).chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter.to_ascii_lowercase());
        } else if letter != '\'' && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}
