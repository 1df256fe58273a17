//! The stable names of everything an author can get wrong.
//!
//! A code is never reused for another meaning. The hundreds say where to
//! look: 0 settings, 1 tables, 2 codebook and data, 3 chapters, 4 figures and
//! expressions, 5 theme, 6 the finished site, 7 imports, 8 what an editor sees.

macro_rules! codes {
    ($($name:ident = $id:literal, $title:literal, $help:literal;)+) => {
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

            /// True for what only `check` looks at.
            pub fn is_editorial(self) -> bool {
                self.id().starts_with("B8")
            }

            /// True if it is about a number or figure that a text asks for,
            /// or about how a block is written.
            pub fn is_about_bindings(self) -> bool {
                let group = &self.id()[..2];
                matches!(group, "B0" | "B4") || self == Self::NotAChart
            }

            /// What this kind of mistake is, in a few words.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)+ }
            }

            /// The way out that always holds, for a diagnostic that knows no
            /// better one.
            pub fn help(self) -> &'static str {
                match self { $(Self::$name => $help,)+ }
            }
        }
    };
}

codes! {
    // Settings: barometer.toml.
    SettingsMissing = "B001", "there is no `barometer.toml`",
        "Write `barometer.toml` with a `[site]` that has `title` and `languages`.";
    TomlSyntax = "B002", "a TOML text cannot be read",
        "Write `key = value`, with texts between quotation marks.";
    UnknownKey = "B003", "a key that does not exist",
        "Take the key out, or look it up in `report.md` of the manual.";
    WrongType = "B004", "a value of the wrong type",
        "Write texts in quotation marks, numbers and `true` without, lists in `[ ]`, tables in `{ }`.";
    MissingKey = "B005", "a required key is missing",
        "Add the key.";
    BadValue = "B006", "a value outside its range or list",
        "Write one of the values that the key takes.";
    UnknownLanguage = "B007", "a text in a language that the site does not have",
        "Write a language tag such as `fr` or `nl-BE`.";
    MissingTranslation = "B008", "a text lacks one of the site's languages",
        "Add the text in this language.";
    SiteUrlMissing = "B009", "no `url`: canonical addresses, feed and sitemap are left out",
        "Add `url = \"https://…/\"` to `[site]`.";
    UnknownWave = "B010", "a wave that does not exist",
        "Name one of `[survey] waves`.";

    // Tables: any CSV file.
    TableMissing = "B101", "a table that must exist is missing",
        "Add the table.";
    RaggedRow = "B102", "a row with more or fewer cells than the header",
        "Give the row as many cells as the header has.";
    UnknownColumn = "B103", "a column that does not exist",
        "Rename the column or take it out.";
    MissingColumn = "B104", "a required column is missing",
        "Add the column to the header and to every row.";
    DuplicateColumn = "B105", "two columns with one name",
        "Rename one of the two columns, or take it out.";
    InvalidEncoding = "B106", "bytes that are not text in the declared encoding",
        "Save the file as UTF-8, or name its `encoding` under `[csv]`.";
    ControlCharacter = "B107", "a control character in a table or text",
        "Remove the character.";
    EmptyTable = "B108", "a table without a header",
        "Write the names of the columns in the first row.";
    BadNumber = "B109", "a cell that is not a number",
        "Write digits, with a decimal point where there are decimals: `44`, `3.64`.";
    UnclosedQuote = "B110", "a quoted cell that is never closed",
        "Close the cell with `\"`.";
    EmptyCell = "B111", "a cell that must not be empty",
        "Fill the cell.";

    TableUnread = "B113", "a table that nothing reads",
        "Give it the name and the folder of a table that is read, or take it away.";
    DecodedTwice = "B112", "letters that were decoded twice",
        "Take the text again from where it was whole, and save it as UTF-8; or type the letters anew.";

    // Codebook and data.
    UnknownQuestionType = "B201", "a question type that does not exist",
        "Write a type of XLSForm, such as `select_one LIST`.";
    UnknownChoiceList = "B202", "a list of choices that does not exist",
        "Add the list to `data/codebook/choices.csv`.";
    DuplicateName = "B203", "one name used twice",
        "Rename one of the two, or take it out.";
    EmptyLabel = "B204", "a question, a choice or a term without its words",
        "Write the words that readers see.";
    BadParameters = "B205", "parameters that cannot be read",
        "Write `start=0 end=10 step=1` for a range, `max=3` for a ranking.";
    UnbalancedGroup = "B206", "a group that is not opened or not closed",
        "Give every `begin_group` its `end_group`.";
    UnknownRole = "B207", "a role of a choice that does not exist",
        "Leave the cell empty, or write `other`, `none`, `dont_know`, `refused` or `not_applicable`.";
    SlugClash = "B208", "two keys that would have the same address",
        "Rename one, so that they differ in letters or digits.";
    BadPercentage = "B209", "a percentage below 0 or above 100",
        "Write percent from 0 to 100: 44 for 44 %.";
    UnknownUnit = "B210", "a unit that does not exist",
        "Write `percent`, `score`, `count`, `points` or `rank`.";
    DuplicateFigure = "B211", "a published figure given twice",
        "Keep one of the two rows.";
    UnknownSource = "B212", "a source that `data/sources.csv` does not have",
        "Add the source to `data/sources.csv`.";
    BadFrame = "B213", "a frame that does not add up",
        "Give every stratum once, with a whole number of units.";
    UnknownQuestionInData = "B214", "data for a question that the codebook does not have",
        "Add the question to `data/codebook/survey.csv`.";
    UnknownItemInData = "B215", "data for an option that the question does not have",
        "Add the option to `data/codebook/choices.csv`.";
    UnknownGroupInData = "B216", "data for a group that the breakdown does not have",
        "Add the group to `data/codebook/choices.csv`.";
    UnitDoesNotFit = "B217", "a unit that the type of the question cannot have",
        "Write a unit that the type of the question has.";
    NotABreakdown = "B218", "a cut by a question that is not a breakdown",
        "Mark the question with `breakdown` = `yes` in the codebook.";

    BadTile = "B219", "a map of tiles with a group missing, given twice or out of place",
        "Give every group of the breakdown one row of its own place.";

    DuplicateRespondent = "B230", "one respondent in two rows",
        "Keep one row for each respondent.";
    BadWeight = "B231", "a weight that is missing or below 0",
        "Give every respondent a weight of 0 or more.";
    SampleExceedsPopulation = "B232", "a sample larger than its population",
        "Correct the size of the population, or the stratum of the respondents.";
    UnknownStratum = "B233", "a stratum that the frame does not have",
        "Add the stratum to the frame, or correct its name.";
    RankedTwice = "B234", "an option ranked twice, or a rank left out",
        "The higher rank is kept; correct the row if it is a slip.";
    UndeclaredColumn = "B235", "columns that the codebook does not have",
        "Add them to the codebook if they are questions; they are not used.";
    QuestionWithoutColumn = "B236", "a question that no column answers",
        "Add the column, or take the question out of the codebook.";
    LonelyStratum = "B237", "a stratum with a single sampled unit",
        "Merge the stratum with a neighbour.";
    CannotRake = "B238", "weights that cannot be raked",
        "Check the margins: every level must be in the sample, and the totals must agree.";
    OutOfRange = "B239", "a number outside the range of its question",
        "Correct the number, or the `parameters` of the question.";
    PopulationVaries = "B240", "a size of the population that varies within a stratum",
        "Give every row of a stratum the same size of the population.";

    AnswersTwice = "B241", "the answers of a wave given twice",
        "Keep `responses.csv` or `tally.csv`.";
    TallyBroken = "B242", "a tally that cannot be one",
        "Run the query that `barometer sql` prints and take all of its rows.";

    // Chapters.
    NoChapters = "B301", "a language without chapters",
        "Write a chapter in the folder of the language.";
    FrontMatterMissing = "B302", "a chapter without front matter",
        "Begin the file with `+++`, a line `title = \"…\"`, and `+++`.";
    TitleMissing = "B303", "a chapter without a title",
        "Add `title = \"…\"` to the front matter.";
    AddressTaken = "B304", "two pages at one address",
        "Rename one of the two files.";
    BrokenLink = "B305", "a link to a page that does not exist",
        "Link to a chapter by the name of its file.";
    BrokenAnchor = "B306", "a link to a heading or figure that does not exist",
        "Link to a heading or figure of the page.";
    ImageMissing = "B307", "an image that does not exist",
        "Put the image beside the chapter.";
    ImageWithoutText = "B308", "an image without alternative text",
        "Say between the brackets what the image tells.";
    DuplicateAnchor = "B309", "one anchor used twice on a page",
        "Give one of them another anchor.";
    RawHtml = "B310", "raw HTML in a chapter",
        "Write it in Markdown.";
    HeadingLevel = "B311", "a heading that skips a level or repeats the title",
        "Begin at `##` and go down one level at a time.";
    ReservedAddress = "B312", "an address that the program or Windows keeps for itself",
        "Give the file or the figure another name.";
    FootnoteMissing = "B313", "a footnote that nobody wrote",
        "Write it in a line of its own: `[^name]: …`.";
    LinkWithoutWords = "B314", "a link without words",
        "Write them between its square brackets.";
    NeverClosed = "B315", "a chart block or a comment that is never closed",
        "Close a chart block with three backticks, a comment with `-->`.";
    NotAChart = "B316", "a code block that was meant to be a chart",
        "Begin the block with three backticks and `chart`.";
    FootnoteUnused = "B317", "a note to which no sign in the text leads",
        "Put its sign into the text, `[^name]`, or take the note out.";
    TableBroken = "B318", "a table whose rows have not as many cells as its header",
        "Give every row as many cells as the header has; `\\|` is a bar in a cell.";
    NotAChapter = "B319", "a text that is not where chapters are",
        "Put it into the folder of a language: `content/fr/name.md`.";
    CardFigure = "B320", "a figure that cannot stand on the card of a chapter",
        "Name a figure of the chapter in `image_figure` by its id, or take the key out.";
    HeadingEmpty = "B322", "a heading without words",
        "Write its words, or take it out.";
    SectionMissing = "B321", "a link to a section that the data did not write",
        "Link to a section that is there, or to the page.";

    // Languages beside each other.
    BindingLacking = "B330", "a number, claim or figure that the text of another language lacks",
        "Bind it in every language.";
    SectionsDiffer = "B331", "a chapter whose sections differ between languages",
        "Give the texts the same sections.";
    TranslationLacking = "B332", "a chapter without a text in one of the languages",
        "Write the chapter in this language.";
    BadAllowance = "B333", "a comment to `barometer` that cannot be read",
        "Write `<!-- barometer: allow B330 because … -->`.";
    AllowanceUnused = "B334", "a finding that is allowed, but not there",
        "Take the comment out.";

    // Figures and expressions.
    UnknownQuestion = "B402", "a question that the codebook does not have",
        "Name a question of `data/codebook/survey.csv`.";
    UnknownTopic = "B406", "a topic that the codebook does not have",
        "Name a topic of the codebook: what its column `topic` says, or a group of questions.";
    UnknownItem = "B403", "an item that the question does not have",
        "Name an option of the question.";
    UnknownBreakdown = "B404", "a breakdown that does not exist",
        "Name a question marked as `breakdown` in the codebook.";
    UnknownGroup = "B405", "a group that the breakdown does not have",
        "Name an option of the breakdown.";
    KindDoesNotFit = "B407", "a kind of chart that cannot show the question",
        "Take out `kind`: the program chooses one that fits.";
    NothingPublished = "B408", "a number that no data give",
        "Add the number to the data, or take the expression out.";
    ExpressionSyntax = "B409", "an inline expression that cannot be read",
        "Write an expression as `{{ share(q=\"themes\", item=\"energy\") }}`.";
    UnknownFunction = "B410", "an inline expression that does not exist",
        "Write one of the functions that `report.md` of the manual lists.";
    UnknownArgument = "B411", "an argument that the expression does not take",
        "Take the argument out.";
    MissingArgument = "B412", "an argument that the expression needs",
        "Add the argument.";
    ClaimRefused = "B413", "a claim that the data do not carry",
        "Write what the data carry.";
    DuplicateFigureId = "B414", "two figures with one id",
        "Give one of them another `id`.";
    EmptyFigure = "B415", "a figure without any number",
        "Add numbers to the data, or take the block out.";
    EstimatorDoesNotFit = "B416", "an estimator that the question cannot have",
        "Take out `estimator`: the program chooses one that fits.";
    SimulatedOnHome = "B417", "a number from simulated answers on the home page",
        "Put it into a chapter, which says what it is, or take it out.";

    // Theme.
    ThemeMissing = "B501", "a theme that does not exist",
        "Name a folder of `themes/`, or leave `theme` out.";
    StringMissing = "B502", "a string of the interface that is missing",
        "Add the string to the strings file of the theme.";
    TemplateMissing = "B503", "a template that is missing",
        "Write the template; `theme.md` of the manual says what it is given.";
    TemplateSyntax = "B504", "a template that cannot be read",
        "Mend the template; it is written in Tera.";
    TemplateFailed = "B505", "a template that fails",
        "`theme.md` of the manual lists what a template is given.";
    StringUnknown = "B506", "a string that nothing uses",
        "Take the string out, or correct its name.";
    FaintColour = "B507", "a colour of drawings that is too close to what is behind it",
        "Take a darker or a paler one.";

    // The finished site.
    OutputInsideSources = "B601", "an output folder inside the sources",
        "Choose another folder with `--out`.";
    OutputNotOurs = "B602", "an output folder with files that `barometer` did not write",
        "Choose an empty folder with `--out`.";
    DeadReference = "B603", "a page that refers to a file or anchor that does not exist",
        "Look in the templates of the theme.";
    DuplicateId = "B604", "a page with one id used twice",
        "Rename the heading, or change the template that writes the id.";

    // Imports and new reports.
    ImportUnreadable = "B701", "a file that is no export",
        "Give an export as CSV or `.xlsx`.";
    ImportBroken = "B702", "records that do not fit their header",
        "Export the file again, or name the delimiter with `--delimiter`.";
    ImportNothingLeft = "B703", "an import without respondents",
        "Export the answers again.";
    ImportRepeat = "B704", "rows of a repeated group",
        "Give the main table of the export.";
    ImportColumn = "B705", "a column that the export does not have",
        "Name a column of the export as its first row has it.";
    ImportOtherAnswers = "B706", "other answers are there already",
        "Name another wave with `--wave`, or replace the answers with `--replace`.";
    ImportCharacters = "B707", "characters that cannot be read",
        "Name the encoding with `--encoding`, or export as UTF-8.";
    ImportHeaders = "B708", "several columns with one name",
        "Look at their names in the codebook.";
    ImportSpelling = "B709", "spellings that count as one option",
        "Mend the export if they are two answers.";
    ImportFiles = "B710", "files that cannot be imported together",
        "Import one export of answers at a time.";
    FileThere = "B712", "a file that is there already",
        "Choose an empty folder.";
    AnswersCollected = "B713", "made-up answers for a wave of collected ones",
        "Write `responses = \"simulated\"` under the wave in `barometer.toml`.";
    FileMissing = "B714", "a file that is not there",
        "Name a file that is there.";
    ImportLabels = "B715", "a codebook that names codes otherwise than the answers",
        "Look whether the codebook is of this edition.";
    ImportCounts = "B716", "a table of counts in place of respondents",
        "Write the numbers into `data/<wave>/published.csv`, one a row.";
    ImportMerged = "B717", "an answer in merged cells over several columns",
        "Unmerge the cells and write the answer into each column that it answers.";
    ImportTwice = "B718", "a file that is given twice",
        "Name each file once.";
    ImportUnsound = "B711", "an import that could not be read back",
        "Report it with the header of the export.";

    // What `check` says of a report that can be built.
    NumberTyped = "B801", "a number in the text that no expression binds to the data",
        "Write an expression in its place, or say why it is typed.";
    FindingMissing = "B802", "a figure whose author wrote no finding",
        "Give the block a `title` that says what the figure shows.";
    FigureMissing = "B803", "a chapter on a topic without a figure",
        "Show the numbers with a chart block, or take `topic` out.";
    SummaryMissing = "B804", "a chapter without a summary",
        "Write `summary = \"…\"` in its front matter: search engines, cards and lists show it.";
    QuestionUntold = "B805", "a question with results that no chapter tells of",
        "Tell of it, or leave it to the results pages.";
    SentenceLong = "B806", "a sentence too long for a public text",
        "Make two of it.";
    SignificantUntested = "B807", "a word that promises a test where nothing was tested",
        "Bind the sentence with `versus`, `claim`, `change` or `difference`, or choose another word.";
    TranslationOlder = "B808", "a translation older than its original",
        "Look it through, then write the day in `updated`.";
    FileUnused = "B809", "a file beside the chapters that nothing uses",
        "Link to it, or take it away.";
    LowBaseQuoted = "B810", "a number from few answers, quoted without care",
        "Say how many answered, or that the number is no more than an order of magnitude.";
    AlternativeRepeats = "B811", "an alternative text that says what stands beside the image",
        "Say what the image shows, for those who do not see it.";
    LinkDead = "B812", "a link to another site where nothing answers",
        "Correct the address, or link to a copy in an archive.";
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
