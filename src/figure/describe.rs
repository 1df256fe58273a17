//! A figure in words: the notes, the labels.
//!
//! Every sentence is a string of the theme filled with the same numbers that
//! the drawing shows.

use std::collections::BTreeSet;

use crate::stats::{Estimate, Estimator, Provenance, Value};
use crate::survey::{Choice, Question, QuestionKind};
use crate::wording::{after_a_sentence, ends_sentence};

use super::plan::{Across, Beside, Plan};
use super::tested;
use super::{Scope, lookup};

/// A row's place in the data, for a hint: `wave 2018, region wallonia`.
pub(super) fn coordinates(row: &Estimate) -> String {
    let mut parts = vec![row.estimator.name().to_owned()];
    parts.extend(row.item.as_ref().map(|item| format!("item `{item}`")));
    parts.extend(
        row.cut.conditions().iter().map(|(breakdown, group)| format!("{breakdown} `{group}`")),
    );
    parts.extend(row.wave.as_ref().map(|wave| format!("wave `{wave}`")));
    parts.join(", ")
}

/// What a bound number is about: its label, base and origin.
pub(super) fn about(
    scope: &Scope<'_>,
    row: &Estimate,
    question: &Question,
    item: Option<&Choice>,
) -> String {
    let words = scope.words;
    let label = named(scope, row, question, item);
    let base = match row.n {
        Some(n) => {
            let base = counted(scope, question, row.provenance, n);
            words.fill("numbers.base", &[("base", &base)])
        }
        None => words.text("numbers.base-unknown").to_owned(),
    };
    let origin = origin(scope, row);
    let detail = match scope.printed_limits(row) {
        Some((low, high)) => {
            let level = words.percent(scope.config.statistics.confidence, 0);
            words.fill(
                "numbers.bound-interval",
                &[
                    ("base", &base),
                    ("level", &level),
                    ("low", &low),
                    ("high", &high),
                    ("source", &origin),
                ],
            )
        }
        None => words.fill("numbers.bound", &[("base", &base), ("source", &origin)]),
    };
    format!("{label} ({detail})")
}

/// An answer with its question.
pub fn answer(scope: &Scope<'_>, question: &str, item: &str) -> String {
    let label = [("question", question), ("item", item)];
    after_a_sentence(question, scope.words.fill("figure.key-label", &label))
}

/// What a row is about: its question, option and groups.
pub fn label(scope: &Scope<'_>, row: &Estimate) -> String {
    let question = scope.survey.codebook.question(row.question.as_str());
    let Some(question) = question else { return row.question.to_string() };
    let item = row.item.as_ref().and_then(|item| question.option(item.as_str()));
    named(scope, row, question, item)
}

fn named(scope: &Scope<'_>, row: &Estimate, question: &Question, item: Option<&Choice>) -> String {
    let language = scope.words.language();
    let mut label = question.short.get(language).to_owned();
    let group = row.cut.conditions().iter().filter_map(|(breakdown, group)| {
        let breakdown = scope.survey.codebook.question(breakdown.as_str())?;
        Some(breakdown.option(group.as_str())?.short.get(language))
    });
    for part in item.map(|choice| choice.short.get(language)).into_iter().chain(group) {
        label.push_str(if ends_sentence(&label) { " " } else { ", " });
        label.push_str(part);
    }
    label
}

/// Where a row comes from, in a few words.
fn origin(scope: &Scope<'_>, row: &Estimate) -> String {
    if let Some(source) = row.source.as_ref().and_then(|key| scope.survey.source(key)) {
        let who = source.publisher.as_ref().or(source.author.as_ref()).unwrap_or(&source.title);
        return match source.date {
            Some(date) => format!("{who}, {}", date.year()),
            None => who.clone(),
        };
    }
    let wave = row.wave.as_ref().map(|wave| wave_inside(scope, wave.as_str()));
    own_source(scope, &wave.unwrap_or_default(), row.provenance)
}

/// The survey itself as a source, its name and the wave; or that nobody
/// answered.
pub(super) fn own_source(scope: &Scope<'_>, wave: &str, provenance: Provenance) -> String {
    let survey = scope.config.survey.name.get(scope.words.language());
    let key = match provenance {
        Provenance::Simulated => "figure.source-simulated",
        _ => "figure.source-own",
    };
    scope.words.fill(key, &[("survey", survey), ("wave", wave)])
}

/// A count of respondents in words: "123 communes".
pub(super) fn units(scope: &Scope<'_>, n: u64) -> String {
    let words = scope.words;
    match scope.unit() {
        Some(forms) => format!("{}\u{a0}{}", words.count(n), words.noun(forms, n)),
        None => words.plural("numbers.respondents", n, &[]),
    }
}

/// A base in words: of published figures that count something else, so many of
/// those.
pub(super) fn counted(
    scope: &Scope<'_>,
    question: &Question,
    provenance: Provenance,
    n: u64,
) -> String {
    match other_unit(scope, question, provenance) {
        Some(unit) => format!("{}\u{a0}{unit}", scope.words.count(n)),
        None => units(scope, n),
    }
}

/// What published figures of a question's options count, where that is not the
/// respondent. Answers are counted by who gave them, whatever was published.
pub(super) fn other_unit<'q>(
    scope: &Scope<'_>,
    question: &'q Question,
    provenance: Provenance,
) -> Option<&'q str> {
    let unit = question.of_others().filter(|_| !tested::is_computed(provenance))?;
    Some(unit.get(scope.words.language()))
}

/// A label inside a sentence: without its capital where the language has none
/// for common nouns. What is no word is a name ("PME"), and what the codebook
/// knows as one.
pub(super) fn inside(scope: &Scope<'_>, label: &str) -> String {
    let is_common = begins_with_a_word(label)
        && scope.words.text("top.case") == "lower"
        && !scope.survey.codebook.names().begin(label, scope.words.language());
    let mut letters = label.chars();
    match letters.next() {
        Some(first) if is_common => first.to_lowercase().chain(letters).collect(),
        _ => label.to_owned(),
    }
}

/// Whether its first letter is that of a word, or a word of one letter. A word
/// with a capital inside is a name: `SharePoint`.
fn begins_with_a_word(label: &str) -> bool {
    let first = label.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    if first.chars().skip(1).any(char::is_uppercase) {
        return false;
    }
    label.chars().nth(1).is_some_and(|next| {
        next.is_lowercase() || next.is_whitespace() || matches!(next, '’' | '\'' | '-')
    })
}

/// How the wave of a key is called; by its key where it has no label.
pub fn wave_label(scope: &Scope<'_>, key: &str) -> String {
    let label = scope.config.wave(key).and_then(|wave| wave.label.as_ref());
    label.map_or(key, |label| label.get(scope.words.language())).to_owned()
}

/// How a wave is called inside a sentence: "édition 2018".
pub fn wave_inside(scope: &Scope<'_>, key: &str) -> String {
    inside(scope, &wave_label(scope, key))
}

/// Why a cell has no number.
pub(super) fn missing<'w>(scope: &Scope<'w>, row: Option<&Estimate>) -> &'w str {
    let key = match row.map(|row| &row.value) {
        Some(Value::Hidden) => "figure.hidden",
        Some(Value::Empty) => "figure.empty",
        Some(Value::Shown { .. }) | None => "figure.not-published",
    };
    scope.words.text(key)
}

/// The string that heads a column of such numbers.
pub(super) fn value_heading(estimator: Estimator) -> &'static str {
    match estimator {
        estimator if estimator.is_proportion() => "table.share",
        Estimator::Mean | Estimator::MeanChoices => "table.mean",
        Estimator::Q25 => "table.first-quartile",
        Estimator::Median => "table.median",
        Estimator::Q75 => "table.third-quartile",
        Estimator::Count => "table.count",
        Estimator::Rank => "table.rank",
        Estimator::RankPointsMean => "table.points",
        _ => "table.value",
    }
}

/// What rows beside those of the cells are called.
pub(super) fn beside_heading(scope: &Scope<'_>, beside: &Beside<'_>) -> String {
    match (beside.choice, beside.estimator) {
        (Some(choice), _) => choice.short.get(scope.words.language()).to_owned(),
        (None, Estimator::Net) => scope.words.text("figure.net").to_owned(),
        (None, estimator) => scope.words.text(value_heading(estimator)).to_owned(),
    }
}

/// What is measured, of whom, when: the subtitle that needs no author.
pub(super) fn subtitle(scope: &Scope<'_>, plan: &Plan<'_>) -> String {
    let measure = measure(scope, plan);
    let wave = match plan.provenance {
        Provenance::OtherStudy => study(plan).unwrap_or_default().to_owned(),
        _ => waves(scope, plan),
    };
    let part = plan.part.join(", ");
    [measure, part, wave].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The wave that a figure tells, or all that it compares; may be empty.
pub(super) fn waves(scope: &Scope<'_>, plan: &Plan<'_>) -> String {
    if matches!(plan.across, Across::Waves) {
        let labels: Vec<_> = plan.slices.iter().map(|slice| inside(scope, &slice.label)).collect();
        return scope.words.list(&labels);
    }
    plan.wave.as_ref().map(|wave| wave_inside(scope, wave.as_str())).unwrap_or_default()
}

/// Which number of a ranking a row is: what stands beside the answer where
/// several of them are told of it. `None` of other questions.
pub fn of_ranking(scope: &Scope<'_>, estimator: Estimator) -> Option<String> {
    let words = scope.words;
    match estimator {
        Estimator::RankFirst => Some(words.text("figure.rank-first").to_owned()),
        Estimator::RankTop3 => Some(words.text("figure.rank-any").to_owned()),
        Estimator::RankPointsMean => Some(inside(scope, words.text("figure.points"))),
        Estimator::Rank => Some(inside(scope, words.text("figure.rank"))),
        _ => None,
    }
}

fn measure(scope: &Scope<'_>, plan: &Plan<'_>) -> String {
    let words = scope.words;
    match plan.estimator {
        estimator if estimator.is_proportion() => {
            let share = match unit(scope, plan) {
                Some(unit) => words.fill("figure.share-of", &[("unit", unit)]),
                None => words.text("figure.share").to_owned(),
            };
            of_ranking(scope, estimator).map_or(share.clone(), |place| format!("{share}, {place}"))
        }
        Estimator::Mean => {
            if let QuestionKind::Score { end, .. } = plan.question.kind {
                return words.fill("figure.mean-of", &[("max", &words.number(end, 0))]);
            }
            let unit = plan.question.unit.as_ref().map(|unit| unit.get(words.language()));
            in_unit(words.text("figure.mean"), unit)
        }
        Estimator::Count => {
            let unit = match &plan.question.unit {
                Some(unit) => Some(unit.get(words.language())),
                // A number that was asked for has the unit that the codebook says.
                None => unit(scope, plan).filter(|_| !plan.question.options().is_empty()),
            };
            in_unit(words.text("figure.count"), unit)
        }
        Estimator::Rank => words.text("figure.rank").to_owned(),
        Estimator::RankPointsMean => match plan.question.kind {
            QuestionKind::Ranking { places, .. } => {
                words.fill("figure.points-of", &[("max", &words.count(places as u64))])
            }
            _ => words.text("figure.points").to_owned(),
        },
        _ => words.text("table.value").to_owned(),
    }
}

/// What is measured, with the unit of its numbers.
fn in_unit(measure: &str, unit: Option<&str>) -> String {
    unit.map_or_else(|| measure.to_owned(), |unit| format!("{measure} ({unit})"))
}

/// What shares are of, in the plural; `None`: that is not known of another study.
fn unit<'p>(scope: &'p Scope<'_>, plan: &'p Plan<'_>) -> Option<&'p str> {
    other_unit(scope, plan.question, plan.provenance).or_else(|| {
        let forms = scope.unit().filter(|_| plan.provenance != Provenance::OtherStudy);
        forms.map(|forms| forms.get("other"))
    })
}

/// A label with its number.
pub(super) fn pair(scope: &Scope<'_>, item: &str, row: &Estimate) -> String {
    let value = scope.told(row);
    scope.words.fill("description.pair", &[("item", item), ("value", &value)])
}

/// The study that a figure of another study is from.
pub(super) fn study<'a>(plan: &Plan<'a>) -> Option<&'a str> {
    plan.all_rows().find_map(|row| row.study())
}

/// What a reader must know before quoting, each note once, without what
/// publications remark.
pub(super) fn own_notes(scope: &Scope<'_>, plan: &Plan<'_>) -> Vec<String> {
    let words = scope.words;
    let mut notes = vec![];
    notes.extend(plan.note.as_ref().map(|note| note.text.clone()));
    notes.extend(low_bases(scope, plan.panels()));
    let gaps: usize = plan
        .panels()
        .map(|panel| {
            let cells = panel.cells.iter().flatten();
            cells.filter(|row| row.is_none()).count() + panel.unknown_items
        })
        .sum();
    if 0 < gaps && !tested::is_computed(plan.provenance) {
        notes.push(words.plural("figure.not-published-note", gaps as u64, &[]));
    }
    if plan.all_rows().any(|row| row.value == Value::Hidden) {
        let threshold = scope.config.statistics.hide_below.to_string();
        notes.push(words.fill("figure.hidden-note", &[("n", &threshold)]));
    }
    match plan.provenance {
        Provenance::OtherStudy => notes.push(match study(plan) {
            Some(study) => words.fill("figure.other-study-of", &[("study", study)]),
            None => words.text("figure.other-study").to_owned(),
        }),
        Provenance::Simulated | Provenance::Collected | Provenance::Published => {}
    }
    if plan.is_simulated() {
        notes.push(words.text("figure.simulated").to_owned());
    }
    if plan.break_before(scope).is_some() {
        notes.push(words.text("figure.break").to_owned());
    }
    let rounding =
        plan.panels().filter_map(|panel| panel.rounding_note(scope)).collect::<BTreeSet<_>>();
    notes.extend(rounding.into_iter().map(|key| words.text(key).to_owned()));
    notes
}

/// Names the groups of some panels that rest on few respondents, each once, or
/// says it of all.
pub(super) fn low_bases<'p, 'a: 'p>(
    scope: &Scope<'_>,
    panels: impl Iterator<Item = &'p Plan<'a>>,
) -> Vec<String> {
    const NAMED: usize = 3;
    let words = scope.words;
    let (mut named, mut are_many) = (vec![], false);
    for panel in panels {
        let groups = low_groups(scope, panel);
        if groups.len() <= NAMED && groups.iter().all(|(label, _)| !label.is_empty()) {
            named.extend(groups);
        } else {
            are_many = true;
        }
    }
    let mut told = BTreeSet::new();
    named.retain(|(label, _)| told.insert(*label));
    let mut notes = vec![];
    match &named[..] {
        [] => {}
        [(group, base)] => {
            let base = units(scope, *base);
            notes.push(words.fill("figure.low-base-group", &[("group", group), ("base", &base)]));
        }
        several => {
            let pair = |(group, base): &(&str, u64)| {
                let base = units(scope, *base);
                words.fill("description.pair", &[("item", group), ("value", &base)])
            };
            let groups = words.list(&several.iter().map(pair).collect::<Vec<_>>());
            notes.push(words.fill("figure.low-base-several", &[("groups", &groups)]));
        }
    }
    if are_many {
        let caution = scope.config.statistics.caution_below.to_string();
        notes.push(words.fill("figure.low-base", &[("n", &caution)]));
    }
    notes
}

/// The groups of a panel that rest on few respondents, with how many.
fn low_groups<'p>(scope: &Scope<'_>, plan: &'p Plan<'_>) -> Vec<(&'p str, u64)> {
    let slices = plan.slices.iter().enumerate().filter_map(|(at, slice)| {
        let low = plan.cells.iter().filter_map(|cells| cells[at]).filter(|row| scope.low_base(row));
        let base = low.filter_map(|row| {
            row.n.or_else(|| lookup::respondents(scope, row.wave.as_ref(), &row.cut))
        });
        Some((slice.label.as_str(), base.max()?))
    });
    slices.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_lose_their_capital() {
        for word in ["Énergie", "L’énergie", "À vélo", "E-mail"] {
            assert!(begins_with_a_word(word), "{word}");
        }
        for name in ["PME", "C++", "R", ""] {
            assert!(!begins_with_a_word(name), "{name}");
        }
    }
}
