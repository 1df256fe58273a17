//! The files of the look: templates, strings, style sheet, fonts. Knows no page.

mod builtin;
mod look;
mod own;

pub use look::{Look, THEME, look};
pub use own::{Known, begin, eject, known};

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::config::toml::{Spelled, Table};
use crate::config::{Config, Named};
use crate::diag::{Code, Diagnostic, Findings, Outcome, SourceText, did_you_mean};
use crate::sources::Sources;

/// The theme of a report that names none.
pub const DEFAULT: &str = builtin::NAMES[0];

/// What the program must know of a theme.
const MANIFEST: &str = "theme.toml";

/// The files of one theme by their path inside it (`templates/base.html`):
/// its own over those of the theme that it extends, and so on.
#[derive(Debug, Clone)]
pub struct Theme {
    name: String,
    layers: Vec<Layer>,
}

/// The files of one folder, or of a theme inside the program.
#[derive(Debug, Clone)]
struct Layer {
    name: String,
    files: BTreeMap<String, Cow<'static, [u8]>>,
}

impl Layer {
    fn path(&self, file: &str) -> String {
        format!("themes/{}/{file}", self.name)
    }
}

impl Theme {
    /// The name of its folder.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The path of one of its files as authors know it: of one that is not
    /// there, the one to write.
    pub fn path(&self, file: &str) -> String {
        let written = self.versions(file).next().map(|(path, _)| path);
        written.unwrap_or_else(|| format!("themes/{}/{file}", self.name))
    }

    /// One file.
    pub fn get(&self, file: &str) -> Option<&[u8]> {
        self.versions(file).next().map(|(_, bytes)| bytes)
    }

    /// One file as each layer has it, its own first, with the path that
    /// authors know.
    pub fn versions(&self, file: &str) -> impl Iterator<Item = (String, &[u8])> {
        self.layers
            .iter()
            .filter_map(move |layer| Some((layer.path(file), layer.files.get(file)?.as_ref())))
    }

    /// The files below `folder` (which ends in `/`), in path order, by their
    /// path inside `folder`.
    pub fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        let mut files = BTreeMap::new();
        for layer in self.layers.iter().rev() {
            files.extend(
                layer
                    .files
                    .iter()
                    .filter_map(|(path, bytes)| Some((path.strip_prefix(folder)?, bytes.as_ref()))),
            );
        }
        files.into_iter()
    }
}

/// Finds the theme of the report: its folder in `themes/`, the one inside the
/// program, or one over the other where both have the name; then what it
/// extends.
pub fn load(sources: &Sources, config: &Config) -> Outcome<Theme> {
    layered(sources, &config.site.theme)
}

/// Finds the theme of a name that somebody gave on the command line.
pub fn named(sources: &Sources, name: &str) -> Outcome<Theme> {
    layered(sources, &Named::from(Spelled::unwritten(name.to_owned())))
}

/// Whether a theme of this name is inside the program.
pub fn is_inside(name: &str) -> bool {
    builtin::NAMES.contains(&name)
}

fn layered(sources: &Sources, wanted: &Named) -> Outcome<Theme> {
    let mut found = Findings::default();
    let mut layers: Vec<Layer> = vec![];
    let mut next = Some(wanted.clone());
    while let Some(named) = next {
        if layers.iter().any(|layer| layer.name == named.name) {
            found.push(in_a_circle(&named));
            return found.fail();
        }
        let there = layers_of(sources, &named.name);
        if there.is_empty() {
            found.push(missing(sources, &named));
            return found.fail();
        }
        next = base(&there, &mut found);
        if found.has_errors() {
            return found.fail();
        }
        layers.extend(there);
    }
    found.settle(Theme { name: wanted.name.clone(), layers })
}

/// What a folder of `themes/` holds.
fn own_files(sources: &Sources, name: &str) -> BTreeMap<String, Cow<'static, [u8]>> {
    let folder = format!("themes/{name}/");
    let files = sources.under(&folder);
    files.map(|(path, bytes)| (path[folder.len()..].to_owned(), bytes.to_vec().into())).collect()
}

/// What there is of one name: its folder of `themes/`, over the theme inside
/// the program.
fn layers_of(sources: &Sources, name: &str) -> Vec<Layer> {
    let own = Some(own_files(sources, name)).filter(|files| !files.is_empty());
    let layer = |files| Layer { name: name.to_owned(), files };
    [own, builtin::files(name)].into_iter().flatten().map(layer).collect()
}

/// The theme that the layers of one name extend, as the first manifest says
/// that says so. One that cannot be read is noted.
fn base(layers: &[Layer], found: &mut Findings) -> Option<Named> {
    layers.iter().find_map(|layer| {
        let text = String::from_utf8_lossy(layer.files.get(MANIFEST)?).into_owned();
        let source = SourceText::new(layer.path(MANIFEST), text);
        let mut table = Table::parse(&source, 0..source.text().len(), &THEME, found)?;
        // A wrong type is told by `look`, unless nobody gets that far.
        let mut elsewhere = Findings::default();
        table.text("extends", &mut elsewhere).map(Named::from)
    })
}

fn in_a_circle(named: &Named) -> Diagnostic {
    let message = format!("the theme `{}` extends itself", named.name);
    let hint = if builtin::files(&named.name).is_some() {
        "Take `extends` out: a folder with the name of a theme inside the program changes that theme."
    } else {
        "Extend another theme: `barometer theme list` names them."
    };
    Diagnostic::error(Code::BadValue, message).at(named.place.clone()).hint(hint)
}

fn missing(sources: &Sources, named: &Named) -> Diagnostic {
    let existing: BTreeSet<_> = folders(sources).chain(builtin::NAMES).collect();
    Diagnostic::error(Code::ThemeMissing, format!("there is no theme `{}`", named.name))
        .at(named.place.clone())
        .hint_if(did_you_mean(&named.name, existing))
}

/// The names of the folders in `themes/`.
fn folders(sources: &Sources) -> impl Iterator<Item = &str> {
    sources.under("themes/").filter_map(|(path, _)| path.split('/').nth(1))
}
