//! Small work on the words of exports: cleaning, comparing, naming.

use std::collections::BTreeMap;

use crate::survey::slug;

/// A text by language; the empty language stands for "not said".
pub(super) type Texts = BTreeMap<String, String>;

/// What stands for a tick.
pub(super) const YES: [&str; 13] = [
    "1", "y", "yes", "oui", "ja", "x", "true", "vrai", "waar", "wahr", "checked", "selected", "1.0",
];

/// What stands for its absence.
pub(super) const NO: [&str; 13] = [
    "0",
    "n",
    "no",
    "non",
    "nee",
    "nein",
    "false",
    "faux",
    "onwaar",
    "falsch",
    "not selected",
    "unchecked",
    "0.0",
];
/// A text whose language nobody told.
pub(super) fn plain(text: &str) -> Texts {
    Texts::from([(String::new(), text.to_owned())])
}

/// Any text of the languages: the one without a language, else the first.
pub(super) fn any(texts: &Texts) -> &str {
    texts.values().find(|text| !text.is_empty()).map_or("", String::as_str)
}

/// A wording as readers should see it: HTML taken out, entities read, line
/// breaks and runs of blanks as one blank, no blanks around it.
pub(super) fn clean(text: &str) -> String {
    let text = if text.contains('<') || text.contains('&') {
        entities(&without_tags(text))
    } else {
        text.to_owned()
    };
    text.replace(|c: char| matches!(c, '\u{FEFF}' | '\u{200B}') || is_control(c), "")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// A character that no text has; line breaks and tabs are blanks.
pub(super) fn is_control(letter: char) -> bool {
    letter.is_control() && !letter.is_whitespace()
}

/// Takes out what is surely a tag: `< 18` and `a < b` stay.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = &rest[at + 1..];
        let opens = tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
        if let Some(end) = tag.find('>').filter(|_| opens) {
            out.push(' ');
            rest = &tag[end + 1..];
        } else {
            out.push('<');
            rest = tag;
        }
    }
    out + rest
}

fn entities(text: &str) -> String {
    const NAMED: [(&str, &str); 9] = [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#039;", "'"),
        ("&rsquo;", "’"),
        ("&eacute;", "é"),
        ("&amp;", "&"),
    ];
    NAMED.iter().fold(text.to_owned(), |text, (name, letter)| text.replace(name, letter))
}

/// What two spellings of one thing have in common: no case, accents,
/// punctuation or doubled blanks.
pub(super) fn same(text: &str) -> String {
    if number(text).is_some() {
        return text.trim().to_owned();
    }
    let plain = slug(text);
    // A text of signs alone, such as `+`, has no slug to speak of; `> 3` is not 3, nor `C#` C.
    if plain.is_empty() || text.contains(['<', '>', '+', '#']) {
        text.trim().to_lowercase()
    } else {
        plain
    }
}

/// The longest key that is made of words.
const KEY: usize = 40;

/// A key made of words: ASCII, short, whole words where that is possible.
pub(super) fn key(text: &str) -> String {
    let slug = slug(text);
    if slug.len() <= KEY {
        return slug.replace('-', "_");
    }
    let cut = slug[..=KEY].rfind('-').filter(|at| KEY / 2 < *at).unwrap_or(KEY);
    slug[..cut].replace('-', "_")
}

/// The first words of a name, for names that more words follow.
pub(super) fn stem(name: &str) -> String {
    let mut stem = String::new();
    for word in name.split('_') {
        if !stem.is_empty() && 20 < stem.len() + word.len() {
            break;
        }
        if !stem.is_empty() {
            stem.push('_');
        }
        stem.push_str(word);
    }
    stem
}

/// A key made of a code: the code as it is where it can be one.
pub(super) fn code(text: &str) -> String {
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    if !text.is_empty() && text.chars().all(fine) { text.to_owned() } else { key(text) }
}

/// Gives every name once: `a`, `a_2`, `a_3`; `taken` holds the slugs.
pub(super) fn unique(name: String, taken: &mut std::collections::BTreeSet<String>) -> String {
    let name = if slug(&name).is_empty() { "q".to_owned() } else { name };
    if taken.insert(slug(&name)) {
        return name;
    }
    (2..taken.len() + 3)
        .map(|n| format!("{name}_{n}"))
        .find(|name| taken.insert(slug(name)))
        .unwrap_or(name)
}

/// A number as cells write it: sign, digits, a point or comma, decimals.
pub(super) fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let sound = digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        && digits.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','))
        && digits.matches(['.', ',']).count() <= 1
        && digits.contains(|c: char| c.is_ascii_digit());
    if sound { text.replace(',', ".").parse().ok() } else { None }
}

/// A number as our tables write it; whole numbers without decimals.
pub(super) fn written(value: f64) -> String {
    // The sign of a zero says nothing.
    (value + 0.0).to_string()
}

/// True for numbers that are codes: a zero before other digits. That of a time
/// of the day, `08:00 - 10:00`, is none.
pub(super) fn has_leading_zero(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next() == Some('0')
        && letters.next().is_some_and(|c| c.is_ascii_digit())
        && !text.contains(':')
}

/// The place that a rank names: `1`, `2e`, `1st`, `3de`, `4.`.
pub(super) fn ordinal(text: &str) -> Option<usize> {
    const ENDS: [&str; 14] =
        ["", "er", "re", "e", "ème", "eme", "ère", "st", "nd", "rd", "th", "de", "ste", "."];
    let text = text.trim().to_lowercase();
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let (number, end) = text.split_at(digits);
    ENDS.contains(&end).then(|| number.parse().ok()).flatten().filter(|rank| *rank > 0)
}

/// `Question [Line]` in its two parts: the last pair of brackets counts, and
/// either part may hold brackets of its own.
pub(super) fn in_brackets(header: &str) -> Option<(&str, &str)> {
    let inside = header.trim().strip_suffix(']')?;
    let mut depth = 0;
    for (at, letter) in inside.char_indices().rev() {
        match letter {
            ']' => depth += 1,
            '[' if depth == 0 => return Some((inside[..at].trim(), inside[at + 1..].trim())),
            '[' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Whether each column has a number of its own for its tick, higher than that
/// of the column before: `2` or nothing, `3` or nothing. Columns that nobody
/// filled say nothing.
pub(super) fn own_numbers<C: AsRef<str>>(columns: &[Vec<C>]) -> bool {
    const FEW: usize = 10;
    let own = |cells: &Vec<C>| {
        let filled: Vec<&str> =
            cells.iter().map(|cell| cell.as_ref().trim()).filter(|cell| !cell.is_empty()).collect();
        let first = filled.first().and_then(|first| number(first));
        let is_whole = |value: &f64| 1.0 <= *value && value.fract() == 0.0;
        match filled.iter().all(|cell| number(cell) == first) {
            _ if filled.is_empty() => Some((f64::NAN, 0)),
            true => first.filter(is_whole).map(|value| (value, filled.len())),
            false => None,
        }
    };
    let Some(own) = columns.iter().map(own).collect::<Option<Vec<_>>>() else { return false };
    let filled: Vec<(f64, usize)> = own.into_iter().filter(|(_, count)| 0 < *count).collect();
    let all = columns.first().map_or(0, Vec::len);
    3 <= filled.len()
        && FEW <= all
        && filled.iter().any(|(_, count)| *count < all)
        && filled.windows(2).all(|pair| pair[0].0 < pair[1].0)
}

/// The year of a date, if the text is one: three numbers, one of them a
/// year, or a month in letters between them.
pub(super) fn year(text: &str) -> Option<u16> {
    let text = text.trim();
    if !text.starts_with(|c: char| c.is_alphanumeric()) || 40 < text.len() {
        return None;
    }
    let day = text.split(['T']).next().unwrap_or(text);
    let numbers: Vec<&str> =
        day.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).take(3).collect();
    let worded = text.starts_with(|c: char| c.is_alphabetic())
        && MONTHS.contains(&text.chars().take(3).collect::<String>().to_lowercase().as_str());
    let parts = if worded { 2 } else { 3 };
    if numbers.len() < parts || !day.contains(['/', '-', '.', ',']) {
        return None;
    }
    let is_year =
        |part: &&&str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    let others = numbers[..parts].iter().filter(|part| part.len() <= 2).count();
    match numbers[..parts].iter().find(is_year) {
        Some(year) if others == parts - 1 => year.parse().ok(),
        // 7/27/26 19:06:23
        None if parts == 3
            && others == 3
            && text.contains([':', '/'])
            && text.matches('/').count() == 2 =>
        {
            numbers[2].parse::<u16>().ok().map(|year| 2000 + year)
        }
        _ => None,
    }
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_lose_their_markup_and_nothing_else() {
        assert_eq!(
            clean("<p>Où en est\u{a0}votre\n projet&nbsp;?</p>"),
            "Où en est votre projet ?"
        );
        assert_eq!(clean("< 18 &amp; > 60"), "< 18 & > 60");
    }

    #[test]
    fn keys_are_short_and_made_of_whole_words() {
        assert_eq!(key("Énergie, climat et eau"), "energie_climat_et_eau");
        assert!(key(&"mot ".repeat(30)).len() <= 40);
        let mut taken = std::collections::BTreeSet::new();
        let names: Vec<_> = ["a", "A", "?"].map(|name| unique(code(name), &mut taken)).into();
        assert_eq!(names, ["a", "A_2", "q"]);
    }

    #[test]
    fn numbers_have_a_point_or_a_comma() {
        assert_eq!(number("120,5"), Some(120.5));
        assert_eq!(number("-99"), Some(-99.0));
        assert_eq!([number("1,4,6"), number("30 - 44"), number("."), number("")], [None; 4]);
        assert_eq!(written(3.0), "3");
    }

    #[test]
    fn ranks_are_read_in_four_languages() {
        assert_eq!(["1er", "2e", "3rd", "4de", "5"].map(ordinal), [1, 2, 3, 4, 5].map(Some));
        assert_eq!(["1a", "0", ""].map(ordinal), [None; 3]);
    }

    #[test]
    fn years_are_found_in_dates_only() {
        let dates = ["2018-04-22 11:48:27", "22/04/2018 - 11:48", "2018/04/22 11:48:27 AM UTC+2"];
        assert_eq!(dates.map(year), [Some(2018); 3]);
        assert_eq!(year("Apr 26, 2018 8:58:20 AM"), Some(2018));
        assert_eq!(year("7/27/26 19:06:23"), Some(2026));
        assert_eq!(["2018", "30 - 44", "1.2.3", "2018-2019", "0.15"].map(year), [None; 5]);
    }
}
