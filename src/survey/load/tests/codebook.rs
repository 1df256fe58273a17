//! Questions and options.

use super::{CHOICES, FIGURES, LISTS, QUESTIONS, SHEET, mistakes, outcome, survey};
use crate::config::{Language, Text};
use crate::survey::{QuestionKind, Role};

#[test]
fn a_codebook_is_read_as_its_authors_wrote_it() {
    let codebook = survey(&[]).codebook;
    let (fr, nl) = (Language::new("fr").unwrap(), Language::new("nl").unwrap());

    let themes = codebook.question("themes").unwrap();
    assert_eq!(themes.label.get(&nl), "Welke thema's?");
    assert_eq!((themes.short.get(&fr), themes.short.get(&nl)), ("Thèmes", "Welke thema's?"));
    assert_eq!(themes.topic.as_deref(), Some("work"));
    assert_eq!(themes.comparable_from.as_ref().unwrap().as_str(), "2018");
    assert_eq!(themes.option("none").unwrap().role, Role::None);
    assert_eq!(themes.option("energy").unwrap().label.get(&fr), "Énergie");
    assert!(codebook.question("region").unwrap().breakdown);
    assert_eq!(codebook.question("human").unwrap().topic.as_deref(), Some("factors"));
    assert!(matches!(codebook.question("clear").unwrap().kind, QuestionKind::Likert(_)));
    assert!(matches!(
        codebook.question("order").unwrap().kind,
        QuestionKind::Ranking { places: 2, .. }
    ));
    let (group, members) = codebook.battery("factors").unwrap();
    assert_eq!((group.label.get(&nl), members.len()), ("Factoren", 2));
    assert!(codebook.battery("work").is_none());
}

#[test]
fn a_scale_counts_its_answers_alone() {
    let codebook = survey(&[]).codebook;

    let scores: Vec<_> = codebook
        .question("clear")
        .unwrap()
        .options()
        .iter()
        .map(|option| (option.key.as_str().to_owned(), option.score.to_string()))
        .collect();

    let expected = [("no", "1"), ("dk", "0"), ("yes", "2")];
    assert_eq!(scores, expected.map(|(key, score)| (key.to_owned(), score.to_owned())));
}

#[test]
fn every_mistake_of_the_questions_is_told() {
    let found = mistakes(
        QUESTIONS,
        "type,name,label::fr,label::nl,parameters,breakdown,comparable_from\n\
         select_on region,region,R,R,,,\n\
         select_one regions,b,B,B,,,\n\
         integer,c,,C,,yes,2016\n\
         range,d,D,D,start=10 end=0,,\n\
         range,e,E,E,from=0 end=10,,\n\
         rank themes,f,F,F,max=9,maybe,\n\
         integer,c,C,C,,,\n\
         integer,C!,C,C,,,\n\
         end_group,,,,,,\n\
         begin_group,g,G,G,,,\n\
         select_one region or_other,h,H,H,,,\n\
         select_one,i,I,I,,,\n\
         ,j,J,J,,,\n\
         integer,,K,K,,,\n",
    );

    assert_eq!(
        found,
        [
            "2:1 B201 `select_on region` is not a type of question. Did you mean `select_one`?",
            "3:1 B202 `regions` is not a list of `data/codebook/choices.csv`. Did you mean `region`?",
            "4:10 B204 the question `c` has no `label` in `fr`.",
            "4:15 B006 a breakdown by a question that is not `select_one`. Write `yes` for a question by which respondents are grouped, else nothing.",
            "4:19 B010 `2016` is not a wave of `barometer.toml`. Did you mean `2017`?",
            "5:13 B205 a range without a `start`, a greater `end` and a `step` that fits. Write `start=0 end=10 step=1` for a range, `max=3` for a ranking.",
            "6:13 B205 `from=0` is not a parameter of this type. Write `start=0 end=10 step=1` for a range, `max=3` for a ranking.",
            "7:19 B205 `max` is 9, not a number from 1 to 3. Write `start=0 end=10 step=1` for a range, `max=3` for a ranking.",
            "8:9 B203 the name `c` is given twice.",
            "9:9 B208 the questions `c` and `C!` would both have the address `c`. Rename one, so that they differ in letters or digits.",
            "10:1 B206 no group is open here.",
            "11:13 B206 the group `g` is not closed. Add a row of type `end_group` after its last question.",
            "12:1 B201 `or_other` is not taken. Add an option with the role `other` to the list `region`.",
            "13:1 B201 `select_one` names no list. Write `select_one` and the name of a list of `choices.csv`.",
            "14:1 B111 `type` is empty.",
            "15:8 B111 `name` is empty.",
        ]
    );
}

/// A row with too many cells may have opened or closed a group.
#[test]
fn a_row_that_is_ragged_makes_no_group_unbalanced() {
    for ragged in [0, 2] {
        let mut rows = ["begin_group,g,G,G", "integer,c,C,C", "end_group,,,"].map(str::to_owned);
        rows[ragged].push_str(",too,many");
        let sheet = format!("type,name,label::fr,label::nl\n{}\n", rows.join("\n"));

        let found = mistakes(QUESTIONS, &sheet);

        assert!(found.iter().any(|told| told.contains("B102")), "{found:?}");
        assert!(!found.iter().any(|told| told.contains("B206")), "{found:?}");
    }
}

#[test]
fn a_broken_question_is_told_once() {
    let sheet = SHEET.replace("select_multiple themes,", "select_multi themes,");
    let figures = format!("{FIGURES}themes,energy,all,all,44,percent,,book,\n");

    let found = outcome(&[(QUESTIONS, &sheet), ("data/2018/published.csv", &figures)]);

    assert_eq!(found.unwrap_err().all().len(), 1);
}

#[test]
fn every_mistake_of_the_options_is_told() {
    let text = LISTS.replace("none,\n", "non,\n")
        + "region,flanders,F,F,,\nagree,Yes,O,J,,\nagree,maybe,,P,,7\n,x,X,X,,\n";

    let found = mistakes(CHOICES, &text);

    assert_eq!(
        found,
        [
            "6:24 B207 `non` is not a role of an option. Did you mean `none`?",
            "7:7 B111 the option `no` has no `score`, others of its list have.",
            "9:7 B111 the option `yes` has no `score`, others of its list have.",
            "10:8 B203 the option `flanders` is given twice in its list.",
            "11:7 B111 the option `Yes` has no `score`, others of its list have.",
            "11:7 B208 the options `yes` and `Yes` would both have the address `yes`. Rename one, so that they differ in letters or digits.",
            "12:12 B204 the option `maybe` has no `label` in `fr`.",
            "13:1 B111 `list_name` is empty.",
        ]
    );
}

#[test]
fn a_missing_translation_of_a_label_warns() {
    let sheet = SHEET.replace("Welke thema's?", "");

    let warnings = outcome(&[(QUESTIONS, &sheet)]).unwrap().warnings;

    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0].message(), "the question `themes` has no `label` in `nl`");
}

#[test]
fn a_codebook_of_kobo_is_read() {
    let sheet = "type;name;label::French (fr);label::Dutch (nl);hint;required;$kuid;breakdown;bind::odk:length\n\
        start;start;;;;;;;\n\
        select_one region;region;Région ?;Gewest?;;true;x;yes;\n\
        note;hello;Bonjour;Dag;;;;;\n";

    let codebook = survey(&[(QUESTIONS, sheet)]).codebook;

    assert_eq!(codebook.questions().len(), 1);
    assert!(matches!(codebook.questions()[0].label, Text::ByLanguage(_)));
}

#[test]
fn a_column_without_a_language_is_told() {
    let found = mistakes(QUESTIONS, &SHEET.replace("label::nl", "label::Dutch"));

    assert_eq!(
        found,
        [
            "1:1 B008 the column `label::nl` is missing. Add `label::nl`, or `label` for all languages.",
            "1:21 B007 `label::Dutch` does not name a language. Write one of `fr`, `nl`. Write its tag: `label::fr` or `label::French (fr)`.",
        ]
    );
}
