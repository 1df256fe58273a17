//! As spelled → as meant, all mistakes at once: `barometer.toml` as a whole,
//! and its small tables. Each large one is read in a file of its name.

use super::keys::{DECIMALS, DELIMITERS, ENCODINGS, SETTINGS, SIMULATED};
use super::named::names;
use super::site::site;
use super::statistics::{publish, statistics};
use super::survey::survey;
use super::toml::{Spelled, Table};
use super::wave::{design, waves};
use super::{
    Config, CsvSettings, Design, Figures, Language, Publish, RawHtml, Simulated, Statistics,
    SurveySettings, Text, WaveSettings,
};
use crate::diag::{Code, Diagnostic, Findings, Partial, Place};
use crate::sources::{Sources, warning_of_twice};

const PATH: &str = "barometer.toml";

/// Reads `barometer.toml`.
pub fn parse(sources: &Sources) -> Partial<Config> {
    let mut found = Findings::default();
    let source = match sources.text(PATH) {
        Some(Ok(source)) => source,
        other => {
            found.push(other.and_then(Result::err).unwrap_or_else(|| missing(sources)));
            return Partial { value: None, found };
        }
    };
    found.extend(warning_of_twice(&source));
    let Some(mut root) = Table::parse(&source, 0..source.text().len(), &SETTINGS, &mut found)
    else {
        return Partial { value: None, found };
    };
    root.complete(&mut found);
    let start = Place::file(&source);
    let site = root.table("site", &mut found).and_then(|table| site(table, &start, &mut found));
    let Some(site) = site else {
        // The other tables are read for the languages alone: their texts
        // cannot be judged without them, but their keys can.
        rest(root, &[], &Text::Same(String::new()), &mut found);
        return Partial { value: None, found };
    };
    let rest = rest(root, &site.languages, &site.title, &mut found);
    let config = Config {
        site,
        survey: rest.survey,
        waves: rest.waves,
        statistics: rest.statistics,
        csv: rest.csv,
        simulated: rest.simulated,
        publish: rest.publish,
        figures: rest.figures,
        longest_sentence: rest.longest_sentence,
        raw_html: rest.raw_html,
    };
    Partial { value: Some(config), found }
}

fn missing(sources: &Sources) -> Diagnostic {
    let here = sources.all().next().is_some();
    Diagnostic::error(Code::SettingsMissing, "there is no `barometer.toml` in this folder").hint(
        if here {
            "Add `barometer.toml` with a `[site]` that has `title` and `languages`."
        } else {
            "Name the folder of the report, or make one with `barometer new`."
        },
    )
}

/// Words of a sentence beyond which readers of a public text lose the thread.
const LONGEST_SENTENCE: u32 = 40;

/// Everything but `[site]`.
struct Rest {
    survey: SurveySettings,
    waves: Vec<WaveSettings>,
    statistics: Statistics,
    csv: CsvSettings,
    simulated: Simulated,
    publish: Publish,
    figures: Figures,
    longest_sentence: u32,
    raw_html: RawHtml,
}

fn rest(mut root: Table, languages: &[Language], title: &Text, found: &mut Findings) -> Rest {
    let survey_table = root.table("survey", found);
    let (survey, keys) = survey(survey_table, languages, title, found);
    let shared = root.table("design", found);
    let shared = shared.map(|table| design(table, Design::default(), found)).unwrap_or_default();
    let waves_table = root.table("waves", found);
    let waves = waves(waves_table, keys, &shared, languages, found);
    let statistics_table = root.table("statistics", found);
    let statistics = statistics(statistics_table, found);
    let simulated = root.table("provenance", found).and_then(|mut table| {
        let simulated = table.choice("simulated", &SIMULATED, found);
        table.finish(found);
        simulated
    });
    let publish = root.table("data", found).and_then(|table| publish(table, &statistics, found));
    let figures = root.table("figures", found).map(|mut table| {
        let png = table.boolean("png", found).is_some_and(|png| png.value);
        table.finish(found);
        Figures { png }
    });
    let kept = root.table("markdown", found).is_some_and(|mut table| {
        let html = table.boolean("html", found).is_some_and(|html| html.value);
        table.finish(found);
        html
    });
    let longest = root.table("check", found).and_then(|mut table| {
        let longest = table.count("longest-sentence", found);
        table.finish(found);
        longest
    });
    let csv_table = root.table("csv", found);
    let csv = csv_table.map(|table| csv(table, found)).unwrap_or_default();
    root.finish(found);
    Rest {
        survey,
        waves,
        statistics,
        csv,
        simulated: simulated.map(|one| one.value).unwrap_or_default(),
        publish: publish.map(|one| one.value).unwrap_or_default(),
        figures: figures.unwrap_or_default(),
        longest_sentence: longest.map_or(LONGEST_SENTENCE, |longest| longest.value),
        raw_html: if kept { RawHtml::Kept } else { RawHtml::Refused },
    }
}

fn csv(mut table: Table, found: &mut Findings) -> CsvSettings {
    let encoding = table.choice("encoding", &ENCODINGS, found).map(|one| one.value);
    let delimiter = table.choice("delimiter", &DELIMITERS, found).map(|one| one.value);
    let decimal = table.choice("decimal", &DECIMALS, found);
    let clash = decimal.as_ref().filter(|one| one.value == ',' && delimiter == Some(b','));
    if let Some(Spelled { place, .. }) = clash {
        found.push(
            Diagnostic::error(Code::BadValue, "the comma cannot separate cells and decimals")
                .at(place.clone())
                .hint("Write `decimal = \".\"`, or `delimiter = \";\"`."),
        );
    }
    let settings = CsvSettings {
        encoding,
        delimiter,
        // Numbers that the one of them spoils are no further mistakes.
        decimal: decimal.as_ref().filter(|_| clash.is_none()).map(|one| one.value),
        missing: names(&mut table, "missing", found).into_iter().map(|one| one.name).collect(),
    };
    table.finish(found);
    settings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Estimators, LonelyStratum, Population};

    const SITE: &str =
        "[site]\ntitle = \"A\"\nlanguages = [\"fr\", \"nl\"]\nurl = \"https://a.be\"\n";

    fn outcome(text: &str) -> crate::diag::Outcome<Config> {
        parse(&Sources::from_iter([(PATH, text.as_bytes().to_vec())])).whole()
    }

    fn config(more: &str) -> Config {
        outcome(&format!("{SITE}{more}")).unwrap().value
    }

    fn mistakes(text: &str) -> Vec<String> {
        lines(outcome(text).unwrap_err().all())
    }

    fn lines(found: &[Diagnostic]) -> Vec<String> {
        let line = |one: &Diagnostic| {
            let at = one.place().map(Place::start);
            let at = at.map_or(String::new(), |at| format!("{}:{} ", at.line, at.column));
            let hints: Vec<_> = one.hints().iter().map(|hint| format!(" {hint}")).collect();
            format!("{at}{} {}.{}", one.code().id(), one.message(), hints.concat())
        };
        found.iter().map(line).collect()
    }

    #[test]
    fn a_small_file_gets_the_defaults() {
        let config = config("");

        assert_eq!(config.site.url.as_deref(), Some("https://a.be/"));
        assert_eq!(config.site.theme.name, "barometer");
        assert_eq!(config.survey.name, Text::Same("A".to_owned()));
        assert!(config.waves.is_empty());
        assert_eq!(
            config.statistics,
            Statistics {
                confidence: 0.95,
                hide_below: 5,
                caution_below: 30,
                protect_certain_below: 10,
                test_fpc: false,
                estimators: Estimators::Suited,
            }
        );
    }

    #[test]
    fn every_key_is_read_as_its_list_says() {
        crate::config::proof::read_as_listed(&SETTINGS, |text| {
            let sources = Sources::from_iter([(PATH, text.as_bytes().to_vec())]);
            parse(&sources).found.settle(())
        });
    }

    #[test]
    fn no_file_is_one_mistake() {
        let mistakes = parse(&Sources::default()).whole().unwrap_err();

        assert_eq!(mistakes.all().len(), 1);
        assert_eq!(mistakes.all()[0].code(), Code::SettingsMissing);
    }

    #[test]
    fn all_mistakes_are_reported_at_once() {
        let found = mistakes(
            "[site]\ntitel = \"A\"\nlanguages = [\"fr\"]\nurl = \"example.org\"\npublished = 5\n\
             [survey]\nwaves = [\"2018\"]\n[waves.2019]\n[statistics]\nconfidence = 95\n\
             [data]\npublish = \"all\"\n[csv]\nencoding = \"latin1\"\n",
        );

        assert_eq!(
            found,
            [
                "1:1 B005 `title` is missing in `[site]`. Add `title = …` in `[site]`.",
                "2:1 B003 `titel` is not a key of `[site]`. Did you mean `title`?",
                "4:7 B006 `example.org` is not the address of a site. Write it whole, without `?` and `#`: `https://example.org/barometer/`.",
                "5:13 B004 `published` is a whole number, not a date such as `2018-06-14`.",
                "8:8 B010 `2019` is not a wave of `[survey] waves`. Did you mean `2018`?",
                "10:14 B006 a confidence of 95 is not between 0 and 1. Write `confidence = 0.95`.",
                "12:11 B006 `all` is not a value of `publish`. Write one of `results`, `microdata`, `nothing`.",
                "14:12 B006 `latin1` is not a value of `encoding`. Write one of `utf-8`, `utf-16`, `windows-1252`, `macintosh`.",
            ]
        );
    }

    #[test]
    fn a_missing_translation_warns_and_a_missing_default_stops() {
        let warned = outcome(&format!("{SITE}[survey]\nname = {{ fr = \"B\" }}\n")).unwrap();
        let stopped = mistakes(&format!("{SITE}[survey]\nname = {{ nl = \"B\" }}\n"));

        assert_eq!(
            lines(&warned.warnings),
            [
                "6:8 B008 `name` has no text in `nl`. Add `nl = …`; until then another language stands in."
            ]
        );
        assert_eq!(
            stopped,
            ["6:8 B008 `name` has no text in `fr`, the first language of the site. Add `fr = …`."]
        );
    }

    #[test]
    fn a_language_that_is_not_published_yet_is_no_mistake() {
        let outcome =
            outcome(&format!("{SITE}description = {{ fr = \"a\", nl = \"b\", en = \"c\" }}\n"));

        assert!(outcome.unwrap().warnings.is_empty());
    }

    #[test]
    fn a_site_without_an_address_warns() {
        let checked = outcome("[site]\ntitle = \"A\"\nlanguages = [\"fr\"]\n").unwrap();

        assert_eq!(checked.warnings[0].code(), Code::SiteUrlMissing);
    }

    #[test]
    fn a_wave_overrides_parts_of_the_design() {
        let config = config(
            "[survey]\nwaves = [\"2017\", \"2018\"]\n[design]\nid = \"id\"\nweight = \"w\"\npopulation-size = 589\n\
             [waves.2017.design]\nweight = \"w17\"\nlonely-stratum = \"average\"\n",
        );

        let [before, after] = &config.waves[..] else { panic!("two waves") };
        assert_eq!(before.design.id.as_ref().unwrap().name, "id");
        assert_eq!(before.design.weight.as_ref().unwrap().name, "w17");
        assert_eq!(before.design.lonely, LonelyStratum::Average);
        assert_eq!(after.design.weight.as_ref().unwrap().name, "w");
        assert!(matches!(after.design.population, Some(Population::Total(589))));
    }

    #[test]
    fn the_respondent_has_plural_forms() {
        let config = config(
            "[survey]\nunit = { fr = { one = \"commune\", other = \"communes\" }, nl = \"gemeenten\" }\n",
        );

        let unit = config.survey.unit.unwrap();
        let (fr, nl) = (Language::new("fr").unwrap(), Language::new("nl").unwrap());
        assert_eq!(unit[&fr].get("one"), "commune");
        assert_eq!(unit[&fr].get("many"), "communes");
        assert_eq!(unit[&nl].get("one"), "gemeenten");
    }

    #[test]
    fn a_crossing_is_two_breakdowns() {
        let found = mistakes(&format!(
            "{SITE}[survey]\ncrossings = [\"region*nature\", \"region\", \"a*a\"]\n"
        ));

        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("6:31 B006 `region` is not a pair of breakdowns"));
    }

    #[test]
    fn fieldwork_does_not_end_before_it_starts() {
        let found = mistakes(&format!(
            "{SITE}[survey]\nwaves = [\"a\"]\n[waves.a]\nfieldwork = {{ from = 2018-04-30, to = 2017-10-01 }}\n"
        ));

        assert_eq!(
            found,
            [
                "8:39 B006 the fieldwork ends on 2017-10-01, before it starts. Exchange `from` and `to`, or correct one of them."
            ]
        );
    }

    #[test]
    fn without_languages_the_other_tables_are_still_read() {
        let found = mistakes("[site]\ntitle = \"A\"\nurl = \"https://a.be/\"\n[statistic]\n");

        assert_eq!(
            found,
            [
                "1:1 B005 `languages` is missing in `[site]`. Add `languages = …` in `[site]`.",
                "4:2 B003 `statistic` is not a key. Did you mean `statistics`?",
            ]
        );
    }
}
