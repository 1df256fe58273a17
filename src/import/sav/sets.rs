//! Multiple-response sets as the dictionary writes them: several variables that
//! answer one question.
//!
//! A set of dichotomies has a variable for each option; a set of categories
//! has variables for the first, second … answer, all with one list of words.

/// A set as the dictionary has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Set {
    /// Its name without the sign before it.
    pub(super) name: String,
    pub(super) label: String,
    /// The value that counts as ticked; `None` for a set of categories.
    pub(super) counted: Option<String>,
    /// Whether the options are called as the counted value is.
    pub(super) by_value: bool,
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
