//! References to figures: `[](#fig-themes)` becomes "figure 12", a link to
//! that figure on whatever page it stands.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Place, did_you_mean};

/// A reference to a figure of the same language.
#[derive(Debug, Clone)]
pub struct FigureReference {
    /// The id of the figure.
    pub(super) id: String,
    /// Whether it begins a sentence.
    pub begins_sentence: bool,
    /// The link.
    pub(super) place: Place,
}

/// Where a figure stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureTarget {
    /// The chapter on whose page it is, by the name of its file without `.md`.
    pub stem: String,
    /// Its number in the report; key numbers have none.
    pub number: Option<usize>,
}

/// The figures of one language by their ids.
pub type FigureTargets = BTreeMap<String, FigureTarget>;

impl FigureReference {
    /// The id of the figure.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Finds the figure that it names; the mistake, if there is none with a
    /// number.
    pub fn resolve<'t>(
        &self,
        targets: &'t FigureTargets,
    ) -> Result<(&'t FigureTarget, usize), Diagnostic> {
        let Some(target) = targets.get(&self.id) else {
            let known = targets.iter().filter(|(_, target)| target.number.is_some());
            let message = format!("the reference leads nowhere: there is no figure `{}`", self.id);
            return Err(Diagnostic::error(Code::BrokenAnchor, message)
                .at(self.place.clone())
                .hint_if(did_you_mean(&self.id, known.map(|(id, _)| id.as_str())))
                .hint("A figure is named by the `id` of its block: `[](#fig-id)`."));
        };
        let number = target.number.ok_or_else(|| {
            let message = format!("`{}` is a key number, which has no number to refer to", self.id);
            Diagnostic::error(Code::BrokenAnchor, message)
                .at(self.place.clone())
                .hint("Write the words of the link between its square brackets.")
        })?;
        Ok((target, number))
    }
}
