//! The rows that leave statistics, and the store that figures look them up in.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::index::Index;
use super::{Meta, Test};
use crate::config::Text;
use crate::survey::{OptionKey, QuestionKey, SourceKey, WaveKey};

/// One number about the population: a row of the published results.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// The question.
    pub question: QuestionKey,
    /// The option; `None` for a question with one number.
    pub item: Option<OptionKey>,
    /// What is estimated.
    pub estimator: Estimator,
    /// The part of the population.
    pub cut: Cut,
    /// The wave; `None` for another study.
    pub wave: Option<WaveKey>,
    /// Where the number comes from.
    pub provenance: Provenance,
    /// The number, unless it must not or cannot be known.
    pub value: Value,
    /// Respondents of positive weight in the base; `None` when hidden or not published.
    pub n: Option<u64>,
    /// Decimals that may be shown; `None`: as the estimator's default.
    pub digits: Option<u8>,
    /// Where it was printed, for published figures.
    pub source: Option<SourceKey>,
    /// The study, for figures of other studies.
    pub study: Option<String>,
    /// A remark for the reader.
    pub note: Option<Arc<Text>>,
}

/// A number, or why there is none. Under the disclosure threshold there is
/// **no number** in this type.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// The estimate may be shown.
    Shown {
        /// Proportion 0–1, score in its own unit, count, points or rank.
        estimate: f64,
        /// Confidence limits in the unit of the estimate, where they are known.
        interval: Option<(f64, f64)>,
        /// How the interval was made.
        method: IntervalMethod,
        /// `Ok`, or why to read it with care.
        flag: Flag,
        /// How it was computed; `None` for what was copied.
        precision: Option<Box<Precision>>,
    },
    /// Too few answers to say anything.
    Hidden,
    /// Nobody answered.
    Empty,
}

/// What a computed estimate carries beside its number: the columns of the
/// published results. It lives inside a shown value, so that a hidden one
/// has none of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Precision {
    /// Standard error, in the unit of the estimate; `None` for a quantile and
    /// for a single respondent.
    pub se: Option<f64>,
    /// Degrees of freedom: sampling units less strata.
    pub df: f64,
    /// Sum of the weights of the base.
    pub weighted_n: f64,
    /// Kish's effective sample size of the base.
    pub n_eff_kish: f64,
    /// Design effect; `None` where the answers do not vary.
    pub deff: Option<f64>,
    /// Design effect against sampling with replacement; `None` as above.
    pub deff_wr: Option<f64>,
    /// Confidence limits one by one: a quantile may have one of them only.
    pub limits: (Option<f64>, Option<f64>),
    /// Whether the finite population correction was used.
    pub fpc: bool,
    /// The whole percent that is printed, where the estimate is a share: by
    /// largest remainder in a stack, which adds up to 100, else half up.
    pub percent: Option<u32>,
}

impl Value {
    /// How the estimate was computed, if it was and may be shown.
    pub fn precision(&self) -> Option<&Precision> {
        match self {
            Self::Shown { precision, .. } => precision.as_deref(),
            Self::Hidden | Self::Empty => None,
        }
    }

    /// The estimate, if it may be shown.
    pub fn estimate(&self) -> Option<f64> {
        match self {
            Self::Shown { estimate, .. } => Some(*estimate),
            Self::Hidden | Self::Empty => None,
        }
    }

    /// How much to trust it, as the published results name it: `ok`, `low_n`,
    /// `low_df`, `hidden` or `empty`.
    pub fn flag(&self) -> &'static str {
        match self {
            Self::Shown { flag, .. } => flag.name(),
            Self::Hidden => "hidden",
            Self::Empty => "empty",
        }
    }

    /// The confidence limits, if they are known and may be shown.
    pub fn interval(&self) -> Option<(f64, f64)> {
        match self {
            Self::Shown { interval, .. } => *interval,
            Self::Hidden | Self::Empty => None,
        }
    }
}

/// How much to trust a shown estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// Nothing to remark.
    Ok,
    /// A base under `caution-below`: marked, never tested.
    LowBase,
    /// Fewer than eight degrees of freedom.
    LowDf,
}

impl Flag {
    /// The name in the published results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::LowBase => "low_n",
            Self::LowDf => "low_df",
        }
    }
}

/// How an interval was made (`ci_method` in the files).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntervalMethod {
    /// Korn–Graubard.
    Beta,
    /// Clopper–Pearson at 0 or 1.
    CpZeroOrOne,
    /// No variance.
    ZeroVariance,
    /// Student's t.
    T,
    /// Woodruff, centred at p.
    Woodruff,
    /// No degrees of freedom.
    NoDf,
    /// None was made.
    None,
}

/// What is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Estimator {
    /// Share of the base that gave the answer, 0–1.
    Proportion,
    /// Share with "don't know" in the base, 0–1.
    ProportionDkInBase,
    /// Share of the two most positive options, 0–1.
    Top2,
    /// Share of the two most negative options, 0–1.
    Bottom2,
    /// Positive minus negative, −1–1.
    Net,
    /// Mean score.
    Mean,
    /// Mean number of options ticked.
    MeanChoices,
    /// Median; halfway between two values where half of the weight lies below.
    Median,
    /// Median, always a value that was given.
    MedianMath,
    /// First quartile.
    Q25,
    /// First quartile, always a value that was given.
    Q25Math,
    /// Third quartile.
    Q75,
    /// Third quartile, always a value that was given.
    Q75Math,
    /// Share that ranked it first, 0–1.
    RankFirst,
    /// Share that ranked it at all, 0–1.
    RankTop3,
    /// Mean points of a ranking.
    RankPointsMean,
    /// Population total.
    Total,
    /// A count, as published.
    Count,
    /// A place in an order, as published.
    Rank,
}

impl Estimator {
    /// The name in the published results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Proportion => "proportion",
            Self::ProportionDkInBase => "proportion_dk_in_base",
            Self::Top2 => "top2",
            Self::Bottom2 => "bottom2",
            Self::Net => "net",
            Self::Mean => "mean",
            Self::MeanChoices => "mean_choices",
            Self::Median => "median_school",
            Self::MedianMath => "median_math",
            Self::Q25Math => "q25_math",
            Self::Q75Math => "q75_math",
            Self::Q25 => "q25_school",
            Self::Q75 => "q75_school",
            Self::RankFirst => "rank_first",
            Self::RankTop3 => "rank_top3",
            Self::RankPointsMean => "rank_points_mean",
            Self::Total => "total",
            Self::Count => "count",
            Self::Rank => "rank",
        }
    }

    /// True if the number counts or orders things: its size depends on how
    /// many there are, so that a part does not compare with the whole.
    pub fn counts(self) -> bool {
        matches!(self, Self::Count | Self::Rank | Self::Total)
    }

    /// True if the number is a proportion 0–1, shown in percent.
    pub fn is_proportion(self) -> bool {
        matches!(
            self,
            Self::Proportion
                | Self::ProportionDkInBase
                | Self::Top2
                | Self::Bottom2
                | Self::RankFirst
                | Self::RankTop3
        )
    }
}

/// Where a number comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Provenance {
    /// Computed from answers that people gave.
    Collected,
    /// Copied from a publication about this survey.
    Published,
    /// Computed from answers that a program made up.
    Simulated,
    /// Copied from a publication about another study.
    OtherStudy,
}

impl Provenance {
    /// The name in the published results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Collected => "collected",
            Self::Published => "published",
            Self::Simulated => "simulated",
            Self::OtherStudy => "other_study",
        }
    }
}

/// A part of the population: the whole, one group, or a crossing of two.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Cut(Vec<(QuestionKey, OptionKey)>);

impl Cut {
    /// Everybody.
    pub fn all() -> Self {
        Self(vec![])
    }

    /// One group of one breakdown.
    pub fn group(breakdown: QuestionKey, group: OptionKey) -> Self {
        Self(vec![(breakdown, group)])
    }

    /// This part and one more condition; conditions are kept in the order
    /// of their breakdowns' names, so that equal parts are equal values.
    #[must_use]
    pub fn and(mut self, breakdown: QuestionKey, group: OptionKey) -> Self {
        self.0.push((breakdown, group));
        self.0.sort();
        self
    }

    /// The conditions: empty for everybody.
    pub fn conditions(&self) -> &[(QuestionKey, OptionKey)] {
        &self.0
    }
}

/// What tells one row from another, or asks for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Selector<'a> {
    /// The question.
    pub question: &'a QuestionKey,
    /// The option; `None` for a question with one number.
    pub item: Option<&'a OptionKey>,
    /// What is estimated.
    pub estimator: Estimator,
    /// The part of the population.
    pub cut: &'a Cut,
    /// The wave; `None` for another study.
    pub wave: Option<&'a WaveKey>,
    /// Where the number comes from.
    pub provenance: Provenance,
}

/// Every number of a report, in the order of the codebook.
#[derive(Debug, Default)]
pub struct Results {
    rows: Vec<Estimate>,
    /// The place of each row by its selector.
    places: Index,
    /// The places of the rows of each question in the order of their
    /// selectors, each once.
    questions: HashMap<QuestionKey, Vec<usize>>,
    has_simulated: bool,
    tests: Vec<Test>,
    /// The places of tests by what [`beside`] says of them.
    beside: Index,
    /// By what [`lead`] says.
    leading: Index,
    /// See [`Results::superseded`].
    superseded: Vec<Estimate>,
    /// What was done to get the numbers.
    pub meta: Meta,
}

impl Results {
    /// Takes rows; of two with one selector the first is found.
    pub fn new(mut rows: Vec<Estimate>) -> Self {
        rows.shrink_to_fit();
        let places = Index::new(&rows, Estimate::selector);
        let mut questions: HashMap<_, Vec<usize>> = HashMap::new();
        for at in places.firsts() {
            if let Some(question) = questions.get_mut(&rows[at].question) {
                question.push(at);
            } else {
                questions.insert(rows[at].question.clone(), vec![at]);
            }
        }
        questions.par_iter_mut().for_each(|(_, places)| {
            places.sort_by(|a, b| rows[*a].selector().cmp(&rows[*b].selector()));
        });
        let has_simulated = rows.iter().any(|row| row.provenance == Provenance::Simulated);
        Self { rows, places, questions, has_simulated, ..Self::default() }
    }

    /// Adds the tests that were run.
    #[must_use]
    pub fn with_tests(self, tests: Vec<Test>) -> Self {
        let (beside, leading) =
            rayon::join(|| Index::new(&tests, beside), || Index::new(&tests, lead));
        Self { tests, beside, leading, ..self }
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

    /// The tests of the item of a row between the groups of its cut, or
    /// where it is of everybody those of everybody, in its wave.
    pub fn tests_beside(&self, row: &Estimate) -> impl Iterator<Item = &Test> {
        let by = row.cut.conditions().first().map(|(by, _)| by);
        let sought = (&row.question, row.item.as_ref(), by, row.wave.as_ref());
        let first = self.beside.first(&sought, &self.tests, beside).filter(|_| is_compared(row));
        self.beside.all(first).map(|at| &self.tests[at])
    }

    /// The tests whose difference is one from another row to this.
    pub fn tests_leading_to(&self, row: &Estimate) -> impl Iterator<Item = &Test> {
        let (by, group) = row.cut.conditions().first().map(|(by, group)| (by, group)).unzip();
        let sought = (&row.question, row.item.as_ref(), by, row.wave.as_ref(), group);
        let first = self.leading.first(&sought, &self.tests, lead).filter(|_| is_compared(row));
        self.leading.all(first).map(|at| &self.tests[at])
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
        self.places.first(selector, &self.rows, Estimate::selector).map(|at| &self.rows[at])
    }

    /// The rows of one question, in the order of their selectors.
    pub fn of_question<'a>(
        &'a self,
        question: &'a QuestionKey,
    ) -> impl Iterator<Item = &'a Estimate> {
        self.questions.get(question).into_iter().flatten().map(|at| &self.rows[*at])
    }
}

/// Parts of two breakdowns are compared with none.
fn is_compared(row: &Estimate) -> bool {
    row.cut.conditions().len() < 2
}

/// The question, item, breakdown and wave of a test.
type Beside<'a> =
    (&'a QuestionKey, Option<&'a OptionKey>, Option<&'a QuestionKey>, Option<&'a WaveKey>);

fn beside(test: &Test) -> Beside<'_> {
    (&test.question, test.item.as_ref(), test.group_var.as_ref(), Some(&test.wave))
}

/// The question, item, breakdown, wave and group of the row that a difference
/// leads to.
type Lead<'a> = (
    &'a QuestionKey,
    Option<&'a OptionKey>,
    Option<&'a QuestionKey>,
    Option<&'a WaveKey>,
    Option<&'a OptionKey>,
);

fn lead(test: &Test) -> Lead<'_> {
    let (question, item, by, wave) = beside(test);
    (question, item, by, wave, test.group.as_ref())
}

impl Estimate {
    /// What tells this row from the others.
    pub fn selector(&self) -> Selector<'_> {
        Selector {
            question: &self.question,
            item: self.item.as_ref(),
            estimator: self.estimator,
            cut: &self.cut,
            wave: self.wave.as_ref(),
            provenance: self.provenance,
        }
    }
}
