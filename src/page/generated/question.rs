//! `question-<key>.html`: everything that is known of one question, or of one
//! battery of questions.

use crate::config::toml::Spelled;
use crate::content::FigureRequest;
use crate::figure::Plan;
use crate::stats::Provenance;
use crate::survey::{Codebook, Group, Question, QuestionKind};

use super::{Block, Desk, Generated, Line, Part, Section, question_stem};

/// The batteries that have a page of their own.
pub(super) fn batteries(codebook: &Codebook) -> impl Iterator<Item = &Group> {
    codebook.groups().iter().filter(|group| {
        codebook.battery(&group.name).is_some() && codebook.question(&group.name).is_none()
    })
}

/// The page of a question or battery, of which only the titles are written.
pub(super) fn titled<'a>(desk: &Desk<'_, 'a>, name: &str) -> Option<Generated<'a>> {
    let draft = Draft::new(desk, name)?;
    Some(Generated { unwritten: Some(name.to_owned()), ..draft.page })
}

/// The page of a question or battery.
pub(super) fn written<'a>(desk: &Desk<'_, 'a>, name: &str) -> Option<Generated<'a>> {
    let mut draft = Draft::new(desk, name)?;
    draft.write();
    Some(draft.page)
}

struct Draft<'d, 'a> {
    desk: &'d Desk<'d, 'a>,
    /// The key of the question or the name of the battery.
    name: String,
    /// The question, or the first of the battery.
    question: &'a Question,
    /// The questions of a battery.
    members: Vec<&'a Question>,
    page: Generated<'a>,
}

impl<'d, 'a> Draft<'d, 'a> {
    /// Begins a page with its titles. `None`: no such question or battery.
    fn new(desk: &'d Desk<'d, 'a>, name: &str) -> Option<Self> {
        let codebook = &desk.scope.survey.codebook;
        let (question, short, members) = if let Some(question) = codebook.question(name) {
            (question, &question.short, vec![])
        } else {
            let (group, members) = codebook.battery(name)?;
            (*members.first()?, &group.short, members)
        };
        let title = desk.say(short);
        // A battery may be its own topic.
        let topic = question.topic.as_deref().map(|topic| desk.topic(topic));
        let page = Generated {
            part: Part::Question,
            stem: question_stem(name),
            kicker: topic.filter(|topic| *topic != title),
            short_title: title.clone(),
            title,
            summary: None,
            sections: vec![],
            figures: vec![],
            unwritten: None,
        };
        Some(Self { desk, name: name.to_owned(), question, members, page })
    }

    fn write(&mut self) {
        self.page.sections.push(Section::start(vec![self.facts()]));
        self.waves();
        let waves: Vec<String> =
            self.desk.scope.config.waves.iter().rev().map(|wave| wave.key.clone()).collect();
        for wave in waves {
            self.cuts(Some(&wave));
        }
        if self.page.figures.is_empty() {
            self.cuts(None);
        }
        if self.page.figures.is_empty() {
            let text = self.desk.text("question.no-number");
            self.page.sections.insert(1, Section::start(vec![Block::text(text)]));
        }
        self.offered();
        self.cited();
    }

    fn facts(&self) -> Block {
        let desk = self.desk;
        let asked = codebook_label(desk, &self.name, self.question);
        let label = crate::figure::question_label(desk.scope, self.question)
            .unwrap_or_else(|| desk.text("figure.question-asked"));
        let mut facts = vec![(label, asked)];
        facts.push((desk.text("question.kind"), desk.text(kind(&self.question.kind))));
        if let Some(base) = &self.question.base {
            facts.push((desk.text("figure.base"), desk.say(base)));
        }
        if let Some(wave) = &self.question.comparable_from {
            let label = crate::figure::wave_label(desk.scope, wave.as_str());
            facts.push((desk.text("question.comparable-from"), label));
        }
        facts.push((desk.text("question.key"), self.name.clone()));
        Block::facts(facts)
    }

    /// What could be answered.
    fn offered(&mut self) {
        let desk = self.desk;
        let items: Vec<Line> = if self.members.is_empty() {
            let options = self.question.options().iter();
            options
                .map(|option| Line { text: desk.say(&option.label), ..Line::default() })
                .collect()
        } else {
            let line = |member: &&Question| Line {
                text: desk.say(&member.label),
                address: Some(format!("{}.html", question_stem(member.key.as_str()))),
                ..Line::default()
            };
            self.members.iter().map(line).collect()
        };
        if !items.is_empty() {
            let title = desk.text("question.offered");
            self.page.sections.push(Section::new("offered", title, vec![Block::List { items }]));
        }
    }

    /// Shows a figure under its finding, or under what its section shows where
    /// answers are made up or a number says all. Those who hear a page could not
    /// tell alike titles apart.
    fn show(&mut self, mut plan: Plan<'a>, heading: &str) -> Block {
        let (scope, subject) = (self.desk.scope, &self.page.title);
        if plan.is_simulated() || plan.is_key_number() {
            plan.set_title(&format!("{subject} – {heading}"));
        } else {
            let mut title = crate::figure::title(scope, &plan);
            if !title.contains(subject.as_str()) {
                let measured = crate::figure::subtitle(scope, &plan);
                plan.set_subtitle(&format!("{subject} – {measured}"));
            }
            if self.page.figures.iter().any(|other| crate::figure::title(scope, other) == title) {
                title = format!("{title} – {heading}");
            }
            plan.set_title(&title);
        }
        self.page.figures.push(plan);
        Block::Figure { figure: self.page.figures.len() - 1 }
    }

    /// Both waves side by side, where both have numbers.
    fn waves(&mut self) {
        let title = self.desk.text("question.waves");
        let request = FigureRequest::of(&self.name);
        let id = format!("{}-waves", self.page.stem);
        let Some(plan) = self.desk.plan_waves(&request, &id) else { return };
        let figure = self.show(plan, &title);
        self.page.sections.push(Section::new("waves", title, vec![figure]));
    }

    /// Everybody and every cut in one wave, or, without any, what another study
    /// knows.
    fn cuts(&mut self, wave: Option<&str>) {
        let scope = self.desk.scope;
        let label = wave.map(|wave| crate::figure::wave_inside(scope, wave));
        let request = FigureRequest {
            wave: wave.map(|wave| Spelled::unwritten(wave.to_owned())),
            ..FigureRequest::of(&self.name)
        };
        let breakdowns = scope.config.survey.breakdowns.iter();
        let breakdowns = breakdowns.filter_map(|named| scope.survey.codebook.question(&named.name));
        for breakdown in std::iter::once(None).chain(breakdowns.map(Some)) {
            let key = breakdown.map(|breakdown| breakdown.key.as_str());
            let by = key.map(|key| Spelled::unwritten(key.to_owned())).into_iter().collect();
            let slug = key.map(crate::survey::slug);
            let id: Vec<&str> = wave.into_iter().chain(slug.as_deref()).collect();
            let id = if id.is_empty() { "study".to_owned() } else { id.join("-") };
            let request = FigureRequest { by, ..request.clone() };
            let Some(plan) = self.desk.plan(&request, &format!("{}-{id}", self.page.stem)) else {
                continue;
            };
            if wave.is_some() && plan.provenance() == Provenance::OtherStudy {
                continue;
            }
            let cut = breakdown.map_or_else(
                || self.desk.text("question.total"),
                |breakdown| self.desk.say(&breakdown.short),
            );
            let title = match &label {
                Some(wave) => self.desk.fill("question.cut", &[("cut", &cut), ("wave", wave)]),
                None => cut,
            };
            let figure = self.show(plan, &title);
            self.page.sections.push(Section::new(&id, title, vec![figure]));
        }
    }

    /// The chapters that tell it.
    fn cited(&mut self) {
        let shown = self.desk.shown.get(self.name.as_str()).into_iter().flatten();
        let items: Vec<Line> = shown
            .map(|(answered, plan)| Line {
                text: answered.chapter.front.title.clone(),
                address: Some(format!("{}.html#{}", answered.chapter.stem, plan.anchor())),
                detail: plan.number().map(|number| {
                    self.desk.fill("figure.label", &[("number", &number.to_string())])
                }),
                ..Line::default()
            })
            .collect();
        if !items.is_empty() {
            let title = self.desk.text("question.cited");
            self.page.sections.push(Section::new("cited", title, vec![Block::List { items }]));
        }
    }
}

/// The wording of a question, or of a battery as a whole.
fn codebook_label(desk: &Desk<'_, '_>, name: &str, question: &Question) -> String {
    let group = desk.scope.survey.codebook.battery(name).map(|(group, _)| &group.label);
    let is_battery = question.key.as_str() != name;
    desk.say(group.filter(|_| is_battery).unwrap_or(&question.label))
}

/// The string that says how a question is answered.
fn kind(kind: &QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Single(_) => "question.single",
        QuestionKind::Likert(_) => "question.likert",
        QuestionKind::Multiple(_) => "question.multiple",
        QuestionKind::Ranking { .. } => "question.ranking",
        QuestionKind::Score { .. } => "question.score",
        QuestionKind::Integer | QuestionKind::Decimal => "question.number",
        QuestionKind::Open => "question.open",
    }
}
