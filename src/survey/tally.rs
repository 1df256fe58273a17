//! `data/<wave>/tally.csv` → the same columns as answers, each row of which is
//! a *place*: everybody of one stratum, sampling unit and group of every
//! breakdown at once. The query of [`super::query`] writes the table.
//!
//! The rows without a question are the places, with everybody in them; the
//! others count the answers in a place. What the query found outside the
//! codebook is refused here, as it is in `responses.csv`.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "places and options are fewer than 2^32, respondents whole in an f64"
)]

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::counting::{Cells, Counting};
use super::sampling::{Reading, Sampling};
use super::table::{Complaints, Row, Table};
use super::tally_columns::{BY, FIRST, LAST, can_cut, cuts};
use super::{
    Answers, Codebook, Codes, Mass, Question, QuestionKey, QuestionKind, Responses, SampleDesign,
    Together,
};
use crate::config::SurveySettings;
use crate::diag::{Code, Diagnostic, Findings, did_you_mean};

/// Reads the tally of one wave; mistakes are noted. `None` if it has no
/// columns to read. Nobody misses a question of `facts`.
pub(super) fn read(
    table: &Table,
    codebook: &Codebook,
    settings: &SurveySettings,
    facts: &BTreeSet<QuestionKey>,
    sampling: Sampling<'_>,
    found: &mut Findings,
) -> Option<Responses> {
    let margins: Vec<String> =
        sampling.margins.iter().map(|margin| format!("{BY}{}", margin.variable)).collect();
    let required: Vec<&str> =
        FIRST.iter().chain(&LAST).copied().chain(margins.iter().map(String::as_str)).collect();
    let is_cut = |name: &str| {
        let Some(name) = name.strip_prefix(BY) else { return false };
        codebook.question(name).is_some_and(can_cut) || codebook.may_cut(name)
    };
    // A program wrote it: without one of its columns it is of another version.
    let named = table.check_columns(&required, &[], is_cut, found);
    if !named || required.iter().any(|name| table.column(name).is_none()) {
        return None;
    }
    let reading = sampling.of_tally(table);
    let mut tally = Tally::new(table, codebook, reading, &margins);
    let mut complaints = Complaints::default();
    // The table is read twice; what is wrong with a row as such is told once.
    let mut twice = Complaints::default();
    let question = tally.columns.question;
    table.each(&mut twice, |row, _| {
        if row.text(question).is_empty() {
            tally.place(row, &mut complaints);
        }
    });
    table.each(&mut Complaints::default(), |row, _| {
        if !row.text(question).is_empty() {
            tally.answer(row, &mut complaints);
        }
    });
    complaints.append(twice);
    complaints.settle(found);
    Some(tally.finish(table, settings, facts, found))
}

/// Where the columns are.
struct Columns {
    question: usize,
    stratum: usize,
    cluster: usize,
    /// Of the groups, with the place of its question in the codebook.
    by: Vec<(usize, Option<usize>)>,
    /// Those of the groups that weights are raked to.
    margins: Vec<usize>,
    respondents: usize,
    /// `n`, `sum_w`, `sum_w2`.
    mass: [usize; 3],
    range: [usize; 2],
    cells: Cells,
    problem: usize,
}

struct Tally<'t> {
    codebook: &'t Codebook,
    columns: Columns,
    reading: Reading<'t>,
    /// The row of each place, by what it is.
    known: HashMap<String, u32>,
    /// A place of each sampling unit and margin.
    of_unit: HashMap<String, u32>,
    /// By question that cuts: its groups by place.
    groups: BTreeMap<usize, Vec<Option<u32>>>,
    places: usize,
    everybody: u64,
    questions: BTreeMap<usize, Counting>,
}

impl<'t> Tally<'t> {
    fn new(
        table: &Table,
        codebook: &'t Codebook,
        reading: Reading<'t>,
        margins: &[String],
    ) -> Self {
        let at = |name: &str| table.column(name).expect("the columns were checked");
        let questions = codebook.questions();
        let by = |(at, name): (usize, &String)| {
            let name = name.strip_prefix(BY)?;
            let cuts = questions.iter().position(|one| one.key.as_str() == name && can_cut(one));
            Some((at, cuts))
        };
        let by: Vec<_> = table.columns().iter().enumerate().filter_map(by).collect();
        let cuts = by.iter().filter_map(|(_, question)| *question);
        Self {
            codebook,
            groups: cuts.map(|question| (question, vec![])).collect(),
            columns: Columns {
                question: at("question"),
                stratum: at("stratum"),
                cluster: at("cluster"),
                by,
                margins: margins.iter().map(|name| at(name)).collect(),
                respondents: at("respondents"),
                mass: ["n", "sum_w", "sum_w2"].map(at),
                range: ["min_w", "max_w"].map(at),
                cells: Cells {
                    item: at("item"),
                    option: at("option"),
                    other: at("other"),
                    other_option: at("other_option"),
                    centre: at("centre"),
                    sums: ["sum_wx", "sum_wx2", "sum_w2x", "sum_w2x2"].map(at),
                },
                problem: at("problem"),
            },
            reading,
            known: HashMap::new(),
            of_unit: HashMap::new(),
            places: 0,
            everybody: 0,
            questions: BTreeMap::new(),
        }
    }

    /// A row of everybody in one place.
    fn place(&mut self, row: Row<'_>, complaints: &mut Complaints) {
        if !row.text(self.columns.problem).is_empty() {
            self.problem(row, complaints);
            return;
        }
        let Some((respondents, mass)) = self.mass(row, complaints) else { return };
        let [lightest, heaviest] =
            self.columns.range.map(|at| row.real(at, complaints).unwrap_or(0.0));
        self.everybody += respondents;
        self.places += 1;
        let place =
            self.reading.place(row, Together { respondents, mass, lightest, heaviest }, complaints);
        self.known.entry(self.key(row)).or_insert(place);
        self.of_unit.entry(self.unit_key(row)).or_insert(place);
        for (at, question) in &self.columns.by {
            let Some(question) = question else { continue };
            let text = row.text(*at);
            let group = if text.is_empty() {
                None
            } else {
                super::column::option(
                    &self.codebook.questions()[*question],
                    text,
                    row,
                    *at,
                    complaints,
                )
            };
            let groups = self.groups.entry(*question).or_default();
            groups.push(group.map(|group| group as u32));
        }
    }

    fn key(&self, row: Row<'_>) -> String {
        let groups = self.columns.by.iter().map(|(at, _)| *at);
        Self::joined(row, [self.columns.stratum, self.columns.cluster].into_iter().chain(groups))
    }

    fn unit_key(&self, row: Row<'_>) -> String {
        let margins = self.columns.margins.iter().copied();
        Self::joined(row, [self.columns.stratum, self.columns.cluster].into_iter().chain(margins))
    }

    fn joined(row: Row<'_>, columns: impl Iterator<Item = usize>) -> String {
        // No table has this character: it is refused before.
        columns.map(|at| row.text(at)).collect::<Vec<_>>().join("\u{1f}")
    }

    /// How many respondents a row counts, and what they weigh.
    fn mass(&self, row: Row<'_>, complaints: &mut Complaints) -> Option<(u64, Mass)> {
        let respondents = row.count(self.columns.respondents, complaints)?;
        let [n, weight, square] = self.columns.mass;
        let mass = Mass {
            n: row.count(n, complaints)?,
            weight: row.real(weight, complaints)?,
            square: row.real(square, complaints)?,
        };
        let possible = mass.n <= respondents
            && 0.0 <= mass.weight
            && mass.weight * mass.weight <= mass.n as f64 * mass.square * (1.0 + 1e-9);
        if !possible {
            complaints.push(Code::TallyBroken, n, || {
                let message = "no weights of so many respondents have these sums";
                Diagnostic::error(Code::TallyBroken, message).at(row.place(n))
            });
        }
        possible.then_some((respondents, mass))
    }

    /// A row of answers to a question.
    fn answer(&mut self, row: Row<'_>, complaints: &mut Complaints) {
        if !row.text(self.columns.problem).is_empty() {
            self.problem(row, complaints);
            return;
        }
        let at = self.columns.question;
        let name = row.text(at);
        let questions = self.codebook.questions();
        let Some(question) = questions.iter().position(|one| one.key.as_str() == name) else {
            if self.codebook.may_have(name) {
                return;
            }
            complaints.push(Code::UnknownQuestionInData, at, || {
                let keys = questions.iter().map(|question| question.key.as_str());
                let message = format!("the codebook has no question `{name}`");
                Diagnostic::error(Code::UnknownQuestionInData, message)
                    .at(row.place(at))
                    .hint_if(did_you_mean(name, keys))
            });
            return;
        };
        let Some((respondents, mass)) = self.mass(row, complaints) else { return };
        // Pairs are counted by sampling unit, all else by place.
        let pair = !row.text(self.columns.cells.other).is_empty();
        let place = if pair {
            self.of_unit.get(&self.unit_key(row))
        } else {
            self.known.get(&self.key(row))
        };
        let Some(place) = place.copied() else {
            complaints.push(Code::TallyBroken, at, || {
                let message = "answers of a place in which nobody is counted";
                Diagnostic::error(Code::TallyBroken, message).at(row.place(at))
            });
            return;
        };
        let counting = self.questions.entry(question).or_default();
        let cells = &self.columns.cells;
        counting.row(&questions[question], row, cells, (place, respondents, mass), complaints);
    }

    /// Respondents of whom the query found something that no count can say.
    fn problem(&self, row: Row<'_>, complaints: &mut Complaints) {
        let (at, problem) = (self.columns.problem, row.text(self.columns.problem));
        let Some(count) = row.count(self.columns.respondents, complaints) else { return };
        let of =
            if count == 1 { "1 respondent".to_owned() } else { format!("{count} respondents") };
        let option = self.columns.cells.option;
        let mistake = match problem {
            "weight" if row.text(option).is_empty() => {
                Diagnostic::error(Code::BadWeight, format!("{of} without a weight"))
            }
            "weight" => {
                // A word is no number, here as in answers.
                if row.real(option, complaints).is_none() {
                    return;
                }
                let message = format!("{of} with the weight `{}`", row.text(option));
                Diagnostic::error(Code::BadWeight, message)
            }
            "respondent" => {
                let message = format!("{of} without a name, or with that of another");
                Diagnostic::error(Code::DuplicateRespondent, message)
            }
            "rank" => {
                let key = row.text(self.columns.question);
                let message = format!("{of} ranked an option of `{key}` twice, or left a rank out");
                Diagnostic::warning(Code::RankedTwice, message)
            }
            _ => {
                let message = format!("`{problem}` is not a problem that the query tells");
                Diagnostic::error(Code::TallyBroken, message)
            }
        };
        complaints.push(mistake.code(), at, || mistake.at(row.place(at)));
    }

    fn finish(
        self,
        table: &Table,
        settings: &SurveySettings,
        facts: &BTreeSet<QuestionKey>,
        found: &mut Findings,
    ) -> Responses {
        let places = self.places;
        let expands = self.reading.expands();
        let design: SampleDesign = self.reading.finish(places, found);
        let factor = |place: u32| {
            let stratum = &design.strata[design.stratum[place as usize] as usize];
            if expands { stratum.expansion() } else { 1.0 }
        };
        let cuts = cuts(settings, self.codebook);
        let (mut questions, mut groups) = (self.questions, self.groups);
        let mut unasked = vec![];
        let mut answers = vec![];
        for (at, question) in self.codebook.questions().iter().enumerate() {
            let counted = questions.remove(&at);
            if let Some(groups) = groups.remove(&at) {
                answers.push(Answers::Single(Codes::pack(&groups)));
                continue;
            }
            if let Some(counting) = &counted {
                if counting.respondents != self.everybody {
                    found.push(incomplete(table, question, counting.respondents, self.everybody));
                }
                if cuts.iter().any(|cut| cut.key == question.key) {
                    found.push(not_cut(table, question));
                }
            } else if question.kind != QuestionKind::Open && !facts.contains(&question.key) {
                unasked.push(question.key.as_str());
            }
            answers.push(counted.map_or(Answers::NotAsked, |counting| {
                Answers::Counted(counting.finish(question, factor))
            }));
        }
        super::responses::note_unasked(table, &unasked, found);
        Responses { rows: places, ids: None, design, answers }
    }
}

fn incomplete(table: &Table, question: &Question, counted: u64, all: u64) -> Diagnostic {
    let message = format!(
        "`{}` counts {counted} respondents, with or without an answer, of {all}",
        question.key
    );
    Diagnostic::error(Code::TallyBroken, message).at(table.place())
}

fn not_cut(table: &Table, question: &Question) -> Diagnostic {
    let message = format!("the column `{BY}{}` is missing", question.key);
    Diagnostic::error(Code::MissingColumn, message)
        .at(table.place())
        .hint("The breakdowns changed: run the query that `barometer sql` prints now.")
}
