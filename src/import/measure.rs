//! Numbers that people wrote for people: "1 234,56", "€ 12,50", "45 %",
//! "120 m²".

use std::ops::Range;

/// Numbers as programs write them.
#[derive(Debug)]
pub(super) struct Measures {
    /// By cell; empty where it is.
    pub(super) cells: Vec<String>,
    /// What all of them have after or before them.
    pub(super) unit: String,
    /// The first cell with a sign of which nothing tells that it stands between
    /// thousands, as it was taken: `€ 1.200`.
    pub(super) doubtful: Option<usize>,
}

/// The numbers of the cells; `None` where a cell is no number of that kind, or
/// none needs it.
pub(super) fn numbers(cells: &[String]) -> Option<Measures> {
    let texts = cells.iter().map(|cell| inside(cell).map_or("", |inside| &cell[inside]));
    let decimals: Vec<char> = texts.clone().filter_map(decimal_sign).collect();
    let mut unit: Option<String> = None;
    let mut plain = vec![];
    for cell in cells {
        if cell.is_empty() {
            plain.push(String::new());
            continue;
        }
        let (number, own) = measured(cell, &decimals)?;
        if unit.as_ref().is_some_and(|unit| *unit != own) {
            return None;
        }
        unit = Some(own);
        plain.push(number);
    }
    let needed = cells.iter().any(|cell| !cell.is_empty() && super::text::number(cell).is_none());
    let is_doubtful = |(at, text): (usize, &str)| {
        let once = text.matches(['.', ',']).count() == 1;
        (once && !plain[at].contains('.') && decimals.is_empty()).then_some(at)
    };
    let doubtful = texts.enumerate().find_map(is_doubtful);
    needed.then_some(Measures { doubtful, cells: plain, unit: unit? })
}

/// What may stand after a number, without the `s` of many.
const UNITS: [&str; 59] = [
    "%", "€", "$", "£", "eur", "euro", "k€", "m", "m²", "m2", "m³", "m3", "km", "km²", "cm", "mm",
    "ha", "kg", "g", "t", "l", "kw", "kwh", "mwh", "w", "h", "min", "mn", "sec", "j", "jour",
    "heure", "minute", "semaine", "moi", "an", "année", "dag", "dagen", "uur", "uren", "minuten",
    "week", "weken", "maand", "maanden", "jaar", "stunde", "stunden", "tag", "tage", "woche",
    "wochen", "jahr", "jahre", "day", "hour", "year", "month",
];

/// From the first digit of a cell to the last.
fn inside(cell: &str) -> Option<Range<usize>> {
    let is_digit = |c: char| c.is_ascii_digit();
    Some(cell.find(is_digit)?..cell.rfind(is_digit)? + 1)
}

/// The sign before the decimals, where there is no doubt that it is one: it stands
/// once, after other signs, and not before three digits as one between thousands does.
fn decimal_sign(text: &str) -> Option<char> {
    let at = text.rfind(['.', ','])?;
    let sign = char::from(text.as_bytes()[at]);
    let is_once = text.matches(sign).count() == 1;
    let is_last = text[..at].contains(['.', ',']);
    (is_once && (is_last || text.len() - at != 4)).then_some(sign)
}

/// The number of a cell and its unit, which may be empty. `decimals` are the
/// signs that stand before decimals in other cells.
fn measured(cell: &str, decimals: &[char]) -> Option<(String, String)> {
    let inside = inside(cell)?;
    let (before, after) = (&cell[..inside.start], &cell[inside.end..]);
    let before = before.trim();
    let (sign, before) = match before.strip_suffix(['-', '−']) {
        Some(rest) => ("-", rest.trim()),
        None => ("", before),
    };
    let currency = |text: &str| {
        matches!(text, "€" | "$" | "£" | "EUR" | "USD" | "GBP" | "CHF" | "eur" | "Fr.")
    };
    if !(before.is_empty() || currency(before)) {
        return None;
    }
    let after = after.trim().trim_end_matches('.');
    let unit = if before.is_empty() { after } else { before };
    let unit = unit.to_lowercase().trim_end_matches('s').to_owned();
    let is_unit = before.is_empty() && (unit.is_empty() || UNITS.contains(&unit.as_str()));
    if !is_unit && (before.is_empty() || !after.is_empty()) {
        return None;
    }
    Some((format!("{sign}{}", digits(&cell[inside], decimals)?), unit))
}

/// Digits with signs between thousands, and a point or comma before decimals.
fn digits(text: &str, decimals: &[char]) -> Option<String> {
    let is_blank = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’');
    let at = text.rfind(['.', ',']);
    let decimal = at.filter(|at| {
        let sign = char::from(text.as_bytes()[*at]);
        let is_once = text.matches(sign).count() == 1;
        // "0.125" has no thousands.
        let is_told = decimals.contains(&sign) || text.starts_with('0');
        decimal_sign(text).is_some() || (is_once && is_told)
    });
    let (whole, rest) = decimal.map_or((text, ""), |at| (&text[..at], &text[at + 1..]));
    if !rest.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let mut groups = whole.split(|c: char| is_blank(c) || matches!(c, '.' | ','));
    let first = groups.next()?;
    let others: Vec<&str> = groups.collect();
    let is_group =
        |group: &&str| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    let sound = !first.is_empty()
        && first.bytes().all(|byte| byte.is_ascii_digit())
        && (others.is_empty() || first.len() <= 3)
        && others.iter().all(is_group);
    let point = if rest.is_empty() { "" } else { "." };
    sound.then(|| format!("{first}{}{point}{rest}", others.join("")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str]) -> Option<Measures> {
        numbers(&cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn numbers_of_people_are_read_with_their_unit() {
        let cases: [(&[&str], &[&str], &str); 11] = [
            (&["€ 1.200", "€ 900"], &["1200", "900"], "€"),
            (&["$1,200", "$2,500.50"], &["1200", "2500.50"], "$"),
            (&["1,250 kg", "0,5 kg"], &["1.250", "0.5"], "kg"),
            (&["0.125 l", "2 l"], &["0.125", "2"], "l"),
            (&["1.234.567 t", "1.5 t"], &["1234567", "1.5"], "t"),
            (&["1 234,56", "900,5", ""], &["1234.56", "900.5", ""], ""),
            (&["1.234.567", "900"], &["1234567", "900"], ""),
            (&["€ 12,50", "€ 1.200,00"], &["12.50", "1200.00"], "€"),
            (&["45 %", "7%"], &["45", "7"], "%"),
            (&["120 m²", "80 m²"], &["120", "80"], "m²"),
            (&["1 heure", "12 heures", "-3 heures"], &["1", "12", "-3"], "heure"),
        ];
        for (cells, numbers, unit) in cases {
            let found = read(cells).unwrap();
            assert_eq!(found.cells, numbers);
            assert_eq!(found.unit, unit);
        }
    }

    #[test]
    fn a_sign_that_may_stand_between_thousands_is_told() {
        assert_eq!(read(&["€ 900", "€ 1.200"]).unwrap().doubtful, Some(1));
        assert_eq!(read(&["€ 1.234.500", "€ 1.200,50"]).unwrap().doubtful, None);
        assert_eq!(read(&["0,5 kg", "1,250 kg"]).unwrap().doubtful, None);
    }

    #[test]
    fn what_only_holds_numbers_is_none() {
        let cases: [&[&str]; 8] = [
            &["0470 12 34 56"],
            &["4000 Liège", "5000 Namur"],
            &["18-25 ans"],
            &["10 %", "10 €"],
            &["1er", "2e"],
            &["10h30"],
            &["12/03/2026"],
            &["12", "13.5"],
        ];
        for cells in cases {
            assert!(read(cells).is_none(), "{cells:?}");
        }
    }
}
