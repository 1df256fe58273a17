//! One lane, on which a bar or a dot stands.

use super::axis::Span;
use super::mark::Dot;
use super::palette::Role;
use super::style::Style;

/// Between a mark and its number, in pixels.
pub(super) const VALUE_GAP: f64 = 6.0;

/// One lane's place and look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lane {
    pub(super) span: Span,
    /// Its middle and its height, in pixels.
    pub(super) middle: f64,
    pub(super) height: f64,
    /// Where the plot begins, in pixels.
    pub(super) left: f64,
    pub(super) role: Role,
    pub(super) dot: Dot,
    pub(super) style: Style,
}
