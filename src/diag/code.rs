//! The stable names of everything an author can get wrong.
//!
//! A code is never reused for another meaning. The hundreds say where to
//! look: 0 settings, 1 tables, 2 codebook and data, 3 chapters, 4 figures and
//! expressions, 5 theme, 6 the finished site.

macro_rules! codes {
    ($($name:ident = $id:literal, $title:literal;)+) => {
        /// The stable name of a kind of mistake.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $title] $name,)+
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The code as it is printed: `B042`.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }

            /// What this kind of mistake is, in a few words.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)+ }
            }
        }
    };
}

codes! {
    // Settings: barometer.toml.
    SettingsMissing = "B001", "there is no `barometer.toml`";
    TomlSyntax = "B002", "a TOML text cannot be read";
    UnknownKey = "B003", "a key that does not exist";
    WrongType = "B004", "a value of the wrong type";
    MissingKey = "B005", "a required key is missing";
    BadValue = "B006", "a value outside its range or list";
    UnknownLanguage = "B007", "a text in a language that the site does not have";
    MissingTranslation = "B008", "a text lacks one of the site's languages";
    SiteUrlMissing = "B009", "no `url`: canonical addresses, feed and sitemap are left out";
    UnknownWave = "B010", "a wave that does not exist";

    // Tables: any CSV file.
    TableMissing = "B101", "a table that must exist is missing";
    RaggedRow = "B102", "a row with more or fewer cells than the header";
    UnknownColumn = "B103", "a column that does not exist";
    MissingColumn = "B104", "a required column is missing";
    DuplicateColumn = "B105", "two columns with one name";
    InvalidEncoding = "B106", "bytes that are not text in the declared encoding";
    ControlCharacter = "B107", "a control character in a table";
    EmptyTable = "B108", "a table without a header";
    BadNumber = "B109", "a cell that is not a number";
    UnclosedQuote = "B110", "a quoted cell that is never closed";
    EmptyCell = "B111", "a cell that must not be empty";

    // Codebook and data.
    UnknownQuestionType = "B201", "a question type that does not exist";
    UnknownChoiceList = "B202", "a list of choices that does not exist";
    DuplicateName = "B203", "one name used twice";
    EmptyLabel = "B204", "a question or a choice without a label";
    BadParameters = "B205", "parameters that cannot be read";
    UnbalancedGroup = "B206", "a group that is not opened or not closed";
    UnknownRole = "B207", "a role of a choice that does not exist";
    SlugClash = "B208", "two keys that would have the same address";
    BadPercentage = "B209", "a percentage below 0 or above 100";
    UnknownUnit = "B210", "a unit that does not exist";
    DuplicateFigure = "B211", "a published figure given twice";
    UnknownSource = "B212", "a source that `data/sources.csv` does not have";
    BadFrame = "B213", "a frame that does not add up";
    UnknownQuestionInData = "B214", "data for a question that the codebook does not have";
    UnknownItemInData = "B215", "data for an option that the question does not have";
    UnknownGroupInData = "B216", "data for a group that the breakdown does not have";
    UnitDoesNotFit = "B217", "a unit that the type of the question cannot have";
    NotABreakdown = "B218", "a cut by a question that is not a breakdown";
    DuplicateRespondent = "B230", "one respondent in two rows";
    BadWeight = "B231", "a weight that is missing or below 0";
    SampleExceedsPopulation = "B232", "a sample larger than its population";
    UnknownStratum = "B233", "a stratum that the frame does not have";
    RankedTwice = "B234", "an option ranked twice, or a rank left out";
    UndeclaredColumn = "B235", "columns that the codebook does not have";
    QuestionWithoutColumn = "B236", "a question that no column answers";
    LonelyStratum = "B237", "a stratum with a single sampled unit";
    CannotRake = "B238", "weights that cannot be raked";
    OutOfRange = "B239", "a number outside the range of its question";
    PopulationVaries = "B240", "a size of the population that varies within a stratum";

    // Chapters.
    NoChapters = "B301", "a language without chapters";
    FrontMatterMissing = "B302", "a chapter without front matter";
    TitleMissing = "B303", "a chapter without a title";
    AddressTaken = "B304", "two pages at one address";
    BrokenLink = "B305", "a link to a page that does not exist";
    BrokenAnchor = "B306", "a link to a heading or figure that does not exist";
    ImageMissing = "B307", "an image that does not exist";
    ImageWithoutText = "B308", "an image without alternative text";
    DuplicateAnchor = "B309", "one anchor used twice on a page";
    RawHtml = "B310", "raw HTML in a chapter";
    HeadingLevel = "B311", "a heading that skips a level or repeats the title";
    ReservedAddress = "B312", "an address that the program uses itself";

    // Figures and expressions.
    BlockSyntax = "B401", "a chart block that is not TOML";
    UnknownQuestion = "B402", "a question that the codebook does not have";
    UnknownItem = "B403", "an item that the question does not have";
    UnknownBreakdown = "B404", "a breakdown that does not exist";
    UnknownGroup = "B405", "a group that the breakdown does not have";
    UnknownKind = "B406", "a kind of chart that does not exist";
    KindDoesNotFit = "B407", "a kind of chart that cannot show the question";
    NothingPublished = "B408", "a number that no data give";
    ExpressionSyntax = "B409", "an inline expression that cannot be read";
    UnknownFunction = "B410", "an inline expression that does not exist";
    UnknownArgument = "B411", "an argument that the expression does not take";
    MissingArgument = "B412", "an argument that the expression needs";
    ClaimRefused = "B413", "a claim that the data do not carry";
    DuplicateFigureId = "B414", "two figures with one id";
    EmptyFigure = "B415", "a figure without any number";
    EstimatorDoesNotFit = "B416", "an estimator that the question cannot have";

    // Theme.
    ThemeMissing = "B501", "a theme that does not exist";
    StringMissing = "B502", "a string of the interface that is missing";
    TemplateMissing = "B503", "a template that is missing";
    TemplateSyntax = "B504", "a template that cannot be read";
    TemplateFailed = "B505", "a template that fails";
    StringUnknown = "B506", "a string that nothing uses";

    // The finished site.
    OutputInsideSources = "B601", "an output folder inside the sources";
    OutputNotOurs = "B602", "an output folder with files that `barometer` did not write";
    DeadReference = "B603", "a page that refers to a file or anchor that does not exist";
    DuplicateId = "B604", "a page with one id used twice";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_mistakes_share_a_code() {
        let ids: BTreeSet<_> = Code::ALL.iter().map(|code| code.id()).collect();

        assert_eq!(ids.len(), Code::ALL.len());
    }
}
