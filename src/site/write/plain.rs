//! Files that are no site: a report that is begun, answers that are imported.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::access::readable;
use super::{WriteError, refused};

/// Writes plain files below `folder`, each whole or not at all: beside its
/// place first, then renamed. Gives the paths that were written.
pub fn write_files(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<Vec<PathBuf>, WriteError> {
    let mut staged = vec![];
    for (name, bytes) in files {
        // Part by part: Windows takes both separators, and shows those that it was given.
        let path: PathBuf = folder.iter().chain(Path::new(name)).collect();
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(refused("create", parent))?;
        let mut file = tempfile::Builder::new()
            .prefix(".barometer-")
            .tempfile_in(parent)
            .map_err(refused("write in", parent))?;
        file.write_all(bytes).map_err(refused("write", &path))?;
        readable(file.path()).map_err(refused("open to readers", file.path()))?;
        staged.push((file, path));
    }
    // A full disk is known by now: what follows are renames.
    let mut written = vec![];
    for (file, path) in staged {
        file.persist(&path).map_err(|error| refused("write", &path)(error.error))?;
        written.push(path);
    }
    Ok(written)
}

/// Those of the named files below `folder` that are there already.
pub fn taken_names<'n>(folder: &Path, names: impl Iterator<Item = &'n str>) -> Vec<String> {
    names.filter(|name| folder.join(name).exists()).map(str::to_owned).collect()
}
