//! A report that builds at once: an example to change, or one made of an
//! import. Pure: names and texts in, files out. What it writes stands beside
//! it as real files.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::config::{SETTINGS, schema};
use crate::import::{Imported, Shown};
use crate::survey::slug;

/// The languages that a new report can be written in.
pub const LANGUAGES: [&str; 3] = ["fr", "nl", "en"];

const CHAPTERS: [(&str, [&str; 3]); 3] = [
    (
        "index.md",
        [include_str!("fr/index.md"), include_str!("nl/index.md"), include_str!("en/index.md")],
    ),
    (
        "opinions.md",
        [
            include_str!("fr/opinions.md"),
            include_str!("nl/opinions.md"),
            include_str!("en/opinions.md"),
        ],
    ),
    (
        "README.md",
        [include_str!("fr/README.md"), include_str!("nl/README.md"), include_str!("en/README.md")],
    ),
];

/// The wave of the example.
const WAVE: &str = "1";

/// A new report: each file by its path.
pub type Files = Vec<(String, Vec<u8>)>;

/// The example in `languages`, the first the default.
pub fn example(languages: &[String]) -> Files {
    let mut files = common(languages);
    let mut put = |path: &str, text: String| files.push((path.to_owned(), text.into_bytes()));
    put(
        "barometer.toml",
        settings(languages, WAVE, "simulated", "breakdowns = [\"age\"]\n", "id = \"id\"\n"),
    );
    for language in languages {
        for name in ["index.md", "opinions.md"] {
            put(&format!("content/{language}/{name}"), chapter(name, language).to_owned());
        }
    }
    put("data/codebook/survey.csv", in_languages(include_str!("survey.csv"), languages));
    put("data/codebook/choices.csv", in_languages(include_str!("choices.csv"), languages));
    put(&format!("data/{WAVE}/responses.csv"), include_str!("responses.csv").to_owned());
    files
}

/// A report of what was imported: a chapter for each topic, a figure for
/// each question.
pub fn from_import(imported: &Imported, languages: &[String]) -> Files {
    let mut files = common(languages);
    let design = match (imported.respondents, &imported.weight) {
        (None, _) => String::new(),
        (Some(_), None) => "id = \"id\"\n".to_owned(),
        (Some(_), Some(weight)) => format!("id = \"id\"\nweight = {}\n", quoted(weight)),
    };
    let settings = settings(languages, &imported.wave, "collected", "", &design);
    files.push(("barometer.toml".to_owned(), settings.into_bytes()));
    let topics = topics(&imported.shown);
    for language in languages {
        let folder = format!("content/{language}");
        files.push((format!("{folder}/index.md"), home(language).into_bytes()));
        for (place, topic) in topics.iter().enumerate() {
            let text = topic_chapter(topic, place, language);
            files.push((format!("{folder}/{}.md", topic.file), text.into_bytes()));
        }
    }
    files.extend(imported.files.iter().cloned());
    files
}

/// The language that words are in, by the small words that are in every
/// text; English if they do not tell.
pub fn language_of(words: &str) -> &'static str {
    const SMALL: [(&str, &[&str]); 3] = [
        (
            "fr",
            &[
                "le", "la", "les", "des", "est", "vous", "votre", "une", "dans", "quel", "quelle",
                "pour", "avez",
            ],
        ),
        (
            "nl",
            &[
                "de", "het", "een", "van", "uw", "u", "welke", "voor", "heeft", "hoe", "aan",
                "bent", "niet",
            ],
        ),
        (
            "en",
            &[
                "the", "of", "you", "your", "do", "is", "what", "how", "which", "in", "to", "are",
                "have",
            ],
        ),
    ];
    let lower = words.to_lowercase();
    let count = |small: &[&str]| {
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| small.contains(word)).count()
    };
    let counted = SMALL.map(|(language, small)| (count(small), language));
    counted.into_iter().max_by_key(|(count, _)| *count).map_or("en", |(_, language)| language)
}

/// A chapter of a report made of an import.
struct Topic<'s> {
    label: String,
    file: String,
    shown: Vec<&'s Shown>,
}

fn topics(shown: &[Shown]) -> Vec<Topic<'_>> {
    let mut topics: Vec<Topic<'_>> = vec![];
    for one in shown {
        if let Some(topic) = topics.iter_mut().find(|topic| topic.label == one.topic) {
            topic.shown.push(one);
            continue;
        }
        let name = slug(&one.topic);
        let name = if name.is_empty() { "answers".to_owned() } else { name };
        // Addresses that the program uses itself, now or later.
        let own = [
            "index", "results", "method", "data", "about", "search", "print", "glossary", "trends",
            "404",
        ];
        let kept = own.contains(&name.as_str()) || crate::markup::is_device(&name);
        let name = if kept { format!("topic-{name}") } else { name };
        let same = topics.iter().filter(|topic| topic.file == name).count();
        let file = if same == 0 { name } else { format!("{name}-{}", same + 1) };
        topics.push(Topic { label: one.topic.clone(), file, shown: vec![one] });
    }
    topics
}

fn title(topic: &Topic<'_>, language: &str) -> String {
    if topic.label.is_empty() { word("answers", language).to_owned() } else { topic.label.clone() }
}

fn home(language: &str) -> String {
    format!(
        "+++\ntitle = {}\nshort_title = {}\nweight = 0\nsummary = {}\n+++\n\n{}\n",
        quoted(word("title", language)),
        quoted(word("home", language)),
        quoted(word("summary", language)),
        word("welcome", language),
    )
}

fn topic_chapter(topic: &Topic<'_>, place: usize, language: &str) -> String {
    let heading = title(topic, language);
    let mut text =
        format!("+++\ntitle = {}\nweight = {}\n+++\n", quoted(&heading), (place + 1) * 10);
    let mut silent = vec![];
    for shown in &topic.shown {
        if !shown.answered {
            silent.push(label(shown, language));
            continue;
        }
        let _written = write!(
            text,
            "\n## {}\n\n```chart\nquestion = {}\n{}# title = \"{}\"\n```\n",
            escaped(&heading_of(label(shown, language))),
            quoted(&shown.name),
            if shown.steps { "sort = \"codebook\"\n" } else { "" },
            word("finding", language),
        );
    }
    if !silent.is_empty() {
        let _written = write!(text, "\n{}\n\n", word("asked", language));
        for label in silent {
            let _written = writeln!(text, "- {}", escaped(label));
        }
    }
    text
}

/// A wording as a heading: its first words, where it has very many.
fn heading_of(label: &str) -> String {
    const ROOM: usize = 90;
    if label.chars().count() <= ROOM {
        return label.to_owned();
    }
    let kept: String = label.chars().take(ROOM).collect();
    let end = kept.rfind(char::is_whitespace).unwrap_or(kept.len());
    format!("{}…", kept[..end].trim_end())
}

fn label<'s>(shown: &'s Shown, language: &str) -> &'s str {
    let own = shown.label.get(language).filter(|label| !label.is_empty());
    own.or_else(|| shown.label.values().find(|label| !label.is_empty())).map_or("?", String::as_str)
}

/// What every new report has.
fn common(languages: &[String]) -> Files {
    let first = languages.first().map_or("en", String::as_str);
    vec![
        (".gitignore".to_owned(), include_str!("gitignore").as_bytes().to_vec()),
        (".github/workflows/pages.yml".to_owned(), include_str!("pages.yml").as_bytes().to_vec()),
        ("README.md".to_owned(), chapter("README.md", first).as_bytes().to_vec()),
        ("barometer.schema.json".to_owned(), schema("barometer.toml", &SETTINGS).into_bytes()),
    ]
}

fn chapter(name: &str, language: &str) -> &'static str {
    let at = LANGUAGES.iter().position(|own| *own == language).unwrap_or(2);
    CHAPTERS.iter().find(|(own, _)| *own == name).map_or("", |(_, texts)| texts[at])
}

fn settings(
    languages: &[String],
    wave: &str,
    responses: &str,
    breakdowns: &str,
    design: &str,
) -> String {
    let tags: Vec<String> = languages.iter().map(|language| quoted(language)).collect();
    let texts = |key: &str| {
        let each = languages
            .iter()
            .map(|language| format!("{language} = {}", quoted(word(key, language))));
        format!("{{ {} }}", each.collect::<Vec<_>>().join(", "))
    };
    let units = languages.iter().map(|language| {
        format!(
            "{language} = {{ one = {}, other = {} }}",
            quoted(word("one", language)),
            quoted(word("other", language))
        )
    });
    // A year says by itself which edition it is.
    let is_year = wave.len() == 4 && wave.bytes().all(|byte| byte.is_ascii_digit());
    let label = if is_year { String::new() } else { format!("label = {}\n", texts("edition")) };
    let design = if design.is_empty() { String::new() } else { format!("\n[design]\n{design}") };
    include_str!("barometer.toml")
        .replace("@languages@", &format!("[{}]", tags.join(", ")))
        .replace("@title@", &texts("title"))
        .replace("@description@", &texts("description"))
        .replace("@name@", &texts("name"))
        .replace("@unit@", &format!("{{ {} }}", units.collect::<Vec<_>>().join(", ")))
        .replace("@population@", &texts("population"))
        .replace("@wave@", &quoted(wave))
        .replace("@label@\n", &label)
        .replace("@responses@", &quoted(responses))
        .replace("@breakdowns@\n", breakdowns)
        .replace("@design@\n", &design)
}

/// A word of a new report.
fn word(key: &str, language: &str) -> &'static str {
    let words = WORDS.get(key);
    words.and_then(|own| own.get(language).or_else(|| own.get("en"))).map_or("", String::as_str)
}

static WORDS: std::sync::LazyLock<BTreeMap<String, BTreeMap<String, String>>> =
    std::sync::LazyLock::new(|| {
        let mut reader = csv::Reader::from_reader(include_str!("words.csv").as_bytes());
        let names: Vec<String> =
            reader.headers().map(|row| row.iter().map(str::to_owned).collect()).unwrap_or_default();
        let rows = reader.records().flatten();
        rows.map(|row| {
            let texts = names
                .iter()
                .zip(row.iter())
                .skip(1)
                .map(|(name, text)| (name.clone(), text.to_owned()));
            (row[0].to_owned(), texts.collect())
        })
        .collect()
    });

/// A table without the columns of languages that the report does not have.
fn in_languages(table: &str, languages: &[String]) -> String {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes());
    let mut writer = csv::Writer::from_writer(vec![]);
    let mut kept: Option<Vec<usize>> = None;
    for row in reader.records().flatten() {
        let kept = kept.get_or_insert_with(|| {
            let wanted = |name: &str| {
                name.split_once("::").is_none_or(|(_, tag)| languages.iter().any(|own| own == tag))
            };
            row.iter().enumerate().filter(|(_, name)| wanted(name)).map(|(at, _)| at).collect()
        });
        // Writing to memory does not fail.
        let _written = writer.write_record(kept.iter().map(|at| &row[*at]));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A text of TOML; what JSON escapes, TOML does in the same way.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Words that stand for themselves in Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(
            letter,
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '&'
        ) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_tell_the_language() {
        assert_eq!(language_of("Dans quelle région se trouve votre commune ?"), "fr");
        assert_eq!(
            language_of(
                "In welk gewest ligt uw gemeente? Hoe ver staat het project van de gemeente?"
            ),
            "nl"
        );
        assert_eq!(language_of("Q1 Q2"), "en");
    }

    #[test]
    fn every_word_is_there_in_every_language() {
        for (key, texts) in WORDS.iter() {
            for language in LANGUAGES {
                assert!(
                    texts.get(language).is_some_and(|text| !text.is_empty()),
                    "{key} {language}"
                );
            }
        }
    }
}
