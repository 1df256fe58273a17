//! What `barometer check` says of the small report, one finding at a time.

use std::fs;

use serde_json::Value;

use crate::project::{Project, root, run_in};

const CHAPTER: &str = "content/en/progress.md";

/// The small report with a paragraph at the end of a chapter.
fn with(paragraph: &str) -> Project {
    let project = Project::small();
    let text = fs::read_to_string(project.path().join(CHAPTER)).unwrap();
    project.file(CHAPTER, format!("{text}\n{paragraph}\n"))
}

fn json(project: &Project) -> Vec<Value> {
    let run = project.run(&["check", "--format", "json"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The messages of one code in the chapter.
fn found(project: &Project, code: &str) -> Vec<String> {
    let own = |one: &&Value| one["code"] == code;
    let all = json(project);
    all.iter().filter(own).map(|one| one["message"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_typed_number_is_told_with_the_expression_that_gives_it() {
    let run = with("Nearly 44 % of the municipalities do; 43,9&nbsp;percent, to be exact.")
        .run(&["check"]);

    assert_eq!(run.code, 0);
    let typed: Vec<&str> = run.stderr.split("\n\n").filter(|one| one.contains("B801")).collect();
    insta::assert_snapshot!(typed.join("\n\n"), @r#"
    warning[B801]: nothing binds `44 %` to the data
      --> content/en/progress.md:27:8
       |
    27 | Nearly 44 % of the municipalities do; 43,9&nbsp;percent, to be exact.
       |        ^^^^
       |
       = help: Write `{{ share(q="themes", item="energy") }}`.

    warning[B801]: nothing binds `43,9      percent` to the data
      --> content/en/progress.md:27:39
       |
    27 | Nearly 44 % of the municipalities do; 43,9&nbsp;percent, to be exact.
       |                                       ^^^^^^^^^^^^^^^^^
       |
       = help: No number of the data gives it.
    "#);
}

#[test]
fn numbers_in_words_are_numbers() {
    let project = with("Four municipalities in ten agree, three out of five do not.");

    assert_eq!(
        found(&project, "B801"),
        [
            "nothing binds `Four municipalities in ten` to the data",
            "nothing binds `three out of five` to the data"
        ]
    );
}

#[test]
fn years_laws_scales_and_bound_numbers_are_left_alone() {
    let project = with(
        "In 2018, under article 44 of the decree of 14 June 2018 (pages 40 to 44), some gave 9 out of 10, \
         and {{ mean(q=\"progress\") }} out of 10 on average. `44 %` is code.",
    );

    assert_eq!(found(&project, "B801"), Vec::<String>::new());
}

#[test]
fn a_number_typed_in_a_title_is_found_where_it_stands() {
    let block =
        "```chart\nquestion = \"themes\"\ntitle = \"Energy leads with 44 %\"\nid = \"again\"\n```";
    let project = with(block);

    let all = json(&project);
    let typed = all.iter().find(|one| one["code"] == "B801").unwrap();
    let text = fs::read_to_string(project.path().join(CHAPTER)).unwrap();
    let line = text.lines().position(|line| line.contains("leads with 44 %")).unwrap() + 1;

    assert_eq!(typed["line"], line);
}

#[test]
fn an_author_allows_a_finding_with_a_reason_and_hears_when_it_is_gone() {
    let allow = "## Sources\n\n<!-- barometer: allow B801 because another study gives it -->\n\n";
    let project = with(&format!("{allow}Elsewhere it is 91 %."));
    assert_eq!(found(&project, "B801"), Vec::<String>::new());

    let project = with(&format!("{allow}Elsewhere it is more."));
    assert_eq!(found(&project, "B334"), ["`B801` is allowed here, but not found"]);
    assert_eq!(project.built().stderr, Project::small().built().stderr, "builds look at no text");
}

#[test]
fn long_sentences_and_words_that_promise_a_test_are_found() {
    let long = format!("{}end.", "word ".repeat(40));
    let project = with(&format!("{long}\n\nThe difference is significantly larger."));

    assert_eq!(found(&project, "B806"), ["a sentence of 41 words"]);
    assert_eq!(found(&project, "B807"), ["`significantly` without a test"]);

    let project =
        project.change("barometer.toml", "[survey]", "[check]\nlongest-sentence = 41\n\n[survey]");
    assert_eq!(found(&project, "B806"), Vec::<String>::new());
}

#[test]
fn what_a_chapter_lacks_and_what_nobody_uses_is_found() {
    let project = Project::small()
        .file(
            "content/en/empty.md",
            "+++\ntitle = \"Empty\"\ntopic = \"themes\"\n+++\n\nNothing.\n",
        )
        .file("content/en/forgotten.png", [137, 80])
        .file("content/static/kept.txt", "published as it is");

    assert_eq!(found(&project, "B803"), ["a chapter on a topic without any figure"]);
    assert_eq!(found(&project, "B804"), ["a chapter without a summary"]);
    assert_eq!(found(&project, "B809"), ["nothing uses `content/en/forgotten.png`"]);
}

#[test]
fn a_denied_code_is_an_error_and_an_unknown_one_a_wrong_usage() {
    let project = with("It is 44 %.");

    assert_eq!(project.run(&["check"]).code, 0);
    assert_eq!(project.run(&["check", "--deny", "B807"]).code, 0);
    assert_eq!(project.run(&["check", "--deny", "b801,B807"]).code, 1);
    assert_eq!(project.run(&["check", "--deny", "warnings"]).code, 1);
    assert_eq!(project.run(&["check", "--deny", "B8"]).code, 2);
    assert!(!project.path().join("public").exists());
}

#[test]
fn what_stops_a_build_stops_the_check() {
    let run = with("{{ share(q=\"nothing\", item=\"x\") }}").run(&["check", "--format", "github"]);

    assert_eq!(run.code, 1);
    assert!(run.stdout.starts_with("::error file=content/en/progress.md,line="), "{}", run.stdout);
}

#[test]
fn the_report_of_this_repository_has_nothing_to_mend() {
    let run = run_in(&root(), &["check", "--format", "json"]);

    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
}
