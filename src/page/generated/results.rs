//! `results.html`: every question by topic, with its wording, its base and
//! the way to its page.

use crate::stats::Provenance;
use crate::survey::{Choice, Question, slug};

use super::{Block, Desk, Generated, Line, Part, Section, profile, question_stem};

/// `None` in a report without a survey.
pub(super) fn page<'a>(desk: &Desk<'_, 'a>) -> Option<Generated<'a>> {
    if !desk.scope.has_survey() {
        return None;
    }
    let mut sections = vec![];
    let mut without = vec![];
    for topic in topics(desk) {
        let mut lines = vec![];
        for question in questions(desk).filter(|question| topic_of(question) == topic) {
            let is_known = desk.scope.results.of_question(&question.key).next().is_some();
            let lines = if is_known { &mut lines } else { &mut without };
            lines.push(line(desk, question));
        }
        if lines.is_empty() {
            continue;
        }
        let title =
            if topic.is_empty() { desk.text("results.no-topic") } else { desk.topic(topic) };
        let id = format!("topic-{}", slug(topic));
        sections.push(Section::new(&id, title, vec![Block::List { items: lines }]));
    }
    if !without.is_empty() {
        let blocks =
            vec![Block::text(desk.text("results.without-text")), Block::List { items: without }];
        sections.push(Section::new("without", desk.text("results.without"), blocks));
    }
    let profiles = profiles(desk);
    if !profiles.is_empty() {
        let blocks = vec![Block::List { items: profiles }];
        sections.push(Section::new("profiles", desk.text("results.profiles"), blocks));
    }
    Some(desk.page(Part::Results, sections))
}

fn questions<'d>(desk: &'d Desk<'_, '_>) -> impl Iterator<Item = &'d Question> {
    desk.scope.survey.codebook.questions().iter()
}

/// The topic of a question; empty where it has none.
fn topic_of(question: &Question) -> &str {
    question.topic.as_deref().unwrap_or_default()
}

/// Every topic once, in the order in which the chapters tell them: the codebook
/// may begin with who answered.
fn topics<'d>(desk: &'d Desk<'_, '_>) -> Vec<&'d str> {
    let mut topics: Vec<&str> = vec![];
    for topic in questions(desk).map(topic_of) {
        if !topics.contains(&topic) {
            topics.push(topic);
        }
    }
    let chapters = &desk.book.chapters;
    let told = |topic: &str| {
        chapters.iter().position(|chapter| {
            chapter.front.topic.as_ref().is_some_and(|told| told.value == topic)
        })
    };
    topics.sort_by_key(|topic| told(topic).unwrap_or(chapters.len()));
    topics
}

/// A question with the way to its page.
fn line(desk: &Desk<'_, '_>, question: &Question) -> Line {
    let mut known = desk.scope.results.of_question(&question.key).peekable();
    let is_simulated =
        known.peek().is_some() && known.all(|row| row.provenance == Provenance::Simulated);
    let base = question.base.as_ref();
    Line {
        text: desk.say(&question.label),
        address: Some(format!("{}.html", question_stem(question.key.as_str()))),
        detail: base.map(|base| desk.fill("question.base", &[("base", &desk.say(base))])),
        badge: is_simulated.then(|| desk.text("provenance.simulated")),
        language: None,
    }
}

/// The groups that have a page of their own, with the way to it.
fn profiles(desk: &Desk<'_, '_>) -> Vec<Line> {
    let line = |(breakdown, group): (&Question, &Choice)| Line {
        text: desk.say(&group.label),
        address: Some(format!("{}.html", profile::stem(breakdown, group))),
        detail: Some(desk.say(&breakdown.short)),
        ..Line::default()
    };
    profile::groups(desk.scope).map(line).collect()
}
