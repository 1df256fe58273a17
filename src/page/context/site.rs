//! What templates see of the site, and of the survey that it reports.

use std::borrow::Cow;

use serde::Serialize;

use crate::config::Config;
use crate::figure::{Scope, response};
use crate::page::GENERATOR;
use crate::page::book::AnsweredBook;
use crate::page::license::{license_name, license_url};

/// The names of the feed and of the manifest in the folder of a language.
pub const FEED: &str = "feed.xml";
/// See [`FEED`].
pub const MANIFEST: &str = "site.webmanifest";

#[derive(Serialize)]
pub(super) struct SiteContext<'a> {
    title: Cow<'a, str>,
    description: Option<Cow<'a, str>>,
    author: Option<&'a str>,
    license: Option<String>,
    license_url: Option<String>,
    url: Option<&'a str>,
    base: Option<&'a str>,
    language: &'a str,
    published: Option<String>,
    published_iso: Option<String>,
    year: Option<i16>,
    generator: &'static str,
    feed: Option<&'static str>,
    version: Option<&'a str>,
    contact: Option<&'a str>,
    corrections: Vec<CorrectionContext<'a>>,
}

/// What was corrected, and when.
#[derive(Serialize)]
struct CorrectionContext<'a> {
    date: String,
    date_iso: String,
    text: Cow<'a, str>,
}

pub(super) fn site<'a>(
    config: &'a Config,
    scope: &Scope<'a>,
    book: &AnsweredBook<'_>,
) -> SiteContext<'a> {
    let language = scope.words.language();
    let site = &config.site;
    SiteContext {
        title: scope.words.typeset(site.title.get(language)),
        description: site.description.as_ref().map(|text| scope.words.typeset(text.get(language))),
        author: site.author.as_deref(),
        license: site.license.as_deref().map(license_name),
        license_url: site.license.as_deref().and_then(license_url),
        url: site.url.as_deref(),
        base: site.url.as_deref(),
        language: language.tag(),
        published: site.published.map(|date| scope.words.date(date)),
        published_iso: site.published.map(|date| date.to_string()),
        year: site.published.map(jiff::civil::Date::year),
        generator: GENERATOR,
        feed: book.has_feed(config).then_some(FEED),
        version: site.version.as_deref(),
        contact: site.contact.as_deref(),
        corrections: site
            .corrections
            .iter()
            .map(|correction| CorrectionContext {
                date: scope.words.date(correction.date),
                date_iso: correction.date.to_string(),
                text: scope.words.typeset(correction.text.get(language)),
            })
            .collect(),
    }
}

#[derive(Serialize)]
pub(super) struct SurveyContext<'a> {
    name: &'a str,
    population: Option<&'a str>,
    wave: Option<&'a str>,
    unit: Option<&'a str>,
    respondents: Option<String>,
    population_size: Option<String>,
    response_rate: Option<String>,
    fieldwork: Option<String>,
}

pub(super) fn survey<'a>(config: &'a Config, scope: &Scope<'a>) -> SurveyContext<'a> {
    let language = scope.words.language();
    let survey = &config.survey;
    let wave = config.current_wave();
    let known = response(scope);
    SurveyContext {
        name: survey.name.get(language),
        population: survey.population.as_ref().map(|text| text.get(language)),
        wave: wave
            .map(|wave| wave.label.as_ref().map_or(wave.key.as_str(), |label| label.get(language))),
        unit: survey
            .unit
            .as_ref()
            .and_then(|unit| unit.get(language))
            .map(|forms| forms.get("other")),
        respondents: known.respondents,
        population_size: known.population,
        response_rate: known.rate,
        fieldwork: wave
            .and_then(|wave| wave.fieldwork)
            .map(|(from, to)| scope.words.period(from, to)),
    }
}
