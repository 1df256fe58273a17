//! As spelled → as meant, all mistakes at once.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::correction;
use super::keys::{
    DECIMALS, DELIMITERS, ENCODINGS, ESTIMATORS, LONELY, PUBLISH, RESPONSES, SETTINGS, SIMULATED,
};
use super::text::{PLURALS, check_translations, language};
use super::toml::{Entry, Spelled, Table, Value};
use super::{
    Config, CsvSettings, Design, Estimators, Figures, Forms, Language, Named, Population, Publish,
    RawHtml, Responses, Simulated, Site, Statistics, SurveySettings, Text, WaveSettings,
};
use crate::diag::{Code, Diagnostic, Findings, Partial, Place, did_you_mean};
use crate::markup::is_plain;
use crate::sources::Sources;

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

fn site(mut table: Table, start: &Place, found: &mut Findings) -> Option<Site> {
    table.complete(found);
    let languages = languages(&mut table, found);
    let known = languages.as_deref().unwrap_or_default();
    let title = text(&mut table, "title", known, found);
    let description = text(&mut table, "description", known, found);
    let place = table.place().clone();
    let has_address = table.has("url");
    let url = table.text("url", found).and_then(|url| address(&url, found));
    if !has_address {
        found.push(
            Diagnostic::warning(Code::SiteUrlMissing, "`url` is missing in `[site]`")
                .at(place)
                .hint("Add `url = \"https://…/\"`: without it there are no canonical addresses, no feed and no sitemap."),
        );
    }
    let author = filled(&mut table, "author", found);
    let license = filled(&mut table, "license", found);
    let published = table.date("published", found).map(|date| date.value);
    let version = filled(&mut table, "version", found);
    let contact =
        table.text("contact", found).and_then(|contact| correction::contact(contact, found));
    let corrections = correction::corrections(table.value("corrections"), known, published, found);
    let navigation = names(&mut table, "navigation", found);
    let theme = table
        .text("theme", found)
        .map_or_else(|| Named { name: "barometer".to_owned(), place: start.clone() }, Named::from);
    table.finish(found);
    Some(Site {
        title: title?,
        description,
        languages: languages?,
        url,
        author: author.map(|one| one.value),
        license: license.map(|one| one.value),
        published,
        version: version.map(|one| one.value),
        contact,
        corrections,
        navigation,
        theme,
    })
}

fn languages(table: &mut Table, found: &mut Findings) -> Option<Vec<Language>> {
    let list = table.value("languages")?;
    let place = list.place.clone();
    let Value::List(list) = list.value else {
        return list.refuse("languages", "a list of language tags", found);
    };
    let mut languages: Vec<Language> = vec![];
    let is_empty = list.is_empty();
    for one in list {
        let Some(tag) = one.text("languages", found) else { continue };
        match language(&tag, &[], found) {
            Some(language) if languages.contains(&language) => {
                found.push(
                    Diagnostic::error(Code::BadValue, format!("`{language}` is given twice"))
                        .at(tag.place),
                );
            }
            Some(language) => languages.push(language),
            None => {}
        }
    }
    if is_empty {
        found.push(
            Diagnostic::error(Code::BadValue, "`languages` names no language")
                .at(place)
                .hint("Write at least one: `languages = [\"fr\"]`."),
        );
    }
    (!languages.is_empty()).then_some(languages)
}

/// Gives the address with a `/` at its end.
fn address(url: &Spelled<String>, found: &mut Findings) -> Option<String> {
    let host = url.value.strip_prefix("https://").or_else(|| url.value.strip_prefix("http://"));
    let sound = host.is_some_and(|host| {
        !host.is_empty() && !host.starts_with('/') && !host.contains(['?', '#']) && is_plain(host)
    });
    if sound {
        let end = if url.value.ends_with('/') { "" } else { "/" };
        return Some(format!("{}{end}", url.value));
    }
    found.push(
        Diagnostic::error(Code::BadValue, format!("`{}` is not the address of a site", url.value))
            .at(url.place.clone())
            .hint("Write it whole, without `?` and `#`: `https://example.org/barometer/`."),
    );
    None
}

fn survey(
    table: Option<Table>,
    languages: &[Language],
    title: &Text,
    found: &mut Findings,
) -> (SurveySettings, Vec<Named>) {
    let mut survey = SurveySettings {
        name: title.clone(),
        unit: None,
        population: None,
        place: None,
        sponsor: None,
        conductor: None,
        funding: None,
        frame: None,
        wording: None,
        breakdowns: vec![],
        crossings: vec![],
    };
    let Some(mut table) = table else { return (survey, vec![]) };
    if let Some(name) = text(&mut table, "name", languages, found) {
        survey.name = name;
    }
    survey.unit = table.value("unit").and_then(|value| unit(value, languages, found));
    survey.population = text(&mut table, "population", languages, found);
    survey.place = text(&mut table, "place", languages, found);
    survey.sponsor = text(&mut table, "sponsor", languages, found);
    survey.conductor = text(&mut table, "conductor", languages, found);
    survey.funding = text(&mut table, "funding", languages, found);
    survey.frame = text(&mut table, "frame", languages, found);
    survey.wording = text(&mut table, "wording", languages, found);
    let waves = wave_keys(&mut table, found);
    survey.breakdowns = names(&mut table, "breakdowns", found);
    survey.crossings = names(&mut table, "crossings", found)
        .into_iter()
        .filter_map(|pair| crossing(&pair, found))
        .collect();
    table.finish(found);
    (survey, waves)
}

/// The respondent in words: a text, a table of plural forms, or one of
/// either for each language.
fn unit(
    value: Spelled<Value>,
    languages: &[Language],
    found: &mut Findings,
) -> Option<BTreeMap<Language, Forms>> {
    let place = value.place.clone();
    let same = |forms: Forms| languages.iter().map(|one| (one.clone(), forms.clone())).collect();
    let table = match value.value {
        Value::Table(table) if !table.has("other") => table,
        _ => return forms(value, found).map(same),
    };
    let mut units = BTreeMap::new();
    let mut is_whole = true;
    for entry in table.into_entries() {
        let Some(language) = language(&entry.key, languages, found) else { continue };
        match forms(entry.value, found) {
            Some(forms) => drop(units.insert(language, forms)),
            None => is_whole = false,
        }
    }
    // Forms that cannot be read are there all the same.
    if !is_whole {
        return None;
    }
    check_translations("unit", &place, languages, &units, found).then_some(units)
}

fn forms(value: Spelled<Value>, found: &mut Findings) -> Option<Forms> {
    let table = match value.value {
        Value::Text(text) => return Some(Forms(BTreeMap::from([("other".to_owned(), text)]))),
        Value::Table(table) => table,
        _ => return value.refuse("unit", "a text, or a table of plural forms", found),
    };
    table.require(&["other"], found);
    let mut forms = BTreeMap::new();
    for Entry { key, value } in table.into_entries() {
        if !PLURALS.contains(&key.value.as_str()) {
            found.push(
                Diagnostic::error(
                    Code::UnknownKey,
                    format!("`{}` is not a plural form", key.value),
                )
                .at(key.place)
                .hint_if(did_you_mean(&key.value, PLURALS)),
            );
        } else if let Some(text) = value.text("unit", found) {
            forms.insert(key.value, text.value);
        }
    }
    forms.contains_key("other").then_some(Forms(forms))
}

/// Whether a text can name a wave: a folder of `data/`, and a part of the
/// addresses of pages, figures and files.
pub fn is_wave_name(text: &str) -> bool {
    let is_fine = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    !text.is_empty() && !text.starts_with('.') && text.chars().all(is_fine) && text != "codebook"
}

fn wave_keys(table: &mut Table, found: &mut Findings) -> Vec<Named> {
    let mut waves: Vec<Named> = vec![];
    for wave in names(table, "waves", found) {
        if !is_wave_name(&wave.name) {
            found.push(
                Diagnostic::error(Code::BadValue, format!("`{}` cannot name a wave", wave.name))
                    .at(wave.place)
                    .hint("Name it by its year, `2018`, or by letters, digits, `-`, `_` and `.`: it is a folder of `data/` and stands in addresses."),
            );
        } else if waves.iter().any(|other| other.name == wave.name) {
            let message = format!("the wave `{}` is given twice", wave.name);
            let twice = Diagnostic::error(Code::BadValue, message).at(wave.place);
            found.push(twice.hint("Take one of the two out."));
        } else {
            waves.push(wave);
        }
    }
    waves
}

fn crossing(pair: &Named, found: &mut Findings) -> Option<(Named, Named)> {
    let named = |name: &str| Named { name: name.trim().to_owned(), place: pair.place.clone() };
    match pair.name.split_once('*') {
        Some((a, b))
            if !a.trim().is_empty()
                && !b.trim().is_empty()
                && !b.contains('*')
                && a.trim() != b.trim() =>
        {
            Some((named(a), named(b)))
        }
        _ => {
            found.push(
                Diagnostic::error(
                    Code::BadValue,
                    format!("`{}` is not a pair of breakdowns", pair.name),
                )
                .at(pair.place.clone())
                .hint("Write two breakdowns with a star between them: `region*nature`."),
            );
            None
        }
    }
}

fn waves(
    table: Option<Table>,
    keys: Vec<Named>,
    shared: &Design,
    languages: &[Language],
    found: &mut Findings,
) -> Vec<WaveSettings> {
    let mut given: BTreeMap<String, Table> = BTreeMap::new();
    for Entry { key, value } in table.map(Table::into_entries).unwrap_or_default() {
        if keys.iter().any(|wave| wave.name == key.value) {
            if let Some(table) = value.table(&key.value, found) {
                given.insert(key.value, table);
            }
        } else {
            found.push(
                Diagnostic::error(
                    Code::UnknownWave,
                    format!("`{}` is not a wave of `[survey] waves`", key.value),
                )
                .at(key.place)
                .hint_if(if keys.is_empty() {
                    Some(format!("Add `waves = [\"{}\"]` to `[survey]`.", key.value))
                } else {
                    did_you_mean(&key.value, keys.iter().map(|wave| wave.name.as_str()))
                }),
            );
        }
    }
    keys.into_iter()
        .map(|key| {
            let table = given.remove(&key.name);
            wave(key, table, shared, languages, found)
        })
        .collect()
}

fn wave(
    key: Named,
    table: Option<Table>,
    shared: &Design,
    languages: &[Language],
    found: &mut Findings,
) -> WaveSettings {
    let mut wave = WaveSettings {
        key: key.name,
        place: key.place,
        label: None,
        fieldwork: None,
        mode: None,
        responses: Responses::Collected,
        design: shared.clone(),
    };
    let Some(mut table) = table else { return wave };
    wave.label = text(&mut table, "label", languages, found);
    wave.fieldwork = table.table("fieldwork", found).and_then(|table| fieldwork(table, found));
    wave.mode = text(&mut table, "mode", languages, found);
    if let Some(responses) = table.choice("responses", &RESPONSES, found) {
        wave.responses = responses.value;
    }
    if let Some(own) = table.table("design", found) {
        wave.design = design(own, wave.design, found);
    }
    table.finish(found);
    wave
}

fn fieldwork(mut table: Table, found: &mut Findings) -> Option<(Date, Date)> {
    table.complete(found);
    let (from, to) = (table.date("from", found), table.date("to", found));
    table.finish(found);
    let (from, to) = (from?, to?);
    if from.value <= to.value {
        return Some((from.value, to.value));
    }
    found.push(
        Diagnostic::error(
            Code::BadValue,
            format!("the fieldwork ends on {}, before it starts", to.value),
        )
        .at(to.place)
        .hint("Exchange `from` and `to`, or correct one of them."),
    );
    None
}

/// Reads a design; what the table does not say is as in `base`.
fn design(mut table: Table, base: Design, found: &mut Findings) -> Design {
    let mut column = |key, found: &mut Findings| filled(&mut table, key, found).map(Named::from);
    let id = column("id", found).or(base.id);
    let strata = column("strata", found).or(base.strata);
    let cluster = column("cluster", found).or(base.cluster);
    let weight = column("weight", found).or(base.weight);
    let rake = column("rake", found).or(base.rake);
    let population = table.value("population-size").and_then(|value| population(value, found));
    let lonely = table.choice("lonely-stratum", &LONELY, found);
    table.finish(found);
    Design {
        id,
        strata,
        cluster,
        weight,
        population: population.or(base.population),
        rake,
        lonely: lonely.map_or(base.lonely, |one| one.value),
    }
}

fn population(value: Spelled<Value>, found: &mut Findings) -> Option<Population> {
    match value.value {
        Value::Integer(total) if total > 0 => Some(Population::Total(total.unsigned_abs())),
        Value::Integer(total) => {
            let message = format!("a population of {total} cannot be sampled");
            found.push(Diagnostic::error(Code::BadValue, message).at(value.place));
            None
        }
        Value::Text(name) if !name.trim().is_empty() => {
            Some(Population::Named(Named { name, place: value.place }))
        }
        _ => value.refuse("population-size", "a number, a file or a column", found),
    }
}

fn statistics(table: Option<Table>, found: &mut Findings) -> Statistics {
    let mut statistics = Statistics {
        confidence: 0.95,
        hide_below: 5,
        caution_below: 30,
        protect_certain_below: 10,
        test_fpc: false,
        estimators: Estimators::Suited,
    };
    let Some(mut table) = table else { return statistics };
    if let Some(confidence) = table.number("confidence", found) {
        if 0.0 < confidence.value && confidence.value < 1.0 {
            statistics.confidence = confidence.value;
        } else {
            let message = format!("a confidence of {} is not between 0 and 1", confidence.value);
            let percent = (50.0..100.0).contains(&confidence.value);
            found.push(Diagnostic::error(Code::BadValue, message).at(confidence.place).hint_if(
                percent.then(|| format!("Write `confidence = {}`.", confidence.value / 100.0)),
            ));
        }
    }
    let mut count = |key, field: &mut u32, found: &mut Findings| {
        let count = table.count(key, found);
        *field = count.as_ref().map_or(*field, |count| count.value);
        count
    };
    count("hide-below", &mut statistics.hide_below, found);
    let caution = count("caution-below", &mut statistics.caution_below, found);
    count("protect-certain-below", &mut statistics.protect_certain_below, found);
    if let Some(caution) = caution.filter(|caution| caution.value < statistics.hide_below) {
        let message = format!(
            "`caution-below` is {}, under `hide-below`, which is {}",
            caution.value, statistics.hide_below
        );
        found.push(
            Diagnostic::error(Code::BadValue, message)
                .at(caution.place)
                .hint("Ask for caution at a larger base than for hiding."),
        );
    }
    if let Some(fpc) = table.boolean("test-fpc", found) {
        statistics.test_fpc = fpc.value;
    }
    if let Some(estimators) = table.choice("estimators", &ESTIMATORS, found) {
        statistics.estimators = estimators.value;
    }
    table.finish(found);
    statistics
}

/// Reads `[data]`.
fn publish(
    mut table: Table,
    statistics: &Statistics,
    found: &mut Findings,
) -> Option<Spelled<Publish>> {
    let publish = table.choice("publish", &PUBLISH, found);
    table.finish(found);
    let publish = publish?;
    let hiding = [
        ("hide-below", statistics.hide_below),
        ("protect-certain-below", statistics.protect_certain_below),
    ];
    let hiding = hiding.into_iter().find(|(_, base)| 0 < *base);
    if publish.value == Publish::Microdata
        && let Some((key, base)) = hiding
    {
        let message = format!(
            "`publish` cannot be `microdata` where `{key}` is {base}: the answers of each respondent would give back what it hides"
        );
        found.push(
            Diagnostic::error(Code::BadValue, message)
                .at(publish.place)
                .hint("Write `publish = \"results\"`: the estimates, with all that is needed to judge them.")
                .hint("If everybody may know what each respondent answered, write `hide-below = 0` and `protect-certain-below = 0` in `[statistics]`."),
        );
        return None;
    }
    Some(publish)
}

fn csv(mut table: Table, found: &mut Findings) -> CsvSettings {
    let settings = CsvSettings {
        encoding: table.choice("encoding", &ENCODINGS, found).map(|one| one.value),
        delimiter: table.choice("delimiter", &DELIMITERS, found).map(|one| one.value),
        decimal: table.choice("decimal", &DECIMALS, found).map(|one| one.value),
        missing: names(&mut table, "missing", found).into_iter().map(|one| one.name).collect(),
    };
    table.finish(found);
    settings
}

fn text(
    table: &mut Table,
    key: &'static str,
    languages: &[Language],
    found: &mut Findings,
) -> Option<Text> {
    let value = table.value(key)?;
    Text::read(value, key, languages, found)
}

/// Takes a string that says something.
fn filled(table: &mut Table, key: &'static str, found: &mut Findings) -> Option<Spelled<String>> {
    let text = table.text(key, found)?;
    if text.value.trim().is_empty() {
        found.push(Diagnostic::error(Code::BadValue, format!("`{key}` is empty")).at(text.place));
        return None;
    }
    Some(text)
}

/// Takes a list of names.
fn names(table: &mut Table, key: &'static str, found: &mut Findings) -> Vec<Named> {
    let mut names = vec![];
    for text in table.texts(key, found).unwrap_or_default() {
        if text.value.trim().is_empty() {
            let message = format!("`{key}` has an empty member");
            found.push(Diagnostic::error(Code::BadValue, message).at(text.place));
        } else {
            names.push(Named::from(text));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::LonelyStratum;

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
