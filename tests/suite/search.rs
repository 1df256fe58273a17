//! What readers can look for, and what must not be found.

use std::fmt::Write as _;

use serde_json::Value;

use crate::project::{Project, files};

/// The pages of an index: address, title, passages.
fn pages(project: &Project) -> Vec<Value> {
    let script = project.search_index("en");
    let json = script.strip_prefix("barometerIndex=").unwrap().trim_end().strip_suffix(';');
    serde_json::from_str(json.unwrap()).unwrap()
}

#[test]
fn titles_headings_text_questions_options_and_figures_are_found_at_their_anchors() {
    let project = Project::small();
    project.built();

    let pages = pages(&project);
    let mut all = String::new();
    for page in &pages {
        let html = project.page(page[0].as_str().unwrap());
        for passage in page[2].as_array().unwrap() {
            let anchor = passage[0].as_str().unwrap();
            assert!(anchor.is_empty() || html.contains(&format!("id=\"{anchor}\"")), "{passage}");
            writeln!(all, "{} {} {} {}", page[0], page[1], passage[0], passage[1]).unwrap();
        }
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| insta::assert_snapshot!("search-index", all));
    let text = serde_json::to_string(&pages).unwrap();
    assert!(text.contains("Energy is ahead of mobility"), "a summary");
    assert!(text.contains("Figure 1"), "the label of a figure");
}

/// Numbers stand in tables, titles and texts; what is searched has none of tables.
#[test]
fn no_cell_of_a_table_is_in_the_index() {
    let project = Project::small();
    project.built();

    let html = project.page("question-themes.html");
    let index = pages(&project);
    let question = index.iter().find(|page| page[0] == "question-themes.html").unwrap();
    let passages = question[2].as_array().unwrap();
    let titles: Vec<&str> = passages.iter().filter_map(|passage| passage[1].as_str()).collect();
    let cells: Vec<&str> = html
        .split("<td>")
        .skip(1)
        .filter_map(|cell| cell.split("</td>").next())
        .filter(|cell| cell.ends_with('%') && !titles.iter().any(|title| title.contains(cell)))
        .collect();
    assert!(!cells.is_empty());
    for cell in cells {
        assert!(!question.to_string().contains(cell), "{cell}");
    }
}

#[test]
fn every_page_names_the_script_and_the_index_of_its_language() {
    let project = Project::small();
    project.built();

    let assets: Vec<_> = files(&project.path().join("public/assets"))
        .into_iter()
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .collect();
    let page = project.page("themes.html");
    for attribute in ["data-code", "data-index"] {
        let (_, rest) = page.split_once(&format!("{attribute}=\"assets/")).unwrap();
        let (name, _) = rest.split_once('"').unwrap();
        assert!(assets.iter().any(|asset| asset == name), "{name}");
    }
}

/// A reader without scripts, and one whose browser forbids them, has a link.
#[test]
fn without_script_search_is_the_index_of_a_book() {
    let project = Project::small();
    project.built();

    let page = project.page("search.html");
    let main = page.split_once("<div class=\"prose\"").unwrap().1;
    let main = main.split_once("</main>").unwrap().0;
    let links: Vec<_> = main.split("<li><a href=\"").skip(1).collect();
    let titles: Vec<_> = links
        .iter()
        .filter_map(|link| Some(link.split_once("\">")?.1.split_once("</a>")?.0.to_lowercase()))
        .collect();
    assert!(titles.iter().any(|title| title == "energy first, by a whisker"), "{titles:?}");
    assert!(titles.is_sorted(), "{titles:?}");
    assert!(project.page("index.html").contains("<a href=\"search.html\">"));
}

/// A theme without a script for it: a link, and no index that nobody reads.
#[test]
fn a_theme_without_search_has_no_index() {
    let project = Project::small().file("themes/barometer/theme.toml", "[assets]\nsearch = \"\"\n");
    project.built();

    let names = files(&project.path().join("public/assets"));
    assert!(names.iter().all(|path| !path.to_str().unwrap().contains("search-")), "{names:?}");
    assert!(!project.page("index.html").contains("data-index"));
    assert!(project.page("index.html").contains("<a href=\"search.html\">"));
}
