//! How texts look: what they are, their size, colour and metrics.

use super::font::{Font, Weight};
use super::palette::Role;
use super::shape::{Class, count};
use super::text::Measure;

/// Above the baseline a text takes this part of its size (accents included),
/// below it the other.
pub(super) const ASCENT: f64 = 0.9;
pub(super) const DESCENT: f64 = 0.25;

/// From one baseline to the next, in sizes.
const LEADING: f64 = 1.2;

/// How far the middle of capitals and figures lies over the baseline, in sizes.
const MIDDLE: f64 = 0.33;

/// How a text looks and what it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    pub(crate) class: Class,
    /// In pixels to the em.
    pub(crate) size: f64,
    pub(crate) role: Role,
    pub(crate) weight: Weight,
    /// Whether paper surrounds the letters, where lines may pass beneath.
    pub(crate) halo: Halo,
}

/// Whether paper surrounds a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Halo {
    /// No.
    None,
    /// Yes.
    Paper,
}

impl Style {
    const fn new(class: Class, size: f64, role: Role) -> Self {
        Self { class, size, role, weight: Weight::Regular, halo: Halo::None }
    }

    /// The name of a row.
    pub(super) const LABEL: Self = Self::new(Class::Label, 15.0, Role::Ink);
    /// The name of a lane, a point in time, a tile.
    pub(super) const SMALL_LABEL: Self = Self::new(Class::Label, 14.0, Role::Ink);
    /// A number at its mark.
    pub(super) const VALUE: Self = Self::new(Class::Value, 15.0, Role::Ink);
    /// A number at its mark, where several share a row.
    pub(super) const SMALL_VALUE: Self = Self::new(Class::Value, 14.0, Role::Ink);
    /// Why there is no number.
    pub(super) const MISSING: Self = Self::new(Class::Missing, 14.0, Role::Muted);
    /// The label of a tick.
    pub(super) const TICK: Self = Self::new(Class::Tick, 13.0, Role::Muted);
    /// The label of a reference line.
    pub(super) const REFERENCE: Self = Self::new(Class::Reference, 13.0, Role::Ink);
    /// The bounds of a class in the key to shades.
    pub(super) const SCALE: Self = Self::new(Class::Scale, 14.0, Role::Ink);
    /// The name of a series in the legend.
    pub(super) const LEGEND: Self = Self::new(Class::Legend, 14.0, Role::Ink);

    /// The same in semibold.
    pub(super) const fn semibold(self) -> Self {
        Self { weight: Weight::Semibold, ..self }
    }

    /// The same in another colour.
    pub(super) const fn coloured(self, role: Role) -> Self {
        Self { role, ..self }
    }

    /// The same with paper around the letters.
    pub(super) const fn on_lines(self) -> Self {
        Self { halo: Halo::Paper, ..self }
    }

    /// The same at another size, in pixels to the em.
    pub(super) const fn sized(self, size: f64) -> Self {
        Self { size, ..self }
    }

    /// From one baseline to the next, in pixels.
    pub(super) fn leading(self) -> f64 {
        self.size * LEADING
    }

    /// Height of one line, in pixels.
    pub(super) fn height(self) -> f64 {
        self.size * (ASCENT + DESCENT)
    }

    /// Height of some lines, in pixels; nothing for none.
    pub(super) fn height_of(self, lines: usize) -> f64 {
        if lines == 0 { 0.0 } else { self.height() + count(lines - 1) * self.leading() }
    }

    /// The baseline of a line whose box begins at `top`.
    pub(super) fn baseline_under(self, top: f64) -> f64 {
        top + ASCENT * self.size
    }

    /// The baseline of a line whose figures are centred on `y`.
    pub(super) fn baseline_centred(self, y: f64) -> f64 {
        y + MIDDLE * self.size
    }

    /// This style with a font to measure it.
    pub(super) fn with(self, font: &Font) -> Measure<'_> {
        Measure { font, weight: self.weight, size: self.size }
    }
}
