//! Every kind of chart over answers, as the program chooses and words them:
//! shares, scales, scores and rankings, by groups and over waves, with small
//! bases, hidden cells and a question that changed.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use crate::project::{fixtures, root, run_in};

/// Builds the report once for all tests of this file.
fn built() -> PathBuf {
    static BUILT: LazyLock<PathBuf> = LazyLock::new(|| {
        let output = root().join("target/kinds");
        let run = run_in(&fixtures().join("kinds"), &["build", "--out", &output.to_string_lossy()]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""));
        output
    });
    BUILT.clone()
}

/// What stands between two texts, for each time that the first is there.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    text.split(open).skip(1).filter_map(|rest| rest.split_once(close)).map(|(in_, _)| in_).collect()
}

/// A text without its tags and with its line ends as blanks.
fn plain(html: &str) -> String {
    let mut text = String::new();
    for (at, part) in html.split('<').enumerate() {
        let words = if at == 0 { part } else { part.split_once('>').map_or("", |(_, rest)| rest) };
        text.push_str(words);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn figures_say_what_they_show_in_three_languages() {
    let output = built();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(fixtures().join("../snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    for (language, page) in [("fr", "index.html"), ("nl", "nl/index.html"), ("en", "en/index.html")]
    {
        let page = fs::read_to_string(output.join(page)).unwrap();
        let mut told = String::new();
        for figure in between(&page, "<figure class=\"figure ", "</figure>") {
            let kind = between(figure, "figure-", "\"")[0];
            let id = between(figure, "id=\"fig-", "\"")[0];
            writeln!(told, "{id} ({kind})").unwrap();
            for title in between(figure, "<p class=\"figure-title\"", "</p>") {
                writeln!(told, "  # {}", plain(&format!("<{title}"))).unwrap();
            }
            for words in between(figure, "<p class=\"figure-description\"", "</p>") {
                writeln!(told, "  {}", plain(&format!("<{words}"))).unwrap();
            }
        }
        settings.bind(|| insta::assert_snapshot!(format!("kinds-{language}"), told));
    }
}

#[test]
fn numbers_printed_in_a_drawing_stand_in_its_table() {
    let page = fs::read_to_string(built().join("en/index.html")).unwrap();
    let mut judged = 0;
    for figure in between(&page, "<figure class=\"figure ", "</figure>") {
        let kind = between(figure, "figure-", "\"")[0];
        if !["dumbbell", "diverging", "slope", "bars"].contains(&kind) {
            continue;
        }
        let tables = between(figure, "<table", "</table>");
        let table: String = tables.into_iter().map(plain).collect();
        for text in between(figure, "class=\"value\"", "</text>") {
            // Long words are cut where a phone has no room.
            let number = plain(&format!("<{text}"));
            let number = number.trim_end_matches('…');
            assert!(table.contains(number), "{kind}: no `{number}` in {table}");
            judged += 1;
        }
    }
    assert!(100 < judged, "{judged}");
}

#[test]
fn tabs_hold_a_panel_for_everybody_and_one_a_breakdown() {
    let page = fs::read_to_string(built().join("en/index.html")).unwrap();
    let figure = between(&page, "id=\"fig-tabs\"", "</figure>")[0];

    assert_eq!(figure.matches("<input type=\"radio\" name=\"tab-tabs\"").count(), 4);
    assert_eq!(figure.matches(" checked>").count(), 1);
    assert_eq!(figure.matches("<div class=\"tab-panel\">").count(), 4);
    // One heat table stands for eleven provinces; the others are drawn.
    assert_eq!(figure.matches("<svg class=\"chart chart-wide\"").count(), 3);
    let labels: Vec<_> = between(figure, "<label for=", "</label>");
    let labels: Vec<_> = labels.iter().map(|label| plain(&format!("<{label}"))).collect();
    assert_eq!(labels, ["All", "Region", "Province", "Type of municipality"]);
}

#[test]
fn a_file_of_tabs_holds_every_row_once() {
    let rows = fs::read_to_string(built().join("en/data/figures/tabs.csv")).unwrap();
    let mut lines: Vec<&str> = rows.lines().collect();
    let (all, header) = (lines.len(), lines[0]);
    lines.sort_unstable();
    lines.dedup();

    assert_eq!(lines.len(), all);
    assert!(header.starts_with("question,"));
    // Seven answers of everybody, three regions, eleven provinces, two kinds.
    assert_eq!(all - 1, 7 * (1 + 3 + 11 + 2));
}
