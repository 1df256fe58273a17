//! How much the command says, and to whom.

use serde_json::Value;

use crate::project::Project;

/// The names of the stages in a table of times.
fn stages(table: &str) -> Vec<&str> {
    table.lines().filter_map(|line| line.split_once(" ms  ")).map(|(_, name)| name).collect()
}

const STAGES: [&str; 9] = [
    "files",
    "settings and theme",
    "data and text",
    "estimates",
    "figures and numbers",
    "results",
    "pages",
    "lists",
    "putting in place",
];

#[test]
fn a_build_says_one_line_unless_asked() {
    let run = Project::small().built();

    assert_eq!(run.stderr, "");
    assert_eq!(run.stdout.lines().count(), 1);
    assert!(run.stdout.starts_with("built "));
}

#[test]
fn timings_name_every_stage_once_in_order() {
    let run = Project::small().run(&["build", "--timings"]);

    let told = stages(&run.stderr);
    assert_eq!(told[..told.len() - 1], STAGES);
    assert_eq!(told.last(), Some(&"in all"));
    assert!(run.stdout.starts_with("built "), "the result goes to standard output alone");
}

#[test]
fn a_verbose_build_names_every_file_that_it_read() {
    let project = Project::small();

    let run = project.run(&["build", "--verbose"]);

    let read: Vec<&str> = run
        .stderr
        .lines()
        .filter_map(|line| line.split_once(" bytes  "))
        .map(|(_, path)| path)
        .collect();
    let (sum, read) = read.split_last().unwrap();
    assert_eq!(*sum, format!("in {} files", read.len()));
    assert!(read.contains(&"barometer.toml") && read.contains(&"content/en/themes.md"), "{read:?}");
    assert!(read.is_sorted());
    assert_eq!(stages(&run.stderr).len(), STAGES.len() + 1);
}

#[test]
fn a_quiet_build_says_nothing_but_what_is_wrong() {
    let project = Project::small();

    let good = project.run(&["build", "--quiet"]);
    assert_eq!((good.code, good.stdout.as_str(), good.stderr.as_str()), (0, "", ""));

    let project =
        project.change("content/en/themes.md", "item=\"energy\") }},", "item=\"enrgy\") }},");
    let bad = project.run(&["build", "--quiet"]);
    assert_eq!((bad.code, bad.stdout.as_str()), (1, ""));
    assert!(bad.stderr.contains("`enrgy` is not an item"));

    assert_eq!(project.run(&["build", "--quiet", "--verbose"]).code, 2);
}

#[test]
fn programs_get_times_and_files_in_the_line_of_the_result() {
    let run = Project::small().run(&["build", "--format", "json", "--verbose"]);

    let line: Value = serde_json::from_str(run.stdout.lines().last().unwrap()).unwrap();
    let named: Vec<&str> = line["stages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["stage"].as_str().unwrap())
        .collect();
    assert_eq!(named, STAGES);
    assert!(line["read"].as_array().unwrap().iter().any(|one| one["path"] == "barometer.toml"));
    assert_eq!(run.stderr, "");
}

#[test]
fn quiet_is_quiet_in_every_command_that_writes() {
    let project = Project::empty().file("answers.csv", "id,Age\n1,20\n2,30\n3,20\n");
    for arguments in [
        &["new", "report", "--from", "answers.csv", "--quiet"][..],
        &["import", "answers.csv", "--into", "report", "--replace", "--quiet"],
        &["build", "report", "--quiet", "--out", "site"],
        &["new", "example", "--quiet"],
        &["simulate", "example", "--force", "--quiet"],
    ] {
        let run = project.run(arguments);

        assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{arguments:?}: {}", run.stderr);
    }
}
