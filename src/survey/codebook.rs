//! The codebook: `XLSForm`'s `survey` and `choices` sheets as typed questions.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::{Language, Text};
use crate::diag::{Place, did_you_mean};

use super::doubt::Doubt;
use super::names::asks_for_a_place;
use super::{Names, OptionKey, QuestionKey, WaveKey};

/// The questions in the order of the questionnaire.
#[derive(Debug, Default)]
pub struct Codebook {
    pub(super) questions: Vec<Question>,
    pub(super) groups: Vec<Group>,
    pub(super) index: BTreeMap<QuestionKey, usize>,
    /// The questions and groups that it may have beside them: what refers to
    /// those is no mistake of its own.
    pub(super) doubt: Doubt,
    /// The topics that it may have beside them.
    pub(super) topics_doubt: Doubt,
    pub(super) names: Names,
}

/// One question.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its key.
    pub key: QuestionKey,
    /// Its type, with the options it offers.
    pub kind: QuestionKind,
    /// The wording as it was asked.
    pub label: Text,
    /// The label on charts: `short`, else the wording.
    pub short: Text,
    /// Who was asked, in words; `None`: everybody.
    pub base: Option<Text>,
    /// The topic it belongs to.
    pub topic: Option<String>,
    /// Whether it can be used as a cut.
    pub breakdown: bool,
    /// Unit of a number: `€`, `h`; of options what published figures of them
    /// count, where that is not the respondent: `projects`.
    pub unit: Option<Text>,
    /// First wave that this wording may be compared with.
    pub comparable_from: Option<WaveKey>,
    /// Its name in the codebook, for complaints.
    pub place: Place,
    /// The options that it may have beside those that could be read.
    pub(super) options_doubt: Arc<Doubt>,
    /// Whether a mistake hides what kind of question it is, or whether it is a
    /// breakdown.
    pub(super) is_unsure: bool,
}

/// What kind of answer a question takes. Questions with one list share it.
#[derive(Debug, Clone, PartialEq)]
pub enum QuestionKind {
    /// One option (`select_one`).
    Single(Arc<[Choice]>),
    /// One option of an ordered scale, negative to positive (`appearance = likert`).
    Likert(Arc<[Choice]>),
    /// Any number of options (`select_multiple`).
    Multiple(Arc<[Choice]>),
    /// Options in order of preference (`rank`); at most `places` of them.
    Ranking {
        /// What can be ranked.
        options: Arc<[Choice]>,
        /// How many ranks a respondent fills.
        places: usize,
    },
    /// A score on a numeric scale (`range`).
    Score {
        /// Lowest score.
        start: f64,
        /// Highest score.
        end: f64,
        /// Distance between scores.
        step: f64,
    },
    /// A whole number.
    Integer,
    /// Any number.
    Decimal,
    /// Words; never estimated.
    Open,
}

/// One option.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Its key.
    pub key: OptionKey,
    /// The wording as it was offered.
    pub label: Text,
    /// The label on charts: `short`, else the wording.
    pub short: Text,
    /// What the option means for the base and for sorting.
    pub role: Role,
    /// Its number on a scale.
    pub score: f64,
}

/// What an option means for the base and for sorting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// An answer like any other.
    #[default]
    Answer,
    /// "Other": stays last when sorted.
    Other,
    /// "None of these": stays last when sorted.
    None,
    /// Outside the base.
    DontKnow,
    /// Outside the base.
    Refused,
    /// Outside the base.
    NotApplicable,
}

impl Role {
    /// Whether an answer with this role counts in the base (`statistics.md`, 1).
    pub fn in_base(self) -> bool {
        matches!(self, Self::Answer | Self::Other | Self::None)
    }
}

/// A group of questions (`begin_group`): a topic, or a battery when its
/// members are scores or scales of one kind.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its heading.
    pub label: Text,
    /// Its label on charts.
    pub short: Text,
    /// The questions directly inside, in order.
    pub members: Vec<QuestionKey>,
    /// Its name in the codebook, for complaints.
    pub place: Place,
}

impl QuestionKind {
    /// The kind with its article, as a message names it: `a ranking`.
    pub fn describe(&self) -> &'static str {
        match self {
            Self::Single(_) => "a single choice",
            Self::Likert(_) => "an ordered scale",
            Self::Multiple(_) => "a multiple choice",
            Self::Ranking { .. } => "a ranking",
            Self::Score { .. } => "a score",
            Self::Integer => "a whole number",
            Self::Decimal => "a number",
            Self::Open => "an open question",
        }
    }
}

impl Codebook {
    /// The codebook of a table that is there and cannot be read.
    pub(super) fn unknown() -> Self {
        let mut codebook = Self::default();
        codebook.doubt.all();
        codebook
    }

    /// Whether a name of a question or group may be one of those that could not be read.
    pub fn may_have(&self, name: &str) -> bool {
        self.doubt.covers(name)
    }

    /// Whether a name may be that of a breakdown, although it is none.
    pub fn may_cut(&self, name: &str) -> bool {
        let is_unsure = self.question(name).is_some_and(Question::is_unsure);
        is_unsure || self.doubt.covers(name)
    }

    /// Whether a name may be that of a topic, although it is none.
    pub fn may_be_topic(&self, name: &str) -> bool {
        self.doubt.covers(name) || self.topics_doubt.covers(name)
    }

    /// Whether all questions, groups and options are known.
    pub fn is_whole(&self) -> bool {
        let is_known = |one: &Question| !one.is_unsure && one.options_doubt.is_none();
        self.doubt.is_none() && self.questions.iter().all(is_known)
    }

    /// One question.
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.index.get(key).map(|at| &self.questions[*at])
    }

    /// Every question in the order of the questionnaire.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// Its wordings and labels, in file order.
    pub(super) fn texts(&self) -> Vec<&Text> {
        let texts = self.questions.iter().flat_map(|question| {
            let options =
                question.options().iter().flat_map(|option| [&option.label, &option.short]);
            [&question.label, &question.short].into_iter().chain(options)
        });
        texts.collect()
    }

    /// The labels of places: what questions that ask for one offer.
    pub(super) fn places(&self, languages: &[Language]) -> Vec<&Text> {
        let is_asked = |question: &&Question| {
            let asks = |language| asks_for_a_place(question.label.get(language));
            languages.iter().any(asks)
        };
        let options = self.questions.iter().filter(is_asked).flat_map(Question::options);
        options.filter(|option| option.role == Role::Answer).map(|option| &option.short).collect()
    }

    /// The words that keep their capital inside a sentence.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// A group by name.
    pub fn group(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.name == name)
    }

    /// Every group, in order of opening.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The questions of a battery: a group of at least two scores, or of at
    /// least two scales, with the same range or options.
    pub fn battery(&self, name: &str) -> Option<(&Group, Vec<&Question>)> {
        let group = self.group(name)?;
        let members: Vec<&Question> =
            group.members.iter().filter_map(|key| self.question(key.as_str())).collect();
        let (first, rest) = members.split_first()?;
        let scale = matches!(first.kind, QuestionKind::Score { .. } | QuestionKind::Likert(_));
        (scale && !rest.is_empty() && rest.iter().all(|other| other.kind == first.kind))
            .then_some((group, members))
    }
}

impl Question {
    /// Whether a score, or a mean of scores, lies on the scale of the question;
    /// true where it has none.
    pub(super) fn has_score(&self, value: f64) -> bool {
        match self.kind {
            QuestionKind::Score { start, end, .. } => (start..=end).contains(&value),
            _ => true,
        }
    }

    /// What published figures of its options count, where that is not the
    /// respondent.
    pub fn of_others(&self) -> Option<&Text> {
        self.unit.as_ref().filter(|_| !self.options().is_empty())
    }

    /// The options it offers, in the order of the questionnaire.
    pub fn options(&self) -> &[Choice] {
        match &self.kind {
            QuestionKind::Single(options)
            | QuestionKind::Likert(options)
            | QuestionKind::Multiple(options)
            | QuestionKind::Ranking { options, .. } => options,
            QuestionKind::Score { .. }
            | QuestionKind::Integer
            | QuestionKind::Decimal
            | QuestionKind::Open => &[],
        }
    }

    /// One option.
    pub fn option(&self, key: &str) -> Option<&Choice> {
        self.options().iter().find(|option| option.key.as_str() == key)
    }

    /// Whether it has no such option: neither among those that could be read
    /// nor, as far as can be known, beside them.
    pub fn lacks(&self, key: &str) -> bool {
        self.option(key).is_none() && !self.may_offer(key)
    }

    /// Whether an option may be one of those that could not be read.
    pub fn may_offer(&self, key: &str) -> bool {
        self.options_doubt.covers(key)
    }

    /// Whether a mistake hides what kind of question it is.
    pub fn is_unsure(&self) -> bool {
        self.is_unsure
    }

    /// The way out for a text that is the key of no option: the key of the one
    /// whose words it is, else what is near.
    pub fn meant(&self, text: &str) -> Option<String> {
        let is_worded = |option: &&Choice| option.label.is(text) || option.short.is(text);
        match self.options().iter().find(is_worded) {
            Some(option) => Some(format!("Write `{}`, of which these are the words.", option.key)),
            None => did_you_mean(text, self.options().iter().map(|option| option.key.as_str())),
        }
    }
}
