//! The files of the look: templates, strings, style sheet, fonts. Knows no page.

mod builtin;
mod look;

pub use look::{Look, THEME, look};

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::config::Config;
use crate::diag::{Code, Diagnostic, Findings, Outcome, did_you_mean};
use crate::sources::Sources;

/// The files of one theme by their path inside it (`templates/base.html`).
#[derive(Debug, Clone)]
pub struct Theme {
    name: String,
    files: BTreeMap<String, Cow<'static, [u8]>>,
}

impl Theme {
    /// The name of its folder.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The path of one of its files as authors know it.
    pub fn path(&self, file: &str) -> String {
        format!("themes/{}/{file}", self.name)
    }

    /// One file.
    pub fn get(&self, file: &str) -> Option<&[u8]> {
        self.files.get(file).map(AsRef::as_ref)
    }

    /// The files below `folder` (which ends in `/`), in path order, by their
    /// path inside `folder`.
    pub fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        self.files
            .iter()
            .filter_map(move |(path, bytes)| Some((path.strip_prefix(folder)?, bytes.as_ref())))
    }
}

/// Finds the theme of the report: its own folder in `themes/`, else the one
/// inside the program.
pub fn load(sources: &Sources, config: &Config) -> Outcome<Theme> {
    let name = &config.site.theme;
    let folder = format!("themes/{}/", name.name);
    let own: BTreeMap<_, _> = sources
        .under(&folder)
        .map(|(path, bytes)| (path[folder.len()..].to_owned(), Cow::Owned(bytes.to_vec())))
        .collect();
    let mut found = Findings::default();
    if !own.is_empty() {
        return found.settle(Theme { name: name.name.clone(), files: own });
    }
    if name.name == builtin::NAME {
        let files = builtin::FILES
            .iter()
            .map(|(path, bytes)| ((*path).to_owned(), Cow::Borrowed(*bytes)))
            .collect();
        return found.settle(Theme { name: name.name.clone(), files });
    }
    let existing = sources
        .under("themes/")
        .filter_map(|(path, _)| path.split('/').nth(1))
        .chain([builtin::NAME]);
    found.push(
        Diagnostic::error(Code::ThemeMissing, format!("there is no theme `{}`", name.name))
            .at(name.place.clone())
            .hint_if(did_you_mean(&name.name, existing.collect::<std::collections::BTreeSet<_>>())),
    );
    found.fail()
}
