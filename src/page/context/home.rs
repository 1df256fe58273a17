//! The chapters on the home page, each with its most telling figure at a glance.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::chart::Access;
use crate::figure::{Glimpse, Shows};
use crate::page::book::AnsweredBook;

use super::Shared;
use super::entry::{Entry, chapters};
use super::figure::{TableContext, table as table_context};

/// A chapter in the list of the home page.
#[derive(Serialize)]
pub(super) struct CardContext<'a> {
    #[serde(flatten)]
    entry: Entry<'a>,
    figure: Option<GlimpseContext<'a>>,
}

/// A figure of a chapter at a glance.
#[derive(Serialize)]
struct GlimpseContext<'a> {
    title: &'a str,
    address: String,
    drawing: Option<String>,
    kind: &'static str,
    table: Option<TableContext<'a>>,
    number_value: Option<&'a str>,
    number_label: Option<&'a str>,
    provenance_label: Option<&'a str>,
    description_id: Option<String>,
    notes: &'a [String],
}

pub(super) fn cards<'a>(
    shared: &'a Shared,
    book: &'a AnsweredBook<'_>,
    glimpses: &'a BTreeMap<String, Glimpse>,
) -> Vec<CardContext<'a>> {
    let card = |entry: Entry<'a>| {
        let figure = glimpses.get(&entry.address).map(|glimpse| {
            let (drawing, number) = match &glimpse.shows {
                Shows::Drawing(drawing, table) => (Some((drawing, table)), None),
                Shows::Number(number) => (None, Some(number)),
            };
            let description_id = entry.summary.map(|_| format!("page-summary-{}", glimpse.anchor));
            let access = Access { name: &glimpse.title, description: description_id.as_deref() };
            let (drawing, table) = drawing
                .map(|(drawing, table)| {
                    (drawing.inline("chart glimpse", access), table_context(table))
                })
                .unzip();
            GlimpseContext {
                title: &glimpse.title,
                address: format!("{}#{}", entry.address, glimpse.anchor),
                drawing,
                kind: glimpse.kind.name(),
                table,
                number_value: number.map(|number| number.datum.text.as_str()),
                number_label: number.map(|number| number.label.as_str()),
                provenance_label: shared.provenance_label(glimpse.provenance),
                notes: &glimpse.notes,
                description_id,
            }
        });
        CardContext { entry, figure }
    };
    chapters(book).into_iter().map(card).collect()
}
