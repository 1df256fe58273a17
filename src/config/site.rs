//! `[site]`: title, languages, address, menu.

use super::correction;
use super::named::{filled, names};
use super::text::language;
use super::toml::{Spelled, Table, Value};
use super::{Language, Named, Site, Text};
use crate::diag::{Code, Diagnostic, Findings, Place};
use crate::markup::is_plain;

pub(super) fn site(mut table: Table, start: &Place, found: &mut Findings) -> Option<Site> {
    table.complete(found);
    let languages = languages(&mut table, found);
    let known = languages.as_deref().unwrap_or_default();
    let title = Text::take(&mut table, "title", known, found);
    let description = Text::take(&mut table, "description", known, found);
    let place = table.place().clone();
    let has_address = table.has("url");
    let url = table.text("url", found).and_then(|url| address(&url, found));
    if !has_address {
        found.push(
            Diagnostic::warning(Code::SiteUrlMissing, "`url` is missing in `[site]`")
                .at(place)
                .hint("Add `url = \"https://…/\"`: without it there are no canonical addresses, no feed and no sitemap."),
        );
    }
    let author = filled(&mut table, "author", found);
    let license = filled(&mut table, "license", found);
    let published = table.date("published", found).map(|date| date.value);
    let version = filled(&mut table, "version", found);
    let contact =
        table.text("contact", found).and_then(|contact| correction::contact(contact, found));
    let corrections = correction::corrections(table.value("corrections"), known, published, found);
    let navigation = names(&mut table, "navigation", found);
    let theme = table
        .text("theme", found)
        .map_or_else(|| Named { name: "barometer".to_owned(), place: start.clone() }, Named::from);
    table.finish(found);
    Some(Site {
        title: title?,
        description,
        languages: languages?,
        url,
        author: author.map(|one| one.value),
        license: license.map(|one| one.value),
        published,
        version: version.map(|one| one.value),
        contact,
        corrections,
        navigation,
        theme,
    })
}

fn languages(table: &mut Table, found: &mut Findings) -> Option<Vec<Language>> {
    let list = table.value("languages")?;
    let place = list.place.clone();
    let Value::List(list) = list.value else {
        return list.refuse("languages", "a list of language tags", found);
    };
    let mut languages: Vec<Language> = vec![];
    let is_empty = list.is_empty();
    for one in list {
        let Some(tag) = one.text("languages", found) else { continue };
        match language(&tag, &[], found) {
            Some(language) if languages.contains(&language) => {
                found.push(
                    Diagnostic::error(Code::BadValue, format!("`{language}` is given twice"))
                        .at(tag.place),
                );
            }
            Some(language) => languages.push(language),
            None => {}
        }
    }
    if is_empty {
        found.push(
            Diagnostic::error(Code::BadValue, "`languages` names no language")
                .at(place)
                .hint("Write at least one: `languages = [\"fr\"]`."),
        );
    }
    (!languages.is_empty()).then_some(languages)
}

/// Gives the address with a `/` at its end.
fn address(url: &Spelled<String>, found: &mut Findings) -> Option<String> {
    let host = url.value.strip_prefix("https://").or_else(|| url.value.strip_prefix("http://"));
    let sound = host.is_some_and(|host| {
        !host.is_empty() && !host.starts_with('/') && !host.contains(['?', '#']) && is_plain(host)
    });
    if sound {
        let end = if url.value.ends_with('/') { "" } else { "/" };
        return Some(format!("{}{end}", url.value));
    }
    found.push(
        Diagnostic::error(Code::BadValue, format!("`{}` is not the address of a site", url.value))
            .at(url.place.clone())
            .hint("Write it whole, without `?` and `#`: `https://example.org/barometer/`."),
    );
    None
}
