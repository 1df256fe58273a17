//! Full headings of a table that no tool signs: neighbours that begin alike
//! are lines of one question, as `Question [Line]`, `code[sub]. Question
//! [Line]` or `Question Option`.

use super::super::export::{Column, TYPED};
use super::super::scales::is_other;
use super::super::text::{NO, YES, clean, in_brackets, same};
use super::named;

/// The columns that are lines of a question, by their headings; `None` where
/// a heading stands for itself.
pub(super) fn lines(headers: &[String], rows: &[Vec<String>]) -> Vec<Option<Column>> {
    let headings: Vec<Heading> = headers.iter().map(|header| Heading::of(header)).collect();
    let mut columns: Vec<Option<Column>> = headings.iter().map(Heading::alone).collect();
    in_bracket_runs(&headings, &mut columns);
    coded_runs(headers, &mut columns);
    named::runs(headers, rows, &mut columns);
    ticked_runs(headers, rows, &mut columns);
    let texts: Vec<&str> = headings.iter().map(|heading| heading.text.as_str()).collect();
    let mut at = 0;
    while at < texts.len() {
        let run = if columns[at].is_none() { worded_run(&texts, &columns, rows, at) } else { None };
        let Some((end, stem)) = run else {
            at += 1;
            continue;
        };
        for place in at..end {
            columns[place] = Some(worded(&headers[place], &texts, place, stem));
        }
        at = end;
    }
    columns
}

/// A heading with what a code before it tells.
struct Heading {
    header: String,
    /// The code of the question and that of its line.
    codes: Option<(String, String)>,
    /// The wording without markup.
    text: String,
}

impl Heading {
    fn of(header: &str) -> Self {
        let (codes, text) = match coded(header) {
            Some((code, line, text)) => (Some((code.to_owned(), line.to_owned())), text),
            None => (None, header),
        };
        let text = if text.contains(' ') { clean(text) } else { String::new() };
        Self { header: header.to_owned(), codes, text }
    }

    /// `code. Question`, and `code[sub]. Question []`, which has one line.
    fn alone(&self) -> Option<Column> {
        let (code, _) = self.codes.as_ref()?;
        let text = match in_brackets(&self.text) {
            Some((_, line)) if !line.is_empty() => return None,
            Some((question, _)) => question,
            None => &self.text,
        };
        Some(Column::asks(&self.header, code, text))
    }

    /// The question and the line in brackets after it.
    fn line(&self) -> Option<(&str, &str)> {
        in_brackets(&self.text).filter(|(question, line)| !question.is_empty() && !line.is_empty())
    }

    /// What columns of one question share.
    fn question(&self) -> Option<(&str, &str)> {
        let code = self.codes.as_ref().map_or("", |(code, _)| code.as_str());
        self.line().map(|(question, _)| (code, question))
    }
}

/// `currentEmp13[SQ001]. In which …` as `LimeSurvey` writes code and text.
fn coded(header: &str) -> Option<(&str, &str, &str)> {
    let (codes, text) = header.trim().split_once(". ")?;
    let (code, line) = match codes.strip_suffix(']') {
        Some(inside) => inside.split_once('[')?,
        None => (codes, ""),
    };
    let sound = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let named = code.starts_with(|c: char| c.is_ascii_alphabetic())
        && (code.contains(|c: char| c.is_ascii_digit() || c == '_') || !line.is_empty());
    (named && sound(code) && sound(line)).then_some((code, line, text))
}

/// Neighbours that share what stands before their brackets.
fn in_bracket_runs(headings: &[Heading], columns: &mut [Option<Column>]) {
    let shares = |at: usize, other: Option<usize>| {
        let other = other.and_then(|other| headings.get(other)).and_then(Heading::question);
        other.is_some() && headings[at].question() == other
    };
    for (at, heading) in headings.iter().enumerate() {
        let Some((question, line)) = heading.line() else { continue };
        let family = shares(at, at.checked_sub(1)) || shares(at, Some(at + 1));
        columns[at] = match &heading.codes {
            Some((code, own)) => {
                Some(Column::asks(&heading.header, code, question).with_item(own, line))
            }
            None if family => Some(Column::asks(&heading.header, "", question).with_item("", line)),
            None => None,
        };
    }
}

/// Neighbours such as `q4[SQ001]` and `q4[SQ002]`: codes alone.
fn coded_runs(headers: &[String], columns: &mut [Option<Column>]) {
    let parts = |header: &String| -> Option<(String, String)> {
        let (code, line) = header.trim().strip_suffix(']')?.split_once('[')?;
        let sound = |part: &str| !part.is_empty() && !part.contains([' ', '[', ']']);
        (sound(code) && sound(line)).then(|| (code.to_owned(), line.to_owned()))
    };
    let parts: Vec<Option<(String, String)>> = headers.iter().map(parts).collect();
    for (at, own) in parts.iter().enumerate() {
        let Some((code, line)) = own else { continue };
        let beside = [at.checked_sub(1), Some(at + 1)];
        let mut beside = beside.into_iter().flatten().filter_map(|at| parts.get(at)?.as_ref());
        if beside.any(|(other, _)| other == code) {
            columns[at] = Some(Column::asks(&headers[at], code, "").with_item(line, ""));
        }
    }
}

/// Neighbours such as `Geräte: Tablet` and `Geräte: Laptop` that hold nothing but
/// yes and no, or the words after the colon: the options of one question.
fn ticked_runs(headers: &[String], rows: &[Vec<String>], columns: &mut [Option<Column>]) {
    let parts = |at: usize| {
        let (question, line) = headers.get(at)?.split_once(": ")?;
        let (question, line) = (question.trim(), line.trim());
        let is_free = columns[at].is_none() && !question.is_empty() && !line.is_empty();
        (is_free && are_ticks(rows, at, line)).then_some((question, line))
    };
    let mut found = vec![];
    let mut at = 0;
    while at < headers.len() {
        let mut end = at + 1;
        if let Some((question, _)) = parts(at) {
            while parts(end).is_some_and(|(own, _)| own == question) {
                end += 1;
            }
            if at + 2 < end {
                found.extend((at..end).filter_map(|at| Some((at, parts(at)?))));
            }
        }
        at = end;
    }
    for (at, (question, line)) in found {
        columns[at] = Some(Column::asks(&headers[at], "", question).with_item("", line));
    }
}

/// Nothing but yes and no or the option itself, and one of them.
fn are_ticks(rows: &[Vec<String>], at: usize, option: &str) -> bool {
    let option = same(option);
    let mut cells = rows
        .iter()
        .filter_map(|row| row.get(at))
        .map(|cell| cell.trim().to_lowercase())
        .filter(|cell| !cell.is_empty())
        .peekable();
    cells.peek().is_some()
        && cells.all(|cell| {
            YES.contains(&cell.as_str()) || NO.contains(&cell.as_str()) || same(&cell) == option
        })
}

/// From `at`, the neighbours that begin with one question: how far they go,
/// and how long the question is. Options show themselves in their cells;
/// lines of a grid are three at least.
fn worded_run(
    texts: &[&str],
    columns: &[Option<Column>],
    rows: &[Vec<String>],
    at: usize,
) -> Option<(usize, usize)> {
    let free = |place: usize| columns.get(place).is_some_and(Option::is_none);
    let second = free(at + 1).then(|| texts.get(at + 1)).flatten()?;
    let mut stem = sentence(texts[at], second)?;
    let mut end = at + 2;
    while free(end) && end < texts.len() {
        match sentence(&texts[at][..stem], texts[end]) {
            Some(shared) if shared == stem => end += 1,
            // The first two may share more than the rest: a shorter sentence.
            Some(shared) if end == at + 2 && shared < stem => (stem, end) = (shared, end + 1),
            _ => break,
        }
    }
    let whole = (at..end).all(|place| stem < texts[place].len());
    let ticked = (at..end).filter(|place| holds_its_end(texts[*place], rows, *place, stem)).count();
    (whole && (2 <= ticked || 3 <= end - at)).then_some((end, stem))
}

/// How long the sentences are that two headings begin with; at least four
/// words, ended by a sign and a blank.
fn sentence(one: &str, other: &str) -> Option<usize> {
    let shared: usize = one
        .chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .map(|(letter, _)| letter.len_utf8())
        .sum();
    let ends = ["? ", ". ", ": ", "! ", " - ", " – ", "… "];
    let inside = &one[..shared];
    let mut cut = ends.iter().filter_map(|end| inside.rfind(end).map(|at| at + end.len())).max();
    if one[..shared] == *one && one.ends_with(' ') {
        cut = Some(shared);
    }
    cut.filter(|cut| 4 <= one[..*cut].split_whitespace().count())
}

/// Whether the cells of a column are the words that its heading ends in.
fn holds_its_end(text: &str, rows: &[Vec<String>], place: usize, stem: usize) -> bool {
    let option = same(&text[stem..]);
    let mut cells = rows
        .iter()
        .filter_map(|row| row.get(place))
        .map(|cell| clean(cell))
        .filter(|cell| !cell.is_empty())
        .peekable();
    cells.peek().is_some() && cells.all(|cell| same(&cell) == option)
}

/// A line of a question by the words after the question; the second column
/// of an "other" option holds what was typed.
fn worded(header: &str, texts: &[&str], place: usize, stem: usize) -> Column {
    let text = texts[place];
    let typed = place.checked_sub(1).is_some_and(|before| texts[before] == text);
    let line = text[stem..].trim();
    if typed && is_other(line) {
        return Column::out(header, TYPED);
    }
    // `Rate these: . Food`, as Microsoft Forms joins a question and its line.
    let question = text[..stem].trim_end();
    let question = question.strip_suffix(": .").unwrap_or(question);
    let question = question.trim_end_matches([' ', '-', '–', ':']);
    Column::asks(header, "", question).with_item("", line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(headers: &[&str], rows: &[&[&str]]) -> Vec<Option<(String, String)>> {
        let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
        let line = |column: Option<Column>| {
            let column = column?;
            Some((column.text, column.item.map_or(String::new(), |item| item.text)))
        };
        lines(&headers, &rows).into_iter().map(line).collect()
    }

    #[test]
    fn a_code_before_the_words_is_no_word_of_the_question() {
        let column = Heading::of("work3[SQ01]. Where do you work (all that apply)? [At home]");
        assert_eq!(column.codes, Some(("work3".to_owned(), "SQ01".to_owned())));
        assert_eq!(column.line(), Some(("Where do you work (all that apply)?", "At home")));
        assert_eq!(Heading::of("Mr. Smith lives here").codes, None);
        assert_eq!(Heading::of("1. How old are you?").codes, None);
    }

    #[test]
    fn options_after_a_question_are_told_by_their_cells() {
        let head = ["1) Which of these do you use? Bus", "1) Which of these do you use? Own bike"];
        let rows: [&[&str]; 2] = [&["Bus", ""], &["", "Own bike"]];
        let question = "1) Which of these do you use?".to_owned();
        let line = |option: &str| Some((question.clone(), option.to_owned()));
        assert_eq!(told(&head, &rows), [line("Bus"), line("Own bike")]);
        // Two questions that begin alike are no lines of one.
        let rows: [&[&str]; 2] = [&["3", "yes"], &["5", "no"]];
        assert_eq!(told(&head, &rows), [None, None]);
    }

    #[test]
    fn three_neighbours_of_one_sentence_are_a_grid_and_words_alone_are_not() {
        let head = [
            "How important is this to you? A",
            "How important is this to you? B",
            "How important is this to you? C",
        ];
        let rows: [&[&str]; 1] = [&["1", "2", "3"]];
        assert!(told(&head, &rows).iter().all(Option::is_some));
        let head = ["I like to be in A", "I like to be in B", "I like to be in C"];
        assert!(told(&head, &rows).iter().all(Option::is_none));
    }
}
