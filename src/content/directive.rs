//! Chart blocks: what figure an author asks for.
//!
//! Whether the question exists, and which chart suits it, is the business of
//! `figure`.

use std::sync::Arc;

use crate::config::key::{Key, Takes, Word, spelled};
use crate::config::toml::{Spelled, Table};
use crate::diag::{Code, Diagnostic, Findings, Place, SourceText};

use super::phrase::Phrase;

/// A figure as asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureRequest {
    /// The question, or the battery.
    pub question: Spelled<String>,
    /// The items shown; empty: all.
    pub items: Vec<Spelled<String>>,
    /// The breakdowns.
    pub by: Vec<Spelled<String>>,
    /// The wave; `all` for a comparison; `None`: the current one.
    pub wave: Option<Spelled<String>>,
    /// The part of the population: breakdown and group.
    pub part: Vec<(Spelled<String>, Spelled<String>)>,
    /// The kind of chart; `None`: the one that suits the question.
    pub kind: Option<Spelled<Kind>>,
    /// The order of the items.
    pub sort: Option<Sort>,
    /// Items or groups set off.
    pub highlight: Vec<Spelled<String>>,
    /// At most so many items.
    pub limit: Option<u32>,
    /// The finding.
    pub title: Option<Phrase>,
    /// What, who, when.
    pub subtitle: Option<Phrase>,
    /// A remark.
    pub note: Option<Phrase>,
    /// The name of the figure: its anchor and its files.
    pub id: Option<Spelled<String>>,
    /// The provenance asked for.
    pub provenance: Option<Spelled<String>>,
    /// The estimator asked for.
    pub estimator: Option<Spelled<String>>,
    /// The block.
    pub place: Place,
}

macro_rules! kinds {
    ($($variant:ident = $name:literal, $what:literal;)+) => {
        /// A kind of chart.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Kind {
            $(#[doc = $what] $variant,)+
        }

        impl Kind {
            const WORDS: [Word<Self>; [$($name),+].len()] = [$(($name, Self::$variant),)+];

            /// Its name in a chart block.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }
    };
}

kinds! {
    Bars = "bars", "Ranked horizontal bars.";
    Grouped = "grouped", "Bars of up to three groups or waves an item.";
    Dots = "dots", "Dots with intervals.";
    Stacked = "stacked", "Parts of a whole, 100 % a bar.";
    Diverging = "diverging", "An ordered scale around its middle.";
    Histogram = "histogram", "The distribution of a score.";
    Line = "line", "A line over waves.";
    Slope = "slope", "Two waves, side by side.";
    Dumbbell = "dumbbell", "Two groups or waves of each item, with what lies between.";
    Tiles = "tiles", "Groups as equal tiles in the order of a map.";
    Multiples = "multiples", "A panel of bars for each group.";
    Heat = "heat", "A table of numbers, shaded by their classes.";
    Number = "number", "One big number.";
    Table = "table", "A table of numbers.";
}

const SORTS: [Word<Sort>; 2] = [("value", Sort::Value), ("codebook", Sort::Codebook)];

/// The keys of a chart block.
pub static CHART: Takes = Takes::Table(&[
    Key::required("question", Takes::Text, "A question or a battery of the codebook."),
    Key::new("items", Takes::Texts, "The options shown; without it those that have a number."),
    Key::new("by", Takes::TextOrTexts, "A breakdown; of several, each has a tab."),
    Key::new("wave", Takes::Text, "A wave, or `all` to compare them."),
    Key::new(
        "where",
        Takes::Each(&Takes::Text),
        "A part of the population, a group of a breakdown: `{ region = \"wallonia\" }`.",
    ),
    Key::new("kind", Takes::Words(&spelled(&Kind::WORDS)), "The kind of chart."),
    Key::new("sort", Takes::Words(&spelled(&SORTS)), "The order of the options."),
    Key::new("highlight", Takes::TextOrTexts, "The options or groups that are set off."),
    Key::new("limit", Takes::Count, "At most so many lines in the drawing."),
    Key::new("title", Takes::Text, "The finding; expressions are bound in it."),
    Key::new("subtitle", Takes::Text, "What, who, when; expressions are bound in it."),
    Key::new("note", Takes::Text, "A remark; expressions are bound in it."),
    Key::new("id", Takes::Text, "The name of the figure: its anchor and its files."),
    Key::new("provenance", Takes::Text, "Another provenance than the program would choose."),
    Key::new("estimator", Takes::Text, "Another estimator than the program would choose."),
]);

/// The order of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Largest first; "other" and "none" last.
    Value,
    /// As in the questionnaire.
    Codebook,
}

impl FigureRequest {
    /// Asks for a figure that no chapter spells: everything of a question, as
    /// the program thinks best. Set the fields that should be otherwise.
    pub fn of(question: &str) -> Self {
        let question = Spelled::unwritten(question.to_owned());
        let place = question.place.clone();
        Self {
            question,
            items: vec![],
            by: vec![],
            wave: None,
            part: vec![],
            kind: None,
            sort: None,
            highlight: vec![],
            limit: None,
            title: None,
            subtitle: None,
            note: None,
            id: None,
            provenance: None,
            estimator: None,
            place,
        }
    }

    /// Reads a block whose TOML is `text`, from byte `from` of the file on;
    /// complaints about the block as a whole point at `fence`.
    pub(super) fn read(
        source: &Arc<SourceText>,
        text: &str,
        from: usize,
        fence: Place,
        found: &mut Findings,
    ) -> Option<Self> {
        let mut table = Table::parse_as(source, text, from, &CHART, found)?;
        let has_question = table.has("question");
        let question = table.text("question", found);
        let phrase = |value: Option<Spelled<String>>, found: &mut Findings| {
            value.map(|value| {
                refuse_empty(&value, found);
                Phrase::read(&value, source, found)
            })
        };
        let request = Self {
            question: question
                .clone()
                .unwrap_or_else(|| Spelled { value: String::new(), place: fence.clone() }),
            items: table.texts("items", found).unwrap_or_default(),
            by: table.text_or_texts("by", found).unwrap_or_default(),
            wave: table.text("wave", found),
            part: table
                .table("where", found)
                .map(|part| conditions(part, found))
                .unwrap_or_default(),
            kind: table.choice("kind", &Kind::WORDS, found),
            sort: table.choice("sort", &SORTS, found).map(|s| s.value),
            highlight: table.text_or_texts("highlight", found).unwrap_or_default(),
            limit: limit(&mut table, found),
            title: phrase(table.text("title", found), found),
            subtitle: phrase(table.text("subtitle", found), found),
            note: phrase(table.text("note", found), found),
            id: table.text("id", found),
            provenance: table.text("provenance", found),
            estimator: table.text("estimator", found),
            place: fence.clone(),
        };
        if !has_question {
            found.push(
                Diagnostic::error(Code::MissingKey, "the chart block does not say its `question`")
                    .at(fence)
                    .hint("Add `question = \"…\"`."),
            );
        }
        table.finish(found);
        question.map(|_| request)
    }
}

/// A text that is there says something.
fn refuse_empty(text: &Spelled<String>, found: &mut Findings) {
    if text.value.trim().is_empty() {
        found.push(
            Diagnostic::error(Code::BadValue, "a text without words")
                .at(text.place.clone())
                .hint("Write it, or take the key out: the program words what the numbers show."),
        );
    }
}

/// At most so many lines: at least one.
fn limit(table: &mut Table, found: &mut Findings) -> Option<u32> {
    let limit = table.count("limit", found)?;
    if limit.value == 0 {
        found.push(
            Diagnostic::error(Code::BadValue, "a drawing of no line")
                .at(limit.place.clone())
                .hint("Write a number from 1 on, or take `limit` out."),
        );
    }
    Some(limit.value)
}

fn conditions(part: Table, found: &mut Findings) -> Vec<(Spelled<String>, Spelled<String>)> {
    part.into_entries()
        .into_iter()
        .filter_map(|entry| {
            let group = entry.value.text(&entry.key.value, found)?;
            Some((entry.key, group))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_read_as_its_list_says() {
        crate::config::proof::read_as_listed(&CHART, |text| {
            let source = SourceText::new("a.md", text.to_owned());
            let mut found = Findings::default();
            FigureRequest::read(&source, text, 0, Place::file(&source), &mut found);
            found.settle(())
        });
    }
}
