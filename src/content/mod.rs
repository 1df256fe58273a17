//! The chapters: Markdown with holes where figures and numbers go.
//!
//! A chapter *asks* for figures and numbers; it knows no survey and cannot
//! answer. Links between chapters are resolved here.

mod allow;
mod chapter;
mod directive;
mod expression;
mod file;
mod front_matter;
mod heading;
mod link;
mod load;
mod markdown;
mod parity;
mod phrase;
mod prose;
mod reference;

pub use chapter::{
    Body, Book, Chapter, Form, Heading, HeadingPart, Image, OutsideLink, Passage, Piece,
    without_allowed,
};
pub use directive::{CHART, FigureRequest, Kind, Sort};
pub use expression::{Argument, Expression, Function};
pub use file::{LinkedFile, is_chapter};
pub use front_matter::{FRONT_MATTER, FrontMatter};
pub use link::{ChapterLink, Pages, check as check_links};
pub use load::{Drafts, Memory, load};
pub use phrase::{Phrase, PhrasePart};
pub use prose::Prose;
pub use reference::{FigureReference, FigureTarget, FigureTargets};
