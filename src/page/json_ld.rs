//! What a page tells search engines and catalogues of data: JSON-LD in the
//! words of schema.org.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::config::{Config, Responses};
use crate::figure::Scope;
use crate::stats::{Provenance, answers_path};
use crate::survey::{Question, QuestionKind};

use super::Position;
use super::answered::Answered;
use super::book::AnsweredBook;
use super::license::license_url;
use super::part::Part;

/// The page that is described.
pub(super) struct Described<'a> {
    pub(super) position: Position,
    pub(super) answered: Option<&'a Answered<'a>>,
    /// The title as the page shows it.
    pub(super) title: &'a str,
    /// Its full address.
    pub(super) canonical: &'a str,
    /// The full address of its card.
    pub(super) image: Option<&'a str>,
    /// The names of the files of the open data.
    pub(super) files: Vec<&'a str>,
}

/// The text of the JSON-LD block of a page, safe inside `<script>`: the home
/// page describes report and data, a chapter itself and the way to it, the
/// page on data the data.
pub(super) fn text(book: &AnsweredBook<'_>, url: &str, page: &Described<'_>) -> String {
    let scope = &book.scope;
    let home = format!("{url}{}", book.folder);
    let graph = match page.position {
        Position::Home => {
            let mut graph = vec![report(scope, book, &home, page)];
            if scope.publishes() {
                graph.push(dataset(scope, url, &home, &page.files));
            }
            graph
        }
        Position::Chapter(_) => {
            let number = book.number(page.position);
            vec![chapter(scope, &home, number, page), way(scope, &home, page)]
        }
        Position::Generated(at) => {
            let mut graph = vec![way(scope, &home, page)];
            if book.generated[at].part == Part::Data {
                graph.push(dataset(scope, url, &home, &page.files));
            }
            graph
        }
    };
    let block = json!({ "@context": "https://schema.org", "@graph": graph });
    // The one sign that could end the script element.
    block.to_string().replace('<', "\\u003c")
}

/// A thing of some type with what is known of it.
fn thing(kind: &str, facts: Vec<(&str, Option<Value>)>) -> Value {
    let mut thing = Map::from_iter([("@type".to_owned(), kind.into())]);
    let known = facts.into_iter().filter_map(|(name, fact)| Some((name.to_owned(), fact?)));
    thing.extend(known);
    Value::Object(thing)
}

fn author(config: &Config) -> Option<Value> {
    let author = config.site.author.as_deref()?;
    Some(thing("Organization", vec![("name", Some(author.into()))]))
}

/// Creative Commons by its address, other licences by their page at SPDX.
fn license(config: &Config) -> Option<Value> {
    let spdx = config.site.license.as_deref()?;
    let url = license_url(spdx).unwrap_or_else(|| format!("https://spdx.org/licenses/{spdx}.html"));
    Some(url.into())
}

fn published(config: &Config) -> Option<Value> {
    config.site.published.map(|date| date.to_string().into())
}

fn report(scope: &Scope<'_>, book: &AnsweredBook<'_>, home: &str, page: &Described<'_>) -> Value {
    let config = scope.config;
    let language = scope.words.language();
    let parts = (0..book.chapters.len()).map(|at| {
        let address = book.address(Position::Chapter(at));
        let title = &book.chapters[at].chapter.front.title;
        thing(
            "Chapter",
            vec![
                ("name", Some(title.as_str().into())),
                ("url", Some(format!("{home}{address}").into())),
            ],
        )
    });
    thing(
        "Report",
        vec![
            ("@id", Some(format!("{home}#report").into())),
            ("name", Some(config.site.title.get(language).into())),
            ("headline", Some(page.title.into())),
            ("description", described(scope)),
            ("url", Some(home.into())),
            ("inLanguage", Some(language.tag().into())),
            ("author", author(config)),
            ("publisher", author(config)),
            ("license", license(config)),
            ("datePublished", published(config)),
            ("image", page.image.map(Value::from)),
            ("hasPart", Some(parts.collect())),
        ],
    )
}

fn described(scope: &Scope<'_>) -> Option<Value> {
    let description = scope.config.site.description.as_ref()?;
    Some(description.get(scope.words.language()).into())
}

fn chapter(scope: &Scope<'_>, home: &str, number: Option<usize>, page: &Described<'_>) -> Value {
    let config = scope.config;
    let front = page.answered.map(|answered| &answered.chapter.front);
    let date = |date: Option<jiff::civil::Date>| date.map(|date| Value::from(date.to_string()));
    let report = thing(
        "Report",
        vec![
            ("@id", Some(format!("{home}#report").into())),
            ("name", Some(config.site.title.get(scope.words.language()).into())),
        ],
    );
    thing(
        "Chapter",
        vec![
            ("name", Some(page.title.into())),
            ("headline", Some(page.title.into())),
            ("description", front.and_then(|front| front.summary.as_deref()).map(Value::from)),
            ("url", Some(page.canonical.into())),
            ("position", number.map(Value::from)),
            ("inLanguage", Some(scope.words.language().tag().into())),
            ("author", author(config)),
            ("license", license(config)),
            (
                "datePublished",
                date(front.and_then(|front| front.published)).or_else(|| published(config)),
            ),
            ("dateModified", date(front.and_then(|front| front.updated))),
            ("image", page.image.map(Value::from)),
            ("isPartOf", Some(report)),
        ],
    )
}

/// From the home page to a chapter.
fn way(scope: &Scope<'_>, home: &str, page: &Described<'_>) -> Value {
    let site = scope.config.site.title.get(scope.words.language());
    let steps = [(site, home), (page.title, page.canonical)].into_iter().zip(1..);
    let steps = steps.map(|((name, url), position)| {
        thing(
            "ListItem",
            vec![
                ("position", Some(Value::from(position))),
                ("name", Some(name.into())),
                ("item", Some(url.into())),
            ],
        )
    });
    thing("BreadcrumbList", vec![("itemListElement", Some(steps.collect()))])
}

fn dataset(scope: &Scope<'_>, url: &str, home: &str, files: &[&str]) -> Value {
    let config = scope.config;
    let language = scope.words.language();
    let waves = config.waves.iter().filter_map(|wave| wave.fieldwork);
    let period = waves.reduce(|(from, to), wave| (from.min(wave.0), to.max(wave.1)));
    let place = config.survey.place.as_ref().map(|place| place.get(language));
    let modes: BTreeSet<&str> = config
        .waves
        .iter()
        .filter_map(|wave| wave.mode.as_ref())
        .map(|mode| mode.get(language))
        .collect();
    let made_up = config.waves.iter().filter(|wave| wave.responses == Responses::Simulated);
    let made_up: Vec<String> = made_up.map(answers_path).collect();
    let files = files.iter().filter(|name| !made_up.contains(&format!("data/{name}")));
    let files = files.filter_map(|name| {
        let facts = vec![
            ("contentUrl", Some(format!("{url}data/{name}").into())),
            ("encodingFormat", Some(format_of_data(name)?.into())),
        ];
        Some(thing("DataDownload", facts))
    });
    thing(
        "Dataset",
        vec![
            ("@id", Some(format!("{home}#data").into())),
            ("name", Some(config.survey.name.get(language).into())),
            ("description", described(scope)),
            ("url", Some(format!("{home}{}.html", Part::Data.name()).into())),
            ("inLanguage", Some(language.tag().into())),
            ("subjectOf", Some(json!({ "@id": format!("{home}#report") }))),
            ("creator", author(config)),
            ("license", license(config)),
            ("datePublished", published(config)),
            ("isAccessibleForFree", Some(true.into())),
            ("temporalCoverage", period.map(|(from, to)| format!("{from}/{to}").into())),
            (
                "spatialCoverage",
                place.map(|place| thing("Place", vec![("name", Some(place.into()))])),
            ),
            ("measurementTechnique", (!modes.is_empty()).then(|| modes.into_iter().collect())),
            ("variableMeasured", Some(variables(scope))),
            ("distribution", Some(files.collect())),
        ],
    )
}

/// The media type of a file that is the data; none of one that describes them.
fn format_of_data(name: &str) -> Option<&'static str> {
    let described = ["datapackage.json", "codebook/survey.csv", "codebook/choices.csv"];
    let ending = name.rsplit('.').next().filter(|_| !described.contains(&name))?;
    let formats = [("csv", "text/csv"), ("json", "application/json"), ("zip", "application/zip")];
    formats.into_iter().find_map(|(known, format)| (known == ending).then_some(format))
}

/// The questions that somebody answered, in the order of the codebook.
fn variables(scope: &Scope<'_>) -> Value {
    let rows = scope.results.rows().iter();
    let real = rows.filter(|row| row.provenance != Provenance::Simulated);
    let known: BTreeSet<&str> = real.map(|row| row.question.as_str()).collect();
    let questions = scope.survey.codebook.questions().iter();
    questions
        .filter(|question| known.contains(question.key.as_str()))
        .map(|question| variable(scope, question))
        .collect()
}

fn variable(scope: &Scope<'_>, question: &Question) -> Value {
    let language = scope.words.language();
    let ends = match question.kind {
        QuestionKind::Score { start, end, .. } => Some((start, end)),
        _ => None,
    };
    // That of options is what a share is of.
    let unit = question.unit.as_ref().filter(|_| question.of_others().is_none());
    thing(
        "PropertyValue",
        vec![
            ("propertyID", Some(question.key.as_str().into())),
            ("name", Some(question.short.get(language).into())),
            ("description", Some(question.label.get(language).into())),
            ("unitText", unit.map(|unit| unit.get(language).into())),
            ("minValue", ends.map(|ends| ends.0.into())),
            ("maxValue", ends.map(|ends| ends.1.into())),
        ],
    )
}
