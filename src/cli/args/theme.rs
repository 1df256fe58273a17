//! What `theme` takes.

use std::path::PathBuf;

use clap::Subcommand;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer theme list
  barometer theme eject footer.html
  barometer theme new ours --extends plain")]
pub(in crate::cli) struct Theme {
    #[command(subcommand)]
    pub(in crate::cli) action: ThemeAction,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum ThemeAction {
    /// Name the themes that the report can have, and the files of its own
    List(ListThemes),
    /// Copy a file of the theme into the report, where it can be changed
    Eject(EjectFile),
    /// Begin a theme that changes another
    New(NewTheme),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer theme list
  barometer theme list report")]
pub(in crate::cli) struct ListThemes {
    /// The folder of the report
    #[arg(default_value = ".", hide_default_value = true)]
    pub(in crate::cli) dir: PathBuf,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer theme eject footer.html
  barometer theme eject strings/fr.toml report")]
pub(in crate::cli) struct EjectFile {
    /// A template, or another file of the theme, as `barometer theme list` names it
    pub(in crate::cli) file: String,
    /// The folder of the report
    #[arg(default_value = ".", hide_default_value = true)]
    pub(in crate::cli) dir: PathBuf,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  barometer theme new ours
  barometer theme new ours report --extends barometer")]
pub(in crate::cli) struct NewTheme {
    /// The name of the theme, a folder of `themes/`
    #[arg(value_parser = theme_name)]
    pub(in crate::cli) name: String,
    /// The folder of the report
    #[arg(default_value = ".", hide_default_value = true)]
    pub(in crate::cli) dir: PathBuf,
    /// The theme that it changes
    #[arg(long, value_name = "THEME", default_value = "plain")]
    pub(in crate::cli) extends: String,
}

/// A theme is a folder and a style sheet: small letters, digits and `-`.
fn theme_name(name: &str) -> Result<String, String> {
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || !name.chars().all(fine) {
        return Err("write small letters, digits and `-`, such as `ours`".to_owned());
    }
    if crate::theme::is_inside(name) {
        return Err("a theme inside the program has this name: choose another".to_owned());
    }
    Ok(name.to_owned())
}
