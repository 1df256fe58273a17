//! `profile-<breakdown>-<group>.html`: how a group compares with everybody.
//!
//! A published figure has no interval: its difference is told as printed and
//! nothing is claimed. Numbers from answers that a program made up stand in a
//! table of their own.

use std::cmp::Ordering;

use crate::figure;
use crate::stats::{Cut, Estimate, Provenance, Selector, Verdict};
use crate::survey::{Choice, OptionKey, Question, WaveKey, slug};
use crate::wording::NO_NUMBER;

use super::{Block, Desk, Generated, Part, Section, question_stem};

/// The address of the profile of a group, without `.html`.
pub(super) fn stem(breakdown: &Question, group: &Choice) -> String {
    format!("profile-{}-{}", slug(breakdown.key.as_str()), slug(group.key.as_str()))
}

/// The groups that have a profile.
pub(super) fn groups<'a>(
    scope: &figure::Scope<'a>,
) -> impl Iterator<Item = (&'a Question, &'a Choice)> + use<'a> {
    let (config, survey) = (scope.config, scope.survey);
    let breakdowns = config.survey.breakdowns.iter();
    let breakdowns = breakdowns.filter_map(|named| survey.codebook.question(&named.name));
    breakdowns.flat_map(|breakdown| {
        let groups = breakdown.options().iter().filter(|group| group.role.in_base());
        groups.map(move |group| (breakdown, group))
    })
}

/// One number of the group beside that of everybody.
struct Compared<'a> {
    group: &'a Estimate,
    all: Option<&'a Estimate>,
}

impl Compared<'_> {
    /// The decimals of the more precise of the two.
    fn digits(&self) -> u8 {
        let all = self.all.and_then(|all| all.digits);
        self.group.digits.max(all).unwrap_or(2)
    }

    fn difference(&self) -> Option<f64> {
        // Nothing is made up of a real number and a simulated one.
        let all = self.all.filter(|all| all.provenance == self.group.provenance)?;
        Some(self.group.value.estimate()? - all.value.estimate()?)
    }
}

/// The profile of one group.
pub(super) fn page<'a>(
    desk: &Desk<'_, 'a>,
    (breakdown, group): (&'a Question, &'a Choice),
) -> Generated<'a> {
    let name = desk.say(&group.label);
    let stem = stem(breakdown, group);
    let write = || sections(desk, breakdown, group, &name);
    let sections = match desk.memory {
        Some(memory) => memory.sections(desk.scope.words.language(), &stem, write),
        None => write(),
    };
    Generated {
        part: Part::Profile,
        stem,
        title: title(desk, breakdown, &name),
        short_title: desk.say(&group.short),
        kicker: Some(desk.say(&breakdown.short)),
        summary: Some(desk.fill("profile.summary", &[("group", &name)])),
        sections,
        figures: vec![],
        unwritten: None,
    }
}

/// What its profile says of a group: it rests on the data alone.
fn sections(desk: &Desk<'_, '_>, breakdown: &Question, group: &Choice, name: &str) -> Vec<Section> {
    let scope = desk.scope;
    let cut = Cut::group(breakdown.key.clone(), group.key.clone());
    let mut sections = vec![Section::start(who(desk, &cut))];
    for wave in scope.config.waves.iter().rev() {
        let label = figure::wave_inside(scope, &wave.key);
        let rows = compared(desk, &cut, &WaveKey::new(wave.key.as_str()));
        let (simulated, real): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| row.group.provenance == Provenance::Simulated);
        if !real.is_empty() {
            let computed = real.iter().any(|row| row.group.provenance == Provenance::Collected);
            let note = if computed { "profile.tested" } else { "profile.as-printed" };
            let caption = desk.fill("profile.caption", &[("group", name), ("wave", &label)]);
            let blocks = vec![Block::text(desk.text(note)), table(desk, name, caption, &real)];
            let title = desk.fill("profile.compared", &[("wave", &label)]);
            sections.push(Section::new(&wave.key, title, blocks));
        }
        if !simulated.is_empty() {
            let caption = desk.fill("profile.caption", &[("group", name), ("wave", &label)]);
            let caption = desk.fill("table.simulated", &[("title", &caption)]);
            let note = Block::text(desk.text("figure.simulated"));
            let blocks = vec![note, table(desk, name, caption, &simulated)];
            let title = desk.fill("profile.simulated", &[("wave", &label)]);
            sections.push(Section::new(&format!("{}-simulated", wave.key), title, blocks));
        }
    }
    if sections.len() == 1 {
        sections[0].blocks.push(Block::text(desk.text("profile.no-number")));
    }
    sections
}

/// The name of the group, with that of its breakdown where another group has
/// the same: Brussels is a region and is listed among the provinces.
fn title(desk: &Desk<'_, '_>, breakdown: &Question, name: &str) -> String {
    let scope = desk.scope;
    let others =
        scope.config.survey.breakdowns.iter().filter(|other| breakdown.key.as_str() != other.name);
    let is_shared = others
        .filter_map(|other| scope.survey.codebook.question(&other.name))
        .flat_map(Question::options)
        .any(|group| desk.say(&group.label) == name);
    if is_shared { format!("{name} ({})", desk.say(&breakdown.short)) } else { name.to_owned() }
}

/// Who answered in each wave, and how far their answers carry.
fn who(desk: &Desk<'_, '_>, cut: &Cut) -> Vec<Block> {
    let scope = desk.scope;
    let mut facts = vec![];
    let mut is_small = false;
    let mut is_unknown = false;
    for wave in scope.config.waves.iter().rev() {
        let key = WaveKey::new(wave.key.as_str());
        let answered = figure::respondents(scope, Some(&key), cut);
        let population = figure::population(scope, Some(&key), cut);
        let population = population.map(|n| desk.count(n));
        let text = match (answered, &population) {
            (Some(n), Some(all)) => desk
                .fill("home.answers-of", &[("respondents", &desk.count(n)), ("population", all)]),
            (Some(n), None) => desk.count(n),
            (None, Some(all)) => desk.fill("profile.unknown-of", &[("population", all)]),
            (None, None) => desk.text("profile.unknown"),
        };
        is_small |= answered.is_some_and(|n| n < u64::from(scope.config.statistics.caution_below));
        is_unknown |= answered.is_none();
        facts.push((figure::wave_label(scope, &wave.key), text));
    }
    let mut blocks = vec![Block::facts(facts)];
    let caution = scope.config.statistics.caution_below.to_string();
    if is_small {
        blocks.push(Block::text(desk.fill("profile.small", &[("n", &caution)])));
        let hide = scope.config.statistics.hide_below.to_string();
        blocks.push(Block::text(desk.fill("profile.hidden", &[("n", &hide)])));
    }
    if is_unknown {
        blocks.push(Block::text(desk.text("profile.unknown-note")));
    }
    blocks
}

/// Every number of the group in a wave: comparable ones first, largest
/// difference first; shares before scores, which have another unit.
fn compared<'a>(desk: &Desk<'_, 'a>, cut: &Cut, wave: &WaveKey) -> Vec<Compared<'a>> {
    let scope = desk.scope;
    let everybody = Cut::all();
    let mut rows = vec![];
    let ours = desk.parts().get(cut).into_iter().flatten();
    for row in ours.filter(|row| row.wave.as_ref() == Some(wave)) {
        let Some(question) = scope.survey.codebook.question(row.question.as_str()) else {
            continue;
        };
        // The distribution of a score is told by its mean.
        let is_told = |item: &OptionKey| question.option(item.as_str()).is_some();
        // Who is in a group, and where, is no finding about it.
        let fits = !question.breakdown
            && row.provenance != Provenance::OtherStudy
            && figure::is_suited(question, row.estimator)
            && row.item.as_ref().is_none_or(is_told);
        if fits {
            let of_all = |provenance| {
                let selector = Selector { cut: &everybody, provenance, ..row.selector() };
                scope.results.get(&selector)
            };
            let all = of_all(row.provenance).or_else(|| of_all(Provenance::Published));
            rows.push(Compared { group: row, all });
        }
    }
    let counted = |row: &Compared<'_>| row.group.estimator.counts();
    rows.sort_by(|a, b| {
        let size = |row: &Compared<'_>| row.difference().map(f64::abs);
        let by_size = match (size(a), size(b)) {
            (Some(a), Some(b)) => b.total_cmp(&a),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        let share = |row: &Compared<'_>| !row.group.estimator.is_proportion();
        counted(a).cmp(&counted(b)).then(share(a).cmp(&share(b))).then(by_size)
    });
    rows
}

/// A table of numbers of one origin.
fn table(desk: &Desk<'_, '_>, name: &str, caption: String, rows: &[Compared<'_>]) -> Block {
    let scope = desk.scope;
    let words = scope.words;
    let line = |row: &Compared<'_>| {
        let question = scope.survey.codebook.question(row.group.question.as_str());
        let item = row.group.item.as_ref().zip(question);
        let item = item.and_then(|(key, question)| question.option(key.as_str()));
        let label = match (question, item) {
            (Some(question), Some(item)) => {
                figure::answer(scope, &desk.say(&question.short), &desk.say(&item.short))
            }
            (Some(question), None) => desk.say(&question.short),
            (None, _) => row.group.question.to_string(),
        };
        // Several numbers are told of one answer of a ranking.
        let label = match figure::of_ranking(scope, row.group.estimator) {
            Some(of) => words.fill("profile.of-ranking", &[("label", &label), ("of", &of)]),
            None => label,
        };
        let difference = match row.difference().filter(|_| !row.group.estimator.counts()) {
            Some(points) if row.group.estimator.is_proportion() => words.signed(points * 100.0, 0),
            Some(points) => words.signed(points, row.digits()),
            None => NO_NUMBER.to_owned(),
        };
        super::TableLine {
            label,
            address: Some(format!("{}.html", question_stem(row.group.question.as_str()))),
            cells: vec![
                scope.printed(row.group),
                row.all.map_or_else(|| desk.text("figure.not-published"), |all| scope.printed(all)),
                difference,
                certainty(desk, row.group),
            ],
            ..super::TableLine::default()
        }
    };
    Block::Table {
        caption,
        sentences: false,
        simulated: rows.iter().any(|row| row.group.provenance == Provenance::Simulated),
        head: vec![
            desk.text("figure.question"),
            name.to_owned(),
            words.text("table.total").to_owned(),
            desk.text("profile.difference"),
            desk.text("profile.certainty"),
        ],
        rows: rows.iter().map(line).collect(),
    }
}

/// What the tests with the other groups allow to say (`statistics.md`, 6).
fn certainty(desk: &Desk<'_, '_>, row: &Estimate) -> String {
    if row.provenance == Provenance::Published {
        return desk.text("profile.not-tested");
    }
    let Some((breakdown, group)) = row.cut.conditions().first() else { return String::new() };
    let mut different = vec![];
    let mut tested = false;
    let question = desk.scope.survey.codebook.question(breakdown.as_str());
    for test in desk.scope.results.tests_with(row) {
        tested |= test.verdict != Verdict::NotTested;
        if test.verdict == Verdict::Differs {
            let mut ends = [&test.reference, &test.group].into_iter().flatten();
            let other = ends.find(|end| *end != group);
            let option = other.zip(question).and_then(|(key, of)| of.option(key.as_str()));
            different.extend(option.map(|option| desk.say(&option.short)));
        }
    }
    if !different.is_empty() {
        let list = desk.scope.words.list(&different);
        return desk.fill("profile.differs-from", &[("groups", &list)]);
    }
    desk.text(if tested { "profile.no-clear-difference" } else { "profile.not-tested" })
}
