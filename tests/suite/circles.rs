//! Files that need one another, read off the paths in the source text.
//!
//! A folder is a circle where one of its files names another that leads back to
//! it, directly or by way of third ones; a folder inside counts as one file.
//! `mod.rs` is the root of its folder: the types and constants that it defines are the
//! vocabulary of all children and lead nowhere, a function of its own that a child
//! calls leads to whatever the root uses. A child that names something through the
//! root names the file that it comes from. What a file adds to a type of another
//! (`impl`) is not seen, as no path says so.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::architecture::sources;

/// Where a module stands: `survey::load` is `["survey", "load"]`.
type Place = Vec<String>;

/// What `mod.rs` is called among the files of its folder.
const ROOT: &str = "mod";

/// Who names whom.
type Links = BTreeMap<String, BTreeSet<String>>;

/// The modules of a crate, each with its code.
struct Modules(BTreeMap<Place, String>);

impl Modules {
    fn new(sources: impl IntoIterator<Item = (PathBuf, String)>) -> Self {
        let all: BTreeMap<Place, String> =
            sources.into_iter().map(|(path, text)| (place_of(&path), code(&text))).collect();
        // Files of tests look at whatever they test.
        let tests = |place: &Place| {
            let parts = (1..=place.len()).map(|end| place[..end].split_last().unwrap());
            parts.into_iter().any(|(name, parent)| {
                let declared = format!("#[cfg(test)]\nmod {name};");
                all.get(parent).is_some_and(|text| text.contains(&declared))
            })
        };
        let code = all.keys().filter(|place| !tests(place)).cloned().collect::<Vec<_>>();
        let module = |place: Place| (place.clone(), all[&place].clone());
        Self(code.into_iter().map(module).collect())
    }

    /// The module that defines what a path names when it stands in `from`, and
    /// its name there, empty for the module itself; `None`: it is of another crate.
    fn defining(&self, from: &[String], path: &[String]) -> Option<(Place, String)> {
        let mut at = from.to_vec();
        for (nth, name) in path.iter().enumerate() {
            let inner = [&at, std::slice::from_ref(name)].concat();
            match name.as_str() {
                "crate" => at.clear(),
                "self" => {}
                "super" => {
                    at.pop()?;
                }
                _ if self.0.contains_key(&inner) => at = inner,
                _ => {
                    let through = self.imported(&at, name);
                    let rest = &path[nth + 1..];
                    let whole = through.map(|through| [&through, rest].concat());
                    let found = whole.and_then(|path| self.defining(&at, &path));
                    return found.or_else(|| Some((at, name.clone())));
                }
            }
        }
        Some((at, String::new()))
    }

    /// The path under which a module imports a name.
    fn imported(&self, at: &[String], name: &str) -> Option<Place> {
        let text = self.0.get(at)?;
        let is_own = |first: &String| {
            ["crate", "self", "super"].contains(&first.as_str())
                || self.0.contains_key(&[at, std::slice::from_ref(first)].concat())
        };
        let uses = text.split("use ").skip(1).flat_map(|rest| paths(rest).0);
        uses.filter(|path| 1 < path.len() && path.first().is_some_and(is_own))
            .find(|path| path.last().is_some_and(|last| last == name))
    }

    fn children(&self, at: &[String]) -> Vec<&str> {
        let inside = self.0.keys().filter(|place| place.len() == at.len() + 1);
        let own = inside.filter(|place| place.starts_with(at));
        own.filter_map(|place| place.last()).map(String::as_str).collect()
    }

    /// Which files of each folder name which others.
    fn links(&self) -> BTreeMap<Place, Links> {
        let mut links: BTreeMap<Place, Links> = BTreeMap::new();
        for (from, text) in &self.0 {
            let root = ROOT.to_owned();
            let children = self.children(from);
            let named = written(text).into_iter().chain(begun_by(text, &children));
            for (to, name) in named.filter_map(|path| self.defining(from, &path)) {
                let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
                let (one, other) = (from.get(shared), to.get(shared));
                // The types of a root are everybody's, its functions its own.
                if one == other || other.is_none() && !name.starts_with(char::is_lowercase) {
                    continue;
                }
                let folder = links.entry(from[..shared].to_vec()).or_default();
                let one = folder.entry(one.unwrap_or(&root).clone()).or_default();
                one.insert(other.unwrap_or(&root).clone());
            }
        }
        links
    }
}

fn place_of(path: &Path) -> Place {
    let path = path.with_extension("");
    let names = path.iter().map(|name| name.to_string_lossy().into_owned());
    names.filter(|name| name != "mod" && name != "lib").collect()
}

/// A text without its comments: a link of theirs is no use of a file.
fn code(text: &str) -> String {
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Every path of a text that begins with `crate`, `self` or `super`.
fn written(text: &str) -> Vec<Place> {
    let starts = ["crate::", "self::", "super::"].into_iter();
    let places = starts.flat_map(|start| text.match_indices(start)).map(|(at, _)| at);
    let whole = places.filter(|at| !text[..*at].ends_with(|c| is_name(c) || c == ':'));
    whole.flat_map(|at| paths(&text[at..]).0).collect()
}

/// The paths of a root that begin with one of its children, but for those that it
/// only hands on.
fn begun_by(text: &str, children: &[&str]) -> Vec<Place> {
    let is_handed_on = |before: &str| {
        let statement = before.rsplit([';', '}']).next().unwrap_or_default().trim_start();
        statement.starts_with("pub") && statement.contains(" use ")
    };
    let of = |child: &&str| {
        let start = format!("{child}::");
        let places = text.match_indices(&start).map(|(at, _)| at);
        let whole = places.filter(|at| !text[..*at].ends_with(|c| is_name(c) || c == ':'));
        let used = whole.filter(|at| !is_handed_on(&text[..*at]));
        used.flat_map(|at| paths(&text[at..]).0).collect::<Vec<_>>()
    };
    children.iter().flat_map(of).collect()
}

/// The paths that a text begins with, one or those of a list in braces, and
/// what follows them.
fn paths(text: &str) -> (Vec<Place>, &str) {
    let text = text.trim_start();
    if let Some(list) = text.strip_prefix('{') {
        return listed(list);
    }
    let (name, rest) = text.split_at(text.find(|c| !is_name(c)).unwrap_or(text.len()));
    if name.is_empty() {
        return (vec![], rest);
    }
    let begun = |tail: Place| [vec![name.to_owned()], tail].concat();
    let Some(rest) = rest.strip_prefix("::") else { return (vec![begun(vec![])], rest) };
    let (tails, rest) = paths(rest);
    // `super::*` names whatever it gives: the module.
    let tails = if tails.is_empty() { vec![vec![]] } else { tails };
    (tails.into_iter().map(begun).collect(), rest)
}

/// The paths of a list up to its closing brace.
fn listed(mut rest: &str) -> (Vec<Place>, &str) {
    let mut all = vec![];
    loop {
        rest = rest.trim_start_matches(|c: char| c == ',' || c.is_whitespace());
        if let Some(after) = rest.strip_prefix('}') {
            return (all, after);
        }
        let (some, after) = paths(rest);
        if some.is_empty() {
            return (all, after);
        }
        all.extend(some);
        // `import as importing` is the one path.
        rest = after.trim_start_matches(|c: char| c != ',' && c != '}');
    }
}

/// The files that a file leads to, directly or by way of others.
fn reached<'l>(links: &'l Links, from: &str) -> BTreeSet<&'l str> {
    let named = |name: &str| links.get(name).into_iter().flatten().map(String::as_str);
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut next: Vec<&str> = named(from).collect();
    while let Some(name) = next.pop() {
        if seen.insert(name) {
            next.extend(named(name));
        }
    }
    seen
}

/// The sets of files that lead to one another.
fn circles(links: &Links) -> BTreeSet<BTreeSet<&str>> {
    let reach: BTreeMap<&str, BTreeSet<&str>> =
        links.keys().map(|name| (name.as_str(), reached(links, name))).collect();
    let leads_back = |far: &str, name: &str| reach.get(far).is_some_and(|of| of.contains(name));
    let all = reach.iter().map(|(name, of)| {
        of.iter().copied().filter(|far| leads_back(far, name)).collect::<BTreeSet<_>>()
    });
    all.filter(|circle| !circle.is_empty()).collect()
}

#[test]
fn no_two_files_of_a_folder_need_one_another() {
    let links = Modules::new(sources()).links();
    assert!(200 < links.values().map(BTreeMap::len).sum::<usize>(), "few files were read");

    let found: Vec<String> = links
        .iter()
        .flat_map(|(folder, links)| {
            let told = circles(links).into_iter();
            told.map(|circle| format!("{}: {circle:?}", folder.join("::"))).collect::<Vec<_>>()
        })
        .collect();

    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_circle_is_found_by_whatever_path_it_is_written() {
    let crate_of = |files: &[(&str, &str)]| {
        let own = |(path, text): &(&str, &str)| (PathBuf::from(path), (*text).to_owned());
        Modules::new(files.iter().map(own).collect::<Vec<_>>()).links()
    };
    let circle = |files: &[(&str, &str)]| {
        let links = crate_of(files);
        let of_folder = links.get(&vec!["a".to_owned()]).map(circles).unwrap_or_default();
        of_folder.into_iter().flatten().map(str::to_owned).collect::<Vec<_>>()
    };
    let root = ("a/mod.rs", "mod one;\nmod two;\nmod three;\npub use one::{First, Other};\n");

    // Directly, and through the root.
    assert_eq!(
        circle(&[root, ("a/one.rs", "use super::two::x;"), ("a/two.rs", "use super::First;")]),
        ["one", "two"]
    );
    // Round a longer way, in lists and in code.
    assert_eq!(
        circle(&[
            root,
            ("a/one.rs", "use crate::{b, a::{self, two::{x, y}}};"),
            ("a/two.rs", "fn f() { super::three::g() }"),
            ("a/three.rs", "use crate::a::one;"),
        ]),
        ["one", "three", "two"]
    );
    // By a folder inside.
    assert_eq!(
        circle(&[
            root,
            ("a/one.rs", "use super::two::x;"),
            ("a/two/mod.rs", "mod deep;"),
            ("a/two/deep.rs", "use super::super::one::First;"),
        ]),
        ["one", "two"]
    );
    // By a function of the root, which asks the child to do its part.
    assert_eq!(
        circle(&[
            ("a/mod.rs", "mod one;\nmod two;\nfn f() { one::g() }\nfn h() {}"),
            ("a/one.rs", "fn g() { super::h() }"),
            ("a/two.rs", "fn g() { super::h() }"),
        ]),
        ["mod", "one"]
    );
    // What the root defines is everybody's; comments name nothing.
    assert_eq!(
        circle(&[
            ("a/mod.rs", "mod one;\nmod two;\npub struct Own;\nuse one::x;"),
            ("a/one.rs", "use super::Own; use super::two::y;"),
            ("a/two.rs", "use super::Own; // super::one::z"),
        ]),
        Vec::<String>::new()
    );
}
