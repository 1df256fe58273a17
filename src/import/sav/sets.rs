//! Multiple-response sets: several variables that answer one question.
//!
//! A set of dichotomies has a variable for each option; a set of categories
//! has variables for the first, second … answer, all with one list of words.

use super::cases::Value;
use super::dictionary::{Dictionary, Variable};
use super::text;
use crate::import::question::Choice;
use crate::import::structure::{Asked, Asks};
use crate::import::text::{clean, plain, written};

/// A set as the dictionary has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Set {
    /// Its name without the sign before it.
    pub(super) name: String,
    pub(super) label: String,
    /// The value that counts as ticked; `None` for a set of categories.
    pub(super) counted: Option<String>,
    /// Whether the options are called as the counted value is.
    by_value: bool,
    /// The short names of its variables.
    pub(super) variables: Vec<String>,
}

/// Reads the lines of the record: `$a=D1 1 5 Label v1 v2`. What cannot be
/// read is no set: its variables stay questions of their own.
pub(super) fn parse(record: &str) -> Vec<Set> {
    record.split(['\n', '\0']).filter_map(|line| set(line.trim_start())).collect()
}

fn set(line: &str) -> Option<Set> {
    let (name, rest) = line.strip_prefix('$')?.split_once('=')?;
    let (kind, rest) = (rest.chars().next()?, rest.get(1..)?);
    let (counted, rest) = match kind {
        'C' => (None, rest),
        'D' => counted_text(rest).map(|(value, rest)| (Some(value), rest))?,
        'E' => {
            // Where the label comes from: 1, or 11.
            let (_, rest) = rest.strip_prefix(' ')?.split_once(' ')?;
            counted_text(rest).map(|(value, rest)| (Some(value), rest))?
        }
        _ => return None,
    };
    let (label, rest) = counted_text(rest.strip_prefix(' ')?)?;
    Some(Set {
        name: name.to_owned(),
        label: label.to_owned(),
        counted: counted.map(|value| value.trim_end().to_owned()),
        by_value: kind == 'E',
        variables: rest.split_whitespace().map(str::to_owned).collect(),
    })
}

/// `5 Label` with what follows it: the length counts bytes.
fn counted_text(text: &str) -> Option<(&str, &str)> {
    let (length, rest) = text.split_once(' ')?;
    rest.split_at_checked(length.parse().ok()?)
}

/// A set as the import takes it: its columns, in the place of its variables.
pub(super) struct Multiple {
    /// The places of its variables.
    pub(super) variables: Vec<usize>,
    pub(super) asked: Asked,
    /// Header and cells of each option.
    pub(super) columns: Vec<(String, Vec<String>)>,
}

/// The sets whose options have words, each with the columns of its options.
pub(super) fn multiples(
    file: &str,
    dictionary: &Dictionary,
    cases: &[Vec<Value>],
) -> Vec<Multiple> {
    let place = |short: &String| {
        dictionary.variables.iter().position(|own| {
            own.short.eq_ignore_ascii_case(short) || own.name.eq_ignore_ascii_case(short)
        })
    };
    let mut multiples = vec![];
    for set in &dictionary.sets {
        let variables: Vec<usize> = set.variables.iter().filter_map(place).collect();
        let taken =
            |at: &usize| multiples.iter().any(|other: &Multiple| other.variables.contains(at));
        if variables.len() < 2
            || variables.len() < set.variables.len()
            || variables.iter().any(taken)
        {
            continue;
        }
        let clash = dictionary.variables.iter().any(|own| own.name.eq_ignore_ascii_case(&set.name));
        let name = if clash { format!("{}_set", set.name) } else { set.name.clone() };
        let options = match &set.counted {
            Some(counted) => dichotomies(set, counted, &variables, dictionary, cases),
            None => categories(&variables, dictionary, cases),
        };
        if options.is_empty() {
            continue;
        }
        let mut asked = Asked::new(&name, Asks::Multiple, file);
        let label = clean(&set.label);
        asked.text = plain(if label.is_empty() { &set.name } else { &label });
        let mut columns = vec![];
        for (choice, cells) in options {
            columns.push((format!("{name}[{}]", choice.code), cells));
            asked.items.push(choice);
        }
        multiples.push(Multiple { variables, asked, columns });
    }
    multiples
}

type Options = Vec<(Choice, Vec<String>)>;

/// Each variable is an option: ticked where it has the counted value.
fn dichotomies(
    set: &Set,
    counted: &str,
    variables: &[usize],
    dictionary: &Dictionary,
    cases: &[Vec<Value>],
) -> Options {
    let ticked = |value: &Value| match value {
        Value::Missing => false,
        Value::Text(text) => text.trim_end() == counted,
        Value::Number(number) => counted.parse() == Ok(*number) || written(*number) == counted,
    };
    let asked = |case: &[Value]| variables.iter().any(|at| !case[*at].is_empty());
    let option = |at: &usize| {
        let own = &dictionary.variables[*at];
        let word = own.labels.iter().find(|(value, _)| ticked(value)).map(|(_, label)| label);
        let label = if set.by_value { word.unwrap_or(&own.label) } else { &own.label };
        let label = clean(if label.is_empty() { &own.name } else { label });
        let cell = |case: &Vec<Value>| {
            if asked(case) { u8::from(ticked(&case[*at])).to_string() } else { String::new() }
        };
        (Choice::coded(&own.name, plain(&label)), cases.iter().map(cell).collect())
    };
    variables.iter().map(option).collect()
}

/// Each word of the common list is an option: ticked where a variable has it.
fn categories(variables: &[usize], dictionary: &Dictionary, cases: &[Vec<Value>]) -> Options {
    let first: &Variable = &dictionary.variables[variables[0]];
    let given = |case: &Vec<Value>| -> Vec<Value> {
        let values = variables.iter().map(|at| &case[*at]);
        values.filter(|value| !value.is_empty() && !first.missing.holds(value)).cloned().collect()
    };
    let given: Vec<Vec<Value>> = cases.iter().map(given).collect();
    let words: Vec<&(Value, String)> =
        first.labels.iter().filter(|(value, _)| !first.missing.holds(value)).collect();
    // Numbers that count are no categories: their words name a few of them.
    let worded = |value: &Value| words.iter().any(|(known, _)| known == value);
    if words.is_empty() || !given.iter().flatten().all(worded) {
        return vec![];
    }
    let option = |(value, label): &&(Value, String)| {
        let cell = |values: &Vec<Value>| {
            if values.is_empty() {
                String::new()
            } else {
                u8::from(values.contains(value)).to_string()
            }
        };
        let choice = Choice::coded(&text(value, first), plain(&clean(label)));
        (choice, given.iter().map(cell).collect())
    };
    words.iter().map(option).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_read_as_spss_writes_them() {
        // The examples of the PSPP developers' guide.
        let record = "$a=C 10 my mcgroup a b c\n$b=D2 55 0  g e f d\n$c=D3 Yes 10 mdgroup #2 h i j\n$d=E 1 2 34 13 third mdgroup k l m\n$e=E 11 6 choice 0  n o p\n";

        let sets = parse(record);

        let told = |set: &Set| (set.name.clone(), set.label.clone(), set.counted.clone());
        let names: Vec<_> = sets.iter().map(told).collect();
        let one = |name: &str, label: &str, counted: Option<&str>| {
            (name.to_owned(), label.to_owned(), counted.map(str::to_owned))
        };
        assert_eq!(
            names,
            [
                one("a", "my mcgroup", None),
                one("b", "", Some("55")),
                one("c", "mdgroup #2", Some("Yes")),
                one("d", "third mdgroup", Some("34")),
                one("e", "", Some("choice")),
            ]
        );
        assert_eq!(sets[1].variables, ["g", "e", "f", "d"]);
        assert_eq!(parse("$x=D1 1 99 too short a\n$y\nz=C 1 a\n$e=D9999 1"), []);
    }
}
