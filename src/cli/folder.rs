//! The files and folders that the command line names.

use std::path::Path;

use crate::diag::{Code, Diagnostic, nearest};
use crate::sources::{self, Sources};
use crate::{BuildError, sources::ReadError};

/// Checks that there is a folder to read a report from.
pub(super) fn of_report(folder: &Path) -> Result<(), BuildError> {
    if folder.is_dir() {
        return Ok(());
    }
    let shown = folder.display();
    let mistake = if folder.is_file() {
        Diagnostic::error(Code::SettingsMissing, format!("`{shown}` is a file, not a folder"))
            .hint("Name the folder of the report, in which `barometer.toml` lies.")
    } else {
        Diagnostic::error(Code::SettingsMissing, format!("there is no folder `{shown}`"))
            .hint(format!("Name the folder of the report, or make one: `barometer new {shown}`."))
    };
    Err(mistake.into())
}

/// Reads the report in a folder.
pub(super) fn read(folder: &Path) -> Result<Sources, BuildError> {
    of_report(folder)?;
    Ok(sources::read(folder)?)
}

/// Checks that files can be written into a folder, which need not be there.
pub(super) fn to_write(folder: &Path) -> Result<(), BuildError> {
    if !folder.is_file() {
        return Ok(());
    }
    let message = format!("`{}` is a file, not a folder", folder.display());
    Err(Diagnostic::error(Code::FileThere, message).hint("Name a folder.").into())
}

/// Reads one file.
pub(super) fn file(path: &Path) -> Result<Vec<u8>, BuildError> {
    let shown = path.display();
    let told = |message: String| Diagnostic::error(Code::FileMissing, message);
    if path.is_dir() {
        let mistake = told(format!("`{shown}` is a folder, not a file"));
        return Err(mistake.hint("Name the file in it.").into());
    }
    match sources::read_file(path) {
        Ok(bytes) => Ok(bytes),
        Err(error) if error.source.kind() == std::io::ErrorKind::NotFound => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let beside = neighbours(path)?;
            let hint = match nearest(&name, beside.iter().map(String::as_str)) {
                Some(near) => format!("Did you mean `{}`?", path.with_file_name(near).display()),
                None => "Name a file by its path from the folder that you are in.".to_owned(),
            };
            Err(told(format!("there is no file `{shown}`")).hint(hint).into())
        }
        Err(error) => Err(error.into()),
    }
}

/// The names of what lies where a file was looked for.
fn neighbours(path: &Path) -> Result<Vec<String>, ReadError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    sources::names(folder.unwrap_or(Path::new(".")))
}
