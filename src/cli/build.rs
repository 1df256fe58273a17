//! `barometer build`.

use std::error::Error;
use std::fmt::Write as _;

use crate::content::Drafts;
use crate::diag::Severity;
use crate::site::Staging;
use crate::sources::Sources;
use crate::{BuildError, Built, Editing, Options, Part, SingleFile, Step, Translations, Warnings};

use super::args::{Build, Deny, Format};
use super::course::{self, Course, Signs};
use super::{folder, terminal};

/// Builds the site; returns the exit code.
pub(super) fn run(arguments: &Build) -> u8 {
    let signs = match arguments.format {
        Format::Human if arguments.telling.verbose => Signs::Everywhere,
        Format::Human => Signs::unless(arguments.telling.quiet),
        Format::Json => Signs::Nowhere,
    };
    let course = Course::begin(signs);
    let built = build(arguments, &course);
    let taken = course.taken();
    drop(course);
    match built {
        Ok(built) => {
            terminal::diagnostics(&built.site.warnings, arguments.format);
            done(arguments, &built, &taken);
            0
        }
        Err(BuildError::Mistakes(mistakes)) => {
            terminal::diagnostics(mistakes.all(), arguments.format);
            1
        }
        Err(error) => {
            refused(&error, arguments.format);
            3
        }
    }
}

/// A finished build with what it was made of.
struct Finished {
    site: Built,
    sources: Sources,
}

fn build(arguments: &Build, course: &Course) -> Result<Finished, BuildError> {
    course.stage("files", 0);
    let output = arguments.out.clone().unwrap_or_else(|| arguments.dir.join("public"));
    Staging::check(&arguments.dir, &output)?;
    let sources = folder::read(&arguments.dir)?;
    let options = Options {
        drafts: if arguments.drafts { Drafts::Built } else { Drafts::LeftOut },
        warnings: if arguments.deny == Some(Deny::Warnings) {
            Warnings::Denied
        } else {
            Warnings::Allowed
        },
        translations: Translations::Finished,
        editing: Editing::Skipped,
        single_file: if arguments.single_file { SingleFile::Written } else { SingleFile::LeftOut },
    };
    let staging = Staging::begin(&output)?;
    let put = |file: &crate::page::File, part: Part<'_>| {
        let put = match part {
            Part::Whole => staging.put(file),
            Part::Next => staging.add(file),
            Part::Drawing(painter) => staging.paint(file, painter),
        };
        put.map_err(BuildError::from)
    };
    let site = crate::build_watched(&sources, options, &put, &|step| follow(course, step))?;
    course.stage("putting in place", 0);
    staging.publish(&site.files)?;
    Ok(Finished { site, sources })
}

/// Notes what a build says of its way.
pub(super) fn follow(course: &Course, step: Step) {
    match step {
        Step::Begins(stage) => course.stage(stage.name(), stage.parts()),
        Step::PartDone => course.part(),
    }
}

fn done(arguments: &Build, built: &Finished, taken: &[course::Taken]) {
    let output = arguments.out.clone().unwrap_or_else(|| arguments.dir.join("public"));
    let index = output.join("index.html");
    let telling = arguments.telling;
    let Finished { site, sources } = built;
    let warnings =
        site.warnings.iter().filter(|found| found.severity() == Severity::Warning).count();
    let milliseconds = taken.iter().map(|(_, time)| *time).sum::<std::time::Duration>().as_millis();
    match arguments.format {
        Format::Human => {
            if telling.verbose {
                terminal::error(&files_read(sources));
            }
            if telling.verbose || telling.timings {
                terminal::error(&course::table(taken));
            }
            if telling.quiet {
                return;
            }
            terminal::out(&format!(
                "built {}, {}, {} in {milliseconds} ms: {}\n",
                terminal::counted(site.pages, "page"),
                terminal::counted(site.figures, "figure"),
                terminal::counted(warnings, "warning"),
                index.display()
            ));
        }
        Format::Json => {
            let mut line = serde_json::json!({
                "built": true, "pages": site.pages, "figures": site.figures,
                "warnings": warnings, "milliseconds": milliseconds, "index": index.to_string_lossy(),
            });
            if telling.timings || telling.verbose {
                let stages = taken.iter().map(|(stage, time)| {
                    serde_json::json!({ "stage": stage, "microseconds": time.as_micros() })
                });
                line["stages"] = stages.collect();
            }
            if telling.verbose {
                let files = sources
                    .all()
                    .map(|(path, bytes)| serde_json::json!({ "path": path, "bytes": bytes.len() }));
                line["read"] = files.collect();
            }
            terminal::out(&format!("{line}\n"));
        }
    }
}

/// The files that were read, with their sizes.
fn files_read(sources: &Sources) -> String {
    let (mut text, mut files, mut size) = (String::new(), 0, 0);
    for (path, bytes) in sources.all() {
        let _written = writeln!(text, "{:>10} bytes  {path}", bytes.len());
        files += 1;
        size += bytes.len();
    }
    text + &format!("{size:>10} bytes  in {files} files\n")
}

/// The chain of causes, in one line.
pub(super) fn refused(error: &dyn Error, format: Format) {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        message.push_str(": ");
        message.push_str(&inner.to_string());
        cause = inner.source();
    }
    match format {
        Format::Human => terminal::error(&format!("error: {message}\n")),
        Format::Json => terminal::out(&format!(
            "{}\n",
            serde_json::json!({"severity": "error", "message": message})
        )),
    }
}
