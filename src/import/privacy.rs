//! What must not come in unasked: columns that say who answered.

use super::export::{Column, Export, Part};
use super::persons::{INSIDE, PLACES, WORDS};
use super::text::same;

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
        let named = named.or_else(|| inside(column, values()));
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
    }
    None
}

/// What the words inside a question say; whether somebody wants to leave an
/// address or has a number is no address and no number.
fn inside<'c>(column: &Column, cells: impl Iterator<Item = &'c str>) -> Option<&'static str> {
    if column.item.is_some() {
        return None;
    }
    let asked = format!("-{}-{}-", same(&column.header), same(&column.text));
    let has = |word: &&str| asked.contains(&format!("-{word}-"));
    let (what, _) = INSIDE.iter().find(|(_, words)| words.iter().any(has))?;
    let distinct: std::collections::BTreeSet<&str> = cells.collect();
    (4 < distinct.len()).then_some(what)
}

/// A column that calls itself an identifier, and has another for each row.
fn by_identity<'c>(column: &Column, cells: impl Iterator<Item = &'c str>) -> Option<&'static str> {
    const LAST: [&str; 13] = [
        "id",
        "uid",
        "uuid",
        "guid",
        "identifier",
        "responder",
        "respondent",
        "interviewee",
        "idno",
        "caseid",
        "caseno",
        "respid",
        "respno",
    ];
    const WHOLE: [&str; 4] = ["rownames", "index", "serial", "unnamed-0"];
    let name = same(&column.header);
    let last = name.rsplit('-').next().unwrap_or_default();
    let first = name.split('-').next() == Some("id");
    // `recipientId`
    let camel = ["Id", "ID"].iter().any(|end| column.header.trim().ends_with(end));
    let whole = WHOLE.contains(&name.as_str());
    if column.item.is_some() || !(LAST.contains(&last) || first || camel || whole) {
        return None;
    }
    let cells: Vec<&str> = cells.collect();
    let distinct: std::collections::BTreeSet<&&str> = cells.iter().collect();
    // In a file of several years, each begins again at 1.
    let begins_again = name == "id" && 20 < distinct.len();
    let is_own = 10 <= cells.len() && distinct.len() == cells.len();
    (is_own || begins_again).then_some("an identifier")
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
    let (mut seen, mut told) = (0, 0);
    let mut reached = std::collections::BTreeSet::new();
    let mut found = [0; KINDS.len()];
    for cell in cells {
        seen += 1;
        if holds_contact(cell) {
            told += 1;
            reached.insert(cell);
        }
        for (count, (_, test)) in found.iter_mut().zip(KINDS) {
            *count += usize::from(test(cell));
        }
    }
    let most = found.iter().zip(KINDS).find(|(count, _)| seen < **count * 2);
    if let Some((_, (what, _))) = most {
        return Some(what);
    }
    // An option that names an office is one; those of many persons differ.
    (3 <= reached.len() && seen <= told * 10).then_some("contact details")
}

/// Whether somebody can be reached by what stands among other words: "Jan,
/// 0470/12.34.56".
fn holds_contact(cell: &str) -> bool {
    let ends = |c: char| matches!(c, ',' | ';' | '(' | ')' | '<' | '>' | ':' | '.');
    let mut words = cell.split_whitespace().map(|word| word.trim_matches(ends));
    if words.any(is_email) {
        return true;
    }
    let signs =
        |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '.' | '/' | '(' | ')' | '-');
    cell.split(|c| !signs(c)).any(|run| is_phone(run.trim().trim_end_matches(['.', '-', '/', '('])))
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
        let mixed = ["Jan, 0470/12.34.56", "no", "els@example.org (Els)", "no", "+32 2 345 67 89!"];
        assert_eq!(by_content(mixed.into_iter()), Some("contact details"));
        // The same office, and years and sums, reach nobody.
        let office = ["by info@example.org", "by post", "by info@example.org"];
        assert_eq!(by_content(office.into_iter()), None);
        let others =
            ["from 2018-03-04 on", "0,5 - 12.5 km", "12 000 000 to 13 000 000", "2019/2020"];
        assert_eq!(by_content(others.into_iter()), None);
    }

    #[test]
    fn questions_that_ask_how_to_reach_somebody_are_known_by_their_answers() {
        let column = |text: &str| Column::asks(text, "", text);
        let many = ["a", "b", "c", "d", "e"].into_iter();
        let leave = column("Pour le tirage au sort, laissez vos coordonnées");
        assert_eq!(inside(&leave, many.clone()), Some("contact details"));
        assert_eq!(inside(&leave, ["oui", "non", "oui"].into_iter()), None);
        let number = column("Quel est votre numéro de matricule ?");
        assert_eq!(inside(&number, many.clone()), Some("an identifier"));
        assert_eq!(inside(&column("Quel est votre numéro préféré ?"), many.clone()), None);
        assert!(inside(&column("In welk jaar bent u geboren?"), many).is_some());
        assert_eq!(by_name(&column("Contact")), Some("contact details"));
    }
}
