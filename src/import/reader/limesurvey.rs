//! LimeSurvey: headings are codes `Q[sub]` or full texts `Question [Sub]`.

use super::super::Choices;
use super::super::export::{Column, Export, TOOL, TYPED};
use super::super::text::{in_brackets, same};
use super::super::tool::Tool;

/// What the tool itself adds, by code and in the words of its languages.
const META: [(&str, &[&str]); 7] = [
    ("id", &["id", "response-id", "id-de-la-reponse", "antwort-id", "antwoord-id"]),
    (
        "submitdate",
        &[
            "submitdate",
            "date-submitted",
            "date-de-soumission",
            "datum-abgeschickt",
            "datum-ingediend",
            "datum-verzonden",
        ],
    ),
    ("lastpage", &["lastpage", "last-page", "derniere-page", "letzte-seite", "laatste-pagina"]),
    (
        "startlanguage",
        &[
            "startlanguage",
            "start-language",
            "langue-de-depart",
            "langue-initiale",
            "start-sprache",
            "startsprache",
            "starttaal",
            "begintaal",
        ],
    ),
    ("seed", &["seed", "tete-de-serie", "zufallsstartwert", "graine"]),
    (
        "startdate",
        &[
            "startdate",
            "date-started",
            "date-de-lancement",
            "date-de-debut",
            "datum-gestartet",
            "datum-gestart",
            "startdatum",
        ],
    ),
    (
        "datestamp",
        &[
            "datestamp",
            "date-last-action",
            "date-de-la-derniere-action",
            "datum-letzte-aktivitat",
            "datum-laatste-actie",
        ],
    ),
];

const PERSONAL: [(&str, &[&str]); 3] = [
    (
        "an access code",
        &[
            "token",
            "access-code",
            "code-dacces",
            "code-d-acces",
            "zugangscode",
            "zugangsschlussel",
            "toegangscode",
        ],
    ),
    ("an IP address", &["ipaddr", "ip-address", "adresse-ip", "ip-adresse", "ip-adres"]),
    (
        "the page the respondent came from",
        &[
            "refurl",
            "referrer-url",
            "url-de-reference",
            "referenz-url",
            "weiterleitungs-url",
            "verwijzende-url",
            "referentie-url",
        ],
    ),
];

const TIMES: [&str; 9] = [
    "interviewtime",
    "total-time",
    "temps-total",
    "gesamtzeit",
    "totale-tijd",
    "grouptime",
    "group-time",
    "question-time",
    "temps-pour",
];

pub(super) fn read(head: &[Vec<String>], rows: &[Vec<String>], choices: &Choices) -> Export {
    let headers = &head[0];
    let in_codes = headers.iter().any(|header| header == "submitdate");
    let splits: Vec<Split<'_>> = headers.iter().map(|header| split(header, in_codes)).collect();
    let alone = |base: &str| splits.iter().any(|split| split.base == base && split.item.is_none());
    let mut submitted = None;
    let columns = headers
        .iter()
        .enumerate()
        .map(|(at, header)| {
            let name = same(header);
            if let Some((meta, _)) = META.iter().find(|(_, words)| words.contains(&name.as_str())) {
                if *meta == "submitdate" {
                    submitted = Some(at);
                }
                return Column::out(header, TOOL);
            }
            if let Some((what, _)) =
                PERSONAL.iter().find(|(_, words)| words.contains(&name.as_str()))
            {
                return Column::personal(header, what);
            }
            let timed = TIMES.iter().any(|word| name.starts_with(word))
                || header
                    .strip_suffix("Time")
                    .is_some_and(|code| splits.iter().any(|split| split.base == code));
            if timed {
                return Column::out(header, TOOL);
            }
            let split = &splits[at];
            let (code, text) = if in_codes { (split.base, "") } else { ("", split.base) };
            let Some(item) = &split.item else {
                let mut column = Column::asks(header, code, text);
                header.trim().clone_into(&mut column.header);
                return column;
            };
            let comments = item.ends_with("comment") || item.ends_with("filecount");
            if comments || (alone(split.base) && is_other(item)) {
                return Column::out(header, TYPED);
            }
            let column = Column::asks(header, code, text);
            if in_codes { column.with_item(item, "") } else { column.with_item("", item) }
        })
        .collect();
    // Full headings are in any language: the second column is the date.
    let submitted = submitted.or((!in_codes).then_some(1));
    let mut export = Export::new(Tool::Limesurvey, columns, rows, |row| {
        let unfinished =
            submitted.is_some_and(|at| row.get(at).is_none_or(|cell| cell.trim().is_empty()));
        (unfinished && !choices.partial).then(|| "not finished (no date of submission)".to_owned())
    });
    export.take_years(submitted);
    export
}

struct Split<'h> {
    base: &'h str,
    item: Option<String>,
}

/// Splits at the last brackets; a second scale `[a][1]` stays one item.
fn split(header: &str, in_codes: bool) -> Split<'_> {
    let header = header.trim();
    let parts = if in_codes {
        header.strip_suffix(']').and_then(|inside| inside.split_once('['))
    } else {
        in_brackets(header)
    };
    match parts {
        Some((base, item)) => Split { base: base.trim_end(), item: Some(item.replace("][", "_")) },
        None => Split { base: header, item: None },
    }
}

fn is_other(item: &str) -> bool {
    super::super::scales::is_other(item)
}
