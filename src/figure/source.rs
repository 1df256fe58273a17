//! Where the numbers of a figure come from, as it cites them.

use crate::stats::Provenance;
use crate::survey::{PartialDate, Source};
use crate::wording::Words;

use super::plan::Plan;
use super::{Scope, describe};

/// A source as a figure cites it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, serde::Serialize)]
pub struct SourceNote {
    /// Its title.
    pub title: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When, in words: a year, a month or a day.
    pub date: Option<String>,
    /// The language of its title, a BCP 47 tag; `None`: nobody said.
    pub language: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
}

impl SourceNote {
    /// A title in the language of the page is set as its texts are.
    fn new(scope: &Scope<'_>, source: &Source) -> Self {
        let own = scope.words.language().tag();
        let is_own = source.language.as_deref().is_none_or(|language| language == own);
        let title = &source.title;
        Self {
            title: if is_own { scope.words.typeset(title).into_owned() } else { title.clone() },
            author: source.author.clone(),
            publisher: source.publisher.clone(),
            date: source.date.map(|date| in_words(date, scope.words)),
            language: source.language.clone(),
            url: source.url.as_ref().map(|url| url.value.clone()),
        }
    }
}

fn in_words(date: PartialDate, words: &Words) -> String {
    match date {
        PartialDate::Year(year) => year.to_string(),
        PartialDate::Month(month) => words.month(month),
        PartialDate::Day(day) => words.date(day),
    }
}

/// What the drawing of a figure comes from: of several tabs it shows one.
#[derive(Debug)]
pub struct Drawn {
    /// Where its numbers come from.
    pub provenance: Provenance,
    /// The publications, or the survey itself.
    pub sources: Vec<SourceNote>,
    /// How many lines it leaves to the table.
    pub left_out: usize,
}

impl Drawn {
    /// Of the panel that stands for the figure, under its title.
    pub(super) fn of(scope: &Scope<'_>, plan: &Plan<'_>, face: &Plan<'_>) -> Self {
        let texts = [&plan.title, &plan.subtitle];
        let is_simulated = texts.into_iter().flatten().any(|text| text.simulated);
        let provenance = if is_simulated { Provenance::Simulated } else { face.provenance };
        let sources = sources(scope, std::iter::once(face));
        Self { provenance, sources, left_out: face.left_out() }
    }
}

/// The publications that some panels of a figure cite; the survey itself where
/// they cite none, or where answers to it were simulated.
pub(super) fn sources<'p, 'a: 'p>(
    scope: &Scope<'_>,
    panels: impl Iterator<Item = &'p Plan<'a>>,
) -> Vec<SourceNote> {
    let (mut keys, mut own) = (vec![], None);
    for panel in panels {
        for key in panel.own_rows().filter_map(|row| row.source.as_ref()) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        if keys.is_empty() || panel.provenance == Provenance::Simulated {
            own.get_or_insert_with(|| (describe::waves(scope, panel), panel.provenance));
        }
    }
    let cited = keys.iter().filter_map(|key| scope.survey.source(key));
    let cited = cited.map(|source| SourceNote::new(scope, source));
    let own = own.map(|(wave, provenance)| SourceNote {
        title: describe::own_source(scope, &wave, provenance),
        ..SourceNote::default()
    });
    cited.chain(own).collect()
}
