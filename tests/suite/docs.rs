//! What the documentation says of the code is what the code says.
//!
//! `UPDATE_DOCS=1 cargo test --test suite docs` writes the generated pages.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use barometer::diag::Code;

use crate::project::{Project, files, root};

#[track_caller]
fn generated(path: &str, text: &str) {
    let path = root().join(path);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, text).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == text,
        "{} is out of date: UPDATE_DOCS=1 cargo test --test suite docs",
        path.display()
    );
}

#[test]
fn every_code_is_in_the_list_of_diagnostics() {
    let mut text = String::from(
        "+++\ntitle = \"Diagnostics\"\nweight = 10\n\
         summary = \"Every mistake that the program tells, by its code, with the way out.\"\n+++\n\n\
         Generated from `src/diag/code.rs`.\n\n\
         | code | what is wrong | the way out |\n| --- | --- | --- |\n",
    );
    for code in Code::ALL {
        writeln!(
            text,
            "| {} | {} | {} |",
            code.id(),
            code.title(),
            code.help().replace('|', "\\|")
        )
        .unwrap();
    }
    generated("docs/content/en/diagnostics.md", &text);
}

#[test]
fn the_schema_of_this_report_is_that_of_the_program() {
    let run = crate::project::run_in(&root(), &["schema"]);
    generated("barometer.schema.json", &run.stdout);
}

#[test]
fn every_code_is_used() {
    let src = root().join("src");
    let code: String = files(&src)
        .into_iter()
        .filter(|path| !path.ends_with("diag/code.rs"))
        .map(|path| fs::read_to_string(src.join(path)).unwrap())
        .collect();
    let unused: Vec<_> =
        Code::ALL.iter().filter(|known| !code.contains(&format!("Code::{known:?}"))).collect();
    assert_eq!(unused, Vec::<&Code>::new());
}

#[test]
fn the_notice_names_every_crate_of_the_program() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--edges", "normal", "--prefix", "none", "--format", "{p}|{l}"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success());
    let tree = String::from_utf8(output.stdout).unwrap();
    let mut crates: Vec<(String, String)> = tree
        .lines()
        .filter(|line| !line.starts_with("barometer "))
        .filter_map(|line| {
            let (package, licence) = line.split_once('|')?;
            let name = package.split(' ').next()?;
            Some((name.to_owned(), licence.trim_end_matches(" (*)").to_owned()))
        })
        .collect();
    crates.sort();
    crates.dedup();
    assert!(50 < crates.len());
    // Somebody wrote what stands above the table.
    let head = "| crate | licence |\n| --- | --- |\n";
    let written = fs::read_to_string(root().join("NOTICE.md")).unwrap();
    let mut text = format!("{}{head}", written.split(head).next().unwrap());
    for (name, licence) in crates {
        assert!(!licence.is_empty(), "{name} has no licence");
        writeln!(text, "| {name} | {licence} |").unwrap();
    }
    generated("NOTICE.md", &text);
}

/// The site is left in `target/docs` for the browser tests.
#[test]
fn the_manual_is_a_report_without_a_survey() {
    let output = root().join("target/docs");
    let output_name = output.to_string_lossy();
    let run = crate::project::run_in(
        &root().join("docs"),
        &["build", "--deny", "warnings", "--out", &output_name],
    );
    assert_eq!(run.code, 0, "{}", run.stderr);

    // It has no page on what nobody asked, and nothing to take away.
    for page in ["results", "method", "data", "summary", "trends"] {
        assert!(!output.join(format!("{page}.html")).exists(), "{page}");
    }
    assert!(!output.join("data").exists());
    let home = fs::read_to_string(output.join("index.html")).unwrap();
    assert!(!home.contains("\"Dataset\"") && !home.contains("Edition"), "{home}");
    assert!(output.join("search.html").exists() && output.join("print.html").exists());

    let run = crate::project::run_in(&root().join("docs"), &["check", "--format", "json"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
}

#[test]
fn every_file_of_the_manual_that_is_named_exists() {
    for name in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "justfile"] {
        let text = fs::read_to_string(root().join(name)).unwrap();
        for part in text.split("docs/").skip(1) {
            let path = part.split([')', ']', '`', ' ', ';', ',', '\n']).next().unwrap();
            let path = path.trim_end_matches(['.', ':']);
            assert!(root().join("docs").join(path).exists(), "{name}: docs/{path}");
        }
    }
}

fn guide(name: &str) -> String {
    fs::read_to_string(root().join(format!("docs/content/en/{name}.md"))).unwrap()
}

/// The blocks of a guide in a language, in order.
fn blocks<'g>(guide: &'g str, language: &str) -> Vec<&'g str> {
    let fence = format!("```{language}\n");
    guide.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

#[test]
fn every_setting_of_the_guides_is_one_that_a_build_reads() {
    let mut read = 0;
    for name in ["weights", "waves", "language", "publish"] {
        for block in blocks(&guide(name), "toml") {
            let run = Project::small().file("barometer.toml", block).run(&["build"]);

            // Other keys are missing; none is misspelt or of another type.
            for code in ["B002", "B003", "B004", "B006"] {
                assert!(!run.stderr.contains(code), "{name}: {block}{}", run.stderr);
            }
            read += 1;
        }
    }
    assert_eq!(read, 6);
}

#[test]
fn the_guide_to_weights_works_as_it_is_written() {
    let guide = guide("weights");
    let (designs, tables) = (blocks(&guide, "toml"), blocks(&guide, "csv"));
    let row = |at: usize| {
        let region = ["flanders", "brussels", "wallonia"][at % 3];
        format!("{at},{region},{},energy,{},yes\n", 1 + at % 2, at % 11)
    };
    let answers: Vec<_> = (0..45).map(row).collect();
    let answers = format!("id,region,weight,themes,progress,strategy\n{}", answers.concat());
    let settings = fs::read_to_string(root().join("tests/fixtures/small/barometer.toml")).unwrap();

    for design in designs {
        let report = Project::small()
            .file("barometer.toml", format!("{settings}\n{design}"))
            .file("data/2018/responses.csv", &answers)
            .file("data/frame.csv", tables[0])
            .file("data/margins.csv", tables[1]);

        let run = report.run(&["results", "--question", "strategy"]);

        assert_eq!(run.code, 0, "{design}{}", run.stderr);
        assert!(run.stdout.contains("45"), "{design}{}", run.stdout);
    }
}
