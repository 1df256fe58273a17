//! The script that `SoSci` Survey writes beside an export for R: the words of
//! variables and of their values. It is read, never run.

use super::r_script::strings;
use super::{Asked, Asks};
use crate::import::question::Choice;
use crate::import::text::{clean, plain};

/// True for a script that labels the variables of `SoSci` Survey.
pub(in crate::import) fn is_sosci_script(head: &str) -> bool {
    head.contains("\"CASE\"") && head.contains("\"QUESTNNR\"") && head.contains("col.names")
}

/// What the script says of each variable.
pub(in crate::import) fn sosci_script(file: &str, text: &str) -> Vec<Asked> {
    let mut script = Script { file, all: vec![] };
    for line in text.lines().map(str::trim) {
        if let Some((name, rest)) = variable(line, "comment(") {
            script.label(name, &strings(rest.trim_start_matches(')')).concat());
        } else if let Some((name, rest)) = variable(line, "attr(") {
            script.end(name, rest);
        } else if let Some((name, rest)) =
            line.split_once("factor(").and_then(|(_, rest)| variable(rest, ""))
        {
            let (levels, labels) = rest.split_once("labels").unwrap_or_default();
            script.values(name, strings(levels), strings(labels));
        }
    }
    script.all
}

struct Script<'s> {
    file: &'s str,
    all: Vec<Asked>,
}

impl Script<'_> {
    fn asked(&mut self, name: &str) -> &mut Asked {
        let at = self.all.iter().position(|asked| asked.code == name).unwrap_or_else(|| {
            self.all.push(Asked::new(name, Asks::Unknown, self.file));
            self.all.len() - 1
        });
        &mut self.all[at]
    }

    /// `Question: Line` of a line, `Question: [01]` of one without words.
    fn label(&mut self, name: &str, label: &str) {
        let line = name.split_once('_').zip(label.rsplit_once(": "));
        let Some(((base, _), (question, words))) = line else {
            self.asked(name).text = plain(&clean(label));
            return;
        };
        let is_worded = !words.starts_with('[');
        self.asked(name).text = plain(&clean(if is_worded { words } else { question }));
        self.asked(base).text = plain(&clean(question));
    }

    fn values(&mut self, name: &str, values: Vec<String>, words: Vec<String>) {
        let options = values.into_iter().zip(words).filter(|(value, _)| value != "-9");
        // `[NA]` marks values that are no answer, such as "don't know".
        let bare = |words: &str| clean(words.trim_start_matches("[NA]"));
        self.asked(name).options =
            options.map(|(value, words)| Choice::coded(&value, plain(&bare(&words)))).collect();
    }

    /// The words of one end of a scale: after the second, all values are known.
    fn end(&mut self, name: &str, rest: &str) {
        const MOST: i32 = 11;
        let (value, words) = rest.split_once([')']).unwrap_or_default();
        let value = strings(value).concat().parse::<i32>().ok();
        let (Some(value), words) = (value.filter(|value| *value != -9), strings(words).concat())
        else {
            return;
        };
        let option = |value: i32, words: &str| {
            Choice::coded(&value.to_string(), plain(format!("{value} {}", clean(words)).trim()))
        };
        let asked = self.asked(name);
        let last = asked.options.last().and_then(|last| last.code.parse::<i32>().ok());
        let is_near = |last: &i32| value.checked_sub(*last).is_some_and(|steps| steps <= MOST);
        if let Some(last) = last.filter(is_near) {
            asked.options.extend((last + 1..value).map(|value| option(value, "")));
        }
        asked.options.push(option(value, &words));
    }
}

/// The variable of `ds$NAME` after `start`, and the rest of the line.
fn variable<'l>(line: &'l str, start: &str) -> Option<(&'l str, &'l str)> {
    let (_, rest) = line.strip_prefix(start)?.split_once('$')?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
    Some((&rest[..end], &rest[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_the_ends_of_a_scale_are_the_values_that_it_has() {
        let values = |ends: [&str; 2]| -> Vec<String> {
            let lines = ends.map(|end| format!("attr(ds$A1_01,\"{end}\") = \"words\"\n"));
            let asked = sosci_script("a.r", &lines.concat());
            asked[0].options.iter().map(|option| option.code.clone()).collect()
        };

        assert_eq!(values(["1", "4"]), ["1", "2", "3", "4"]);
        // No scale has as many.
        assert_eq!(values(["-2147483648", "2147483647"]), ["-2147483648", "2147483647"]);
    }
}
