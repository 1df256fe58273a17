//! The templates of the theme: parsed once, rendered often; their errors in
//! the terms of a theme's author.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use crate::config::Language;
use crate::diag::{Code, Diagnostic, Findings, Mistakes, Outcome, Place, SourceText, did_you_mean};
use crate::theme::Theme;
use crate::wording::Words;

/// Templates that every theme has.
const REQUIRED: [&str; 7] = [
    "home.html",
    "chapter.html",
    "figure.html",
    "embed.html",
    "sections.html",
    "print.html",
    "not_found.html",
];

/// The templates of a theme, parsed.
pub struct Templates {
    tera: Tera,
    sources: BTreeMap<String, Arc<SourceText>>,
}

impl std::fmt::Debug for Templates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Templates").field("names", &self.sources.keys()).finish_non_exhaustive()
    }
}

impl Templates {
    /// Renders a template; a failure is a mistake of the theme's author.
    pub(super) fn render(&self, name: &str, context: &Context) -> Result<String, Mistakes> {
        self.tera
            .render(name, context)
            .map_err(|error| self.explain(&error, Code::TemplateFailed).into())
    }

    fn explain(&self, error: &tera::Error, code: Code) -> Diagnostic {
        explain(error, code, &self.sources)
    }
}

/// Parses the templates of the theme and gives them `t` and `plural`. Each that
/// lacks or that Tera cannot read is a mistake.
pub fn load(theme: &Theme, words: &Arc<BTreeMap<Language, Words>>) -> Outcome<Templates> {
    let mut found = Findings::default();
    let mut sources = BTreeMap::new();
    for (name, bytes) in theme.under("templates/") {
        let path = theme.path(&format!("templates/{name}"));
        match std::str::from_utf8(bytes) {
            Ok(text) => {
                sources.insert(name.to_owned(), SourceText::new(path, text.to_owned()));
            }
            Err(_) => found.push(
                Diagnostic::error(Code::InvalidEncoding, "the template is not UTF-8 text")
                    .at(Place::file(&SourceText::new(path, String::new())))
                    .hint("Save the file as UTF-8."),
            ),
        }
    }
    for name in REQUIRED.iter().filter(|name| !sources.contains_key(**name)) {
        found.push(
            Diagnostic::error(
                Code::TemplateMissing,
                format!("the theme `{}` has no template `{name}`", theme.name()),
            )
            .hint(format!("Write `{}`.", theme.path(&format!("templates/{name}")))),
        );
    }
    let mut tera = Tera::new();
    register(&mut tera, words);
    let raw = sources.iter().map(|(name, source)| (name.as_str(), source.text()));
    if let Err(error) = tera.add_raw_templates(raw) {
        found.push(explain(&error, Code::TemplateSyntax, &sources));
    }
    found.settle(Templates { tera, sources })
}

fn register(tera: &mut Tera, words: &Arc<BTreeMap<Language, Words>>) {
    // Tera's own takes a name that the context lacks for an empty text.
    tera.register_filter("safe", |value: Value, _: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        match value.as_str() {
            Some(html) => Ok(Value::safe_string(html)),
            None => {
                Err(tera::Error::message("`safe` needs a text, and there is none of this name"))
            }
        }
    });
    let known = Arc::clone(words);
    tera.register_function("t", move |kwargs: Kwargs, state: &State<'_>| -> TeraResult<String> {
        let words = words_of(&known, state)?;
        let key: &str = kwargs.must_get("key")?;
        check_key(words, key)?;
        let values = values(&kwargs, &["key"]);
        let filled: Vec<_> =
            values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Ok(words.fill(key, &filled))
    });
    let known = Arc::clone(words);
    tera.register_function(
        "plural",
        move |kwargs: Kwargs, state: &State<'_>| -> TeraResult<String> {
            let words = words_of(&known, state)?;
            let key: &str = kwargs.must_get("key")?;
            check_key(words, key)?;
            let count: u64 = kwargs.must_get("n")?;
            let values = values(&kwargs, &["key", "n"]);
            let filled: Vec<_> =
                values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            Ok(words.plural(key, count, &filled))
        },
    );
}

fn words_of<'w>(words: &'w BTreeMap<Language, Words>, state: &State<'_>) -> TeraResult<&'w Words> {
    let tag: String = state.get("lang")?.unwrap_or_default();
    let known = words.iter().find(|(language, _)| language.tag() == tag);
    known
        .map(|(_, words)| words)
        .ok_or_else(|| tera::Error::message(format!("the context has no language `{tag}`")))
}

fn check_key(words: &Words, key: &str) -> TeraResult<()> {
    if words.has(key) {
        return Ok(());
    }
    let near =
        crate::diag::nearest(key, words.keys()).map(|found| format!(": did you mean `{found}`?"));
    Err(tera::Error::message(format!("the strings have no `{key}`{}", near.unwrap_or_default())))
}

fn values(kwargs: &Kwargs, but: &[&str]) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    kwargs
        .iter()
        .map(|(name, value)| (name.to_string(), text(value)))
        .filter(|(name, _)| !but.contains(&name.as_str()))
        .collect()
}

fn explain(
    error: &tera::Error,
    code: Code,
    sources: &BTreeMap<String, Arc<SourceText>>,
) -> Diagnostic {
    let report = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => report,
        ErrorKind::MissingParent { current, parent } => {
            let found = Diagnostic::error(
                Code::TemplateMissing,
                format!("`{current}` extends `{parent}`, which is not there"),
            );
            return match sources.get(current) {
                Some(source) => found.at(Place::file(source)),
                None => found,
            };
        }
        _ => return located(&error.to_string(), code, sources),
    };
    let found = Diagnostic::error(code, lower_first(report.message())).hint_if(
        (code == Code::TemplateFailed)
            .then(|| "`theme.md` of the manual lists what a template is given.".to_owned()),
    );
    let Some(source) = sources.get(report.filename()) else { return found };
    let span = report.span();
    let start = offset(source.text(), span.start_line, span.start_col);
    let end = offset(source.text(), span.end_line, span.end_col);
    found.at(Place::new(source, start..end.max(start)))
}

/// Some errors of Tera are a text that ends in `--> file:line:column`.
fn located(text: &str, code: Code, sources: &BTreeMap<String, Arc<SourceText>>) -> Diagnostic {
    let first = text.lines().next().unwrap_or(text);
    let message = lower_first(first.strip_prefix("error: ").unwrap_or(first));
    let meant = message
        .strip_prefix("unknown template `")
        .and_then(|rest| rest.strip_suffix('`'))
        .and_then(|name| did_you_mean(name, sources.keys().map(String::as_str)));
    let found = Diagnostic::error(code, message).hint_if(meant);
    let place = || {
        let place = text.lines().find_map(|line| line.trim().strip_prefix("--> "))?;
        let mut parts = place.rsplitn(3, ':');
        let column: usize = parts.next()?.parse().ok()?;
        let line: usize = parts.next()?.parse().ok()?;
        let source = sources.get(parts.next()?)?;
        let start = offset(source.text(), line, column.saturating_sub(1));
        Some(Place::new(source, start..start + 1))
    };
    match place() {
        Some(place) => found.at(place),
        None => found,
    }
}

/// The byte of a line (from 1) and a column (characters from 0).
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[before..];
    before + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
}

/// Messages are clauses: no capital, no full stop.
fn lower_first(message: &str) -> String {
    let mut letters = message.trim_end_matches('.').chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_counts_characters_not_bytes() {
        assert_eq!(offset("é\néé{{ x }}", 2, 2), 7);
    }
}
