//! The same input gives the same bytes: on another day, in another folder,
//! whatever the order of files, the time zone and the locale.

use std::fs;
use std::process::Command;

use crate::project::{Project, files, root, tree};

fn real_report(order: impl Fn(&mut Vec<std::path::PathBuf>)) -> Project {
    let project = Project::empty();
    let mut inputs: Vec<_> = ["content", "data", "themes"]
        .into_iter()
        .flat_map(|part| {
            files(&root().join(part))
                .into_iter()
                .map(move |path| std::path::Path::new(part).join(path))
        })
        .collect();
    inputs.push("barometer.toml".into());
    order(&mut inputs);
    for path in inputs {
        let target = project.path().join(&path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(root().join(&path), target).unwrap();
    }
    project
}

#[test]
fn order_of_files_time_zone_locale_and_folder_change_nothing() {
    let first = real_report(|_| {});
    let second = real_report(|paths| paths.reverse());
    first.built();
    let output = Command::new(env!("CARGO_BIN_EXE_barometer"))
        .args(["build", &second.path().to_string_lossy()])
        .env("TZ", "Pacific/Auckland")
        .env("LC_ALL", "tr_TR.UTF-8")
        .env("RAYON_NUM_THREADS", "1")
        .current_dir("/")
        .output()
        .unwrap();
    assert!(output.status.success());

    let (a, b) = (tree(&first.path().join("public")), tree(&second.path().join("public")));

    assert!(20 < a.len(), "only {} files were built", a.len());
    let names = |tree: &[(std::path::PathBuf, Vec<u8>)]| {
        tree.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&a), names(&b));
    for ((path, a), (_, b)) in a.iter().zip(&b) {
        assert!(a == b, "{} differs", path.display());
    }
}

#[test]
fn the_built_in_theme_gives_the_same_site() {
    let with_folder = real_report(|_| {});
    let without = real_report(|paths| paths.retain(|path| !path.starts_with("themes")));
    with_folder.built();
    without.built();

    assert!(tree(&with_folder.path().join("public")) == tree(&without.path().join("public")));
}
