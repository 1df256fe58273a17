//! `barometer.toml`: what the rest of the program may rely on.
//!
//! The file as spelled is read by `toml`; this is the file as meant. It does not say
//! whether the questions that it names exist: the survey does.

mod check;
mod correction;
pub mod key;
mod keys;
mod named;
mod schema;
mod site;
mod statistics;
mod survey;
mod text;
pub mod toml;
mod wave;

use std::collections::BTreeMap;

use jiff::civil::Date;

pub use check::parse;
pub use correction::Correction;
pub use keys::SETTINGS;
pub use named::Named;
#[cfg(test)]
pub(crate) use schema::proof;
pub use schema::schema;
pub use survey::is_wave_name;
pub use text::{Forms, Language, PLURALS, Text};

/// The settings of a report.
#[derive(Debug, Clone)]
pub struct Config {
    /// `[site]`.
    pub site: Site,
    /// `[survey]`.
    pub survey: SurveySettings,
    /// `[waves.*]`, in the order of `[survey] waves`.
    pub waves: Vec<WaveSettings>,
    /// `[statistics]`.
    pub statistics: Statistics,
    /// `[csv]`.
    pub csv: CsvSettings,
    /// `[provenance] simulated`.
    pub simulated: Simulated,
    /// `[data] publish`.
    pub publish: Publish,
    /// `[figures]`.
    pub figures: Figures,
    /// `[check] longest-sentence`: the words of a sentence that an editor lets pass.
    pub longest_sentence: u32,
    /// `[markdown] html`.
    pub raw_html: RawHtml,
}

/// What becomes of HTML in chapters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RawHtml {
    /// It is a mistake.
    #[default]
    Refused,
    /// It stands on the page as it was written.
    Kept,
}

/// What comes with figures.
#[derive(Debug, Clone, Copy, Default)]
pub struct Figures {
    /// Whether each can be had as PNG.
    pub png: bool,
}

/// What the site is.
#[derive(Debug, Clone)]
pub struct Site {
    /// The title of the report.
    pub title: Text,
    /// One or two sentences for search engines and cards.
    pub description: Option<Text>,
    /// At least one; the first is the default and lies at the root.
    pub languages: Vec<Language>,
    /// Where it is published, ending in `/`.
    pub url: Option<String>,
    /// Who answers for it.
    pub author: Option<String>,
    /// SPDX identifier of the licence of text and data.
    pub license: Option<String>,
    /// The date of publication: the only date that the site knows.
    pub published: Option<Date>,
    /// Which state of the report this is, for citations: `1.1`.
    pub version: Option<String>,
    /// An e-mail address or a page, checked: who hears what is wrong.
    pub contact: Option<String>,
    /// What was corrected after publication, the latest first.
    pub corrections: Vec<Correction>,
    /// Order of the parts of the navigation; empty: the summary, chapters by
    /// weight, then results, trends, method, data.
    pub navigation: Vec<Named>,
    /// The name of the theme; its place is that of the setting, or the start
    /// of the file.
    pub theme: Named,
}

/// What was asked of whom.
#[derive(Debug, Clone)]
pub struct SurveySettings {
    /// The name of the survey.
    pub name: Text,
    /// The respondent in words, by plural form: "commune", "communes".
    pub unit: Option<BTreeMap<Language, Forms>>,
    /// The population in words: "the 589 Belgian municipalities".
    pub population: Option<Text>,
    /// The country or region that the survey is about, for catalogues.
    pub place: Option<Text>,
    /// Who asked for the survey.
    pub sponsor: Option<Text>,
    /// Who carried it out.
    pub conductor: Option<Text>,
    /// Who paid for it.
    pub funding: Option<Text>,
    /// The list that respondents were taken from.
    pub frame: Option<Text>,
    /// How the wording of questions is introduced under a figure, where
    /// "question" would say too much: "Reconstructed wording".
    pub wording: Option<Text>,
    /// Keys of the questions used as cuts on result pages.
    pub breakdowns: Vec<Named>,
    /// Pairs of breakdowns that are crossed.
    pub crossings: Vec<(Named, Named)>,
}

/// One fielding of the survey.
#[derive(Debug, Clone)]
pub struct WaveSettings {
    /// The key: the name of its folder in `data/`.
    pub key: String,
    /// Where `[survey] waves` names it.
    pub place: crate::diag::Place,
    /// How it is called; `None`: by its key.
    pub label: Option<Text>,
    /// First and last day of fieldwork.
    pub fieldwork: Option<(Date, Date)>,
    /// How people were asked.
    pub mode: Option<Text>,
    /// Provenance of `responses.csv`.
    pub responses: Responses,
    /// The sample design of this wave.
    pub design: Design,
}

/// Where the answers of a wave come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Responses {
    /// People gave them.
    Collected,
    /// A program made them up.
    Simulated,
}

/// How respondents were drawn. Without anything: a simple random sample of
/// an unlimited population with equal weights.
#[derive(Debug, Clone, Default)]
pub struct Design {
    /// Column that names the respondent, for those who answer in two waves.
    pub id: Option<Named>,
    /// Column of the stratum; `None`: the sample has one.
    pub strata: Option<Named>,
    /// Column of the primary sampling unit; `None`: respondents were drawn.
    pub cluster: Option<Named>,
    /// Column of the design weight, of any scale; `None`: all weigh the same.
    pub weight: Option<Named>,
    /// Size of the population; `None`: without limit, so that there is no finite
    /// population correction.
    pub population: Option<Population>,
    /// Path of the margins to rake to (`statistics.md`, 8).
    pub rake: Option<Named>,
    /// What a stratum with one sampled unit contributes to the variance.
    pub lonely: LonelyStratum,
}

impl Design {
    /// The table that holds the size of each stratum.
    pub fn population_file(&self) -> Option<&Named> {
        match &self.population {
            Some(Population::Named(named)) if named.names_a_file() => Some(named),
            _ => None,
        }
    }

    /// The column of the answers that holds the size of each stratum.
    pub fn size_column(&self) -> Option<&str> {
        match &self.population {
            Some(Population::Named(named)) if !named.names_a_file() => Some(&named.name),
            _ => None,
        }
    }
}

/// How the size of the population is known.
#[derive(Debug, Clone)]
pub enum Population {
    /// One number for the whole: 589.
    Total(u64),
    /// A file with the strata column and `N`, or a column of the responses.
    Named(Named),
}

/// What a stratum with one sampled unit contributes to the variance of an
/// estimate: nothing shows how much such units differ (`statistics.md`, 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LonelyStratum {
    /// Its squared distance from the mean of all respondents.
    #[default]
    Adjust,
    /// Nothing, as if the stratum had been asked completely.
    Certainty,
    /// As much as the other strata on average.
    Average,
}

/// Rules of estimation and of disclosure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Statistics {
    /// Confidence level, a proportion: 0.95.
    pub confidence: f64,
    /// Under this base (respondents, unweighted) nothing is published; 0: all is.
    pub hide_below: u32,
    /// Under this base a number is marked as fragile and never tested.
    pub caution_below: u32,
    /// Under this base 0 % and 100 % of a named group are hidden; 0: none is.
    pub protect_certain_below: u32,
    /// Whether tests between groups use the finite population correction.
    pub test_fpc: bool,
    /// Which estimators are published.
    pub estimators: Estimators,
}

/// Which estimators are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Estimators {
    /// Those that suit the type of the question.
    #[default]
    Suited,
    /// Every one that the program computes.
    All,
}

/// How the tables of `data/` are written. `None`: sniffed.
#[derive(Debug, Clone, Default)]
pub struct CsvSettings {
    /// The encoding of the tables; `None`: of each, the one that its bytes tell.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// The sign between cells, a byte: `,`, `;` or tab.
    pub delimiter: Option<u8>,
    /// The decimal sign: `.` or `,`.
    pub decimal: Option<char>,
    /// Further spellings of an empty cell.
    pub missing: Vec<String>,
}

/// What becomes of figures made of simulated answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Simulated {
    /// Shown with a badge.
    #[default]
    Show,
    /// Replaced by a sentence.
    Hide,
}

/// What a reader may download.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Publish {
    /// Estimates and published figures.
    #[default]
    Results,
    /// The answers of each respondent too.
    Microdata,
    /// Nothing.
    Nothing,
}

impl Config {
    /// The language at the root of the site.
    pub fn default_language(&self) -> &Language {
        &self.site.languages[0]
    }

    /// The settings of one wave.
    pub fn wave(&self, key: &str) -> Option<&WaveSettings> {
        self.waves.iter().find(|wave| wave.key == key)
    }

    /// The last wave: the one a figure shows when it does not say.
    pub fn current_wave(&self) -> Option<&WaveSettings> {
        self.waves.last()
    }
}
