//! The sections that the data write, and the list of all sections of a page.

use serde::Serialize;
use tera::Context;

use crate::page::section::{Block, Generated, Section};

use super::open_data::FileContext;
use super::{Shared, Told};

#[derive(Serialize)]
struct SectionContext<'a> {
    id: &'a str,
    title: &'a str,
    level: u8,
    blocks: Vec<BlockContext<'a>>,
}

#[derive(Serialize)]
struct BlockContext<'a> {
    #[serde(flatten)]
    block: &'a Block,
    /// Of a figure.
    html: Option<String>,
    /// Of the files of the data.
    files: &'a [FileContext],
    /// Of a table: whether each column of cells holds numbers.
    numbers: Vec<bool>,
}

/// The context of the sections that the data write; `html` gives the figures.
pub(in crate::page) fn sections(
    shared: &Shared,
    page: &Generated<'_>,
    html: &dyn Fn(&Block) -> Option<String>,
) -> Context {
    let sections = page.sections.iter().map(|section| {
        let Section { id, title, level, blocks } = section;
        let files = |block: &Block| match block {
            Block::Files { .. } => shared.data.as_slice(),
            _ => &[],
        };
        let blocks = blocks
            .iter()
            .map(|block| BlockContext {
                block,
                html: html(block),
                files: files(block),
                numbers: numbers(block),
            })
            .collect();
        SectionContext { id, title, level: *level, blocks }
    });
    let mut context = shared.light();
    context.insert("sections", &sections.collect::<Vec<_>>());
    context
}

/// Which columns of a table are read down as numbers are: they hold some, and
/// beside them only words for none.
fn numbers(block: &Block) -> Vec<bool> {
    let Block::Table { head, rows, .. } = block else { return vec![] };
    let begins = |cell: &str| {
        let number = cell.trim_start_matches(['+', '−', '<']);
        number.starts_with(|letter: char| letter.is_ascii_digit())
    };
    let has_digit = |cell: &str| cell.contains(|letter: char| letter.is_ascii_digit());
    (0..head.len().saturating_sub(1))
        .map(|column| {
            let cells = || rows.iter().filter_map(|row| row.cells.get(column)).map(String::as_str);
            cells().any(begins) && cells().all(|cell| begins(cell) || !has_digit(cell))
        })
        .collect()
}

#[derive(Serialize)]
pub(super) struct OutlineEntry<'a> {
    id: &'a str,
    title: String,
    level: u8,
}

pub(super) fn outline<'a>(told: Told<'a, '_>) -> Vec<OutlineEntry<'a>> {
    let own = told.answered.into_iter().flat_map(|answered| {
        let headings = answered.headings.iter().filter(|heading| heading.level <= 3);
        headings.map(|heading| OutlineEntry {
            id: &heading.id,
            title: answered.heading(&heading.parts),
            level: heading.level,
        })
    });
    let sections = told.generated.into_iter().flat_map(|page| &page.sections);
    let sections = sections.filter(|section| !section.title.is_empty()).map(|section| {
        OutlineEntry { id: &section.id, title: section.title.clone(), level: section.level }
    });
    own.chain(sections).collect()
}
