//! Workbooks as people lay them out: merged cells, titles over the table.
//! The answers are invented.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

use crate::project::{Project, Run};
use crate::tables::{lines, questions};

type Rows = Vec<Vec<String>>;

/// A workbook of texts: the name, the rows and the merged cells, such as
/// `B1:D1`, of each sheet.
fn sheets(all: &[(&str, &Rows, &[&str])]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let (mut names, mut targets, mut files) = (vec![], vec![], vec![]);
    for (at, (name, rows, merged)) in all.iter().enumerate() {
        let id = at + 1;
        names.push(format!("<sheet name=\"{name}\" sheetId=\"{id}\" r:id=\"rId{id}\"/>"));
        targets.push(format!(
            "<Relationship Id=\"rId{id}\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet{id}.xml\"/>"
        ));
        files.push((
            format!("xl/worksheets/sheet{id}.xml"),
            format!("<worksheet xmlns=\"{main}\">{}</worksheet>", data(rows, merged)),
        ));
    }
    let (names, targets) = (names.join(""), targets.join(""));
    files.push(("_rels/.rels".to_owned(), format!("<Relationships xmlns=\"{package}\"><Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")));
    files.push((
        "xl/workbook.xml".to_owned(),
        format!(
            "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets>{names}</sheets></workbook>"
        ),
    ));
    files.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!("<Relationships xmlns=\"{package}\">{targets}</Relationships>"),
    ));
    let mut archive = zip::ZipWriter::new(Cursor::new(vec![]));
    for (name, text) in files {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The rows of a sheet and its merged cells.
fn data(rows: &Rows, merged: &[&str]) -> String {
    let cell = |text: &String| match text.as_str() {
        "" => "<c/>".to_owned(),
        _ => format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"),
    };
    let row = |cells: &Vec<String>| {
        let cells: Vec<String> = cells.iter().map(cell).collect();
        format!("<row>{}</row>", cells.join(""))
    };
    let rows: Vec<String> = rows.iter().map(row).collect();
    let merged: Vec<String> =
        merged.iter().map(|cells| format!("<mergeCell ref=\"{cells}\"/>")).collect();
    let merged = match merged.join("") {
        none if none.is_empty() => none,
        some => format!("<mergeCells>{some}</mergeCells>"),
    };
    format!("<sheetData>{}</sheetData>{merged}", rows.join(""))
}

fn cells(row: &str) -> Vec<String> {
    row.split('|').map(str::to_owned).collect()
}

#[track_caller]
fn import(rows: &Rows, merged: &[&str]) -> (Project, Run) {
    let project = Project::empty().file("answers.xlsx", sheets(&[("Data", rows, merged)]));
    let run = project.run(&["import", "answers.xlsx", "--wave", "2018"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    (project, run)
}

/// A grid of three lines and a region, `count` respondents.
fn answers(count: usize) -> Rows {
    let words = ["bad", "fair", "good"];
    let row = |at: usize| {
        cells(&format!(
            "{}|{}|{}|{}",
            ["North", "South"][usize::from(count <= at * 2)],
            words[at % 3],
            words[(at / 2) % 3],
            words[(at / 3) % 3]
        ))
    };
    (0..count).map(row).collect()
}

#[test]
fn a_heading_merged_over_columns_is_the_question_of_each() {
    let mut rows = vec![
        cells("Survey of transport, 2018|||"),
        cells("Region|How do you find these?||"),
        cells("|Bus|Train|Own bike"),
    ];
    rows.extend(answers(20));

    // With the name of the region merged down, with a blank under it, and with
    // blanks merged beside the table.
    for merged in
        [&["A1:D1", "A2:A3", "B2:D2"][..], &["A1:D1", "B2:D2"], &["A1:D1", "B2:D2", "H2:K3"]]
    {
        let (project, run) = import(&rows, merged);

        assert!(run.stdout.contains("20 in the file, 20 kept"), "{}", run.stdout);
        let told = "title      row 1 stands over the table: `Survey of transport, 2018`";
        assert!(run.stdout.contains(told), "{}", run.stdout);
        let told = "merged     2 header rows are read as one, `Question [Line]`";
        assert!(run.stdout.contains(told), "{}", run.stdout);
        let all = questions(&project).join("\n");
        assert!(all.contains("begin_group,how_do_you_find_these,How do you find these?"), "{all}");
        assert!(all.contains(",how_do_you_find_these_own_bike,Own bike"), "{all}");
        assert!(all.contains(",Region,Region"), "{all}");
    }
}

#[test]
fn a_heading_over_columns_without_a_row_of_lines_names_each() {
    let mut rows = vec![cells("Region|How do you find these?||")];
    rows.extend(answers(20));

    let (project, run) = import(&rows, &["B1:D1"]);

    assert!(run.stdout.contains("20 in the file, 20 kept"), "{}", run.stdout);
    let told = "merged     a heading over several columns is that of each";
    assert!(run.stdout.contains(told), "{}", run.stdout);
    let asked = questions(&project);
    let own = asked.iter().filter(|line| line.contains("How do you find these?")).count();
    assert_eq!(own, 3, "{asked:?}");
}

#[test]
fn an_answer_merged_down_rows_holds_for_each_of_them() {
    let mut rows = vec![cells("Region|bus|train|bike")];
    rows.extend(answers(20));
    for row in rows.iter_mut().skip(1) {
        row[0].clear();
    }
    "North".clone_into(&mut rows[1][0]);
    "South".clone_into(&mut rows[11][0]);

    let (project, run) = import(&rows, &["A2:A11", "A12:A21"]);

    let told = "merged     2 answers go down several rows and hold for each (18 cells filled)";
    assert!(run.stdout.contains(told), "{}", run.stdout);
    let answers = lines(&project, "data/2018/responses.csv");
    assert_eq!(answers.iter().filter(|line| line.contains(",North,")).count(), 10, "{answers:?}");
    assert_eq!(answers.iter().filter(|line| line.contains(",South,")).count(), 10, "{answers:?}");
    assert!(run.stderr.is_empty(), "{}", run.stderr);
}

#[test]
fn a_merged_answer_right_under_a_merged_heading_holds_too() {
    let mut rows = vec![cells("Region|How do you find these?||"), cells("|Bus|Train|Own bike")];
    rows.extend(answers(20));
    rows.iter_mut().skip(3).take(9).for_each(|row| row[0].clear());

    let (project, run) = import(&rows, &["A1:A2", "B1:D1", "A3:A12"]);

    assert!(run.stdout.contains("(9 cells filled)"), "{}", run.stdout);
    let answers = lines(&project, "data/2018/responses.csv");
    assert_eq!(answers.iter().filter(|line| line.contains(",North,")).count(), 10, "{answers:?}");
}

#[test]
fn notes_before_the_answers_are_no_answers() {
    let mut table = vec![cells("Answers of March|||"), cells("Region|bus|train|bike")];
    table.extend(answers(20));
    let notes = vec![cells("Made by the office of statistics"), cells("Not to be given away")];
    let book = sheets(&[("Read me", &notes, &[]), ("Answers", &table, &[])]);
    let project = Project::empty().file("answers.xlsx", book);

    let run = project.run(&["import", "answers.xlsx", "--wave", "2018"]);

    assert!(run.stdout.contains("workbook   sheet `Answers`"), "{}", run.stdout);
    assert!(run.stdout.contains("not read   `Read me` beside it"), "{}", run.stdout);
    assert!(run.stdout.contains("title      row 1 stands over the table"), "{}", run.stdout);
    assert!(run.stdout.contains("20 in the file, 20 kept"), "{}", run.stdout);
}

#[test]
fn a_title_between_respondents_is_none_and_an_answer_over_columns_is_told() {
    let mut rows = vec![cells("Region|bus|train|bike")];
    rows.extend(answers(20));
    rows.insert(6, cells("Second day|||"));
    rows[9] = cells("North|good||");

    let (_, run) = import(&rows, &["A7:D7", "B10:D10"]);

    assert!(run.stdout.contains("20 in the file, 20 kept"), "{}", run.stdout);
    let told = "headings   rows 7 are titles between the answers, no respondents";
    assert!(run.stdout.contains(told), "{}", run.stdout);
    assert!(run.stderr.contains("warning[B717]"), "{}", run.stderr);
    assert!(run.stderr.contains("`B10:D10`"), "{}", run.stderr);
}

#[test]
fn names_merged_down_many_rows_may_be_respondents_with_several() {
    let mut rows = vec![cells("Household|bus|train|bike")];
    rows.extend(answers(40));
    let merged: Vec<String> =
        (0..20).map(|at| format!("A{}:A{}", at * 2 + 2, at * 2 + 3)).collect();
    for (at, row) in rows.iter_mut().skip(1).enumerate() {
        row[0] = if at.is_multiple_of(2) { format!("house {}", at / 2) } else { String::new() };
    }
    let merged: Vec<&str> = merged.iter().map(String::as_str).collect();

    let (_, run) = import(&rows, &merged);

    assert!(run.stderr.contains("warning[B704]: `Household` in `answers.xlsx`"), "{}", run.stderr);
}
