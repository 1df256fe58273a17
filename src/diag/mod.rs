//! What went wrong and where, for the author of a report.
//!
//! Three kinds of failure exist, and three types: an author's mistake is a
//! [`Diagnostic`] in [`Mistakes`]; a machine that refuses is [`crate::BuildError`];
//! a bug of ours is a panic whose message names the invariant. This module
//! reads nothing and prints nothing.

mod code;
mod place;
mod render;
mod suggest;

pub use code::Code;
pub use place::{Place, Position, SourceText};
pub use render::{Look, json, text};
pub use suggest::{did_you_mean, nearest, one_of};

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The report cannot be published as it is.
    Error,
    /// The report is published; somebody should look.
    Warning,
}

/// One thing an author can mend: what is wrong, where, and the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    code: Code,
    severity: Severity,
    message: String,
    place: Option<Place>,
    hints: Vec<String>,
    causes: Vec<Place>,
    is_doubted: bool,
}

impl Diagnostic {
    /// Makes an error. `message` is one clause in lower case without a full
    /// stop, says what *is*, and has the author's words in backticks.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            place: None,
            hints: vec![],
            causes: vec![],
            is_doubted: false,
        }
    }

    /// Makes a warning; see [`Diagnostic::error`] for the wording.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// Says where. The innermost place wins: a place given before is kept.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place.get_or_insert(place);
        self
    }

    /// The same finding at another place: for texts that were read apart from
    /// the file they stand in.
    #[must_use]
    pub fn relocated(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Names a stretch of text: a mistake in what it binds may be all there is
    /// to this finding.
    #[must_use]
    pub fn unless_wrong(mut self, cause: Place) -> Self {
        self.causes.push(cause);
        self
    }

    /// Says that a mistake elsewhere, which is told, may be all there is to this
    /// finding, if it may.
    #[must_use]
    pub fn doubted(mut self, is_doubted: bool) -> Self {
        self.is_doubted |= is_doubted;
        self
    }

    /// Adds a way out: a full imperative sentence.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds a way out if there is one.
    #[must_use]
    pub fn hint_if(self, hint: Option<String>) -> Self {
        match hint {
            Some(hint) => self.hint(hint),
            None => self,
        }
    }

    /// The stable name of this kind of mistake.
    pub fn code(&self) -> Code {
        self.code
    }

    /// Error or warning.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// The clause that says what is wrong.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Where it is, when a place is known.
    pub fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    /// The ways out that were given, most helpful first.
    pub fn hints(&self) -> &[String] {
        &self.hints
    }

    /// The ways out that are told: those given, else that of its kind.
    pub fn help(&self) -> Vec<&str> {
        if self.hints.is_empty() {
            return vec![self.code.help()];
        }
        self.hints.iter().map(String::as_str).collect()
    }

    fn into_error(mut self) -> Self {
        self.severity = Severity::Error;
        self
    }
}

/// The mistakes and warnings that stopped a stage: at least one error, in
/// order of file and place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistakes(Vec<Diagnostic>);

impl Mistakes {
    /// All diagnostics, sorted by file and place; at least one is an error.
    pub fn all(&self) -> &[Diagnostic] {
        &self.0
    }
}

impl From<Mistakes> for Findings {
    fn from(mistakes: Mistakes) -> Self {
        Self(mistakes.0)
    }
}

impl From<Diagnostic> for Mistakes {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic.into_error()])
    }
}

/// A value that a stage made, with what it has to say about it.
#[derive(Debug)]
pub struct Checked<T> {
    /// What was made.
    pub value: T,
    /// Warnings only.
    pub warnings: Vec<Diagnostic>,
}

/// What every stage returns: a value with its warnings, or all its mistakes.
pub type Outcome<T> = Result<Checked<T>, Mistakes>;

/// What a stage could make in spite of its mistakes: enough to look for more
/// of them, not enough to publish.
#[derive(Debug)]
pub struct Partial<T> {
    /// What was made; `None` if too little could be read.
    pub value: Option<T>,
    /// Warnings and mistakes.
    pub found: Findings,
}

impl<T> Partial<T> {
    /// The value, if it is sound.
    pub fn whole(self) -> Outcome<T> {
        match self.value {
            Some(value) => self.found.settle(value),
            None => self.found.fail(),
        }
    }
}

/// Collects what a stage finds, so that it can report everything at its end.
#[derive(Debug, Clone, Default)]
pub struct Findings(Vec<Diagnostic>);

impl Findings {
    /// Notes one finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Notes many findings.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(diagnostics);
    }

    /// Takes the value out of `outcome`, keeping its warnings or mistakes.
    pub fn absorb<T>(&mut self, outcome: Outcome<T>) -> Option<T> {
        match outcome {
            Ok(checked) => {
                self.0.extend(checked.warnings);
                Some(checked.value)
            }
            Err(mistakes) => {
                self.0.extend(mistakes.0);
                None
            }
        }
    }

    /// True if an error was found in a file below `folder`.
    pub fn has_errors_in(&self, folder: &str) -> bool {
        self.0.iter().any(|found| {
            found.severity == Severity::Error
                && found.place.as_ref().is_some_and(|place| place.path().starts_with(folder))
        })
    }

    /// Takes over all that another stage found.
    pub fn join(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// True if there is a finding of another kind.
    pub fn has_other_than(&self, code: Code) -> bool {
        self.0.iter().any(|found| found.code != code)
    }

    /// Leaves out the findings of some kinds.
    #[must_use]
    pub fn without(self, codes: &[Code]) -> Self {
        Self(self.0.into_iter().filter(|found| !codes.contains(&found.code)).collect())
    }

    /// Leaves out what a mistake elsewhere may explain; see [`Diagnostic::doubted`].
    #[must_use]
    pub fn without_doubted(self) -> Self {
        Self(self.0.into_iter().filter(|found| !found.is_doubted).collect())
    }

    /// Leaves out findings that another error explains: once that is mended
    /// there may be nothing left of them.
    pub fn leave_out_explained(&mut self) {
        let (mut explained, others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.0).into_iter().partition(|found| !found.causes.is_empty());
        let errors = || others.iter().filter(|other| other.severity == Severity::Error);
        let wrong: Vec<_> = errors()
            .filter(|error| error.code.is_about_bindings())
            .filter_map(|error| error.place.as_ref())
            .collect();
        explained.retain(|found| {
            !found.causes.iter().any(|cause| wrong.iter().any(|place| cause.contains(place)))
        });
        self.0 = others;
        self.0.extend(explained);
    }

    /// True if an error was found.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|found| found.severity == Severity::Error)
    }

    /// Ends the stage: the value if nothing but warnings was found.
    pub fn settle<T>(mut self, value: T) -> Outcome<T> {
        self.0.sort_by(order);
        self.0.dedup();
        if self.has_errors() {
            Err(Mistakes(self.0))
        } else {
            Ok(Checked { value, warnings: self.0 })
        }
    }

    /// Ends the stage when the value could not be made; see [`Findings::stop`].
    pub fn fail<T>(self) -> Outcome<T> {
        Err(self.stop())
    }

    /// Ends the work with all that was found.
    ///
    /// # Panics
    /// If no error was found: a stage without a value must say why.
    pub fn stop(mut self) -> Mistakes {
        assert!(self.has_errors(), "a stage that makes nothing has found an error");
        self.0.sort_by(order);
        self.0.dedup();
        Mistakes(self.0)
    }

    /// Turns the errors of some kinds into warnings.
    #[must_use]
    pub fn only_told(mut self, codes: &[Code]) -> Self {
        for found in self.0.iter_mut().filter(|found| codes.contains(&found.code)) {
            found.severity = Severity::Warning;
        }
        self
    }

    /// Turns every warning into an error (`--deny warnings`).
    #[must_use]
    pub fn denied(self) -> Self {
        Self(self.0.into_iter().map(Diagnostic::into_error).collect())
    }
}

fn order(a: &Diagnostic, b: &Diagnostic) -> std::cmp::Ordering {
    let key = |d: &Diagnostic| d.place.as_ref().map(|p| (p.path().to_owned(), p.span().start));
    key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_with_only_warnings_gives_its_value() {
        let mut found = Findings::default();
        found.push(Diagnostic::warning(Code::SiteUrlMissing, "no `url`"));

        let checked = found.settle(1).unwrap();

        assert_eq!((checked.value, checked.warnings.len()), (1, 1));
    }

    #[test]
    fn a_denied_warning_stops_the_stage() {
        let mut found = Findings::default();
        found.push(Diagnostic::warning(Code::SiteUrlMissing, "no `url`"));

        assert!(found.denied().settle(1).is_err());
    }

    #[test]
    fn the_innermost_place_wins() {
        let file = SourceText::new("a.md", "abc".into());

        let found = Diagnostic::error(Code::BrokenLink, "x")
            .at(Place::new(&file, 1..2))
            .at(Place::new(&file, 0..3));

        assert_eq!(found.place().unwrap().span(), 1..2);
    }
}
