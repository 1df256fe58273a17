//! Which pages the data write, what they are called, and what leads to them.

use crate::survey::slug;

/// Which of the pages that the data write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What was found, on one page.
    Summary,
    /// Every question.
    Results,
    /// One question.
    Question,
    /// One group.
    Profile,
    /// What changed between waves.
    Trends,
    /// Everything in the order of a dictionary.
    Search,
    /// How the survey was made.
    Method,
    /// The files to take away.
    Data,
    /// What the words mean.
    Glossary,
    /// Who answers for the report, and how to cite it.
    About,
    /// Who can read it, and how that was tested.
    Accessibility,
    /// All chapters, one after the other.
    Print,
}

impl Part {
    /// The parts that are one page, which navigation can name.
    pub(super) const NAMED: &[Self] = &[
        Self::Summary,
        Self::Results,
        Self::Trends,
        Self::Method,
        Self::Data,
        Self::Glossary,
        Self::About,
        Self::Accessibility,
    ];

    /// The parts that the menu leads to by itself, after the chapters; the
    /// summary comes before them.
    pub(super) const MENU: &[Self] = &[Self::Results, Self::Trends, Self::Method, Self::Data];

    /// The parts that the foot of every page leads to.
    pub(super) const FOOT: &[Self] = &[
        Self::Summary,
        Self::Print,
        Self::Results,
        Self::Method,
        Self::Data,
        Self::Glossary,
        Self::About,
        Self::Accessibility,
        Self::Search,
    ];

    /// Its name: the kind of the page and, for parts of one page, its address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Results => "results",
            Self::Question => "question",
            Self::Profile => "profile",
            Self::Trends => "trends",
            Self::Search => "search",
            Self::Method => "method",
            Self::Data => "data",
            Self::Glossary => "glossary",
            Self::About => "about",
            Self::Accessibility => "accessibility",
            Self::Print => "print",
        }
    }

    /// The names that `[site] navigation` knows beside the chapters.
    pub fn names<'n>() -> impl Iterator<Item = &'n str> {
        Self::NAMED.iter().map(|part| part.name())
    }

    /// Whether a chapter of this name is the beginning of such a part.
    pub fn begins_with(stem: &str) -> bool {
        Self::names().any(|name| name == stem)
    }
}

/// The address of the page of a question or of a battery, without `.html`.
pub(super) fn question_stem(key: &str) -> String {
    format!("question-{}", slug(key))
}
