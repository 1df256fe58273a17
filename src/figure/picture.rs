//! Cards: drawings that stand alone, with what a reader must know beside them.

use crate::chart::{self, BigNumber, Card, CardContent, Drawing, Font};
use crate::stats::Provenance;
use crate::wording::ends_sentence;

use super::credit::{others, source, warning};
use super::{Figure, Scope, SourceNote};

/// The card of a page: its drawing, and what it shows in words.
#[derive(Debug)]
pub struct CardPicture {
    /// The drawing.
    pub drawing: Drawing,
    /// For whoever does not see it.
    pub alternative: String,
}

/// Draws the card of a page from one of its figures, which must have a chart
/// or be a key number.
pub fn figure_card(scope: &Scope<'_>, figure: &Figure, font: &Font) -> CardPicture {
    let key_numbers: Vec<&BigNumber> = figure.face.key_number.iter().collect();
    let content = match &figure.chart {
        Some(chart) => CardContent::Chart(chart),
        None => CardContent::Numbers(&key_numbers),
    };
    let source = source(scope, &figure.drawn.sources);
    let warning = warning(scope, figure.drawn.provenance);
    let drawing =
        card(scope, warning, &figure.title_text, content, figure.drawn.left_out, &source, font);
    // What machines read of a page has no number that nobody gave.
    let said = match figure.drawn.provenance {
        Provenance::Simulated => [scope.words.text("figure.simulated"), ""],
        _ => [&*figure.title_text, &*figure.face.description],
    };
    let alternative = sentences(&[warning.unwrap_or_default(), said[0], said[1]]);
    CardPicture { drawing, alternative }
}

/// Draws the card of the home page from its first key numbers.
pub fn numbers_card(
    scope: &Scope<'_>,
    title: &str,
    figures: &[&Figure],
    font: &Font,
) -> CardPicture {
    let shown = &figures[..figures.len().min(3)];
    let numbers: Vec<&BigNumber> =
        shown.iter().filter_map(|figure| figure.face.key_number.as_ref()).collect();
    let mut sources: Vec<SourceNote> = vec![];
    for source in shown.iter().flat_map(|figure| &figure.drawn.sources) {
        if !sources.contains(source) {
            sources.push(source.clone());
        }
    }
    let source = source(scope, &sources);
    let warning = shown.iter().find_map(|figure| warning(scope, figure.drawn.provenance));
    let content = CardContent::Numbers(&numbers);
    let drawing = card(scope, warning, title, content, 0, &source, font);
    let read: Vec<String> =
        numbers.iter().map(|number| format!("{} {}", number.datum.text, number.label)).collect();
    let alternative = [warning.unwrap_or_default(), title, &read.join(" · ")];
    CardPicture { drawing, alternative: sentences(&alternative) }
}

/// Draws the card of a page without figures.
pub fn text_card(scope: &Scope<'_>, title: &str, text: &str, font: &Font) -> CardPicture {
    let source = scope.config.site.author.as_deref().unwrap_or_default();
    let drawing = card(scope, None, title, CardContent::Text(text), 0, source, font);
    CardPicture { drawing, alternative: sentences(&[title, text]) }
}

fn card(
    scope: &Scope<'_>,
    warning: Option<&str>,
    headline: &str,
    content: CardContent<'_>,
    left_out: usize,
    source: &str,
    font: &Font,
) -> Drawing {
    let config = scope.config;
    let language = scope.words.language();
    // The home page has the title of the report as its headline.
    let title = config.site.title.get(language);
    let report = if title == headline { config.survey.name.get(language) } else { title };
    let card = Card {
        report: &scope.words.typeset(report),
        warning,
        headline,
        content,
        source,
        left_out,
        others: &|count| others(scope, count),
    };
    chart::draw_card(&card, font)
}

/// Joins texts, each ending with a sign.
fn sentences(texts: &[&str]) -> String {
    let texts = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty());
    let ended = texts.map(|text| {
        let end = if ends_sentence(text) { "" } else { "." };
        format!("{text}{end}")
    });
    ended.collect::<Vec<_>>().join(" ")
}
