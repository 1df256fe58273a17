//! The store that figures look numbers and tests up in.

use std::collections::HashMap;
use std::ops::Range;

use rayon::prelude::*;

use crate::survey::{OptionKey, QuestionKey, WaveKey};

use super::index::Index;
use super::row::{Estimate, Estimator, Provenance, Selector};
use super::{Meta, Test, TestKind};

/// Every number of a report, in the order of the codebook.
#[derive(Debug, Default)]
pub struct Results {
    rows: Vec<Estimate>,
    has_simulated: bool,
    tests: Vec<Test>,
    questions: HashMap<QuestionKey, OfQuestion>,
    /// See [`Results::superseded`].
    superseded: Vec<Estimate>,
    /// What was done to get the numbers.
    pub meta: Meta,
}

/// Where the rows and tests of one question are.
#[derive(Debug, Default)]
struct OfQuestion {
    /// Its rows among all.
    rows: Vec<u32>,
    /// By what tells one from the other.
    places: Index,
    /// In the order of their selectors, each once.
    sorted: Vec<u32>,
    /// Where its numbers come from.
    provenances: Vec<Provenance>,
    /// Its tests among all.
    tests: Range<usize>,
    /// By the rows that they compare, the one before the other.
    between: Index,
    /// Of tests of groups by one of their rows: two for each test.
    ends: Index,
}

impl Results {
    /// Takes rows; of two with one selector the first is found.
    pub fn new(mut rows: Vec<Estimate>) -> Self {
        rows.shrink_to_fit();
        let mut questions: HashMap<QuestionKey, OfQuestion> = HashMap::new();
        let mut at = 0;
        for together in rows.chunk_by(|a, b| a.question == b.question) {
            let next = at + together.len() as u32;
            questions.entry(together[0].question.clone()).or_default().rows.extend(at..next);
            at = next;
        }
        questions.par_iter_mut().for_each(|(_, question)| question.find_rows(&rows));
        let has_simulated = rows.iter().any(|row| row.provenance == Provenance::Simulated);
        Self { rows, has_simulated, questions, ..Self::default() }
    }

    /// Adds the tests that were run, those of a question together.
    #[must_use]
    pub fn with_tests(mut self, tests: Vec<Test>) -> Self {
        let mut at = 0;
        for together in tests.chunk_by(|a, b| a.question == b.question) {
            let next = at + together.len();
            self.questions.entry(together[0].question.clone()).or_default().tests = at..next;
            at = next;
        }
        self.questions.par_iter_mut().for_each(|(_, question)| question.find_tests(&tests));
        Self { tests, ..self }
    }

    /// Keeps the simulated rows in whose place a number was published.
    #[must_use]
    pub(super) fn with_superseded(self, superseded: Vec<Estimate>) -> Self {
        Self { superseded, ..self }
    }

    /// The simulated rows in whose place a number was published: nothing
    /// shows them but the comparison of both.
    pub fn superseded(&self) -> &[Estimate] {
        &self.superseded
    }

    /// Says how the numbers were made.
    #[must_use]
    pub fn with_meta(self, meta: Meta) -> Self {
        Self { meta, ..self }
    }

    /// Those of the rows and tests that are wanted, with what was done to get them.
    #[must_use]
    pub fn selected(&self, row: impl Fn(&Estimate) -> bool, test: impl Fn(&Test) -> bool) -> Self {
        let rows = |all: &[Estimate]| all.iter().filter(|one| row(one)).cloned().collect();
        Self::new(rows(&self.rows))
            .with_tests(self.tests.iter().filter(|one| test(one)).cloned().collect())
            .with_superseded(rows(&self.superseded))
            .with_meta(self.meta.clone())
    }

    /// Every test that was run, in the order of the codebook.
    pub fn tests(&self) -> &[Test] {
        &self.tests
    }

    /// The tests of the group of a row with others of its cut.
    pub fn tests_with<'r>(&'r self, row: &Estimate) -> impl Iterator<Item = &'r Test> + use<'r> {
        let found = self.compared(row).map(|(question, tests)| {
            let end = |at: usize| end(&tests[at / 2], at % 2 == 1);
            let first = question.ends.first(&Some(row_end(row)), end);
            question.ends.all(first).map(|at| &tests[at / 2])
        });
        found.into_iter().flatten()
    }

    /// The test of the difference from one row to another of the same question.
    pub fn test_between(&self, from: &Estimate, to: &Estimate) -> Option<&Test> {
        let (question, tests) = self.compared(from).and(self.compared(to))?;
        let sought = Some((row_end(from), row_end(to)));
        question.between.first(&sought, |at| ends(&tests[at])).map(|at| &tests[at])
    }

    /// The question of a row with its tests: parts of two breakdowns are
    /// compared with none.
    fn compared(&self, row: &Estimate) -> Option<(&OfQuestion, &[Test])> {
        let question = self.questions.get(&row.question)?;
        let is_compared = row.cut.conditions().len() < 2;
        is_compared.then(|| (question, &self.tests[question.tests.clone()]))
    }

    /// All rows.
    pub fn rows(&self) -> &[Estimate] {
        &self.rows
    }

    /// Whether any row comes from simulated answers.
    pub fn has_simulated(&self) -> bool {
        self.has_simulated
    }

    /// The row that was asked for.
    pub fn get(&self, selector: &Selector<'_>) -> Option<&Estimate> {
        let question = self.questions.get(selector.question)?;
        let row = |at: usize| &self.rows[question.rows[at] as usize];
        question.places.first(selector, |at| row(at).selector()).map(row)
    }

    /// Whether a question has any number of this provenance.
    pub fn has(&self, question: &QuestionKey, provenance: Provenance) -> bool {
        let question = self.questions.get(question);
        question.is_some_and(|question| question.provenances.contains(&provenance))
    }

    /// The rows of one question, in the order of their selectors.
    pub fn of_question<'r>(
        &'r self,
        question: &QuestionKey,
    ) -> impl Iterator<Item = &'r Estimate> + use<'r> {
        let sorted = self.questions.get(question).map(|question| &question.sorted);
        sorted.into_iter().flatten().map(|at| &self.rows[*at as usize])
    }
}

impl OfQuestion {
    fn find_rows(&mut self, all: &[Estimate]) {
        let selector = |at: u32| all[at as usize].selector();
        self.places = Index::new(self.rows.len(), |at| selector(self.rows[at]));
        let firsts = self.places.firsts().into_iter();
        self.sorted = firsts.map(|at| self.rows[at as usize]).collect();
        self.sorted.sort_by(|a, b| selector(*a).cmp(&selector(*b)));
        for row in &self.rows {
            let provenance = all[*row as usize].provenance;
            if !self.provenances.contains(&provenance) {
                self.provenances.push(provenance);
            }
        }
    }

    fn find_tests(&mut self, all: &[Test]) {
        let tests = &all[self.tests.clone()];
        self.between = Index::new(tests.len(), |at| ends(&tests[at]));
        self.ends = Index::new(2 * tests.len(), |at| end(&tests[at / 2], at % 2 == 1));
    }
}

/// What tells a row of a question, of everybody or of a group, from those that it
/// is compared with.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct End<'e> {
    item: Option<&'e OptionKey>,
    estimator: Estimator,
    group: Option<(&'e QuestionKey, &'e OptionKey)>,
    wave: Option<&'e WaveKey>,
}

fn row_end(row: &Estimate) -> End<'_> {
    End {
        item: row.item.as_ref(),
        estimator: row.estimator,
        group: row.cut.conditions().first().map(|(by, group)| (by, group)),
        wave: row.wave.as_ref(),
    }
}

/// The rows between which the difference of a test lies; `None`: it has none, or
/// none of whole rows.
fn ends(test: &Test) -> Option<(End<'_>, End<'_>)> {
    let to = End {
        item: test.item.as_ref(),
        estimator: test.estimator,
        group: test.group_var.as_ref().zip(test.group.as_ref()),
        wave: Some(&test.wave),
    };
    let from = match test.kind {
        TestKind::TTest => {
            End { group: test.group_var.as_ref().zip(test.reference.as_ref()), ..to }
        }
        TestKind::Items => End { item: test.item_reference.as_ref(), ..to },
        TestKind::WaveChange => End { wave: test.wave_before.as_ref(), ..to },
        TestKind::RaoScott | TestKind::Wald | TestKind::WaveChangePanel => return None,
    };
    Some((from, to))
}

/// One of the groups that a test compares.
fn end(test: &Test, is_last: bool) -> Option<End<'_>> {
    let (from, to) = ends(test).filter(|_| test.kind == TestKind::TTest)?;
    Some(if is_last { to } else { from })
}
