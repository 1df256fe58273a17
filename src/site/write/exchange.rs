//! One folder in the place of another.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use super::ASIDE;

/// Exchanges two folders, in one step where the system can: what was `new` lies
/// at `old` afterwards, and the other way round.
#[cfg(target_os = "linux")]
pub(super) fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
        // Some file systems cannot exchange.
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => exchange_in_steps(new, old),
        other => other.map_err(io::Error::from),
    }
}

/// Exchanges two folders: what was `new` lies at `old` afterwards, and the other
/// way round.
#[cfg(not(target_os = "linux"))]
pub(super) fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    exchange_in_steps(new, old)
}

/// Three renames, none over a folder that is there, which Windows refuses; if
/// the second fails, the old site is put back.
fn exchange_in_steps(new: &Path, old: &Path) -> io::Result<()> {
    let mut aside = new.as_os_str().to_owned();
    aside.push(ASIDE);
    let aside = Path::new(&aside);
    rename(old, aside)?;
    if let Err(error) = rename(new, old) {
        rename(aside, old)?;
        return Err(error);
    }
    rename(aside, new)
}

/// Renames a folder. Windows refuses that while one of its files is open, and
/// scanners and indexers open new files for a moment.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    /// Access denied, and a file that another program uses.
    const IN_USE: [i32; 2] = [5, 32];
    let mut attempts = if cfg!(windows) { 20 } else { 1 };
    loop {
        attempts -= 1;
        match fs::rename(from, to) {
            Err(error)
                if 0 < attempts
                    && error.raw_os_error().is_some_and(|code| IN_USE.contains(&code)) =>
            {
                std::thread::sleep(Duration::from_millis(100));
            }
            done => return done,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_nothing_can_be_exchanged_renames_do_it() {
        let place = tempfile::tempdir().unwrap();
        let (new, old) = (place.path().join(".new-1.2"), place.path().join("site-1.2"));
        for (folder, text) in [(&new, "new"), (&old, "old")] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join("a.html"), text).unwrap();
        }

        exchange_in_steps(&new, &old).unwrap();

        assert_eq!(fs::read(old.join("a.html")).unwrap(), b"new");
        assert_eq!(fs::read(new.join("a.html")).unwrap(), b"old");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 2);

        fs::remove_dir_all(&new).unwrap();
        exchange_in_steps(&new, &old).unwrap_err();

        assert_eq!(fs::read(old.join("a.html")).unwrap(), b"new");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }
}
