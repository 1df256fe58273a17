//! The numbers that `barometer results` prints.

use serde_json::Value;

use crate::answers;
use crate::project::{Project, fixtures};

#[test]
fn numbers_stand_in_columns_between_their_limits() {
    let run = answers::report().run(&["results", "--question", "strategy", "--by", "region"]);

    insta::assert_snapshot!(run.stdout, @r"
    strategy: Does your municipality have a strategy?
      item  label  estimator   group              wave  number  low  high    n  note
      yes   Yes    proportion  region = flanders  2017     30%  21%   40%  100
      no    No     proportion  region = flanders  2017     70%  60%   79%  100
      yes   Yes    proportion  region = brussels  2017     20%   3%   56%   10  low_n
      no    No     proportion  region = brussels  2017     80%  44%   97%   10  low_n
      yes   Yes    proportion  region = wallonia  2017     32%  23%   42%  100
      no    No     proportion  region = wallonia  2017     68%  58%   77%  100
      yes   Yes    proportion  region = flanders  2018     61%  51%   71%  100
      no    No     proportion  region = flanders  2018     39%  29%   49%  100
      yes   Yes    proportion  region = brussels  2018     90%  55%  100%   10  low_n
      no    No     proportion  region = brussels  2018     10%  <1%   45%   10  low_n
      yes   Yes    proportion  region = wallonia  2018     60%  50%   70%  100
      no    No     proportion  region = wallonia  2018     40%  30%   50%  100
    ");
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn without_a_choice_they_are_the_published_files() {
    let project = answers::report();
    project.built();

    assert_eq!(
        project.run(&["results", "--format", "csv"]).stdout,
        project.page("data/results.csv")
    );
    assert_eq!(
        project.run(&["results", "--format", "json"]).stdout,
        project.page("data/results.json")
    );
}

#[test]
fn only_those_that_are_asked_for_are_printed() {
    let run = answers::report().run(&[
        "results",
        "--question",
        "themes",
        "--by",
        "all",
        "--format",
        "json",
    ]);

    let results: Value = serde_json::from_str(&run.stdout).unwrap();
    // Four options and the mean number of them in two waves, four printed figures; six pairs of
    // options in two waves, four changes, and four among those who answered twice.
    for (kind, count) in [("estimates", 2 * 5 + 4), ("tests", 2 * 6 + 4 + 4)] {
        let rows = results[kind].as_array().unwrap();
        let wanted = |row: &Value| row["question"] == "themes" && row["group_var"] == "all";
        assert!(rows.iter().all(wanted), "{rows:?}");
        assert_eq!(rows.len(), count, "{kind}");
    }
}

#[test]
fn a_crossing_is_named_as_in_the_settings_or_as_in_the_file() {
    let project = Project::copy_of(&fixtures().join("kinds")).change(
        "barometer.toml",
        "breakdowns = ",
        "crossings = [\"region*nature\"]\nbreakdowns = ",
    );

    for name in ["region*nature", "region_x_nature"] {
        let run = project.run(&["results", "--by", name, "--format", "csv"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(2 < run.stdout.lines().count());
        assert!(run.stdout.lines().skip(1).all(|line| line.contains(",region_x_nature,")));
    }
}

#[test]
fn a_name_that_the_codebook_lacks_is_told_with_the_nearest() {
    let project = Project::small();

    insta::assert_snapshot!(project.run(&["results", "--question", "thems"]).stderr, @r"
    error[B402]: the codebook has no question `thems`
     = help: Did you mean `themes`?

    1 error; no numbers
    ");
    insta::assert_snapshot!(project.run(&["results", "--by", "regio"]).stderr, @r"
    error[B404]: there is no breakdown `regio`
     = help: Did you mean `region`?

    1 error; no numbers
    ");
    assert_eq!(project.run(&["results", "--by", "regio"]).code, 1);
}

#[test]
fn mistakes_of_the_chapters_do_not_matter_and_those_of_the_data_do() {
    let project = Project::small().change("content/en/themes.md", "energy", "enrgy");
    assert_eq!(project.run(&["build"]).code, 1);
    assert_eq!(project.run(&["results"]).code, 0);

    let project =
        Project::small().change("data/2018/published.csv", "themes,energy", "themes,enrgy");
    let run = project.run(&["results"]);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains("error[B215]"), "{}", run.stderr);
}
