//! `results.html`: every question by topic, with its wording, its base and
//! the way to its page.

use crate::stats::Provenance;

use super::{Block, Desk, Generated, Line, Part, Section, profile, question_stem};

/// `None` in a report without a survey.
pub(super) fn page<'a>(desk: &Desk<'_, 'a>) -> Option<Generated<'a>> {
    if !desk.scope.has_survey() {
        return None;
    }
    let questions = desk.scope.survey.codebook.questions();
    let mut topics: Vec<&str> = vec![];
    for question in questions {
        let topic = question.topic.as_deref().unwrap_or_default();
        if !topics.contains(&topic) {
            topics.push(topic);
        }
    }
    // As the chapters tell them; the codebook may begin with who answered.
    let chapters = &desk.book.chapters;
    let told = |topic: &str| {
        chapters.iter().position(|chapter| {
            chapter.front.topic.as_ref().is_some_and(|told| told.value == topic)
        })
    };
    topics.sort_by_key(|topic| told(topic).unwrap_or(chapters.len()));
    let mut sections = vec![];
    let mut without = vec![];
    for topic in topics {
        let mut lines = vec![];
        for question in questions.iter().filter(|q| q.topic.as_deref().unwrap_or_default() == topic)
        {
            let mut known = desk.scope.results.of_question(&question.key).peekable();
            let is_known = known.peek().is_some();
            let is_simulated = known.all(|row| row.provenance == Provenance::Simulated);
            let line = Line {
                text: desk.say(&question.label),
                address: Some(format!("{}.html", question_stem(question.key.as_str()))),
                detail: question
                    .base
                    .as_ref()
                    .map(|base| desk.fill("question.base", &[("base", &desk.say(base))])),
                badge: (is_known && is_simulated).then(|| desk.text("provenance.simulated")),
                language: None,
            };
            if is_known { lines.push(line) } else { without.push(line) }
        }
        if lines.is_empty() {
            continue;
        }
        let title =
            if topic.is_empty() { desk.text("results.no-topic") } else { desk.topic(topic) };
        let id = format!("topic-{}", crate::survey::slug(topic));
        sections.push(Section::new(&id, title, vec![Block::List { items: lines }]));
    }
    if !without.is_empty() {
        let blocks =
            vec![Block::text(desk.text("results.without-text")), Block::List { items: without }];
        sections.push(Section::new("without", desk.text("results.without"), blocks));
    }
    let profiles = profile::groups(desk.scope).map(|(breakdown, group)| Line {
        text: desk.say(&group.label),
        address: Some(format!("{}.html", profile::stem(breakdown, group))),
        detail: Some(desk.say(&breakdown.short)),
        ..Line::default()
    });
    let profiles: Vec<_> = profiles.collect();
    if !profiles.is_empty() {
        let blocks = vec![Block::List { items: profiles }];
        sections.push(Section::new("profiles", desk.text("results.profiles"), blocks));
    }
    Some(desk.page(Part::Results, sections))
}
