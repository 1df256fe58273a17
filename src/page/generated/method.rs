//! `method.html`: how the survey was made and what its numbers carry, as
//! settings, codebook and results know it. What nobody stated is said to be
//! not stated. A chapter of that name, with what only its author knows, comes
//! first on the page.

use crate::figure;
use crate::stats::{Cut, Lost, Provenance, WaveMeta};
use crate::survey::{QuestionKey, WaveKey};

use super::{
    Block, Desk, Generated, Line, Part, Section, question_stem, reconciliation, silent, weighted,
};

/// `None` in a report without a survey.
pub(super) fn page<'a>(desk: &Desk<'_, 'a>) -> Option<Generated<'a>> {
    if !desk.scope.has_survey() {
        return None;
    }
    let mut sections = vec![
        Section::new("survey", desk.text("method.survey"), vec![survey(desk)]),
        Section::new("editions", desk.text("method.waves"), vec![]),
    ];
    sections.extend(editions(desk));
    sections.extend(silent::sample(desk));
    sections.extend(silent::bounds(desk));
    sections.push(Section::new("weights", desk.text("method.weights"), weights(desk)));
    sections.extend(weighted::section(desk));
    sections.extend([
        Section::new("intervals", desk.text("method.intervals"), intervals(desk)),
        Section::new("missing", desk.text("method.missing"), missing(desk)),
        Section::new("hidden", desk.text("method.hidden"), hidden(desk)),
    ]);
    sections.extend(comparable(desk));
    sections.extend([
        Section::new("questions", desk.text("method.questions"), questions(desk)),
        Section::new("software", desk.text("method.software"), software(desk)),
    ]);
    sections.extend(reconciliation::sections(desk));
    Some(Generated {
        part: Part::Method,
        stem: Part::Method.name().to_owned(),
        title: desk.text("method.title"),
        short_title: desk.text("method.title"),
        kicker: None,
        summary: Some(desk.text("method.summary")),
        sections,
        figures: vec![],
        unwritten: None,
    })
}

fn told(desk: &Desk<'_, '_>, key: &str) -> Block {
    Block::text(desk.text(key))
}

/// Who made the survey, and about whom: what the settings say.
fn survey(desk: &Desk<'_, '_>) -> Block {
    let settings = &desk.scope.config.survey;
    let mut facts = vec![];
    for (key, text) in [
        ("method.sponsor", &settings.sponsor),
        ("method.conductor", &settings.conductor),
        ("method.funding", &settings.funding),
        ("method.population", &settings.population),
        ("method.frame", &settings.frame),
    ] {
        let text = text.as_ref().map(|text| desk.say(text));
        facts.push((desk.text(key), text.unwrap_or_else(|| desk.text("method.not-stated"))));
    }
    Block::facts(facts)
}

/// Each edition, the latest first: who answered, when and how.
fn editions(desk: &Desk<'_, '_>) -> Vec<Section> {
    let scope = desk.scope;
    let mut sections = vec![];
    for wave in scope.config.waves.iter().rev() {
        let key = WaveKey::new(wave.key.as_str());
        let answered = figure::respondents(scope, Some(&key), &Cut::all());
        let population = figure::population(scope, Some(&key), &Cut::all());
        let answers = match (answered, population) {
            (Some(n), Some(all)) => desk.fill(
                "home.answers-of",
                &[("respondents", &desk.count(n)), ("population", &desk.count(all))],
            ),
            (Some(n), None) => desk.count(n),
            (None, _) => desk.text("profile.unknown"),
        };
        let rate = answered.zip(population).and_then(|(n, all)| desk.share(n, all));
        let fieldwork = wave.fieldwork.map(|(from, to)| scope.words.period(from, to));
        let mode = wave.mode.as_ref().map(|mode| desk.say(mode));
        let unknown = || desk.text("method.not-stated");
        let mut facts = vec![
            ("method.respondents", answers),
            ("method.rate", rate.unwrap_or_else(unknown)),
            ("method.fieldwork", fieldwork.unwrap_or_else(unknown)),
            ("method.mode", mode.unwrap_or_else(unknown)),
            ("method.numbers", origins(desk, &key)),
        ];
        facts.extend(counting(desk, &key).map(|text| ("method.counted", text)));
        let facts = facts.into_iter().map(|(key, text)| (desk.text(key), text)).collect();
        let id = format!("edition-{}", wave.key);
        let title = figure::wave_label(scope, &wave.key);
        sections.push(Section { level: 3, ..Section::new(&id, title, vec![Block::facts(facts)]) });
    }
    sections
}

/// Where the numbers of an edition come from.
fn origins(desk: &Desk<'_, '_>, wave: &WaveKey) -> String {
    let rows = || desk.scope.results.rows().iter().filter(|row| row.wave.as_ref() == Some(wave));
    let origins = [
        (Provenance::Collected, "method.numbers-collected"),
        (Provenance::Published, "method.numbers-published"),
        (Provenance::Simulated, "method.numbers-simulated"),
    ];
    let known = origins
        .into_iter()
        .filter(|(provenance, _)| rows().any(|row| row.provenance == *provenance));
    let known: Vec<String> = known.map(|(_, key)| desk.text(key)).collect();
    if known.is_empty() { desk.text("method.not-stated") } else { desk.scope.words.list(&known) }
}

/// What is said of answers that were counted before they came here, and what
/// is lost by it.
fn counting(desk: &Desk<'_, '_>, wave: &WaveKey) -> Option<String> {
    let lost = computed(desk).find(|meta| meta.wave == *wave)?.tally.as_ref()?;
    let lost = lost.iter().map(|lost| match lost {
        Lost::Overlap => desk.text("method.counted-overlap"),
        Lost::Quantiles(key) => {
            let question = desk.scope.survey.codebook.question(key.as_str());
            let label = question.map_or_else(|| key.to_string(), |one| desk.say(&one.short));
            desk.fill("method.counted-quantiles", &[("question", &label)])
        }
    });
    let lost: Vec<String> = lost.collect();
    Some(if lost.is_empty() {
        desk.text("method.counted-text")
    } else {
        desk.fill("method.counted-without", &[("lost", &desk.scope.words.list(&lost))])
    })
}

/// The waves of which people's answers were computed with.
fn computed<'a>(desk: &Desk<'_, 'a>) -> impl Iterator<Item = &'a WaveMeta> {
    let waves = desk.scope.results.meta.waves.iter().rev();
    waves.filter(|wave| wave.provenance == Provenance::Collected)
}

fn weights(desk: &Desk<'_, '_>) -> Vec<Block> {
    let scope = desk.scope;
    let mut blocks = vec![];
    for wave in scope.config.waves.iter().rev() {
        let label = figure::wave_label(scope, &wave.key);
        let Some(meta) = computed(desk).find(|meta| meta.wave.as_str() == wave.key) else {
            blocks.push(Block::text(desk.fill("method.weights-published", &[("wave", &label)])));
            continue;
        };
        #[expect(clippy::cast_precision_loss, reason = "a count is whole in an f64")]
        let n = meta.respondents as f64;
        if (meta.n_eff_kish - n).abs() < 1e-6 {
            blocks.push(Block::text(desk.fill("method.weights-equal", &[("wave", &label)])));
        } else if 0.0 < meta.n_eff_kish {
            let values = [
                ("wave", label.as_str()),
                ("n", &desk.count(meta.respondents)),
                ("effective", &scope.words.number(meta.n_eff_kish, 1)),
                ("deff", &scope.words.number(n / meta.n_eff_kish, 2)),
            ];
            blocks.push(Block::text(desk.fill("method.weights-uneven", &values)));
        }
        if let Some(clusters) = meta.clusters {
            let values = [("wave", label.as_str()), ("n", &desk.count(clusters))];
            blocks.push(Block::text(desk.fill("method.weights-clusters", &values)));
        }
        if let Some(raking) = &meta.raking {
            let values = [
                ("rounds", &*desk.count(raking.rounds.into())),
                ("low", &scope.words.number(raking.min_weight, 2)),
                ("high", &scope.words.number(raking.max_weight, 2)),
            ];
            blocks.push(Block::text(desk.fill("method.weights-raked", &values)));
        }
    }
    blocks
}

fn intervals(desk: &Desk<'_, '_>) -> Vec<Block> {
    let scope = desk.scope;
    let mut blocks = vec![];
    if has_published(desk) {
        blocks.push(told(desk, "method.intervals-published"));
    }
    let meta = &scope.results.meta;
    if meta.waves.is_empty() {
        return blocks;
    }
    let level = scope.words.percent(meta.level, 0);
    blocks.push(Block::text(desk.fill("method.intervals-shares", &[("level", &level)])));
    let caution = desk.count(scope.config.statistics.caution_below.into());
    blocks.push(Block::text(desk.fill("method.tests-shares", &[("caution", &caution)])));
    if 0 < meta.tests_run {
        blocks.push(Block::text(scope.words.plural("method.tests-run", meta.tests_run, &[])));
    }
    blocks
}

fn has_published(desk: &Desk<'_, '_>) -> bool {
    desk.scope.results.rows().iter().any(|row| row.provenance == Provenance::Published)
}

/// What became of missing answers: known of what was computed, not of what
/// was copied.
fn missing(desk: &Desk<'_, '_>) -> Vec<Block> {
    let computed = !desk.scope.results.meta.waves.is_empty();
    [(computed, "method.missing-text"), (has_published(desk), "method.missing-published")]
        .into_iter()
        .filter(|(is_so, _)| *is_so)
        .map(|(_, key)| told(desk, key))
        .collect()
}

fn hidden(desk: &Desk<'_, '_>) -> Vec<Block> {
    let (scope, rules) = (desk.scope, &desk.scope.config.statistics);
    let plural = |key: &str, n: u64| Block::text(scope.words.plural(key, n, &[]));
    let mut blocks = vec![];
    for (key, n) in [
        ("method.hidden-text", rules.hide_below),
        ("method.hidden-certain", rules.protect_certain_below),
        ("method.hidden-caution", rules.caution_below),
    ] {
        if 0 < n {
            blocks.push(plural(key, n.into()));
        }
    }
    if 0 < scope.results.meta.hidden_groups {
        blocks.push(plural("method.hidden-count", scope.results.meta.hidden_groups));
    }
    if has_published(desk) {
        blocks.push(told(desk, "method.hidden-published"));
    }
    blocks
}

/// What changed between editions; `None` with a single one.
fn comparable(desk: &Desk<'_, '_>) -> Option<Section> {
    let scope = desk.scope;
    if scope.config.waves.len() < 2 {
        return None;
    }
    let changed = scope.survey.codebook.questions().iter().filter_map(|question| {
        let since = figure::wave_inside(scope, question.comparable_from.as_ref()?.as_str());
        Some(Line {
            text: desk.say(&question.short),
            address: Some(format!("{}.html", question_stem(question.key.as_str()))),
            detail: Some(desk.fill("method.comparable-since", &[("wave", &since)])),
            ..Line::default()
        })
    });
    let items: Vec<Line> = changed.collect();
    let blocks = if items.is_empty() {
        vec![told(desk, "method.comparable-none")]
    } else {
        vec![told(desk, "method.comparable-text"), Block::List { items }]
    };
    Some(Section::new("comparable", desk.text("method.comparable"), blocks))
}

fn questions(desk: &Desk<'_, '_>) -> Vec<Block> {
    let line = Line {
        text: desk.text("results.title"),
        address: Some(format!("{}.html", Part::Results.name())),
        ..Line::default()
    };
    vec![told(desk, "method.questions-text"), Block::List { items: vec![line] }]
}

fn software(desk: &Desk<'_, '_>) -> Vec<Block> {
    let version = env!("CARGO_PKG_VERSION");
    vec![Block::text(desk.fill("method.software-text", &[("version", version)]))]
}

impl Desk<'_, '_> {
    /// A whole number as it is printed.
    pub(super) fn count(&self, n: u64) -> String {
        self.scope.words.count(n)
    }

    /// A part of a whole in percent; `None` of nothing.
    #[expect(clippy::cast_precision_loss, reason = "a count is whole in an f64")]
    pub(super) fn share(&self, part: u64, whole: u64) -> Option<String> {
        (0 < whole).then(|| self.scope.words.percent(part as f64 / whole as f64, 0))
    }

    /// The questions that the settings cut by.
    pub(super) fn breakdowns(&self) -> impl Iterator<Item = QuestionKey> {
        let names = self.scope.config.survey.breakdowns.iter();
        names.map(|named| QuestionKey::new(named.name.as_str()))
    }
}
