//! The strings file of a language.
//!
//! `themes/<name>/strings/<tag>.toml` holds every word of the interface and
//! all that a language does in its own way:
//!
//! | key | meaning |
//! | --- | --- |
//! | `locale.tag` | whose numbers, dates, plurals and order: `fr-BE`; without it, the language |
//! | `number.percent`, `number.percent-below` | around a percentage, around the smallest that can be shown |
//! | `number.points` | a difference of percentages, by plural form |
//! | `number.grouping` | optional: what separates thousands, where the country's sign is not wanted |
//! | `date.first` | optional: the first day of a month, `1er` |
//! | `typography.*` | spaces, quotation marks, apostrophe |
//!
//! The strings of the built-in theme in English are the list of keys: a
//! language that lacks one is a mistake, a key that is not among them a warning.

use std::collections::BTreeMap;
use std::sync::Arc;

use icu_locale::Locale;
use rayon::prelude::*;

use super::number::Formatters;
use super::typography::Rules;
use super::words::{Entry, Words};
use crate::config::key::Takes;
use crate::config::toml::{Spelled, Table, Value};
use crate::config::{Forms, Language, PLURALS};
use crate::diag::{Code, Diagnostic, Findings, Outcome, Place, SourceText, did_you_mean, nearest};
use crate::sources;
use crate::theme::Theme;

/// The strings that say which keys there are.
const REFERENCE: &str = include_str!("../../themes/barometer/strings/en.toml");

/// Keys that a language may do without.
const OPTIONAL: [&str; 2] = ["number.grouping", "date.first"];

/// Reads the strings of the theme for every language of the site.
pub fn load(theme: &Theme, languages: &[Language]) -> Outcome<BTreeMap<Language, Words>> {
    let reference = reference();
    let read = |language: &Language| {
        let mut found = Findings::default();
        (read(theme, language, &reference, &mut found), found)
    };
    let read: Vec<_> = languages.par_iter().map(read).collect();
    let (mut words, mut found) = (BTreeMap::new(), Findings::default());
    for (language, (one, own)) in languages.iter().zip(read) {
        found.join(own);
        words.extend(one.map(|one| (language.clone(), one)));
    }
    found.settle(words)
}

fn reference() -> BTreeMap<String, Entry> {
    let source = SourceText::new("themes/barometer/strings/en.toml", REFERENCE.to_owned());
    let mut found = Findings::default();
    let entries = entries(&source, &mut found).map(|(entries, _)| entries);
    entries.filter(|_| !found.has_errors()).expect("the built-in strings are read by a test")
}

type Entries = (BTreeMap<String, Entry>, BTreeMap<String, Place>);

fn read(
    theme: &Theme,
    language: &Language,
    reference: &BTreeMap<String, Entry>,
    found: &mut Findings,
) -> Option<Words> {
    let file = format!("strings/{language}.toml");
    let mut versions = theme.versions(&file);
    let Some((path, bytes)) = versions.next() else {
        let known: Vec<&str> =
            theme.under("strings/").filter_map(|(path, _)| path.strip_suffix(".toml")).collect();
        let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
        found.push(
            Diagnostic::error(
                Code::StringMissing,
                format!("the theme `{}` has no words in `{language}`", theme.name()),
            )
            .hint(format!("Add `{}`.", theme.path(&file)))
            .hint_if((!names.is_empty()).then(|| format!("It speaks {}.", names.join(", ")))),
        );
        return None;
    };
    let source = decoded(&path, bytes, found)?;
    let (mut entries, mut places) = entries(&source, found)?;
    let mut strangers = Findings::default();
    unknown(&entries, &places, reference, &mut strangers);
    for (path, bytes) in versions {
        let base = self::entries(&decoded(&path, bytes, found)?, found)?;
        unknown(&base.0, &base.1, reference, &mut strangers);
        for (key, entry) in base.0 {
            entries.entry(key).or_insert(entry);
        }
        for (key, place) in base.1 {
            places.entry(key).or_insert(place);
        }
    }
    let sound = compare(&entries, &places, reference, &source, found);
    found.join(strangers);
    let formatters = formatters(&entries, &places, language, &source, found);
    let rules = rules(&entries, &places, &source, found);
    (sound.then_some(())).and(Some(Words::new(language.clone(), entries, formatters?, rules?)))
}

fn decoded(path: &str, bytes: &[u8], found: &mut Findings) -> Option<Arc<SourceText>> {
    sources::decode(path, bytes).map_err(|mistake| found.push(mistake)).ok()
}

/// Reads a file into its dotted keys.
fn entries(source: &Arc<SourceText>, found: &mut Findings) -> Option<Entries> {
    let table = Table::parse(source, 0..source.text().len(), &Takes::FREE, found)?;
    let mut entries = (BTreeMap::new(), BTreeMap::new());
    flatten("", table, &mut entries, found);
    Some(entries)
}

fn flatten(path: &str, table: Table, into: &mut Entries, found: &mut Findings) {
    for entry in table.into_entries() {
        let key = match path {
            "" => entry.key.value,
            path => format!("{path}.{}", entry.key.value),
        };
        let place = entry.key.place;
        let value = match entry.value.value {
            Value::Text(text) => Entry::Text(text),
            Value::Table(table) if table.has("other") => match plural(&key, table, found) {
                Some(forms) => Entry::Plural(forms),
                None => continue,
            },
            Value::Table(table) => {
                flatten(&key, table, into, found);
                continue;
            }
            Value::List(list) => {
                let texts = list.into_iter().filter_map(|one| one.text(&key, found));
                Entry::List(texts.map(|text| text.value).collect())
            }
            other => {
                let value = Spelled { value: other, place: entry.value.place };
                value.refuse::<()>(&key, "a string or plural forms", found);
                continue;
            }
        };
        into.1.insert(key.clone(), place);
        into.0.insert(key, value);
    }
}

fn plural(key: &str, table: Table, found: &mut Findings) -> Option<Forms> {
    let mut forms = BTreeMap::new();
    for entry in table.into_entries() {
        let form = entry.key.value;
        if PLURALS.contains(&form.as_str()) {
            let text = entry.value.text(key, found)?;
            forms.insert(form, text.value);
        } else {
            found.push(
                Diagnostic::error(Code::UnknownKey, format!("`{form}` is not a plural form"))
                    .at(entry.key.place)
                    .hint_if(did_you_mean(&form, PLURALS)),
            );
        }
    }
    Some(Forms(forms))
}

/// Compares the keys of a file with those that there are. False if one is
/// missing or of another kind.
fn compare(
    entries: &BTreeMap<String, Entry>,
    places: &BTreeMap<String, Place>,
    reference: &BTreeMap<String, Entry>,
    source: &Arc<SourceText>,
    found: &mut Findings,
) -> bool {
    let mut sound = true;
    for (key, wanted) in reference {
        match (wanted, entries.get(key)) {
            (Entry::Text(_), Some(Entry::Text(_)))
            | (Entry::Plural(_), Some(Entry::Plural(_) | Entry::Text(_)))
            | (Entry::List(_), Some(Entry::List(_))) => {}
            (_, Some(_)) => {
                sound = false;
                let kind = match wanted {
                    Entry::Text(_) => "a string",
                    Entry::Plural(_) => "a string or plural forms",
                    Entry::List(_) => "a list of strings",
                };
                found.push(
                    Diagnostic::error(Code::WrongType, format!("`{key}` is not {kind}"))
                        .at(places[key].clone()),
                );
            }
            (_, None) if OPTIONAL.contains(&key.as_str()) => {}
            (_, None) => {
                sound = false;
                let english = match wanted {
                    Entry::Text(text) => text.clone(),
                    Entry::Plural(forms) => forms.get("other").to_owned(),
                    Entry::List(list) => list.join(" "),
                };
                found.push(
                    Diagnostic::error(
                        Code::StringMissing,
                        format!("the string `{key}` is missing"),
                    )
                    .at(Place::file(source))
                    .hint(format!("In English it is `{english}`.")),
                );
            }
        }
    }
    sound
}

/// Warns of the keys of one file that nothing asks for.
fn unknown(
    entries: &BTreeMap<String, Entry>,
    places: &BTreeMap<String, Place>,
    reference: &BTreeMap<String, Entry>,
    found: &mut Findings,
) {
    for key in entries.keys() {
        if reference.contains_key(key) || OPTIONAL.contains(&key.as_str()) {
            continue;
        }
        let absent = reference.keys().filter(|one| !entries.contains_key(*one));
        let meant = nearest(key, absent.map(String::as_str));
        found.push(
            Diagnostic::warning(Code::StringUnknown, format!("nothing uses the string `{key}`"))
                .at(places[key].clone())
                .hint_if(meant.map(|meant| format!("Did you mean `{meant}`?"))),
        );
    }
}

fn formatters(
    entries: &BTreeMap<String, Entry>,
    places: &BTreeMap<String, Place>,
    language: &Language,
    source: &Arc<SourceText>,
    found: &mut Findings,
) -> Option<Formatters> {
    let tag = match entries.get("locale.tag") {
        Some(Entry::Text(tag)) => tag.as_str(),
        _ => language.tag(),
    };
    let formatters = tag.parse::<Locale>().ok().as_ref().and_then(Formatters::new);
    if formatters.is_none() {
        let place = places.get("locale.tag").cloned().unwrap_or_else(|| Place::file(source));
        found.push(
            Diagnostic::error(Code::BadValue, format!("`{tag}` is not a locale"))
                .at(place)
                .hint("Write a language and a country: `fr-BE`."),
        );
    }
    formatters
}

/// Reads `[typography]`. What is missing was told when the keys were compared.
fn rules(
    entries: &BTreeMap<String, Entry>,
    places: &BTreeMap<String, Place>,
    source: &Arc<SourceText>,
    found: &mut Findings,
) -> Option<Rules> {
    let text = |key: &str| match entries.get(key) {
        Some(Entry::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let mut pair = |key: &str| -> Option<[String; 2]> {
        let Some(Entry::List(list)) = entries.get(key) else { return None };
        let pair = <[String; 2]>::try_from(list.clone()).ok();
        if pair.is_none() {
            let place = places.get(key).cloned().unwrap_or_else(|| Place::file(source));
            found.push(
                Diagnostic::error(Code::BadValue, format!("`{key}` is not a pair of marks"))
                    .at(place)
                    .hint("Write the mark that opens and the one that closes: `[\"“\", \"”\"]`."),
            );
        }
        pair
    };
    let (quotes, inner) = (pair("typography.quotes"), pair("typography.inner-quotes"));
    Some(Rules {
        before: text("typography.space-before").chars().collect(),
        after: text("typography.space-after").chars().collect(),
        quotes: quotes?,
        inner: inner?,
        apostrophe: text("typography.apostrophe"),
    })
}

/// The built-in strings, read for the tests of this layer.
#[cfg(test)]
pub(super) mod built_in {
    use super::*;

    pub(in crate::wording) const FRENCH: &str =
        include_str!("../../themes/barometer/strings/fr.toml");
    const DUTCH: &str = include_str!("../../themes/barometer/strings/nl.toml");

    fn language(tag: &str) -> Language {
        Language::new(tag).unwrap()
    }

    /// Reads one file of strings, as the theme would hold it.
    pub(in crate::wording) fn outcome(tag: &str, text: &str) -> Outcome<Option<Words>> {
        let mut found = Findings::default();
        let source =
            SourceText::new(format!("themes/barometer/strings/{tag}.toml"), text.to_owned());
        let reference = reference();
        let words = entries(&source, &mut found).and_then(|(entries, places)| {
            compare(&entries, &places, &reference, &source, &mut found);
            unknown(&entries, &places, &reference, &mut found);
            let language = language(tag);
            let formatters = formatters(&entries, &places, &language, &source, &mut found);
            let rules = rules(&entries, &places, &source, &mut found);
            Some(Words::new(language, entries, formatters?, rules?))
        });
        found.settle(words)
    }

    /// The built-in words of a language.
    pub(in crate::wording) fn words(tag: &str) -> Words {
        let text = match tag {
            "fr" => FRENCH,
            "nl" => DUTCH,
            _ => REFERENCE,
        };
        let checked = outcome(tag, text).unwrap();
        assert_eq!(checked.warnings, []);
        checked.value.unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::built_in::{FRENCH, outcome, words};
    use super::*;

    #[test]
    fn the_built_in_strings_have_the_same_keys_in_each_language() {
        for tag in ["en", "fr", "nl"] {
            assert!(words(tag).has("figure.source"), "{tag}");
        }
    }

    #[test]
    fn a_missing_string_is_a_mistake_and_a_stranger_a_warning() {
        let text = FRENCH.replace("[language]\nname = ", "[language]\nnom = ");

        let mistakes = outcome("fr", &text).unwrap_err();

        let found: Vec<_> = mistakes.all().iter().map(|one| (one.code(), one.message())).collect();
        assert_eq!(
            found,
            [
                (Code::StringMissing, "the string `language.name` is missing"),
                (Code::StringUnknown, "nothing uses the string `language.nom`"),
            ]
        );
        assert_eq!(mistakes.all()[1].hints(), ["Did you mean `language.name`?"]);
    }

    #[test]
    fn a_locale_is_a_locale() {
        let mistakes = outcome("fr", &FRENCH.replace("\"fr-BE\"", "\"belge!\"")).unwrap_err();

        assert_eq!(mistakes.all()[0].message(), "`belge!` is not a locale");
    }
}
