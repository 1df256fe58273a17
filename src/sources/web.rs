//! The asking edge: whether a page of another site is there. It is asked for
//! by `barometer check --external` alone; no build depends on it.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::sync::Mutex;
use std::time::Duration;

use ureq::http::StatusCode;

/// How many sites are asked at the same time.
const AT_ONCE: usize = 8;
/// How long one of them may take to answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// What is wrong with an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Somebody answers, and not with the page: `answers 404 Not Found`.
    Away(String),
    /// Nobody was reached: the name is not known, or no way leads there.
    Unreached(String),
}

/// Asks for every address once, a site for one page after the other, and notes
/// what is wrong. Pages behind a door are there. `answered` is called after
/// each address, from many threads.
pub fn ask(addresses: &mut BTreeMap<&str, Option<Fault>>, answered: &(dyn Fn() + Sync)) {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false)
        .user_agent(concat!("barometer/", env!("CARGO_PKG_VERSION"), " (checks links)"))
        .build()
        .into();
    let mut sites: BTreeMap<&str, Vec<(&str, &mut Option<Fault>)>> = BTreeMap::new();
    for (address, told) in addresses {
        sites.entry(site(address)).or_default().push((address, told));
    }
    let sites = Mutex::new(sites);
    let next = || sites.lock().ok()?.pop_first();
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some((_, pages)) = next() {
                    for (address, told) in pages {
                        *told = fault(&agent, address);
                        answered();
                    }
                }
            });
        }
    });
}

fn site(address: &str) -> &str {
    let host = address.split_once("//").map_or(address, |(_, host)| host);
    host.split(['/', '?']).next().unwrap_or(host)
}

/// What is wrong with an address; `None` if somebody answers.
fn fault(agent: &ureq::Agent, address: &str) -> Option<Fault> {
    let status = agent.head(address).call().map(|answer| answer.status());
    // Some sites know no `HEAD`.
    let status = match status {
        Ok(status) if status.is_success() => return None,
        _ => agent.get(address).call().map(|answer| answer.status()),
    };
    match status {
        Ok(status) => is_away(status).then(|| Fault::Away(format!("answers {status}"))),
        Err(error) if is_unreached(&error) => {
            Some(Fault::Unreached(format!("does not answer: {error}")))
        }
        Err(error) => Some(Fault::Away(format!("does not answer: {error}"))),
    }
}

/// Whether the way to the site was cut, not the talk with it.
fn is_unreached(error: &ureq::Error) -> bool {
    match error {
        ureq::Error::HostNotFound
        | ureq::Error::ConnectionFailed
        | ureq::Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => true,
        ureq::Error::Io(error) => matches!(
            error.kind(),
            ErrorKind::ConnectionRefused
                | ErrorKind::NetworkUnreachable
                | ErrorKind::HostUnreachable
                | ErrorKind::NetworkDown
                | ErrorKind::AddrNotAvailable
        ),
        _ => false,
    }
}

fn is_away(status: StatusCode) -> bool {
    status == StatusCode::NOT_FOUND || status == StatusCode::GONE || status.is_server_error()
}
