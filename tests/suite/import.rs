//! Exports of survey tools become the codebook and the answers that they
//! hold; from each a report is built. `tests/fixtures/exports/SOURCES.md`
//! says where the files come from.

use std::fs;

use crate::project::{Project, Run, fixtures, run_in};

/// A table that an import wrote.
struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn read(project: &Project, path: &str) -> Self {
        let text = fs::read_to_string(project.path().join(path)).unwrap();
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let row = |row: csv::StringRecord| row.iter().map(str::to_owned).collect();
        Self { header, rows: reader.records().map(Result::unwrap).map(row).collect() }
    }

    #[track_caller]
    fn column(&self, name: &str) -> Vec<&str> {
        let at = self.header.iter().position(|own| own == name);
        let at = at.ok_or_else(|| format!("no column {name} in {:?}", self.header)).unwrap();
        self.rows.iter().map(|row| row[at].as_str()).collect()
    }

    /// How often each option was given, the most frequent first: of one
    /// column, or of the 0/1 columns of a multiple choice.
    fn counts(&self, name: &str) -> Vec<usize> {
        let ticks = self.header.iter().filter(|own| own.starts_with(&format!("{name}_")));
        let mut counts: Vec<usize> = if self.header.iter().any(|own| own == name) {
            let cells = self.column(name);
            let mut options: Vec<&str> =
                cells.iter().filter(|cell| !cell.is_empty()).copied().collect();
            options.sort_unstable();
            options.dedup();
            options
                .iter()
                .map(|option| cells.iter().filter(|cell| cell == &option).count())
                .collect()
        } else {
            ticks.map(|own| self.column(own).iter().filter(|cell| **cell == "1").count()).collect()
        };
        counts.sort_unstable_by(|a, b| b.cmp(a));
        counts.retain(|count| 0 < *count);
        counts
    }

    fn sum(&self, name: &str) -> (usize, f64) {
        let cells = self.column(name);
        let numbers: Vec<f64> = cells
            .iter()
            .filter(|cell| !cell.is_empty())
            .map(|cell| cell.parse().unwrap())
            .collect();
        (numbers.len(), numbers.iter().sum())
    }
}

fn exports(folder: &str, names: &[&str]) -> Vec<String> {
    let path =
        |name: &&str| fixtures().join("exports").join(folder).join(name).display().to_string();
    names.iter().map(path).collect()
}

/// Runs `import` in an empty folder.
fn import(folder: &str, names: &[&str], options: &[&str]) -> (Project, Run) {
    let project = Project::empty();
    let files = exports(folder, names);
    let mut arguments = vec!["import"];
    arguments.extend(files.iter().map(String::as_str));
    arguments.extend(["--wave", "2018"]);
    arguments.extend(options);
    let run = project.run(&arguments);
    (project, run)
}

fn answers(project: &Project) -> Table {
    Table::read(project, "data/2018/responses.csv")
}

/// `new --from` then `build`: a site without an error.
#[track_caller]
fn builds(folder: &str, names: &[&str]) {
    let place = tempfile::tempdir().unwrap();
    let files = exports(folder, names);
    let mut arguments = vec!["new", "report", "--from"];
    arguments.extend(files.iter().map(String::as_str));
    let made = run_in(place.path(), &arguments);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let built = run_in(place.path(), &["build", "report"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    assert!(place.path().join("report/public/index.html").exists());
}

/// What 34 finished respondents answered, whatever the tool.
struct Facts {
    rows: usize,
    region: &'static [usize],
    stage: &'static [usize],
    themes: &'static [usize],
    second: &'static [usize],
}

const FACTS: Facts = Facts {
    rows: 34,
    region: &[18, 8, 8],
    stage: &[13, 8, 7, 3, 3],
    themes: &[21, 17, 13, 10, 7, 6, 4],
    second: &[10, 8, 6, 4, 4, 1],
};

/// Where typed answers stand in the place of the option: three alike are an
/// option of their own.
const TYPED: Facts = Facts { themes: &[21, 17, 13, 10, 7, 6, 3, 1], ..FACTS };
/// A code for "no answer" is one more answer.
const CODED: Facts = Facts { second: &[10, 8, 6, 4, 4, 1, 1], ..FACTS };
/// No mark of those who did not finish.
const UNMARKED: Facts = Facts {
    rows: 38,
    region: &[18, 11, 9],
    stage: &[15, 9, 8, 3, 3],
    themes: &[22, 20, 16, 10, 8, 8, 4],
    ..FACTS
};

#[track_caller]
fn communes(names: &[&str], facts: &Facts, keys: [&str; 7]) {
    let (project, run) = import("communes", names, &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let table = answers(&project);
    let [region, stage, themes, second, score, rank, budget] = keys;
    assert_eq!(table.rows.len(), facts.rows);
    assert_eq!(table.counts(region), facts.region, "region");
    assert_eq!(table.counts(stage), facts.stage, "stage");
    assert_eq!(table.counts(themes), facts.themes, "themes");
    assert_eq!(table.counts(second), facts.second, "second statement");
    assert_eq!(table.sum(score), (34, 173.0), "score");
    if !rank.is_empty() {
        assert_eq!(table.counts(&format!("{rank}_1")), [11, 11, 7, 5], "first rank");
        assert_eq!(table.counts(&format!("{rank}_4")), [10, 10, 7, 5], "last rank");
    }
    assert_eq!(table.sum(budget), (29, 7977.0), "budget");
    let text = format!("{:?} {:?}", table.header, table.rows);
    for personal in ["@example.org", "192.0.2.", "guichet", "Modèle", "tk23757"] {
        assert!(!text.contains(personal), "{personal} came in");
    }
    builds("communes", names);
}

const WORDED: [&str; 7] = [
    "dans_quelle_region_se_trouve_votre",
    "ou_en_est_votre_projet_principal",
    "sur_quels_themes_travaillez_vous",
    "etes_vous_daccord_le_personnel_est_forme",
    "de_0_a_10_quelle_note_donnez_vous_a",
    "classez_les_freins_du_plus_fort_au_moins",
    "budget_annuel_du_projet_en_milliers",
];
const ALONE: [&str; 7] =
    [WORDED[0], WORDED[1], WORDED[2], "le_personnel_est_forme", WORDED[4], WORDED[5], WORDED[6]];
const CODES: [&str; 7] = ["region", "stade", "themes", "accord_a2", "score", "freins", "budget"];
const QUALTRICS: [&str; 7] = ["Q1", "Q2", "Q3", "Q4_2", "Q5", "Q6", "Q7"];
const PLAIN: [&str; 7] = ["REG", "STADE", "TH", "ACC2", "NOTE", "FR", "BUDGET"];

macro_rules! communes {
    ($($test:ident: $files:expr, $facts:expr, $keys:expr;)+) => {
        $(#[test] fn $test() { communes(&$files, &$facts, $keys); })+
    };
}

communes! {
    limesurvey_in_codes: ["limesurvey-codes.csv"], FACTS, CODES;
    limesurvey_in_words: ["limesurvey-full.csv"], FACTS, WORDED;
    limesurvey_with_its_structure: ["limesurvey-codes.csv", "limesurvey-structure.txt"], FACTS, CODES;
    limesurvey_in_words_with_its_structure: ["limesurvey-full.csv", "limesurvey-structure.txt"], FACTS, CODES;
    google_sheets: ["google-sheets-fr.csv"], TYPED, WORDED;
    google_forms: ["google-forms-download.csv"], TYPED, WORDED;
    kobo_in_names: ["kobo-xml-values.csv"], FACTS, CODES;
    kobo_in_words: ["kobo-labels-fr.csv"], FACTS, ALONE;
    kobo_with_its_form: ["kobo-labels-fr.csv", "kobo-form.xlsx"], FACTS, CODES;
    microsoft_saved_by_excel: ["msforms-fr-excel.csv"], TYPED, ALONE;
    qualtrics_in_words: ["qualtrics-text-joined.csv"], FACTS, QUALTRICS;
    qualtrics_in_numbers: ["qualtrics-numeric-split.csv"], FACTS, QUALTRICS;
    surveymonkey: ["surveymonkey-expanded.csv"], UNMARKED, WORDED;
    framaforms: ["framaforms.csv"], FACTS, [WORDED[0], WORDED[1], WORDED[2], WORDED[3], WORDED[4], "", WORDED[6]];
    plain_with_its_codebook: ["plain-fr.csv", "plain-fr-codebook.csv"], CODED, PLAIN;
    spss_with_its_labels: ["spss-values.csv", "spss-labels.csv"], CODED, PLAIN;
    spss_as_its_own_file: ["spss.sav"], CODED, PLAIN;
    spss_in_words: ["spss-labels.csv"], CODED, PLAIN;
}

#[test]
fn microsoft_forms_in_a_dutch_workbook() {
    let (project, run) = import("communes", &["msforms-nl.xlsx"], &[]);

    assert_eq!(run.code, 0, "{}", run.stderr);
    let table = answers(&project);
    assert_eq!(table.counts("in_welk_gewest_ligt_uw_gemeente"), FACTS.region);
    assert_eq!(table.counts("het_personeel_is_opgeleid"), FACTS.second);
    builds("communes", &["msforms-nl.xlsx"]);
}

#[test]
fn odk_central_leaves_out_what_was_rejected() {
    let (project, run) = import("communes", &["odk-central.csv", "kobo-form.xlsx"], &[]);

    assert!(
        run.stdout.contains("34 in the file, 33 kept, 1 left out: 1 rejected"),
        "{}",
        run.stdout
    );
    // Its 0/1 columns are 0 for those who were not asked: seven answers stay empty.
    let asked =
        answers(&project).column("themes_ene").iter().filter(|cell| !cell.is_empty()).count();
    assert!(asked < 28, "{asked}");
    builds("communes", &["odk-central.csv"]);
}

#[test]
fn a_structure_brings_languages_options_and_their_order() {
    let (project, _) =
        import("communes", &["limesurvey-codes.csv", "limesurvey-structure.txt"], &[]);

    let survey = Table::read(&project, "data/codebook/survey.csv");
    let choices = Table::read(&project, "data/codebook/choices.csv");
    assert_eq!(survey.column("label::nl")[0], "In welk gewest ligt uw gemeente?");
    let first: Vec<_> = choices.column("name").into_iter().take(3).collect();
    assert_eq!(first, ["rw", "vl", "br"]);
    let off = choices.rows.iter().find(|row| row.contains(&"Sans avis".to_owned())).unwrap();
    assert!(off.contains(&"dont_know".to_owned()), "{off:?}");
}

#[test]
fn structures_alone_give_a_codebook() {
    for (folder, file) in [
        ("limesurvey", "citric-answers.lss"),
        ("xlsform", "widgets.csv"),
        ("xlsform", "or_other.xlsx"),
    ] {
        let (project, run) = import(folder, &[file], &[]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(!project.path().join("data/2018").exists());
        builds(folder, &[file]);
    }
    let (project, run) = import("limesurvey", &["citric-answers.lss"], &[]);
    let choices = Table::read(&project, "data/codebook/choices.csv");
    assert!(run.stdout.starts_with("6 questions, no answers"));
    assert_eq!(
        choices.column("label::en"),
        [
            "First option",
            "Second option",
            "Third option",
            "Too much",
            "More than I like",
            "Just Right",
            "Less than I like",
            "Too little"
        ]
    );
    let (_, run) = import("xlsform", &["widgets.csv"], &[]);
    assert!(run.stdout.contains("my_geopoint (geopoint)"), "{}", run.stdout);
}

#[test]
fn mac_roman_and_a_grid_by_its_common_wording() {
    let (project, run) = import("fivethirtyeight", &["food-world-cup-80.csv"], &[]);

    assert!(run.stdout.contains("Mac Roman"), "{}", run.stdout);
    let table = answers(&project);
    assert_eq!((table.rows.len(), table.header.len()), (80, 48));
    let survey = fs::read_to_string(project.path().join("data/codebook/survey.csv")).unwrap();
    assert!(survey.contains("begin_group") && survey.contains(",Algeria,"), "{survey}");
    assert!(!survey.contains('Ê'));
    builds("fivethirtyeight", &["food-world-cup-80.csv"]);
}

#[test]
fn a_single_choice_spread_over_columns_is_one() {
    let (project, _) = import("fivethirtyeight", &["SOUTH-80.csv"], &[]);

    let table = answers(&project);
    assert_eq!(table.rows.len(), 80);
    assert_eq!(table.counts("how_much_if_at_all_do_you_personally").iter().sum::<usize>(), 80);
    let choices = Table::read(&project, "data/codebook/choices.csv");
    // Nobody is under 18: the option stays, as text.
    assert!(choices.column("label").contains(&"< 18"));
    builds("fivethirtyeight", &["SOUTH-80.csv"]);
}

#[test]
fn reasons_for_missing_answers_give_one_base() {
    for (file, missing) in [
        ("colors.csv", "REFUSED,OMITTED,N/A"),
        ("colors_coded.csv", "-97,-98,-99"),
        ("colors_coded_char.csv", ".,.a,.b"),
    ] {
        let (project, run) = import("interlacer", &[file], &["--missing", missing]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let table = answers(&project);
        assert_eq!(table.sum("age"), (8, 203.0), "{file}");
        assert_eq!(table.counts("favorite_color"), [2, 2, 1], "{file}");
    }
    // The data file itself says which values of a number are none.
    let (project, _) = import("interlacer", &["colors.sav"], &[]);
    assert_eq!(answers(&project).sum("age"), (8, 203.0));
    let (_, run) = import("interlacer", &["colors.csv"], &[]);
    assert!(
        run.stdout.contains("3 cells are no number and read as empty: `OMITTED` 1, `REFUSED` 2"),
        "{}",
        run.stdout
    );
}

#[test]
fn repeats_are_no_respondents() {
    let (_, run) = import("odk", &["nested-repeats-g1.csv"], &[]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("3 rows that are no respondents"), "{}", run.stderr);
    for file in ["choice-lists.csv", "all-data-types.csv", "nested-repeats.csv"] {
        builds("odk", &[file]);
    }
}

#[test]
fn a_corrupt_file_writes_nothing_and_its_sound_sibling_imports() {
    let (project, run) = import("uci", &["student-mat-20.csv"], &[]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("line 2: 33 cells were expected, 1 was found"), "{}", run.stderr);
    assert!(!project.path().join("data").exists());

    let (project, _) = import("uci", &["student-por-20.csv"], &["--keep", "address"]);
    let table = answers(&project);
    assert_eq!((table.rows.len(), table.header.len()), (20, 34));
    builds("uci", &["student-por-20.csv"]);
}

#[test]
fn every_row_is_kept_or_told() {
    let text = "id,submitdate,lastpage,startlanguage,seed,q1,q2\n\
        1,2018-01-01 10:00:00,1,fr,1,a,b\n\
        2,,1,fr,1,a,\n\
        3,2018-01-01 10:00:00,1,fr\n\
        4,2018-01-02 10:00:00,1,fr,1,b,b\n\
        ,,,,,,\n";
    let project = Project::empty().file("export.csv", text);

    let run = project.run(&["import", "export.csv"]);

    assert!(
        run.stdout.contains("4 in the file, 2 kept, 2 left out: 1 not finished (no date of submission); 1 broken (line 4) (1 blank line)"),
        "{}",
        run.stdout
    );
    assert!(run.stderr.contains("line 4"), "{}", run.stderr);
    assert_eq!(answers(&project).rows.len(), 2);
}

#[test]
fn nothing_is_written_by_a_dry_run() {
    let (project, run) = import("communes", &["limesurvey-codes.csv"], &["--dry-run"]);

    assert_eq!(run.code, 0);
    assert!(run.stdout.contains("nothing was written"));
    assert_eq!(fs::read_dir(project.path()).unwrap().count(), 0);
}

#[test]
fn what_is_left_out_comes_in_when_asked_for() {
    let (project, _) = import(
        "communes",
        &["limesurvey-codes.csv"],
        &["--keep", "comment", "--keep", "token", "--partial"],
    );

    let table = answers(&project);
    assert_eq!(table.rows.len(), 38);
    assert!(table.column("comment").contains(&"Il manque un « guichet » unique"));
    assert!(table.header.contains(&"token".to_owned()));
}

#[test]
fn a_text_that_a_spreadsheet_would_run_is_made_harmless() {
    let project = Project::empty().file("a.csv", "Size,Any comment?\nbig,=SOMME(A1:A3)\nsmall,plain words here\nbig,\nbig,\nsmall,\nsmall,\n");

    let run = project.run(&["import", "a.csv", "--wave", "2018", "--keep", "Any comment?"]);

    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(answers(&project).column("any_comment").contains(&"'=SOMME(A1:A3)"));
}

#[test]
fn a_line_that_names_the_delimiter_is_no_header() {
    let project =
        Project::empty().file("a.csv", "sep=;\nSize;Taste\nbig;sweet\nsmall;sour\nbig;sour\n");

    let run = project.run(&["import", "a.csv", "--wave", "2018"]);

    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(answers(&project).column("Size"), ["big", "small", "big"]);
}

#[test]
fn damaged_characters_and_names_that_meet_are_survived() {
    let text = "Themes_other,Themes1,Themes2,Themes_1\nx,1,0,a\u{1}\ny,0,1,b\nx,1,1,a\nx,1,0,b\ny,0,1,b\ny,1,1,a\n";
    let project = Project::empty().file("a.csv", text);

    let run = project.run(&["import", "a.csv", "--wave", "2018"]);

    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("holds 1 control characters"), "{}", run.stderr);
    assert_eq!(
        answers(&project).header,
        ["id", "Themes_other", "Themes_1", "Themes_2", "Themes_1_2"]
    );
}

#[test]
fn a_later_export_keeps_what_the_author_edited() {
    let later =
        fs::read_to_string(fixtures().join("exports/communes/limesurvey-codes.csv")).unwrap();
    let lines: Vec<&str> = later.lines().collect();
    let project =
        Project::empty().file("first.csv", lines[..20].join("\n")).file("later.csv", &later);
    assert_eq!(project.run(&["import", "first.csv"]).code, 0);
    let project = project
        .change(
            "data/codebook/survey.csv",
            "select_one region,region,region,",
            "select_one region,region,Dans quelle Région ?,",
        )
        .change("data/codebook/choices.csv", "region,vl,vl,", "region,vl,La Flandre,");
    let before = answers(&project).rows.len();

    let run = project.run(&["import", "later.csv"]);

    assert_eq!(run.code, 0, "{}", run.stderr);
    let read = |path: &str| fs::read_to_string(project.path().join(path)).unwrap();
    assert!(read("data/codebook/survey.csv").contains("Dans quelle Région ?"));
    assert!(read("data/codebook/choices.csv").contains("La Flandre"));
    assert_eq!(read("data/codebook/survey.csv").matches("region,region,").count(), 1);
    assert_eq!(answers(&project).rows.len(), 34);
    assert!(
        run.stdout.contains(&format!("{before} of {before} rows are as they were")),
        "{}",
        run.stdout
    );
}

#[test]
fn answers_of_another_wave_are_not_overwritten() {
    let project = Project::empty()
        .file(
            "a.csv",
            "Taste,Size\nsweet,big\nsour,big\nsweet,small\nsour,small\nsweet,big\nsour,big\n",
        )
        .file(
            "b.csv",
            "Taste,Size\nbitter,huge\nsalt,tiny\nbitter,tiny\nsalt,huge\nbitter,huge\nsalt,tiny\n",
        );
    assert_eq!(project.run(&["import", "a.csv", "--wave", "2018"]).code, 0);
    let before = fs::read(project.path().join("data/2018/responses.csv")).unwrap();

    let run = project.run(&["import", "b.csv", "--wave", "2018"]);

    assert_eq!(run.code, 1, "{}", run.stdout);
    assert!(run.stderr.contains("has other answers: 0 of its 6 rows come again"), "{}", run.stderr);
    assert_eq!(fs::read(project.path().join("data/2018/responses.csv")).unwrap(), before);
    assert_eq!(project.run(&["import", "b.csv", "--wave", "2018", "--replace"]).code, 0);
    assert_eq!(project.run(&["import", "a.csv", "--wave", "2019"]).code, 0);
}

#[test]
fn detection_can_be_overruled_and_unknown_names_are_wrong_usage() {
    let (_, run) = import("communes", &["limesurvey-codes.csv"], &["--format", "plain"]);
    assert!(run.stdout.contains("plain (asked for with --format)"), "{}", run.stdout);
    for wrong in [
        ["--format", "lemon"],
        ["--encoding", "klingon"],
        ["--delimiter", "xx"],
        ["--headers", "9"],
        ["--languages", "?"],
    ] {
        let (_, run) = import("communes", &["limesurvey-codes.csv"], &wrong);
        assert_eq!(run.code, 2, "{wrong:?}");
    }
}

#[test]
fn the_report_of_an_import_says_what_was_decided() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(fixtures().join("../snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        for (name, files) in [
            ("import-limesurvey", &["limesurvey-codes.csv"][..]),
            ("import-google", &["google-sheets-fr.csv"]),
            ("import-plain", &["plain-fr.csv", "plain-fr-codebook.csv"]),
        ] {
            let (_, run) = import("communes", files, &["--dry-run"]);
            insta::assert_snapshot!(name, run.stdout);
        }
    });
}

#[test]
fn a_new_report_builds_in_every_choice_of_languages() {
    for languages in ["fr", "nl,fr", "en,nl,fr"] {
        let place = tempfile::tempdir().unwrap();
        let made = run_in(place.path(), &["new", "report", "--languages", languages]);
        assert_eq!(made.code, 0, "{}", made.stderr);
        let built = run_in(place.path(), &["build", "report"]);
        assert_eq!(built.code, 0, "{}", built.stderr);
        assert_eq!(built.stderr.matches("warning[").count(), 1, "{}", built.stderr);
        let page = fs::read_to_string(place.path().join("report/public/opinions.html")).unwrap();
        assert!(page.contains("<svg"));
    }
}

#[test]
fn a_new_report_never_overwrites_a_file() {
    let project = Project::empty().file("README.md", "mine");

    let run = project.run(&["new", "."]);

    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("README.md"), "{}", run.stderr);
    assert_eq!(fs::read_dir(project.path()).unwrap().count(), 1);
}

/// Runs the commands of the tutorial as they are written.
#[test]
fn the_tutorial_works_as_it_is_written() {
    let text =
        fs::read_to_string(crate::project::root().join("docs/content/en/tutorial.md")).unwrap();
    let place = tempfile::tempdir().unwrap();
    let export = fixtures().join("exports/communes/google-sheets-fr.csv");
    fs::copy(export, place.path().join("reponses.csv")).unwrap();
    let mut ran = 0;
    for block in text.split("```sh\n").skip(1) {
        let commands = block.split("```").next().unwrap_or_default();
        for command in commands.lines() {
            let arguments: Vec<&str> =
                command.strip_prefix("barometer ").unwrap().split(' ').collect();
            let run = run_in(place.path(), &arguments);
            assert_eq!(run.code, 0, "{command}: {}", run.stderr);
            ran += 1;
        }
    }
    assert_eq!(ran, 5);
    let page = fs::read_to_string(place.path().join("rapport/public/answers.html")).unwrap();
    assert!(page.contains("<svg"));
}
