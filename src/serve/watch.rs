//! Tells when the sources of a report have changed, once a burst of changes
//! has settled. Survives folders that vanish and come back, and editors that
//! write beside the file and rename.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// A burst of changes is over when nothing happened for this long …
const QUIET: Duration = Duration::from_millis(8);
/// … or when it has taken this long: a program that never stops writing must
/// not stop the preview.
const LONGEST: Duration = Duration::from_millis(250);
/// What a build reads.
const PARTS: [&str; 4] = ["barometer.toml", "content", "data", "themes"];

/// The changes of the sources of a report.
#[derive(Debug)]
pub(super) struct Changes {
    folder: PathBuf,
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
}

impl Changes {
    /// Begins to watch a report.
    pub(super) fn of(folder: &Path) -> notify::Result<Self> {
        let folder = std::path::absolute(folder)?;
        let (sender, events) = channel();
        let mut watcher = notify::recommended_watcher(sender)?;
        watcher.watch(&folder, RecursiveMode::NonRecursive)?;
        let mut changes = Self { folder, watcher, events };
        changes.arm();
        Ok(changes)
    }

    /// Waits for a change, and until no other follows it. `None`: there will
    /// be no more.
    pub(super) fn wait(&mut self) -> Option<()> {
        while !self.concerns(&self.events.recv().ok()?) {}
        let began = Instant::now();
        while began.elapsed() < LONGEST {
            match self.events.recv_timeout(QUIET) {
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        self.arm();
        Some(())
    }

    /// Watches what is there now. What is not there yet shows in the folder
    /// above it, so that a place that cannot be watched is no mistake.
    fn arm(&mut self) {
        let above = self.folder.parent().map(Path::to_owned);
        for place in above.iter().chain([&self.folder]) {
            drop(self.watcher.watch(place, RecursiveMode::NonRecursive));
        }
        for part in PARTS.iter().skip(1) {
            let place = self.folder.join(part);
            drop(self.watcher.unwatch(&place));
            drop(self.watcher.watch(&place, RecursiveMode::Recursive));
        }
    }

    fn concerns(&self, event: &notify::Result<Event>) -> bool {
        // After an error of the watcher nobody knows what was missed.
        let Ok(event) = event else { return true };
        let reads = |path: &PathBuf| match path.strip_prefix(&self.folder) {
            Ok(inside) => inside
                .components()
                .next()
                .is_none_or(|first| PARTS.iter().any(|part| first.as_os_str() == *part)),
            Err(_) => false,
        };
        !matches!(event.kind, EventKind::Access(_))
            && (event.need_rescan() || event.paths.iter().any(reads))
    }
}
