//! `theme.toml`: which files of the theme play which part.

use std::collections::BTreeMap;

use crate::config::key::{Key, Takes};
use crate::config::toml::{Spelled, Table};
use crate::diag::{Code, Diagnostic, Findings, Outcome, Place, SourceText, did_you_mean};

use super::{MANIFEST, Theme};

/// The keys of `theme.toml`.
pub static THEME: Takes = Takes::Table(&[
    Key::new("name", Takes::Text, "The name of the theme."),
    Key::new(
        "extends",
        Takes::Text,
        "A theme, whose files and keys are those of this one where it has none of its own.",
    ),
    Key::new("chart", Takes::Table(CHART), "What the program must know to draw."),
    Key::new("assets", Takes::Table(ASSETS), "The parts that files of `static/` play."),
]);

const CHART: &[Key] = &[
    Key::new(
        "font",
        Takes::Text,
        "The font that drawings are measured with and pictures painted with: a TTF or OTF file.",
    ),
    Key::new(
        "colours",
        Takes::Table(COLOURS),
        "The colours of drawings in files, pictures and cards, `#rrggbb`; the style sheet has those of pages.",
    ),
];

/// The variables of the style sheet that drawings have, without their dashes.
pub(super) const COLOURS: &[Key] = &[
    Key::new("paper", Takes::Text, "Behind everything."),
    Key::new("ink", Takes::Text, "Labels and values."),
    Key::new("muted", Takes::Text, "Ticks and notes."),
    Key::new("rule", Takes::Text, "Grid and axis lines."),
    Key::new("interval", Takes::Text, "The whisker of an interval."),
    Key::new("ink-on-dark", Takes::Text, "Text on dark marks."),
    Key::new("ink-on-pale", Takes::Text, "Text on pale marks."),
    Key::new("ink-on-mid", Takes::Text, "Text on marks of middle lightness."),
    Key::new("ink-on-deep", Takes::Text, "Text on the darkest series."),
    Key::new("background-mark", Takes::Text, "Marks in the background when another is set off."),
    Key::new("series-1", Takes::Text, "Series 1."),
    Key::new("series-2", Takes::Text, "Series 2."),
    Key::new("series-3", Takes::Text, "Series 3."),
    Key::new("series-4", Takes::Text, "Series 4."),
    Key::new("ordered-1", Takes::Text, "Step 1 of five in order, pale to dark."),
    Key::new("ordered-2", Takes::Text, "Step 2 of five in order, pale to dark."),
    Key::new("ordered-3", Takes::Text, "Step 3 of five in order, pale to dark."),
    Key::new("ordered-4", Takes::Text, "Step 4 of five in order, pale to dark."),
    Key::new("ordered-5", Takes::Text, "Step 5 of five in order, pale to dark."),
    Key::new("diverging-1", Takes::Text, "Step 1 of five from negative to positive."),
    Key::new("diverging-2", Takes::Text, "Step 2 of five from negative to positive."),
    Key::new("diverging-3", Takes::Text, "Step 3 of five from negative to positive."),
    Key::new("diverging-4", Takes::Text, "Step 4 of five from negative to positive."),
    Key::new("diverging-5", Takes::Text, "Step 5 of five from negative to positive."),
];

const ASSETS: &[Key] = &[
    Key::new(
        "style",
        Takes::TextOrTexts,
        "The style sheet, or several of one folder, which are joined into one in this order.",
    ),
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
    /// The colours of drawings outside of pages by their names, where they are
    /// other than the built-in ones.
    pub colours: BTreeMap<&'static str, Spelled<String>>,
    /// The style sheets, of which one is made; at least one.
    pub style: Vec<String>,
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

/// Reads `theme.toml`, over those of the themes that it extends; every file
/// that it names must be there.
pub fn look(theme: &Theme) -> Outcome<Look> {
    let mut found = Findings::default();
    let mut manifests: Vec<_> = theme.versions(MANIFEST).collect();
    let Some((path, bytes)) = manifests.pop() else {
        found.push(
            Diagnostic::error(
                Code::ThemeMissing,
                format!("the theme `{}` has no `theme.toml`", theme.name()),
            )
            .hint(format!(
                "Write `{}`: `theme.md` of the manual says what it holds.",
                theme.path(MANIFEST)
            )),
        );
        return found.fail();
    };
    // The one that extends nothing must be whole.
    let mut parts = read(path, bytes, Table::require, &mut found);
    while let Some((path, bytes)) = manifests.pop() {
        parts = read(path, bytes, |_, _, _| (), &mut found).over(parts);
    }
    match parts.of(theme, &mut found) {
        Some(look) if !found.has_errors() => found.settle(look),
        _ => found.fail(),
    }
}

/// What one manifest says.
#[derive(Debug, Default)]
struct Parts {
    font: Option<Spelled<String>>,
    colours: BTreeMap<&'static str, Spelled<String>>,
    style: Option<Vec<Spelled<String>>>,
    script: Option<Spelled<String>>,
    search: Option<Spelled<String>>,
    icon: Option<Spelled<String>>,
    preload: Option<Vec<Spelled<String>>>,
    exclude: Option<Vec<Spelled<String>>>,
    /// Style sheets of a base that stay out of the site.
    unused: Vec<String>,
}

fn read(
    path: String,
    bytes: &[u8],
    require: impl Fn(&Table, &[&str], &mut Findings),
    found: &mut Findings,
) -> Parts {
    let mut parts = Parts::default();
    let source = SourceText::new(path, String::from_utf8_lossy(bytes).into_owned());
    let Some(mut table) = Table::parse(&source, 0..source.text().len(), &THEME, found) else {
        return parts;
    };
    table.text("name", found);
    table.text("extends", found);
    require(&table, &["chart", "assets"], found);
    if let Some(mut chart) = table.table("chart", found) {
        require(&chart, &["font"], found);
        parts.font = chart.text("font", found);
        if let Some(mut colours) = chart.table("colours", found) {
            let own = COLOURS.iter().map(|key| key.name);
            parts.colours =
                own.filter_map(|name| Some((name, colours.text(name, found)?))).collect();
            colours.finish(found);
        }
        chart.finish(found);
    }
    if let Some(mut assets) = table.table("assets", found) {
        require(&assets, &["style"], found);
        parts.style = assets.text_or_texts("style", found);
        parts.script = assets.text("script", found);
        parts.search = assets.text("search", found);
        parts.icon = assets.text("icon", found);
        parts.preload = assets.texts("preload", found);
        parts.exclude = assets.texts("exclude", found);
        assets.finish(found);
    }
    table.finish(found);
    parts
}

impl Parts {
    /// What these say, and where they say nothing, the others.
    fn over(self, base: Self) -> Self {
        let mut unused = base.unused;
        let mut colours = base.colours;
        colours.extend(self.colours);
        if self.style.is_some() {
            unused.extend(base.style.iter().flatten().map(|sheet| sheet.value.clone()));
        }
        Self {
            unused,
            colours,
            font: self.font.or(base.font),
            style: self.style.or(base.style),
            script: self.script.or(base.script),
            search: self.search.or(base.search),
            icon: self.icon.or(base.icon),
            preload: self.preload.or(base.preload),
            exclude: self.exclude.or(base.exclude),
        }
    }

    /// The files that are meant; each that is not there is noted.
    fn of(self, theme: &Theme, found: &mut Findings) -> Option<Look> {
        let mut one = |name: Option<Spelled<String>>| existing(theme, name?, found);
        let font = one(self.font);
        let [script, search, icon] =
            // An empty name is to do without what the base has.
            [self.script, self.search, self.icon].map(|name| {
                one(name.filter(|name| !name.value.is_empty())).map(|name| name.value)
            });
        let [style, preload, exclude] = [self.style, self.preload, self.exclude].map(|names| {
            let names = names.unwrap_or_default().into_iter();
            names.filter_map(|name| one(Some(name))).map(|name| name.value).collect::<Vec<_>>()
        });
        let (font, colours) = (font?, self.colours);
        // Sheets that are joined are not published by themselves either.
        let exclude = exclude.into_iter().chain(self.unused).chain(style.clone()).collect();
        (!style.is_empty()).then_some(Look {
            font,
            colours,
            style,
            script,
            search,
            icon,
            preload,
            exclude,
        })
    }
}

/// The name, if it is that of a static file.
fn existing(theme: &Theme, name: Spelled<String>, found: &mut Findings) -> Option<Spelled<String>> {
    if theme.get(&format!("static/{}", name.value)).is_some() {
        return Some(name);
    }
    let known = theme.under("static/").map(|(path, _)| path);
    found.push(
        Diagnostic::error(Code::BadValue, format!("the theme has no file `static/{}`", name.value))
            .at(Place::clone(&name.place))
            .hint_if(did_you_mean(&name.value, known)),
    );
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Layer;

    #[test]
    fn every_key_is_read_as_its_list_says() {
        crate::config::proof::read_as_listed(&THEME, |text| {
            let files = [(MANIFEST.to_owned(), text.as_bytes().to_vec().into())];
            let name = "own".to_owned();
            let layers = vec![Layer { name: name.clone(), files: files.into() }];
            let theme = Theme { name, layers };
            let mut found = Findings::default();
            found.absorb(look(&theme));
            found.settle(())
        });
    }
}
