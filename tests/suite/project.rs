//! A report in a temporary folder, and what the real command makes of it.

use std::fs;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// A report under construction.
#[must_use]
pub(crate) struct Project {
    folder: tempfile::TempDir,
}

/// What a run of the command gave.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Project {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// The small report of `tests/fixtures/small`.
    pub(crate) fn small() -> Self {
        Self::copy_of(&fixtures().join("small"))
    }

    /// A copy of a folder.
    pub(crate) fn copy_of(folder: &Path) -> Self {
        let project = Self::empty();
        copy(folder, project.path());
        project
    }

    /// Writes a file.
    pub(crate) fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// Replaces `from`, which must be there, in a file.
    #[track_caller]
    pub(crate) fn change(self, path: &str, from: &str, to: &str) -> Self {
        let text = fs::read_to_string(self.path().join(path)).unwrap();
        assert!(text.contains(from), "{path} has no `{from}`");
        self.file(path, text.replace(from, to))
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A file of the site.
    #[track_caller]
    pub(crate) fn page(&self, path: &str) -> String {
        fs::read_to_string(self.path().join("public").join(path)).unwrap()
    }

    /// The results that the site publishes.
    #[track_caller]
    pub(crate) fn published(&self) -> Value {
        serde_json::from_str(&self.page("data/results.json")).unwrap()
    }

    /// The results that the command prints, which must succeed.
    #[track_caller]
    pub(crate) fn results(&self) -> Value {
        let run = self.run(&["results", "--format", "json"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        serde_json::from_str(&run.stdout).unwrap()
    }

    /// What the search of a language looks through.
    #[track_caller]
    pub(crate) fn search_index(&self, language: &str) -> String {
        self.page(&format!("assets/search-{language}.js"))
    }

    /// Builds it; the build must succeed.
    #[track_caller]
    pub(crate) fn built(&self) -> Run {
        let run = self.run(&["build"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        run
    }

    /// Runs `barometer` in the folder of the report.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        run_in(self.path(), arguments)
    }
}

/// Runs `barometer` in a folder.
pub(crate) fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_barometer"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

pub(crate) fn fixtures() -> PathBuf {
    root().join("tests/fixtures")
}

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Copies a folder with everything in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    for file in files(from) {
        let target = to.join(&file);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(from.join(&file), target).unwrap();
    }
}

/// Every file below a folder by its path inside it, sorted, with the separators
/// of addresses on every system.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    walk.map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap();
            path.to_str().unwrap().replace(MAIN_SEPARATOR, "/").into()
        })
        .collect()
}

/// The header of a CSV file, and its rows.
pub(crate) fn csv_rows(bytes: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
    (header, rows.collect())
}

/// The text between two marks, which must be there.
#[track_caller]
pub(crate) fn between<'p>(page: &'p str, start: &str, end: &str) -> &'p str {
    assert!(page.contains(start), "no `{start}` in {page}");
    let (_, rest) = page.split_once(start).unwrap();
    rest.split_once(end).unwrap().0
}

/// The one archive of a folder: its name, and what is in it.
#[track_caller]
pub(crate) fn archive(folder: &Path) -> (String, Vec<(String, Vec<u8>)>) {
    use std::io::Read as _;
    let names: Vec<_> = files(folder)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "zip"))
        .collect();
    assert_eq!(names.len(), 1, "{names:?}");
    let name = &names[0];
    let file = fs::File::open(folder.join(name)).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    let members = (0..archive.len()).map(|at| {
        let mut member = archive.by_index(at).unwrap();
        let mut bytes = vec![];
        member.read_to_end(&mut bytes).unwrap();
        (member.name().unwrap().into_owned(), bytes)
    });
    (name.to_string_lossy().into_owned(), members.collect())
}

/// Every file below a folder with its bytes.
pub(crate) fn tree(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    files(folder)
        .into_iter()
        .map(|path| (path.clone(), fs::read(folder.join(path)).unwrap()))
        .collect()
}
