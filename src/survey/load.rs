//! The data folder → [`Survey`].

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::frames::Frames;
use super::published::{References, Study};
use super::sampling::{self, Sampling};
use super::table::Table;
use super::{
    Codebook, Frame, Margin, QuestionKey, Responses, Survey, Wave, WaveKey, choices, citation,
    glossary, published, responses, tally, tiles, xlsform,
};
use crate::config::{Config, CsvSettings, Named, WaveSettings};
use crate::diag::{Code, Diagnostic, Findings, Partial, did_you_mean, nearest};
use crate::sources::Sources;

pub(super) const QUESTIONS: &str = "data/codebook/survey.csv";
pub(super) const CHOICES: &str = "data/codebook/choices.csv";
/// The tables of a wave.
const TABLES: [&str; 3] = ["published.csv", "responses.csv", "tally.csv"];
const CITATIONS: &str = "data/sources.csv";
const CONTEXT: &str = "data/context.csv";
const TILES: &str = "data/tiles.csv";
const GLOSSARY: &str = "data/glossary.csv";

/// Reads the codebook, the frame, the sources and the published figures.
///
/// A report without a codebook is a report without a survey: it has texts
/// and no numbers.
pub fn load(sources: &Sources, config: &Config) -> Partial<Survey> {
    let mut found = Findings::default();
    let reader = Reader { sources, config };
    let codebook = reader.codebook(&mut found);
    reader.check_settings(&codebook, &mut found);
    let table = reader.table(CITATIONS, &mut found);
    let citations = table.map(|table| citation::read(&table, &mut found)).unwrap_or_default();
    let references = References::new(&codebook, &citations);
    let waves = config
        .waves
        .iter()
        .map(|wave| Wave {
            key: WaveKey::new(wave.key.as_str()),
            published: reader.figures(
                &format!("data/{}/published.csv", wave.key),
                Study::Own,
                &references,
                &mut found,
            ),
            responses: None,
            frame: None,
        })
        .collect();
    let mut waves: Vec<Wave> = waves;
    let context = reader.figures(CONTEXT, Study::Other, &references, &mut found);
    let printed = waves.iter().flat_map(|wave| &wave.published).chain(&context);
    let facts: BTreeSet<QuestionKey> = printed
        .filter(|figure| {
            codebook.question(figure.question.as_str()).is_some_and(|q| figure.is_fact(q))
        })
        .map(|figure| figure.question.clone())
        .collect();
    let frames = Frames::read(sources, config, &codebook, &mut found);
    let read = |wave: &WaveSettings| {
        let frame = frames.of_wave(&wave.design);
        (reader.responses(wave, &codebook, &facts, frame), frame.cloned())
    };
    let answers: Vec<_> = config.waves.par_iter().map(read).collect();
    for (wave, ((responses, told), frame)) in waves.iter_mut().zip(answers) {
        wave.responses = responses;
        wave.frame = frame;
        found.absorb_all(told);
    }
    let frame = frames.of_report();
    let tiles = reader.tiles(&codebook, &mut found);
    let table = reader.sheet(GLOSSARY, &mut found);
    let languages = &config.site.languages;
    let glossary =
        table.map(|table| glossary::read(&table, languages, &mut found)).unwrap_or_default();
    reader.check_folders(&mut found);
    // What a codebook that cannot be read does not have is no further mistake.
    if found.has(Code::is_about_whole_tables, &[QUESTIONS, CHOICES]) {
        found = found.without(&[
            Code::UnknownChoiceList,
            Code::UnknownQuestionInData,
            Code::UnknownItemInData,
            Code::UnknownGroupInData,
            Code::NotABreakdown,
            Code::UndeclaredColumn,
        ]);
    }
    let survey = Survey { codebook, waves, context, sources: citations, frame, tiles, glossary };
    Partial { value: Some(survey), found }
}

/// Reads what was asked, and the margins that a wave is raked to.
pub(super) fn asked(
    sources: &Sources,
    config: &Config,
    wave: &WaveSettings,
    found: &mut Findings,
) -> (Codebook, Vec<Margin>) {
    let reader = Reader { sources, config };
    let codebook = reader.codebook(found);
    reader.check_settings(&codebook, found);
    let margins = reader.margins(wave, found);
    (codebook, margins)
}

struct Reader<'r> {
    sources: &'r Sources,
    config: &'r Config,
}

impl Reader<'_> {
    fn table(&self, path: &str, found: &mut Findings) -> Option<Table> {
        Table::of(self.sources, path, &self.config.csv, found)
    }

    /// Reads a table where further spellings of an empty cell do not count:
    /// an option may be called `NA`.
    fn sheet(&self, path: &str, found: &mut Findings) -> Option<Table> {
        let settings = CsvSettings { missing: vec![], ..self.config.csv.clone() };
        Table::of(self.sources, path, &settings, found)
    }

    fn codebook(&self, found: &mut Findings) -> Codebook {
        let languages = &self.config.site.languages;
        let lists = self
            .sheet(CHOICES, found)
            .map(|table| choices::read(&table, languages, found))
            // A table that cannot be read is there all the same.
            .or_else(|| self.sources.get(CHOICES).map(|_| choices::Lists::new()));
        if self.sources.get(QUESTIONS).is_none() {
            let needed = self.sources.all().map(|(path, _)| path).find(|path| {
                *path == CHOICES
                    || *path == CONTEXT
                    || (path.starts_with("data/") && path.ends_with("/published.csv"))
            });
            if let Some(needed) = needed {
                let message = format!("there is no `{QUESTIONS}`, but there is `{needed}`");
                found.push(
                    Diagnostic::error(Code::TableMissing, message)
                        .hint("Add it, with the columns `type`, `name` and `label`."),
                );
            }
            return Codebook::default();
        }
        let table = self.sheet(QUESTIONS, found);
        table
            .map(|table| xlsform::read(&table, lists.as_ref(), self.config, found))
            .unwrap_or_default()
    }

    fn figures(
        &self,
        path: &str,
        study: Study,
        references: &References<'_>,
        found: &mut Findings,
    ) -> Vec<super::PublishedFigure> {
        // Without a codebook every row would be a mistake; one says it all.
        if self.sources.get(QUESTIONS).is_none() {
            return vec![];
        }
        let table = self.table(path, found);
        table.map(|table| published::read(&table, study, references, found)).unwrap_or_default()
    }

    fn tiles(&self, codebook: &Codebook, found: &mut Findings) -> Vec<super::TileLayout> {
        // Without a codebook every row would be a mistake; one says it all.
        if self.sources.get(QUESTIONS).is_none() {
            return vec![];
        }
        let table = self.table(TILES, found);
        table.map(|table| tiles::read(&table, codebook, found)).unwrap_or_default()
    }

    /// Reads the answers of one wave, if the data folder has them.
    /// `facts` are questions that nobody was asked, `frame` is what the wave
    /// was drawn from.
    fn responses(
        &self,
        wave: &WaveSettings,
        codebook: &Codebook,
        facts: &BTreeSet<QuestionKey>,
        frame: Option<&Frame>,
    ) -> (Option<Responses>, Findings) {
        let mut found = Findings::default();
        let path = format!("data/{}/responses.csv", wave.key);
        let counted = format!("data/{}/tally.csv", wave.key);
        let given = |path: &String| self.sources.get(path).is_some();
        if codebook.questions().is_empty() || !(given(&path) || given(&counted)) {
            return (None, found);
        }
        if given(&path) && given(&counted) {
            let message = format!("there are `{path}` and `{counted}`");
            found.push(Diagnostic::error(Code::AnswersTwice, message));
            return (None, found);
        }
        let margins = self.margins(wave, &mut found);
        let sampling = Sampling { design: &wave.design, frame, margins: &margins };
        if given(&counted) {
            // A program wrote it, whatever the settings say of other tables.
            let settings = CsvSettings::default();
            let table = Table::of(self.sources, &counted, &settings, &mut found);
            let survey = &self.config.survey;
            let responses = table.and_then(|table| {
                tally::read(&table, codebook, survey, facts, sampling, &mut found)
            });
            return (responses, found);
        }
        let table = self.table(&path, &mut found);
        let responses =
            table.map(|table| responses::read(&table, codebook, facts, sampling, &mut found));
        (responses, found)
    }

    fn margins(&self, wave: &WaveSettings, found: &mut Findings) -> Vec<Margin> {
        let table = wave.design.rake.as_ref().and_then(|rake| self.table(&rake.name, found));
        table.map(|table| sampling::margins(&table, found)).unwrap_or_default()
    }

    /// Checks the names of `barometer.toml` that only the codebook knows.
    fn check_settings(&self, codebook: &Codebook, found: &mut Findings) {
        let survey = &self.config.survey;
        let crossed = survey.crossings.iter().flat_map(|(a, b)| [a, b]);
        // A codebook that could not be read explains nothing.
        if codebook.questions().is_empty() && self.sources.get(QUESTIONS).is_some() {
            return;
        }
        let mut seen = BTreeSet::new();
        for named in survey.breakdowns.iter().chain(crossed) {
            let question = codebook.question(&named.name);
            // Its own mistake has been told.
            if codebook.broken.contains(&named.name) {
                continue;
            }
            if question.is_some_and(|question| question.breakdown) || !seen.insert(&named.name) {
                continue;
            }
            let cuts = codebook.questions().iter().filter(|question| question.breakdown);
            let hint = if question.is_some() {
                Some(format!(
                    "Write `yes` in the column `breakdown` of `{}` in the codebook.",
                    named.name
                ))
            } else {
                did_you_mean(&named.name, cuts.map(|question| question.key.as_str()))
            };
            found.push(
                Diagnostic::error(
                    Code::NotABreakdown,
                    format!("`{}` is not a breakdown of the codebook", named.name),
                )
                .at(named.place.clone())
                .hint_if(hint),
            );
        }
        for wave in &self.config.waves {
            if !codebook.questions().is_empty() {
                self.check_data(wave, found);
            }
            if let Some(rake) = &wave.design.rake
                && self.sources.get(&rake.name).is_none()
            {
                found.push(missing_file(rake, self.sources));
            }
        }
    }

    /// Notes a wave of which nothing can be told: chapters that tell of it have
    /// mistakes that do not say why.
    fn check_data(&self, wave: &WaveSettings, found: &mut Findings) {
        let folder = format!("data/{}/", wave.key);
        let names = || self.sources.under(&folder).map(|(path, _)| &path[folder.len()..]);
        if names().any(|name| TABLES.contains(&name)) {
            return;
        }
        let is_workbook =
            |name: &&str| matches!(name.rsplit_once('.'), Some((_, "xlsx" | "ods" | "xls")));
        let hint = if let Some(workbook) = names().find(is_workbook) {
            format!("`barometer import {folder}{workbook} --wave {}` reads the workbook.", wave.key)
        } else if let Some((name, table)) =
            names().find_map(|name| Some((name, nearest(name, TABLES)?)))
        {
            format!("Rename `{folder}{name}` to `{table}`.")
        } else {
            "Add one of them, or take the wave out of `[survey] waves`.".to_owned()
        };
        let [published, responses, tally] = TABLES;
        let message = format!(
            "the wave `{}` has no data: `{folder}` has no `{responses}`, `{tally}` or `{published}`",
            wave.key
        );
        found.push(
            Diagnostic::warning(Code::TableMissing, message).at(wave.place.clone()).hint(hint),
        );
    }

    /// Notes folders that look like waves and are none.
    fn check_folders(&self, found: &mut Findings) {
        let mut noted = BTreeSet::new();
        for (path, _) in self.sources.under("data/") {
            let parts: Vec<&str> = path.split('/').collect();
            let [_, folder, name] = parts[..] else { continue };
            if !TABLES.contains(&name) {
                continue;
            }
            if self.config.wave(folder).is_none() && noted.insert(folder) {
                let keys = self.config.waves.iter().map(|wave| wave.key.as_str());
                found.push(
                    Diagnostic::warning(
                        Code::UnknownWave,
                        format!("`data/{folder}` is not a wave: nothing of it is read"),
                    )
                    .hint(format!(
                        "Add `{folder}` to `waves` under `[survey]`, or remove the folder."
                    ))
                    .hint_if(nearest(folder, keys).map(|near| format!("Did you mean `{near}`?"))),
                );
            }
        }
    }
}

pub(super) fn missing_file(named: &Named, sources: &Sources) -> Diagnostic {
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let tables: Vec<_> = sources.under("data/").map(|(path, _)| (name(path), path)).collect();
    let near = nearest(&name(&named.name), tables.iter().map(|(name, _)| name.as_str()));
    let meant = tables.iter().find(|(name, _)| near == Some(name));
    Diagnostic::error(Code::TableMissing, format!("there is no `{}`", named.name))
        .at(named.place.clone())
        .hint(match meant {
            Some((_, path)) => format!("Did you mean `{path}`?"),
            None => "Add the table, or name one that is there.".to_owned(),
        })
}

#[cfg(test)]
mod tests {
    use super::super::frames::FRAME;
    use super::*;
    use crate::config::{self, Language, Text};
    use crate::survey::{OptionKey, QuestionKind, Role, Unit};

    const SETTINGS: &str = "[site]\ntitle = \"A\"\nlanguages = [\"fr\", \"nl\"]\nurl = \"https://a.be/\"\n\
        [survey]\nwaves = [\"2017\", \"2018\"]\nbreakdowns = [\"region\"]\n";
    const SHEET: &str = "type,name,label::fr,label::nl,short::fr,parameters,appearance,breakdown,topic,comparable_from\n\
        select_one region,region,Région ?,Gewest?,,,,yes,,\n\
        begin_group,work,Travail,Werk,,,,,,\n\
        select_multiple themes,themes,Quels thèmes ?,Welke thema's?,Thèmes,,,,,2018\n\
        select_one agree,clear,Clair ?,Duidelijk?,,,likert,,,\n\
        begin_group,factors,Facteurs,Factoren,,,,,factors,\n\
        range,human,Humain,Menselijk,,start=0 end=10 step=1,,,,\n\
        range,tech,Technique,Technisch,,start=0 end=10 step=1,,,,\n\
        end_group,,,,,,,,,\n\
        end_group,,,,,,,,,\n\
        rank themes,order,Ordre ?,Volgorde?,,max=2,,,,\n";
    const LISTS: &str = "list_name,name,label,label::nl,role,score\n\
        region,flanders,Flandre,Vlaanderen,,\n\
        region,wallonia,Wallonie,Wallonië,,\n\
        themes,energy,Énergie,Energie,,\n\
        themes,mobility,Mobilité,Mobiliteit,,\n\
        themes,none,Aucun,Geen,none,\n\
        agree,no,Non,Nee,,\n\
        agree,dk,Ne sait pas,Weet niet,dont_know,\n\
        agree,yes,Oui,Ja,,\n";
    const CITED: &str =
        "id,title,author,publisher,date,language,url\nbook,Le livre,,,2018-06,fr,https://a.be/\n";
    const FIGURES: &str = "question,item,group_var,group,value,unit,n,source,note\n";

    fn report(files: &[(&str, &str)]) -> Sources {
        let mut sources = Sources::from_iter([
            ("barometer.toml", SETTINGS.as_bytes()),
            (QUESTIONS, SHEET.as_bytes()),
            (CHOICES, LISTS.as_bytes()),
            (CITATIONS, CITED.as_bytes()),
            ("data/2017/published.csv", FIGURES.as_bytes()),
            ("data/2018/published.csv", FIGURES.as_bytes()),
        ]);
        for (path, text) in files {
            sources.insert(*path, text.as_bytes());
        }
        sources
    }

    fn outcome(files: &[(&str, &str)]) -> crate::diag::Outcome<Survey> {
        let sources = report(files);
        let config = config::parse(&sources).whole().unwrap().value;
        load(&sources, &config).whole()
    }

    fn survey(files: &[(&str, &str)]) -> Survey {
        let checked = outcome(files).unwrap();
        assert_eq!(checked.warnings, []);
        checked.value
    }

    /// The mistakes of one file of a report that is otherwise sound.
    fn mistakes(path: &str, text: &str) -> Vec<String> {
        let line = |one: &Diagnostic| {
            let at = one.place().map(crate::diag::Place::start);
            let at = at.map_or(String::new(), |at| format!("{}:{} ", at.line, at.column));
            let hints: Vec<_> = one.hints().iter().map(|hint| format!(" {hint}")).collect();
            format!("{at}{} {}.{}", one.code().id(), one.message(), hints.concat())
        };
        outcome(&[(path, text)]).unwrap_err().all().iter().map(line).collect()
    }

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
    fn a_report_without_data_has_an_empty_codebook() {
        let sources = Sources::from_iter([(
            "barometer.toml",
            "[site]\ntitle = \"A\"\nlanguages = [\"fr\"]\n".as_bytes(),
        )]);
        let config = config::parse(&sources).whole().unwrap().value;

        let survey = load(&sources, &config).whole().unwrap().value;

        assert!(survey.codebook.questions().is_empty());
    }

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
        assert_eq!(energy.note.as_deref(), Some("Arrondi."));
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

        assert_eq!(
            found,
            [
                "1:1 B104 the column `item` is missing.",
                "1:10 B103 `items` is not a column of this table. Did you mean `item`?",
            ]
        );
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
            let mut rows =
                ["begin_group,g,G,G", "integer,c,C,C", "end_group,,,"].map(str::to_owned);
            rows[ragged].push_str(",too,many");
            let sheet = format!("type,name,label::fr,label::nl\n{}\n", rows.join("\n"));

            let found = mistakes(QUESTIONS, &sheet);

            assert!(found.iter().any(|told| told.contains("B102")), "{found:?}");
            assert!(!found.iter().any(|told| told.contains("B206")), "{found:?}");
        }
    }

    #[test]
    fn a_percentage_that_is_no_number_is_not_offered_as_one() {
        let row = "themes,energy,all,all,1O4%,percent,,book,\n";

        let found = mistakes("data/2018/published.csv", &format!("{FIGURES}{row}"));

        assert_eq!(found, ["2:23 B109 `1O4%` is not a number."]);
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

    #[test]
    fn a_frame_holds_the_groups_of_the_codebook() {
        let frame =
            "province,region,N\nliege,wallonia,84\nantwerp,flanders,70\nnamur,wallonia,38\n";

        let frame = survey(&[(FRAME, frame)]).frame.unwrap();

        assert_eq!((frame.total(), frame.size("region", "wallonia")), (192, Some(122)));
        assert_eq!(
            mistakes(FRAME, "region,N\nwalonia,84\nflanders,x\nflanders,3\n"),
            [
                "2:1 B216 `walonia` is not a group of `region`. Did you mean `wallonia`?",
                "3:10 B109 `x` is not a number.",
                "4:1 B213 this stratum is given twice.",
            ]
        );
    }

    #[test]
    fn a_frame_that_cannot_be_read_is_not_added_up() {
        let settings = format!("{SETTINGS}[design]\npopulation-size = 100\n");

        let found =
            outcome(&[("barometer.toml", &settings), (FRAME, "region,N\nflanders,ninety\n")]);

        let mistakes = found.unwrap_err();
        let messages: Vec<_> = mistakes.all().iter().map(Diagnostic::message).collect();
        assert!(!messages.iter().any(|message| message.contains("adds up")), "{messages:?}");
        assert!(messages.iter().any(|message| message.contains("`ninety`")), "{messages:?}");
    }

    #[test]
    fn a_frame_agrees_with_the_settings() {
        let settings = format!("{SETTINGS}[design]\npopulation-size = 100\n");

        let found = outcome(&[("barometer.toml", &settings), (FRAME, "region,N\nflanders,99\n")]);

        let mistakes = found.unwrap_err();
        assert_eq!(
            mistakes.all()[0].message(),
            "the frame adds up to 99, `population-size` is 100"
        );
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

    #[test]
    fn a_folder_that_is_no_wave_is_told() {
        let warnings = outcome(&[("data/2019/published.csv", FIGURES)]).unwrap().warnings;

        assert_eq!(warnings.len(), 1);
        assert_eq!(warnings[0].code(), Code::UnknownWave);
    }

    const DESIGN: &str = "[design]\nid = \"id\"\nstrata = \"region\"\ncluster = \"town\"\n";

    /// Answers that take several parts to read.
    fn many_answers() -> Vec<String> {
        let row = |at: usize| {
            let region = ["wallonia", "flanders", "wallonia"][at % 3];
            let (score, theme, clear) = (at * 7 % 11, at % 2, ["yes", "no", "dk", ""][at % 4]);
            format!("r{at},t{},{region},{theme},{clear},0.{score},energy mobility", at / 4)
        };
        (0..40).map(row).collect()
    }

    fn table_of(rows: &[String]) -> String {
        let sheet = rows.join("\n");
        format!("id,town,region,themes_energy,clear,weight,order\n{sheet}\n")
    }

    #[test]
    fn parts_of_a_table_say_what_the_whole_says() {
        let settings = format!("{SETTINGS}{DESIGN}weight = \"weight\"\n");
        let read = |text: &str| {
            let path = "data/2018/responses.csv";
            let sources = report(&[("barometer.toml", &settings), (path, text)]);
            let config = config::parse(&sources).whole().unwrap().value;
            let wave = load(&sources, &config).value.unwrap().waves.remove(1);
            wave.responses.unwrap()
        };
        let rows = many_answers();

        let parts = read(&table_of(&rows));
        // A quotation mark anywhere keeps a table in one piece.
        let whole = read(&table_of(&rows).replace("r39,", "\"r39\","));

        assert_eq!(parts.rows, 40);
        assert_eq!(format!("{parts:?}"), format!("{whole:?}"));
    }

    #[test]
    fn a_mistake_keeps_its_place_in_whatever_part_it_is() {
        let settings = format!("{SETTINGS}{DESIGN}");
        let mut rows = many_answers();
        rows[37] = rows[2].clone();
        rows[38] = rows[38].replace("dk", "yess");
        for row in &mut rows[10..30] {
            *row = row.replace("energy mobility", "energie");
        }

        let path = "data/2018/responses.csv";
        let sources = report(&[("barometer.toml", &settings), (path, &table_of(&rows))]);
        let config = config::parse(&sources).whole().unwrap().value;
        let mistakes = load(&sources, &config).whole().unwrap_err();

        let told: Vec<String> = mistakes
            .all()
            .iter()
            .filter_map(|one| {
                let at = one.place()?.start();
                Some(format!(
                    "{}:{} {}. {}",
                    at.line,
                    at.column,
                    one.message(),
                    one.hints().join(" ")
                ))
            })
            .collect();
        for expected in [
            "39:1 the respondent `r2` has two rows. Keep one of them.",
            "40:19 `yess` is not an option of `clear`. Did you mean `yes`?",
            "12:26 `energie` is not an option of `order`. Did you mean `energy`? There are 20 like \
             this in the column, the first in lines 12, 13, 14, 15, 16.",
        ] {
            assert!(told.iter().any(|one| one == expected), "{expected}\n{told:#?}");
        }
    }
}
