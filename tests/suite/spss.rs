//! Data files of SPSS: packed ones, multiple-response sets, weights. Which
//! files are whose: `tests/fixtures/exports/SOURCES.md`.

use crate::project::{Project, Run, fixtures};

fn file(name: &str) -> Vec<u8> {
    std::fs::read(fixtures().join("exports/spss").join(name)).unwrap()
}

#[track_caller]
fn import(name: &str, bytes: &[u8]) -> (Project, Run) {
    let project = Project::empty().file(name, bytes);
    let run = project.run(&["import", name, "--wave", "1"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    (project, run)
}

fn text(project: &Project, path: &str) -> String {
    std::fs::read_to_string(project.path().join(path)).unwrap()
}

/// The sums of the columns that begin so, and how many rows have an answer.
fn ticks(project: &Project, begin: &str) -> (Vec<usize>, usize) {
    let table = text(project, "data/1/responses.csv");
    let mut rows = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = rows.next().unwrap();
    let columns: Vec<usize> =
        (0..header.len()).filter(|at| header[*at].starts_with(begin)).collect();
    let rows: Vec<Vec<&str>> = rows.collect();
    let sum = |at: &usize| rows.iter().filter(|row| row[*at] == "1").count();
    let base = rows.iter().filter(|row| !row[columns[0]].is_empty()).count();
    (columns.iter().map(sum).collect(), base)
}

/// The invented file with a record of multiple-response sets before the
/// record that ends its dictionary.
fn with_sets(kind: i32, sets: &str) -> Vec<u8> {
    let mut bytes = file("invented.sav");
    let end = [999i32, 0].map(i32::to_le_bytes).concat();
    let at = bytes.windows(8).position(|window| window == end).unwrap();
    let length = i32::try_from(sets.len()).unwrap();
    let mut record = [7, kind, 1, length].map(i32::to_le_bytes).concat();
    record.extend(sets.as_bytes());
    bytes.splice(at..at, record);
    bytes
}

#[test]
fn a_packed_file_gives_what_the_same_file_gives() {
    let (plain, run) = import("answers.sav", &file("invented.sav"));
    let (packed, other) = import("answers.zsav", &file("invented.zsav"));

    for path in ["data/1/responses.csv", "data/codebook/survey.csv", "data/codebook/choices.csv"] {
        assert_eq!(text(&plain, path), text(&packed, path));
    }
    for run in [run, other] {
        assert!(
            run.stdout.contains("spss (its first bytes are those of a data file)"),
            "{}",
            run.stdout
        );
    }
    // One that SPSS itself packed.
    let (project, _) = import("packed.zsav", &file("packed.zsav"));
    let rows = text(&project, "data/1/responses.csv");
    assert!(rows.starts_with("id,var1,var2,var3\n1-001,Test1,1,1\n"), "{rows}");
}

#[test]
fn a_set_of_dichotomies_is_one_question() {
    // The sums were counted by pandas.
    let sets = "$media=D1 1 17 Media ooit gezien m1 m2 m3\n";
    let (project, run) = import("answers.sav", &with_sets(7, sets));

    assert!(run.stdout.contains("multiple responses `media` of m1, m2, m3"), "{}", run.stdout);
    assert_eq!(ticks(&project, "media_"), (vec![87, 93, 94], 180));
    let survey = text(&project, "data/codebook/survey.csv");
    assert!(survey.contains("select_multiple media,media,Media ooit gezien"), "{survey}");
    let choices = text(&project, "data/codebook/choices.csv");
    assert!(choices.contains("media,m2,Radio"), "{choices}");
    // Named by the counted value, options are called as the value is.
    let sets = "$media=E 1 1 1 17 Media ooit gezien m1 m2 m3\n";
    let (project, _) = import("answers.sav", &with_sets(19, sets));
    assert_eq!(ticks(&project, "media_"), (vec![87, 93, 94], 180));
}

#[test]
fn a_set_of_categories_is_one_question() {
    let (project, _) = import("answers.sav", &with_sets(7, "$concern=C 8 Concerns c1 c2\n"));

    assert_eq!(ticks(&project, "concern_"), (vec![101, 95, 101], 200));
    let choices = text(&project, "data/codebook/choices.csv");
    assert!(choices.contains("concern,3,Lärm"), "{choices}");
}

#[test]
fn a_set_that_cannot_be_read_leaves_its_variables_as_they_are() {
    let (whole, _) = import("answers.sav", &file("invented.sav"));
    for sets in ["$a=D1 1 99 cut m1 m2", "$b=C 4 none no1 no2\n", "$c=C 3 one c1\n", "\u{0}\n=="] {
        let (project, _) = import("answers.sav", &with_sets(7, sets));
        let path = "data/codebook/survey.csv";
        assert_eq!(text(&project, path), text(&whole, path), "{sets}");
    }
}

#[test]
fn sets_and_the_weight_of_a_file_of_spss_itself_are_read() {
    let (project, run) = import("sets.sav", &file("sets.sav"));

    assert!(run.stdout.contains("weighed by `weightVar`"), "{}", run.stdout);
    let header = text(&project, "data/1/responses.csv").lines().next().unwrap().to_owned();
    assert!(header.contains(",V_V1,V_V2,V_V3,"), "{header}");
    assert!(header.ends_with(",weightVar"), "{header}");
    // Incomes of three years are no ranking.
    assert!(!text(&project, "data/codebook/survey.csv").contains("rank "));
}
