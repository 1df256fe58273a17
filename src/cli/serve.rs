//! `barometer serve`.

use crate::content::Drafts;
use crate::serve::{self, News, Settings};
use crate::{BuildError, Built};

use super::args::{Format, Serve};
use super::{build, folder, import as importing, terminal};

/// Shows the report until it is interrupted; returns the exit code.
pub(super) fn run(arguments: &Serve) -> u8 {
    let drafts = if arguments.drafts { Drafts::Built } else { Drafts::LeftOut };
    let settings = Settings { port: arguments.port, drafts };
    let (wanted, open) = (arguments.port, arguments.open);
    if let Err(error) = folder::of_report(&arguments.dir) {
        return importing::failed(&error, "nothing is shown");
    }
    match serve::serve(&arguments.dir, settings, move |news| tell(&news, wanted, open)) {
        Ok(()) => 0,
        Err(error) => {
            build::refused(&error, Format::Human);
            3
        }
    }
}

fn tell(news: &News<'_>, wanted: u16, open: bool) {
    match news {
        News::Listening(address) => {
            if wanted != 0 && address.port() != wanted {
                terminal::out(&format!("port {wanted} is taken\n"));
            }
            terminal::out(&format!("http://{address}/ shows the report; Ctrl-C ends it\n"));
            if open && let Err(error) = open::that_detached(format!("http://{address}/")) {
                terminal::error(&format!("warning: no browser could be opened: {error}\n"));
            }
        }
        News::Built(Built { pages, warnings, .. }, time) => {
            terminal::told(warnings, "the site is shown");
            let pages = terminal::counted(*pages, "page");
            terminal::out(&format!("built {pages} in {} ms\n", time.as_millis()));
        }
        News::Failed(BuildError::Mistakes(mistakes)) => {
            terminal::told(mistakes.all(), "the last good site is still shown");
        }
        News::Failed(error) => build::refused(error, Format::Human),
    }
}
