//! The words of the interface in one language: strings, plurals, numbers,
//! dates, lists and typography. Knows no survey.
//!
//! A language is added by a strings file alone: what differs between
//! languages (`44 %` or `44%`, spaces before `:`, quotation marks) is said
//! there, never in code.

mod number;
mod strings;
mod typography;
mod words;

pub use strings::load;
pub use typography::{Typesetter, after_a_sentence, ends_sentence};
pub use words::{NO_NUMBER, Words};
