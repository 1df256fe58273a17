//! The themes inside the program: the files of `themes/`.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// Their names; the first is that of a report that names none.
pub(super) const NAMES: [&str; 2] = ["barometer", "plain"];

/// A file with its bytes.
macro_rules! file {
    ($theme:literal, $path:literal) => {
        ($path, include_bytes!(concat!("../../themes/", $theme, "/", $path)))
    };
}

type Files = &'static [(&'static str, &'static [u8])];

/// The files of a theme by path; `None` if it is not inside the program.
pub(super) fn files(name: &str) -> Option<BTreeMap<String, Cow<'static, [u8]>>> {
    let list = match name {
        "barometer" => BAROMETER,
        "plain" => PLAIN,
        _ => return None,
    };
    Some(list.iter().map(|(path, bytes)| ((*path).to_owned(), Cow::Borrowed(*bytes))).collect())
}

/// Those of the report's look, by path, in path order.
const BAROMETER: Files = &[
    file!("barometer", "static/fonts/OFL.txt"),
    file!("barometer", "static/fonts/sans.ttf"),
    file!("barometer", "static/fonts/sans.woff2"),
    file!("barometer", "static/fonts/serif-italic.woff2"),
    file!("barometer", "static/fonts/serif.woff2"),
    file!("barometer", "static/icon.svg"),
    file!("barometer", "static/script.js"),
    file!("barometer", "static/search.js"),
    file!("barometer", "static/style.css"),
    file!("barometer", "strings/en.toml"),
    file!("barometer", "strings/fr.toml"),
    file!("barometer", "strings/nl.toml"),
    file!("barometer", "templates/base.html"),
    file!("barometer", "templates/between.html"),
    file!("barometer", "templates/chapter.html"),
    file!("barometer", "templates/embed.html"),
    file!("barometer", "templates/figure.html"),
    file!("barometer", "templates/figure_facts.html"),
    file!("barometer", "templates/figure_links.html"),
    file!("barometer", "templates/figure_notes.html"),
    file!("barometer", "templates/figure_steps.html"),
    file!("barometer", "templates/figure_table.html"),
    file!("barometer", "templates/figure_tabs.html"),
    file!("barometer", "templates/footer.html"),
    file!("barometer", "templates/header.html"),
    file!("barometer", "templates/home.html"),
    file!("barometer", "templates/not_found.html"),
    file!("barometer", "templates/outline.html"),
    file!("barometer", "templates/print.html"),
    file!("barometer", "templates/sections.html"),
    file!("barometer", "templates/sources.html"),
    file!("barometer", "theme.toml"),
];

/// Those of a look for institutes with a style of their own: what it does not
/// have is that of `barometer`.
const PLAIN: Files = &[
    file!("plain", "static/icon.svg"),
    file!("plain", "static/plain.css"),
    file!("plain", "theme.toml"),
];

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use toml::{Table, Value};

    use super::{BAROMETER, NAMES, files};
    use crate::chart::{PALETTE, colour_name};

    const LANGUAGES: [&str; 3] = ["fr", "nl", "en"];

    fn text(path: &str) -> &'static str {
        let (_, bytes) =
            BAROMETER.iter().find(|(listed, _)| *listed == path).expect("a listed file");
        std::str::from_utf8(bytes).expect("a text file")
    }

    fn templates() -> impl Iterator<Item = (&'static str, &'static str)> {
        BAROMETER
            .iter()
            .filter_map(|(path, _)| path.strip_prefix("templates/").map(|name| (name, text(path))))
    }

    /// The strings of a language by dotted key; plural forms are one string.
    fn strings(language: &str) -> BTreeMap<String, Value> {
        let table: Table = text(&format!("strings/{language}.toml")).parse().expect("TOML");
        table
            .into_iter()
            .flat_map(|(group, strings)| match strings {
                Value::Table(strings) => strings
                    .into_iter()
                    .map(|(key, value)| (format!("{group}.{key}"), value))
                    .collect::<Vec<_>>(),
                other => vec![(group, other)],
            })
            .collect()
    }

    /// The `{name}` places of a string, over all its plural forms.
    fn places(string: &Value) -> BTreeSet<String> {
        match string {
            Value::String(string) => string
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}'))
                .map(|(name, _)| name.to_owned())
                .collect(),
            Value::Table(forms) => forms.values().flat_map(places).collect(),
            _ => BTreeSet::new(),
        }
    }

    #[test]
    fn the_lists_are_the_folders() {
        let themes = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes");
        let folders: BTreeSet<String> = walkdir::WalkDir::new(&themes)
            .min_depth(1)
            .max_depth(1)
            .into_iter()
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        assert_eq!(folders.iter().map(String::as_str).collect::<Vec<_>>(), NAMES);
        for name in NAMES {
            let root = themes.join(name);
            let folder: BTreeSet<String> = walkdir::WalkDir::new(&root)
                .into_iter()
                .map(|entry| entry.expect("a readable folder"))
                .filter(|entry| entry.file_type().is_file())
                .map(|entry| {
                    let path = entry.path().strip_prefix(&root).expect("a path below the theme");
                    path.to_string_lossy().replace('\\', "/")
                })
                .collect();

            let listed = files(name).expect("a theme inside the program");

            assert_eq!(listed.into_keys().collect::<BTreeSet<_>>(), folder);
        }
    }

    #[test]
    fn every_colour_of_a_drawing_is_a_variable() {
        let style = text("static/style.css");

        for (role, variable, colour) in PALETTE {
            for attribute in ["fill", "stroke"] {
                let rule = format!(
                    "svg.chart [{attribute}=\"{colour}\" i] {{ {attribute}: var({variable}); }}"
                );
                assert!(style.contains(&rule), "{role:?}: no rule `{rule}`");
            }
            // Once for light, once for dark; light is the colour of the file.
            assert!(style.contains(&format!("{variable}: {colour};")), "{role:?} in light");
            assert!(style.matches(&format!("{variable}: ")).count() >= 2, "{role:?} in dark");
        }
    }

    #[test]
    fn files_of_drawings_have_the_colours_of_the_page_in_light() {
        use crate::theme::look::COLOURS;
        let names: Vec<&str> = COLOURS.iter().map(|key| key.name).collect();
        assert_eq!(names, PALETTE.iter().map(|(role, ..)| colour_name(*role)).collect::<Vec<_>>());

        let plain = crate::theme::named(&crate::sources::Sources::default(), "plain");
        let look = crate::theme::look(&plain.expect("a theme").value).expect("a look").value;
        let bytes = files("plain").expect("a theme").remove("static/plain.css");
        let sheet = String::from_utf8(bytes.expect("a sheet").to_vec()).expect("text");
        let (light, _) = sheet.split_once("(prefers-color-scheme: dark)").expect("both schemes");
        let mut set = 0;
        for (_, variable, _) in PALETTE {
            let written = light.split_once(&format!(" {variable}: #")).map(|(_, rest)| {
                let (digits, _) = rest.split_once(';').expect("the end of a value");
                let wide = |digit: char| [digit, digit].iter().collect::<String>();
                match digits.len() {
                    3 => format!("#{}", digits.chars().map(wide).collect::<String>()),
                    _ => format!("#{digits}"),
                }
            });
            let own = look.colours.get(variable.trim_start_matches('-'));
            assert_eq!(own.map(|colour| &colour.value), written.as_ref(), "{variable}");
            set += usize::from(written.is_some());
        }
        assert_eq!(set, 4);
    }

    #[test]
    fn templates_parse_and_ask_for_strings_that_exist() {
        let mut tera = tera::Tera::new();
        for name in ["t", "plural"] {
            tera.register_function(name, |_: tera::Kwargs, _: &tera::State| String::new());
        }
        let french = strings("fr");

        tera.add_raw_templates(templates()).expect("templates that parse");

        for (name, template) in templates() {
            for call in template.split("key=\"").skip(1) {
                let (key, _) = call.split_once('"').expect("a closed key");
                assert!(french.contains_key(key), "{name} asks for `{key}`");
            }
        }
    }

    #[test]
    fn languages_say_the_same_with_the_same_places() {
        // Only some languages have a word for the first of a month.
        let of = |language: &str| {
            let mut strings = strings(language);
            strings.remove("date.first");
            strings
        };
        let french = of("fr");

        for language in LANGUAGES {
            let own = of(language);
            assert_eq!(
                own.keys().collect::<Vec<_>>().len(),
                french.len(),
                "{language} has other strings"
            );
            for (key, string) in &french {
                let other = own.get(key).unwrap_or_else(|| panic!("{language} lacks `{key}`"));
                assert_eq!(places(other), places(string), "`{key}` in {language}");
            }
        }
    }

    #[test]
    fn fonts_are_light_and_named_by_the_style_sheet() {
        let fonts: Vec<_> =
            BAROMETER.iter().filter(|(path, _)| path.strip_suffix(".woff2").is_some()).collect();

        let weight: usize = fonts.iter().map(|(_, bytes)| bytes.len()).sum();

        assert!(weight <= 60_000, "{weight} bytes of fonts");
        for (path, _) in fonts {
            let name = path.strip_prefix("static/").expect("a font in static/");
            assert!(text("static/style.css").contains(&format!("url(\"{name}\")")), "{name}");
        }
    }

    /// A theme that extends this one sets them once, for screens and for paper.
    #[test]
    fn paper_keeps_the_typefaces_of_the_screen() {
        let style = text("static/style.css");
        let printed: Vec<&str> = style.split("@media print {").skip(1).collect();

        assert!(!printed.is_empty());
        for variable in ["--serif:", "--sans:", "--chart:"] {
            assert!(!printed.iter().any(|rules| rules.contains(variable)), "{variable}");
        }
    }
}
