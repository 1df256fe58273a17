//! `barometer check`.

use crate::check::Asking;
use crate::content::{Drafts, OutsideLink};
use crate::diag::{Diagnostic, Severity};
use crate::{BuildError, Built, Editing, Options};

use super::args::{Check, CheckFormat, Denied, Format};
use super::course::{Course, Signs};
use super::{build, folder, terminal};

/// Reads the report as an editor would; returns the exit code.
pub(super) fn run(arguments: &Check) -> u8 {
    let (found, outside) = match check(arguments) {
        Ok(built) => (built.warnings, built.outside),
        Err(BuildError::Mistakes(mistakes)) => (mistakes.all().to_vec(), vec![]),
        Err(error) => {
            build::refused(&error, Format::Human);
            return 3;
        }
    };
    let refused = found.iter().any(|one| {
        one.severity() == Severity::Error || arguments.deny.iter().any(|denied| denied.meets(one))
    });
    if !(arguments.quiet && found.is_empty()) {
        tell(&found, arguments.format);
    }
    if arguments.format == CheckFormat::Human && !(arguments.quiet || arguments.external) {
        terminal::out(&listed(&outside));
    }
    u8::from(refused)
}

/// A build that keeps nothing: all that a build looks at, and the text.
fn check(arguments: &Check) -> Result<Built, BuildError> {
    let silent = arguments.quiet || arguments.format != CheckFormat::Human;
    let course = Course::begin(Signs::unless(silent));
    course.stage("files", 0);
    let sources = folder::read(&arguments.dir)?;
    let drafts = if arguments.drafts { Drafts::Built } else { Drafts::LeftOut };
    let asking = if arguments.external { Asking::Done } else { Asking::Skipped };
    let options = Options { drafts, editing: Editing::Done(asking), ..Options::default() };
    let watch = |step| build::follow(&course, step);
    crate::build_watched(&sources, options, &|_, _| Ok(()), &watch)
}

/// The links to other sites, for who wants to try them.
fn listed(outside: &[OutsideLink]) -> String {
    if outside.is_empty() {
        return String::new();
    }
    let links = terminal::counted(outside.len(), "link");
    let lines = outside.iter().map(|link| {
        let (path, line) = (link.place.path(), link.place.start().line);
        format!("  {path}:{line} {}\n", link.address)
    });
    let lines: Vec<_> = lines.collect();
    format!("\n{links} to other sites; `--external` asks whether they answer\n{}", lines.concat())
}

fn tell(found: &[Diagnostic], format: CheckFormat) {
    match format {
        CheckFormat::Human if found.is_empty() => terminal::out("nothing to mend\n"),
        CheckFormat::Human => {
            terminal::told(found, "nothing was written");
            if !found.iter().any(|one| one.severity() == Severity::Error) {
                let counted = terminal::counted(found.len(), "finding");
                terminal::error(&format!("{counted}; a build does not stop at these\n"));
            }
        }
        CheckFormat::Json => terminal::diagnostics(found, Format::Json),
        CheckFormat::Github => terminal::out(&found.iter().map(annotation).collect::<String>()),
    }
}

/// A line that GitHub shows at its place in a pull request.
fn annotation(found: &Diagnostic) -> String {
    let level = match found.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let place = found.place().map(|place| {
        let (start, end) = (place.start(), place.end());
        let path = property(place.path());
        // Columns are understood within one line only.
        let columns = if start.line == end.line {
            format!("col={},endColumn={},", start.column, end.column)
        } else {
            String::new()
        };
        format!("file={path},line={},endLine={},{columns}", start.line, end.line)
    });
    let title = property(&format!("{} {}", found.code().id(), found.code().title()));
    let mut message = found.message().to_owned();
    for hint in found.help() {
        message.push('\n');
        message.push_str(hint);
    }
    format!("::{level} {}title={title}::{}\n", place.unwrap_or_default(), escaped(&message))
}

/// The workflow commands of GitHub end at a line and take `%` as an escape.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

impl Denied {
    fn meets(self, found: &Diagnostic) -> bool {
        match self {
            Self::Warnings => true,
            Self::Code(code) => found.code() == code,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Place, SourceText};

    #[test]
    fn a_finding_is_shown_at_its_place_in_a_pull_request() {
        let source = SourceText::new("content/fr/a,b.md", "Un\n44 % sont là\n".to_owned());
        let found = Diagnostic::warning(Code::NumberTyped, "nothing binds `44 %`")
            .at(Place::new(&source, 3..7))
            .hint("Write\nthis.");

        assert_eq!(
            annotation(&found),
            "::warning file=content/fr/a%2Cb.md,line=2,endLine=2,col=1,endColumn=5,\
             title=B801 a number in the text that no expression binds to the data::\
             nothing binds `44 %25`%0AWrite%0Athis.\n"
        );
    }
}
