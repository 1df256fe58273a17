//! Tables as people have them: whatever the delimiter, the encoding and the
//! line ends, the site is the same.

use std::fs;

use crate::project::{Project, files, tree};

/// What tells how its input was spelled: it has its hashes, or those of a file that has them.
const TOLD: [&str; 4] =
    ["data/results.json", "data/datapackage.json", "data/small-survey.zip", "data.html"];

const TABLE: &str = "data/2018/published.csv";

fn text() -> String {
    fs::read_to_string(Project::small().path().join(TABLE)).unwrap()
}

/// The site of the small report with another spelling of its table.
fn site(spelled: impl AsRef<[u8]>, settings: &str) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let project = Project::small().file(TABLE, spelled);
    let toml = fs::read_to_string(project.path().join("barometer.toml")).unwrap();
    let project = project.file("barometer.toml", format!("{toml}\n{settings}"));
    project.built();
    let told = TOLD.map(std::path::Path::new);
    let files = tree(&project.path().join("public")).into_iter();
    files.filter(|(path, _)| !told.contains(&path.as_path())).collect()
}

#[track_caller]
fn same(spelled: impl AsRef<[u8]>, settings: &str) {
    let expected = site(text(), "");
    let found = site(spelled, settings);
    assert!(expected == found);
}

#[test]
fn semicolons_and_tabs_separate_cells() {
    same(text().replace(',', ";"), "");
    same(text().replace(',', "\t"), "");
}

#[test]
fn line_ends_of_every_system_are_line_ends() {
    same(text().replace('\n', "\r\n"), "");
    same(text().replace('\n', "\r"), "");
    same(format!("{}\n\n", text()), "");
    same(text().trim_end(), "");
}

/// As an editor on Windows saves it, and Git there checks it out.
#[test]
fn a_report_with_line_ends_of_windows_is_the_same_site() {
    let (project, windows) = (Project::small(), Project::small());
    let mut changed = 0;
    for path in files(windows.path()) {
        let text = fs::read_to_string(windows.path().join(&path)).unwrap();
        changed += usize::from(text.contains('\n'));
        fs::write(windows.path().join(&path), text.replace('\n', "\r\n")).unwrap();
    }
    assert!(8 < changed);
    project.built();
    windows.built();

    let site = |project: &Project| {
        let mut files = tree(&project.path().join("public"));
        files.retain(|(path, _)| !TOLD.iter().any(|told| path == std::path::Path::new(told)));
        files
    };
    let (expected, found) = (site(&project), site(&windows));
    let differ = |((path, a), (_, b)): ((_, Vec<u8>), (_, Vec<u8>))| (a != b).then_some(path);
    let other: Vec<std::path::PathBuf> =
        expected.into_iter().zip(found).filter_map(differ).collect();
    assert_eq!(other, Vec::<std::path::PathBuf>::new());
}

#[test]
fn a_byte_order_mark_is_no_text() {
    same(format!("\u{FEFF}{}", text()), "");
}

#[test]
fn utf_16_is_told_by_its_mark() {
    for (mark, encode) in
        [([0xFF, 0xFE], u16::to_le_bytes as fn(u16) -> [u8; 2]), ([0xFE, 0xFF], u16::to_be_bytes)]
    {
        let mut bytes = mark.to_vec();
        bytes.extend(text().encode_utf16().flat_map(encode));
        same(bytes, "");
    }
}

#[test]
fn a_decimal_comma_is_read_where_the_file_has_it() {
    let table = text().replace(',', ";").replace("3.64", "3,64").replace("3.53", "3,53");
    same(table, "[csv]\ndecimal = \",\"\n");
}

#[test]
fn windows_1252_is_read_when_the_setting_says_so() {
    let bytes: Vec<u8> = text()
        .replace("Four municipalities answered.", "Quatre communes ont répondu.")
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).unwrap())
        .collect();

    let found = site(bytes, "[csv]\nencoding = \"windows-1252\"\n");

    let page = found.iter().find(|(path, _)| path == "themes.html").unwrap();
    assert!(String::from_utf8_lossy(&page.1).contains("quatre communes ont répondu."));
}

#[test]
fn a_quoted_cell_may_break_its_line() {
    let found = site(
        text().replace("Four municipalities answered.", "\"Four municipalities\nanswered.\""),
        "",
    );

    let page = found.iter().find(|(path, _)| path == "themes.html").unwrap();
    assert!(String::from_utf8_lossy(&page.1).contains("four municipalities\nanswered."));
}
