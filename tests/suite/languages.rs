//! Reports in several languages.

use std::fs;

use crate::project::{Project, copy, fixtures, root};

/// The small report in English and French; French lacks the chapter `progress`.
fn half_translated() -> Project {
    let project = Project::small();
    copy(&fixtures().join("mistakes/warning-translation-lacking"), project.path());
    project
}

#[test]
fn a_page_without_translation_shows_the_text_of_another_language() {
    let project = half_translated();
    let run = project.built();
    assert!(run.stderr.contains("has no text in the language `fr`"), "{}", run.stderr);

    let page = project.page("fr/progress.html");
    let own = project.page("progress.html");

    // The page is French, its text is not, and says so.
    assert!(page.contains("<html lang=\"fr\""));
    assert!(page.contains("<h1 id=\"page-title\" lang=\"en\">Progress is slow</h1>"));
    assert!(page.contains("<div class=\"prose\" lang=\"en\">"));
    assert!(page.contains("<span lang=\"en\">English</span>"));
    // Its figures are in the language of the text, its menus in that of the page.
    assert!(
        page.contains("Show the data as a table") && !page.contains("Afficher les données"),
        "{page}"
    );
    assert!(page.contains("Aller au contenu"));
    assert!(!own.contains("class=\"untranslated\""));
    // Readers find it in both languages, search engines in one.
    assert!(
        own.contains("href=\"fr/progress.html\"") && page.contains("href=\"../progress.html\"")
    );
    let canonical = "<link rel=\"canonical\" href=\"https://example.org/small/progress.html\">";
    assert!(page.contains(canonical) && own.contains(canonical));
    assert!(
        !page.contains("rel=\"alternate\" hreflang") && !own.contains("rel=\"alternate\" hreflang")
    );
    let sitemap = project.page("sitemap.xml");
    assert!(
        sitemap.contains("small/fr/themes.html") && !sitemap.contains("small/fr/progress.html")
    );
    // Lists and menus mark its words.
    assert!(project.page("fr/index.html").contains("lang=\"en\">Progress is slow"));
}

#[test]
fn a_chapter_that_only_a_translation_has_is_reached_from_every_language() {
    let project = half_translated().file(
        "content/fr/seulement.md",
        "+++\ntitle = \"Seulement en français\"\n+++\n\n![Une carte](carte.png)\n",
    );
    let project = project.file("content/fr/carte.png", [0]);
    project.built();

    let page = project.page("seulement.html");
    assert!(page.contains("<html lang=\"en\"") && page.contains("lang=\"fr\">Seulement"));
    // The picture lies with its own language.
    assert!(page.contains("src=\"fr/carte.png\""));
    assert!(project.page("fr/seulement.html").contains("src=\"carte.png\""));
}

/// A fourth language is a strings file and chapters, no code. The words here
/// are English; numbers and dates are what the language makes of them.
#[test]
fn another_language_is_a_strings_file_and_its_chapters() {
    let project = Project::small();
    copy(&root().join("themes/barometer"), &project.path().join("themes/own"));
    let english = fs::read_to_string(root().join("themes/barometer/strings/en.toml")).unwrap();
    let german = english
        .replace("tag = \"en-GB\"", "tag = \"de-BE\"")
        .replace("name = \"English\"", "name = \"Deutsch\"");
    assert_ne!(german, english);
    let settings = fs::read_to_string(project.path().join("barometer.toml")).unwrap();
    let settings = settings
        .replace("languages = [\"en\"]", "languages = [\"en\", \"de\"]\ntheme = \"own\"")
        .replace(
            "unit = { en =",
            "unit = { de = { one = \"Gemeinde\", other = \"Gemeinden\" }, en =",
        );
    let mut project =
        project.file("themes/own/strings/de.toml", german).file("barometer.toml", settings);
    for table in ["survey", "choices"] {
        let path = format!("data/codebook/{table}.csv");
        let text = fs::read_to_string(project.path().join(&path)).unwrap();
        project = project.file(&path, text.replace("::en", ""));
    }
    for name in ["index", "progress", "themes"] {
        let path = format!("content/en/{name}.md");
        let text = fs::read_to_string(project.path().join(&path)).unwrap();
        project = project.file(&format!("content/de/{name}.md"), text);
    }
    project.built();

    let (german, english) = (project.page("de/progress.html"), project.page("progress.html"));
    assert!(german.contains("<html lang=\"de\"") && german.contains("Deutsch"));
    assert!(english.contains("3.64") && german.contains("3,64") && !german.contains(">3.64"));
    assert!(project.page("de/index.html").contains("14. Juni 2018"));
    assert!(
        english.contains("hreflang=\"de\" href=\"https://example.org/small/de/progress.html\"")
    );
}
