//! Figures in the pages of other sites.

use crate::project::Project;

#[test]
fn a_figure_of_a_chapter_has_a_page_for_frames() {
    let project = Project::small();

    project.built();

    let page = project.page("embed/themes.html");
    assert!(page.contains(
        "<h1 class=\"figure-title\" id=\"title-themes\">Energy first, by a whisker</h1>"
    ));
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(!page.contains("<script"), "{page}");
    // It lies a folder deeper, and leads back in a window of its own.
    assert!(page.contains("<link rel=\"stylesheet\" href=\"../assets/"));
    assert!(page.contains(
        "<a href=\"../themes.html#fig-themes\" target=\"_blank\" rel=\"noopener\">In the report: Small report</a>"
    ));
    // Whose figure it is stands above it, and the way past that.
    assert!(page.contains("<header class=\"embed-head\">Small report</header>"));
    assert!(page.contains("<a class=\"skip\" href=\"#fig-themes\">"));
    // Where its address is shared, its title and the card of the chapter are seen.
    assert!(page.contains("<meta property=\"og:title\" content=\"Energy first, by a whisker\">"));
    let card = "content=\"https://example.org/small/assets/cards/themes.png\"";
    assert!(page.contains(&format!("<meta property=\"og:image\" {card}>")));
    // The very drawings of the chapter, its description and its table.
    let chapter = project.page("themes.html");
    let drawings = |page: &str| -> Vec<String> {
        let figure = page.split("id=\"fig-themes\"").nth(1).unwrap();
        let figure = figure.split("</figure>").next().unwrap();
        let parts = figure.split("<svg").skip(1);
        parts.map(|part| part.split("</svg>").next().unwrap().to_owned()).collect()
    };
    assert_eq!(drawings(&page).len(), 2);
    assert_eq!(drawings(&page), drawings(&chapter));
    assert!(page.contains("id=\"about-themes\"") && page.contains("<table>"));
}

#[test]
fn a_chapter_gives_the_code_to_copy() {
    let project = Project::small().change(
        "content/en/themes.md",
        "Energy first, by a whisker",
        "Energy \\\"first\\\" & <so>",
    );

    project.built();

    let page = project.page("themes.html");
    let code = page.split("<code>&lt;iframe").nth(1).unwrap().split("</code>").next().unwrap();
    let code = code.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
    let code = code.replace("&amp;", "&").replace("&#x27;", "'");
    assert!(
        code.starts_with(" src=\"https://example.org/small/embed/themes.html\" title=\"Energy "),
        "{code}"
    );
    // What the author wrote stays inside its attribute.
    let title = code.split("title=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(title.contains("&amp; &lt;so&gt;"), "{title}");
    assert!(code.ends_with("px)\" loading=\"lazy\"></iframe>"), "{code}");
    assert!(page.contains("<a href=\"embed/themes.html\""));
}

#[test]
fn pages_for_frames_are_no_pages_of_the_report() {
    let project = Project::small();
    let pages = project.built().stdout;

    assert!(!project.page("sitemap.xml").contains("embed/"));
    assert!(!project.search_index("en").contains("embed/"));
    // Key numbers, and the figures of pages that the data write, have none.
    let names = std::fs::read_dir(project.path().join("public/embed")).unwrap();
    let mut names: Vec<_> =
        names.map(|name| name.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let chapters = ["index.html", "themes.html", "progress.html"].map(|page| project.page(page));
    let numbered = chapters.iter().map(|page| page.matches("figure-embed").count()).sum::<usize>();
    assert_eq!(names.len(), numbered, "{names:?} {pages}");
    assert!(0 < numbered);
}

#[test]
fn without_an_address_nothing_is_embedded() {
    let project =
        Project::small().change("barometer.toml", "url = \"https://example.org/small/\"\n", "");

    project.built();

    assert!(!project.path().join("public/embed").exists());
    assert!(!project.page("themes.html").contains("iframe"));
}
