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
use crate::sources::Sources;
use crate::{BuildError, Built, Options, Translations};

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
    mut changes: Changes,
    sender: &tokio::sync::watch::Sender<Arc<Preview>>,
    tell: &impl Fn(News<'_>),
) {
    let options = Options { drafts, translations: Translations::InProgress, ..Options::default() };
    let mut last: Option<Sources> = None;
    loop {
        let started = Instant::now();
        match crate::sources::read(folder) {
            // Editors touch files without changing them.
            Ok(sources) if last.as_ref() == Some(&sources) => {}
            read => {
                let previous = Arc::clone(&sender.borrow());
                let read = read.map_err(BuildError::from);
                let built = read.and_then(|sources| {
                    let sources = last.insert(sources);
                    preview::build(sources, options)
                });
                // Told when it can be seen.
                match built {
                    Ok((preview, built)) => {
                        sender.send_replace(Arc::new(preview));
                        tell(News::Built(&built, started.elapsed()));
                    }
                    Err(error) => {
                        sender.send_replace(Arc::new(previous.with(&error)));
                        tell(News::Failed(&error));
                    }
                }
            }
        }
        if changes.wait().is_none() {
            return;
        }
    }
}
