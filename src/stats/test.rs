//! The tests of a report as rows of the published results, and when a test
//! says something (`statistics.md`, 6 and 7).

use std::collections::BTreeMap;

use crate::survey::{OptionKey, QuestionKey, WaveKey};

use super::crosstab::{FStatistic, Thinness};
use super::difference::{TTest, holm};
use super::{Cut, Estimate, Estimator};

/// A test: a row of the published results.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// Which test.
    pub kind: TestKind,
    /// The question.
    pub question: QuestionKey,
    /// The option; `None` for a question with one number.
    pub item: Option<OptionKey>,
    /// What is compared.
    pub estimator: Estimator,
    /// What the test calls the item: its key, or `net`, or `mean`.
    pub item_name: String,
    /// For two items of one question: the one that the difference starts from.
    pub item_reference: Option<OptionKey>,
    /// For a table: the name of its rows.
    pub row: Option<String>,
    /// The breakdown whose groups are compared, or that the groups of a wave
    /// change belong to; `None`: everybody.
    pub group_var: Option<QuestionKey>,
    /// The group that the difference starts from.
    pub reference: Option<OptionKey>,
    /// The group that it leads to.
    pub group: Option<OptionKey>,
    /// The wave; of a change, the later one.
    pub wave: WaveKey,
    /// The earlier wave of a change.
    pub wave_before: Option<WaveKey>,
    /// Base of the reference, or of the earlier wave.
    pub n_reference: Option<u64>,
    /// Base of the group, of the later wave, or of the whole table.
    pub n: u64,
    /// Group minus reference, later minus earlier wave.
    pub difference: Option<f64>,
    /// Its standard error.
    pub se: Option<f64>,
    /// Confidence limits of the difference.
    pub interval: Option<(f64, f64)>,
    /// t or F.
    pub statistic: Option<f64>,
    /// Numerator degrees of freedom of F.
    pub ndf: Option<f64>,
    /// Denominator degrees of freedom of F.
    pub ddf: Option<f64>,
    /// Degrees of freedom of t.
    pub df: Option<f64>,
    /// Two-sided probability; `None`: not tested.
    pub p_value: Option<f64>,
    /// The same, adjusted within `family`.
    pub p_holm: Option<f64>,
    /// The tests that are adjusted together.
    pub family: String,
    /// Whether the finite population correction was used.
    pub fpc: bool,
    /// The groups that were compared.
    pub groups: Vec<OptionKey>,
    /// Counts that the approximation leans on, for a table.
    pub thinness: Option<Thinness>,
    /// Why it was not tested, if so.
    pub flag: TestFlag,
    /// What may be said.
    pub verdict: Verdict,
}

/// Which test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TestKind {
    /// Independence of answer and cut.
    RaoScott,
    /// Two groups.
    TTest,
    /// Two items of one question, among the same respondents.
    Items,
    /// Equal means in several groups.
    Wald,
    /// Two waves.
    WaveChange,
    /// Two waves, among those who answered in both.
    WaveChangePanel,
}

impl TestKind {
    /// The name in the published results.
    pub fn name(self) -> &'static str {
        match self {
            Self::RaoScott => "rao_scott_F",
            Self::TTest => "svyttest",
            Self::Items => "item_difference",
            Self::Wald => "wald_F_means",
            Self::WaveChange => "wave_change",
            Self::WaveChangePanel => "wave_change_panel_only",
        }
    }
}

/// Why a comparison was or was not tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestFlag {
    /// It was tested.
    Ok,
    /// The table is too thin.
    Sparse,
    /// A base under `caution-below`.
    LowBase,
    /// Everybody was asked: a difference is a fact.
    Census,
}

impl TestFlag {
    /// The name in the published results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Sparse => "sparse",
            Self::LowBase => "low_n",
            Self::Census => "census",
        }
    }
}

/// What a test lets an author say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// There is a difference, more than chance makes.
    Differs,
    /// Nothing can be said; never that there is no difference.
    NoClearDifference,
    /// The comparison was not tested.
    NotTested,
}

impl Verdict {
    /// The name in the published results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Differs => "differs",
            Self::NoClearDifference => "no_clear_difference",
            Self::NotTested => "not_tested",
        }
    }
}

impl Test {
    /// A comparison of which nothing is known yet but what it is about.
    pub(super) fn untested(
        kind: TestKind,
        question: &QuestionKey,
        item: Option<&OptionKey>,
        estimator: Estimator,
        wave: &WaveKey,
    ) -> Self {
        Self {
            kind,
            question: question.clone(),
            item: item.cloned(),
            estimator,
            item_name: String::new(),
            item_reference: None,
            row: None,
            group_var: None,
            reference: None,
            group: None,
            wave: wave.clone(),
            wave_before: None,
            n_reference: None,
            n: 0,
            difference: None,
            se: None,
            interval: None,
            statistic: None,
            ndf: None,
            ddf: None,
            df: None,
            p_value: None,
            p_holm: None,
            family: String::new(),
            fpc: false,
            groups: vec![],
            thinness: None,
            flag: TestFlag::Ok,
            verdict: Verdict::NotTested,
        }
    }

    /// The part of the population, for a change between waves.
    fn cut(&self) -> Cut {
        match (&self.group_var, &self.group) {
            (Some(breakdown), Some(group)) => Cut::group(breakdown.clone(), group.clone()),
            _ => Cut::all(),
        }
    }

    /// Whether it compares a row with others.
    pub(super) fn rests_on(&self, row: &Estimate) -> bool {
        let waves = [Some(&self.wave), self.wave_before.as_ref()];
        if self.question != row.question || !waves.contains(&row.wave.as_ref()) {
            return false;
        }
        let same = self.estimator == row.estimator && self.item == row.item;
        let one_of_items = self.item == row.item || self.item_reference == row.item;
        let group = match row.cut.conditions() {
            [(breakdown, group)] if self.group_var.as_ref() == Some(breakdown) => Some(group),
            _ => None,
        };
        match self.kind {
            TestKind::RaoScott | TestKind::Wald => group.is_some(),
            TestKind::TTest => {
                same && group.is_some() && [&self.reference, &self.group].contains(&&group.cloned())
            }
            TestKind::Items => {
                self.estimator == row.estimator && one_of_items && row.cut == Cut::all()
            }
            TestKind::WaveChange | TestKind::WaveChangePanel => same && row.cut == self.cut(),
        }
    }

    pub(super) fn set_t(&mut self, test: Option<TTest>) {
        if let Some(test) = test {
            self.interval = Some((test.low, test.high));
            self.statistic = Some(test.statistic);
            self.p_value = Some(test.p_value);
        }
    }

    pub(super) fn set_f(&mut self, f: FStatistic) {
        self.statistic = Some(f.f);
        self.ndf = Some(f.ndf);
        self.ddf = Some(f.ddf);
        self.p_value = Some(f.p_value);
    }

    /// What was not tested has no statistic: whoever reads one believes it.
    fn withhold(&mut self) {
        self.interval = None;
        self.statistic = None;
        self.ndf = None;
        self.ddf = None;
        self.p_value = None;
    }
}

/// Whether statistics of comparisons that may not be tested are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Untested {
    /// They are withheld.
    Withheld,
    /// They are kept, flagged (`estimators = "all"`).
    Kept,
}

/// Adjusts each family of tests and settles what may be said. A difference
/// counts if its adjusted probability is under `1 − confidence`.
pub(super) fn settle(tests: &mut [Test], confidence: f64, untested: Untested) {
    let mut families: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, test) in tests.iter_mut().enumerate() {
        if test.flag != TestFlag::Ok {
            if untested == Untested::Withheld {
                test.withhold();
            }
        } else if test.p_value.is_some() {
            families.entry(test.family.clone()).or_default().push(at);
        }
    }
    for members in families.values() {
        let raw: Vec<f64> = members.iter().filter_map(|at| tests[*at].p_value).collect();
        for (at, adjusted) in members.iter().zip(holm(&raw)) {
            tests[*at].p_holm = Some(adjusted);
            tests[*at].verdict = if adjusted < 1.0 - confidence {
                Verdict::Differs
            } else {
                Verdict::NoClearDifference
            };
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::stats::Provenance;
    use crate::stats::row::Value;

    /// A test of an item of `themes` in two regions, in 2018.
    pub(in crate::stats) fn of_regions(item: &str, from: &str, to: &str) -> Test {
        let (question, item) = (QuestionKey::new("themes"), OptionKey::new(item));
        let (share, wave) = (Estimator::Proportion, WaveKey::new("2018"));
        Test {
            item_name: item.to_string(),
            group_var: Some(QuestionKey::new("region")),
            reference: Some(OptionKey::new(from)),
            group: Some(OptionKey::new(to)),
            ..Test::untested(TestKind::TTest, &question, Some(&item), share, &wave)
        }
    }

    /// A simulated share of an item of `themes` in a region or of everybody.
    pub(in crate::stats) fn share(item: &str, region: Option<&str>) -> Estimate {
        let group = |group| Cut::group(QuestionKey::new("region"), OptionKey::new(group));
        Estimate {
            question: QuestionKey::new("themes"),
            item: Some(OptionKey::new(item)),
            estimator: Estimator::Proportion,
            cut: region.map(group).unwrap_or_default(),
            wave: Some(WaveKey::new("2018")),
            provenance: Provenance::Simulated,
            value: Value::Empty,
            n: None,
            digits: None,
            source: None,
            told: None,
        }
    }

    #[test]
    fn a_test_rests_on_the_rows_that_it_compares() {
        let regions = of_regions("energy", "flanders", "wallonia");
        let table = Test { kind: TestKind::RaoScott, item: None, ..regions.clone() };
        let items = Test {
            kind: TestKind::Items,
            item_reference: Some(OptionKey::new("mobility")),
            group_var: None,
            reference: None,
            group: None,
            ..regions.clone()
        };
        let change = Test {
            kind: TestKind::WaveChange,
            wave_before: Some(WaveKey::new("2017")),
            reference: None,
            ..regions.clone()
        };
        let before =
            |region| Estimate { wave: Some(WaveKey::new("2017")), ..share("energy", Some(region)) };

        assert!(regions.rests_on(&share("energy", Some("flanders"))));
        assert!(regions.rests_on(&share("energy", Some("wallonia"))));
        assert!(!regions.rests_on(&share("energy", Some("brussels"))));
        assert!(!regions.rests_on(&share("mobility", Some("flanders"))));
        assert!(!regions.rests_on(&before("flanders")));
        assert!(table.rests_on(&share("mobility", Some("brussels"))));
        assert!(!table.rests_on(&share("mobility", None)));
        assert!(items.rests_on(&share("mobility", None)));
        assert!(!items.rests_on(&share("mobility", Some("wallonia"))));
        assert!(!items.rests_on(&share("economy", None)));
        assert!(change.rests_on(&before("wallonia")));
        assert!(!change.rests_on(&before("flanders")));
    }
}
