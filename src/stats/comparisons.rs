//! The tests within one wave: does the answer depend on the group, and which
//! groups differ (`statistics.md`, 6).
//!
//! Hidden groups take part in none, so that no statistic gives them away.

use crate::config::{Estimators, Statistics};
use crate::survey::{OptionKey, Question, QuestionKind};

use super::Estimator;
use super::asked::Asked;
use super::crosstab::independence;
use super::difference::{Side, equal_means, t_test, two_groups};
use super::mean::{Mean, mean};
use super::measure::{Measure, sides};
use super::sample::Correction;
use super::tally::Cell;
use super::test::{Test, TestFlag, TestKind};

/// Runs every test of one question in one wave.
pub(super) fn compare(question: &Question, asked: &Asked<'_>, rules: &Statistics) -> Vec<Test> {
    let mut tests = items(question, asked, rules);
    for (division, cut) in asked.fielded.divisions.iter().enumerate() {
        let [breakdown] = &cut.breakdowns[..] else { continue };
        if *breakdown == question.key {
            continue;
        }
        let within = Within { question, asked, rules, division };
        within.tables(&mut tests);
        within.means(&mut tests);
        within.pairs(&mut tests);
    }
    tests
}

/// Compares the items of a question with each other among everybody: is
/// energy ahead of mobility? Both were asked of the same people, so that the
/// score is the difference of each respondent's two answers.
fn items(question: &Question, asked: &Asked<'_>, rules: &Statistics) -> Vec<Test> {
    let within = Within { question, asked, rules, division: 0 };
    if asked.hidden[0][0] {
        return vec![];
    }
    let mut tests = vec![];
    let measures: Vec<&Measure> = asked
        .measured
        .measures
        .iter()
        .filter(|measure| measure.item.is_some() && measure.is_compared(question))
        .collect();
    for (at, first) in measures.iter().enumerate() {
        for second in measures[at + 1..].iter().filter(|m| m.estimator == first.estimator) {
            tests.extend(within.two_items(first, second));
        }
    }
    tests
}

/// Which groups a test over all of a cut takes.
struct Selection {
    groups: Vec<usize>,
    flag: TestFlag,
}

struct Within<'a> {
    question: &'a Question,
    asked: &'a Asked<'a>,
    rules: &'a Statistics,
    division: usize,
}

impl<'a> Within<'a> {
    fn correction(&self) -> Correction {
        if self.rules.test_fpc { Correction::Finite } else { Correction::Infinite }
    }

    fn is_census(&self) -> bool {
        self.asked.fielded.sample.strata.iter().all(|stratum| stratum.is_census())
    }

    fn key(&self, group: usize) -> &'a OptionKey {
        &self.asked.fielded.divisions[self.division].groups[group].key
    }

    fn cells(&self, measure: &Measure, group: usize) -> &'a [Cell] {
        self.asked.tallies[measure.column][self.division].group(group)
    }

    fn base(&self, measure: &Measure, group: usize) -> u64 {
        self.asked.base(measure, self.division, group)
    }

    fn is_large(&self, n: u64) -> bool {
        n >= u64::from(self.rules.caution_below)
    }

    /// Groups with a number, in the order of their keys: the first of a pair
    /// is the reference.
    fn shown(&self, measure: &Measure) -> Vec<usize> {
        let hidden = &self.asked.hidden[self.division];
        let mut groups: Vec<usize> = (0..hidden.len())
            .filter(|group| !hidden[*group] && self.base(measure, *group) > 0)
            .collect();
        groups.sort_by_key(|group| self.key(*group));
        groups
    }

    /// The groups that are large enough, and with `estimators = "all"` also
    /// all of them.
    fn selections(&self, measure: &Measure) -> Vec<Selection> {
        let all = self.shown(measure);
        let large: Vec<usize> =
            all.iter().copied().filter(|g| self.is_large(self.base(measure, *g))).collect();
        let sound = if self.is_census() { TestFlag::Census } else { TestFlag::Ok };
        let mut selections = vec![];
        let differ = large.len() < all.len();
        if large.len() > 1 {
            selections.push(Selection { groups: large, flag: sound });
        }
        if differ && (selections.is_empty() || self.rules.estimators == Estimators::All) {
            selections.push(Selection { groups: all, flag: TestFlag::LowBase });
        }
        selections
    }

    fn test(&self, kind: TestKind, measure: &Measure, item: String, part: &str) -> Test {
        let cut = &self.asked.fielded.divisions[self.division];
        let breakdown = cut.breakdowns.first().cloned();
        let by = breakdown.as_ref().map_or("all", |breakdown| breakdown.as_str());
        let wave = &self.asked.fielded.key;
        let item_key = measure.item.as_ref();
        Test {
            item_name: item,
            family: format!("{} by {by}: {part}", self.question.key),
            group_var: breakdown,
            fpc: self.rules.test_fpc,
            ..Test::untested(kind, &self.question.key, item_key, measure.estimator, wave)
        }
    }

    fn tables(&self, tests: &mut Vec<Test>) {
        let key = self.question.key.as_str();
        let measures = &self.asked.measured.measures;
        match &self.question.kind {
            QuestionKind::Single(options) => {
                let Some(first) = measures.first() else { return };
                let in_base = |code: u32| options[code as usize].role.in_base();
                let class = |code: u32| in_base(code).then_some(code as usize);
                self.table(first, key, options.len(), class, tests);
            }
            QuestionKind::Likert(options) => {
                let Some(net) = measures.iter().find(|m| m.estimator == Estimator::Net) else {
                    return;
                };
                let sides = sides(options);
                let class = |code: u32| sides[code as usize].map(|side| (side + 1.0) as usize);
                self.table(net, &format!("{key}_3class"), 3, class, tests);
            }
            QuestionKind::Multiple(_) => {
                for measure in measures.iter().filter(|m| m.estimator == Estimator::Proportion) {
                    let item = measure.item_name("");
                    let class = |code: u32| Some(code as usize);
                    self.table(measure, &format!("{key}_{item}"), 2, class, tests);
                }
            }
            _ => {}
        }
    }

    fn table(
        &self,
        measure: &Measure,
        row: &str,
        classes: usize,
        class: impl Fn(u32) -> Option<usize> + Copy,
        tests: &mut Vec<Test>,
    ) {
        let sample = &self.asked.fielded.sample;
        for selection in self.selections(measure) {
            let groups: Vec<(usize, &[Cell])> =
                selection.groups.iter().map(|g| (*g, self.cells(measure, *g))).collect();
            let Some(found) = independence(&groups, classes, class) else { continue };
            let item = match self.question.kind {
                QuestionKind::Multiple(_) => measure.item_name(""),
                _ => String::new(),
            };
            let mut test = self.test(TestKind::RaoScott, measure, item, "tables");
            if !matches!(self.question.kind, QuestionKind::Multiple(_)) {
                test.item = None;
            }
            test.row = Some(row.to_owned());
            test.n = found.n;
            test.groups = found.groups.iter().map(|group| self.key(*group).clone()).collect();
            test.thinness = Some(found.thinness);
            test.flag = match selection.flag {
                TestFlag::Ok if found.thinness.is_sparse() => TestFlag::Sparse,
                flag => flag,
            };
            // The others are not tested, and what is not is withheld.
            let is_shown = test.flag == TestFlag::Ok || self.rules.estimators == Estimators::All;
            let statistic = is_shown.then(|| found.statistic(sample, self.correction())).flatten();
            if let Some(statistic) = statistic {
                test.set_f(statistic);
            }
            tests.push(test);
        }
    }

    fn means(&self, tests: &mut Vec<Test>) {
        let sample = &self.asked.fielded.sample;
        let means = self.asked.measured.measures.iter();
        for measure in means.filter(|measure| measure.estimator == Estimator::Mean) {
            for selection in self.selections(measure) {
                let groups: Vec<&[Cell]> =
                    selection.groups.iter().map(|g| self.cells(measure, *g)).collect();
                let score = |code: u32| measure.score(code);
                let Some((n, f)) = equal_means(sample, &groups, score, self.correction()) else {
                    continue;
                };
                let mut test = self.test(TestKind::Wald, measure, String::new(), "means");
                test.n = n;
                test.groups =
                    selection.groups.iter().map(|group| self.key(*group).clone()).collect();
                test.flag = selection.flag;
                test.set_f(f);
                tests.push(test);
            }
        }
    }

    fn pairs(&self, tests: &mut Vec<Test>) {
        let sample = &self.asked.fielded.sample;
        let divided = self.asked.fielded.divisions[self.division].groups.len();
        let measures = self.asked.measured.measures.iter();
        for measure in measures.filter(|measure| measure.is_compared(self.question)) {
            let score = |code: u32| measure.score(code);
            let side = |groups: &mut dyn Iterator<Item = usize>| {
                let cells = groups.map(|group| self.cells(measure, group)).collect();
                Side::new(sample, cells, score, self.correction())
            };
            let shown = self.shown(measure);
            let alone = |group: &usize| Some((*group, side(&mut std::iter::once(*group))?));
            let groups: Vec<(usize, Side<'_>)> = shown.iter().filter_map(alone).collect();
            for (at, (group, first)) in groups.iter().enumerate() {
                let reference = (self.key(*group), "pairs", first);
                for second in &groups[at + 1..] {
                    tests.push(self.pair(measure, reference, second));
                }
            }
            if shown.len() < 3 {
                continue;
            }
            let name = OptionKey::new("rest");
            for group in &groups {
                let rest = side(&mut (0..divided).filter(|other| *other != group.0));
                let against = rest.map(|rest| self.pair(measure, (&name, "rest", &rest), group));
                tests.extend(against);
            }
        }
    }

    /// The mean of the difference between two answers of each respondent.
    fn gap(&self, reference: &Measure, other: &Measure) -> Option<Mean> {
        let sample = &self.asked.fielded.sample;
        if reference.column == other.column {
            let score = |code: u32| {
                reference.score(code).zip(other.score(code)).map(|(from, to)| to - from)
            };
            return mean(sample, &[self.cells(reference, 0)], score, self.correction());
        }
        let measured = &self.asked.measured;
        let pairs = measured.pairs(reference.column, other.column);
        let atoms = &self.asked.fielded.atoms;
        let tally = atoms.divided(0, &pairs.counted(&atoms.places, sample));
        let bound = measured.columns[other.column].bound;
        let score = |code: u32| {
            let (from, to) = (code / bound, code % bound);
            reference.score(from).zip(other.score(to)).map(|(from, to)| to - from)
        };
        mean(sample, &[tally.group(0)], score, self.correction())
    }

    fn two_items(&self, reference: &Measure, other: &Measure) -> Option<Test> {
        let found = self.gap(reference, other)?;
        let item = other.item_name("");
        let mut test = self.test(TestKind::Items, other, item, "items");
        test.item_reference.clone_from(&reference.item);
        test.n_reference = Some(found.n);
        test.n = found.n;
        test.difference = Some(found.mean);
        test.se = found.variance.map(libm::sqrt);
        test.df = Some(found.df);
        test.set_t(t_test(found.mean, found.variance, found.df, self.rules.confidence));
        test.flag = if self.is_census() {
            TestFlag::Census
        } else if self.is_large(found.n) {
            TestFlag::Ok
        } else {
            TestFlag::LowBase
        };
        Some(test)
    }

    /// Compares a group with another, or with everybody else in the cut.
    fn pair(
        &self,
        measure: &Measure,
        (name, part, reference): (&OptionKey, &str, &Side<'_>),
        (group, side): &(usize, Side<'_>),
    ) -> Test {
        let sample = &self.asked.fielded.sample;
        let score = |code: u32| measure.score(code);
        let (correction, level) = (self.correction(), self.rules.confidence);
        let found = two_groups(sample, reference, side, score, correction, level);
        let otherwise = if measure.estimator == Estimator::Net { "net" } else { "" };
        let item = measure.item_name(otherwise);
        let mut test = self.test(TestKind::TTest, measure, item, part);
        let key = self.key(*group);
        test.groups = vec![name.clone(), key.clone()];
        test.reference = Some(name.clone());
        test.group = Some(key.clone());
        test.n_reference = Some(found.n_reference);
        test.n = found.n;
        test.difference = Some(found.difference);
        test.se = found.se;
        test.df = Some(found.df);
        test.set_t(found.test);
        test.flag = if self.is_census() {
            TestFlag::Census
        } else if self.is_large(found.n) && self.is_large(found.n_reference) {
            TestFlag::Ok
        } else {
            TestFlag::LowBase
        };
        test
    }
}
