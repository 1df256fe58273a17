//! The pages that the data write, from end to end.

use std::fs;

use crate::project::{Project, between};

#[test]
fn every_question_has_a_page_and_stands_among_the_results() {
    let project = Project::small();

    project.built();

    let results = project.page("results.html");
    for key in ["region", "themes", "progress", "strategy", "sample-size", "population"] {
        assert!(results.contains(&format!("href=\"question-{key}.html\"")), "{key}");
        assert!(project.page(&format!("question-{key}.html")).contains("<h1"), "{key}");
    }
}

#[test]
fn a_question_and_the_chapters_that_tell_it_lead_to_each_other() {
    let project = Project::small();

    project.built();

    assert!(project.page("themes.html").contains("href=\"question-themes.html\""));
    let question = project.page("question-themes.html");
    let cited = between(&question, "id=\"page-cited\"", "</ul>");
    assert!(cited.contains("href=\"themes.html#fig-themes\""), "{cited}");
    assert!(!question.contains("href=\"question-themes.html\""), "a page links to itself");
}

#[test]
fn a_question_without_a_number_says_so() {
    let project = Project::small();

    project.built();

    let sentence = "No figure was published for this question.";
    assert!(project.page("question-region.html").contains(sentence));
    assert!(!project.page("question-themes.html").contains(sentence));
}

#[test]
fn a_chapter_with_the_name_of_a_page_comes_first_on_it() {
    let project = Project::small().file(
        "content/en/results.md",
        "+++\ntitle = \"Read me first\"\nweight = 99\n+++\n\nThe words of the author.\n",
    );

    project.built();

    let results = project.page("results.html");
    let author = results.find("The words of the author.").unwrap();
    assert!(author < results.find("href=\"question-themes.html\"").unwrap());
    assert_eq!(results.matches("<h1").count(), 1);
}

#[test]
fn chapters_can_link_to_pages_that_the_data_write() {
    let project = Project::small().change(
        "content/en/themes.md",
        "A note.",
        "See [all results](results.html) and [the question](question-themes.html#page-offered).",
    );

    project.built();

    assert!(project.page("themes.html").contains("href=\"question-themes.html#page-offered\""));
}

#[test]
fn the_menu_is_in_the_order_of_the_settings() {
    let project = Project::small().change(
        "barometer.toml",
        "license =",
        "navigation = [\"results\", \"progress\", \"themes\"]\nlicense =",
    );

    project.built();

    let home = project.page("index.html");
    let menu = between(&home, "<nav class=\"chapters\"", "</nav>");
    let place = |address: &str| menu.find(&format!("href=\"{address}\"")).unwrap();
    assert!(place("results.html") < place("progress.html"));
    assert!(place("progress.html") < place("themes.html"));
}

#[test]
fn a_profile_of_published_figures_claims_nothing() {
    let project = Project::small();

    project.built();

    let profile = project.page("profile-region-brussels.html");
    assert!(profile.contains("4 of "), "no sample");
    assert!(profile.contains("Fewer than 30 answers in this group"));
    let row = between(&profile, "Themes: Energy</a>", "</tr>");
    assert!(row.contains("<td class=\"column-number\">+31</td><td>not tested</td>"), "{row}");
    assert!(!profile.contains("differs from"));
    // Printed as 4 and as 3.64.
    let row = between(&profile, "Progress</a>", "</tr>");
    assert!(row.contains("<td class=\"column-number\">+0.36</td>"), "{row}");
}

#[test]
fn trends_show_what_was_asked_twice() {
    let project = Project::small();

    project.built();

    let trends = project.page("trends.html");
    assert!(trends.contains("id=\"fig-trends-strategy\""));
    assert!(!trends.contains("id=\"fig-trends-themes\""));
    // Who was asked stands at the top, and is no trend.
    assert!(!trends.contains("id=\"fig-trends-sample-size\"") && trends.contains("113"));
    assert!(trends.contains("href=\"trends.html\" aria-current=\"page\""));
}

#[test]
fn trends_without_anything_to_compare_are_not_in_the_menu() {
    let file = "data/2017/published.csv";
    let project = Project::small();
    let table = fs::read_to_string(project.path().join(file)).unwrap();
    let kept: Vec<_> = table.lines().filter(|line| !line.starts_with("strategy,")).collect();
    let project = project.file(file, kept.join("\n"));
    let (chapter, text) = ("content/en/progress.md", "## Over time");
    let progress = fs::read_to_string(project.path().join(chapter)).unwrap();
    let project = project.file(chapter, progress.split(text).next().unwrap());

    project.built();

    assert!(project.page("trends.html").contains("113"));
    assert!(!project.page("index.html").contains("href=\"trends.html\""));
}

#[test]
fn a_question_that_nobody_answered_has_no_figure() {
    let answers = "region,themes,strategy,progress\nflanders,,no,\nwallonia,,no,\n".to_owned()
        + &"flanders,,yes,\n".repeat(10);
    let project = Project::small()
        .change("barometer.toml", "[waves.2017]", "[waves.2017]\nresponses = \"simulated\"")
        .file("data/2017/responses.csv", answers);

    project.built();

    assert!(project.page("question-strategy.html").contains("id=\"page-2017\""));
    assert!(!project.page("question-themes.html").contains("id=\"page-2017-region\""));
}

#[test]
fn the_method_tells_who_made_the_survey_or_that_nobody_says() {
    let project = Project::small().change(
        "barometer.toml",
        "population =",
        "conductor = \"An institute\"\npopulation =",
    );

    project.built();

    let method = project.page("method.html");
    assert!(method.contains("<dt>Carried out by</dt><dd>An institute</dd>"));
    assert!(method.contains("<dt>Funded by</dt><dd>not stated</dd>"));
    assert!(method.contains("<dt>Answers</dt><dd>123 of 589</dd>"));
}

#[test]
fn the_method_sets_respondents_beside_the_population() {
    let project = Project::small();

    project.built();

    let method = project.page("method.html");
    let row = between(&method, "Brussels</th>", "</tr>");
    let cells = ["19", "3%", "4", "3%", "21%"]
        .map(|cell| format!("<td class=\"column-number\">{cell}</td>"));
    assert!(row.contains(&cells.concat()), "{row}");
}

#[test]
fn the_silent_bound_a_share_whose_base_is_known() {
    let project = Project::small().change(
        "data/2018/published.csv",
        "strategy,yes,all,all,35,percent,123",
        "strategy,yes,all,all,35,percent,90",
    );

    project.built();

    let method = project.page("method.html");
    let silent = between(&method, "id=\"page-silent\"", "</table>");
    assert!(silent.contains("466 of 589 did not answer"), "{silent}");
    let row = between(silent, "Themes, Energy</a>", "</tr>");
    let cells = ["44%", "9%", "88%"].map(|cell| format!("<td class=\"column-number\">{cell}</td>"));
    assert!(row.contains(&cells.concat()), "{row}");
    // A part of the respondents, whose own population nobody knows.
    assert!(!silent.contains("Strategy"), "{silent}");
    let results = project.page("data/results.csv");
    let energy = results
        .lines()
        .find(|line| line.contains("themes,energy,") && line.contains(",all,all,2018,"));
    assert!(energy.unwrap().contains(",0.09188"), "{energy:?}");
    let means = results.lines().filter(|line| line.starts_with("progress,"));
    assert!(means.clone().count() > 0 && means.clone().all(|line| line.ends_with(",,")));
}

#[test]
fn the_home_page_shows_what_each_chapter_found_with_a_small_chart() {
    let project = Project::small();

    project.built();

    let home = project.page("index.html");
    let chapters = between(&home, "aria-labelledby=\"page-chapters\"", "</section>");
    assert!(chapters.contains("<a href=\"themes.html#fig-themes\">Energy first, by a whisker</a>"));
    assert_eq!(chapters.matches("<svg class=\"chart glimpse\"").count(), 2, "{chapters}");
}

#[test]
fn a_small_chart_is_described_where_its_chapter_has_no_summary() {
    let summary = "summary = \"Energy is ahead of mobility, by a whisker.\"\n";
    let project = Project::small().change("content/en/themes.md", summary, "");

    project.built();

    let home = project.page("index.html");
    let card = between(&home, "themes.html#fig-themes", "</li>");
    let described = between(card, "aria-describedby=\"", "\"");
    let words = between(card, &format!("id=\"{described}\">"), "</p>");
    assert!(words.contains("Energy"), "{card}");
}

#[test]
fn nothing_simulated_is_shown_of_a_chapter_on_the_home_page() {
    let project = Project::copy_of(&crate::project::fixtures().join("simulated"));

    project.built();

    let home = project.page("index.html");
    assert!(home.contains("href=\"funding.html\""));
    assert!(!home.contains("glimpse") || !home.contains("funding.html#fig-moyens"));
    assert!(!home.contains("#fig-detail"));
}
