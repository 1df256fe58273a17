//! `theme.toml`: which files of the theme play which part.

use crate::config::key::{Key, Takes};
use crate::config::toml::{Spelled, Table};
use crate::diag::{Code, Diagnostic, Findings, Outcome, Place, SourceText, did_you_mean};

use super::Theme;

/// The keys of `theme.toml`.
pub static THEME: Takes = Takes::Table(&[
    Key::new("name", Takes::Text, "The name of the theme."),
    Key::required("chart", Takes::Table(CHART), "What the program must know to draw."),
    Key::required("assets", Takes::Table(ASSETS), "The parts that files of `static/` play."),
]);

const CHART: &[Key] = &[Key::required(
    "font",
    Takes::Text,
    "The font that drawings are measured with and pictures painted with: a TTF or OTF file.",
)];

const ASSETS: &[Key] = &[
    Key::required("style", Takes::Text, "The style sheet."),
    Key::new("script", Takes::Text, "A script, for comfort only."),
    Key::new("search", Takes::Text, "The script that searches, fetched when a reader wants it."),
    Key::new("icon", Takes::Text, "The icon."),
    Key::new("preload", Takes::Texts, "Fonts that a browser should ask for early."),
    Key::new("exclude", Takes::Texts, "Files that are not published."),
];

/// The parts that files of `static/` play, by their path inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The font that drawings are measured with: a TTF or OTF file.
    pub font: Spelled<String>,
    /// The style sheet.
    pub style: String,
    /// A script, for comfort only.
    pub script: Option<String>,
    /// What searches: a script that is fetched when a reader wants it.
    pub search: Option<String>,
    /// The icon.
    pub icon: Option<String>,
    /// Fonts that a browser should ask for early.
    pub preload: Vec<String>,
    /// Files that are not published.
    pub exclude: Vec<String>,
}

impl Look {
    /// The complaint that the font cannot be read.
    pub fn unreadable_font(&self) -> Diagnostic {
        Diagnostic::error(
            Code::BadValue,
            format!("`{}` is not a font that can be measured", self.font.value),
        )
        .at(self.font.place.clone())
        .hint("Name a TTF or OTF file; WOFF2 cannot be measured.")
    }
}

/// Reads `theme.toml`; every file that it names must be there.
pub fn look(theme: &Theme) -> Outcome<Look> {
    const FILE: &str = "theme.toml";
    let mut found = Findings::default();
    let Some(bytes) = theme.get(FILE) else {
        found.push(
            Diagnostic::error(
                Code::ThemeMissing,
                format!("the theme `{}` has no `theme.toml`", theme.name()),
            )
            .hint(format!("Write `{}`: `docs/theme.md` says what it holds.", theme.path(FILE))),
        );
        return found.fail();
    };
    let source = SourceText::new(theme.path(FILE), String::from_utf8_lossy(bytes).into_owned());
    let Some(mut table) = Table::parse(&source, 0..source.text().len(), &THEME, &mut found) else {
        return found.fail();
    };
    table.text("name", &mut found);
    table.complete(&mut found);
    let mut files = Files { theme, found: &mut found };
    let font = table.table("chart", files.found).and_then(|mut chart| {
        chart.complete(files.found);
        let font = chart.text("font", files.found);
        chart.finish(files.found);
        files.existing(font)
    });
    let assets = table.table("assets", files.found).map(|mut assets| {
        assets.complete(files.found);
        let style = assets.text("style", files.found);
        let script = assets.text("script", files.found);
        let search = assets.text("search", files.found);
        let icon = assets.text("icon", files.found);
        let preload = assets.texts("preload", files.found).unwrap_or_default();
        let exclude = assets.texts("exclude", files.found).unwrap_or_default();
        assets.finish(files.found);
        let mut one = |name: Option<Spelled<String>>| files.existing(name).map(|name| name.value);
        let (style, script, search, icon) = (one(style), one(script), one(search), one(icon));
        let many =
            |names: Vec<Spelled<String>>,
             one: &mut dyn FnMut(Option<Spelled<String>>) -> Option<String>| {
                names.into_iter().filter_map(|name| one(Some(name))).collect::<Vec<_>>()
            };
        (style, script, search, icon, many(preload, &mut one), many(exclude, &mut one))
    });
    table.finish(&mut found);
    let (Some(font), Some((Some(style), script, search, icon, preload, exclude))) = (font, assets)
    else {
        return found.fail();
    };
    found.settle(Look { font, style, script, search, icon, preload, exclude })
}

struct Files<'a> {
    theme: &'a Theme,
    found: &'a mut Findings,
}

impl Files<'_> {
    /// The name, if it is that of a static file.
    fn existing(&mut self, name: Option<Spelled<String>>) -> Option<Spelled<String>> {
        let name = name?;
        if self.theme.get(&format!("static/{}", name.value)).is_some() {
            return Some(name);
        }
        let known = self.theme.under("static/").map(|(path, _)| path);
        self.found.push(
            Diagnostic::error(
                Code::BadValue,
                format!("the theme has no file `static/{}`", name.value),
            )
            .at(Place::clone(&name.place))
            .hint_if(did_you_mean(&name.value, known)),
        );
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_read_as_its_list_says() {
        crate::config::proof::read_as_listed(&THEME, |text| {
            let files = [("theme.toml".to_owned(), text.as_bytes().to_vec().into())];
            let theme = Theme { name: "own".to_owned(), files: files.into() };
            let mut found = Findings::default();
            found.absorb(look(&theme));
            found.settle(())
        });
    }
}
