//! The way out of TOML that is not as it must be: what its author probably
//! meant, written as TOML.

use jiff::civil::Date;

use super::value::Value;

/// For a text that TOML does not read: `message` is the parser's, `rest` what
/// stands from the mistake on.
pub(super) fn of_syntax(message: &str, rest: &str) -> &'static str {
    let first = rest.chars().next();
    if message.starts_with("duplicate") {
        "Keep one of the two, or move the key under the table it belongs to."
    } else if first.is_some_and(|sign| "«»“”„‘’".contains(sign)) {
        "Write straight quotation marks: `\"…\"`."
    } else if first == Some(':') {
        "Write `=` in place of `:`, with texts between quotation marks: `title = \"…\"`."
    } else if message.starts_with("invalid date") {
        "Write a date with the year first and without quotation marks: `2018-06-14`."
    } else {
        "Write `key = value`, with texts between quotation marks: `title = \"…\"`."
    }
}

/// For a value of another type than the `wanted`, as its complaint names it.
/// `None` where the words on types in general say as much.
pub(super) fn of_type(key: &str, wanted: &str, value: &Value) -> Option<String> {
    let wants = |beginning: &str| wanted.starts_with(beginning);
    match value {
        Value::Integer(number) if wants("a string") || wants("a text") => {
            Some(format!("Write it in quotation marks: `\"{number}\"`."))
        }
        Value::Text(text) if wants("a date") => Some(match day(text) {
            Some(day) => format!("Write `{key} = {day}`, without quotation marks."),
            None => format!("Write `{key} = 2018-06-14`, without quotation marks."),
        }),
        Value::Text(text) if wants("a whole number") || wants("a number") => {
            let number = text.trim().replace(',', ".");
            number.parse::<f64>().ok()?;
            Some(format!("Write `{key} = {number}`, without quotation marks."))
        }
        Value::Text(_) if wants("`true`") => {
            Some(format!("Write `{key} = true` or `{key} = false`, without quotation marks."))
        }
        Value::Text(text) if wants("a list") && !wanted.contains("tables") => {
            let words = text.split([',', ';', ' ']).filter(|word| !word.is_empty());
            let words: Vec<_> = words.map(|word| format!("\"{word}\"")).collect();
            Some(format!("Write a list: `{key} = [{}]`.", words.join(", ")))
        }
        Value::Text(_) if wants("a table") => {
            Some(format!("Write a table in braces: `{key} = {{ … = … }}`."))
        }
        _ => None,
    }
}

/// A day as people write it: `2018-06-14`, `14/06/2018`, `14.6.2018`.
fn day(text: &str) -> Option<Date> {
    if let Ok(date) = text.trim().parse() {
        return Some(date);
    }
    let parts: Vec<i16> = text
        .split(['/', '-', '.'])
        .map(|part| part.trim().parse())
        .collect::<Result<_, _>>()
        .ok()?;
    let [day, month, year] = parts[..] else { return None };
    // No calendar that people use counts years by two digits and means those.
    (1000 <= year).then_some(())?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_understood_as_people_write_it() {
        let days = ["2018-06-14", "14/06/2018", "14.6.2018", "14-06-2018"];

        for written in days {
            assert_eq!(day(written).map(|day| day.to_string()).as_deref(), Some("2018-06-14"));
        }
        for none in ["14/06/18", "31/02/2018", "juin 2018", ""] {
            assert_eq!(day(none), None, "{none}");
        }
    }
}
