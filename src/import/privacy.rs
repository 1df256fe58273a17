//! What must not come in unasked: columns that say who answered.

use super::export::{Column, Export, Part};
use super::text::same;

/// Words of headers, in French, Dutch, English and German, with what they
/// tell. Each is compared with the whole header or with its end.
const WORDS: [(&str, &[&str]); 9] = [
    (
        "an e-mail address",
        &[
            "email",
            "e-mail",
            "courriel",
            "mail",
            "adresse-e-mail",
            "adresse-electronique",
            "adresse-de-messagerie",
            "email-address",
            "e-mailadres",
            "e-mail-adres",
            "emailadres",
            "e-mail-adresse",
            "respondent-email",
            "recipientemail",
        ],
    ),
    (
        "a name",
        &[
            "name",
            "nom",
            "prenom",
            "naam",
            "voornaam",
            "achternaam",
            "first-name",
            "last-name",
            "full-name",
            "your-name",
            "votre-nom",
            "uw-naam",
            "vorname",
            "nachname",
            "nom-de-famille",
            "nom-et-prenom",
            "username",
            "user-name",
            "nom-d-utilisateur",
            "nom-dutilisateur",
            "recipientfirstname",
            "recipientlastname",
            "submittername",
        ],
    ),
    (
        "a telephone number",
        &[
            "phone",
            "telephone",
            "tel",
            "gsm",
            "mobile",
            "phone-number",
            "numero-de-telephone",
            "telefoon",
            "telefoonnummer",
            "gsm-nummer",
            "telefon",
            "telefonnummer",
            "phonenumber",
        ],
    ),
    (
        "an address",
        &[
            "address",
            "adresse",
            "adres",
            "street",
            "rue",
            "straat",
            "street-address",
            "adresse-postale",
            "anschrift",
        ],
    ),
    (
        "an IP address",
        &["ip", "ip-address", "ipaddress", "ipaddr", "adresse-ip", "ip-adres", "ip-adresse"],
    ),
    (
        "a place on the map",
        &[
            "latitude",
            "longitude",
            "altitude",
            "geopoint",
            "gps",
            "geolocation",
            "geolocalisation",
            "locationlatitude",
            "locationlongitude",
            "locationaccuracy",
        ],
    ),
    (
        "an access code",
        &[
            "token",
            "access-code",
            "code-d-acces",
            "code-dacces",
            "toegangscode",
            "zugangscode",
            "zugangsschlussel",
        ],
    ),
    (
        "a device or browser",
        &[
            "user-agent",
            "useragent",
            "browser",
            "deviceid",
            "device-id",
            "refurl",
            "referrer",
            "referrer-url",
            "url-de-reference",
            "url",
        ],
    ),
    (
        "a date of birth",
        &[
            "date-of-birth",
            "birth-date",
            "birthdate",
            "date-de-naissance",
            "geboortedatum",
            "geburtsdatum",
        ],
    ),
];

/// Codes of places: a question that names one finds people.
const PLACES: [&str; 10] = [
    "zip",
    "zip-code",
    "postcode",
    "postal-code",
    "postalcode",
    "code-postal",
    "codepostal",
    "postleitzahl",
    "plz",
    "zipcode",
];

/// Marks what says something about a person, by header and content; `kept` are
/// columns that the user wants whatever they are.
pub(super) fn guard(export: &mut Export, kept: &[usize]) {
    for at in 0..export.columns.len() {
        if kept.contains(&at) || export.columns[at].part != Part::Answer {
            continue;
        }
        let values = || export.cells(at).filter(|cell| !cell.is_empty());
        let column = &export.columns[at];
        // An option of a question is no address, whatever it is called.
        let named = if column.item.is_none() { by_name(column) } else { None };
        let named = named.or_else(|| by_identity(column, values()));
        if let Some(what) = named.or_else(|| by_content(values())) {
            export.columns[at].part = Part::Personal(what);
        }
    }
}

/// What a header says about a person, if it does.
pub(super) fn by_name(column: &Column) -> Option<&'static str> {
    let names = [same(&column.header), same(&column.text), same(&column.code)];
    for name in names.iter().filter(|name| !name.is_empty()) {
        if let Some((what, _)) = WORDS.iter().find(|(_, words)| words.contains(&name.as_str())) {
            return Some(what);
        }
        if let Some(what) = by_end(name, &column.header) {
            return Some(what);
        }
        let padded = format!("-{name}-");
        if PLACES.iter().any(|word| padded.contains(&format!("-{word}-"))) {
            return Some("a postal code");
        }
        if name.contains("email-address")
            || name.contains("adresse-e-mail")
            || name.contains("e-mailadres")
        {
            return Some("an e-mail address");
        }
    }
    None
}

/// A column that calls itself an identifier, and has another for each row.
fn by_identity<'c>(column: &Column, cells: impl Iterator<Item = &'c str>) -> Option<&'static str> {
    const LAST: [&str; 8] =
        ["id", "uid", "uuid", "guid", "identifier", "responder", "respondent", "interviewee"];
    let name = same(&column.header);
    let last = name.rsplit('-').next().unwrap_or_default();
    let first = name.split('-').next() == Some("id");
    // `recipientId`
    let camel = ["Id", "ID"].iter().any(|end| column.header.trim().ends_with(end));
    if column.item.is_some() || !(LAST.contains(&last) || first || camel) {
        return None;
    }
    let cells: Vec<&str> = cells.collect();
    let distinct: std::collections::BTreeSet<&&str> = cells.iter().collect();
    (10 <= cells.len() && distinct.len() == cells.len()).then_some("an identifier")
}

/// What the last word of a code says: `gps_Latitude`, `contact_email`. A
/// question in words may end in such a word and be harmless, and so may a
/// code that ends in `name`.
fn by_end(name: &str, header: &str) -> Option<&'static str> {
    let (first, last) = (name.split('-').next()?, name.rsplit('-').next()?);
    if header.trim().contains(' ') || first == last {
        return None;
    }
    if matches!(last, "lat" | "lon" | "lng" | "accuracy" | "precision")
        && ["gps", "geo", "geopoint", "location", "coords", "coordinates"].contains(&first)
    {
        return Some("a place on the map");
    }
    // `has_phone`, `by_mail` and `uses_gps` ask something else.
    let kinds = [
        "an e-mail address",
        "an address",
        "an IP address",
        "a place on the map",
        "an access code",
    ];
    let mut known = WORDS.iter().filter(|(what, _)| kinds.contains(what));
    let found = known.find(|(_, words)| words.contains(&last)).map(|(what, _)| *what);
    found.filter(|_| !matches!(last, "mail" | "gps"))
}

/// What the cells of a column say about persons, if most of them do.
fn by_content<'c>(cells: impl Iterator<Item = &'c str>) -> Option<&'static str> {
    let mut seen = 0;
    let mut found = [0; KINDS.len()];
    for cell in cells {
        seen += 1;
        for (count, (_, test)) in found.iter_mut().zip(KINDS) {
            *count += usize::from(test(cell));
        }
    }
    let most = found.iter().zip(KINDS).find(|(count, _)| seen < **count * 2);
    most.map(|(_, (what, _))| what)
}

type Test = fn(&str) -> bool;

const KINDS: [(&str, Test); 5] = [
    ("a place on the map", is_place),
    ("an e-mail address", is_email),
    ("an IP address", |text| text.parse::<std::net::IpAddr>().is_ok()),
    ("an address on the web", |text| {
        (text.starts_with("http://") || text.starts_with("https://")) && !text.contains(' ')
    }),
    ("a telephone number", is_phone),
];

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    !name.is_empty()
        && host.contains('.')
        && !text.contains(char::is_whitespace)
        && !host.ends_with('.')
}

/// Latitude and longitude, and the like of them between semicolons.
fn is_place(text: &str) -> bool {
    let mut points = text.split(';').map(str::trim).filter(|point| !point.is_empty()).peekable();
    let place = |point: &str| {
        let numbers: Vec<&str> = point.split_whitespace().collect();
        let sound = numbers.iter().all(|number| super::text::number(number).is_some());
        sound
            && (2..=4).contains(&numbers.len())
            && numbers[..2].iter().all(|number| number.contains('.'))
    };
    points.peek().is_some() && points.all(place)
}

/// A number written to be dialled: with its country, or with a zero first
/// and signs between the digits.
fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let signs = text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '+' | ' ' | '.' | '/' | '(' | ')' | '-'));
    let first = text.starts_with('+') || (text.starts_with('0') && text.contains([' ', '/', '.']));
    signs
        && first
        && (8..=15).contains(&digits)
        && super::text::year(text).is_none()
        && super::text::number(text).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_that_ask_who_somebody_is_are_known_in_four_languages() {
        for header in [
            "E-mail",
            "Nom",
            "Voornaam",
            "Téléphone",
            "IP Address",
            "ZIP code",
            "Code postal ?",
            "LocationLatitude",
            "Code d'accès",
            "gps_Latitude",
            "gps_Accuracy",
            "address_street",
            "address_postalcode",
            "contact-email",
        ] {
            assert!(by_name(&Column::asks(header, "", header)).is_some(), "{header}");
        }
        for header in [
            "Nombre d'habitants",
            "How do you name it?",
            "Where do you live?",
            "Région",
            "project_name",
            "measure_accuracy",
            "has_phone",
            "uses_gps",
            "Do you use a mobile phone?",
        ] {
            assert_eq!(by_name(&Column::asks(header, "", header)), None, "{header}");
        }
    }

    #[test]
    fn cells_that_say_who_somebody_is_are_known() {
        assert!(by_content(["a@example.org", "b@example.org", ""].into_iter()).is_some());
        assert!(by_content(["192.0.2.1"].into_iter()).is_some());
        assert!(by_content(["+32 470 12 34 56", "0470/12.34.56"].into_iter()).is_some());
        assert_eq!(by_content(["0,5", "12.5", "01004", "30 - 44", "me @ work"].into_iter()), None);
    }
}
