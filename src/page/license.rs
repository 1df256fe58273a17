//! Licences by their SPDX names.

/// How a licence is written: those of Creative Commons without hyphens, as
/// `CC BY-SA 4.0`.
pub(super) fn license_name(spdx: &str) -> String {
    match spdx.strip_prefix("CC-").and_then(|rest| rest.rsplit_once('-')) {
        Some((kind, version)) => format!("CC {kind} {version}"),
        None => spdx.to_owned(),
    }
}

/// The address of a Creative Commons licence, which its SPDX name gives; `None` for
/// any other licence.
pub fn license_url(spdx: &str) -> Option<String> {
    if spdx == "CC0-1.0" {
        return Some("https://creativecommons.org/publicdomain/zero/1.0/".to_owned());
    }
    let (kind, version) = spdx.strip_prefix("CC-")?.rsplit_once('-')?;
    Some(format!("https://creativecommons.org/licenses/{}/{version}/", kind.to_lowercase()))
}
