//! The report of this repository: what the issue of a barometer must hold.

use std::fs;

use crate::project::{files, root};

fn chapters() -> Vec<(String, String)> {
    let folder = root().join("content/fr");
    files(&folder)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .map(|path| {
            (path.to_string_lossy().into_owned(), fs::read_to_string(folder.join(path)).unwrap())
        })
        .collect()
}

#[test]
fn every_chapter_is_there() {
    let names: Vec<_> = chapters().into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            "about.md",
            "actors.md",
            "benefits.md",
            "context.md",
            "funding.md",
            "index.md",
            "method.md",
            "perception.md",
            "prerequisites.md",
            "progress.md",
            "strategy.md",
            "summary.md",
            "themes.md"
        ]
    );
}

#[test]
fn there_are_figures_and_bound_numbers_enough() {
    let text: String = chapters().into_iter().map(|(_, text)| text).collect();
    assert!(25 <= text.matches("```chart").count());
    assert!(60 <= text.matches("{{ ").count() - text.matches("{{ claim").count());
}

/// A percentage in prose that no expression binds drifts from the data.
#[test]
fn no_percentage_is_typed_by_hand() {
    for (name, text) in chapters() {
        for (line, words) in text.lines().enumerate() {
            let typed = words.split_whitespace().collect::<Vec<_>>();
            let bare = typed
                .windows(2)
                .find(|pair| pair[1].starts_with('%') && pair[0].parse::<f64>().is_ok());
            assert_eq!(bare, None, "{name}:{}", line + 1);
        }
    }
}

/// A place of a string that nobody filled shows as `{name}`.
#[test]
fn every_string_is_filled() {
    let output = tempfile::tempdir().unwrap();
    let out = output.path().to_string_lossy().into_owned();
    let run = crate::project::run_in(&root(), &["build", "--out", &out]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for path in files(output.path())
        .into_iter()
        .filter(|path| path.extension().is_some_and(|e| e == "html"))
    {
        let page = fs::read_to_string(output.path().join(&path)).unwrap();
        let text = page.split("<style>").next().unwrap_or_default();
        let unfilled = text.split('{').skip(1).find_map(|rest| {
            let name = rest.split('}').next()?;
            (!name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || "_-".contains(c)))
                .then_some(name)
        });
        assert_eq!(unfilled, None, "{}", path.display());
    }
}

/// Every figure of the published editions is there with its source.
#[test]
fn published_figures_carry_their_source() {
    for (wave, rows) in [("2017", 28), ("2018", 64)] {
        let table = root().join("data").join(wave).join("published.csv");
        let mut reader = csv::Reader::from_path(table).unwrap();
        let source = reader.headers().unwrap().iter().position(|name| name == "source").unwrap();
        let records: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(records.len(), rows, "{wave}");
        assert!(records.iter().all(|record| !record[source].is_empty()), "{wave}");
    }
}
