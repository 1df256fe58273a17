//! `trends.html`: every question of the survey with numbers in two waves or
//! more. Who was asked stands at the top; other studies are not its waves.

use crate::content::FigureRequest;
use crate::figure;
use crate::survey::{WaveKey, slug};

use super::{Block, Desk, Generated, Part, Section};

/// `None` with a single wave.
pub(super) fn page<'a>(desk: &Desk<'_, 'a>) -> Option<Generated<'a>> {
    let scope = desk.scope;
    if scope.config.waves.len() < 2 {
        return None;
    }
    let waves = Section::new("waves", desk.text("trends.waves"), vec![waves(desk)]);
    let mut page = desk.page(Part::Trends, vec![waves]);
    for question in scope.survey.codebook.questions() {
        let key = question.key.as_str();
        // Who answered is no trend.
        if figure::counts_the_sample(&question.key) || question.breakdown {
            continue;
        }
        let id = format!("trends-{}", slug(key));
        let Some(plan) = desk.plan_waves(&FigureRequest::of(key), &id) else { continue };
        let mut blocks = vec![];
        if question.comparable_from.is_some() {
            blocks.push(Block::text(desk.text("figure.break")));
        }
        blocks.push(Block::Figure { figure: page.figures.len() });
        page.figures.push(plan);
        page.sections.push(Section::new(&slug(key), desk.say(&question.short), blocks));
    }
    if page.figures.is_empty() {
        page.sections.push(Section::start(vec![Block::text(desk.text("trends.none"))]));
    }
    Some(page)
}

/// Who answered in each wave, and when.
fn waves(desk: &Desk<'_, '_>) -> Block {
    let scope = desk.scope;
    let everybody = crate::stats::Cut::all();
    let mut facts = vec![];
    for wave in &scope.config.waves {
        let key = WaveKey::new(wave.key.as_str());
        let answered = figure::respondents(scope, Some(&key), &everybody).map(|n| desk.count(n));
        let population = figure::population(scope, Some(&key), &everybody).map(|n| desk.count(n));
        let mut text = match (answered, population) {
            (Some(n), Some(all)) => {
                desk.fill("home.answers-of", &[("respondents", &n), ("population", &all)])
            }
            (Some(n), None) => n,
            (None, _) => desk.text("profile.unknown"),
        };
        if let Some((from, to)) = wave.fieldwork {
            text.push_str(", ");
            text.push_str(&scope.words.period(from, to));
        }
        facts.push((figure::wave_label(scope, &wave.key), text));
    }
    Block::facts(facts)
}
