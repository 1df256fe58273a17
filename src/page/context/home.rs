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
    subtitle: &'a str,
    address: String,
    drawing: Option<String>,
    kind: &'static str,
    table: Option<TableContext<'a>>,
    number_value: Option<&'a str>,
    provenance_label: Option<&'a str>,
    description: Option<&'a str>,
    description_id: String,
    notes: &'a [String],
}

pub(super) fn cards<'a>(
    shared: &'a Shared,
    book: &'a AnsweredBook<'_>,
    glimpses: &'a BTreeMap<String, Glimpse>,
) -> Vec<CardContext<'a>> {
    let card = |entry: Entry<'a>| {
        let figure = glimpses.get(&entry.address).map(|glimpse| {
            let description_id = format!("page-summary-{}", glimpse.anchor);
            let access = Access { name: &glimpse.title, description: &description_id };
            let context = GlimpseContext {
                title: &glimpse.title,
                subtitle: &glimpse.subtitle,
                address: format!("{}#{}", entry.address, glimpse.anchor),
                drawing: None,
                kind: glimpse.kind.name(),
                table: None,
                number_value: None,
                provenance_label: shared.provenance_label(glimpse.provenance),
                description: None,
                notes: &glimpse.notes,
                description_id: description_id.clone(),
            };
            match &glimpse.shows {
                Shows::Drawing { drawing, description, table } => GlimpseContext {
                    drawing: Some(drawing.inline("chart glimpse", access)),
                    // The summary of the chapter says it better.
                    description: entry.summary.is_none().then_some(description),
                    table: Some(table_context(table)),
                    ..context
                },
                Shows::Number(number) => {
                    GlimpseContext { number_value: Some(&number.datum.text), ..context }
                }
            }
        });
        CardContext { entry, figure }
    };
    chapters(book).into_iter().map(card).collect()
}
