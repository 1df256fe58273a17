//! The rows that leave statistics: a number with what it is about, or why there
//! is none.

use std::sync::Arc;

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
    /// What few rows have.
    pub told: Option<Box<Told>>,
}

/// What is told with a number that was copied.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
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
pub struct Cut(Box<[(QuestionKey, OptionKey)]>);

impl Cut {
    /// Everybody.
    pub fn all() -> Self {
        Self::default()
    }

    /// One group of one breakdown.
    pub fn group(breakdown: QuestionKey, group: OptionKey) -> Self {
        Self([(breakdown, group)].into())
    }

    /// This part and one more condition; conditions are kept in the order
    /// of their breakdowns' names, so that equal parts are equal values.
    #[must_use]
    pub fn and(self, breakdown: QuestionKey, group: OptionKey) -> Self {
        let mut conditions = self.0.into_vec();
        conditions.push((breakdown, group));
        conditions.sort();
        Self(conditions.into())
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

impl Estimate {
    /// The study, for a figure of another study.
    pub fn study(&self) -> Option<&str> {
        self.told.as_ref()?.study.as_deref()
    }

    /// A remark for the reader.
    pub fn note(&self) -> Option<&Text> {
        self.told.as_ref()?.note.as_deref()
    }

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
