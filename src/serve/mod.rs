//! The live preview: the report is built in memory at each change and shown on
//! this machine alone. Writes nothing, so that a full disk cannot harm it.
//!
//! The last good site stays in view; mistakes lie over it until they are mended.

mod http;
mod policy;
mod preview;
mod watch;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::content::Drafts;
use crate::ground::Ground;
use crate::sources::Sources;
use crate::{BuildError, Built, Memory, Options, Translations};

use preview::Preview;
use watch::Changes;

/// How many ports after the wanted one are tried.
const PORTS: u16 = 20;

/// What the author wants.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The port to listen at, or the first that is asked.
    pub port: u16,
    /// Whether drafts are shown.
    pub drafts: Drafts,
}

/// What there is to tell while the preview runs.
#[derive(Debug)]
pub enum News<'n> {
    /// The address at which the site is shown.
    Listening(SocketAddr),
    /// The site was built in this time.
    Built(&'n Built, Duration),
    /// It could not be; the last good one stays.
    Failed(&'n BuildError),
}

/// Why there is no preview.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// All ports are taken, or none may be opened.
    #[error("cannot listen at 127.0.0.1:{port}")]
    Listen {
        /// The first that was tried.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// The system does not tell of changes.
    #[error("cannot watch `{}` for changes", folder.display())]
    Watch {
        /// What was to be watched.
        folder: PathBuf,
        /// What the system said.
        source: notify::Error,
    },
    /// The connection broke down.
    #[error("the preview broke down")]
    Serve(#[from] io::Error),
}

/// Shows the report in `folder` until the process is interrupted; `tell` hears
/// what happens, from more than one thread.
pub fn serve(
    folder: &Path,
    settings: Settings,
    tell: impl Fn(News<'_>) + Send + 'static,
) -> Result<(), ServeError> {
    let listener = listen(settings.port)?;
    let address = listener.local_addr()?;
    // Before the first build, so that no change is missed.
    let changes = Changes::of(folder)
        .map_err(|source| ServeError::Watch { folder: folder.to_owned(), source })?;
    let (sender, receiver) = tokio::sync::watch::channel(Arc::new(Preview::default()));
    let folder = folder.to_owned();
    std::thread::spawn(move || {
        tell(News::Listening(address));
        rebuild(&folder, settings.drafts, changes, &sender, &tell);
    });
    http::serve(listener, receiver)?;
    Ok(())
}

/// The wanted port on this machine, or the next that is free.
fn listen(port: u16) -> Result<TcpListener, ServeError> {
    let mut first = None;
    for port in port..=port.saturating_add(PORTS) {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) => first = first.or(Some(error)),
        }
    }
    let source = first.unwrap_or_else(|| io::ErrorKind::AddrInUse.into());
    Err(ServeError::Listen { port, source })
}

/// Builds at each change of the sources, for ever.
fn rebuild(
    folder: &Path,
    drafts: Drafts,
    changes: Changes,
    sender: &tokio::sync::watch::Sender<Arc<Preview>>,
    tell: &impl Fn(News<'_>),
) {
    let options = Options { drafts, translations: Translations::InProgress, ..Options::default() };
    let mut desk = Desk { folder, changes, sender, tell, started: Instant::now() };
    let mut sources = desk.read();
    // What chapters stand on is read anew when it changes; within, only what a
    // chapter changes is made again.
    while let Some(before) = sources {
        sources = match Ground::read(&before) {
            Ok(ground) => desk.follow(&ground, before, options),
            Err(mistakes) => {
                desk.failed(&mistakes.into());
                desk.next(&before)
            }
        };
    }
}

/// Where the sources come in and the news go out.
struct Desk<'d, T> {
    folder: &'d Path,
    changes: Changes,
    sender: &'d tokio::sync::watch::Sender<Arc<Preview>>,
    tell: &'d T,
    /// When the last change was heard of.
    started: Instant,
}

impl<T: Fn(News<'_>)> Desk<'_, T> {
    /// Builds at each change of the text; gives the sources with which
    /// something else has changed. `None`: there are no more.
    fn follow(
        &mut self,
        ground: &Ground,
        mut sources: Sources,
        options: Options,
    ) -> Option<Sources> {
        let mut memory = Memory::default();
        // The site of another ground has nothing to take over.
        let mut last = Preview::default();
        loop {
            match preview::build(ground, &sources, options, &mut memory, &last) {
                Ok((preview, built)) => {
                    last = preview.clone();
                    self.sender.send_replace(Arc::new(preview));
                    // Told when it can be seen.
                    (self.tell)(News::Built(&built, self.started.elapsed()));
                }
                Err(error) => self.failed(&error),
            }
            let next = self.next(&sources)?;
            if !Ground::holds(&sources, &next) {
                return Some(next);
            }
            sources = next;
        }
    }

    /// The mistakes lie over the last good site.
    fn failed(&self, error: &BuildError) {
        let last = Arc::clone(&self.sender.borrow());
        self.sender.send_replace(Arc::new(last.with(error)));
        (self.tell)(News::Failed(error));
    }

    /// Waits for sources that are not `known`.
    fn next(&mut self, known: &Sources) -> Option<Sources> {
        let mut is_told = false;
        loop {
            self.changes.wait()?;
            self.started = Instant::now();
            match crate::sources::read(self.folder) {
                // Editors touch files without changing them. What could not be
                // read lies over the site until it is built again.
                Ok(sources) if !is_told && sources == *known => {}
                Ok(sources) => return Some(sources),
                Err(refused) => {
                    is_told = true;
                    self.failed(&refused.into());
                }
            }
        }
    }

    /// Reads the sources, and waits until they can be read.
    fn read(&mut self) -> Option<Sources> {
        loop {
            match crate::sources::read(self.folder) {
                Ok(sources) => return Some(sources),
                Err(refused) => self.failed(&refused.into()),
            }
            self.changes.wait()?;
            self.started = Instant::now();
        }
    }
}
