//! The order of the layers and the two edges, read off the source text.

use std::fs;
use std::path::PathBuf;

use crate::project::{files, root};

/// A module may name only those before it.
const LAYERS: &[&str] = &[
    "diag", "markup", "sources", "config", "theme", "wording", "survey", "import", "simulate",
    "new", "content", "stats", "chart", "figure", "page", "check", "site", "ground", "work",
    "serve", "cli",
];

/// The files of the crate by their path under `src`, without unit tests.
pub(crate) fn sources() -> Vec<(PathBuf, String)> {
    let src = root().join("src");
    let rust = files(&src)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    // Unit tests may look further than the code that they test.
    let code = |text: String| {
        text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned()
    };
    rust.map(|path| (path.clone(), code(fs::read_to_string(src.join(path)).unwrap()))).collect()
}

fn layer_of(path: &std::path::Path) -> Option<usize> {
    let first = path.components().next()?.as_os_str().to_str()?.trim_end_matches(".rs").to_owned();
    LAYERS.iter().position(|layer| *layer == first)
}

/// The modules that a text names: `crate::stats::…`, `crate::{chart, …}`.
fn named(text: &str) -> Vec<&str> {
    let after = text.match_indices("crate::").map(|(at, found)| &text[at + found.len()..]);
    after
        .flat_map(|rest| match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or("").split(',').map(str::trim).collect(),
            None => vec![rest],
        })
        .map(|name| name.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or(""))
        .collect()
}

#[test]
fn no_layer_names_a_later_one() {
    let mut back = vec![];
    let mut seen = 0;
    for (path, text) in sources() {
        let Some(own) = layer_of(&path) else { continue };
        seen += 1;
        for name in named(&text) {
            if LAYERS.iter().position(|layer| *layer == name).is_some_and(|other| own < other) {
                back.push(format!("{} names {name}", path.display()));
            }
        }
    }
    assert!(LAYERS.len() < seen, "only {seen} files were read");
    assert_eq!(back, Vec::<String>::new());
}

#[test]
fn every_module_has_its_layer() {
    let missing: Vec<_> = sources()
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| {
            layer_of(path).is_none()
                && !["lib.rs", "main.rs"].iter().any(|root| path.ends_with(root))
        })
        .collect();
    assert_eq!(missing, Vec::<PathBuf>::new());
}

#[test]
fn content_knows_no_survey_data_and_chart_knows_no_words() {
    for (path, text) in sources() {
        let names = named(&text);
        if path.starts_with("chart") {
            for other in ["survey", "stats", "content", "wording", "config"] {
                assert!(!names.contains(&other), "{} names {other}", path.display());
            }
        }
        if path.starts_with("content") {
            let survey =
                text.match_indices("survey::").map(|(at, found)| &text[at + found.len()..]);
            // What a name is as an address is no data.
            let known: Vec<_> = survey
                .filter(|name| !(name.starts_with("slug") || name.starts_with("is_device")))
                .collect();
            assert!(known.is_empty(), "{} knows the survey", path.display());
        }
    }
}

#[test]
fn only_the_two_edges_touch_the_disk() {
    let mut exceptions: Vec<_> = sources()
        .into_iter()
        .filter(|(_, text)| text.contains("clippy::disallowed_methods"))
        .map(|(path, _)| path.to_string_lossy().replace('\\', "/"))
        .collect();
    exceptions.sort();
    assert_eq!(exceptions, ["site/write/mod.rs", "sources/disk.rs"]);
    for (path, text) in sources() {
        let edge = path.ends_with("sources/disk.rs") || path.starts_with("site/write");
        assert!(edge || !text.contains("std::fs"), "{} touches the disk", path.display());
        assert!(
            path.starts_with("cli") || !text.contains("std::env::var"),
            "{} reads the environment",
            path.display()
        );
    }
}

#[test]
fn main_only_runs_the_command_line() {
    let main = fs::read_to_string(root().join("src/main.rs")).unwrap();
    assert!(main.lines().count() <= 25);
}

#[test]
fn only_one_module_asks_other_sites_and_only_check_asks_it() {
    let naming = |name: &str| -> Vec<PathBuf> {
        let all = sources().into_iter().filter(|(_, text)| text.contains(name));
        all.map(|(path, _)| path).collect()
    };
    assert_eq!(naming("ureq"), [PathBuf::from("sources/web.rs")]);
    assert_eq!(naming("sources::ask("), [PathBuf::from("check/outside.rs")]);
}
