//! Numbers that people wrote for people: "1 234,56", "€ 12,50", "45 %",
//! "120 m²".

/// The numbers of the cells as programs write them, and the unit that all of
/// them have; `None` where a cell is no number of that kind, or none needs it.
pub(super) fn numbers(cells: &[String]) -> Option<(Vec<String>, String)> {
    let mut unit: Option<String> = None;
    let mut plain = vec![];
    for cell in cells {
        if cell.is_empty() {
            plain.push(String::new());
            continue;
        }
        let (number, own) = measured(cell)?;
        if unit.as_ref().is_some_and(|unit| *unit != own) {
            return None;
        }
        unit = Some(own);
        plain.push(number);
    }
    let needed = cells.iter().any(|cell| !cell.is_empty() && super::text::number(cell).is_none());
    needed.then_some((plain, unit?))
}

/// What may stand after a number, without the `s` of many.
const UNITS: [&str; 59] = [
    "%", "€", "$", "£", "eur", "euro", "k€", "m", "m²", "m2", "m³", "m3", "km", "km²", "cm", "mm",
    "ha", "kg", "g", "t", "l", "kw", "kwh", "mwh", "w", "h", "min", "mn", "sec", "j", "jour",
    "heure", "minute", "semaine", "moi", "an", "année", "dag", "dagen", "uur", "uren", "minuten",
    "week", "weken", "maand", "maanden", "jaar", "stunde", "stunden", "tag", "tage", "woche",
    "wochen", "jahr", "jahre", "day", "hour", "year", "month",
];

/// The number of a cell and its unit, which may be empty.
fn measured(cell: &str) -> Option<(String, String)> {
    let is_digit = |c: char| c.is_ascii_digit();
    let first = cell.find(is_digit)?;
    let last = cell.rfind(is_digit)?;
    let (before, inside, after) = (&cell[..first], &cell[first..=last], &cell[last + 1..]);
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
    Some((format!("{sign}{}", digits(inside)?), unit))
}

/// Digits with signs between thousands, and a point or comma before decimals.
fn digits(text: &str) -> Option<String> {
    let is_blank = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’');
    let decimal = match (text.rfind('.'), text.rfind(',')) {
        (Some(point), Some(comma)) => Some(point.max(comma)),
        (Some(at), None) | (None, Some(at)) => {
            let sign = &text[at..=at];
            // Twice is between thousands.
            (text.matches(sign).count() == 1).then_some(at)
        }
        (None, None) => None,
    };
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

    fn read(cells: &[&str]) -> Option<(Vec<String>, String)> {
        numbers(&cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn numbers_of_people_are_read_with_their_unit() {
        let cases: [(&[&str], &[&str], &str); 6] = [
            (&["1 234,56", "900,5", ""], &["1234.56", "900.5", ""], ""),
            (&["1.234.567", "900"], &["1234567", "900"], ""),
            (&["€ 12,50", "€ 1.200,00"], &["12.50", "1200.00"], "€"),
            (&["45 %", "7%"], &["45", "7"], "%"),
            (&["120 m²", "80 m²"], &["120", "80"], "m²"),
            (&["1 heure", "12 heures", "-3 heures"], &["1", "12", "-3"], "heure"),
        ];
        for (cells, numbers, unit) in cases {
            let (found, own) = read(cells).unwrap();
            assert_eq!(
                (found, own.as_str()),
                (numbers.iter().map(|n| (*n).to_owned()).collect(), unit)
            );
        }
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
            assert_eq!(read(cells), None, "{cells:?}");
        }
    }
}
