//! The words of the interface in one language, and how it says numbers, days
//! and lists.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::number::{Formatters, Rounded};
use super::typography::{Rules, Typesetter};
use crate::config::{Forms, Language};

/// What stands for a number that is not there.
pub const NO_NUMBER: &str = "–";

/// Keys whose strings are no text: they are kept letter by letter. All others
/// are set as the texts of the author are.
const NOT_SET: [&str; 3] = ["locale.", "number.", "typography."];

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
pub(super) enum Entry {
    Text(String),
    Plural(Forms),
    List(Vec<String>),
}

impl Words {
    pub(super) fn new(
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
        let number = self.count(rank);
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

    /// A whole number.
    pub fn count(&self, count: u64) -> String {
        self.absolute(&Rounded::whole(count))
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

    /// The month of a day, with its year: `juin 2018`.
    pub fn month(&self, date: Date) -> String {
        self.formatters.month(date)
    }

    /// The time from one day to another, both in it. Of whole months it names
    /// those: who only knows the months has no other days to give.
    pub fn period(&self, from: Date, to: Date) -> String {
        let are_months = from.day() == 1 && to == to.last_of_month();
        if are_months && from.first_of_month() == to.first_of_month() {
            return self.month(from);
        }
        let (key, from, to) = if are_months {
            ("home.fieldwork-months", self.month(from), self.month(to))
        } else {
            ("home.fieldwork-dates", self.date(from), self.date(to))
        };
        self.fill(key, &[("from", &from), ("to", &to)])
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::wording::strings::built_in::{FRENCH, outcome, words};

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
    fn whole_months_are_named_as_such() {
        let (fr, nl, en) = (words("fr"), words("nl"), words("en"));
        let (october, april) = (date(2017, 10, 1), date(2018, 4, 30));

        assert_eq!(fr.period(october, april), "octobre 2017 à avril 2018");
        assert_eq!(nl.period(october, april), "van oktober 2017 tot april 2018");
        assert_eq!(en.period(october, date(2017, 10, 31)), "October 2017");
        let day_before = date(2018, 4, 29);
        assert_eq!(fr.period(october, day_before), "du 1er octobre 2017 au 29 avril 2018");
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
        assert_eq!(fr.month(date), "juin 2018");
        assert_eq!(nl.month(date), "juni 2018");
        assert_eq!(en.month(date), "June 2018");
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
    fn words_may_cross_threads() {
        fn crosses<T: Send + Sync>() {}
        crosses::<Words>();
    }
}
