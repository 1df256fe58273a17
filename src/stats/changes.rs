//! The tests between waves: every pair of waves that asked the question with
//! the same wording (`statistics.md`, 7).

use crate::config::Statistics;
use crate::survey::{Question, QuestionKey, QuestionKind, Survey, Weights};

use super::Estimator;
use super::asked::{Asked, Fielded};
use super::measure::{Given, Measure};
use super::test::{Test, TestFlag, TestKind};
use super::trend::{Change, Overlap, Scores, Wave, change, panel};

/// Two waves and the units in both.
#[derive(Debug)]
pub(super) struct Pair {
    before: usize,
    after: usize,
    overlap: Overlap,
}

/// Finds the overlap of every pair of waves, the earlier first.
pub(super) fn overlaps(waves: &[Fielded], survey: &Survey) -> Vec<Pair> {
    let mut pairs = vec![];
    for (at, after) in waves.iter().enumerate() {
        // Between what people said and what a program made up nothing changed.
        let alike = |before: &&Fielded| before.provenance == after.provenance;
        for before in waves[..at].iter().filter(alike) {
            let both = before.responses(survey).zip(after.responses(survey));
            let Some((earlier, later)) = both else { continue };
            let earlier = Wave { responses: earlier, sample: &before.sample };
            let later = Wave { responses: later, sample: &after.sample };
            let overlap = Overlap::new(earlier, later);
            pairs.push(Pair { before: before.order, after: after.order, overlap });
        }
    }
    pairs
}

/// Tests every change of one question.
pub(super) fn compare(
    question: &Question,
    asked: &[Asked<'_>],
    pairs: &[Pair],
    survey: &Survey,
    rules: &Statistics,
) -> Vec<Test> {
    let mut tests = vec![];
    for pair in pairs {
        let of = |order: usize| asked.iter().find(|asked| asked.fielded.order == order);
        let (Some(before), Some(after)) = (of(pair.before), of(pair.after)) else { continue };
        if is_broken(question, survey, pair) {
            continue;
        }
        let between = Between { question, before, after, overlap: &pair.overlap, rules };
        between.compare(&mut tests);
    }
    tests
}

/// True if the wording changed between the two waves.
fn is_broken(question: &Question, survey: &Survey, pair: &Pair) -> bool {
    let Some(from) = &question.comparable_from else { return false };
    let first = survey.waves.iter().position(|wave| wave.key == *from);
    first.is_some_and(|first| pair.before < first && first <= pair.after)
}

struct Between<'a> {
    question: &'a Question,
    before: &'a Asked<'a>,
    after: &'a Asked<'a>,
    overlap: &'a Overlap,
    rules: &'a Statistics,
}

impl Between<'_> {
    fn compare(&self, tests: &mut Vec<Test>) {
        for measure in &self.after.measured.measures {
            if !measure.is_compared(self.question) {
                continue;
            }
            let same = |other: &&Measure| {
                (&other.item, other.estimator) == (&measure.item, measure.estimator)
            };
            let Some(earlier) = self.before.measured.measures.iter().find(same) else { continue };
            for (division, cut) in self.after.fielded.divisions.iter().enumerate() {
                if cut.breakdowns.len() > 1 || cut.breakdowns.contains(&self.question.key) {
                    continue;
                }
                let cuts = &self.before.fielded.divisions;
                let Some(was) = cuts.iter().position(|c| c.breakdowns == cut.breakdowns) else {
                    continue;
                };
                for (group, known) in cut.groups.iter().enumerate() {
                    let groups = &cuts[was].groups;
                    let Some(old) = groups.iter().position(|g| g.cut == known.cut) else {
                        continue;
                    };
                    if self.after.hidden[division][group] || self.before.hidden[was][old] {
                        continue;
                    }
                    self.group(measure, earlier, (division, group), (was, old), tests);
                }
            }
        }
    }

    fn group(
        &self,
        measure: &Measure,
        earlier: &Measure,
        now: (usize, usize),
        was: (usize, usize),
        tests: &mut Vec<Test>,
    ) {
        let scores = (scores(self.before, earlier, was), scores(self.after, measure, now));
        let scores = (&scores.0, &scores.1);
        let (first, second) = (as_wave(self.before), as_wave(self.after));
        let level = self.rules.confidence;
        let Some(whole) = change(first, second, self.overlap, scores, level) else { return };
        tests.push(self.test(TestKind::WaveChange, measure, now, whole));
        let Some(same) = panel(second, self.overlap, scores, level) else { return };
        if same.n >= u64::from(self.rules.hide_below) {
            tests.push(self.test(TestKind::WaveChangePanel, measure, now, same));
        }
    }

    fn test(
        &self,
        kind: TestKind,
        measure: &Measure,
        (division, group): (usize, usize),
        found: Change,
    ) -> Test {
        let cut = &self.after.fielded.divisions[division];
        let breakdown = cut.breakdowns.first().cloned();
        let otherwise = match (measure.estimator, &self.question.kind) {
            (Estimator::Net, _) => "net",
            (_, QuestionKind::Ranking { .. }) => "",
            _ => "mean",
        };
        let small = found.n.min(found.n_before) < u64::from(self.rules.caution_below);
        let strata = self.after.fielded.sample.strata.iter();
        let before = self.before.fielded.sample.strata.iter();
        let (item, wave) = (measure.item.as_ref(), &self.after.fielded.key);
        let mut test = Test {
            item_name: measure.item_name(otherwise),
            family: format!(
                "{} by {} from {} to {}: {}",
                self.question.key,
                breakdown.as_ref().map_or("all", QuestionKey::as_str),
                self.before.fielded.key,
                wave,
                if kind == TestKind::WaveChange { "change" } else { "panel" },
            ),
            group: breakdown.as_ref().map(|_| cut.groups[group].key.clone()),
            group_var: breakdown,
            wave_before: Some(self.before.fielded.key.clone()),
            n_reference: Some(found.n_before),
            n: found.n,
            difference: Some(found.difference),
            se: found.se,
            df: Some(found.df),
            fpc: strata.chain(before).any(|stratum| stratum.population.is_some()),
            flag: if small { TestFlag::LowBase } else { TestFlag::Ok },
            ..Test::untested(kind, &self.question.key, item, measure.estimator, wave)
        };
        test.set_t(found.test);
        test
    }
}

fn as_wave<'a>(asked: &Asked<'a>) -> Wave<'a> {
    Wave { responses: asked.responses, sample: &asked.fielded.sample }
}

/// The scores of a measure within one group.
fn scores<'a>(
    asked: &'a Asked<'_>,
    measure: &Measure,
    (division, group): (usize, usize),
) -> Scores<'a> {
    let column = &asked.measured.columns[measure.column];
    let (Given::Each(codes), Weights::Each(_)) = (&column.answers, &asked.fielded.sample.weights)
    else {
        let cells = asked.cells(measure, division, group).iter();
        let scored = cells.filter_map(|cell| Some((cell, measure.score(cell.option)?)));
        return Scores::Together(scored.collect());
    };
    let of = &asked.fielded.divisions[division].group_of;
    let each = codes.iter().zip(of);
    let score = |(code, of): (Option<u32>, &Option<u32>)| {
        code.filter(|_| *of == Some(group as u32)).and_then(|code| measure.score(code))
    };
    Scores::Each(each.map(score).collect())
}
