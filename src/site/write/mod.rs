//! The writing edge: a new tree is written beside the old one and swapped in.
//!
//! Whatever goes wrong, the previous site stays as it was, byte for byte.
#![expect(clippy::disallowed_methods, reason = "this module is the writing edge")]

mod access;
mod exchange;
mod plain;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use walkdir::WalkDir;

use crate::chart::Painter;
use crate::diag::{Code, Diagnostic};
use crate::page::File;

pub use plain::{taken_names, write_files};

use access::open_to_readers;
use exchange::{exchange, rename};

/// Marks a folder as written by the program: the names of its files, a line
/// each. Behind a picture's stand, after tabs, the name of what it shows and
/// the BLAKE3 of its bytes, so that the next build need not paint it again.
const MARKER: &str = ".barometer";
/// How the folders that a build is written into begin, beside the output.
const STAGING: &str = ".barometer-build-";
/// How the folder ends in which the old site lies while the new one takes its place.
const ASIDE: &str = ".old";

/// Something the machine refused.
#[derive(Debug, thiserror::Error)]
#[error("cannot {verb} `{}`", path.display())]
pub struct WriteError {
    /// What was tried.
    pub verb: &'static str,
    /// On what.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

fn refused(verb: &'static str, path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_owned();
    move |source| WriteError { verb, path, source }
}

/// A new site under construction, beside the place where it will lie.
#[derive(Debug)]
pub struct Staging {
    folder: tempfile::TempDir,
    output: PathBuf,
    /// The pictures of the site that is there.
    previous: BTreeMap<String, Picture>,
    /// The pictures of the new site.
    pictures: Mutex<BTreeMap<String, Picture>>,
}

/// What is known of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Picture {
    /// What [`Painter::name`] says of it.
    name: String,
    /// BLAKE3 of its bytes.
    hash: String,
}

impl Staging {
    /// Refuses an output folder that holds anything but an earlier build, or
    /// that lies in the sources of the report.
    pub fn check(report: &Path, output: &Path) -> Result<(), Diagnostic> {
        let (report, target) = (absolute(report), absolute(output));
        for part in ["content", "data", "themes"] {
            let sources = report.join(part);
            if target.starts_with(&sources) || sources.starts_with(&target) {
                return Err(Diagnostic::error(
                    Code::OutputInsideSources,
                    format!("the output folder `{}` would mix with `{part}/`", output.display()),
                )
                .hint("Choose another folder with `--out`; nothing was written."));
            }
        }
        match foreign(&target) {
            None => Ok(()),
            Some(file) => Err(Diagnostic::error(
                Code::OutputNotOurs,
                format!(
                    "`{}` holds a file that `barometer` did not write: `{}`",
                    output.display(),
                    file.display()
                ),
            )
            .hint(
                "Choose an empty folder with `--out`, or move the file away; nothing was deleted.",
            )),
        }
    }

    /// Begins a new site; takes away what a killed build left beside it.
    pub fn begin(output: &Path) -> Result<Self, WriteError> {
        let output = absolute(output);
        let beside = output.parent().unwrap_or(Path::new("/")).to_owned();
        fs::create_dir_all(&beside).map_err(refused("create", &beside))?;
        clean(&beside, &output)?;
        let name =
            format!("{STAGING}{}-", output.file_name().unwrap_or_default().to_string_lossy());
        let folder = tempfile::Builder::new()
            .prefix(&name)
            .tempdir_in(&beside)
            .map_err(refused("write in", &beside))?;
        let previous = pictures(&marker(&output));
        Ok(Self { folder, output, previous, pictures: Mutex::default() })
    }

    /// Writes one file; can be called from many threads.
    pub fn put(&self, file: &File) -> Result<(), WriteError> {
        self.write(file, OpenOptions::new().write(true).create(true).truncate(true))
    }

    /// Adds to a file, or begins it.
    pub fn add(&self, file: &File) -> Result<(), WriteError> {
        self.write(file, OpenOptions::new().append(true).create(true))
    }

    /// Writes the picture of a drawing: the one of the previous site if it is
    /// still the same, else a new one.
    pub fn paint(&self, drawing: &File, painter: &Painter) -> Result<(), WriteError> {
        let svg = String::from_utf8_lossy(&drawing.bytes);
        let name = painter.name(&svg);
        let (bytes, hash) = if let Some(kept) = self.kept(&drawing.path, &name) {
            kept
        } else {
            let bytes = painter.paint(&svg).ok_or_else(|| {
                let reason = io::Error::other("the drawing is too large for a picture");
                refused("paint", Path::new(&drawing.path))(reason)
            })?;
            let hash = blake3::hash(&bytes).to_hex().to_string();
            (bytes, hash)
        };
        self.put(&File { path: drawing.path.clone(), bytes })?;
        let mut pictures = self.pictures.lock().unwrap_or_else(PoisonError::into_inner);
        pictures.insert(drawing.path.clone(), Picture { name, hash });
        Ok(())
    }

    /// A picture of the previous site with its hash, unless it shows something
    /// else, or somebody changed it.
    fn kept(&self, path: &str, name: &str) -> Option<(Vec<u8>, String)> {
        let known = self.previous.get(path).filter(|known| known.name == name)?;
        let bytes = fs::read(self.output.join(path)).ok()?;
        let hash = blake3::hash(&bytes).to_hex().to_string();
        (hash == known.hash).then_some((bytes, hash))
    }

    fn write(&self, file: &File, options: &OpenOptions) -> Result<(), WriteError> {
        let path = self.folder.path().join(&file.path);
        let write = || options.open(&path)?.write_all(&file.bytes);
        let written = write().or_else(|error| match (error.kind(), path.parent()) {
            (io::ErrorKind::NotFound, Some(parent)) => {
                fs::create_dir_all(parent).and_then(|()| write())
            }
            _ => Err(error),
        });
        written.map_err(refused("write", &path))
    }

    /// Puts the new site in the place of the old one, in one step where the
    /// system can, and takes the old one away.
    /// `files` names everything that was put.
    pub fn publish(self, files: &BTreeSet<String>) -> Result<(), WriteError> {
        let marker = self.folder.path().join(MARKER);
        let pictures = self.pictures.lock().unwrap_or_else(PoisonError::into_inner);
        let lines = files.iter().map(|path| match pictures.get(path) {
            Some(picture) => format!("{path}\t{}\t{}\n", picture.name, picture.hash),
            None => format!("{path}\n"),
        });
        fs::write(&marker, lines.collect::<String>()).map_err(refused("write", &marker))?;
        drop(pictures);
        open_to_readers(self.folder.path())
            .map_err(refused("open to readers", self.folder.path()))?;
        let output = self.output.clone();
        if output.exists() {
            exchange(self.folder.path(), &output).map_err(refused("replace", &output))?;
            // The old site now lies in the staging folder, which goes away with it.
            return self.folder.close().map_err(refused("take away the old site beside", &output));
        }
        let staged = self.folder.keep();
        rename(&staged, &output).map_err(refused("write", &output))
    }
}

/// The first file in the output folder that no build wrote.
fn foreign(output: &Path) -> Option<PathBuf> {
    if output.is_file() {
        return Some(output.to_owned());
    }
    let marker = marker(output);
    let names = marker.lines().map(|line| line.split('\t').next().unwrap_or(line));
    let ours: BTreeSet<&str> = names.chain([MARKER]).collect();
    WalkDir::new(output)
        .sort_by_file_name()
        .into_iter()
        .flatten()
        .filter(|entry| !entry.file_type().is_dir())
        .find_map(|entry| {
            let inside = entry.path().strip_prefix(output).ok()?;
            let name: Vec<_> =
                inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            (!ours.contains(name.join("/").as_str())).then(|| inside.to_owned())
        })
}

/// What the last build said of the site in a folder; nothing without one.
fn marker(output: &Path) -> String {
    fs::read_to_string(output.join(MARKER)).unwrap_or_default()
}

/// The pictures that a marker lists, by their path in the site.
fn pictures(marker: &str) -> BTreeMap<String, Picture> {
    let picture = |line: &str| {
        let mut parts = line.split('\t').map(str::to_owned);
        Some((parts.next()?, Picture { name: parts.next()?, hash: parts.next()? }))
    };
    marker.lines().filter_map(picture).collect()
}

/// Takes away staging folders whose build is gone. One that was killed while
/// it put the old site aside gets it back.
fn clean(beside: &Path, output: &Path) -> Result<(), WriteError> {
    let ours = format!("{STAGING}{}-", output.file_name().unwrap_or_default().to_string_lossy());
    for entry in fs::read_dir(beside).map_err(refused("read", beside))?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with(&ours) {
            continue;
        }
        if name.ends_with(ASIDE) && !output.exists() {
            rename(&entry.path(), output).map_err(refused("put back", output))?;
        } else {
            fs::remove_dir_all(entry.path()).map_err(refused("take away", &entry.path()))?;
        }
    }
    Ok(())
}

/// The path with links followed as far as it exists.
fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut rest = vec![];
    let mut existing = path.as_path();
    loop {
        if let Ok(real) = existing.canonicalize() {
            return rest.iter().rev().fold(real, |path, part| path.join(part));
        }
        match (existing.parent(), existing.file_name()) {
            (Some(parent), Some(name)) => {
                rest.push(name.to_owned());
                existing = parent;
            }
            _ => return path,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), bytes: text.as_bytes().to_vec() }
    }

    fn build(output: &Path, name: &str, text: &str) {
        let staging = Staging::begin(output).unwrap();
        staging.put(&file(name, text)).unwrap();
        staging.publish(&BTreeSet::from([name.to_owned()])).unwrap();
    }

    #[test]
    fn a_file_can_come_in_parts() {
        let place = tempfile::tempdir().unwrap();
        let staging = Staging::begin(&place.path().join("public")).unwrap();
        for text in ["one, ", "two"] {
            staging.add(&file("data/a.csv", text)).unwrap();
        }
        staging.publish(&BTreeSet::from(["data/a.csv".to_owned()])).unwrap();

        let written = fs::read_to_string(place.path().join("public/data/a.csv")).unwrap();
        assert_eq!(written, "one, two");
    }

    #[test]
    fn a_new_site_replaces_the_old_one_whole() {
        let place = tempfile::tempdir().unwrap();
        let output = place.path().join("public");
        for (name, text) in [("old.html", "1"), ("a/new.html", "2")] {
            build(&output, name, text);
        }

        assert!(!output.join("old.html").exists());
        assert_eq!(fs::read_to_string(output.join("a/new.html")).unwrap(), "2");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_build_that_stops_leaves_the_old_site() {
        let place = tempfile::tempdir().unwrap();
        let output = place.path().join("public");
        build(&output, "a.html", "1");

        let second = Staging::begin(&output).unwrap();
        second.put(&file("a.html", "2")).unwrap();
        drop(second);

        assert_eq!(fs::read_to_string(output.join("a.html")).unwrap(), "1");
    }

    #[test]
    fn what_a_killed_build_left_is_taken_away_by_the_next() {
        let place = tempfile::tempdir().unwrap();
        let output = place.path().join("public");
        std::mem::forget(Staging::begin(&output).unwrap());

        build(&output, "a.html", "1");

        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_old_site_that_a_killed_build_put_aside_comes_back() {
        let place = tempfile::tempdir().unwrap();
        let output = place.path().join("public");
        build(&output, "a.html", "1");
        fs::rename(&output, place.path().join(".barometer-build-public-abc.old")).unwrap();

        drop(Staging::begin(&output).unwrap());

        assert_eq!(fs::read(output.join("a.html")).unwrap(), b"1");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }

    /// Builds a site of one picture; gives the picture.
    fn painted(output: &Path, svg: &str) -> Vec<u8> {
        let painter = Painter::new(b"");
        let staging = Staging::begin(output).unwrap();
        staging.paint(&file("a.png", svg), &painter).unwrap();
        staging.publish(&BTreeSet::from(["a.png".to_owned()])).unwrap();
        fs::read(output.join("a.png")).unwrap()
    }

    fn square(colour: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">\
             <rect width=\"9\" height=\"9\" fill=\"{colour}\"/></svg>"
        )
    }

    #[test]
    fn a_picture_of_the_same_drawing_is_taken_from_the_previous_site() {
        let place = tempfile::tempdir().unwrap();
        let output = place.path().join("public");
        let red = painted(&output, &square("red"));
        // A mark that no painter makes, with the hash that the list must then have.
        let marked = b"the picture of the first build";
        let list = fs::read_to_string(output.join(MARKER)).unwrap();
        let hash = |bytes: &[u8]| blake3::hash(bytes).to_hex().to_string();
        fs::write(output.join("a.png"), marked).unwrap();
        fs::write(output.join(MARKER), list.replace(&hash(&red), &hash(marked))).unwrap();

        assert_eq!(painted(&output, &square("red")), marked);
        let blue = painted(&output, &square("blue"));
        assert_ne!(blue, marked);
        assert_eq!(painted(&output, &square("red")), red);
        assert!(Staging::check(Path::new("/nowhere"), &output).is_ok());
    }

    #[test]
    fn a_picture_that_somebody_changed_is_painted_again() {
        let place = tempfile::tempdir().unwrap();
        let output = place.path().join("public");
        let red = painted(&output, &square("red"));
        fs::write(output.join("a.png"), "changed").unwrap();

        assert_eq!(painted(&output, &square("red")), red);
    }

    #[test]
    fn a_folder_with_other_files_is_refused() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("thesis.doc"), "mine").unwrap();

        let refused = Staging::check(Path::new("/nowhere"), place.path()).unwrap_err();

        assert_eq!(refused.code(), Code::OutputNotOurs);
    }

    #[test]
    fn a_file_added_to_a_site_is_not_deleted() {
        let place = tempfile::tempdir().unwrap();
        let output = place.path().join("public");
        build(&output, "a.html", "1");
        assert!(Staging::check(Path::new("/nowhere"), &output).is_ok());
        fs::write(output.join("mine.txt"), "mine").unwrap();

        let refused = Staging::check(Path::new("/nowhere"), &output).unwrap_err();

        assert!(refused.message().ends_with("did not write: `mine.txt`"), "{}", refused.message());
    }

    #[test]
    fn an_output_folder_inside_the_sources_is_refused() {
        let place = tempfile::tempdir().unwrap();
        let refused = Staging::check(place.path(), &place.path().join("data/site")).unwrap_err();

        assert_eq!(refused.code(), Code::OutputInsideSources);
    }

    #[test]
    fn the_report_itself_is_no_output_folder() {
        let place = tempfile::tempdir().unwrap();
        let refused = Staging::check(place.path(), place.path()).unwrap_err();

        assert_eq!(refused.code(), Code::OutputInsideSources);
    }
}
