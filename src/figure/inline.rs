//! What an expression of a text becomes: a number with what it is about, or words.

use crate::markup::{Html, escape};
use crate::stats::Provenance;

use super::Scope;

/// What an expression puts into a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inline {
    /// For running text: the number in an element that carries its base.
    pub html: String,
    /// For attributes and plain text.
    pub text: String,
    /// Whether made-up answers stand behind it.
    pub simulated: bool,
    /// How many answers stand behind it, where they are too few to rely on.
    pub low_base: Option<u64>,
}

impl Inline {
    /// A number in an element that carries what it is about.
    pub(super) fn number(
        text: String,
        value: Option<f64>,
        about: &str,
        provenance: Provenance,
    ) -> Self {
        let simulated = provenance == Provenance::Simulated;
        let mut html = Html::default();
        let class = if simulated { "bound simulated" } else { "bound" };
        let value = value.map(|value| value.to_string()).unwrap_or_default();
        html.tag("data", &[("class", class), ("value", &value), ("title", about)])
            .text(&text)
            .end("data");
        Self { html: html.into(), text, simulated, low_base: None }
    }

    /// Words, or a remark in place of a number.
    pub(super) fn words(text: &str) -> Self {
        Self {
            html: escape(text).into_owned(),
            text: text.to_owned(),
            simulated: false,
            low_base: None,
        }
    }

    /// A whole number.
    #[expect(clippy::cast_precision_loss, reason = "no survey has 2^53 respondents")]
    pub(super) fn whole(scope: &Scope<'_>, n: u64, about: &str, provenance: Provenance) -> Self {
        Self::number(scope.words.count(n), Some(n as f64), about, provenance)
    }
}
