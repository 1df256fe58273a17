//! Names that Windows keeps for devices: a site with such a file cannot be
//! unpacked there, nor a report checked out.

use std::path::Path;

use crate::project::{Project, run_in};

/// The stems of all files and folders below a folder.
fn stems(folder: &Path) -> Vec<String> {
    let stem = |entry: walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy().to_lowercase();
        name.split('.').next().unwrap_or_default().to_owned()
    };
    walkdir::WalkDir::new(folder).into_iter().map(|entry| stem(entry.unwrap())).collect()
}

#[test]
fn questions_of_any_name_give_files_that_every_system_can_hold() {
    let names = ["con", "AUX", "nul", "com1", "lpt9", "prn"];
    let rows = (0..20).map(|at| ["a", "b"][at % 2].to_owned() + &";a".repeat(5) + "\n");
    let table = names.join(";") + "\n" + &rows.collect::<String>();
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("answers.csv"), table).unwrap();

    let made = run_in(place.path(), &["new", "report", "--from", "answers.csv"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    // A build refuses links that lead nowhere.
    let built = run_in(place.path(), &["build", "report"]);
    assert_eq!(built.code, 0, "{}", built.stderr);

    let stems = stems(&place.path().join("report"));
    assert!(stems.iter().any(|stem| stem == "figure-con"), "{stems:?}");
    for name in names {
        assert!(!stems.contains(&name.to_lowercase()), "{name}: {stems:?}");
    }
}

#[test]
#[cfg_attr(windows, ignore = "Windows cannot hold these files")]
fn a_name_that_an_author_gives_is_told() {
    let chart = "```chart\nquestion = \"themes\"\nid = \"aux\"\n```\n";
    let project = Project::small()
        .file("content/en/con.md", "+++\ntitle = \"Con\"\n+++\n\nText.\n")
        .file("content/en/more.md", format!("+++\ntitle = \"More\"\n+++\n\n{chart}"));

    let run = project.run(&["build"]);

    assert_eq!(run.code, 1, "{}", run.stderr);
    for (what, help) in [
        ("error[B312]: Windows keeps the name `con` for a device", "Name it `chapter-con.md`."),
        ("error[B312]: Windows keeps the name `aux` for a device", "Write `figure-aux`"),
    ] {
        assert!(run.stderr.contains(what) && run.stderr.contains(help), "{}", run.stderr);
    }
}

#[test]
#[cfg_attr(windows, ignore = "Windows cannot hold these files")]
fn a_file_or_wave_that_windows_cannot_hold_is_told() {
    let settings = "[site]\ntitle = \"A\"\nlanguages = [\"en\"]\nurl = \"https://a.be/\"\n\
        [survey]\nwaves = [\"2017\", \"con\", \"2017.\", \"w\", \"W\"]\nbreakdowns = [\"region\"]\n";
    let chapter = "+++\ntitle = \"More\"\n+++\n\n![A map](nul.png)\n";
    let project = Project::small()
        .file("barometer.toml", settings)
        .file("content/en/more.md", chapter)
        .file("content/en/nul.png", "x")
        .file("content/static/aux.pdf", "x")
        .file("content/static/com1/a.pdf", "x")
        .file("content/static/a:b.txt", "x");

    let run = project.run(&["build"]);

    assert_eq!(run.code, 1, "{}", run.stderr);
    for what in [
        "error[B312]: Windows keeps the name `con` for a device: no folder may have it",
        "error[B006]: `2017.` cannot name a wave",
        "error[B006]: the waves `w` and `W` have one folder where capitals are not told apart",
        "error[B312]: Windows keeps the name `nul` for a device: `nul.png` cannot be copied there",
        "error[B312]: Windows keeps the name `aux` for a device: `aux.pdf` cannot be copied there",
        "error[B312]: Windows keeps the name `com1` for a device: `a.pdf` cannot be copied there",
        "error[B312]: Windows takes no `:` in a name: `a:b.txt` cannot be copied there",
    ] {
        assert!(run.stderr.contains(what), "{what}\n{}", run.stderr);
    }
    let import = project.run(&["import", "data/frame.csv", "--wave", "con"]);
    assert_eq!(import.code, 2, "{}", import.stderr);
    assert!(import.stderr.contains("write `wave-con`"), "{}", import.stderr);
}

#[test]
#[cfg_attr(windows, ignore = "Windows cannot hold these files")]
fn files_that_differ_in_capitals_alone_are_told() {
    let project = Project::small()
        .file("content/static/Logo.png", "x")
        .file("content/static/logo.png", "x")
        .file("content/static/THEMES.html", "x");

    let run = project.run(&["build"]);

    assert_eq!(run.code, 1, "{}", run.stderr);
    for what in [
        "error[B304]: `logo.png` and `Logo.png` differ in capitals alone",
        "error[B304]: `themes.html` and `THEMES.html` differ in capitals alone",
    ] {
        assert!(run.stderr.contains(what), "{what}\n{}", run.stderr);
    }
}
