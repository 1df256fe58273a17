//! `barometer build` from end to end.

use std::fs;
use std::path::Path;

use crate::project::{Project, tree};

/// What the small report has, with the pages that the data write.
const PAGES: u64 = 23;
const FIGURES: u64 = 19;

#[test]
fn the_last_line_tells_what_was_built_and_where() {
    let run = Project::small().built();

    let line = run.stdout.trim_end();
    let counted = format!("built {PAGES} pages, {FIGURES} figures, 0 warnings in ");
    assert!(line.starts_with(&counted), "{line}");
    let index = Path::new("public").join("index.html");
    assert!(line.ends_with(index.to_str().unwrap()), "{line}");
    assert_eq!(run.stderr, "");
}

#[test]
fn as_json_the_last_line_is_an_object() {
    let run = Project::small().run(&["build", "--format", "json"]);

    let line: serde_json::Value = serde_json::from_str(run.stdout.trim_end()).unwrap();
    assert_eq!((line["pages"].as_u64(), line["figures"].as_u64()), (Some(PAGES), Some(FIGURES)));
}

#[test]
fn mistakes_as_json_are_one_object_a_line() {
    let project = Project::small().change(
        "content/en/themes.md",
        "item=\"energy\") }},",
        "item=\"enrgy\") }},",
    );

    let run = project.run(&["build", "--format", "json"]);

    assert_eq!(run.code, 1);
    let mistake: serde_json::Value =
        serde_json::from_str(run.stdout.lines().next().unwrap()).unwrap();
    assert_eq!(mistake["code"], "B403");
    assert_eq!(mistake["file"], "content/en/themes.md");
    assert_eq!((mistake["line"].as_u64(), mistake["column"].as_u64()), (Some(9), Some(41)));
    assert_eq!(mistake["help"][0], "Did you mean `energy`?");
}

/// The heart of the program: one number in the data, everywhere on the page.
#[test]
fn a_changed_number_changes_sentence_chart_table_description_and_file() {
    let before = Project::small();
    before.built();
    let after = Project::small().change(
        "data/2018/published.csv",
        "themes,energy,all,all,44",
        "themes,energy,all,all,48",
    );
    after.built();

    let (old, new) = (before.page("themes.html"), after.page("themes.html"));
    let sentence = |page: &str, value: &str| page.contains(&format!("value=\"0.{value}\""));
    let label = |page: &str, value: &str| page.contains(&format!(">{value}%</text>"));
    let cell = |page: &str, value: &str| page.contains(&format!("<td>{value}%</td>"));
    let described = |page: &str, value: &str| page.contains(&format!("Energy ({value}%)"));
    for (page, shown, gone) in [(&old, "44", "48"), (&new, "48", "44")] {
        for (what, holds) in [
            ("sentence", &sentence as &dyn Fn(&str, &str) -> bool),
            ("chart", &label),
            ("table", &cell),
            ("description", &described),
        ] {
            assert!(holds(page, shown), "the {what} does not show {shown}");
            assert!(!holds(page, gone), "the {what} still shows {gone}");
        }
    }
    assert!(before.page("data/figures/themes.csv").contains(",0.44,"));
    assert!(after.page("data/figures/themes.csv").contains(",0.48,"));
}

#[test]
fn a_claim_that_the_data_no_longer_carry_stops_the_build() {
    let project = Project::small().change(
        "data/2018/published.csv",
        "themes,energy,all,all,44",
        "themes,energy,all,all,41",
    );

    let run = project.run(&["build"]);

    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("the data do not carry `more`: 41% against 43%"), "{}", run.stderr);
}

#[test]
fn a_failed_build_leaves_the_previous_site_byte_for_byte() {
    let project = Project::small();
    project.built();
    let before = tree(&project.path().join("public"));
    let project = project.file("content/en/themes.md", "no front matter");

    let run = project.run(&["build"]);

    assert_eq!(run.code, 1);
    assert!(tree(&project.path().join("public")) == before);
    let beside = fs::read_dir(project.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(beside.into_iter().all(|name| !name.to_string_lossy().starts_with(".barometer-build")));
}

#[test]
fn a_failing_template_leaves_the_previous_site_too() {
    let project = Project::small();
    project.built();
    let before = tree(&project.path().join("public"));
    crate::project::copy(
        &crate::project::root().join("themes/barometer"),
        &project.path().join("themes/barometer"),
    );
    // The chapter fails when pages are already being written.
    let project = project.change(
        "themes/barometer/templates/chapter.html",
        "{{ content",
        "{{ contents.x }}{{ content",
    );

    let run = project.run(&["build"]);

    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("themes/barometer/templates/chapter.html"), "{}", run.stderr);
    assert!(tree(&project.path().join("public")) == before);
}

#[test]
fn pages_that_are_gone_leave_the_site() {
    let project = Project::small();
    project.built();
    fs::remove_file(project.path().join("content/en/progress.md")).unwrap();
    let project =
        project.change("content/en/index.md", " and [progress](progress.md#by-region)", "");
    project.built();

    assert!(!project.path().join("public/progress.html").exists());
}

#[test]
fn drafts_are_built_only_when_asked() {
    let project = Project::small().file(
        "content/en/later.md",
        "+++\ntitle = \"Later\"\ndraft = true\nweight = 30\nsummary = \"Not yet.\"\n+++\n\nText.\n",
    );
    project.built();
    assert!(!project.path().join("public/later.html").exists());

    assert_eq!(project.run(&["build", "--drafts"]).code, 0);

    assert!(project.path().join("public/later.html").exists());
}

#[test]
fn an_image_and_a_static_file_are_published() {
    let project = Project::small()
        .file("content/en/map.png", "png")
        .file("content/static/CNAME", "example.org")
        .change(
            "content/en/themes.md",
            "A table of the author",
            "![A map of regions](map.png)\n\nA table of the author",
        );
    project.built();

    assert_eq!(project.page("map.png"), "png");
    assert_eq!(project.page("CNAME"), "example.org");
    assert!(project.page("themes.html").contains("src=\"map.png\" alt=\"A map of regions\""));
}

#[test]
fn wrong_usage_has_an_exit_code_of_its_own() {
    assert_eq!(Project::empty().run(&["biuld"]).code, 2);
    assert_eq!(Project::empty().run(&["build", "--deny", "everything"]).code, 2);
}

#[test]
fn the_help_is_as_written() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        let help = Project::empty().run(&["build", "--help"]).stdout;
        insta::assert_snapshot!("help-build", help.replace("barometer.exe", "barometer"));
    });
}

/// A bound number in a heading, an image's text and a title.
#[test]
fn numbers_are_bound_wherever_words_stand() {
    let project = Project::small().file("content/en/map.png", "png").file(
        "content/en/places.md",
        "+++\ntitle = \"Places\"\nweight = 30\n+++\n\n\
         ## Energy: {{ share(q=\"themes\", item=\"energy\") }} of all\n\n\
         ![{{ share(q=\"themes\", item=\"energy\") }} work on energy](map.png)\n\n\
         ```chart\nquestion = \"themes\"\nid = \"places\"\ntitle = '{{ share(q=\"themes\", item=\"energy\") }} work on energy'\n```\n",
    );
    project.built();

    let page = project.page("places.html");
    assert!(page.contains("<h2 id=\"energy-of-all\">Energy: <data class=\"bound\" value=\"0.44\""));
    assert!(page.contains("alt=\"44% work on energy\""));
    assert!(page.contains("aria-label=\"44% work on energy\""));
    assert!(page.contains("Energy: 44% of all</a>"), "the outline has the number");
}

#[test]
fn a_figure_can_be_had_as_a_drawing_that_says_all() {
    let project = Project::small();
    project.built();

    let svg = project.page("data/figures/themes.svg");
    for part in ["<title>", "44%", "Source: ", "https://example.org/small/"] {
        assert!(svg.contains(part), "the drawing lacks {part}: {svg}");
    }
    let page = project.page("themes.html");
    assert!(page.contains("href=\"data/figures/themes.svg\" download"));
    assert!(!project.path().join("public/data/figures/themes.png").exists());
}

#[test]
fn pictures_are_made_when_asked_and_taken_over_by_the_next_build() {
    let project =
        Project::small().change("barometer.toml", "[survey]", "[figures]\npng = true\n\n[survey]");
    project.built();
    let picture = project.path().join("public/data/figures/themes.png");
    let first = tree(&project.path().join("public"));
    assert!(fs::read(&picture).unwrap().starts_with(b"\x89PNG"));
    assert!(project.page("themes.html").contains("(PNG, 1536 × "));

    project.built();
    assert!(tree(&project.path().join("public")) == first);

    // Whoever changed a picture gets it back as it was.
    fs::write(&picture, "changed").unwrap();
    project.built();
    assert!(tree(&project.path().join("public")) == first);
}

#[test]
fn every_page_has_a_card() {
    let project = Project::small();
    project.built();

    for page in ["index", "themes", "progress"] {
        let card =
            fs::read(project.path().join(format!("public/assets/cards/{page}.png"))).unwrap();
        // A PNG begins with its size.
        assert_eq!(card[16..24], [0, 0, 4, 176, 0, 0, 2, 118], "{page}: not 1200 × 630");
        let html = project.page(&format!("{page}.html"));
        for tag in [
            format!("\"og:image\" content=\"https://example.org/small/assets/cards/{page}.png\""),
            "\"og:image:width\" content=\"1200\"".to_owned(),
            "\"og:image:height\" content=\"630\"".to_owned(),
            "\"twitter:card\" content=\"summary_large_image\"".to_owned(),
        ] {
            assert!(html.contains(&tag), "{page}: {tag}");
        }
    }
    let alternative = "\"og:image:alt\" content=\"Energy first, by a whisker. Themes: Energy (44%)";
    assert!(project.page("themes.html").contains(alternative));
    // Pages that the data write show that of the home page.
    let of_home = "\"og:image\" content=\"https://example.org/small/assets/cards/index.png\"";
    for page in ["results", "print"] {
        assert!(project.page(&format!("{page}.html")).contains(of_home), "{page}");
    }
    assert!(!project.path().join("public/assets/cards/results.png").exists());
}

#[test]
fn the_chapters_of_a_long_report_have_the_card_of_its_home_page() {
    let mut project = Project::small();
    for at in 0..60 {
        let text = format!("+++\ntitle = \"Part {at}\"\nsummary = \"Words.\"\n+++\n\nWords.\n");
        project = project.file(&format!("content/en/part-{at}.md"), &text);
    }

    project.built();

    let cards = fs::read_dir(project.path().join("public/assets/cards")).unwrap();
    assert_eq!(cards.count(), 1);
    let of_home = "\"og:image\" content=\"https://example.org/small/assets/cards/index.png\"";
    assert!(project.page("part-59.html").contains(of_home));
}

#[test]
fn raw_html_is_kept_only_where_the_settings_say_so() {
    let text =
        "A <b class=\"mine\">bold</b> word.\n\n<section>\n<p>Mine</p>\n</section>\n\n## The themes";
    let project = Project::small().change("content/en/themes.md", "## The themes", text);
    let refused = project.run(&["build"]);
    assert_eq!(refused.code, 1);
    assert!(refused.stderr.contains("`[markdown] html = true`"), "{}", refused.stderr);

    let project =
        project.change("barometer.toml", "[survey]", "[markdown]\nhtml = true\n\n[survey]");
    project.built();

    let page = project.page("themes.html");
    assert!(page.contains("A <b class=\"mine\">bold</b> word."));
    assert!(page.contains("<section>\n<p>Mine</p>\n</section>"));

    let project = project.change("content/en/themes.md", "<p>Mine", "<p>{{ n(q=\"themes\") }}");
    let bound = project.run(&["build"]);
    assert!(bound.stderr.contains("an expression inside raw HTML"), "{}", bound.stderr);
}
