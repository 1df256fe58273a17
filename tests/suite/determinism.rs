//! The same input gives the same bytes: on another day, in another folder,
//! whatever the order of files, the time zone and the locale.

use std::fs;
use std::process::Command;

use crate::project::{Project, copy, files, root, tree};

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

/// The files of a folder that end so, with the line ends of Windows.
fn with_windows_lines(report: &Project, endings: &[&str]) {
    for path in files(report.path()) {
        let path = report.path().join(path);
        let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        if endings.contains(&ending.as_str()) {
            let text = fs::read_to_string(&path).unwrap();
            fs::write(&path, text.replace('\n', "\r\n")).unwrap();
        }
    }
}

fn names_of_what_differs(a: &Project, b: &Project) -> Vec<String> {
    let site = |report: &Project| tree(&report.path().join("public"));
    let (a, b) = (site(a), site(b));
    let names = |tree: &[(std::path::PathBuf, Vec<u8>)]| {
        tree.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&a), names(&b));
    let both = a.into_iter().zip(b);
    both.filter(|(a, b)| a != b).map(|((path, _), _)| path.display().to_string()).collect()
}

/// As editors and Git write on Windows: settings, chapters with comments, blocks
/// and notes, a theme.
#[test]
fn the_line_ends_of_windows_change_no_byte() {
    let report = || {
        let report = Project::small();
        copy(&root().join("themes/barometer"), &report.path().join("themes/barometer"));
        let chapter = "content/en/progress.md";
        let text = fs::read_to_string(report.path().join(chapter)).unwrap();
        report.file(chapter, format!("{text}{TEXT}"))
    };
    let (unix, windows) = (report(), report());
    with_windows_lines(&windows, &["md", "toml", "html", "css", "js"]);

    unix.built();
    windows.built();

    assert_eq!(names_of_what_differs(&unix, &windows), [""; 0]);
}

const TEXT: &str = r#"
<!-- A comment
of two lines. -->

<!-- barometer: allow B801 because it is here for its line end -->

> ```chart
> question = "themes"
> id = "quoted"
> ```

One  
two\
three.[^a]

| a | b |
| --- | --- |
| 1 | {{ mean(q="progress") }} |

Term
: Meaning.

[^a]: A note.

    Its second paragraph.

    ```text
    and code
    ```
"#;

/// Tables keep their bytes, since their sums are published: what gives sums
/// differs, and nothing else.
#[test]
fn tables_of_windows_give_the_same_numbers() {
    let (unix, windows) = (Project::small(), Project::small());
    with_windows_lines(&windows, &["csv"]);

    unix.built();
    windows.built();

    assert_eq!(
        names_of_what_differs(&unix, &windows),
        ["data/datapackage.json", "data/results.json", "data/small-survey.zip", "data.html"]
    );
}
