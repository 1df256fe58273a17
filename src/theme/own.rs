//! Themes of authors: which there are, how one begins, and what is taken out
//! of a theme to be changed. Files in, files out.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Findings, Outcome, did_you_mean};
use crate::sources::Sources;

use super::look::Look;
use super::{MANIFEST, Theme, base, builtin, folders, is_inside, layers_of, own_files};

/// A theme that a report can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its name.
    pub name: String,
    /// Whether it is inside the program.
    pub inside: bool,
    /// The theme that it extends.
    pub extends: Option<String>,
    /// What lies in the folder of its name in `themes/`.
    pub files: Vec<String>,
}

/// Every theme that a report can have, in the order of their names.
pub fn known(sources: &Sources) -> Vec<Known> {
    let names: BTreeSet<&str> = folders(sources).chain(builtin::NAMES).collect();
    let known = |name: &str| Known {
        name: name.to_owned(),
        inside: is_inside(name),
        // A manifest that cannot be read is told by a build.
        extends: base(&layers_of(sources, name), &mut Findings::default()).map(|base| base.name),
        files: own_files(sources, name).into_keys().collect(),
    };
    names.into_iter().map(known).collect()
}

/// The files of a new theme over `base`, by their paths in the report: it
/// looks as the other does until somebody changes its variables.
pub fn begin(name: &str, base: &Theme, look: &Look) -> Vec<(String, Vec<u8>)> {
    let sheet = format!("{name}.css");
    let styles: Vec<String> =
        look.style.iter().chain([&sheet]).map(|style| format!("\"{style}\"")).collect();
    let manifest = format!(
        "# What this theme does not have is that of the one that it extends.\n\
         name = \"{name}\"\nextends = \"{}\"\n\n# Joined into one, in this order.\n[assets]\nstyle = [{}]\n",
        base.name(),
        styles.join(", "),
    );
    let style = include_str!("own.css").replace("@name@", name).replace("@base@", base.name());
    vec![
        (format!("themes/{name}/{MANIFEST}"), manifest.into_bytes()),
        (format!("themes/{name}/static/{sheet}"), style.into_bytes()),
    ]
}

/// A file of the theme at the place where the report changes it; `wanted` is
/// its path inside the theme, or its name alone.
pub fn eject(theme: &Theme, wanted: &str) -> Outcome<(String, Vec<u8>)> {
    let mut found = Findings::default();
    let folders = ["", "templates/", "strings/", "static/"];
    let mut paths = folders.iter().map(|folder| format!("{folder}{wanted}"));
    let file = paths.find_map(|path| theme.get(&path).map(|bytes| (path, bytes.to_vec())));
    if let Some((path, bytes)) = file {
        return found.settle((format!("themes/{}/{path}", theme.name()), bytes));
    }
    let files: Vec<&str> = theme.under("").map(|(path, _)| path).collect();
    let names = files.iter().filter_map(|path| path.rsplit('/').next());
    found.push(
        Diagnostic::error(
            Code::TemplateMissing,
            format!("the theme `{}` has no file `{wanted}`", theme.name()),
        )
        .hint_if(did_you_mean(wanted, names.chain(files.iter().copied()))),
    );
    found.fail()
}
