//! The asking edge: whether a page of another site is there. It is asked for
//! by `barometer check --external` alone; no build depends on it.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use ureq::http::StatusCode;

/// How many sites are asked at the same time.
const AT_ONCE: usize = 8;
/// How long one of them may take to answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// Asks for every address once, a site for one page after the other, and notes
/// what is wrong: `answers 404 Not Found`. Pages behind a door are there.
/// `answered` is called after each address, from many threads.
pub fn ask(addresses: &mut BTreeMap<&str, Option<String>>, answered: &(dyn Fn() + Sync)) {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false)
        .user_agent(concat!("barometer/", env!("CARGO_PKG_VERSION"), " (checks links)"))
        .build()
        .into();
    let mut sites: BTreeMap<&str, Vec<(&str, &mut Option<String>)>> = BTreeMap::new();
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
fn fault(agent: &ureq::Agent, address: &str) -> Option<String> {
    let status = agent.head(address).call().map(|answer| answer.status());
    // Some sites know no `HEAD`.
    let status = match status {
        Ok(status) if status.is_success() => return None,
        _ => agent.get(address).call().map(|answer| answer.status()),
    };
    match status {
        Ok(status) => is_away(status).then(|| format!("answers {status}")),
        Err(error) => Some(format!("does not answer: {error}")),
    }
}

fn is_away(status: StatusCode) -> bool {
    status == StatusCode::NOT_FOUND || status == StatusCode::GONE || status.is_server_error()
}
