//! Who may read what was written: the temporary files and folders that it
//! begins as are private, a site and the files of an author are not.

use std::io;
use std::path::Path;

/// Lets everybody read a folder.
pub(super) fn open_to_readers(folder: &Path) -> io::Result<()> {
    set_mode(folder, 0o755)
}

/// Lets everybody read a file.
pub(super) fn readable(file: &Path) -> io::Result<()> {
    set_mode(file, 0o644)
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
}

/// Elsewhere a file is as open as the folder that it lies in.
#[cfg(not(unix))]
fn set_mode(_path: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}
