//! How the keys of a table are taken out one by one, and the complaints where a
//! value is another one than was wanted.

use jiff::civil::Date;

use super::help;
use super::value::{Entry, Spelled, Table, Value};
use crate::diag::{Code, Diagnostic, Findings, Place, did_you_mean, one_of};

impl Table {
    /// Where the table starts; for the outermost table, the start of the TOML.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The dotted name of the table, empty for the outermost.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// True if no key is left.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// True if `key` is there and was not taken yet.
    pub fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key.value == key)
    }

    /// Notes every key that must be there and is not. Call it before reading.
    pub fn complete(&self, found: &mut Findings) {
        let required = self.takes.keys().iter().filter(|key| key.required);
        self.require(&required.map(|key| key.name).collect::<Vec<_>>(), found);
    }

    /// Notes every one of `keys` that is not there. Call it before reading.
    pub fn require(&self, keys: &[&str], found: &mut Findings) {
        for key in keys.iter().filter(|key| !self.has(key)) {
            let table = match self.path.as_str() {
                "" => String::new(),
                path => format!(" in `[{path}]`"),
            };
            found.push(
                Diagnostic::error(Code::MissingKey, format!("`{key}` is missing{table}"))
                    .at(self.place.clone())
                    .hint(format!("Add `{key} = …`{table}.")),
            );
        }
    }

    /// Takes the value of `key`, of whatever type. A key that the list of the
    /// table lacks is never there: it would be in no schema.
    pub fn value(&mut self, key: &str) -> Option<Spelled<Value>> {
        self.takes.keys().iter().find(|known| known.name == key)?;
        let at = self.entries.iter().position(|entry| entry.key.value == key)?;
        Some(self.entries.remove(at).value)
    }

    /// Takes a string.
    pub fn text(&mut self, key: &str, found: &mut Findings) -> Option<Spelled<String>> {
        self.value(key)?.text(key, found)
    }

    /// Takes a whole number.
    pub fn integer(&mut self, key: &str, found: &mut Findings) -> Option<Spelled<i64>> {
        let value = self.value(key)?;
        match value.value {
            Value::Integer(number) => Some(Spelled { value: number, place: value.place }),
            _ => value.refuse(key, "a whole number", found),
        }
    }

    /// Takes a whole number that is not negative.
    pub fn count(&mut self, key: &str, found: &mut Findings) -> Option<Spelled<u32>> {
        let Spelled { value, place } = self.integer(key, found)?;
        if let Ok(value) = u32::try_from(value) {
            return Some(Spelled { value, place });
        }
        found.push(
            Diagnostic::error(
                Code::BadValue,
                format!("`{key}` is {value}, not a number from 0 to {}", u32::MAX),
            )
            .at(place)
            .hint("Write a whole number, 0 or more."),
        );
        None
    }

    /// Takes a number, whole or not.
    pub fn number(&mut self, key: &str, found: &mut Findings) -> Option<Spelled<f64>> {
        let value = self.value(key)?;
        match value.value {
            #[expect(clippy::cast_precision_loss, reason = "2^53 is beyond every setting")]
            Value::Integer(number) => Some(Spelled { value: number as f64, place: value.place }),
            Value::Float(number) if number.is_finite() => {
                Some(Spelled { value: number, place: value.place })
            }
            Value::Float(number) => {
                let message = format!("`{key}` is {number}, which is no number to compute with");
                let mistake = Diagnostic::error(Code::BadValue, message).at(value.place);
                found.push(mistake.hint("Write digits, with a point before decimals."));
                None
            }
            _ => value.refuse(key, "a number", found),
        }
    }

    /// Takes `true` or `false`.
    pub fn boolean(&mut self, key: &str, found: &mut Findings) -> Option<Spelled<bool>> {
        let value = self.value(key)?;
        match value.value {
            Value::Boolean(truth) => Some(Spelled { value: truth, place: value.place }),
            _ => value.refuse(key, "`true` or `false`", found),
        }
    }

    /// Takes a day, written without quotation marks: `2018-06-14`.
    pub fn date(&mut self, key: &str, found: &mut Findings) -> Option<Spelled<Date>> {
        let value = self.value(key)?;
        match value.value {
            Value::Date(date) => Some(Spelled { value: date, place: value.place }),
            _ => value.refuse(key, "a date such as `2018-06-14`", found),
        }
    }

    /// Takes a list of strings. A mistake in one leaves out that one.
    pub fn texts(&mut self, key: &str, found: &mut Findings) -> Option<Vec<Spelled<String>>> {
        let value = self.value(key)?;
        match value.value {
            Value::List(list) => {
                Some(list.into_iter().filter_map(|one| one.text(key, found)).collect())
            }
            _ => value.refuse(key, "a list of strings", found),
        }
    }

    /// Takes a string or a list of strings: `by = "region"`, `by = ["region"]`.
    pub fn text_or_texts(
        &mut self,
        key: &str,
        found: &mut Findings,
    ) -> Option<Vec<Spelled<String>>> {
        let value = self.value(key)?;
        match value.value {
            Value::Text(text) => Some(vec![Spelled { value: text, place: value.place }]),
            Value::List(list) => {
                Some(list.into_iter().filter_map(|one| one.text(key, found)).collect())
            }
            _ => value.refuse(key, "a string or a list of strings", found),
        }
    }

    /// Takes one of the words of a list.
    pub fn choice<T: Copy>(
        &mut self,
        key: &str,
        words: &[(&str, T)],
        found: &mut Findings,
    ) -> Option<Spelled<T>> {
        self.text(key, found)?.choice(key, words, found)
    }

    /// Takes a table.
    pub fn table(&mut self, key: &str, found: &mut Findings) -> Option<Self> {
        self.value(key)?.table(key, found)
    }

    /// Takes every key that is left: for tables whose keys are the author's
    /// (languages, waves, breakdowns). They are in the order of the text.
    pub fn into_entries(self) -> Vec<Entry> {
        self.entries
    }

    /// Notes every key that no reader took, with the nearest that one asked for.
    pub fn finish(self, found: &mut Findings) {
        for entry in self.entries {
            let table = match self.path.as_str() {
                "" => String::new(),
                path => format!(" of `[{path}]`"),
            };
            let word = &entry.key.value;
            found.push(
                Diagnostic::error(Code::UnknownKey, format!("`{word}` is not a key{table}"))
                    .at(entry.key.place)
                    .hint_if(did_you_mean(word, self.takes.keys().iter().map(|key| key.name))),
            );
        }
    }
}

impl Spelled<String> {
    /// What the word means, or a complaint that it is not one of those that
    /// `key` takes.
    pub fn choice<T: Copy>(
        self,
        key: &str,
        words: &[(&str, T)],
        found: &mut Findings,
    ) -> Option<Spelled<T>> {
        let known = words.iter().find(|(name, _)| *name == self.value);
        if let Some((_, value)) = known {
            return Some(Spelled { value: *value, place: self.place });
        }
        found.push(
            Diagnostic::error(
                Code::BadValue,
                format!("`{}` is not a value of `{key}`", self.value),
            )
            .at(self.place)
            .hint(one_of(&self.value, words.iter().map(|(name, _)| *name))),
        );
        None
    }
}

impl Spelled<Value> {
    /// The string, or a complaint that `key` takes one.
    pub fn text(self, key: &str, found: &mut Findings) -> Option<Spelled<String>> {
        match self.value {
            Value::Text(text) => Some(Spelled { value: text, place: self.place }),
            // Known all the same, so that what names it is no further mistake.
            Value::Integer(number) => {
                let meant = Spelled { value: number.to_string(), place: self.place.clone() };
                self.refuse::<()>(key, "a string", found);
                Some(meant)
            }
            _ => self.refuse(key, "a string", found),
        }
    }

    /// The table, or a complaint that `key` takes one.
    pub fn table(self, key: &str, found: &mut Findings) -> Option<Table> {
        match self.value {
            Value::Table(table) => Some(table),
            _ => self.refuse(key, "a table", found),
        }
    }

    /// Notes that `key` takes another type. Gives nothing, so that a reader
    /// can end with it.
    pub fn refuse<T>(self, key: &str, wanted: &str, found: &mut Findings) -> Option<T> {
        found.push(
            Diagnostic::error(
                Code::WrongType,
                format!("`{key}` is {}, not {wanted}", self.value.kind()),
            )
            .at(self.place)
            .hint_if(help::of_type(key, wanted, &self.value)),
        );
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::key::{Key, Takes};
    use crate::diag::{Position, SourceText};

    /// The keys of these tests.
    static KEYS: Takes = Takes::Table(&[
        Key::new("site", Takes::Table(SITE), ""),
        Key::new("waves", Takes::Each(&Takes::FREE), ""),
        Key::new("where", Takes::Each(&Takes::Text), ""),
        Key::new("title", Takes::Text, ""),
        Key::new("publish", Takes::Words(&["results", "nothing"]), ""),
        Key::new("by", Takes::TextOrTexts, ""),
    ]);

    const SITE: &[Key] =
        &[Key::new("title", Takes::Text, ""), Key::new("published", Takes::Date, "")];

    fn read(text: &str) -> (Option<Table>, Findings) {
        let mut found = Findings::default();
        let source = SourceText::new("barometer.toml", text.to_owned());
        let table = Table::parse(&source, 0..text.len(), &KEYS, &mut found);
        (table, found)
    }

    fn messages(found: Findings) -> Vec<String> {
        let mistakes = found.fail::<()>().unwrap_err();
        mistakes
            .all()
            .iter()
            .map(|one| {
                let at = one.place().unwrap().start();
                let hints = one.hints().join(" ");
                format!("{}:{} {}: {} {hints}", at.line, at.column, one.code().id(), one.message())
            })
            .collect()
    }

    #[test]
    fn every_syntax_mistake_is_reported() {
        let (table, found) = read("a = \nb = 1\nc = [1, \nd = \"x\n");

        assert!(table.is_none());
        let messages = messages(found);
        assert!(messages.len() >= 2, "{messages:?}");
        assert!(messages[0].starts_with("1:"), "{messages:?}");
    }

    #[test]
    fn a_part_of_a_larger_text_keeps_its_lines() {
        let text = "# Titre\n\n+++\ntitel = \"é\"\n+++\n";
        let source = SourceText::new("a.md", text.to_owned());
        let mut found = Findings::default();

        let start = text.find("titel").unwrap();
        let mut table = Table::parse(&source, start..start + 12, &KEYS, &mut found).unwrap();
        assert_eq!(table.text("title", &mut found), None);
        table.finish(&mut found);

        assert_eq!(messages(found), ["4:1 B003: `titel` is not a key Did you mean `title`?"]);
    }

    #[test]
    fn a_wrong_type_says_both_types() {
        let (table, mut found) = read("[site]\ntitle = 5\npublished = \"2018-06-14\"\n");

        let mut site = table.unwrap().table("site", &mut found).unwrap();
        assert_eq!(site.text("title", &mut found).unwrap().value, "5");
        assert_eq!(site.date("published", &mut found), None);

        assert_eq!(
            messages(found),
            [
                "2:9 B004: `title` is a whole number, not a string Write it in quotation marks: `\"5\"`.",
                "3:13 B004: `published` is a string, not a date such as `2018-06-14` Write `published = 2018-06-14`, without quotation marks.",
            ],
        );
    }

    #[test]
    fn a_table_is_placed_at_its_header() {
        let (table, mut found) = read("a = 1\n\n[waves.2018]\nb = 2\n");

        let waves = table.unwrap().table("waves", &mut found).unwrap();
        let entries = waves.into_entries();

        assert_eq!(entries[0].key.value, "2018");
        assert_eq!(entries[0].key.place.start(), Position { line: 3, column: 8 });
        let Value::Table(wave) = &entries[0].value.value else { panic!("not a table") };
        assert_eq!(wave.path(), "waves.2018");
        assert_eq!(wave.place().start(), Position { line: 3, column: 1 });
    }

    #[test]
    fn keys_are_read_in_the_order_of_the_text() {
        let (table, mut found) = read("where = { region = \"a\", nature = \"b\" }\n");

        let entries = table.unwrap().table("where", &mut found).unwrap().into_entries();

        assert_eq!(
            entries.iter().map(|e| e.key.value.as_str()).collect::<Vec<_>>(),
            ["region", "nature"]
        );
    }

    #[test]
    fn a_word_outside_its_list_gets_the_nearest() {
        let (table, mut found) = read("publish = \"result\"\n");

        let got = table.unwrap().choice("publish", &[("results", 1), ("nothing", 2)], &mut found);

        assert_eq!(got, None);
        assert_eq!(
            messages(found),
            ["1:11 B006: `result` is not a value of `publish` Did you mean `results`?"],
        );
    }

    #[test]
    fn a_key_without_a_line_in_the_list_is_refused_even_if_somebody_asks() {
        let (table, mut found) = read("colour = \"red\"\n");

        let mut table = table.unwrap();
        assert_eq!(table.text("colour", &mut found), None);
        table.finish(&mut found);

        assert!(messages(found)[0].starts_with("1:1 B003: `colour` is not a key "));
    }

    #[test]
    fn a_list_keeps_its_good_members() {
        let (table, mut found) = read("by = [\"region\", true]\n");

        let by = table.unwrap().text_or_texts("by", &mut found).unwrap();

        assert_eq!(by.len(), 1);
        assert_eq!(messages(found), ["1:17 B004: `by` is `true` or `false`, not a string "]);
    }
}
