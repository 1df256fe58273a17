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

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use icu_locale::Locale;
use jiff::civil::Date;

use super::number::{Formatters, Rounded};
use super::typography::{Rules, Typesetter};
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

/// Keys whose strings are no text: they are kept letter by letter. All others
/// are set as the texts of the author are.
const NOT_SET: [&str; 3] = ["locale.", "number.", "typography."];

/// What stands for a number that is not there.
pub const NO_NUMBER: &str = "–";

/// The words of the interface in one language.
#[derive(Debug)]
pub struct Words {
    language: Language,
    entries: BTreeMap<String, Entry>,
    formatters: Formatters,
    rules: Rules,
    /// What every number is printed with, looked up once.
    grouping: Option<String>,
    percent: String,
}

/// What stands at a key.
#[derive(Debug, Clone, PartialEq)]
enum Entry {
    Text(String),
    Plural(Forms),
    List(Vec<String>),
}

impl Words {
    fn new(
        language: Language,
        mut entries: BTreeMap<String, Entry>,
        formatters: Formatters,
        rules: Rules,
    ) -> Self {
        let text = |key: &str| match entries.get(key) {
            Some(Entry::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let (grouping, percent) = (text("number.grouping"), text("number.percent"));
        let percent = percent.unwrap_or_default();
        let set = |text: &mut String| {
            if let Cow::Owned(set) = rules.typesetter().set(text) {
                *text = set;
            }
        };
        for (key, entry) in &mut entries {
            if NOT_SET.iter().any(|part| key.starts_with(part)) {
                continue;
            }
            match entry {
                Entry::Text(text) => set(text),
                Entry::Plural(forms) => forms.0.values_mut().for_each(set),
                Entry::List(list) => list.iter_mut().for_each(set),
            }
        }
        Self { language, entries, formatters, rules, grouping, percent }
    }

    /// The language.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// True if the strings have `key`, plain or in plural forms.
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Every dotted key, in order; a table of plural forms is one key.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// A string by its dotted key: `figure.source`. Of a string in plural
    /// forms, the form `other`.
    ///
    /// # Panics
    /// If there is no such key: the keys of the program are checked when the
    /// strings are read. For keys that an author writes, ask [`Words::has`].
    #[track_caller]
    pub fn text(&self, key: &str) -> &str {
        match self.entries.get(key) {
            Some(Entry::Text(text)) => Some(text.as_str()),
            Some(Entry::Plural(forms)) => Some(forms.get("other")),
            Some(Entry::List(list)) => list.first().map(String::as_str),
            None => None,
        }
        .expect("a key of the strings of the built-in theme")
    }

    /// A string with its `{name}` places filled. A place that no value has
    /// stays as it is.
    #[track_caller]
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.text(key), values)
    }

    /// A string that exists in plural forms, for a count; `{n}` is filled
    /// with the count as written in the language, `values` as in `fill`.
    #[track_caller]
    pub fn plural(&self, key: &str, count: u64, values: &[(&str, &str)]) -> String {
        let count = Rounded::whole(count);
        self.in_number(key, self.formatters.cardinal(&count), &self.absolute(&count), values)
    }

    /// A rank in words, by ordinal category: `2nd` of `rank.masculine`.
    #[track_caller]
    pub fn ordinal(&self, key: &str, rank: u64) -> String {
        let number = self.absolute(&Rounded::whole(rank));
        self.in_number(key, self.formatters.ordinal(rank), &number, &[])
    }

    /// The form of a noun for a count: "communes" for 123.
    pub fn noun<'f>(&self, forms: &'f Forms, count: u64) -> &'f str {
        forms.get(self.category(count))
    }

    /// The CLDR plural category of a whole number: `one`, `other` …
    pub fn category(&self, count: u64) -> &'static str {
        self.formatters.cardinal(&Rounded::whole(count))
    }

    /// A number with exactly `digits` decimals, rounded half away from zero.
    pub fn number(&self, value: f64, digits: u8) -> String {
        match Rounded::new(value, 0, digits) {
            Some(number) => self.after(sign(&number, ""), &number),
            None => NO_NUMBER.to_owned(),
        }
    }

    /// A difference with its sign, `+` or `−`; none for 0.
    pub fn signed(&self, value: f64, digits: u8) -> String {
        match Rounded::new(value, 0, digits) {
            Some(number) => self.after(sign(&number, "+"), &number),
            None => NO_NUMBER.to_owned(),
        }
    }

    /// A proportion 0–1 in percent: `44 %`; `<1 %` for a share above 0 that
    /// would round to 0.
    pub fn percent(&self, proportion: f64, digits: u8) -> String {
        let Some(percent) = Rounded::new(proportion, 2, digits) else {
            return NO_NUMBER.to_owned();
        };
        if 0.0 < proportion && percent.is_zero() {
            let smallest = self.absolute(&Rounded::smallest(digits));
            return self.fill("number.percent-below", &[("n", &smallest)]);
        }
        let number = self.after(sign(&percent, ""), &percent);
        fill(&self.percent, &[("n", &number)])
    }

    /// A difference of proportions −1–1 in signed points: `+12 points`.
    pub fn points(&self, difference: f64, digits: u8) -> String {
        let Some(points) = Rounded::new(difference, 2, digits) else {
            return NO_NUMBER.to_owned();
        };
        let number = self.after(sign(&points, "+"), &points);
        self.in_number("number.points", self.formatters.cardinal(&points), &number, &[])
    }

    /// A day in full: `14 juin 2018`.
    pub fn date(&self, date: Date) -> String {
        let day = self.formatters.day(date);
        match (self.entries.get("date.first"), day.strip_prefix("1")) {
            (Some(Entry::Text(first)), Some(rest)) if date.day() == 1 => format!("{first}{rest}"),
            _ => day,
        }
    }

    /// Things joined by "and".
    pub fn list(&self, items: &[String]) -> String {
        self.formatters.list(items)
    }

    /// Plain text set as the language sets it. For a text that comes in
    /// pieces, use one [`Words::typesetter`] for all of them.
    pub fn typeset<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.typesetter().set(text)
    }

    /// Starts a text that comes in pieces.
    pub fn typesetter(&self) -> Typesetter<'_> {
        self.rules.typesetter()
    }

    /// The order of two texts in a dictionary of the language.
    pub fn collate(&self, a: &str, b: &str) -> std::cmp::Ordering {
        self.formatters.compare(a, b)
    }

    #[track_caller]
    fn in_number(&self, key: &str, form: &str, number: &str, values: &[(&str, &str)]) -> String {
        let text = match self.entries.get(key) {
            Some(Entry::Plural(forms)) => forms.get(form),
            _ => self.text(key),
        };
        let mut all = vec![("n", number)];
        all.extend_from_slice(values);
        fill(text, &all)
    }

    fn after(&self, sign: &str, number: &Rounded) -> String {
        let mut signed = self.absolute(number);
        signed.insert_str(0, sign);
        signed
    }

    /// The digits with the separators of the language, without a sign.
    fn absolute(&self, number: &Rounded) -> String {
        match &self.grouping {
            Some(grouping) => self.formatters.grouped(number, grouping),
            None => self.formatters.absolute(number),
        }
    }
}

fn sign(number: &Rounded, plus: &'static str) -> &'static str {
    if number.is_zero() {
        ""
    } else if number.is_negative() {
        "−"
    } else {
        plus
    }
}

fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        filled.push_str(&rest[..at]);
        rest = &rest[at..];
        let place = rest.find('}').and_then(|end| {
            let (_, value) = values.iter().find(|(name, _)| *name == &rest[1..end])?;
            Some((end, *value))
        });
        // A value is never searched for places: it may hold braces.
        if let Some((end, value)) = place {
            filled.push_str(value);
            rest = &rest[end + 1..];
        } else {
            filled.push('{');
            rest = &rest[1..];
        }
    }
    filled.push_str(rest);
    filled
}

/// Reads the strings of the theme for every language of the site.
pub fn load(theme: &Theme, languages: &[Language]) -> Outcome<BTreeMap<Language, Words>> {
    let mut found = Findings::default();
    let reference = reference();
    let mut words = BTreeMap::new();
    for language in languages {
        if let Some(one) = read(theme, language, &reference, &mut found) {
            words.insert(language.clone(), one);
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    const FRENCH: &str = include_str!("../../themes/barometer/strings/fr.toml");
    const DUTCH: &str = include_str!("../../themes/barometer/strings/nl.toml");

    fn language(tag: &str) -> Language {
        Language::new(tag).unwrap()
    }

    /// Reads one file of strings, as the theme would hold it.
    fn outcome(tag: &str, text: &str) -> Outcome<Option<Words>> {
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

    fn words(tag: &str) -> Words {
        let text = match tag {
            "fr" => FRENCH,
            "nl" => DUTCH,
            _ => REFERENCE,
        };
        let checked = outcome(tag, text).unwrap();
        assert_eq!(checked.warnings, []);
        checked.value.unwrap()
    }

    #[test]
    fn the_built_in_strings_have_the_same_keys_in_each_language() {
        for tag in ["en", "fr", "nl"] {
            assert!(words(tag).has("figure.source"), "{tag}");
        }
    }

    #[test]
    fn strings_are_set_as_the_texts_of_an_author_are() {
        let fr = words("fr");

        for key in fr.keys().filter(|key| !NOT_SET.iter().any(|part| key.starts_with(part))) {
            let text = fr.text(key);
            let wide = [" :", " ;", " ?", " !", " %", " »", "« ", "'"];
            assert!(!wide.iter().any(|mark| text.contains(mark)), "{key}: {text}");
        }
        let straight = FRENCH.replace("skip = \"", "skip = \"Qu'est-ce : ");
        let own = outcome("fr", &straight).unwrap().value.unwrap();
        let is_set = |key: &str| own.text(key).starts_with("Qu’est-ce\u{202F}: ");
        assert!(own.keys().any(is_set));
    }

    #[test]
    fn percentages_are_those_of_the_language() {
        let (fr, nl, en) = (words("fr"), words("nl"), words("en"));

        assert_eq!(fr.percent(0.439, 1), "43,9\u{202F}%");
        assert_eq!(nl.percent(0.439, 1), "43,9%");
        assert_eq!(en.percent(0.439, 1), "43.9%");
        assert_eq!(fr.percent(0.285, 0), "29\u{202F}%");
        assert_eq!(en.percent(1.0, 0), "100%");
    }

    #[test]
    fn a_share_above_nothing_never_prints_as_nothing() {
        let fr = words("fr");

        assert_eq!(fr.percent(0.004, 0), "<1\u{202F}%");
        assert_eq!(fr.percent(0.005, 0), "1\u{202F}%");
        assert_eq!(fr.percent(0.0004, 1), "<0,1\u{202F}%");
        assert_eq!(fr.percent(0.0, 0), "0\u{202F}%");
    }

    #[test]
    fn differences_are_signed_points() {
        let (fr, en) = (words("fr"), words("en"));

        assert_eq!(fr.points(0.12, 0), fr.plural("number.points", 12, &[]).replace("12", "+12"));
        assert_eq!(en.points(-0.01, 0), "−1 percentage point");
        assert_eq!(en.points(0.004, 0), "0 percentage points");
        assert_eq!(en.signed(0.25, 1), "+0.3");
        assert_eq!(en.signed(-0.04, 1), "0.0");
    }

    #[test]
    fn plurals_follow_the_language() {
        let (fr, en) = (words("fr"), words("en"));

        assert_eq!((fr.category(0), en.category(0)), ("one", "other"));
        assert_eq!(en.plural("numbers.respondents", 1234, &[]), "1,234 respondents");
        assert_eq!(
            fr.plural("numbers.respondents", 1, &[]),
            "1\u{A0}répondant".replace('\u{A0}', " ")
        );
    }

    #[test]
    fn ranks_follow_the_language() {
        let fr = words("fr");

        assert_eq!(
            (fr.ordinal("rank.masculine", 1), fr.ordinal("rank.feminine", 2)),
            ("1er".to_owned(), "2e".to_owned())
        );
    }

    #[test]
    fn days_and_lists_are_in_words() {
        let (fr, nl, en) = (words("fr"), words("nl"), words("en"));
        let date = Date::constant(2018, 6, 14);
        let items = ["a", "b", "c"].map(str::to_owned);

        assert_eq!(fr.date(date), "14 juin 2018");
        assert_eq!(nl.date(date), "14 juni 2018");
        assert_eq!(en.date(date), "14 June 2018");
        assert_eq!(fr.list(&items), "a, b et c");
        assert_eq!(nl.list(&items), "a, b en c");
        assert_eq!(en.list(&items), "a, b and c");
    }

    #[test]
    fn the_first_of_a_month_and_thousands_may_be_said() {
        let text = FRENCH.replace("[number]\n", "[number]\ngrouping = \"’\"\n");
        let fr = outcome("fr", &text).unwrap().value.unwrap();

        assert_eq!(fr.date(Date::constant(2018, 6, 1)), "1er juin 2018");
        assert_eq!(fr.date(Date::constant(2018, 6, 11)), "11 juin 2018");
        assert_eq!(fr.number(1_234_567.5, 1), "1’234’567,5");
    }

    #[test]
    fn accents_stand_beside_their_letter() {
        let fr = words("fr");
        let mut names = ["Zaventem", "Écaussinnes", "Fosses", "Eeklo"];

        names.sort_by(|a, b| fr.collate(a, b));

        assert_eq!(names, ["Écaussinnes", "Eeklo", "Fosses", "Zaventem"]);
    }

    #[test]
    fn a_value_with_braces_is_not_filled_again() {
        assert_eq!(fill("{a} {b} {c", &[("a", "{b}"), ("b", "x")]), "{b} x {c");
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

    #[test]
    fn words_may_cross_threads() {
        fn crosses<T: Send + Sync>() {}
        crosses::<Words>();
    }
}
