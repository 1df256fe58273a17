//! What will be written, read back as a build would read it.

use crate::config;
use crate::diag::{Code, Diagnostic, Findings};
use crate::sources::Sources;
use crate::survey;

/// Reads back what will be written, as a build would: what cannot be read is
/// a fault of the import, and nothing is written.
pub(super) fn verify(
    files: &[(String, Vec<u8>)],
    languages: &[String],
    wave: &str,
    weight: Option<&str>,
    id: Option<&str>,
    found: &mut Findings,
) {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let tags: Vec<String> = languages.iter().map(|language| quoted(language)).collect();
    let tags = if tags.is_empty() { "\"en\"".to_owned() } else { tags.join(", ") };
    let key = |name: &str, value: Option<&str>| {
        value.map_or(String::new(), |value| format!("{name} = {}\n", quoted(value)))
    };
    let settings = format!(
        "[site]\ntitle = \"Import\"\nlanguages = [{tags}]\nurl = \"https://example.org/\"\n[survey]\nwaves = [{}]\n[design]\n{}{}",
        quoted(wave),
        key("id", id),
        key("weight", weight)
    );
    let mut sources: Sources =
        files.iter().map(|(path, bytes)| (path.clone(), bytes.clone())).collect();
    sources.insert("barometer.toml", settings.into_bytes());
    let parsed = config::parse(&sources);
    let mut told = parsed.found;
    if let Some(config) = parsed.value {
        told.join(survey::load(&sources, &config).found);
    }
    if let Err(mistakes) = told.settle(()) {
        let all: Vec<String> = mistakes
            .all()
            .iter()
            .take(5)
            .map(|mistake| {
                let place = mistake.place().map_or(String::new(), |place| {
                    format!("{}:{}: ", place.path(), place.start().line)
                });
                format!("{place}{}", mistake.message())
            })
            .collect();
        found.push(
            Diagnostic::error(Code::ImportUnsound, format!("what would be written cannot be read back: {}", all.join("; ")))
                .hint("Where the codebook of the report is narrower than the export (`parameters`, `type`), mend it there. Else this is a fault of `barometer`: please report it with the header of the export."),
        );
    }
}
