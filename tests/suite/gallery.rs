//! The gallery that authors choose from: it shows every kind, and above each
//! figure the very block that makes it. The site is left in `target/gallery`
//! for the browser tests and for the pictures of the README.

use std::fs;

use crate::project::{files, root, run_in};

/// The chapters of the gallery.
fn chapters() -> Vec<(String, String)> {
    let folder = root().join("docs/gallery/content/en");
    let read = |path: std::path::PathBuf| {
        (path.display().to_string(), fs::read_to_string(folder.join(&path)).unwrap())
    };
    files(&folder).into_iter().map(read).collect()
}

#[test]
fn every_figure_stands_under_the_block_that_makes_it() {
    let (mut shown, mut drawn) = (0, 0);
    for (name, text) in chapters() {
        for part in text.split("\n````markdown\n").skip(1) {
            let (block, rest) = part.split_once("\n````\n").unwrap();
            let id = block.lines().nth(1).unwrap();
            assert!(rest.starts_with(&format!("\n{block}\n")), "{name}: {id} is made otherwise");
            shown += 1;
        }
        drawn += text.matches("\n```chart\n").count();
    }

    // Each block stands twice: to be read, and to be drawn.
    assert!(0 < shown);
    assert_eq!(drawn, 2 * shown);
}

#[test]
fn every_kind_is_there_once_with_its_advice() {
    let output = root().join("target/gallery");
    let output_name = output.to_string_lossy();
    let arguments = ["build", "--deny", "warnings", "--out", &output_name];
    let run = run_in(&root().join("docs/gallery"), &arguments);
    assert_eq!(run.code, 0, "{}", run.stderr);

    let page = fs::read_to_string(output.join("print.html")).unwrap();
    let schema = run_in(&root(), &["schema", "chart"]).stdout;
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let kinds = schema["properties"]["kind"]["enum"].as_array().unwrap();
    assert!(!kinds.is_empty());
    for kind in kinds {
        let kind = kind.as_str().unwrap();
        assert!(page.contains(&format!("id=\"fig-{kind}\"")), "no figure `{kind}`");
        assert!(page.contains(&format!("<figure class=\"figure figure-{kind}")), "no {kind}");
    }
    assert!(page.contains("id=\"fig-tabs\""));
    for advice in ["When:", "hidden cells:", "Many items:"] {
        let told = page.matches(&format!("{advice}</strong>")).count();
        assert_eq!(told, kinds.len() + 1, "{advice}");
    }
}
