//! What an author is told about `responses.csv`: every mistake at once, with
//! its cell and the way out.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use barometer::diag::{Diagnostic, Outcome};
use barometer::sources::Sources;
use barometer::survey::{Answers, Survey};
use barometer::{config, survey};

const SHEET: &str = "type,name,label,parameters,breakdown\n\
    select_one region,region,R,,yes\nselect_one color,color,C,,\nselect_multiple tool,tool,T,,\n\
    rank tool,order,O,max=2,\nrange,score,S,start=0 end=10 step=1,\n";
const LISTS: &str = "list_name,name,label,role\nregion,north,N,\nregion,south,S,\n\
    color,rouge,R,\ncolor,bleu,B,\ntool,saw,S,\ntool,axe,A,\ntool,dk,D,dont_know\n";
const DESIGN: &str =
    "id = \"id\"\nstrata = \"region\"\nweight = \"w\"\npopulation-size = \"data/frame.csv\"\n";
const FRAME: &str = "region,N\nnorth,4\nsouth,9\n";
const HEADER: &str = "id,region,w,color,tool_saw,tool_axe,tool_dk,order_1,order_2,score\n";

fn outcome(design: &str, files: &[(&str, &str)]) -> Outcome<Survey> {
    let settings = format!(
        "[site]\ntitle = \"A\"\nlanguages = [\"en\"]\nurl = \"https://a.be/\"\n[survey]\nname = \"A\"\nwaves = [\"w\"]\nbreakdowns = [\"region\"]\n[design]\n{design}"
    );
    let mut sources = Sources::from_iter([
        ("barometer.toml", settings.as_bytes()),
        ("data/codebook/survey.csv", SHEET.as_bytes()),
        ("data/codebook/choices.csv", LISTS.as_bytes()),
        ("data/frame.csv", FRAME.as_bytes()),
    ]);
    for (path, text) in files {
        sources.insert(*path, text.as_bytes());
    }
    let config = config::parse(&sources).whole().unwrap().value;
    survey::load(&sources, &config).whole()
}

fn line(one: &Diagnostic) -> String {
    let at = one.place().map(barometer::diag::Place::start);
    let at = at.map_or(String::new(), |at| format!("{}:{} ", at.line, at.column));
    let hints: Vec<_> = one.hints().iter().map(|hint| format!(" {hint}")).collect();
    format!("{at}{} {}.{}", one.code().id(), one.message(), hints.concat())
}

fn mistakes(rows: &str) -> Vec<String> {
    let csv = format!("{HEADER}{rows}");
    let found = outcome(DESIGN, &[("data/w/responses.csv", &csv)]).unwrap_err();
    found.all().iter().map(line).collect()
}

fn answers(rows: &str) -> (Vec<Answers>, Vec<String>) {
    let csv = format!("{HEADER}{rows}");
    let checked = outcome(DESIGN, &[("data/w/responses.csv", &csv)]).unwrap();
    let responses = checked.value.waves.into_iter().next().unwrap().responses.unwrap();
    (responses.answers, checked.warnings.iter().map(line).collect())
}

#[test]
fn every_mistake_of_a_row_is_told_with_its_cell() {
    let found = mistakes(
        "1,north,1,Roug,2,0,0,saw,axe,11\n1,south,-1,bleu,,,,saw,,x\n3,south,,bleu,,,,,,\n",
    );

    assert_eq!(
        found,
        [
            "11:10 B237 strata with a single sampled unit: `north`. Merge each with a stratum that is like it.",
            "2:11 B215 `Roug` is not an option of `color`. Did you mean `rouge`?",
            "2:16 B215 `2` is neither `1` nor `0`. Write `1` for an option that was ticked and `0` for one that was not.",
            "2:30 B239 `11` is outside 0 to 10.",
            "3:1 B230 the respondent `1` has two rows. Keep one of them.",
            "3:9 B231 the weight `-1` is below 0.",
            "3:25 B109 `x` is not a number.",
            "4:8 B231 a respondent without a weight.",
        ]
    );
}

#[test]
fn a_sample_fits_its_population() {
    let rows = ["1", "2", "3", "4", "5"].map(|id| format!("{id},north,1,bleu,,,,,,1\n")).concat();

    let found = mistakes(&(rows + "9,west,1,bleu,,,,,,1\n"));

    assert!(
        found
            .iter()
            .any(|line| line.contains("B232 5 units were sampled of the 4 in stratum `north`")),
        "{found:?}"
    );
    assert!(
        found.iter().any(|line| line.contains("B233 the frame has no stratum `west`")),
        "{found:?}"
    );
    assert!(
        found.iter().any(|line| line.contains("B215 `west` is not an option of `region`")),
        "{found:?}"
    );
}

#[test]
fn an_unfilled_block_was_not_asked_and_an_empty_box_in_a_filled_one_is_no_tick() {
    let (answers, _) =
        answers("1,north,1,,,,,,,\n2,north,1,,1,,,,,\n3,south,1,,0,0,0,,,\n4,south,1,,,,1,,,\n");

    let Answers::Multiple(items) = &answers[2] else { panic!("a multiple choice") };
    let axe: Vec<_> = items[1].iter().collect();
    // The last ticked "don't know" alone, which is outside the base.
    assert_eq!(axe, [None, Some(0), Some(0), None]);
}

#[test]
fn an_option_ranked_twice_keeps_its_higher_rank() {
    let (answers, warnings) = answers(
        "1,north,1,,,,,saw,saw,\n2,north,1,,,,,,axe,\n3,south,1,,,,,,,\n4,south,1,,,,,axe,saw,\n",
    );

    let Answers::Ranking(items) = &answers[3] else { panic!("a ranking") };
    let ranks = |at: usize| items[at].iter().collect::<Vec<_>>();
    assert_eq!(ranks(0), [Some(1), Some(0), None, Some(2)]);
    assert_eq!(ranks(1), [Some(0), Some(2), None, Some(1)]);
    assert_eq!(
        warnings,
        [
            "2:15 B234 `saw` is ranked twice: the higher rank counts.",
            "3:14 B234 `axe` has rank 2, a rank before it is empty.",
        ]
    );
}

#[test]
fn columns_that_nothing_declares_are_one_warning() {
    let csv = "id,region,w,color,odd,strange\n1,north,1,bleu,x,y\n2,north,1,bleu,x,y\n3,south,1,,,\n4,south,1,,,\n";

    let warnings = outcome(DESIGN, &[("data/w/responses.csv", csv)]).unwrap().warnings;

    let lines: Vec<String> = warnings.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "1:1 B235 columns that the codebook does not have: `odd`, `strange`.",
            "1:1 B236 questions without a column: `tool`, `order`, `score`. They count as not asked in this wave.",
        ]
    );
}

#[test]
fn a_lonely_stratum_is_told() {
    let (_, warnings) = answers("1,north,1,,,,,,,\n2,south,1,,,,,,,\n3,south,1,,,,,,,\n");

    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].contains("B237 strata with a single sampled unit: `north`"));
}

#[test]
fn a_missing_design_column_is_told_where_it_is_named() {
    let csv = "id,region,color,tool,order,score\n1,north,bleu,saw axe,axe saw,3\n2,north,,,,\n";

    let found = outcome(DESIGN, &[("data/w/responses.csv", csv)]).unwrap_err();

    assert_eq!(found.all().len(), 1);
    assert_eq!(found.all()[0].message(), "`w` is not a column of the responses");
    assert_eq!(found.all()[0].place().unwrap().path(), "barometer.toml");
}

#[test]
fn margins_that_cannot_be_met_are_told() {
    let design = "id = \"id\"\nrake = \"data/margins.csv\"\n";
    let margins = "variable,level,total\nregion,north,5\nregion,south,5\nregion,east,1\ncolor,rouge,6\ncolor,bleu,6\n";
    let csv = format!("{HEADER}1,north,1,rouge,,,,,,\n2,south,1,bleu,,,,,,\n3,south,1,,,,,,,\n");

    let files = [("data/w/responses.csv", csv.as_str()), ("data/margins.csv", margins)];
    let found = outcome(design, &files).unwrap_err();

    let messages: Vec<&str> = found.all().iter().map(Diagnostic::message).collect();
    for expected in [
        "the totals of `color` add up to 12, those of `region` to 11",
        "nobody in the sample is `east` of `region`",
        "`color` is empty",
    ] {
        assert!(messages.contains(&expected), "{messages:?}");
    }
}
