//! The card of a page: what is seen of it where its address is shared.

use crate::chart::{CARD, Font};
use crate::content::Kind;
use crate::figure::{self, CardPicture, Figure, Glimpse, Plan, Scope};
use crate::stats::Provenance;

use super::answered::Answered;
use super::book::AnsweredBook;
use super::{Position, Press};

/// Draws the card of a page: of the figure that its author chose, else of its
/// first drawing; of the home page's key numbers; of its words alone. Drawings
/// of simulated answers come last and say what they are; a lone number of
/// theirs is no card.
pub(super) fn draw(
    press: &Press<'_>,
    scope: &Scope<'_>,
    position: Position,
    answered: Option<&Answered<'_>>,
    figures: &[Figure],
) -> CardPicture {
    let language = scope.words.language();
    let site = &press.config.site;
    let front = answered.map(|answered| &answered.chapter.front);
    let title = front.map_or_else(
        || scope.words.typeset(site.title.get(language)).into_owned(),
        |front| front.title.clone(),
    );
    let chosen = front.and_then(|front| front.image_figure.as_ref());
    let is_simulated = |figure: &&Figure| figure.drawn.provenance == Provenance::Simulated;
    let figures: Vec<&Figure> = figures
        .iter()
        .filter(|figure| figure.face.key_number.is_none() || !is_simulated(figure))
        .collect();
    let chosen = chosen.and_then(|id| figures.iter().find(|figure| figure.id == id.value));
    let others = figures.iter().filter(|figure| chosen.is_none_or(|chosen| chosen.id != figure.id));
    let numbers = chosen.into_iter().chain(others).copied();
    let numbers: Vec<&Figure> = numbers.filter(|figure| figure.face.key_number.is_some()).collect();
    let wants_numbers = chosen.is_none_or(|figure| figure.face.key_number.is_some());
    if position == Position::Home && wants_numbers && !numbers.is_empty() {
        return figure::numbers_card(scope, &title, &numbers, press.font);
    }
    if let Some(figure) = chosen {
        return figure::figure_card(scope, figure, press.font);
    }
    let drawn = || figures.iter().filter(|figure| figure.chart.is_some());
    if let Some(figure) = drawn().find(|figure| !is_simulated(figure)).or_else(|| drawn().next()) {
        return figure::figure_card(scope, figure, press.font);
    }
    let summary = front.and_then(|front| front.summary.as_deref());
    let about = site.description.as_ref().map(|text| text.get(language));
    figure::text_card(scope, &title, summary.or(about).unwrap_or_default(), press.font)
}

/// What lists show of a chapter: the figure that its author chose for the
/// card, else the first that can be shown.
pub(super) fn glimpse(chapter: &Answered<'_>, font: &Font) -> Option<Glimpse> {
    let chosen = chapter.chapter.front.image_figure.as_ref().map(|id| id.value.as_str());
    let is_chosen = |plan: &&Plan<'_>| chosen == Some(plan.id());
    let plans = || chapter.shown_figures();
    let plans = plans().filter(is_chosen).chain(plans().filter(|plan| !is_chosen(plan)));
    plans.into_iter().find_map(|plan| figure::glimpse(&chapter.scope, plan, font))
}

/// Whether a page has a card of its own. Pages that the data write and the
/// chapters of a long report are too many to paint one for each.
pub(super) fn is_own(book: &AnsweredBook<'_>, position: Position) -> bool {
    match position {
        Position::Home => true,
        Position::Chapter(_) => book.is_bound(),
        Position::Generated(_) => false,
    }
}

/// Where the card of a page lies, from the root of the site.
pub(super) fn address(book: &AnsweredBook<'_>, position: Position) -> String {
    let page = book.address(position);
    let stem = page.strip_suffix(".html").unwrap_or(&page);
    format!("assets/cards/{}{stem}.png", book.folder)
}

/// Whether a figure can stand on a card.
pub(super) fn can_show(kind: Kind) -> bool {
    kind != Kind::Table
}

/// Width and height of the picture, in pixels.
pub(super) fn size() -> (u32, u32) {
    crate::chart::Painter::size(CARD.0, CARD.1)
}
