//! The one table that every reader makes of an export: columns that know
//! what was asked, rows of respondents, and what was left out.

use std::collections::BTreeMap;

use super::text::{key, number, same, year};
use super::tool::Tool;

/// An export, whatever tool wrote it.
#[derive(Debug)]
pub(super) struct Export {
    pub(super) tool: Tool,
    pub(super) columns: Vec<Column>,
    /// The respondents that are kept; a cell for each column.
    pub(super) rows: Vec<Vec<String>>,
    /// Respondents that are not kept: the reason and how many.
    pub(super) left: Vec<(String, usize)>,
    /// How many records the file has, headers and blank ones apart.
    pub(super) records: usize,
    /// The dates of the answers, for the name of the wave.
    pub(super) years: Vec<u16>,
    pub(super) notes: Vec<String>,
}

/// One column of an export.
#[derive(Debug, Clone, Default)]
pub(super) struct Column {
    /// Its name in the file, as `--keep` takes it.
    pub(super) header: String,
    /// The tool's code of the question; empty if it has none.
    pub(super) code: String,
    /// The wording of the question.
    pub(super) text: String,
    /// The line of the question that this column answers.
    pub(super) item: Option<Item>,
    /// The topic that the tool puts the question under.
    pub(super) topic: String,
    /// Another code of the question, such as Qualtrics' QID.
    pub(super) alias: String,
    /// How many columns before it have the same words, and the same name made
    /// of them: names are cut, and wordings recur.
    pub(super) again: (usize, usize),
    pub(super) part: Part,
}

/// A line of a question with several: an option, a statement, a rank.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Item {
    pub(super) code: String,
    pub(super) text: String,
}

/// What a column is for.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Part {
    /// It answers a question.
    #[default]
    Answer,
    /// It is left out: the reason.
    Out(&'static str),
    /// It says something about a person: what.
    Personal(&'static str),
}

pub(super) const TOOL: &str = "the tool's own";
pub(super) const TYPED: &str = "typed text (other, please specify)";
pub(super) const DOUBLE: &str = "the same answers stand in columns of their own";

impl Column {
    pub(super) fn new(header: &str) -> Self {
        Self { header: header.trim().to_owned(), ..Self::default() }
    }

    /// A column that is no answer.
    pub(super) fn out(header: &str, reason: &'static str) -> Self {
        Self { part: Part::Out(reason), ..Self::new(header) }
    }

    pub(super) fn personal(header: &str, what: &'static str) -> Self {
        Self { part: Part::Personal(what), ..Self::new(header) }
    }

    pub(super) fn asks(header: &str, code: &str, text: &str) -> Self {
        Self { code: code.trim().to_owned(), text: super::text::clean(text), ..Self::new(header) }
    }

    pub(super) fn with_item(mut self, code: &str, text: &str) -> Self {
        self.item = Some(Item { code: code.trim().to_owned(), text: super::text::clean(text) });
        self
    }
}

impl Export {
    /// Makes the table of a reader's columns and the rows of the file;
    /// `fate` says why a row is not a respondent.
    pub(super) fn new(
        tool: Tool,
        columns: Vec<Column>,
        rows: &[Vec<String>],
        mut fate: impl FnMut(&[String]) -> Option<String>,
    ) -> Self {
        let mut export = Self {
            tool,
            columns,
            rows: vec![],
            left: vec![],
            records: rows.len(),
            years: vec![],
            notes: vec![],
        };
        for row in rows {
            match fate(row) {
                Some(reason) => export.leave(&reason),
                None => export.rows.push(row.clone()),
            }
        }
        export
    }

    pub(super) fn leave(&mut self, reason: &str) {
        match self.left.iter_mut().find(|(known, _)| known == reason) {
            Some((_, count)) => *count += 1,
            None => self.left.push((reason.to_owned(), 1)),
        }
    }

    /// How many rows are not kept, and why.
    pub(super) fn reasons(&self) -> Vec<String> {
        self.left.iter().map(|(reason, count)| format!("{count} {reason}")).collect()
    }

    /// Counts for each column those before it with the same words, and those
    /// whose words give the same name.
    pub(super) fn number_alike(&mut self) {
        let mut words = BTreeMap::<String, usize>::new();
        let mut names = BTreeMap::<String, usize>::new();
        for column in self.columns.iter_mut().filter(|column| column.part == Part::Answer) {
            let own = if column.text.is_empty() { &column.header } else { &column.text };
            let (code, item) = (&column.code, column.item.as_ref());
            let (word, name) = match item {
                Some(item) => {
                    let line = if item.text.is_empty() { &item.code } else { &item.text };
                    (format!("{code}\n{own}\n{line}"), format!("{code}\n{own}\n{}", key(line)))
                }
                None => (format!("{code}\n{own}"), format!("{code}\n{}", key(own))),
            };
            let next = |counts: &mut BTreeMap<String, usize>, of: String| {
                let count = counts.entry(of).or_default();
                *count += 1;
                *count - 1
            };
            column.again = (next(&mut words, word), next(&mut names, name));
        }
    }

    /// Takes in the columns that the user wants whatever they are.
    pub(super) fn keep(&mut self, wanted: &[String]) -> Vec<usize> {
        let mut kept = vec![];
        for (at, column) in self.columns.iter_mut().enumerate() {
            if wanted.iter().any(|name| name == &column.header || name == &column.code) {
                column.part = Part::Answer;
                kept.push(at);
            }
        }
        kept
    }

    /// Empties the cells that stand for no answer.
    pub(super) fn clear(&mut self, missing: &[String]) {
        for cell in self.rows.iter_mut().flatten() {
            if missing.iter().any(|word| word == cell.trim()) {
                cell.clear();
            }
        }
    }

    /// Empties the cells that programs write where there is no answer: `NA`
    /// of R, `NaN` of pandas, `NULL` of databases. A file that has one of them
    /// in several columns, and hardly an empty cell beside it, means nothing
    /// by it; in a column alone it may be the answer of somebody.
    pub(super) fn clear_marks(&mut self) {
        const MARKS: [&str; 6] = ["NA", "<NA>", "NaN", "nan", "NULL", "null"];
        let told = matches!(self.tool, Tool::Limesurvey | Tool::Qualtrics | Tool::Microsoft);
        for mark in MARKS.into_iter().filter(|_| !told) {
            let count = |at: usize, word: &str| self.cells(at).filter(|cell| *cell == word).count();
            let answers =
                (0..self.columns.len()).filter(|at| self.columns[*at].part == Part::Answer);
            let marked: Vec<(usize, usize)> =
                answers.map(|at| (at, count(at, mark))).filter(|(_, cells)| 0 < *cells).collect();
            let cells: usize = marked.iter().map(|(_, cells)| cells).sum();
            let empty: usize = marked.iter().map(|(at, _)| count(*at, "")).sum();
            if marked.len() < 2 || cells < empty * 10 {
                continue;
            }
            self.notes.push(format!(
                "`{mark}` stands for no answer, as programs write it ({cells} cells of {} columns); `--missing` names what does instead",
                marked.len()
            ));
            for row in &mut self.rows {
                for (at, _) in &marked {
                    if row[*at].trim() == mark {
                        row[*at].clear();
                    }
                }
            }
        }
    }

    /// Leaves out rows that answer no question at all, where the tool does
    /// not say itself who finished.
    pub(super) fn leave_empty_rows(&mut self) {
        if !matches!(self.tool, Tool::Plain | Tool::Surveymonkey) {
            return;
        }
        let answers: Vec<usize> =
            (0..self.columns.len()).filter(|at| self.columns[*at].part == Part::Answer).collect();
        let rows = std::mem::take(&mut self.rows);
        for row in rows {
            if answers.iter().any(|at| !row[*at].trim().is_empty()) {
                self.rows.push(row);
            } else {
                self.leave("no answer at all");
            }
        }
    }

    /// A column of weights is no question: that which the file names, else one
    /// that is called so.
    pub(super) fn take_weight(&mut self, told: Option<&str>) -> Option<usize> {
        const NAMES: [&str; 18] = [
            "weight",
            "weights",
            "poids",
            "gewicht",
            "gewichtung",
            "ponderation",
            "weging",
            "wt",
            "wgt",
            "wgts",
            "pond",
            "pds",
            "weegfactor",
            "weegcoefficient",
            "wegingsfactor",
            "gewichtungsfaktor",
            "coefficient-de-ponderation",
            "weighting",
        ];
        let is_weight = |column: &Column| {
            column.part == Part::Answer
                && told.map_or_else(
                    || NAMES.contains(&same(&column.header).as_str()),
                    |told| column.header == told,
                )
        };
        let at = self.columns.iter().position(is_weight)?;
        let numbers = self.cells(at).all(|cell| number(cell).is_some_and(|weight| 0.0 <= weight));
        if !numbers {
            return None;
        }
        self.columns[at].part = Part::Out("a weight: it is written beside the answers");
        Some(at)
    }

    /// Takes the years of the answers from a column of dates.
    pub(super) fn take_years(&mut self, column: Option<usize>) {
        if let Some(column) = column.filter(|column| *column < self.columns.len()) {
            self.years = self.cells(column).filter_map(year).collect();
        }
    }

    /// The cells of a column without blanks around them.
    pub(super) fn cells(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().map(move |row| row[column].trim())
    }
}
