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

/// What a reference to a figure can lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureTarget {
    /// A figure with its number in the report.
    Numbered {
        /// The chapter on whose page it is, by the name of its file without `.md`.
        stem: String,
        /// The number, from 1.
        number: usize,
    },
    /// A key number, which has none.
    KeyNumber,
    /// A figure that may not be shown; what refers to it is not shown either.
    LeftOut,
}

/// The figures of one language by their ids.
pub type FigureTargets = BTreeMap<String, FigureTarget>;

impl FigureReference {
    /// The id of the figure.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Finds the chapter and the number of the figure that it names; `None`:
    /// it may not be shown. The mistake, if there is none with a number.
    pub fn resolve<'t>(
        &self,
        targets: &'t FigureTargets,
    ) -> Result<Option<(&'t str, usize)>, Diagnostic> {
        match targets.get(&self.id) {
            Some(FigureTarget::Numbered { stem, number }) => Ok(Some((stem, *number))),
            Some(FigureTarget::LeftOut) => Ok(None),
            Some(FigureTarget::KeyNumber) => {
                let id = &self.id;
                let message = format!("`{id}` is a key number, which has no number to refer to");
                Err(Diagnostic::error(Code::BrokenAnchor, message)
                    .at(self.place.clone())
                    .hint("Write the words of the link between its square brackets."))
            }
            None => {
                let known = targets.iter().filter(|(_, target)| target.is_numbered());
                let message =
                    format!("the reference leads nowhere: there is no figure `{}`", self.id);
                Err(Diagnostic::error(Code::BrokenAnchor, message)
                    .at(self.place.clone())
                    .hint_if(did_you_mean(&self.id, known.map(|(id, _)| id.as_str())))
                    .hint("A figure is named by the `id` of its block: `[](#fig-id)`."))
            }
        }
    }
}

impl FigureTarget {
    fn is_numbered(&self) -> bool {
        matches!(self, Self::Numbered { .. })
    }
}
