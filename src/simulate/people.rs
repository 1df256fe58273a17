//! Who answers: the groups of each respondent, and how far on each is.

use std::collections::BTreeMap;

use super::chance::{Chance, SD};
use super::goal::{self, Asked};
use crate::survey::{
    Codebook, Frame, OptionKey, PublishedFigure, Question, QuestionKey, QuestionKind, Role, Unit,
};

/// A group of a breakdown.
pub(super) type Group = (QuestionKey, OptionKey);

/// The respondents, in file order.
pub(super) struct People {
    pub(super) count: usize,
    /// By respondent: its groups, and the further levels of its stratum.
    levels: Vec<BTreeMap<String, String>>,
    /// How far on each is: the better, the more it says yes. In [`SD`]s.
    pub(super) maturity: Vec<i64>,
}

/// A way to divide the respondents: the strata of the frame, or the groups of
/// a breakdown that the frame does not have.
struct Division {
    /// By part: what belongs to it.
    parts: Vec<BTreeMap<String, String>>,
    /// How large each part is in the population, as far as it is known.
    weights: Vec<u64>,
}

impl People {
    /// Makes `count` respondents whose groups are as large as in the frame, or
    /// as near to it as lets the figures be met.
    pub(super) fn new(
        count: usize,
        codebook: &Codebook,
        frame: Option<&Frame>,
        figures: &[PublishedFigure],
        seed: u64,
    ) -> Self {
        let mut chance = Chance::new(seed, "people");
        let mut people = Self {
            count,
            levels: vec![BTreeMap::new(); count],
            maturity: (0..count).map(|_| chance.normal()).collect(),
        };
        let figures: Vec<(&Question, &PublishedFigure)> = figures
            .iter()
            .filter_map(|figure| Some((codebook.question(figure.question.as_str())?, figure)))
            .collect();
        for (at, division) in divisions(codebook, frame).into_iter().enumerate() {
            let effects: Vec<i64> = division
                .parts
                .iter()
                .map(|part| effect(part, &figures) + chance.normal() / 5)
                .collect();
            let sizes = sizes(&division, count as u64, &figures);
            // The strata fall anyhow; other groups go with how far on one is.
            let mut order: Vec<usize> = (0..count).collect();
            chance.shuffle(&mut order);
            let mut parts: Vec<usize> = (0..division.parts.len()).collect();
            if 0 < at || frame.is_none() {
                let noise: Vec<i64> = (0..count).map(|_| chance.normal()).collect();
                order.sort_by_key(|one| -(people.maturity[*one] + noise[*one] / 2));
                parts.sort_by_key(|part| -effects[*part]);
            }
            let mut next = order.into_iter();
            for part in parts {
                for one in next.by_ref().take(sizes[part] as usize) {
                    people.levels[one].extend(division.parts[part].clone());
                    people.maturity[one] += effects[part];
                }
            }
        }
        people
    }

    /// The level of a respondent: the group of a breakdown, or what the frame
    /// says of its stratum.
    pub(super) fn level(&self, one: usize, column: &str) -> Option<&str> {
        self.levels[one].get(column).map(String::as_str)
    }

    /// Whether a respondent is in a group; everybody is in `None`.
    pub(super) fn is_in(&self, one: usize, group: Option<&Group>) -> bool {
        group.is_none_or(|(breakdown, key)| {
            self.level(one, breakdown.as_str()) == Some(key.as_str())
        })
    }
}

fn divisions(codebook: &Codebook, frame: Option<&Frame>) -> Vec<Division> {
    let strata = frame.map(|frame| Division {
        parts: frame.strata.iter().map(|stratum| stratum.levels.clone()).collect(),
        weights: frame.strata.iter().map(|stratum| stratum.size).collect(),
    });
    let in_frame =
        |key: &str| frame.is_some_and(|frame| frame.columns.iter().any(|column| column == key));
    let others = codebook.questions().iter().filter(|question| {
        question.breakdown
            && matches!(question.kind, QuestionKind::Single(_) | QuestionKind::Likert(_))
            && !in_frame(question.key.as_str())
    });
    let others = others.map(|question| {
        let options = question.options().iter().filter(|option| option.role == Role::Answer);
        let parts: Vec<_> = options
            .map(|option| BTreeMap::from([(question.key.to_string(), option.key.to_string())]))
            .collect();
        Division { weights: vec![1; parts.len()], parts }
    });
    strata.into_iter().chain(others).filter(|division| !division.parts.is_empty()).collect()
}

fn holds(part: &BTreeMap<String, String>, group: &Group) -> bool {
    part.get(group.0.as_str()).is_some_and(|level| level == group.1.as_str())
}

/// How much further on a part is than everybody, as far as published shares
/// tell: 25 points are a standard deviation.
fn effect(part: &BTreeMap<String, String>, figures: &[(&Question, &PublishedFigure)]) -> i64 {
    let mut gaps = vec![];
    for (question, figure) in figures {
        let is_answer = figure
            .item
            .as_ref()
            .and_then(|item| question.option(item.as_str()))
            .is_some_and(|option| option.role == Role::Answer);
        let is_of_part = figure.group.as_ref().is_some_and(|group| holds(part, group));
        if !is_answer || !is_of_part || figure.unit != Unit::Percent {
            continue;
        }
        let whole = figures.iter().find(|(_, other)| {
            other.group.is_none()
                && (&other.question, &other.item, other.unit)
                    == (&figure.question, &figure.item, figure.unit)
        });
        if let Some((_, whole)) = whole {
            gaps.push(((figure.value.value - whole.value.value) * 100.0).round() as i64);
        }
    }
    let mean = gaps.iter().sum::<i64>() / (gaps.len() as i64).max(1);
    (mean * SD / 2500).clamp(-SD, SD)
}

/// How many respondents each part has: as many as it has of the population,
/// changed as little as makes the most figures possible.
fn sizes(division: &Division, count: u64, figures: &[(&Question, &PublishedFigure)]) -> Vec<u64> {
    const MOVED_AT_ONCE: u64 = 64;
    let fair = shared(count, &division.weights);
    let families = families(division, figures);
    let cost = |sizes: &[u64]| {
        let astray: u64 = sizes
            .iter()
            .zip(&fair)
            .map(|(size, fair)| size.abs_diff(*fair).pow(2) * 1000 / (size + 1))
            .sum();
        let (size, impossible) = families.iter().fold((0, 0), |(size, impossible), family| {
            let (other, further) = family.cost(sizes, count);
            (size + other, impossible + further)
        });
        (size, impossible, astray)
    };
    let mut sizes = fair.clone();
    let mut known = cost(&sizes);
    loop {
        let mut found = None;
        for from in 0..sizes.len() {
            for to in (0..sizes.len()).filter(|to| *to != from) {
                for moved in 1..=sizes[from].min(MOVED_AT_ONCE) {
                    sizes[from] -= moved;
                    sizes[to] += moved;
                    let cost = cost(&sizes);
                    if cost < known {
                        (known, found) = (cost, Some((from, to, moved)));
                    }
                    sizes[from] += moved;
                    sizes[to] -= moved;
                }
            }
        }
        let Some((from, to, moved)) = found else { return sizes };
        sizes[from] -= moved;
        sizes[to] += moved;
    }
}

/// Divides a whole in proportion, the largest remainders first.
pub(super) fn shared(whole: u64, weights: &[u64]) -> Vec<u64> {
    let sum = weights.iter().sum::<u64>().max(1);
    let mut shares: Vec<u64> = weights.iter().map(|weight| whole * weight / sum).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(whole * weights[*at] % sum), *at));
    let left = whole - shares.iter().sum::<u64>().min(whole);
    for at in order.into_iter().cycle().take(if weights.is_empty() { 0 } else { left as usize }) {
        shares[at] += 1;
    }
    shares
}

/// The figures of one option by the groups of one breakdown, and of everybody.
struct Family<'f> {
    asked: Asked,
    whole: Option<&'f PublishedFigure>,
    /// By group: its parts, and its figure.
    groups: Vec<(Vec<usize>, Option<&'f PublishedFigure>)>,
}

fn families<'f>(
    division: &Division,
    figures: &[(&Question, &'f PublishedFigure)],
) -> Vec<Family<'f>> {
    let mut found = vec![];
    let breakdowns = division.parts.first().into_iter().flat_map(BTreeMap::keys);
    for breakdown in breakdowns {
        let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, part) in division.parts.iter().enumerate() {
            groups.entry(&part[breakdown]).or_default().push(at);
        }
        let mut kinds: Vec<_> = figures
            .iter()
            .map(|(question, figure)| (*question, &figure.question, &figure.item, figure.unit))
            .collect();
        kinds.dedup_by_key(|kind| (kind.1, kind.2, kind.3));
        for (question, key, item, unit) in kinds {
            let of_kind = |group: Option<&str>| {
                let figure = figures.iter().map(|(_, figure)| *figure).find(|figure| {
                    (&figure.question, &figure.item, figure.unit) == (key, item, unit)
                        && match (&figure.group, group) {
                            (None, None) => true,
                            (Some((own, level)), Some(group)) => {
                                own.as_str() == breakdown && level.as_str() == group
                            }
                            _ => false,
                        }
                })?;
                Some(figure)
            };
            let groups: Vec<_> =
                groups.iter().map(|(group, parts)| (parts.clone(), of_kind(Some(group)))).collect();
            let whole = of_kind(None);
            let Some(any) = whole.or_else(|| groups.iter().find_map(|group| group.1)) else {
                continue;
            };
            if groups.iter().any(|(_, figure)| figure.is_some()) {
                found.push(Family { asked: goal::asked(question, any), whole, groups });
            }
        }
    }
    found
}

impl Family<'_> {
    /// How many respondents stand in a wrong group, and how many figures no
    /// answers can give.
    fn cost(&self, sizes: &[u64], count: u64) -> (u64, u64) {
        let (mut misplaced, mut impossible) = (0, 0);
        let (mut low, mut high) = (0, Some(0));
        for (parts, figure) in &self.groups {
            let size: u64 = parts.iter().map(|part| sizes[*part]).sum();
            match (self.asked, figure) {
                (Asked::Size, Some(figure)) => {
                    misplaced += size.abs_diff(figure.value.value.round() as u64);
                }
                (Asked::Place | Asked::Size | Asked::Nothing(_), _) => {}
                (Asked::Mean(_) | Asked::Count, Some(figure)) => {
                    match goal::totals(self.asked, figure.value, size) {
                        Some((least, most)) => {
                            low += least;
                            high = high.map(|high| high + most);
                        }
                        None => impossible += 1,
                    }
                }
                // A share can be anything; of a mean the end is not known here.
                (Asked::Mean(scale), None) if !scale.halves => high = None,
                (Asked::Mean(_) | Asked::Count, None) => high = high.map(|high| high + size),
            }
        }
        if let Some(whole) = self.whole
            && let Some((least, most)) = goal::totals(self.asked, whole.value, count)
            && (most < low || high.is_some_and(|high| high < least))
        {
            impossible += 1;
        }
        (misplaced, impossible)
    }
}
