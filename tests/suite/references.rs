//! References to figures: the number that the figure has, wherever it stands.

use crate::project::{Project, fixtures};

const FIGURE: &str = "```chart\nquestion = \"themes\"\n";

/// The small report with figures that have names: figure 1 in the chapter on
/// themes, figure 3 in that on progress.
fn named() -> Project {
    Project::small()
        .change(
            "content/en/themes.md",
            "title = \"Energy first,",
            "id = \"leading\"\ntitle = \"Energy first,",
        )
        .change(
            "content/en/progress.md",
            "question = \"progress\"\n",
            "question = \"progress\"\nid = \"regions\"\n",
        )
}

fn with(project: Project, sentence: &str) -> Project {
    let told = format!("A note.\n\n{sentence}\n\nThe note.");
    project.change("content/en/themes.md", "A note.", &told)
}

#[test]
fn a_reference_becomes_the_number_of_its_figure_on_its_page() {
    let project = with(
        named(),
        "[](#fig-leading) shows it, and [](#fig-regions) more. Also: [](progress.md#fig-regions)",
    );

    project.built();

    let page = project.page("themes.html");
    let expected = "<p><a href=\"#fig-leading\">Figure 1</a> shows it, and \
        <a href=\"progress.html#fig-regions\">figure\u{a0}3</a> more. Also: \
        <a href=\"progress.html#fig-regions\">figure\u{a0}3</a></p>";
    assert!(page.replace("Figure\u{a0}1", "Figure 1").contains(expected), "{page}");
    let target = project.page("progress.html");
    assert!(target.contains("id=\"fig-regions\""));
    let label = target.split_once("id=\"fig-regions\"").unwrap().1;
    let label = label.split_once("<p class=\"figure-label\">").unwrap().1;
    assert!(label.starts_with("Figure 3") || label.starts_with("Figure\u{a0}3"), "{label}");
}

#[test]
fn a_figure_that_comes_before_moves_the_number() {
    let before = "Energy, with";
    let figure = format!("{FIGURE}id = \"first\"\nitems = [\"energy\"]\nkind = \"table\"\n```\n\n");
    let project = with(named(), "See [](#fig-leading).").change(
        "content/en/themes.md",
        before,
        &format!("{figure}{before}"),
    );

    project.built();

    let page = project.page("themes.html");
    assert!(page.contains("See <a href=\"#fig-leading\">figure\u{a0}2</a>."), "{page}");
}

#[test]
fn the_search_finds_the_words_of_a_reference() {
    let project = with(named(), "See [](#fig-regions).");

    project.built();

    assert!(project.search_index("en").contains("See figure 3."));
}

#[test]
fn what_refers_to_a_hidden_figure_goes_with_it() {
    let sentence = "Le détail est à la [](#fig-detail).";
    let shown = Project::copy_of(&fixtures().join("simulated")).change(
        "content/fr/funding.md",
        "Cette phrase accompagne la figure.",
        &format!("Une autre phrase.\n\n{sentence}"),
    );
    shown.built();
    let page = shown.page("funding.html");
    assert!(page.contains("Le détail est à la <a href=\"other.html#fig-detail\">figure\u{a0}"));

    let hidden = shown.change("barometer.toml", "\"show\"", "\"hide\"");
    hidden.built();

    assert!(!hidden.page("funding.html").contains("Le détail est"));
}
