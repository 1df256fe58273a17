//! `published.csv` and `context.csv` → the figures that they copy.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Published, PublishedFigure, UNITS, Unit};
use crate::config::Language;
use crate::diag::{Code, Diagnostic, Findings, did_you_mean};
use crate::survey::doubt::Doubt;
use crate::survey::label::{Labels, is_column};
use crate::survey::table::{Complaints, Row, Table};
use crate::survey::{Codebook, OptionKey, Question, QuestionKey, Source, SourceKey};

/// Whose figures a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::survey) enum Study {
    /// `data/<wave>/published.csv`.
    Own,
    /// `data/context.csv`, which names the study in its first column.
    Other,
}

/// A cell that was complained about: its row gives no figure.
struct Refused;

/// What figures refer to.
pub(in crate::survey) struct References<'s> {
    codebook: &'s Codebook,
    sources: BTreeMap<&'s str, &'s SourceKey>,
    /// The sources that there may be beside them.
    sources_doubt: &'s Doubt,
    /// The name of a question or option as the codebook keeps it, so that
    /// figures share it.
    options: BTreeMap<&'s str, BTreeMap<&'s str, &'s OptionKey>>,
}

impl<'s> References<'s> {
    /// Prepares to look names up.
    pub(in crate::survey) fn new(
        codebook: &'s Codebook,
        sources: &'s [Source],
        sources_doubt: &'s Doubt,
    ) -> Self {
        let cuts = codebook.questions().iter().filter(|question| question.breakdown);
        let options = |question: &'s Question| {
            question.options().iter().map(|option| (option.key.as_str(), &option.key)).collect()
        };
        Self {
            codebook,
            sources: sources.iter().map(|source| (source.key.as_str(), &source.key)).collect(),
            sources_doubt,
            options: cuts.map(|question| (question.key.as_str(), options(question))).collect(),
        }
    }
}

const COLUMNS: [&str; 7] = ["question", "item", "group_var", "group", "value", "unit", "source"];

/// The columns of a table of figures.
struct Columns<'l> {
    study: Option<usize>,
    question: usize,
    item: usize,
    group_var: usize,
    group: usize,
    value: usize,
    unit: usize,
    source: usize,
    n: Option<usize>,
    note: Labels<'l>,
}

impl<'l> Columns<'l> {
    fn find(
        table: &Table,
        study: Study,
        languages: &'l [Language],
        found: &mut Findings,
    ) -> Option<Self> {
        let mut required = COLUMNS.to_vec();
        if study == Study::Other {
            required.insert(0, "study");
        }
        if !table.check_columns(&required, &["n", "note"], |name| is_column(name, "note"), found) {
            return None;
        }
        let needed = |name| table.needed(name);
        Some(Self {
            study: (study == Study::Other).then(|| needed("study")),
            question: needed("question"),
            item: needed("item"),
            group_var: needed("group_var"),
            group: needed("group"),
            value: needed("value"),
            unit: needed("unit"),
            source: needed("source"),
            n: table.column("n"),
            note: Labels::find(table, "note", languages, found),
        })
    }
}

/// Reads the figures in file order; mistakes are noted.
pub(in crate::survey) fn read(
    table: &Table,
    study: Study,
    references: &References<'_>,
    languages: &[Language],
    found: &mut Findings,
) -> Vec<PublishedFigure> {
    let Some(columns) = Columns::find(table, study, languages, found) else { return vec![] };
    let mut figures = vec![];
    let mut given = BTreeSet::new();
    let mut complaints = Complaints::default();
    table.each(&mut complaints, |row, complaints| {
        let Some(figure) = figure(row, &columns, references, complaints) else { return };
        let key = (
            figure.study.clone(),
            figure.question.clone(),
            figure.item.clone(),
            figure.group.clone(),
            figure.unit,
        );
        if given.insert(key) {
            figures.push(figure);
        } else {
            complaints.push(Code::DuplicateFigure, columns.question, || {
                Diagnostic::error(Code::DuplicateFigure, "this figure is given twice")
                    .at(row.whole())
                    .hint("Keep the row of the better source, and say in its `note` what the other gives.")
            });
        }
    });
    complaints.settle(found);
    found.extend(proportions(table, &figures));
    figures.shrink_to_fit();
    figures
}

/// The warning that percentages are written as parts of 1.
fn proportions(table: &Table, figures: &[PublishedFigure]) -> Option<Diagnostic> {
    let percent = || figures.iter().filter(|figure| figure.unit == Unit::Percent);
    let is_part = |figure: &PublishedFigure| figure.value.value <= 1.0;
    let has_decimals = percent().any(|figure| 0 < figure.value.digits && 0.0 < figure.value.value);
    (2 < percent().count() && has_decimals && percent().all(is_part)).then(|| {
        Diagnostic::warning(Code::BadPercentage, "no percentage of this table is over 1")
            .at(table.place())
            .hint("If they are parts of 1, write them in percent: 44 for 0.44.")
    })
}

fn figure(
    row: Row<'_>,
    columns: &Columns<'_>,
    references: &References<'_>,
    complaints: &mut Complaints,
) -> Option<PublishedFigure> {
    // Every cell is read before the row is given up, so that all its
    // mistakes are told.
    let study = match columns.study {
        Some(column) => {
            row.needed(column, complaints).map(|study| Some(study.to_owned())).ok_or(Refused)
        }
        None => Ok(None),
    };
    let question = question(row, columns, references, complaints);
    let unit = unit(row, columns, question, complaints);
    let item = question.map(|question| item(row, columns, question, unit, complaints));
    let group = group(row, columns, references, complaints);
    let value = value(row, columns, (unit, question), complaints);
    let source = source(row, columns, references, complaints);
    let n = columns.n.and_then(|column| row.count(column, complaints));
    // Not every figure has a remark; one that has it is told in all languages.
    let note = columns.note.text(row);
    let note = note.and_then(|_| columns.note.needed(row, "this figure", complaints));
    Some(PublishedFigure {
        study: study.ok()?,
        question: question?.key.clone(),
        item: item?.ok()?,
        group: group.ok()?,
        value: value?,
        unit: unit?,
        n,
        source: source?,
        note: note.map(Arc::new),
        place: row.whole(),
    })
}

fn question<'s>(
    row: Row<'_>,
    columns: &Columns<'_>,
    references: &References<'s>,
    complaints: &mut Complaints,
) -> Option<&'s Question> {
    let text = row.needed(columns.question, complaints)?;
    let question = references.codebook.question(text);
    if question.is_none() && !references.codebook.may_have(text) {
        complaints.push(Code::UnknownQuestionInData, columns.question, || {
            let keys = references.codebook.questions().iter().map(|question| question.key.as_str());
            Diagnostic::error(
                Code::UnknownQuestionInData,
                format!("`{text}` is not a question of the codebook"),
            )
            .at(row.place(columns.question))
            .hint_if(did_you_mean(text, keys))
        });
    }
    question
}

fn unit(
    row: Row<'_>,
    columns: &Columns<'_>,
    question: Option<&Question>,
    complaints: &mut Complaints,
) -> Option<Unit> {
    let text = row.needed(columns.unit, complaints)?;
    let Some((_, unit)) = UNITS.iter().find(|(name, _)| *name == text) else {
        complaints.push(Code::UnknownUnit, columns.unit, || {
            Diagnostic::error(Code::UnknownUnit, format!("`{text}` is not a unit"))
                .at(row.place(columns.unit))
                .hint_if(did_you_mean(text, UNITS.iter().map(|(name, _)| *name)))
        });
        return None;
    };
    if let Some(question) = question.filter(|question| !unit.suits(&question.kind)) {
        if question.is_unsure() {
            return None;
        }
        complaints.push(Code::UnitDoesNotFit, columns.unit, || {
            let fitting = UNITS.iter().filter(|(_, unit)| unit.suits(&question.kind));
            let names: Vec<_> = fitting.map(|(name, _)| format!("`{name}`")).collect();
            Diagnostic::error(
                Code::UnitDoesNotFit,
                format!(
                    "`{}` is {}, which has no `{text}`",
                    question.key,
                    question.kind.describe()
                ),
            )
            .at(row.place(columns.unit))
            .hint_if((!names.is_empty()).then(|| format!("Write {}.", names.join(" or "))))
        });
        return None;
    }
    Some(*unit)
}

/// `None`: the figure is about the question as a whole.
fn item(
    row: Row<'_>,
    columns: &Columns<'_>,
    question: &Question,
    unit: Option<Unit>,
    complaints: &mut Complaints,
) -> Result<Option<OptionKey>, Refused> {
    let text = row.text(columns.item);
    let options = question.options();
    let mean = unit == Some(Unit::Score);
    let (message, hint) = match (text, options) {
        ("", []) => return Ok(None),
        ("", _) if mean => return Ok(None),
        // Nobody knows whether the row is about an option, or its cell is missing.
        ("", _) if !row.has(columns.item) => return Err(Refused),
        ("", _) if unit.is_none() && Unit::Score.suits(&question.kind) => return Err(Refused),
        ("", _) => (
            format!("the figure does not say which option of `{}`", question.key),
            did_you_mean("", options.iter().map(|option| option.key.as_str())),
        ),
        _ if question.option(text).is_none() && question.may_offer(text) => return Err(Refused),
        (_, []) => (
            format!("`{}` is {}, which has no options", question.key, question.kind.describe()),
            Some("Leave `item` empty.".to_owned()),
        ),
        _ if mean => (
            format!("a score is about `{}` as a whole", question.key),
            Some("Leave `item` empty.".to_owned()),
        ),
        _ => match question.option(text) {
            Some(option) => return Ok(Some(option.key.clone())),
            None => {
                (format!("`{text}` is not an option of `{}`", question.key), question.meant(text))
            }
        },
    };
    complaints.push(Code::UnknownItemInData, columns.item, || {
        Diagnostic::error(Code::UnknownItemInData, message)
            .at(row.place(columns.item))
            .hint_if(hint)
    });
    Err(Refused)
}

/// `None`: the figure is about everybody.
fn group(
    row: Row<'_>,
    columns: &Columns<'_>,
    references: &References<'_>,
    complaints: &mut Complaints,
) -> Result<Option<(QuestionKey, OptionKey)>, Refused> {
    let breakdown = row.needed(columns.group_var, complaints);
    let group = row.needed(columns.group, complaints);
    let breakdown = breakdown.ok_or(Refused)?;
    match (breakdown, group) {
        ("all", Some("all")) => return Ok(None),
        ("all", None) => return Err(Refused),
        _ => {}
    }
    let question = references.codebook.question(breakdown);
    let Some((question, groups)) = question.zip(references.options.get(breakdown)) else {
        if references.codebook.may_cut(breakdown) {
            return Err(Refused);
        }
        complaints.push(Code::NotABreakdown, columns.group_var, || {
            if breakdown == "all" {
                return Diagnostic::error(Code::NotABreakdown, "`all` has no groups")
                    .at(row.place(columns.group_var))
                    .hint("Write `all` in both columns for everybody, or name the breakdown of the group.");
            }
            let hint = if question.is_some() {
                Some(format!(
                    "Write `yes` in the column `breakdown` of `{breakdown}` in the codebook."
                ))
            } else {
                let cuts = references.options.keys().copied();
                did_you_mean(breakdown, cuts.chain(["all"]))
            };
            Diagnostic::error(Code::NotABreakdown, format!("`{breakdown}` is not a breakdown"))
                .at(row.place(columns.group_var))
                .hint_if(hint)
        });
        return Err(Refused);
    };
    let group = group.ok_or(Refused)?;
    let Some(key) = groups.get(group) else {
        if question.may_offer(group) {
            return Err(Refused);
        }
        complaints.push(Code::UnknownGroupInData, columns.group, || {
            Diagnostic::error(
                Code::UnknownGroupInData,
                format!("`{group}` is not a group of `{breakdown}`"),
            )
            .at(row.place(columns.group))
            .hint_if(question.meant(group))
        });
        return Err(Refused);
    };
    Ok(Some((question.key.clone(), (*key).clone())))
}

fn value(
    row: Row<'_>,
    columns: &Columns<'_>,
    (unit, question): (Option<Unit>, Option<&Question>),
    complaints: &mut Complaints,
) -> Option<Published> {
    row.needed(columns.value, complaints)?;
    let number = row.number(columns.value, complaints)?;
    let (value, text) = (number.value, row.text(columns.value));
    let (code, message) = match unit {
        Some(Unit::Percent) if !(0.0..=100.0).contains(&value) => {
            (Code::BadPercentage, format!("{text} percent is not between 0 and 100"))
        }
        Some(Unit::Score) if question.is_some_and(|question| !question.has_score(value)) => {
            (Code::OutOfRange, format!("{text} lies outside the scale of the question"))
        }
        Some(Unit::Count) if value < 0.0 => {
            (Code::BadValue, format!("a count of {text} is below 0"))
        }
        Some(Unit::Rank) if value < 1.0 || 0 < number.digits => {
            (Code::BadValue, format!("{text} is not a rank: 1, 2, 3 …"))
        }
        _ => return Some(Published { value, digits: number.digits }),
    };
    complaints.push(code, columns.value, || {
        Diagnostic::error(code, message).at(row.place(columns.value))
    });
    None
}

fn source(
    row: Row<'_>,
    columns: &Columns<'_>,
    references: &References<'_>,
    complaints: &mut Complaints,
) -> Option<SourceKey> {
    let text = row.needed(columns.source, complaints)?;
    let source = references.sources.get(text);
    if source.is_none() && !references.sources_doubt.covers(text) {
        complaints.push(Code::UnknownSource, columns.source, || {
            Diagnostic::error(
                Code::UnknownSource,
                format!("`{text}` is not a source of `data/sources.csv`"),
            )
            .at(row.place(columns.source))
            .hint_if(did_you_mean(text, references.sources.keys().copied()))
        });
    }
    source.map(|key| (*key).clone())
}
