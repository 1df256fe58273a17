//! How many answered, where no figure of a publication tells it.

use crate::project::{Project, between};

/// Twelve women and three men, who answered one question; `{said}` in the chapter.
fn report(said: &str) -> Project {
    let rows = "f,0\nf,1\n".repeat(6) + "m,0\nm,1\nm,0\n";
    Project::empty()
        .file(
            "barometer.toml",
            "[site]\ntitle = \"Counts\"\nlanguages = [\"en\"]\n\
             [survey]\nname = \"Counts\"\nwaves = [\"2018\"]\nbreakdowns = [\"sex\"]\n\
             [design]\npopulation-size = 60\n",
        )
        .file(
            "data/codebook/survey.csv",
            "type,name,label,breakdown\nselect_one sex,sex,Sex,yes\nselect_one yes,vote,Vote?,\n",
        )
        .file(
            "data/codebook/choices.csv",
            "list_name,name,label\nsex,f,Women\nsex,m,Men\nyes,1,Yes\nyes,0,No\n",
        )
        .file("data/2018/responses.csv", format!("sex,vote\n{rows}"))
        .file("content/en/index.md", format!("+++\ntitle = \"Home\"\n+++\n\n{said}\n"))
}

#[test]
fn the_answers_at_hand_are_counted() {
    let project = report(
        "{{ respondents() }} of {{ population() }}, {{ response_rate() }}; \
         {{ respondents(by=\"sex\", group=\"f\") }} women.",
    );

    project.built();

    let home = project.page("index.html");
    let said = between(&home, "<div class=\"prose", "</p>");
    let numbers: Vec<&str> =
        said.split("<data").skip(1).map(|part| between(part, ">", "</data>")).collect();
    assert_eq!(numbers, ["15", "60", "25%", "12"], "{said}");
    let profile = project.page("profile-sex-f.html");
    assert!(profile.contains("<dt>2018</dt><dd>12</dd>"), "{profile}");
    let groups = &project.published()["meta"]["waves"][0]["groups"];
    assert_eq!(*groups, serde_json::json!([{ "group_var": "sex", "group": "f", "n": 12 }]));
}

#[test]
fn of_a_group_too_small_to_be_shown_nobody_says_how_many() {
    let project = report("{{ respondents(by=\"sex\", group=\"m\") }} men.");

    let run = project.run(&["build"]);

    assert!(run.stderr.contains("error[B408]"), "{}", run.stderr);
    assert!(run.stderr.contains("from `hide-below` respondents on"), "{}", run.stderr);
}
