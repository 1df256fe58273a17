//! The keys of `barometer.toml`.

use super::key::Takes::{
    Address, Boolean, Count, Date, Each, Languages, Noun, Population, Proportion, Text, Texts,
    Translated, Words,
};
use super::key::{Key, Takes, Word, spelled};
use super::{Estimators, LonelyStratum, Publish, Responses, Simulated};

pub(super) const SIMULATED: [Word<Simulated>; 2] =
    [("show", Simulated::Show), ("hide", Simulated::Hide)];

pub(super) const PUBLISH: [Word<Publish>; 3] = [
    ("results", Publish::Results),
    ("microdata", Publish::Microdata),
    ("nothing", Publish::Nothing),
];

pub(super) const RESPONSES: [Word<Responses>; 2] =
    [("collected", Responses::Collected), ("simulated", Responses::Simulated)];

pub(super) const LONELY: [Word<LonelyStratum>; 3] = [
    ("adjust", LonelyStratum::Adjust),
    ("certainty", LonelyStratum::Certainty),
    ("average", LonelyStratum::Average),
];

pub(super) const ESTIMATORS: [Word<Estimators>; 2] =
    [("suited", Estimators::Suited), ("all", Estimators::All)];

pub(super) const ENCODINGS: [Word<&encoding_rs::Encoding>; 4] = [
    ("utf-8", encoding_rs::UTF_8),
    ("utf-16", encoding_rs::UTF_16LE),
    ("windows-1252", encoding_rs::WINDOWS_1252),
    ("macintosh", encoding_rs::MACINTOSH),
];

pub(super) const DELIMITERS: [Word<u8>; 4] =
    [(",", b','), (";", b';'), ("\t", b'\t'), ("tab", b'\t')];

pub(super) const DECIMALS: [Word<char>; 2] = [(".", '.'), (",", ',')];

/// The whole file.
pub static SETTINGS: Takes = Takes::Table(&[
    Key::required("site", Takes::Table(SITE), "What the site is."),
    Key::new("survey", Takes::Table(SURVEY), "What was asked of whom."),
    Key::new("design", Takes::Table(DESIGN), "How respondents were drawn, in every wave."),
    Key::new(
        "waves",
        Each(&Takes::Table(WAVE)),
        "The fieldings of the survey, by the name of their folder in `data/`.",
    ),
    Key::new("statistics", Takes::Table(STATISTICS), "Rules of estimation and of disclosure."),
    Key::new("provenance", Takes::Table(PROVENANCE), "What becomes of numbers by their origin."),
    Key::new("data", Takes::Table(DATA), "What readers may download."),
    Key::new("figures", Takes::Table(FIGURES), "What comes with figures."),
    Key::new("markdown", Takes::Table(MARKDOWN), "What chapters may hold."),
    Key::new("check", Takes::Table(CHECK), "What `barometer check` lets pass."),
    Key::new(
        "csv",
        Takes::Table(CSV),
        "How the tables of `data/` are written; without it the program looks.",
    ),
]);

const SITE: &[Key] = &[
    Key::required("title", Translated, "The title of the report."),
    Key::required(
        "languages",
        Languages,
        "The languages by their tags. The first lies at the root of the site, the others in folders.",
    ),
    Key::new("description", Translated, "One or two sentences for search engines and cards."),
    Key::new(
        "url",
        Address,
        "Where the site is published. Without it there are no canonical addresses, cards, feed and sitemap.",
    ),
    Key::new("author", Text, "Who answers for the report."),
    Key::new("license", Text, "The licence of text and data, by its SPDX identifier: `CC-BY-4.0`."),
    Key::new("published", Date, "The day of publication."),
    Key::new("version", Text, "Which state of the report this is, for citations: `1.1`."),
    Key::new(
        "contact",
        Text,
        "Whom readers tell what is wrong: an e-mail address, or the address of a page.",
    ),
    Key::new(
        "corrections",
        Takes::Tables(CORRECTION),
        "What was corrected after publication, each as `[[site.corrections]]`.",
    ),
    Key::new(
        "navigation",
        Texts,
        "The order of the menu, by the names of chapters and of parts such as `results`.",
    ),
    Key::new("theme", Text, "A folder of `themes/`, or a theme inside the program."),
];

const CORRECTION: &[Key] = &[
    Key::required("date", Date, "The day of the correction."),
    Key::required("text", Translated, "What was wrong, and what it is now."),
];

const SURVEY: &[Key] = &[
    Key::new("name", Translated, "The name of the survey; without it the title of the report."),
    Key::new(
        "unit",
        Noun,
        "A respondent in words, with plural forms: municipality, municipalities.",
    ),
    Key::new(
        "population",
        Translated,
        "All who could have been asked, in words: all 589 municipalities.",
    ),
    Key::new(
        "place",
        Translated,
        "The country or region that the survey is about, for catalogues of data.",
    ),
    Key::new("sponsor", Translated, "Who asked for the survey."),
    Key::new("conductor", Translated, "Who carried it out."),
    Key::new("funding", Translated, "Who paid for it."),
    Key::new("frame", Translated, "The list that respondents were taken from."),
    Key::new(
        "wording",
        Translated,
        "What stands before a question where \"Question\" would say too much.",
    ),
    Key::new("waves", Texts, "The waves, folders of `data/`. The last is the current one."),
    Key::new("breakdowns", Texts, "Questions of the codebook by whose answers results are shown."),
    Key::new("crossings", Texts, "Pairs of breakdowns that are crossed: `region*nature`."),
];

const WAVE: &[Key] = &[
    Key::new("label", Translated, "How the wave is called."),
    Key::new("fieldwork", Takes::Table(FIELDWORK), "From when to when people were asked."),
    Key::new("mode", Translated, "How people were asked."),
    Key::new(
        "responses",
        Words(&spelled(&RESPONSES)),
        "Whether people gave the answers of this wave or a program made them up.",
    ),
    Key::new("design", Takes::Table(DESIGN), "What is other than in `[design]` in this wave."),
];

const FIELDWORK: &[Key] =
    &[Key::required("from", Date, "The first day."), Key::required("to", Date, "The last day.")];

const DESIGN: &[Key] = &[
    Key::new("id", Text, "The column of the answers that names the respondent."),
    Key::new("strata", Text, "The column of the stratum."),
    Key::new("cluster", Text, "The column of the primary sampling unit."),
    Key::new("weight", Text, "The column of the weight."),
    Key::new(
        "rake",
        Text,
        "A file with the margins that weights are raked to: `data/margins.csv`.",
    ),
    Key::new(
        "population-size",
        Population,
        "The size of the population: a number, a file with the strata and `N`, or a column of the answers.",
    ),
    Key::new(
        "lonely-stratum",
        Words(&spelled(&LONELY)),
        "What a stratum with one sampled unit adds to the variance.",
    ),
];

const STATISTICS: &[Key] = &[
    Key::new("confidence", Proportion, "The level of the intervals, a proportion: `0.95`."),
    Key::new("hide-below", Count, "Under this base nothing is published."),
    Key::new(
        "caution-below",
        Count,
        "Under this base a number is marked as fragile and never tested.",
    ),
    Key::new(
        "protect-certain-below",
        Count,
        "Under this base 0 % and 100 % of a named group are hidden.",
    ),
    Key::new(
        "test-fpc",
        Boolean,
        "Whether tests between groups use the correction for a finite population.",
    ),
    Key::new("estimators", Words(&spelled(&ESTIMATORS)), "Which estimators are published."),
];

const PROVENANCE: &[Key] = &[Key::new(
    "simulated",
    Words(&spelled(&SIMULATED)),
    "Whether figures that rest on simulated answers are shown, marked, or left out.",
)];

const DATA: &[Key] = &[Key::new(
    "publish",
    Words(&spelled(&PUBLISH)),
    "What can be downloaded: every estimate, the answers of each respondent too, or nothing.",
)];

const FIGURES: &[Key] = &[Key::new("png", Boolean, "Whether each figure can be had as PNG too.")];

const MARKDOWN: &[Key] = &[Key::new(
    "html",
    Boolean,
    "Whether raw HTML stands on the page as it was written; else it is a mistake.",
)];

const CHECK: &[Key] = &[Key::new(
    "longest-sentence",
    Count,
    "How many words a sentence may have for `barometer check`.",
)];

const CSV: &[Key] = &[
    Key::new("encoding", Words(&spelled(&ENCODINGS)), "The encoding of tables that are not UTF-8."),
    Key::new("delimiter", Words(&spelled(&DELIMITERS)), "The sign between cells."),
    Key::new("decimal", Words(&spelled(&DECIMALS)), "The sign before decimals."),
    Key::new("missing", Texts, "Further spellings of an empty cell."),
];
