//! `accessibility.html`: what the pages hold to, how that is tested, what is
//! known to be missing, and whom to tell. It says what is true of every report
//! that this program builds; a chapter of that name, with what its author
//! tested, comes first on the page.

use super::{Block, Desk, Generated, Line, Part, Section};

/// What is done so that everybody can read, and how it is tested.
const DONE: [&str; 6] = [
    "accessibility.done-structure",
    "accessibility.done-figures",
    "accessibility.done-colours",
    "accessibility.done-keyboard",
    "accessibility.done-size",
    "accessibility.done-script",
];
const TESTED: [&str; 4] = [
    "accessibility.tested-axe",
    "accessibility.tested-valid",
    "accessibility.tested-keyboard",
    "accessibility.tested-reflow",
];
const LIMITS: [&str; 4] = [
    "accessibility.limits-people",
    "accessibility.limits-drawings",
    "accessibility.limits-tables",
    "accessibility.limits-outside",
];

pub(super) fn page<'a>(desk: &Desk<'_, 'a>) -> Generated<'a> {
    let version = env!("CARGO_PKG_VERSION");
    let list = |keys: &[&str]| Block::List {
        items: keys.iter().map(|key| Line { text: desk.text(key), ..Line::default() }).collect(),
    };
    let section = |id: &str, key: &str, blocks| Section::new(id, desk.text(key), blocks);
    let tested = desk.fill("accessibility.tested-text", &[("version", version)]);
    let mut report = vec![];
    match desk.contact() {
        Some(line) => {
            report.push(Block::text(desk.text("accessibility.report-text")));
            report.push(Block::List { items: vec![line] });
        }
        None => report.push(Block::text(desk.text("accessibility.report-nobody"))),
    }
    let sections = vec![
        section("done", "accessibility.done", vec![list(&DONE)]),
        section("tested", "accessibility.tested", vec![Block::text(tested), list(&TESTED)]),
        section("limits", "accessibility.limits", vec![list(&LIMITS)]),
        section("report", "accessibility.report", report),
    ];
    desk.page(Part::Accessibility, sections)
}
