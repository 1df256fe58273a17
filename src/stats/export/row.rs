//! An estimate and a test as rows of the results.

use crate::config::Language;
use crate::stats::{Cut, Estimate, Meta, Results, Test, Value};
use crate::survey::{OptionKey, QuestionKey, SourceKey, Survey, WaveKey};

use super::cell::{Cell, Row};
use super::columns::{ESTIMATES, method_name};

/// What the file takes from elsewhere: the words, and how numbers are printed.
pub struct Printed<'a> {
    /// The questions and options with their labels.
    pub survey: &'a Survey,
    /// The language of the labels.
    pub language: &'a Language,
    /// The exact text that is printed for a row: `33 %`, `<1 %`, `–`.
    pub display: &'a (dyn Fn(&Estimate) -> String + Sync),
    /// The lowest and highest share, whatever those who did not answer think.
    pub bounds: &'a (dyn Fn(&Estimate) -> Option<(f64, f64)> + Sync),
    /// The estimate weighted to the population, and the breakdown whose groups
    /// were weighted.
    pub weighted: &'a (dyn Fn(&Estimate) -> Option<(f64, QuestionKey)> + Sync),
    /// The base of a question in words.
    pub base: &'a (dyn Fn(&QuestionKey) -> String + Sync),
    /// SHA-256 of each input file, by path.
    pub inputs: &'a [(String, String)],
    /// Warnings of the build, as printed.
    pub warnings: &'a [String],
}

/// The name of a cut and of its group: `region_x_nature`, `Wallonia | rural`.
pub fn group(cut: &Cut, meta: &Meta) -> (String, String) {
    match cut.conditions() {
        [] => ("all".to_owned(), "all".to_owned()),
        [(breakdown, group)] => (breakdown.to_string(), group.to_string()),
        conditions => {
            let names: Vec<&QuestionKey> = conditions.iter().map(|(name, _)| name).collect();
            let crossing = meta.crossings.iter().find(|(a, b)| names == [a, b] || names == [b, a]);
            let turned = crossing.is_some_and(|(a, _)| names[0] != a);
            let mut ordered: Vec<_> = conditions.iter().collect();
            if turned {
                ordered.reverse();
            }
            let join = |parts: Vec<String>, by: &str| parts.join(by);
            (
                join(ordered.iter().map(|(name, _)| name.to_string()).collect(), "_x_"),
                join(ordered.iter().map(|(_, group)| group.to_string()).collect(), " | "),
            )
        }
    }
}

pub(super) fn estimate<'a>(
    row: &'a Estimate,
    results: &'a Results,
    printed: &Printed<'a>,
) -> Row<'a> {
    let question = printed.survey.codebook.question(row.question.as_str());
    let label = question.map(|question| question.label.get(printed.language));
    let option = row.item.as_ref().and_then(|item| question?.option(item.as_str()));
    let item = row.item.as_ref().map_or("", |item| item.as_str());
    let label_item = option.map_or(item, |option| option.label.get(printed.language));
    let (group_var, group) = group(&row.cut, &results.meta);
    let method = match &row.value {
        Value::Shown { method, .. } => method_name(*method),
        Value::Hidden | Value::Empty => "none",
    };
    let precision = row.value.precision();
    let limits = precision.map_or_else(
        || (row.value.interval().map(|i| i.0), row.value.interval().map(|i| i.1)),
        |precision| precision.limits,
    );
    let weighted_n = match &row.value {
        Value::Empty => Some(0.0),
        _ => precision.map(|precision| precision.weighted_n),
    };
    let percent = precision.and_then(|precision| precision.percent);
    let bounds = (printed.bounds)(row);
    let (weighted, weighted_by) = (printed.weighted)(row).unzip();
    let cells = [
        Cell::from(row.question.as_str()),
        Cell::from(item),
        Cell::from(label.unwrap_or_default()),
        Cell::from(label_item),
        Cell::from(row.estimator.name()),
        Cell::from(group_var),
        Cell::from(group),
        Cell::text(row.wave.as_ref().map(WaveKey::as_str)),
        Cell::Number(results.meta.level),
        Cell::from(precision.is_some_and(|precision| precision.fpc)),
        Cell::number(row.value.estimate()),
        Cell::number(precision.and_then(|precision| precision.se)),
        Cell::number(limits.0),
        Cell::number(limits.1),
        Cell::from(method),
        Cell::number(precision.map(|precision| precision.df)),
        Cell::count(row.n),
        Cell::number(weighted_n),
        Cell::number(precision.map(|precision| precision.n_eff_kish)),
        Cell::number(precision.and_then(|precision| precision.deff)),
        Cell::number(precision.and_then(|precision| precision.deff_wr)),
        Cell::from((printed.base)(&row.question)),
        Cell::from((printed.display)(row)),
        Cell::count(percent),
        Cell::from(row.value.flag()),
        Cell::from(row.provenance.name()),
        Cell::text(row.source.as_ref().map(SourceKey::as_str)),
        Cell::text(row.note().map(|note| note.get(printed.language))),
        Cell::number(bounds.map(|bounds| bounds.0)),
        Cell::number(bounds.map(|bounds| bounds.1)),
        Cell::number(weighted),
        weighted_by.map_or(Cell::Nothing, |by| Cell::from(by.to_string())),
    ];
    Row(ESTIMATES.into_iter().map(|(name, _)| name).zip(cells).collect())
}

pub(super) fn test<'a>(test: &'a Test, meta: &Meta) -> Row<'a> {
    let wave = meta.waves.iter().find(|wave| wave.wave == test.wave);
    let thinness = test.thinness.as_ref();
    let breakdown = test.group_var.as_ref().map_or("all", QuestionKey::as_str);
    let everybody = test.group_var.is_none().then_some("all");
    let group = test.group.as_ref().map(OptionKey::as_str).or(everybody);
    let groups: Vec<&str> = test.groups.iter().map(OptionKey::as_str).collect();
    let pairs = vec![
        ("test", Cell::from(test.kind.name())),
        ("question", Cell::from(test.question.as_str())),
        ("item", Cell::from(test.item_name.as_str())),
        ("estimator", Cell::from(test.estimator.name())),
        ("item_ref", Cell::text(test.item_reference.as_ref().map(OptionKey::as_str))),
        ("row", Cell::text(test.row.as_deref())),
        ("col", Cell::text(test.row.as_ref().map(|_| breakdown))),
        ("group_var", Cell::from(breakdown)),
        ("group_ref", Cell::text(test.reference.as_ref().map(OptionKey::as_str))),
        ("group", Cell::text(group)),
        ("wave", Cell::from(test.wave.as_str())),
        ("wave_before", Cell::text(test.wave_before.as_ref().map(WaveKey::as_str))),
        ("n_ref", Cell::count(test.n_reference)),
        ("n", Cell::Count(test.n)),
        ("difference", Cell::number(test.difference)),
        ("se", Cell::number(test.se)),
        ("ci_low", Cell::number(test.interval.map(|limits| limits.0))),
        ("ci_high", Cell::number(test.interval.map(|limits| limits.1))),
        ("statistic", Cell::number(test.statistic)),
        ("ndf", Cell::number(test.ndf)),
        ("ddf", Cell::number(test.ddf)),
        ("df", Cell::number(test.df)),
        ("p_value", Cell::number(test.p_value)),
        ("p_holm", Cell::number(test.p_holm)),
        ("family", Cell::from(test.family.as_str())),
        ("fpc", Cell::from(test.fpc)),
        ("groups", Cell::List(groups)),
        ("min_expected_unweighted", Cell::number(thinness.map(|t| t.min_expected))),
        ("share_expected_lt5", Cell::number(thinness.map(|t| t.share_under_five))),
        ("empty_cells", Cell::count(thinness.map(|t| t.empty_cells))),
        ("flag", Cell::from(test.flag.name())),
        ("verdict", Cell::from(test.verdict.name())),
        ("provenance", Cell::text(wave.map(|wave| wave.provenance.name()))),
    ];
    Row(pairs)
}
