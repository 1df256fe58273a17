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
mod markdown;
mod parity;
mod phrase;
mod reference;

pub use allow::without_allowed;
pub use chapter::{
    Body, Book, Chapter, Drafts, Form, Heading, HeadingPart, Image, Memory, OutsideLink, Passage,
    Piece, load,
};
pub use directive::{CHART, FigureRequest, Kind, Sort};
pub use expression::{Argument, Expression, Function};
pub use file::{LinkedFile, is_chapter};
pub use front_matter::{FRONT_MATTER, FrontMatter};
pub use link::{ChapterLink, Pages, check as check_links};
pub use phrase::{Phrase, PhrasePart};
pub use reference::{FigureReference, FigureTarget, FigureTargets};
