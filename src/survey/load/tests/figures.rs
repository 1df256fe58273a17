//! Published figures.

use super::{FIGURES, SETTINGS, mistakes, survey};
use crate::config::{self, Text};
use crate::sources::Sources;
use crate::survey::{OptionKey, QuestionKey, Unit, load};

#[test]
fn published_figures_keep_their_decimals_and_base() {
    let survey = survey(&[(
        "data/2018/published.csv",
        &format!(
            "{FIGURES}themes,energy,all,all,44.0,percent,123,book,Arrondi.\nhuman,,region,wallonia,6.76,score,,book,\n"
        ),
    )]);

    let [energy, human] = &survey.waves[1].published[..] else { panic!("two figures") };
    assert_eq!((energy.value.value.to_string(), energy.value.digits), ("44".to_owned(), 1));
    assert_eq!((energy.n, energy.group.clone(), energy.unit), (Some(123), None, Unit::Percent));
    assert_eq!(energy.item, Some(OptionKey::new("energy")));
    assert_eq!(energy.note.as_deref(), Some(&Text::Same("Arrondi.".to_owned())));
    assert_eq!(human.item, None);
    assert_eq!(human.group, Some((QuestionKey::new("region"), OptionKey::new("wallonia"))));
}

#[test]
fn every_mistake_of_a_figure_is_told() {
    let found = mistakes(
        "data/2018/published.csv",
        &format!(
            "{FIGURES}theme,energy,all,all,44,percent,,book,\n\
             themes,enrgy,region,walonia,144,percents,x,bok,\n\
             themes,,province,liege,-4,percent,1.5,book,\n\
             human,energy,all,all,6,percent,,,\n\
             themes,energy,all,all,44,percent,,book,\n\
             themes,energy,all,all,45,percent,,book,\n\
             themes,energy,all,all,44 %,score,,book,\n"
        ),
    );

    assert_eq!(
        found,
        [
            "2:1 B214 `theme` is not a question of the codebook. Did you mean `themes`?",
            "3:8 B215 `enrgy` is not an option of `themes`. Did you mean `energy`?",
            "3:21 B216 `walonia` is not a group of `region`. Did you mean `wallonia`?",
            "3:33 B210 `percents` is not a unit. Did you mean `percent`?",
            "3:42 B109 `x` is not a number.",
            "3:44 B212 `bok` is not a source of `data/sources.csv`. Did you mean `book`?",
            "4:7 B215 the figure does not say which option of `themes`. Write one of `energy`, `mobility`, `none`.",
            "4:9 B218 `province` is not a breakdown. Write one of `region`, `all`.",
            "4:24 B209 -4 percent is not between 0 and 100.",
            "4:35 B109 `1.5` is not a whole number from 0.",
            "5:7 B215 `human` is a score, which has no options. Leave `item` empty.",
            "5:24 B217 `human` is a score, which has no `percent`. Write `score` or `count`.",
            "5:32 B111 `source` is empty.",
            "7:1 B211 this figure is given twice. Keep the row of the better source, and say in its `note` what the other gives.",
            "8:23 B109 `44 %` is not a number. Write `44`: the unit has its own column.",
            "8:28 B217 `themes` is a multiple choice, which has no `score`. Write `percent` or `count`.",
        ]
    );
}

#[test]
fn a_misspelt_column_has_its_nearest() {
    let found = mistakes(
        "data/2018/published.csv",
        "question,items,group_var,group,value,unit,n,source,note\n",
    );

    assert_eq!(found, ["1:10 B103 `items` is not a column of this table. Did you mean `item`?",]);
}

#[test]
fn a_percentage_that_is_no_number_is_not_offered_as_one() {
    let row = "themes,energy,all,all,1O4%,percent,,book,\n";

    let found = mistakes("data/2018/published.csv", &format!("{FIGURES}{row}"));

    assert_eq!(found, ["2:23 B109 `1O4%` is not a number."]);
}

#[test]
fn figures_without_a_codebook_are_one_mistake() {
    let sources = Sources::from_iter([
        ("barometer.toml", SETTINGS.replace("breakdowns = [\"region\"]\n", "").into_bytes()),
        ("data/2018/published.csv", FIGURES.as_bytes().to_vec()),
    ]);
    let config = config::parse(&sources).whole().unwrap().value;

    let mistakes = load(&sources, &config).whole().unwrap_err();

    assert_eq!(mistakes.all().len(), 1);
    assert_eq!(
        mistakes.all()[0].message(),
        "there is no `data/codebook/survey.csv`, but there is `data/2018/published.csv`"
    );
}
