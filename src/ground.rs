//! What the chapters of a report stand on: settings, theme, words and data.
//! It is read once for all builds that change nothing but chapters, and knows
//! no chapter.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::chart::{self, Colours, Font, Painter};
use crate::config::{self, Config, Language};
use crate::content;
use crate::diag::{Code, Diagnostic, Findings, Mistakes, Partial};
use crate::figure::{self, Scope};
use crate::page::{self, Assets, File, Templates, Trust};
use crate::site;
use crate::sources::Sources;
use crate::stats::{self, Numbers};
use crate::survey::{self, Survey};
use crate::theme::{self, Look, Theme};
use crate::wording::{self, Words};

/// Settings, theme and words.
#[derive(Debug)]
pub struct Settings {
    /// The settings.
    pub config: Config,
    /// The files of the theme.
    pub theme: Theme,
    /// The words of each language.
    pub words: Arc<BTreeMap<Language, Words>>,
    /// What the theme says of its look; `None`: it says it wrongly.
    pub look: Option<Look>,
    /// The templates; `None`: they cannot be read.
    pub templates: Option<Templates>,
    /// What is made of the theme.
    pub kit: Option<Kit>,
    /// Whether `barometer.toml` has no mistake.
    pub sound: bool,
    /// What somebody should look at, mistakes too.
    pub found: Findings,
}

/// What is made of a theme's files.
#[derive(Debug)]
pub struct Kit {
    /// What drawings are measured with; `None`: its file is no font.
    pub font: Option<Font>,
    /// What makes pictures.
    pub painter: Arc<Painter>,
    /// The colours of drawings outside of pages.
    pub colours: Colours,
    /// The fingerprinted names of its files.
    pub assets: Assets,
    /// Its files under these names.
    pub files: Vec<File>,
}

impl Settings {
    /// Reads settings, theme and words. They can have mistakes: with those the
    /// text can be checked, and no site made.
    pub fn read(sources: &Sources) -> Result<Self, Mistakes> {
        let mut found = Findings::default();
        let config = config::parse(sources);
        found.join(config.found);
        let Some(config) = config.value else { return Err(found.stop()) };
        let sound = !found.has_errors();
        let Some(theme) = found.absorb(theme::load(sources, &config)) else {
            return Err(found.stop());
        };
        let (words, (look, kit, of_look)) = rayon::join(
            || wording::load(&theme, &config.site.languages),
            || {
                let mut found = Findings::default();
                let look = found.absorb(theme::look(&theme));
                let kit = look.as_ref().map(|look| Kit::new(&theme, look, &mut found));
                (look, kit, found)
            },
        );
        let Some(words) = found.absorb(words).map(Arc::new) else { return Err(found.stop()) };
        found.join(of_look);
        let templates = found.absorb(page::load_templates(&theme, &words));
        Ok(Self { config, theme, words, look, templates, kit, sound, found })
    }
}

impl Kit {
    fn new(theme: &Theme, look: &Look, found: &mut Findings) -> Self {
        let font = theme.get(&format!("static/{}", look.font.value)).unwrap_or_default();
        let (assets, files) = site::assets(theme, look);
        let painter = Arc::new(Painter::new(font));
        Self { font: Font::new(font), painter, colours: colours(look, found), assets, files }
    }
}

/// The colours that a theme gives to files of drawings. One that cannot be read
/// is a mistake; of one that is too faint there is a warning.
fn colours(look: &Look, found: &mut Findings) -> Colours {
    let mut colours = Colours::default();
    for (name, colour) in &look.colours {
        if !colours.set(name, &colour.value) {
            found.push(
                Diagnostic::error(Code::BadValue, format!("`{}` is not a colour", colour.value))
                    .at(colour.place.clone())
                    .hint("Write it as `#rrggbb`: six digits, 0 to 9 and a to f."),
            );
        }
    }
    for faint in colours.faint() {
        let [above, below] = [faint.above, faint.below].map(chart::colour_name);
        let Some(own) = look.colours.get(above).or_else(|| look.colours.get(below)) else {
            continue;
        };
        let (contrast, least) = (faint.contrast, faint.least);
        found.push(
            Diagnostic::warning(
                Code::FaintColour,
                format!("`{above}` on `{below}` has a contrast of {contrast:.1} to 1"),
            )
            .at(own.place.clone())
            .hint(format!("Readers with low vision need {least} to 1 (WCAG 2.2).")),
        );
    }
    colours
}

/// Settings and data.
#[derive(Debug)]
pub struct Ground {
    /// Settings, theme and words.
    pub settings: Settings,
    /// The codebook, sources and frame.
    pub survey: Survey,
    /// The numbers.
    pub numbers: Numbers,
    /// The files that they rest on, with their sums; see [`figure::inputs`].
    pub inputs: Vec<(String, String)>,
    /// How far the data can be held against a text.
    pub trust: Trust,
    /// What somebody should look at, mistakes too.
    pub found: Findings,
}

impl Ground {
    /// Reads settings and data.
    pub fn read(sources: &Sources) -> Result<Self, Mistakes> {
        let settings = Settings::read(sources)?;
        let survey = survey::load(sources, &settings.config);
        Self::new(settings, survey, sources)
    }

    /// Works out the numbers.
    pub fn new(
        settings: Settings,
        survey: Partial<Survey>,
        sources: &Sources,
    ) -> Result<Self, Mistakes> {
        let trust = Trust {
            names: !survey.found.has_errors_in("data/codebook/"),
            numbers: settings.sound && !survey.found.has_errors(),
        };
        let mut found = settings.found.clone();
        found.join(survey.found);
        let Some(mut survey) = survey.value else { return Err(found.stop()) };
        let config = &settings.config;
        let (numbers, inputs) = rayon::join(
            || numbers(&survey, config, trust, &mut found),
            || figure::inputs(sources, config),
        );
        survey.forget_figures();
        Ok(Self { settings, survey, numbers, inputs, trust, found })
    }

    /// What figures and numbers of each language are made from.
    pub fn scopes(&self) -> BTreeMap<Language, Scope<'_>> {
        let Self { settings, survey, numbers, .. } = self;
        let (config, results) = (&settings.config, &numbers.shown);
        let scope = |words| Scope { config, survey, results, withheld: None, words };
        let languages = settings.words.iter();
        languages.map(|(language, words)| (language.clone(), scope(words))).collect()
    }

    /// Whether what was read before holds for `after`: they differ from
    /// `before` in nothing but chapters.
    pub fn holds(before: &Sources, after: &Sources) -> bool {
        let others = |(path, _): &(&str, &[u8])| !content::is_chapter(path);
        before.all().filter(others).eq(after.all().filter(others))
    }
}

/// The numbers that may be shown, and those that the chapters are held to.
pub fn numbers(survey: &Survey, config: &Config, trust: Trust, found: &mut Findings) -> Numbers {
    // Numbers from data with mistakes would be mistakes.
    let estimated = trust.numbers.then(|| found.absorb(stats::estimate(survey, config))).flatten();
    estimated.unwrap_or_else(|| {
        let shown = stats::Results::new(stats::published(survey));
        Numbers { shown, withheld: None }
    })
}
