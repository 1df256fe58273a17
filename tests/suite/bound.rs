//! The whole report on one page, and as one file.

use std::path::Path;

use crate::project::{Project, tree};

#[test]
fn one_page_holds_every_chapter_under_headings_of_its_own_level() {
    let project = Project::small();

    project.built();

    let page = project.page("print.html");
    assert_eq!(page.matches("<h1").count(), 1);
    let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("no `{text}` in {page}"));
    assert!(place("id=\"index\"") < place("id=\"themes\""));
    assert!(place("id=\"themes\"") < place("id=\"progress\""));
    // `## By region` and `[progress](progress.md#by-region)`.
    assert!(page.contains("<h3 id=\"progress--by-region\">By region"));
    assert!(page.contains("<a href=\"#progress--by-region\">progress</a>"));
    assert!(page.contains("<a href=\"#themes\">themes</a>"));
    // Notes of chapters have the same numbers.
    assert!(page.contains("href=\"#themes--note-1\"") && page.contains("id=\"themes--note-1\""));
    // The contents and the list of figures.
    assert!(page.contains("<a href=\"#themes\"><span class=\"bound-number\">1</span>"));
    assert!(page.contains("<a href=\"#fig-themes\">") && page.contains("id=\"fig-themes\""));
    // It can be found from every page.
    assert!(project.page("themes.html").contains("href=\"print.html\""));
    assert!(!project.search_index("en").contains("print.html"));
}

#[test]
fn a_report_to_look_things_up_in_is_not_bound() {
    let mut project = Project::small();
    for at in 0..60 {
        project = project.file(
            &format!("content/en/more-{at}.md"),
            format!("+++\ntitle = \"More {at}\"\n+++\n\nMore.\n"),
        );
    }

    project.built();

    assert!(!project.path().join("public/print.html").exists());
    assert!(!project.page("themes.html").contains("print.html"));
}

#[test]
fn one_file_needs_no_other() {
    let project = Project::small().file("content/static/map.png", "a map").change(
        "content/en/themes.md",
        "A note.",
        "![A map](../static/map.png) A note.",
    );

    let run = project.run(&["build", "--single-file"]);

    assert_eq!(run.code, 0, "{}", run.stderr);
    let file = project.page("report-en.html");
    for attribute in [" href=\"", " src=\""] {
        for reference in file.split(attribute).skip(1).map(|rest| rest.split('"').next().unwrap()) {
            let stands_alone =
                ["#", "data:", "https://"].iter().any(|start| reference.starts_with(start));
            assert!(stands_alone, "{reference}");
        }
    }
    assert!(file.contains("url(\"data:font/woff2;base64,") && !file.contains("url(\"fonts"));
    assert!(file.contains("<style>") && file.contains("<script>"));
    assert!(!file.contains("'inline'") && !file.contains("unsafe-inline"));
    assert!(file.contains("src=\"data:image/png;base64,YSBtYXA=\""));
    // The site itself is as it would be without.
    let mut with = tree(&project.path().join("public"));
    project.built();
    let without = tree(&project.path().join("public"));
    with.retain(|(path, _)| path != Path::new("report-en.html") && path != Path::new(".barometer"));
    let without = without.into_iter().filter(|(path, _)| path != Path::new(".barometer"));
    assert_eq!(with, without.collect::<Vec<_>>());
}
