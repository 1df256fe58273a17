//! Multiple-response sets as questions: the options of each, and who ticked them.

use super::dictionary::{Dictionary, Variable};
use super::sets::Set;
use super::value::Value;
use crate::import::question::Choice;
use crate::import::structure::{Asked, Asks};
use crate::import::text::{clean, plain, written};

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
        let choice = Choice::coded(&first.text(value), plain(&clean(label)));
        (choice, given.iter().map(cell).collect())
    };
    words.iter().map(option).collect()
}
