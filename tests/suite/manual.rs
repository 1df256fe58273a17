//! What the command line says of itself to shells and to `man`.

use std::fs;

use crate::project::{Project, files};

const COMMANDS: [&str; 12] = [
    "build",
    "check",
    "import",
    "new",
    "results",
    "simulate",
    "sql",
    "serve",
    "schema",
    "completions",
    "man",
    "theme",
];

#[test]
fn every_shell_completes_every_command() {
    let project = Project::empty();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let run = project.run(&["completions", shell]);

        assert_eq!(run.code, 0, "{}", run.stderr);
        for command in COMMANDS {
            assert!(run.stdout.contains(command), "{shell} lacks {command}");
        }
        assert!(run.stdout.contains("drafts"), "{shell} lacks the options");
    }
    assert_eq!(project.run(&["completions", "cmd"]).code, 2);
}

#[test]
fn bash_reads_its_completions() {
    let project = Project::empty();
    let script = project.run(&["completions", "bash"]).stdout;
    let script = format!(
        "{script}\nCOMP_WORDS=(barometer bui); COMP_CWORD=1; _barometer barometer bui barometer; echo \"${{COMPREPLY[@]}}\"\n"
    );

    let Ok(bash) = std::process::Command::new("bash").args(["-c", &script]).output() else {
        return; // Windows has none.
    };

    assert_eq!(String::from_utf8(bash.stdout).unwrap().trim(), "build");
}

#[test]
fn there_is_a_manual_page_for_every_command() {
    let project = Project::empty();

    assert_eq!(project.run(&["man", "man1"]).code, 0);

    let mut expected: Vec<String> =
        COMMANDS.iter().map(|command| format!("barometer-{command}.1")).collect();
    expected.extend(["list", "eject", "new"].map(|inner| format!("barometer-theme-{inner}.1")));
    expected.push("barometer.1".to_owned());
    expected.sort();
    let folder = project.path().join("man1");
    let written: Vec<String> =
        files(&folder).iter().map(|path| path.display().to_string()).collect();
    assert_eq!(written, expected);
    for page in written {
        let text = fs::read_to_string(folder.join(&page)).unwrap();
        let name = page.trim_end_matches(".1");
        assert!(text.contains(&format!(".TH {name} 1")), "{page}: {text}");
        let examples = text.contains("barometer build report");
        assert!(page != "barometer-build.1" || examples, "{text}");
    }
}

#[test]
fn the_manual_of_the_program_goes_to_standard_output() {
    let project = Project::empty();

    let run = project.run(&["man"]);

    assert!(run.stdout.contains(".TH barometer 1"));
    assert!(files(project.path()).is_empty());
}
