//! How the report is cited: in words, after APA, and as files for programs
//! that keep references. All of it is made from the settings: what nobody
//! stated is left out.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::figure::Scope;
use crate::survey::slug;

use super::File;

/// The files, relative to the folder of a language, with the names of their formats.
pub(super) const FILES: [(&str, &str); 3] =
    [("citation.bib", "BibTeX"), ("citation.ris", "RIS"), ("citation.json", "CSL-JSON")];

/// What is known of the report in one language.
pub(super) struct Citation<'a> {
    title: &'a str,
    author: Option<&'a str>,
    published: Option<Date>,
    url: Option<String>,
    version: Option<&'a str>,
    language: &'a str,
}

/// A citation in words; the title is set off.
pub(super) struct Words {
    pub(super) before: String,
    pub(super) title: String,
    pub(super) after: String,
}

/// Writes how to cite the report in one language, as files that reference managers
/// read, in the folder of its pages: BibTeX, RIS and CSL JSON.
pub fn citation_files(scope: &Scope<'_>, folder: &str) -> Vec<File> {
    let citation = Citation::new(scope);
    let texts = [citation.bibtex(), citation.ris(), citation.csl()];
    let files = FILES.iter().zip(texts);
    let files = files.map(|((name, _), text)| File {
        path: format!("{folder}{name}"),
        bytes: text.into_bytes(),
    });
    files.collect()
}

impl<'a> Citation<'a> {
    pub(super) fn new(scope: &Scope<'a>) -> Self {
        let (site, language) = (&scope.config.site, scope.words.language());
        let is_default = language == scope.config.default_language();
        let folder = if is_default { String::new() } else { format!("{language}/") };
        Self {
            title: site.title.get(language),
            author: site.author.as_deref(),
            published: site.published,
            url: site.url.as_ref().map(|url| format!("{url}{folder}")),
            version: site.version.as_deref(),
            language: language.tag(),
        }
    }

    /// After the manual of the American Psychological Association, 7th
    /// edition: author, date, title, address; who is both author and publisher
    /// is named once.
    pub(super) fn apa(&self, scope: &Scope<'_>) -> Words {
        let words = scope.words;
        let date = self.published.map(|date| apa_date(scope, date));
        let date = date.unwrap_or_else(|| words.text("about.cite-no-date").to_owned());
        let version = self.version.map(|version| {
            format!(" ({})", words.fill("about.cite-version", &[("version", version)]))
        });
        let title = words.typeset(self.title).into_owned();
        let url = self.url.as_deref().map(|url| format!(" {url}")).unwrap_or_default();
        let version = version.unwrap_or_default();
        // "Inc." ends with the stop that would follow it.
        let author = self.author.map(|author| author.trim_end_matches('.'));
        match author {
            Some(author) => Words {
                before: format!("{author}. ({date}). "),
                title,
                after: format!("{version}.{url}"),
            },
            // Without an author the title comes first.
            None => {
                Words { before: String::new(), title, after: format!("{version}. ({date}).{url}") }
            }
        }
    }

    /// `smart-city-institute-2018`.
    fn key(&self) -> String {
        let name = slug(self.author.unwrap_or(self.title));
        match self.published {
            Some(date) => format!("{name}-{}", date.year()),
            None => name,
        }
    }

    pub(super) fn bibtex(&self) -> String {
        let kind = if self.author.is_some() { "techreport" } else { "misc" };
        let author = self.author.map(tex);
        // Between two pairs of braces: an institute has no first name.
        let fields = [
            ("author", author.as_ref().map(|author| format!("{{{author}}}"))),
            ("title", Some(format!("{{{}}}", tex(self.title)))),
            ("institution", author.clone()),
            ("year", self.published.map(|date| date.year().to_string())),
            ("date", self.published.map(|date| date.to_string())),
            ("version", self.version.map(tex)),
            ("url", self.url.clone()),
        ];
        let fields = fields.into_iter().filter_map(|(name, value)| Some((name, value?)));
        let lines: Vec<String> =
            fields.map(|(name, value)| format!("  {name} = {{{value}}}")).collect();
        format!("@{kind}{{{},\n{}\n}}\n", self.key(), lines.join(",\n"))
    }

    /// RIS ends its lines as its description asks, with CR LF.
    fn ris(&self) -> String {
        let fields = [
            ("TY", Some("RPRT".to_owned())),
            ("AU", self.author.map(one_line)),
            ("TI", Some(one_line(self.title))),
            ("PY", self.published.map(|date| date.year().to_string())),
            (
                "DA",
                self.published.map(|date| {
                    format!("{:04}/{:02}/{:02}", date.year(), date.month(), date.day())
                }),
            ),
            ("PB", self.author.map(one_line)),
            ("ET", self.version.map(one_line)),
            ("LA", Some(self.language.to_owned())),
            ("UR", self.url.clone()),
            ("ER", Some(String::new())),
        ];
        let fields = fields.into_iter().filter_map(|(name, value)| Some((name, value?)));
        let lines: Vec<String> =
            fields.map(|(name, value)| format!("{name}  - {value}\r\n")).collect();
        lines.concat()
    }

    fn csl(&self) -> String {
        let author = self.author.map(|author| json!([{ "literal": author }]));
        let issued = self.published.map(|date| {
            let parts = [date.year(), date.month().into(), date.day().into()];
            json!({ "date-parts": [parts] })
        });
        let fields: [(&str, Option<Value>); 9] = [
            ("id", Some(self.key().into())),
            ("type", Some("report".into())),
            ("title", Some(self.title.into())),
            ("author", author),
            ("publisher", self.author.map(Value::from)),
            ("issued", issued),
            ("version", self.version.map(Value::from)),
            ("language", Some(self.language.into())),
            ("URL", self.url.clone().map(Value::from)),
        ];
        let known = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        format!("{:#}\n", Value::from(vec![Value::Object(known.collect::<Map<_, _>>())]))
    }
}

/// Year first, then the day as the language writes it.
fn apa_date(scope: &Scope<'_>, date: Date) -> String {
    let full = scope.words.date(date);
    let year = date.year().to_string();
    let day = full.strip_suffix(&year).and_then(|rest| rest.trim_end().split_once(' '));
    match day {
        Some((day, month)) => {
            scope.words.fill("about.cite-date", &[("year", &year), ("month", month), ("day", day)])
        }
        None => full,
    }
}

/// Text as BibTeX takes it; letters with accents stay, as its files are UTF-8.
fn tex(text: &str) -> String {
    let mut escaped = String::new();
    for letter in one_line(text).chars() {
        match letter {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => escaped.extend(['\\', letter]),
            letter => escaped.push(letter),
        }
    }
    escaped
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn citation() -> Citation<'static> {
        Citation {
            title: "Data & {villes} : 100 %",
            author: Some("An Institute"),
            published: Some(Date::constant(2018, 6, 14)),
            url: Some("https://example.org/nl/".to_owned()),
            version: Some("1.1"),
            language: "nl",
        }
    }

    #[test]
    fn signs_that_tex_reads_are_escaped() {
        insta::assert_snapshot!(citation().bibtex(), @r"
        @techreport{an-institute-2018,
          author = {{An Institute}},
          title = {{Data \& \{villes\} : 100 \%}},
          institution = {An Institute},
          year = {2018},
          date = {2018-06-14},
          version = {1.1},
          url = {https://example.org/nl/}
        }
        ");
    }

    #[test]
    fn ris_has_a_field_a_line() {
        insta::assert_snapshot!(citation().ris().replace("\r\n", "\n"), @r"
        TY  - RPRT
        AU  - An Institute
        TI  - Data & {villes} : 100 %
        PY  - 2018
        DA  - 2018/06/14
        PB  - An Institute
        ET  - 1.1
        LA  - nl
        UR  - https://example.org/nl/
        ER  -
        ");
        assert!(citation().ris().lines().count() == citation().ris().matches("\r\n").count());
    }

    #[test]
    fn csl_json_names_an_institute_whole() {
        let csl: Value = serde_json::from_str(&citation().csl()).unwrap();

        assert_eq!(csl[0]["author"], json!([{ "literal": "An Institute" }]));
        assert_eq!(csl[0]["issued"], json!({ "date-parts": [[2018, 6, 14]] }));
    }

    #[test]
    fn what_nobody_stated_is_left_out() {
        let bare =
            Citation { author: None, published: None, url: None, version: None, ..citation() };

        assert!(bare.bibtex().starts_with("@misc{data-villes-100,\n  title"), "{}", bare.bibtex());
        assert!(!bare.ris().contains("AU  -") && !bare.ris().contains("PY  -"));
        assert!(!bare.csl().contains("issued"));
    }
}
