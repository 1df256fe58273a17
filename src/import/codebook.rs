//! Questions → the rows of `survey.csv` and `choices.csv`.

use super::question::{Choice, Kind, Question};
use super::text::{Texts, any, key};

/// The rows of questions that are new, and of all options.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) survey_header: Vec<String>,
    pub(super) survey: Vec<Vec<String>>,
    pub(super) choices_header: Vec<String>,
    pub(super) choices: Vec<Vec<String>>,
}

impl Written {
    /// `taken` are the names of lists that the codebook has.
    pub(super) fn new(questions: &[Question], languages: &[String], taken: &[String]) -> Self {
        let texts = || {
            questions.iter().flat_map(|question| {
                question.options.iter().map(|option| &option.label).chain([&question.label])
            })
        };
        let told = texts().any(|texts| texts.keys().any(|language| !language.is_empty()));
        // Texts that tell no language serve all of them.
        let columns: Vec<String> = if told { languages.to_vec() } else { vec![] };
        let mut written = Self {
            survey_header: header(
                &["type", "name"],
                &columns,
                &["parameters", "appearance", "topic", "breakdown"],
            ),
            survey: vec![],
            choices_header: header(&["list_name", "name"], &columns, &["role"]),
            choices: vec![],
        };
        let mut lists: Vec<(String, Vec<Choice>)> = vec![];
        let mut open: Option<String> = None;
        for question in questions {
            let list = written.list(question, &mut lists, taken, &columns);
            if question.known {
                continue;
            }
            let battery = question.battery.as_ref();
            if open.as_ref() != battery.map(|battery| &battery.name) {
                written.close(&mut open);
                if let Some(battery) = battery {
                    let mut row = vec!["begin_group".to_owned(), battery.name.clone()];
                    let labels = cells(&battery.label, &columns, &battery.name);
                    let shorts = shorts(&labels);
                    row.extend(labels);
                    row.extend(shorts);
                    written.push(row);
                    open = Some(battery.name.clone());
                }
            }
            written.push(row(question, &list, &columns));
        }
        written.close(&mut open);
        written
    }

    fn push(&mut self, mut row: Vec<String>) {
        row.resize(self.survey_header.len(), String::new());
        self.survey.push(row);
    }

    fn close(&mut self, open: &mut Option<String>) {
        if open.take().is_some() {
            self.push(vec!["end_group".to_owned()]);
        }
    }

    /// The list of a question: one that has the same options, else its own.
    fn list(
        &mut self,
        question: &Question,
        lists: &mut Vec<(String, Vec<Choice>)>,
        taken: &[String],
        columns: &[String],
    ) -> String {
        if question.options.is_empty() {
            return String::new();
        }
        let known = lists.iter().find(|(name, options)| {
            question.list.as_ref().is_none_or(|own| own == name) && options == &question.options
        });
        if let Some((name, _)) = known.filter(|_| question.list.is_none()) {
            return name.clone();
        }
        let name = question.list.clone().unwrap_or_else(|| {
            let wish = question.battery.as_ref().map_or(&question.name, |battery| &battery.name);
            let used = |name: &str| {
                taken.iter().any(|one| one == name) || lists.iter().any(|(one, _)| one == name)
            };
            let wish = wish.replace(char::is_whitespace, "_");
            (1..=lists.len() + taken.len() + 1)
                .map(|n| if n == 1 { wish.clone() } else { format!("{wish}_{n}") })
                .find(|name| !used(name))
                .unwrap_or(wish)
        });
        for option in &question.options {
            let mut row = vec![name.clone(), option.code.clone()];
            let labels = cells(&option.label, columns, &option.code);
            let shorts = shorts(&labels);
            row.extend(labels);
            row.extend(shorts);
            row.push(option.role.clone());
            self.choices.push(row);
        }
        lists.push((name.clone(), question.options.clone()));
        name
    }
}

/// A text in the columns of its languages; the default language is never
/// empty.
fn cells(texts: &Texts, columns: &[String], name: &str) -> Vec<String> {
    let any = |texts| Some(any(texts)).filter(|text| !text.is_empty()).unwrap_or(name);
    if columns.is_empty() {
        return vec![any(texts).to_owned()];
    }
    let cell = |(at, language): (usize, &String)| {
        let own = texts.get(language).or_else(|| texts.get(""));
        own.filter(|text| !text.is_empty()).map_or_else(
            || if at == 0 { any(texts).to_owned() } else { String::new() },
            Clone::clone,
        )
    };
    columns.iter().enumerate().map(cell).collect()
}

/// The short labels: those that end in a colon or a full stop without it, for
/// figures set them between others. No export tells more.
fn shorts(labels: &[String]) -> Vec<String> {
    let shorts: Vec<String> = labels.iter().map(|label| bare(label).to_owned()).collect();
    if shorts == labels { vec![String::new(); labels.len()] } else { shorts }
}

/// A label without the sign at its end that leads to an input or closes a
/// statement; abbreviations keep theirs.
fn bare(label: &str) -> &str {
    const KEPT: [&str; 8] = ["etc.", "enz.", "usw.", "ca.", "inc.", "ltd.", "co.", "approx."];
    let label = label.trim_end();
    let whole = label.trim_end_matches([':', ' ', '\u{a0}', '\u{202f}']);
    let Some(rest) = whole.strip_suffix('.') else {
        return if whole.is_empty() { label } else { whole };
    };
    let last = whole.rsplit(' ').next().unwrap_or_default();
    let is_kept = last == whole
        || rest.ends_with('.')
        || last[..last.len() - 1].contains('.')
        || KEPT.contains(&last.to_lowercase().as_str());
    if is_kept { whole } else { rest }
}

/// The header of a table, with labels in the languages that `columns` has.
fn header(first: &[&str], columns: &[String], last: &[&str]) -> Vec<String> {
    let label = |stem: &str| -> Vec<String> {
        if columns.is_empty() {
            vec![stem.to_owned()]
        } else {
            columns.iter().map(|language| format!("{stem}::{language}")).collect()
        }
    };
    let first = first.iter().map(|name| (*name).to_owned());
    let last = last.iter().map(|name| (*name).to_owned());
    first.chain(label("label")).chain(label("short")).chain(last).collect()
}

/// The row of a question.
fn row(question: &Question, list: &str, columns: &[String]) -> Vec<String> {
    let mut row = vec![question.kind.written(list), question.name.clone()];
    let labels = cells(&question.label, columns, &question.name);
    let shorts = shorts(&labels);
    row.extend(labels);
    row.extend(shorts);
    row.push(match question.kind {
        Kind::Range { start, end } => format!("start={start} end={end} step=1"),
        _ => String::new(),
    });
    row.push(if question.kind == Kind::Likert { "likert" } else { "" }.to_owned());
    row.push(key(&question.topic));
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_in_a_colon_or_a_full_stop_has_a_short_label() {
        let cases = [
            ("Les prix sont trop élevés.", "Les prix sont trop élevés"),
            ("Anders, namelijk:", "Anders, namelijk"),
            ("Autre, précisez :", "Autre, précisez"),
            ("bus, tram, etc.", "bus, tram, etc."),
            ("niet van toepassing (n.v.t.)", "niet van toepassing (n.v.t.)"),
            ("How often do you …", "How often do you …"),
            ("wait and see...", "wait and see..."),
            ("N.v.t.", "N.v.t."),
            (":", ":"),
        ];
        for (label, short) in cases {
            assert_eq!(bare(label), short);
        }
        assert_eq!(shorts(&["Bus".to_owned(), "Tram".to_owned()]), ["", ""]);
        assert_eq!(shorts(&["Oui.".to_owned(), "Je veux.".to_owned()]), ["Oui.", "Je veux"]);
    }
}
