//! Every mistake that an author can make: one folder of
//! `tests/fixtures/mistakes` each, and the whole message as a snapshot.
//!
//! A folder holds only what differs from `tests/fixtures/small`. A file
//! `DELETE` names files that are taken away (`a.toml: key =` the one line of a
//! file that begins so), `ARGUMENTS` those of the command instead of `build`;
//! with a file `THEME` the report has a copy of the built-in theme of its own,
//! in `themes/own`.

use std::fs;
use std::path::Path;

use crate::project::{Project, copy, fixtures, root};

#[test]
fn every_mistake_is_told_with_its_place_and_a_way_out() {
    let folder = fixtures().join("mistakes");
    let mut names: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(45 <= names.len(), "only {} mistakes are shown", names.len());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(fixtures().join("../snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        for name in &names {
            // Windows has one file of both, which differ in capitals alone.
            if cfg!(windows) && name == "two-chapters-at-one-address" {
                continue;
            }
            let project = project(name);
            let arguments =
                fs::read_to_string(project.path().join("ARGUMENTS")).unwrap_or("build".to_owned());
            let arguments: Vec<_> = arguments.split_whitespace().collect();
            let run = project.run(&arguments);
            let warning = name.starts_with("warning-");
            assert_eq!(run.code, i32::from(!warning), "{name}: {}", run.stderr);
            assert!(!project.path().join("public/.barometer-build").exists());
            if !warning {
                assert!(!project.path().join("public/index.html").exists(), "{name} left a site");
            }
            assert!(run.stderr.contains("= help: "), "{name} gives no way out");
            insta::assert_snapshot!(format!("mistake-{name}"), run.stderr);
        }
    });
    let kept = fs::read_dir(fixtures().join("../snapshots"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    for file in kept {
        let file = file.into_string().unwrap();
        if let Some(name) =
            file.strip_prefix("mistake-").and_then(|rest| rest.strip_suffix(".snap"))
        {
            assert!(
                names.iter().any(|known| known == name),
                "the snapshot of `{name}` has no folder"
            );
        }
    }
}

fn project(name: &str) -> Project {
    let own = fixtures().join("mistakes").join(name);
    let project = Project::small();
    if own.join("THEME").exists() {
        copy(&root().join("themes/barometer"), &project.path().join("themes/own"));
    }
    copy(&own, project.path());
    if let Ok(list) = fs::read_to_string(own.join("DELETE")) {
        for line in list.lines() {
            let (path, beginning) = line.split_once(": ").unzip();
            let path = project.path().join(path.unwrap_or(line));
            match beginning {
                Some(beginning) => without_line(&path, beginning),
                None if path.is_dir() => fs::remove_dir_all(path).unwrap(),
                None => fs::remove_file(path).unwrap(),
            }
        }
        fs::remove_file(project.path().join("DELETE")).unwrap();
    }
    project
}

/// Takes the one line that begins so out of a file.
fn without_line(path: &Path, beginning: &str) {
    let text = fs::read_to_string(path).unwrap();
    let kept: String =
        text.split_inclusive('\n').filter(|line| !line.starts_with(beginning)).collect();
    assert_eq!(
        kept.lines().count() + 1,
        text.lines().count(),
        "`{beginning}` in {}",
        path.display()
    );
    fs::write(path, kept).unwrap();
}
